"""Who is granted what, and what a user may do in the end."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from supervision_core.identity.model import (
    NOWHERE,
    Access,
    AccessPicture,
    Actor,
    DataScope,
    Department,
    GrantSheet,
    HolderKind,
    Role,
    SceneRole,
    User,
    UserKind,
    sheet_id,
)
from supervision_core.identity.ports import (
    Departments,
    GrantSheets,
    Groups,
    KnownVersions,
    Roles,
    Users,
)
from supervision_core.identity.services.keeping import (
    find_known,
    named,
)
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


def rests_on(user: User, picture: AccessPicture) -> frozenset[str]:
    """Name every row whose change may change what ``user`` may do, whether it is there or not.

    What lies below a department is not among them.
    """
    departments = {*picture.departments, *user.departments}
    departments |= {one.data.parent for one in picture.departments.values() if one.data.parent}
    groups = {*picture.groups, *(one for sheet in picture.sheets.values() for one in sheet.groups)}
    roles = {*picture.roles, *(one for sheet in picture.sheets.values() for one in sheet.roles)}
    holders = {
        HolderKind.USER: {user.id},
        HolderKind.DEPARTMENT: departments,
        HolderKind.GROUP: groups,
        HolderKind.ROLE: roles,
    }
    return frozenset(
        {
            named(Users, user.id),
            *(named(Departments, one) for one in departments),
            *(named(Groups, one) for one in groups),
            *(named(Roles, one) for one in roles),
            *(
                named(GrantSheets, sheet_id(kind, one))
                for kind, ids in holders.items()
                for one in ids
            ),
        }
    )


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


def actor_of(
    unit: UnitOfWork,
    user: User,
    department: str,
    access: Access,
    below: Callable[[str], frozenset[str]] | None = None,
) -> Actor:
    """Give ``user`` at work for ``department``: what he may do, and which rows he reaches.

    Staff reach the region of the department and in it what belongs to the department or one below,
    or to any where it coordinates: what lies ``below``, read anew unless it is given, is not
    asked there. Anybody else reaches what concerns the party he acts for.
    """
    role = _ROLES.get(user.extended.kind)
    if role is not None:
        scope = DataScope(region=NOWHERE, role=role, party=user.extended.party)
    else:
        home = unit[Departments].get(department)
        owners = frozenset[str]()
        if not home.data.coordinates:
            below = below or unit[Departments].tree().below
            owners = below(department) | {department}
        scope = DataScope(region=home.data.region, departments=owners)
    return Actor(user=user.id, department=department, scope=scope, permissions=access.permissions)


def sheet_of(unit: UnitOfWork, kind: HolderKind, id: str) -> GrantSheet:
    """Give what a holder was granted, stored or new. Raises ``SealBroken``."""
    return next(iter(sheets_of(unit, kind, [id])), GrantSheet.empty(kind, id))


def sheets_of(unit: UnitOfWork, kind: HolderKind, ids: Iterable[str]) -> list[GrantSheet]:
    """Give what those of several holders were granted who were ever. Raises ``SealBroken``."""
    return list(_sheets(unit, [sheet_id(kind, one) for one in ids]).values())
