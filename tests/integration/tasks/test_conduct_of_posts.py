"""Nobody decides alone by a second post, a team of his own or a list that he has emptied."""

from datetime import date, timedelta
from typing import Any

from attrs import evolve

from supervision_core.kernel.registers import Entries
from supervision_core.officers.model import Team, TeamKind
from supervision_core.officers.ports import Officers, Teams
from supervision_core.scenes.ports import Scenes
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.opening import VisitOrder
from supervision_core.tasks.model.sheet import StaffedAt
from supervision_core.tasks.ports import Tasks
from supervision_core.tasks.registers import SUPERIOR_ORDERS
from supervision_core.tasks.services.approving import ViewApprovalList, view_approval_list
from supervision_core.tasks.services.claiming import ClaimByDraw, claim_by_draw
from supervision_core.tasks.services.tasks import (
    ChangeTask,
    CreateTask,
    NameTask,
    approve_task,
    change_task,
    create_task,
)
from supervision_core.tasks.services.visits import OpenVisits, open_visits
from supervision_core.tasks.words import claim_words
from supervision_core.testing.tasks import LEAD

from .test_conduct_of_draws import TODAY, _frozen, _grade, _task, graded
from .test_cycle import (
    _dispatched,
    _officer,
    _order,
    _refused,
    _sheet,
    _World,
    actor_of,
    transactions,
    world,
)
from .test_grounds import ABOVE, _ordered, opens
from .test_grounds import world as under_one

__all__ = ["graded", "transactions", "under_one", "world"]


def test_who_wrote_a_task_or_froze_its_draw_does_not_approve_it(graded: _World) -> None:
    """Also where another one pressed the button that sets the visits up."""
    approve = NameTask(task_id="")
    opened = OpenVisits(task_id="", orders=(_order("subject-1"),))
    created = graded.run("lead-9", create_task, CreateTask(sheet=_sheet(number="RW-1")))
    graded.run("lead-0", open_visits, evolve(opened, task_id=created))
    changed = graded.run("lead-0", create_task, CreateTask(sheet=_sheet(number="RW-2")))
    change = ChangeTask(task_id=changed, sheet=_sheet(number="RW-2", name="改名"))
    graded.run("lead-9", change_task, change)
    graded.run("lead-0", open_visits, evolve(opened, task_id=changed))
    for one in (created, changed):
        command = evolve(approve, task_id=one)
        assert _refused(graded, "lead-9", approve_task, command) == ["tasks.approver_proposed"]
        graded.run("lead-8", approve_task, command)
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    _frozen(graded, task := _task(graded, "RW-3"))
    with graded.commands.transactions.begin_reading() as unit:
        root: Any = unit[Tasks].get(task)
    assert root._proposers == {"account-lead-0"}


def _in_a_team(world: _World, *members: str, others: int = 20) -> None:
    """Give the lead many officers, and its scene a team of some of them."""
    with world.commands.transactions.begin() as unit:
        for number in range(3, 3 + others):
            unit[Officers].save(_officer(f"lead-{number}"))
        team = Team.create(
            id="team-1", name="一组", kind=TeamKind.ENFORCEMENT, region="450100", department=LEAD
        )
        team.join(frozenset(members))
        unit[Teams].save(team)
        scene: Any = unit[Scenes].get("scene-dairy")
        scene._resources = evolve(scene.resources, teams=frozenset({"team-1"}))
        unit[Scenes].save(scene)
        unit.commit()


def test_a_team_of_as_many_as_are_sent_is_no_draw(world: _World) -> None:
    """Whoever claims out of a team of two names who inspects: out of three it is drawn, and said.

    The task, and the public with the result, reads out of how many.
    """
    _in_a_team(world, "lead-1", "lead-2")
    task, _ = _dispatched(world, staffed=StaffedAt.CLAIM)
    claim = ClaimByDraw(task_id=task, team="team-1")
    assert _refused(world, "lead-0", claim_by_draw, claim) == ["tasks.team_without_choice"]
    with world.commands.transactions.begin() as unit:
        team = unit[Teams].get("team-1")
        team.join(frozenset({"lead-3"}))
        unit[Teams].save(team)
        unit.commit()
    world.run("lead-0", claim_by_draw, claim)
    with world.commands.transactions.begin_reading() as unit:
        part = unit[Tasks].get(task).part(LEAD)
    assert part is not None
    assert [claim_words(one) for one in part.draws] == [
        "执法人员22人，从一个执法小组中抽取，参加抽取3人，每户派2人"
    ]


def test_officers_taken_out_before_the_claim_are_counted(world: _World) -> None:
    """Suspended, or with certificates cut short, between dispatch and claim: the draw says so."""
    _in_a_team(world, others=3)
    task, _ = _dispatched(world, staffed=StaffedAt.CLAIM)
    with world.commands.transactions.begin() as unit:
        for one in ("lead-3", "lead-4"):
            suspended = unit[Officers].get(one)
            suspended.suspend(at=world.clock.now())
            unit[Officers].save(suspended)
        short = unit[Officers].get("lead-5")
        (held,) = short.certificates
        over = evolve(held, valid_to=date(2026, 1, 1))
        short.revise(evolve(short.draft, certificates=(over,)))
        unit[Officers].save(short)
        unit.commit()
    world.run("lead-0", claim_by_draw, ClaimByDraw(task_id=task))
    with world.commands.transactions.begin_reading() as unit:
        part = unit[Tasks].get(task).part(LEAD)
    assert part is not None
    (drawn,) = part.draws
    assert (drawn.staff, dict(drawn.changes)) == (3, {"officers_changed": 1, "officers_went": 2})
    assert claim_words(drawn) == (
        "执法人员3人，参加抽取3人，每户派2人；"
        "任务分发以来退出名册的执法人员（人）：2，执法证有变化的执法人员（人）：1"
    )


def _entered_by(world: _World, order: str, user: str) -> None:
    with world.commands.transactions.begin() as unit:
        entry: Any = unit[Entries].of(SUPERIOR_ORDERS).get(order)
        entry._added_by = entry._changed_by = f"account-{user}"
        unit[Entries].of(SUPERIOR_ORDERS).save(entry)
        unit.commit()


def test_who_entered_an_order_does_not_act_on_it(under_one: _World) -> None:
    """By a post in the department above nobody orders himself to inspect, approves it, or goes.

    Whoever approves reads the order, and who entered it.
    """
    world = under_one
    named = _ordered(world, ABOVE)
    task = world.run("lead-0", create_task, CreateTask(sheet=_sheet(number="RW-1", kind="special")))
    visit = VisitOrder(
        subject="subject-1", ground=VisitGround.ORDER, order=named, officers=("lead-1", "farm-1")
    )
    for own in ("lead-0", "lead-1"):
        _entered_by(world, named, own)
        assert opens(world, task, visit) == ["tasks.order_own"]
    _entered_by(world, named, "lead-9")
    assert opens(world, task, visit) == []
    approve = NameTask(task_id=task)
    assert _refused(world, "lead-9", approve_task, approve) == ["tasks.approver_judged_clue"]
    asked = ViewApprovalList(task_id=task)
    shown = world.commands.ask(view_approval_list, asked, actor=actor_of("lead-8"))
    assert [(one.title, one.text) for one in shown.departures] == [
        ("上级部署", f"部署-{ABOVE}（{ABOVE}），2026-04-07由account-lead-9登记或更正")
    ]


def test_what_narrows_the_officers_of_a_draw_is_shown_to_who_approves(graded: _World) -> None:
    """Demands, teams, cap and day of certificates are chosen at freezing: the head reads them."""
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    task = _task(graded, "RW-1")
    day = _sheet().ends_on - timedelta(days=9)
    _frozen(graded, task, cap=1, day=day)
    asked = ViewApprovalList(task_id=task)
    shown = graded.commands.ask(view_approval_list, asked, actor=actor_of("lead-9"))
    texts = {one.title: one.text for one in shown.departures}
    assert texts["检查人员的抽取条件"] == (
        f"每人至多1户；证件须在{day.isoformat()}有效，不是任务结束日期；名册共4人"
    )
