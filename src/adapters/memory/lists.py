"""Lists by looking at every aggregate: the definition, as the core has it."""

from collections.abc import Iterator, Mapping
from typing import Any

from adapters.memory.repository import MemoryRepository
from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.identity.model import reached_by
from supervision_core.kernel.listing import (
    MOST_COUNTED,
    ListFilter,
    ListQuery,
    Lists,
    R,
    Reaches,
    page_of_roots,
    reaching,
    selected,
    tally_of_roots,
)
from supervision_core.kernel.paging import Page, PageRequest


class MemoryLists(Lists):
    """Lists of what one unit of work sees."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._unit = unit

    def page(self, query: ListQuery[R], wanted: ListFilter, request: PageRequest) -> Page[R]:
        """Give one page. Raises ``BadCursor``."""
        return page_of_roots(
            query, self._roots(query), wanted, request, self._reaches(query, wanted)
        )

    def count(self, query: ListQuery[Any], wanted: ListFilter) -> int:
        """Count the rows, no further than ``MOST_COUNTED`` + 1."""
        rows = selected(query, self._roots(query), wanted, self._reaches(query, wanted))
        return min(len(rows), MOST_COUNTED + 1)

    def tally(
        self, query: ListQuery[Any], wanted: ListFilter, by: tuple[str, ...]
    ) -> Mapping[tuple[Any, ...], int]:
        """Count the rows by the values of fields."""
        return tally_of_roots(query, self._roots(query), wanted, by, self._reaches(query, wanted))

    def _reaches(self, query: ListQuery[Any], wanted: ListFilter) -> Reaches:
        return reaching(
            query, reached_by(wanted.reach), lambda port, id_: self._unit[port].get(id_)
        )

    def _roots(self, query: ListQuery[Any]) -> Iterator[Any]:
        repository = self._unit[query.port]
        if not isinstance(repository, MemoryRepository):
            raise TypeError(query.name)
        return repository.every()
