"""统一消息: written in the transaction, handed on after it, followed to its end."""

from datetime import datetime, timedelta

import pytest
from attrs import define, evolve

from supervision_core.identity.model import (
    DeliveryState,
    Notice,
    NoticeInvalid,
    SignOnRecord,
    User,
)
from supervision_core.identity.ports import Notices, Users
from supervision_core.identity.services.notices import (
    ListNotices,
    NoticeDelivery,
    NoticesView,
    SendNotice,
    list_notices,
    send_notice,
)
from supervision_core.kernel.errors import NotFound, Unavailable
from supervision_core.kernel.ports import Clock
from supervision_core.testing.identity import NOON
from supervision_core.testing.notices import NoticePartner, NoticeServiceContract, PlayedNotices

from .conftest import ROOT, World


@define
class Moving(Clock):
    """Goes when told."""

    at: datetime = NOON

    def now(self) -> datetime:
        """Give the moment."""
        return self.at


@define
class Post:
    """A user of a world, and the delivery of what is sent to him."""

    world: World
    service: PlayedNotices
    clock: Moving

    def deliver(self) -> dict[str, int]:
        """Go on with what is under way."""
        return dict(NoticeDelivery(self.world.transactions, self.clock, self.service).run())

    def send(self, title: str = "检查任务", text: str = "您有新的检查任务") -> str:
        """Send a message."""
        return self.world.run(send_notice, SendNotice(user_id="li.moni", title=title, text=text))

    def shown(self) -> NoticesView:
        """Give what is shown of him."""
        return self.world.commands.ask(list_notices, ListNotices(user_id="li.moni"), actor=ROOT)


@pytest.fixture
def posted(world: World) -> Post:
    """Give it, with a user whom the unified platform knows."""
    world.user("li.moni", world.department("A"))
    record = SignOnRecord(user_code="GX1001", updated_at="x")

    def known(user: User) -> None:
        user.remember_sign_on(record, at=NOON)

    world.change(Users, "li.moni", known)
    return Post(world, PlayedNotices(), Moving())


@pytest.mark.function("F218", surface="library")
def test_a_message_goes_its_way_and_keeps_it(posted: Post) -> None:
    """发送历史、送达状态、统计: waiting, accepted, delivered, each with its moment; counted."""
    first, second = posted.send(), posted.send("第二条")
    assert posted.service.sent == {}
    assert posted.deliver() == {"accepted": 2}
    assert posted.service.sent[f"R{first}"] == ("GX1001", "检查任务", "您有新的检查任务")
    posted.service.ends = {f"R{first}": True, f"R{second}": False}
    assert posted.deliver() == {"delivered": 1, "failed": 1}
    assert posted.deliver() == {}
    shown = posted.shown()
    assert shown.counts == {"delivered": 1, "failed": 1}
    ways = {one.id: [step.state.value for step in one.steps] for one in shown.items}
    assert ways == {first: ["waiting", "accepted", "delivered"],
                    second: ["waiting", "accepted", "failed"]}  # fmt: skip


def test_an_outage_loses_nothing(posted: Post) -> None:
    """服务中断: what could not be handed on waits; after three days it is given up, and said so."""
    sent = posted.send()
    posted.service.broken = True
    with pytest.raises(Unavailable):
        posted.deliver()
    posted.service.broken = False
    assert posted.deliver() == {"accepted": 1}
    posted.clock.at += timedelta(days=3)
    assert posted.deliver() == {"failed": 1}
    (one,) = posted.shown().items
    assert (one.id, one.steps[-1].reason) == (sent, "identity.notice_given_up")


@pytest.mark.parametrize(
    ("code", "reason"),
    [("unknown", "identity.notice_refused"), ("", "identity.notice_receiver_unknown")],
    ids=["refused", "nobody"],
)
def test_who_cannot_be_reached_is_told_of(posted: Post, code: str, reason: str) -> None:
    """No account there, or one that the service does not know: failed, with the reason."""

    def renamed(user: User) -> None:
        user._sign_on = SignOnRecord(user_code=code, updated_at="x") if code else None

    posted.world.change(Users, "li.moni", renamed)
    posted.send()
    assert posted.deliver() == {"failed": 1}
    assert posted.shown().items[0].steps[-1].reason == reason


def test_what_says_nothing_or_too_much_is_refused(posted: Post) -> None:
    """Empty or too long, with every reason; and to nobody outside of the administrator's area."""
    with pytest.raises(NoticeInvalid) as refused:
        posted.send("", "x" * 1001)
    assert {one.code for one in refused.value.reasons} == {
        "identity.notice_empty", "identity.text_long",
    }  # fmt: skip
    stranger = evolve(ROOT, permissions=frozenset({"identity.send_notice"}))
    with pytest.raises(NotFound):
        posted.world.run(send_notice, SendNotice(user_id="li.moni", title="x", text="x"), stranger)


def test_what_has_ended_stays_so() -> None:
    """Delivered is delivered, failed is failed, whatever is told later."""
    made = Notice.write(id="1", user="u", title="t", text="x", at=NOON)
    made.delivered(at=NOON)
    made.failed("x", at=NOON)
    made.accepted("r", at=NOON)
    assert (made.state, made.receipt) == (DeliveryState.DELIVERED, "")


def test_a_message_is_stored_as_any_aggregate(posted: Post) -> None:
    """It comes back as it was written."""
    sent = posted.send()
    with posted.world.transactions.begin() as unit:
        assert [one.id for one in unit[Notices].of_user("li.moni", 5)] == [sent]
        assert unit[Notices].in_state(DeliveryState.DELIVERED, 5) == []


class TestPlayedNotices(NoticeServiceContract):
    """What tests play keeps the contract of the port."""

    @pytest.fixture
    def partner(self) -> NoticePartner:
        """Give it."""
        service = PlayedNotices()

        def end(receipt: str, delivered: bool | None) -> None:  # noqa: FBT001 - as the port says it
            if delivered is not None:
                service.ends[receipt] = delivered

        def break_by(fault: str) -> None:
            service.broken = bool(fault)

        return NoticePartner(service, lambda: len(service.sent), end, break_by)
