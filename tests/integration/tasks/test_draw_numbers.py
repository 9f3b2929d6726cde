"""What becomes of a numbered draw as its task goes out."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest
from attrs import evolve

from adapters.crypto.platform_keys import PlatformKeys
from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.system import SystemIds
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.selection import Action
from supervision_core.draws.model.series import DrawSeries, Fate, series_id
from supervision_core.draws.ports import Draws, SeriesOfDraws
from supervision_core.draws.services import AdjustDraw, ClearDraw, adjust_draw, clear_draw
from supervision_core.identity.model import Actor, DataScope
from supervision_core.identity.services import UseCase, Work
from supervision_core.kernel.errors import Refused
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.ports import Tasks
from supervision_core.tasks.services import own
from supervision_core.tasks.services.approving import ViewApprovalList, view_approval_list
from supervision_core.tasks.services.tasks import (
    Consult,
    CreateTask,
    DispatchTask,
    GiveOpinion,
    NameTask,
    approve_task,
    consult,
    create_task,
    dispatch_task,
    end_consultation,
    give_opinion,
)
from supervision_core.tasks.services.visits import OpenVisits, open_visits
from supervision_core.testing.draws import drawn_2, keep_pool
from supervision_core.testing.tasks import task, visit

from .test_cycle import BESIDE, _order, _sheet, _World, _world_on, actor_of, keep_world
from .test_grounds import code_of

NOON = datetime(2026, 4, 9, 4, tzinfo=UTC)


@pytest.fixture
def world(platform_keys: PlatformKeys) -> _World:
    """Give the office, in memory."""
    made = _world_on(memory_transactions(MemoryStore(), BESIDE), platform_keys)
    keep_world(made)
    return made


def _sent_out(world: _World, *, cleared: bool) -> tuple[Fate, ...]:
    """Dispatch a task that rests on the third draw of its series, and give what became of each."""
    made = world.run("lead-0", create_task, CreateTask(sheet=_sheet()))
    series = DrawSeries.begin(lead="dept-market", scene="scene-1", year=2026)
    for one in ("draw-0", "draw-1", "draw-2"):
        series.enter(one)
    pool = Pool.of([(code_of(world, "subject-1"), "D")])
    draw = drawn_2(pool=pool, task=made)
    if cleared:
        draw.clear(by="u", reason="名单有误", at=world.clock.now())
        series.clear(3, reason="名单有误")
    with world.commands.transactions.begin() as unit:
        keep_pool(unit, pool)
        unit[Draws].save(draw)
        unit[SeriesOfDraws].save(series)
        kept = unit[Tasks].get(made)
        kept._sheet = evolve(kept.sheet, draw=draw.id)
        unit[Tasks].save(kept)
        unit.commit()
    world.run("lead-0", consult, Consult(task_id=made, due_on=date(2026, 4, 9)))
    world.run("farm-0", give_opinion, GiveOpinion(task_id=made, participates=True))
    world.run("lead-0", end_consultation, NameTask(task_id=made))
    orders = OpenVisits(task_id=made, orders=(_order("subject-1"),))
    world.run("lead-0", open_visits, orders)
    world.run("lead-9", approve_task, NameTask(task_id=made))
    world.run("lead-0", dispatch_task, DispatchTask(task_id=made))
    with world.commands.transactions.begin() as unit:
        found = unit[SeriesOfDraws].get(series_id("dept-market", "scene-1", 2026))
    return tuple(one.fate for one in found.numbered)


def test_a_draw_goes_out_with_its_task(world: _World) -> None:
    """Its number says so: the next proof begins after it."""
    assert _sent_out(world, cleared=False) == (Fate.OPEN, Fate.OPEN, Fate.DISPATCHED)


def test_a_cleared_draw_does_not_go_out(world: _World) -> None:
    """A task that goes out by hand after its draw was cleared leaves it told as cleared."""
    assert _sent_out(world, cleared=True) == (Fate.OPEN, Fate.OPEN, Fate.CLEARED)


def test_who_approves_sees_in_what_a_draw_departs(world: _World) -> None:
    """§14: clearings, marks, changes of the pool, lateness, corrections with actor and reason.

    They stand beside what was drawn, before the list is approved or dispatched.
    """
    made = world.run("lead-0", create_task, CreateTask(sheet=_sheet()))
    series = DrawSeries.begin(lead="dept-market", scene="scene-1", year=2026)
    for one in ("draw-0", "draw-1", "draw-2"):
        series.enter(one)
    series.clear(1, reason="名单有误")
    code = code_of(world, "subject-1")
    draw = drawn_2(pool=Pool.of([("firm-00", "D")]), task=made)
    draw.adjust(Action.ADD, code, by="lead-0", reason="多次投诉", at=world.clock.now())
    with world.commands.transactions.begin() as unit:
        keep_pool(unit, Pool.of([("firm-00", "D")]))
        unit[Draws].save(draw)
        unit[SeriesOfDraws].save(series)
        kept = unit[Tasks].get(made)
        kept._sheet = evolve(kept.sheet, draw=draw.id)
        unit[Tasks].save(kept)
        unit.commit()
    about = ViewApprovalList(task_id=made)
    found = world.commands.ask(view_approval_list, about, actor=actor_of("lead-9"))
    told = {one.title: one.text for one in found.departures}
    assert told["抽取序号"].startswith("2026年第3次")
    assert told["此前2026年第1次抽取"] == "已清空，理由：名单有误"
    assert told["此前2026年第2次抽取"] == "没有分发"
    assert told["逾期未提交随机数"]
    by_hand = told["人工增加"]
    assert all(word in by_hand for word in ("南宁示例乳业有限公司", "lead-0", "理由：多次投诉"))


def test_what_went_out_stands(world: _World) -> None:
    """Else a lead that dislikes whom it drew clears the proof of it, or removes the visited firm.

    Control: before its task goes out, a draw is cleared.
    """
    series = DrawSeries.begin(lead="dept-market", scene="scene-1", year=2026)
    for one in ("draw-0", "draw-1", "draw-2"):
        series.enter(one)
    series.dispatch(3)
    with world.commands.transactions.begin() as unit:
        keep_pool(unit)
        unit[Draws].save(drawn_2())
        unit[SeriesOfDraws].save(series)
        unit.commit()
    keeper = evolve(actor_of("lead-0"), permissions=frozenset({"draws.*"}))
    adjusting = AdjustDraw(draw_id="draw-2", action=Action.REMOVE, subject="firm-00", reason="停业")
    clearing = ClearDraw(draw_id="draw-2", reason="名单有误")
    attacks: tuple[tuple[UseCase[Any, Any], Any], ...] = (
        (adjust_draw, adjusting), (clear_draw, clearing),
    )  # fmt: skip
    for case, command in attacks:
        with pytest.raises(Refused) as refusal:
            world.commands.run(case, command, actor=keeper)
        assert [one.code for one in refusal.value.violations] == ["draws.sent_out"]
    with world.commands.transactions.begin() as unit:
        id_ = series_id("dept-market", "scene-1", 2026)
        kept: Any = unit[SeriesOfDraws].get(id_)
        kept._become(3, Fate.OPEN, "")
        unit[SeriesOfDraws].save(kept)
        unit.commit()
    world.commands.run(clear_draw, clearing, actor=keeper)


def test_a_firm_is_told_that_it_stands_in_for_another(world: _World) -> None:
    """Who replaces a removed pick came in by rank, not by hand; control: who is added by hand."""
    with world.commands.transactions.begin() as unit:
        code = unit[Subjects].get("subject-1").identity.code
        pools = (Pool.of([(code, "D"), (f"a-{n}", "D"), (f"b-{n}", "D")]) for n in count())
        drawn = ((pool, drawn_2(pool=pool, task="t")) for pool in pools)
        pool, draw = next(each for each in drawn if code not in each[1].selection)
        sent, made = task("t"), visit("v")
        sent._sheet = evolve(sent.sheet, draw=draw.id)
        actor = Actor(
            user="u", department="d", scope=DataScope(region="450000"), permissions=frozenset()
        )
        work = Work(actor, NOON, SystemIds(), unit)
        keep_pool(unit, pool)
        removed = draw.picks[0].id
        draw.adjust(Action.REMOVE, removed, by="u", reason="停业", at=NOON, pool=pool)
        unit[Draws].save(draw)
        (told,) = own._drawn(work, sent, made)
        draw = unit[Draws].get(draw.id)
        draw.adjust(Action.REMOVE, code, by="u", reason="停业", at=NOON, pool=pool)
        draw.adjust(Action.ADD, code, by="u", reason="举报", at=NOON)
        unit[Draws].save(draw)
        (later,) = own._drawn(work, sent, made)
    assert (told.replaced, told.by_hand) == (True, False)
    assert (later.replaced, later.by_hand) == (False, True)
