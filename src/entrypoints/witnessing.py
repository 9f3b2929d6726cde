"""A witness at another department: what it answers over HTTP, by the standard library alone."""

import json
import re
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Final

from entrypoints.container import FileOpenings, FileWitness
from supervision_core.audit.model import CheckpointMalformed, SignedCheckpoint, WitnessRefused
from supervision_core.audit.row_proof import ProofWrong, RowProof
from supervision_core.draws.model.deposits import ClosedList, DepositsUnopened
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.plain import from_plain

_LOG = re.compile(r"/v1/logs/([A-Za-z0-9-]{1,36})")
_OPENING = re.compile(r"/v1/logs/([A-Za-z0-9-]{1,36})/openings")
_LONGEST: Final = 1_000_000
_SECONDS: Final = 10
_OK, _BAD, _ABSENT, _REFUSED, _TOO_LARGE = 200, 400, 404, 409, 413
Answer = tuple[int, Mapping[str, Json]]


class WitnessServer(ThreadingHTTPServer):
    """Answers for one witness: its keys, what it saw last, its co-signatures, what it opens."""

    daemon_threads = True

    def __init__(
        self,
        place: tuple[str, int],
        witness: FileWitness,
        public_key: bytes,
        openings: FileOpenings | None = None,
    ) -> None:
        """Listen at ``place``; without ``openings`` it keeps no deposits."""
        self.witness, self.public_key, self.openings = witness, public_key, openings
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
        """Co-sign a checkpoint, or open the deposits of a round."""
        self._answer(self._open if _OPENING.fullmatch(self.path) else self._cosign)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the witness's files are its log."""

    def _read(self) -> Answer:
        if self.path == "/v1/key":
            return _OK, {"public_key": self.server.public_key.hex()}
        if self.path == "/v1/deposits" and self.server.openings is not None:
            key, signature = self.server.openings.key()
            return _OK, {"public_key": key.hex(), "signature": dict(signature)}
        match = _LOG.fullmatch(self.path)
        if match is None:
            return _ABSENT, {}
        return _OK, {"size": self.server.witness.seen(match[1])}

    def _cosign(self) -> Answer:
        def act(body: bytes, log: str) -> Mapping[str, Json]:
            return self.server.witness.cosign(*_read_request(body, log)).plain()

        return self._posted(_LOG, act)

    def _open(self) -> Answer:
        openings = self.server.openings
        if openings is None:
            return _ABSENT, {}

        def act(body: bytes, log: str) -> Mapping[str, Json]:
            found = openings.open(*_read_opening(body, log))
            return {"opened": {name: plain.hex() for name, plain in found.items()}}

        return self._posted(_OPENING, act)

    def _posted(
        self, place: re.Pattern[str], act: Callable[[bytes, str], Mapping[str, Json]]
    ) -> Answer:
        match = place.fullmatch(self.path)
        length = self.headers.get("Content-Length", "")
        if match is None or not length.isdecimal():
            return (_ABSENT if match is None else _BAD), {}
        if int(length) > _LONGEST:
            self.close_connection = True
            return _TOO_LARGE, {}
        try:
            return _OK, act(self.rfile.read(int(length)), match[1])
        except (ValueError, KeyError, TypeError, CheckpointMalformed, ProofWrong):
            return _BAD, {}
        except (WitnessRefused, DepositsUnopened) as error:
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


def _read_opening(body: bytes, log: str) -> tuple[ClosedList, RowProof, bytes]:
    plain = json.loads(body)
    proof = RowProof.read(plain["proof"])
    if proof.signed.checkpoint.log != log:
        raise ValueError(log)
    try:
        closed = from_plain(ClosedList, plain["list"])
    except Exception as error:  # whatever does not fit, in the converter's many words
        raise ValueError(log) from error
    return closed, proof, bytes.fromhex(plain["key"])


def _read_request(body: bytes, log: str) -> tuple[SignedCheckpoint, list[bytes]]:
    plain = json.loads(body)
    signed = SignedCheckpoint.read(plain["checkpoint"])
    if signed.checkpoint.log != log:
        raise ValueError(log)
    return signed, [bytes.fromhex(one) for one in plain["proof"]]
