"""Who acts behind a session, kept until his own access changes."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from attrs import define, evolve, field, frozen

from supervision_core.identity.model import Actor, access_of
from supervision_core.identity.ports import (
    AccessEpoch,
    Departments,
    DepartmentTree,
    KnownVersions,
    Users,
)
from supervision_core.identity.services.access import actor_of, picture_of, rests_on
from supervision_core.identity.services.keeping import find_known, named
from supervision_core.identity.services.names import young
from supervision_core.kernel.days import local_day
from supervision_core.kernel.ports import UnitOfWork

MOST_KEPT: Final = 50_000


@frozen
class _Kept:
    epoch: int
    alarms: int
    day: date
    at: datetime
    actor: Actor
    rests_on: frozenset[str]
    """What was read of rows, by name; not the tree."""
    branches: bool
    """Whether what lies below the department counts."""


@frozen
class _Trunk:
    epoch: int
    alarms: int
    at: datetime
    tree: DepartmentTree


_DEPARTMENT: Final = named(Departments, "")


def _departments(changed: frozenset[str]) -> frozenset[str]:
    """Give the departments among what was changed."""
    found = (one for one in changed if one.startswith(_DEPARTMENT))
    return frozenset(one.removeprefix(_DEPARTMENT) for one in found)


@define(eq=False)
class Actors:
    """在线权限 (Actors): what each user at work may do, read anew only when that was changed.

    A kept actor is given only in the epoch in which he was read, which the transaction that relies
    on him looks up, or in a later one if no epoch since then changed a row that he rests on: what
    was revoked anywhere counts from the next request on; and only until the log tells of another
    alarm or repair. Agreements of departments begin and end with the day, so no actor outlives it.
    The tree of departments is kept for all of them; of a changed one only its place is read.
    """

    _kept: dict[tuple[str, str], _Kept] = field(factory=dict, init=False)
    _trunk: _Trunk | None = field(default=None, init=False)
    _changes: tuple[int, dict[int, frozenset[str] | None]] = field(default=(0, {}), init=False)
    """The last epoch asked about, and by an earlier one what was changed since."""

    def kept(
        self, unit: UnitOfWork, user_id: str, department: str, *, epoch: int, now: datetime
    ) -> Actor | None:
        """Give ``user_id`` at work for ``department``, if he is known without reading a row."""
        place, alarms = (user_id, department), unit[KnownVersions].alarms
        kept = self._kept.get(place)
        if kept is None or kept.alarms != alarms or kept.day != local_day(now):
            return None
        if not young(kept.at, now):
            return None
        if kept.epoch != epoch:
            changed = self._changed(unit, kept.epoch, epoch)
            if changed is None or not kept.rests_on.isdisjoint(changed):
                return None
            moved = kept.branches and _departments(changed)
            if moved and self._other_branches(unit, kept.actor, epoch, now):
                return None
            kept = evolve(kept, epoch=epoch, actor=evolve(kept.actor, as_of=epoch))
            self._kept[place] = kept
        return kept.actor

    def of(self, unit: UnitOfWork, user_id: str, department: str, *, now: datetime) -> Actor | None:
        """Give ``user_id`` at work for ``department``, ``None`` where he may not be.

        Raises ``SealBroken``.
        """
        epoch, place = unit[AccessEpoch].current(), (user_id, department)
        actor = self.kept(unit, user_id, department, epoch=epoch, now=now)
        if actor is not None:
            return actor
        alarms, branches = unit[KnownVersions].alarms, False

        def below(id: str) -> frozenset[str]:
            nonlocal branches
            branches = True
            return self._tree(unit, epoch, now).below(id)

        found = _read(unit, user_id, department, local_day(now), below)
        if found is None:
            self._kept.pop(place, None)
            return None
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        actor, rests = evolve(found[0], as_of=epoch), found[1]
        self._kept[place] = _Kept(epoch, alarms, local_day(now), now, actor, rests, branches)
        return actor

    def _tree(self, unit: UnitOfWork, epoch: int, now: datetime) -> DepartmentTree:
        kept, alarms = self._trunk, unit[KnownVersions].alarms
        if kept is not None and kept.alarms == alarms and young(kept.at, now):
            changed = self._changed(unit, kept.epoch, epoch)
            if changed is not None:
                if kept.epoch != epoch:
                    kept = evolve(kept, epoch=epoch, tree=_renewed(unit, kept.tree, changed))
                    self._trunk = kept
                return kept.tree
        made = _Trunk(epoch, alarms, now, unit[Departments].tree())
        self._trunk = made
        return made.tree

    def _other_branches(self, unit: UnitOfWork, actor: Actor, epoch: int, now: datetime) -> bool:
        """Tell whether something else lies below the department than when the actor was read."""
        below = self._tree(unit, epoch, now).below(actor.department)
        return below | {actor.department} != actor.scope.departments

    def _changed(self, unit: UnitOfWork, after: int, upto: int) -> frozenset[str] | None:
        """Give what was changed, looked up once for all whose actors are as old."""
        if after == upto:
            return frozenset()
        newest, known = self._changes
        if newest != upto:  # replaced whole: threads share it
            newest, known = self._changes = (upto, {})
        if after not in known:
            known[after] = unit[AccessEpoch].changed(after, upto)
        return known[after]


def _renewed(unit: UnitOfWork, tree: DepartmentTree, changed: frozenset[str]) -> DepartmentTree:
    places = _departments(changed)
    return unit[Departments].tree_after(tree, places) if places else tree


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
    found = _read(unit, user_id, department, day, below)
    return None if found is None else found[0]


def _read(
    unit: UnitOfWork,
    user_id: str,
    department: str,
    day: date,
    below: Callable[[str], frozenset[str]] | None,
) -> tuple[Actor, frozenset[str]] | None:
    """Give the actor, and by name the rows on which he rests."""
    user = find_known(unit, Users, user_id)
    if user is None or not user.works_on(day):
        return None
    if department and department not in user.departments:
        return None
    picture = picture_of(unit, user)
    access = access_of(user, picture, on=day)
    return actor_of(unit, user, department, access, below), rests_on(user, picture)
