"""结果公开: what the public sees of a visit, by when, and how it is taken back."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Final, Self

from attrs import define, evolve, field, frozen, setters

from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.tones import good, over, waiting
from supervision_core.kernel.verbs import (
    Assignee,
    Responsible,
    Verb,
    Verbs,
    decided_by_another,
    departments,
)
from supervision_core.subjects.model import Subject, SubjectKind, masked_name
from supervision_core.tasks.model import events
from supervision_core.tasks.model.results import Outcome, PendingMatter
from supervision_core.tasks.model.visit import Visit

PUBLISH_WITHIN_WORKING_DAYS = 20
"""食品生产经营监督检查管理办法 第39条: after the result is formed."""


WITHDRAWAL_ANSWERED_WITHIN_WORKING_DAYS: Final = 1
"""By when the head answers a department that asks to take a result back."""
ANNULLED_WITHIN_DAYS: Final = 3
"""行政处罚法 第48条: what was shown of an annulled decision is taken back within three days."""


class PublicationState(StrEnum):
    """Whether a result is shown."""

    DUE = "due"
    SHOWN = "shown"
    WITHHELD = "withheld"
    WITHDRAWN = "withdrawn"


class WithholdingGround(StrEnum):
    """不予公开的法定事由 (WithholdingGround): why the law lets a result be kept back.

    Source: 政府信息公开条例 第14条至第16条.
    """

    STATE_SECRET = "state_secret"  # noqa: S105 - a ground, not a password
    SAFETY = "safety"
    TRADE_SECRET = "trade_secret"  # noqa: S105 - as above
    PRIVACY = "privacy"
    CASE_FILE = "case_file"


class WithdrawalGround(StrEnum):
    """撤回事由 (WithdrawalGround): why a shown result is taken back.

    ``ANNULLED``: the decision was changed, annulled, or found unlawful or void (行政处罚法 第48条).
    """

    ANNULLED = "annulled"
    MISTAKEN = "mistaken"


@define(eq=False)
class PublicationRefused(Refused):
    """The publication's state or content forbids the command."""

    code: ClassVar[str] = "tasks.publication_refused"


_S = PublicationState


def _lead(one: "Publication", _: object) -> frozenset[Assignee]:
    return departments(one.lead)


VERBS: Final = Verbs(
    context="tasks",
    noun="publication",
    title="结果公开",
    states={
        _S.DUE: waiting("待公开"), _S.SHOWN: good("公示中"), _S.WITHHELD: over("不公开"),
        _S.WITHDRAWN: over("已撤回"),
    },
    label=lambda one: one.shown.task,
    subject=lambda one: one.shown.subject.id,
    assignees={
        Responsible.DEPARTMENTS: lambda one, _: departments(*one.departments),
        Responsible.HEAD: _lead,
    },
    verbs=(
        Verb(name="show", title="公示检查结果", by=Responsible.DEPARTMENTS,
             starts={_S.DUE, _S.WITHHELD}, leads=_S.SHOWN,
             owed=lambda one, _: one.state is _S.DUE, term="due_on",
             permission="tasks.publish_result", roles=("leader", "task_administrator")),
        Verb(name="propose_withholding", title="申请不公示检查结果", by=Responsible.DEPARTMENTS,
             starts=_S.DUE, roles=("leader", "task_administrator")),
        Verb(name="withhold", title="不公示检查结果", by=Responsible.HEAD, starts=_S.DUE,
             leads=_S.WITHHELD, owed=lambda one, _: one.withholding is not None, term="due_on",
             permission="tasks.withhold_result", roles=("leader",)),
        Verb(name="propose_withdrawal", title="申请撤回公示的结果", by=Responsible.DEPARTMENTS,
             starts=_S.SHOWN, roles=("leader", "task_administrator")),
        Verb(name="decline_withdrawal", title="不同意撤回公示的结果", by=Responsible.HEAD,
             starts=_S.SHOWN, roles=("leader",)),
        Verb(name="withdraw", title="撤回公示的结果", by=Responsible.HEAD, starts=_S.SHOWN,
             leads=_S.WITHDRAWN, owed=lambda one, _: one.proposed is not None,
             term="withdrawal_due_on", permission="tasks.withdraw_result", roles=("leader",)),
        Verb(name="correct", title="更正后重新公示结果", by=Responsible.DEPARTMENTS,
             starts=_S.WITHDRAWN, leads=_S.SHOWN, permission="tasks.correct_result",
             roles=("task_administrator",)),
    ),
)  # fmt: skip
"""What is done with a result; other states: ``tasks.publication_is_<state>``."""


@frozen(kw_only=True)
class PublicSubject:
    """公示对象 (PublicSubject): how a subject is named to the public.

    Make it with ``firm`` or ``natural_person``: the latter shows neither name nor number.
    """

    id: str
    name: str
    credit_code: str = ""

    @classmethod
    def of(cls, subject: Subject) -> Self:
        """Name a subject of the register: a natural person neither in full nor by number."""
        if subject.kind is SubjectKind.PERSON:
            return cls.natural_person(id=subject.id, name=subject.name)
        return cls.firm(id=subject.id, name=subject.name, credit_code=subject.identity.code)

    @classmethod
    def firm(cls, *, id: str, name: str, credit_code: str) -> Self:
        """Name an organisation or 个体工商户 in full."""
        return cls(id=id, name=name, credit_code=credit_code)

    @classmethod
    def natural_person(cls, *, id: str, name: str) -> Self:
        """Name a person by the family name only."""
        return cls(id=id, name=masked_name(name))


@frozen(kw_only=True)
class ShownResult:
    """公示内容 (ShownResult): all that the public sees of a visit; no personal data.

    ``failed_items`` are titles of check items, never an officer's free words; ``scene`` is that of
    the task, unknown of what was formed before scenes were told.
    """

    subject: PublicSubject
    task: str
    departments: tuple[str, ...]
    checked_on: date
    items: int
    failed_items: tuple[str, ...]
    outcomes: frozenset[Outcome]
    pending: frozenset[PendingMatter] = frozenset()
    scene: str = ""


@frozen(kw_only=True)
class Withdrawal:
    """撤回公示 (Withdrawal): a shown result taken back, why, and by whom.

    The public reads when, the ground and the reason. ``ground`` is unknown of what was taken back
    before grounds were kept.
    """

    at: datetime
    by: str
    reason: str
    shown: ShownResult
    ground: WithdrawalGround | None = None


@frozen(kw_only=True)
class WithholdingProposal:
    """不公示申请 (WithholdingProposal): a department asks the lead's head not to show a result."""

    by: str
    at: datetime
    ground: WithholdingGround
    reason: str


@frozen(kw_only=True)
class WithdrawalProposal:
    """撤回申请 (WithdrawalProposal): a department asks the lead to take a shown result back.

    The lead's head answers by ``due_on``, which ``withdrawal_due`` gives; ``annulled_on`` is when
    the decision was annulled; ``declined_by`` and ``answer`` say who did not agree, and why,
    ``withdrawn_at`` when the result was taken back.
    """

    department: str
    by: str
    at: datetime
    ground: WithdrawalGround
    reason: str
    due_on: date
    annulled_on: date | None = None
    declined_by: str = ""
    declined_at: datetime | None = None
    answer: str = ""
    withdrawn_at: datetime | None = None


def withdrawal_due(next_working_day: date, annulled_on: date | None) -> date:
    """Give by when it is answered whether a result is taken back.

    On the next working day, but within three days after the decision was annulled.
    """
    if annulled_on is None:
        return next_working_day
    return min(next_working_day, annulled_on + timedelta(days=ANNULLED_WITHIN_DAYS))


def shown_result(
    visit: Visit, *, subject: PublicSubject, task_name: str, scene: str = ""
) -> ShownResult:
    """Give what the public sees of a completed ``visit`` of a task of a ``scene``.

    Raises ``PublicationRefused`` while no result is formed.
    """
    conclusion, formed_on = visit.conclusion, visit.formed_on
    if conclusion is None or formed_on is None:
        raise PublicationRefused((Violation(f"tasks.visit_is_{visit.state}"),))
    return ShownResult(
        subject=subject,
        task=task_name,
        departments=tuple(sorted(visit.sheet.departments)),
        checked_on=formed_on,
        items=len(visit.sheet.items),
        failed_items=tuple(finding.title for finding in visit.findings),
        outcomes=conclusion.outcomes,
        pending=conclusion.pending,
        scene=scene,
    )


@define(eq=False, kw_only=True)
class Publication(Aggregate):
    """结果公开 (Publication): a visit's result before the public, due within 20 working days.

    Its id is the visit's. Any department of the check shows it; only the head of the ``lead`` keeps
    it back, on a ground that the law names, or takes it back, which the public page goes on saying.
    Source: proposal 6.4.2.5.2.14; 食品生产经营监督检查管理办法 第39条;
    行政处罚法 第48条 (taken back within 3 days when annulled).
    """

    verbs: ClassVar[Verbs | None] = VERBS

    task: str = field(on_setattr=setters.frozen)
    region: str = field(on_setattr=setters.frozen)
    lead: str = field(on_setattr=setters.frozen, default="")
    departments: frozenset[str] = field(on_setattr=setters.frozen)
    formed_on: date = field(on_setattr=setters.frozen)
    due_on: date = field(on_setattr=setters.frozen)
    _shown: ShownResult
    _state: PublicationState = PublicationState.DUE
    _shown_on: date | None = None
    _until: date | None = None
    _withholding: WithholdingProposal | None = None
    _withheld_on_ground: WithholdingGround | None = None
    _withheld_because: str = ""
    _withdrawals: tuple[Withdrawal, ...] = ()
    _proposals: tuple[WithdrawalProposal, ...] = ()

    @classmethod
    def of(cls, visit: Visit, shown: ShownResult, *, due_on: date) -> Self:
        """Await the decision about a completed ``visit``, until ``due_on``.

        Raises ``PublicationRefused`` while no result is formed.
        """
        if visit.formed_on is None:
            raise PublicationRefused((Violation(f"tasks.visit_is_{visit.state}"),))
        return cls(
            id=visit.id,
            task=visit.sheet.task,
            region=visit.sheet.region,
            lead=visit.sheet.lead,
            departments=visit.sheet.departments,
            formed_on=visit.formed_on,
            due_on=due_on,
            shown=shown,
        )

    @property
    def state(self) -> PublicationState:
        """Whether it is shown."""
        return self._state

    @property
    def shown(self) -> ShownResult:
        """What is, was or would be shown."""
        return self._shown

    @property
    def shown_on(self) -> date | None:
        """The day on which it was last shown, once it was."""
        return self._shown_on

    @property
    def until(self) -> date | None:
        """The last day of display, once shown."""
        return self._until

    @property
    def withholding(self) -> WithholdingProposal | None:
        """What asks, or asked, not to show it."""
        return self._withholding

    @property
    def withheld_on_ground(self) -> WithholdingGround | None:
        """On which ground of the law it is not shown; none otherwise."""
        return self._withheld_on_ground

    @property
    def withheld_because(self) -> str:
        """Why it is not shown; empty otherwise."""
        return self._withheld_because

    @property
    def withdrawals(self) -> tuple[Withdrawal, ...]:
        """Every time it was taken back."""
        return self._withdrawals

    @property
    def proposals(self) -> tuple[WithdrawalProposal, ...]:
        """Every time a department asked to have it taken back."""
        return self._proposals

    @property
    def proposed(self) -> WithdrawalProposal | None:
        """What asks to take it back and is not answered yet."""
        last = self._proposals[-1] if self._proposals else None
        return last if last is not None and not (last.declined_at or last.withdrawn_at) else None

    @property
    def withdrawal_due_on(self) -> date | None:
        """By when the head answers what asks to take it back."""
        return None if self.proposed is None else self.proposed.due_on

    def visible(self, today: date) -> bool:
        """Tell whether the public sees the result on ``today``."""
        return self._state is PublicationState.SHOWN and self._displayed(today)

    def open(self, today: date) -> bool:
        """Tell whether it has a page on ``today``: with the result, or saying it was taken back."""
        shown_once = self._state in (PublicationState.SHOWN, PublicationState.WITHDRAWN)
        return shown_once and self._displayed(today)

    def _displayed(self, today: date) -> bool:
        return self._until is not None and today <= self._until

    def overdue_days(self, today: date) -> int:
        """Count the days past the term while nobody decided to show or withhold it; else 0."""
        return max(0, (today - self.due_on).days) if self._state is PublicationState.DUE else 0

    def show(self, *, until: date, least: date, at: datetime) -> None:
        """Show the result until ``until``, that day included, which is not before ``least``.

        Raises ``PublicationRefused``.
        """
        refuse_if(PublicationRefused, self._show_violations("show", until, least, local_day(at)))
        self._show(until, at)

    def propose_withholding(self, proposal: WithholdingProposal) -> None:
        """Ask the head of the lead not to show it. Raises ``PublicationRefused``."""
        violations = (*self.forbids("propose_withholding"), *_missing(proposal.reason))
        refuse_if(PublicationRefused, violations)
        self._withholding = proposal

    def withhold(self, *, ground: WithholdingGround, reason: str, by: str, at: datetime) -> None:
        """Decide not to show it, on a ground of the law. Raises ``PublicationRefused``.

        Who asked for it does not decide about it.
        """
        asked = "" if self.withholding is None else self.withholding.by
        own = decided_by_another(by, asked, at="visit_id")
        refuse_if(PublicationRefused, (*self.forbids("withhold"), *_missing(reason), *own))
        self._state = PublicationState.WITHHELD
        self._withheld_on_ground, self._withheld_because = ground, reason
        self._record(
            events.ResultWithheld(
                at=at,
                publication=self.id,
                subject=self._shown.subject.id,
                ground=ground.value,
                reason=reason,
                by=by,
            )
        )

    def propose_withdrawal(self, proposal: WithdrawalProposal) -> None:
        """Ask the head of the lead to take it back. Raises ``PublicationRefused``."""
        violations = [*self.forbids("propose_withdrawal"), *_missing(proposal.reason)]
        annulled = proposal.ground is WithdrawalGround.ANNULLED
        if annulled != (proposal.annulled_on is not None):
            violations.append(Violation("tasks.annulment_day", "annulled_on"))
        elif proposal.annulled_on is not None and proposal.annulled_on > local_day(proposal.at):
            violations.append(Violation("tasks.annulment_ahead", "annulled_on"))
        if self.proposed is not None:
            violations.append(Violation("tasks.withdrawal_proposed", "visit_id"))
        refuse_if(PublicationRefused, violations)
        self._proposals += (proposal,)
        self._record(
            events.WithdrawalProposed(
                at=proposal.at, publication=self.id, subject=self._shown.subject.id,
                department=proposal.department, reason=proposal.reason, due_on=proposal.due_on,
            )
        )  # fmt: skip

    def decline_withdrawal(self, *, reason: str, by: str, at: datetime) -> None:
        """Leave it shown though a department asked. Raises ``PublicationRefused``."""
        refuse_if(PublicationRefused, self.forbids("decline_withdrawal"))
        violations = [*_missing(reason)]
        if (proposed := self.proposed) is None:
            violations.append(Violation("tasks.withdrawal_not_proposed", "visit_id"))
        violations.extend(self._own_proposal(by))
        refuse_if(PublicationRefused, violations)
        if proposed is not None:
            declined = evolve(proposed, declined_by=by, declined_at=at, answer=reason)
            self._proposals = (*self._proposals[:-1], declined)
        subject = self._shown.subject.id
        self._record(
            events.WithdrawalDeclined(at=at, publication=self.id, subject=subject, reason=reason)
        )

    def withdraw(self, *, ground: WithdrawalGround, reason: str, by: str, at: datetime) -> None:
        """Take a shown result back; its page says so, with ground and reason.

        Who asked for it does not decide about it. Raises ``PublicationRefused``.
        """
        refuse_if(
            PublicationRefused,
            (*self.forbids("withdraw"), *_missing(reason), *self._own_proposal(by)),
        )
        self._withdrawals += (
            Withdrawal(at=at, by=by, reason=reason, shown=self._shown, ground=ground),
        )
        if (proposed := self.proposed) is not None:
            self._proposals = (*self._proposals[:-1], evolve(proposed, withdrawn_at=at))
        self._state = PublicationState.WITHDRAWN
        subject = self._shown.subject.id
        self._record(
            events.ResultWithdrawn(at=at, publication=self.id, subject=subject, reason=reason)
        )

    def correct(self, shown: ShownResult, *, until: date, least: date, at: datetime) -> None:
        """Show a withdrawn result again, corrected. Raises ``PublicationRefused``."""
        refuse_if(PublicationRefused, self._correct_violations(shown, until, least, local_day(at)))
        self._shown = shown
        self._show(until, at)

    def _own_proposal(self, by: str) -> Iterator[Violation]:
        asked = "" if self.proposed is None else self.proposed.by
        yield from decided_by_another(by, asked, at="visit_id")

    def _correct_violations(
        self, shown: ShownResult, until: date, least: date, today: date
    ) -> Iterator[Violation]:
        yield from self._show_violations("correct", until, least, today)
        if shown.subject.id != self._shown.subject.id:
            yield Violation("tasks.other_subject_shown", "subject")

    def _show_violations(
        self, verb: str, until: date, least: date, today: date
    ) -> Iterator[Violation]:
        yield from self.forbids(verb)
        if until < least or until <= today:
            day = max(least, today + timedelta(days=1))
            yield Violation("tasks.display_too_short", "until", {"least": day.isoformat()})

    def _show(self, until: date, at: datetime) -> None:
        self._state = PublicationState.SHOWN
        self._withheld_on_ground, self._withheld_because = None, ""
        self._shown_on, self._until = local_day(at), until
        self._record(
            events.ResultPublished(
                at=at, publication=self.id, subject=self._shown.subject.id, until=until
            )
        )


def _missing(reason: str) -> Iterator[Violation]:
    if not reason.strip():
        yield Violation("tasks.field_empty", "reason")
