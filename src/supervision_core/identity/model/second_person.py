"""When one person alone may not do it, and who the second one can be."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Final

from attrs import define, field, frozen

from supervision_core.identity.model.access import Duty
from supervision_core.identity.model.lengths import too_long
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate

WAITS: Final = timedelta(hours=72)
"""So long a request waits for its second person: a setting of practice, not of law."""
LONGEST_REASON: Final = 500
EVERYWHERE: Final = "*"
"""Stands for all departments there are."""


@frozen(kw_only=True)
class NeededConsent:
    """所需的同意 (NeededConsent): one of the consents that a change needs.

    Of a holder of ``duty`` at or above ``department``; without a duty, of whoever could do the
    same there; without a department, of any holder.
    """

    duty: Duty | None = None
    department: str = ""


@frozen(kw_only=True)
class SecondPersonNeed:
    """双人复核要求 (SecondPersonNeed): whose consent a change of the account ``user`` needs.

    It needs another holder of each of ``duties`` at or above every one of ``departments``, of those
    of ``everywhere`` one who administers everything; and whoever could do the same in each of
    ``shared``: departments of the account that the asker does not manage. One person may give
    several of these consents. Source: GB/T 22239-2019 8.1.5 (separate administrators).
    """

    user: str
    duties: frozenset[Duty] = frozenset()
    departments: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    everywhere: frozenset[Duty] = frozenset()

    def __bool__(self) -> bool:
        """Tell whether a second person is needed at all."""
        return bool(self.duties or self.shared)

    @property
    def consents(self) -> tuple[NeededConsent, ...]:
        """Each consent that it takes, by duty and department."""
        places = sorted(self.departments) or [""]
        return (
            *(
                NeededConsent(duty=one, department=place)
                for one in sorted(self.duties)
                for place in ([EVERYWHERE] if one in self.everywhere else places)
            ),
            *(NeededConsent(department=one) for one in sorted(self.shared)),
        )


@define(eq=False)
class SecondPersonRequired(Refused):
    """One person alone may not do this: a request for a second person has to be made."""

    code: ClassVar[str] = "identity.second_person_required"
    need: SecondPersonNeed

    @classmethod
    def of(cls, need: SecondPersonNeed) -> "SecondPersonRequired":
        """Say that ``need`` is not met."""
        return cls((Violation(cls.code, "user_id"),), need)


@define(eq=False)
class SecondPersonUnfit(Refused):
    """Whoever decides on the request is not the second person that it needs."""

    code: ClassVar[str] = "identity.second_person_unfit"


@define(eq=False)
class SecondPersonInvalid(Refused):
    """The request for a second person cannot be made, decided or withdrawn so."""

    code: ClassVar[str] = "identity.second_person_invalid"


class SecondPersonState(StrEnum):
    """How far a request has come."""

    WAITING = "waiting"
    CONSENTED = "consented"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


@frozen(kw_only=True)
class SecondPersonDecision:
    """What ended a request: consent or refusal by a second person, or its withdrawal."""

    state: SecondPersonState
    by: str
    at: datetime
    reason: str = ""


@frozen(kw_only=True)
class GivenConsent:
    """Who consented to a request, working for which department, and what that was ``given`` for."""

    by: str
    working_for: str
    given: tuple[NeededConsent, ...]
    at: datetime
    reason: str = ""


@define(eq=False, kw_only=True)
class SecondPersonRequest(Aggregate):
    """双人复核申请 (SecondPersonRequest): one administrator asks, a second one lets it be done.

    ``action`` is the use case and ``command`` what it is asked for, both as plain JSON; ``seen`` is
    the version of what the asker looked at, if he said so. He worked for the department
    ``asked_for``. It waits until the last consent that it needs; what waits longer than ``WAITS``
    has lapsed. Once it is decided, the command is forgotten: it may hold personal data.
    Source: GB/T 22239-2019 8.1.5.
    """

    action: str
    command: Json = field(repr=False)
    seen: Json = None
    need: SecondPersonNeed
    reason: str = field(repr=False)
    asked_by: str
    asked_for: str
    asked_at: datetime
    _decision: SecondPersonDecision | None = None
    _consents: tuple[GivenConsent, ...] = ()

    @classmethod
    def ask(  # noqa: PLR0913 - one for each thing that is asked
        cls,
        *,
        id: str,
        action: str,
        command: Json,
        seen: Json,
        need: SecondPersonNeed,
        reason: str,
        by: str,
        working_for: str,
        at: datetime,
    ) -> "SecondPersonRequest":
        """Ask for a second person, for a reason. Raises ``SecondPersonInvalid``."""
        refuse_if(SecondPersonInvalid, _against_reason(reason))
        return cls(
            id=id,
            action=action,
            command=command,
            seen=seen,
            need=need,
            reason=reason.strip(),
            asked_by=by,
            asked_for=working_for,
            asked_at=at,
        )

    @property
    def decision(self) -> SecondPersonDecision | None:
        """What ended it, if anything did."""
        return self._decision

    @property
    def consents(self) -> tuple[GivenConsent, ...]:
        """The consents that were given so far, in order."""
        return self._consents

    @property
    def lapses_at(self) -> datetime:
        """From when on nobody can consent any more."""
        return self.asked_at + WAITS

    def state(self, at: datetime) -> SecondPersonState:
        """How far it has come at that moment."""
        if self._decision is not None:
            return self._decision.state
        lapsed = at >= self.lapses_at
        return SecondPersonState.LAPSED if lapsed else SecondPersonState.WAITING

    def consent(self, consent: GivenConsent, *, complete: bool) -> None:
        """Consent to it; where that makes it ``complete``, it is decided.

        Nobody consents to what he asked. Raises ``SecondPersonInvalid``.
        """
        by, at, reason = consent.by, consent.at, consent.reason.strip()
        faults = too_long({"reason": (reason, LONGEST_REASON)})
        refuse_if(SecondPersonInvalid, [*self._against(by, at), *faults])
        self._consents = (*self._consents, consent)
        if complete:
            self._decide(SecondPersonState.CONSENTED, reason, by, at)

    def refuse(self, *, reason: str, by: str, at: datetime) -> None:
        """Refuse it, saying why; who asked does not decide. Raises ``SecondPersonInvalid``."""
        refuse_if(SecondPersonInvalid, [*self._against(by, at), *_against_reason(reason)])
        self._decide(SecondPersonState.REFUSED, reason.strip(), by, at)

    def withdraw(self, *, by: str, at: datetime) -> None:
        """Take it back; only who asked does. Raises ``SecondPersonInvalid``."""
        faults = list(self._over(at))
        if by != self.asked_by:
            faults.append(Violation("identity.second_person_not_own", "request_id"))
        refuse_if(SecondPersonInvalid, faults)
        self._decision = SecondPersonDecision(state=SecondPersonState.WITHDRAWN, by=by, at=at)
        self.forget()

    def forget(self) -> None:
        """Forget what was asked for, so that nobody's data stays longer than it is needed."""
        self.command = None

    def _decide(self, state: SecondPersonState, reason: str, by: str, at: datetime) -> None:
        self._decision = SecondPersonDecision(state=state, by=by, at=at, reason=reason)
        self.forget()

    def _against(self, by: str, at: datetime) -> Iterator[Violation]:
        yield from self._over(at)
        if by == self.asked_by:
            yield Violation("identity.second_person_own", "request_id")

    def _over(self, at: datetime) -> tuple[Violation, ...]:
        match self.state(at):
            case SecondPersonState.WAITING:
                return ()
            case SecondPersonState.LAPSED:
                hours = WAITS // timedelta(hours=1)
                data = {"hours": hours}
                return (Violation("identity.second_person_lapsed", "request_id", data),)
            case _:
                return (Violation("identity.second_person_decided", "request_id"),)


def _against_reason(reason: str) -> tuple[Violation, ...]:
    if not reason.strip():
        return (Violation("identity.second_person_reason_missing", "reason"),)
    return tuple(too_long({"reason": (reason.strip(), LONGEST_REASON)}))
