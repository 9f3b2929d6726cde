"""Codes, and what phones are told, as short messages (proposal 6.4.2.4.6), over a gateway."""

import json
from collections.abc import Mapping
from typing import ClassVar, Final

from attrs import field, frozen

from adapters.zhiguitong.calling import Caller, PartnerUnavailable, checked_address, succeeded
from adapters.zhiguitong.signing import Signing
from supervision_core.identity.model import CodeNotSent, IdentityChange
from supervision_core.identity.ports import CodeMessages
from supervision_core.kernel.errors import Violation

TEMPLATE: Final = "login_code"
CHANGED: Final[Mapping[IdentityChange, str]] = {
    IdentityChange.PHONE: "phone_changed",
    IdentityChange.DOCUMENT: "document_changed",
}
"""By which templates a phone is told what was changed of whose it was."""


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
        self._hand_on(phone, TEMPLATE, {"code": code, "minutes": self.minutes})

    def tell(self, phone: str, change: IdentityChange) -> None:
        """Have the phone told. Raises ``CodeNotSent``."""
        self._hand_on(phone, CHANGED[change], {})

    def _hand_on(self, phone: str, template: str, parameters: Mapping[str, str | int]) -> None:
        message = {
            "messageId": self.signing.randomness.token(16).hex(),
            "phone": phone,
            "template": template,
            "parameters": dict(parameters),
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

    def tell(self, phone: str, change: IdentityChange) -> None:
        """Refuse. Raises ``CodeNotSent``."""
        del phone, change
        raise CodeNotSent((Violation("identity.code_undelivered"),))
