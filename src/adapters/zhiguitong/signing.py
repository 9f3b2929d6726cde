"""How requests of ours are signed where the proposal names no form of signature."""

from urllib.parse import urlsplit

from attrs import frozen

from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.crypto import Mac
from supervision_core.kernel.ports import Clock, Randomness


@frozen(kw_only=True)
class Signing:
    """Signs as ``application`` (AppCode); ``mac`` is keyed by its secret.

    ``X-Signature`` is HMAC-SM3 (hex) over method, path (with what follows the ``?``),
    ``X-Timestamp`` (seconds), ``X-Nonce`` and SM3 of the body, a line each.
    """

    application: str
    mac: Mac
    clock: Clock
    randomness: Randomness

    def headers(self, method: str, address: str, body: bytes = b"") -> dict[str, str]:
        """Give the headers of one request, good once."""
        parts = urlsplit(address)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        timestamp = str(int(self.clock.now().timestamp()))
        nonce = self.randomness.token(16).hex()
        lines = (method, path, timestamp, nonce, sm3(body).hex())
        return {
            "X-Application": self.application,
            "X-Timestamp": timestamp,
            "X-Nonce": nonce,
            "X-Signature": self.mac.tag("\n".join(lines).encode()).hex(),
        }
