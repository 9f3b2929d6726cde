"""The second person's consent to giving out a table of personal data."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Final

from attrs import define, field, frozen

from supervision_core.identity.model.lengths import too_long
from supervision_core.identity.model.personal import Purpose
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate

CONSENT_HOLDS: Final = timedelta(days=3)
"""A setting of practice, not of law: long enough for a weekend."""
LONGEST_REASON: Final = 500


@define(eq=False)
class ExportNotAllowed(Refused):
    """Nobody else has consented to this export, or not to this one."""

    code: ClassVar[str] = "identity.export_not_allowed"


@define(eq=False)
class DecisionInvalid(Refused):
    """The request cannot be decided so."""

    code: ClassVar[str] = "identity.export_decision_invalid"


class ExportState(StrEnum):
    """How far a request has come."""

    WAITING = "waiting"
    ALLOWED = "allowed"
    REFUSED = "refused"


@frozen(kw_only=True)
class ExportDecision:
    """What a second person said: who, when, whether, and why."""

    by: str
    at: datetime
    allowed: bool
    reason: str


@define(eq=False, kw_only=True)
class ExportRequest(Aggregate):
    """导出申请 (ExportRequest): one asks for a table of personal data, another allows it.

    ``about`` is the department whose users go out, ``region`` where it lies. The consent holds for
    ``CONSENT_HOLDS``, for the one who asked and for what he asked; the log keeps each export.
    Source: GB/T 22239-2019 8.1.4.11 个人信息保护, 8.1.5; proposal 6038-6040.
    """

    about: str
    region: str
    purpose: Purpose
    asked_by: str
    asked_at: datetime
    _decision: ExportDecision | None = field(default=None)

    @property
    def decision(self) -> ExportDecision | None:
        """What was decided, if anything was."""
        return self._decision

    @property
    def state(self) -> ExportState:
        """How far it has come; a consent whose time has run out stays ``ALLOWED``."""
        if self._decision is None:
            return ExportState.WAITING
        return ExportState.ALLOWED if self._decision.allowed else ExportState.REFUSED

    def decide(self, *, allowed: bool, reason: str, by: str, at: datetime) -> None:
        """Allow or refuse it, once, for a reason; nobody his own. Raises ``DecisionInvalid``."""
        faults = []
        if self._decision is not None:
            faults.append(Violation("identity.export_decided", "request_id"))
        if by == self.asked_by:
            faults.append(Violation("identity.export_own", "request_id"))
        if not reason.strip():
            faults.append(Violation("identity.export_reason_missing", "reason"))
        faults += too_long({"reason": (reason.strip(), LONGEST_REASON)})
        refuse_if(DecisionInvalid, faults)
        self._decision = ExportDecision(by=by, at=at, allowed=allowed, reason=reason.strip())

    def require(self, *, about: str, by: str, at: datetime) -> None:
        """Demand that it allows this export now. Raises ``ExportNotAllowed``, with every reason."""
        faults = []
        if (by, about) != (self.asked_by, self.about):
            faults.append(Violation("identity.export_other", "request_id"))
        if self._decision is None:
            faults.append(Violation("identity.export_waiting", "request_id"))
        elif not self._decision.allowed:
            faults.append(Violation("identity.export_refused", "request_id"))
        elif at >= self._decision.at + CONSENT_HOLDS:
            faults.append(
                Violation("identity.export_late", "request_id", {"days": CONSENT_HOLDS.days})
            )
        refuse_if(ExportNotAllowed, faults)
