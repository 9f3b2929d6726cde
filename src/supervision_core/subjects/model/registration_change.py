"""A subject that leaves the register, or changes its status there: proposed by one, done by two."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from attrs import define, field, frozen, setters

from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.tones import bad, good, waiting
from supervision_core.kernel.verbs import Responsible, Verb, Verbs, always, departments
from supervision_core.subjects.model.content import SubjectStatus
from supervision_core.subjects.model.subject import Subject


class RegistrationChangeState(StrEnum):
    """登记变更状态 (RegistrationChangeState): whether a change waits, or what became of it."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


@define(eq=False)
class RegistrationChangeRefused(Refused):
    """Nothing can be proposed, or decided, like this."""

    code: ClassVar[str] = "subjects.registration_change_refused"


_S = RegistrationChangeState
VERBS = Verbs(
    context="subjects",
    noun="registration_change",
    title="登记变更申请",
    states={
        _S.WAITING: waiting("待确认"), _S.CONFIRMED: good("已确认"), _S.REFUSED: bad("不同意"),
    },
    label=lambda one: one.name,
    subject=lambda one: one.subject,
    assignees={Responsible.DEPARTMENT: lambda one, _: departments(one.department)},
    roles=("leader", "department_administrator"),
    verbs=(
        Verb(name="confirm", title="确认登记变更", by=Responsible.DEPARTMENT, starts=_S.WAITING,
             leads=_S.CONFIRMED, owed=always, permission="subjects.confirm_registration_change"),
        Verb(name="refuse", title="不同意登记变更", by=Responsible.DEPARTMENT, starts=_S.WAITING,
             leads=_S.REFUSED, permission="subjects.refuse_registration_change"),
    ),
)  # fmt: skip
"""What the registrar does; other states: ``subjects.registration_change_is_<state>``."""


@frozen(kw_only=True)
class ProposedRegistration:
    """拟办的登记变更 (ProposedRegistration): the status that a subject is to have, or its deletion.

    ``status`` is none for a deletion; ``papers`` are files that prove it.
    """

    status: SubjectStatus | None
    reason: str
    papers: tuple[str, ...]

    def violations(self) -> Iterator[Violation]:
        """Give what is missing."""
        if not self.reason.strip():
            yield Violation("subjects.registration_change_unexplained", "reason")
        if not self.papers:
            yield Violation("subjects.registration_change_unproved", "papers")


@define(eq=False, kw_only=True)
class RegistrationChange(Aggregate):
    """登记变更申请 (RegistrationChange): a status or a deletion, with paper, for a second person.

    What takes a firm out of every pool is proposed by one person of its registrar, the
    ``department``, and done when another one confirms. Source: design §14.
    """

    verbs: ClassVar[Verbs | None] = VERBS

    subject: str = field(on_setattr=setters.frozen)
    name: str = field(on_setattr=setters.frozen)
    region: str = field(on_setattr=setters.frozen)
    department: str = field(on_setattr=setters.frozen)
    proposed: ProposedRegistration = field(on_setattr=setters.frozen)
    by: str = field(on_setattr=setters.frozen)
    at: datetime = field(on_setattr=setters.frozen)
    _state: RegistrationChangeState = RegistrationChangeState.WAITING
    _decided_by: str = ""
    _decided_at: datetime | None = None
    _answer: str = ""

    @classmethod
    def propose(  # noqa: PLR0913 - one for each thing that it says
        cls, subject: Subject, proposed: ProposedRegistration, *, id: str, department: str,
        by: str, at: datetime,
    ) -> "RegistrationChange":  # fmt: skip
        """Propose a change of a subject of which ``department`` is the registrar.

        Raises ``RegistrationChangeRefused``: what is missing; ``SubjectStatusForbidden`` where the
        status cannot follow the present one, ``SubjectInvalid`` where the subject is deleted.
        """
        refuse_if(RegistrationChangeRefused, proposed.violations())
        subject.require_change(proposed.status)
        return cls(
            id=id, subject=subject.id, name=subject.shown_name, region=subject.region,
            department=department, proposed=proposed, by=by, at=at,
        )  # fmt: skip

    @property
    def departments(self) -> frozenset[str]:
        """Whose it is: the registrar's."""
        return frozenset({self.department})

    @property
    def state(self) -> RegistrationChangeState:
        """What became of it."""
        return self._state

    @property
    def decided_by(self) -> str:
        """Who decided."""
        return self._decided_by

    @property
    def decided_at(self) -> datetime | None:
        """When it was decided."""
        return self._decided_at

    @property
    def answer(self) -> str:
        """Why it was refused."""
        return self._answer

    def confirm(self, subject: Subject, *, by: str, at: datetime) -> None:
        """Let the subject have the status, or be deleted.

        Raises ``RegistrationChangeRefused`` (who proposes does not confirm) and what the subject
        raises, if it changed since.
        """
        self._require_decidable("confirm", by)
        status = self.proposed.status
        if status is None:
            subject.delete(self.proposed.reason, at=at)
        else:
            subject.change_status(status, at=at)
        self._decide(_S.CONFIRMED, by, at)

    def refuse(self, reason: str, *, by: str, at: datetime) -> None:
        """Leave the subject as it is, for a reason. Raises ``RegistrationChangeRefused``."""
        self._require_decidable("refuse", by)
        if not reason.strip():
            unexplained = Violation("subjects.registration_change_unexplained", "reason")
            raise RegistrationChangeRefused((unexplained,))
        self._decide(_S.REFUSED, by, at)
        self._answer = reason.strip()

    def _require_decidable(self, verb: str, by: str) -> None:
        faults = list(self.forbids(verb))
        if by == self.by:
            faults.append(Violation("subjects.registration_change_own"))
        refuse_if(RegistrationChangeRefused, faults)

    def _decide(self, state: RegistrationChangeState, by: str, at: datetime) -> None:
        self._state, self._decided_by, self._decided_at = state, by, at
