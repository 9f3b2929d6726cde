"""责令改正: from the order document to the last re-check."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Final, Self

from attrs import define, evolve, field, frozen, setters

from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.tones import bad, good, over, waiting
from supervision_core.kernel.verbs import (
    Parts,
    Responsible,
    Verb,
    Verbs,
    always,
    decided_by_another,
    departments,
    officers,
    parties,
)
from supervision_core.tasks.model import events
from supervision_core.tasks.model.presence import ExtensionState
from supervision_core.tasks.model.results import Finding, Inspector, Measure, officer_violations
from supervision_core.tasks.model.sheet import DepartmentPart, PartState
from supervision_core.tasks.model.visit import MOST_EXTENDED_DAYS, MOST_EXTENSIONS, Visit


class RectificationState(StrEnum):
    """How far it has come; ``DONE``, ``TRANSFERRED`` and ``WITHDRAWN`` end it."""

    ORDERED = "ordered"
    DELIVERED = "delivered"
    REPORTED = "reported"
    CORRECTED = "corrected"
    DONE = "done"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"


REPORT_OWED: Final = frozenset({RectificationState.ORDERED, RectificationState.DELIVERED})
"""The states in which the firm owes its report."""


ENTERED_FOR_FIRM: Final = "由执法人员代为录入"
"""How a firm's report is marked that an officer entered."""


class RecheckResult(StrEnum):
    """整改结果状态 (RecheckResult): the four of proposal 6.4.2.5.3.2.2."""

    NO_PROBLEM = "no_problem"
    GUIDANCE = "guidance"
    ORDERED_AGAIN = "ordered_again"
    TRANSFER = "transfer"


class DeliveryChannel(StrEnum):
    """How an order document reaches the firm: on the spot, or as a link (proposal 6.4.2.5.2.5)."""

    ON_SPOT = "on_spot"
    EMAIL = "email"
    SMS = "sms"
    NOTICE = "notice"


@define(eq=False)
class RectificationRefused(Refused):
    """The rectification's state or content forbids the command."""

    code: ClassVar[str] = "tasks.rectification_refused"


_S = RectificationState


VERBS: Final = Verbs(
    context="tasks",
    noun="rectification",
    title="责令改正",
    states={
        _S.ORDERED: waiting("待送达"), _S.DELIVERED: waiting("待整改"),
        _S.REPORTED: waiting("待复查"),
        _S.CORRECTED: "复查通过", _S.DONE: good("已整改"), _S.TRANSFERRED: over("已移交"),
        _S.WITHDRAWN: over("已撤回"),
    },
    parts=(
        Parts(
            noun="term_request", title="整改延期申请", all=lambda one: one.term_requests,
            states={
                ExtensionState.ASKED: waiting("待审批"), ExtensionState.GRANTED: good("已同意"),
                ExtensionState.REJECTED: bad("不同意"),
            },
        ),
    ),
    label=lambda one: one.sheet.number,
    subject=lambda one: one.sheet.subject,
    assignees={
        Responsible.DEPARTMENT: lambda one, _: departments(one.sheet.department),
        Responsible.COMPANIONS: lambda one, _: officers(one.confirmers),
        Responsible.FIRM: lambda one, _: parties(one.sheet.subject),
    },
    verbs=(
        Verb(name="deliver", title="送达责令改正通知", by=Responsible.DEPARTMENT,
             starts={_S.ORDERED, _S.DELIVERED}, leads=_S.DELIVERED,
             owed=lambda one, _: one.state is _S.ORDERED,
             permission="tasks.deliver_rectification", roles=("officer", "clerk")),
        Verb(name="withdraw", title="撤回责令改正", by=Responsible.DEPARTMENT, starts=_S.ORDERED,
             leads=_S.WITHDRAWN, permission="tasks.withdraw_rectification",
             roles=("officer", "clerk")),
        Verb(name="report", title="报告整改情况", by=Responsible.FIRM,
             starts={_S.DELIVERED, _S.REPORTED}, leads=_S.REPORTED,
             owed=lambda one, _: one.state is _S.DELIVERED, term="due_on",
             permission="tasks.report_rectification", roles=("officer", "enterprise")),
        Verb(name="extend", title="延长整改期限", by=Responsible.DEPARTMENT,
             starts={_S.ORDERED, _S.DELIVERED, _S.REPORTED},
             permission="tasks.extend_rectification", roles=("clerk",)),
        Verb(name="ask_term", title="申请延长整改期限", by=Responsible.FIRM, starts=_S.DELIVERED,
             permission="tasks.ask_rectification_term", roles=("enterprise",)),
        Verb(name="decide_term", title="审批整改延期申请", by=Responsible.DEPARTMENT,
             starts={_S.DELIVERED, _S.REPORTED}, part="term_request",
             part_starts=ExtensionState.ASKED,
             part_leads={ExtensionState.GRANTED, ExtensionState.REJECTED},
             owed=lambda one, _: one.state is _S.DELIVERED, term="due_on",
             permission="tasks.decide_rectification_term", roles=("clerk", "leader")),
        Verb(name="recheck", title="复查整改", by=Responsible.DEPARTMENT,
             starts={_S.DELIVERED, _S.REPORTED},
             owed=lambda one, _: one.state is _S.REPORTED and one.awaited is None,
             roles=("officer",)),
        Verb(name="confirm_recheck", title="确认整改复查", by=Responsible.COMPANIONS,
             starts={_S.DELIVERED, _S.REPORTED},
             leads={_S.CORRECTED, _S.DELIVERED, _S.TRANSFERRED},
             owed=lambda one, _: one.awaited is not None, roles=("officer",)),
        Verb(name="finish", title="办结整改", by=Responsible.DEPARTMENT, starts=_S.CORRECTED,
             leads=_S.DONE, owed=always, permission="tasks.finish_rectification",
             roles=("officer", "clerk")),
    ),
)  # fmt: skip
"""What is done with an order; other states: ``tasks.rectification_is_<state>``."""


@frozen(kw_only=True)
class OrderSheet:
    """责令整改文书 (OrderSheet): the order document; ``number`` is the document's number.

    ``days`` are working days of Guangxi, counted from the day after the order.
    """

    number: str
    visit: str
    task: str
    subject: str
    region: str
    department: str
    findings: tuple[Finding, ...]
    days: int
    document: str = ""


@frozen(kw_only=True)
class Delivery:
    """文书送达 (Delivery): how and when the order reached the firm; the address is personal."""

    channel: DeliveryChannel
    at: datetime
    by: str
    address: str = field(default="", repr=False)


@frozen(kw_only=True)
class OrderWithdrawal:
    """撤回责令改正 (OrderWithdrawal): an order taken back before it was delivered, and why.

    ``for_firm`` tells that the reason was written for the firm too, which was not always so.
    """

    at: datetime
    by: str
    reason: str
    for_firm: bool = False

    @property
    def told(self) -> str:
        """The reason, as far as the firm may read it."""
        return self.reason if self.for_firm else ""


@frozen(kw_only=True)
class RectificationReport:
    """整改反馈 (RectificationReport): what the firm says it did. Proposal 6.4.2.5.3.9.1.3.

    ``entered_by`` is the account of the officer who entered it for the firm, empty where it did so
    itself, and unknown of older ones.
    """

    text: str
    at: datetime
    attachments: tuple[str, ...] = ()
    entered_by: str = ""


@frozen(kw_only=True)
class Recheck:
    """整改复查 (Recheck): what officers found when they looked again. Proposal 6.4.2.5.3.2.2.

    ``corrected_on`` is when it was put right, as far as that is known; ``new_due`` is the next term
    where the order is given again; ``by`` is the account, and ``kept_by`` the officer, that
    recorded it, unknown of older ones. ``second`` is the officer who stood to it; no older one was
    confirmed.
    """

    officers: tuple[Inspector, ...]
    at: datetime
    result: RecheckResult
    note: str
    corrected_on: date | None = None
    new_due: date | None = None
    attachments: tuple[str, ...] = ()
    by: str = ""
    kept_by: str = ""
    second: str = ""
    second_at: datetime | None = None


@frozen(kw_only=True)
class TermExtension:
    """整改延期 (TermExtension): a longer term, for a reason."""

    at: datetime
    by: str
    reason: str
    old_due: date
    new_due: date


@frozen(kw_only=True)
class TermRequest:
    """整改延期申请 (TermRequest): more working days that the firm asks for, decided by the body."""

    id: str
    by: str
    at: datetime
    days: int
    reason: str
    state: ExtensionState = ExtensionState.ASKED
    decided_by: str = ""
    decided_at: datetime | None = None
    answer: str = ""


@frozen(kw_only=True)
class TermDecision:
    """整改延期审批 (TermDecision): whether the days are granted, and when the term then ends."""

    granted: bool
    new_due: date
    by: str
    at: datetime
    answer: str = ""


def findings_to_order(
    visit: Visit,
    part: DepartmentPart | None,
    *,
    department: str,
    earlier: Sequence["Rectification"] = (),
) -> tuple[Finding, ...]:
    """Give the findings that ``department``, with its ``part`` of the task, has a firm put right.

    Raises ``RectificationRefused`` for what ``forbidden_order`` says.
    """
    refuse_if(
        RectificationRefused, forbidden_order(visit, part, department=department, earlier=earlier)
    )
    return _unordered(_found_by(department, visit), earlier)


def forbidden_order(
    visit: Visit,
    part: DepartmentPart | None,
    *,
    department: str,
    earlier: Sequence["Rectification"] = (),
) -> Iterator[Violation]:
    """Give why ``department``, with its ``part`` of the task, orders nothing to be put right.

    It must have found something that none of its ``earlier`` orders of this visit takes in, and the
    conclusion ask for 限期整改 (行政处罚法 第28条). What was ordered stays so, unless the order was
    withdrawn: a re-check orders it again. Only what is recorded after an order on the spot is left
    for another.
    """
    yield from visit.forbids("order")
    if part is not None and part.state is PartState.CLOSED:
        yield Violation("tasks.part_is_over")
    conclusion = visit.conclusion
    if not (found := _found_by(department, visit)):
        yield Violation("tasks.findings_missing")
    elif not _unordered(found, earlier):
        number = next(one.sheet.number for one in reversed(earlier) if one.stands)
        yield Violation("tasks.ordered_already", "visit_id", {"number": number})
    elif conclusion is None or Measure.CORRECT_IN_TERM not in conclusion.measures:
        yield Violation("tasks.term_not_concluded")


def left_to_order(
    visit: Visit, *, department: str, earlier: Sequence["Rectification"]
) -> tuple[Finding, ...]:
    """Give the findings of ``department`` that its conclusion has put right, and no order takes in.

    A withdrawn order takes none in.
    """
    conclusion = visit.conclusion
    if conclusion is None or Measure.CORRECT_IN_TERM not in conclusion.measures:
        return ()
    return _unordered(_found_by(department, visit), earlier)


def _found_by(department: str, visit: Visit) -> tuple[Finding, ...]:
    return tuple(each for each in visit.findings if each.department == department)


def _unordered(
    findings: tuple[Finding, ...], earlier: Sequence["Rectification"]
) -> tuple[Finding, ...]:
    ordered = {each.item for one in earlier if one.stands for each in one.sheet.findings}
    return tuple(each for each in findings if each.item not in ordered)


@define(eq=False, kw_only=True)
class Rectification(Aggregate):
    """责令改正 (Rectification): findings of one visit that a firm must put right in a term.

    Source: proposal 6.4.2.5.2.9, 6.4.2.5.3.2; 行政处罚法 第28条;
    食品生产经营监督检查管理办法 第32条.
    """

    verbs: ClassVar[Verbs | None] = VERBS

    sheet: OrderSheet = field(on_setattr=setters.frozen)
    ordered_at: datetime = field(on_setattr=setters.frozen)
    _due_on: date
    _state: RectificationState = RectificationState.ORDERED
    _delivery: Delivery | None = None
    _reports: tuple[RectificationReport, ...] = ()
    _rechecks: tuple[Recheck, ...] = ()
    _extensions: tuple[TermExtension, ...] = ()
    _late: bool = False
    _term_requests: tuple[TermRequest, ...] = ()
    _withdrawal: OrderWithdrawal | None = None
    _awaited: Recheck | None = None
    _superseded: tuple[Recheck, ...] = ()
    _delivered_again: tuple[Delivery, ...] = ()

    @classmethod
    def order(cls, *, id: str, sheet: OrderSheet, due_on: date, at: datetime) -> Self:
        """Order findings to be put right by ``due_on``. Raises ``RectificationRefused``."""
        refuse_if(RectificationRefused, _order_violations(sheet, due_on, local_day(at)))
        made = cls(id=id, sheet=sheet, ordered_at=at, due_on=due_on)
        made._record(
            events.RectificationOrdered(
                at=at,
                rectification=id,
                visit=sheet.visit,
                subject=sheet.subject,
                due_on=due_on,
            )
        )
        return made

    @property
    def state(self) -> RectificationState:
        """How far it has come."""
        return self._state

    @property
    def due_on(self) -> date:
        """The last day of the term now running."""
        return self._due_on

    @property
    def delivery(self) -> Delivery | None:
        """How the order first reached the firm, once it did."""
        return self._delivery

    @property
    def delivered_again(self) -> tuple[Delivery, ...]:
        """How it was sent again after that, oldest first."""
        return self._delivered_again

    @property
    def reports(self) -> tuple[RectificationReport, ...]:
        """What the firm reported, oldest first."""
        return self._reports

    @property
    def rechecks(self) -> tuple[Recheck, ...]:
        """Every re-check to which a second officer stood, oldest first."""
        return self._rechecks

    @property
    def awaited(self) -> Recheck | None:
        """What was recorded of a re-check to which no second officer stands yet."""
        return self._awaited

    @property
    def superseded(self) -> tuple[Recheck, ...]:
        """What was recorded and, before a second officer stood to it, recorded anew."""
        return self._superseded

    @property
    def confirmers(self) -> frozenset[str]:
        """The officers one of whom is to stand to what another recorded."""
        awaited = self._awaited
        if awaited is None:
            return frozenset()
        return frozenset(one.id for one in awaited.officers) - {awaited.kept_by}

    @property
    def departments(self) -> frozenset[str]:
        """Whose it is to see: who ordered, and of whose officers some looked again."""
        looked = (*self._rechecks, *(() if self._awaited is None else (self._awaited,)))
        there = (officer.department for one in looked for officer in one.officers)
        return frozenset({self.sheet.department, *there})

    @property
    def extensions(self) -> tuple[TermExtension, ...]:
        """Every longer term that was given."""
        return self._extensions

    @property
    def term_requests(self) -> tuple[TermRequest, ...]:
        """What the firm asked for, oldest first."""
        return self._term_requests

    @property
    def open(self) -> bool:
        """Tell whether something is left to do."""
        return self.stands and self._state not in (
            RectificationState.DONE, RectificationState.TRANSFERRED,
        )  # fmt: skip

    @property
    def withdrawal(self) -> OrderWithdrawal | None:
        """Who took the order back and why, where it was."""
        return self._withdrawal

    @property
    def stands(self) -> bool:
        """Tell whether it orders anything: a withdrawn one is as if it had never been given."""
        return self._state is not RectificationState.WITHDRAWN

    @property
    def parties(self) -> frozenset[str]:
        """The subject that the order concerns, who sees it while it stands."""
        return frozenset({self.sheet.subject}) if self.stands else frozenset()

    def late(self, today: date) -> bool:
        """Tell whether the firm ever let a term pass without a report, up to ``today``.

        An order that has not reached it makes it late by nothing.
        """
        return self._late or self._lets_pass(today)

    def _lets_pass(self, day: date) -> bool:
        """Tell whether an order has reached the firm, and its term is over without a report."""
        return self._state is RectificationState.DELIVERED and day > self._due_on

    def overdue_days(self, today: date) -> int:
        """Count the days past the term while a report is owed, or the order itself; else 0."""
        return max(0, (today - self._due_on).days) if self._state in REPORT_OWED else 0

    def deliver(self, delivery: Delivery) -> None:
        """Note how the order reaches the firm; what is sent again stands beside the first.

        One that is kept back until its term is over is withdrawn, and given anew.
        Raises ``RectificationRefused``.
        """
        refuse_if(RectificationRefused, self._deliver_violations(delivery))
        if self._delivery is None:
            self._delivery = delivery
        else:
            self._delivered_again += (delivery,)
        self._state = RectificationState.DELIVERED

    def _deliver_violations(self, delivery: Delivery) -> Iterator[Violation]:
        yield from self.forbids("deliver")
        if self._delivery is None and local_day(delivery.at) > self._due_on:
            yield Violation("tasks.delivered_too_late", "rectification_id")
        addressed = delivery.channel in {DeliveryChannel.EMAIL, DeliveryChannel.SMS}
        if addressed and not delivery.address.strip():
            yield Violation("tasks.delivery_address_missing", "address")

    def withdraw(self, *, reason: str, by: str, at: datetime) -> None:
        """Take the order back, for a reason that the firm reads, while it has not been delivered.

        Its findings may be ordered anew. Raises ``RectificationRefused``.
        """
        refuse_if(RectificationRefused, (*self.forbids("withdraw"), *_missing(reason, "reason")))
        self._withdrawal = OrderWithdrawal(at=at, by=by, reason=reason, for_firm=True)
        self._state = RectificationState.WITHDRAWN
        self._record(
            events.RectificationWithdrawn(
                at=at, rectification=self.id, visit=self.sheet.visit, subject=self.sheet.subject
            )
        )

    def report(self, report: RectificationReport) -> None:
        """Take what the firm says it did, once the order has reached it.

        Raises ``RectificationRefused``.
        """
        refuse_if(RectificationRefused, (*self.forbids("report"), *_missing(report.text, "text")))
        self._reports += (report,)
        self._late = self._late or local_day(report.at) > self._due_on
        self._state = RectificationState.REPORTED
        self._record(
            events.RectificationReported(
                at=report.at, rectification=self.id, subject=self.sheet.subject
            )
        )

    def extend(self, *, new_due: date, reason: str, by: str, at: datetime) -> None:
        """Give the firm a longer term, for a reason, twice and by 60 days in all.

        That it let the term before pass stays. Raises ``RectificationRefused``.
        """
        refuse_if(RectificationRefused, self._extend_violations(new_due, reason))
        self._late = self._late or self._lets_pass(local_day(at))
        self._extensions += (
            TermExtension(at=at, by=by, reason=reason, old_due=self._due_on, new_due=new_due),
        )
        self._due_on = new_due

    def _extend_violations(self, new_due: date, reason: str) -> Iterator[Violation]:
        yield from self.forbids("extend")
        yield from _missing(reason, "reason")
        if new_due <= self._due_on:
            yield Violation("tasks.term_not_longer", "new_due")
        yield from self._terms_used((new_due - self._due_on).days)

    def _terms_used(self, days: int) -> Iterator[Violation]:
        used = len(self._extensions)
        added = sum((one.new_due - one.old_due).days for one in self._extensions)
        if used >= MOST_EXTENSIONS or added + days > MOST_EXTENDED_DAYS:
            most = {"most": MOST_EXTENSIONS, "days": MOST_EXTENDED_DAYS}
            yield Violation("tasks.terms_used", "days", {**most, "used": used, "added": added})

    @property
    def term_asked(self) -> bool:
        """Whether the firm has asked for more days and is not answered yet."""
        return any(one.state is ExtensionState.ASKED for one in self._term_requests)

    def ask_term(self, request: TermRequest) -> None:
        """Take the firm's request for more working days, one at a time, before the term is over.

        Raises ``RectificationRefused``.
        """
        refuse_if(RectificationRefused, self._ask_violations(request))
        self._term_requests += (request,)

    def _ask_violations(self, request: TermRequest) -> Iterator[Violation]:
        yield from self.forbids("ask_term")
        yield from _missing(request.reason, "reason")
        if request.days < 1:
            yield Violation("tasks.extension_days", "days")
        if local_day(request.at) > self._due_on:
            yield Violation("tasks.term_over", "days")
        if self.term_asked:
            yield Violation("tasks.extension_pending")
        yield from self._terms_used(max(1, request.days))

    def decide_term(self, request: str, decision: TermDecision) -> None:
        """Grant the days, by which the term ends later, or reject them for a reason.

        Raises ``RectificationRefused``.
        """
        asked = next((one for one in self._term_requests if one.id == request), None)
        faults = list(self.forbids("decide_term", asked))
        if asked is None and not faults:
            faults.append(Violation("tasks.extension_unknown", "term_request_id"))
        faults.extend(decided_by_another(decision.by, asked.by if asked else ""))
        if not decision.granted:
            faults.extend(_missing(decision.answer, "answer"))
        else:
            faults.extend(self._terms_used((decision.new_due - self._due_on).days))
        refuse_if(RectificationRefused, faults)
        state = ExtensionState.GRANTED if decision.granted else ExtensionState.REJECTED
        by, at = decision.by, decision.at
        self._term_requests = tuple(
            evolve(one, state=state, decided_by=by, decided_at=at, answer=decision.answer)
            if one is asked
            else one
            for one in self._term_requests
        )
        if decision.granted and asked is not None:
            self.extend(new_due=decision.new_due, reason=asked.reason, by=by, at=at)

    def recheck(self, recheck: Recheck) -> None:
        """Take what (at least two certified) officers found when they looked again.

        Nothing follows before a second of them confirms it; recorded anew, what was recorded
        before stays among the ``superseded``. It is ordered again twice at most, each time for at
        most 60 days; what is not put right then is handed over. Raises ``RectificationRefused``.
        """
        refuse_if(RectificationRefused, self._recheck_violations(recheck))
        if self._awaited is not None:
            self._superseded += (self._awaited,)
        self._awaited = recheck

    def confirm_recheck(self, *, officer: str, by: str, at: datetime) -> None:
        """Let a second officer, by an account of his own, stand to what another recorded.

        未发现问题 or 行政指导 leaves it fit to finish, a further order starts a new term, and
        what fulfils the conditions goes to enforcement. Raises ``RectificationRefused``.
        """
        awaited = self._awaited
        refuse_if(RectificationRefused, self._confirm_violations(officer, by, local_day(at)))
        if awaited is None:
            return
        self._late = self._late or self._lets_pass(local_day(awaited.at))
        recheck = evolve(awaited, second=officer, second_at=at)
        self._awaited = None
        self._rechecks += (recheck,)
        self._state = {
            RecheckResult.NO_PROBLEM: RectificationState.CORRECTED,
            RecheckResult.GUIDANCE: RectificationState.CORRECTED,
            RecheckResult.ORDERED_AGAIN: RectificationState.DELIVERED,
            RecheckResult.TRANSFER: RectificationState.TRANSFERRED,
        }[recheck.result]
        if recheck.new_due is not None:
            self._due_on = recheck.new_due
        self._record(
            events.RectificationRechecked(at=at, rectification=self.id, result=recheck.result.value)
        )

    def _confirm_violations(self, officer: str, by: str, today: date) -> Iterator[Violation]:
        yield from self.forbids("confirm_recheck")
        if (awaited := self._awaited) is None:
            yield Violation("tasks.recheck_not_recorded", "rectification_id")
            return
        if officer == awaited.kept_by or by == awaited.by:
            yield Violation("tasks.confirmed_by_recorder")
        elif officer not in self.confirmers:
            yield Violation("tasks.not_among_officers", "rectification_id")
        if awaited.new_due is not None and awaited.new_due <= today:
            yield Violation("tasks.recheck_term_past", "rectification_id")

    def _recheck_violations(self, recheck: Recheck) -> Iterator[Violation]:
        day = local_day(recheck.at)
        yield from self.forbids("recheck")
        yield from officer_violations(recheck.officers, day, "officers")
        again = recheck.result is RecheckResult.ORDERED_AGAIN
        if recheck.result is not RecheckResult.NO_PROBLEM:
            yield from _missing(recheck.note, "note")
        if recheck.corrected_on is not None and recheck.corrected_on > day:
            yield Violation("tasks.corrected_in_future", "corrected_on")
        if again and (recheck.new_due is None or recheck.new_due <= day):
            yield Violation("tasks.new_term_missing", "new_due")
        yield from self._ordered_again_violations(recheck, day) if again else ()
        if not again and recheck.new_due is not None:
            yield Violation("tasks.new_term_unasked", "new_due")

    def _ordered_again_violations(self, recheck: Recheck, day: date) -> Iterator[Violation]:
        """Bound further orders as extensions are: terms do not follow one another for ever."""
        orders = sum(one.result is RecheckResult.ORDERED_AGAIN for one in self._rechecks)
        if orders >= MOST_EXTENSIONS:
            yield Violation("tasks.ordered_again_used", "result", {"most": MOST_EXTENSIONS})
        if recheck.new_due is not None and (recheck.new_due - day).days > MOST_EXTENDED_DAYS:
            yield Violation("tasks.new_term_long", "new_due", {"days": MOST_EXTENDED_DAYS})

    def finish(self, *, by: str, at: datetime) -> None:
        """Finish what a re-check found put right (完成整改), not as whoever recorded that.

        Raises ``RectificationRefused``.
        """
        faults = list(self.forbids("finish"))
        if self._rechecks:
            faults.extend(decided_by_another(by, self._rechecks[-1].by))
        refuse_if(RectificationRefused, faults)
        self._state = RectificationState.DONE
        self._record(
            events.RectificationFinished(
                at=at,
                rectification=self.id,
                visit=self.sheet.visit,
                subject=self.sheet.subject,
            )
        )


def _order_violations(sheet: OrderSheet, due_on: date, today: date) -> Iterator[Violation]:
    yield from _missing(sheet.number, "number")
    if not sheet.findings:
        yield Violation("tasks.findings_missing", "findings")
    if sheet.days < 1:
        yield Violation("tasks.term_missing", "days")
    elif due_on <= today:
        yield Violation("tasks.due_day_past", "due_on")


def _missing(text: str, at: str) -> Iterator[Violation]:
    if not text.strip():
        yield Violation("tasks.field_empty", at)
