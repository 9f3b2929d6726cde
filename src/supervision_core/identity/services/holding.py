"""Who at work in a department holds a permission, read anew only where that was changed."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date

from attrs import define, field, frozen

from supervision_core.identity.model import HolderKind, User, access_of, includes, sheet_id
from supervision_core.identity.ports import AccessEpoch, GrantSheets, KnownVersions, Users
from supervision_core.identity.services.access import Shared, picture_of, rests_on
from supervision_core.identity.services.keeping import find_known, named
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.ports import UnitOfWork

_USER = named(Users, "")
_SHEET = named(GrantSheets, sheet_id(HolderKind.USER, ""))


@frozen(kw_only=True)
class _Staff:
    """What those at work in a department may do, as it was read on the day ``since``."""

    powers: Mapping[str, frozenset[str]]
    """By user, the permissions."""
    rests_on: frozenset[str]
    """By name, the rows that were read of them, but for those of single users."""
    since: date
    until: date
    """The last day on which no account or agreement that was read has ended or begun."""
    _holding: dict[str, tuple[str, ...]] = field(factory=dict, init=False)

    def holding(self, permission: str) -> tuple[str, ...]:
        """Give the users who hold a permission."""
        if permission not in self._holding:
            found = (one for one, held in self.powers.items() if includes(held, permission))
            self._holding[permission] = tuple(found)
        return self._holding[permission]

    def with_others(self, users: Collection[str], fresh: "_Staff") -> "_Staff":
        """Give it with what is ``fresh`` in the place of what was known of some users."""
        stay = {one: held for one, held in self.powers.items() if one not in users}
        return _Staff(
            powers={**stay, **fresh.powers}, rests_on=self.rests_on | fresh.rests_on,
            since=max(self.since, fresh.since), until=min(self.until, fresh.until),
        )  # fmt: skip


@define(eq=False)
class Holders:
    """Knows who holds what in departments, of users at work on a day.

    What was read is given until the transaction that asks sees a change of a row on which it rests,
    the day comes on which somebody begins or ends by himself, or the log tells of another alarm or
    repair. Of users who alone were changed, only these are read anew.
    """

    _staff: dict[str, _Staff] = field(factory=dict, init=False)
    _as_of: tuple[int, int] = field(default=(0, 0), init=False)
    """Epoch of access, and alarms followed."""
    _alike: dict[frozenset[str], frozenset[str]] = field(factory=dict, init=False)
    """Each set of permissions once: many hold the same."""

    def of(self, shared: Shared, department: str, permission: str, day: date) -> tuple[str, ...]:
        """Give the users at work for a department who hold a permission in it that day."""
        staff = self._staff.get(department)
        if staff is None or not staff.since <= day <= staff.until:
            staff = self._staff[department] = self._read(shared, _members(shared, department), day)
        return staff.holding(permission)

    def follow(self, unit: UnitOfWork, day: date) -> None:
        """Let go of what has changed: to be told once in each transaction that asks."""
        now = unit[AccessEpoch].current(), unit[KnownVersions].alarms
        if now == self._as_of:
            return
        (epoch, alarms), (before, known) = now, self._as_of
        changed = unit[AccessEpoch].changed(before, epoch) if alarms == known else None
        if changed is None:
            self._staff.clear()
            self._alike.clear()
        else:
            self._renew(Shared(unit), changed, day)
        self._as_of = now

    def _renew(self, shared: Shared, changed: frozenset[str], day: date) -> None:
        users = {_user_of(one) for one in changed} - {""}
        for department, staff in list(self._staff.items()):
            if not staff.rests_on.isdisjoint(changed):
                del self._staff[department]
        try:
            found = [find_known(shared.unit, Users, one) for one in sorted(users) if self._staff]
        except Tampered:  # found again when a department is read, at whose it is
            self._staff.clear()
            return
        for department, staff in self._staff.items():
            theirs = [one for one in found if one is not None and department in one.departments]
            if theirs or not users.isdisjoint(staff.powers):
                fresh = self._read(shared, theirs, day)
                self._staff[department] = staff.with_others(users, fresh)

    def _read(self, shared: Shared, users: Sequence[User], day: date) -> _Staff:
        powers, rests, until = dict[str, frozenset[str]](), set[str](), date.max
        with suppress(Tampered):  # found again below, at whose it is
            shared.sheets(sheet_id(HolderKind.USER, one.id) for one in users)
        for user in users:
            until = min(until, user.alike_until(day))
            if not user.works_on(day):
                continue
            with suppress(Tampered):  # whoever has rows under review is let in nowhere
                picture = picture_of(shared.unit, user, shared)
                held = access_of(user, picture, on=day).permissions
                powers[user.id] = self._alike.setdefault(held, held)
                rests |= rests_on(user, picture)
                above = (one.alike_until(day) for one in picture.departments.values())
                until = min(until, *above)
        others = frozenset(one for one in rests if not _user_of(one))
        return _Staff(powers=powers, rests_on=others, since=day, until=until)


def _members(shared: Shared, department: str) -> Sequence[User]:
    users = shared.unit[Users].of_department(department)
    return [one for one in users if department in one.departments]


def _user_of(changed: str) -> str:
    """Give the user who alone is another one by a change, if it is of such a row."""
    for beginning in (_SHEET, _USER):
        if changed.startswith(beginning):
            return changed.removeprefix(beginning)
    return ""
