"""The log as a whole: its rows by their hashes, checkpoints, segments, and questions about it."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    String,
    delete,
    func,
    insert,
    select,
    type_coerce,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

from adapters.sql.engine.database import READING
from adapters.sql.engine.mapper import json_text
from adapters.sql.engine.reading import ROWS_AT_ONCE, Reader
from adapters.sql.engine.schema import (
    audit_checkpoint,
    audit_cosignature,
    audit_row,
    audit_segment,
    audit_target,
)
from supervision_core.audit.model import (
    Checkpoint,
    Cosignature,
    Frontier,
    SignedCheckpoint,
    StoredLeaf,
    leaf_text,
)
from supervision_core.audit.ports import (
    Checkpoints,
    LogEnd,
    Segment,
    Segments,
)
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.errors import Conflict, CorruptState

_FIRST: Final = "-"
_MOMENT_LENGTH: Final = 26
_UNREADABLE = (DBAPIError, UnicodeDecodeError)
_COLUMNS = (
    audit_row.c.position,
    type_coerce(audit_row.c.happened_at, String).label("happened_at"),
    audit_row.c.actor,
    type_coerce(audit_row.c.department, String).label("department"),
    audit_row.c.action,
    audit_row.c.outcome,
    audit_row.c.request,
    audit_row.c.targets,
    audit_row.c.note,
    audit_row.c.leaf,
)
"""As the driver gives them: reading a moment may pass over a sign that was changed in its text."""


def _iso(at: Any) -> str:
    """Give the moment of a row as its leaf states it. Raises for what nobody here has written."""
    if isinstance(at, datetime):
        return at.replace(tzinfo=UTC).isoformat()
    if len(at) != _MOMENT_LENGTH or at[10] != " ":
        raise ValueError(at)
    fraction = "" if at[19:] == ".000000" else at[19:]
    return f"{at[:10]}T{at[11:19]}{fraction}+00:00"


def _stored_leaf(row: Sequence[Any]) -> StoredLeaf:
    number, at, actor, department, action, outcome, request, targets, note, leaf = row
    if type(number) is not int:
        return -1, b"", None
    try:
        text = leaf_text(
            number,
            at=_iso(at),
            actor=actor,
            department=department or "",
            action=action,
            outcome=outcome,
            request=request,
            targets=targets,
            note=note,
        )
        computed = sm3(b"\x00" + text.encode())
    except (TypeError, ValueError, IndexError):
        return number, _hash(leaf), None
    return number, computed if leaf == computed.hex() else _hash(leaf, computed), computed


def _hash(leaf: object, taken: bytes = b"") -> bytes:
    """Read a stored hash; one in another spelling than ours is none."""
    try:
        found = bytes.fromhex(leaf) if isinstance(leaf, str) else b""
    except ValueError:
        return b""
    return b"" if found == taken else found


class SqlCheckpoints(Checkpoints):
    """Tables ``audit_checkpoint``, ``audit_cosignature`` and ``audit_segment``."""

    def __init__(self, engine: Engine) -> None:
        """Work on ``engine``, outside of any unit."""
        self._engine = engine
        self._reader = Reader(engine)

    def end(self, start: int) -> LogEnd:
        """Give the size of the log and the moment of row ``start``."""
        asked = select(audit_row.c.happened_at).where(audit_row.c.position == start)
        found = self._reader.rows(asked)
        return LogEnd(self._size(), found[0].happened_at if found else None)

    def _size(self) -> int:
        last = self._reader.rows(select(func.max(audit_row.c.position)))[0][0]
        archived = self.segments()
        return int(last) + 1 if last is not None else archived[-1].upto if archived else 0

    def leaves(self, start: int, stop: int | None = None) -> Iterator[StoredLeaf]:
        """Give the rows in order, each part read for itself.

        While a transaction goes on SQLite's own log grows with all that others write, and a long
        log takes its time to verify.
        """
        at = start
        while True:
            try:
                part = self._part(at, stop)
            except _UNREADABLE:
                yield from self._one_by_one(at, stop)
                at += ROWS_AT_ONCE  # beyond the end, nothing is left and the parts end
                continue
            yield from part
            read = max((number + 1 for number, _, _ in part), default=at)
            if len(part) < ROWS_AT_ONCE or read <= at:
                return
            at = read

    def _part(self, start: int, stop: int | None) -> list[StoredLeaf]:
        place = audit_row.c.position
        asked = select(*_COLUMNS).where(place >= start).order_by(place).limit(ROWS_AT_ONCE)
        if stop is not None:
            asked = asked.where(place < stop)
        return [_stored_leaf(row) for row in self._reader.rows(asked)]

    def _one_by_one(self, start: int, stop: int | None) -> Iterator[StoredLeaf]:
        end = self._size()
        last = min(end if stop is None else min(stop, end), start + ROWS_AT_ONCE)
        for number in range(start, last):
            yield from self._alone(number)

    def _alone(self, number: int) -> list[StoredLeaf]:
        """Read one row by whatever of it can be read: all, all but its hash, its hash."""
        attempts: tuple[tuple[Sequence[ColumnElement[Any]], Callable[..., StoredLeaf]], ...] = (
            (_COLUMNS, lambda *row: _stored_leaf(row)),
            (_COLUMNS[:-1], lambda *row: _stored_leaf((*row, None))),
            ((audit_row.c.leaf,), lambda leaf: (number, _hash(leaf), None)),
            ((audit_row.c.position,), lambda _position: (number, b"", None)),
        )
        for columns, made in attempts:
            asked = select(*columns).where(audit_row.c.position == number)
            try:
                with self._reading() as connection:
                    return [made(*row) for row in connection.execute(asked)]
            except _UNREADABLE:
                continue
        return [(number, b"", None)]

    def _reading(self) -> Connection:
        return self._engine.connect().execution_options(**{READING: True})

    def last(self) -> SignedCheckpoint | None:
        """Give the newest checkpoint."""
        return newest_checkpoint(self._engine)

    def between(self, first: int, last: int | None = None) -> list[SignedCheckpoint]:
        """Give the checkpoints of these sizes."""
        size = audit_checkpoint.c.tree_size
        bounds = [size >= first] if last is None else [size >= first, size <= last]
        found = self._reader.rows(select(audit_checkpoint).where(*bounds).order_by(size))
        return [one for row in found if (one := _read_signed(row)) is not None]

    def unreadable(self) -> list[int]:
        """Give the sizes of the checkpoints that cannot be read."""
        asked = select(audit_checkpoint).order_by(audit_checkpoint.c.tree_size)
        return [row.tree_size for row in self._reader.rows(asked) if _read_signed(row) is None]

    def around(self, number: int) -> tuple[SignedCheckpoint | None, SignedCheckpoint | None]:
        """Give the last checkpoint without row ``number``, and the first one with it."""
        size = audit_checkpoint.c.tree_size
        before = self._ask(size.desc(), size <= number, limit=1)
        behind = self._ask(size, size > number, limit=1)
        return before[0] if before else None, behind[0] if behind else None

    def _ask(
        self, order: ColumnElement[Any], *bounds: ColumnElement[bool], limit: int | None = None
    ) -> list[SignedCheckpoint]:
        asked = select(audit_checkpoint).where(*bounds).order_by(order).limit(limit)
        return [_readable(row) for row in self._reader.rows(asked)]

    def add(self, signed: SignedCheckpoint) -> None:
        """Keep the next checkpoint. Raises ``Conflict``."""
        one = signed.checkpoint
        row = {
            "tree_size": one.size,
            "log_id": one.log,
            "root": one.root.hex(),
            "made_at": one.at,
            "previous": one.previous or _FIRST,
            "frontier": json_text([peak.hex() for peak in signed.frontier.peaks]),
            "signature": json_text(dict(signed.signature)),
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(audit_checkpoint), row)
        except IntegrityError as error:
            raise Conflict("checkpoint", str(one.size)) from error

    def cosign(self, size: int, cosignature: Cosignature) -> None:
        """Keep what a witness said; what it said before about the same checkpoint stays."""
        row = {
            "tree_size": size,
            "witness": cosignature.witness,
            "made_at": cosignature.at,
            "signature": json_text(dict(cosignature.signature)),
        }
        if any(one.witness == cosignature.witness for one in self.cosignatures(size)):
            return
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(audit_cosignature), row)
        except IntegrityError as error:
            raise Conflict("cosignature", str(size)) from error

    def cosignatures(self, size: int) -> list[Cosignature]:
        """Give what witnesses said about the checkpoint of ``size``."""
        table = audit_cosignature
        asked = select(table).where(table.c.tree_size == size).order_by(table.c.witness)
        return [
            Cosignature(witness=row.witness, at=row.made_at, signature=json.loads(row.signature))
            for row in self._reader.rows(asked)
        ]

    def cosigned(self, witness: str) -> int:
        """Give the size of the newest checkpoint that ``witness`` co-signed."""
        table = audit_cosignature
        asked = select(func.max(table.c.tree_size)).where(table.c.witness == witness)
        return int(self._reader.rows(asked)[0][0] or 0)

    def segments(self) -> list[Segment]:
        """Give what was archived."""
        return SqlSegments(self._engine).all()


def newest_checkpoint(source: Engine | Connection) -> SignedCheckpoint | None:
    """Give the newest checkpoint, if there is one. Raises ``CorruptState``."""
    asked = select(audit_checkpoint).order_by(audit_checkpoint.c.tree_size.desc()).limit(1)
    found = Reader(source).rows(asked)
    return _readable(found[0]) if found else None


def _readable(row: Row[Any]) -> SignedCheckpoint:
    if (one := _read_signed(row)) is None:
        raise CorruptState("audit_checkpoint", row.tree_size)
    return one


def _read_signed(row: Row[Any]) -> SignedCheckpoint | None:
    try:
        return _signed(row)
    except (TypeError, ValueError, AttributeError):
        return None


def _signed(row: Row[Any]) -> SignedCheckpoint:
    checkpoint = Checkpoint(
        log=row.log_id,
        size=row.tree_size,
        root=bytes.fromhex(row.root),
        at=row.made_at,
        previous="" if row.previous == _FIRST else row.previous,
    )
    peaks = tuple(bytes.fromhex(peak) for peak in json.loads(row.frontier))
    return SignedCheckpoint(
        checkpoint=checkpoint,
        signature=json.loads(row.signature),
        frontier=Frontier(row.tree_size, peaks),
    )


class SqlSegments(Segments):
    """Table ``audit_segment``, and the rows that leave the log."""

    def __init__(self, source: Engine | Connection) -> None:
        """Work on ``source``; rows are pruned on the connection of a unit only."""
        self._source = source

    def all(self) -> list[Segment]:
        """Give what was archived."""
        rows = Reader(self._source).rows(select(audit_segment).order_by(audit_segment.c.first_row))
        return [
            Segment(
                first=row.first_row,
                upto=row.upto,
                file=row.file_name,
                digest=row.digest,
                at=row.made_at,
            )
            for row in rows
        ]

    def prune(self, segment: Segment) -> None:
        """Take the rows away and keep note."""
        if not isinstance(self._source, Connection):
            raise TypeError(self._source)
        place = audit_row.c.position
        gone = delete(audit_row).where(place >= segment.first, place < segment.upto)
        self._source.execute(gone)
        about = audit_target.c.position
        less = delete(audit_target).where(about >= segment.first, about < segment.upto)
        self._source.execute(less)
        row = {
            "first_row": segment.first,
            "upto": segment.upto,
            "file_name": segment.file,
            "digest": segment.digest,
            "made_at": segment.at,
        }
        self._source.execute(insert(audit_segment), row)
