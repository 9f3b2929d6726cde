"""Reads lists: from columns by what is compiled, from tables read whole by the definition."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any, Final

from attrs import evolve, field, frozen
from sqlalchemy import Connection, func, select

from adapters.sql.engine.lists import (
    ListSource,
    blinded,
    conditions_of,
    decoded,
    item_of,
    listing_of,
    owner_in,
)
from adapters.sql.engine.paging import Listing, Unfit, read_values
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.scopes import many_owners
from supervision_core.identity.model import reached_by
from supervision_core.kernel.listing import (
    MOST_COUNTED,
    ListFilter,
    ListQuery,
    Lists,
    Order,
    R,
    Reaches,
    page_of_roots,
    reaching,
    selected,
    tally_of_roots,
)
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.ports import Repository

_REMEMBERED: Final = 500
Fits = Callable[[Mapping[str, Any]], bool]


@frozen
class Whole:
    """A table without columns for what is asked, read whole: of some thousand rows, no more."""

    repository: type[SqlRepository[Any]]
    others: Mapping[type[Repository[Any]], type[SqlRepository[Any]]] = field(factory=dict)


SourceOf = Callable[[ListQuery[Any]], ListSource | Whole]
"""Says where the rows of a list come from."""


class ListReader(Lists):
    """Reads lists on the connection of a unit of work, each from where ``source_of`` says."""

    def __init__(self, connection: Connection, source_of: SourceOf) -> None:
        """Read on the connection of a unit of work."""
        self._connection, self._source_of = connection, source_of
        self._reader = Reader(connection)

    def page(self, query: ListQuery[R], wanted: ListFilter, request: PageRequest) -> Page[R]:
        """Give one page. Raises ``BadCursor``."""
        place = self._source_of(query)
        if isinstance(place, Whole):
            reaches = self._reaches(query, place, wanted)
            return page_of_roots(query, self._roots(place), wanted, request, reaches)
        order = query.order(request.order)
        kept = not wanted.told
        make = _listing if kept else _listing.__wrapped__
        said, item = wanted.query(query.name, order), item_of(query, place, self._connection)

        def read(sought: ListFilter, fits: Fits | None = None) -> Page[R]:
            listing = make(self._source_of, query, sought, order)
            return read_values(
                self._reader, listing, request, query=said, item=item, kept=kept, fits=fits
            )

        sought = blinded(query, place, wanted, self._connection)
        fits, wider = _mostly_own(query, place, sought)
        with suppress(Unfit):
            return read(wider, fits)
        return read(sought)

    def count(self, query: ListQuery[Any], wanted: ListFilter) -> int:
        """Count the rows, no further than ``MOST_COUNTED`` + 1."""
        place = self._source_of(query)
        if isinstance(place, Whole):
            reaches = self._reaches(query, place, wanted)
            found = selected(query, self._roots(place), wanted, reaches)
            return min(len(found), MOST_COUNTED + 1)
        sought = blinded(query, place, wanted, self._connection)
        mine = select(place.table.c.id).where(*conditions_of(query, place, sought))
        asked = select(func.count()).select_from(mine.limit(MOST_COUNTED + 1).subquery())
        return int(self._reader.rows(asked)[0][0])

    def tally(
        self, query: ListQuery[Any], wanted: ListFilter, by: tuple[str, ...]
    ) -> Mapping[tuple[Any, ...], int]:
        """Count the rows by the values of fields."""
        place = self._source_of(query)
        if isinstance(place, Whole):
            reaches = self._reaches(query, place, wanted)
            return tally_of_roots(query, self._roots(place), wanted, by, reaches)
        columns = [place.column(name) for name in by]
        asked = select(*columns, func.count(place.table.c.id))
        conditions = conditions_of(query, place, blinded(query, place, wanted, self._connection))
        asked = asked.where(*conditions).group_by(*columns)
        asked = asked.having(func.count(place.table.c.id) > 0)
        found: dict[tuple[Any, ...], int] = {}
        for row in self._reader.rows(asked):
            key = tuple(
                decoded(query, name, value) for name, value in zip(by, row[:-1], strict=True)
            )
            if row[-1]:  # without fields to count by there is one row, of nothing too
                found[key] = row[-1]
        return found

    def _reaches(self, query: ListQuery[Any], place: Whole, wanted: ListFilter) -> Reaches:
        def get(port: type[Repository[Any]], id_: str) -> Any:
            return place.others[port](self._connection).get(id_)

        return reaching(query, reached_by(wanted.reach), get)

    def _roots(self, place: Whole) -> list[Any]:
        return place.repository(self._connection).every()


def _mostly_own(
    query: ListQuery[Any], place: ListSource, sought: ListFilter
) -> tuple[Fits | None, ListFilter]:
    """Give what is wanted whoever owns it, and what tells of a row that it is within reach.

    Who reaches many departments is mostly shown what theirs is: rows in their order are then the
    page. So it need not be asked for with all those ids, which cost a server more than the page.
    """
    departments, rest = many_owners(sought.reach, place.standing)
    name = owner_in(query, place) if departments else None
    if name is None:
        return None, sought

    def fits(values: Mapping[str, Any]) -> bool:
        return values[name] is None or values[name] in departments

    return fits, evolve(sought, reach=rest)


@lru_cache(_REMEMBERED)
def _listing(
    source_of: SourceOf, query: ListQuery[Any], wanted: ListFilter, order: Order
) -> Listing:
    """Make a listing once for all who ask for everything in the same reach.

    What else is asked may be personal, and does not outlive the request.
    """
    source = source_of(query)
    if isinstance(source, Whole):
        raise TypeError(query.name)
    return listing_of(query, source, wanted, order)
