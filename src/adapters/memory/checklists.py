"""Checklists in memory."""

import json
from collections.abc import Iterator

from adapters.memory.paging import list_page
from adapters.memory.regions import visible
from adapters.memory.repository import MemoryRepository
from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.checklists.model import Checklist, ChecklistState
from supervision_core.checklists.ports import (
    ChecklistFilter,
    ChecklistQueries,
    ChecklistRow,
    Checklists,
)
from supervision_core.identity.model import Placement
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.plain import to_plain


class MemoryChecklists(MemoryRepository[Checklist], Checklists):
    """The checklists of all regions."""

    cls = Checklist

    def every(self) -> Iterator[Checklist]:
        """Give every checklist, by id."""
        return self._all()

    def uniques(self, root: Checklist) -> frozenset[str]:
        """Say that a code stands once in a region."""
        return frozenset({json.dumps([root.region, root.code])})

    def find_by_code(self, region: str, code: str) -> Checklist | None:
        """Give the checklist of that code in exactly that region, deleted ones too."""
        return next(iter(self._with_unique([json.dumps([region, code])])), None)

    def default_of(self, region: str, trade: str) -> Checklist | None:
        """Give the default checklist of a trade in exactly that region."""
        for one in self._all():
            place = (one.region, one.draft.trade)
            if one.default and place == (region, trade) and one.state != ChecklistState.DELETED:
                return one
        return None


class MemoryChecklistQueries(ChecklistQueries):
    """Lists of checklists, by looking at every one."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._checklists = MemoryChecklists(unit)

    def page(self, filter: ChecklistFilter, request: PageRequest) -> Page[ChecklistRow]:
        """Give one page, ordered by code then id."""
        return list_page(
            [_row(one) for one in self._checklists.every() if _passes(one, filter)],
            request,
            key=lambda row: (row.code, row.id),
            query={"checklists": to_plain(filter)},
        )


def _passes(one: Checklist, filter: ChecklistFilter) -> bool:
    return (
        one.state is not ChecklistState.DELETED
        and visible(
            Placement(region=one.region, departments=one.departments),
            reach=filter.reach,
            within=filter.region,
            of=filter.departments,
        )
        and filter.name.lower() in one.draft.name.lower()
        and filter.code in ("", one.code)
        and filter.trade in ("", one.draft.trade)
        and filter.state in (None, one.state)
        and filter.default in (None, one.default)
    )


def _row(one: Checklist) -> ChecklistRow:
    return ChecklistRow(
        id=one.id,
        code=one.code,
        name=one.draft.name,
        trade=one.draft.trade,
        lead=one.draft.lead,
        joining=one.draft.joining,
        state=one.state,
        default=one.default,
        version=len(one.versions),
        items=len(one.draft.items),
    )
