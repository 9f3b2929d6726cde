"""A letter on its way: sent by the relay through real channels, opened with a code, noted once."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from attrs import define, evolve
from sqlalchemy import Engine

from entrypoints.actors import operator
from entrypoints.container import Platform, open_platform
from entrypoints.simulators.faults import MailFault
from entrypoints.simulators.mail import Mail, SimulatedMail, simulated_mail
from entrypoints.simulators.notices import SimulatedNotices, simulated_notices
from entrypoints.simulators.short_messages import (
    SEND,
    ShortMessage,
    SimulatedGateway,
    simulated_gateway,
)
from entrypoints.simulators.signatures import Signatures
from entrypoints.worker.relaying import relaying
from supervision_core.audit.ports import AuditLog
from supervision_core.files.ports import Attachments
from supervision_core.identity.model import CodeNotSent, FirmProof, SignOnRecord, User, UserKind
from supervision_core.identity.ports import DeadLetters, Users
from supervision_core.kernel.days import local_day
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.model.letters import LetterRefused, LetterState, ServedLetter
from supervision_core.tasks.model.rectification import DeliveryChannel, RectificationState
from supervision_core.tasks.ports import Rectifications, ServedLetters
from supervision_core.tasks.services.files import ORDER
from supervision_core.tasks.services.letters import OPEN, LetterDesk
from supervision_core.tasks.services.letters import SEND as SENT
from supervision_core.tasks.services.rectifications import (
    DeliverRectification,
    deliver_rectification,
)
from supervision_core.testing.files import attachment
from supervision_core.testing.identity import NOON, full_draft
from supervision_core.testing.subjects import full_subject
from supervision_core.testing.tasks import rectification

SECRET = "a secret of tests"  # noqa: S105 - of a partner that is played
FIRM = "firm@example.cn"
PHONE = "19900000000"
LINK = re.compile(r"https://jianguan\.example\.cn/m/letters/([0-9a-f]{32})")


@define
class House:
    """A platform with a gateway of short messages and a mail server, and an order to deliver."""

    platform: Platform
    gateway: SimulatedGateway
    mail: SimulatedMail
    short: list[ShortMessage]
    letters: list[Mail]
    notices: list[dict[str, Any]]

    def deliver(self, channel: DeliveryChannel = DeliveryChannel.EMAIL, to: str = FIRM) -> None:
        """Deliver the order."""
        command = DeliverRectification(rectification_id="r-1", channel=channel, address=to)
        self.platform.commands.run(deliver_rectification, command, actor=operator())

    def relay(self) -> None:
        """Hand events on, as a fresh worker does."""
        relaying(self.platform, Event()).run()

    def letter(self) -> ServedLetter:
        """Give the one letter."""
        with self.platform.engine.connect() as connection:
            (found,) = connection.exec_driver_sql("SELECT id FROM served_letter").scalars()
        with self.platform.transactions.begin_reading() as unit:
            return unit[ServedLetters].get(found)

    @property
    def desk(self) -> LetterDesk:
        """Give where letters are opened."""
        return LetterDesk(self.platform.log_ins)


@pytest.fixture
def house(
    sqlite_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[House]:
    """Give it, with one order whose document hangs on it and whose firm has a phone on record."""
    secret, short, letters = tmp_path / "sms.secret", list[ShortMessage](), list[Mail]()
    secret.touch(0o600)
    secret.write_text(SECRET, "utf-8")
    notices = list[dict[str, Any]]()
    gateway = SimulatedGateway(Signatures("supervision", SECRET), short.append)
    mail = SimulatedMail(letters.append)
    with ExitStack() as partners:
        gateway_url = partners.enter_context(simulated_gateway(gateway)) + SEND
        settings = {
            "SMS_URL": gateway_url,
            "SMS_APPLICATION": "supervision",
            "SMS_SECRET": str(secret),
            "NOTICE_URL": partners.enter_context(
                simulated_notices(
                    SimulatedNotices(Signatures("supervision", SECRET), notices.append)
                )
            ),
            "NOTICE_APPLICATION": "supervision",
            "NOTICE_SECRET": str(secret),
            "MAIL_URL": partners.enter_context(simulated_mail(mail)),
            "MAIL_FROM": "jianguan@example.cn",
            "PUBLIC_URL": "https://jianguan.example.cn",
        }
        for name, value in settings.items():
            monkeypatch.setenv(f"SUPERVISION_{name}", value)
        database = sqlite_engine.url.render_as_string(hide_password=False)
        platform = open_platform(database, make_keys=True)
        with platform.transactions.begin() as unit:
            order = rectification("r-1")
            order._state, order._delivery = RectificationState.ORDERED, None
            order._due_on = local_day(platform.commands.clock.now()) + timedelta(days=15)
            hanging = attachment(order.sheet.document)
            hanging._gone_at = None
            for name, value in {"kind": ORDER.kind, "thing": "r-1", "slot": ORDER.name}.items():
                object.__setattr__(hanging, name, value)
            unit[Subjects].save(full_subject(order.sheet.subject))
            unit[Rectifications].save(order)
            unit[Attachments].save(hanging)
            unit.commit()
        yield House(platform, gateway, mail, short, letters, notices)
        platform.engine.dispose()


def refused(act: object, *, by: type[LetterRefused | CodeNotSent] = LetterRefused) -> list[str]:
    """Give the reasons of a refusal."""
    assert callable(act)
    with pytest.raises(by) as refusal:
        act()
    return [one.code for one in refusal.value.reasons]


def token_in(text: str) -> str:
    """Give the token of the link in a message."""
    found = LINK.search(text)
    assert found, text
    return found[1]


@pytest.mark.function("F133", surface="library")
def test_a_letter_is_opened_with_a_code_on_the_phone_on_record(house: House) -> None:
    """文书送达: link by mail, code by short message, receipt with time, each step in the log."""
    house.deliver()
    assert (house.letters, house.letter().state) == ([], LetterState.WAITING)
    house.relay()
    house.relay()
    (sent,) = house.letters
    assert (sent.to, house.letter().state) == (FIRM, LetterState.SENT)
    assert "南宁" not in sent.text
    token = token_in(sent.text)
    house.desk.require(token)
    proof = house.desk.ask_code(token, source="192.0.2.1")
    (code,) = house.short
    assert code.phone == PHONE
    desk, wrong = house.desk, f"{(int(code.code) + 1) % 10**7:07}"
    assert refused(lambda: desk.open(token, proof, wrong, source="192.0.2.1")) == [
        "tasks.letter_code_wrong"
    ]
    assert refused(lambda: desk.fetch(token, proof, source="192.0.2.1")) == [
        "tasks.letter_proof_over"
    ]
    assert house.letter().receipt is None
    shown = desk.open(token, proof, code.code, source="192.0.2.1")
    receipt = house.letter().receipt
    assert receipt is not None
    assert (shown.opened_at, receipt.phone_end) == (receipt.at, PHONE[-4:])
    assert desk.fetch(token, proof, source="192.0.2.1").name == shown.name
    assert refused(lambda: desk.fetch(token, proof, source="192.0.2.9")) == [
        "tasks.letter_proof_over"
    ]
    with house.platform.transactions.begin_reading() as unit:
        actions = [row.entry.action for row in unit[AuditLog].rows()]
    assert [one for one in actions if one in {SENT, OPEN}] == [SENT, OPEN, OPEN]
    with house.platform.engine.connect() as connection:
        stored = "".join(
            str(connection.exec_driver_sql(f"SELECT * FROM {table}").all())  # noqa: S608 - ours
            for table in ("served_letter", "audit_row", "outbox", "log_in", "rectification")
        )
    assert not [one for one in (FIRM, PHONE, token, code.code) if one in stored]


def test_whoever_sends_and_is_killed_sends_it_again_under_its_id(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The gateway took it, the process died before that was noted: shown to the firm only once."""
    house.deliver(DeliveryChannel.SMS, "13900000009")

    def dies(self: ServedLetter, *, at: object) -> None:
        del self, at
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(ServedLetter, "sent", dies)
        with pytest.raises(KeyboardInterrupt):
            house.relay()
    assert (len(house.short), house.letter().state) == (1, LetterState.WAITING)
    house.relay()
    assert (len(house.short), house.letter().state) == (1, LetterState.SENT)
    assert house.desk.ask_code(token_in(house.short[0].text), source="192.0.2.1")


def test_a_busy_server_is_tried_again_and_a_refused_address_waits_for_a_person(
    house: House,
) -> None:
    """至少一次: nothing is lost while the server is busy; what it will never take is told."""
    house.mail.fault = MailFault.BUSY
    house.deliver()
    house.relay()
    assert house.letters == []
    house.mail.fault = None
    house.relay()
    assert len(house.letters) == 1
    house.deliver(to="unknown@example.cn")
    house.relay()
    with house.platform.transactions.begin_reading() as unit:
        (dead,) = unit[DeadLetters].open("letters")
    assert (dead.failure, dead.leaves) == ("identity.message_refused", True)


def test_codes_are_limited_and_links_tell_nothing(house: House) -> None:
    """三条验证码之后锁定; 五次猜错作废; an unknown link, and one of another, are answered alike."""
    house.deliver()
    house.relay()
    token = token_in(house.letters[0].text)
    desk = house.desk
    proofs = [desk.ask_code(token, source="192.0.2.1") for _ in range(3)]
    codes = [one.code for one in house.short]
    assert refused(lambda: desk.ask_code(token, source="192.0.2.7"), by=CodeNotSent) == [
        "identity.proof_codes_used_up"
    ]
    wrong = next(f"{one:07}" for one in range(9) if f"{one:07}" not in codes)
    for _ in range(5):
        refused(lambda: desk.open(token, proofs[0], wrong, source="192.0.2.1"))
    assert refused(lambda: desk.open(token, proofs[0], codes[0], source="192.0.2.1")) == [
        "tasks.letter_code_wrong"
    ]
    assert refused(lambda: desk.open(token, proofs[1], codes[1], source="192.0.2.2")) == [
        "tasks.letter_code_wrong"
    ]
    assert refused(lambda: desk.require("0" * 32)) == ["tasks.letter_link_unfit"]
    assert desk.open(token, proofs[2], codes[2], source="192.0.2.1").number
    assert desk.ask_code(token, source="192.0.2.1"), "a right code forgets those that were sent"


@pytest.mark.function("F097", surface="library")
def test_a_firm_that_came_by_the_unified_platform_gets_the_link_there(house: House) -> None:
    """统一消息送达: to the account that acts for the firm; without one it is refused at once."""
    assert refused(lambda: house.deliver(DeliveryChannel.NOTICE, "")) == [
        "tasks.addressee_account_missing"
    ]
    draft = full_draft("firm")
    with house.platform.transactions.begin() as unit:
        firm = unit[Rectifications].get("r-1").sheet.subject
        extended = evolve(draft.extended, kind=UserKind.ENTERPRISE, party=firm)
        proof = FirmProof(document="营业执照", number="91450100MA5K000017")
        acting = User.register(
            evolve(draft, extended=extended, memberships=()), id="firm", at=NOON, proof=proof
        )
        acting.remember_sign_on(SignOnRecord(user_code="GX1001", updated_at="x"), at=NOON)
        unit[Users].save(acting)
        unit.commit()
    house.deliver(DeliveryChannel.NOTICE, "")
    house.relay()
    (sent,) = house.notices
    assert (sent["receiver"], sent["title"]) == ("GX1001", "文书送达")
    assert house.desk.ask_code(token_in(sent["content"]), source="192.0.2.1")
    assert house.short[0].phone == PHONE


def test_what_this_installation_cannot_send_is_refused_at_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """没有开通的渠道: the clerk hears it, nothing is delivered; without an address none is open."""
    database = house.platform.engine.url.render_as_string(hide_password=False)
    for missing in ("SUPERVISION_MAIL_URL", "SUPERVISION_PUBLIC_URL"):
        with monkeypatch.context() as changed:
            changed.delenv(missing)
            closed = open_platform(database)
            assert refused(evolve(house, platform=closed).deliver) == ["tasks.channel_absent"]
            closed.engine.dispose()
