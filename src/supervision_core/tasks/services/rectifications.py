"""责令改正: issue, deliver, report, extend, re-check, finish."""

from datetime import date

from attrs import frozen

from supervision_core.identity.services import Work, use_case
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation
from supervision_core.officers.ports import Officers
from supervision_core.tasks.model.opening import inspector_of
from supervision_core.tasks.model.rectification import (
    Delivery,
    DeliveryChannel,
    OrderSheet,
    Recheck,
    RecheckResult,
    Rectification,
    RectificationRefused,
    RectificationReport,
    findings_to_order,
)
from supervision_core.tasks.model.results import Inspector
from supervision_core.tasks.ports import Rectifications
from supervision_core.tasks.services.facts import record_facts
from supervision_core.tasks.services.visits import visit_in_reach


def _rectification(work: Work, rectification_id: str) -> Rectification:
    found = work[Rectifications].get(rectification_id)
    sheet = found.sheet
    work.reach(
        "rectification",
        found.id,
        region=sheet.region,
        departments=frozenset({sheet.department}),
    )
    return found


def _due(work: Work, working_days: int) -> date:
    calendar = work[Calendars].working_calendar()
    return calendar.add_working_days(local_day(work.now), working_days)


def _save(work: Work, rectification: Rectification) -> None:
    work.save(Rectifications, rectification)
    record_facts(
        work,
        rectification.sheet.subject,
        source=f"rectification:{rectification.id}",
        rectification=rectification,
    )


@frozen(kw_only=True)
class IssueRectification:
    """The order document about one's own department's findings; ``days`` are working days."""

    visit_id: str
    number: str
    days: int
    document: str = ""


@use_case("tasks.issue_rectification")
def issue_rectification(work: Work, cmd: IssueRectification) -> str:
    """Order the findings of one's own department to be put right in a term of working days."""
    visit = visit_in_reach(work, cmd.visit_id)
    department = work.actor.department
    sheet = OrderSheet(
        number=cmd.number,
        visit=visit.id,
        task=visit.sheet.task,
        subject=visit.sheet.subject,
        region=visit.sheet.region,
        department=department,
        findings=findings_to_order(visit, department=department),
        days=cmd.days,
        document=cmd.document,
    )
    made = Rectification.order(
        id=work.ids.next_id(), sheet=sheet, due_on=_due(work, max(0, cmd.days)), at=work.now
    )
    _save(work, made)
    return made.id


@frozen(kw_only=True)
class DeliverRectification:
    """How the order reached the firm."""

    rectification_id: str
    channel: DeliveryChannel
    address: str = ""


@use_case("tasks.deliver_rectification")
def deliver_rectification(work: Work, cmd: DeliverRectification) -> None:
    """Note that the order reached the firm on the spot, by e-mail or by text message."""
    found = _rectification(work, cmd.rectification_id)
    found.deliver(
        Delivery(channel=cmd.channel, at=work.now, by=work.actor.user, address=cmd.address)
    )
    work.save(Rectifications, found)


@frozen(kw_only=True)
class ReportRectification:
    """What the firm did."""

    rectification_id: str
    text: str
    attachments: tuple[str, ...] = ()


@use_case("tasks.report_rectification")
def report_rectification(work: Work, cmd: ReportRectification) -> None:
    """Take the firm's own report, entered by itself or for it."""
    found = _rectification(work, cmd.rectification_id)
    found.report(RectificationReport(text=cmd.text, at=work.now, attachments=cmd.attachments))
    _save(work, found)


@frozen(kw_only=True)
class ExtendRectification:
    """So many working days from today, and why."""

    rectification_id: str
    days: int
    reason: str


@use_case("tasks.extend_rectification")
def extend_rectification(work: Work, cmd: ExtendRectification) -> None:
    """Give the firm a longer term, counted in working days from today."""
    found = _rectification(work, cmd.rectification_id)
    due = _due(work, max(0, cmd.days))
    found.extend(new_due=due, reason=cmd.reason, by=work.actor.user, at=work.now)
    work.save(Rectifications, found)


@frozen(kw_only=True)
class RecheckRectification:
    """What officers found; ``days`` (working) is the new term where the order is given again."""

    rectification_id: str
    officers: tuple[str, ...]
    result: RecheckResult
    note: str = ""
    days: int | None = None
    attachments: tuple[str, ...] = ()


def _inspectors(work: Work, ids: tuple[str, ...], region: str) -> tuple[Inspector, ...]:
    found = {each.id: each for each in work[Officers].find_many(list(ids))}
    if unknown := sorted(set(ids) - found.keys()):
        raise RectificationRefused(
            tuple(
                Violation("tasks.officer_unknown", "officers", {"officer": each})
                for each in unknown
            )
        )
    return tuple(inspector_of(found[each], region=region, day=local_day(work.now)) for each in ids)


@use_case("tasks.recheck")
def recheck_rectification(work: Work, cmd: RecheckRectification) -> None:
    """Record what at least two certified officers found when they looked again."""
    found = _rectification(work, cmd.rectification_id)
    found.recheck(
        Recheck(
            officers=_inspectors(work, cmd.officers, found.sheet.region),
            at=work.now,
            result=cmd.result,
            note=cmd.note,
            new_due=None if cmd.days is None else _due(work, max(0, cmd.days)),
            attachments=cmd.attachments,
        )
    )
    _save(work, found)


@frozen(kw_only=True)
class FinishRectification:
    """A rectification whose re-check went well."""

    rectification_id: str


@use_case("tasks.finish_rectification")
def finish_rectification(work: Work, cmd: FinishRectification) -> None:
    """Finish what a re-check found put right; its findings no longer count as open."""
    found = _rectification(work, cmd.rectification_id)
    found.finish(at=work.now)
    _save(work, found)
