"""The clues of a year: registered, judged, handed on, handed back, joined, answered, ended."""

from datetime import date
from functools import partial

from attrs import define, evolve, field
from benchmarks._year.city import City
from benchmarks._year.weeks import CityWeeks

from entrypoints.demo.cycle import SceneRun
from entrypoints.demo.diary import Diary
from supervision_core.clues.model import ClueChannel, ClueKind, ClueSheet, Complainant, Verdict
from supervision_core.clues.services import (
    AnswerClue,
    ExtendClue,
    HandOnClue,
    JoinClue,
    LinkClueTask,
    RegisterClue,
    SettleClue,
    SignForClue,
    TriageClue,
    answer_clue,
    conclude_clue,
    distribute_clue,
    extend_clue,
    forward_clue,
    join_clue,
    link_clue_task,
    register_clue,
    send_back_clue,
    sign_for_clue,
    triage_clue,
)
from supervision_core.officers.ports import Officers
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.opening import VisitOrder, party_of
from supervision_core.tasks.model.sheet import ChecklistUsed, TaskKind, TaskProposal
from supervision_core.tasks.services.archiving import ArchiveTask, archive_task
from supervision_core.tasks.services.tasks import (
    CreateTask,
    DispatchTask,
    NameTask,
    approve_task,
    claim_part,
    close_part,
    close_task,
    create_task,
    dispatch_task,
    publish_task,
    skip_consultation,
)
from supervision_core.tasks.services.visits import OpenVisits, open_visits

_WORDS = (
    "反映店内卫生脏乱", "反映未按规定公示许可证", "举报超范围经营", "投诉服务与宣传不符",
    "反映夜间作业扰民", "举报从业人员无健康证明", "反映储存不符合安全要求",
)  # fmt: skip
_TO_INSPECT, _NO_ACTION = 0, 1
_ALIKE = 8


def _base(number: int) -> int:
    """Give the clue before, for one in eight, which says the same an hour later."""
    return number - 1 if number % _ALIKE == _ALIKE - 1 else number


@define
class Clues:
    """Enters a year's clues in the diary; each follows from the seed and its number."""

    city: City
    diary: Diary
    weeks: CityWeeks
    _ids: dict[int, str] = field(factory=dict)

    def enter(self, count: int, first: date, last: date) -> None:
        """Enter so many clues, spread over the days between."""
        days = self.city.calendar.working_days_between(first, last)
        for number in range(count):
            day = self.city.after(first, 1 + _base(number) * days // count)
            self.diary.on(day, 9 + number % _ALIKE, partial(self._register, number))

    def _luck(self, number: int, *about: str) -> int:
        return self.city.people.luck("clue", str(number), *about)

    def _run(self, number: int) -> SceneRun:
        runs = self.city.runs
        return runs[self._luck(number, "scene") % len(runs)]

    def _register(self, number: int) -> None:
        """Take one in; one in eight says the same again as one before, and is joined to it."""
        city, run = self.city, self._run(_base(number))
        subjects = sorted(run.subjects)
        subject = subjects[self._luck(_base(number), "subject") % len(subjects)]
        kind = list(ClueKind)[self._luck(_base(number), "kind") % len(ClueKind)]
        sheet = ClueSheet(
            title=_WORDS[_base(number) % len(_WORDS)], content="来电人称多次看到，要求核查处理",
            channel=ClueChannel.HOTLINE_12345, kind=kind, region=run.subjects[subject].region,
            registered_by=run.lead, subject=subject, reference=f"12345-{number:06}",
        )  # fmt: skip
        caller = Complainant(name="示例来电人", phone="19900000001")
        command = RegisterClue(sheet=sheet, complainant=caller)
        key = f"clue/{number}"
        made = city.do(register_clue, command, by=run.lead, key=key)
        city.did["线索登记"] += 1
        self._ids[number] = made
        if _base(number) != number:
            joined = JoinClue(clue_id=made, into=self._ids[_base(number)])
            city.do(join_clue, joined, by=run.lead, key=f"{key}/join")
            city.did["线索并案"] += 1
            return
        self.diary.on(city.after(city.today, 1), 15, partial(self._triage, number, made, subject))

    def _triage(self, number: int, clue: str, subject: str) -> None:
        """Judge it: one in twelve is inspected, one in twelve not followed."""
        city, run = self.city, self._run(number)
        fate = self._luck(number, "fate") % 12
        verdict = {_TO_INSPECT: Verdict.INSPECT, _NO_ACTION: Verdict.NO_ACTION}.get(
            fate, Verdict.HANDLE
        )
        command = TriageClue(clue_id=clue, verdict=verdict, reason="经初步核实")
        analyst = city.office.of(run.lead, distribute_clue.permission)
        city.do(triage_clue, command, by=analyst, key=f"clue/{number}/triage")
        if verdict is Verdict.NO_ACTION:
            city.did["线索不予处理"] += 1
            return
        others = run.departments[1:] or run.departments
        to = run.lead if verdict is Verdict.INSPECT else others[self._luck(number) % len(others)]
        given = HandOnClue(clue_id=clue, to=to)
        city.do(distribute_clue, given, by=run.lead, key=f"clue/{number}/give")
        self.diary.on(
            city.after(city.today, 1), 10,
            partial(self._sign, number, clue, to, subject if verdict is Verdict.INSPECT else ""),
        )  # fmt: skip

    def _sign(self, number: int, clue: str, holder: str, inspect: str) -> None:
        """Sign for it; one in ten is passed on, one in fifteen is given more time."""
        city, run, key = self.city, self._run(number), f"clue/{number}"
        city.do(sign_for_clue, SignForClue(clue_id=clue), by=holder, key=f"{key}/sign")
        giver = run.lead
        others = [one for one in run.departments if one not in {holder, run.lead}]
        if not inspect and others and city.one_in(10, key, "forward"):
            passed = HandOnClue(clue_id=clue, to=others[0], reason="不属于本部门职责")
            city.do(forward_clue, passed, by=holder, key=f"{key}/forward")
            giver, holder = holder, others[0]
            signed = SignForClue(clue_id=clue)
            city.do(sign_for_clue, signed, by=holder, key=f"{key}/sign/again")
            city.did["线索转办"] += 1
        if city.one_in(15, key, "extend"):
            more = ExtendClue(clue_id=clue, reason="需要抽样检测")
            city.do(extend_clue, more, by=run.lead, key=f"{key}/extend")
            city.did["线索延期"] += 1
        if inspect:
            self._inspect(number, clue, inspect)
        late = city.one_in(12, key, "late")
        days = 20 if late else 3
        if late:
            city.meant_late.add(clue)
            city.did["线索逾期反馈"] += 1
        self.diary.on(
            city.after(city.today, days), 10, partial(self._answer, number, clue, holder, giver)
        )

    def _answer(self, number: int, clue: str, holder: str, giver: str) -> None:
        """Answer; one in nine answers is handed back, and given again."""
        city, key = self.city, f"clue/{number}"
        said = AnswerClue(clue_id=clue, text="已到现场核查并督促整改")
        city.do(answer_clue, said, by=holder, key=f"{key}/answer")
        if city.one_in(9, key, "back"):
            back = SettleClue(clue_id=clue, text="未说明整改结果，请补充")
            city.do(send_back_clue, back, by=giver, key=f"{key}/back")
            again = AnswerClue(clue_id=clue, text="整改已完成，复核无误")
            city.do(answer_clue, again, by=holder, key=f"{key}/answer/again")
            city.did["线索退回"] += 1
        done = SettleClue(clue_id=clue, text="情况属实，已处理完毕")
        answers = (
            answer_clue.permission if giver == holder else ""
        )  # who answered does not conclude
        settles = city.office.of(giver, conclude_clue.permission, but=answers)
        self.diary.on(
            city.after(city.today, 1), 11,
            partial(city.do, conclude_clue, done, by=settles, key=f"{key}/conclude"),
        )  # fmt: skip

    def _inspect(self, number: int, clue: str, subject: str) -> None:
        """Set up a 个案 check of the firm, by two officers of the department; go there."""
        city, run, key = self.city, self._run(number), f"case/{number}"
        firm = city.load_subject(subject)
        with city.platform.transactions.begin_reading() as work:
            theirs = work[Officers].of_departments([run.lead])
        fit = [
            one.id
            for one in theirs
            if not one.must_withdraw(party_of(firm))
            and one.may_check(matter="", region=firm.region, day=city.after(city.today, 20))
        ]
        code = f"450100-{city.today.year}-XS-{number:05}"
        items = [one for one in run.items if one.content.department == run.lead]
        sheet = TaskProposal(
            number=code, name=f"{run.scene.name}线索核查{number}", scene=run.scene.scene,
            kind=TaskKind.CASE, reason="投诉举报", region=city.office.region, lead=run.lead,
            joining=(),
            checklist=ChecklistUsed(id=run.scene.checklist, version=run.scene.checklist_version),
            starts_on=city.today, ends_on=city.after(city.today, 10),
            matters=tuple(sorted({one.content.matter_code for one in items})),
        )  # fmt: skip
        task = city.do(create_task, CreateTask(sheet=sheet), by=run.lead, key=key)
        city.do(skip_consultation, NameTask(task_id=task), by=run.lead, key=f"{key}/ready")
        chosen = (fit[number % len(fit)], fit[(number + 1) % len(fit)])
        order = VisitOrder(
            subject=subject, ground=VisitGround.CLUE, clue=clue, officers=chosen,
            items=tuple(one.code for one in items),
        )  # fmt: skip
        opened = OpenVisits(task_id=task, orders=(order,))
        city.do(open_visits, opened, by=run.lead, key=f"{key}/open")
        named = NameTask(task_id=task)
        sent = DispatchTask(task_id=task)
        approve = partial(city.do, approve_task, named, by=run.lead, key=f"{key}/approve")
        if city.one_in(3, key, "urgent"):
            city.did["先分发后审批"] += 1
            sent = evolve(sent, urgent_because="群众集中投诉，需立即检查")
            self.diary.on(city.after(city.today, 1), 9, approve)
        else:
            approve()
        city.do(dispatch_task, sent, by=run.lead, key=f"{key}/dispatch")
        city.do(claim_part, named, by=run.lead, key=f"{key}/claim")
        link = LinkClueTask(clue_id=clue, task_id=task)
        city.do(link_clue_task, link, by=run.lead, key=f"clue/{number}/link")
        case = SceneRun(
            scene=run.scene, departments=(run.lead,), subjects=run.subjects, task=task, number=code
        )
        for row in city.visits(case):
            self.diary.on(city.after(city.today, 2), 9, partial(self.weeks.inspect, case, row))
        city.did["线索转个案检查"] += 1
        self.diary.on(city.after(city.today, 70), 9, partial(self._close, case))

    def _close(self, case: SceneRun) -> None:
        city, key, named = self.city, case.number, NameTask(task_id=case.task)
        city.do(close_part, named, by=case.lead, key=f"{key}/close/part")
        city.do(close_task, named, by=case.lead, key=f"{key}/close")
        city.do(archive_task, ArchiveTask(task_id=case.task), by=case.lead, key=f"{key}/archive")
        city.do(publish_task, named, by=case.lead, key=f"{key}/publish")
