"""Names of departments and regions are read once, and anew after every change of one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve, frozen
from tests.unit.identity.conftest import ROOT, Numbered, Still, World

from supervision_core.identity.directory_table import DepartmentEntry, RegionEntry
from supervision_core.identity.lists import DEPARTMENTS
from supervision_core.identity.model import Actor, Department, RegionContent
from supervision_core.identity.ports import AccessEpoch, Departments, Regions
from supervision_core.identity.services import Commands, Work, use_case
from supervision_core.identity.services.departments import (
    AddRegion,
    ChangeDepartment,
    ChangeRegion,
    DeleteDepartment,
    DeleteRegion,
    add_region,
    change_department,
    change_region,
    delete_department,
    delete_region,
)
from supervision_core.identity.services.directory_intake import (
    ImportDepartments,
    ImportRegions,
    import_departments,
    import_regions,
)
from supervision_core.identity.services.keeping import keep
from supervision_core.identity.services.lists import cases_of
from supervision_core.identity.services.names import KEPT, Names
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.registers import DEPARTMENT, REGION, Ask
from supervision_core.testing.identity import NOON

CITY = "450100"
CITY_NAMED = RegionContent(code=CITY, name="邕城", level="city", parent="450000")
COUNTY = RegionContent(code="450102", name="兴宁区", level="county", parent=CITY)


@frozen
class Later(Still):
    """Stands still a minute later."""

    def now(self) -> Any:
        """Give a minute past noon."""
        return NOON + timedelta(seconds=60)


class House:
    """A department with one below it, whose list two processes show."""

    def __init__(self, world: World) -> None:
        """Let both have shown it."""
        self.world = world
        self.top = world.department("d-a")
        self.below = world.department("d-b", self.top)
        self.processes = [Commands(world.transactions, Still(), Numbered()) for _ in range(2)]
        assert self.shown(0) == self.shown(1)

    def epoch(self) -> int:
        """Give the epoch of access."""
        with self.world.transactions.begin() as unit:
            return unit[AccessEpoch].current()

    def shown(self, process: int = 0) -> dict[str, str]:
        """Give the names beside the list, as whoever just came in is shown them."""
        return self.told(self.processes[process], evolve(ROOT, as_of=self.epoch()))

    def told(self, process: Commands, actor: Actor) -> dict[str, str]:
        """Give the names beside the list."""
        case = cases_of(DEPARTMENTS)
        page = process.ask(case.list, case.asking(), actor=actor)
        return {one.id: one.name for one in page.names if one.kind in {DEPARTMENT, REGION}}

    def said(self, name: str) -> Any:
        """Give what the upper department would say under another name."""
        with self.world.transactions.begin() as unit:
            return evolve(unit[Departments].get(self.top).data, name=name)

    def rename_unseen(self, name: str) -> None:
        """Rename the upper department past the epoch, which nothing of the platform does."""
        said = self.said(name)

        def renamed(root: Department) -> None:
            root.change(said, at=NOON, by="cli")

        self.world.change(Departments, self.top, renamed)


@pytest.fixture
def house(world: World) -> House:
    """Give the house."""
    return House(world)


def _region(house: House, code: str) -> str:
    with house.world.transactions.begin() as unit:
        found = unit[Regions].holder("code", code)
    assert found is not None
    return found


def _changed(house: House) -> None:
    cmd = ChangeDepartment(department_id=house.top, data=house.said("新名局"))
    house.world.run(change_department, cmd)


def _taken_in(house: House) -> None:
    entry = DepartmentEntry(row=2, data=house.said("新名局"))
    assert house.world.run(import_departments, ImportDepartments(entries=(entry,)))["changed"] == 1


def _region_changed(house: House) -> None:
    cmd = ChangeRegion(region_id=_region(house, CITY), content=CITY_NAMED, position=1)
    house.world.run(change_region, cmd)


def _regions_taken_in(house: House) -> None:
    told = RegionEntry(row=2, content=CITY_NAMED, position=1)
    assert house.world.run(import_regions, ImportRegions(entries=(told,)))["changed"] == 1


@pytest.mark.parametrize(
    ("change", "renamed"),
    [
        (_changed, "新名局"),
        (_taken_in, "新名局"),
        (_region_changed, "邕城"),
        (_regions_taken_in, "邕城"),
    ],
)
def test_a_new_name_is_shown_from_the_next_request_on_in_every_process(
    house: House, change: Callable[[House], None], renamed: str
) -> None:
    """Whoever wrote it sees it, wherever he asks."""
    assert renamed not in house.shown(0).values()
    change(house)
    assert renamed in house.shown(0).values()
    assert renamed in house.shown(1).values()


def test_what_begins_no_epoch_is_not_seen_for_a_minute(house: House) -> None:
    """The control: names are kept indeed, and no longer than that."""
    before = house.shown()
    house.rename_unseen("新名局")
    assert house.shown() == before
    later = evolve(house.processes[0], clock=Later())
    actor = evolve(ROOT, as_of=house.epoch())
    assert "新名局" in house.told(later, actor).values()


def test_who_came_in_by_another_way_is_shown_what_is_there(house: House) -> None:
    """Of somebody whose epoch was not looked up nothing is kept."""
    house.rename_unseen("新名局")
    assert "新名局" in house.told(house.processes[0], ROOT).values()


@pytest.mark.parametrize("kind", sorted(KEPT))
def test_every_change_of_what_is_kept_begins_an_epoch(house: House, kind: str) -> None:
    """Added and deleted too: what was absent would else stay so."""
    world, epochs = house.world, [house.epoch()]
    if kind == REGION:
        added = world.run(add_region, AddRegion(content=COUNTY))
        epochs.append(house.epoch())
        world.run(delete_region, DeleteRegion(region_id=added))
    else:
        world.department("d-c")
        epochs.append(house.epoch())
        world.run(delete_department, DeleteDepartment(department_id=house.below))
    epochs.append(house.epoch())
    assert epochs == sorted(set(epochs))


def test_what_is_not_committed_is_not_kept(house: House) -> None:
    """A command shows itself what it wrote; where it is refused, nobody else is shown that."""
    seen: list[str] = []

    @use_case("identity.try", "尝试")
    def attempt(work: Work, cmd: str) -> str:
        root = work[Departments].get(cmd)
        root.change(evolve(root.data, name="未提交"), at=NOON, by="cli")
        keep(work, Departments, root)
        seen.append(work.resolve(DEPARTMENT, [cmd])[cmd].name)
        raise Refused((Violation("identity.tried"),))

    actor = evolve(ROOT, as_of=house.epoch())
    with pytest.raises(Refused):
        house.processes[0].run(attempt, house.top, actor=actor)
    assert seen == ["未提交"]
    assert "未提交" not in house.shown().values()


def test_what_somebody_of_an_older_epoch_reads_is_not_kept(house: House) -> None:
    """He may have begun before the change: those who came later would miss it."""
    names, wanted = Names(), [house.top]
    with house.world.transactions.begin() as unit:
        newer = names.resolve(unit[Ask], DEPARTMENT, wanted, epoch=2, now=NOON)
        older = names.resolve(unit[Ask], REGION, [CITY], epoch=1, now=NOON)
    house.rename_unseen("新名局")
    _region_changed(house)
    with house.world.transactions.begin() as unit:
        assert names.resolve(unit[Ask], DEPARTMENT, wanted, epoch=2, now=NOON) == newer
        assert names.resolve(unit[Ask], REGION, [CITY], epoch=2, now=NOON) != older


def test_names_of_people_are_not_kept(world: World) -> None:
    """They are personal data, and sealed: no process holds them longer than a request."""
    world.user("aaa")
    names = Names()
    with world.transactions.begin() as unit:
        assert names.resolve(unit[Ask], "user", ["aaa"], epoch=1, now=NOON).keys() == {"aaa"}
    assert names._kept is None
