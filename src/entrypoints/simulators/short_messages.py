"""The gateway of short messages, played: checks signatures, shows messages to the operator."""

import hmac
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from attrs import define, field, frozen

from entrypoints.simulators.serving import Asked, Told, served
from supervision_core.kernel.canonical import sm3

SEND: Final = "/sms/send"
_SECONDS = 300


@frozen(kw_only=True)
class ShortMessage:
    """A message that would have been sent."""

    phone: str = field(repr=False)
    code: str = field(repr=False)


@define
class SimulatedGateway:
    """Takes each message once; ``show`` is told of it."""

    application: str
    secret: str = field(repr=False)
    show: Callable[[ShortMessage], None]
    _seen: set[str] = field(factory=set)

    def answer(self, asked: Asked) -> Told:
        """Answer a request."""
        if (asked.method, asked.path) != ("POST", SEND):
            return Told.json({"flag": "0", "errCode": "404", "errMsg": "没有这个接口"}, 404)
        if not self._signed(asked):
            return Told.json({"flag": "0", "errCode": "401", "errMsg": "签名无效"})
        said = json.loads(asked.body)
        if said["messageId"] not in self._seen:
            self._seen.add(said["messageId"])
            self.show(ShortMessage(phone=said["phone"], code=said["parameters"]["code"]))
        return Told.json({"flag": "1", "errCode": "", "errMsg": ""})

    def _signed(self, asked: Asked) -> bool:
        headers = asked.headers
        timestamp, nonce = headers.get("x-timestamp", "0"), headers.get("x-nonce", "")
        lines = ("POST", asked.path, timestamp, nonce, sm3(asked.body).hex())
        wanted = hmac.new(self.secret.encode(), "\n".join(lines).encode(), "sm3").hexdigest()
        fresh = timestamp.isdigit() and abs(time.time() - int(timestamp)) < _SECONDS
        first = nonce and nonce not in self._seen
        self._seen.add(nonce)
        given = headers.get("x-signature", "")
        known = headers.get("x-application") == self.application
        return bool(fresh and first and known and hmac.compare_digest(given, wanted))


@contextmanager
def simulated_gateway(simulated: SimulatedGateway, port: int = 0) -> Iterator[str]:
    """Serve it; give its address."""
    with served(simulated.answer, port) as address:
        yield address
