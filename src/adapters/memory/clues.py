"""Clues in memory, and their lists."""

from collections import Counter
from collections.abc import Iterator, Mapping

from adapters.memory.paging import list_page
from adapters.memory.regions import visible
from adapters.memory.repository import MemoryRepository
from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.clues.model import Clue, ClueChannel, ClueState
from supervision_core.clues.ports import ClueFilter, ClueQueries, ClueRow, Clues
from supervision_core.identity.model import Placement
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.plain import to_plain


class MemoryClues(MemoryRepository[Clue], Clues):
    """Holds clues."""

    cls = Clue

    def every(self) -> Iterator[Clue]:
        """Give every clue, by id."""
        return self._all()


class MemoryClueQueries(ClueQueries):
    """Lists and counts of clues, by looking at every one."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._clues = MemoryClues(unit)

    def page(self, filter: ClueFilter, request: PageRequest) -> Page[ClueRow]:
        """Give one page of clues by due day, then id."""
        return list_page(
            [_row(one) for one in self._clues.every() if _passes(one, filter)],
            request,
            key=lambda row: (row.due_on.isoformat(), row.id),
            query={"clues": to_plain(filter)},
        )

    def counts(self, filter: ClueFilter) -> Mapping[tuple[ClueChannel, ClueState], int]:
        """Count clues by channel and state."""
        found = (one for one in self._clues.every() if _passes(one, filter))
        return Counter((one.sheet.channel, one.state) for one in found)


def _passes(one: Clue, filter: ClueFilter) -> bool:
    sheet = one.sheet
    return (
        visible(
            Placement(region=sheet.region, departments=one.departments),
            reach=filter.reach,
            within=filter.region,
            of=filter.departments,
        )
        and filter.subject in ("", sheet.subject)
        and filter.channel in (None, sheet.channel)
        and filter.state in (None, one.state)
    )


def _row(one: Clue) -> ClueRow:
    return ClueRow(
        id=one.id,
        title=one.sheet.title,
        channel=one.sheet.channel,
        kind=one.sheet.kind,
        state=one.state,
        subject=one.sheet.subject,
        holder=one.holder,
        due_on=one.due_on,
    )
