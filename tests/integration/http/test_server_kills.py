"""``serve`` and the worker killed by -9: nothing of theirs lives on, nothing holds the port."""

import os
import random  # noqa: TID251 - seeded: the same moments every time
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

import pytest
from tests.eventually import eventually
from tests.integration.faults.running import KILLS, moment, some_of
from tests.integration.ports import free_port

from .running import answers

TIMES = max(KILLS // 25, 3)
"""``nox -s kills`` makes forty."""

CALL = "from entrypoints.cli import main; main()"
CARELESS = f"from entrypoints.http import serving; serving.end_with_parent = int; {CALL}"
"""Its processes do not look after the one that started them."""
BESIDE = """
import sys, signal, pathlib
from entrypoints.demo.looking import worker_beside
with worker_beside(sys.argv[1], pathlib.Path("worker.log")):
    signal.pause()
"""

Running = subprocess.Popen[bytes]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="sessions are looked up in /proc")


def while_lives(process: Running, true: Callable[[], object]) -> None:
    """Wait until something is so; fail where ``process`` ends before."""
    eventually(true, lambda: process.poll() is not None and "it has ended")


def others(process: Running) -> Sequence[int]:
    """Give what was started by a process, or by what it started, and lives."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, session = path.read_text().rpartition(")")[2].split()[:4]
            number = int(path.parent.name)
            if int(session) == process.pid != number and state not in "ZX":
                found.append(number)
    return found


@contextmanager
def started(folder: Path, code: str, *words: str) -> Iterator[Running]:
    """Run a program in a session of its own; whatever it leaves ends with the block."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", code, *words], cwd=folder, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def kill(process: Running) -> None:
    """Kill this one alone by -9."""
    process.kill()
    assert process.wait() == -signal.SIGKILL


def serving(folder: Path, port: int) -> Sequence[str]:
    """Say how a server is started."""
    return ("serve", "--database", str(folder / "a.db"), "--port", str(port))


@contextmanager
def asked_all_the_time(port: int) -> Iterator[None]:
    """Ask the server without a pause, until the end of the block."""
    ended = Event()

    def ask() -> None:
        while not ended.is_set():
            answers(port)

    asking = [Thread(target=ask) for _ in range(4)]
    for one in asking:
        one.start()
    try:
        yield
    finally:
        ended.set()
        for one in asking:
            one.join()


def kill_while_starting(server: Running, port: int, chance: random.Random) -> None:
    """Before it answers, whether or not it has started others."""
    del port
    count = chance.randrange(3)
    while_lives(server, lambda: len(others(server)) >= count)
    time.sleep(chance.random() * 0.5)
    kill(server)


def kill_while_idle(server: Running, port: int, chance: random.Random) -> None:
    """While it waits for somebody to ask."""
    while_lives(server, lambda: answers(port))
    time.sleep(chance.random() * 0.2)
    kill(server)


def kill_under_requests(server: Running, port: int, chance: random.Random) -> None:
    """While it answers several."""
    with asked_all_the_time(port):
        while_lives(server, lambda: answers(port))
        time.sleep(chance.random() * 0.5)
        kill(server)


WAYS = (kill_while_starting, kill_while_idle, kill_under_requests)


def test_a_server_killed_at_any_moment_starts_again_by_the_same_command(tmp_path: Path) -> None:
    """Nothing that it started answers on or holds the port: no hand is needed."""
    port = free_port()
    with ExitStack() as stack:

        def start() -> Running:
            return stack.enter_context(started(tmp_path, CALL, *serving(tmp_path, port)))

        killed = []
        for seed in range(TIMES):
            killed.append(start())
            WAYS[seed % len(WAYS)](killed[-1], port, moment(seed))
        last = start()
        while_lives(last, lambda: answers(port))
        eventually(lambda: not any(map(others, killed)))


def test_a_killed_server_whose_processes_look_after_nobody_is_found(tmp_path: Path) -> None:
    """What the kills look for is there to be seen: they answer on, and none starts beside them."""
    port = free_port()
    with started(tmp_path, CARELESS, *serving(tmp_path, port)) as server:
        kill_while_idle(server, port, moment(0))
        with started(tmp_path, CALL, *serving(tmp_path, port)) as again:
            assert again.wait() == 1
        assert others(server)
        assert answers(port)


@pytest.mark.parametrize("code", [CALL, BESIDE], ids=["worker", "demo"])
def test_a_worker_killed_at_any_moment_leaves_nothing(tmp_path: Path, code: str) -> None:
    """Neither what looks nor the worker beside a demo outlives whoever started it."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    words = ("worker", "--database", url) if code == CALL else (url,)
    for seed in range(some_of(TIMES)):
        chance = moment(seed)
        with started(tmp_path, code, *words) as worker:
            while_lives(worker, lambda: others(worker))
            time.sleep(chance.random() * 2)
            kill(worker)
            eventually(lambda: not others(worker))
