"""Who sees what, compiled into the query."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final

from attrs import evolve, frozen
from sqlalchemy import ColumnElement, Select, Table, and_, false, or_, select, true

from adapters.sql.engine.id_sets import among, among_many, looked_at
from adapters.sql.engine.regions import in_line, within
from supervision_core.identity.model import (
    AllOf,
    Concerns,
    InLineWith,
    InRegion,
    JoinedBy,
    LedBy,
    OwnedBy,
    Predicate,
)
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.plain import digest, to_plain

MOST_REACHES: Final = 500
FEW: Final = 100
"""Departments whose rows are perhaps better found by them than by their order."""
Holds = ColumnElement[bool]
OfDepartment = Callable[[ColumnElement[Any]], Holds]
OfRegion = Callable[[ColumnElement[Any]], Holds]


@frozen(kw_only=True, eq=False)
class Standing:
    """How the rows of a table are placed: what ``Placement`` says of one object, as conditions.

    ``stands`` says that the row's region fulfils a condition; ``in_region`` that it lies in one,
    where something quicker than ``stands`` does. ``owner`` says that some department which owns the
    row fulfils a condition, ``nobody`` that none does, where a column says so; ``owned`` tells that
    each row has an owner; ``lead`` is the
    column of the department that leads, ``concerns`` says that the row is a party's own,
    ``everywhere`` that it stands in every region. ``department`` is the row's own column of its one
    owner, if any. ``owners`` and ``parties`` are the look-ups of
    those, whose first column names the row and whose second the value; ``own`` gives the parties
    that the row itself tells. What a table does not know is left out: nobody
    leads, no party is concerned, each row stands somewhere.
    """

    stands: Callable[[OfRegion], Holds]
    owner: Callable[[OfDepartment], Holds]
    in_region: Callable[[str], Holds] | None = None
    nobody: Holds | None = None
    lead: ColumnElement[Any] | None = None
    concerns: Callable[[str], Holds] | None = None
    everywhere: Holds | None = None
    department: ColumnElement[Any] | None = None
    owners: Table | None = None
    parties: Table | None = None
    owned: bool = False
    own: Callable[[Any], frozenset[str]] = lambda _row: frozenset()


def each_time(asked: Select[Any]) -> Holds:
    """Say that ``asked`` finds something, which is looked for row by row.

    PostgreSQL would else read all that it could find beforehand, be it for a page of twenty rows.
    """
    for dialect in ("postgresql", "kingbase"):
        asked = asked.suffix_with("OFFSET 0", dialect=dialect)
    return asked.exists()


def standing(  # noqa: PLR0913 - one for each part of where rows stand
    table: Table,
    departments: Table | None = None,
    *,
    department: ColumnElement[Any] | None = None,
    lead: ColumnElement[Any] | None = None,
    concerns: Callable[[str], Holds] | None = None,
    parties: Table | None = None,
    owned: bool = False,
) -> Standing:
    """Place the rows of ``table`` by its column ``region`` and by who owns them.

    ``departments`` is the look-up table of owners, its first column naming the row; ``department``
    the column of a single one. ``owned`` tells that each row has an owner.
    """
    owners = None if departments is None else departments.alias()

    def listed_owner(fulfils: OfDepartment) -> Holds:
        if owners is not None:
            named = next(iter(owners.c)) == table.c.id
            asked = select(1).where(named, fulfils(looked_at(owners.c.department)))
            return asked.exists() if owned else each_time(asked)
        return false() if department is None else and_(department.is_not(None), fulfils(department))

    return Standing(
        stands=lambda fulfils: fulfils(table.c.region),
        owner=listed_owner,
        lead=lead,
        concerns=concerns,
        department=department if departments is None else None,
        owners=departments,
        parties=parties,
        owned=owned,
    )


def lies_in(placed: Standing, region: str) -> Holds:
    """Say that a row lies in a region or below."""
    if placed.in_region is not None:
        return placed.in_region(region)
    return placed.stands(lambda one: within(one, region))


@lru_cache(MOST_REACHES)
def reached(predicate: Predicate, placed: Standing) -> Holds:
    """Compile what a scope demands: ``admits`` of the core, row by row."""
    demanded = _demanded(predicate, placed)
    if placed.everywhere is None or isinstance(predicate, (AllOf, Concerns)):
        return demanded
    return or_(placed.everywhere, demanded)


def _demanded(predicate: Predicate, placed: Standing) -> Holds:  # noqa: PLR0911 - one a part
    match predicate:
        case InRegion(region):
            return lies_in(placed, region)
        case InLineWith(region):
            return placed.stands(lambda one: in_line(one, region))
        case OwnedBy(departments):
            if placed.owned:
                return placed.owner(lambda one: among(one, departments))
            those = among_many if len(departments) > FEW else among
            owned = placed.owner(lambda one: those(one, departments))
            nobody = placed.nobody
            return or_(~placed.owner(lambda _: true()) if nobody is None else nobody, owned)
        case LedBy(departments):
            return _led(placed.lead, departments)
        case JoinedBy(departments):
            return placed.owner(lambda one: _joins(one, placed.lead, departments))
        case Concerns(party):
            return placed.concerns(party) if party and placed.concerns else false()
        case AllOf(parts):
            return and_(true(), *(reached(part, placed) for part in parts))


def sole_owner(reach: Any, placed: Standing) -> tuple[str, Any]:
    """Give the one department whose rows ``reach`` is narrowed to, and what else it demands.

    The department is empty where there are several or none, or where rows may be nobody's.
    """
    match reach:
        case OwnedBy(departments=owners) if len(owners) == 1 and placed.owned:
            return next(iter(owners)), None
        case AllOf(parts):
            for one in parts:
                owner, rest = sole_owner(one, placed)
                if owner and rest is None:
                    return owner, AllOf(tuple(each for each in parts if each is not one))
    return "", reach


@lru_cache(MOST_REACHES)
def many_owners(reach: Any, placed: Standing) -> tuple[frozenset[str], Any]:
    """Give the many departments that ``reach`` asks of a row's own column, and what it asks beside.

    There are none where they are few, or where another table says whose a row is.
    """
    if placed.department is not None and placed.everywhere is None and isinstance(reach, AllOf):
        for one in reach.parts:
            if isinstance(one, OwnedBy) and len(one.departments) > FEW:
                rest = tuple(each for each in reach.parts if each is not one)
                return one.departments, AllOf(rest)
    return frozenset(), reach


def _led(lead: ColumnElement[Any] | None, departments: frozenset[str]) -> Holds:
    if lead is None:
        return false()
    return among(lead, departments) if departments else lead.is_not(None)


def _joins(
    one: ColumnElement[Any], lead: ColumnElement[Any] | None, departments: frozenset[str]
) -> Holds:
    mine = among(one, departments) if departments else true()
    return mine if lead is None else and_(mine, or_(lead.is_(None), one != lead))


def within_reach(predicate: Predicate | None, placed: Standing) -> Iterator[Holds]:
    """Give the condition that ``predicate`` makes, none where everything is reached."""
    if predicate is not None:
        yield reached(predicate, placed)


def asked_with(filter: Any) -> Json:
    """Say what a filter with a ``reach`` asks for, so that a cursor is good for nothing else."""
    reach = filter.reach
    plain = to_plain(evolve(filter, reach=None))
    return [plain, None if reach is None else _mark(reach)]


@lru_cache(MOST_REACHES)
def _mark(reach: Predicate) -> str:
    return f"{type(reach).__name__} {digest(reach)}"


def contains(column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    """Say that ``column`` holds ``text``, whatever the case of Latin letters."""
    return column.icontains(text, autoescape=True)
