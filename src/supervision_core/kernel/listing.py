"""Lists: one value says what a list shows, what it may be asked for, and in which orders.

A ``ListQuery`` is compiled twice, in memory and in SQL. The one in memory is here and is the
definition: it looks at every aggregate and needs nothing but the pure functions of the query.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import Enum, StrEnum
from functools import cached_property, lru_cache
from types import UnionType
from typing import Any, ClassVar, Final, Generic, TypeVar, Union, get_args, get_origin

import attrs
from attrs import define, evolve, field, frozen

from supervision_core.kernel.canonical import Json
from supervision_core.kernel.codes.data import industries
from supervision_core.kernel.errors import NotFound, Refused, Scalar, Violation, refuse_if
from supervision_core.kernel.paging import Key, Page, PageRequest, page_of, position
from supervision_core.kernel.plain import digest, to_plain
from supervision_core.kernel.ports import Repository, UnitOfWork
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
from supervision_core.kernel.verbs import Verbs

R = TypeVar("R")
MOST_COUNTED: Final = 10_000
"""Rows beyond which nobody counts."""
MOST_EXPORTED: Final = 10_000
"""Rows of a list that one export gives out."""
MOST_DAYS: Final = 3_660
"""Days from today that a list may be asked for."""
_MARKS: Final = 500
_FEWEST_SIGNS: Final = 2


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
    WITHIN = "within"
    """A day from today on, no later than so many days from now."""
    AMONG = "among"
    """Equal to one of several."""
    EVERY = "every"
    """Of several values, each of those asked for."""
    BLANK = "blank"
    """Says nothing; or, where it is asked for with no, something."""
    UNDER = "under"
    """That department, or one below it at any depth."""
    HOLDS = "holds"
    """Holds the text, whatever the case of Latin letters: only in tables below 100,000 rows."""
    FRAGMENT = "fragment"
    """Holds a text of two signs or more, as ``HOLDS``; begins with a single one. In large tables,
    whose list is ``searched`` by that field: an index says which rows are looked at."""


@define(eq=False)
class ListTooLong(Refused):
    """More rows are asked for than one export gives out."""

    code: ClassVar[str] = "kernel.list_too_long"


@define(eq=False)
class DaysUnfit(Refused):
    """What lies before today, or further ahead than any term, is asked for by days from today."""

    code: ClassVar[str] = "kernel.list_days_unfit"


class Through(ABC):
    """Says for which values of a field a thing stands, so that a list can be asked by that thing.

    ``kind`` is the kind of the thing.
    """

    kind: ClassVar[str]

    @abstractmethod
    def values(self, id: str) -> Sequence[str]:
        """Give the values; of what there is not, none."""


@frozen
class Criterion:
    """One thing that a list may be asked for: a field, or ``others`` too, and how it is compared.

    It is called ``name`` and ``title`` where these are not the field's own. One that names what
    ``keeps`` shows all that it finds to whoever administers that, whatever his scope. What is
    ``personal`` no address asks: only questions by hand do, of the whole value. One ``through``
    something is asked by that thing: it looks for any value for which this stands.
    """

    field: str
    match: Match = Match.IS
    others: tuple[str, ...] = ()
    name: str = ""
    title: str = ""
    keeps: bool = False
    personal: bool = False
    through: type[Through] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """What is asked is called: the field, or that and which end of days is meant."""
        name = self.name or self.field
        match self.match:
            case Match.BEFORE:
                return (f"{name}_before",)
            case Match.BETWEEN:
                return f"{name}_from", f"{name}_to"
            case Match.WITHIN:
                return (f"{name}_within",)
            case _:
                return (name,)

    @property
    def each(self) -> tuple["Criterion", ...]:
        """Give one criterion for each field, of which one is to be fulfilled."""
        return tuple(evolve(self, field=one, others=()) for one in (self.field, *self.others))


@frozen
class Order:
    """An order that a list offers: by ``fields``, then by id, all upwards or all downwards.

    One ``within`` is by the place that things have there: offered where exactly one value of that
    criterion is asked for. Its field is no field of the row.
    """

    fields: tuple[str, ...]
    down: bool = False
    within: str = ""

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
    of the row alone, in every one where there are none, and where ``by`` names a field of the row,
    to the departments alone that stand there. What only makes sense ``where`` a field of the row
    has a value names both.
    """

    verb: str
    title: str
    states: frozenset[str] = frozenset()
    by: str = ""
    where: tuple[str, object] = ("", "")

    def fits(self, row: Any) -> bool:
        """Tell whether it is offered for a row."""
        name, value = self.where
        if name and getattr(row, name) != value:
            return False
        return not self.states or getattr(row, "state", "") in self.states

    def falls_to(self, row: Any, department: str) -> bool:
        """Tell whether what the row says leaves it to whoever works for a department."""
        if not self.by:
            return True
        found = getattr(row, self.by)
        return department in (found if isinstance(found, tuple) else (found,))


def act_of(verbs: Verbs, name: str, title: str, *, by: str = "") -> Act:
    """Offer a declared verb beside rows, in the states from which it starts."""
    verb = verbs[name]
    command = verbs.permission(verb).partition(".")[2]
    return Act(command, title, frozenset(map(str, verb.starts)), by)


@frozen
class Counted:
    """关联数 (Counted): a column that says how many things of another list refer to a row's.

    ``of`` names that list, ``by`` its criterion by which they are found, empty where it has none.
    Counted are all that there are, within reach or not, no further than ``MOST_COUNTED``.
    """

    field: str
    of: str
    by: str = ""


@frozen
class Referred:
    """By which fields of its row other things refer to one, and tables call it.

    That is its ``name``, a ``code`` where it has one, and ``also`` the several values of a field
    that stands beside. What is ``owned`` may share its name with another: whose it is tells it
    apart, where it has no code.
    """

    name: str
    code: str = ""
    also: str = ""
    owned: bool = False


@frozen(kw_only=True)
class Keepers:
    """Who looks at one, whatever his scope: administrators of departments, and users."""

    departments: frozenset[str] = frozenset()
    users: frozenset[str] = frozenset()


@frozen(kw_only=True)
class ListFilter:
    """Which rows are wanted: what is asked by the names of criteria, blank ones aside.

    What is asked by ``WITHIN`` stands there as the days that ``as_of`` puts for it.
    ``reach`` is what the asker's scope demands (a predicate of identity, or a ``Reach``), ``None``
    for whoever reaches everything. ``asker`` is the account that finds its own drafts too. Where an
    ``insider`` is named, what is closed is found only where that department is one of those whose
    it is. No row beside ``ids`` is wanted, where they are known: that saves looking at others.
    """

    asked: Mapping[str, Any] = field(factory=dict, hash=False)
    reach: Any = None
    asker: str = ""
    insider: str = ""
    ids: frozenset[str] | None = None

    def among(self, ids: frozenset[str] | None) -> "ListFilter":
        """Want no other rows than these, where they are known."""
        return evolve(self, ids=ids)

    @property
    def told(self) -> dict[str, Any]:
        """What is asked, without what is blank."""
        return {name: one for name, one in self.asked.items() if not _blank(one)}

    def query(self, name: str, order: Order) -> Json:
        """Say what decides the rows and their order, so that a cursor is good for nothing else."""
        asked: Json = {one: to_plain(value) for one, value in self.told.items()}
        said: dict[str, Json] = {
            "list": name, "asked": asked, "order": order.name, "reach": _mark(self.reach)
        }  # fmt: skip
        return {**said, "insider": self.insider} if self.insider else said


@lru_cache(_MARKS)
def _mark(reach: Any) -> Json:
    return None if reach is None else f"{type(reach).__name__} {digest(reach)}"


def _blank(value: object) -> bool:
    return value is None or value in ("", (), frozenset())


def _nothing(_: Any) -> None:
    return None


def _as_viewed(_unit: UnitOfWork, _root: Any, said: Any) -> Any:
    return said


def _every(_: Any) -> bool:
    return True


def open_to_all(_: Any) -> frozenset[str]:
    """Say of anything that it is not closed."""
    return frozenset()


def _unfound(_unit: UnitOfWork, _named: str) -> None:
    return None


def _whatever_is_allowed(_unit: UnitOfWork, _root: Any, _permission: str, _department: str) -> bool:
    return True


_LAST_PLACE: Final = 31


@frozen(kw_only=True, eq=False)
class Searched:
    """By which fields of its rows a list's things are found by fragments (``kernel.search``).

    What the field ``state`` says has its place in ``order`` (0 to 31), where it comes first; what
    is not named there comes last. Rows with a value of ``without`` stand in no index: their names
    are sealed.
    """

    name: str = "name"
    code: str = "code"
    state: str = "state"
    order: Mapping[Any, int] = field(factory=dict)
    without: Mapping[str, Any] = field(factory=dict)

    @property
    def fields(self) -> tuple[str, ...]:
        """Give the fields of a row that decide about its entry."""
        return tuple(dict.fromkeys(
            ("id", "region", self.name, self.code, self.state, *self.without)
        ))  # fmt: skip

    def place(self, row: Any) -> int:
        """Give the place of a row: those with lower ones come first."""
        return self.order.get(getattr(row, self.state), _LAST_PLACE)

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
    says of ``None``): it is given the aggregate and that other one. Those that are not ``listed``
    stay out of every list. ``view`` is the class of what one aggregate says, made by ``viewed``;
    without, a question by hand says it. ``completed`` puts into it what ports count of other
    things; ``counting`` gives, for columns of the row left blank, the counts by the ids of rows.
    ``adds`` names the use cases that make a new one, ``several`` those that are done with each of
    several rows, one after the other.
    ``elements`` are the registers of what users define beside: a field ``extras`` of rows and views
    holds what is said in it. Where ``forms`` is given, the entries of that register name in their
    field ``form`` which of the elements hold for the rows that are asked for by the criterion of
    its noun; fields that are ``searched`` ask ``said``. ``searched`` says by what they are found
    from everywhere, where they are. ``acts`` are offered beside each row; other commands about it
    only on its page. ``counts`` are columns of the row that ``row_of`` leaves at 0: the question
    fills them in. One that is ``partial`` shows some aggregates of a kind that has another list:
    that one is where such an aggregate is found; ``partial_of`` makes one of what the list ``of``
    gives where it is asked ``where``. Whoever works for a department may look at a list
    ``for_all``; at others who has a role that names it. It is ``unlisted_for`` who acts for a
    party and may look at the list of that permission: menus lead him there. Of what has
    ``keepers``, the super administrator reaches all, and they look at one beside whom the scope
    reaches. What is ``public`` everybody reaches, who acts for a party too. ``author`` gives of a
    draft the account whose alone it is, of anything else nothing. ``tree`` names the criterion by
    which the departments of its rows stand beside it as a tree. ``place_in`` gives the place of one
    for an order ``within``. By what others name one, it is ``referred``. In a state that is
    ``owing`` a row owes something until its day ``due_on``. One that is ``continued`` opens what
    was added: most is written there. Where a thing ``confides``, its history does not name who
    acted for no department: who reported it. One that is ``closed`` for now is read in those
    departments alone, of all whose scope reaches it, and by whoever oversees them, with a row in
    the log; its row stays in the list where that ``names_closed``. Of what its state lets a
    department do, by permission, that alone is ``offered`` which would not be refused; other
    commands about one that ``fits`` names, also by permission, only where that says so of it.
    Things that other departments name in their commands are named ``across`` them, up and down the
    line of regions: the use case narrows that. Pages begin with the order of the name that
    ``begins`` gives; without, and where programs name none, the first is the usual one. What others
    refer to otherwise than by its id is found by that too: ``id_named`` gives the id of what is
    called so, nothing where there is none.
    """

    name: str
    plural: str
    title: str
    menu: str
    port: type[Repository[Any]]
    cls: type[Any]
    row: type[R]
    row_of: Callable[[Any], R] = field(repr=False)
    placed: Callable[..., Any] = field(repr=False)
    orders: tuple[Order, ...]
    criteria: tuple[Criterion, ...] = ()
    read: Reading = Reading.OWNER
    beside: type | None = None
    facts: Callable[[Any], Any] = field(default=_nothing, repr=False)
    stands_with: Callable[[Any], tuple[type[Repository[Any]], str] | None] | None = None
    listed: Callable[[Any], bool] = field(default=_every, repr=False)
    view: type | None = None
    viewed: Callable[[Any], Any] = field(default=_nothing, repr=False)
    completed: Callable[[UnitOfWork, Any, Any], Any] = field(default=_as_viewed, repr=False)
    offered: Callable[[UnitOfWork, Any, str, str], bool] = field(
        default=_whatever_is_allowed, repr=False
    )
    fits: Mapping[str, Callable[[Any], bool]] = field(factory=dict, repr=False)
    counting: Mapping[str, Callable[[UnitOfWork, Sequence[str]], Mapping[str, int | str]]] = field(
        factory=dict, repr=False
    )
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
    unlisted_for: str = ""
    keepers: Callable[[Any], Keepers] | None = None
    public: bool = False
    tree: str = ""
    author: Callable[[Any], str] | None = field(default=None, repr=False)
    place_in: Callable[[Any, str], int] | None = None
    referred: Referred | None = None
    id_named: Callable[[UnitOfWork, str], str | None] = field(default=_unfound, repr=False)
    owing: frozenset[StrEnum] = frozenset()
    continued: bool = False
    confides: bool = False
    closed: Callable[[Any], frozenset[str]] = field(default=open_to_all, repr=False)
    names_closed: bool = True
    begins: str = ""
    across: bool = False

    def __attrs_post_init__(self) -> None:
        """Refuse a description that means nothing. Raises ``TypeError``."""
        faults = list(_faults(self))
        if faults:
            raise TypeError(f"{self.row.__module__}.{self.row.__qualname__}: {'; '.join(faults)}")

    def barred(self, root: Any) -> tuple[str, ...]:
        """Give the commands about one, by permission, that do not fit it as it is."""
        return tuple(sorted(name for name, fits in self.fits.items() if not fits(root)))

    def overdue(self, row: Any, today: date) -> bool:
        """Tell whether a row owes on a day what was due before."""
        return bool(self.owing) and row.state in self.owing and row.due_on < today

    @property
    def context(self) -> str:
        """The context that it belongs to."""
        return self.name.partition(".")[0]

    @property
    def noun(self) -> str:
        """What one of its aggregates is called in names."""
        return self.name.partition(".")[2]

    @cached_property
    def counted(self) -> frozenset[str]:
        """The fields of a row that count something: only the question fills them in."""
        return frozenset({*(one.field for one in self.counts), *self.counting})

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

    def open_to(self, root: Any, user: str) -> bool:
        """Tell whether an aggregate is not the draft of somebody else than ``user``."""
        return self.author is None or self.author(root) in {"", user}

    @property
    def hides(self) -> bool:
        """Whether rows of what is closed stay away from others."""
        return self.closed is not open_to_all and not self.names_closed

    def closed_to(self, root: Any, department: str) -> bool:
        """Tell whether an aggregate is closed for now to whoever works for a department."""
        inside = self.closed(root)
        return bool(inside) and department not in inside

    @cached_property
    def called(self) -> str:
        """The field that says what a row is called, others' words for it before its first text."""
        if self.referred is not None and self.referred.name in self.by_name:
            return self.referred.name
        return next((one.name for one in self.columns if one.type is FieldType.TEXT), "id")

    @cached_property
    def named_by(self) -> Field | None:
        """The field by whose thing a row is called that has no text of its own."""
        links = (one for one in self.columns if one.type is FieldType.LINK)
        return next(links, None) if self.called == "id" else None

    def label(self, row: Any) -> str:
        """Give what a row is called."""
        return str(getattr(row, self.called))


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
    if faults := list(_faults_of_part(of, where)):
        raise TypeError(f"{name}: {'; '.join(faults)}")

    def listed(root: Any) -> bool:
        return of.listed(root) and _fulfils(of, of.row_of(root), of.facts(root), where)

    return evolve(
        of, name=name, plural=plural, title=title, menu=menu or of.menu, listed=listed,
        orders=orders or of.orders, begins="" if orders else of.begins,
        criteria=of.criteria if criteria is None else criteria,
        adds=(), searched=None, partial=True, of=of, where=where,
    )  # fmt: skip


def _faults_of_part(of: ListQuery[Any], where: Mapping[str, Any]) -> Iterator[str]:
    asked = {name: one for one in of.criteria for name in one.names}
    if unknown := set(where) - set(asked):
        yield f"{of.name} is not asked for {sorted(unknown)}, but for {sorted(asked)}"
    for name, value in where.items():
        known = of.by_name[asked[name].field] if name in asked else None
        if known is None or not known.codes:
            continue
        values = value if isinstance(value, (tuple, frozenset)) else (value,)
        if never := sorted(map(str, set(values) - set(known.codes))):
            yield f"{name} is never {never}, but one of {sorted(map(str, known.codes))}"


def _bare(annotation: Any) -> type:
    if get_origin(annotation) in (Union, UnionType):
        (annotation,) = (one for one in get_args(annotation) if one is not type(None))
    found: type = get_origin(annotation) or annotation
    return found


_ORDERED: Final = (FieldType.DAY, FieldType.INTEGER, FieldType.MOMENT)


_OF_TEXTS: Final = frozenset({Match.BEGINS, Match.HOLDS, Match.FRAGMENT})


def _faults(query: ListQuery[Any]) -> Iterator[str]:
    if not query.context or not query.noun:
        yield "name is context.noun"
    if query.noun == query.plural:
        yield f"one row and the list are both called {query.plural}"
    yield from _faults_of_fields(query)
    asked: Counter[str] = Counter()
    for one in (each for several in query.criteria for each in several.each):
        yield from _faults_of(query, one)
    for one in query.criteria:
        asked.update(one.names)
    if twice := sorted(name for name, count in asked.items() if count > 1):
        yield f"asked for in two ways: {twice}"


def _faults_of(query: ListQuery[Any], one: Criterion) -> Iterator[str]:
    known = query.by_name.get(one.field)
    if known is None:
        yield f"criterion names no field: {one.field}"
    elif one.match in {Match.BEFORE, Match.BETWEEN} and known.type not in _ORDERED:
        yield f"{one.field} has no order"
    elif one.through is not None and one.match is not Match.AMONG:
        yield f"{one.field} is asked by what stands for several values"
    elif one.match is Match.WITHIN and known.type is not FieldType.DAY:
        yield f"{one.field} is no day"
    elif one.match in _OF_TEXTS and query.types[one.field] is not str:
        yield f"{one.field} is no text"


def _faults_of_fields(query: ListQuery[Any]) -> Iterator[str]:
    names = {one.name for one in attrs.fields(query.row)}
    counts = set(query.counted)
    if unknown := counts - names:
        yield f"count names no field of a row: {sorted(unknown)}"
    if "state" not in names and (blind := sorted(one.verb for one in query.acts if one.states)):
        yield f"offered by a state that a row does not tell: {blind}"
    for order in query.orders:
        keys = {"id"} if order.within else set(order.keys)
        if unknown := keys - (names - counts):
            yield f"order names no field of a row: {sorted(unknown)}"
    if not query.orders:
        yield "no order"
    if query.begins and query.begins not in {one.name for one in query.orders}:
        yield f"it begins with no order of its own: {query.begins}"


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
    known: dict[tuple[type[Repository[Any]], str], Any] = {}

    def reached(root: Any) -> bool:
        place = stands_with(root)
        if place is None:
            return reaches(query.placed(root, None))
        if place not in known:
            try:
                known[place] = get(*place)
            except NotFound:
                known[place] = None
        other = known[place]
        return other is not None and reaches(query.placed(root, other))

    return reached


def selected(
    query: ListQuery[R], roots: Iterable[Any], wanted: ListFilter, reaches: Reaches
) -> list[R]:
    """Give the rows of those aggregates that are wanted: the definition of every criterion."""
    found = []
    for root in roots:
        meant = wanted.ids is None or root.id in wanted.ids
        shown = meant and query.listed(root) and query.open_to(root, wanted.asker)
        if shown and query.hides and wanted.insider:
            shown = not query.closed_to(root, wanted.insider)
        if shown and reaches(root):
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
    order, roots = query.order(request.order), list(roots)
    said = wanted.query(query.name, order)
    kinds = [int if query.types.get(name, int) is int else str for name in order.keys]
    after = position(request, query=said, kinds=kinds)
    key = key_of(order)
    if query.place_in is not None and order.within:
        where = wanted.told[order.within]
        places = {root.id: query.place_in(root, where) for root in roots}
        key = lambda row: (places[row.id], row.id)  # noqa: E731 - one key instead of another
    rows = sorted(selected(query, roots, wanted, reaches), key=key, reverse=order.down)
    if after is not None:
        rows = [one for one in rows if _beyond(key(one), after, down=order.down)]
    return page_of(rows, request, query=said, key=key, item=lambda one: one)


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
    def value_of(name: str) -> Any:
        return getattr(row if hasattr(row, name) else facts, name)

    for one in query.criteria:
        asked = [told.get(name) for name in one.names]
        if any(part is not None for part in asked) and not any(
            _matches(
                query.by_name[each.field], compared_by(one.match, asked[0]),
                value_of(each.field), asked,
            )
            for each in one.each
        ):  # fmt: skip
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
        case Match.AMONG | Match.UNDER:
            return bool(set(first) & set(values))
        case Match.EVERY:
            return set(first) <= set(values)
        case Match.BEGINS:
            return str(value).startswith(beginnings(known, first))
        case Match.BLANK:
            return (not value) is first
        case Match.HOLDS | Match.FRAGMENT:
            return str(first).lower() in str(value).lower()
        case Match.BEFORE:
            return value is not None and bool(value < first)
        case Match.BETWEEN:
            return Between(first, asked[1]).holds(value)
        case Match.WITHIN:
            return bool(first.holds(value))


def compared_by(match_: Match, asked: Any) -> Match:
    """Give how a value is compared with what is asked for: a fragment as its length says."""
    if match_ is not Match.FRAGMENT:
        return match_
    return Match.BEGINS if len(asked) < _FEWEST_SIGNS else Match.HOLDS


def beginnings(known: Field, asked: str) -> tuple[str, ...]:
    """Give with what the values of a field begin that ``BEGINS`` asks for."""
    if known.to == INDUSTRY:
        return industries().beginnings(asked)
    return (significant(asked) if known.to == REGION else asked,)


def as_of(query: ListQuery[Any], asked: Mapping[str, Any], today: date) -> Mapping[str, Any]:
    """Put days for how many of them from today are asked. Raises ``DaysUnfit`` for too many."""
    names = {name for one in query.criteria if one.match is Match.WITHIN for name in one.names}
    days = {name: asked[name] for name in names if asked.get(name) is not None}
    titles = {name: one.title for name, _, one in asked_fields(query)} if days else {}
    unfit = sorted(name for name, one in days.items() if not 0 <= one <= MOST_DAYS)
    refuse_if(
        DaysUnfit,
        (
            Violation(DaysUnfit.code, name, {"title": titles[name], "most": MOST_DAYS})
            for name in unfit
        ),
    )
    ends = {name: today + timedelta(days=one) for name, one in days.items()}
    return {**asked, **{name: Between(today, end) for name, end in ends.items()}}


_DAYS: Final = ("不早于", "不晚于")
_AMOUNTS: Final = ("不少于", "不多于")
_ENDS: Final[Mapping[FieldType, tuple[str, str]]] = {
    FieldType.INTEGER: _AMOUNTS, FieldType.RATIO: _AMOUNTS,
}  # fmt: skip
"""How both ends of a range are called that is none of days."""


@lru_cache(maxsize=1_000)
def asked_fields(query: ListQuery[Any]) -> tuple[tuple[str, Any, Field], ...]:
    """Give what a list is asked for: name, type and words of each."""
    return tuple(_asked_fields(query))


def _asked_fields(query: ListQuery[Any]) -> Iterator[tuple[str, Any, Field]]:
    for one in (each for each in query.criteria if not each.personal):
        known = query.by_name[one.field]
        kind: Any = query.types[one.field]
        if issubclass(kind, tuple):
            kind = PYTHON_TYPES[FieldType.TEXT]
        title = one.title or "或".join(query.by_name[each.field].title for each in one.each)
        whole = evolve(
            known, name=one.names[0], required=False, type=_single(known.type), title=title
        )
        if one.through is not None:
            yield one.names[0], str, evolve(whole, type=FieldType.LINK, to=one.through.kind)
            continue
        match one.match:
            case Match.BEFORE:
                yield one.names[0], kind | None, evolve(whole, title=f"{title}早于")
            case Match.BETWEEN:
                for name, end in zip(one.names, _ENDS.get(whole.type, _DAYS), strict=True):
                    yield name, kind | None, evolve(whole, title=f"{title}{end}", name=name)
            case Match.WITHIN:
                days = evolve(whole, type=FieldType.INTEGER, title=f"{title}在今后几日内")
                yield one.names[0], int | None, days
            case Match.AMONG | Match.EVERY:
                yield one.names[0], tuple[kind, ...], whole
            case Match.BLANK:
                yield one.names[0], bool | None, evolve(whole, type=FieldType.FLAG, to=None)
            case _:
                yield one.names[0], (str if kind is str else kind | None), whole


def _single(type_: FieldType) -> FieldType:
    singles = {
        FieldType.LINKS: FieldType.LINK,
        FieldType.CHOICES: FieldType.CHOICE,
        FieldType.TEXTS: FieldType.TEXT,
        FieldType.LONG_TEXT: FieldType.TEXT,
    }
    return singles.get(type_, type_)
