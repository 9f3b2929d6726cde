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
    text: str = field(default="", repr=False)


@define
class SimulatedGateway:
    """Takes each message once, of no phone but one that has digits only; ``show`` is told of it."""

    signatures: Signatures
    show: Callable[[ShortMessage], None]
    taken: list[str] = field(factory=list)
    """The ids of the messages, in the order in which they came."""

    def answer(self, asked: Asked) -> Told:
        """Answer a request."""
        if (asked.method, asked.path) != ("POST", SEND):
            return Told.json({"flag": "0", "errCode": "404", "errMsg": "没有这个接口"}, 404)
        if not self.signatures.hold(asked):
            return Told.json({"flag": "0", "errCode": "401", "errMsg": "签名无效"})
        said = json.loads(asked.body)
        if not said["phone"].isdecimal():
            return Told.json({"flag": "0", "errCode": "1001", "errMsg": "号码无效"})
        if said["messageId"] not in self.taken:
            self.taken.append(said["messageId"])
            told = said["parameters"]
            self.show(
                ShortMessage(
                    phone=said["phone"],
                    code=told.get("code", ""),
                    template=said["template"],
                    text=told.get("text", ""),
                )
            )
        return Told.json({"flag": "1", "errCode": "", "errMsg": ""})


@contextmanager
def simulated_gateway(simulated: SimulatedGateway, port: int = 0) -> Iterator[str]:
    """Serve it; give its address."""
    with served(simulated.answer, port) as address:
        yield address
