"""Photos of records: sealed on the phone, sent in pieces, opened into the files of their author."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Final

from attrs import define, field, frozen

from supervision_core.field_records.model import RecordRefused
from supervision_core.field_records.services.postbox import Postbox
from supervision_core.files.model import PIECE_BYTES, StagedFile
from supervision_core.files.ports import StagedFiles
from supervision_core.files.services import StagedView, Staging, StartFile
from supervision_core.identity.model import Actor
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.canonical import Json, sm3
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.fields import said

_NAMED: Final = re.compile(r"sealed:([0-9a-f]{64})\.(jpg|png)")


@define(eq=False)
class PhotoMissing(Refused):
    """A photo that a record names has not arrived whole."""

    code: ClassVar[str] = "field_records.photo_missing"


@frozen(kw_only=True)
class SentPhoto:
    """A photo as the phone sent it: the SM3 of what it sealed, and the staged file of that."""

    digest: str = field(metadata=said("照片密文的SM3，小写十六进制", example="0b" * 32))
    file: str = field(metadata=said("上传得到的文件编号", example="0123abcd"))


@frozen(kw_only=True)
class Photos:
    """Opens sealed photos that were staged piece by piece."""

    files: Staging
    postbox: Postbox

    def taken(self, actor: Actor, command: Json, sent: Sequence[SentPhoto]) -> Json:
        """Give the command with a file of the actor's for each photo that it names.

        Raises ``PhotoMissing``, and what is refused of files.
        """
        places = {one.digest: one.file for one in sent}
        known: dict[str, str] = {}
        for name in dict.fromkeys(_named(command)):
            found = _NAMED.fullmatch(name)
            if found is not None:
                known[name] = self._opened(actor, found[1], found[2], places.get(found[1], ""))
        return _replaced(command, known)

    def stage(self, actor: Actor, digest: str, sealed: bytes) -> SentPhoto:
        """Stage what a file brings of a photo. Raises what is refused of files."""
        asked = StartFile(name="sealed.jpg", size=len(sealed), sm3=digest)
        begun = self.files.start(actor, asked)
        self._put(actor, begun, sealed)
        return SentPhoto(digest=digest, file=begun.id)

    def _put(self, actor: Actor, begun: StagedView, content: bytes) -> None:
        for number in range(begun.pieces):
            piece = content[number * PIECE_BYTES : (number + 1) * PIECE_BYTES]
            self.files.put(actor, begun.id, number, piece)

    def _opened(self, actor: Actor, digest: str, kind: str, file: str) -> str:
        sealed = self._staged(actor, digest, file)
        try:
            content = self.postbox.open(sealed, f"field-photo/1\n{actor.user}".encode())
        except Tampered:
            faults = (Violation("field_records.seal_broken", "photos"),)
            raise RecordRefused(faults) from None
        asked = StartFile(name=f"现场照片.{kind}", size=len(content), sm3=sm3(content).hex())
        begun = self.files.start(actor, asked)
        self._put(actor, begun, content)
        return self.files.finish(actor, begun.id).id

    def _staged(self, actor: Actor, digest: str, file: str) -> bytes:
        """Give the sealed bytes that were staged. Raises ``PhotoMissing``."""
        with self.files.transactions.begin_reading() as unit:
            found = find(unit, StagedFiles, file) if file else None
            pieces = unit[StagedFiles].pieces(file) if found is not None else {}
        if found is None or not self._whole(actor, found, pieces):
            raise _missing(digest)
        sealed = b"".join(
            self.files.sealed.get(file, "whole", number, pieces[number])
            for number in range(found.count)
        )
        if sm3(sealed).hex() != digest:
            raise _missing(digest)
        return sealed

    def _whole(self, actor: Actor, found: StagedFile, pieces: Mapping[int, str]) -> bool:
        there = found.is_for(actor.user, at=self.files.clock.now())
        return there and len(pieces) == found.count


def _missing(digest: str) -> PhotoMissing:
    return PhotoMissing((Violation(PhotoMissing.code, "photos", {"digest": digest}),))


def photos_named(command: Json) -> tuple[str, ...]:
    """Give the digests of the photos that a command names."""
    found = map(_NAMED.fullmatch, dict.fromkeys(_named(command)))
    return tuple(one[1] for one in found if one is not None)


def _named(plain: Json) -> Iterator[str]:
    if isinstance(plain, str):
        if _NAMED.fullmatch(plain):
            yield plain
    elif isinstance(plain, Mapping):
        for one in plain.values():
            yield from _named(one)
    elif isinstance(plain, (list, tuple)):
        for one in plain:
            yield from _named(one)


def _replaced(plain: Json, known: Mapping[str, str]) -> Json:
    if isinstance(plain, str):
        return known.get(plain, plain)
    if isinstance(plain, Mapping):
        return {name: _replaced(one, known) for name, one in plain.items()}
    if isinstance(plain, (list, tuple)):
        return [_replaced(one, known) for one in plain]
    return plain
