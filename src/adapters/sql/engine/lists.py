"""Lists compiled into SQL: where each field of a row comes from, and nothing else by hand."""

import json
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import lru_cache
from typing import Any, Final, cast

import attrs
from attrs import evolve, field, frozen
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Select,
    Table,
    UniqueConstraint,
    and_,
    false,
    or_,
    select,
    true,
)

from adapters.sql.engine.id_sets import among, looked_at, mostly
from adapters.sql.engine.mapper import Mapper
from adapters.sql.engine.paging import Keys, Listing
from adapters.sql.engine.regions import regions_above
from adapters.sql.engine.scopes import (
    OfRegion,
    Standing,
    contains,
    each_time,
    lies_in,
    reached,
    sole_owner,
)
from adapters.sql.sealing.protection import Blind, sealing_of
from supervision_core.identity.model import Concerns
from supervision_core.kernel.listing import (
    Criterion,
    ListFilter,
    ListQuery,
    Match,
    Order,
    beginnings,
    compared_by,
)
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.reading import Reading
from supervision_core.kernel.registers import Reach
from supervision_core.kernel.registers.fields import REGION
from supervision_core.kernel.registers.store import Between

Condition = ColumnElement[bool]
LAST_SIGN = "\U0010ffff"


@frozen(kw_only=True, eq=False)
class ListSource:
    """Where the rows of a list come from.

    ``columns`` gives the column of a field where it has another name, ``criteria`` that by which
    it is asked for where that is another one; one of another table is a look-up of several values,
    whose first column names the row. ``listed`` is what keeps rows in
    every list. A look-up in ``ordered`` holds the
    order too: who asks for one of its values, or reaches what one owner has where it is the look-up
    of owners, reads that look-up alone, by its own index. Of one value of ``few`` there are few
    rows, of an owner perhaps a million: who asks for one reads its index, whatever he reaches.
    Where ``sealed`` maps the table, rows are made of aggregates, each read only as it was sealed.
    ``author`` gives of a draft the account whose alone it is, and null of anything else. ``party``
    is the blind index of whom rows concern, where that is sealed. ``closed`` says that a row is, to
    all but the departments that own it.
    """

    table: Table
    standing: Standing
    columns: Mapping[str, ColumnElement[Any]] = field(factory=dict)
    criteria: Mapping[str, ColumnElement[Any]] = field(factory=dict)
    listed: Condition | None = None
    ordered: Mapping[str, Mapping[str, Column[Any]]] = field(factory=dict)
    few: frozenset[str] = frozenset()
    sealed: Mapper[Any] | None = None
    author: ColumnElement[Any] | None = None
    party: Blind[Any] | None = None
    closed: Condition | None = None

    def column(self, name: str) -> ColumnElement[Any]:
        """Give the column of a field."""
        found = self.columns.get(name)
        return self.table.c[name] if found is None else found

    def asked(self, name: str) -> ColumnElement[Any]:
        """Give the column by which a field is asked for."""
        found = self.criteria.get(name)
        return self.column(name) if found is None else found

    def looked_up(self, name: str) -> Column[Any] | None:
        """Give the column of a look-up that holds a field's values, if it has several."""
        found = self.asked(name)
        apart = isinstance(found, Column) and found.table is not self.table
        return cast("Column[Any]", found) if apart else None


_LONGEST_NAME: Final = 30
"""Characters of a name that every engine takes (DM)."""


def index_orders(query: ListQuery[Any], source: ListSource) -> None:
    """Index the orders of a list, for whoever reaches everything and for whoever has a region.

    Left to its table are indexes that it says itself, and orders by what is no column of it. Lists
    that are read from above too have few rows: those of a region are sorted.
    """
    table = source.table
    led_by: tuple[tuple[str, ...], ...] = ((), ("region",))
    if query.read is not Reading.OWNER or "region" not in table.c:
        led_by = ((),)
    for order in query.orders:
        found = [] if order.within else [source.column(name) for name in order.keys]
        keys = tuple(one.name for one in found if isinstance(one, Column) and one.table is table)
        for led in led_by if keys and len(keys) == len(found) else ():
            if not _is_indexed(table, (*led, *keys)):
                usual = led and order is query.orders[0] and not query.partial
                name = "_".join(("ix", table.name, *led, *keys[: 0 if usual else 1]))
                while len(name) > _LONGEST_NAME:
                    name = name.rpartition("_")[0]
                Index(name, *(table.c[one] for one in (*led, *keys)))


def _is_indexed(table: Table, keys: tuple[str, ...]) -> bool:
    """Tell whether an index has these columns, or a unique one begins them."""
    of_index = {tuple(one.columns.keys()): bool(one.unique) for one in table.indexes}
    unique = [tuple(table.primary_key.columns.keys())]
    unique += [names for names, alone in of_index.items() if alone]
    unique += [
        tuple(one.columns.keys()) for one in table.constraints if isinstance(one, UniqueConstraint)
    ]
    return keys in of_index or any(keys[: len(one)] == one for one in unique)


def listing_of(
    query: ListQuery[Any], source: ListSource, wanted: ListFilter, order: Order
) -> Listing:
    """Give the rows that are wanted, in an order."""
    named = wanted.ids is not None and source.sealed is None
    asked: Select[Any] = (
        select(*(_labelled(source.column(name), name) for name in row_names(query)))
        if source.sealed is None else select(source.table)
    )  # fmt: skip
    led, left = _leading(query, source, wanted, order)
    keys: dict[str, ColumnElement[Any]] = {}
    if led is None:
        for name in order.keys:
            column = source.column(name)
            keys[name] = looked_at(column) if named else column
    else:
        (name, value), place = led, source.ordered[led[0]]
        looked_up = cast("Column[Any]", source.looked_up(name))
        asked = asked.join(looked_up.table, next(iter(looked_up.table.c)) == source.table.c.id)
        asked = asked.where(looked_up == value)
        keys = {name: place[name] for name in order.keys}
        asked = asked.add_columns(keys[order.fields[0]]) if order.within else asked
    conditions = conditions_of(query, source, left, fits=left.reach is not wanted.reach)
    added = order.fields[0] if order.within and led is not None else ""

    def called(name: str) -> str:
        """Say under which name a row that is read has a key."""
        if source.sealed is None:
            return name
        return str((keys[name] if name == added else source.column(name)).key)

    ordered: Keys = tuple((called(name), keys[name]) for name in order.keys)
    return Listing(asked.where(*conditions), ordered, down=order.down)


@lru_cache(maxsize=200)
def by_itself(source: ListSource) -> ListSource:
    """Give where rows come from that are found by ids or names, not by where they stand."""
    placed = source.standing

    def stands(fulfils: OfRegion) -> Condition:
        return placed.stands(lambda one: fulfils(looked_at(one)))

    return evolve(source, standing=evolve(placed, stands=stands, in_region=None))


@frozen
class SealedParty:
    """A reach of what concerns a party, as the blind index of rows may hold it."""

    indexes: tuple[str, ...]


def blinded(query: ListQuery[Any], source: ListSource, wanted: ListFilter,
            connection: Connection) -> ListFilter:  # fmt: skip
    """Give what is asked of sealed values, and whom rows concern, as blind indexes may hold it."""
    if source.party is not None and isinstance(wanted.reach, Concerns):
        keys, party = sealing_of(connection), wanted.reach.party
        indexes = source.party.candidates(source.table, party, keys)
        wanted = evolve(wanted, reach=SealedParty(indexes))
    told, mapper = wanted.told, source.sealed
    sealing = None if mapper is None else mapper.sealing_on(connection)
    hidden = [one for one in query.criteria if one.personal and told.get(one.names[0])]
    if not hidden or mapper is None or sealing is None:
        return wanted
    for one in hidden:
        blind = mapper.blind[str(source.asked(one.field).key)]
        told[one.names[0]] = blind.candidates(source.table, told[one.names[0]], sealing)
    return evolve(wanted, asked=told)


def _leading(
    query: ListQuery[Any], source: ListSource, wanted: ListFilter, order: Order
) -> tuple[tuple[str, Any] | None, ListFilter]:
    """Give the field whose look-up holds the order and its one value, and what else is wanted.

    It is one that is asked for, else the owner to whom the reach is narrowed.
    """
    told = wanted.told
    places = {one for one, place in source.ordered.items() if set(order.keys) <= set(place)}
    for one in query.criteria:
        alone = one.match in {Match.IS, Match.AMONG} and one.field in told
        if alone and one.field in places and (value := _only(told[one.field])) is not None:
            left = {name: asked for name, asked in told.items() if name != one.field}
            return (one.field, value), evolve(wanted, asked=left)
    owner, rest = sole_owner(wanted.reach, source.standing)
    if owner and wanted.ids is None and source.few.isdisjoint(told):
        for name in places:
            looked_up = source.looked_up(name)
            if looked_up is not None and looked_up.table is source.standing.owners:
                return (name, owner), evolve(wanted, reach=rest)
    return None, wanted


def _only(asked: Any) -> Any:
    if not isinstance(asked, (tuple, frozenset)):
        return _plain(asked)
    return _plain(next(iter(asked))) if len(asked) == 1 else None


@lru_cache(maxsize=200)
def row_names(query: ListQuery[Any]) -> tuple[str, ...]:
    """Give the fields of a row that are read with it, in the order of its class."""
    return tuple(one.name for one in query.row.__attrs_attrs__ if one.name not in query.counted)


@lru_cache(maxsize=200)
def owner_in(query: ListQuery[Any], source: ListSource) -> str | None:
    """Give under which name a row that is read has the one department that owns it, if it has."""
    column = source.standing.department
    if column is None:
        return None
    if source.sealed is not None:
        return str(column.key)
    return next((one for one in row_names(query) if source.column(one) is column), None)


def _labelled(column: ColumnElement[Any], name: str) -> ColumnElement[Any]:
    return column if getattr(column, "name", None) == name else column.label(name)


def conditions_of(
    query: ListQuery[Any], source: ListSource, wanted: ListFilter, *, fits: bool = False
) -> Iterator[Condition]:
    """Give what rows must fulfil; ``fits`` says that nearly all that are found are in reach."""
    if source.listed is not None:
        yield source.listed
    if source.author is not None:
        yield or_(source.author.is_(None), source.author == wanted.asker)
    if source.closed is not None and query.hides and wanted.insider:
        yield or_(~source.closed, _inside(source, wanted.insider))
    if wanted.ids is not None:
        source = by_itself(source)
        yield among(source.table.c.id, wanted.ids)
    reach = _reached(wanted.reach, source)
    yield from map(mostly, reach) if fits else reach
    told = wanted.told
    for one in query.criteria:
        asked = [told.get(name) for name in one.names]
        if any(part is not None for part in asked):
            yield _criterion(query, source, one, asked)


def _inside(source: ListSource, department: str) -> Condition:
    """Say that a department is one of those whose a row is, looked for row by row."""
    if source.standing.owners is None:
        return source.standing.owner(lambda one: one == department)
    owners = source.standing.owners.alias()
    mine = looked_at(owners.c.department) == department
    return each_time(select(1).where(next(iter(owners.c)) == source.table.c.id, mine))


def _reached(reach: Any, source: ListSource) -> Iterator[Condition]:
    match reach:
        case None:
            return
        case SealedParty(indexes) if source.party is not None:
            yield source.table.c[source.party.column].in_(indexes)
        case Reach():
            placed, above = source.standing, sorted(regions_above(reach.region))
            places = [lies_in(placed, reach.region)]
            if reach.upward:
                places.append(placed.stands(lambda one: one.in_(above)))
            if placed.everywhere is not None:
                places.append(placed.everywhere)
            yield or_(*places)
        case _:
            yield reached(reach, source.standing)


def _criterion(
    query: ListQuery[Any], source: ListSource, one: Criterion, asked: list[Any]
) -> Condition:
    if one.others:
        return or_(*(_met(query, source, each, asked) for each in one.each))
    if one.match is Match.EVERY:
        return and_(*(_met(query, source, one, [each]) for each in sorted(asked[0])))
    return _met(query, source, one, asked)


def _met(query: ListQuery[Any], source: ListSource, one: Criterion, asked: list[Any]) -> Condition:
    column = source.asked(one.field)
    made = _compared(query, source, one, column, asked)
    looked_up = source.looked_up(one.field)
    if looked_up is None:
        return made
    owner = next(iter(looked_up.table.c))
    return select(1).where(owner == source.table.c.id, made).correlate(source.table).exists()


def _compared(  # noqa: PLR0911 - one for each way to compare
    query: ListQuery[Any],
    source: ListSource,
    one: Criterion,
    column: ColumnElement[Any],
    asked: list[Any],
) -> Condition:
    first = _plain(asked[0])
    match compared_by(one.match, asked[0]):
        case Match.IS if one.personal:
            return column.in_(asked[0])
        case Match.IS | Match.EVERY:
            value = (true() if first else false()) if isinstance(first, bool) else first
            return column == value
        case Match.AMONG | Match.UNDER:
            return among(column, frozenset(map(_plain, asked[0])))
        case Match.BEGINS if query.by_name[one.field].to == REGION:
            return lies_in(source.standing, first)
        case Match.BEGINS:
            starts = beginnings(query.by_name[one.field], first)
            return or_(*(and_(column >= each, column < each + LAST_SIGN) for each in starts))
        case Match.BLANK:
            return column.is_(None) if first else column.is_not(None)
        case Match.HOLDS | Match.FRAGMENT:
            return contains(column, first)
        case Match.BEFORE:
            return cast("Condition", column < first)
        case Match.BETWEEN | Match.WITHIN:
            return and_(*_ends(column, asked))


def _ends(column: ColumnElement[Any], asked: list[Any]) -> Iterator[Condition]:
    """Give what lies between two ends, each of which may be open, asked apart or together."""
    match asked:
        case [Between(since=since, until=until)] | [since, until]:
            if since is not None:
                yield column >= _plain(since)
            if until is not None:
                yield column <= _plain(until)


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


@lru_cache(maxsize=200)
def reader_of(query: ListQuery[Any]) -> Callable[[Any], Any]:
    """Give what makes a row of the class of a list of the values of a row of the database."""
    reads = [(name, decoder_of(query.types[name])) for name in row_names(query)]
    cls = query.row

    def read(values: Mapping[str, Any]) -> Any:
        return cls(**{name: values[name] if decode is None else decode(values[name])
                      for name, decode in reads})  # fmt: skip

    return read


def decoded(query: ListQuery[Any], name: str, value: Any) -> Any:
    """Give the value of a field as its class has it."""
    decode = decoder_of(query.types[name])
    return value if decode is None else decode(value)


def item_of(
    query: ListQuery[Any], source: ListSource, connection: Connection
) -> Callable[[Any], Any]:
    """Give what makes a row of a list of the values that ``listing_of`` finds, by name.

    It raises ``Tampered``.
    """
    if source.sealed is None:
        return reader_of(query)
    mapper, sealing = source.sealed, source.sealed.sealing_on(connection)
    if sealing is None:
        return lambda values: query.row_of(mapper.root_of(values))
    lately = sealing.listed

    def item(values: Mapping[str, Any]) -> Any:
        return lately.made(query, values, lambda: query.row_of(mapper.root_of(values, sealing)))

    return item


def decoder_of(kind: type) -> Callable[[Any], Any] | None:
    """Give what makes a value of that of a column, ``None`` where it is the same."""
    if issubclass(kind, Enum):
        return kind
    if issubclass(kind, tuple):
        return lambda text: tuple(json.loads(text))
    if kind is str:
        return lambda text: text or ""
    if kind is bool:
        return bool
    if attrs.has(kind):
        return lambda text: from_plain(kind, json.loads(text))
    return None
