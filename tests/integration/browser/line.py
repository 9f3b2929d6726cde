"""A line between a phone and the platform, which a test takes away, or cuts within an answer."""

import socket
import threading
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

from attrs import Factory, define

_CHUNK: Final = 65536
SENDING: Final = b"POST /api/v1/field_records/send"


@define(eq=False)
class Line:
    """Passes on what is said at ``url`` to a server; nothing while it is ``down``.

    While ``cut_after`` is a number, so many bytes of each answer to what a phone sends come
    through; ``cuts`` counts them. While it ``swallows``, what a phone sends never arrives, and the
    line ends. ``sent`` counts how often records were sent.
    """

    at: str
    down: bool = False
    cut_after: int | None = None
    swallows: bool = False
    cuts: int = 0
    sent: int = 0
    _server: socket.socket = Factory(lambda: socket.create_server(("127.0.0.1", 0)))
    _open: list[socket.socket] = Factory(list)

    def __attrs_post_init__(self) -> None:
        """Begin to listen."""
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def url(self) -> str:
        """Where a browser finds it: by the name of the server."""
        return f"http://{urlsplit(self.at).hostname}:{self._server.getsockname()[1]}"

    def take_down(self) -> None:
        """Let there be no signal: what is open ends, and nothing begins."""
        self.down = True
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def put_up(self) -> None:
        """Let there be signal, whole answers and all."""
        self.down, self.cut_after, self.swallows = False, None, False

    def close(self) -> None:
        """Listen no more."""
        self.take_down()
        self._server.close()

    def _listen(self) -> None:
        while True:
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._pass, args=(near,), daemon=True).start()

    def _pass(self, near: socket.socket) -> None:
        if self.down:
            near.close()
            return
        place = urlsplit(self.at)
        far = socket.create_connection((place.hostname, place.port))
        self._open += [near, far]
        sending = threading.Event()
        back = threading.Thread(target=self._back, args=(far, near, sending), daemon=True)
        back.start()
        with suppress(OSError):
            while content := near.recv(_CHUNK):
                if SENDING in content:
                    self.sent += 1
                    sending.set()
                    if self.swallows:
                        break
                elif content.startswith((b"GET ", b"PUT ", b"POST ")):
                    sending.clear()
                far.sendall(content)
        _end(near, far)

    def _back(self, far: socket.socket, near: socket.socket, sending: threading.Event) -> None:
        with suppress(OSError):
            while content := far.recv(_CHUNK):
                if sending.is_set() and self.cut_after is not None:
                    self.cuts += 1
                    near.sendall(content[: self.cut_after])
                    break
                near.sendall(content)
        _end(near, far)


def _end(*ends: socket.socket) -> None:
    for one in ends:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()
