"""Files in memory: bytes by address, staged files, attachments."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from adapters.memory.repository import MemoryRepository
from supervision_core.files.model import Attachment, StagedFile
from supervision_core.files.ports import Attachments, BytesAbsent, FileBytes, StagedFiles
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.ports import Clock

_PIECE = "staged_piece"


class MemoryFileBytes(FileBytes):
    """Pieces in a dictionary."""

    def __init__(self, clock: Clock) -> None:
        """Start empty; ``clock`` says when a piece is stored."""
        self._clock = clock
        self._pieces: dict[str, tuple[datetime, bytes]] = {}

    def put(self, address: str, piece: bytes) -> None:
        """Store a piece, unless it is there."""
        self._pieces.setdefault(address, (self._clock.now(), piece))

    def get(self, address: str) -> bytes:
        """Give a piece. Raises ``BytesAbsent``."""
        found = self._pieces.get(address)
        if found is None:
            raise BytesAbsent((Violation(BytesAbsent.code, data={"address": address}),))
        return found[1]

    def addresses(self, *, before: datetime | None = None) -> Iterator[str]:
        """Give the addresses in order."""
        for address, (at, _) in sorted(self._pieces.items()):
            if before is None or at < before:
                yield address

    def remove(self, address: str) -> None:
        """Remove a piece."""
        self._pieces.pop(address, None)


class MemoryStagedFiles(MemoryRepository[StagedFile], StagedFiles):
    """Staged files and their pieces."""

    cls = StagedFile

    def used(self, owner: str, *, since: datetime) -> tuple[int, int]:
        """Count files and bytes that ``owner`` has begun since then."""
        found = [one.size for one in self.every() if one.owner == owner and one.begun_at > since]
        return len(found), sum(found)

    def add_piece(self, file: str, number: int, address: str) -> str | None:
        """Note where a piece lies; give where the one lay that it replaces."""
        place = json.dumps([file, number])
        before = self._unit.find(_PIECE, place)
        self._unit.put(_PIECE, place, address)
        return before

    def pieces(self, file: str) -> Mapping[int, str]:
        """Give the addresses by number."""
        return {number: address for owner, number, address in self._pieces() if owner == file}

    def drop_pieces(self, file: str) -> None:
        """Forget where the pieces lie."""
        for number in self.pieces(file):
            self._unit.put(_PIECE, json.dumps([file, number]), None)

    def begun_before(self, moment: datetime, *, limit: int) -> Sequence[str]:
        """Give the ids of the oldest begun before then."""
        over = sorted((one.begun_at, one.id) for one in self.every() if one.begun_at < moment)
        return [one for _, one in over[:limit]]

    def forget(self, files: Sequence[str]) -> None:
        """Remove staged files and their pieces."""
        for one in files:
            self.drop_pieces(one)
            self._unit.put(self.kind, one, None)

    def named(self, addresses: Iterable[str]) -> frozenset[str]:
        """Give those that a staged file has."""
        known = {address for _, _, address in self._pieces()}
        for one in self.every():
            known.update(one.content.addresses if one.content else ())
        return frozenset(known.intersection(addresses))

    def _pieces(self) -> Iterator[tuple[str, int, str]]:
        for place, address in self._unit.scan(_PIECE):
            owner, number = json.loads(place)
            yield owner, number, address


class MemoryAttachments(MemoryRepository[Attachment], Attachments):
    """Attachments."""

    cls = Attachment

    def of(self, kind: str, thing: str) -> Sequence[Attachment]:
        """Give what hangs on a thing."""
        return [one for one in self.every() if one.hangs_on(kind, thing)]

    def alike(self, kind: str, digests: Iterable[str]) -> Sequence[Attachment]:
        """Give what hangs on things of a kind with one of these contents."""
        wanted = frozenset(digests)
        return [
            one
            for one in self.every()
            if one.kind == kind and one.gone_at is None and one.content.sm3 in wanted
        ]

    def named(self, addresses: Iterable[str], *, gone_after: datetime) -> frozenset[str]:
        """Give those that an attachment has which hangs, or did until then."""
        known: set[str] = set()
        for one in self.every():
            if one.gone_at is None or one.gone_at >= gone_after:
                known.update(one.content.addresses)
        return frozenset(known.intersection(addresses))
