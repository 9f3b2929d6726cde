"""移交执法 and 行刑衔接: a case handed to the enforcement body or to the police, with its clock."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Final, Self

from attrs import define, field, frozen, setters

from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.verbs import Responsible, Verb, Verbs, always, departments
from supervision_core.tasks.model import events


class TransferKind(StrEnum):
    """Where the case goes."""

    ENFORCEMENT = "enforcement"
    CRIMINAL = "criminal"


class TransferState(StrEnum):
    """How far the case has come."""

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


def _step(to: TransferState, title: str, *starts: TransferState, **more: Any) -> Verb:
    told = {"by": Responsible.DEPARTMENT, "permission": "tasks.step_transfer", **more}
    return Verb(name=to.value, title=title, starts=starts, leads=to, **told)


VERBS: Final = Verbs(
    context="tasks",
    noun="transfer",
    title="移交执法",
    states={
        _S.REPORTED: "待审批", _S.APPROVED: "已批准", _S.DENIED: "不批准", _S.SENT: "已移送",
        _S.ACCEPTED: "已受理", _S.REJECTED: "不予受理", _S.RECONSIDERING: "复议中",
        _S.UPHELD: "维持", _S.SUPERVISED: "提请监督", _S.RETURNED: "已退回",
    },
    label=lambda one: one.sheet.to,
    subject=lambda one: one.sheet.subject,
    assignees={
        Responsible.DEPARTMENT: lambda one, _: departments(one.sheet.department),
        Responsible.HEAD: lambda one, _: departments(one.sheet.department),
    },
    verbs=(
        _step(_S.APPROVED, "批准移送", _S.REPORTED, by=Responsible.HEAD, owed=always,
              term="due_at"),
        _step(_S.DENIED, "不批准移送", _S.REPORTED, by=Responsible.HEAD),
        _step(_S.SENT, "移送案件", _S.APPROVED, owed=always, term="due_at"),
        _step(_S.ACCEPTED, "登记受理或立案", _S.SENT, _S.RECONSIDERING, _S.SUPERVISED,
              owed=always, term="due_at"),
        _step(_S.REJECTED, "登记不予立案", _S.SENT),
        _step(_S.RECONSIDERING, "提请复议", _S.REJECTED,
              owed=lambda one, _: one.sheet.kind is TransferKind.CRIMINAL, term="due_at"),
        _step(_S.UPHELD, "登记复议维持", _S.RECONSIDERING),
        _step(_S.SUPERVISED, "建议立案监督", _S.REJECTED, _S.UPHELD),
        _step(_S.RETURNED, "登记退回", _S.ACCEPTED, _S.REJECTED, _S.UPHELD, _S.SUPERVISED),
    ),
)  # fmt: skip
"""Which step may follow which; every other is refused as ``tasks.transfer_is_<state>``."""

_NEEDS_NOTE = frozenset({_S.DENIED, _S.REJECTED, _S.RECONSIDERING, _S.UPHELD, _S.RETURNED})
_CRIMINAL_ONLY = frozenset({_S.RECONSIDERING, _S.UPHELD, _S.SUPERVISED})


@frozen(kw_only=True)
class TransferSheet:
    """移送材料 (TransferSheet): what is handed over, and who reported it (two officers)."""

    kind: TransferKind
    visit: str
    subject: str
    region: str
    department: str
    to: str
    reason: str
    reporters: tuple[str, ...]
    papers: frozenset[TransferPaper] = frozenset()


@frozen(kw_only=True)
class TransferStep:
    """移送步骤 (TransferStep): one step, when, by whom, with which words."""

    state: TransferState
    by: str
    at: datetime
    note: str = ""


@define(eq=False, kw_only=True)
class Transfer(Aggregate):
    """移交执法 (Transfer): a visit's case for the enforcement body, or a suspected crime.

    Source: proposal 6.4.2.5.2.12, 6.4.2.5.2.15; 行政执法机关移送涉嫌犯罪案件的规定 第5-9条.
    """

    verbs: ClassVar[Verbs | None] = VERBS

    sheet: TransferSheet = field(on_setattr=setters.frozen)
    _steps: tuple[TransferStep, ...]

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
    def due_at(self) -> datetime | None:
        """When the next step is due by law; ``None`` where no term runs.

        Only a suspected crime has terms.
        """
        term = DEADLINES.get(self.state)
        if term is None or self.sheet.kind is not TransferKind.CRIMINAL:
            return None
        return self._steps[-1].at + term

    def step(self, step: TransferStep) -> None:
        """Take the next step. Raises ``TransferRefused``."""
        refuse_if(TransferRefused, self._step_violations(step))
        self._steps += (step,)
        if step.state is TransferState.SENT:
            self._record(
                events.TransferMade(
                    at=step.at, transfer=self.id, visit=self.sheet.visit, to=self.sheet.to
                )
            )
        if step.state is TransferState.RETURNED:
            self._record(events.TransferReturned(at=step.at, transfer=self.id))

    def _step_violations(self, step: TransferStep) -> Iterator[Violation]:
        criminal = self.sheet.kind is TransferKind.CRIMINAL
        if step.state not in VERBS.by_name:
            yield Violation(f"tasks.transfer_is_{self.state}")
        else:
            yield from self.forbids(step.state)
        if step.state in _CRIMINAL_ONLY and not criminal:
            yield Violation("tasks.transfer_not_criminal")
        if step.state in _NEEDS_NOTE and not step.note.strip():
            yield Violation("tasks.field_empty", "note")


def _sheet_violations(sheet: TransferSheet) -> Iterator[Violation]:
    for name in ("visit", "subject", "department", "to", "reason"):
        if not getattr(sheet, name).strip():
            yield Violation("tasks.field_empty", name)
    if sheet.kind is not TransferKind.CRIMINAL:
        return
    if len(set(sheet.reporters)) < len(("one", "other")):
        yield Violation("tasks.reporters_too_few", "reporters")
    for paper in sorted(REQUIRED_PAPERS - sheet.papers):
        yield Violation(f"tasks.paper_missing_{paper}", "papers")
