"""Lists of users, departments, regions, roles and groups, the asker's scope in the query."""

from collections.abc import Iterator
from typing import Any

from attrs import evolve
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    false,
    or_,
    select,
    true,
)

from adapters.sql.engine.mapper import Values, values_of
from adapters.sql.engine.paging import Listing, read_page, remembered
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.regions import within
from adapters.sql.engine.scopes import (
    Standing,
    asked_with,
    contains,
    standing,
    within_reach,
)
from adapters.sql.identity.access import GROUPS_STAND, access_group, grant_holding
from adapters.sql.identity.directory import (
    SqlDepartments,
    SqlRegions,
    SqlUsers,
    app_user,
    department,
    department_administrator,
    of_department,
    region_entry,
    user_department,
)
from supervision_core.identity.model import (
    HolderKind,
    RegionContent,
    UserDraft,
)
from supervision_core.identity.ports import (
    DepartmentFilter,
    DepartmentQueries,
    DepartmentRow,
    HolderFilter,
    HolderQueries,
    HolderRow,
    RegionFilter,
    RegionQueries,
    UserFilter,
    UserQueries,
    UserRow,
)
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.registers import Entry

_USERS = Standing(
    stands=of_department(app_user, app_user.c.home).stands,
    owner=standing(app_user, user_department).owner,
    concerns=lambda party: app_user.c.party == party,
)
_DEPARTMENTS = standing(department, department=department.c.id)
_REGIONS = Standing(stands=lambda fulfils: fulfils(region_entry.c.code), owner=lambda _: false())


class _Lists:
    def __init__(self, source: Engine | Connection) -> None:
        """Read from ``source``."""
        self._source = source
        self._reader = Reader(source)


class SqlUserQueries(_Lists, UserQueries):
    """Reads tables ``app_user`` and ``user_department``."""

    def page(self, filter: UserFilter, request: PageRequest) -> Page[UserRow]:
        """Give one page by account then id, or by place in one department."""
        mapper, listing = SqlUsers.mapper, _users(filter)
        sealing = mapper.sealing_on(self._source)
        if hidden := tuple(self._hidden(filter)):
            listing = evolve(listing, statement=listing.statement.where(*hidden))
        if filter.department:
            listing = _of_one_department(listing, filter.department, request.order)

        def item(row: Row[Any]) -> UserRow:
            values = values_of(row)
            draft = mapper.part_of(UserDraft, values, sealing)
            told = {name: values[name] for name in ("id", "version", "enabled")}
            return UserRow(**told, draft=draft)

        query: Json = {"users": asked_with(filter), "order": request.order}
        return read_page(self._reader, listing, request, query=query, item=item)

    def _hidden(self, filter: UserFilter) -> Iterator[ColumnElement[bool]]:
        hidden = {
            "name_index": filter.name,
            "phone_index": filter.phone,
            "document_index": filter.document,
        }
        mapper = SqlUsers.mapper
        sealing = mapper.sealing_on(self._source)
        for column, value in hidden.items():
            if value and sealing is not None:
                found = mapper.blind[column].candidates(app_user, value, sealing)
                yield app_user.c[column].in_(found)


@remembered
def _users(filter: UserFilter) -> Listing:
    columns = app_user.c
    asked = select(app_user).where(*_wanted(filter))
    return Listing(asked, (("login", columns.login), ("id", columns.id)))


def _wanted(filter: UserFilter) -> Iterator[ColumnElement[bool]]:
    columns = app_user.c
    yield columns.deleted_at.is_(None)
    yield from within_reach(filter.reach, _USERS)
    if filter.text:
        yield contains(columns.login, filter.text)
    if filter.kind:
        yield columns.kind == filter.kind.value
    if filter.enabled is not None:
        yield columns.enabled == (true() if filter.enabled else false())


def _of_one_department(listing: Listing, id: str, order: str) -> Listing:
    member = user_department.c
    asked = listing.statement.join(user_department, member.user_id == app_user.c.id)
    asked = asked.where(member.department == id)
    if order != "place":
        return Listing(asked, listing.keys)
    placed = (("place", member.place), ("id", member.user_id))
    return Listing(asked.add_columns(member.place), placed)


class SqlDepartmentQueries(_Lists, DepartmentQueries):
    """Reads table ``department``."""

    def page(self, filter: DepartmentFilter, request: PageRequest) -> Page[DepartmentRow]:
        """Give one page by place in the tree, then id."""
        return read_page(
            self._reader,
            _department_listing(filter),
            request,
            query={"departments": asked_with(filter)},
            item=SqlDepartments.mapper.checked(_department_row, self._source),
        )


@remembered
def _department_listing(filter: DepartmentFilter) -> Listing:
    columns = department.c
    asked = select(department).where(*_departments(filter))
    return Listing(asked, (("place", columns.place), ("id", columns.id)))


def _departments(filter: DepartmentFilter) -> Iterator[ColumnElement[bool]]:
    columns = department.c
    yield columns.deleted_at.is_(None)
    yield from within_reach(filter.reach, _DEPARTMENTS)
    if filter.text:
        yield or_(contains(columns.name, filter.text), contains(columns.code, filter.text))
    if filter.parent is not None:
        yield columns.parent == filter.parent if filter.parent else columns.parent.is_(None)
    if filter.region:
        yield within(columns.region, filter.region)
    if filter.enabled is not None:
        yield columns.enabled == (true() if filter.enabled else false())
    if filter.administrator:
        his = department_administrator.c
        asked = select(1).where(his.department_id == columns.id)
        yield asked.where(his.user_id == filter.administrator).exists()


def _department_row(values: Values) -> DepartmentRow:
    return DepartmentRow(
        id=values["id"],
        version=values["version"],
        enabled=values["enabled"],
        name=values["name"],
        code=values["code"],
        region=values["region"],
        parent=values["parent"] or "",
        order=values["place"],
    )


class SqlRegionQueries(_Lists, RegionQueries):
    """Reads table ``region``."""

    def page(self, filter: RegionFilter, request: PageRequest) -> Page[Entry[RegionContent]]:
        """Give one page by position, then id."""
        columns = region_entry.c
        mapper = SqlRegions.mapper
        sealing = mapper.sealing_on(self._source)

        def item(row: Row[Any]) -> Entry[RegionContent]:
            found: Entry[RegionContent] = mapper.root(row, sealing)
            return found

        return read_page(
            self._reader,
            Listing(
                select(region_entry).where(*_regions(filter)),
                (("position", columns.position), ("id", columns.id)),
            ),
            request,
            query={"regions": asked_with(filter)},
            item=item,
        )


def _regions(filter: RegionFilter) -> Iterator[ColumnElement[bool]]:
    columns = region_entry.c
    yield columns.deleted_at.is_(None)
    yield from within_reach(filter.reach, _REGIONS)
    if wanted := filter.text.strip().casefold():
        yield columns.search.contains(wanted, autoescape=True)
    if filter.parent is not None:
        yield columns.parent == filter.parent if filter.parent else columns.parent.is_(None)


class SqlHolderQueries(_Lists, HolderQueries):
    """Reads table ``grant_holding``, and where the holders stand."""

    def page(self, filter: HolderFilter, request: PageRequest) -> Page[HolderRow]:
        """Give one page by the id of the sheet."""
        return read_page(
            self._reader,
            Listing(
                select(grant_holding.c.sheet_id, grant_holding.c.holder).where(*_holders(filter)),
                (("sheet_id", grant_holding.c.sheet_id),),
            ),
            request,
            query={"holders": asked_with(filter)},
            item=_holder_row,
        )


def _holders(filter: HolderFilter) -> Iterator[ColumnElement[bool]]:
    columns = grant_holding.c
    yield columns.kind == ("role" if filter.role else "group")
    yield columns.held == (filter.role or filter.group)
    user = select(1).where(
        app_user.c.id == columns.holder,
        columns.sheet_id.startswith("user/"),
        app_user.c.deleted_at.is_(None),
        *within_reach(filter.reach, _USERS),
    )
    group = select(1).where(
        access_group.c.id == columns.holder,
        columns.sheet_id.startswith("group/"),
        *within_reach(filter.reach, GROUPS_STAND),
    )
    yield or_(user.exists(), group.exists())


def _holder_row(row: Row[Any]) -> HolderRow:
    kind, _, _ = row.sheet_id.partition("/")
    return HolderRow(kind=HolderKind(kind), id=row.holder)
