"""Scanners for harmful software: none, or clamd by its socket."""

import socket
from typing import Final

from adapters.media.refusals import refused
from supervision_core.files.ports import Readable, Scanner
from supervision_core.kernel.errors import Unavailable, Violation

_CHUNK: Final = 1 << 20
_SECONDS: Final = 60.0
_LONGEST: Final = 4096


class NoScanner(Scanner):
    """Does not look; every file says so of itself."""

    name = ""

    def scan(self, content: Readable) -> None:
        """Let it pass."""


class ClamdScanner(Scanner):
    """Asks clamd by its ``INSTREAM`` command over a socket of this machine: nothing is stored."""

    name = "clamd"

    def __init__(self, place: str, seconds: float = _SECONDS) -> None:
        """Ask at the socket file ``place``."""
        self._place, self._seconds = place, seconds

    def scan(self, content: Readable) -> None:
        """Let it look. Raises ``FileRefused``; ``Unavailable`` where it gives no verdict."""
        try:
            answer = self._asked(content)
        except OSError:
            answer = b""
        if answer.endswith(b" FOUND"):
            raise refused("files.harmful")
        if answer != b"stream: OK":
            raise Unavailable((Violation("files.scanner_away"),))

    def _asked(self, content: Readable) -> bytes:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(self._seconds)
            line.connect(self._place)
            line.sendall(b"zINSTREAM\0")
            for at in range(0, content.size, _CHUNK):
                chunk = content.read(at, _CHUNK)
                line.sendall(len(chunk).to_bytes(4) + chunk)
            line.sendall(bytes(4))
            answer = b""
            while not answer.endswith(b"\0") and len(answer) < _LONGEST:
                if not (more := line.recv(_LONGEST)):
                    break
                answer += more
            return answer.rstrip(b"\0")
