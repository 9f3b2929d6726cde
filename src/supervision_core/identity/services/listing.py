"""What administrators look up: their own area, grants, sessions, and what somebody may do."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from attrs import field, frozen

from supervision_core.identity.lists import (
    DEPARTMENTS,
    GROUPS,
    REGIONS,
    ROLES,
    USERS,
    DepartmentRow,
    RegionRow,
    RoleRow,
    UserRow,
    masked,
)
from supervision_core.identity.model import (
    Access,
    Delegation,
    Grant,
    HolderKind,
    User,
    access_of,
    sheet_id,
    source_of,
)
from supervision_core.identity.ports import (
    Departments,
    GrantSheets,
    Groups,
    HolderFilter,
    HolderQueries,
    HolderRow,
    PermissionCatalogue,
    Roles,
    Sessions,
    Users,
)
from supervision_core.identity.services.access import picture_of, sheet_of, sheets_of
from supervision_core.identity.services.authority import Giver
from supervision_core.identity.services.frame import Work, question
from supervision_core.identity.services.granting import grantable, require_holder
from supervision_core.identity.services.keeping import (
    Area,
    administers_in,
    is_super,
    living_user,
    reach_of,
    require_area,
)
from supervision_core.identity.services.questions import (
    Known,
)
from supervision_core.kernel.days import local_day
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, ListQuery, Lists
from supervision_core.kernel.paging import FIRST_PAGE, Page, PageRequest, every_page

LONGEST_SESSION: Final = 24 * 60
"""In minutes: more than any session lasts."""


@frozen(kw_only=True)
class ListManagedRegions:
    """Which of one's own regions are wanted: ``text`` in name or code, right below ``parent``."""

    text: str = field(default="", metadata=said("名称或代码中的文字", example="南宁"))
    parent: str = field(default="", metadata=said("上级区划的代码", example="450000"))
    top: bool | None = field(default=None, metadata=said("是否最上级", example=True))
    page: PageRequest = field(default=FIRST_PAGE, metadata=said("分页：每页行数、游标和排序"))


@question("identity.list_managed_regions", "管辖的行政区划", looks_once=True)
def list_managed_regions(work: Work, about: ListManagedRegions) -> Page[RegionRow]:
    """List the regions within reach, by position. Source: proposal 6.4.1.4 (4), 6.4.2.3.3."""
    asked = {"text": about.text, "parent": about.parent, "top": about.top}
    return work[Lists].page(REGIONS, ListFilter(asked=asked, reach=reach_of(work)), about.page)


@frozen(kw_only=True)
class ListManagedDepartments:
    """Which of one's own departments are wanted: those right below ``parent``."""

    parent: str = field(default="", metadata=said("上级机构的编号", example="gx"))
    page: PageRequest = field(default=FIRST_PAGE, metadata=said("分页：每页行数、游标和排序"))


@question("identity.list_managed_departments", "管辖的组织机构")
def list_managed_departments(work: Work, about: ListManagedDepartments) -> Page[DepartmentRow]:
    """List the departments that the administrator was appointed for, or those below one of them.

    He need not belong to any of them. The super administrator sees the top. Source: proposal
    6.4.1.4 (4), 6.4.1.4.2.4.
    """
    if about.parent:
        work[Departments].get(about.parent)
    if about.parent or is_super(work):
        require_area(work, "department", about.parent, [about.parent])
        asked = {"parent": about.parent} if about.parent else {"top": True}
    else:
        asked = {"administrator": work.actor.user}
    return work[Lists].page(DEPARTMENTS, ListFilter(asked=asked), about.page)


@frozen(kw_only=True)
class ListMembers:
    """The department whose users are wanted; ``text`` is part of the account."""

    department_id: str = field(metadata=said("组织机构编号", example="nanning"))
    text: str = field(default="", metadata=said("姓名或账号中的文字", example="wang"))
    enabled: bool | None = field(default=None, metadata=said("是否启用，为空则不限", example=True))
    page: PageRequest = field(default=FIRST_PAGE, metadata=said("分页：每页行数、游标和排序"))


@question("identity.list_members", "管辖机构的用户", orders=("place",))
def list_members(work: Work, about: ListMembers) -> Page[UserRow]:
    """List all users of a managed department, 所属 and 附属, by place (order ``place``) or account.

    Source: proposal 6.4.1.4.2.6.
    """
    work[Departments].get(about.department_id)
    require_area(work, "department", about.department_id, [about.department_id])
    asked = {"department": about.department_id, "text": about.text, "enabled": about.enabled}
    return work[Lists].page(USERS, ListFilter(asked=asked), about.page)


@frozen(kw_only=True)
class ListOnline:
    """The department whose users at work are wanted: seen within the last ``minutes``."""

    department_id: str = field(metadata=said("组织机构编号", example="nanning"))
    minutes: int = field(default=30, metadata=said("最近多少分钟内用过", example=30))


@frozen(kw_only=True)
class OnlineView:
    """A session of a user: since when it goes on, and when it was last used."""

    user_id: str = field(metadata=said("用户编号", example="clerk"))
    department: str = field(metadata=said("组织机构编号", example="nanning"))
    started_at: datetime = field(metadata=said("登录的时间", example="2026-01-31T08:00:00+00:00"))
    seen_at: datetime = field(metadata=said("最近使用的时间", example="2026-01-31T08:30:00+00:00"))


@frozen(kw_only=True)
class OnlineList:
    """Who is at work, the last seen first."""

    items: tuple[OnlineView, ...] = field(metadata=said("本页各行"))


@question("identity.list_online", "管辖机构的在线用户")
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

    items: tuple[str, ...] = field(metadata=said("本页各行"))
    titles: Mapping[str, str] = field(metadata=said("权限的中文名称，按权限名"))


@question("identity.list_permissions", "权限目录")
def list_permissions(work: Work, about: ListPermissions) -> PermissionList:
    """List every permission of this installation: what can be granted."""
    del about
    titles = work[PermissionCatalogue].titles()
    return PermissionList(items=tuple(sorted(titles)), titles=titles)


@frozen(kw_only=True)
class ViewGrants:
    """The holder whose grants are asked for."""

    holder: HolderKind = field(metadata=said("持有者类型", example="user"))
    holder_id: str = field(metadata=said("持有者编号", example="clerk"))


@frozen(kw_only=True)
class DelegationView:
    """A role that a user may give, and the department where he may; both by id and name.

    An empty role is what the department itself was granted.
    """

    role: str = field(metadata=said("角色编号，空文本表示机构自身的授权", example="r1"))
    role_name: str = field(metadata=said("角色名称", example="检查员"))
    department: str = field(metadata=said("组织机构编号", example="nanning"))
    department_name: str = field(metadata=said("组织机构名称", example="南宁市市场监督管理局"))


@frozen(kw_only=True)
class GrantsView:
    """What was granted to one holder: permissions with who gave them when, roles and groups.

    Of a user also the roles that he may give to others (``delegations``).
    """

    id: str = field(metadata=said("编号", example="n000001"))
    version: int = field(metadata=said("版本", example=1))
    grants: tuple[Grant, ...] = field(metadata=said("直接授予的权限"))
    roles: frozenset[str] = field(metadata=said("角色编号"))
    groups: frozenset[str] = field(metadata=said("群组编号"))
    delegations: tuple[DelegationView, ...] = field(metadata=said("可分配的角色及机构范围"))


@question("identity.view_grants", "查看一个对象的授权")
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
        delegations=_delegations(work, sheet.delegations),
    )


def _delegations(work: Work, found: Iterable[Delegation]) -> tuple[DelegationView, ...]:
    delegations = list(found)
    roles = {one.id: one.name for one in work[Roles].find_many(one.role for one in delegations)}
    places = work[Departments].lineages({one.department for one in delegations})
    return tuple(
        DelegationView(
            role=one.role,
            role_name=roles.get(one.role, ""),
            department=one.department,
            department_name=places[one.department][0].data.name,
        )
        for one in delegations
    )


@frozen(kw_only=True)
class ListRoleHolders:
    """The role whose holders are asked for."""

    role_id: str = field(metadata=said("角色编号", example="r1"))
    page: PageRequest = field(default=FIRST_PAGE, metadata=said("分页：每页行数、游标和排序"))


@frozen(kw_only=True)
class ListGroupHolders:
    """The group whose members are asked for."""

    group_id: str = field(metadata=said("群组编号", example="g1"))
    page: PageRequest = field(default=FIRST_PAGE, metadata=said("分页：每页行数、游标和排序"))


@frozen(kw_only=True)
class HolderView:
    """Who holds a role or group: a user, masked, by ``account``, or a group by ``name``."""

    holder: HolderKind = field(metadata=said("持有者类型", example="user"))
    holder_id: str = field(metadata=said("持有者编号", example="clerk"))
    name: str = field(metadata=said("姓名，或角色、群组的名称", example="王示例"))
    account: str = field(default="", metadata=said("账号", example="wang.shili"))


@question("identity.list_role_holders", "查看角色的持有者")
def list_role_holders(work: Work, about: ListRoleHolders) -> Page[HolderView]:
    """List who within reach holds a managed role: before it is changed, or one suspects too many.

    Source: GB/T 22239-2019 8.1.4.2 (最小权限).
    """
    require_holder(work, HolderKind.ROLE, about.role_id)
    return _holders(work, HolderFilter(reach=reach_of(work), role=about.role_id), about.page)


@question("identity.list_group_holders", "查看群组成员")
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

    holder: HolderKind = field(metadata=said("持有者类型", example="user"))
    holder_id: str = field(metadata=said("持有者编号", example="clerk"))


@question("identity.list_grantable", "查看可以授予的权限")
def list_grantable(work: Work, about: ListGrantable) -> PermissionList:
    """List what the administrator may grant to a holder: what he holds and may pass on."""
    require_holder(work, about.holder, about.holder_id)
    titles = work[PermissionCatalogue].titles()
    found = grantable(work, titles)
    return PermissionList(items=found, titles={one: titles[one] for one in found})


@frozen(kw_only=True)
class ListAssignableRoles:
    """The user to whom roles and groups shall be given."""

    user_id: str = field(metadata=said("用户编号", example="clerk"))


@frozen(kw_only=True)
class AssignableRoles:
    """Roles and groups in use that the asker may give, by name."""

    roles: tuple[Known, ...] = field(metadata=said("可以分配的角色"))
    groups: tuple[Known, ...] = field(metadata=said("可以分配的群组"))


@question("identity.list_assignable_roles", "查看可以分配的角色和群组")
def list_assignable_roles(work: Work, about: ListAssignableRoles) -> AssignableRoles:
    """List the roles and groups that the administrator may give to a user.

    Roles that are delegated to him for all departments of the user, and what holds nothing that he
    may not pass on.
    """
    user = living_user(work, about.user_id)
    giver = Giver.of(work, work.actor)
    roles, groups = _in_use(work, ROLES), _in_use(work, GROUPS)
    delegated = work[Roles].find_many(one.role for one in giver.delegations)
    roles |= {one.id: one.name for one in delegated if one.enabled}
    held = {one.id: one for one in sheets_of(work.unit, HolderKind.GROUP, sorted(groups))}
    members = {one: held.get(sheet_id(HolderKind.GROUP, one)) for one in groups}
    through = set(roles).union(*(one.roles for one in held.values()))
    givable = _givable(work, giver, user, through)
    free = {
        one
        for one, sheet in members.items()
        if sheet is None
        or (sheet.roles <= givable and not any(giver.against_source(source_of(sheet), ())))
    }
    return AssignableRoles(roles=_by_name(roles, givable), groups=_by_name(groups, free))


def _in_use(work: Work, query: ListQuery[RoleRow]) -> dict[str, str]:
    """Give the names of roles or groups within reach and in use, by id."""
    wanted = ListFilter(asked={"enabled": True}, reach=reach_of(work))
    pages = every_page(partial(work[Lists].page, query, wanted))
    return {one.id: one.name for page in pages for one in page.items}


def _givable(work: Work, giver: Giver, user: User, roles: Iterable[str]) -> frozenset[str]:
    """Give those of ``roles`` that may be given to ``user``."""
    area = Area(work, user.departments)
    receivers = [area.above(one) for one in sorted(user.departments)]
    sheets = {one: sheet_id(HolderKind.ROLE, one) for one in roles}
    held = {one.id: source_of(one) for one in sheets_of(work.unit, HolderKind.ROLE, sorted(sheets))}
    return frozenset(
        role
        for role, sheet in sheets.items()
        if sheet not in held or not any(giver.against_source(held[sheet], receivers))
    )


def _by_name(names: Mapping[str, str], wanted: Iterable[str]) -> tuple[Known, ...]:
    found = (Known(id=one, name=names[one]) for one in wanted if one in names)
    return tuple(sorted(found, key=lambda one: (one.name, one.id)))


@frozen(kw_only=True)
class ListDelegableRoles:
    """The user who shall be able to give roles."""

    user_id: str = field(metadata=said("用户编号", example="clerk"))


@frozen(kw_only=True)
class DelegableRoles:
    """Roles to give, by name, and departments where they can be given.

    ``own`` says whether also what such a department itself was granted.
    """

    roles: tuple[Known, ...] = field(metadata=said("可以转授的角色"))
    own: bool = field(metadata=said("是否也可以转授机构自身的授权", example=False))
    departments: tuple[Known, ...] = field(metadata=said("可以转授的机构"))


@question("identity.list_delegable_roles", "查看可以转授的角色")
def list_delegable_roles(work: Work, about: ListDelegableRoles) -> DelegableRoles:
    """List the roles that the administrator may let a user give, and where.

    The departments are those that the user works for or administers, as far as the administrator
    manages them; what holds there holds below.
    """
    user = living_user(work, about.user_id)
    giver = Giver.of(work, work.actor)
    if giver.anything:
        roles = _in_use(work, ROLES)
    else:
        delegated = work[Roles].find_many(one.role for one in giver.delegations)
        roles = {one.id: one.name for one in delegated}
    wanted = ListFilter(asked={"administrator": user.id})
    pages = every_page(partial(work[Lists].page, DEPARTMENTS, wanted))
    administered = {one.id for page in pages for one in page.items}
    lineages = work[Departments].lineages(user.departments | administered)
    places = {
        one[0].id: one[0].data.name
        for one in lineages.values()
        if administers_in(work.actor, one) and not one[0].deleted
    }
    return DelegableRoles(
        roles=_by_name(roles, roles),
        own=giver.anything or any(not one.role for one in giver.delegations),
        departments=_by_name(places, places),
    )


@frozen(kw_only=True)
class ViewAccess:
    """The user whose access is asked for."""

    user_id: str = field(metadata=said("用户编号", example="clerk"))


@question("identity.view_access", "查看用户的权限")
def view_access(work: Work, about: ViewAccess) -> Access:
    """Show what a managed user may do today, all sources together, and what he may pass on."""
    user = living_user(work, about.user_id)
    return access_of(user, picture_of(work.unit, user), on=local_day(work.now))
