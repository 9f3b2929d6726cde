"""Log-in codes as short messages (proposal 6.4.2.4.6), over the platform's gateway."""

import json
from typing import ClassVar, Final
from urllib.parse import urlsplit

from attrs import field, frozen

from adapters.zhiguitong.calling import Caller, PartnerUnavailable, checked_address, succeeded
from supervision_core.identity.model import CodeNotSent
from supervision_core.identity.ports import CodeMessages
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.crypto import Mac
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.ports import Clock, Randomness

TEMPLATE: Final = "login_code"


@frozen(kw_only=True)
class GatewayCodeMessages(CodeMessages):
    """One signed POST a message: phone and code stand in its body only.

    ``X-Signature`` is HMAC-SM3 (hex) over method, path, ``X-Timestamp``, ``X-Nonce`` and SM3 of
    the body, a line each. A second try has the same ``messageId``, by which the gateway knows it.
    """

    tries: ClassVar[int] = 2

    address: str = field(converter=checked_address)
    application: str
    mac: Mac
    clock: Clock
    randomness: Randomness
    minutes: int
    caller: Caller = field(factory=lambda: Caller(seconds=3.0))

    def send(self, phone: str, code: str) -> None:
        """Hand the code on. Raises ``CodeNotSent``."""
        message = {
            "messageId": self.randomness.token(16).hex(),
            "phone": phone,
            "template": TEMPLATE,
            "parameters": {"code": code, "minutes": self.minutes},
        }
        body = json.dumps(message).encode()
        for _ in range(self.tries):
            try:
                answer = self.caller.post(
                    self.address, body=body, kind="application/json", headers=self._signed(body)
                )
            except PartnerUnavailable:
                continue
            if succeeded(answer):
                return
            break
        raise CodeNotSent((Violation("identity.code_undelivered"),))

    def _signed(self, body: bytes) -> dict[str, str]:
        timestamp = str(int(self.clock.now().timestamp()))
        nonce = self.randomness.token(16).hex()
        lines = ("POST", urlsplit(self.address).path, timestamp, nonce, sm3(body).hex())
        return {
            "X-Application": self.application,
            "X-Timestamp": timestamp,
            "X-Nonce": nonce,
            "X-Signature": self.mac.tag("\n".join(lines).encode()).hex(),
        }


class NoCodeMessages(CodeMessages):
    """Of an installation without a gateway: nobody logs in by password."""

    def send(self, phone: str, code: str) -> None:
        """Refuse. Raises ``CodeNotSent``."""
        del phone, code
        raise CodeNotSent((Violation("identity.code_undelivered"),))
