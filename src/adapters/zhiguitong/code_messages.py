"""Codes, and what phones are told, as short messages (proposal 6.4.2.4.6), over a gateway."""

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from adapters.zhiguitong.calling import PartnerUnavailable
from adapters.zhiguitong.gateway import ShortMessageGateway
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
    """Codes that are good for so many ``minutes``, over the gateway of short messages."""

    gateway: ShortMessageGateway
    minutes: int

    def send(self, phone: str, code: str) -> None:
        """Hand the code on. Raises ``CodeNotSent``."""
        self._hand_on(phone, TEMPLATE, {"code": code, "minutes": self.minutes})

    def tell(self, phone: str, change: IdentityChange) -> None:
        """Have the phone told. Raises ``CodeNotSent``."""
        self._hand_on(phone, CHANGED[change], {})

    def _hand_on(self, phone: str, template: str, parameters: Mapping[str, str | int]) -> None:
        message = self.gateway.signing.randomness.token(16).hex()
        try:
            taken = self.gateway.take(message, phone, template, parameters)
        except PartnerUnavailable:
            taken = False
        if not taken:
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
