"""A witness at another department: what it answers over HTTP, by the standard library alone."""

import json
import re
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Final

from entrypoints.container import FileWitness
from supervision_core.audit.model import CheckpointMalformed, SignedCheckpoint, WitnessRefused
from supervision_core.kernel.canonical import Json

_LOG = re.compile(r"/v1/logs/([A-Za-z0-9-]{1,36})")
_LONGEST: Final = 1_000_000
_SECONDS: Final = 10
_OK, _BAD, _ABSENT, _REFUSED, _TOO_LARGE = 200, 400, 404, 409, 413
Answer = tuple[int, Mapping[str, Json]]


class WitnessServer(ThreadingHTTPServer):
    """Answers for one witness: its key, what it saw last, and its co-signatures."""

    daemon_threads = True

    def __init__(self, place: tuple[str, int], witness: FileWitness, public_key: bytes) -> None:
        """Listen at ``place``."""
        self.witness, self.public_key = witness, public_key
        super().__init__(place, _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: WitnessServer
    server_version = "witness"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout: ClassVar[int] = _SECONDS

    def do_GET(self) -> None:
        """Give the key, or the size that was seen last."""
        self._answer(self._read)

    def do_POST(self) -> None:
        """Co-sign a checkpoint."""
        self._answer(self._cosign)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the witness's files are its log."""

    def _read(self) -> Answer:
        if self.path == "/v1/key":
            return _OK, {"public_key": self.server.public_key.hex()}
        match = _LOG.fullmatch(self.path)
        if match is None:
            return _ABSENT, {}
        return _OK, {"size": self.server.witness.seen(match[1])}

    def _cosign(self) -> Answer:
        match = _LOG.fullmatch(self.path)
        length = self.headers.get("Content-Length", "")
        if match is None or not length.isdecimal():
            return (_ABSENT if match is None else _BAD), {}
        if int(length) > _LONGEST:
            self.close_connection = True
            return _TOO_LARGE, {}
        try:
            signed, proof = _read_request(self.rfile.read(int(length)), match[1])
            return _OK, self.server.witness.cosign(signed, proof).plain()
        except (ValueError, KeyError, TypeError, CheckpointMalformed):
            return _BAD, {}
        except WitnessRefused as error:
            reasons: list[Json] = [
                {"code": one.code, "data": dict(one.data)} for one in error.reasons
            ]
            return _REFUSED, {"reasons": reasons}

    def _answer(self, act: Callable[[], Answer]) -> None:
        status, plain = act()
        body = json.dumps(plain, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _read_request(body: bytes, log: str) -> tuple[SignedCheckpoint, list[bytes]]:
    plain = json.loads(body)
    signed = SignedCheckpoint.read(plain["checkpoint"])
    if signed.checkpoint.log != log:
        raise ValueError(log)
    return signed, [bytes.fromhex(one) for one in plain["proof"]]
