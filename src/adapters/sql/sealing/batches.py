"""Rows that one command wrote together, under one seal a batch instead of one a row."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar

from attrs import define, evolve, field
from sqlalchemy import Connection, Row, Select, Table, select

from adapters.sql.engine import direct
from adapters.sql.engine.closing import AtCommit
from adapters.sql.engine.mapper import Mapper, Values, values_of
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.repository import SqlRepository, chunks
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import body, key, row_seal, version
from adapters.sql.sealing.protection import (
    BATCH_SEAL,
    ROW_SEAL,
    Sealing,
    is_own,
    listed,
    sealing_of,
)
from supervision_core.audit.model import target_of
from supervision_core.kernel.batches import BATCH, Batch, digests_of
from supervision_core.kernel.crypto import KeyMissing, Tampered
from supervision_core.kernel.errors import CorruptState
from supervision_core.kernel.events import Aggregate

Root = TypeVar("Root", bound=Aggregate)

SIZE: Final = 200
"""Rows in a batch. Larger ones cost more to read for a single row, smaller ones more to write."""
FEWEST: Final = 2
"""Aggregates, new at once, that make a batch."""
MOST_KNOWN: Final = 1_000
"""Batches that a process remembers as they were sealed: some 13 megabytes."""

batch_seal = Table("batch_seal", metadata, key(), version(), row_seal(), body())
"""A row that belongs to a batch names it in its column ``row_seal``."""

_HELD = select(batch_seal).order_by(batch_seal.c.id).with_for_update()
Read = Callable[[Select[Any]], Sequence[Row[Any]]]


class SqlBatches(SqlRepository[Batch]):
    """Batches in table ``batch_seal``."""

    kind = BATCH
    mapper = Mapper(Batch, batch_seal)

    def held(self, ids: Sequence[str]) -> list[Batch]:
        """Give batches as they are now; until the transaction ends, others wait for them."""
        found: list[Batch] = []
        asked = direct.among(_HELD, batch_seal.c.id)
        for some in chunks(sorted(ids)):
            rows = self._reader.rows(asked, {direct.WANTED: some})
            found += [self.mapper.root(row, self._sealing) for row in rows]
        return found

    def keep(self, roots: Sequence[Batch]) -> None:
        """Store batches under the versions they have: nothing changed that the log tells of."""
        for root in roots:
            root.version -= 1
            values = self.mapper.row(root, self._sealing)
            self._connection.execute(batch_seal.update().where(batch_seal.c.id == root.id), values)
            root.version += 1


@lru_cache(maxsize=1_000)
def beside_seals(table: Table, *columns: Any) -> Select[Any]:
    """Ask for rows of a table, or some columns of them, beside the seals of their batches."""
    return select(*(columns or (table,)), batch_seal.c[ROW_SEAL].label(BATCH_SEAL)).select_from(
        table.outerjoin(batch_seal, batch_seal.c.id == table.c[ROW_SEAL])
    )


def whole_of(mapper: Mapper[Any]) -> Select[Any]:
    """Ask for whole rows of aggregates, beside the seals of their batches where they have any."""
    return beside_seals(mapper.table) if mapper.batched else select(mapper.table)


def read_whole(
    read: Read, asked: Select[Any], sealing: Sealing
) -> tuple[Sequence[Row[Any]], Sealing]:
    """Read what ``beside_seals`` asks for; give the sealing by which those rows are checked.

    A statement of its own reads the batches. Where somebody changed one in between, the rows are
    read again, so that they and their batches are of one state.
    """
    while True:
        rows = read(asked)
        found, changed = _batches(read, rows, sealing)
        if not changed:
            return rows, evolve(sealing, batches=found)


def sealing_for(connection: Connection, rows: Sequence[Row[Any]]) -> Sealing:
    """Give the sealing by which rows are checked that were read from one state of the database."""
    sealing = sealing_of(connection)
    found, _ = _batches(Reader(connection).rows, rows, sealing)
    return evolve(sealing, batches=found)


def _batches(
    read: Read, rows: Sequence[Row[Any]], sealing: Sealing
) -> tuple[Mapping[str, Batch], bool]:
    """Give the batches of rows by their seals, and tell whether one is no longer as it was."""
    beside = bool(rows) and BATCH_SEAL in rows[0]._fields
    wanted = {row.batch_seal: row.row_seal for row in rows if row.batch_seal} if beside else {}
    known = sealing.known
    found = {seal: known[seal] for seal in wanted.keys() & known.keys()}
    missing = {batch: seal for seal, batch in wanted.items() if seal not in found}
    changed = False
    for some in chunks(sorted(missing)):
        for row in read(select(batch_seal).where(batch_seal.c.id.in_(some))):
            changed |= row.row_seal != missing[row.id]
            try:
                found[row.row_seal] = SqlBatches.mapper.root(row, sealing)
            except (Tampered, KeyMissing, CorruptState):  # its rows are refused
                continue
    if len(known) + len(found) > MOST_KNOWN:
        known.clear()
    known.update(found)
    return found, changed


def places_of(table: Table, rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Give batch and digest of an aggregate's rows that have no own seal."""
    digests = digests_of(table.name, (listed(table, row) for row in rows))
    return zip((row[ROW_SEAL] for row in rows), digests, strict=True)


@define(eq=False)
class Batching:
    """The batches of one table that a unit of work makes, and those that it takes rows from."""

    _connection: Connection
    _table: str
    _left: defaultdict[str, set[str]] = field(init=False, factory=lambda: defaultdict(set))
    _versions: dict[str, int] = field(init=False, factory=dict)

    def add(self, digests: Sequence[str]) -> list[str]:
        """Seal rows, which are written next; give what each holds in its column ``row_seal``."""
        randomness = sealing_of(self._connection).randomness
        made = [
            Batch.seal(self._table, some, id=randomness.token(16).hex())
            for some in chunks(digests, SIZE)
        ]
        SqlBatches(self._connection).save_all(made)
        self._versions |= {one.id: one.version for one in made}
        return [one.id for one in made for _ in range(one.count)]

    def leave(self, places: Iterable[tuple[str, str]]) -> None:
        """Let rows go, by batch and digest: they were replaced, or have seals of their own now.

        They need not be checked: of a row that is not as it was sealed the batch keeps the digest,
        and misses that row from now on.
        """
        for batch, digest in places:
            self._left[batch].add(digest)

    def flush(self) -> Sequence[str]:
        """Seal the rest of those batches anew; name batches and their versions as the log does."""
        if self._left:
            batches = SqlBatches(self._connection)
            changed = self._emptied(batches)
            batches.save_all(changed)
            self._versions |= {one.id: one.version for one in changed}
        versions, self._versions = self._versions, {}
        return [target_of(BATCH, one, versions[one]) for one in sorted(versions)]

    def keep(self) -> None:
        """Seal the rest anew where keys have changed, of which the log tells nothing."""
        if self._left:
            batches = SqlBatches(self._connection)
            batches.keep(self._emptied(batches))

    def _emptied(self, batches: SqlBatches) -> list[Batch]:
        found = batches.held(list(self._left))
        for one in found:
            one.leave(self._left[one.id])
        self._left.clear()
        return found


class BatchedRepository(SqlRepository[Root], AtCommit, Generic[Root]):
    """A repository whose aggregates are sealed by the batch where many are new at once.

    One that is changed later has a seal of its own from then on, and leaves its batch.
    """

    def __init__(self, connection: Connection) -> None:
        """Work on the connection of a unit of work."""
        super().__init__(connection)
        self._batching = Batching(connection, self.mapper.table.name)
        self._batched: dict[str, Mapping[str, Any]] = {}

    def flush(self) -> Sequence[str]:
        """Seal anew the batches that rows have left."""
        return self._batching.flush()

    def _whole(self) -> Select[Any]:
        return beside_seals(self.mapper.table)

    def _all_matching(self, **values: str) -> list[Root]:
        asked = direct.matching(self._whole(), *values)
        sealing = sealing_of(self._connection)
        rows = self._reader.every(asked, values)
        seals = {row[BATCH_SEAL] for row in rows if row[BATCH_SEAL]}
        found = {one: batch for one in seals if (batch := sealing.known.get(one))}
        if len(found) < len(seals):
            return self._read(asked, values)
        known = evolve(sealing, batches=found)
        roots = [self._rebuilt(row, known) for row in rows]
        self._note(rows)
        return roots

    def _read(self, asked: Select[Any], values: Mapping[str, Any] | None = None) -> list[Root]:
        rows, sealing = read_whole(
            lambda asked: self._reader.rows(asked, values), asked, sealing_of(self._connection)
        )
        found = [values_of(row) for row in rows]
        roots = [self.mapper.root_of(one, sealing) for one in found]
        self._note(found)
        return roots

    def _note(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Remember rows of batches: whoever changes one takes it out of its batch."""
        self._batched |= {row["id"]: row for row in rows if not is_own(row[ROW_SEAL])}

    def _new_rows(self, roots: Sequence[Root]) -> list[Values]:
        if len(roots) < FEWEST:
            return super()._new_rows(roots)
        table = self.mapper.table
        rows = [self.mapper.row(root, self._sealing, own=False) for root in roots]
        digests = digests_of(table.name, (listed(table, row) for row in rows))
        for row, batch in zip(rows, self._batching.add(digests), strict=True):
            row[ROW_SEAL] = batch
        self._note(rows)
        return rows

    def _update(self, roots: Sequence[Root]) -> None:
        super()._update(roots)
        left = [self._batched.pop(root.id) for root in roots if root.id in self._batched]
        self._batching.leave(places_of(self.mapper.table, left))
