"""移交执法 and 行刑衔接: a case handed to the enforcement body or to the police, with its clock.

It is marked as soon as a result says that it goes there, filled in, decided, sent and answered.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Final, Self

from attrs import define, evolve, frozen

from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.tones import bad, good, over, waiting
from supervision_core.kernel.verbs import (
    Assignee,
    Responsible,
    Verb,
    Verbs,
    always,
    decided_by_another,
    departments,
)
from supervision_core.tasks.model import events


class TransferKind(StrEnum):
    """Where the case goes."""

    ENFORCEMENT = "enforcement"
    CRIMINAL = "criminal"


class CaseSource(StrEnum):
    """案件来源 (CaseSource): whence the case is known (市场监督管理行政处罚程序规定 第18条)."""

    INSPECTION = "inspection"
    COMPLAINT = "complaint"
    ASSIGNED = "assigned"
    HANDED_OVER = "handed_over"
    OTHER = "other"


SOURCES: Final[Mapping[str, str]] = {
    CaseSource.INSPECTION: "监督检查", CaseSource.COMPLAINT: "投诉举报",
    CaseSource.ASSIGNED: "上级交办", CaseSource.HANDED_OVER: "其他部门移送",
    CaseSource.OTHER: "其他",
}  # fmt: skip


class TransferState(StrEnum):
    """How far the case has come."""

    MARKED = "marked"
    REPORTED = "reported"
    APPROVED = "approved"
    DENIED = "denied"
    SENT = "sent"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    RECONSIDERING = "reconsidering"
    UPHELD = "upheld"
    SUPERVISED = "supervised"
    RETURNED = "returned"
    CLOSED = "closed"
    DROPPED = "dropped"


class TransferPaper(StrEnum):
    """The papers that go with a suspected crime (移送规定 第6条)."""

    TRANSFER_LETTER = "transfer_letter"
    INVESTIGATION_REPORT = "investigation_report"
    LIST_OF_ARTICLES = "list_of_articles"
    TEST_REPORT = "test_report"
    OTHER = "other"


REQUIRED_PAPERS = frozenset(
    {
        TransferPaper.TRANSFER_LETTER,
        TransferPaper.INVESTIGATION_REPORT,
        TransferPaper.LIST_OF_ARTICLES,
    }
)
"""A test report and other papers go along where they exist."""

DEADLINES: Mapping[TransferState, timedelta] = {
    TransferState.REPORTED: timedelta(days=3),
    TransferState.APPROVED: timedelta(hours=24),
    TransferState.SENT: timedelta(days=3),
    TransferState.REJECTED: timedelta(days=3),
    TransferState.RECONSIDERING: timedelta(days=3),
}
"""行政执法机关移送涉嫌犯罪案件的规定 第5, 8, 9条; they run by the clock, not by working days."""


@define(eq=False)
class TransferRefused(Refused):
    """The transfer's state or content forbids the command."""

    code: ClassVar[str] = "tasks.transfer_refused"


_S = TransferState


def _step(to: TransferState, title: str, does: str, *starts: TransferState, **more: Any) -> Verb:
    told = {"by": Responsible.DEPARTMENT, "permission": f"tasks.{does}_transfer", **more}
    return Verb(name=to.value, title=title, starts=starts, leads=to, **told)


def _answered_by(one: "Transfer") -> frozenset[Assignee]:
    """Give who answers: the receiving department, else the one that hears from an outside body."""
    return departments(one.sheet.receiver or one.sheet.department)


VERBS: Final = Verbs(
    context="tasks",
    noun="transfer",
    title="移交执法",
    states={
        _S.MARKED: waiting("待移交"),
        _S.REPORTED: waiting("待审批"), _S.APPROVED: "已批准", _S.DENIED: bad("不批准"),
        _S.SENT: waiting("已移送"),
        _S.ACCEPTED: good("已受理"), _S.REJECTED: bad("不予受理"),
        _S.RECONSIDERING: waiting("复议中"),
        _S.UPHELD: "维持", _S.SUPERVISED: waiting("提请监督"), _S.RETURNED: bad("已退回"),
        _S.CLOSED: good("已办结"), _S.DROPPED: over("不移交"),
    },
    label=lambda one: one.sheet.to,
    subject=lambda one: one.sheet.subject,
    assignees={
        Responsible.DEPARTMENT: lambda one, _: departments(one.sheet.department),
        Responsible.HEAD: lambda one, _: departments(one.sheet.department),
        Responsible.RECEIVER: lambda one, _: _answered_by(one),
    },
    roles=("leader", "clerk"),
    verbs=(
        _step(_S.REPORTED, "填写移送材料", "fill", _S.MARKED, _S.RETURNED, owed=always),
        _step(_S.DROPPED, "不移交", "drop", _S.MARKED, _S.RETURNED, by=Responsible.HEAD,
              roles=("leader",)),
        _step(_S.APPROVED, "批准移送", "approve", _S.REPORTED, by=Responsible.HEAD, owed=always,
              term="due_at", roles=("leader",)),
        _step(_S.DENIED, "不批准移送", "deny", _S.REPORTED, by=Responsible.HEAD,
              roles=("leader",)),
        _step(_S.SENT, "移送案件", "send", _S.APPROVED, owed=always, term="due_at"),
        _step(_S.ACCEPTED, "受理或立案", "accept", _S.SENT, _S.RECONSIDERING, _S.SUPERVISED,
              by=Responsible.RECEIVER, owed=always, term="due_at"),
        _step(_S.REJECTED, "不予立案", "reject", _S.SENT, by=Responsible.RECEIVER),
        _step(_S.RECONSIDERING, "提请复议", "reconsider", _S.REJECTED,
              owed=lambda one, _: one.sheet.kind is TransferKind.CRIMINAL, term="due_at"),
        _step(_S.UPHELD, "复议维持", "uphold", _S.RECONSIDERING, by=Responsible.RECEIVER),
        _step(_S.SUPERVISED, "建议立案监督", "press", _S.REJECTED, _S.UPHELD),
        _step(_S.RETURNED, "退回案件", "return", _S.SENT, _S.ACCEPTED, _S.REJECTED, _S.UPHELD,
              _S.SUPERVISED, by=Responsible.RECEIVER),
        _step(_S.CLOSED, "登记处理结果", "close", _S.ACCEPTED, by=Responsible.RECEIVER,
              owed=always),
    ),
)  # fmt: skip
"""Which step may follow which; every other is refused as ``tasks.transfer_is_<state>``.

That a case which a result has marked stays is for the head to decide, not for a clerk.
"""

OVER: Final = frozenset({_S.DENIED, _S.CLOSED, _S.DROPPED})
"""A case that has come so far does not stand in the way of another about the same visit."""
KEPT: Final = frozenset({_S.DENIED, _S.DROPPED})
"""A case that the head kept back: nothing of it goes to enforcement."""
UNSENT: Final = frozenset({_S.MARKED, _S.REPORTED, _S.APPROVED, _S.RETURNED})
"""A case that lies with who is to hand it over."""
_NEEDS_NOTE = frozenset(
    {_S.DENIED, _S.DROPPED, _S.REJECTED, _S.RECONSIDERING, _S.UPHELD, _S.RETURNED, _S.CLOSED}
)
_DECIDED = frozenset({_S.APPROVED, _S.DENIED})
"""What is not decided by who reported the case."""
_ANSWERS = frozenset({_S.ACCEPTED, _S.REJECTED, _S.UPHELD, _S.RETURNED, _S.CLOSED})
"""What the receiving body answers; of one outside the department that sent the case enters it."""
_WENT_OUT = frozenset({_S.SENT, _S.RECONSIDERING, _S.SUPERVISED})
"""What such a body answers."""
_CRIMINAL_ONLY = frozenset({_S.RECONSIDERING, _S.UPHELD, _S.SUPERVISED})


@frozen(kw_only=True)
class TransferSheet:
    """移送材料 (TransferSheet): what is handed over, and who reported it (two officers).

    ``to`` is what the receiving body is called; ``receiver`` is its department where it has one
    here. While a case is only marked, it may not be said yet who receives it.
    """

    kind: TransferKind
    visit: str
    subject: str
    region: str
    department: str
    to: str = ""
    reason: str = ""
    reporters: tuple[str, ...] = ()
    source: CaseSource = CaseSource.INSPECTION
    receiver: str = ""
    papers: frozenset[TransferPaper] = frozenset()
    task: str = ""
    scene: str = ""


@frozen(kw_only=True)
class TransferStep:
    """移送步骤 (TransferStep): one step, when, by whom, with which words.

    ``entered_for`` is the outside body whose answer ``by`` entered, which is unknown of older ones.
    """

    state: TransferState
    by: str
    at: datetime
    note: str = ""
    entered_for: str = ""

    @property
    def entered(self) -> str:
        """How an answer is marked that the body itself did not give here; empty otherwise."""
        return f"移送部门代“{self.entered_for}”录入" if self.entered_for else ""


def _taken(state: TransferState) -> Callable[..., None]:
    """Make the method of a step."""

    def take(self: "Transfer", *, by: str, at: datetime, note: str = "") -> None:
        self.step(TransferStep(state=state, by=by, at=at, note=note))

    take.__doc__ = f"Take the step to ``{state}``. Raises ``TransferRefused``."
    return take


@define(eq=False, kw_only=True)
class Transfer(Aggregate):
    """移交执法 (Transfer): a visit's case for the enforcement body, or a suspected crime.

    Source: proposal 6.4.2.5.2.12, 6.4.2.5.2.15; 行政执法机关移送涉嫌犯罪案件的规定 第5-9条.
    """

    verbs: ClassVar[Verbs | None] = VERBS

    sheet: TransferSheet
    _steps: tuple[TransferStep, ...]

    @classmethod
    def mark(cls, *, id: str, sheet: TransferSheet, by: str, at: datetime) -> Self:
        """Mark a case that a result says is to be handed over."""
        step = TransferStep(state=TransferState.MARKED, by=by, at=at)
        return cls(id=id, sheet=sheet, steps=(step,))

    @classmethod
    def report(cls, *, id: str, sheet: TransferSheet, by: str, at: datetime) -> Self:
        """Report a case for transfer. Raises ``TransferRefused``."""
        refuse_if(TransferRefused, _sheet_violations(sheet))
        return cls(
            id=id, sheet=sheet, steps=(TransferStep(state=TransferState.REPORTED, by=by, at=at),)
        )

    @property
    def steps(self) -> tuple[TransferStep, ...]:
        """Every step, oldest first."""
        return self._steps

    @property
    def state(self) -> TransferState:
        """How far it has come."""
        return self._steps[-1].state

    @property
    def entered(self) -> str:
        """How its state is marked where somebody entered it for an outside body."""
        return self._steps[-1].entered

    @property
    def due_at(self) -> datetime | None:
        """When the next step is due by law; ``None`` where no term runs.

        Only a suspected crime has terms.
        """
        term = DEADLINES.get(self.state)
        if term is None or self.sheet.kind is not TransferKind.CRIMINAL:
            return None
        return self._steps[-1].at + term

    @property
    def departments(self) -> frozenset[str]:
        """Who hands over, and who receives it of those that work here."""
        found = {self.sheet.department}
        return frozenset(found | {self.sheet.receiver} if self._left else found) - {""}

    @property
    def sending(self) -> TransferStep | None:
        """The step by which it went out as it stands; ``None`` if it did not, or was refilled."""
        for step in reversed(self._steps):
            if step.state is TransferState.SENT:
                return step
            if step.state is TransferState.REPORTED:
                return None
        return None

    @property
    def _left(self) -> bool:
        """Tell whether the case has gone to whom it is for; from then on that body sees it."""
        return any(one.state is TransferState.SENT for one in self._steps)

    @property
    def _last_sender(self) -> str | None:
        """Who sent what the receiving body answers next."""
        return next((one.by for one in reversed(self._steps) if one.state in _WENT_OUT), None)

    def fill(self, sheet: TransferSheet, *, by: str, at: datetime) -> None:
        """Say where a marked or returned case goes and why, and report it.

        Raises ``TransferRefused``.
        """
        refuse_if(TransferRefused, (*self.forbids("reported"), *_sheet_violations(sheet)))
        self.sheet = sheet
        self._steps += (TransferStep(state=TransferState.REPORTED, by=by, at=at),)

    def step(self, step: TransferStep) -> None:
        """Take the next step; what an outside body answers is marked as entered for it.

        Raises ``TransferRefused``.
        """
        refuse_if(TransferRefused, self._step_violations(step))
        outside = step.state in _ANSWERS and not self.sheet.receiver
        self._steps += (evolve(step, entered_for=self.sheet.to if outside else ""),)
        if step.state is TransferState.SENT:
            self._record(
                events.TransferMade(
                    at=step.at,
                    transfer=self.id,
                    visit=self.sheet.visit,
                    to=self.sheet.to,
                    receiver=self.sheet.receiver,
                )
            )
        if step.state is TransferState.RETURNED:
            self._record(events.TransferReturned(at=step.at, transfer=self.id))

    dropped = _taken(TransferState.DROPPED)
    approved = _taken(TransferState.APPROVED)
    denied = _taken(TransferState.DENIED)
    sent = _taken(TransferState.SENT)
    accepted = _taken(TransferState.ACCEPTED)
    rejected = _taken(TransferState.REJECTED)
    reconsidering = _taken(TransferState.RECONSIDERING)
    upheld = _taken(TransferState.UPHELD)
    supervised = _taken(TransferState.SUPERVISED)
    returned = _taken(TransferState.RETURNED)
    closed = _taken(TransferState.CLOSED)

    def _step_violations(self, step: TransferStep) -> Iterator[Violation]:
        criminal = self.sheet.kind is TransferKind.CRIMINAL
        if step.state is TransferState.REPORTED:
            yield from _sheet_violations(self.sheet)
        if step.state not in VERBS.by_name:
            yield Violation(f"tasks.transfer_is_{self.state}")
        else:
            yield from self.forbids(step.state)
        before = self._steps[-1]
        if step.state in _DECIDED and before.state is _S.REPORTED:
            yield from decided_by_another(step.by, before.by, at="transfer_id")
        if step.state in _ANSWERS and not self.sheet.receiver and step.by == self._last_sender:
            yield Violation("tasks.answer_by_sender", "transfer_id", {"body": self.sheet.to})
        if step.state in _CRIMINAL_ONLY and not criminal:
            yield Violation("tasks.transfer_not_criminal")
        if step.state in _NEEDS_NOTE and not step.note.strip():
            yield Violation("tasks.field_empty", "note")


def _sheet_violations(sheet: TransferSheet) -> Iterator[Violation]:
    for name in ("visit", "subject", "department", "reason"):
        if not getattr(sheet, name).strip():
            yield Violation("tasks.field_empty", name)
    if not sheet.to.strip():
        yield Violation("tasks.no_receiver", "to")
    elif sheet.receiver and sheet.receiver == sheet.department:
        yield Violation("tasks.transfer_to_itself", "receiver")
    if sheet.kind is not TransferKind.CRIMINAL:
        return
    if len(set(sheet.reporters)) < len(("one", "other")):
        yield Violation("tasks.reporters_too_few", "reporters")
    for paper in sorted(REQUIRED_PAPERS - sheet.papers):
        yield Violation(f"tasks.paper_missing_{paper}", "papers")
