"""The message service, played: each message is taken once, shown, and delivered to who is known."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from attrs import define, field

from entrypoints.simulators.serving import Asked, Told, served
from entrypoints.simulators.signatures import Signatures

BASE: Final = "/message"


@define
class SimulatedNotices:
    """``show`` is told of each message; ``states`` holds by receipt how far it has come."""

    signatures: Signatures
    show: Callable[[dict[str, Any]], None]
    states: dict[str, str] = field(factory=dict)

    def answer(self, asked: Asked) -> Told:
        """Answer a request."""
        place = (asked.method, asked.path.removeprefix(BASE))
        if place not in {("POST", "/send"), ("GET", "/status")}:
            return Told.json({"flag": "0", "errCode": "404", "errMsg": "没有这个接口"}, 404)
        if not self.signatures.hold(asked):
            return _refused("401", "签名无效")
        if asked.method == "POST":
            return self._send(json.loads(asked.body))
        state = self.states.get(asked.query.get("receipt", ""))
        return _refused("404", "没有这条消息") if state is None else _told({"state": state})

    def _send(self, said: dict[str, Any]) -> Told:
        receipt = f"R{said['messageId']}"
        if said["receiver"] == "unknown":
            return _refused("1001", "没有这个接收人")
        if receipt not in self.states:
            self.states[receipt] = "delivered"
            self.show(said)
        return _told({"receipt": receipt})


def _told(data: dict[str, Any]) -> Told:
    return Told.json({"flag": "1", "errCode": "", "errMsg": "", "data": data})


def _refused(code: str, words: str) -> Told:
    return Told.json({"flag": "0", "errCode": code, "errMsg": words, "data": None})


@contextmanager
def simulated_notices(simulated: SimulatedNotices, port: int = 0) -> Iterator[str]:
    """Serve it; give the address of its interface."""
    with served(simulated.answer, port) as address:
        yield address + BASE
