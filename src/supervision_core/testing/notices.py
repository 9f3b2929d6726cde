"""Contract of what brings messages to users, and one that is played."""

from typing import Any

from attrs import define, field

from supervision_core.identity.ports import NoticeService
from supervision_core.kernel.errors import Unavailable, Violation


@define
class PlayedNotices(NoticeService):
    """Keeps what was sent, once each; ``ends`` says by receipt what became of it."""

    sent: dict[str, tuple[str, str, str]] = field(factory=dict)
    ends: dict[str, bool] = field(factory=dict)
    broken: bool = False

    def send(self, id: str, receiver: str, title: str, text: str) -> str | None:
        """Keep it; nobody called ``unknown`` is known."""
        self._require_whole()
        if receiver == "unknown":
            return None
        self.sent[f"R{id}"] = (receiver, title, text)
        return f"R{id}"

    def delivered(self, receipt: str) -> bool | None:
        """Tell what the test decided."""
        self._require_whole()
        return self.ends.get(receipt)

    def _require_whole(self) -> None:
        if self.broken:
            raise Unavailable((Violation(Unavailable.code),))


@define
class NoticePartner:
    """A message service as a test moves it.

    ``sent()`` gives how many messages it took; ``end(receipt, delivered)`` decides what became of
    one; ``break_by(fault)`` makes it answer wrongly from then on, "" rightly again.
    """

    service: NoticeService
    sent: Any
    end: Any
    break_by: Any


class NoticeServiceContract:
    """Fixture ``partner``: a message service that knows everybody but ``unknown``."""

    faults: tuple[str, ...] = ("error",)

    def test_a_message_is_taken_once_and_followed(self, partner: NoticePartner) -> None:
        """Sent twice under one id it is one message; delivered or not shows once it is known."""
        first = partner.service.send("1", "GX1001", "标题", "内容")
        assert first
        assert partner.service.send("1", "GX1001", "标题", "内容") == first
        second = partner.service.send("2", "GX1001", "标题", "内容")
        assert second not in {None, first}
        assert partner.sent() == 2
        partner.end(first, None)
        assert partner.service.delivered(first) is None
        for delivered in (True, False):
            partner.end(first, delivered)
            assert partner.service.delivered(first) is delivered

    def test_who_is_unknown_gets_nothing(self, partner: NoticePartner) -> None:
        """Refused, and not taken."""
        assert partner.service.send("1", "unknown", "标题", "内容") is None
        assert partner.sent() == 0

    def test_a_service_that_answers_wrongly_is_unavailable(self, partner: NoticePartner) -> None:
        """Whatever it does wrong, nothing counts as taken or delivered."""
        receipt = partner.service.send("1", "GX1001", "标题", "内容")
        for fault in self.faults:
            partner.break_by(fault)
            for act in (
                lambda: partner.service.send("2", "GX1001", "标题", "内容"),
                lambda: partner.service.delivered(receipt or ""),
            ):
                try:
                    act()
                except Unavailable:
                    continue
                raise AssertionError(fault)
            partner.break_by("")
