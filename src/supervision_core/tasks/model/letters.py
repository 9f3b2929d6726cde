"""电子送达: a letter that its addressee opens by a link, and what proves that it was opened."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Final, Self

from attrs import define, field, frozen, setters

from supervision_core.identity.model import CHANNELS, Channel, is_email, is_mobile
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate
from supervision_core.tasks.model import events

LINK_VALID: Final = timedelta(days=30)


class LetterState(StrEnum):
    """签收状态 (LetterState): how far a letter has come on its way to its addressee."""

    WAITING = "waiting"
    SENT = "sent"
    OPENED = "opened"


@define(eq=False)
class LetterRefused(Refused):
    """The letter cannot be served electronically, or not be opened."""

    code: ClassVar[str] = "tasks.letter_refused"


@frozen(kw_only=True)
class LetterSheet:
    """送达文书 (LetterSheet): which letter is served on whom, and by which channel.

    ``file`` hangs on the rectification; ``number`` is the letter's.
    """

    rectification: str
    file: str
    number: str
    task: str
    subject: str
    region: str
    department: str
    channel: Channel


@frozen(kw_only=True)
class ServiceReceipt:
    """送达回执 (ServiceReceipt): when the letter was first opened, by a code on which phone.

    ``phone_end`` are the last four digits of the phone on record.
    """

    at: datetime
    phone_end: str = field(repr=False)


@define(eq=False, kw_only=True)
class ServedLetter(Aggregate):
    """电子送达 (ServedLetter): a letter on its way to its addressee by a link, and its receipt.

    ``to`` gets the link, ``phone`` (the one on record) the codes that open it. The ``token`` of the
    link says nothing and expires. Source: proposal 6.4.2.5.2.5, 6.4.2.5.3; 行政处罚法 第61条.
    """

    sheet: LetterSheet = field(on_setattr=setters.frozen)
    made_at: datetime = field(on_setattr=setters.frozen)
    _to: str = field(repr=False)
    _phone: str = field(repr=False)
    _token: str = field(repr=False)
    _link: str = field(repr=False)
    _state: LetterState = LetterState.WAITING
    _sent_at: datetime | None = None
    _receipt: ServiceReceipt | None = None

    @classmethod
    def serve(  # noqa: PLR0913 - one for each part
        cls,
        *,
        id: str,
        sheet: LetterSheet,
        to: str,
        phone: str,
        token: str,
        link: str,
        at: datetime,
    ) -> Self:
        """Send it on its way; ``link`` is the digest of ``token``. Raises ``LetterRefused``."""
        refuse_if(LetterRefused, _violations(sheet, to, phone))
        made = cls(id=id, sheet=sheet, made_at=at, to=to, phone=phone, token=token, link=link)
        made._record(events.LetterServed(at=at, letter=id, rectification=sheet.rectification))
        return made

    @property
    def to(self) -> str:
        """Where the link goes."""
        return self._to

    @property
    def phone(self) -> str:
        """The phone to which the codes go."""
        return self._phone

    @property
    def token(self) -> str:
        """What the link holds; nothing once it was sent."""
        return self._token

    @property
    def sent_at(self) -> datetime | None:
        """When the channel took the link."""
        return self._sent_at

    @property
    def receipt(self) -> ServiceReceipt | None:
        """What proves that it was opened."""
        return self._receipt

    @property
    def state(self) -> LetterState:
        """How far it has come."""
        return self._state

    @property
    def expires_at(self) -> datetime:
        """Until when the link opens it."""
        return self.made_at + LINK_VALID

    def is_due(self, *, at: datetime) -> bool:
        """Tell whether the link is still to be sent."""
        return self._state is LetterState.WAITING and self.opens(at=at)

    def sent(self, *, at: datetime) -> None:
        """Note that the channel took the link: from now on only the addressee has its token."""
        if self._sent_at is None:
            self._sent_at, self._token = at, ""
        if self._state is LetterState.WAITING:
            self._state = LetterState.SENT

    def opens(self, *, at: datetime) -> bool:
        """Tell whether the link is good."""
        return self.made_at <= at < self.expires_at

    def open(self, *, at: datetime) -> None:
        """Note that whoever holds the phone opened it; the first time is its service.

        Raises ``LetterRefused``.
        """
        if not self.opens(at=at):
            raise LetterRefused((Violation("tasks.letter_link_unfit"),))
        if self._receipt is None:
            self._state = LetterState.OPENED
            self._receipt = ServiceReceipt(at=at, phone_end=self._phone[-4:])
            self._record(
                events.LetterOpened(
                    at=at,
                    letter=self.id,
                    rectification=self.sheet.rectification,
                    subject=self.sheet.subject,
                )
            )


def channel_violations(channel: Channel, offered: frozenset[Channel]) -> Iterator[Violation]:
    """Give a violation where this installation cannot send by that channel."""
    if channel not in offered:
        yield Violation("tasks.channel_absent", "channel", {"channel": CHANNELS[channel]})


def _violations(sheet: LetterSheet, to: str, phone: str) -> Iterator[Violation]:
    if not sheet.file:
        yield Violation("tasks.letter_missing", "rectification_id")
    if not is_mobile(phone):
        yield Violation("tasks.phone_on_record_missing", "rectification_id")
    match sheet.channel:
        case Channel.SMS if not is_mobile(to):
            yield Violation("tasks.delivery_address_unfit", "address")
        case Channel.EMAIL if not is_email(to):
            yield Violation("tasks.delivery_address_unfit", "address")
        case Channel.NOTICE if not to:
            yield Violation("tasks.addressee_account_missing", "rectification_id")
