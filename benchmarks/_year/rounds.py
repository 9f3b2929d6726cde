"""Plans and rounds: announced, drawn, approved, sent out, claimed; closed, archived, published."""

from datetime import timedelta
from functools import partial

from attrs import define, evolve, field
from benchmarks._year.city import STARTS, YEAR, City, Round
from benchmarks._year.weeks import CityWeeks

from entrypoints.demo.cycle import SceneRun
from entrypoints.demo.diary import Diary
from entrypoints.demo.rounds import deposit, open_deposits
from entrypoints.demo.settings import chunked, moment_of
from supervision_core.draws.ports import Draws
from supervision_core.draws.services import CompleteDraw, complete_draw
from supervision_core.grading.ports import GradingRules
from supervision_core.grading.services import GradeSubjects, grade_subjects
from supervision_core.identity.model import Actor
from supervision_core.identity.services.registers import cases_of
from supervision_core.kernel.registers import RegisterVerb
from supervision_core.officers.registers import (
    INSTITUTION_QUALIFICATIONS,
    INSTITUTIONS,
    InstitutionContent,
    InstitutionQualificationContent,
)
from supervision_core.plans.model import PlanSheet, SubPlan
from supervision_core.plans.registers import CHECK_CAPS, CheckCapContent
from supervision_core.plans.services import (
    AnswerObjection,
    ConsultPlan,
    DeletePlan,
    DisplayPlan,
    DraftPlan,
    GivePlanOpinion,
    ObjectToPlan,
    SettlePlan,
    answer_objection,
    consult_on_plan,
    delete_plan,
    display_plan,
    draft_plan,
    give_plan_opinion,
    object_to_plan,
    settle_plan,
)
from supervision_core.tasks.model.drawing import GradeQuota, OfficersDemanded
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.opening import VisitOrder
from supervision_core.tasks.model.sheet import (
    ChecklistUsed,
    GradingRuleUsed,
    TaskKind,
    TaskProposal,
)
from supervision_core.tasks.services.archiving import ArchiveTask, archive_task
from supervision_core.tasks.services.drawing import FreezeTaskDraw, freeze_task_draw
from supervision_core.tasks.services.staffing import (
    OpenDrawnVisits,
    StaffDraw,
    open_drawn_visits,
    staff_draw,
)
from supervision_core.tasks.services.tasks import (
    AnswerUrging,
    Consult,
    CreateTask,
    DeleteTask,
    DispatchTask,
    EngageThirdParty,
    GiveOpinion,
    NameAssistants,
    NameTask,
    UrgePart,
    answer_urging,
    approve_task,
    claim_assistance,
    claim_part,
    close_part,
    close_task,
    consult,
    create_task,
    delete_task,
    dispatch_task,
    end_consultation,
    engage_third_party,
    give_opinion,
    name_assistants,
    publish_task,
    urge_part,
)
from supervision_core.tasks.services.visits import (
    CheckInAtVisit,
    OpenVisits,
    check_in,
    open_visits,
)

_GRADED_AT_ONCE = 1_000
_DAY = timedelta(days=1)


@define
class Rounds:
    """Enters a year's plans and rounds in the diary."""

    city: City
    diary: Diary
    weeks: CityWeeks
    share: float
    """How many times as many subjects are drawn as the grading rules say at least."""
    institution: str = ""
    assisting: list[Actor] = field(factory=list)

    def enter(self, starts: tuple[object, ...] = STARTS) -> None:
        """Enter all of it."""
        city, diary = self.city, self.diary
        first = city.today
        for run in city.runs:
            rounds = [
                Round.of(city, run, place, day) for place, day in enumerate(STARTS, 1)
                if day in starts
            ]  # fmt: skip
            city.rounds += rounds
            display = city.after(first, 10)
            diary.on(city.after(first, 1), 9, partial(self._draft, run, rounds))
            diary.on(city.after(first, 6), 9, partial(self._opinions, run))
            diary.on(display, 9, partial(self._display, run))
            diary.on(city.after(display, 3), 9, partial(self._object, run))
            diary.on(display + timedelta(days=15), 9, partial(self._settle, rounds))
            for one in rounds:
                diary.on(one.starts - _DAY, 9, partial(self._grade, one))
                diary.on(one.starts, 10, partial(self._set_up, one))
        diary.on(city.after(first, 2), 14, self._prepare)

    def _prepare(self) -> None:
        """Publish the caps of the year, and let an institution be known."""
        city, office = self.city, self.city.office
        caps = cases_of(CHECK_CAPS)
        for department in {run.lead for run in city.runs}:
            content = CheckCapContent(
                basis=f"{department}年度检查计划", department=department, year=YEAR, most=1
            )
            add = caps.all[RegisterVerb.ADD]
            city.do(add, caps.adding(content=content), by=department, key=f"cap/{department}")
        cases, held = cases_of(INSTITUTIONS), cases_of(INSTITUTION_QUALIFICATIONS)
        assists = InstitutionContent(name="南宁示例检测有限公司", sort="testing")
        command = cases.adding(content=assists)
        self.institution = city.do(
            cases.all[RegisterVerb.ADD], command, by=office.top, key="institution"
        )
        qualified = InstitutionQualificationContent(
            institution=self.institution, name="检验检测机构资质", valid_to=None
        )
        command = held.adding(content=qualified)
        city.do(held.all[RegisterVerb.ADD], command, by=office.top, key="institution/held")
        self.assisting = [
            city.third_party(f"jg.{role}", self.institution, role)
            for role in ("institution_head", "institution_member")
        ]

    def _draft(self, run: SceneRun, rounds: list[Round]) -> None:
        city, scene, joining = self.city, run.scene, run.departments[1:]
        subs = tuple(
            SubPlan(
                id=str(one.place), name=f"{scene.name}第{one.place}轮", starts_on=one.starts,
                ends_on=one.ends, joining=joining, scope=f"全市{scene.name}监管对象",
                matters=_matters(run), trade=scene.trades[0], joint=True,
            )
            for one in rounds
        )  # fmt: skip
        sheet = PlanSheet(
            name=f"{YEAR}年{scene.name}跨部门综合监管计划", scene=scene.scene, year=YEAR,
            region=city.office.region, lead=run.lead, joining=joining,
        )  # fmt: skip
        command = DraftPlan(sheet=sheet, sub_plans=subs)
        run.plan = city.do(draft_plan, command, by=run.lead, key=f"{scene.code}/plan")
        for one in rounds:
            one.run.plan = run.plan
        until = city.after(city.today, 7)
        asked = ConsultPlan(plan_id=run.plan, until=until)
        city.do(consult_on_plan, asked, by=run.lead, key=f"{scene.code}/plan/consult")
        twice = city.do(draft_plan, command, by=run.lead, key=f"{scene.code}/plan/twice")
        gone = DeletePlan(plan_id=twice, reason="与已拟订的计划重复")
        city.do(delete_plan, gone, by=run.lead, key=f"{scene.code}/plan/delete")
        city.did["撤销计划"] += 1

    def _opinions(self, run: SceneRun) -> None:
        for department in run.departments[1:]:
            said = GivePlanOpinion(plan_id=run.plan, text="同意，建议错开旺季")
            key = f"{run.scene.code}/plan/{department}"
            self.city.do(give_plan_opinion, said, by=department, key=key)

    def _display(self, run: SceneRun) -> None:
        shown = DisplayPlan(plan_id=run.plan, until=self.city.today + timedelta(days=14))
        self.city.do(display_plan, shown, by=run.lead, key=f"{run.scene.code}/display")
        early = SettlePlan(plan_id=run.plan)
        self.city.must_refuse(settle_plan, early, by=run.lead)

    def _object(self, run: SceneRun) -> None:
        for department in run.departments[1:2]:
            command = ObjectToPlan(plan_id=run.plan, reason="与本部门专项行动时间冲突")
            key = f"{run.scene.code}/object"
            raised = self.city.do(object_to_plan, command, by=department, key=key)
            answer = AnswerObjection(
                plan_id=run.plan, objection_id=raised, accepted=False, text="已避开专项行动的日期"
            )
            self.city.do(answer_objection, answer, by=run.lead, key=f"{key}/answer")
            self.city.did["计划异议及答复"] += 1

    def _settle(self, rounds: list[Round]) -> None:
        run = rounds[0].run
        settled = SettlePlan(plan_id=run.plan)
        self.city.do(settle_plan, settled, by=run.lead, key=f"{run.scene.code}/settle")

    def _grade(self, one: Round) -> None:
        city, run = self.city, one.run
        key = f"{run.scene.code}/{one.place}/grade"
        for place, ids in enumerate(chunked(run.subjects, _GRADED_AT_ONCE)):
            command = GradeSubjects(rule_id=run.scene.rule, subject_ids=ids, as_of=city.today)
            city.do(grade_subjects, command, by=run.lead, key=f"{key}/{place}")

    def _set_up(self, one: Round) -> None:
        """Create the task and ask the departments; one that was set up twice is given up."""
        city, run = self.city, one.run
        run.number = f"450100-{YEAR}-{run.scene.code.upper()}-{one.place:03}"
        key = f"{run.number}/task"
        sheet = self._sheet(one)
        run.task = city.do(create_task, CreateTask(sheet=sheet), by=run.lead, key=key)
        if one.place == 1:
            again = CreateTask(sheet=self._sheet(one, number=f"{run.number}-2"))
            twice = city.do(create_task, again, by=run.lead, key=f"{key}/twice")
            gone = DeleteTask(task_id=twice, reason="重复下达")
            city.do(delete_task, gone, by=run.lead, key=f"{key}/delete")
            city.did["撤销任务"] += 1
        asked = Consult(task_id=run.task, due_on=city.after(city.today, 3))
        city.do(consult, asked, by=run.lead, key=f"{key}/consult")
        self.diary.on(city.after(city.today, 2), 9, partial(self._take_part, one))

    def _sheet(self, one: Round, *, number: str = "") -> TaskProposal:
        run, scene = one.run, one.run.scene
        with self.city.platform.transactions.begin_reading() as work:
            rule = work[GradingRules].get(scene.rule).current()
        return TaskProposal(
            number=number or run.number, name=f"{YEAR}年第{one.place}轮{scene.name}跨部门综合检查",
            scene=scene.scene, kind=TaskKind.ROUTINE, region=self.city.office.region,
            lead=run.lead, joining=run.departments[1:],
            checklist=ChecklistUsed(id=scene.checklist, version=scene.checklist_version),
            starts_on=one.starts, ends_on=one.ends, matters=_matters(run),
            grading_rule=GradingRuleUsed(id=scene.rule, version=rule.version),
            plan=run.plan, sub_plan=str(one.place),
        )  # fmt: skip

    def _take_part(self, one: Round) -> None:
        city, run = self.city, one.run
        for department in run.departments[1:]:
            said = GiveOpinion(task_id=run.task, participates=True)
            key = f"{run.number}/opinion/{department}"
            city.do(give_opinion, said, by=department, key=key)
        ready = NameTask(task_id=run.task)
        city.do(end_consultation, ready, by=run.lead, key=f"{run.number}/ready")
        frozen = FreezeTaskDraw(
            task_id=run.task, uninspected=True,
            due=moment_of(city.after(city.today, 1), 17), quotas=self._quotas(run),
            quotas_because="按年度计划的户数抽取", demands=_demands(run),
        )  # fmt: skip
        run.draw = city.do(freeze_task_draw, frozen, by=run.lead, key=f"{run.number}/freeze")
        self.diary.on(city.today, 14, partial(self._deposit, one))

    def _quotas(self, run: SceneRun) -> tuple[GradeQuota, ...]:
        with self.city.platform.transactions.begin_reading() as work:
            grades = work[GradingRules].get(run.scene.rule).current().grades
        return tuple(
            GradeQuota(
                grade=one.number, ratio=f"{min(float(one.object_ratio) * self.share, 1):.4f}"
            )
            for one in grades
        )

    def _deposit(self, one: Round) -> None:
        """Deposit; in one of six draws of more than two the last but the outsider is late."""
        city, run = self.city, one.run
        with city.platform.transactions.begin_reading() as work:
            draw = work[Draws].get(run.draw)
        if draw.keeper is None or draw.outsider is None:
            raise ValueError(run.draw)
        encryptor = city.platform.keys.algorithms.encryptor(draw.keeper.public_key)
        owing, luck = draw.round.contributors, city.people.luck
        spared = [each for each in owing if each != draw.outsider.contributor]
        late = len(owing) > 2 and city.one_in(6, run.number, "late")  # noqa: PLR2004
        for department in owing:
            if late and department == spared[-1]:
                city.did["逾期未提交随机数"] += 1
                continue
            nonce = b"".join(luck(run.number, department, str(at)).to_bytes(2) for at in range(16))
            label = draw.round.label
            deposit(city.do, encryptor, draw.id, label, department, nonce, key=run.number)
        self.diary.on(city.after(city.today, 2), 9, partial(self._open, one))

    def _open(self, one: Round) -> None:
        city, run = self.city, one.run
        open_deposits(city.do, run.draw, run.lead, key=run.number)
        drawn = CompleteDraw(draw_id=run.draw)
        one.drawn = len(city.do(complete_draw, drawn, by=run.lead, key=f"{run.number}/drawn"))
        if one.drawn == 0:
            gone = DeleteTask(task_id=run.task, reason="名单过小，按比例没有抽中对象")
            city.do(delete_task, gone, by=run.lead, key=f"{run.number}/nobody")
            city.did["无人抽中而撤销的任务"] += 1
            return
        self.diary.on(city.after(city.today, 1), 9, partial(self._staff, one))

    def _staff(self, one: Round) -> None:
        """Draw the inspectors, set up the visits, and try what must not be."""
        city, run = self.city, one.run
        command = StaffDraw(task_id=run.task)
        city.do(staff_draw, command, by=run.lead, key=f"{run.number}/staff")
        left, place = 1, 0
        while left:
            opened = OpenDrawnVisits(task_id=run.task)
            left = city.do(open_drawn_visits, opened, by=run.lead, key=f"{run.number}/{place}/open")
            place += 1
        early = DispatchTask(task_id=run.task)
        city.must_refuse(dispatch_task, early, by=run.lead)
        self._try_wrong_visits(one)
        if one.place == 1:
            engaged = EngageThirdParty(
                task_id=run.task, institution=self.institution, duty="抽样检测", headcount=1
            )
            city.do(engage_third_party, engaged, by=run.lead, key=f"{run.number}/engage")
        self.diary.on(city.after(city.today, 1), 9, partial(self._send_out, one))

    def _try_wrong_visits(self, one: Round) -> None:
        """Ask for a visit too many in the year, and for one by a single officer."""
        city, run = self.city, one.run
        row = city.visits(run)[0]
        officers = tuple(each.id for each in city.load_visit(row.id).officers)
        free = next(iter(run.subjects.keys() - {each.subject for each in city.visits(run)}), "")
        for subject, who in ((row.subject, officers), (free, officers[:1])):
            order = VisitOrder(subject=subject, ground=VisitGround.PICK, officers=who)
            wrong = OpenVisits(task_id=run.task, orders=(order,))
            city.must_refuse(open_visits, wrong, by=run.lead)

    def _send_out(self, one: Round) -> None:
        """Approve and dispatch; one of eight is tried as urgent, which no draw is."""
        city, run = self.city, one.run
        key, named = run.number, NameTask(task_id=run.task)
        row = city.visits(run)[0]
        early = CheckInAtVisit(visit_id=row.id, reason="提前到场")
        first = city.load_visit(row.id).officers[0].id
        city.must_refuse(check_in, early, by=city.office.officer(first))
        sent = DispatchTask(task_id=run.task)
        if city.one_in(8, key, "urgent"):
            urgent = evolve(sent, urgent_because="群众集中投诉，需立即检查")
            city.must_refuse(dispatch_task, urgent, by=run.lead)
        city.do(approve_task, named, by=run.lead, key=f"{key}/approve")
        city.do(dispatch_task, sent, by=run.lead, key=f"{key}/dispatch")
        self.diary.on(city.after(city.today, 1), 14, partial(self._claim, one))

    def _claim(self, one: Round) -> None:
        """Claim; in one of four rounds a department waits until it is urged."""
        city, run = self.city, one.run
        waits = city.one_in(4, run.number, "waits") and len(run.departments) > 1
        for department in run.departments[: -1 if waits else None]:
            self._claim_part(one, department)
        if waits:
            day = city.after(city.today, 4)
            self.diary.on(day, 9, partial(self._urge, one, run.departments[-1]))
        if one.place == 1:
            head, member = self.assisting
            city.do(claim_assistance, NameTask(task_id=run.task), by=head, key=f"{run.number}/help")
            people = NameAssistants(task_id=run.task, people=(member.user,))
            city.do(name_assistants, people, by=head, key=f"{run.number}/help/people")
        self.weeks.enter(one, self.assisting if one.place == 1 else [])
        self.diary.on(city.after(one.ends, 50), 9, partial(self._close, one))

    def _claim_part(self, one: Round, department: str) -> None:
        claim, key = NameTask(task_id=one.run.task), f"{one.run.number}/claim/{department}"
        self.city.do(claim_part, claim, by=department, key=key)

    def _urge(self, one: Round, department: str) -> None:
        city, run = self.city, one.run
        command = UrgePart(task_id=run.task, department=department, text="请尽快认领并开展检查")
        urging = city.do(urge_part, command, by=run.lead, key=f"{run.number}/urge")
        answer = AnswerUrging(task_id=run.task, urging_id=urging, text="已安排人员，今日认领")
        city.do(answer_urging, answer, by=department, key=f"{run.number}/urge/answer")
        city.did["催办及答复"] += 1
        self._claim_part(one, department)

    def _close(self, one: Round) -> None:
        """Close part by part and as a whole, archive, publish."""
        city, run = self.city, one.run
        named = NameTask(task_id=run.task)
        if len(run.departments) > 1:
            city.must_refuse(close_task, named, by=run.lead)
        for department in run.departments:
            key = f"{run.number}/close/{department}"
            city.do(close_part, named, by=department, key=key)
        city.do(close_task, named, by=run.lead, key=f"{run.number}/close")
        archived = ArchiveTask(task_id=run.task)
        city.do(archive_task, archived, by=run.lead, key=f"{run.number}/archive")
        city.do(publish_task, named, by=run.lead, key=f"{run.number}/publish")


def _demands(run: SceneRun) -> tuple[OfficersDemanded, ...]:
    """Demand one officer of each department that answers an item, two where it is alone."""
    asked = sorted({one.content.department for one in run.items})
    count = 2 if len(asked) == 1 else 1
    return tuple(OfficersDemanded(departments=(each,), count=count) for each in asked)


def _matters(run: SceneRun) -> tuple[str, ...]:
    return tuple(sorted({item.content.matter_code for item in run.items}))
