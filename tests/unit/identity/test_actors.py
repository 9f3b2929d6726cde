"""Who acts is read once an epoch, and anew after every change of access."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from tests.unit.identity.conftest import World

from supervision_core.identity.model import (
    Actor,
    HolderKind,
    SealBroken,
)
from supervision_core.identity.ports import Departments, Users
from supervision_core.identity.services.actors import Actors
from supervision_core.identity.services.departments import ChangeDepartment, change_department
from supervision_core.identity.services.granting import (
    GrantPermission,
    RevokePermission,
    grant,
    revoke,
)
from supervision_core.identity.services.users import (
    ChangeUser,
    DeleteUser,
    SwitchUser,
    change_user,
    delete_user,
    switch_user,
)
from supervision_core.testing.identity import NOON


class Office:
    """One department with one officer, as two processes see it."""

    def __init__(self, world: World) -> None:
        """Let him be seen once by both."""
        self.world = world
        self.department = world.department("d-a")
        world.user("aaa", self.department)
        world.give(HolderKind.USER, "aaa", "tasks.close")
        self.processes = (Actors(), Actors())

    def seen(self, process: int = 0, now: datetime = NOON) -> Actor | None:
        """Give who acts, as one process says."""
        with self.world.transactions.begin() as unit:
            return self.processes[process].of(unit, "aaa", self.department, now=now)


@pytest.fixture
def office(world: World) -> Office:
    """Give the office."""
    return Office(world)


def _revoked(office: Office) -> None:
    cmd = RevokePermission(holder=HolderKind.USER, holder_id="aaa", permission="tasks.close")
    office.world.run(revoke, cmd)


def _granted(office: Office) -> None:
    cmd = GrantPermission(holder=HolderKind.USER, holder_id="aaa", permission="tasks.claim")
    office.world.run(grant, cmd)


def _disabled(office: Office) -> None:
    office.world.run(switch_user, SwitchUser(user_id="aaa", enabled=False))


def _deleted(office: Office) -> None:
    office.world.run(delete_user, DeleteUser(user_id="aaa"))


def _moved(office: Office) -> None:
    other = office.world.department("d-b")
    with office.world.transactions.begin() as unit:
        draft = unit[Users].get("aaa").draft
    members = tuple(evolve(one, department=other) for one in draft.memberships)
    cmd = ChangeUser(user_id="aaa", draft=evolve(draft, memberships=members))
    office.world.run(change_user, cmd)


def _department_moved(office: Office) -> None:
    with office.world.transactions.begin() as unit:
        data = unit[Departments].get(office.department).data
    cmd = ChangeDepartment(department_id=office.department, data=evolve(data, region="450103"))
    office.world.run(change_department, cmd)


@pytest.mark.parametrize(
    ("change", "still_there"),
    [
        (_revoked, True),
        (_granted, True),
        (_department_moved, True),
        (_disabled, False),
        (_deleted, False),
        (_moved, False),
    ],
    ids=["revoked", "granted", "department_moved", "disabled", "deleted", "moved"],
)
def test_a_change_of_access_counts_from_the_next_request_in_every_process(
    office: Office, change: Callable[[Office], None], *, still_there: bool
) -> None:
    """Matrix row 4: revoked, disabled, moved: no process goes on with what it knew."""
    before = [office.seen(process) for process in (0, 1)]
    assert before[0] == before[1] is not None
    change(office)
    for process in (0, 1):
        after = office.seen(process)
        assert after != before[process]
        assert (after is not None) is still_there


def test_who_acts_is_read_once_an_epoch(office: Office) -> None:
    """The same actor is given until something changes; a user of another department is nobody."""
    first = office.seen()
    assert office.seen() is first
    assert office.seen(now=NOON + timedelta(seconds=59)) is first
    assert office.seen(now=NOON + timedelta(seconds=60)) is not first
    with office.world.transactions.begin() as unit:
        assert office.processes[0].of(unit, "aaa", "elsewhere", now=NOON) is None
        assert office.processes[0].of(unit, "nobody", "", now=NOON) is None


def test_the_tree_is_read_once_for_all_and_not_where_the_department_coordinates(
    world: World,
) -> None:
    """A colleague shares what lies below; a moved department counts from the next request on."""
    top = world.department("d-a")
    below, beside = world.department("d-b", top), world.department("d-c")
    coordinating = world.department("d-d")

    def coordinates(root: Any) -> None:
        root.change(evolve(root.data, coordinates=True), at=NOON)

    world.change(Departments, coordinating, coordinates)
    world.user("aaa", top)
    world.user("bbb", top)
    world.user("ccc", coordinating)
    actors = Actors()

    def owners(user: str, department: str) -> frozenset[str]:
        with world.transactions.begin() as unit:
            found = actors.of(unit, user, department, now=NOON)
        assert found is not None
        return found.scope.departments

    assert owners("ccc", coordinating) == frozenset()
    assert actors._trunk is None
    first = owners("aaa", top)
    trunk = actors._trunk
    assert first == owners("bbb", top) == {top, below}
    assert actors._trunk is trunk
    with world.transactions.begin() as unit:
        data = evolve(unit[Departments].get(beside).data, parent=top)
    world.run(change_department, ChangeDepartment(department_id=beside, data=data))
    assert owners("aaa", top) == owners("bbb", top) == {top, below, beside}


def test_nobody_outlives_the_day_on_which_he_was_read(world: World) -> None:
    """An agreement that ends with the day ends what it gave, though nothing was written."""
    department = world.department("d-a")

    def limited(root: Any) -> None:
        root.change(evolve(root.data, agreed_to=NOON.date()), at=NOON)

    world.change(Departments, department, limited)
    world.user("aaa", department)
    world.give(HolderKind.DEPARTMENT, department, "tasks.close")
    actors = Actors()
    midnight = NOON.replace(hour=16, minute=0)  # 24:00 in Guangxi
    with world.transactions.begin() as unit:
        last = actors.of(unit, "aaa", department, now=midnight - timedelta(seconds=1))
        first = actors.of(unit, "aaa", department, now=midnight)
    assert last is not None
    assert first is not None
    assert last.permissions == {"tasks.close"}
    assert first.permissions == frozenset()


@pytest.mark.parametrize("table", ["user", "department", "grant_sheet"])
def test_a_row_taken_away_behind_the_platform_is_missed(office: Office, table: str) -> None:
    """Deleting a sealed row stops its user and names the row: the seal is still there."""
    office.world.store.texts[table].clear()
    with pytest.raises(SealBroken) as caught:
        office.seen()
    assert caught.value.reasons[0].at.startswith(f"{table}/")
