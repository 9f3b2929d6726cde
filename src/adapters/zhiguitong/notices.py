"""统一消息 of the existing platform (proposal 6.4.2.12.8.1, 6.4.2.4.3)."""

import json
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from attrs import field, frozen

from adapters.zhiguitong.calling import Caller, base_address, succeeded, unavailable
from adapters.zhiguitong.fields import text_of, told_of
from adapters.zhiguitong.signing import Signing
from supervision_core.identity.ports import NoticeService

_ENDS: Final[Mapping[str, bool | None]] = {"sending": None, "delivered": True, "failed": False}


@frozen(kw_only=True)
class PlatformNotices(NoticeService):
    """The message service at ``address``.

    The proposal gives no interface. Assumed: ``POST`` to ``send`` of ``messageId`` (by which a
    second try is known), ``receiver`` (the user's useridcode), ``title`` and ``content``, answered
    with ``receipt`` in ``data``; ``GET`` of ``status`` with that ``receipt``, answered by ``state``
    (``sending``, ``delivered``, ``failed``). Signed as short messages are (``Signing``).
    """

    address: str = field(converter=base_address)
    signing: Signing
    caller: Caller = field(factory=Caller)

    def send(self, id: str, receiver: str, title: str, text: str) -> str | None:
        """Hand it on; everything that is said stands in the body only."""
        said = {"messageId": id, "receiver": receiver, "title": title, "content": text}
        body, address = json.dumps(said).encode(), f"{self.address}/send"
        headers = self.signing.headers("POST", address, body)
        answer = self.caller.post(address, body=body, kind="application/json", headers=headers)
        if not succeeded(answer):
            return None
        receipt = text_of(told_of(answer.get("data")), "receipt")
        if not receipt:
            raise unavailable("zhiguitong.answer_unfit")
        return receipt

    def delivered(self, receipt: str) -> bool | None:
        """Ask how far it has come."""
        address = f"{self.address}/status?{urlencode({'receipt': receipt})}"
        answer = self.caller.get(address, headers=self.signing.headers("GET", address))
        state = text_of(told_of(answer.get("data")), "state") if succeeded(answer) else ""
        if state not in _ENDS:
            raise unavailable("zhiguitong.answer_unfit")
        return _ENDS[state]
