"""Ports at which servers of tests listen."""

import os
import socket
from contextlib import suppress


def free_port() -> int:
    """Give a port that nobody listens at, below those that the system gives to connections.

    One of theirs may be taken again before the server is there.
    """
    while True:
        port = 10_000 + int.from_bytes(os.urandom(2)) % 20_000
        with socket.socket() as found, suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port
