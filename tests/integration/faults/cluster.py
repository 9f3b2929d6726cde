"""A PostgreSQL server of its own, to be killed and to lose its power."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from attrs import define
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from .running import Working, moment

PATIENCE = 1800.0
Answer = TypeVar("Answer")
SETTINGS = ("shared_buffers=32MB", "max_connections=30", "listen_addresses=127.0.0.1")


def programs() -> Path | None:
    """Give the folder with the server's programs, if there is one."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def why_not() -> str:
    """Say why there can be no server of its own; empty where there can."""
    if programs() is None:
        return "no server programs of PostgreSQL"
    if os.geteuid() != 0:
        return "a server of its own on a disk of its own needs root"
    with suppress(KeyError):
        pwd.getpwnam("postgres")
        return ""
    return "no account postgres"


def _port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


class NotStarting(RuntimeError):
    """The server does not come up over its folder."""


@define
class Cluster:
    """A server over a folder."""

    data: Path
    port: int
    settings: tuple[str, ...]
    master: int = 0

    @property
    def url(self) -> str:
        """Where the platform connects to."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def _run(self, program: str, *words: str) -> "subprocess.CompletedProcess[bytes]":
        account = pwd.getpwnam("postgres")
        folder = programs()
        if folder is None:
            raise RuntimeError
        return subprocess.run(  # noqa: S603 - our own words
            [str(folder / program), *words],
            check=True,
            user=account.pw_uid,
            group=account.pw_gid,
            extra_groups=[],
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def create(self) -> None:
        """Make the folder anew."""
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(parents=True)
        shutil.chown(self.data, "postgres", "postgres")
        self.data.chmod(0o700)
        self._run("initdb", "-D", str(self.data), "-A", "trust", "-k", "-E", "UTF8", "--no-sync")

    def start(self) -> float:
        """Start, recovering what there is to recover; give the seconds until it answers.

        Raises ``NotStarting``.
        """
        began = time.monotonic()
        options = f"-p {self.port} -k {self.data} "
        options += " ".join(f"-c {one}" for one in (*SETTINGS, *self.settings))
        while True:
            with suppress(subprocess.CalledProcessError):
                self._run("pg_ctl", "-D", str(self.data), "-w", "-o", options, "start")
                break
            if time.monotonic() - began > PATIENCE:
                raise NotStarting((self.data / "log").name)
            time.sleep(0.2)  # the shared memory of the server before is not free yet
        engine = create_engine(self.url)
        while True:
            try:
                with engine.connect() as connection:
                    connection.execute(text("SELECT 1"))
                break
            except OperationalError:
                time.sleep(0.05)
        engine.dispose()
        self.master = int((self.data / "postmaster.pid").read_text().split()[0])
        return time.monotonic() - began

    def database(self, name: str) -> str:
        """Make an empty database; give its address."""
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def processes(self) -> list[int]:
        """Give the postmaster's process id, then those of its children."""
        found = [self.master]
        for folder in Path("/proc").iterdir():
            if folder.name.isdecimal():
                with suppress(OSError, ValueError, IndexError):
                    if (folder / "stat").read_text().rpartition(")")[2].split()[1] == str(
                        self.master
                    ):
                        found.append(int(folder.name))
        return found

    def kill(self, processes: list[int] | None = None) -> None:
        """Kill -9 the whole server, or the given processes of it."""
        if self.master:
            for process in processes or self.processes():
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)

    def kill_under(self, working: Working, seed: int, most: int) -> float:
        """Kill a backend with its worker, or the whole server, at a moment of the seed.

        Gives the seconds until the server was started anew; where it stands it recovers by itself.
        """
        chance = moment(seed)
        working.wait_until_ready()
        working.wait_for(chance.randrange(1, most))
        time.sleep(chance.random() * 0.02)
        if seed % 2:
            self.kill(self.processes()[-1:])
            working.kill()
            return 0.0
        self.kill()
        working.wait()
        return self.start()

    def stop(self) -> None:
        """Stop at once, whatever its folder holds."""
        self.kill()
        self.master = 0
        with suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")


def until_answering(ask: Callable[[], Answer]) -> Answer:
    """Ask again until the server has recovered."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return ask()
        except OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


@contextmanager
def cluster(data: Path, *settings: str) -> Iterator[Cluster]:
    """Give a server over ``data``, not started yet."""
    made = Cluster(data, _port(), settings)
    try:
        yield made
    finally:
        made.stop()
