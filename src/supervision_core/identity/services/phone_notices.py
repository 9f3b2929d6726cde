"""Telling the phone that a user had before of what was changed of him."""

from collections import Counter
from collections.abc import Mapping

from attrs import frozen

from supervision_core.identity.model import CodeNotSent, IdentityChange, PhoneNotice
from supervision_core.identity.ports import CodeMessages, PhoneNotices
from supervision_core.identity.services.frame import Work
from supervision_core.kernel.ports import Clock, Transactions


def tell_old_phone(work: Work, phone: str, change: IdentityChange) -> None:
    """Have the phone that a user had before told of ``change``, once it is committed.

    Of nobody's phone, an empty one, nothing is told. The worker sends it.
    """
    if phone:
        made = PhoneNotice(id=work.ids.next_id(), phone=phone, change=change, made_at=work.now)
        work.save(PhoneNotices, made)


@frozen
class PhoneNoticeDelivery:
    """Hands these on as short messages, outside of any transaction; each may be sent twice."""

    transactions: Transactions
    clock: Clock
    messages: CodeMessages

    def run(self, limit: int = 200) -> Mapping[str, int]:
        """Go on with at most ``limit``; tell how many were sent, and how many failed and wait.

        One is given up three days after the change.
        """
        with self.transactions.begin_reading() as unit:
            waiting = unit[PhoneNotices].waiting(self.clock.now(), limit)
        return dict(Counter(self._sent(one) for one in waiting))

    def _sent(self, notice: PhoneNotice) -> str:
        try:
            self.messages.tell(notice.phone, notice.change)
        except CodeNotSent:
            return "failed"
        with self.transactions.begin() as unit:
            fresh = unit[PhoneNotices].get(notice.id)
            fresh.sent(at=self.clock.now())
            unit[PhoneNotices].save(fresh)
            unit.commit()
        return "sent"
