"""检查任务通知: what users are told inside the platform, told also by channels that lead out."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Final

from attrs import frozen

from supervision_core.identity.model import Channel, MessageRefused, OutgoingMessage, User
from supervision_core.identity.ports import MessageChannel, Users
from supervision_core.identity.services.keeping import find
from supervision_core.identity.services.station_messages import Messenger
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.outbox import Envelope, Receiver, Receiving

TEXT: Final = "您有新的“{title}”，请登录广西跨部门综合监管平台办理。"
STALE: Final = timedelta(days=3)


@frozen
class Reminders:
    """Sends each user whom ``messenger`` addresses a short message and a unified message.

    Nothing of the matter is in it: only that there is something to do, and of which sort. Sent
    again it has the same id. What happened long ago, or a channel refuses, is not pursued: the
    station message stands.
    """

    messenger: Messenger
    channels: Mapping[Channel, MessageChannel]

    @property
    def receiver(self) -> Receiver:
        """Give it as a receiver of events."""
        return Receiver(
            name="reminders", title="发送检查任务通知", receive=self.receive,
            names=frozenset(self.messenger.tellings), outside=True, leaves=True,
        )  # fmt: skip

    def receive(self, receiving: Receiving, events: Sequence[Envelope]) -> None:
        """Send what these events tell. Raises ``Unavailable``."""
        fresh = [one for one in events if receiving.now < one.at + STALE]
        for event, telling, name in self.messenger.addressed(receiving, fresh):
            user = find(receiving.unit, Users, name)
            for channel, to in _reached(user):
                if channel in self.channels:
                    message = OutgoingMessage(
                        id=sm3(f"{event.number}/{name}/{channel}".encode()).hex()[:32],
                        to=to,
                        title=telling.title,
                        text=TEXT.format(title=telling.title),
                    )
                    with suppress(MessageRefused):
                        self.channels[channel].send(message)


def _reached(user: User | None) -> Iterator[tuple[Channel, str]]:
    """Give where a user can be reached, by channel."""
    if user is not None and user.account.phone:
        yield Channel.SMS, user.account.phone
    if user is not None and user.sign_on is not None:
        yield Channel.NOTICE, user.sign_on.user_code
