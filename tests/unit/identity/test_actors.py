"""Who acts is read once, and anew after every change that concerns him."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from tests.unit.identity.conftest import World

from supervision_core.identity.model import (
    Actor,
    GrantSheet,
    Group,
    HolderKind,
    Role,
    SealBroken,
    sheet_id,
)
from supervision_core.identity.ports import (
    AccessEpoch,
    Departments,
    GrantSheets,
    Groups,
    Roles,
    Users,
)
from supervision_core.identity.services import Work, use_case
from supervision_core.identity.services.access import Shared, sheet_of
from supervision_core.identity.services.actors import Actors, actor_now
from supervision_core.identity.services.departments import ChangeDepartment, change_department
from supervision_core.identity.services.granting import (
    GrantPermission,
    RevokePermission,
    grant,
    revoke,
)
from supervision_core.identity.services.holding import Holders
from supervision_core.identity.services.keeping import find, keep, keep_all
from supervision_core.identity.services.users import (
    ChangeUser,
    DeleteUser,
    SwitchUser,
    change_user,
    delete_user,
    switch_user,
)
from supervision_core.kernel.days import local_day
from supervision_core.testing.directory import a_department, a_user
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
        root.change(evolve(root.data, coordinates=True), at=NOON, by="cli")

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
        root.change(evolve(root.data, agreed_to=NOON.date()), at=NOON, by="cli")

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


def _keep(world: World, port: type[Any], name: str, verb: Callable[[Any], object]) -> None:
    """Change one aggregate as every use case does, or make it."""

    @use_case("identity.keep", "保留")
    def kept(work: Work, cmd: str) -> str:
        if port is GrantSheets:
            kind, _, held_by = cmd.partition("/")
            root: Any = sheet_of(work.unit, HolderKind(kind), held_by)
        else:
            root = find(work.unit, port, cmd) or MAKERS[port](cmd)
        verb(root)
        keep(work, port, root)
        return cmd

    world.run(kept, name)


MAKERS: dict[type[Any], Callable[[str], Any]] = {
    Users: a_user,
    Departments: a_department,
    Roles: lambda one: Role.add(id=one, name=one, department="top"),
    Groups: lambda one: Group.add(id=one, name=one, department="top"),
}


def _grants(permission: str) -> Callable[[GrantSheet], object]:
    return lambda sheet: sheet.grant(permission, passable=True, by="root", at=NOON)


def _holds(*, roles: str = "", groups: str = "") -> Callable[[GrantSheet], object]:
    named, in_groups = frozenset(roles.split()), frozenset(groups.split())
    return lambda sheet: sheet.assign(roles=named, groups=in_groups, at=NOON)


def _placed(parent: str, **data: Any) -> Callable[[Any], object]:
    return lambda root: root.change(evolve(root.data, parent=parent, **data), at=NOON, by="cli")


def _works(*departments: str) -> Callable[[Any], object]:
    return lambda user: user.change(a_user(user.id, *departments).draft, at=NOON)


def _enabled(*, enabled: bool) -> Callable[[Any], object]:
    return lambda role: role.change(name=role.name, enabled=enabled)


CHANGES: tuple[tuple[type[Any], str, Callable[[Any], object], str], ...] = (
    (Users, "bbb", _works("elsewhere", "left"), "bbb"),
    (Users, "ccc", _works("elsewhere"), ""),
    (GrantSheets, "user/ccc", _grants("tasks.close"), ""),
    (GrantSheets, "user/aaa", _holds(groups="team absent"), "aaa"),
    (GrantSheets, "group/team", _holds(roles="later"), "aaa"),
    (GrantSheets, "role/later", _grants("tasks.close"), "aaa"),
    (Roles, "later", lambda _: None, "aaa"),
    (Groups, "absent", lambda _: None, "aaa"),
    (GrantSheets, "group/absent", _grants("plans.publish"), "aaa"),
    (Groups, "team", _enabled(enabled=False), "aaa"),
    (Groups, "other", _enabled(enabled=False), ""),
    (Groups, "team", _enabled(enabled=True), "aaa"),
    (Roles, "later", _enabled(enabled=False), "aaa"),
    (GrantSheets, "department/top", _grants("audit.search"), "aaa bbb"),
    (GrantSheets, "department/left", _grants("tasks.claim"), "aaa bbb"),
    (GrantSheets, "department/elsewhere", _grants("tasks.claim"), "bbb"),
    (Departments, "left", _placed("top", inherits=True), "aaa bbb"),
    (Departments, "below", _placed("left", name="另名"), ""),
    (Departments, "new", _placed("below"), "aaa"),
    (Departments, "new", _placed("top"), "aaa"),
    (Departments, "new", _placed("elsewhere"), "bbb"),
    (Departments, "below", lambda root: root.delete(at=NOON), "aaa"),
    (Departments, "top", _placed("elsewhere"), "aaa bbb"),
    (Users, "aaa", lambda user: user.switch(enabled=False, at=NOON), "aaa"),
)
"""What is changed one after the other, and whom it concerns."""


@pytest.fixture
def staffed(world: World) -> World:
    """Give a branch and a department elsewhere, with one officer each."""

    @use_case("identity.fill", "填充")
    def fill(work: Work, cmd: str) -> str:
        places = ("top", ""), ("left", "top"), ("below", "left"), ("elsewhere", "")
        keep_all(work, Departments, [a_department(*one) for one in places])
        keep_all(work, Users, [a_user("aaa", "left"), a_user("bbb", "elsewhere")])
        keep_all(work, Groups, [MAKERS[Groups](one) for one in ("team", "other")])
        return cmd

    world.run(fill, "")
    return world


def _both(world: World, actors: Actors) -> dict[str, Actor | None]:
    with world.transactions.begin() as unit:
        places = (("aaa", "left"), ("bbb", "elsewhere"))
        return {user: actors.of(unit, user, place, now=NOON) for user, place in places}


def test_a_change_is_read_by_whom_it_concerns_and_by_nobody_else(staffed: World) -> None:
    """After each of many changes all act as if they were read anew; the others are not read."""
    actors = Actors()
    _both(staffed, actors)
    for port, name, verb, concerned in CHANGES:
        before = dict(actors._kept)
        _keep(staffed, port, name, verb)
        after = _both(staffed, actors)
        with staffed.transactions.begin() as unit:
            for user, place in (("aaa", "left"), ("bbb", "elsewhere")):
                assert after[user] == actor_now(unit, user, place, local_day(NOON)), name
                was, now = before[user, place], actors._kept.get((user, place))
                read = now is None or now.rests_on is not was.rests_on
                assert read is (user in concerned.split()), (user, port.kind, name)


def test_an_epoch_that_names_nothing_concerns_everybody(staffed: World) -> None:
    """So does one that is not remembered any more: what may have changed is read."""
    actors = Actors()
    before = _both(staffed, actors)
    with staffed.transactions.begin() as unit:
        unit[AccessEpoch].advance()
        unit.commit()
    after = _both(staffed, actors)
    assert before == after
    assert all(after[user] is not before[user] for user in before)


def test_what_an_actor_rests_on_is_named_as_it_is_written(staffed: World) -> None:
    """The names are those of ``kind`` and id: of rows that are there, and of those that are not."""
    _keep(staffed, GrantSheets, "user/aaa", _holds(roles="r", groups="team"))
    actors = Actors()
    _both(staffed, actors)
    assert actors._kept["aaa", "left"].rests_on == {
        "user/aaa", "department/left", "department/top", "group/team", "role/r",
        f"grant_sheet/{sheet_id(HolderKind.USER, 'aaa')}", "grant_sheet/department/left",
        "grant_sheet/department/top", "grant_sheet/group/team", "grant_sheet/role/r",
    }  # fmt: skip


ASKED = ("tasks.close", "tasks.claim", "plans.publish", "audit.search")


def _holding(world: World, holders: Holders, day: date) -> dict[tuple[str, str], list[str]]:
    with world.transactions.begin() as unit:
        holders.follow(unit, day)
        shared = Shared(unit)
        return {
            (place, one): sorted(holders.of(shared, place, one, day))
            for place in ("top", "left", "elsewhere") for one in ASKED
        }  # fmt: skip


def test_who_holds_what_in_departments_follows_every_change(staffed: World) -> None:
    """After each of many changes the same users are given as if all were read anew."""
    holders, day, met = Holders(), local_day(NOON), set[str]()
    _holding(staffed, holders, day)
    for port, name, verb, _ in CHANGES:
        _keep(staffed, port, name, verb)
        found = _holding(staffed, holders, day)
        assert found == _holding(staffed, Holders(), day), (port.kind, name)
        met |= {user for users in found.values() for user in users}
    assert met == {"aaa", "bbb", "ccc"}


def test_a_department_that_nothing_concerns_is_not_read_anew(staffed: World) -> None:
    """A change of one user lets the others of all departments be as they were read."""
    holders, day = Holders(), local_day(NOON)
    _holding(staffed, holders, day)
    before = dict(holders._staff)
    _keep(staffed, GrantSheets, "user/aaa", _grants("tasks.close"))
    found = _holding(staffed, holders, day)
    assert found["left", "tasks.close"] == ["aaa"]
    same = {place for place, staff in holders._staff.items() if staff is before[place]}
    assert same == {"top", "elsewhere"}


def test_whoever_ends_by_himself_holds_nothing_from_that_day_on(staffed: World) -> None:
    """So do accounts that expire and agreements that begin and end, without any change."""
    day = local_day(NOON)
    _keep(staffed, GrantSheets, "user/aaa", _grants("tasks.close"))
    _keep(staffed, GrantSheets, "user/bbb", _grants("tasks.close"))
    expires = evolve(a_user("bbb", "elsewhere").draft.extended, valid_until=day + timedelta(days=1))
    draft = evolve(a_user("bbb", "elsewhere").draft, extended=expires)
    _keep(staffed, Users, "bbb", lambda user: user.change(draft, at=NOON))
    agreed = {"agreed_from": day + timedelta(days=1), "agreed_to": day + timedelta(days=2)}
    _keep(staffed, Departments, "left", _placed("top", inherits=True, **agreed))
    _keep(staffed, GrantSheets, "department/left", _grants("plans.publish"))
    holders = Holders()
    for later in range(5):
        on = day + timedelta(days=later)
        assert _holding(staffed, holders, on) == _holding(staffed, Holders(), on), later
    last = _holding(staffed, holders, day + timedelta(days=1))
    assert (last["elsewhere", "tasks.close"], last["left", "plans.publish"]) == (["bbb"], ["aaa"])
    last = _holding(staffed, holders, day + timedelta(days=3))
    assert (last["elsewhere", "tasks.close"], last["left", "plans.publish"]) == ([], [])
