"""Dispatch and claim, visits on the spot, orders to put right, re-checks."""

from entrypoints.demo.cycle import Cycle, SceneRun
from entrypoints.demo.settings import (
    day_of_stage,
    head_of,
    officer_actor,
)
from supervision_core.tasks.model.rectification import (
    DeliveryChannel,
    RecheckResult,
    RectificationState,
)
from supervision_core.tasks.model.visit import VisitState
from supervision_core.tasks.ports import (
    RectificationRow,
    VisitRow,
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
    ClaimPart,
    ConfirmTask,
    Consult,
    DispatchTask,
    GiveOpinion,
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
    RecordResults,
    SignVisit,
    check_in,
    complete_visit,
    conclude_visit,
    record_results,
    sign_visit,
)

_TERM_DAYS = 10
_SECOND_TERM_DAYS = 5


def dispatch(cycle: Cycle) -> None:
    """Ask the departments where the scene wants it, approve, send out, claim."""
    for run in cycle.runs:
        code = run.scene.code
        cycle.at("dispatch")
        ready = ConfirmTask(task_id=run.task)
        if run.scene.consultation and run.departments[1:]:
            asked = Consult(task_id=run.task, due_on=day_of_stage("dispatch"))
            cycle.do(consult, asked, by=run.lead, key=f"{code}/consult")
            for department in run.departments[1:]:
                opinion = GiveOpinion(task_id=run.task, participates=True)
                key = f"{code}/opinion/{department}"
                cycle.do(give_opinion, opinion, by=head_of(department), key=key)
            cycle.do(end_consultation, ready, by=run.lead, key=f"{code}/ready")
        else:
            cycle.do(skip_consultation, ready, by=run.lead, key=f"{code}/ready")
        cycle.at("dispatch", hour=10)
        approval = ApproveTask(task_id=run.task)
        cycle.do(approve_task, approval, by=run.lead, key=f"{code}/approve")
        cycle.do(dispatch_task, DispatchTask(task_id=run.task), by=run.lead, key=f"{code}/dispatch")
        cycle.at("claim")
        for department in run.departments:
            claim = ClaimPart(task_id=run.task)
            cycle.do(claim_part, claim, by=head_of(department), key=f"{code}/claim/{department}")


def inspect(cycle: Cycle) -> None:
    """Carry out every visit: arrive, answer the items, conclude, sign, complete."""
    cycle.at("visit")
    rows = [(run, row) for run in cycle.runs for row in cycle.visits(run)]
    with cycle.console.progress("现场检查", len(rows)) as advance:
        for run, row in rows:
            if row.state is not VisitState.COMPLETED:
                _visit(cycle, run, row)
            advance(1)


def _visit(cycle: Cycle, run: SceneRun, row: VisitRow) -> None:
    visit, subject = cycle.load_visit(row.id), cycle.load_subject(row.subject)
    grade = run.before.get(row.subject) or 1
    played = cycle.people.visit(row.number, grade, visit.sheet.items)
    people = {one.department: one.id for one in visit.officers}
    leader = visit.officers[0]
    first = officer_actor(
        people.get(run.scene.lead, leader.id),
        run.scene.lead if run.scene.lead in people else leader.department,
    )
    scanned, reason = cycle.people.scan(row.number, subject.identity.code)
    key = f"visit/{row.number}"
    arrival = CheckInAtVisit(visit_id=row.id, code=scanned, reason=reason)
    cycle.do(check_in, arrival, by=first, key=f"{key}/check_in")
    departments = {item.id: item.department for item in visit.sheet.items}
    for department, officer in sorted(people.items()):
        theirs = tuple(a for a in played.answers if departments[a.item] == department)
        if theirs:
            cycle.do(
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
    cycle.do(conclude_visit, conclusion, by=first, key=f"{key}/conclude")
    party = cycle.people.signature(row.number, subject.personal.principal)
    cycle.do(sign_visit, SignVisit(visit_id=row.id, party=party), by=first, key=f"{key}/sign")
    cycle.do(complete_visit, CompleteVisit(visit_id=row.id), by=first, key=f"{key}/complete")


def order(cycle: Cycle) -> None:
    """Order each department's findings to be put right, and hand the order over."""
    cycle.at("order")
    rows = [row for run in cycle.runs for row in cycle.visits(run) if row.findings]
    with cycle.console.progress("责令改正", len(rows)) as advance:
        for row in rows:
            _order(cycle, row)
            advance(1)


def _order(cycle: Cycle, row: VisitRow) -> None:
    visit = cycle.load_visit(row.id)
    departments = dict.fromkeys(finding.department for finding in visit.findings)
    for place, department in enumerate(sorted(departments), 1):
        key = f"order/{row.number}/{department}"
        number = f"{row.number}-{place}"
        command = IssueRectification(
            visit_id=row.id, number=number, days=_TERM_DAYS, document=f"责令改正-{number}"
        )
        made = cycle.do(issue_rectification, command, by=head_of(department), key=key)
        delivery = DeliverRectification(rectification_id=made, channel=DeliveryChannel.ON_SPOT)
        cycle.do(deliver_rectification, delivery, by=head_of(department), key=f"{key}/deliver")


def recheck(cycle: Cycle) -> None:
    """Let firms report and officers look again, twice where once was not enough."""
    for term, (reported, looked) in enumerate((("report", "recheck"), ("again", "again")), 1):
        rows = [
            row
            for run in cycle.runs
            for row in cycle.rectifications(run)
            if row.state not in (RectificationState.DONE, RectificationState.TRANSFERRED)
        ]
        with cycle.console.progress(f"整改与复查（第{term}次）", len(rows)) as advance:
            for row in rows:
                _recheck(cycle, row, term, reported, looked)
                advance(1)


def _recheck(cycle: Cycle, row: RectificationRow, term: int, reported: str, looked: str) -> None:
    head = head_of(row.department)
    key = f"recheck/{row.number}/{term}"
    cycle.at(reported)
    report = ReportRectification(rectification_id=row.id, text="已按要求逐项整改，附整改照片")
    cycle.do(report_rectification, report, by=head, key=f"{key}/report")
    visit = cycle.load_visit(row.visit)
    result = cycle.people.recheck(row.number, term)
    again = result is RecheckResult.ORDERED_AGAIN
    cycle.at(looked, hour=15)
    command = RecheckRectification(
        rectification_id=row.id,
        officers=tuple(officer.id for officer in visit.officers[:2]),
        result=result,
        note="部分问题未整改到位，限期再次整改" if again else "",
        days=_SECOND_TERM_DAYS if again else None,
    )
    cycle.do(recheck_rectification, command, by=head, key=f"{key}/look")
    if not again:
        finished = FinishRectification(rectification_id=row.id)
        cycle.do(finish_rectification, finished, by=head, key=f"{key}/finish")
