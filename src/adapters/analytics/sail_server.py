"""Sail serving Spark Connect on loopback, in a process of its own that says where it listens."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from attrs import frozen

LOCAL, CLUSTER = "local", "local-cluster"
_SERVE = (
    "import sys, pysail.spark as s; server = s.SparkConnectServer('127.0.0.1', 0); "
    "server.start(background=True); print(*server.listening_address, flush=True); sys.stdin.read()"
)


@frozen
class Served:
    """A server: its address, and its process."""

    address: str
    process: int


@contextmanager
def sail(mode: str) -> Iterator[Served]:
    """Serve until the end of the block; ``mode`` is LOCAL, or CLUSTER: driver and workers."""
    settings = {"SAIL_MODE": mode, "SAIL_CLUSTER__WORKER_INITIAL_COUNT": "2", "RUST_LOG": "off"}
    with subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-c", _SERVE],
        env={**os.environ, **settings},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        host, port = (server.stdout.readline() if server.stdout else "").split()
        try:
            yield Served(f"sc://{host}:{port}", server.pid)
        finally:
            server.kill()
