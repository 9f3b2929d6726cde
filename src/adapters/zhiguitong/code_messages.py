"""Log-in codes as short messages (proposal 6.4.2.4.6), over the platform's gateway."""

import json
from typing import ClassVar, Final

from attrs import field, frozen

from adapters.zhiguitong.calling import Caller, PartnerUnavailable, checked_address, succeeded
from adapters.zhiguitong.signing import Signing
from supervision_core.identity.model import CodeNotSent
from supervision_core.identity.ports import CodeMessages
from supervision_core.kernel.errors import Violation

TEMPLATE: Final = "login_code"


@frozen(kw_only=True)
class GatewayCodeMessages(CodeMessages):
    """One signed POST a message: phone and code stand in its body only.

    A second try has the same ``messageId``, by which the gateway knows it.
    """

    tries: ClassVar[int] = 2

    address: str = field(converter=checked_address)
    signing: Signing
    minutes: int
    caller: Caller = field(factory=lambda: Caller(seconds=3.0))

    def send(self, phone: str, code: str) -> None:
        """Hand the code on. Raises ``CodeNotSent``."""
        message = {
            "messageId": self.signing.randomness.token(16).hex(),
            "phone": phone,
            "template": TEMPLATE,
            "parameters": {"code": code, "minutes": self.minutes},
        }
        body = json.dumps(message).encode()
        for _ in range(self.tries):
            headers = self.signing.headers("POST", self.address, body)
            try:
                answer = self.caller.post(
                    self.address, body=body, kind="application/json", headers=headers
                )
            except PartnerUnavailable:
                continue
            if succeeded(answer):
                return
            break
        raise CodeNotSent((Violation("identity.code_undelivered"),))


class NoCodeMessages(CodeMessages):
    """Of an installation without a gateway: nobody logs in by password."""

    def send(self, phone: str, code: str) -> None:
        """Refuse. Raises ``CodeNotSent``."""
        del phone, code
        raise CodeNotSent((Violation("identity.code_undelivered"),))
