"""Dispatch and claim; then the weeks of visits, orders to put right, re-checks, publication."""

from datetime import date
from functools import partial
from typing import Protocol

from attrs import define

from entrypoints.cli.console import Advance
from entrypoints.demo.cycle import Cycle, SceneRun
from entrypoints.demo.diary import Diary
from entrypoints.demo.field import TERMS
from entrypoints.demo.papers import Papers
from entrypoints.demo.settings import day_of_stage, weekday_after
from supervision_core.subjects.model import Subject
from supervision_core.subjects.services.codes import NameSubject, make_code
from supervision_core.tasks.lists.visits import VisitRow
from supervision_core.tasks.model.publication import WithdrawalGround
from supervision_core.tasks.model.rectification import (
    DeliveryChannel,
    RecheckResult,
)
from supervision_core.tasks.model.visit import VisitState
from supervision_core.tasks.services.publications import (
    PublishResult,
    WithdrawResult,
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
    confirm_recheck,
    deliver_rectification,
    finish_rectification,
    issue_rectification,
    recheck_rectification,
    report_rectification,
)
from supervision_core.tasks.services.tasks import (
    Consult,
    DispatchTask,
    GiveOpinion,
    NameTask,
    approve_task,
    claim_part,
    consult,
    dispatch_task,
    end_consultation,
    give_opinion,
    skip_consultation,
)
from supervision_core.tasks.services.visits import (
    CheckInAtVisit,
    CompleteVisit,
    ConcludeVisit,
    ConfirmRecord,
    RecordResults,
    SignVisit,
    check_in,
    complete_visit,
    conclude_visit,
    confirm_record,
    record_results,
    sign_visit,
)

_DISPLAY_YEARS = 1
_FOUND_AGAIN = {
    RecheckResult.ORDERED_AGAIN: "部分问题未整改到位，限期再次整改",
    RecheckResult.TRANSFER: "逾期仍未改正，移交立案查处",
}


def dispatch(cycle: Cycle) -> None:
    """Ask the departments where the scene wants it, approve, send out, claim."""
    for run in cycle.runs:
        code = run.scene.code
        cycle.at("dispatch")
        ready = NameTask(task_id=run.task)
        if run.scene.consultation and run.departments[1:]:
            asked = Consult(task_id=run.task, due_on=day_of_stage("dispatch"))
            cycle.do(consult, asked, by=run.lead, key=f"{code}/consult")
            for department in run.departments[1:]:
                opinion = GiveOpinion(task_id=run.task, participates=True)
                key = f"{code}/opinion/{department}"
                cycle.do(give_opinion, opinion, by=department, key=key)
            cycle.do(end_consultation, ready, by=run.lead, key=f"{code}/ready")
        else:
            cycle.do(skip_consultation, ready, by=run.lead, key=f"{code}/ready")
        cycle.at("dispatch", hour=10)
        approval = NameTask(task_id=run.task)
        cycle.do(approve_task, approval, by=run.lead, key=f"{code}/approve")
        cycle.do(dispatch_task, DispatchTask(task_id=run.task), by=run.lead, key=f"{code}/dispatch")
        cycle.at("claim")
        for department in run.departments:
            claim = NameTask(task_id=run.task)
            cycle.do(claim_part, claim, by=department, key=f"{code}/claim/{department}")


def inspect(cycle: Cycle, papers: Papers) -> None:
    """Let weeks pass: visits, orders, reports and re-checks, results shown, each on its day."""
    diary = Diary(cycle.clock)
    rows = [(run, row) for run in cycle.runs for row in cycle.visits(run)]
    with cycle.console.progress("检查、整改、复查、公示", len(rows)) as advance:
        weeks = Weeks(cycle, diary, papers, advance)
        for run, row in rows:
            days, hour = cycle.people.visit_after(row.number)
            day = weekday_after(day_of_stage("visit"), days)
            diary.on(day, hour, partial(weeks.inspect, run, row))
        diary.live()


class Prints(Protocol):
    """Prints the letters of a visit."""

    def record(self, run: SceneRun, visit: str, number: str) -> None:
        """Have the record of a visit printed."""

    def order(self, run: SceneRun, order: str) -> None:
        """Have an order to put things right printed."""


@define
class Weeks:
    """What follows from a visit, each act entering the next one in the diary."""

    cycle: Cycle
    diary: Diary
    papers: Prints
    advance: Advance

    def after(self, day: date, count: int) -> date:
        """Give the ``count``-th day on which people work after a day."""
        return weekday_after(day, count)

    def inspect(self, run: SceneRun, row: VisitRow) -> None:
        """Visit; have the record printed; see to what follows."""
        if row.state is not VisitState.COMPLETED:
            visit_firm(self.cycle, run, row)
        self.papers.record(run, row.id, row.number)
        if self.cycle.load_visit(row.id).findings:
            self.diary.on(self.diary.today, 17, partial(self.order, run, row))
        shown = self.after(self.diary.today, self.cycle.people.shown_after(row.number))
        self.diary.on(shown, 11, partial(self.show, run, row))

    def order(self, run: SceneRun, row: VisitRow) -> None:
        """Order each department's findings to be put right, and hand the order over."""
        cycle, visit = self.cycle, self.cycle.load_visit(row.id)
        departments = dict.fromkeys(finding.department for finding in visit.findings)
        for place, department in enumerate(sorted(departments), 1):
            key = f"order/{row.number}/{department}"
            number = f"{row.number}-{place}"
            command = IssueRectification(visit_id=row.id, number=number, days=TERMS[1])
            made = cycle.do(issue_rectification, command, by=department, key=key)
            delivery = DeliverRectification(rectification_id=made, channel=DeliveryChannel.ON_SPOT)
            cycle.do(deliver_rectification, delivery, by=department, key=f"{key}/deliver")
            self.papers.order(run, made)
            self.await_report(made, number, 1)

    def await_report(self, id: str, number: str, term: int) -> None:
        """Let the firm work on what it has to put right."""
        day = self.after(self.diary.today, self.cycle.people.mends_after(number, term))
        self.diary.on(day, 10, partial(self.report, id, number, term))

    def report(self, id: str, number: str, term: int) -> None:
        """Let the firm say what it did."""
        cycle = self.cycle
        report = ReportRectification(rectification_id=id, text="已按要求逐项整改，附整改照片")
        firm = cycle.office.firm(cycle.load_subject(cycle.load_rectification(id).sheet.subject))
        cycle.do(report_rectification, report, by=firm, key=f"recheck/{number}/{term}/report")
        day = self.after(self.diary.today, 2)
        self.diary.on(day, 15, partial(self.recheck, id, number, term))

    def recheck(self, id: str, number: str, term: int) -> None:
        """Let officers look again: what is not put right is ordered once more, then handed over."""
        cycle, key = self.cycle, f"recheck/{number}/{term}"
        sheet = cycle.load_rectification(id).sheet
        visit = cycle.load_visit(sheet.visit)
        own = [one.id for one in visit.officers if one.department == sheet.department]
        others = [one.id for one in visit.officers if one.department != sheet.department]
        result = cycle.people.recheck(number, term)
        again = result is RecheckResult.ORDERED_AGAIN
        command = RecheckRectification(
            rectification_id=id,
            officers=(*own, *others)[:2],
            result=result,
            note=_FOUND_AGAIN.get(result, ""),
            days=TERMS[2] if again else None,
        )
        looking = cycle.office.officer(own[0])
        cycle.do(recheck_rectification, command, by=looking, key=f"{key}/look")
        second = cycle.office.officer(command.officers[1])
        confirmed = ConfirmRecheck(rectification_id=id)
        cycle.do(confirm_recheck, confirmed, by=second, key=f"{key}/second")
        if again:
            self.await_report(id, number, 2)
        elif result is RecheckResult.NO_PROBLEM:
            finished = FinishRectification(rectification_id=id)
            another = cycle.office.of(
                sheet.department, finish_rectification.permission,
                but=recheck_rectification.permission,
            )  # fmt: skip
            cycle.do(finish_rectification, finished, by=another, key=f"{key}/finish")

    def show(self, run: SceneRun, row: VisitRow) -> None:
        """Show a result to the public; a few have to be taken back the week after."""
        cycle, day = self.cycle, self.diary.today
        until = day.replace(year=day.year + _DISPLAY_YEARS)
        command = PublishResult(visit_id=row.id, until=until)
        cycle.do(publish_result, command, by=run.lead, key=f"publish/{row.number}")
        if cycle.people.taken_back(row.number):
            self.diary.on(self.after(day, 5), 9, partial(self.take_back, run, row))
        self.advance(1)

    def take_back(self, run: SceneRun, row: VisitRow) -> None:
        """Take a result back that was shown and is wrong."""
        back = WithdrawResult(
            visit_id=row.id, ground=WithdrawalGround.MISTAKEN,
            reason="公示后发现检查结果录入有误，核对后更正",
        )  # fmt: skip
        key = f"publish/{row.number}/withdraw"
        self.cycle.do(withdraw_result, back, by=run.lead, key=key)


def visit_firm(cycle: Cycle, run: SceneRun, row: VisitRow) -> None:
    """Go there, answer item by item, conclude, sign, finish."""
    visit = cycle.load_visit(row.id)
    grade = run.before.get(row.subject) or 1
    played = cycle.people.visit(row.number, grade, visit.sheet.items)
    people = {one.department: one.id for one in visit.officers}
    leader = visit.officers[0]
    recorder = people.get(run.scene.lead, leader.id)
    first = cycle.office.officer(recorder)
    reason = cycle.people.unscanned(row.number)
    subject = _with_code_on_the_wall(cycle, run, row.subject)
    code = subject.issued_code
    key = f"visit/{row.number}"
    scanned = "" if reason or code is None else code.text
    arrival = CheckInAtVisit(visit_id=row.id, code=scanned, reason=reason)
    cycle.do(check_in, arrival, by=first, key=f"{key}/check_in")
    departments = {item.id: item.department for item in visit.sheet.items}
    for department, officer in sorted(people.items()):
        theirs = tuple(a for a in played.answers if departments[a.item] == department)
        if theirs:
            cycle.do(
                record_results,
                RecordResults(visit_id=row.id, answers=theirs),
                by=cycle.office.officer(officer),
                key=f"{key}/record/{department}",
            )
    conclusion = ConcludeVisit(
        visit_id=row.id,
        outcomes=played.outcomes,
        pending=played.pending,
        measures=played.measures,
        note=played.note,
    )
    cycle.do(conclude_visit, conclusion, by=first, key=f"{key}/conclude")
    party = (
        visit.signatures.party  # broken off after it: told again as it was
        if visit.signatures
        else cycle.people.signature(
            row.number,
            subject.personal.principal,
            lambda picture: cycle.send(f"{row.number}.png", picture, by=first),
        )
    )
    cycle.do(sign_visit, SignVisit(visit_id=row.id, party=party), by=first, key=f"{key}/sign")
    second = cycle.office.officer(next(one.id for one in visit.officers if one.id != recorder))
    confirmed = ConfirmRecord(visit_id=row.id)
    cycle.do(confirm_record, confirmed, by=second, key=f"{key}/confirm")
    cycle.do(complete_visit, CompleteVisit(visit_id=row.id), by=first, key=f"{key}/complete")


def _with_code_on_the_wall(cycle: Cycle, run: SceneRun, subject: str) -> Subject:
    """Give a firm with its code, which its department makes before the first visit."""
    named = NameSubject(subject_id=subject)
    cycle.do(make_code, named, by=run.scene.lead, key=f"code/{subject}")
    return cycle.load_subject(subject)
