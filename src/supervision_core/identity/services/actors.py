"""Who acts behind a session, kept for as long as nobody's access changes."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from attrs import define, field, frozen

from supervision_core.identity.model import Actor, access_of
from supervision_core.identity.ports import (
    AccessEpoch,
    Departments,
    DepartmentTree,
    KnownVersions,
    Users,
)
from supervision_core.identity.services.access import actor_of, picture_of
from supervision_core.identity.services.keeping import find_known
from supervision_core.kernel.days import local_day
from supervision_core.kernel.ports import UnitOfWork

LONGEST: Final = timedelta(seconds=60)
"""After this long all seals are looked at again, whatever the epoch: an alarm within a minute."""

MOST_KEPT: Final = 50_000


@frozen
class _Kept:
    epoch: int
    alarms: int
    day: date
    at: datetime
    actor: Actor


@frozen
class _Trunk:
    epoch: int
    alarms: int
    at: datetime
    tree: DepartmentTree


@define(eq=False)
class Actors:
    """在线权限 (Actors): what each user at work may do, read once an epoch.

    A kept actor is given only in the epoch in which he was read, which the transaction that relies
    on him looks up: what was revoked anywhere counts from the next request on; and only until the
    log tells of another alarm or repair. Agreements of departments begin and end with the day, so
    no actor outlives it. The tree of departments is read once an epoch for all of them.
    """

    _kept: dict[tuple[str, str], _Kept] = field(factory=dict, init=False)
    _trunk: _Trunk | None = field(default=None, init=False)

    def kept(
        self, unit: UnitOfWork, user_id: str, department: str, *, epoch: int, now: datetime
    ) -> Actor | None:
        """Give ``user_id`` at work for ``department`` as he was read in ``epoch``, if he was."""
        kept, alarms = self._kept.get((user_id, department)), unit[KnownVersions].alarms
        good = kept is not None and kept.alarms == alarms and self._good(kept, epoch, now)
        return kept.actor if kept is not None and good else None

    def of(self, unit: UnitOfWork, user_id: str, department: str, *, now: datetime) -> Actor | None:
        """Give ``user_id`` at work for ``department``, ``None`` where he may not be.

        Raises ``SealBroken``.
        """
        epoch, place = unit[AccessEpoch].current(), (user_id, department)
        actor = self.kept(unit, user_id, department, epoch=epoch, now=now)
        if actor is not None:
            return actor
        alarms = unit[KnownVersions].alarms

        def below(id: str) -> frozenset[str]:
            return self._tree(unit, epoch, alarms, now).below(id)

        actor = actor_now(unit, user_id, department, local_day(now), below)
        if actor is None:
            self._kept.pop(place, None)
            return None
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[place] = _Kept(epoch, alarms, local_day(now), now, actor)
        return actor

    def _tree(self, unit: UnitOfWork, epoch: int, alarms: int, now: datetime) -> DepartmentTree:
        kept = self._trunk
        young = kept is not None and kept.at <= now < kept.at + LONGEST
        if kept is None or not young or (kept.epoch, kept.alarms) != (epoch, alarms):
            kept = self._trunk = _Trunk(epoch, alarms, now, unit[Departments].tree())
        return kept.tree

    def _good(self, kept: _Kept, epoch: int, now: datetime) -> bool:
        young = kept.at <= now < kept.at + LONGEST
        return young and kept.epoch == epoch and kept.day == local_day(now)


def actor_now(
    unit: UnitOfWork,
    user_id: str,
    department: str,
    day: date,
    below: Callable[[str], frozenset[str]] | None = None,
) -> Actor | None:
    """Give ``user_id`` at work for ``department`` as he is on ``day``, ``None`` where he may not.

    What lies ``below`` a department is read anew unless it is given. Raises ``SealBroken``.
    """
    user = find_known(unit, Users, user_id)
    if user is None or not user.works_on(day):
        return None
    if department and department not in user.departments:
        return None
    access = access_of(user, picture_of(unit, user), on=day)
    return actor_of(unit, user, department, access, below)
