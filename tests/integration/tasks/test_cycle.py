"""One joint inspection from its plan to published results and facts, on memory and SQLite."""

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from attrs import define, evolve, fields
from PIL import Image

from adapters.calendar import ChineseCalendars
from adapters.crypto.platform_keys import PlatformKeys
from adapters.media.judging import ContentJudge
from adapters.media.pictures import PillowPictures
from adapters.media.scanning import NoScanner
from adapters.memory.files import MemoryFileBytes
from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.sql.engine.database import open_engine
from adapters.sql.ports import sql_transactions
from adapters.system import SystemRandomness
from entrypoints.catalogue import InstalledPermissions
from entrypoints.container.files import INSTALLED_KINDS
from supervision_core.assessment.model import ContentDraw, LifeState
from supervision_core.assessment.ports import CreditModels
from supervision_core.checklists.ports import Checklists
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
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.rule import Rule
from supervision_core.draws.ports import Draws, PlainSifter, Sifter
from supervision_core.files.model import AttachmentsRefused
from supervision_core.files.ports import Attachments, VisibleKinds
from supervision_core.files.services import FetchFile, Staging, StartFile, fetch_file
from supervision_core.grading.current import current_id
from supervision_core.grading.model import ItemDraw
from supervision_core.grading.ports import CurrentGrades, GradingRules
from supervision_core.identity.model import (
    NOWHERE,
    Actor,
    Channel,
    DataScope,
    ExtendedData,
    SceneRole,
    User,
    UserKind,
)
from supervision_core.identity.ports import Departments, OpenChannels, PermissionCatalogue, Users
from supervision_core.identity.services import Commands, UseCase
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.errors import NotFound, Refused
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.ports import Clock, Ids, Randomness, Transactions, UnitOfWork
from supervision_core.kernel.registers import Entries, Entry, EntryInvalid
from supervision_core.officers.model import Certificate, Officer
from supervision_core.officers.ports import Officers
from supervision_core.officers.registers import (
    INSTITUTION_QUALIFICATIONS,
    INSTITUTIONS,
    InstitutionContent,
    InstitutionQualificationContent,
)
from supervision_core.plans.lists import PLANS
from supervision_core.plans.model import Plan, PlanState
from supervision_core.plans.ports import CheckCounts, Plans, PublishedMatters
from supervision_core.plans.registers import CHECK_CAPS, CheckCapContent
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
from supervision_core.scenes.model.parts import CreditModelUse, SceneResources, TaskSettings
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.facts import day_number
from supervision_core.subjects.model import Subject, SubjectStatus
from supervision_core.subjects.ports import SubjectFacts, Subjects
from supervision_core.tasks.lists import RECTIFICATIONS, TASKS, VISITS
from supervision_core.tasks.model.archive import make_manifest
from supervision_core.tasks.model.chronicle import TaskFile
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.opening import VisitOrder
from supervision_core.tasks.model.presence import ReplacementCause, SignatureRefused, Signed
from supervision_core.tasks.model.publication import PublicationState, WithdrawalGround
from supervision_core.tasks.model.rectification import (
    DeliveryChannel,
    RecheckResult,
    RectificationState,
)
from supervision_core.tasks.model.results import ItemOutcome, Measure, Outcome, PendingMatter
from supervision_core.tasks.model.sheet import (
    ChecklistUsed,
    GradingRuleUsed,
    StaffedAt,
    TaskKind,
    TaskSheet,
    TaskState,
)
from supervision_core.tasks.model.task import TaskNotDispatchable
from supervision_core.tasks.model.term_warning import TermWarning, WarningState
from supervision_core.tasks.model.warnings import WarningKind
from supervision_core.tasks.ports import (
    Publications,
    Rectifications,
    Tasks,
    TermWarnings,
    Visits,
)
from supervision_core.tasks.services.archiving import (
    ArchiveTask,
    ShowTaskFile,
    archive_task,
    view_manifest,
)
from supervision_core.tasks.services.publications import (
    PublishResult,
    WithdrawResult,
    correct_result,
    publish_result,
    withdraw_result,
)
from supervision_core.tasks.services.rectifications import (
    ConfirmRecheck,
    DeliverRectification,
    FinishRectification,
    IssueRectification,
    RecheckRectification,
    ReportRectification,
    WithdrawRectification,
    confirm_recheck,
    deliver_rectification,
    finish_rectification,
    issue_rectification,
    recheck_rectification,
    report_rectification,
    withdraw_rectification,
)
from supervision_core.tasks.services.replacing import ReplaceOfficer, replace_officer
from supervision_core.tasks.services.tasks import (
    AnswerOpinion,
    ChangeTask,
    Consult,
    CreateTask,
    DispatchTask,
    EngageThirdParty,
    GiveOpinion,
    NameAssistants,
    NameTask,
    answer_opinion,
    approve_task,
    change_task,
    claim_assistance,
    claim_part,
    close_part,
    close_task,
    consult,
    create_task,
    dispatch_task,
    end_consultation,
    engage_third_party,
    give_opinion,
    name_assistants,
    publish_task,
    skip_consultation,
)
from supervision_core.tasks.services.tasks import NameTask as Confirm
from supervision_core.tasks.services.visits import (
    AllotAssistants,
    AskExtension,
    CheckInAtVisit,
    CompleteVisit,
    ConcludeVisit,
    ConfirmRecord,
    DecideExtension,
    ItemAnswer,
    OpenVisits,
    RecordResults,
    SignVisit,
    allot_assistants,
    ask_extension,
    check_in,
    complete_visit,
    conclude_visit,
    confirm_record,
    decide_extension,
    note_as_assistant,
    open_visits,
    record_results,
    sign_visit,
)
from supervision_core.tasks.services.warnings import (
    AnswerSupervision,
    Supervise,
    WarningRound,
    answer_supervision,
    look_at,
    supervise,
)
from supervision_core.testing.clues import clue_sheet, judged_clue
from supervision_core.testing.draws import beside_draws, frozen_draw, keep_pool
from supervision_core.testing.identity import full_draft
from supervision_core.testing.models import full_credit_model, full_current_grade, full_grading_rule
from supervision_core.testing.offices import keep_directory
from supervision_core.testing.plans import plan_sheet, sub_plan
from supervision_core.testing.scenes import full_scene
from supervision_core.testing.subjects import full_subject_draft
from supervision_core.testing.tasks import FARM, LEAD, asking_checklist, task_sheet

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
    def in_year(
        self, year: int, *, today: Any, subjects: Any, departments: Any
    ) -> dict[tuple[str, str], int]:
        del today
        return {(subject, each): 1 for subject in subjects for each in departments if year}

    def tasks_of_year(self, year: int, *, today: Any, subjects: Any) -> dict[str, list[str]]:
        raise NotImplementedError(year, today, subjects)

    def formed_since(self, day: Any, *, subjects: Any, leads: Any) -> tuple[()]:
        del day, subjects, leads
        return ()

    def planned(self, year: int, *, subjects: Any) -> tuple[()]:
        raise NotImplementedError(year, subjects)


class _Channels(OpenChannels):
    def all(self) -> frozenset[Channel]:
        return frozenset(Channel)


BESIDE: dict[Any, Any] = {
    **beside_draws(),
    Calendars: lambda _unit: ChineseCalendars(),
    PublishedMatters: lambda _unit: _Matters(),
    VisibleKinds: lambda _unit: INSTALLED_KINDS,
    PermissionCatalogue: lambda _unit: InstalledPermissions(),
    OpenChannels: lambda _unit: _Channels(),
    Randomness: lambda _unit: SystemRandomness(),
    Sifter: lambda _unit: PlainSifter(),
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


def actor_of(user: str, department: str = "") -> Actor:
    """Give the account of ``user``; officers of the farm department are named ``farm-…``."""
    home = department or (FARM if user.startswith("farm") else LEAD)
    return Actor(
        user=f"account-{user}",
        department=home,
        scope=DataScope(region="450000", departments=frozenset({home})),
        permissions=frozenset({"plans.*", "tasks.*", "clues.*", "files.*"}),
    )


PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def picture() -> bytes:
    """Give a signature."""
    made = io.BytesIO()
    Image.new("L", (80, 30), 255).save(made, "PNG")
    return made.getvalue()


@define
class _World:
    """An office with two firms and five officers, at a time one can set."""

    commands: Commands
    clock: _Clock
    staging: Staging

    def run(
        self, user: str, case: UseCase[Any, Answer], command: Any, department: str = ""
    ) -> Answer:
        """Act by the account of ``user``; officers of the farm department are named ``farm-…``."""
        return self.commands.run(case, command, actor=actor_of(user, department))

    def sends(self, user: str, name: str = "现场.txt") -> str:
        """Let ``user`` send a file of his own; give its id."""
        content = {"txt": f"{name} {user}".encode(), "png": picture(), "pdf": PDF}[name[-3:]]
        stated = StartFile(name=name, size=len(content), sm3=sm3(content).hex())
        file = self.staging.start(actor_of(user), stated).id
        self.staging.put(actor_of(user), file, 0, content)
        return self.staging.finish(actor_of(user), file).id

    def sees(
        self, user: str, thing: str, file: str, department: str = "", *, kind: str = "visit"
    ) -> bool:
        """Tell whether ``user`` can fetch a file through a thing."""
        asked = FetchFile(kind=kind, thing_id=thing, file_id=file)
        try:
            self.commands.ask(fetch_file, asked, actor=actor_of(user, department))
        except NotFound:
            return False
        return True

    def as_party(
        self, user: str, party: str, role: SceneRole, case: UseCase[Any, Answer], command: Any
    ) -> Answer:
        """Act by an account of a firm or institution."""
        actor = Actor(
            user=user,
            department="",
            scope=DataScope(region=NOWHERE, role=role, party=party),
            permissions=frozenset({"tasks.*"}),
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
        user=f"account-{id}",
    )


SUBJECTS = ("subject-1", "subject-2")
OFFICERS = ("lead-1", "lead-2", "farm-1", "farm-2")


@pytest.fixture
def world(
    transactions: Callable[[dict[Any, Any]], Transactions], platform_keys: PlatformKeys
) -> _World:
    """Give the office."""
    made = _world_on(transactions(BESIDE), platform_keys)
    keep_world(made)
    return made


def keep_world(made: _World) -> None:
    """Keep firms, officers, scene and checklist."""
    with made.commands.transactions.begin() as unit:
        for number, subject in enumerate(SUBJECTS):
            draft = full_subject_draft(f"91450100MA5K0000{number}7")
            active = evolve(draft, status=SubjectStatus.ACTIVE)
            unit[Subjects].save(Subject.from_draft(active, id=subject, at=made.clock.now()))
        for officer in OFFICERS:
            unit[Officers].save(_officer(officer))
        keep_directory(unit, (LEAD, FARM, "dept-health", "dept-office"))
        scene = full_scene("scene-dairy")
        scene.run_tasks_by(TaskSettings())
        scene.provide(SceneResources(subjects_added=frozenset(SUBJECTS)))
        unit[Scenes].save(scene)
        unit[Checklists].save(asking_checklist("checklist-1"))
        for subject in SUBJECTS:
            heard = judged_clue(f"clue-{subject}", subject=subject, registered_by=LEAD)
            unit[Clues].save(heard)
        whole = Plan(
            id="plan-whole", number="JH-1", sheet=plan_sheet(),
            sub_plans=(sub_plan(whole=True), sub_plan(id="sub-2")), state=PlanState.SETTLED,
            inspected=scene.resources,
        )  # fmt: skip
        unit[Plans].save(whole)
        unit.commit()


def _sheet(**changes: object) -> TaskSheet:
    """Give what a task says that rests on nothing but its scene and checklist."""
    alone: dict[str, object] = {"plan": "", "sub_plan": "", "draw": "", "grading_rule": None}
    return task_sheet(**(alone | changes))


def _world_on(opened: Transactions, platform_keys: PlatformKeys) -> _World:
    clock, ids = _Clock(), _Counted()
    staging = Staging(
        transactions=opened,
        clock=clock,
        ids=ids,
        randomness=SystemRandomness(),
        keys=platform_keys.store,
        store=MemoryFileBytes(clock),
        judge=ContentJudge(),
        pictures=PillowPictures(),
        scanner=NoScanner(),
    )
    return _World(commands=Commands(opened, clock, ids), clock=clock, staging=staging)


def _refused(world: _World, user: str, case: UseCase[Any, Any], command: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        world.run(user, case, command)
    return [violation.code for violation in refusal.value.violations]


def _order(subject: str, *officers: str, ground: VisitGround = VisitGround.CLUE) -> VisitOrder:
    """Order the visit of a firm, for the clue that there is of it."""
    clue = f"clue-{subject}" if ground is VisitGround.CLUE else ""
    who = officers or ("lead-1", "farm-1")
    return VisitOrder(subject=subject, ground=ground, clue=clue, officers=who)


def _heard_again(world: _World, order: VisitOrder, task: str) -> VisitOrder:
    """Give an order for another clue of the firm: a clue sends officers there once."""
    clue = f"{order.clue}-{task}"
    with world.commands.transactions.begin() as unit:
        unit[Clues].save(judged_clue(clue, subject=order.subject, registered_by=LEAD))
        unit.commit()
    return evolve(order, clue=clue)


def _dispatched(
    world: _World, institution: str = "", staffed: StaffedAt = StaffedAt.BEFORE
) -> tuple[str, list[str]]:
    """Give a task that went out, with its two visits; claimed unless officers are drawn then."""
    sheet = _sheet(staffed=staffed)
    task = world.run("lead-0", create_task, CreateTask(sheet=sheet))
    if institution:
        engaged = EngageThirdParty(
            task_id=task, institution=institution, duty="抽样检测", headcount=2
        )
        world.run("lead-0", engage_third_party, engaged)
    world.run("lead-0", consult, Consult(task_id=task, due_on=date(2026, 4, 9)))
    world.run("farm-0", give_opinion, GiveOpinion(task_id=task, participates=True))
    world.run("lead-0", end_consultation, Confirm(task_id=task))
    orders = tuple(
        evolve(_order(one), officers=()) if sheet.drawn_at_claim else _order(one)
        for one in ("subject-1", "subject-2")
    )
    visits = world.run("lead-0", open_visits, OpenVisits(task_id=task, orders=orders))
    world.run("lead-9", approve_task, NameTask(task_id=task))
    world.run("lead-0", dispatch_task, DispatchTask(task_id=task))
    for user in () if sheet.drawn_at_claim else ("lead-0", "farm-0"):
        world.run(user, claim_part, NameTask(task_id=task))
    return task, visits


def _inspect(world: _World, visit: str, outcome: ItemOutcome = ItemOutcome.PASSED) -> None:
    world.run("lead-1", check_in, CheckInAtVisit(visit_id=visit, reason="没有张贴码"))
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


def _finish(world: _World, visit: str) -> None:
    """Let the second officer confirm what the first has recorded, and complete the check."""
    world.run("farm-1", confirm_record, ConfirmRecord(visit_id=visit))
    world.run("lead-1", complete_visit, CompleteVisit(visit_id=visit))


def _finished_by_another(world: _World, rectification: str) -> None:
    """Let another person of the department finish than the one who looked again."""
    finish = FinishRectification(rectification_id=rectification)
    assert _refused(world, "farm-1", finish_rectification, finish) == ["kernel.decided_by_proposer"]
    world.run("farm-0", finish_rectification, finish)


def _may_order(world: _World, user: str, visit: str) -> bool:
    """Tell whether ``user`` is offered to have a firm put right what a visit found."""
    cases = cases_of(VISITS)
    shown = world.commands.ask(cases.view, cases.named(id=visit), actor=actor_of(user))
    assert shown.allowed
    return issue_rectification.permission in {one.permission for one in shown.allowed}


def _orders_nothing(world: _World, user: str, order: IssueRectification) -> None:
    """Neither offered nor taken: the department of ``user`` found nothing there."""
    assert not _may_order(world, user, order.visit_id)
    found = _refused(world, user, issue_rectification, evolve(order, document=""))
    assert found == ["tasks.findings_missing"]


def _ordered_once(world: _World, user: str, order: IssueRectification) -> None:
    """Neither offered nor taken once more: the department of ``user`` ordered it already."""
    assert not _may_order(world, user, order.visit_id)
    again = evolve(order, number="责改〔2026〕9号", document="")
    with pytest.raises(Refused) as refused:
        world.run(user, issue_rectification, again)
    assert [(one.code, dict(one.data)) for one in refused.value.reasons] == [
        ("tasks.ordered_already", {"number": order.number})
    ]


def _confirmed_by_another(world: _World, rectification: str) -> None:
    """Who recorded a re-check does not stand to it a second time."""
    confirmed = ConfirmRecheck(rectification_id=rectification)
    with pytest.raises(Refused) as own:
        world.run("farm-1", confirm_recheck, confirmed)
    assert [one.code for one in own.value.reasons] == ["tasks.confirmed_by_recorder"]
    world.run("farm-2", confirm_recheck, confirmed)


def _report(world: _World, rectification: str, visit: str, letter: str) -> None:
    """Report with a receipt: it and the letter are seen by the department of the order alone."""
    receipt = world.sends("farm-1", "交接单.txt")
    report = ReportRectification(
        rectification_id=rectification, text="已补齐", attachments=(receipt,)
    )
    world.run("farm-1", report_rectification, report)
    with world.commands.transactions.begin_reading() as unit:
        (kept,) = unit[Rectifications].get(rectification).reports
    assert kept.entered_by == actor_of("farm-1").user
    assert world.sees("farm-2", rectification, letter, kind="rectification")
    assert world.sees("farm-2", rectification, receipt, kind="rectification")
    assert not world.sees("lead-1", rectification, receipt, kind="rectification")
    assert not world.sees("farm-2", visit, receipt)


def _archived(world: _World, task: str) -> str:
    """Archive a task; give the digest that is kept, which follows from what is stored."""
    elsewhere = make_manifest(task, {"检查单.json": b"{}"}).digest
    for unfit in ("甲", elsewhere.upper()):
        archive = ArchiveTask(task_id=task, manifest=unfit)
        assert _refused(world, "lead-0", archive_task, archive) == ["tasks.digest_unfit"]
    world.run("lead-0", archive_task, ArchiveTask(task_id=task, manifest=elsewhere))
    listed = world.commands.ask(view_manifest, ShowTaskFile(task_id=task), actor=actor_of("lead-0"))
    assert (listed.kept, listed.elsewhere) == (listed.digest, elsewhere)
    assert listed.unchanged
    return listed.kept


@pytest.mark.function("F106", surface="library")
@pytest.mark.function("F107", surface="library")
@pytest.mark.function("F110", surface="library")
@pytest.mark.function("F113", surface="library")
@pytest.mark.function("F118", surface="library")
def test_a_task_goes_its_whole_way(world: _World) -> None:
    """From draft to publication: opinions, results, rectification, archive, facts."""
    task, (first, second) = _dispatched(world)
    _inspect(world, first, ItemOutcome.FAILED)
    signature = world.sends("lead-1", "签名.png")
    signed = Signed(signer="李四", image=signature, opinion="无异议")
    world.run("lead-1", sign_visit, SignVisit(visit_id=first, party=signed))
    _finish(world, first)
    assert _refused(world, "farm-0", close_part, NameTask(task_id=task)) == [
        "tasks.visits_open", "tasks.findings_unordered"
    ]  # fmt: skip
    _inspect(world, second)
    refusal = SignatureRefused(reason="拒签", witness="王五")
    world.run("lead-1", sign_visit, SignVisit(visit_id=second, party=refusal))
    _finish(world, second)

    letter = world.sends("farm-1", "文书.pdf")
    order = IssueRectification(visit_id=first, number="责改〔2026〕1号", days=10, document=letter)
    assert _may_order(world, "farm-1", first)
    _orders_nothing(world, "lead-1", order)
    _orders_nothing(world, "farm-1", evolve(order, visit_id=second))
    rectification = world.run("farm-1", issue_rectification, order)
    assert world.facts("subject-1")["open_findings"] == 1
    with world.commands.transactions.begin() as unit:
        assert unit[Rectifications].get(rectification).due_on == date(2026, 4, 21)
        assert unit[Publications].get(first).due_on == date(2026, 5, 8)
    assert _refused(world, "farm-0", close_part, NameTask(task_id=task)) == [
        "tasks.rectifications_open"
    ]
    deliver = DeliverRectification(
        rectification_id=rectification, channel=DeliveryChannel.SMS, address="19900000001"
    )
    world.run("farm-1", deliver_rectification, deliver)
    _report(world, rectification, first, letter)
    look = RecheckRectification(
        rectification_id=rectification,
        officers=("farm-1", "farm-2"),
        result=RecheckResult.NO_PROBLEM,
    )
    world.run("farm-1", recheck_rectification, look)
    _confirmed_by_another(world, rectification)
    _finished_by_another(world, rectification)
    facts = world.facts("subject-1")
    assert facts["last_checked_on"] == day_number(date(2026, 4, 7))
    assert (facts["checks_1y"], facts["findings_1y"], facts["open_findings"]) == (1, 1, 0)
    assert world.facts("subject-2")["findings_1y"] == 0

    for user in ("lead-0", "farm-0"):
        world.run(user, close_part, NameTask(task_id=task))
    assert not _may_order(world, "farm-1", first)  # its part is over
    world.run("lead-0", close_task, NameTask(task_id=task))
    kept = _archived(world, task)
    publish = PublishResult(visit_id=first, until=date(2029, 4, 7))
    world.run("lead-0", publish_result, publish)
    assert _refused(world, "lead-0", publish_task, NameTask(task_id=task)) == ["tasks.results_due"]
    world.run(
        "lead-0",
        withdraw_result,
        WithdrawResult(visit_id=first, ground=WithdrawalGround.MISTAKEN, reason="名称有误"),
    )
    world.run("lead-0", correct_result, publish)
    world.run("lead-0", publish_result, evolve(publish, visit_id=second))
    world.run("lead-0", publish_task, NameTask(task_id=task))
    with world.commands.transactions.begin() as unit:
        assert unit[Tasks].get(task).state is TaskState.PUBLISHED
        assert unit[Tasks].get(task).manifest == kept
        assert unit[Publications].get(first).state is PublicationState.SHOWN


def test_a_visit_set_up_before_an_opinion_answers_it(world: _World) -> None:
    """生成检查 proposes of adopted subjects those alone that the task does not visit yet."""
    task = world.run("lead-0", create_task, CreateTask(sheet=_sheet()))
    orders = (_order("subject-1"),)
    world.run("lead-0", open_visits, OpenVisits(task_id=task, orders=orders))
    world.run("lead-0", consult, Consult(task_id=task, due_on=date(2026, 4, 9)))
    wanted = GiveOpinion(
        task_id=task, participates=True, subjects_to_add=("subject-1", "subject-2")
    )
    world.run("farm-0", give_opinion, wanted)
    adopt = AnswerOpinion(task_id=task, opinion_id=FARM, adopted=True)
    world.run("lead-0", answer_opinion, adopt)
    with world.commands.transactions.begin() as unit:
        assert [one.subject for one in unit[Tasks].get(task).orders] == ["subject-2"]


@pytest.mark.function("F108", surface="library")
def test_an_institution_assists_as_itself(world: _World) -> None:
    """三方任务: its people name, claim, allot and note by their accounts; another finds nothing."""
    with world.commands.transactions.begin() as unit:
        for user, party in (("head", "lab-1"), ("tester", "lab-1"), ("stranger", "lab-2")):
            unit[Users].save(_of_institution(user, party))
        _record(unit, "lab-1", date(2026, 12, 31), date(2020, 1, 1))
        _record(unit, "lab-3", date(2020, 1, 1))
        unit.commit()
    sheet = evolve(_sheet(), number="RW-UNFIT")
    unfit_for = world.run("lead-0", create_task, CreateTask(sheet=sheet))
    for unfit, code in (("lab-3", "institution_unqualified"), ("lab-9", "institution_unknown")):
        engaged = EngageThirdParty(
            task_id=unfit_for, institution=unfit, duty="抽样检测", headcount=2
        )
        with pytest.raises(Refused) as refusal:
            world.run("lead-0", engage_third_party, engaged)
        assert [one.code for one in refusal.value.reasons] == [f"tasks.{code}"]
    task, (visit, _) = _dispatched(world, "lab-1")
    acts = partial(world.as_party, "head", "lab-1", SceneRole.THIRD_PARTY)
    with pytest.raises(Refused) as refusal:
        acts(name_assistants, NameAssistants(task_id=task, people=("stranger",)))
    assert [one.code for one in refusal.value.reasons] == ["tasks.assistant_of_other_institution"]
    acts(name_assistants, NameAssistants(task_id=task, people=("tester",)))
    acts(claim_assistance, NameTask(task_id=task))
    acts(allot_assistants, AllotAssistants(visit_id=visit, people=frozenset({"tester"})))
    world.run("lead-1", check_in, CheckInAtVisit(visit_id=visit, reason="没有张贴码"))
    seen = ItemAnswer(item="item-1", outcome=ItemOutcome.FAILED, note="样品不合格")
    noted = RecordResults(visit_id=visit, answers=(seen,))
    world.as_party("tester", "lab-1", SceneRole.THIRD_PARTY, note_as_assistant, noted)
    for party, user in (("lab-2", "stranger"), ("", "head")):
        other = partial(world.as_party, user, party, SceneRole.THIRD_PARTY)
        with pytest.raises(NotFound):
            other(claim_assistance, NameTask(task_id=task))
    with pytest.raises(NotFound):
        acts(record_results, noted)
    with pytest.raises(NotFound):
        world.run("lead-0", claim_assistance, NameTask(task_id=task))
    with world.commands.transactions.begin() as unit:
        stored = unit[Visits].get(visit)
        reach = DataScope(region=NOWHERE, role=SceneRole.THIRD_PARTY, party="lab-1").predicate()
        page = unit[Lists].page(TASKS, ListFilter(reach=reach), PageRequest(size=10))
    assert [one.by for one in stored.assistant_notes] == ["tester"]
    assert [one.id for one in page.items] == [task]


def _record(unit: UnitOfWork, institution: str, *valid_to: date) -> None:
    """Keep an institution with qualifications that are valid until then."""
    at = datetime(2026, 4, 7, tzinfo=UTC)
    content = InstitutionContent(name=institution, sort="testing")
    unit[Entries].of(INSTITUTIONS).save(
        Entry.add(
            id=institution, content=content, position=1, at=at, register=INSTITUTIONS.name,
            region="450100",
        )
    )  # fmt: skip
    for number, until in enumerate(valid_to):
        held = InstitutionQualificationContent(
            institution=institution, name=f"资质{number}", valid_to=until
        )
        unit[Entries].of(INSTITUTION_QUALIFICATIONS).save(
            Entry.add(
                id=f"{institution}-{number}", content=held, position=1, at=at,
                register=INSTITUTION_QUALIFICATIONS.name, region="450100",
            )
        )  # fmt: skip


def _of_institution(user: str, party: str) -> User:
    draft = evolve(
        full_draft(f"acc.{user}"),
        extended=ExtendedData(kind=UserKind.THIRD_PARTY, party=party),
        memberships=(),
    )
    return User.register(draft, id=user, at=datetime(2026, 4, 7, tzinfo=UTC))


@pytest.mark.function("F113", surface="library")
@pytest.mark.parametrize("named", ["subject-1", "91450100MA5K000007"])
def test_a_firm_reports_by_its_own_account(world: _World, named: str) -> None:
    """The firm, by id or code, reports what it put right, and sees its order; no other does."""
    _, (first, _) = _dispatched(world)
    _inspect(world, first, ItemOutcome.FAILED)
    signed = Signed(signer="李四", image=world.sends("lead-1", "签名.png"), opinion="无异议")
    world.run("lead-1", sign_visit, SignVisit(visit_id=first, party=signed))
    _finish(world, first)
    order = IssueRectification(visit_id=first, number="责改〔2026〕1号", days=10)
    made = world.run("farm-1", issue_rectification, order)
    _ordered_once(world, "farm-1", order)
    deliver = DeliverRectification(rectification_id=made, channel=DeliveryChannel.ON_SPOT)
    firm = partial(world.as_party, "firm", named, SceneRole.ENTERPRISE)
    with pytest.raises(NotFound):
        firm(deliver_rectification, deliver)
    world.run("farm-1", deliver_rectification, deliver)
    report = ReportRectification(rectification_id=made, text="已补齐")
    with pytest.raises(NotFound):
        world.as_party("other", "subject-2", SceneRole.ENTERPRISE, report_rectification, report)
    firm(report_rectification, report)
    with world.commands.transactions.begin_reading() as unit:
        assert [one.entered_by for one in unit[Rectifications].get(made).reports] == [""]
    assert [_orders_of(world, one) for one in ("subject-1", "subject-2", "")] == [[made], [], []]


def _orders_of(world: _World, party: str) -> list[str]:
    """Give the orders that who acts for ``party`` sees in a list."""
    scope = DataScope(region=NOWHERE, role=SceneRole.ENTERPRISE, party=party)
    with world.commands.transactions.begin() as unit:
        wanted = ListFilter(reach=scope.predicate())
        return [
            one.id for one in unit[Lists].page(RECTIFICATIONS, wanted, PageRequest(size=10)).items
        ]


def test_the_same_picture_at_two_visits_is_marked(world: _World) -> None:
    """One picture served as evidence of two firms, and nobody saw it: the later visit names both.

    A file of the same visit, and one that is no picture, is nothing of the kind.
    """
    task, visits = _dispatched(world)
    cases, shown = cases_of(VISITS), []
    for visit in visits:
        _inspect(world, visit)
        files = tuple(world.sends("lead-1", name) for name in ("甲.png", "乙.png", "丙.txt"))
        answer = ItemAnswer(
            item="item-1", outcome=ItemOutcome.PASSED, note="见照片", evidence=files
        )
        record = RecordResults(visit_id=visit, answers=(answer,))
        for _ in range(2):
            world.run("lead-1", record_results, record)
        seen = world.commands.ask(cases.view, cases.named(id=visit), actor=actor_of("farm-1"))
        shown.append([(one.file in files, one.other, one.number) for one in seen.content.repeated])
    first, second = visits
    with world.commands.transactions.begin_reading() as unit:
        number = unit[Visits].get(first).sheet.number
        course = TaskFile(task=unit[Tasks].get(task), visits=(unit[Visits].get(second),)).chronicle
    assert shown == [[], [(True, first, number)] * 2]
    told = [(one.by, one.note) for one in course if one.step == "照片与其他检查相同"]
    assert told == [("account-lead-1", f"与检查{number}的照片相同")] * 2


def _listed_orders(world: _World, user: str) -> list[str]:
    """Give the orders that who works as ``user`` sees in a list."""
    cases = cases_of(RECTIFICATIONS)
    asked = cases.asking(page=PageRequest(size=10))
    return [one.id for one in world.commands.ask(cases.list, asked, actor=actor_of(user)).items]


def test_a_second_officer_of_another_department_finds_what_he_confirms(world: _World) -> None:
    """His to-do named an order that he could neither list nor open; after it he sees it still."""
    _, (first, _) = _dispatched(world)
    _inspect(world, first, ItemOutcome.FAILED)
    signed = Signed(signer="李四", image=world.sends("lead-1", "签名.png"), opinion="无异议")
    world.run("lead-1", sign_visit, SignVisit(visit_id=first, party=signed))
    _finish(world, first)
    order = IssueRectification(visit_id=first, number="责改〔2026〕1号", days=10)
    made = world.run("farm-1", issue_rectification, order)
    deliver = DeliverRectification(rectification_id=made, channel=DeliveryChannel.ON_SPOT)
    world.run("farm-1", deliver_rectification, deliver)
    assert [_listed_orders(world, one) for one in ("farm-2", "lead-1")] == [[made], []]
    proof = world.sends("farm-1", "复查.pdf")
    look = RecheckRectification(
        rectification_id=made, officers=("farm-1", "lead-1"), result=RecheckResult.NO_PROBLEM,
        attachments=(proof,),
    )  # fmt: skip
    world.run("farm-1", recheck_rectification, look)
    assert [_listed_orders(world, one) for one in ("farm-2", "lead-1")] == [[made], [made]]
    cases, lead = cases_of(RECTIFICATIONS), actor_of("lead-1")
    seen = world.commands.ask(cases.view, cases.named(id=made), actor=lead)
    assert [one.permission for one in seen.allowed] == [confirm_recheck.permission]
    assert world.sees("lead-1", made, proof, kind="rectification")
    world.run("lead-1", confirm_recheck, ConfirmRecheck(rectification_id=made))
    assert _listed_orders(world, "lead-1") == [made]
    assert not world.commands.ask(cases.view, cases.named(id=made), actor=lead).allowed


def test_an_order_is_withdrawn_before_it_is_delivered(world: _World) -> None:
    """The firm then sees neither order nor letter, and nothing stays open; departments see why.

    What was found is ordered anew; that order, once delivered, is withdrawn no more.
    """
    _, (first, _) = _dispatched(world)
    _inspect(world, first, ItemOutcome.FAILED)
    signed = Signed(signer="李四", image=world.sends("lead-1", "签名.png"), opinion="无异议")
    world.run("lead-1", sign_visit, SignVisit(visit_id=first, party=signed))
    world.run("lead-1", complete_visit, CompleteVisit(visit_id=first))
    letter = world.sends("farm-1", "文书.pdf")
    order = IssueRectification(visit_id=first, number="责改〔2026〕1号", days=1, document=letter)
    made = world.run("farm-1", issue_rectification, order)
    cases = cases_of(RECTIFICATIONS)
    scope = DataScope(region=NOWHERE, role=SceneRole.ENTERPRISE, party="subject-1")
    everything = frozenset({"tasks.*", "files.*"})
    firm = Actor(user="firm", department="", scope=scope, permissions=everything)
    fetched = FetchFile(kind="rectification", thing_id=made, file_id=letter)
    assert _orders_of(world, "subject-1") == [made]
    world.commands.ask(fetch_file, fetched, actor=firm)
    withdraw = WithdrawRectification(rectification_id=made, reason="期限填错")
    world.run("farm-1", withdraw_rectification, withdraw)
    assert _orders_of(world, "subject-1") == []
    seen = world.commands.ask(cases.view, cases.named(id=made), actor=actor_of("farm-2"))
    said = seen.content
    assert (said.state, said.withdrawn_because, said.withdrawn_by) == (
        RectificationState.WITHDRAWN, "期限填错", "account-farm-1",
    )  # fmt: skip
    assert world.sees("farm-2", made, letter, kind="rectification")
    assert not seen.allowed
    assert world.facts("subject-1")["open_findings"] == 0
    report = ReportRectification(rectification_id=made, text="已补齐")
    with pytest.raises(NotFound):
        world.commands.run(report_rectification, report, actor=firm)
    for question, about in ((cases.view, cases.named(id=made)), (fetch_file, fetched)):
        with pytest.raises(NotFound):
            world.commands.ask(question, about, actor=firm)
    assert _may_order(world, "farm-1", first)
    again = world.run("farm-1", issue_rectification, evolve(order, days=10, document=""))
    assert _orders_of(world, "subject-1") == [again]
    deliver = DeliverRectification(rectification_id=again, channel=DeliveryChannel.ON_SPOT)
    world.run("farm-1", deliver_rectification, deliver)
    late = evolve(withdraw, rectification_id=again)
    assert _refused(world, "farm-1", withdraw_rectification, late) == [
        "tasks.rectification_is_delivered"
    ]


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
    """人员替换: whoever is next of the own department takes over; nobody is chosen."""
    _, (visit, _) = _dispatched(world)
    replace = ReplaceOfficer(
        visit_id=visit, old="lead-1", cause=ReplacementCause.ABSENCE, reason="出差"
    )
    assert {one.name for one in fields(ReplaceOfficer)} == {"visit_id", "old", "cause", "reason"}
    with pytest.raises(NotFound):
        world.run("farm-0", replace_officer, replace)
    came = world.run("lead-0", replace_officer, replace)
    with world.commands.transactions.begin() as unit:
        found = unit[Visits].get(visit)
    assert [each.id for each in found.officers] == [came, "farm-1"]
    assert [each.beyond for each in found.replacements] == [False]
    other = evolve(replace, cause=ReplacementCause.OTHER, old=came)
    with world.commands.transactions.begin() as unit:
        unit[Officers].save(_officer("lead-3"))
        unit.commit()
    assert _refused(world, "lead-0", replace_officer, other) == ["tasks.replaced_for_nothing"]
    assert _refused(world, "lead-0", replace_officer, evolve(replace, old="nobody")) == [
        "tasks.officer_not_assigned"
    ]


def test_visits_that_are_wrong_are_all_named(world: _World) -> None:
    """Twice the same subject, unknown ones and unknown officers come back at once."""
    sheet = _sheet()
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
        "tasks.clue_missing",
    ]
    assert _refused(world, "lead-0", create_task, CreateTask(sheet=sheet)) == ["tasks.number_taken"]


def test_a_firm_has_one_visit_in_a_task(world: _World) -> None:
    """一业一查: a later command names the visit that a firm has; another task may visit it."""
    sheet = _sheet()
    task = world.run("lead-0", create_task, CreateTask(sheet=sheet))
    orders = OpenVisits(task_id=task, orders=(_order("subject-1"),))
    world.run("lead-0", open_visits, orders)
    again = evolve(orders, orders=(_order("subject-2"), _order("subject-1")))
    with pytest.raises(Refused) as refused:
        world.run("lead-0", open_visits, again)
    assert [(one.code, one.at, dict(one.data)) for one in refused.value.reasons] == [
        ("tasks.subject_visited", "orders[1].subject",
         {"subject": "subject-1", "number": f"{sheet.number}-00001"})
    ]  # fmt: skip
    world.run("lead-0", open_visits, evolve(orders, orders=(_order("subject-2"),)))
    other = world.run("lead-0", create_task, CreateTask(sheet=evolve(sheet, number="RW-2")))
    assert len(world.run("lead-0", open_visits, evolve(orders, task_id=other))) == 1


def test_the_cap_binds_all_but_what_a_clue_or_an_order_asks_for(
    transactions: Callable[[dict[Any, Any]], Transactions], world: _World
) -> None:
    """Test d of the facts: over the cap is refused, whatever the task calls itself."""
    capped = BESIDE | {CheckCounts: lambda _unit: _CapOfOne()}
    ids = _Counted(last=100)
    strict = evolve(world, commands=Commands(transactions(capped), world.clock, ids))
    with strict.commands.transactions.begin() as unit:
        content = CheckCapContent(basis="例〔2026〕1号", department=LEAD, year=2026, most=1)
        cap = Entry.add(
            id="cap-1",
            content=content,
            position=1,
            at=world.clock.moment,
            register=CHECK_CAPS.name,
            department=LEAD,
        )
        unit[Entries].of(CHECK_CAPS).save(cap)
        unit.commit()
    whole = {"plan": "plan-whole", "sub_plan": "sub-1"}
    called: tuple[dict[str, object], ...] = (
        {"kind": TaskKind.ROUTINE}, {"kind": TaskKind.CASE, "reason": "投诉举报"},
        {"kind": TaskKind.SPECIAL, "superior_order": "x"},
    )  # fmt: skip
    task = ""
    for place, says in enumerate(called):
        sheet = _sheet(**whole, **says, number=f"RW-{place}")
        task = strict.run("lead-0", create_task, CreateTask(sheet=sheet))
        planned = _order("subject-1", ground=VisitGround.PLAN)
        visits = OpenVisits(task_id=task, orders=(planned,))
        assert _refused(strict, "lead-0", open_visits, visits) == ["plans.cap_reached"]
    visits = OpenVisits(task_id=task, orders=(_order("subject-1"),))
    (visit,) = strict.run("lead-0", open_visits, visits)
    with strict.commands.transactions.begin() as unit:
        assert unit[Visits].get(visit).sheet.counts_toward_cap is False


def test_a_scene_decides_on_opinions_and_rates(world: _World) -> None:
    """征求意见、差异化抽查: what the scene is set to is demanded; error codes name the setting."""
    _set(world, TaskSettings(differentiated=True, consultation=True))
    draw = frozen_draw("draw-1")
    object.__setattr__(draw, "rule", Rule.of(_rule("0.1", "0.2")))
    task = world.run("lead-0", create_task, CreateTask(sheet=_sheet()))
    _rests_on(world, task, draw)
    skip = Confirm(task_id=task)
    assert _refused(world, "lead-0", skip_consultation, skip) == ["tasks.consultation_demanded"]
    _set(world, TaskSettings(differentiated=False, consultation=False))
    world.run("lead-0", skip_consultation, skip)
    orders = OpenVisits(task_id=task, orders=(_order("subject-1"),))
    assert _refused(world, "lead-0", open_visits, orders) == ["tasks.draw_differentiated"]
    _set(world, TaskSettings(differentiated=True, consultation=False))
    assert len(world.run("lead-0", open_visits, orders)) == 1


def test_a_credit_model_steers_the_draw_and_its_items(world: _World) -> None:
    """是否信用抽取, 检查内容抽取方式: rates by grade, and no item drawn away."""
    _set(world, TaskSettings(differentiated=False, consultation=False))
    _steer(world, drawn=True)
    items = {"strata": {each: {"ratio": "0.5"} for each in "AB"}, "pool": []}
    draw = frozen_draw("draw-1")
    object.__setattr__(draw, "rule", Rule.of(_rule("0.1", "0.1") | {"items": items}))
    sheet = _sheet(grading_rule=GradingRuleUsed(id="rule-1", version=1))
    task = world.run("lead-0", create_task, CreateTask(sheet=sheet))
    _rests_on(world, task, draw)
    orders = OpenVisits(task_id=task, orders=(_order("subject-1"),))
    assert _refused(world, "lead-0", open_visits, orders) == [
        "tasks.draw_not_differentiated",
        "tasks.items_drawn_away",
    ]
    _steer(world, drawn=False)
    assert len(world.run("lead-0", open_visits, orders)) == 1


def _in_first_grade(world: _World) -> None:
    """Let the first subject be of grade 1 by the task's rule."""
    grade: Any = full_current_grade(current_id("rule-1", "subject-1"))
    object.__setattr__(grade, "rule", "rule-1")
    object.__setattr__(grade, "subject", "subject-1")
    grade._grade = 1
    with world.commands.transactions.begin() as unit:
        unit[CurrentGrades].save(grade)
        unit.commit()


def test_a_grade_caps_the_visits_of_a_year(world: _World) -> None:
    """每年最多检查次数 of the subject's grade by the task's rule; a clue frees a check of it."""
    _steer(world, drawn=False, cap=1)
    _in_first_grade(world)
    sheet = _sheet(
        kind=TaskKind.ROUTINE, grading_rule=GradingRuleUsed(id="rule-1", version=1),
        plan="plan-whole", sub_plan="sub-1",
    )  # fmt: skip
    task = world.run("lead-0", create_task, CreateTask(sheet=sheet))
    planned = tuple(_order(one, ground=VisitGround.PLAN) for one in SUBJECTS)
    orders = OpenVisits(task_id=task, orders=planned)
    assert len(world.run("lead-0", open_visits, orders)) == len(SUBJECTS)
    draft = world.run("lead-0", create_task, CreateTask(sheet=evolve(sheet, number="RW-2")))
    again = evolve(orders, task_id=draft)
    assert len(world.run("lead-0", open_visits, again)) == len(SUBJECTS)
    _goes_out(world, task)
    later = world.run("lead-0", create_task, CreateTask(sheet=evolve(sheet, number="RW-4")))
    assert _refused(world, "lead-0", open_visits, evolve(orders, task_id=later)) == [
        "tasks.grade_cap_reached"
    ]
    with pytest.raises(TaskNotDispatchable) as refusal:
        _goes_out(world, draft)
    assert [(one.code, one.at) for one in refusal.value.violations] == [
        ("tasks.grade_cap_reached", "task_id")
    ]
    heard = OpenVisits(task_id=later, orders=(_order("subject-1"),))
    assert len(world.run("lead-0", open_visits, heard)) == 1


def test_a_task_over_the_turn_of_the_year_asks_for_the_caps_of_both(world: _World) -> None:
    """An end in January does not free a check from what this year's cap forbids."""
    _steer(world, drawn=False, cap=1)
    _in_first_grade(world)
    sheet = _sheet(
        kind=TaskKind.ROUTINE, grading_rule=GradingRuleUsed(id="rule-1", version=1),
        plan="plan-whole", sub_plan="sub-1",
    )  # fmt: skip
    planned = tuple(_order(one, ground=VisitGround.PLAN) for one in SUBJECTS)
    first = world.run("lead-0", create_task, CreateTask(sheet=sheet))
    world.run("lead-0", open_visits, OpenVisits(task_id=first, orders=planned))
    _goes_out(world, first)
    end = date(2027, 1, 15)
    over = evolve(sheet, number="RW-2", ends_on=end)
    task = world.run("lead-0", create_task, CreateTask(sheet=over))
    opened = OpenVisits(task_id=task, orders=planned)
    assert _refused(world, "lead-0", open_visits, opened) == ["tasks.grade_cap_reached"]
    next_year = evolve(sheet, number="RW-3", starts_on=date(2027, 1, 4), ends_on=end)
    task = world.run("lead-0", create_task, CreateTask(sheet=next_year))
    assert len(world.run("lead-0", open_visits, evolve(opened, task_id=task))) == len(SUBJECTS)


def _goes_out(world: _World, task: str) -> None:
    world.run("lead-0", skip_consultation, NameTask(task_id=task))
    world.run("lead-9", approve_task, NameTask(task_id=task))
    world.run("lead-0", dispatch_task, DispatchTask(task_id=task))


def _steer(world: _World, *, drawn: bool, cap: int | None = None) -> None:
    """Give the scene an enabled credit model, and a rule that takes a ratio of items."""
    credit: Any = full_credit_model("credit-1")
    rule: Any = full_grading_rule("rule-1")
    definition = rule.versions[0]
    grades = tuple(evolve(one, yearly_cap=cap) for one in definition.grades)
    rule._versions = (evolve(definition, item_draw=ItemDraw.BY_RATIO, grades=grades),)
    rule._draft = None
    credit._state, credit.drawn_by_credit = LifeState.ENABLED, drawn
    credit.content_draw = ContentDraw.BY_LEVEL
    with world.commands.transactions.begin() as unit:
        kept: Any = ((CreditModels, credit), (GradingRules, rule))
        for port, one in kept:
            with suppress(NotFound):
                one.version = unit[port].get(one.id).version
            unit[port].save(one)
        scene: Any = unit[Scenes].get("scene-dairy")
        scene._credit_models = (CreditModelUse(model="credit-1", trade="dairy"),)
        unit[Scenes].save(scene)
        unit.commit()


def _rule(*ratios: str) -> dict[str, Any]:
    strata = {name: {"ratio": ratio} for name, ratio in zip("AB", ratios, strict=True)}
    return {"strata": strata, "filters": [], "exclusions": []}


def _rests_on(world: _World, task: str, draw: Draw) -> None:
    """Store a draw as that of a task, as the task's own freezing does."""
    object.__setattr__(draw, "task", task)
    with world.commands.transactions.begin() as unit:
        keep_pool(unit)
        unit[Draws].save(draw)
        root: Any = unit[Tasks].get(task)
        root._sheet = evolve(root.sheet, draw=draw.id)
        unit[Tasks].save(root)
        unit.commit()


def _set(world: _World, settings: TaskSettings) -> None:
    with world.commands.transactions.begin() as unit:
        scene = unit[Scenes].get("scene-dairy")
        scene.run_tasks_by(settings)
        unit[Scenes].save(scene)
        unit.commit()


def test_a_task_refers_to_what_there_is(world: _World) -> None:
    """Scene, checklist, rule, plan, departments: all that are not there are named at once.

    What the task said before may stay when it is gone; others of the kind are refused.
    """
    invented = _sheet(
        scene="no-scene", plan="no-plan", joining=("nobody",),
        checklist=ChecklistUsed(id="no-list", version=1),
        grading_rule=GradingRuleUsed(id="no-rule", version=1),
    )  # fmt: skip
    with pytest.raises(EntryInvalid) as refused:
        world.run("lead-0", create_task, CreateTask(sheet=invented))
    assert [(one.code, one.at, one.data["value"]) for one in refused.value.reasons] == [
        ("kernel.register_unknown", f"sheet.{at}", value)
        for at, value in (
            ("scene", "no-scene"), ("joining", "nobody"), ("checklist.id", "no-list"),
            ("grading_rule.id", "no-rule"), ("plan", "no-plan"),
        )
    ]  # fmt: skip
    task = world.run("lead-0", create_task, CreateTask(sheet=_sheet()))
    with world.commands.transactions.begin() as unit:
        farm = unit[Departments].get(FARM)
        farm.switch(enabled=False, at=world.clock.moment)
        unit[Departments].save(farm)
        unit.commit()
    renamed = _sheet(name="改名")
    world.run("lead-0", change_task, ChangeTask(task_id=task, sheet=renamed))
    assert _refused(world, "lead-0", create_task, CreateTask(sheet=_sheet(number="RW-2"))) == [
        "kernel.register_unusable"
    ]
    moved = evolve(renamed, scene="no-scene")
    change = ChangeTask(task_id=task, sheet=moved)
    assert _refused(world, "lead-0", change_task, change) == ["kernel.register_unknown"]
    with world.commands.transactions.begin() as unit:
        scene = unit[Scenes].get(renamed.scene)
        scene.disable(at=world.clock.moment)
        scene.delete()
        unit[Scenes].save(scene)
        unit.commit()
    again = ChangeTask(task_id=task, sheet=_sheet(name="再改"))
    world.run("lead-0", change_task, again)
    joined = CreateTask(sheet=_sheet(number="RW-3", joining=()))
    assert "kernel.register_unusable" in _refused(world, "lead-0", create_task, joined)


@pytest.mark.function("F116", surface="library")
def test_late_departments_are_warned_pressed_and_answer(world: _World) -> None:
    """认领超期、反馈超期: warned of once by itself; 督办 and 督办反馈; over when it is done."""
    sheet = _sheet()
    task = world.run("lead-0", create_task, CreateTask(sheet=sheet))
    world.run("lead-0", consult, Consult(task_id=task, due_on=date(2026, 4, 9)))
    world.run("farm-0", give_opinion, GiveOpinion(task_id=task, participates=True))
    world.run("lead-0", end_consultation, Confirm(task_id=task))
    orders = OpenVisits(task_id=task, orders=(_order("subject-1"),))
    (visit,) = world.run("lead-0", open_visits, orders)
    world.run("lead-9", approve_task, NameTask(task_id=task))
    world.run("lead-0", dispatch_task, DispatchTask(task_id=task))
    world.run("lead-0", claim_part, NameTask(task_id=task))
    round_ = WarningRound(world.commands.transactions, world.clock)
    assert round_.run() == 0
    with world.commands.transactions.begin() as unit:
        due = unit[Tasks].get(task).claim_due
    assert due is not None
    world.clock.moment += timedelta(days=(due - date(2026, 4, 7)).days + 1)
    assert (round_.run(), round_.run()) == (1, 0)
    (warning,) = _warnings(world, task)
    assert (warning.kind, warning.department, warning.due_on, warning.state) == (
        WarningKind.CLAIM_OVERDUE, FARM, due, WarningState.OPEN,
    )  # fmt: skip
    answer = AnswerSupervision(term_warning_id=warning.id, text="今日认领")
    assert _refused(world, "farm-0", answer_supervision, answer) == ["tasks.warning_not_pressed"]
    press = Supervise(term_warning_id=warning.id, text="请尽快认领")
    with pytest.raises(NotFound):
        world.run("farm-0", supervise, press)
    world.run("lead-0", supervise, press)
    world.run("farm-0", answer_supervision, answer)
    (warning,) = _warnings(world, task)
    assert (warning.state, warning.said, warning.answer) == (
        WarningState.ANSWERED, "请尽快认领", "今日认领",
    )  # fmt: skip
    world.run("farm-0", claim_part, NameTask(task_id=task))
    with world.commands.transactions.begin() as unit:
        look_at(unit, [("task", task)], now=world.clock.moment)
        unit.commit()
    assert _warnings(world, task) == []
    assert _refused(world, "lead-0", supervise, press) == ["tasks.warning_over"]
    with world.commands.transactions.begin() as unit:
        ends = unit[Visits].get(visit).due_on
    world.clock.moment += timedelta(days=(ends - due).days + 1)
    assert (round_.run(), round_.run()) == (2, 0)
    assert {(one.kind, one.department) for one in _warnings(world, task)} == {
        (WarningKind.RESULT_OVERDUE, LEAD), (WarningKind.RESULT_OVERDUE, FARM),
    }  # fmt: skip


def _warnings(world: _World, task: str) -> list[TermWarning]:
    with world.commands.transactions.begin_reading() as unit:
        return unit[TermWarnings].open_of(task)


@pytest.mark.function("F105", surface="library")
def test_a_plan_is_displayed_objected_to_and_settled(world: _World) -> None:
    """计划制定: shown to its departments, their objections answered, then settled."""
    sheet = plan_sheet(attachments=())
    unknown = DraftPlan(sheet=sheet, sub_plans=(sub_plan(trade="none"),))
    assert _refused(world, "lead-0", draft_plan, unknown) == ["kernel.register_unknown"]
    nobody = DraftPlan(sheet=sheet, sub_plans=(sub_plan(subjects=("none",)),))
    with pytest.raises(NotFound):
        world.run("lead-0", draft_plan, nobody)
    plan = world.run("lead-0", draft_plan, DraftPlan(sheet=sheet, sub_plans=(sub_plan(),)))
    world.run("lead-0", display_plan, DisplayPlan(plan_id=plan, until=date(2026, 4, 14)))
    objection = world.run("farm-0", object_to_plan, ObjectToPlan(plan_id=plan, reason="冲突"))
    answer = AnswerObjection(plan_id=plan, objection_id=objection, accepted=False, text="另行协商")
    assert _refused(world, "lead-0", answer_objection, answer) == ["kernel.decided_by_proposer"]
    world.run("lead-9", answer_objection, answer)
    settle = SettlePlan(plan_id=plan)
    assert _refused(world, "lead-9", settle_plan, settle) == ["plans.objections_open_until"]
    world.clock.moment += timedelta(days=8)
    assert _refused(world, "lead-0", settle_plan, settle) == ["kernel.decided_by_proposer"]
    world.run("lead-9", settle_plan, settle)
    task = _sheet(plan=plan, sub_plan=sub_plan().id)
    world.run("lead-0", create_task, CreateTask(sheet=task))
    world.run("lead-0", create_task, CreateTask(sheet=_sheet(plan=plan, number="RW20260407002")))
    cases = cases_of(PLANS)
    shown = world.commands.ask(cases.view, cases.named(id=plan), actor=actor_of("lead-0"))
    (sub,) = shown.content.sub_plans
    assert (sub.tasks, sub.done, sub.progress) == (1, 0, "0%")
    whole = shown.content
    assert (whole.tasks, whole.done, whole.progress) == (2, 0, "0%")


@pytest.mark.function("F013")
@pytest.mark.function("F014")
@pytest.mark.function("F015")
@pytest.mark.function("F102", surface="library")
@pytest.mark.function("F103", surface="library")
@pytest.mark.function("F104", surface="library")
def test_a_clue_is_handed_on_inspected_and_concluded(world: _World) -> None:
    """线索: registered, judged, distributed, forwarded, signed for, inspected, concluded."""
    task, (visit, _) = _dispatched(world)
    registered = RegisterClue(sheet=clue_sheet(scene="scene-dairy", attachments=()))
    clue = world.run("office-1", register_clue, registered, "dept-office")
    judge = TriageClue(clue_id=clue, verdict=Verdict.INSPECT, reason="多次举报")
    with pytest.raises(Refused) as own:
        world.run("office-1", triage_clue, judge, "dept-office")
    assert [one.code for one in own.value.violations] == ["kernel.decided_by_proposer"]
    world.run("office-2", triage_clue, judge, "dept-office")
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
    assert _refused(world, "lead-0", answer_clue, reply) == ["clues.inspection_not_made"]
    _inspect(world, visit)
    refusal = SignatureRefused(reason="拒签", witness="王五")
    world.run("lead-1", sign_visit, SignVisit(visit_id=visit, party=refusal))
    _finish(world, visit)
    world.run("lead-0", answer_clue, reply)
    end = SettleClue(clue_id=clue, text="属实已处理")
    with pytest.raises(NotFound):
        world.run("office-1", conclude_clue, end, "dept-office")
    world.run("farm-0", conclude_clue, end)
    with world.commands.transactions.begin() as unit:
        found = unit[Clues].get(clue)
        assert (found.conclusion, found.task) == ("属实已处理", task)
        assert found.due_on == date(2026, 4, 28)


@pytest.mark.function("F109", surface="library")
@pytest.mark.function("F132", surface="library")
def test_evidence_hangs_on_the_visit(world: _World) -> None:
    """Who reaches the visit sees it, nobody else.

    Finding 7: a failed item was recorded again as passed, its photo gone. It stays with the result
    that it was recorded with, and the log says what was changed.
    """
    _, (first, second) = _dispatched(world)
    world.run("lead-1", check_in, CheckInAtVisit(visit_id=first, reason="没有张贴码"))
    photo, other = world.sends("lead-1", "甲.txt"), world.sends("lead-1", "乙.txt")

    def record(*files: str) -> RecordResults:
        found = ItemAnswer(
            item="item-1", outcome=ItemOutcome.FAILED, note="见照片", evidence=tuple(files)
        )
        return RecordResults(visit_id=first, answers=(found,))

    assert not world.sees("lead-1", first, photo)
    for _ in range(2):
        world.run("lead-1", record_results, record(photo, other))
    assert world.sees("lead-1", first, photo)
    assert world.sees("farm-1", first, photo)
    assert not world.sees("lead-1", second, photo)
    assert not world.sees("stranger", first, photo, "dept-health")
    passed = ItemAnswer(item="item-1", outcome=ItemOutcome.PASSED, evidence=(other,))
    again = RecordResults(visit_id=first, answers=(passed,))
    assert _refused(world, "lead-1", record_results, again) == ["tasks.correction_unexplained"]
    explained = evolve(passed, corrected_because="看错了项目")
    world.run("lead-1", record_results, evolve(again, answers=(explained,)))
    assert world.sees("lead-1", first, photo)
    with world.commands.transactions.begin() as unit:
        assert {one.id for one in unit[Attachments].of("visit", first)} == {photo, other}
        (kept,) = unit[Visits].get(first).superseded
    assert (kept.outcome, kept.note, kept.evidence) == (
        ItemOutcome.FAILED, "见照片", (photo, other)
    )  # fmt: skip


def test_names_are_no_evidence(world: _World) -> None:
    """Bare names, digests and files of others are refused, and the results with them."""
    _, (first, _) = _dispatched(world)
    world.run("lead-1", check_in, CheckInAtVisit(visit_id=first, reason="没有张贴码"))
    theirs = world.sends("farm-1")
    for name in ("file-7", "现场.jpg", theirs, sm3(picture()).hex()):
        answer = ItemAnswer(item="item-1", outcome=ItemOutcome.PASSED, evidence=(name,))
        command = RecordResults(visit_id=first, answers=(answer,))
        with pytest.raises(AttachmentsRefused) as refused:
            world.run("lead-1", record_results, command)
        assert [(one.code, one.at) for one in refused.value.reasons] == [
            ("files.unknown", "evidence[0]")
        ]
    with world.commands.transactions.begin() as unit:
        assert unit[Visits].get(first).results == ()


def test_a_signature_is_a_picture(world: _World) -> None:
    """Nothing else is taken as one, and it is seen through the visit that it signs."""
    _, (_, second) = _dispatched(world)
    _inspect(world, second)
    text = Signed(signer="李四", image=world.sends("lead-1"))
    assert _refused(world, "lead-1", sign_visit, SignVisit(visit_id=second, party=text)) == [
        "files.type_unfit"
    ]
    signature = world.sends("lead-1", "签名.png")
    signed = Signed(signer="李四", image=signature)
    world.run("lead-1", sign_visit, SignVisit(visit_id=second, party=signed))
    assert world.sees("farm-1", second, signature)
    assert not world.sees("stranger", second, signature, "dept-health")
