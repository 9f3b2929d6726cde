"""The audit log of a store in memory."""

from collections.abc import Collection, Iterator
from datetime import datetime

from adapters.memory.store import MemoryStore
from supervision_core.audit.model import (
    AuditEntry,
    AuditRow,
    Cosignature,
    SignedCheckpoint,
    StoredLeaf,
    things_of,
)
from supervision_core.audit.ports import (
    AuditFilter,
    AuditLog,
    AuditQueries,
    Checkpoints,
    LogEnd,
    Segment,
    Segments,
)
from supervision_core.kernel.errors import Conflict
from supervision_core.kernel.paging import Page, PageRequest, page_of, position
from supervision_core.kernel.plain import to_plain


class MemoryAuditLog(AuditLog):
    """The log of a store; entries get their number when the unit commits."""

    def __init__(self, store: MemoryStore) -> None:
        """Read from ``store``."""
        self._store = store
        self.waiting: list[AuditEntry] = []

    def append(self, entry: AuditEntry) -> None:
        """Keep ``entry`` until the unit commits."""
        self.waiting.append(entry)

    def rows(self, start: int = 0) -> Iterator[AuditRow]:
        """Give the committed rows from number ``start`` on, in order."""
        with self._store.lock:
            found = self._store.audit[max(start - self._store.archived, 0) :]
        yield from found


class MemorySegments(Segments):
    """What was archived; rows leave when the unit commits."""

    def __init__(self, store: MemoryStore) -> None:
        """Work on ``store``."""
        self._store = store
        self.waiting: list[Segment] = []

    def all(self) -> list[Segment]:
        """Give what was archived."""
        with self._store.lock:
            return [*self._store.segments, *self.waiting]

    def prune(self, segment: Segment) -> None:
        """Take the rows away and keep note."""
        self.waiting.append(segment)


class MemoryAuditQueries(AuditQueries):
    """Questions answered by going through all rows."""

    def __init__(self, store: MemoryStore) -> None:
        """Read from ``store``."""
        self._store = store

    def search(self, wanted: AuditFilter, request: PageRequest) -> Page[AuditRow]:
        """Give a page of rows, the newest first unless the oldest are asked for."""
        query = [to_plain(wanted), request.order]
        after = position(request, query=query, kinds=[int])
        oldest = request.order == "oldest"
        with self._store.lock:
            rows = self._store.audit if oldest else self._store.audit[::-1]
            found = [row for row in rows if wanted.admits(row.entry)]
        if after is not None:
            at = int(after[0] or 0)
            found = [row for row in found if (row.number > at if oldest else row.number < at)]
        return page_of(
            found, request, query=query, key=lambda row: (row.number,), item=lambda row: row
        )

    def about(self, thing: str, request: PageRequest) -> Page[AuditRow]:
        """Give a page of the rows about a thing, the newest first."""
        query = ["about", thing]
        after = position(request, query=query, kinds=[int])
        with self._store.lock:
            found = [
                row for row in self._store.audit[::-1] if thing in things_of(row.entry.targets)
            ]
        if after is not None:
            found = [row for row in found if row.number < int(after[0] or 0)]
        return page_of(
            found, request, query=query, key=lambda row: (row.number,), item=lambda row: row
        )

    def about_any(self, things: Collection[str], since: datetime) -> Iterator[AuditRow]:
        """Give the rows after a moment about one of some things, the newest first."""
        wanted = frozenset(things)
        with self._store.lock:
            rows = self._store.audit[::-1]
        yield from (
            row
            for row in rows
            if row.entry.at > since and not wanted.isdisjoint(things_of(row.entry.targets))
        )


class MemoryCheckpoints(Checkpoints):
    """The checkpoints of a store."""

    def __init__(self, store: MemoryStore) -> None:
        """Work on ``store``."""
        self._store = store

    def end(self, start: int) -> LogEnd:
        """Give the size of the log and the moment of row ``start``."""
        rows = self._rows(start, start + 1)
        size = self._store.archived + len(self._store.audit)
        return LogEnd(size, rows[0].entry.at if rows else None)

    def leaves(self, start: int, stop: int | None = None) -> Iterator[StoredLeaf]:
        """Give the rows by their hashes: here the stored one is the computed one."""
        for row in self._rows(start, stop):
            leaf = row.leaf()
            yield row.number, leaf, leaf

    def _rows(self, start: int, stop: int | None) -> list[AuditRow]:
        with self._store.lock:
            return [
                row
                for row in self._store.audit
                if row.number >= start and (stop is None or row.number < stop)
            ]

    def last(self) -> SignedCheckpoint | None:
        """Give the newest checkpoint."""
        kept = self.between(0)
        return kept[-1] if kept else None

    def between(self, first: int, last: int | None = None) -> list[SignedCheckpoint]:
        """Give the checkpoints of these sizes."""
        with self._store.lock:
            kept = sorted(self._store.checkpoints.items())
        return [one for size, one in kept if size >= first and (last is None or size <= last)]

    def unreadable(self) -> list[int]:
        """Give none: they are kept as they are."""
        return []

    def around(self, number: int) -> tuple[SignedCheckpoint | None, SignedCheckpoint | None]:
        """Give the last checkpoint without row ``number``, and the first one with it."""
        before, behind = self.between(0, number), self.between(number + 1)
        return before[-1] if before else None, behind[0] if behind else None

    def add(self, signed: SignedCheckpoint) -> None:
        """Keep the next checkpoint. Raises ``Conflict``."""
        one = signed.checkpoint
        with self._store.lock:
            kept = self._store.checkpoints
            taken = {each.checkpoint.previous for each in kept.values()}
            if one.size in kept or one.previous in taken:
                raise Conflict("checkpoint", str(one.size))
            kept[one.size] = signed

    def cosign(self, size: int, cosignature: Cosignature) -> None:
        """Keep what a witness said; what it said before about the same checkpoint stays."""
        with self._store.lock:
            self._store.cosignatures.setdefault((size, cosignature.witness), cosignature)

    def cosignatures(self, size: int) -> list[Cosignature]:
        """Give what witnesses said about the checkpoint of ``size``."""
        with self._store.lock:
            kept = sorted(self._store.cosignatures.items(), key=lambda item: item[0])
        return [given for (at, _), given in kept if at == size]

    def cosigned(self, witness: str) -> int:
        """Give the size of the newest checkpoint that ``witness`` co-signed."""
        with self._store.lock:
            return max((at for at, name in self._store.cosignatures if name == witness), default=0)

    def segments(self) -> list[Segment]:
        """Give what was archived."""
        return MemorySegments(self._store).all()
