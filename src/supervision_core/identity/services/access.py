"""Who is granted what, and what a user may do in the end."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from attrs import define, field

from supervision_core.identity.model import (
    NOWHERE,
    Access,
    AccessPicture,
    Actor,
    DataScope,
    Department,
    ExtendedData,
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
    PartyNames,
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


@define
class Shared:
    """What many users' access rests on, read once in a transaction: departments, roles, sheets."""

    unit: UnitOfWork
    _lineages: dict[str, Sequence[Department]] = field(factory=dict)
    _known: dict[str, GrantSheet | None] = field(factory=dict)
    _roots: dict[tuple[type, str], Any] = field(factory=dict)

    def lineages(self, user: User) -> dict[str, Department]:
        """Give the user's departments and all above them."""
        found: dict[str, Department] = {}
        for member in user.memberships:
            if member.department not in self._lineages:
                lineage = self.unit[Departments].lineage(member.department)
                self._lineages[member.department] = lineage
            for one in self._lineages[member.department]:
                found[one.id] = one
        named = {one.department for one in user.memberships}
        named |= {one.data.parent for one in found.values() if one.data.parent}
        _missed(self.unit, Departments.kind, named - found.keys())
        return found

    def sheets(self, holders: Iterable[str]) -> dict[str, GrantSheet]:
        """Give the sheets of these holders that exist."""
        wanted = list(dict.fromkeys(holders))
        new = [one for one in wanted if one not in self._known]
        found = {one.id: one for one in self.unit[GrantSheets].find_many(new)} if new else {}
        _missed(self.unit, GrantSheets.kind, set(new) - found.keys())
        self._known.update({one: found.get(one) for one in new})
        there = ((one, self._known[one]) for one in wanted)
        return {one: sheet for one, sheet in there if sheet is not None}

    def all_of(self, port: type[Repository[Root]], ids: Iterable[str]) -> dict[str, Root]:
        """Give the roles or groups of these ids that exist."""
        for one in sorted(ids):
            if (port, one) not in self._roots:
                self._roots[port, one] = find_known(self.unit, port, one)
        looked_up = (self._roots[port, one] for one in sorted(ids))
        return {one.id: one for one in looked_up if one is not None}


def picture_of(unit: UnitOfWork, user: User, shared: Shared | None = None) -> AccessPicture:
    """Read all that decides what ``user`` may do. Raises ``SealBroken``.

    A row that is named and not there counts as broken where the log knows it. What is ``shared``
    with others was read before, in the same transaction.
    """
    shared = shared or Shared(unit)
    departments = shared.lineages(user)
    holders = (sheet_id(HolderKind.DEPARTMENT, one) for one in departments)
    sheets = shared.sheets([sheet_id(HolderKind.USER, user.id), *holders])
    groups = shared.all_of(Groups, {one for sheet in sheets.values() for one in sheet.groups})
    sheets |= shared.sheets([sheet_id(HolderKind.GROUP, one) for one in groups])
    roles = shared.all_of(Roles, {one for sheet in sheets.values() for one in sheet.roles})
    sheets |= shared.sheets([sheet_id(HolderKind.ROLE, one) for one in roles])
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
        scope = DataScope(region=NOWHERE, role=role, party=_party(unit, user.extended))
    else:
        home = unit[Departments].get(department)
        owners = frozenset[str]()
        if not home.data.coordinates:
            below = below or unit[Departments].tree().below
            owners = below(department) | {department}
        scope = DataScope(region=home.data.region, departments=owners)
    return Actor(user=user.id, department=department, scope=scope, permissions=access.permissions)


def _party(unit: UnitOfWork, extended: ExtendedData) -> str:
    """Give the id of whom a user acts for: a firm that is named by its code has one of its own."""
    party = extended.party
    if extended.kind is not UserKind.ENTERPRISE or not party:
        return party
    return next(iter(sorted(unit[PartyNames].ids_of(party) - {party})), party)


def sheet_of(unit: UnitOfWork, kind: HolderKind, id: str) -> GrantSheet:
    """Give what a holder was granted, stored or new. Raises ``SealBroken``."""
    return next(iter(sheets_of(unit, kind, [id])), GrantSheet.empty(kind, id))


def sheets_of(unit: UnitOfWork, kind: HolderKind, ids: Iterable[str]) -> list[GrantSheet]:
    """Give what those of several holders were granted who were ever. Raises ``SealBroken``."""
    return list(Shared(unit).sheets([sheet_id(kind, one) for one in ids]).values())
