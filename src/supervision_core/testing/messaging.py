"""Contract of what sends messages to people, and one channel that is played."""

from collections.abc import Callable, Sequence

from attrs import define, evolve, field, frozen

from supervision_core.identity.model import MessageRefused, OutgoingMessage
from supervision_core.identity.ports import MessageChannel
from supervision_core.kernel.errors import DomainError, Unavailable, Violation


@define
class PlayedChannel(MessageChannel):
    """Keeps what was sent, once each; nobody called ``unknown`` gets anything."""

    taken: dict[str, OutgoingMessage] = field(factory=dict)
    broken: bool = False

    def send(self, message: OutgoingMessage) -> None:
        """Keep it."""
        if self.broken:
            raise Unavailable((Violation(Unavailable.code),))
        if message.to == "unknown":
            raise MessageRefused((Violation(MessageRefused.code),))
        self.taken[message.id] = message


@frozen(kw_only=True)
class ChannelPartner:
    """A channel as a test moves it.

    ``known`` gets messages, ``unknown`` none. ``received()`` gives id, receiver and text of what
    arrived; ``break_by(fault)`` makes the partner answer wrongly from then on, "" rightly again.
    """

    channel: MessageChannel
    known: str
    unknown: str
    received: Callable[[], Sequence[tuple[str, str, str]]]
    break_by: Callable[[str], None]


class MessageChannelContract:
    """Fixture ``partner``: a ``ChannelPartner``; ``faults`` are the faults that it can have."""

    faults: tuple[str, ...] = ("error",)

    def test_a_message_arrives_and_is_known_again(self, partner: ChannelPartner) -> None:
        """Receiver and words arrive as they were given; sent again it bears the same id."""
        message = written(partner.known)
        partner.channel.send(message)
        partner.channel.send(message)
        assert set(partner.received()) == {(message.id, message.to, message.text)}
        partner.channel.send(evolve(message, id="m-2"))
        assert {one[0] for one in partner.received()} == {message.id, "m-2"}

    def test_who_is_unknown_is_refused_for_good(self, partner: ChannelPartner) -> None:
        """Refused as ``identity.message_refused``, and nothing arrives."""
        refused = refusal_of(partner.channel, written(partner.unknown))
        assert isinstance(refused, MessageRefused)
        assert says_nothing(refused, partner.unknown)
        assert not partner.received()

    def test_a_partner_that_answers_wrongly_is_unavailable(self, partner: ChannelPartner) -> None:
        """Whatever it does wrong, it may be tried again; the error tells nothing personal."""
        for fault in self.faults:
            partner.break_by(fault)
            away = refusal_of(partner.channel, written(partner.known))
            assert isinstance(away, Unavailable), fault
            assert says_nothing(away, partner.known), fault
        partner.break_by("")
        partner.channel.send(written(partner.known))
        assert partner.received()


def written(to: str) -> OutgoingMessage:
    """Give a message to somebody."""
    return OutgoingMessage(
        id="m-1", to=to, title="文书送达", text="您有一份文书，请在2026年3月1日前查收。"
    )


def refusal_of(channel: MessageChannel, message: OutgoingMessage) -> DomainError:
    """Give the error with which a message is not sent. Raises ``AssertionError`` if it is."""
    try:
        channel.send(message)
    except DomainError as refusal:
        return refusal
    raise AssertionError(message.id)


def says_nothing(error: DomainError, receiver: str) -> bool:
    """Tell that an error tells neither to whom nor what was written, nor do those shown with it."""
    shown: BaseException | None = error
    while shown is not None:
        told = f"{shown!r} {shown} {getattr(shown, 'reasons', '')}"
        if receiver in told or "文书" in told:
            return False
        shown = shown.__cause__ or (None if shown.__suppress_context__ else shown.__context__)
    return True
