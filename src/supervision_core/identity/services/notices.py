"""统一消息接入: messages to users, handed to the unified message service and followed."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from attrs import field, frozen

from supervision_core.identity.model import DeliveryState, DeliveryStep, Notice
from supervision_core.identity.ports import Notices, NoticeService, Users
from supervision_core.identity.services.frame import Work, question, use_case
from supervision_core.identity.services.keeping import find, managed_user
from supervision_core.kernel.fields import said
from supervision_core.kernel.ports import Clock, Transactions

SHOWN: Final = 200


@frozen(kw_only=True)
class SendNotice:
    """To whom a message goes, and what it says: nothing that is personal."""

    user_id: str = field(metadata=said("用户编号", example="clerk"))
    title: str = field(metadata=said("消息标题，至多100字", example="检查任务"))
    text: str = field(metadata=said("消息内容，至多1000字", example="您有新的检查任务"))


@use_case("identity.send_notice", "向用户发送消息")
def send_notice(work: Work, cmd: SendNotice) -> str:
    """Send a message to a user whom the administrator manages; gives its id.

    It is handed on by the worker, after this is committed.
    """
    user = managed_user(work, cmd.user_id)
    return notify(work, user.id, title=cmd.title, text=cmd.text)


def notify(work: Work, user: str, *, title: str, text: str) -> str:
    """Write a message to a user as part of a use case; gives its id. Raises ``NoticeInvalid``."""
    made = Notice.write(id=work.ids.next_id(), user=user, title=title, text=text, at=work.now)
    work.save(Notices, made)
    return made.id


@frozen(kw_only=True)
class ListNotices:
    """The user whose messages are shown."""

    user_id: str = field(metadata=said("用户编号", example="clerk"))


@frozen(kw_only=True)
class NoticeView:
    """A message, and its way so far."""

    id: str = field(metadata=said("编号", example="n000001"))
    title: str = field(metadata=said("消息标题", example="检查任务"))
    text: str = field(metadata=said("消息内容", example="您有新的检查任务"))
    made_at: datetime = field(metadata=said("写成的时间", example="2026-01-31T08:00:00+00:00"))
    state: DeliveryState = field(
        metadata=said(
            "waiting待发送，accepted已受理，delivered已送达，failed未送达", example="delivered"
        )
    )
    steps: tuple[DeliveryStep, ...] = field(metadata=said("送达的经过，从先到后"))


@frozen(kw_only=True)
class NoticesView:
    """The newest messages to a user, newest first, and how many of these stand where."""

    items: tuple[NoticeView, ...] = field(metadata=said("本页各行"))
    counts: Mapping[str, int] = field(
        metadata=said("各状态的条数，按状态", example={"delivered": 1})
    )


@question("identity.list_notices", "查看发给用户的消息")
def list_notices(work: Work, about: ListNotices) -> NoticesView:
    """List the newest 200 messages to a user whom the administrator manages, with their ways."""
    found = work[Notices].of_user(managed_user(work, about.user_id).id, SHOWN)
    return NoticesView(
        items=tuple(
            NoticeView(
                id=one.id,
                title=one.title,
                text=one.text,
                made_at=one.made_at,
                state=one.state,
                steps=one.steps,
            )
            for one in found
        ),
        counts=dict(Counter(one.state.value for one in found)),
    )


@frozen
class NoticeDelivery:
    """Hands messages to the message service, and asks what became of them.

    Outside of any transaction: a message may be handed on twice, always under its own id, by which
    the service knows it again.
    """

    transactions: Transactions
    clock: Clock
    service: NoticeService

    def run(self, limit: int = 200) -> Mapping[str, int]:
        """Go on with at most ``limit`` messages of each state; tell how many ended in which state.

        Raises ``Unavailable``: what was done before stays, the others wait. A message is given up
        three days after it was written.
        """
        with self.transactions.begin_reading() as unit:
            notices = unit[Notices]
            found = notices.in_state(DeliveryState.WAITING, limit)
            found += notices.in_state(DeliveryState.ACCEPTED, limit)
        ended: Counter[str] = Counter()
        for one in found:
            ended[self._followed(one).value] += 1
        return dict(ended)

    def _followed(self, notice: Notice) -> DeliveryState:
        if notice.overdue(at=self.clock.now()):
            return self._failed(notice, "identity.notice_given_up")
        if notice.state is DeliveryState.ACCEPTED:
            return self._asked(notice)
        return self._sent(notice)

    def _sent(self, notice: Notice) -> DeliveryState:
        with self.transactions.begin_reading() as unit:
            user = find(unit, Users, notice.user)
        receiver = user.sign_on.user_code if user is not None and user.sign_on is not None else ""
        if not receiver:
            return self._failed(notice, "identity.notice_receiver_unknown")
        receipt = self.service.send(notice.id, receiver, notice.title, notice.text)
        if receipt is None:
            return self._failed(notice, "identity.notice_refused")
        return self._noted(notice, lambda one, at: one.accepted(receipt, at=at))

    def _asked(self, notice: Notice) -> DeliveryState:
        delivered = self.service.delivered(notice.receipt)
        if delivered is None:
            return notice.state
        if delivered:
            return self._noted(notice, lambda one, at: one.delivered(at=at))
        return self._failed(notice, "identity.notice_undelivered")

    def _failed(self, notice: Notice, reason: str) -> DeliveryState:
        return self._noted(notice, lambda one, at: one.failed(reason, at=at))

    def _noted(self, notice: Notice, note: Callable[[Notice, datetime], None]) -> DeliveryState:
        with self.transactions.begin() as unit:
            fresh = unit[Notices].get(notice.id)
            note(fresh, self.clock.now())
            unit[Notices].save(fresh)
            unit.commit()
        return fresh.state
