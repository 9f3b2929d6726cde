"""Who is granted what, and what a user may do in the end."""

from collections.abc import Iterable, Mapping
from typing import ClassVar, Self, TypeVar

from attrs import define, field

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
    Roles,
    RowSeals,
    SealedRow,
    Users,
)
from supervision_core.identity.services.keeping import (
    find,
    sealed_row,
)
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.errors import Scalar, Violation
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.ports import Repository, UnitOfWork

Root = TypeVar("Root", bound=Aggregate)
AnyRole = TypeVar("AnyRole", bound=Role)

_ROLES = {
    UserKind.THIRD_PARTY: SceneRole.THIRD_PARTY,
    UserKind.ENTERPRISE: SceneRole.ENTERPRISE,
    UserKind.CITIZEN: SceneRole.CITIZEN,
}


@define(eq=False)
class SealBroken(Tampered):
    """A row that decides about permissions is not as it was sealed: deny, and raise the alarm."""

    code: ClassVar[str] = "identity.seal_broken"

    @classmethod
    def at(cls, row: SealedRow) -> Self:
        """Say which row it is, as it was read."""
        data: dict[str, Scalar] = {"kind": row.kind, "id": row.id, "version": row.version}
        return cls((Violation(cls.code, f"{row.kind}/{row.id}", data),))


def picture_of(unit: UnitOfWork, user: User) -> AccessPicture:
    """Read all that decides what ``user`` may do. Raises ``SealBroken``.

    A row that is named and not there counts as broken where it was ever sealed.
    """
    reading = _Reading(unit)
    reading.rows.append(sealed_row(Users.kind, user))
    departments = reading.lineages(user)
    holders = (sheet_id(HolderKind.DEPARTMENT, one) for one in departments)
    sheets = reading.sheets([sheet_id(HolderKind.USER, user.id), *holders])
    groups = reading.all_of(Groups, {one for sheet in sheets.values() for one in sheet.groups})
    sheets |= reading.sheets(sheet_id(HolderKind.GROUP, one) for one in groups)
    roles = reading.all_of(Roles, {one for sheet in sheets.values() for one in sheet.roles})
    sheets |= reading.sheets(sheet_id(HolderKind.ROLE, one) for one in roles)
    for broken in unit[RowSeals].broken(reading.rows):
        raise SealBroken.at(broken)
    return AccessPicture(sheets=sheets, roles=roles, groups=groups, departments=departments)


@define(eq=False)
class _Reading:
    """What is read for one picture, and the rows whose seals must hold."""

    unit: UnitOfWork
    rows: list[SealedRow] = field(factory=list)

    def lineages(self, user: User) -> dict[str, Department]:
        """Give the user's departments and all above them."""
        found: dict[str, Department] = {}
        for member in user.memberships:
            for one in self.unit[Departments].lineage(member.department):
                found[one.id] = one
        named = {one.department for one in user.memberships}
        named |= {one.data.parent for one in found.values() if one.data.parent}
        self._seen(Departments.kind, found, named)
        return found

    def sheets(self, holders: Iterable[str]) -> dict[str, GrantSheet]:
        """Give the sheets of these holders that exist."""
        named = list(holders)
        found = {one.id: one for one in self.unit[GrantSheets].find_many(named)}
        self._seen(GrantSheets.kind, found, named)
        return found

    def all_of(self, port: type[Repository[Root]], ids: Iterable[str]) -> dict[str, Root]:
        """Give the roles or groups of these ids that exist."""
        named = sorted(ids)
        looked_up = (find(self.unit, port, one) for one in named)
        found = {one.id: one for one in looked_up if one is not None}
        self._seen(port.kind, found, named)
        return found

    def _seen(self, kind: str, found: Mapping[str, Aggregate], named: Iterable[str]) -> None:
        self.rows += (sealed_row(kind, one) for one in found.values())
        self.rows += (SealedRow(kind=kind, id=one) for one in named if one not in found)


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
    """Give what a holder was granted, sealed or new. Raises ``SealBroken``."""
    return next(iter(sheets_of(unit, kind, [id])), GrantSheet.empty(kind, id))


def sheets_of(unit: UnitOfWork, kind: HolderKind, ids: Iterable[str]) -> list[GrantSheet]:
    """Give what those of several holders were granted who were ever. Raises ``SealBroken``."""
    reading = _Reading(unit)
    found = reading.sheets([sheet_id(kind, one) for one in ids])
    for broken in unit[RowSeals].broken(reading.rows):
        raise SealBroken.at(broken)
    return list(found.values())
