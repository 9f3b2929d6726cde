"""The three channels by which messages leave keep one contract, each against its real protocol."""

from collections.abc import Callable, Iterator

import pytest
from attrs import evolve
from tests.eventually import PATIENCE

from adapters.crypto.providers import OpensslAlgorithms
from adapters.notify.smtp import MailAddressUnfit, MailServer, SmtpMessages
from adapters.system import SystemClock, SystemRandomness
from adapters.zhiguitong.calling import Caller
from adapters.zhiguitong.gateway import GatewayMessages, PlatformMessages, ShortMessageGateway
from adapters.zhiguitong.notices import PlatformNotices
from adapters.zhiguitong.signing import Signing
from entrypoints.simulators.faults import MailFault
from entrypoints.simulators.mail import Mail, SimulatedMail, simulated_mail
from entrypoints.simulators.notices import BASE, SimulatedNotices
from entrypoints.simulators.serving import Asked, Told, served
from entrypoints.simulators.short_messages import SEND, ShortMessage, SimulatedGateway
from entrypoints.simulators.signatures import Signatures
from supervision_core.identity.model import MessageRefused, is_email
from supervision_core.testing.messaging import (
    ChannelPartner,
    MessageChannelContract,
    PlayedChannel,
    written,
)

SECRET = "a secret of tests"  # noqa: S105 - of a partner that is played
FAULTS: dict[str, Callable[[Told], Told]] = {
    "html": lambda told: evolve(told, kind="text/html"),
    "nonsense": lambda told: evolve(told, body=b"{"),
    "error": lambda told: evolve(told, status=500),
}
SIGNING = Signing(
    application="supervision",
    mac=OpensslAlgorithms().mac(SECRET.encode()),
    clock=SystemClock(),
    randomness=SystemRandomness(),
)


def faulty(answer: Callable[[Asked], Told], fault: list[str]) -> Callable[[Asked], Told]:
    """Answer as the partner does, or wrongly; what is personal is never in an address."""

    def answered(asked: Asked) -> Told:
        assert "139" not in asked.target
        assert "GX" not in asked.target
        told = answer(asked)
        return FAULTS[fault[0]](told) if fault[0] else told

    return answered


class TestPlayedChannel(MessageChannelContract):
    """What tests of the core send with keeps the contract too."""

    @pytest.fixture
    def partner(self) -> ChannelPartner:
        """Give it."""
        played = PlayedChannel()

        def break_by(fault: str) -> None:
            played.broken = bool(fault)

        return ChannelPartner(
            channel=played,
            known="13900000001",
            unknown="unknown",
            received=lambda: [(one.id, one.to, one.text) for one in played.taken.values()],
            break_by=break_by,
        )


@pytest.mark.function("F100", surface="library")
class TestGatewayMessages(MessageChannelContract):
    """短信: over the gateway's own protocol, which knows a message again by its id."""

    faults = tuple(FAULTS)

    @pytest.fixture
    def partner(self) -> Iterator[ChannelPartner]:
        """Give adapter and gateway."""
        told, fault = list[ShortMessage](), [""]
        ids = list[str]()
        simulated = SimulatedGateway(Signatures("supervision", SECRET), told.append)

        def answer(asked: Asked) -> Told:
            given = simulated.answer(asked)
            ids[:] = simulated.taken
            return given

        with served(faulty(answer, fault)) as address:
            gateway = ShortMessageGateway(
                address=address + SEND, signing=SIGNING, caller=Caller(seconds=PATIENCE)
            )
            yield ChannelPartner(
                channel=GatewayMessages(gateway),
                known="13900000001",
                unknown="unknown",
                received=lambda: [
                    (taken, one.phone, one.text) for taken, one in zip(ids, told, strict=True)
                ],
                break_by=lambda name: fault.__setitem__(0, name),
            )


@pytest.mark.function("F097", surface="library")
class TestPlatformMessages(MessageChannelContract):
    """统一消息: over the unified message service."""

    faults = tuple(FAULTS)

    @pytest.fixture
    def partner(self) -> Iterator[ChannelPartner]:
        """Give adapter and service."""
        told, fault = list[tuple[str, str, str]](), [""]
        simulated = SimulatedNotices(
            Signatures("supervision", SECRET),
            lambda one: told.append((one["messageId"], one["receiver"], one["content"])),
        )
        with served(faulty(simulated.answer, fault)) as address:
            service = PlatformNotices(
                address=address + BASE, signing=SIGNING, caller=Caller(seconds=PATIENCE)
            )
            yield ChannelPartner(
                channel=PlatformMessages(service),
                known="GX1001",
                unknown="unknown",
                received=lambda: told,
                break_by=lambda name: fault.__setitem__(0, name),
            )


class TestSmtpMessages(MessageChannelContract):
    """电子邮件: in a real SMTP conversation, with a server that is slow, busy or hangs up."""

    faults = (MailFault.SLOW, MailFault.BUSY, MailFault.HANGS_UP)

    @pytest.fixture
    def partner(self) -> Iterator[ChannelPartner]:
        """Give adapter and server."""
        told = list[Mail]()
        simulated = SimulatedMail(told.append)

        def break_by(fault: str) -> None:
            simulated.fault = MailFault(fault) if fault else None

        with simulated_mail(simulated) as address:
            yield ChannelPartner(
                channel=smtp(address),
                known="firm@example.cn",
                unknown="unknown@example.cn",
                received=lambda: [(one.id, one.to, one.text) for one in told],
                break_by=break_by,
            )


def smtp(address: str) -> SmtpMessages:
    """Give the adapter for the server at that address."""
    return SmtpMessages(
        server=MailServer.at(address),
        sender="supervision@example.cn",
        clock=SystemClock(),
        seconds=1,
    )


@pytest.mark.parametrize(
    "address",
    ["", "firm", "@example.cn", "a@example.cn,b@example.cn", "a@example.cn\r\nBcc: b@example.cn",
     "a b@example.cn", "<a@example.cn>", "a@"],
)  # fmt: skip
def test_a_letter_goes_to_one_address_only(address: str) -> None:
    """What is no address, two of them, or a second header is refused before anybody is called."""
    assert not is_email(address)
    assert is_email("firm@example.cn")
    with pytest.raises(MessageRefused):
        smtp("smtp://127.0.0.1:9").send(written(address))


@pytest.mark.parametrize(
    "address",
    ["", "smtp.example.cn", "http://smtp.example.cn:25", "smtp://smtp.example.cn", "smtp://:25",
     "smtps://a:b@smtp.example.cn:465", "smtp://smtp.example.cn:x", "smtp://a:25/x"],
)  # fmt: skip
def test_a_mail_server_is_named_by_protocol_host_and_port(address: str) -> None:
    """Nothing is guessed, and no password stands in an address."""
    assert MailServer.at("smtps://smtp.example.cn:465").tls
    with pytest.raises(MailAddressUnfit):
        MailServer.at(address)
