"""Granting and withdrawing permissions, roles, groups and roles to give."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import TypeVar

from attrs import field, frozen

from supervision_core.identity.lists import ROLES
from supervision_core.identity.model import (
    SUPER,
    Delegation,
    GrantForbidden,
    GrantSheet,
    Group,
    HolderKind,
    PermissionDenied,
    Role,
    RoleInvalid,
    Source,
    User,
    is_power,
    sheet_id,
    source_of,
)
from supervision_core.identity.ports import (
    Departments,
    GrantSheets,
    Groups,
    HolderFilter,
    HolderQueries,
    PermissionCatalogue,
    Roles,
    Users,
)
from supervision_core.identity.roles import ShippedRole
from supervision_core.identity.services.access import sheet_of, sheets_of
from supervision_core.identity.services.authority import (
    Giver,
    against_giving,
    change_powers,
    everything_of,
    hold_access,
    is_operator,
)
from supervision_core.identity.services.frame import Work, use_case
from supervision_core.identity.services.keeping import (
    Area,
    find,
    is_super,
    keep,
    living_user,
    require_area,
)
from supervision_core.kernel.errors import NotFound, Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import PageRequest, every_page
from supervision_core.kernel.ports import Repository

AnyRole = TypeVar("AnyRole", bound=Role)


def require_holder(work: Work, kind: HolderKind, id: str) -> None:
    """Demand that the holder lives and lies in the actor's area. Raises ``NotFound``."""
    match kind:
        case HolderKind.USER:
            living_user(work, id)
        case HolderKind.DEPARTMENT:
            found = work[Departments].get(id)
            require_area(work, "department", id, [id])
            if found.deleted:
                raise work.foreign("department", id)
        case HolderKind.ROLE:
            _managed(work, Roles, id)
        case HolderKind.GROUP:
            _managed(work, Groups, id)


def _managed(work: Work, port: type[Repository[AnyRole]], id: str) -> AnyRole:
    found = work[port].get(id)
    require_area(work, port.kind, id, [found.department] if found.department else [])
    return found


def _own(work: Work, kind: HolderKind, id: str) -> bool:
    """Tell whether a grant to the holder would be one to the actor himself.

    To his own department an administrator grants only what he holds already, and so gains nothing;
    the super administrator would.
    """
    own = sheet_of(work.unit, HolderKind.USER, work.actor.user)
    match kind:
        case HolderKind.USER:
            return id == work.actor.user
        case HolderKind.ROLE:
            through = (sheet_of(work.unit, HolderKind.GROUP, one) for one in own.groups)
            return any(id in sheet.roles for sheet in (own, *through))
        case HolderKind.GROUP:
            return id in own.groups
        case HolderKind.DEPARTMENT:
            return is_super(work) and _works_below(work, id)


def _works_below(work: Work, department: str) -> bool:
    try:
        user = work[Users].get(work.actor.user)
    except NotFound:
        return False
    lineages = (work[Departments].lineage(one) for one in user.departments)
    return any(department == above.id for lineage in lineages for above in lineage)


def grantable(work: Work, permissions: Iterable[str]) -> tuple[str, ...]:
    """Give those of ``permissions`` that the actor may hand on, in order."""
    giver = Giver.of(work, work.actor)
    return tuple(sorted(one for one in permissions if not any(giver.against(one))))


def _carried(
    work: Work, kind: HolderKind, id: str, permissions: Iterable[str]
) -> Iterator[Violation]:
    """Say where an administrators' duty may not be put or taken: it comes to users, one by one.

    A group or department would give it to whoever comes in, a role that somebody holds to its
    holders unasked. A newer version's ``init`` adds to roles that are held: the operator may.
    """
    if kind is HolderKind.USER or is_operator(work.actor) or not any(map(is_power, permissions)):
        return
    if kind is not HolderKind.ROLE:
        yield Violation("identity.duty_by_role_only", "holder")
    elif work[HolderQueries].page(HolderFilter(role=id), PageRequest(size=1)).items:
        yield Violation("identity.role_of_duty_held", "holder_id")


def _changed_powers(work: Work, user: str, sheet: GrantSheet) -> None:
    """Demand what it takes where a user's sheet gives or takes what administrators may do."""
    found = work[Users].get(user)
    before = _powers_of(work, found, sheet_of(work.unit, HolderKind.USER, user))
    change_powers(work, found, sheet, before, _powers_of(work, found, sheet))


def _powers_of(work: Work, user: User, sheet: GrantSheet) -> frozenset[str]:
    """Give what of the administrators' comes with a sheet, cancelled out, out of use or not."""
    groups = sheets_of(work.unit, HolderKind.GROUP, sorted(sheet.groups))
    roles = sheet.roles.union(*(one.roles for one in groups))
    through = sheets_of(work.unit, HolderKind.ROLE, sorted(roles))
    held = set[str]().union(*(one.permissions for one in (sheet, *groups, *through)))
    for one in everything_of(work, user):
        held |= one.permissions if one.holder is HolderKind.DEPARTMENT else set()
    return frozenset(filter(is_power, held))


@frozen(kw_only=True)
class GrantPermission:
    """A permission for a user, role, group or department; ``passable`` may be granted on."""

    holder: HolderKind = field(metadata=said("持有者类型", example="user"))
    holder_id: str = field(metadata=said("持有者编号", example="clerk"))
    permission: str = field(metadata=said("权限", example="tasks.close"))
    passable: bool = field(default=False, metadata=said("是否可以再分配", example=False))


@use_case("identity.grant", "授予权限")
def grant(work: Work, cmd: GrantPermission) -> str:
    """Grant a permission within the administrator's area: one he holds and may pass on.

    Nobody grants to himself, nor brings two administrators' duties together in one holder. An
    administrators' duty goes to users, with a second person's consent, or to a role that nobody
    holds yet.
    """
    granted = {cmd.permission}
    return _regranted(work, cmd.holder, cmd.holder_id, granted, passable=cmd.passable)[0].id


@frozen(kw_only=True)
class ChangeGrants:
    """What a holder is granted, and what is withdrawn from him, at once.

    Of those that are ``granted`` anew, ``passable`` tells whether they may be granted on.
    """

    holder: HolderKind = field(metadata=said("持有者类型", example="role"))
    holder_id: str = field(metadata=said("持有者编号", example="clerk"))
    granted: frozenset[str] = field(default=frozenset(), metadata=said("授予的权限"))
    revoked: frozenset[str] = field(default=frozenset(), metadata=said("收回的权限"))
    passable: bool = field(default=False, metadata=said("新授予的是否可以再分配", example=False))


@use_case("identity.change_grants", "成批授予和收回权限")
def change_grants(work: Work, cmd: ChangeGrants) -> str:
    """Grant and withdraw many permissions, all of them or none; each as if it were the only one."""
    sheet, _ = _regranted(
        work, cmd.holder, cmd.holder_id, cmd.granted, cmd.revoked, passable=cmd.passable
    )
    return sheet.id


def _regranted(  # noqa: PLR0913 - what changes, and for whom
    work: Work,
    holder: HolderKind,
    holder_id: str,
    granted: Collection[str] = (),
    revoked: Collection[str] = (),
    *,
    passable: bool = False,
) -> tuple[GrantSheet, bool]:
    """Change what a holder was granted; tell whether anything did. Raises ``GrantForbidden``.

    To withdraw takes who could have granted: otherwise it could be taken, used and be given back.
    """
    hold_access(work)
    require_holder(work, holder, holder_id)
    sheet = sheet_of(work.unit, holder, holder_id)
    gone = sheet.permissions.intersection(revoked)
    moved = sorted(gone.union(granted))
    giver = Giver.of(work, work.actor)
    violations = [each for one in moved for each in giver.against(one)]
    violations += [
        Violation("identity.permission_unknown", "permission", {"permission": one})
        for one in sorted(set(granted) - _known(work))
    ]
    if _own(work, holder, holder_id):
        violations.append(Violation("identity.own_access", "holder_id"))
    violations += _carried(work, holder, holder_id, moved)
    refuse_if(GrantForbidden, violations)
    for one in sorted(gone):
        sheet.revoke(one, at=work.now)
    for one in sorted(granted):
        sheet.grant(one, passable=passable, by=work.actor.user, at=work.now)
    if moved:
        if holder is HolderKind.USER:
            _changed_powers(work, holder_id, sheet)
        keep(work, GrantSheets, sheet)
    return sheet, bool(moved)


def _known(work: Work) -> frozenset[str]:
    known = work[PermissionCatalogue].permissions()
    contexts = {f"{one.split('.', 1)[0]}.*" for one in known}
    return known | contexts | {SUPER}


@frozen(kw_only=True)
class RevokePermission:
    """A permission to withdraw from a holder."""

    holder: HolderKind = field(metadata=said("持有者类型", example="user"))
    holder_id: str = field(metadata=said("持有者编号", example="clerk"))
    permission: str = field(metadata=said("权限", example="tasks.close"))


@use_case("identity.revoke", "收回权限", answers="此前是否持有")
def revoke(work: Work, cmd: RevokePermission) -> bool:
    """Withdraw a permission, from the next request on; answers whether it was granted there.

    It takes who could have granted it.
    """
    return _regranted(work, cmd.holder, cmd.holder_id, revoked={cmd.permission})[1]


@frozen(kw_only=True)
class AssignRoles:
    """The roles, and for a user the groups, that a user or group shall have: exactly these."""

    holder: HolderKind = field(metadata=said("持有者类型", example="user"))
    holder_id: str = field(metadata=said("持有者编号", example="clerk"))
    roles: frozenset[str] = field(default=frozenset(), metadata=said("角色编号"))
    groups: frozenset[str] = field(default=frozenset(), metadata=said("群组编号"))


@use_case("identity.assign_roles", "分配角色和群组")
def assign_roles(work: Work, cmd: AssignRoles) -> str:
    """Give a user or group its roles and groups.

    What comes or goes must be the actor's to give: a role delegated to him for all departments of
    the user, or one of which he may pass on everything. A duty comes and goes with a second person.
    """
    hold_access(work)
    require_holder(work, cmd.holder, cmd.holder_id)
    sheet = sheet_of(work.unit, cmd.holder, cmd.holder_id)
    changed = _moved(work, cmd, sheet)
    violations = list(against_giving(work, changed, to=_places(work, cmd.holder, cmd.holder_id)))
    if cmd.holder not in {HolderKind.USER, HolderKind.GROUP} or (
        cmd.groups and cmd.holder is not HolderKind.USER
    ):
        violations.append(Violation("identity.holder_takes_no_roles", "holder"))
    if _own(work, cmd.holder, cmd.holder_id):
        violations.append(Violation("identity.own_access", "holder_id"))
    moved = {name for one in changed for name in one.permissions}
    violations += _carried(work, cmd.holder, cmd.holder_id, moved)
    refuse_if(GrantForbidden, violations)
    sheet.assign(roles=cmd.roles, groups=cmd.groups, at=work.now)
    if cmd.holder is HolderKind.USER:
        _changed_powers(work, cmd.holder_id, sheet)
    keep(work, GrantSheets, sheet)
    return sheet.id


def _moved(work: Work, cmd: AssignRoles, before: GrantSheet) -> list[Source]:
    """Give what the holder would gain or lose, with what its groups hold."""
    roles, groups = cmd.roles ^ before.roles, cmd.groups ^ before.groups
    for one in sorted(cmd.roles - before.roles):
        work[Roles].get(one)
    for one in sorted(cmd.groups - before.groups):
        work[Groups].get(one)
    found = [sheet_of(work.unit, HolderKind.GROUP, one) for one in sorted(groups)]
    through = sorted(roles.union(*(one.roles for one in found)))
    found += (sheet_of(work.unit, HolderKind.ROLE, one) for one in through)
    return [source_of(one) for one in found]


def _places(work: Work, kind: HolderKind, id: str) -> tuple[str, ...]:
    """Give the departments whose people a holder's roles go to."""
    match kind:
        case HolderKind.USER:
            return tuple(sorted(work[Users].get(id).departments))
        case HolderKind.GROUP:
            return tuple(sorted({work[Groups].get(id).department, *_members(work, id)} - {""}))
        case HolderKind.ROLE:
            return tuple(one for one in (work[Roles].get(id).department,) if one)
        case HolderKind.DEPARTMENT:
            return (id,)


def _members(work: Work, group: str) -> Iterator[str]:
    """Give the departments of all who are in a group: it may go across them."""
    for page in every_page(partial(work[HolderQueries].page, HolderFilter(group=group))):
        for one in page.items:
            yield from work[Users].get(one.id).departments


@frozen(kw_only=True)
class DelegateRoles:
    """The roles that an administrator shall be able to give, and where: exactly these.

    In each department of ``every_role_in`` that is every role in use that belongs to no department
    and is part of no administrators' duty.
    """

    user_id: str = field(metadata=said("用户编号", example="clerk"))
    delegations: tuple[Delegation, ...] = field(default=(), metadata=said("可分配的角色及机构范围"))
    every_role_in: frozenset[str] = field(
        default=frozenset(), metadata=said("可分配其全部角色的机构的编号", to="department")
    )


@use_case("identity.delegate_roles", "设置可分配的角色")
def delegate_roles(work: Work, cmd: DelegateRoles) -> str:
    """设置可分配角色: let a user give roles in departments, without holding what they hold.

    Whoever may give anything delegates any role; others what was delegated to them, for the same
    department or below. Nobody does it for themselves. Source: proposal 6.4.1.4.
    """
    hold_access(work)
    user = living_user(work, cmd.user_id)
    sheet = sheet_of(work.unit, HolderKind.USER, user.id)
    wanted = {*cmd.delegations, *_of_every_role(work, cmd.every_role_in)}
    changed = wanted ^ {*sheet.delegations}
    violations = []
    if user.id == work.actor.user:
        violations.append(Violation("identity.own_access", "user_id"))
    area = Area(work, {one.department for one in changed})
    giver = Giver.of(work, work.actor)
    for one in sorted(changed, key=lambda one: (one.role, one.department)):
        if not area.holds(one.department):
            data = {"id": one.department}
            violations.append(Violation("identity.department_unknown", "delegations", data))
        elif not (giver.anything or giver.delegated(one.role, [area.above(one.department)])):
            violations.append(Violation("identity.not_delegated", "delegations", {"id": one.role}))
        if one.role and find(work.unit, Roles, one.role) is None:
            violations.append(Violation("identity.role_unknown", "delegations", {"id": one.role}))
    refuse_if(GrantForbidden, violations)
    sheet.delegate(wanted, at=work.now)
    keep(work, GrantSheets, sheet)
    return user.id


def _of_every_role(work: Work, departments: frozenset[str]) -> Iterator[Delegation]:
    """Give the delegation, in each of ``departments``, of every role meant for all of them."""
    if not departments:
        return
    shared = [one.id for one in _every_role(work) if one.enabled and not one.department]
    sheets = {one.id: one for one in sheets_of(work.unit, HolderKind.ROLE, shared)}
    for role in shared:
        sheet = sheets.get(sheet_id(HolderKind.ROLE, role))
        if sheet is None or not any(map(is_power, sheet.permissions)):
            for department in departments:
                yield Delegation(role=role, department=department)


def _every_role(work: Work) -> list[Role]:
    pages = every_page(partial(work[Lists].page, ROLES, ListFilter()))
    return work[Roles].find_many(one.id for page in pages for one in page.items)


@frozen(kw_only=True)
class ShipRoles:
    """The roles that come with the product, as this version has them."""

    roles: tuple[ShippedRole, ...] = field(metadata=said("内置角色"))


@use_case("identity.ship_roles", "置备内置角色", by_programs="安装和升级时由程序置备")
def ship_roles(work: Work, cmd: ShipRoles) -> Mapping[str, tuple[str, ...]]:
    """置备内置角色: add the roles that are not there, and what is new in those that are.

    What administrators renamed, took out of use or withdrew stays as they left it: a permission
    comes with a role only once. It takes whoever may give anything. Answers with what each role
    that was there, by its code, got in addition.
    """
    hold_access(work)
    if not Giver.of(work, work.actor).anything:
        raise PermissionDenied(ship_roles.permission)
    known = {one.code: one for one in _every_role(work) if one.code}
    shipped = {one.code: _shipped(work, one, known.get(one.code)) for one in cmd.roles}
    return {code: new for code, new in shipped.items() if code in known and new}


def _shipped(work: Work, wanted: ShippedRole, known: Role | None) -> tuple[str, ...]:
    role = known or Role.add(
        id=work.ids.next_id(), name=wanted.title, department="", code=wanted.code
    )
    new = role.ship(wanted.permissions)
    if known is not None and not new:
        return ()
    violations = [
        Violation("identity.permission_unknown", "permission", {"permission": one})
        for one in sorted(set(new) - _known(work))
    ]
    violations += _carried(work, HolderKind.ROLE, role.id, new)
    refuse_if(GrantForbidden, violations)
    keep(work, Roles, role)
    if new:
        sheet = sheet_of(work.unit, HolderKind.ROLE, role.id)
        for one in sorted(new):
            sheet.grant(one, passable=False, by=work.actor.user, at=work.now)
        keep(work, GrantSheets, sheet)
    return tuple(sorted(new))


@frozen(kw_only=True)
class AddRole:
    """A role or group by name, maintained by the administrators of a department."""

    name: str = field(metadata=said("角色或群组的名称", example="检查员"))
    department: str = field(
        default="", metadata=said("维护该角色或群组的机构的编号", example="nanning")
    )


def _add(work: Work, port: type[Repository[AnyRole]], made: AnyRole) -> str:
    require_area(work, port.kind, made.id, [made.department] if made.department else [])
    if made.department and find(work.unit, Departments, made.department) is None:
        data = {"id": made.department}
        raise RoleInvalid((Violation("identity.department_unknown", "department", data),))
    keep(work, port, made)
    return made.id


@use_case("identity.add_role", "新增角色")
def add_role(work: Work, cmd: AddRole) -> str:
    """Add a role that holds nothing yet; one of no department is for the super administrator."""
    made = Role.add(id=work.ids.next_id(), name=cmd.name, department=cmd.department)
    return _add(work, Roles, made)


@use_case("identity.add_group", "新增群组")
def add_group(work: Work, cmd: AddRole) -> str:
    """Add a group that holds nothing yet; one of no department is for the super administrator."""
    made = Group.add(id=work.ids.next_id(), name=cmd.name, department=cmd.department)
    return _add(work, Groups, made)


@frozen(kw_only=True)
class ChangeRole:
    """A role's or group's name, and whether it is in use."""

    id: str = field(metadata=said("编号", example="n000001"))
    name: str = field(metadata=said("角色或群组的名称", example="检查员"))
    enabled: bool = field(default=True, metadata=said("是否启用", example=True))


def _change(work: Work, port: type[Repository[AnyRole]], cmd: ChangeRole) -> str:
    hold_access(work)
    found = _managed(work, port, cmd.id)
    if cmd.enabled != found.enabled:
        refuse_if(GrantForbidden, _against_switching(work, HolderKind(port.kind), cmd.id))
    found.change(name=cmd.name, enabled=cmd.enabled)
    keep(work, port, found)
    return found.id


def _against_switching(work: Work, kind: HolderKind, id: str) -> Iterator[Violation]:
    """Give what is against taking a role or group into use or out of it: it gives and takes."""
    if _own(work, kind, id):
        yield Violation("identity.own_access", "id")
    sheet = sheet_of(work.unit, kind, id)
    sheets = [sheet, *(sheet_of(work.unit, HolderKind.ROLE, one) for one in sorted(sheet.roles))]
    sources = [source_of(one) for one in sheets]
    yield from against_giving(work, sources, to=_places(work, kind, id))
    yield from _carried(work, kind, id, (name for one in sources for name in one.permissions))


@use_case("identity.change_role", "修改角色")
def change_role(work: Work, cmd: ChangeRole) -> str:
    """Rename a role, or take it into use or out of it."""
    return _change(work, Roles, cmd)


@use_case("identity.change_group", "修改群组")
def change_group(work: Work, cmd: ChangeRole) -> str:
    """Rename a group, or take it into use or out of it."""
    return _change(work, Groups, cmd)
