"""Lists of what waits for a second person, and of who holds a role, by looking at every one."""

from collections.abc import Iterable
from typing import Any

from adapters.memory.identity import (
    MemoryGrantSheets,
    MemoryGroups,
    MemorySecondPersonRequests,
    MemoryUsers,
)
from adapters.memory.paging import list_page
from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.identity.lists import GROUPS, USERS
from supervision_core.identity.model import (
    HolderKind,
    SecondPersonRequest,
    SecondPersonState,
    reached_by,
)
from supervision_core.identity.ports import (
    HolderFilter,
    HolderQueries,
    HolderRow,
    SecondPersonFilter,
    SecondPersonQueries,
)
from supervision_core.kernel.listing import ListQuery, reaching
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.ports import Repository


class MemorySecondPersonQueries(SecondPersonQueries):
    """Lists of requests for a second person."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._requests = MemorySecondPersonRequests(unit)

    def page(self, filter: SecondPersonFilter, request: PageRequest) -> Page[SecondPersonRequest]:
        """Give one page by id."""
        return list_page(
            [one for one in self._requests.every() if _is_second(one, filter)],
            request,
            key=lambda one: (one.id,),
            query={"second_person_requests": filter.asked},
        )


def _is_second(one: SecondPersonRequest, filter: SecondPersonFilter) -> bool:
    return (
        filter.asked_by in ("", one.asked_by)
        and (filter.at is None or one.state(filter.at) is SecondPersonState.WAITING)
        and (not filter.beside or filter.beside not in {one.asked_by, one.need.user})
    )


class MemoryHolderQueries(HolderQueries):
    """Lists of who holds a role or group."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._unit, self._sheets = unit, MemoryGrantSheets(unit)
        self._users, self._groups = MemoryUsers(unit), MemoryGroups(unit)

    def page(self, filter: HolderFilter, request: PageRequest) -> Page[HolderRow]:
        """Give one page by the id of the sheet."""
        reaches = reached_by(filter.reach)

        def get(port: type[Repository[Any]], id_: str) -> Any:
            return self._unit[port].get(id_)

        lists: tuple[tuple[ListQuery[Any], Iterable[Any]], ...] = (
            (USERS, self._users.every()), (GROUPS, self._groups.every()),
        )  # fmt: skip
        reached = {
            f"{query.noun}/{one.id}"
            for query, roots in lists
            for reached_one in [reaching(query, reaches, get)]
            for one in roots
            if query.listed(one) and (filter.reach is None or reached_one(one))
        }
        held = [
            one.id
            for one in self._sheets.every()
            if filter.role in one.roles or filter.group in one.groups
        ]
        return list_page(
            [_holder_row(one) for one in held if one in reached],
            request,
            key=lambda row: (f"{row.kind.value}/{row.id}",),
            query={"holders": to_plain(filter)},
        )


def _holder_row(sheet: str) -> HolderRow:
    kind, _, holder = sheet.partition("/")
    return HolderRow(kind=HolderKind(kind), id=holder)
