"""One joint inspection from its plan to published results and facts, on memory and SQLite."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from attrs import define, evolve

from adapters.calendar import ChineseCalendars
from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.sql.engine import open_engine
from adapters.sql.ports import sql_transactions
from supervision_core.clues.model import Verdict
from supervision_core.clues.ports import Clues
from supervision_core.clues.services import (
    AnswerClue,
    HandOnClue,
    LinkClueTask,
    RegisterClue,
    SettleClue,
    SignForClue,
    TriageClue,
    answer_clue,
    conclude_clue,
    distribute_clue,
    forward_clue,
    link_clue_task,
    register_clue,
    sign_for_clue,
    triage_clue,
)
from supervision_core.identity.model import Actor, DataScope
from supervision_core.identity.services import Commands, UseCase
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.errors import NotFound, Refused
from supervision_core.kernel.ports import Clock, Ids, Transactions
from supervision_core.officers.model import Certificate, Officer
from supervision_core.officers.ports import Officers
from supervision_core.plans.ports import CheckCounts, PublishedMatters
from supervision_core.plans.services import (
    AnswerObjection,
    DisplayPlan,
    DraftPlan,
    ObjectToPlan,
    SettlePlan,
    answer_objection,
    display_plan,
    draft_plan,
    object_to_plan,
    settle_plan,
)
from supervision_core.subjects.facts import day_number
from supervision_core.subjects.model import Subject
from supervision_core.subjects.ports import SubjectFacts, Subjects
from supervision_core.tasks.model.archive import make_manifest
from supervision_core.tasks.model.opening import VisitOrder
from supervision_core.tasks.model.presence import ReplacementCause, SignatureRefused, Signed
from supervision_core.tasks.model.publication import PublicationState
from supervision_core.tasks.model.rectification import DeliveryChannel, RecheckResult
from supervision_core.tasks.model.results import ItemOutcome, Measure, Outcome, PendingMatter
from supervision_core.tasks.model.sheet import TaskKind, TaskState
from supervision_core.tasks.ports import Publications, Rectifications, Tasks, Visits
from supervision_core.tasks.services.publications import (
    PublishResult,
    WithdrawResult,
    correct_result,
    publish_result,
    withdraw_result,
)
from supervision_core.tasks.services.rectifications import (
    DeliverRectification,
    FinishRectification,
    IssueRectification,
    RecheckRectification,
    ReportRectification,
    deliver_rectification,
    finish_rectification,
    issue_rectification,
    recheck_rectification,
    report_rectification,
)
from supervision_core.tasks.services.tasks import (
    ApproveTask,
    ArchiveTask,
    ClaimPart,
    ClosePart,
    CloseTask,
    Consult,
    CreateTask,
    DispatchTask,
    GiveOpinion,
    PublishTask,
    approve_task,
    archive_task,
    claim_part,
    close_part,
    close_task,
    consult,
    create_task,
    dispatch_task,
    end_consultation,
    give_opinion,
    publish_task,
)
from supervision_core.tasks.services.tasks import ConfirmTask as Confirm
from supervision_core.tasks.services.visits import (
    AskExtension,
    CheckInAtVisit,
    CompleteVisit,
    ConcludeVisit,
    DecideExtension,
    ItemAnswer,
    OpenVisits,
    RecordResults,
    ReplaceOfficer,
    SignVisit,
    ask_extension,
    check_in,
    complete_visit,
    conclude_visit,
    decide_extension,
    open_visits,
    record_results,
    replace_officer,
    sign_visit,
)
from supervision_core.testing.clues import clue_sheet
from supervision_core.testing.plans import plan_sheet, sub_plan
from supervision_core.testing.subjects import full_subject_draft
from supervision_core.testing.tasks import FARM, ITEMS, LEAD, task_sheet

Answer = TypeVar("Answer")
Run = Callable[..., Any]


@define
class _Clock(Clock):
    moment: datetime = datetime(2026, 4, 7, 1, 30, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment


@define
class _Counted(Ids):
    last: int = 0

    def next_id(self) -> str:
        self.last += 1
        return f"id-{self.last:06d}"


class _Matters(PublishedMatters):
    def among(self, matters: Any) -> frozenset[str]:
        return frozenset(matters) & {"matter-1", "matter-2"}


class _CapOfOne(CheckCounts):
    def in_year(self, year: int, *, subjects: Any, departments: Any) -> dict[tuple[str, str], int]:
        return {(subject, each): 1 for subject in subjects for each in departments if year}

    def caps(self, departments: Any) -> dict[str, int]:
        return {each: 1 for each in departments if each == LEAD}

    def planned(self, year: int, *, subjects: Any) -> tuple[()]:
        raise NotImplementedError(year, subjects)


BESIDE: dict[Any, Any] = {
    Calendars: lambda _unit: ChineseCalendars(),
    PublishedMatters: lambda _unit: _Matters(),
}


@pytest.fixture(params=["memory", "sqlite"])
def transactions(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[[dict[Any, Any]], Transactions]]:
    """Give a maker of transactions on an empty store."""
    if request.param == "memory":
        store = MemoryStore()
        yield lambda beside: memory_transactions(store, beside)
        return
    path = tmp_path / "copy.db"
    shutil.copy(request.getfixturevalue("migrated_sqlite_file"), path)
    sealing = request.getfixturevalue("sealing")
    engine = open_engine(f"sqlite:///{path}", sealing=sealing)
    yield lambda beside: sql_transactions(engine, beside)
    engine.dispose()


@define
class _World:
    """An office with two firms and five officers, at a time one can set."""

    commands: Commands
    clock: _Clock

    def run(
        self, user: str, case: UseCase[Any, Answer], command: Any, department: str = ""
    ) -> Answer:
        """Act as ``user``; officers of the farm department are named ``farm-…``."""
        home = department or (FARM if user.startswith("farm") else LEAD)
        actor = Actor(
            user=user,
            department=home,
            scope=DataScope(region="450000", departments=frozenset({home})),
            permissions=frozenset({"plans.*", "tasks.*", "clues.*"}),
        )
        return self.commands.run(case, command, actor=actor)

    def facts(self, subject: str) -> dict[str, Any]:
        """Give what is known of a subject today."""
        day = (self.clock.moment + timedelta(hours=8)).date()
        with self.commands.transactions.begin() as unit:
            return dict(unit[SubjectFacts].facts_on([subject], day)[subject])


def _officer(id: str) -> Officer:
    return Officer(
        id=id,
        name=f"检查员{id}",
        department=FARM if id.startswith("farm") else LEAD,
        region="450100",
        certificates=(Certificate(number=f"桂{id}", regions=frozenset({"450000"})),),
    )


OFFICERS = ("lead-1", "lead-2", "farm-1", "farm-2")


@pytest.fixture
def world(transactions: Callable[[dict[Any, Any]], Transactions]) -> _World:
    """Give the office."""
    clock = _Clock()
    made = _World(commands=Commands(transactions(BESIDE), clock, _Counted()), clock=clock)
    with made.commands.transactions.begin() as unit:
        for number, subject in enumerate(("subject-1", "subject-2")):
            draft = full_subject_draft(f"91450100MA5K0000{number}7")
            unit[Subjects].save(Subject.from_draft(draft, id=subject))
        for officer in OFFICERS:
            unit[Officers].save(_officer(officer))
        unit.commit()
    return made


def _refused(world: _World, user: str, case: UseCase[Any, Any], command: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        world.run(user, case, command)
    return [violation.code for violation in refusal.value.violations]


def _order(subject: str, *officers: str) -> VisitOrder:
    return VisitOrder(subject=subject, officers=officers or ("lead-1", "farm-1"), items=ITEMS)


def _dispatched(world: _World) -> tuple[str, list[str]]:
    sheet = task_sheet(plan="", sub_plan="")
    task = world.run("lead-0", create_task, CreateTask(sheet=sheet))
    world.run("lead-0", consult, Consult(task_id=task, due_on=date(2026, 4, 9)))
    world.run("farm-0", give_opinion, GiveOpinion(task_id=task, participates=True))
    world.run("lead-0", end_consultation, Confirm(task_id=task))
    visits = world.run(
        "lead-0",
        open_visits,
        OpenVisits(task_id=task, orders=(_order("subject-1"), _order("subject-2"))),
    )
    world.run("lead-0", approve_task, ApproveTask(task_id=task))
    world.run("lead-0", dispatch_task, DispatchTask(task_id=task))
    for user in ("lead-0", "farm-0"):
        world.run(user, claim_part, ClaimPart(task_id=task))
    return task, visits


def _inspect(world: _World, visit: str, outcome: ItemOutcome = ItemOutcome.PASSED) -> None:
    world.run("lead-1", check_in, CheckInAtVisit(visit_id=visit, code="gt:code"))
    for officer, item, found in (
        ("lead-1", "item-1", ItemOutcome.PASSED),
        ("farm-1", "item-2", outcome),
    ):
        answer = ItemAnswer(item=item, outcome=found, note="见照片")
        world.run(officer, record_results, RecordResults(visit_id=visit, answers=(answer,)))
    passed = outcome is ItemOutcome.PASSED
    conclusion = ConcludeVisit(
        visit_id=visit,
        outcomes=frozenset({Outcome.NO_PROBLEM if passed else Outcome.PENDING}),
        pending=frozenset() if passed else frozenset({PendingMatter.OTHER_BREACH}),
        measures=frozenset() if passed else frozenset({Measure.CORRECT_IN_TERM}),
    )
    world.run("lead-1", conclude_visit, conclusion)


@pytest.mark.function("F106", surface="library")
@pytest.mark.function("F107", surface="library")
@pytest.mark.function("F110", surface="library")
@pytest.mark.function("F113", surface="library")
@pytest.mark.function("F118", surface="library")
def test_a_task_goes_its_whole_way(world: _World) -> None:
    """From draft to publication: opinions, results, rectification, archive, facts."""
    task, (first, second) = _dispatched(world)
    _inspect(world, first, ItemOutcome.FAILED)
    signed = Signed(signer="李四", image="file-9", opinion="无异议")
    world.run("lead-1", sign_visit, SignVisit(visit_id=first, party=signed))
    world.run("lead-1", complete_visit, CompleteVisit(visit_id=first))
    assert _refused(world, "farm-0", close_part, ClosePart(task_id=task)) == ["tasks.visits_open"]
    _inspect(world, second)
    refusal = SignatureRefused(reason="拒签", witness="王五")
    world.run("lead-1", sign_visit, SignVisit(visit_id=second, party=refusal))
    world.run("lead-1", complete_visit, CompleteVisit(visit_id=second))

    order = IssueRectification(visit_id=first, number="责改〔2026〕1号", days=10)
    rectification = world.run("farm-1", issue_rectification, order)
    assert world.facts("subject-1")["open_findings"] == 1
    with world.commands.transactions.begin() as unit:
        assert unit[Rectifications].get(rectification).due_on == date(2026, 4, 21)
        assert unit[Publications].get(first).due_on == date(2026, 5, 8)
    assert _refused(world, "farm-0", close_part, ClosePart(task_id=task)) == [
        "tasks.rectifications_open"
    ]
    deliver = DeliverRectification(
        rectification_id=rectification, channel=DeliveryChannel.SMS, address="19900000001"
    )
    world.run("farm-1", deliver_rectification, deliver)
    report = ReportRectification(rectification_id=rectification, text="已补齐")
    world.run("farm-1", report_rectification, report)
    look = RecheckRectification(
        rectification_id=rectification,
        officers=("farm-1", "farm-2"),
        result=RecheckResult.NO_PROBLEM,
    )
    world.run("farm-1", recheck_rectification, look)
    finish = FinishRectification(rectification_id=rectification)
    world.run("farm-1", finish_rectification, finish)
    facts = world.facts("subject-1")
    assert facts["last_checked_on"] == day_number(date(2026, 4, 7))
    assert (facts["checks_1y"], facts["findings_1y"], facts["open_findings"]) == (1, 1, 0)
    assert world.facts("subject-2")["findings_1y"] == 0

    for user in ("lead-0", "farm-0"):
        world.run(user, close_part, ClosePart(task_id=task))
    world.run("lead-0", close_task, CloseTask(task_id=task))
    manifest = make_manifest(task, {"检查单.json": b"{}"})
    world.run("lead-0", archive_task, ArchiveTask(task_id=task, manifest=manifest.digest))
    publish = PublishResult(visit_id=first, until=date(2029, 4, 7))
    world.run("lead-0", publish_result, publish)
    assert _refused(world, "lead-0", publish_task, PublishTask(task_id=task)) == [
        "tasks.results_due"
    ]
    world.run("lead-0", withdraw_result, WithdrawResult(visit_id=first, reason="名称有误"))
    world.run("lead-0", correct_result, publish)
    world.run("lead-0", publish_result, evolve(publish, visit_id=second))
    world.run("lead-0", publish_task, PublishTask(task_id=task))
    with world.commands.transactions.begin() as unit:
        assert unit[Tasks].get(task).state is TaskState.PUBLISHED
        assert unit[Tasks].get(task).manifest == manifest.digest
        assert unit[Publications].get(first).state is PublicationState.SHOWN


@pytest.mark.function("F115", surface="library")
def test_an_officer_asks_and_the_lead_grants_more_days(world: _World) -> None:
    """延期: asked by an officer, decided by the lead alone."""
    _, (visit, _) = _dispatched(world)
    ask = AskExtension(visit_id=visit, days=7, reason="停产")
    extension = world.run("farm-1", ask_extension, ask)
    decide = DecideExtension(visit_id=visit, extension_id=extension, granted=True)
    with pytest.raises(NotFound):
        world.run("farm-0", decide_extension, decide)
    world.run("lead-0", decide_extension, decide)
    with world.commands.transactions.begin() as unit:
        assert unit[Visits].get(visit).due_on == date(2026, 6, 5)


def test_a_replaced_officer_leaves_no_gap(world: _World) -> None:
    """人员替换: a colleague with a certificate takes over; nobody unknown, nobody of elsewhere."""
    _, (visit, _) = _dispatched(world)
    replace = ReplaceOfficer(
        visit_id=visit,
        old="lead-1",
        new="lead-2",
        cause=ReplacementCause.ABSENCE,
        reason="出差",
    )
    world.run("lead-0", replace_officer, replace)
    assert _refused(
        world, "lead-0", replace_officer, evolve(replace, old="lead-2", new="farm-2")
    ) == ["tasks.officer_of_other_department"]
    assert _refused(
        world, "lead-0", replace_officer, evolve(replace, old="lead-2", new="nobody")
    ) == ["tasks.officer_unknown"]
    with world.commands.transactions.begin() as unit:
        assert [each.id for each in unit[Visits].get(visit).officers] == ["lead-2", "farm-1"]


def test_visits_that_are_wrong_are_all_named(world: _World) -> None:
    """Twice the same subject, unknown ones and unknown officers come back at once."""
    sheet = task_sheet(plan="", sub_plan="")
    task = world.run("lead-0", create_task, CreateTask(sheet=sheet))
    wrong = OpenVisits(
        task_id=task,
        orders=(
            _order("subject-1"),
            _order("subject-1"),
            _order("nobody", "lead-1", "nobody"),
        ),
    )
    assert _refused(world, "lead-0", open_visits, wrong) == [
        "tasks.subject_twice",
        "tasks.subject_unknown",
        "tasks.officer_unknown",
    ]
    assert _refused(world, "lead-0", create_task, CreateTask(sheet=sheet)) == ["tasks.number_taken"]


def test_the_cap_binds_all_but_case_checks(
    transactions: Callable[[dict[Any, Any]], Transactions], world: _World
) -> None:
    """Test d of the facts: over the cap is refused, unless 个案 with its reason."""
    capped = BESIDE | {CheckCounts: lambda _unit: _CapOfOne()}
    ids = _Counted(last=100)
    strict = _World(commands=Commands(transactions(capped), world.clock, ids), clock=world.clock)
    routine = task_sheet(plan="", sub_plan="", kind=TaskKind.ROUTINE)
    task = strict.run("lead-0", create_task, CreateTask(sheet=routine))
    visits = OpenVisits(task_id=task, orders=(_order("subject-1"),))
    assert _refused(strict, "lead-0", open_visits, visits) == ["plans.cap_reached"]
    case = evolve(routine, number="RW-2", kind=TaskKind.CASE, reason="投诉举报")
    task = strict.run("lead-0", create_task, CreateTask(sheet=case))
    (visit,) = strict.run("lead-0", open_visits, evolve(visits, task_id=task))
    with strict.commands.transactions.begin() as unit:
        assert unit[Visits].get(visit).sheet.counts_toward_cap is False


@pytest.mark.function("F105", surface="library")
def test_a_plan_is_displayed_objected_to_and_settled(world: _World) -> None:
    """计划制定: shown to its departments, their objections answered, then settled."""
    sheet = plan_sheet()
    plan = world.run("lead-0", draft_plan, DraftPlan(sheet=sheet, sub_plans=(sub_plan(),)))
    world.run("lead-0", display_plan, DisplayPlan(plan_id=plan, until=date(2026, 4, 14)))
    objection = world.run("farm-0", object_to_plan, ObjectToPlan(plan_id=plan, reason="冲突"))
    answer = AnswerObjection(plan_id=plan, objection_id=objection, accepted=False, text="另行协商")
    world.run("lead-0", answer_objection, answer)
    settle = SettlePlan(plan_id=plan)
    assert _refused(world, "lead-0", settle_plan, settle) == ["plans.objections_open_until"]
    world.clock.moment += timedelta(days=8)
    world.run("lead-0", settle_plan, settle)


@pytest.mark.function("F013")
@pytest.mark.function("F014")
@pytest.mark.function("F015")
@pytest.mark.function("F102", surface="library")
@pytest.mark.function("F103", surface="library")
@pytest.mark.function("F104", surface="library")
def test_a_clue_is_handed_on_inspected_and_concluded(world: _World) -> None:
    """线索: registered, judged, distributed, forwarded, signed for, inspected, concluded."""
    task, _ = _dispatched(world)
    clue = world.run("office-1", register_clue, RegisterClue(sheet=clue_sheet()), "dept-office")
    judge = TriageClue(clue_id=clue, verdict=Verdict.INSPECT, reason="多次举报")
    world.run("office-1", triage_clue, judge, "dept-office")
    give = HandOnClue(clue_id=clue, to=FARM)
    world.run("office-1", distribute_clue, give, "dept-office")
    with pytest.raises(NotFound):
        world.run("lead-0", sign_for_clue, SignForClue(clue_id=clue))
    pass_on = HandOnClue(clue_id=clue, to=LEAD, reason="属市场监管职责")
    world.run("farm-0", forward_clue, pass_on)
    world.run("lead-0", sign_for_clue, SignForClue(clue_id=clue))
    reply = AnswerClue(clue_id=clue, text="已检查处理")
    assert _refused(world, "lead-0", answer_clue, reply) == ["clues.inspection_missing"]
    world.run("lead-0", link_clue_task, LinkClueTask(clue_id=clue, task_id=task))
    world.run("lead-0", answer_clue, reply)
    end = SettleClue(clue_id=clue, text="属实已处理")
    world.run("office-1", conclude_clue, end, "dept-office")
    with world.commands.transactions.begin() as unit:
        found = unit[Clues].get(clue)
        assert (found.conclusion, found.task) == ("属实已处理", task)
        assert found.due_on == date(2026, 4, 28)
