"""The rows changed by somebody who has the database but not the keys, found table by table."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Engine, Row, Table, func, select

from adapters.sql.engine.database import reading_options
from adapters.sql.engine.mapper import Lookup, Mapper
from adapters.sql.engine.paging import next_by_id
from adapters.sql.engine.repository import chunks
from adapters.sql.sealing.batches import SqlBatches, sealing_for, whole_of
from adapters.sql.sealing.protection import ROW_SEAL, check_row, sealing_of
from adapters.sql.sealing.sealed_tables import SealedTable
from supervision_core.audit.ports import Look, SealedRows
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.crypto import KeyMissing, Tampered
from supervision_core.kernel.errors import CorruptState

AT_ONCE: Final = 50
"""Rows that are looked at in one state of the database, which is held as long: hundredths of a
second, some tenths on a busy machine, in which SQLite cannot begin its log anew."""
BLOCK: Final = 50
"""Rows that are looked at again together, once something about one of them has changed."""
_BROKEN: Final = (Tampered, KeyMissing, CorruptState)
_UNREAD: Final = (ValueError, TypeError, LookupError, ArithmeticError)
"""What a driver's values raise that no engine of ours wrote: a day that is none."""


class Walk(ABC):
    """A walk through the rows of one table, a page at a time."""

    name: str

    @abstractmethod
    def page(self, connection: Connection, cursor: str) -> tuple[Iterable[str], int, str]:
        """Give the names of broken rows behind ``cursor``, how many were seen, and the last."""


class AggregateWalk(Walk):
    """Walks aggregates: their row seals, and what finds them."""

    def __init__(self, mapper: Mapper[Any]) -> None:
        """Walk the table of ``mapper``."""
        self.name = self.rows = mapper.table.name
        self._mapper = mapper

    def page(self, connection: Connection, cursor: str) -> tuple[Iterable[str], int, str]:
        """Look at the next rows."""
        table = self._mapper.table
        asked = next_by_id(select(table.c.id), table.c.id, cursor, AT_ONCE)
        ids = connection.execute(asked).scalars().all()
        if not ids:
            return (), 0, ""
        rows, broken = self._rows(connection, ids)
        broken |= self._look(connection, rows, begins=not cursor)
        return sorted(broken), len(ids), ids[-1] if len(ids) == AT_ONCE else ""

    def _rows(
        self, connection: Connection, ids: Sequence[str]
    ) -> tuple[Sequence[Row[Any]], set[str]]:
        """Give the rows, and the names of those that cannot even be read."""
        table = self._mapper.table
        try:
            between = table.c.id >= ids[0], table.c.id <= ids[-1]
            return connection.execute(whole_of(self._mapper).where(*between)).all(), set()
        except _UNREAD:
            rows, unread = list[Row[Any]](), set[str]()
            for one in ids:
                try:
                    asked = whole_of(self._mapper).where(table.c.id == one)
                    rows += connection.execute(asked).all()
                except _UNREAD:
                    unread.add(f"{self.rows}/{one}")
            return rows, unread

    def _look(self, connection: Connection, rows: Sequence[Row[Any]], *, begins: bool) -> set[str]:
        """Name the broken ones among rows; ``begins`` where they are the first of a walk."""
        del begins
        sealing, table = sealing_for(connection, rows), self._mapper.table
        if not self._mapper.lookups:
            _, broken = self._each(rows, lambda row: check_row(table, row._asdict(), sealing))
            return broken
        roots, broken = self._each(rows, lambda row: self._mapper.root(row, sealing))
        return broken | self._found_wrongly(connection, roots)

    def _each(
        self, rows: Sequence[Row[Any]], opening: Callable[[Row[Any]], Any]
    ) -> tuple[dict[str, Any], set[str]]:
        """Open rows; give what they held by their ids, and the names of those that are broken."""
        opened, broken = dict[str, Any](), set[str]()
        for row in rows:
            try:
                opened[row.id] = opening(row)
            except (*_BROKEN, *_UNREAD):
                broken.add(f"{self.rows}/{row.id}")
        return opened, broken

    def _found_wrongly(self, connection: Connection, roots: Mapping[str, Any]) -> set[str]:
        """Name what finds these aggregates by something else than they say."""
        return {
            f"{lookup.table.name}/{owner}"
            for lookup in self._mapper.lookups
            for owner in _unlike(connection, lookup, roots)
        }


class DecidingWalk(AggregateWalk):
    """Walks what decides about access, all of it again and again.

    A block of rows that was found good is good as long as it is read the same, with the look-up
    rows beside it: a digest of that is kept, and nothing of the rows themselves.
    """

    def __init__(self, mapper: Mapper[Any], kind: str) -> None:
        """Walk the table of ``mapper``; its rows are named by ``kind``, as the log names them."""
        super().__init__(mapper)
        self.rows = kind
        self._good, self._good_again = set[bytes](), set[bytes]()

    def _look(self, connection: Connection, rows: Sequence[Row[Any]], *, begins: bool) -> set[str]:
        """Look at the rows of blocks that are not as they were when they were found good."""
        if begins:
            self._good, self._good_again = self._good_again, set()
        blocks = self._blocks(connection, rows)
        news = [row for said, some in blocks if said not in self._good for row in some]
        sealing = sealing_of(connection)
        roots, broken = self._each(news, lambda row: self._mapper.root(row, sealing))
        broken |= self._found_wrongly(connection, roots)
        wrong = {one.partition("/")[2] for one in broken}
        self._good_again |= {
            said for said, some in blocks if wrong.isdisjoint(row.id for row in some)
        }
        return broken

    def _blocks(
        self, connection: Connection, rows: Sequence[Row[Any]]
    ) -> list[tuple[bytes, Sequence[Row[Any]]]]:
        beside = self._beside(connection, [row.id for row in rows])
        return [
            (sm3(repr([(*row, beside[row.id]) for row in some]).encode()), some)
            for some in chunks(rows, BLOCK)
        ]

    def _beside(self, connection: Connection, ids: Sequence[str]) -> Mapping[str, list[str]]:
        """Give the look-up rows of each, in an order of their own."""
        found: dict[str, list[str]] = {one: [] for one in ids}
        for some in chunks(ids):
            for lookup in self._mapper.lookups:
                owner = lookup.table.c[lookup.owner]
                for row in connection.execute(select(lookup.table).where(owner.in_(some))):
                    found[row._asdict()[lookup.owner]].append(repr(tuple(row)))
        return {one: sorted(said) for one, said in found.items()}


def _unlike(connection: Connection, lookup: Lookup[Any], roots: Mapping[str, Any]) -> Iterator[str]:
    """Name the owners of which the look-up table says something else than they do."""
    if not roots:
        return
    owner = lookup.table.c[lookup.owner]
    others = [column.name for column in lookup.table.c if column.name != lookup.owner]
    found: dict[str, Counter[tuple[Any, ...]]] = {one: Counter() for one in roots}
    for some in chunks(list(roots)):
        for row in connection.execute(select(lookup.table).where(owner.in_(some))):
            values = row._asdict()
            found[values[lookup.owner]][tuple(values[name] or None for name in others)] += 1
    for one, root in roots.items():
        said = (tuple(row[name] or None for name in others) for row in lookup.rows(root))
        if found[one] != Counter(said):
            yield one


class BatchWalk(AggregateWalk):
    """Walks batches: of each that is as it was sealed, whether all rows left in it are there."""

    def __init__(self, tables: Iterable[Table]) -> None:
        """Count the rows of ``tables``; those of other tables have versions in the log."""
        super().__init__(SqlBatches.mapper)
        self._tables = {table.name: table for table in tables}

    def _look(self, connection: Connection, rows: Sequence[Row[Any]], *, begins: bool) -> set[str]:
        """Count the rows of these batches."""
        del begins
        sealing = sealing_of(connection)
        batches, broken = self._each(rows, lambda row: self._mapper.root(row, sealing))
        for name, table in self._tables.items():
            due = {one.id: one.count for one in batches.values() if one.table == name}
            seal, found = table.c[ROW_SEAL], Counter[str]()
            for some in chunks(list(due)):
                asked = select(seal, func.count()).where(seal.in_(some)).group_by(seal)
                found.update({row[0]: row[1] for row in connection.execute(asked)})
            broken |= {f"{name}/{one}" for one, count in due.items() if found[one] != count}
        return broken


class TableWalk(Walk):
    """Walks rows that are no aggregates, each of which is in a batch."""

    def __init__(self, kept: SealedTable) -> None:
        """Walk the rows of ``kept``."""
        self.name, self._kept = kept.table.name, kept

    def page(self, connection: Connection, cursor: str) -> tuple[Iterable[str], int, str]:
        """Look at the next rows."""
        asked = self._kept.next(self._kept.whole(), cursor, AT_ONCE)
        try:
            rows = connection.execute(asked).all()
        except _UNREAD:  # nor can it be told where to go on
            return [f"{self.name}/{cursor}"], 0, ""
        sealing, broken = sealing_for(connection, rows), []
        for row in rows:
            try:
                (digest,) = self._kept.digests([row])
                self._kept.check(row, digest, sealing)
            except (*_BROKEN, *_UNREAD):
                broken.append(f"{self.name}/{self._kept.cursor(row)}")
        return broken, len(rows), self._kept.cursor(rows[-1]) if len(rows) == AT_ONCE else ""


class SqlSealedRows(SealedRows):
    """Walks tables one after the other; each page is read from one state of the database."""

    def __init__(self, engine: Engine, walks: Iterable[Walk]) -> None:
        """Read from ``engine``, which holds the keys."""
        self._engine, self._walks = engine, list(walks)

    def look(self, after: str = "") -> Look:
        """Look at the next page of the walk that is under way."""
        name, _, cursor = after.partition("/")
        names = [walk.name for walk in self._walks]
        at = names.index(name) if name else 0
        with self._one_state() as connection:
            broken, seen, last = self._walks[at].page(connection, cursor)
        if last:
            return Look(tuple(broken), seen, f"{names[at]}/{last}")
        following = f"{names[at + 1]}/" if at + 1 < len(names) else ""
        return Look(tuple(broken), seen, following)

    def _one_state(self) -> Connection:
        return self._engine.connect().execution_options(**reading_options(self._engine))
