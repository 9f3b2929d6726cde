"""电子送达: a letter sent as a link, opened with a code on the phone on record, and its receipt."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final

from attrs import frozen

from supervision_core.audit.model import Outcome
from supervision_core.audit.ports import AuditLog
from supervision_core.files.model import Attachment, FileForm
from supervision_core.files.ports import Attachments
from supervision_core.files.services.fetching import FILE, FileView
from supervision_core.identity.model import (
    NOWHERE,
    Actor,
    Channel,
    DataScope,
    LogInRefused,
    OutgoingMessage,
    User,
    UserKind,
    is_mobile,
)
from supervision_core.identity.ports import MessageChannel, OpenChannels, Users
from supervision_core.identity.services import Work
from supervision_core.identity.services.login import LogIns
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import NotFound, Violation, refuse_if
from supervision_core.kernel.outbox import Envelope, Receiver, Receiving, name_of
from supervision_core.kernel.ports import Clock, Ids, Randomness, Transactions, UnitOfWork
from supervision_core.subjects.model import Subject
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.model.events import LetterServed
from supervision_core.tasks.model.letters import (
    LetterRefused,
    LetterSheet,
    ServedLetter,
    channel_violations,
)
from supervision_core.tasks.model.rectification import Delivery, Rectification
from supervision_core.tasks.ports import Rectifications, ServedLetters

_TOKEN_BYTES: Final = 16
LETTERS: Final = "/m/letters"
"""Where on the platform letters are opened, each by the token of its link."""
_WORKER: Final = Actor(
    user="worker", department="", scope=DataScope(region=NOWHERE), permissions=frozenset()
)
SEND: Final = "tasks.send_letter"
OPEN: Final = "tasks.open_letter"
TITLE: Final = "文书送达"
TEXT: Final = (
    "您有一份行政执法文书待签收。请在{until:%Y年%m月%d日}前打开 {link} ，"
    "凭登记手机收到的验证码查看和下载。请勿转发本链接。"
)


def serve_order(work: Work, order: Rectification, delivery: Delivery) -> None:
    """Send an order document on its way, as part of its delivery. Raises ``LetterRefused``."""
    sheet, channel = order.sheet, Channel(delivery.channel.value)
    refuse_if(LetterRefused, channel_violations(channel, work[OpenChannels].all()))
    subject = work[Subjects].get(sheet.subject)
    accounts = list(_accounts(work, subject))
    token = work[Randomness].token(_TOKEN_BYTES).hex()
    made = ServedLetter.serve(
        id=work.ids.next_id(),
        sheet=LetterSheet(
            rectification=order.id,
            file=sheet.document,
            number=sheet.number,
            task=sheet.task,
            subject=sheet.subject,
            region=sheet.region,
            department=sheet.department,
            channel=channel,
        ),
        to=_useridcode(accounts) if channel is Channel.NOTICE else delivery.address.strip(),
        phone=_phone_on_record(subject, accounts),
        token=token,
        link=link_of(token),
        at=work.now,
    )
    work.save(ServedLetters, made)


def link_of(token: str) -> str:
    """Give the digest under which the token of a link is kept."""
    return sm3(token.encode()).hex()


def _accounts(work: Work, subject: Subject) -> Iterator[User]:
    """Give who acts for a firm today."""
    for party in sorted(subject.parties):
        for user in work[Users].find_by_party(party):
            if user.extended.kind is UserKind.ENTERPRISE and user.works_on(local_day(work.now)):
                yield user


def _useridcode(accounts: Sequence[User]) -> str:
    return next((one.sign_on.user_code for one in accounts if one.sign_on is not None), "")


def _phone_on_record(subject: Subject, accounts: Sequence[User]) -> str:
    """Give the contact's mobile phone, else the operator's, else that of the firm's account."""
    personal = subject.personal
    known = (
        personal.contact_phone,
        personal.operator_phone,
        *(one.account.phone for one in accounts),
    )
    return next((one for one in known if is_mobile(one)), "")


@frozen
class LetterPost:
    """Sends the links of letters, told of them by the relay: at least once, each under its id."""

    transactions: Transactions
    clock: Clock
    ids: Ids
    channels: Mapping[Channel, MessageChannel]
    address: str
    """Below which links lie."""

    @property
    def receiver(self) -> Receiver:
        """Give it as a receiver of events."""
        return Receiver(
            name="letters", title="发送文书链接", receive=self.receive,
            names=frozenset({name_of(LetterServed)}), outside=True, leaves=True,
        )  # fmt: skip

    def receive(self, receiving: Receiving, events: Sequence[Envelope]) -> None:
        """Send each that waits. Raises ``MessageRefused``, ``Unavailable``, ``LetterRefused``."""
        for event in events:
            letter = receiving.unit[ServedLetters].get(event.thing.id)
            if letter.is_due(at=self.clock.now()):
                self._send(letter)

    def _send(self, letter: ServedLetter) -> None:
        channel = letter.sheet.channel
        refuse_if(LetterRefused, channel_violations(channel, frozenset(self.channels)))
        text = TEXT.format(
            until=local_day(letter.expires_at), link=f"{self.address}/{letter.token}"
        )
        message = OutgoingMessage(id=letter.id, to=letter.to, title=TITLE, text=text)
        self.channels[channel].send(message)
        with self.transactions.begin() as unit:
            now = self.clock.now()
            work = Work(_WORKER, now, self.ids, unit)
            fresh = unit[ServedLetters].get(letter.id)
            fresh.sent(at=now)
            work.save(ServedLetters, fresh)
            unit[AuditLog].append(work.entry(SEND, sm3(letter.id.encode()).hex(), Outcome.DONE))
            unit.commit()


@frozen(kw_only=True)
class LetterView:
    """What an opened letter shows before it is fetched."""

    number: str
    name: str
    made_at: datetime
    opened_at: datetime


@frozen
class LetterDesk:
    """Where whoever has a link opens a letter: a code first, then the letter, for a few minutes.

    Whatever is wrong with a link (none such, expired, the letter gone), the answer is the same.
    """

    log_ins: LogIns

    def require(self, token: str) -> None:
        """Demand a good link. Raises ``LetterRefused``."""
        self._found(token)

    def ask_code(self, token: str, *, source: str) -> str:
        """Send a code to the phone on record; give the token of the proof.

        Raises ``LetterRefused``, ``CodeNotSent``.
        """
        letter = self._found(token)
        return self.log_ins.begin_phone_proof(_matter(letter), letter.phone, source=source)

    def open(self, token: str, proof: str, code: str, *, source: str) -> LetterView:
        """Open the letter with a right code: the first time is its service, and noted.

        Raises ``LetterRefused``.
        """
        letter = self._found(token)

        def opened(work: Work) -> None:
            fresh = work[ServedLetters].get(letter.id)
            fresh.open(at=work.now)
            work.save(ServedLetters, fresh)

        try:
            self.log_ins.confirm_phone_proof(
                _matter(letter), proof, code, source=source, action=OPEN, then=opened
            )
        except LogInRefused:
            raise LetterRefused((Violation("tasks.letter_code_wrong", "code"),)) from None
        return self._view(letter.id)

    def fetch(self, token: str, proof: str, *, source: str) -> FileView:
        """Find the file of a letter just opened. Raises ``LetterRefused``."""
        letter = self._proved(token, proof, source)
        with self.log_ins.transactions.begin_reading() as unit:
            found = _attachment(unit, letter)
        part = found.content.form(FileForm.WHOLE)
        if part is None:
            raise NotFound(FILE, found.id)
        return FileView(id=found.id, name=found.name, form=FileForm.WHOLE, part=part)

    def _found(self, token: str) -> ServedLetter:
        with self.log_ins.transactions.begin_reading() as unit, suppress(NotFound):
            found = unit[ServedLetters].find_by_link(link_of(token))
            if found is not None and found.opens(at=self.log_ins.clock.now()):
                _attachment(unit, found)
                return found
        raise LetterRefused((Violation("tasks.letter_link_unfit"),))

    def _proved(self, token: str, proof: str, source: str) -> ServedLetter:
        letter = self._found(token)
        if not self.log_ins.phone_proved(_matter(letter), proof, source=source):
            raise LetterRefused((Violation("tasks.letter_proof_over"),))
        return letter

    def _view(self, id: str) -> LetterView:
        with self.log_ins.transactions.begin_reading() as unit:
            letter = unit[ServedLetters].get(id)
            name = _attachment(unit, letter).name
        if letter.receipt is None:
            raise LetterRefused((Violation("tasks.letter_proof_over"),))
        return LetterView(
            number=letter.sheet.number,
            name=name,
            made_at=letter.made_at,
            opened_at=letter.receipt.at,
        )


def _matter(letter: ServedLetter) -> str:
    return f"{ServedLetters.kind}/{letter.id}"


def _attachment(unit: UnitOfWork, letter: ServedLetter) -> Attachment:
    found = unit[Attachments].get(letter.sheet.file)
    if not found.hangs_on(Rectifications.kind, letter.sheet.rectification):
        raise NotFound(FILE, found.id)
    return found
