"""Lists of users, departments, regions, roles and groups, by looking at every one."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from adapters.memory.identity import (
    MemoryDepartments,
    MemoryExportRequests,
    MemoryGrantSheets,
    MemoryGroups,
    MemoryRegions,
    MemorySecondPersonRequests,
    MemoryUsers,
)
from adapters.memory.paging import list_page
from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.identity.model import (
    Concerns,
    Department,
    ExportRequest,
    HolderKind,
    Placement,
    Predicate,
    RegionContent,
    Role,
    SecondPersonRequest,
    SecondPersonState,
    User,
    admits,
    region_contains,
)
from supervision_core.identity.ports import (
    DepartmentFilter,
    DepartmentQueries,
    DepartmentRow,
    ExportRequestFilter,
    ExportRequestQueries,
    HolderFilter,
    HolderQueries,
    HolderRow,
    RegionFilter,
    RegionQueries,
    SecondPersonFilter,
    SecondPersonQueries,
    UserFilter,
    UserQueries,
    UserRow,
)
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.paging import Key, Page, PageRequest, page_of, position
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.registers import Entry

Item = TypeVar("Item")


def _reached(predicate: Predicate | None, placement: Placement) -> bool:
    return predicate is None or admits(predicate, placement)


def _placed_page(
    items: Iterable[Item],
    request: PageRequest,
    key: Callable[[Item], tuple[int, str]],
    query: Json,
) -> Page[Item]:
    ordered = sorted(items, key=key)
    after = position(request, query=query, kinds=(int, str))
    rest = [one for one in ordered if after is None or _after(key(one), after)]
    return page_of(rest, request, query=query, key=key, item=lambda one: one)


def _after(key: tuple[int, str], after: Key) -> bool:
    return key > (int(str(after[0])), str(after[1]))


class MemoryUserQueries(UserQueries):
    """Lists of users."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._users, self._departments = MemoryUsers(unit), MemoryDepartments(unit)

    def page(self, filter: UserFilter, request: PageRequest) -> Page[UserRow]:
        """Give one page by account then id, or by place in one department."""
        regions = {one.id: one.data.region for one in self._departments.every()}
        found = [one for one in self._users.every() if _user_passes(one, filter, regions)]
        query = {"users": to_plain(filter), "order": request.order}
        if filter.department and request.order == "place":
            places = {
                (one.id, member.department): member.order
                for one in found
                for member in one.memberships
            }
            return _placed_page(
                map(_user_row, found),
                request,
                lambda row: (places[row.id, filter.department], row.id),
                query,
            )
        return list_page(
            map(_user_row, found),
            request,
            key=lambda row: (row.draft.account.account, row.id),
            query=query,
        )


def _user_passes(one: User, filter: UserFilter, regions: dict[str, str]) -> bool:
    home = one.memberships[0].department if one.memberships else ""
    placement = Placement(
        region=regions.get(home, ""),
        departments=one.departments,
        parties=frozenset({one.extended.party} - {""}),
    )
    return (
        not one.deleted
        and _reached(filter.reach, placement)
        and filter.text.casefold() in one.account.account.casefold()
        and filter.name in ("", one.person.name)
        and filter.phone in ("", one.account.phone)
        and filter.document in ("", one.person.document_number)
        and (not filter.department or filter.department in one.departments)
        and filter.kind in (None, one.extended.kind)
        and filter.enabled in (None, one.active)
    )


def _user_row(one: User) -> UserRow:
    return UserRow(id=one.id, version=one.version, enabled=one.active, draft=one.draft)


class MemoryDepartmentQueries(DepartmentQueries):
    """Lists of departments."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._departments = MemoryDepartments(unit)

    def page(self, filter: DepartmentFilter, request: PageRequest) -> Page[DepartmentRow]:
        """Give one page by place in the tree, then id."""
        found = (one for one in self._departments.every() if _department_passes(one, filter))
        return _placed_page(
            map(_department_row, found),
            request,
            lambda row: (row.order, row.id),
            {"departments": to_plain(filter)},
        )


def _department_passes(one: Department, filter: DepartmentFilter) -> bool:
    data, wanted = one.data, filter.text.casefold()
    placement = Placement(region=data.region, departments=frozenset({one.id}))
    return (
        not one.deleted
        and _reached(filter.reach, placement)
        and (wanted in data.name.casefold() or wanted in data.code.casefold())
        and filter.parent in (None, data.parent)
        and (not filter.region or region_contains(filter.region, data.region))
        and filter.enabled in (None, one.enabled)
        and (not filter.administrator or filter.administrator in one.administrators)
    )


def _department_row(one: Department) -> DepartmentRow:
    data = one.data
    return DepartmentRow(
        id=one.id,
        version=one.version,
        enabled=one.enabled,
        name=data.name,
        code=data.code,
        region=data.region,
        parent=data.parent,
        order=data.order,
    )


class MemoryRegionQueries(RegionQueries):
    """Lists of regions."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._regions = MemoryRegions(unit)

    def page(self, filter: RegionFilter, request: PageRequest) -> Page[Entry[RegionContent]]:
        """Give one page by position, then id."""
        found = (one for one in self._regions.every() if _region_passes(one, filter))
        return _placed_page(
            found, request, lambda one: (one.position, one.id), {"regions": to_plain(filter)}
        )


def _region_passes(one: Entry[RegionContent], filter: RegionFilter) -> bool:
    content, wanted = one.content, filter.text.strip().casefold()
    return (
        not one.deleted
        and _reached(filter.reach, Placement(region=content.code))
        and (wanted in content.name.casefold() or wanted in content.code.casefold())
        and filter.parent in (None, content.parent)
    )


def _role_reached(one: Role, reach: Predicate | None, regions: dict[str, str]) -> bool:
    if not one.department:
        return not isinstance(reach, Concerns)
    region, owners = regions.get(one.department, ""), frozenset({one.department})
    return _reached(reach, Placement(region=region, departments=owners))


class MemoryExportRequestQueries(ExportRequestQueries):
    """Lists of requests to give out tables."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._requests = MemoryExportRequests(unit)

    def page(self, filter: ExportRequestFilter, request: PageRequest) -> Page[ExportRequest]:
        """Give one page by id."""
        return list_page(
            [one for one in self._requests.every() if _is_requested(one, filter)],
            request,
            key=lambda one: (one.id,),
            query={"export_requests": to_plain(filter)},
        )


def _is_requested(one: ExportRequest, filter: ExportRequestFilter) -> bool:
    placement = Placement(region=one.region, departments=frozenset({one.about}))
    return (
        _reached(filter.reach, placement)
        and filter.about in ("", one.about)
        and filter.state in (None, one.state)
    )


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
        self._sheets, self._departments = MemoryGrantSheets(unit), MemoryDepartments(unit)
        self._users, self._groups = MemoryUsers(unit), MemoryGroups(unit)

    def page(self, filter: HolderFilter, request: PageRequest) -> Page[HolderRow]:
        """Give one page by the id of the sheet."""
        regions = {one.id: one.data.region for one in self._departments.every()}
        users = UserFilter(reach=filter.reach)
        reached = {
            f"user/{one.id}" for one in self._users.every() if _user_passes(one, users, regions)
        }
        reached |= {
            f"group/{one.id}"
            for one in self._groups.every()
            if _role_reached(one, filter.reach, regions)
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
