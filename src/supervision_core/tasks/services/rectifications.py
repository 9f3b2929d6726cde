"""责令改正: issue, deliver, report, extend, re-check, finish."""

from datetime import date

from attrs import field, frozen

from supervision_core.files.services.attaching import attach
from supervision_core.identity.services import Work, does
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import file, files
from supervision_core.officers.ports import Officers
from supervision_core.officers.services import acting_officer
from supervision_core.subjects.ports import Subjects
from supervision_core.subjects.services import parties_of
from supervision_core.tasks.model.opening import inspector_of, party_of
from supervision_core.tasks.model.rectification import (
    Delivery,
    DeliveryChannel,
    OrderSheet,
    Recheck,
    RecheckResult,
    Rectification,
    RectificationRefused,
    RectificationReport,
    TermDecision,
    TermRequest,
    findings_to_order,
)
from supervision_core.tasks.model.results import Inspector
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import Rectifications, Tasks
from supervision_core.tasks.services.facts import record_facts
from supervision_core.tasks.services.files import ORDER, RECHECK, REPORT
from supervision_core.tasks.services.letters import serve_order
from supervision_core.tasks.services.marking import mark_rechecked, require_ground
from supervision_core.tasks.services.visits import visit_in_reach
from supervision_core.tasks.words import TITLES


def _rectification(
    work: Work, rectification_id: str, *, by_party: bool = False, by_second: bool = False
) -> Rectification:
    """Load a rectification that the actor reaches: by the department, or by the party too.

    With ``by_second`` also by the departments of those who are to confirm a re-check.
    """
    found = work[Rectifications].get(rectification_id)
    sheet = found.sheet
    looking = found.awaited.officers if by_second and found.awaited is not None else ()
    work.reach(
        "rectification",
        found.id,
        region=sheet.region,
        departments=frozenset({sheet.department, *(one.department for one in looking)}),
        parties=parties_of(work, sheet.subject) if by_party and found.stands else frozenset(),
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
    """The order document about one's own department's findings; ``days`` are working days.

    ``document`` is the letter, a staged file.
    """

    visit_id: str = field(metadata=said("检查对象任务的编号", example="0123abcd", to="visit"))
    number: str = field(metadata=said("责令改正通知书编号", example="南市监责改〔2026〕1号"))
    days: int = field(metadata=said("整改期限，工作日数", example=15))
    document: str = file("责令改正通知书", hint="PDF、OFD或Word文档")


@does(Visit, "order")
def issue_rectification(work: Work, cmd: IssueRectification) -> str:
    """Order the findings of one's own department to be put right in a term of working days.

    No finding twice. Whose part of the task is closed orders nothing more.
    """
    visit = visit_in_reach(work, cmd.visit_id)
    department, tasks = work.actor.department, work[Tasks]
    tasks.hold(visit.sheet.task)
    part = tasks.get(visit.sheet.task).part(department)
    sheet = OrderSheet(
        number=cmd.number,
        visit=visit.id,
        task=visit.sheet.task,
        subject=visit.sheet.subject,
        region=visit.sheet.region,
        department=department,
        findings=findings_to_order(
            visit, part, department=department,
            earlier=work[Rectifications].after(visit, department),
        ),
        days=cmd.days,
        document=cmd.document,
    )  # fmt: skip
    made = Rectification.order(
        id=work.ids.next_id(), sheet=sheet, due_on=_due(work, max(0, cmd.days)), at=work.now
    )
    if cmd.document:
        attach(work, ORDER, made.id, [cmd.document], at="document")
    _save(work, made)
    return made.id


@frozen(kw_only=True)
class DeliverRectification:
    """How the order reached the firm."""

    rectification_id: str = field(
        metadata=said("责令改正的编号", example="0123abcd", to="rectification")
    )
    channel: DeliveryChannel = field(
        metadata=said(
            "送达方式",
            codes={"on_spot": "现场", "email": "电子邮件", "sms": "短信", "notice": "统一消息"},
            example="on_spot",
        )
    )
    address: str = field(
        default="",
        metadata=said(
            "送达地址",
            example="firm@example.cn",
            hint="电子邮箱或手机号，现场和统一消息送达的不填",
        ),
    )


@does(Rectification, "deliver")
def deliver_rectification(work: Work, cmd: DeliverRectification) -> None:
    """Note that the order reached the firm on the spot, or send its document as a link.

    The link goes by e-mail, by text message or to the firm's account of the unified platform; it is
    opened with a code on the phone on record, and that is noted as the receipt. It may be sent
    again until the firm reports.
    """
    found = _rectification(work, cmd.rectification_id)
    delivery = Delivery(channel=cmd.channel, at=work.now, by=work.actor.user, address=cmd.address)
    found.deliver(delivery)
    work.save(Rectifications, found)
    if delivery.channel is not DeliveryChannel.ON_SPOT:
        serve_order(work, found, delivery)


@frozen(kw_only=True)
class WithdrawRectification:
    """An order that was given by mistake and not delivered yet, and why it is taken back."""

    rectification_id: str = field(
        metadata=said("责令改正的编号", example="0123abcd", to="rectification")
    )
    reason: str = field(
        metadata=said("撤回理由，企业看得到", example="整改期限填写有误", long=True)
    )


@does(Rectification, "withdraw")
def withdraw_rectification(work: Work, cmd: WithdrawRectification) -> None:
    """Take an order back that has not been delivered, for a reason.

    It is in no list of the firm any more; who follows an older message reads that it was taken
    back, when and why. Its findings may be ordered anew.
    """
    found = _rectification(work, cmd.rectification_id)
    found.withdraw(reason=cmd.reason, by=work.actor.user, at=work.now)
    _save(work, found)


@frozen(kw_only=True)
class ReportRectification:
    """What the firm did; ``attachments`` are staged files."""

    rectification_id: str = field(
        metadata=said("责令改正的编号", example="0123abcd", to="rectification")
    )
    text: str = field(metadata=said("整改情况", example="已完成排水沟清理和原料入库", long=True))
    attachments: tuple[str, ...] = files("附件")


@does(Rectification, "report")
def report_rectification(work: Work, cmd: ReportRectification) -> None:
    """Take the firm's own report, entered by itself or for it."""
    found = _rectification(work, cmd.rectification_id, by_party=True)
    own = work.actor.scope.party in parties_of(work, found.sheet.subject)
    found.report(
        RectificationReport(
            text=cmd.text, at=work.now, attachments=cmd.attachments,
            entered_by="" if own else work.actor.user,
        )
    )  # fmt: skip
    attach(work, REPORT, found.id, cmd.attachments, at="attachments")
    _save(work, found)


@frozen(kw_only=True)
class ExtendRectification:
    """So many working days from today, and why."""

    rectification_id: str = field(
        metadata=said("责令改正的编号", example="0123abcd", to="rectification")
    )
    days: int = field(metadata=said("自今日起延长的工作日数", example=10))
    reason: str = field(metadata=said("延长理由", example="设备采购尚未到货", long=True))


@does(Rectification, "extend")
def extend_rectification(work: Work, cmd: ExtendRectification) -> None:
    """Give the firm a longer term, counted in working days from today."""
    found = _rectification(work, cmd.rectification_id)
    due = _due(work, max(0, cmd.days))
    found.extend(new_due=due, reason=cmd.reason, by=work.actor.user, at=work.now)
    _save(work, found)


@frozen(kw_only=True)
class AskRectificationTerm:
    """So many more working days, and why."""

    rectification_id: str = field(
        metadata=said("责令改正的编号", example="0123abcd", to="rectification")
    )
    days: int = field(metadata=said("申请延长的工作日数", example=5))
    reason: str = field(metadata=said("申请理由", example="设备采购尚未到货", long=True))


@does(Rectification, "ask_term")
def ask_rectification_term(work: Work, cmd: AskRectificationTerm) -> str:
    """Ask, as the firm, for a longer term, before it is over."""
    found = _rectification(work, cmd.rectification_id, by_party=True)
    request = TermRequest(
        id=work.ids.next_id(), by=work.actor.user, at=work.now, days=cmd.days, reason=cmd.reason
    )
    found.ask_term(request)
    work.save(Rectifications, found)
    return request.id


@frozen(kw_only=True)
class DecideRectificationTerm:
    """The decision on a firm's request; a rejection needs an answer."""

    rectification_id: str = field(
        metadata=said("责令改正的编号", example="0123abcd", to="rectification")
    )
    term_request_id: str = field(metadata=said("延期申请的编号", example="0123abcd"))
    granted: bool = field(metadata=said("是否同意"))
    answer: str = field(
        default="", metadata=said("审批意见，不同意的必填", example="同意延期", long=True)
    )


@does(Rectification, "decide_term")
def decide_rectification_term(work: Work, cmd: DecideRectificationTerm) -> None:
    """Grant the working days that the firm asks for, counted from the present term, or reject."""
    found = _rectification(work, cmd.rectification_id)
    days = next((one.days for one in found.term_requests if one.id == cmd.term_request_id), 0)
    calendar = work[Calendars].working_calendar()
    decision = TermDecision(
        granted=cmd.granted, by=work.actor.user, at=work.now, answer=cmd.answer,
        new_due=calendar.add_working_days(found.due_on, days),
    )  # fmt: skip
    found.decide_term(cmd.term_request_id, decision)
    _save(work, found)


@frozen(kw_only=True)
class RecheckRectification:
    """What officers found; ``days`` (working) is the new term where the order is given again.

    ``attachments`` are staged files.
    """

    rectification_id: str = field(
        metadata=said("责令改正的编号", example="0123abcd", to="rectification")
    )
    officers: tuple[str, ...] = field(metadata=said("复查的执法人员", to="officer"))
    result: RecheckResult = field(
        metadata=said(
            "复查结果",
            codes=TITLES[RecheckResult],
            example="no_problem",
        )
    )
    note: str = field(default="", metadata=said("复查说明", long=True))
    corrected_on: date | None = field(default=None, metadata=said("整改时间", example="2026-07-20"))
    days: int | None = field(
        default=None, metadata=said("再次责令整改的期限，工作日数", example=10)
    )
    attachments: tuple[str, ...] = files("附件")


def _inspectors(
    work: Work, ids: tuple[str, ...], region: str, subject: str
) -> tuple[Inspector, ...]:
    """Give the officers who look again. Refused for the unknown, and those who must withdraw."""
    found = {each.id: each for each in work[Officers].find_many(list(ids))}
    party = party_of(work[Subjects].get(subject))
    refuse_if(
        RectificationRefused,
        (
            *(
                Violation("tasks.officer_unknown", "officers", {"officer": each})
                for each in sorted(set(ids) - found.keys())
            ),
            *(
                Violation("tasks.officer_recused", "officers", {"officer": each})
                for each, officer in sorted(found.items())
                if officer.must_withdraw(party)
            ),
        ),
    )
    return tuple(inspector_of(found[each], region=region, day=local_day(work.now)) for each in ids)


@does(Rectification, "recheck")
def recheck_rectification(work: Work, cmd: RecheckRectification) -> None:
    """Record, as one of them, what at least two certified officers found at a second look.

    None of them must withdraw from the firm (回避). Nothing follows before a second of them
    confirms it.
    """
    found = _rectification(work, cmd.rectification_id)
    recorder = acting_officer(work).id
    if recorder not in cmd.officers:
        raise RectificationRefused((Violation("tasks.not_among_officers", "officers"),))
    found.recheck(
        Recheck(
            officers=_inspectors(work, cmd.officers, found.sheet.region, found.sheet.subject),
            at=work.now,
            result=cmd.result,
            note=cmd.note,
            corrected_on=cmd.corrected_on,
            new_due=None if cmd.days is None else _due(work, max(0, cmd.days)),
            attachments=cmd.attachments,
            by=work.actor.user,
            kept_by=recorder,
        )
    )
    require_ground(work, found, cmd.result)
    attach(work, RECHECK, found.id, cmd.attachments, at="attachments")
    work.save(Rectifications, found)


@frozen(kw_only=True)
class ConfirmRecheck:
    """A re-check that another officer recorded."""

    rectification_id: str = field(
        metadata=said("责令改正的编号", example="0123abcd", to="rectification")
    )


@does(Rectification, "confirm_recheck")
def confirm_recheck(work: Work, cmd: ConfirmRecheck) -> None:
    """Stand, under one's own account, to what another officer recorded of a re-check.

    Its result counts from then on; ground for enforcement leaves a case to be handed over.
    """
    found = _rectification(work, cmd.rectification_id, by_second=True)
    found.confirm_recheck(officer=acting_officer(work).id, by=work.actor.user, at=work.now)
    mark_rechecked(work, found)
    _save(work, found)


@frozen(kw_only=True)
class FinishRectification:
    """A rectification whose re-check went well."""

    rectification_id: str = field(
        metadata=said("责令改正的编号", example="0123abcd", to="rectification")
    )


@does(Rectification, "finish")
def finish_rectification(work: Work, cmd: FinishRectification) -> None:
    """Finish what a re-check found put right; its findings no longer count as open.

    Whoever recorded the re-check does not finish it: another person of the department does.
    """
    found = _rectification(work, cmd.rectification_id)
    found.finish(by=work.actor.user, at=work.now)
    _save(work, found)
