"""A server of our own, as an operator runs it, for tests that need real sockets."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from attrs import frozen
from sqlalchemy import create_engine, make_url, text

from entrypoints.http.serving import Place, run

from .province import SETTINGS

HERE = Path(__file__).resolve()


@frozen
class Server:
    """A server that answers."""

    port: int
    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def url(self) -> str:
        """Give its address."""
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> int:
        """Tell it to stop; give its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait()


def answers(port: int) -> bool:
    """Tell whether the server answers its probe: it listens before its worker is there."""
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as asked:
            asked.sendall(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
            return asked.recv(12).endswith(b"200")
    except OSError:
        return False


@contextmanager
def running(folder: Path, **environment: str) -> Iterator[Server]:
    """Run a server over a province of its own, until the end of the block."""
    from tests.eventually import PATIENCE, eventually  # noqa: PLC0415 - not there for who is served
    from tests.integration.ports import free_port  # noqa: PLC0415

    port = free_port()
    log = folder / "server.log"
    database = f"sqlite:///{folder / 'served.db'}"
    settings: Mapping[str, str] = {
        **os.environ,
        "SUPERVISION_DATABASE": environment.pop("database", database),
        "PYTHONPATH": os.pathsep.join([str(HERE.parents[3] / "src"), str(HERE.parents[2])]),
        **environment,
    }
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own server
            [sys.executable, "-m", "integration.http.running", str(port)],
            env=settings, stdout=out, stderr=subprocess.STDOUT, cwd=folder,
        )  # fmt: skip
    try:
        eventually(lambda: answers(port), lambda: process.poll() is not None and log.read_text())
        yield Server(port, process, log)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def database_of(server: str) -> Iterator[str]:
    """Give the address of a fresh database of a PostgreSQL server, and drop it."""
    url = make_url(server).set(drivername="postgresql+psycopg")
    name = f"supervision_http_{os.getpid()}_{time.monotonic_ns()}"
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


@contextmanager
def server_on(
    kind: str, folder: Path, request: pytest.FixtureRequest, **environment: str
) -> Iterator[Server]:
    """Run a server over a fresh province: in memory, in SQLite or in PostgreSQL."""
    with ExitStack() as stack:
        if kind == "memory":
            environment["HTTP_TEST_MEMORY"] = "1"
        if kind == "postgres":
            there = database_of(request.getfixturevalue("postgres_server"))
            environment["database"] = stack.enter_context(there)
        yield stack.enter_context(running(folder, **environment))


if __name__ == "__main__":
    run(
        Place(port=int(sys.argv[1]), workers=1), SETTINGS,
        "integration.http.served:application",
    )  # fmt: skip
