"""Lists compiled into SQL: where each field of a row comes from, and nothing else by hand."""

import json
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import lru_cache
from typing import Any, cast

import attrs
from attrs import field, frozen
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    false,
    or_,
    select,
    true,
)

from adapters.sql.engine.id_sets import among
from adapters.sql.engine.mapper import Mapper, Values
from adapters.sql.engine.paging import Keys, Listing
from adapters.sql.engine.regions import regions_above
from adapters.sql.engine.scopes import Standing, contains, lies_in, reached
from supervision_core.kernel.listing import (
    Criterion,
    ListFilter,
    ListQuery,
    Match,
    Order,
    beginnings,
)
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.registers import Reach
from supervision_core.kernel.registers.fields import REGION

Condition = ColumnElement[bool]
LAST_SIGN = "\U0010ffff"


@frozen(kw_only=True, eq=False)
class ListSource:
    """Where the rows of a list come from.

    ``columns`` gives the column of a field where it has another name, ``criteria`` that by which
    it is asked for where that is another one; one of another table is a look-up of several values,
    whose first column names the row. ``listed`` is what keeps rows in
    every list. A look-up in ``ordered`` holds the
    order too: who asks for one of its values reads that look-up alone, by its own index. Where
    ``sealed`` maps the table, each row is read whole, and shown only as it was sealed.
    """

    table: Table
    standing: Standing
    columns: Mapping[str, ColumnElement[Any]] = field(factory=dict)
    criteria: Mapping[str, ColumnElement[Any]] = field(factory=dict)
    listed: Condition | None = None
    ordered: Mapping[str, Mapping[str, Column[Any]]] = field(factory=dict)
    sealed: Mapper[Any] | None = None

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


def listing_of(
    query: ListQuery[Any], source: ListSource, wanted: ListFilter, order: Order
) -> Listing:
    """Give the rows that are wanted, in an order."""
    asked: Select[Any] = (
        select(*(_labelled(source.column(name), name) for name in row_names(query)))
        if source.sealed is None else select(source.table)
    )  # fmt: skip
    keys = {name: source.column(name) for name in order.keys}
    led = _leading(query, source, wanted, order)
    if led is not None:
        place = source.ordered[led]
        looked_up = cast("Column[Any]", source.looked_up(led))
        asked = asked.join(looked_up.table, next(iter(looked_up.table.c)) == source.table.c.id)
        asked = asked.where(looked_up == _only(wanted.told[led]))
        keys |= {name: place[name] for name in order.keys}
    conditions = conditions_of(query, source, wanted, apart=led)
    ordered: Keys = tuple(
        (name if source.sealed is None else str(keys[name].key), keys[name]) for name in order.keys
    )
    return Listing(asked.where(*conditions), ordered, down=order.down)


def _leading(
    query: ListQuery[Any], source: ListSource, wanted: ListFilter, order: Order
) -> str | None:
    """Give the field whose look-up holds the order, where exactly one value of it is asked for."""
    for one in query.criteria:
        place = source.ordered.get(one.field, {})
        alone = one.match in {Match.IS, Match.AMONG} and one.field in wanted.told
        if alone and set(order.keys) <= set(place) and _only(wanted.told[one.field]) is not None:
            return one.field
    return None


def _only(asked: Any) -> Any:
    if not isinstance(asked, (tuple, frozenset)):
        return _plain(asked)
    return _plain(next(iter(asked))) if len(asked) == 1 else None


@lru_cache(maxsize=200)
def row_names(query: ListQuery[Any]) -> tuple[str, ...]:
    """Give the fields of a row that are read with it, in the order of its class."""
    counts = {one.field for one in query.counts}
    return tuple(one.name for one in query.row.__attrs_attrs__ if one.name not in counts)


def _labelled(column: ColumnElement[Any], name: str) -> ColumnElement[Any]:
    return column if getattr(column, "name", None) == name else column.label(name)


def conditions_of(
    query: ListQuery[Any], source: ListSource, wanted: ListFilter, *, apart: str | None = None
) -> Iterator[Condition]:
    """Give what rows must fulfil, the criterion of the field ``apart`` aside."""
    if source.listed is not None:
        yield source.listed
    yield from _reached(wanted.reach, source)
    told = wanted.told
    for one in query.criteria:
        asked = [told.get(name) for name in one.names]
        if one.field != apart and any(part is not None for part in asked):
            yield _criterion(query, source, one, asked)


def _reached(reach: Any, source: ListSource) -> Iterator[Condition]:
    match reach:
        case None:
            return
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
    match one.match:
        case Match.IS | Match.EVERY:
            value = (true() if first else false()) if isinstance(first, bool) else first
            return column == value
        case Match.AMONG:
            return among(column, frozenset(map(_plain, asked[0])))
        case Match.BEGINS if query.by_name[one.field].to == REGION:
            return lies_in(source.standing, first)
        case Match.BEGINS:
            starts = beginnings(query.by_name[one.field], first)
            return or_(*(and_(column >= each, column < each + LAST_SIGN) for each in starts))
        case Match.HOLDS:
            return contains(column, first)
        case Match.BEFORE:
            return cast("Condition", column < first)
        case Match.BETWEEN:
            last = _plain(asked[1])
            ends = ([] if first is None else [column >= first]) + (
                [] if last is None else [column <= last]
            )
            return and_(*ends)


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


@lru_cache(maxsize=200)
def reader_of(query: ListQuery[Any]) -> Callable[[Any], Any]:
    """Give what makes a row of the class of a list of a row of the database."""
    reads = [(name, _decoder(query.types[name])) for name in row_names(query)]
    cls = query.row

    def read(row: Any) -> Any:
        return cls(**{name: value if decode is None else decode(value)
                      for (name, decode), value in zip(reads, row, strict=False)})  # fmt: skip

    return read


def decoded(query: ListQuery[Any], name: str, value: Any) -> Any:
    """Give the value of a field as its class has it."""
    decode = _decoder(query.types[name])
    return value if decode is None else decode(value)


def item_of(
    query: ListQuery[Any], source: ListSource, connection: Connection
) -> Callable[[Any], Any]:
    """Give what makes a row of a list of one that ``listing_of`` finds. It raises ``Tampered``."""
    if source.sealed is None:
        return reader_of(query)
    columns = {name: str(source.column(name).key) for name in row_names(query)}

    def item(values: Values) -> Any:
        return query.row(**{
            name: decoded(query, name, values[column]) for name, column in columns.items()
        })  # fmt: skip

    return source.sealed.checked(item, connection)


def _decoder(kind: type) -> Callable[[Any], Any] | None:
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
