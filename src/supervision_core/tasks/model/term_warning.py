"""期限预警: a term that passed or is about to, told once and pressed until it is met."""

from collections.abc import Iterable, Sequence
from datetime import date as Day  # noqa: N812 - beside fields of that name
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final, Self

from attrs import define, field, frozen, setters

from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.tasks.model.sheet import Urging
from supervision_core.tasks.model.warnings import LateWarning, WarningKind


class WarningState(StrEnum):
    """How far a warning has come."""

    OPEN = "open"
    SUPERVISED = "supervised"
    ANSWERED = "answered"
    OVER = "over"


OPEN_STATES: Final = (WarningState.OPEN, WarningState.SUPERVISED, WarningState.ANSWERED)


@define(eq=False)
class WarningRefused(Refused):
    """The warning is over, or asks for something else."""

    code: ClassVar[str] = "tasks.warning_refused"


@frozen(kw_only=True)
class WarningIssued(Event):
    """A term is about to pass (``what``) for a department."""

    task: str
    department: str
    what: str
    due_on: Day


@frozen(kw_only=True)
class TermPassed(Event):
    """A term has passed (``what``) for a department."""

    task: str
    department: str
    what: str
    due_on: Day


@define(eq=False, kw_only=True)
class TermWarning(Aggregate):
    """期限预警 (TermWarning): a department that is late, or will be, with one thing of a task.

    Issued once for each term by itself; over as soon as the thing is done or has another term.
    Source: proposal 3130-3132 (6.4.2.5.2.11), F116.
    """

    kind: WarningKind = field(on_setattr=setters.frozen)
    task: str = field(on_setattr=setters.frozen)
    target: str = field(on_setattr=setters.frozen)
    department: str = field(on_setattr=setters.frozen)
    lead: str = field(on_setattr=setters.frozen)
    region: str = field(on_setattr=setters.frozen)
    due_on: Day = field(on_setattr=setters.frozen)
    issued_at: datetime = field(on_setattr=setters.frozen)
    pressed_before: int = field(default=0, on_setattr=setters.frozen)
    _state: WarningState = WarningState.OPEN
    _urging: str = ""
    _supervised_at: datetime | None = None
    _said: str = ""
    _answer: str = ""
    _answered_at: datetime | None = None
    _over_at: datetime | None = None

    @classmethod
    def issue(  # noqa: PLR0913 - what is late, whose it is, and when it was told
        cls,
        late: LateWarning,
        *,
        department: str,
        lead: str,
        region: str,
        title: str,
        pressed_before: int,
        at: datetime,
    ) -> Self:
        """Warn a department of what is late; ``title`` is what the kind is called.

        ``pressed_before`` counts its urgings so far: what is answered is not asked again.
        """
        made = cls(
            id=warning_id(late, department),
            kind=late.kind,
            task=late.task,
            target=late.target,
            department=department,
            lead=lead,
            region=region,
            due_on=late.due_on,
            issued_at=at,
            pressed_before=pressed_before,
        )
        soon = late.kind is WarningKind.RESULT_DUE_SOON
        event = WarningIssued if soon else TermPassed
        made._record(
            event(at=at, task=late.task, department=department, what=title, due_on=late.due_on)
        )
        return made

    @property
    def state(self) -> WarningState:
        """How far it has come."""
        return self._state

    @property
    def urging(self) -> str:
        """The urging by which the department was pressed last, if it was."""
        return self._urging

    @property
    def said(self) -> str:
        """What the department was told when it was pressed."""
        return self._said

    @property
    def supervised_at(self) -> datetime | None:
        """When the department was pressed last."""
        return self._supervised_at

    @property
    def answer(self) -> str:
        """What the department answered."""
        return self._answer

    @property
    def answered_at(self) -> datetime | None:
        """When it answered."""
        return self._answered_at

    @property
    def over_at(self) -> datetime | None:
        """When there was no more reason for it."""
        return self._over_at

    def require_open(self) -> None:
        """Refuse what is asked of a warning that is over. Raises ``WarningRefused``."""
        if self._state is WarningState.OVER:
            raise WarningRefused((Violation("tasks.warning_over", "term_warning_id"),))

    def require_pressed(self) -> None:
        """Refuse an answer where nobody pressed. Raises ``WarningRefused``."""
        self.require_open()
        if self._state is not WarningState.SUPERVISED:
            raise WarningRefused((Violation("tasks.warning_not_pressed", "term_warning_id"),))

    def follow(self, urgings: Iterable[Urging]) -> bool:
        """Take over the last urging of the department since it was issued; tell of a change."""
        own = [one for one in urgings if one.department == self.department]
        since = own[self.pressed_before :]
        if self._state is WarningState.OVER or not since:
            return False
        last = since[-1]
        answered = last.answered_at is not None
        state = WarningState.ANSWERED if answered else WarningState.SUPERVISED
        if (self._urging, self._state) == (last.id, state):
            return False
        self._urging, self._said, self._supervised_at = last.id, last.text, last.at
        self._answer, self._answered_at, self._state = last.answer, last.answered_at, state
        return True

    def end(self, *, at: datetime) -> None:
        """There is no more reason for it."""
        self._state, self._over_at = WarningState.OVER, at


def warning_id(late: LateWarning, department: str) -> str:
    """Give the id of a warning: the same for the same term of the same department."""
    said = f"{late.kind.value}/{late.target}/{department}/{late.due_on.isoformat()}"
    return sm3(said.encode()).hex()[:32]


def awaited(late: Sequence[LateWarning]) -> dict[str, tuple[LateWarning, str]]:
    """Give every warning that there is reason for, with its department, by its id."""
    return {
        warning_id(one, department): (one, department)
        for one in late
        for department in one.departments
    }
