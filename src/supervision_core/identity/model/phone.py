"""Phones that log-in codes go to: how their owner changes one, and how the old one is told."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from attrs import define, field

from supervision_core.identity.model.login import CodeNotSent, LogInPolicy
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.events import Aggregate

GIVEN_UP_AFTER: Final = timedelta(days=3)


class PhoneStep(StrEnum):
    """Which phone must show its code next, or how the change ended."""

    OLD = "old"
    NEW = "new"
    DONE = "done"
    FAILED = "failed"


@define(eq=False, kw_only=True)
class PhoneChange(Aggregate):
    """更换手机号 (PhoneChange): a code to the old phone, then one to the new.

    Its id is a session's: it serves that alone, from the address that began it.
    Source: GB/T 22239-2019 8.1.4.1.
    """

    _user: str
    _source: str
    _phone: str = field(default="", repr=False)
    _step: PhoneStep = PhoneStep.FAILED
    _code: str = field(default="", repr=False)
    _sent_at: datetime | None = None
    _begun: int = 0
    _tries: int = 0

    @property
    def phone(self) -> str:
        """The new phone."""
        return self._phone

    @property
    def step(self) -> PhoneStep:
        """Which phone must show its code next, or how it ended."""
        return self._step

    def begin(  # noqa: PLR0913 - one for each part
        self,
        phone: str,
        code: str,
        source: str,
        *,
        first: PhoneStep,
        at: datetime,
        policy: LogInPolicy,
    ) -> None:
        """Begin it, anew too: ``code`` is the digest of what goes to the ``first`` phone.

        Raises ``CodeNotSent`` for a session that begins too often.
        """
        violations = []
        if self._begun >= policy.code_sends:
            violations.append(Violation("identity.phone_changes_used_up"))
        if self._sent_at is not None and at < self._sent_at + policy.code_interval:
            violations.append(Violation("identity.code_too_soon"))
        refuse_if(CodeNotSent, violations)
        self._phone, self._source, self._begun = phone, source, self._begun + 1
        self._ask(first, code, at)

    def ask_new(self, code: str, *, at: datetime) -> None:
        """Go on to the new phone, to which a code goes with this digest."""
        self._ask(PhoneStep.NEW, code, at)

    def _ask(self, step: PhoneStep, code: str, at: datetime) -> None:
        self._step, self._code, self._sent_at, self._tries = step, code, at, 0

    def confirm(
        self, step: PhoneStep, code: str, source: str, *, at: datetime, policy: LogInPolicy
    ) -> bool:
        """Try the digest of a code; tell whether it was right. To be stored either way."""
        if self._step is not step or self._sent_at is None:
            return False
        self._tries += 1
        fresh = self._sent_at <= at < self._sent_at + policy.code_age
        if fresh and source == self._source and code == self._code:
            self._step = PhoneStep.DONE
            return True
        if not fresh or source != self._source or self._tries >= policy.code_tries:
            self.fail()
        return False

    def fail(self) -> None:
        """End it without a change."""
        self._step = PhoneStep.FAILED

    def is_over(self, *, at: datetime, policy: LogInPolicy) -> bool:
        """Tell whether its session has ended by its age."""
        return self._sent_at is None or at >= self._sent_at + policy.longest


class IdentityChange(StrEnum):
    """What of a user was changed that the phone he had before is told of."""

    PHONE = "phone"
    DOCUMENT = "document"


@define(eq=False, kw_only=True)
class PhoneNotice(Aggregate):
    """手机提醒 (PhoneNotice): tells the phone that a user had what was changed of him.

    It is stored with the change, and sent once that is committed.
    """

    _phone: str = field(repr=False)
    _change: IdentityChange
    _made_at: datetime
    _sent_at: datetime | None = None

    @property
    def phone(self) -> str:
        """The phone that is told."""
        return self._phone

    @property
    def change(self) -> IdentityChange:
        """What was changed."""
        return self._change

    @property
    def made_at(self) -> datetime:
        """When it was changed."""
        return self._made_at

    def waits(self, *, at: datetime) -> bool:
        """Tell whether it is still to be sent."""
        return self._sent_at is None and at < self._made_at + GIVEN_UP_AFTER

    def sent(self, *, at: datetime) -> None:
        """Note that it was handed on."""
        self._sent_at = at

    def is_over(self, *, at: datetime, policy: LogInPolicy) -> bool:
        """Tell whether it was sent, or given up."""
        del policy
        return not self.waits(at=at)
