"""Who is granted what, and what a user may do in the end."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from attrs import frozen

from supervision_core.identity.model import (
    NOWHERE,
    SUPER,
    Access,
    AccessPicture,
    Actor,
    DataScope,
    Department,
    GrantForbidden,
    GrantSheet,
    Group,
    HolderKind,
    Role,
    RoleInvalid,
    SceneRole,
    User,
    UserKind,
    access_of,
    access_once_active,
    duties_in,
    includes,
    sheet_id,
)
from supervision_core.identity.ports import (
    Departments,
    GrantSheets,
    Groups,
    KnownVersions,
    PermissionCatalogue,
    Roles,
    Users,
)
from supervision_core.identity.services.frame import Work, use_case
from supervision_core.identity.services.keeping import (
    find,
    find_known,
    is_super,
    keep,
    require_area,
)
from supervision_core.identity.services.users import living_user
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import NotFound, Violation, refuse_if
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.ports import Repository, UnitOfWork

Root = TypeVar("Root", bound=Aggregate)
AnyRole = TypeVar("AnyRole", bound=Role)

_ROLES = {
    UserKind.THIRD_PARTY: SceneRole.THIRD_PARTY,
    UserKind.ENTERPRISE: SceneRole.ENTERPRISE,
    UserKind.CITIZEN: SceneRole.CITIZEN,
}


def picture_of(unit: UnitOfWork, user: User) -> AccessPicture:
    """Read all that decides what ``user`` may do. Raises ``SealBroken``.

    A row that is named and not there counts as broken where the log knows it.
    """
    departments = _lineages(unit, user)
    holders = (sheet_id(HolderKind.DEPARTMENT, one) for one in departments)
    sheets = _sheets(unit, [sheet_id(HolderKind.USER, user.id), *holders])
    groups = _all_of(unit, Groups, {one for sheet in sheets.values() for one in sheet.groups})
    sheets |= _sheets(unit, [sheet_id(HolderKind.GROUP, one) for one in groups])
    roles = _all_of(unit, Roles, {one for sheet in sheets.values() for one in sheet.roles})
    sheets |= _sheets(unit, [sheet_id(HolderKind.ROLE, one) for one in roles])
    return AccessPicture(sheets=sheets, roles=roles, groups=groups, departments=departments)


def _lineages(unit: UnitOfWork, user: User) -> dict[str, Department]:
    """Give the user's departments and all above them."""
    found: dict[str, Department] = {}
    for member in user.memberships:
        for one in unit[Departments].lineage(member.department):
            found[one.id] = one
    named = {one.department for one in user.memberships}
    named |= {one.data.parent for one in found.values() if one.data.parent}
    _missed(unit, Departments.kind, named - found.keys())
    return found


def _sheets(unit: UnitOfWork, holders: Sequence[str]) -> dict[str, GrantSheet]:
    """Give the sheets of these holders that exist."""
    found = {one.id: one for one in unit[GrantSheets].find_many(holders)}
    _missed(unit, GrantSheets.kind, set(holders) - found.keys())
    return found


def _all_of(unit: UnitOfWork, port: type[Repository[Root]], ids: Iterable[str]) -> dict[str, Root]:
    """Give the roles or groups of these ids that exist."""
    looked_up = (find_known(unit, port, one) for one in sorted(ids))
    return {one.id: one for one in looked_up if one is not None}


def _missed(unit: UnitOfWork, kind: str, ids: Iterable[str]) -> None:
    for one in sorted(ids):
        unit[KnownVersions].require(kind, one)


def actor_of(unit: UnitOfWork, user: User, department: str, access: Access) -> Actor:
    """Give ``user`` at work for ``department``: what he may do, and which rows he reaches.

    Staff reach the region of the department and in it what belongs to the department or one below,
    or to any where it coordinates. Anybody else reaches what concerns the party he acts for.
    """
    role = _ROLES.get(user.extended.kind)
    if role is not None:
        scope = DataScope(region=NOWHERE, role=role, party=user.extended.party)
    else:
        home = unit[Departments].get(department)
        below = {one.id for one in unit[Departments].below(department)}
        owners = frozenset() if home.data.coordinates else frozenset({department, *below})
        scope = DataScope(region=home.data.region, departments=owners)
    return Actor(user=user.id, department=department, scope=scope, permissions=access.permissions)


def sheet_of(unit: UnitOfWork, kind: HolderKind, id: str) -> GrantSheet:
    """Give what a holder was granted, stored or new. Raises ``SealBroken``."""
    found = find_known(unit, GrantSheets, sheet_id(kind, id))
    return found or GrantSheet.empty(kind, id)


def _access(work: Work, user: User) -> Access:
    return access_of(user, picture_of(work.unit, user), on=local_day(work.now))


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


def _may_give(work: Work, permissions: Iterable[str]) -> Iterator[Violation]:
    """Give what is against the actor's handing on ``permissions``: only what he may pass on."""
    if is_super(work):
        return
    access = _access(work, work[Users].get(work.actor.user))
    for one in sorted(permissions):
        if not includes(access.permissions, one):
            yield Violation("identity.not_held", "permission", {"permission": one})
        elif not includes(access.passable, one):
            yield Violation("identity.not_passable", "permission", {"permission": one})


def against_credentials(work: Work, user: User, *, alone: bool) -> Iterator[Violation]:
    """Give what is against the actor's handing somebody what lets him in as ``user``.

    Otherwise who gives credentials out could act as anybody. Nobody gives them to himself, nor to
    who has another administrators' duty than his own: the operator at the machine does, who alone
    has several. What lets in ``alone``, without another factor, is given only by who may pass on
    all that ``user`` holds.
    """
    if user.id == work.actor.user:
        yield Violation("identity.own_access", "user_id")
    access = access_once_active(user, picture_of(work.unit, user), on=local_day(work.now))
    duties = duties_in(work.actor.permissions)
    if access.duties and len(duties) == 1 and access.duties != duties:
        yield Violation("identity.duty_not_yours", "user_id")
    if alone:
        yield from _may_give(work, access.permissions)


def grantable(work: Work, permissions: Iterable[str]) -> tuple[str, ...]:
    """Give those of ``permissions`` that the actor may hand on, in order."""
    refused = {one.data["permission"] for one in _may_give(work, permissions)}
    return tuple(sorted(one for one in permissions if one not in refused))


@frozen(kw_only=True)
class GrantPermission:
    """A permission for a user, role, group or department; ``passable`` may be granted on."""

    holder: HolderKind
    holder_id: str
    permission: str
    passable: bool = False


@use_case("identity.grant")
def grant(work: Work, cmd: GrantPermission) -> str:
    """Grant a permission within the administrator's area: one he holds and may pass on.

    Nobody grants to himself, nor brings two administrators' duties together in one holder.
    """
    require_holder(work, cmd.holder, cmd.holder_id)
    violations = list(_may_give(work, [cmd.permission]))
    if not _known(work, cmd.permission):
        data = {"permission": cmd.permission}
        violations.append(Violation("identity.permission_unknown", "permission", data))
    if _own(work, cmd.holder, cmd.holder_id):
        violations.append(Violation("identity.own_access", "holder_id"))
    if cmd.holder is HolderKind.USER:
        violations += _mixed(work, cmd.holder_id, [cmd.permission])
    refuse_if(GrantForbidden, violations)
    sheet = sheet_of(work.unit, cmd.holder, cmd.holder_id)
    sheet.grant(cmd.permission, passable=cmd.passable, by=work.actor.user, at=work.now)
    keep(work, GrantSheets, sheet)
    return sheet.id


def _known(work: Work, permission: str) -> bool:
    known = work[PermissionCatalogue].permissions()
    contexts = {f"{one.split('.', 1)[0]}.*" for one in known}
    return permission in known | contexts | {SUPER}


def _mixed(work: Work, user: str, more: Iterable[str]) -> Iterator[Violation]:
    found = work[Users].get(user)
    picture = picture_of(work.unit, found)
    access = access_once_active(found, picture, on=local_day(work.now))
    if len(duties_in({*access.permissions, *more})) > 1:
        yield Violation("identity.duties_not_separate", "permission")


@frozen(kw_only=True)
class RevokePermission:
    """A permission to withdraw from a holder."""

    holder: HolderKind
    holder_id: str
    permission: str


@use_case("identity.revoke")
def revoke(work: Work, cmd: RevokePermission) -> bool:
    """Withdraw a permission, from the next request on; answers whether it was granted there."""
    require_holder(work, cmd.holder, cmd.holder_id)
    if _own(work, cmd.holder, cmd.holder_id):
        raise GrantForbidden((Violation("identity.own_access", "holder_id"),))
    sheet = sheet_of(work.unit, cmd.holder, cmd.holder_id)
    was_granted = sheet.revoke(cmd.permission, at=work.now)
    if was_granted:
        keep(work, GrantSheets, sheet)
    return was_granted


@frozen(kw_only=True)
class AssignRoles:
    """The roles, and for a user the groups, that a user or group shall have: exactly these."""

    holder: HolderKind
    holder_id: str
    roles: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()


@use_case("identity.assign_roles")
def assign_roles(work: Work, cmd: AssignRoles) -> str:
    """Give a user or group its roles and groups.

    Whoever assigns one hands on all it holds, and so must hold and be allowed to pass on that.
    """
    require_holder(work, cmd.holder, cmd.holder_id)
    sheet = sheet_of(work.unit, cmd.holder, cmd.holder_id)
    new_roles, new_groups = cmd.roles - sheet.roles, cmd.groups - sheet.groups
    for one in sorted(new_roles):
        work[Roles].get(one)
    for one in sorted(new_groups):
        work[Groups].get(one)
    new = [sheet_of(work.unit, HolderKind.GROUP, one) for one in sorted(new_groups)]
    through = sorted(new_roles.union(*(one.roles for one in new)))
    new += (sheet_of(work.unit, HolderKind.ROLE, one) for one in through)
    given = {permission for one in new for permission in one.permissions}
    violations = list(_may_give(work, given))
    if cmd.holder not in {HolderKind.USER, HolderKind.GROUP} or (
        cmd.groups and cmd.holder is not HolderKind.USER
    ):
        violations.append(Violation("identity.holder_takes_no_roles", "holder"))
    if _own(work, cmd.holder, cmd.holder_id):
        violations.append(Violation("identity.own_access", "holder_id"))
    if cmd.holder is HolderKind.USER:
        violations += _mixed(work, cmd.holder_id, given)
    refuse_if(GrantForbidden, violations)
    sheet.assign(roles=cmd.roles, groups=cmd.groups, at=work.now)
    keep(work, GrantSheets, sheet)
    return sheet.id


@frozen(kw_only=True)
class AddRole:
    """A role or group by name, maintained by the administrators of a department."""

    name: str
    department: str = ""


def _add(work: Work, port: type[Repository[AnyRole]], made: AnyRole) -> str:
    require_area(work, port.kind, made.id, [made.department] if made.department else [])
    if made.department and find(work.unit, Departments, made.department) is None:
        data = {"id": made.department}
        raise RoleInvalid((Violation("identity.department_unknown", "department", data),))
    keep(work, port, made)
    return made.id


@use_case("identity.add_role")
def add_role(work: Work, cmd: AddRole) -> str:
    """Add a role that holds nothing yet; one of no department is for the super administrator."""
    made = Role.add(id=work.ids.next_id(), name=cmd.name, department=cmd.department)
    return _add(work, Roles, made)


@use_case("identity.add_group")
def add_group(work: Work, cmd: AddRole) -> str:
    """Add a group that holds nothing yet; one of no department is for the super administrator."""
    made = Group.add(id=work.ids.next_id(), name=cmd.name, department=cmd.department)
    return _add(work, Groups, made)


@frozen(kw_only=True)
class ChangeRole:
    """A role's or group's name, and whether it is in use."""

    id: str
    name: str
    enabled: bool = True


def _change(work: Work, port: type[Repository[AnyRole]], cmd: ChangeRole) -> str:
    found = _managed(work, port, cmd.id)
    if _own(work, HolderKind(port.kind), cmd.id) and cmd.enabled != found.enabled:
        raise GrantForbidden((Violation("identity.own_access", "id"),))
    found.change(name=cmd.name, enabled=cmd.enabled)
    keep(work, port, found)
    return found.id


@use_case("identity.change_role")
def change_role(work: Work, cmd: ChangeRole) -> str:
    """Rename a role, or take it into use or out of it."""
    return _change(work, Roles, cmd)


@use_case("identity.change_group")
def change_group(work: Work, cmd: ChangeRole) -> str:
    """Rename a group, or take it into use or out of it."""
    return _change(work, Groups, cmd)
