"""Partners that are broken or taken over: what they answer wrongly, and how slowly."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from attrs import define, evolve
from tests.eventually import PATIENCE

from adapters.zhiguitong.calling import Caller
from entrypoints.simulators.serving import Asked, Told

EVERY = 0.05
"""Seconds from one piece of a drip to the next."""
SHORT = 0.5
"""Seconds for one that will not answer."""
DRIPS = {"slow_head", "slow_body", "hang_up"}
DRIP_SECONDS = 60.0
"""How long a partner drips, unless told otherwise: on a busy machine, too, far beyond a limit."""


FAULTS: dict[str, Callable[[Told], Told]] = {
    "huge": lambda _: Told.json({"flag": "1", "access_token": "x" * 6_000_000}),
    "redirect": lambda _: Told.redirect("/elsewhere"),
    "html": lambda good: evolve(good, kind="text/html"),
    "nonsense": lambda good: evolve(good, body=b'{"access_token": '),
    "list": lambda good: evolve(good, body=b"[1]"),
    "deep": lambda good: evolve(good, body=b'{"a":' + b"[" * 30_000 + b"]" * 30_000 + b"}"),
    "packed": lambda good: evolve(good, headers={"Content-Encoding": "gzip"}),
    "error": lambda good: evolve(good, status=500),
}


def caller_at(fault: str) -> Caller:
    """Give a caller that is short with a partner who would hold him up, and patient else."""
    return Caller(seconds=SHORT if fault in DRIPS else PATIENCE)


@define
class Faulty:
    """A partner that is played, and what it does wrong from now on."""

    simulated: Any
    fault: str = ""
    pieces: int = 0
    elsewhere: int = 0
    seconds: float = DRIP_SECONDS

    @property
    def whole(self) -> int:
        """The pieces of a drip that nobody ends."""
        return round(self.seconds / EVERY)

    def answer(self, asked: Asked) -> Told:
        """Answer as the partner does, or wrongly."""
        self.elsewhere += asked.path == "/elsewhere"
        good: Told = self.simulated.answer(asked)
        return FAULTS[self.fault](good) if self.fault in FAULTS else good


def received(client: socket.socket) -> bytes:
    """Read a whole request."""
    head, _, body = client.recv(65536).partition(b"\r\n\r\n")
    _, _, said = head.lower().partition(b"content-length: ")
    size = int(said.split(b"\r\n")[0] or 0)
    while len(body) < size:
        body += client.recv(65536)
    return head + b"\r\n\r\n" + body


def dripped(client: socket.socket, faulty: Faulty) -> None:
    """Answer for its seconds, a piece at a time, without ever coming to an end."""
    in_head = faulty.fault == "slow_head"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    client.sendall(head if in_head else head + b"\r\n")
    for _ in range(faulty.whole):
        client.sendall(b"X: y\r\n" if in_head else b" ")
        faulty.pieces += 1
        time.sleep(EVERY)


@contextmanager
def dripping(faulty: Faulty, target: str) -> Iterator[str]:
    """Pass requests on to ``target``, but drip the answer, or hang up, while the fault says so."""
    listener = socket.create_server(("127.0.0.1", 0))
    place = urlsplit(target)

    def handle(client: socket.socket) -> None:
        with client, suppress(OSError):
            request = received(client)
            if faulty.fault in DRIPS:
                if faulty.fault != "hang_up":
                    dripped(client, faulty)
                return
            with socket.create_connection((str(place.hostname), place.port or 80)) as server:
                server.sendall(request)
                while piece := server.recv(65536):
                    client.sendall(piece)

    def accept() -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                threading.Thread(target=handle, args=(client,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
