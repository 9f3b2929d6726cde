"""The gateway of short messages, played: checks signatures, shows messages to the operator."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from attrs import define, field, frozen

from entrypoints.simulators.serving import Asked, Told, served
from entrypoints.simulators.signatures import Signatures

SEND: Final = "/sms/send"


@frozen(kw_only=True)
class ShortMessage:
    """A message that would have been sent."""

    phone: str = field(repr=False)
    code: str = field(repr=False)
    template: str


@define
class SimulatedGateway:
    """Takes each message once; ``show`` is told of it."""

    signatures: Signatures
    show: Callable[[ShortMessage], None]
    _seen: set[str] = field(factory=set)

    def answer(self, asked: Asked) -> Told:
        """Answer a request."""
        if (asked.method, asked.path) != ("POST", SEND):
            return Told.json({"flag": "0", "errCode": "404", "errMsg": "没有这个接口"}, 404)
        if not self.signatures.hold(asked):
            return Told.json({"flag": "0", "errCode": "401", "errMsg": "签名无效"})
        said = json.loads(asked.body)
        if said["messageId"] not in self._seen:
            self._seen.add(said["messageId"])
            code = said["parameters"].get("code", "")
            self.show(ShortMessage(phone=said["phone"], code=code, template=said["template"]))
        return Told.json({"flag": "1", "errCode": "", "errMsg": ""})


@contextmanager
def simulated_gateway(simulated: SimulatedGateway, port: int = 0) -> Iterator[str]:
    """Serve it; give its address."""
    with served(simulated.answer, port) as address:
        yield address
