"""Nobody chooses who inspects whom: a lead department with all its roles attacks the officers."""

import runpy
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, fields

from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from supervision_core.draws.model.changes import PoolChange
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.staffing import Ground
from supervision_core.draws.model.verification import Step, verify
from supervision_core.draws.ports import Draws, Pools
from supervision_core.draws.services import (
    ProveDraw,
    RecuseInspector,
    prove_draw,
    recuse_inspector,
)
from supervision_core.kernel.ports import Transactions
from supervision_core.officers.model import Interest, InterestKind
from supervision_core.officers.ports import Officers
from supervision_core.officers.services import DeclareInterest, declare_interest
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.model.drawing import GradeQuota
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.opening import VisitOrder
from supervision_core.tasks.model.presence import ReplacementCause
from supervision_core.tasks.ports import Visits
from supervision_core.tasks.services.approving import ViewApprovalList, view_approval_list
from supervision_core.tasks.services.drawing import view_candidates
from supervision_core.tasks.services.pooling import GatherPool
from supervision_core.tasks.services.replacing import ReplaceOfficer, replace_officer
from supervision_core.tasks.services.staffing import (
    OpenDrawnVisits,
    StaffDraw,
    open_drawn_visits,
    staff_draw,
)
from supervision_core.tasks.services.visits import (
    AdjustOfficers,
    OpenVisits,
    adjust_officers,
    open_visits,
)
from supervision_core.testing.draws import deposit, leaf_at
from supervision_core.testing.tasks import TODAY

from .test_claims import _newcomer
from .test_conduct_of_draws import _frozen, _grade, _task, graded
from .test_cycle import SUBJECTS, _refused, _World, actor_of, world
from .test_grounds import code_of

__all__ = ["graded", "world"]

SCRIPT = runpy.run_path(str(Path(__file__).parents[3] / "docs" / "verify_draw.py"))
EVERYBODY = (GradeQuota(grade=1, count=2),)


@pytest.fixture
def transactions() -> Callable[[dict[Any, Any]], Transactions]:
    """Give a store of one kind: rules are those of every store."""
    return lambda beside: memory_transactions(MemoryStore(), beside)


def _drawn(world: _World, number: str = "RW-1", **wanted: Any) -> tuple[str, str]:
    """Give a task whose draw has its seed: both firms are drawn."""
    _grade(world, TODAY, subject_1=1, subject_2=1)
    task = _task(world, number)
    draw = _frozen(world, task, quotas=EVERYBODY, quotas_because="专项部署", **wanted)
    at = world.clock.now()
    with world.commands.transactions.begin() as unit:
        for one in draw.round.contributors:
            deposit(draw, one, at=at)
        draw.close(at=at + timedelta(days=1, minutes=1))
        opened = {one.contributor: one.sealed for one in draw.round.contributions}
        assert draw.leaf is not None
        draw.open(opened, leaf_at(draw.leaf.index, b"2026"), at=at + timedelta(days=2))
        draw.complete(unit[Pools].get(draw.pool_hash), at=at + timedelta(days=2))
        unit[Draws].save(draw)
        unit.commit()
    assert len(draw.selection) == len(SUBJECTS)
    return task, draw.id


def _changes(world: _World, officer: str, change: Callable[[Any], object]) -> None:
    with world.commands.transactions.begin() as unit:
        found = unit[Officers].get(officer)
        change(found)
        unit[Officers].save(found)
        unit.commit()


def _draw(world: _World, draw: str) -> Draw:
    with world.commands.transactions.begin_reading() as unit:
        return unit[Draws].get(draw)


def _runs(world: _World, user: str, case: Any, command: Any) -> Any:
    actor = actor_of(user)
    keeper = evolve(actor, permissions=actor.permissions | {"draws.*"})
    return world.commands.run(case, command, actor=keeper)


def _lives(officer: Any, address: str) -> None:
    officer._contact = evolve(officer.draft.contact, address=address)


def _binds(officer: Any, *codes: str) -> None:
    """Let an officer have declared interests in firms, and in no others."""
    officer._interests = tuple(
        Interest(subject_code=one, kind=InterestKind.KINSHIP, declared_on=TODAY) for one in codes
    )


def test_inspectors_are_drawn_from_what_was_frozen(graded: _World) -> None:
    """Officers that join, and certificates that change, after freezing have no effect.

    Nobody says after the seed how many go, on which day they are certified, or of which team.
    """
    task, draw = _drawn(graded)
    assert {one.name for one in fields(StaffDraw)} == {"task_id"}
    roster = _draw(graded, draw).roster
    assert roster is not None
    assert {one.id for one in roster.inspectors} == {"farm-1", "farm-2", "lead-1", "lead-2"}
    with graded.commands.transactions.begin() as unit:
        unit[Officers].save(_newcomer("farm-9"))
        unit.commit()
    _changes(graded, "farm-1", lambda one: one.suspend(at=graded.clock.now()))
    graded.run("lead-0", staff_draw, StaffDraw(task_id=task))
    found = _draw(graded, draw)
    assert found.staffing is not None
    assert set(found.staffing.inspectors) == set(roster.inspectors)
    proof = _runs(graded, "lead-0", prove_draw, ProveDraw(draw_id=draw))
    assert verify(proof).ok
    SCRIPT["verify"](proof, Path())
    proof["officers"]["inspectors"] = proof["officers"]["inspectors"][1:]
    assert Step.OFFICERS in verify(proof).failed
    with pytest.raises(AssertionError, match="officers"):
        SCRIPT["verify"](proof, Path())


def test_what_binds_an_officer_since_the_freezing_is_decided_by_the_head(graded: _World) -> None:
    """An interest that is declared once the seed is known keeps nobody away by itself."""
    task, draw = _drawn(graded)
    code = code_of(graded, "subject-1")
    _changes(graded, "lead-1", lambda one: _binds(one, code))
    assert _refused(graded, "lead-0", staff_draw, StaffDraw(task_id=task)) == [
        "tasks.recusal_undecided"
    ]
    recused = RecuseInspector(
        draw_id=draw, officer="lead-1", subject=code, reason="持有该企业股份", ground=Ground.REQUEST
    )
    _runs(graded, "lead-9", recuse_inspector, recused)
    going = graded.run("lead-0", staff_draw, StaffDraw(task_id=task))
    assert "lead-1" not in going[code]
    proof = _runs(graded, "lead-0", prove_draw, ProveDraw(draw_id=draw))
    assert verify(proof).ok
    assert [one["reason"] for one in proof["recused"]] == ["持有该企业股份"]
    proof["recused"] = []
    assert Step.OFFICERS in verify(proof).failed


def test_what_bound_an_officer_at_the_freezing_goes_on_binding_him(graded: _World) -> None:
    """Whoever takes the interest out of the register once the seed is known gains nothing."""
    code = code_of(graded, "subject-1")
    _changes(graded, "lead-1", lambda one: _binds(one, code))
    task, draw = _drawn(graded)
    _changes(graded, "lead-1", _binds)
    going = graded.run("lead-0", staff_draw, StaffDraw(task_id=task))
    assert "lead-1" not in going[code]
    kept = _draw(graded, draw)
    assert code not in str(kept.ties)
    assert kept.staffing is not None
    assert [(one.officer, one.ground) for one in kept.staffing.recusals] == [
        ("lead-1", Ground.INTEREST)
    ]


def _says(world: _World, premises: str) -> None:
    """Let the register say that a firm trades there, somewhat later."""
    world.clock.moment += timedelta(minutes=1)
    with world.commands.transactions.begin() as unit:
        found = unit[Subjects].get("subject-1")
        said = evolve(found.draft, basic=evolve(found.basic, premises=premises))
        found.correct(said, at=world.clock.now())
        unit[Subjects].save(found)
        unit.commit()


def test_what_the_register_says_of_a_firm_since_the_freezing_keeps_nobody_away(
    graded: _World,
) -> None:
    """Whoever gives a firm an officer's address once the seed is known asks the head as well."""
    _changes(graded, "lead-1", lambda one: _lives(one, "南宁市示例路9号"))
    task, _ = _drawn(graded)
    _says(graded, "南宁市示例路9号")
    assert _refused(graded, "lead-0", staff_draw, StaffDraw(task_id=task)) == [
        "tasks.recusal_undecided"
    ]


def test_what_bound_a_firm_at_the_freezing_goes_on_binding(graded: _World) -> None:
    """Whoever takes an address from a firm once the seed is known sends no bound officer there."""
    code = code_of(graded, "subject-1")
    _changes(graded, "lead-1", lambda one: _lives(one, "南宁市示例路9号"))
    _says(graded, "南宁市示例路9号")
    task, draw = _drawn(graded)
    _says(graded, "南宁市示例路10号")
    going = graded.run("lead-0", staff_draw, StaffDraw(task_id=task))
    assert "lead-1" not in going[code]
    staffing = _draw(graded, draw).staffing
    assert staffing is not None
    assert [(one.officer, one.ground) for one in staffing.recusals] == [("lead-1", Ground.ADDRESS)]


def test_what_others_declare_for_officers_is_shown(graded: _World) -> None:
    """Whoever keeps officers away from firms steers who is left: freezer and approver see it."""
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    codes = [code_of(graded, one) for one in SUBJECTS]
    for user, officer, kind in (
        ("lead-8", "lead-2", InterestKind.OTHER),
        ("lead-1", "lead-1", InterestKind.KINSHIP),
    ):
        for code in codes:
            link = Interest(
                subject_code=code, kind=kind, declared_on=TODAY, entered_by=f"account-{officer}"
            )
            named = DeclareInterest(officer_id=officer, interest=link)
            keeper = evolve(actor_of(user), permissions=frozenset({"officers.*"}))
            graded.commands.run(declare_interest, named, actor=keeper)
    title, by = "他人代为申报的利害关系", "近一年内由account-lead-8申报"
    task = _task(graded, "RW-1")
    seen = graded.commands.ask(view_candidates, GatherPool(task_id=task), actor=actor_of("lead-0"))
    assert [(one.title, one.text) for one in seen.interests] == [
        (title, f"1名执法人员，2个对象，{by}")
    ]
    other, _ = _drawn(graded, "RW-2")
    asked = ViewApprovalList(task_id=other)
    shown = graded.commands.ask(view_approval_list, asked, actor=actor_of("lead-9")).departures
    assert [one.text for one in shown if one.title == title] == [
        f"1名执法人员，2个对象，其中抽中2个，{by}"
    ]


def test_who_left_the_roster_since_the_last_draw_is_counted(graded: _World) -> None:
    """Suspended before the next freezing, an officer is out of it, and that stands in the draw."""
    _drawn(graded)
    _changes(graded, "lead-2", lambda one: one.suspend(at=graded.clock.now()))
    _, second = _drawn(graded, "RW-2")
    found = _draw(graded, second)
    assert found.pool_changes[PoolChange.OFFICERS_WENT] == 1
    assert PoolChange.OFFICERS_CAME not in found.pool_changes


def test_another_roster_is_another_rule(graded: _World) -> None:
    """Drawn again with other officers, a cleared draw is no second try: it is another draw."""
    task = _task(graded, "RW-1")
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    wanted: dict[str, Any] = {"quotas": EVERYBODY, "quotas_because": "专项部署"}
    first = _frozen(graded, task, **wanted)
    with graded.commands.transactions.begin() as unit:
        found = unit[Draws].get(first.id)
        found.clear(by="u", reason="再来", at=graded.clock.now())
        unit[Draws].save(found)
        unit.commit()
    _changes(graded, "lead-2", lambda one: one.suspend(at=graded.clock.now()))
    second = _frozen(graded, task, **wanted)
    assert second.rule.hash != first.rule.hash
    assert second.changed


def test_whom_a_draw_selects_is_visited_by_whom_it_drew(graded: _World) -> None:
    """Named by hand nobody goes there, neither before officers are drawn nor afterwards."""
    task, _ = _drawn(graded)
    named = VisitOrder(subject="subject-1", ground=VisitGround.PICK, officers=("lead-1", "farm-1"))
    opened = OpenVisits(task_id=task, orders=(named,))
    assert "tasks.draw_unstaffed" in _refused(graded, "lead-0", open_visits, opened)
    going = graded.run("lead-0", staff_draw, StaffDraw(task_id=task))
    drawn = set(going[code_of(graded, "subject-1")])
    every = {"lead-1", "lead-2", "farm-1", "farm-2"}
    other = evolve(named, officers=tuple(sorted(every - drawn)))
    assert _refused(graded, "lead-0", open_visits, evolve(opened, orders=(other,))) == [
        "tasks.officers_by_draw"
    ]
    (visit,) = graded.run(
        "lead-0", open_visits, evolve(opened, orders=(evolve(named, officers=()),))
    )
    with graded.commands.transactions.begin_reading() as unit:
        assert {one.id for one in unit[Visits].get(visit).officers} == drawn


def test_who_was_drawn_leaves_by_the_head_alone_and_the_next_comes(graded: _World) -> None:
    """Nobody takes him off by hand; who is sent besides is shown to whoever approves."""
    task, draw = _drawn(graded)
    graded.run("lead-0", staff_draw, StaffDraw(task_id=task))
    graded.run("lead-0", open_drawn_visits, OpenDrawnVisits(task_id=task))
    with graded.commands.transactions.begin_reading() as unit:
        (visit, _) = (one for one in unit[Visits].every())  # type: ignore[attr-defined]
    (first,) = (one.id for one in visit.officers if one.department == "dept-market")
    other = {"lead-1": "lead-2", "lead-2": "lead-1"}[first]
    swap = AdjustOfficers(visit_id=visit.id, added=(other,), removed=(first,), reason="另有任务")
    assert _refused(graded, "lead-0", adjust_officers, swap) == ["tasks.officer_drawn"]
    graded.run("lead-0", adjust_officers, evolve(swap, removed=()))
    asked = ViewApprovalList(task_id=task)
    rows = graded.commands.ask(view_approval_list, asked, actor=actor_of("lead-9")).rows
    assert [len(one.by_hand) for one in rows if one.id == visit.id] == [1]
    graded.run("lead-0", adjust_officers, evolve(swap, added=(), removed=(other,)))
    leaves = ReplaceOfficer(
        visit_id=visit.id, old=first, cause=ReplacementCause.RECUSAL, reason="亲属"
    )
    assert graded.run("lead-9", replace_officer, leaves) == other
    assert _draw(graded, draw).assignment is not None
