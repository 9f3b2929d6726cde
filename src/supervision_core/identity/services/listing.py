"""What administrators look up: their own area, grants, sessions, and what somebody may do."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from attrs import frozen

from supervision_core.identity.model import (
    Access,
    Grant,
    HolderKind,
    access_of,
    sheet_id,
)
from supervision_core.identity.ports import (
    DepartmentFilter,
    DepartmentQueries,
    DepartmentRow,
    Departments,
    GrantSheets,
    Groups,
    HolderFilter,
    HolderQueries,
    HolderRow,
    PermissionCatalogue,
    RegionFilter,
    RegionQueries,
    Sessions,
    UserFilter,
    UserQueries,
    Users,
)
from supervision_core.identity.services.access import picture_of, sheet_of
from supervision_core.identity.services.frame import Work, question
from supervision_core.identity.services.granting import grantable, require_holder
from supervision_core.identity.services.keeping import is_super, living_user, reach_of, require_area
from supervision_core.identity.services.questions import (
    RegionView,
    UserView,
    masked,
    masked_page,
    region_view,
)
from supervision_core.kernel.days import local_day
from supervision_core.kernel.paging import FIRST_PAGE, Page, PageRequest

LONGEST_SESSION: Final = 24 * 60
"""In minutes: more than any session lasts."""


@frozen(kw_only=True)
class ListManagedRegions:
    """Which of one's own regions are wanted: ``text`` in name or code, right below ``parent``."""

    text: str = ""
    parent: str | None = None
    page: PageRequest = FIRST_PAGE


@question("identity.list_managed_regions", looks_once=True)
def list_managed_regions(work: Work, about: ListManagedRegions) -> Page[RegionView]:
    """List the regions within reach, by position. Source: proposal 6.4.1.4 (4), 6.4.2.3.3."""
    wanted = RegionFilter(reach=reach_of(work), text=about.text, parent=about.parent)
    found = work[RegionQueries].page(wanted, about.page)
    return Page(tuple(map(region_view, found.items)), found.next_cursor)


@frozen(kw_only=True)
class ListManagedDepartments:
    """Which of one's own departments are wanted: those right below ``parent``."""

    parent: str = ""
    page: PageRequest = FIRST_PAGE


@question("identity.list_managed_departments")
def list_managed_departments(work: Work, about: ListManagedDepartments) -> Page[DepartmentRow]:
    """List the departments that the administrator was appointed for, or those below one of them.

    He need not belong to any of them. The super administrator sees the top. Source: proposal
    6.4.1.4 (4), 6.4.1.4.2.4.
    """
    if about.parent:
        work[Departments].get(about.parent)
    if about.parent or is_super(work):
        require_area(work, "department", about.parent, [about.parent])
        wanted = DepartmentFilter(parent=about.parent)
    else:
        wanted = DepartmentFilter(administrator=work.actor.user)
    return work[DepartmentQueries].page(wanted, about.page)


@frozen(kw_only=True)
class ListMembers:
    """The department whose users are wanted; ``text`` is part of the account."""

    department_id: str
    text: str = ""
    enabled: bool | None = None
    page: PageRequest = FIRST_PAGE


@question("identity.list_members", orders=("place",))
def list_members(work: Work, about: ListMembers) -> Page[UserView]:
    """List all users of a managed department, 所属 and 附属, by place (order ``place``) or account.

    Source: proposal 6.4.1.4.2.6.
    """
    work[Departments].get(about.department_id)
    require_area(work, "department", about.department_id, [about.department_id])
    wanted = UserFilter(department=about.department_id, text=about.text, enabled=about.enabled)
    return masked_page(work[UserQueries].page(wanted, about.page))


@frozen(kw_only=True)
class ListOnline:
    """The department whose users at work are wanted: seen within the last ``minutes``."""

    department_id: str
    minutes: int = 30


@frozen(kw_only=True)
class OnlineView:
    """A session of a user: since when it goes on, and when it was last used."""

    user_id: str
    department: str
    started_at: datetime
    seen_at: datetime


@frozen(kw_only=True)
class OnlineList:
    """Who is at work, the last seen first."""

    items: tuple[OnlineView, ...]


@question("identity.list_online")
def list_online(work: Work, about: ListOnline) -> OnlineList:
    """List the users of a managed department who are logged in: whose sessions can be ended."""
    work[Departments].get(about.department_id)
    require_area(work, "department", about.department_id, [about.department_id])
    members = [one.id for one in work[Users].of_department(about.department_id)]
    since = work.now - timedelta(minutes=max(1, min(about.minutes, LONGEST_SESSION)))
    seen = [one for one in work[Sessions].of_users(members) if one.seen_at >= since]
    seen.sort(key=lambda one: (one.seen_at, one.id), reverse=True)
    return OnlineList(
        items=tuple(
            OnlineView(
                user_id=one.user,
                department=one.department,
                started_at=one.started_at,
                seen_at=one.seen_at,
            )
            for one in seen
        )
    )


@frozen(kw_only=True)
class ListPermissions:
    """Nothing more is asked."""


@frozen(kw_only=True)
class PermissionList:
    """Names of permissions, in order; those that look only, begin with view, list or read.

    ``titles`` is what each is called in Chinese.
    """

    items: tuple[str, ...]
    titles: Mapping[str, str]


@question("identity.list_permissions")
def list_permissions(work: Work, about: ListPermissions) -> PermissionList:
    """List every permission of this installation: what can be granted."""
    del about
    titles = work[PermissionCatalogue].titles()
    return PermissionList(items=tuple(sorted(titles)), titles=titles)


@frozen(kw_only=True)
class ViewGrants:
    """The holder whose grants are asked for."""

    holder: HolderKind
    holder_id: str


@frozen(kw_only=True)
class GrantsView:
    """What was granted to one holder: permissions with who gave them when, roles and groups."""

    id: str
    version: int
    grants: tuple[Grant, ...]
    roles: frozenset[str]
    groups: frozenset[str]


@question("identity.view_grants")
def view_grants(work: Work, about: ViewGrants) -> GrantsView:
    """Show what was granted to a holder whom the administrator manages."""
    require_holder(work, about.holder, about.holder_id)
    sheet = sheet_of(work.unit, about.holder, about.holder_id)
    return GrantsView(
        id=sheet.id,
        version=sheet.version,
        grants=sheet.grants,
        roles=sheet.roles,
        groups=sheet.groups,
    )


@frozen(kw_only=True)
class ListRoleHolders:
    """The role whose holders are asked for."""

    role_id: str
    page: PageRequest = FIRST_PAGE


@frozen(kw_only=True)
class ListGroupHolders:
    """The group whose members are asked for."""

    group_id: str
    page: PageRequest = FIRST_PAGE


@frozen(kw_only=True)
class HolderView:
    """Who holds a role or group: a user, masked, by ``account``, or a group by ``name``."""

    holder: HolderKind
    holder_id: str
    name: str
    account: str = ""


@question("identity.list_role_holders")
def list_role_holders(work: Work, about: ListRoleHolders) -> Page[HolderView]:
    """List who within reach holds a managed role: before it is changed, or one suspects too many.

    Source: GB/T 22239-2019 8.1.4.2 (最小权限).
    """
    require_holder(work, HolderKind.ROLE, about.role_id)
    return _holders(work, HolderFilter(reach=reach_of(work), role=about.role_id), about.page)


@question("identity.list_group_holders")
def list_group_holders(work: Work, about: ListGroupHolders) -> Page[HolderView]:
    """List the users within reach who are in a managed group."""
    require_holder(work, HolderKind.GROUP, about.group_id)
    return _holders(work, HolderFilter(reach=reach_of(work), group=about.group_id), about.page)


def _holders(work: Work, wanted: HolderFilter, page: PageRequest) -> Page[HolderView]:
    """Show a page of holders: those whose own sealed sheets say so."""
    found = work[HolderQueries].page(wanted, page)
    rows = {sheet_id(one.kind, one.id): one for one in found.items}
    sheets = {one.id: one for one in work[GrantSheets].find_many(rows)}
    true = (
        row
        for sheet, row in rows.items()
        if wanted.role in sheets[sheet].roles or wanted.group in sheets[sheet].groups
    )
    return Page(tuple(_holder(work, row) for row in true), found.next_cursor)


def _holder(work: Work, row: HolderRow) -> HolderView:
    if row.kind is HolderKind.GROUP:
        return HolderView(holder=row.kind, holder_id=row.id, name=work[Groups].get(row.id).name)
    draft = masked(work[Users].get(row.id).draft)
    name, account = draft.person.name, draft.account.account
    return HolderView(holder=row.kind, holder_id=row.id, name=name, account=account)


@frozen(kw_only=True)
class ListGrantable:
    """The holder to whom something shall be granted."""

    holder: HolderKind
    holder_id: str


@question("identity.list_grantable")
def list_grantable(work: Work, about: ListGrantable) -> PermissionList:
    """List what the administrator may grant to a holder: what he holds and may pass on."""
    require_holder(work, about.holder, about.holder_id)
    titles = work[PermissionCatalogue].titles()
    found = grantable(work, titles)
    return PermissionList(items=found, titles={one: titles[one] for one in found})


@frozen(kw_only=True)
class ViewAccess:
    """The user whose access is asked for."""

    user_id: str


@question("identity.view_access")
def view_access(work: Work, about: ViewAccess) -> Access:
    """Show what a managed user may do today, all sources together, and what he may pass on."""
    user = living_user(work, about.user_id)
    return access_of(user, picture_of(work.unit, user), on=local_day(work.now))
