"""Nobody chooses who inspects whom: a lead department with all its roles attacks the officers."""

import json
import runpy
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, fields

from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from supervision_core.audit import model as audit
from supervision_core.audit.ports import AuditLog
from supervision_core.content.model import OpenDrawsAsked
from supervision_core.content.services.opening import OpenShelf
from supervision_core.draws.model.changes import PoolChange
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.proof import Outcome, proof_of
from supervision_core.draws.model.rule import Rule
from supervision_core.draws.model.staffing import Ground
from supervision_core.draws.model.verification import Step, verify
from supervision_core.draws.ports import Draws, Pools
from supervision_core.draws.services import (
    ProveDraw,
    RecuseInspector,
    prove_draw,
    recuse_inspector,
)
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.ports import Transactions
from supervision_core.officers.model import Certificate, Interest, InterestKind, OfficerDraft
from supervision_core.officers.ports import Officers
from supervision_core.officers.services import (
    DeclareInterest,
    NameOfficer,
    RegisterOfficer,
    declare_interest,
    delete_officer,
    register_officer,
    suspend_officer,
)
from supervision_core.plans.services import (
    DisplayPlan,
    DraftPlan,
    SettlePlan,
    display_plan,
    draft_plan,
    settle_plan,
)
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.model.drawing import GradeQuota
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.opening import VisitOrder
from supervision_core.tasks.model.presence import ReplacementCause
from supervision_core.tasks.ports import Visits
from supervision_core.tasks.services.approving import ViewApprovalList, view_approval_list
from supervision_core.tasks.services.drawing import view_candidates
from supervision_core.tasks.services.kept_away import REPLACED
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
from supervision_core.testing.plans import plan_sheet, sub_plan
from supervision_core.testing.tasks import LEAD, TODAY

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
    assert proof["officers"]["recusals"] == []
    assert [one["after"] for one in proof["recused"]] == [0]
    proof["recused"] = []
    assert Step.ASSIGNMENT in verify(proof).failed


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


def test_a_visit_is_opened_for_the_person_drawn(graded: _World) -> None:
    """Who gives a drawn officer's account to another person between lot and visit is refused."""
    task, draw = _drawn(graded)
    going = graded.run("lead-0", staff_draw, StaffDraw(task_id=task))
    officer = min({one for those in going.values() for one in those})
    with graded.commands.transactions.begin_reading() as unit:
        account = unit[Officers].get(officer).user
    assert account
    assert account not in str(_draw(graded, draw).ties)
    _changes(graded, officer, lambda one: setattr(one, "_user", "account-of-another"))
    opened = OpenDrawnVisits(task_id=task)
    assert _refused(graded, "lead-0", open_drawn_visits, opened) == [
        "tasks.officer_account_exchanged"
    ]
    _changes(graded, officer, lambda one: setattr(one, "_user", account))
    graded.run("lead-0", open_drawn_visits, opened)


def test_no_officer_stands_in_what_everybody_reads(graded: _World) -> None:
    """The rule holds the roster by its SM3; the whole proof lists it, and both verify.

    So does the proof of a draw that was frozen before, whose rule lists the officers themselves.
    """
    task, draw = _drawn(graded)
    code = code_of(graded, "subject-1")
    recused = RecuseInspector(draw_id=draw, officer="lead-1", subject=code, reason="近亲属")
    _runs(graded, "lead-9", recuse_inspector, recused)
    graded.run("lead-0", staff_draw, StaffDraw(task_id=task))
    whole = _runs(graded, "lead-0", prove_draw, ProveDraw(draw_id=draw))
    assert "lead-1" in json.dumps(whole["roster"])
    assert "lead-1" not in json.dumps(whole["rule"])
    kept = _draw(graded, draw)
    with graded.commands.transactions.begin_reading() as unit:
        pool = unit[Pools].get(kept.pool_hash)
    outcome = Outcome.of(kept, pool)
    assert outcome is not None
    public: Any = json.loads(json.dumps(proof_of(outcome.of_nobody(()))))
    assert not [one for one in ("lead-1", "近亲属", "account-lead-9") if one in str(public)]
    for proof in (whole, public):
        assert verify(proof).ok
        SCRIPT["verify"](proof, Path())
    forged = json.loads(json.dumps(whole))
    forged["roster"]["inspectors"].pop()
    assert Step.OFFICERS in verify(forged).failed
    with pytest.raises(AssertionError, match="officers"):
        SCRIPT["verify"](forged, Path())
    shown: Any = {**whole["rule"], "officers": whole["roster"]}
    before = Rule.of(shown)
    assert before.document == shown
    assert before.officers == kept.roster
    del whole["roster"]
    assert Step.OFFICERS in verify(whole).failed


def _log(world: _World, action: str, *, days: int, officer: str, subject: str) -> None:
    """Let the log say that an officer was let off, or replaced, so many days ago."""
    with world.commands.transactions.begin() as unit:
        unit[AuditLog].append(
            audit.AuditEntry(
                at=world.clock.now() - timedelta(days=days), actor="account-lead-9",
                department=LEAD, action=action, outcome=audit.Outcome.DONE, request="0" * 64,
                targets=(), note=(("officer", officer), ("subject", subject)),
            )
        )  # fmt: skip
        unit.commit()


def test_who_is_replaced_again_and_again_is_marked(graded: _World) -> None:
    """More than twice a year, of an officer or for a firm; the public reads how often in all."""
    task, draw = _drawn(graded)
    code = code_of(graded, "subject-1")
    for action, days, subject in (
        (REPLACED, 400, "subject-1"), (REPLACED, 80, "subject-1"), (REPLACED, 60, "subject-2"),
    ):  # fmt: skip
        _log(graded, action, days=days, officer="lead-1", subject=subject)
    about = ViewApprovalList(task_id=task)

    def marked() -> dict[str, str]:
        found = graded.commands.ask(view_approval_list, about, actor=actor_of("lead-9"))
        return {one.title: one.text for one in found.departures if "多次" in one.title}

    assert marked() == {}
    recused = RecuseInspector(draw_id=draw, officer="lead-1", subject=code, reason="近亲属")
    _runs(graded, "lead-9", recuse_inspector, recused)
    assert list(marked()) == ["一年内多次被替换、回避的执法人员"]
    assert "（3次）" in marked()["一年内多次被替换、回避的执法人员"]
    with graded.commands.transactions.begin_reading() as unit:
        shelf = OpenShelf(unit, TODAY)
        found = shelf.draws(OpenDrawsAsked(year=2026), PageRequest())
        (line,) = (one for one in found.items if one.id == draw)
        (office,) = (one for one in found.departments if one.recused)
    assert (line.recused, office.recused, office.replaced) == (1, 1, 2)


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
                subject_code=code,
                kind=kind,
                declared_on=TODAY,
                note="邻居",
                entered_by=f"account-{officer}",
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
    shown = graded.commands.ask(view_approval_list, asked, actor=actor_of("lead-9")).departures
    (change,) = (one.text for one in shown if one.title == "更换检查人员")
    assert all(
        words in change
        for words in ("南宁示例乳业有限公司", "退出（回避：亲属）", "按抽取的次序接替")
    )


def _keeps(world: _World, user: str, case: Any, command: Any) -> Any:
    keeper = evolve(actor_of(user), permissions=frozenset({"officers.*"}))
    return world.commands.run(case, command, actor=keeper)


def _registered(world: _World, user: str, name: str) -> str:
    """Let an administrator alone take an officer in, with a certificate."""
    held = Certificate(number=f"桂{name}", regions=frozenset({"450000"}))
    draft = OfficerDraft(
        name=name, department=actor_of(user).department, region="450100", certificates=(held,)
    )
    return str(_keeps(world, user, register_officer, RegisterOfficer(draft=draft)))


def _of_roster(world: _World, task: str) -> dict[str, str]:
    asked = ViewApprovalList(task_id=task)
    shown = world.commands.ask(view_approval_list, asked, actor=actor_of("lead-9")).departures
    return {one.title: one.text for one in shown if "执法人员" in one.title or "名册" in one.title}


def test_who_changed_the_roster_before_it_was_frozen_is_shown(graded: _World) -> None:
    """An administrator invented an inspector, and suspended those who were not to go."""
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    _registered(graded, "lead-8", "早示例")
    graded.clock.moment += timedelta(hours=1)
    task = _task(graded, "RW-1")
    graded.clock.moment += timedelta(hours=1)
    added = _registered(graded, "lead-8", "新示例")
    _keeps(graded, "lead-8", suspend_officer, NameOfficer(officer_id="lead-2"))
    _keeps(graded, "farm-8", delete_officer, NameOfficer(officer_id="farm-2"))
    graded.clock.moment += timedelta(hours=1)
    roster = _frozen(graded, task).roster
    assert roster is not None
    assert added in {one.id for one in roster.inspectors}
    graded.clock.moment += timedelta(hours=1)
    _registered(graded, "lead-8", "晚示例")
    day = TODAY.isoformat()
    found = _of_roster(graded, task)
    assert found["任务起草以来新增的执法人员"] == (
        f"1人：新示例（account-lead-8{day}登记执法人员，没有关联账号）"
    )
    assert found["任务起草以来名册的变动"] == (
        f"2人：检查员lead-2（account-lead-8{day}暂停执法人员）；"
        f"检查员farm-2（account-farm-8{day}删除执法人员）"
    )
    assert len(found) == 2


def test_the_roster_is_compared_with_the_day_the_plan_was_settled(graded: _World) -> None:
    """Who prepares a draw by the officers does so once the plan stands, before any task is."""
    _grade(graded, TODAY, subject_1=1, subject_2=1)
    plan = graded.run("lead-0", draft_plan, DraftPlan(
        sheet=plan_sheet(attachments=()), sub_plans=(sub_plan(),)
    ))  # fmt: skip
    until = TODAY + timedelta(days=7)
    graded.run("lead-0", display_plan, DisplayPlan(plan_id=plan, until=until))
    graded.clock.moment += timedelta(days=8)
    _registered(graded, "lead-8", "早示例")
    graded.clock.moment += timedelta(hours=1)
    graded.run("lead-9", settle_plan, SettlePlan(plan_id=plan))
    graded.clock.moment += timedelta(hours=1)
    _registered(graded, "lead-8", "新示例")
    graded.clock.moment += timedelta(hours=1)
    task = _task(graded, "RW-1", plan=plan, sub_plan=sub_plan().id)
    _frozen(graded, task)
    day = (TODAY + timedelta(days=8)).isoformat()
    told = f"1人：新示例（account-lead-8{day}登记执法人员，没有关联账号）"
    assert _of_roster(graded, task) == {"计划确定以来新增的执法人员": told}
