"""A network between the platform and PostgreSQL that loses replies at the worst moment.

Every message goes through; but the reply to a COMMIT is, with the given chance, kept back and the
connection ended: the server has committed, and the client cannot know.
"""

import random  # noqa: TID251 - seeded: the same losses every time
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from attrs import define, field
from sqlalchemy import URL


@define
class LosingProxy:
    """Passes everything on, and loses some replies."""

    server: URL
    chance: float
    seed: int
    lost: int = 0
    _listener: socket.socket = field(init=False)
    _random: random.Random = field(init=False)
    _lock: threading.Lock = field(factory=threading.Lock)

    def __attrs_post_init__(self) -> None:
        """Listen on a port of our own."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._random = random.Random(self.seed)  # noqa: S311 - which reply is lost

    @property
    def url(self) -> URL:
        """Where the platform connects to."""
        port = self._listener.getsockname()[1]
        plain = self.server.difference_update_query(["host", "port"])
        return plain.set(host="127.0.0.1", port=port, query={"sslmode": "disable"})

    def serve(self) -> None:
        """Take connections until closed."""
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _upstream(self) -> socket.socket:
        folder, port = self.server.query.get("host"), self.server.port or 5432
        if isinstance(folder, str) and folder.startswith("/"):
            upstream = socket.socket(socket.AF_UNIX)
            upstream.connect(f"{folder}/.s.PGSQL.{port}")
            return upstream
        return socket.create_connection((self.server.host or "127.0.0.1", port))

    def _loses(self) -> bool:
        with self._lock:
            loses = self._random.random() < self.chance
            self.lost += loses
            return loses

    def _carry(self, client: socket.socket) -> None:
        server = self._upstream()
        losing = threading.Event()

        def back() -> None:
            with suppress(OSError):
                while data := server.recv(65536):
                    if losing.is_set():
                        break
                    client.sendall(data)
            for end in (client, server):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

        back_again = threading.Thread(target=back, daemon=True)
        back_again.start()
        with suppress(OSError):
            while data := client.recv(65536):
                if b"COMMIT\x00" in data and self._loses():
                    losing.set()
                server.sendall(data)
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        back_again.join()
        for end in (client, server):
            end.close()


@contextmanager
def losing(server: URL, *, chance: float, seed: int) -> Iterator[LosingProxy]:
    """Give such a network."""
    proxy = LosingProxy(server, chance, seed)
    threading.Thread(target=proxy.serve, daemon=True).start()
    try:
        yield proxy
    finally:
        proxy.close()
