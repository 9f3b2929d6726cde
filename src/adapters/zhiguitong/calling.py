"""Calling a partner that may be broken or taken over: one answer, small, in time, or none."""

import json
import socket
import threading
from collections.abc import Mapping
from time import monotonic
from typing import Any, ClassVar, Final
from urllib.parse import SplitResult, urlsplit

import requests
from attrs import define, frozen
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from supervision_core.kernel.errors import Refused, Unavailable, Violation

LARGEST: Final = 64 * 1024
_PIECE = 8192
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@define(eq=False)
class PartnerUnavailable(Unavailable):
    """The partner did not answer, or not as agreed."""

    code: ClassVar[str] = "zhiguitong.unavailable"


@define(eq=False)
class AddressUnfit(Refused):
    """An address of a partner is none that may be called."""

    code: ClassVar[str] = "zhiguitong.address_unfit"


def unavailable(code: str) -> PartnerUnavailable:
    """Say why, and nothing of what was sent."""
    return PartnerUnavailable((Violation(code),))


def checked_address(address: str) -> str:
    """Give the address back: HTTPS, or HTTP on this machine. Raises ``AddressUnfit``."""
    parts = urlsplit(address)
    if not is_protected(parts) or parts.username or parts.query or parts.fragment:
        raise AddressUnfit((Violation(AddressUnfit.code),))
    return address


def base_address(address: str) -> str:
    """Give an address below which interfaces lie, without a slash. Raises ``AddressUnfit``."""
    return checked_address(address).rstrip("/")


def is_protected(parts: SplitResult) -> bool:
    """Tell whether what goes to that address is protected on the way, or stays on this machine."""
    local = parts.scheme == "http" and parts.hostname in _LOOPBACK
    return bool(parts.hostname) and (local or parts.scheme == "https")


class _Cut:
    """Ends a connection a fixed time after it was made, however slowly the partner drips."""

    limit: ClassVar[float]
    sock: Any
    _timer: threading.Timer | None = None

    def connect(self) -> None:
        super().connect()  # type: ignore[misc]  # of the connection that it is mixed into
        self._timer = threading.Timer(self.limit, self._cut, (self.sock,))
        self._timer.daemon = True
        self._timer.start()

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        super().close()  # type: ignore[misc]  # as above

    @staticmethod
    def _cut(connected: socket.socket) -> None:
        try:
            socket.socket.shutdown(connected, socket.SHUT_RDWR)
        except OSError:  # closed already
            return


class _CuttingAdapter(HTTPAdapter):
    def __init__(self, limit: float) -> None:
        self._limit = limit
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Let every connection be cut at its limit."""
        super().init_poolmanager(*args, **kwargs)

        class Plain(_Cut, HTTPConnection):
            limit = self._limit

        class Secure(_Cut, HTTPSConnection):
            limit = self._limit

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}


@frozen(kw_only=True)
class Caller:
    """Asks a partner and reads one JSON object.

    No redirect is followed, no proxy or netrc of the environment is used, certificates are checked
    (against ``authorities``, a file, where given), nothing is unpacked, and all of it ends after
    ``seconds``.
    """

    seconds: float = 4.0
    authorities: str = ""

    def post(
        self,
        address: str,
        *,
        body: bytes,
        kind: str,
        headers: Mapping[str, str],
        basic: tuple[str, str] | None = None,
    ) -> dict[str, Any]:
        """Give the object that the partner answers with 200. Raises ``PartnerUnavailable``."""
        sent = {"Content-Type": kind, **headers}
        return self._ask("POST", address, sent, LARGEST, body=body, basic=basic)

    def get(
        self, address: str, *, headers: Mapping[str, str], largest: int = LARGEST
    ) -> dict[str, Any]:
        """Give the object of at most ``largest`` bytes that lies there. Raises as ``post``."""
        return self._ask("GET", address, headers, largest)

    def _ask(  # noqa: PLR0913 - what a request is made of
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        largest: int,
        *,
        body: bytes | None = None,
        basic: tuple[str, str] | None = None,
    ) -> dict[str, Any]:
        asked = {"Accept": "application/json", "Accept-Encoding": "identity", **headers}
        started = monotonic()
        with requests.Session() as session:
            session.trust_env = False
            session.headers.clear()
            for scheme in ("http://", "https://"):
                session.mount(scheme, _CuttingAdapter(self.seconds))
            try:
                with session.request(
                    method,
                    address,
                    data=body,
                    headers=asked,
                    auth=basic,
                    timeout=(min(2.0, self.seconds), self.seconds),
                    verify=self.authorities or True,
                    allow_redirects=False,
                    stream=True,
                ) as answer:
                    text = self._read(answer, started, largest)
            except (requests.RequestException, HTTPError, OSError, ValueError):
                raise unavailable("zhiguitong.unreachable") from None
        return _object(text)

    def _read(self, answer: requests.Response, started: float, largest: int) -> bytes:
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if (
            answer.status_code != requests.codes.ok
            or kind != "application/json"
            or answer.headers.get("Content-Encoding", "identity").lower() != "identity"
        ):
            raise unavailable("zhiguitong.answer_unfit")
        found = bytearray()
        while piece := answer.raw.read1(_PIECE):
            found += piece
            if len(found) > largest or monotonic() - started > self.seconds:
                raise unavailable("zhiguitong.answer_unfit")
        wanted = answer.headers.get("Content-Length")
        if wanted is not None and wanted != str(len(found)):  # cut off on the way
            raise unavailable("zhiguitong.answer_unfit")
        return bytes(found)


def _object(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise unavailable("zhiguitong.answer_unfit")
    return found


def succeeded(answer: Mapping[str, Any]) -> bool:
    """Tell whether the platform's own mark (``flag``) says success."""
    return str(answer.get("flag")).lower() in {"1", "true"}
