"""What is told to users over the unified message service, and how far each message has come."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Final

from attrs import define, field, frozen

from supervision_core.identity.model.lengths import too_long
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.fields import said
from supervision_core.kernel.one_line import not_one_line

GIVEN_UP_AFTER: Final = timedelta(days=3)


@define(eq=False)
class NoticeInvalid(Refused):
    """The message as written cannot be sent."""

    code: ClassVar[str] = "identity.notice_invalid"


class DeliveryState(StrEnum):
    """送达状态 (DeliveryState): waiting, taken by the message service, delivered, or failed."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    FAILED = "failed"


@frozen(kw_only=True)
class DeliveryStep:
    """One step of a message's way; ``reason`` is the code of why it failed."""

    at: datetime = field(metadata=said("时间", example="2026-01-31T08:00:00+00:00"))
    state: DeliveryState = field(
        metadata=said(
            "waiting待发送，accepted已受理，delivered已送达，failed未送达", example="delivered"
        )
    )
    reason: str = field(
        default="",
        metadata=said("没有送达的原因编码，其余为空", example="identity.notice_undelivered"),
    )


@frozen(kw_only=True)
class NoticeWritten(Event):
    """A message to a user was written."""

    notice: str


@define(eq=False, kw_only=True)
class Notice(Aggregate):
    """消息 (Notice): a message to one user, with its way from here to him.

    What has been delivered or has failed stays so. Source: proposal 6.4.2.12.8.1, 6.4.2.4.3.
    """

    _user: str
    _title: str = field(repr=False)
    _text: str = field(repr=False)
    _made_at: datetime
    _state: DeliveryState = DeliveryState.WAITING
    _receipt: str = ""
    _steps: tuple[DeliveryStep, ...] = ()

    @classmethod
    def write(cls, *, id: str, user: str, title: str, text: str, at: datetime) -> "Notice":
        """Write one, to be sent. Raises ``NoticeInvalid``."""
        faults = [
            Violation("identity.notice_empty", name)
            for name, value in (("title", title), ("text", text))
            if not value.strip()
        ]
        faults += too_long({"title": (title, 100), "text": (text, 1000)})
        faults += not_one_line({"title": title})
        refuse_if(NoticeInvalid, faults)
        made = cls(id=id, user=user, title=title, text=text, made_at=at)
        made._step(DeliveryState.WAITING, at)
        made._record(NoticeWritten(at=at, notice=id))
        return made

    @property
    def user(self) -> str:
        """To whom."""
        return self._user

    @property
    def title(self) -> str:
        """Its title."""
        return self._title

    @property
    def text(self) -> str:
        """What is said."""
        return self._text

    @property
    def made_at(self) -> datetime:
        """When it was written."""
        return self._made_at

    @property
    def state(self) -> DeliveryState:
        """How far it has come."""
        return self._state

    @property
    def receipt(self) -> str:
        """The message service's id of it, empty until it took it."""
        return self._receipt

    @property
    def steps(self) -> tuple[DeliveryStep, ...]:
        """Its way, first step first."""
        return self._steps

    @property
    def under_way(self) -> bool:
        """Whether something may still become of it."""
        return self._state in {DeliveryState.WAITING, DeliveryState.ACCEPTED}

    def accepted(self, receipt: str, *, at: datetime) -> None:
        """Note that the message service took it."""
        if self._state is DeliveryState.WAITING:
            self._receipt = receipt
            self._step(DeliveryState.ACCEPTED, at)

    def delivered(self, *, at: datetime) -> None:
        """Note that it reached him."""
        if self.under_way:
            self._step(DeliveryState.DELIVERED, at)

    def failed(self, reason: str, *, at: datetime) -> None:
        """Note that it will not reach him."""
        if self.under_way:
            self._step(DeliveryState.FAILED, at, reason)

    def overdue(self, *, at: datetime) -> bool:
        """Tell whether it has been under way for too long to wait on."""
        return self.under_way and at >= self._made_at + GIVEN_UP_AFTER

    def _step(self, state: DeliveryState, at: datetime, reason: str = "") -> None:
        self._state = state
        self._steps = (*self._steps, DeliveryStep(at=at, state=state, reason=reason))
