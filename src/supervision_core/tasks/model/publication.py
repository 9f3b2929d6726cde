"""结果公开: what the public sees of a visit, by when, and how it is taken back."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Final, Self

from attrs import define, field, frozen, setters

from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.tones import good, over, waiting
from supervision_core.kernel.verbs import Responsible, Verb, Verbs, departments
from supervision_core.subjects.model import Subject, SubjectKind, masked_name
from supervision_core.tasks.model import events
from supervision_core.tasks.model.results import Outcome, PendingMatter
from supervision_core.tasks.model.visit import Visit

PUBLISH_WITHIN_WORKING_DAYS = 20
"""食品生产经营监督检查管理办法 第39条: after the result is formed."""


class PublicationState(StrEnum):
    """Whether a result is shown."""

    DUE = "due"
    SHOWN = "shown"
    WITHHELD = "withheld"
    WITHDRAWN = "withdrawn"


@define(eq=False)
class PublicationRefused(Refused):
    """The publication's state or content forbids the command."""

    code: ClassVar[str] = "tasks.publication_refused"


_S = PublicationState


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
    assignees={Responsible.DEPARTMENTS: lambda one, _: departments(*one.departments)},
    verbs=(
        Verb(name="show", title="公示检查结果", by=Responsible.DEPARTMENTS,
             starts={_S.DUE, _S.WITHHELD}, leads=_S.SHOWN,
             owed=lambda one, _: one.state is _S.DUE, term="due_on",
             permission="tasks.publish_result", roles=("leader", "task_administrator")),
        Verb(name="withhold", title="不公示检查结果", by=Responsible.DEPARTMENTS, starts=_S.DUE,
             leads=_S.WITHHELD, permission="tasks.withhold_result",
             roles=("leader", "task_administrator")),
        Verb(name="withdraw", title="撤回公示的结果", by=Responsible.DEPARTMENTS, starts=_S.SHOWN,
             leads=_S.WITHDRAWN, permission="tasks.withdraw_result",
             roles=("leader", "task_administrator")),
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
    """撤回公示 (Withdrawal): a shown result taken back, why, and by whom."""

    at: datetime
    by: str
    reason: str
    shown: ShownResult


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

    Its id is the visit's. Source: proposal 6.4.2.5.2.14; 食品生产经营监督检查管理办法 第39条;
    行政处罚法 第48条 (taken back within 3 days when annulled).
    """

    verbs: ClassVar[Verbs | None] = VERBS

    task: str = field(on_setattr=setters.frozen)
    region: str = field(on_setattr=setters.frozen)
    departments: frozenset[str] = field(on_setattr=setters.frozen)
    formed_on: date = field(on_setattr=setters.frozen)
    due_on: date = field(on_setattr=setters.frozen)
    _shown: ShownResult
    _state: PublicationState = PublicationState.DUE
    _shown_on: date | None = None
    _until: date | None = None
    _withheld_because: str = ""
    _withdrawals: tuple[Withdrawal, ...] = ()

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
    def withheld_because(self) -> str:
        """Why it is not shown; empty otherwise."""
        return self._withheld_because

    @property
    def withdrawals(self) -> tuple[Withdrawal, ...]:
        """Every time it was taken back."""
        return self._withdrawals

    def visible(self, today: date) -> bool:
        """Tell whether the public sees it on ``today``."""
        return (
            self._state is PublicationState.SHOWN
            and self._until is not None
            and today <= self._until
        )

    def overdue_days(self, today: date) -> int:
        """Count the days past the term while nobody decided to show or withhold it; else 0."""
        return max(0, (today - self.due_on).days) if self._state is PublicationState.DUE else 0

    def show(self, *, until: date, at: datetime) -> None:
        """Show the result until ``until``, that day included. Raises ``PublicationRefused``."""
        refuse_if(PublicationRefused, self._show_violations("show", until, local_day(at)))
        self._show(until, at)

    def withhold(self, *, reason: str, at: datetime) -> None:
        """Decide not to show it, for a reason. Raises ``PublicationRefused``."""
        refuse_if(PublicationRefused, (*self.forbids("withhold"), *_missing(reason)))
        self._state, self._withheld_because = PublicationState.WITHHELD, reason
        self._record(events.ResultWithheld(at=at, publication=self.id, reason=reason))

    def withdraw(self, *, reason: str, by: str, at: datetime) -> None:
        """Take a shown result back, for a reason. Raises ``PublicationRefused``."""
        refuse_if(PublicationRefused, (*self.forbids("withdraw"), *_missing(reason)))
        self._withdrawals += (Withdrawal(at=at, by=by, reason=reason, shown=self._shown),)
        self._state = PublicationState.WITHDRAWN
        self._record(events.ResultWithdrawn(at=at, publication=self.id, reason=reason))

    def correct(self, shown: ShownResult, *, until: date, at: datetime) -> None:
        """Show a withdrawn result again, corrected. Raises ``PublicationRefused``."""
        refuse_if(PublicationRefused, self._correct_violations(shown, until, local_day(at)))
        self._shown = shown
        self._show(until, at)

    def _correct_violations(
        self, shown: ShownResult, until: date, today: date
    ) -> Iterator[Violation]:
        yield from self._show_violations("correct", until, today)
        if shown.subject.id != self._shown.subject.id:
            yield Violation("tasks.other_subject_shown", "subject")

    def _show_violations(self, verb: str, until: date, today: date) -> Iterator[Violation]:
        yield from self.forbids(verb)
        if until <= today:
            yield Violation("tasks.display_too_short", "until")

    def _show(self, until: date, at: datetime) -> None:
        self._state, self._withheld_because = PublicationState.SHOWN, ""
        self._shown_on, self._until = local_day(at), until
        self._record(
            events.ResultPublished(
                at=at, publication=self.id, subject=self._shown.subject.id, until=until
            )
        )


def _missing(reason: str) -> Iterator[Violation]:
    if not reason.strip():
        yield Violation("tasks.field_empty", "reason")
