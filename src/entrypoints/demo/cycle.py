"""The stages of one cycle, each carried out by the departments and officers concerned."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from attrs import define, evolve, field

from entrypoints.cli.console import Advance, Console
from entrypoints.container import PILOTS, FixedClock, Platform, pilot_package
from entrypoints.demo.field import Field
from entrypoints.demo.files import put
from entrypoints.demo.settings import (
    REGION,
    DemoSettings,
    chunked,
    day_of_stage,
    department_of,
    head_of,
    moment_of_stage,
    officer_actor,
)
from entrypoints.installing import InstalledScene, install_scene
from entrypoints.intake import (
    ImportReport,
    read_officers,
    read_subjects,
    store_officers,
    store_subjects,
)
from supervision_core.checklists.model import ChecklistItem
from supervision_core.draws.model.assignment import DemandsUnmet
from supervision_core.draws.model.draw import Action, Draw
from supervision_core.draws.model.ranking import commitment
from supervision_core.draws.ports import Draws
from supervision_core.draws.services import (
    AdjustDraw,
    AssignInspectors,
    CommitNonce,
    CompleteDraw,
    FreezeDraw,
    ProveDraw,
    RevealNonce,
    adjust_draw,
    assign_inspectors,
    commit_nonce,
    complete_draw,
    freeze_draw,
    prove_draw,
    reveal_nonce,
)
from supervision_core.grading.ports import GradedSubjects, GradingRules
from supervision_core.grading.services import GradeSubjects, grade_subjects
from supervision_core.identity.model import Actor
from supervision_core.identity.services import UseCase
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.paging import PageRequest
from supervision_core.officers.ports import Officers
from supervision_core.plans.model import PlanSheet, SubPlan
from supervision_core.plans.services import (
    DisplayPlan,
    DraftPlan,
    SettlePlan,
    display_plan,
    draft_plan,
    settle_plan,
)
from supervision_core.subjects.model import Subject, SubjectStatus
from supervision_core.subjects.ports import SubjectFilter, SubjectQueries, SubjectRow, Subjects
from supervision_core.tasks.model.rectification import (
    DeliveryChannel,
    RecheckResult,
    Rectification,
    RectificationState,
)
from supervision_core.tasks.model.sheet import TaskKind, TaskSheet, Versioned
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.visit import Visit, VisitState
from supervision_core.tasks.ports import (
    PublicationQueries,
    RectificationFilter,
    RectificationQueries,
    RectificationRow,
    Rectifications,
    Tasks,
    VisitFilter,
    VisitQueries,
    VisitRow,
    Visits,
)
from supervision_core.tasks.services.drawing import (
    draw_rule,
    staffing_for,
    ungrantable,
    visit_items,
)
from supervision_core.tasks.services.publications import PublishResult, publish_result
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
    ChangeTask,
    ClaimPart,
    ClosePart,
    CloseTask,
    ConfirmTask,
    Consult,
    CreateTask,
    DispatchTask,
    GiveOpinion,
    PublishTask,
    approve_task,
    archive_task,
    change_task,
    claim_part,
    close_part,
    close_task,
    consult,
    create_task,
    dispatch_task,
    end_consultation,
    give_opinion,
    publish_task,
    skip_consultation,
)
from supervision_core.tasks.services.visits import (
    CheckInAtVisit,
    CompleteVisit,
    ConcludeVisit,
    OpenVisits,
    RecordResults,
    SignVisit,
    VisitOrder,
    check_in,
    complete_visit,
    conclude_visit,
    open_visits,
    record_results,
    sign_visit,
)

Cmd = TypeVar("Cmd")
Answer = TypeVar("Answer")

_GRADED_AT_ONCE = 1_000
_OPENED_AT_ONCE = 200
_TERM_DAYS = 10
_SECOND_TERM_DAYS = 5
_WORKLOAD_CAP = 60
_DISPLAY_YEARS = 1


@define
class SceneRun:
    """One scene on its way: what is known of it so far."""

    scene: InstalledScene
    departments: tuple[str, ...]
    """The lead first; those of the scene that have officers."""
    left_out: tuple[str, ...] = ()
    subjects: Mapping[str, SubjectRow] = field(factory=dict, repr=False)
    """By id, those that are there to be supervised."""
    before: Mapping[str, int | None] = field(factory=dict, repr=False)
    after: Mapping[str, int | None] = field(factory=dict, repr=False)
    plan: str = ""
    task: str = ""
    number: str = ""
    draw: str = ""
    removed: int = 0

    @property
    def lead(self) -> Actor:
        """Who acts for the lead department."""
        return head_of(self.scene.lead)

    @property
    def items(self) -> tuple[ChecklistItem, ...]:
        """The items that the departments taking part answer."""
        return tuple(i for i in self.scene.items if i.content.department in self.departments)


@define
class Cycle:
    """A run over one database; every stage may be told again and then does nothing twice."""

    platform: Platform
    clock: FixedClock
    settings: DemoSettings
    console: Console
    actor: Actor
    people: Field
    runs: list[SceneRun] = field(factory=list)
    skipped: dict[str, str] = field(factory=dict)

    def do(self, case: UseCase[Cmd, Answer], command: Cmd, *, by: Actor, key: str) -> Answer:
        """Carry out a command under a key of its own."""
        return self.platform.commands.run(case, command, actor=by, key=f"demo/{key}")

    def at(self, stage: str, *, hour: int = 9) -> date:
        """Set the clock to a stage and give its day."""
        self.clock.put(moment_of_stage(stage, hour=hour))
        return day_of_stage(stage)

    # -- import, tags, scenes ---------------------------------------------------------------

    def install(self) -> list[InstalledScene]:
        """Put the pilot packages to work."""
        self.at("import")
        return [
            install_scene(self.platform, pilot_package(name), actor=self.actor, region=REGION)
            for name in PILOTS
        ]

    def take_in_firms(self) -> ImportReport:
        """Import the workbook of firms; tags are put on as they come in."""
        self.at("import")
        path = self.settings.firms_file
        understood = read_subjects(self.platform, path, region=REGION)
        errors = self.settings.folder / "导入" / "待更正-企业.xlsx"
        errors.parent.mkdir(parents=True, exist_ok=True)
        with self.console.progress("导入企业", len(understood.entries)) as advance:
            return store_subjects(
                self.platform, understood, actor=self.actor, errors=errors, advance=advance
            )

    def take_in_officers(self) -> ImportReport:
        """Import the workbook of officers, each under the name by which scenes know his body."""
        path = self.settings.officers_file
        understood = read_officers(
            self.platform, path, region=REGION, department=self.actor.department
        )
        named = tuple(
            evolve(entry, draft=evolve(entry.draft, department=department_of(entry.draft)))
            for entry in understood.entries
        )
        errors = self.settings.folder / "导入" / "待更正-执法人员.xlsx"
        with self.console.progress("导入执法人员", len(named)) as advance:
            return store_officers(
                self.platform,
                evolve(understood, entries=named),
                actor=self.actor,
                errors=errors,
                advance=advance,
            )

    def gather(self, scenes: Iterable[InstalledScene]) -> None:
        """Find each scene's subjects and the departments that have officers for it."""
        for scene in scenes:
            with self.platform.transactions.begin() as work:
                wanted = (scene.lead, *scene.joining)
                staffed = {one.department for one in work[Officers].of_departments(wanted)}
                subjects = {row.id: row for row in _every_subject(work[SubjectQueries], scene)}
            if scene.lead not in staffed:
                self.skipped[scene.name] = f"名册中没有牵头部门“{scene.lead}”的执法人员"
            elif not subjects:
                self.skipped[scene.name] = "名单中没有属于该场景的监管对象"
            else:
                self.runs.append(
                    SceneRun(
                        scene=scene,
                        departments=tuple(one for one in wanted if one in staffed),
                        left_out=tuple(one for one in wanted if one not in staffed),
                        subjects=subjects,
                    )
                )

    # -- assessment and grading -------------------------------------------------------------

    def assess(self, stage: str) -> None:
        """Assess and grade every subject of every scene as of the stage's day."""
        day = self.at(stage)
        total = sum(len(run.subjects) for run in self.runs)
        with self.console.progress("评价与分级", total) as advance:
            for run in self.runs:
                for place, ids in enumerate(chunked(run.subjects, _GRADED_AT_ONCE)):
                    command = GradeSubjects(rule_id=run.scene.rule, subject_ids=ids, as_of=day)
                    key = f"{stage}/{run.scene.code}/{place}"
                    self.do(grade_subjects, command, by=run.lead, key=key)
                    advance(len(ids))
                with self.platform.transactions.begin() as work:
                    grades = work[GradedSubjects].grades_of_day(run.scene.rule, day)
                if stage == "assess":
                    run.before = grades
                else:
                    run.after = grades

    # -- plan and task ----------------------------------------------------------------------

    def plan(self) -> None:
        """Draft each scene's plan, show it to the departments, settle it after its last day."""
        for run in self.runs:
            scene = run.scene
            joining = run.departments[1:]
            self.at("plan", hour=11)
            sub = SubPlan(
                id=f"{scene.code}-1",
                name=f"{scene.name}第一批",
                starts_on=day_of_stage("freeze"),
                ends_on=day_of_stage("close"),
                joining=joining,
                scope=f"全区{scene.name}监管对象{len(run.subjects)}户",
                matters=_matters(run.items),
            )
            sheet = PlanSheet(
                name=f"2026年{scene.name}跨部门综合监管计划",
                scene=scene.scene,
                year=2026,
                region=REGION,
                lead=scene.lead,
                joining=joining,
                description="演示计划",
            )
            run.plan = self.do(
                draft_plan,
                DraftPlan(sheet=sheet, sub_plans=(sub,)),
                by=run.lead,
                key=f"{scene.code}/plan",
            )
            shown = DisplayPlan(plan_id=run.plan, until=day_of_stage("settle"))
            self.do(display_plan, shown, by=run.lead, key=f"{scene.code}/display")
            self.at("freeze", hour=8)
            settled = SettlePlan(plan_id=run.plan)
            self.do(settle_plan, settled, by=run.lead, key=f"{scene.code}/settle")

    def draw(self) -> None:
        """Draft each task; freeze, commit, reveal and draw its subjects, items and inspectors."""
        with self.console.progress("双随机抽取", len(self.runs)) as advance:
            for run in self.runs:
                self._draw(run)
                advance(1)

    def _sheet(self, run: SceneRun) -> TaskSheet:
        scene = run.scene
        with self.platform.transactions.begin() as work:
            rule = work[GradingRules].get(scene.rule).current()
        return TaskSheet(
            number=run.number,
            name=f"2026年第一批{scene.name}跨部门综合检查",
            scene=scene.scene,
            kind=TaskKind.ROUTINE,
            region=REGION,
            lead=scene.lead,
            joining=run.departments[1:],
            checklist=Versioned(id=scene.checklist, version=scene.checklist_version),
            starts_on=day_of_stage("freeze"),
            ends_on=day_of_stage("close"),
            matters=_matters(run.items),
            grading_rule=Versioned(id=scene.rule, version=rule.version),
            plan=run.plan,
            sub_plan=f"{scene.code}-1",
        )

    def _draw(self, run: SceneRun) -> None:
        code = run.scene.code
        self.at("freeze")
        run.number = f"450000-2026-{code.upper()}-001"
        sheet = self._sheet(run)
        run.task = self.do(create_task, CreateTask(sheet=sheet), by=run.lead, key=f"{code}/task")
        candidates = tuple(
            sorted(
                (run.subjects[one].code, str(grade))
                for one, grade in run.before.items()
                if grade is not None and one in run.subjects
            )
        )
        frozen = FreezeDraw(
            task_id=run.task,
            region=REGION,
            candidates=candidates,
            rule=self._rule(run),
            contributors=run.departments,
            due=moment_of_stage("freeze", hour=17),
        )
        run.draw = self.do(freeze_draw, frozen, by=run.lead, key=f"{code}/freeze")
        self.at("freeze", hour=10)
        for department in run.departments:
            made = commitment(department, self._nonce(run, department))
            command = CommitNonce(draw_id=run.draw, commitment=made)
            self.do(
                commit_nonce, command, by=head_of(department), key=f"{code}/commit/{department}"
            )
        self.at("freeze", hour=11)
        for department in run.departments:
            reveal = RevealNonce(draw_id=run.draw, nonce=self._nonce(run, department))
            self.do(reveal_nonce, reveal, by=head_of(department), key=f"{code}/reveal/{department}")
        self.at("freeze", hour=12)
        drawn = CompleteDraw(draw_id=run.draw)
        self.do(complete_draw, drawn, by=run.lead, key=f"{code}/complete")
        self._assign(run)
        named = ChangeTask(task_id=run.task, sheet=evolve(sheet, draw=run.draw))
        self.do(change_task, named, by=run.lead, key=f"{code}/name_draw")
        self._open_visits(run)

    def _rule(self, run: SceneRun) -> Json:
        with self.platform.transactions.begin() as work:
            grading = work[GradingRules].get(run.scene.rule).current()
        filters = (f"场景：{run.scene.name}", "登记状态：存续", "已分级")
        return draw_rule(grading, run.items, filters=filters, exclusions=("本年度已检查",))

    def _nonce(self, run: SceneRun, department: str) -> bytes:
        """Give a department's nonce, which it keeps to itself in a file until it reveals it."""
        name = hashlib.new("sm3", department.encode()).hexdigest()[:12]
        path = self.settings.folder / "部门随机数" / f"{run.scene.code}-{name}.txt"
        if not path.exists():
            put(path, f"{department} {self.platform.randomness.token(32).hex()}\n".encode())
        return bytes.fromhex(path.read_text(encoding="utf-8").split()[1])

    def _load_draw(self, run: SceneRun) -> Draw:
        with self.platform.transactions.begin() as work:
            return work[Draws].get(run.draw)

    def _subjects_of(self, draw: Draw) -> dict[str, Subject]:
        """Give the selected subjects by the code under which they were drawn."""
        with self.platform.transactions.begin() as work:
            found = work[Subjects].find_by_codes(draw.selection)
        return {one.identity.code: one for one in found}

    def _assign(self, run: SceneRun) -> None:
        """Assign inspectors; what nobody can visit is taken off by hand, with the reason."""
        code = run.scene.code
        draw = self._load_draw(run)
        while draw.assignment is None:
            subjects = self._subjects_of(draw)
            items = {one: visit_items(run.items, draw, one) for one in draw.selection}
            with self.platform.transactions.begin() as work:
                officers = work[Officers].of_departments(run.departments)
            staffing = staffing_for(
                draw,
                subjects,
                items,
                officers,
                day=day_of_stage("close"),
                cap=_WORKLOAD_CAP,
            )
            try:
                self.platform.commands.run(
                    assign_inspectors,
                    AssignInspectors(draw_id=run.draw, staffing=staffing),
                    actor=run.lead,
                )
            except DemandsUnmet as unmet:
                for subject in ungrantable(unmet.shortage):
                    reason = f"执法人员不足：{'、'.join(unmet.shortage.departments)}无符合条件人员"
                    self.do(
                        adjust_draw,
                        AdjustDraw(
                            draw_id=run.draw, action=Action.REMOVE, subject=subject, reason=reason
                        ),
                        by=run.lead,
                        key=f"{code}/remove/{subject}",
                    )
            draw = self._load_draw(run)
        run.removed = len(draw.adjustments)

    def _open_visits(self, run: SceneRun) -> None:
        draw = self._load_draw(run)
        subjects = self._subjects_of(draw)
        assigned = draw.assignment.visits if draw.assignment else ()
        orders = [
            VisitOrder(
                subject=subjects[each.id].id,
                officers=each.officers,
                items=visit_items(run.items, draw, each.id),
            )
            for each in assigned
        ]
        for start in range(0, len(orders), _OPENED_AT_ONCE):
            part = tuple(orders[start : start + _OPENED_AT_ONCE])
            command = OpenVisits(task_id=run.task, orders=part)
            self.do(open_visits, command, by=run.lead, key=f"{run.scene.code}/open/{start}")

    def proof(self, run: SceneRun) -> dict[str, Json]:
        """Give the proof of a scene's draw."""
        return self.platform.commands.run(
            prove_draw, ProveDraw(draw_id=run.draw), actor=run.lead, key=f"demo/{run.draw}/proof"
        )

    def dispatch(self) -> None:
        """Ask the departments where the scene wants it, approve, send out, claim."""
        for run in self.runs:
            code = run.scene.code
            self.at("dispatch")
            ready = ConfirmTask(task_id=run.task)
            if run.scene.consultation and run.departments[1:]:
                asked = Consult(task_id=run.task, due_on=day_of_stage("dispatch"))
                self.do(consult, asked, by=run.lead, key=f"{code}/consult")
                for department in run.departments[1:]:
                    opinion = GiveOpinion(task_id=run.task, participates=True)
                    key = f"{code}/opinion/{department}"
                    self.do(give_opinion, opinion, by=head_of(department), key=key)
                self.do(end_consultation, ready, by=run.lead, key=f"{code}/ready")
            else:
                self.do(skip_consultation, ready, by=run.lead, key=f"{code}/ready")
            self.at("dispatch", hour=10)
            approval = ApproveTask(task_id=run.task)
            self.do(approve_task, approval, by=run.lead, key=f"{code}/approve")
            self.do(
                dispatch_task, DispatchTask(task_id=run.task), by=run.lead, key=f"{code}/dispatch"
            )
            self.at("claim")
            for department in run.departments:
                claim = ClaimPart(task_id=run.task)
                self.do(claim_part, claim, by=head_of(department), key=f"{code}/claim/{department}")

    # -- on the spot ------------------------------------------------------------------------

    def inspect(self) -> None:
        """Carry out every visit: arrive, answer the items, conclude, sign, complete."""
        self.at("visit")
        rows = [(run, row) for run in self.runs for row in self.visits(run)]
        with self.console.progress("现场检查", len(rows)) as advance:
            for run, row in rows:
                if row.state is not VisitState.COMPLETED:
                    self._visit(run, row)
                advance(1)

    def visits(self, run: SceneRun) -> list[VisitRow]:
        """List the visits of a run's task."""
        with self.platform.transactions.begin() as work:
            return list(_every_visit(work[VisitQueries], run.task))

    def load_visit(self, visit: str) -> Visit:
        """Load one visit."""
        with self.platform.transactions.begin() as work:
            return work[Visits].get(visit)

    def load_subject(self, subject: str) -> Subject:
        """Load one subject."""
        with self.platform.transactions.begin() as work:
            return work[Subjects].get(subject)

    def _visit(self, run: SceneRun, row: VisitRow) -> None:
        visit, subject = self.load_visit(row.id), self.load_subject(row.subject)
        grade = run.before.get(row.subject) or 1
        played = self.people.visit(row.number, grade, visit.sheet.items)
        people = {one.department: one.id for one in visit.officers}
        leader = visit.officers[0]
        first = officer_actor(
            people.get(run.scene.lead, leader.id),
            run.scene.lead if run.scene.lead in people else leader.department,
        )
        scanned, reason = self.people.scan(row.number, subject.identity.code)
        key = f"visit/{row.number}"
        arrival = CheckInAtVisit(visit_id=row.id, code=scanned, reason=reason)
        self.do(check_in, arrival, by=first, key=f"{key}/check_in")
        departments = {item.id: item.department for item in visit.sheet.items}
        for department, officer in sorted(people.items()):
            theirs = tuple(a for a in played.answers if departments[a.item] == department)
            if theirs:
                self.do(
                    record_results,
                    RecordResults(visit_id=row.id, answers=theirs),
                    by=officer_actor(officer, department),
                    key=f"{key}/record/{department}",
                )
        conclusion = ConcludeVisit(
            visit_id=row.id,
            outcomes=played.outcomes,
            pending=played.pending,
            measures=played.measures,
            note=played.note,
        )
        self.do(conclude_visit, conclusion, by=first, key=f"{key}/conclude")
        party = self.people.signature(row.number, subject.personal.principal)
        self.do(sign_visit, SignVisit(visit_id=row.id, party=party), by=first, key=f"{key}/sign")
        self.do(complete_visit, CompleteVisit(visit_id=row.id), by=first, key=f"{key}/complete")

    # -- orders and re-checks ---------------------------------------------------------------

    def order(self) -> None:
        """Order each department's findings to be put right, and hand the order over."""
        self.at("order")
        rows = [row for run in self.runs for row in self.visits(run) if row.findings]
        with self.console.progress("责令改正", len(rows)) as advance:
            for row in rows:
                self._order(row)
                advance(1)

    def _order(self, row: VisitRow) -> None:
        visit = self.load_visit(row.id)
        departments = dict.fromkeys(finding.department for finding in visit.findings)
        for place, department in enumerate(sorted(departments), 1):
            key = f"order/{row.number}/{department}"
            number = f"{row.number}-{place}"
            command = IssueRectification(
                visit_id=row.id, number=number, days=_TERM_DAYS, document=f"责令改正-{number}"
            )
            made = self.do(issue_rectification, command, by=head_of(department), key=key)
            delivery = DeliverRectification(rectification_id=made, channel=DeliveryChannel.ON_SPOT)
            self.do(deliver_rectification, delivery, by=head_of(department), key=f"{key}/deliver")

    def rectifications(self, run: SceneRun) -> list[RectificationRow]:
        """List the rectifications of a run's task."""
        with self.platform.transactions.begin() as work:
            return list(_every_rectification(work[RectificationQueries], run.task))

    def load_rectification(self, rectification: str) -> Rectification:
        """Load one rectification."""
        with self.platform.transactions.begin() as work:
            return work[Rectifications].get(rectification)

    def recheck(self) -> None:
        """Let firms report and officers look again, twice where once was not enough."""
        for term, (reported, looked) in enumerate((("report", "recheck"), ("again", "again")), 1):
            rows = [
                row
                for run in self.runs
                for row in self.rectifications(run)
                if row.state not in (RectificationState.DONE, RectificationState.TRANSFERRED)
            ]
            with self.console.progress(f"整改与复查（第{term}次）", len(rows)) as advance:
                for row in rows:
                    self._recheck(row, term, reported, looked)
                    advance(1)

    def _recheck(self, row: RectificationRow, term: int, reported: str, looked: str) -> None:
        head = head_of(row.department)
        key = f"recheck/{row.number}/{term}"
        self.at(reported)
        report = ReportRectification(rectification_id=row.id, text="已按要求逐项整改，附整改照片")
        self.do(report_rectification, report, by=head, key=f"{key}/report")
        visit = self.load_visit(row.visit)
        result = self.people.recheck(row.number, term)
        again = result is RecheckResult.ORDERED_AGAIN
        self.at(looked, hour=15)
        command = RecheckRectification(
            rectification_id=row.id,
            officers=tuple(officer.id for officer in visit.officers[:2]),
            result=result,
            note="部分问题未整改到位，限期再次整改" if again else "",
            days=_SECOND_TERM_DAYS if again else None,
        )
        self.do(recheck_rectification, command, by=head, key=f"{key}/look")
        if not again:
            finished = FinishRectification(rectification_id=row.id)
            self.do(finish_rectification, finished, by=head, key=f"{key}/finish")

    # -- closing ----------------------------------------------------------------------------

    def close(self) -> None:
        """Close by department, then as a whole."""
        self.at("close")
        for run in self.runs:
            code = run.scene.code
            for department in run.departments:
                part = ClosePart(task_id=run.task)
                self.do(close_part, part, by=head_of(department), key=f"{code}/close/{department}")
            self.at("close", hour=16)
            self.do(close_task, CloseTask(task_id=run.task), by=run.lead, key=f"{code}/close")

    def load_task(self, run: SceneRun) -> Task:
        """Load a run's task."""
        with self.platform.transactions.begin() as work:
            return work[Tasks].get(run.task)

    def archive(self, run: SceneRun, manifest: str) -> None:
        """Fix a task's file by its manifest."""
        self.at("close", hour=17)
        command = ArchiveTask(task_id=run.task, manifest=manifest)
        self.do(archive_task, command, by=run.lead, key=f"{run.scene.code}/archive")

    def publish(self, run: SceneRun, advance: Advance) -> None:
        """Show every result to the public, then end the task."""
        day = self.at("publish")
        until = day.replace(year=day.year + _DISPLAY_YEARS)
        for row in self.visits(run):
            command = PublishResult(visit_id=row.id, until=until)
            self.do(publish_result, command, by=run.lead, key=f"publish/{row.number}")
            advance(1)
        done = PublishTask(task_id=run.task)
        self.do(publish_task, done, by=run.lead, key=f"{run.scene.code}/publish")

    def published(self, run: SceneRun) -> Counter[str]:
        """Count a task's publications by state."""
        counts: Counter[str] = Counter()
        cursor: str | None = None
        with self.platform.transactions.begin() as work:
            while True:
                request = PageRequest(size=200, cursor=cursor)
                page = work[PublicationQueries].page(run.task, None, request)
                counts.update(row.state.value for row in page.items)
                cursor = page.next_cursor
                if cursor is None:
                    return counts


def _matters(items: Iterable[ChecklistItem]) -> tuple[str, ...]:
    return tuple(sorted({item.content.matter_code for item in items}))


def _every_subject(queries: SubjectQueries, scene: InstalledScene) -> Iterator[SubjectRow]:
    wanted = SubjectFilter(region=REGION, tags=frozenset(scene.tags), status=SubjectStatus.ACTIVE)
    return _every(queries.page, wanted, order="id")


def _every_visit(queries: VisitQueries, task: str) -> Iterator[VisitRow]:
    return _every(queries.page, VisitFilter(task=task))


def _every_rectification(queries: RectificationQueries, task: str) -> Iterator[RectificationRow]:
    return _every(queries.page, RectificationFilter(task=task))


def _every(ask: Any, wanted: Any, order: str = "") -> Iterator[Any]:
    cursor: str | None = None
    while True:
        page = ask(wanted, PageRequest(size=200, cursor=cursor, order=order))
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def moved(
    before: Mapping[str, int | None], after: Mapping[str, int | None]
) -> Counter[tuple[int, int]]:
    """Count the subjects by their grade before and after."""
    return Counter(
        (old, new)
        for one, old in before.items()
        if old is not None and (new := after.get(one)) is not None
    )


def spread(grades: Iterable[int | None]) -> Counter[int]:
    """Count subjects by grade."""
    return Counter(grade for grade in grades if grade is not None)


def shares(counts: Mapping[int, int], numbers: Sequence[int]) -> list[int]:
    """Give the counts in order of grade."""
    return [counts.get(number, 0) for number in numbers]
