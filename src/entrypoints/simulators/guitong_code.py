"""The platform of 桂通码, played: it issues codes of its own, and knows what each stands for."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from attrs import define, field

from entrypoints.simulators.serving import Asked, Told, served
from entrypoints.simulators.signatures import Signatures
from supervision_core.kernel.canonical import sm3

BASE: Final = "/guitong-code"
_LENGTH: Final = 24


@define
class SimulatedGuitongCode:
    """``payloads`` holds by code what was handed in for it."""

    signatures: Signatures
    payloads: dict[str, str] = field(factory=dict)

    def answer(self, asked: Asked) -> Told:
        """Answer a request."""
        place = asked.path.removeprefix(BASE)
        if asked.method != "POST" or place not in {"/make", "/resolve"}:
            return _told("0", None, 404)
        if not self.signatures.hold(asked):
            return _told("0", None)
        said = json.loads(asked.body)
        if place == "/make":
            code = f"GTM{sm3(said['payload'].encode()).hex()[:_LENGTH].upper()}"
            self.payloads[code] = said["payload"]
            return _told("1", {"code": code})
        payload = self.payloads.get(said["code"])
        return _told("0", None) if payload is None else _told("1", {"payload": payload})


def _told(flag: str, data: Any, status: int = 200) -> Told:
    return Told.json({"flag": flag, "errCode": "", "errMsg": "", "data": data}, status)


@contextmanager
def simulated_guitong_code(simulated: SimulatedGuitongCode, port: int = 0) -> Iterator[str]:
    """Serve it; give the address of its interface."""
    with served(simulated.answer, port) as address:
        yield address + BASE
