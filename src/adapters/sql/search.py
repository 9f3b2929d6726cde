"""What an index of fragments is made of, read by columns; and what it found, within reach."""

from collections import namedtuple
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, select

from adapters.sql.engine.id_sets import among
from adapters.sql.engine.lists import (
    LAST_SIGN,
    ListSource,
    by_itself,
    decoder_of,
    listing_of,
    reader_of,
)
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.schema import audit_row, counter
from adapters.sql.lists import SOURCES
from supervision_core.identity.model import Placement
from supervision_core.kernel.listing import ListFilter, ListQuery
from supervision_core.kernel.search import (
    IndexPlace,
    IndexUnusable,
    Row,
    SearchEntry,
    SearchSource,
    entry_of,
    searched,
)

Condition = ColumnElement[bool]
_LOG = audit_row.c
_WAITING = select(
    select(counter.c.upto).where(counter.c.name == audit_row.name).scalar_subquery().label("size"),
    select(_LOG.leaf).where(_LOG.position == bindparam("last")).scalar_subquery().label("leaf"),
    select(_LOG.happened_at)
    .where(_LOG.position == bindparam("next"))
    .scalar_subquery()
    .label("waits"),
)


class SqlSearchSource(SearchSource):
    """Reads the tables that the lists of ``SOURCES`` name."""

    def __init__(self, connection: Connection) -> None:
        """Read on the connection of a unit of work."""
        self._reader = Reader(connection)

    def entries(self, query: ListQuery[Any], ids: Sequence[str]) -> Sequence[SearchEntry]:
        """Give the entries of those of ``ids`` that are found."""
        some = frozenset(ids)
        rows = self._briefly(query, among(_source(query).table.c.id, some), len(some))
        return list(self._entries(query, rows, lambda column: among(column, some)))

    def entries_after(
        self, query: ListQuery[Any], id: str, most: int
    ) -> tuple[Sequence[SearchEntry], str | None]:
        """Give entries by id behind ``id``, and the id to go on from, ``None`` at the end."""
        column = _source(query).table.c.id
        rows = self._briefly(query, column > id, most)
        last = rows[-1].id if rows else ""
        found = self._entries(query, rows, lambda owner: and_(owner > id, owner <= last))
        return list(found), last if len(rows) == most else None

    def _briefly(self, query: ListQuery[Any], here: Condition, most: int) -> list[Any]:
        """Give what decides about entries, in the order of ids."""
        source = _source(query)
        asked = select(*(source.column(name) for name in searched(query).fields))
        listed = () if source.listed is None else (source.listed,)
        found = asked.where(here, *listed).order_by(source.table.c.id).limit(most)
        rows = self._reader.rows(found)
        return _brief_reader(query)(rows) if rows else []

    def rows(self, query: ListQuery[Row], ids: Sequence[str], wanted: ListFilter) -> Sequence[Row]:
        """Give the rows of those of ``ids`` that are within reach, in their order."""
        if not ids:
            return ()
        found = {one.id: one for one in self._rows(query, wanted.among(frozenset(ids)))}
        return [found[one] for one in ids if one in found]

    def rows_called(
        self, query: ListQuery[Row], text: str, wanted: ListFilter, most: int
    ) -> Sequence[Row]:
        """Give rows within reach whose code is ``text``, then those whose name begins with it."""
        said, source = searched(query), _source(query)
        name, code = source.column(said.name), source.asked(said.code)
        open_ = [source.column(field) != _plain(value) for field, value in said.without.items()]
        begins = and_(name >= text, name < text + LAST_SIGN)
        found: dict[str, Any] = {}
        for way in (code == text, begins):
            for one in self._rows(query, wanted, way, *open_, most=most):
                found.setdefault(one.id, one)
        return list(found.values())[:most]

    def end(self) -> IndexPlace:
        """Give where the log ends."""
        rows = audit_row.c
        asked = select(rows.position, rows.leaf).order_by(rows.position.desc()).limit(1)
        found = self._reader.rows(asked)
        return IndexPlace(found[0].position + 1, found[0].leaf) if found else IndexPlace()

    def waiting_since(self, place: IndexPlace) -> datetime | None:
        """Give the moment of the row at ``place``, ``None`` where the log ends there."""
        (said,) = self._reader.every(_WAITING, {"last": place.next - 1, "next": place.next})
        length = said["size"] or 0
        if place.next > length or (said["leaf"] or "") != place.leaf:
            raise IndexUnusable("foreign")
        if place.next < length and said["waits"] is None:
            raise IndexUnusable("behind")
        return cast("datetime | None", said["waits"])

    def _rows(
        self, query: ListQuery[Any], wanted: ListFilter, *more: Condition, most: int | None = None
    ) -> list[Any]:
        made = listing_of(query, by_itself(_source(query)), wanted, query.orders[0])
        asked = made.statement.where(*more)
        if most is not None:
            asked = asked.order_by(*(column for _, column in made.keys)).limit(most)
        read = reader_of(query)
        return [read(row._asdict()) for row in self._reader.rows(asked)]

    def _entries(
        self, query: ListQuery[Any], rows: Sequence[Any], here: Callable[[Any], Condition]
    ) -> Iterator[SearchEntry]:
        placed_by = _source(query).standing
        departments = self._looked_up(placed_by.owners, here)
        parties = self._looked_up(placed_by.parties, here)
        for row in rows:
            placed = Placement(
                region=row.region,
                departments=frozenset(departments.get(row.id, ())),
                parties=frozenset(parties.get(row.id, ())) | placed_by.own(row),
            )
            entry = entry_of(query, row, placed)
            if entry is not None:
                yield entry

    def _looked_up(
        self, table: Table | None, here: Callable[[Any], Condition]
    ) -> dict[str, list[str]]:
        if table is None:
            return {}
        owner, value = list(table.c)[:2]
        found: dict[str, list[str]] = {}
        for row in self._reader.rows(select(owner, value).where(here(owner))):
            found.setdefault(row[0], []).append(row[1])
        return found


@lru_cache(maxsize=20)
def _brief_reader(query: ListQuery[Any]) -> Callable[[Sequence[Any]], list[Any]]:
    """Give what decodes rows column by column: a column of codes has few different values."""
    names = searched(query).fields
    kinds = [query.types[name] for name in names]
    decoders = [lru_cache(kind) if issubclass(kind, Enum) else decoder_of(kind) for kind in kinds]
    cls = namedtuple("Brief", names)  # type: ignore[misc] # noqa: PYI024 - its fields are data

    def read(rows: Sequence[Any]) -> list[Any]:
        columns = zip(*rows, strict=True)
        return list(map(cls, *(
            column if decode is None else map(decode, column)
            for decode, column in zip(decoders, columns, strict=False)
        )))  # fmt: skip

    return read


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _source(query: ListQuery[Any]) -> ListSource:
    source = SOURCES[query]
    if not isinstance(source, ListSource):
        raise TypeError(query.name)
    return source
