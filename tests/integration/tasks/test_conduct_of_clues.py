"""Clues are not buried, nor used up, by one person's lawful requests (design §14)."""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from adapters.crypto.platform_keys import PlatformKeys
from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from supervision_core.clues.model import ClueChannel, ClueKind, Verdict
from supervision_core.clues.services import (
    AnswerClue,
    HandOnClue,
    IgnoreClue,
    InspectClue,
    JoinClue,
    LinkClueTask,
    RegisterClue,
    SettleClue,
    SignForClue,
    TriageClue,
    answer_clue,
    conclude_clue,
    distribute_clue,
    ignore_clue,
    inspect_clue,
    join_clue,
    link_clue_task,
    register_clue,
    sign_for_clue,
    triage_clue,
)
from supervision_core.kernel.errors import Refused
from supervision_core.tasks.services.tasks import (
    CreateTask,
    DispatchTask,
    NameTask,
    create_task,
    dispatch_task,
    skip_consultation,
)
from supervision_core.tasks.services.visits import (
    AdjustOfficers,
    OpenVisits,
    adjust_officers,
    open_visits,
)
from supervision_core.testing.clues import clue_sheet
from supervision_core.testing.tasks import LEAD

from .test_conduct_after import _interested
from .test_cycle import (
    BESIDE,
    _order,
    _refused,
    _sheet,
    _World,
    _world_on,
    keep_world,
)


@pytest.fixture
def world(platform_keys: PlatformKeys) -> _World:
    """Give the office."""
    made = _world_on(memory_transactions(MemoryStore(), BESIDE), platform_keys)
    keep_world(made)
    return made


def _heard(world: _World, by: str = "lead-7", **says: Any) -> str:
    """Register a clue about a firm."""
    said = {
        "channel": ClueChannel.MANUAL, "reference": "", "attachments": (), "scene": "scene-dairy",
        "subject": "subject-1", **says,
    }  # fmt: skip
    return str(world.run(by, register_clue, RegisterClue(sheet=clue_sheet(**said))))


def _codes(world: _World, user: str, case: Any, command: Any) -> list[str]:
    """Give what is against a command; nothing where it is done."""
    try:
        world.run(user, case, command)
    except Refused as refusal:
        return [one.code for one in refusal.violations]
    return []


def test_a_clue_joins_one_of_the_same_firm_alone(world: _World) -> None:
    """并案: a complaint was joined to a suggestion about another firm, and was nowhere any more.

    Nor does who entered a clue join others to it: he would be judging them.
    """
    complaint = _heard(world)
    elsewhere = _heard(world, by="lead-8", subject="subject-2")
    vague = _heard(world, by="lead-8", subject="")
    milder = _heard(world, by="lead-8", kind=ClueKind.SUGGESTION)
    for into, code in (
        (elsewhere, "clues.joined_to_other_firm"), (vague, "clues.joined_to_other_firm"),
        (milder, "clues.joined_to_milder"),
    ):  # fmt: skip
        assert _codes(world, "lead-9", join_clue, JoinClue(clue_id=complaint, into=into)) == [code]
    same = _heard(world, by="lead-8")
    join = JoinClue(clue_id=complaint, into=same)
    assert _refused(world, "lead-8", join_clue, join) == ["kernel.decided_by_proposer"]
    assert _refused(world, "lead-7", join_clue, join) == ["kernel.decided_by_proposer"]
    world.run("lead-9", join_clue, join)


def test_an_inspection_that_was_asked_for_was_made(world: _World) -> None:
    """One clerk had a complaint inspected by a task of something else, and closed it: 已检查.

    The task visits the firm, that visit is over, and whoever answered does not conclude.
    """
    clue = _heard(world)
    world.run("lead-9", inspect_clue, InspectClue(clue_id=clue, to=LEAD, reason="需要核查"))
    world.run("lead-5", sign_for_clue, SignForClue(clue_id=clue))
    empty = world.run("lead-0", create_task, CreateTask(sheet=_sheet(number="RW-9")))
    world.run("lead-5", link_clue_task, LinkClueTask(clue_id=clue, task_id=empty))
    answer = AnswerClue(clue_id=clue, text="已检查，没有问题")
    assert _refused(world, "lead-5", answer_clue, answer) == ["clues.inspection_not_made"]


def test_who_answers_a_clue_does_not_conclude_it(world: _World) -> None:
    """办结: of two steps that one clerk took, the second judged the first."""
    clue = _heard(world)
    judged = TriageClue(clue_id=clue, verdict=Verdict.HANDLE, reason="电话核实")
    world.run("lead-9", triage_clue, judged)
    _handed(world, clue)
    world.run("lead-5", sign_for_clue, SignForClue(clue_id=clue))
    world.run("lead-5", answer_clue, AnswerClue(clue_id=clue, text="属实，已处理"))
    settle = SettleClue(clue_id=clue, text="已处理")
    assert _refused(world, "lead-5", conclude_clue, settle) == ["kernel.decided_by_proposer"]
    world.run("lead-6", conclude_clue, settle)


def test_what_was_judged_to_be_followed_up_is_not_dropped(world: _World) -> None:
    """A second triage put 不予处理 in the place of 开展检查: what was judged was gone."""
    clue = _heard(world)
    judged = TriageClue(clue_id=clue, verdict=Verdict.INSPECT, reason="多次反映")
    world.run("lead-9", triage_clue, judged)
    dropped = evolve(judged, verdict=Verdict.NO_ACTION, reason="不属实")
    assert _refused(world, "lead-6", triage_clue, dropped) == ["clues.followed_up"]
    ignored = IgnoreClue(clue_id=clue, reason="不属实")
    assert _refused(world, "lead-6", ignore_clue, ignored) == ["clues.followed_up"]
    world.run("lead-6", triage_clue, evolve(judged, verdict=Verdict.HANDLE))
    _handed(world, clue)
    assert _refused(world, "lead-6", triage_clue, dropped) == ["clues.followed_up"]


def test_who_has_an_interest_in_the_firm_judges_no_clue_of_it(world: _World) -> None:
    """回避: an officer set aside what was reported of a firm of which he holds a part."""
    clue = _heard(world)
    _interested(world, "lead-2")
    for case, command in (
        (triage_clue, TriageClue(clue_id=clue, verdict=Verdict.NO_ACTION, reason="不属实")),
        (ignore_clue, IgnoreClue(clue_id=clue, reason="不属实")),
        (inspect_clue, InspectClue(clue_id=clue, to=LEAD, reason="核查")),
        (join_clue, JoinClue(clue_id=clue, into=_heard(world, by="lead-8"))),
    ):
        assert _refused(world, "lead-2", case, command) == ["clues.judge_recused"]


def test_a_clue_grounds_the_visit_of_one_task(world: _World) -> None:
    """Design §14: one clue sent officers to the same firm four times, unapproved each time."""
    first, second = (_drafted(world, number) for number in ("RW-1", "RW-2"))
    _sent_out(world, first)
    third = world.run("lead-0", create_task, CreateTask(sheet=_sheet(number="RW-3")))
    again = OpenVisits(task_id=third, orders=(_order("subject-1"),))
    assert _refused(world, "lead-0", open_visits, again) == ["tasks.clue_used"]
    with pytest.raises(Refused) as refused:
        _sent_out(world, second)
    assert [one.code for one in refused.value.violations] == ["tasks.clue_used_by_visit"]


def _drafted(world: _World, number: str) -> str:
    """Give a task with a visit to a firm, for the clue that there is of it."""
    task = str(world.run("lead-0", create_task, CreateTask(sheet=_sheet(number=number))))
    orders = OpenVisits(task_id=task, orders=(_order("subject-1"),))
    world.run("lead-0", open_visits, orders)
    return task


def _sent_out(world: _World, task: str) -> None:
    """Let a task go out before it is approved."""
    world.run("lead-0", skip_consultation, NameTask(task_id=task))
    urgent = DispatchTask(task_id=task, urgent_because="可能危及人身安全")
    world.run("lead-0", dispatch_task, urgent)


def test_whoever_ever_judged_a_clue_does_not_inspect_for_it(world: _World) -> None:
    """§14: judged once more by a colleague, the first judge inspected what he had judged."""
    clue = _heard(world)
    judged = TriageClue(clue_id=clue, verdict=Verdict.INSPECT, reason="多次反映")
    world.run("lead-1", triage_clue, judged)
    world.run("lead-6", triage_clue, judged)
    world.clock.moment += timedelta(minutes=1)
    task = world.run("lead-0", create_task, CreateTask(sheet=_sheet(number="RW-1")))
    order = evolve(_order("subject-1"), clue=clue)
    opened = OpenVisits(task_id=task, orders=(order,))
    assert _refused(world, "lead-0", open_visits, opened) == ["tasks.inspector_judged_clue"]
    others = evolve(opened, orders=(evolve(order, officers=("lead-2", "farm-1")),))
    (visit,) = world.run("lead-0", open_visits, others)
    joined = AdjustOfficers(visit_id=visit, added=("lead-1",), reason="熟悉情况")
    assert _refused(world, "lead-0", adjust_officers, joined) == ["tasks.officer_recused"]


def _handed(world: _World, clue: str) -> None:
    world.run("lead-9", distribute_clue, HandOnClue(clue_id=clue, to=LEAD))
