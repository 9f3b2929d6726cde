"""Roles, groups, what was granted to whom, and what follows from it for one user."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import ClassVar, Final, Self

from attrs import define, field, frozen

from supervision_core.identity.model.department import Department
from supervision_core.identity.model.lengths import too_long
from supervision_core.identity.model.user import User
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.errors import Refused, Scalar, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.fields import said
from supervision_core.kernel.one_line import not_one_line


@define(eq=False)
class GrantForbidden(Refused):
    """The administrator may not grant or withdraw this."""

    code: ClassVar[str] = "identity.grant_forbidden"


@define(eq=False)
class RoleInvalid(Refused):
    """The role or group as described cannot be kept."""

    code: ClassVar[str] = "identity.role_invalid"


@define(eq=False)
class SealBroken(Tampered):
    """A row that decides about permissions is not the one to be believed: deny, and alarm."""

    code: ClassVar[str] = "identity.seal_broken"

    @classmethod
    def at(cls, kind: str, id: str, version: int) -> Self:
        """Say which row it is, as it was read; version 0 stands for a row that is not there."""
        data: dict[str, Scalar] = {"kind": kind, "id": id, "version": version}
        return cls((Violation(cls.code, f"{kind}/{id}", data),))


@frozen(kw_only=True)
class AccessChanged(Event):
    """What a holder was granted changed."""

    holder: str


class HolderKind(StrEnum):
    """Who can hold grants."""

    USER = "user"
    ROLE = "role"
    GROUP = "group"
    DEPARTMENT = "department"


class Duty(StrEnum):
    """管理员职责 (Duty): system, security and audit administration; no one has two of them.

    Source: GB/T 22239-2019 8.1.5; proposal 5974-6042.
    """

    SYSTEM = "system"
    SECURITY = "security"
    AUDIT = "audit"


SUPER: Final = "identity.administer_everything"
"""What makes a super administrator (超级管理员): every department is his area, every permission
his to grant. It widens where and what, not which acts: for those he needs the acts' own
permissions, and so has one duty like everybody. ``identity.*`` includes it."""

_SECURITY_VERBS = frozenset(
    {"grant", "revoke", "assign_roles", "assign_groups", "add_role", "change_role", "add_group"}
    | {"change_group", "appoint_administrators", "reset_password"}
    | {"revoke_sessions", "bind_certificate", "unbind_certificate", "decide_export"}
    | {"synchronise_roles", "request_role_synchronisation", "tie_role", "ship_roles"}
    | {"delegate_roles", "change_contact", "change_grants"}
)
DECIDING: Final = "identity.decide_second_person"
"""What it takes to consent to what another administrator may not do alone."""
OVER_DUTIES: Final = frozenset({SUPER, DECIDING})
"""What is part of no duty and gives power over whichever its holder has."""
_CONSENTING = frozenset({"request_second_person", "decide_second_person", "withdraw_second_person"})
"""What administrators of every duty do: they ask each other for consent."""
_GIVEN_OUT = frozenset({"export_roles", "export_groups", "export_department_lines"})
"""To give out a list that names no person is to look."""
DUTY_LINGERS: Final = timedelta(days=731)
"""How long somebody is still treated as a holder of a duty that has ended: two years."""
LONGEST_ROLE_NAME = 100
MOST_KNOWN: Final = 10_000
"""Permissions whose duties a process knows."""
_READING = ("view_", "list_", "read_")
"""How the verbs of questions begin: to look is nobody's duty."""


@lru_cache(MOST_KNOWN)
def duties_of(permission: str) -> frozenset[Duty]:
    """Give the duties that ``permission`` is part of: none for the business's own."""
    context, _, verb = permission.partition(".")
    if context == "audit":
        return frozenset({Duty.AUDIT})
    if context != "identity" or permission == SUPER or verb.startswith(_READING):
        return frozenset()
    if verb in _CONSENTING | _GIVEN_OUT:
        return frozenset()
    if verb == "*":
        return frozenset({Duty.SYSTEM, Duty.SECURITY})
    return frozenset({Duty.SECURITY if verb in _SECURITY_VERBS else Duty.SYSTEM})


def duties_in(permissions: Iterable[str]) -> frozenset[Duty]:
    """Give every duty that these permissions are part of together."""
    return frozenset[Duty]().union(*map(duties_of, permissions))


def is_power(permission: str) -> bool:
    """Tell whether ``permission`` gives power over a duty: to do it, or over those who do."""
    return bool(duties_of(permission)) or permission in OVER_DUTIES


def powers_in(permissions: Iterable[str]) -> frozenset[Duty]:
    """Give every duty over which these permissions give power together.

    Whoever may consent, or administers everything, has power over the duty that he does; without
    one over each that he may come to.
    """
    held = frozenset(permissions)
    return duties_in(held) or (frozenset() if OVER_DUTIES.isdisjoint(held) else frozenset(Duty))


@define(eq=False, kw_only=True)
class Role(Aggregate):
    """角色 (Role): permissions under one name, for users and groups to be given together.

    ``department`` is the department whose administrators maintain it, empty for everybody's. One
    that came with the product has a ``code`` and keeps which permissions ever came with it.
    Source: proposal 6.4.1.4 多层次的安全级别体系.
    """

    _name: str
    _department: str = ""
    _enabled: bool = True
    _code: str = ""
    _shipped: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """Its name."""
        return self._name

    @property
    def department(self) -> str:
        """The department that maintains it."""
        return self._department

    @property
    def enabled(self) -> bool:
        """Whether it gives anything."""
        return self._enabled

    @property
    def code(self) -> str:
        """What names it for good where it came with the product."""
        return self._code

    def ship(self, permissions: Iterable[str]) -> frozenset[str]:
        """Give those of ``permissions`` that never came with it before, and keep them all."""
        new = frozenset(permissions) - self._shipped
        self._shipped |= new
        return new

    @classmethod
    def add(cls, *, id: str, name: str, department: str, code: str = "") -> "Role":
        """Add one that holds nothing yet. Raises ``RoleInvalid``."""
        made = cls(id=id, name="", department=department, code=code)
        made.change(name=name, enabled=True)
        return made

    def change(self, *, name: str, enabled: bool) -> None:
        """Rename it, or take it into use or out of it. Raises ``RoleInvalid``."""
        faults = [] if name.strip() else [Violation("identity.role_name_missing", "name")]
        faults += too_long({"name": (name.strip(), LONGEST_ROLE_NAME)})
        faults += not_one_line({"name": name.strip()})
        refuse_if(RoleInvalid, faults)
        self._name, self._enabled = name.strip(), enabled


@define(eq=False, kw_only=True)
class Group(Role):
    """群组 (Group): users who are given roles and permissions together, across departments."""

    @classmethod
    def add(cls, *, id: str, name: str, department: str, code: str = "") -> "Group":
        """Add one that holds nothing yet. Raises ``RoleInvalid``."""
        made = cls(id=id, name="", department=department, code=code)
        made.change(name=name, enabled=True)
        return made


@frozen(kw_only=True)
class Grant:
    """授权 (Grant): one permission that somebody gave.

    ``passable`` says that the holder may grant it on (允许再次分配).
    """

    permission: str = field(metadata=said("权限", example="tasks.close"))
    passable: bool = field(metadata=said("是否可以再分配", example=False))
    by: str = field(metadata=said("授权人的用户编号", example="security"))
    at: datetime = field(metadata=said("时间", example="2026-01-31T08:00:00+00:00"))


@frozen(kw_only=True)
class Delegation:
    """可分配角色 (Delegation): a role that an administrator may give in a department and below.

    It is a role to give, not to use. An empty ``role`` stands for what the department itself was
    granted, which comes with membership. Source: proposal 6.4.1.4 (分级授权).
    """

    role: str = field(metadata=said("角色编号，空文本表示机构自身的授权", example="r1"))
    department: str = field(metadata=said("可以在哪一机构及其下级分配", example="nanning"))


@frozen(kw_only=True)
class EndedDuty:
    """A duty that its holder had until ``at``."""

    duty: Duty
    at: datetime


def sheet_id(kind: HolderKind, id: str) -> str:
    """Give the id of the sheet of a holder."""
    return f"{kind.value}/{id}"


@define(eq=False, kw_only=True)
class GrantSheet(Aggregate):
    """授权表 (GrantSheet): everything granted to one holder, sealed as a whole.

    Its id is ``kind/id`` of the holder. A user or group holds roles, a user is in groups. A user's
    also says which roles he may give (``delegations``), who gave him the duties that he has
    (``duty_hands``), and which duties he had before (``ended_duties``).
    """

    _grants: tuple[Grant, ...] = ()
    _roles: frozenset[str] = frozenset()
    _groups: frozenset[str] = frozenset()
    _delegations: tuple[Delegation, ...] = ()
    _duty_hands: frozenset[str] = frozenset()
    _ended_duties: tuple[EndedDuty, ...] = ()

    @classmethod
    def empty(cls, kind: HolderKind, id: str) -> "GrantSheet":
        """Give the sheet of a holder to whom nothing was granted yet."""
        return cls(id=sheet_id(kind, id))

    @property
    def grants(self) -> tuple[Grant, ...]:
        """The permissions, by name."""
        return self._grants

    @property
    def roles(self) -> frozenset[str]:
        """Ids of its roles."""
        return self._roles

    @property
    def groups(self) -> frozenset[str]:
        """Ids of its groups."""
        return self._groups

    @property
    def delegations(self) -> tuple[Delegation, ...]:
        """The roles that the holder may give, and where, by role and department."""
        return self._delegations

    @property
    def duty_hands(self) -> frozenset[str]:
        """Ids of those who gave the holder the duties that he has."""
        return self._duty_hands

    @property
    def permissions(self) -> frozenset[str]:
        """The names of what is granted here."""
        return frozenset(one.permission for one in self._grants)

    def lingering_duties(self, at: datetime) -> frozenset[Duty]:
        """Give the duties that ended less than ``DUTY_LINGERS`` ago."""
        return frozenset(one.duty for one in self._ended_duties if at < one.at + DUTY_LINGERS)

    @property
    def duties(self) -> frozenset[Duty]:
        """The duties that what is granted here is part of."""
        return duties_in(self.permissions)

    def grant(self, permission: str, *, passable: bool, by: str, at: datetime) -> None:
        """Grant, or grant anew. Raises ``GrantForbidden`` where two duties would come together."""
        given = Grant(permission=permission, passable=passable, by=by, at=at)
        others = [one for one in self._grants if one.permission != permission]
        if len(duties_in(self.permissions | {permission})) > 1 and duties_of(permission):
            raise GrantForbidden((Violation("identity.duties_not_separate", "permission"),))
        self._grants = tuple(sorted((*others, given), key=lambda one: one.permission))
        self._record(AccessChanged(at=at, holder=self.id))

    def revoke(self, permission: str, *, at: datetime) -> bool:
        """Withdraw; tell whether it was granted here."""
        left = tuple(one for one in self._grants if one.permission != permission)
        was_granted = len(left) < len(self._grants)
        if was_granted:
            self._grants = left
            self._record(AccessChanged(at=at, holder=self.id))
        return was_granted

    def assign(self, *, roles: frozenset[str], groups: frozenset[str], at: datetime) -> None:
        """Let the holder have exactly these roles and groups."""
        self._roles, self._groups = roles, groups
        self._record(AccessChanged(at=at, holder=self.id))

    def delegate(self, delegations: Iterable[Delegation], *, at: datetime) -> None:
        """Let the holder give exactly these roles."""
        ordered = sorted(set(delegations), key=lambda one: (one.role, one.department))
        self._delegations = tuple(ordered)
        self._record(AccessChanged(at=at, holder=self.id))

    def note_duties(
        self, before: frozenset[Duty], after: frozenset[Duty], *, by: str, at: datetime
    ) -> None:
        """Keep who (``by``) gave something of a duty, and since when one has ended."""
        hands = self._duty_hands if after else frozenset[str]()
        self._duty_hands = hands | {by} - {""}
        left = [one for one in self._ended_duties if one.duty not in before - after]
        self._ended_duties = (
            *left,
            *(EndedDuty(duty=one, at=at) for one in sorted(before - after)),
        )


@frozen(kw_only=True)
class AccessPicture:
    """All that decides what one user may do; what is not there gives nothing."""

    sheets: Mapping[str, GrantSheet] = field(factory=dict)
    roles: Mapping[str, Role] = field(factory=dict)
    groups: Mapping[str, Group] = field(factory=dict)
    departments: Mapping[str, Department] = field(factory=dict)


@frozen(kw_only=True)
class Access:
    """有效权限 (Access): what a user may do, and which of it he may grant on.

    The union of what his roles, he himself, his groups and his departments were granted, and the
    departments above as far as each below inherits by choice. Should two duties meet in one
    person all the same, he has none of them. Source: proposal 6.4.1.4.1.5, 6.4.1.4.2.5.
    """

    permissions: frozenset[str] = field(repr=False, metadata=said("持有的权限"))
    passable: frozenset[str] = field(repr=False, metadata=said("允许再次分配的权限"))
    duties: frozenset[Duty] = field(metadata=said("管理职责：system系统，security安全，audit审计"))


def inherited(
    start: str, departments: Mapping[str, Department], on: date | None = None
) -> Iterator[str]:
    """Give the departments whose grants hold for a member of ``start``, nearest first.

    Without a day also through those that are not in use.
    """
    seen: set[str] = set()
    next_up = start
    while next_up and next_up not in seen:
        seen.add(next_up)
        department = departments.get(next_up)
        if department is None or (on is not None and not department.works_on(on)):
            return
        yield next_up
        next_up = department.data.parent if department.data.inherits else ""


def access_of(user: User, picture: AccessPicture, *, on: date) -> Access:
    """Give what ``user`` may do on the day ``on``; nothing unless he may log in then."""
    if not user.works_on(on):
        return Access(permissions=frozenset(), passable=frozenset(), duties=frozenset())
    return access_once_active(user, picture, on=on)


def access_once_active(user: User, picture: AccessPicture, *, on: date) -> Access:
    """Give what ``user`` may do on the day ``on``, or would if he were let in again."""
    return _union(
        grant for one in _holders(user, picture, on) for grant in picture.sheets[one].grants
    )


def _union(grants: Iterable[Grant]) -> Access:
    found = list(grants)
    duties = duties_in(one.permission for one in found)
    if len(duties) > 1:
        found = [one for one in found if not duties_of(one.permission)]
        duties = frozenset()
    return Access(
        permissions=frozenset(one.permission for one in found),
        passable=frozenset(one.permission for one in found if one.passable),
        duties=duties,
    )


@frozen(kw_only=True)
class Source:
    """What a user has from one holder: himself, a group, a role or a department."""

    holder: HolderKind
    id: str
    permissions: frozenset[str]


def sources_of(user: User, picture: AccessPicture) -> tuple[Source, ...]:
    """Give every holder that gives ``user`` something, in use at the moment or not.

    What is out of use comes back without an act on the user, and two duties that cancel each other
    out do so only until one is taken: both count here.
    """
    return tuple(
        source_of(picture.sheets[one])
        for one in _holders(user, picture, None)
        if picture.sheets[one].grants
    )


def source_of(sheet: GrantSheet) -> Source:
    """Give what the holder of ``sheet`` gives."""
    kind, _, held_by = sheet.id.partition("/")
    return Source(holder=HolderKind(kind), id=held_by, permissions=sheet.permissions)


def _holders(user: User, picture: AccessPicture, on: date | None) -> Iterable[str]:
    """Give the ids of the sheets that count for ``user``; without a day also what is not in use."""
    holders = [sheet_id(HolderKind.USER, user.id)]
    own = picture.sheets.get(holders[0])
    groups = {one for one in (own.groups if own else ()) if _in_use(picture.groups, one, on)}
    holders += (sheet_id(HolderKind.GROUP, one) for one in sorted(groups))
    roles = {
        role
        for holder in holders
        if (sheet := picture.sheets.get(holder)) is not None
        for role in sheet.roles
        if _in_use(picture.roles, role, on)
    }
    holders += (sheet_id(HolderKind.ROLE, one) for one in sorted(roles))
    for member in user.memberships:
        above = inherited(member.department, picture.departments, on)
        holders += (sheet_id(HolderKind.DEPARTMENT, one) for one in above)
    return [one for one in dict.fromkeys(holders) if one in picture.sheets]


def _in_use(roles: Mapping[str, Role], id: str, on: date | None) -> bool:
    found = roles.get(id)
    return found is not None and (on is None or found.enabled)
