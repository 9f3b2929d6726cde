"""Lists: one value says what a list shows, what it may be asked for, and in which orders.

A ``ListQuery`` is compiled twice, in memory and in SQL. The one in memory is here and is the
definition: it looks at every aggregate and needs nothing but the pure functions of the query.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import Enum, StrEnum
from functools import cached_property, lru_cache
from types import UnionType
from typing import Any, ClassVar, Final, Generic, TypeVar, Union, get_args, get_origin

import attrs
from attrs import define, evolve, field, frozen

from supervision_core.kernel.canonical import Json
from supervision_core.kernel.codes.data import industries
from supervision_core.kernel.errors import NotFound, Refused, Scalar
from supervision_core.kernel.paging import Key, Page, PageRequest, page_of, position
from supervision_core.kernel.plain import digest, to_plain
from supervision_core.kernel.ports import Repository
from supervision_core.kernel.reading import Reading
from supervision_core.kernel.registers.description import described
from supervision_core.kernel.registers.fields import (
    INDUSTRY,
    PYTHON_TYPES,
    REGION,
    Field,
    FieldType,
)
from supervision_core.kernel.registers.register import Register
from supervision_core.kernel.registers.store import Between, significant

R = TypeVar("R")
MOST_COUNTED: Final = 10_000
"""Rows beyond which nobody counts."""
MOST_EXPORTED: Final = 10_000
"""Rows of a list that one export gives out."""
_MARKS: Final = 500


class Match(StrEnum):
    """How a criterion compares a field with what is asked for."""

    IS = "is"
    """Equal; of several values, one is. Of a link, that thing."""
    BEGINS = "begins"
    """The text begins so; of a region or an industry, it is that one or lies in it."""
    BEFORE = "before"
    """An earlier day than that."""
    BETWEEN = "between"
    """From one day or number to another, both included."""
    AMONG = "among"
    """Equal to one of several."""
    EVERY = "every"
    """Of several values, each of those asked for."""
    HOLDS = "holds"
    """Holds the text, whatever the case of Latin letters: only in tables below 100,000 rows."""


@define(eq=False)
class ListTooLong(Refused):
    """More rows are asked for than one export gives out."""

    code: ClassVar[str] = "kernel.list_too_long"


@frozen
class Criterion:
    """One thing that a list may be asked for: a field, and how it is compared."""

    field: str
    match: Match = Match.IS

    @property
    def names(self) -> tuple[str, ...]:
        """What is asked is called: the field, ``…_before``, or ``…_from`` and ``…_to``."""
        match self.match:
            case Match.BEFORE:
                return (f"{self.field}_before",)
            case Match.BETWEEN:
                return f"{self.field}_from", f"{self.field}_to"
            case _:
                return (self.field,)


@frozen
class Order:
    """An order that a list offers: by ``fields``, then by id, all upwards or all downwards."""

    fields: tuple[str, ...]
    down: bool = False

    @property
    def name(self) -> str:
        """What it is called: its first field, with ``-`` before it where it goes downwards."""
        return f"-{self.fields[0]}" if self.down else self.fields[0]

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields of the row by which pages go on; the last is unique."""
        return (*(name for name in self.fields if name != "id"), "id")


def both_ways(*fields: str) -> tuple[Order, Order]:
    """Give an order upwards, and the same downwards: one index serves both."""
    return Order(fields), Order(fields, down=True)


@frozen
class Act:
    """行内操作 (Act): a command about one row, offered beside it and on its page.

    ``verb`` is its name in the context, ``title`` what the row says; it is offered in ``states``
    of the row alone, in every one where there are none.
    """

    verb: str
    title: str
    states: frozenset[str] = frozenset()

    def fits(self, row: Any) -> bool:
        """Tell whether it is offered for a row."""
        return not self.states or getattr(row, "state", "") in self.states


@frozen
class Counted:
    """关联数 (Counted): a column that says how many things of another list refer to a row's.

    ``of`` names that list, ``by`` its criterion by which they are found, empty where it has none.
    Counted are all that there are, within reach or not, no further than ``MOST_COUNTED``.
    """

    field: str
    of: str
    by: str = ""


@frozen(kw_only=True)
class ListFilter:
    """Which rows are wanted: what is asked by the names of criteria, blank ones aside.

    ``reach`` is what the asker's scope demands (a predicate of identity, or a ``Reach``), ``None``
    for whoever reaches everything.
    """

    asked: Mapping[str, Any] = field(factory=dict, hash=False)
    reach: Any = None

    @property
    def told(self) -> dict[str, Any]:
        """What is asked, without what is blank."""
        return {name: one for name, one in self.asked.items() if not _blank(one)}

    def query(self, name: str, order: Order) -> Json:
        """Say what decides the rows and their order, so that a cursor is good for nothing else."""
        asked: Json = {one: to_plain(value) for one, value in self.told.items()}
        return {"list": name, "asked": asked, "order": order.name, "reach": _mark(self.reach)}


@lru_cache(_MARKS)
def _mark(reach: Any) -> Json:
    return None if reach is None else f"{type(reach).__name__} {digest(reach)}"


def _blank(value: object) -> bool:
    return value is None or value in ("", (), frozenset())


def _nothing(_: Any) -> None:
    return None


def _every(_: Any) -> bool:
    return True


@frozen(kw_only=True, eq=False)
class Searched:
    """By which fields of its rows a list's things are found by fragments (``kernel.search``).

    ``first`` gives a number from 0 to 99 by which they come first. Rows with a value of ``without``
    stand in no index: their names are sealed.
    """

    name: str = "name"
    code: str = "code"
    first: Callable[[Any], int] = field(default=lambda _: 0, repr=False)
    without: Mapping[str, Any] = field(factory=dict)

    def open(self, row: Any) -> bool:
        """Tell whether a row may stand in an index."""
        return all(getattr(row, name) != value for name, value in self.without.items())


@frozen(kw_only=True, eq=False)
class ListQuery(Generic[R]):
    """列表 (ListQuery): a list of aggregates of one kind, described once.

    ``name`` is context and English noun (``"tasks.task"``), ``plural`` the noun of the list,
    ``menu`` the group of the menu under which it stands, ``step`` which step of the work there it
    is, counted from 1. ``row`` is the class of its lines, whose
    fields come from the makers; ``row_of`` makes one of an aggregate. Criteria name fields of the
    row, or of ``beside``: values that are asked about and not shown, made by ``facts``.
    ``placed`` gives where an aggregate stands (``Placement``), or, of a list that ``stands_with``
    something, where the aggregate of that port and id stands (of nothing: everywhere, as ``placed``
    says of ``None``); those that are not ``listed`` stay out of every list. ``view`` is the class
    of what one aggregate says, made by ``viewed``. ``adds`` names the use cases that make a new
    one, ``several`` those that are done with each of several rows, one after the other.
    ``elements`` are the registers of what users define beside: a field ``extras`` of rows and views
    holds what is said in it. Where ``forms`` is given, the entries of that register name in their
    field ``form`` which of the elements hold for the rows that are asked for by the criterion of
    its noun; fields that are ``searched`` ask ``said``. ``searched`` says by what they are found
    from everywhere, where they are. ``acts`` are offered beside each row; other commands about it
    only on its page. ``counts`` are columns of the row that ``row_of`` leaves at 0: the question
    fills them in. One that is ``partial`` shows some aggregates of a kind that has another list:
    that one is where such an aggregate is found; ``partial_of`` makes one of what the list ``of``
    gives where it is asked ``where``. Whoever works for a department may look at a list
    ``for_all``; at others who has a role that names it.
    """

    name: str
    plural: str
    title: str
    menu: str
    port: type[Repository[Any]]
    cls: type[Any]
    row: type[R]
    row_of: Callable[[Any], R] = field(repr=False)
    placed: Callable[[Any], Any] = field(repr=False)
    orders: tuple[Order, ...]
    criteria: tuple[Criterion, ...] = ()
    read: Reading = Reading.OWNER
    beside: type | None = None
    facts: Callable[[Any], Any] = field(default=_nothing, repr=False)
    stands_with: Callable[[Any], tuple[type[Repository[Any]], str] | None] | None = None
    listed: Callable[[Any], bool] = field(default=_every, repr=False)
    view: type
    viewed: Callable[[Any], Any] = field(repr=False)
    exported: bool = True
    adds: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    elements: tuple[Register[Any], ...] = ()
    forms: Register[Any] | None = None
    searched: Searched | None = None
    acts: tuple[Act, ...] = ()
    counts: tuple[Counted, ...] = ()
    partial: bool = False
    of: "ListQuery[R] | None" = field(default=None, repr=False)
    where: Mapping[str, Any] = field(factory=dict)
    step: int = 0
    for_all: bool = True

    def __attrs_post_init__(self) -> None:
        """Refuse a description that means nothing. Raises ``TypeError``."""
        faults = list(_faults(self))
        if faults:
            raise TypeError(f"{self.row.__module__}.{self.row.__qualname__}: {'; '.join(faults)}")

    @property
    def context(self) -> str:
        """The context that it belongs to."""
        return self.name.partition(".")[0]

    @property
    def noun(self) -> str:
        """What one of its aggregates is called in names."""
        return self.name.partition(".")[2]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields of a row that have words."""
        row: Any = self.row
        return described(row)

    @cached_property
    def columns(self) -> tuple[Field, ...]:
        """The fields that the list shows."""
        return tuple(one for one in self.fields if one.listed)

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Every field that criteria may name."""
        beside = () if self.beside is None else described(self.beside)
        return {one.name: one for one in (*self.fields, *beside)}

    @cached_property
    def types(self) -> Mapping[str, type]:
        """The Python type of each of those, ``None`` and the items of tuples aside."""
        found: dict[str, type] = {}
        for cls in filter(None, (self.row, self.beside)):
            attrs.resolve_types(cls)
            found |= {one.name: _bare(one.type) for one in attrs.fields(cls)}
        return found

    def order(self, name: str) -> Order:
        """Give the order of that name, the usual one (the first) for the empty name."""
        return next((one for one in self.orders if one.name == name), self.orders[0])

    def label(self, row: Any) -> str:
        """Give what a row is called: its first text, or its id where it has none."""
        named = (one.name for one in self.columns if one.type is FieldType.TEXT)
        return str(getattr(row, next(named, "id")))


def partial_of(  # noqa: PLR0913 - one argument for each thing that it says for itself
    of: ListQuery[R],
    *,
    name: str,
    plural: str,
    title: str,
    where: Mapping[str, Any],
    menu: str = "",
    orders: tuple[Order, ...] = (),
    criteria: tuple[Criterion, ...] | None = None,
) -> ListQuery[R]:
    """Describe a list of those that another list gives where it is asked ``where``.

    Row, view, scope, columns and, unless said, menu, orders and criteria are that list's. Raises
    ``TypeError`` where it cannot be asked so.
    """
    if unknown := set(where) - {name for one in of.criteria for name in one.names}:
        raise TypeError(f"{name}: {of.name} is not asked for {sorted(unknown)}")

    def listed(root: Any) -> bool:
        return of.listed(root) and _fulfils(of, of.row_of(root), of.facts(root), where)

    return evolve(
        of, name=name, plural=plural, title=title, menu=menu or of.menu, listed=listed,
        orders=orders or of.orders, criteria=of.criteria if criteria is None else criteria,
        adds=(), searched=None, partial=True, of=of, where=where,
    )  # fmt: skip


def _bare(annotation: Any) -> type:
    if get_origin(annotation) in (Union, UnionType):
        (annotation,) = (one for one in get_args(annotation) if one is not type(None))
    found: type = get_origin(annotation) or annotation
    return found


_ORDERED: Final = (FieldType.DAY, FieldType.INTEGER, FieldType.MOMENT)


def _faults(query: ListQuery[Any]) -> Iterator[str]:
    if not query.context or not query.noun:
        yield "name is context.noun"
    if query.noun == query.plural:
        yield f"one row and the list are both called {query.plural}"
    yield from _faults_of_fields(query)
    asked: Counter[str] = Counter()
    for one in query.criteria:
        known = query.by_name.get(one.field)
        asked.update(one.names)
        if known is None:
            yield f"criterion names no field: {one.field}"
        elif one.match in {Match.BEFORE, Match.BETWEEN} and known.type not in _ORDERED:
            yield f"{one.field} has no order"
        elif one.match in {Match.BEGINS, Match.HOLDS} and query.types[one.field] is not str:
            yield f"{one.field} is no text"
    if twice := sorted(name for name, count in asked.items() if count > 1):
        yield f"asked for in two ways: {twice}"


def _faults_of_fields(query: ListQuery[Any]) -> Iterator[str]:
    names = {one.name for one in attrs.fields(query.row)}
    counts = {one.field for one in query.counts}
    if unknown := counts - names:
        yield f"count names no field of a row: {sorted(unknown)}"
    for order in query.orders:
        if unknown := set(order.keys) - (names - counts):
            yield f"order names no field of a row: {sorted(unknown)}"
    if not query.orders:
        yield "no order"


class Lists(ABC):
    """Reads lists and counts of aggregates, one look each."""

    @abstractmethod
    def page(self, query: ListQuery[R], wanted: ListFilter, request: PageRequest) -> Page[R]:
        """Give one page, in the order that ``request`` names. Raises ``BadCursor``."""

    @abstractmethod
    def count(self, query: ListQuery[Any], wanted: ListFilter) -> int:
        """Count the rows, no further than ``MOST_COUNTED`` + 1."""

    @abstractmethod
    def tally(
        self, query: ListQuery[Any], wanted: ListFilter, by: tuple[str, ...]
    ) -> Mapping[tuple[Any, ...], int]:
        """Count the rows by the values of fields of the row; absent means none."""


Reaches = Callable[[Any], bool]
"""Tells whether a scope reaches an aggregate, or what stands at a ``Placement``."""


def reaching(
    query: ListQuery[Any], reaches: Reaches, get: Callable[[type[Repository[Any]], str], Any]
) -> Reaches:
    """Give what tells whether an aggregate is reached, given the same of a ``Placement``.

    ``get`` loads another aggregate, with which one stands; what is no more is out of reach.
    """
    stands_with = query.stands_with
    if stands_with is None:
        return lambda root: reaches(query.placed(root))
    known: dict[tuple[type[Repository[Any]], str], bool] = {}

    def reached(root: Any) -> bool:
        place = stands_with(root)
        if place is None:
            return reaches(query.placed(None))
        if place not in known:
            try:
                known[place] = reaches(query.placed(get(*place)))
            except NotFound:
                known[place] = False
        return known[place]

    return reached


def selected(
    query: ListQuery[R], roots: Iterable[Any], wanted: ListFilter, reaches: Reaches
) -> list[R]:
    """Give the rows of those aggregates that are wanted: the definition of every criterion."""
    found = []
    for root in roots:
        if query.listed(root) and reaches(root):
            row = query.row_of(root)
            if _fulfils(query, row, query.facts(root), wanted.told):
                found.append(row)
    return found


def page_of_roots(
    query: ListQuery[R],
    roots: Iterable[Any],
    wanted: ListFilter,
    request: PageRequest,
    reaches: Reaches,
) -> Page[R]:
    """Give one page of the aggregates that are wanted, by looking at all. Raises ``BadCursor``."""
    order = query.order(request.order)
    said = wanted.query(query.name, order)
    kinds = [int if query.types[name] is int else str for name in order.keys]
    after = position(request, query=said, kinds=kinds)
    rows = sorted(selected(query, roots, wanted, reaches), key=key_of(order), reverse=order.down)
    if after is not None:
        rows = [one for one in rows if _beyond(key_of(order)(one), after, down=order.down)]
    return page_of(rows, request, query=said, key=key_of(order), item=lambda one: one)


def _beyond(key: Key, after: Key, *, down: bool) -> bool:
    one: Any = key
    other: Any = after
    return bool(one < other if down else one > other)


def tally_of_roots(
    query: ListQuery[Any],
    roots: Iterable[Any],
    wanted: ListFilter,
    by: tuple[str, ...],
    reaches: Reaches,
) -> Mapping[tuple[Any, ...], int]:
    """Count the aggregates that are wanted by the values of fields of their rows."""
    rows = selected(query, roots, wanted, reaches)
    return Counter(tuple(getattr(row, name) for name in by) for row in rows)


def key_of(order: Order) -> Callable[[Any], Key]:
    """Give the function that makes the key of a row in an order."""

    def key(row: Any) -> Key:
        return tuple(_scalar(getattr(row, name)) for name in order.keys)

    return key


def _scalar(value: Any) -> Scalar:
    if isinstance(value, Enum):
        return str(value.value)
    found: Scalar = value.isoformat() if isinstance(value, date) else value
    return found


def _fulfils(query: ListQuery[Any], row: Any, facts: Any, told: Mapping[str, Any]) -> bool:
    for one in query.criteria:
        asked = [told.get(name) for name in one.names]
        if any(part is not None for part in asked):
            holder = row if hasattr(row, one.field) else facts
            known = query.by_name[one.field]
            if not _matches(known, one.match, getattr(holder, one.field), asked):
                return False
    return True


def _matches(  # noqa: PLR0911 - one for each way to compare
    known: Field, match_: Match, value: Any, asked: list[Any]
) -> bool:
    values = value if isinstance(value, (tuple, frozenset)) else (value,)
    first = asked[0]
    match match_:
        case Match.IS:
            return first in values
        case Match.AMONG:
            return bool(set(first) & set(values))
        case Match.EVERY:
            return set(first) <= set(values)
        case Match.BEGINS:
            return str(value).startswith(beginnings(known, first))
        case Match.HOLDS:
            return str(first).lower() in str(value).lower()
        case Match.BEFORE:
            return value is not None and bool(value < first)
        case Match.BETWEEN:
            return Between(first, asked[1]).holds(value)


def beginnings(known: Field, asked: str) -> tuple[str, ...]:
    """Give with what the values of a field begin that ``BEGINS`` asks for."""
    if known.to == INDUSTRY:
        return industries().beginnings(asked)
    return (significant(asked) if known.to == REGION else asked,)


def asked_fields(query: ListQuery[Any]) -> Iterator[tuple[str, Any, Field]]:
    """Give what a list is asked for: name, type and words of each."""
    for one in query.criteria:
        known = query.by_name[one.field]
        kind: Any = query.types[one.field]
        if issubclass(kind, tuple):
            kind = PYTHON_TYPES[FieldType.TEXT]
        whole = evolve(known, required=False, type=_single(known.type))
        match one.match:
            case Match.BEFORE:
                title = f"{known.title}早于"
                yield one.names[0], kind | None, evolve(whole, title=title, name=one.names[0])
            case Match.BETWEEN:
                for name, end in zip(one.names, ("不早于", "不晚于"), strict=True):
                    title = f"{known.title}{end}"
                    yield name, kind | None, evolve(whole, title=title, name=name)
            case Match.AMONG | Match.EVERY:
                yield one.field, tuple[kind, ...], whole
            case _:
                yield one.field, (str if kind is str else kind | None), whole


def _single(type_: FieldType) -> FieldType:
    singles = {
        FieldType.LINKS: FieldType.LINK,
        FieldType.CHOICES: FieldType.CHOICE,
        FieldType.TEXTS: FieldType.TEXT,
    }
    return singles.get(type_, type_)
