"""Nobody chooses who is drawn: a lead department with all its roles attacks the draw of a task."""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from supervision_core.draws.model.draw import DrawState
from supervision_core.draws.ports import Draws
from supervision_core.identity.services import UseCase
from supervision_core.kernel.errors import NotFound, Refused
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.plans.services import DraftPlan, draft_plan
from supervision_core.tasks.model.drawing import OfficersDemanded
from supervision_core.tasks.ports import Tasks
from supervision_core.tasks.services.staffing import (
    OpenDrawnVisits,
    StaffDraw,
    ViewDrawOfficers,
    open_drawn_visits,
    staff_draw,
    view_draw_officers,
)
from supervision_core.tasks.services.tasks import (
    ChangeTask,
    CreateTask,
    change_task,
    create_task,
)
from supervision_core.tasks.services.visits import OpenVisits, open_visits
from supervision_core.testing.draws import completed_draw
from supervision_core.testing.plans import plan_sheet, sub_plan
from supervision_core.testing.tasks import FARM, task_sheet

from .test_cycle import _order, _refused, _rests_on, _sheet, _World, actor_of, transactions, world

__all__ = ["transactions", "world"]


def _drawn(world: _World) -> str:
    """Give a task of the market department, whose subjects are drawn."""
    task = world.run("lead-0", create_task, CreateTask(sheet=_sheet()))
    _rests_on(world, task, completed_draw("draw-1"))
    return task


def _farm_sheet(**changes: Any) -> Any:
    return _sheet(number="RW-FARM", lead=FARM, joining=(), **changes)


def test_nobody_sends_a_draw(world: _World) -> None:
    """What a task rests on is no part of a request, whether a program or a page sends it."""
    _drawn(world)
    sent: Any = to_plain(task_sheet(draw="draw-1"))
    with pytest.raises(Exception, match="draw"):
        from_plain(CreateTask, {"sheet": sent})
    made = world.run("farm-0", create_task, CreateTask(sheet=_farm_sheet(draw="draw-1")))
    changed = ChangeTask(task_id=made, sheet=_farm_sheet(draw="draw-1", name="改"))
    world.run("farm-0", change_task, changed)
    with world.commands.transactions.begin_reading() as unit:
        assert unit[Tasks].get(made).sheet.draw == ""


def test_a_draw_belongs_to_one_task(world: _World) -> None:
    """A task that names another's draw, as older releases let it, does nothing with that draw."""
    _drawn(world)
    mine = world.run("farm-0", create_task, CreateTask(sheet=_farm_sheet()))
    with world.commands.transactions.begin() as unit:
        root: Any = unit[Tasks].get(mine)
        root._sheet = evolve(root.sheet, draw="draw-1")
        unit[Tasks].save(root)
        unit.commit()
    demand = OfficersDemanded(departments=(FARM,), count=2)
    attacks: list[tuple[UseCase[Any, Any], Any]] = [
        (staff_draw, StaffDraw(task_id=mine, demands=(demand,))),
        (open_drawn_visits, OpenDrawnVisits(task_id=mine)),
    ]
    for case, command in attacks:
        assert _refused(world, "farm-0", case, command) == ["tasks.draw_missing"]
    asked = ViewDrawOfficers(task_id=mine)
    with pytest.raises(Refused) as refusal:
        world.commands.ask(view_draw_officers, asked, actor=actor_of("farm-0"))
    assert [one.code for one in refusal.value.violations] == ["tasks.draw_missing"]


def test_a_plan_of_others_is_not_used(world: _World) -> None:
    """A plan is used by the departments that take part in it, and no sub-plan is made up."""
    sheet = plan_sheet(attachments=(), joining=())
    drafted = DraftPlan(sheet=sheet, sub_plans=(sub_plan(joining=()),))
    plan = world.run("lead-0", draft_plan, drafted)
    with pytest.raises(NotFound):
        world.run("farm-0", create_task, CreateTask(sheet=_farm_sheet(plan=plan)))
    made_up = CreateTask(sheet=_sheet(plan=plan, sub_plan="none"))
    assert _refused(world, "lead-0", create_task, made_up) == ["tasks.sub_plan_unknown"]
    world.run("lead-0", create_task, CreateTask(sheet=_sheet(plan=plan, sub_plan=sub_plan().id)))


def test_what_a_draw_was_frozen_for_stands(world: _World) -> None:
    """Who changes scene, departments, checklist or period clears the draw, and it says why."""
    task = _drawn(world)
    world.run("lead-0", change_task, ChangeTask(task_id=task, sheet=_sheet(name="改名")))
    later = _sheet(ends_on=_sheet().ends_on + timedelta(days=30), joining=())
    with world.commands.transactions.begin_reading() as unit:
        assert unit[Draws].get("draw-1").state is DrawState.DRAWN
    world.run("lead-0", change_task, ChangeTask(task_id=task, sheet=later))
    with world.commands.transactions.begin_reading() as unit:
        draw = unit[Draws].get("draw-1")
    assert (draw.state, draw.cleared_because) == (
        DrawState.CLEARED, "任务信息已修改：配合部门、结束日期",
    )  # fmt: skip


def test_what_was_drawn_and_visited_is_not_changed(world: _World) -> None:
    """Once visits were set up of a draw, what it was frozen for is changed no more."""
    task = _drawn(world)
    opened = OpenVisits(task_id=task, orders=(_order("subject-1"),))
    world.run("lead-0", open_visits, opened)
    later = _sheet(ends_on=_sheet().ends_on + timedelta(days=30))
    change = ChangeTask(task_id=task, sheet=later)
    assert _refused(world, "lead-0", change_task, change) == ["tasks.sheet_fixed"]
