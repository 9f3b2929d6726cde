"""The gateway of short messages (proposal 6.4.2.4.6): one signed POST a message."""

import json
from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

from adapters.zhiguitong.calling import Caller, PartnerUnavailable, checked_address, succeeded
from adapters.zhiguitong.signing import Signing
from supervision_core.identity.model import MessageRefused, OutgoingMessage
from supervision_core.identity.ports import MessageChannel, NoticeService
from supervision_core.kernel.errors import Violation

TEXT: Final = "text"
"""The template whose only parameter is the whole text."""


@frozen(kw_only=True)
class ShortMessageGateway:
    """Takes messages by template; phone and parameters stand in the body only."""

    address: str = field(converter=checked_address)
    signing: Signing
    caller: Caller = field(factory=lambda: Caller(seconds=3.0))

    def take(self, id: str, phone: str, template: str, parameters: Mapping[str, str | int]) -> bool:
        """Hand a message on; tell whether it was taken. Raises ``PartnerUnavailable``.

        A second try has the same ``messageId``, by which the gateway knows it.
        """
        message = {
            "messageId": id,
            "phone": phone,
            "template": template,
            "parameters": dict(parameters),
        }
        body = json.dumps(message).encode()
        try:
            return self._taken(body)
        except PartnerUnavailable:
            return self._taken(body)

    def _taken(self, body: bytes) -> bool:
        headers = self.signing.headers("POST", self.address, body)
        return succeeded(
            self.caller.post(self.address, body=body, kind="application/json", headers=headers)
        )


@frozen
class GatewayMessages(MessageChannel):
    """短信: the text as the one parameter of a template; a title has no place in it."""

    gateway: ShortMessageGateway

    def send(self, message: OutgoingMessage) -> None:
        """Hand it on. Raises ``MessageRefused``, ``PartnerUnavailable``."""
        if not self.gateway.take(message.id, message.to, TEXT, {"text": message.text}):
            raise MessageRefused((Violation(MessageRefused.code),))


@frozen
class PlatformMessages(MessageChannel):
    """统一消息: to whom ``to`` names by the useridcode of the unified platform."""

    service: NoticeService

    def send(self, message: OutgoingMessage) -> None:
        """Hand it on. Raises ``MessageRefused``, ``PartnerUnavailable``."""
        if self.service.send(message.id, message.to, message.title, message.text) is None:
            raise MessageRefused((Violation(MessageRefused.code),))
