"""Checking the signatures that our adapters make, as a partner would."""

import hmac
import time
from collections.abc import Callable

from attrs import define, field

from entrypoints.simulators.serving import Asked
from supervision_core.kernel.canonical import sm3

_SECONDS = 300


@define
class Signatures:
    """Those of one application, known by its id and secret; each counts once, for five minutes."""

    application: str
    secret: str = field(repr=False)
    now: Callable[[], float] = time.time
    """Tells the seconds since 1970."""
    _seen: set[str] = field(factory=set)

    def hold(self, asked: Asked) -> bool:
        """Tell whether the application itself sent this just now, and not before."""
        headers = asked.headers
        timestamp, nonce = headers.get("x-timestamp", "0"), headers.get("x-nonce", "")
        lines = (asked.method, asked.target, timestamp, nonce, sm3(asked.body).hex())
        wanted = hmac.new(self.secret.encode(), "\n".join(lines).encode(), "sm3").hexdigest()
        fresh = timestamp.isdigit() and abs(self.now() - int(timestamp)) < _SECONDS
        first = nonce and nonce not in self._seen
        self._seen.add(nonce)
        given = headers.get("x-signature", "")
        known = headers.get("x-application") == self.application
        return bool(fresh and first and known and hmac.compare_digest(given, wanted))
