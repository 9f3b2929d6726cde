"""A child process at work on a database, and what it acknowledged before it was stopped."""

import json
import os
import random  # noqa: TID251 - seeded: the same moments every time
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from attrs import define, field

WORKLOAD = Path(__file__).with_name("workload.py")
WEAK = Path(__file__).with_name("weak.py")
ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 120.0


def moment(seed: int) -> random.Random:
    """Give the chance by which the moment of a seed is chosen."""
    return random.Random(seed)  # noqa: S311 - when something breaks


@define
class Workers:
    """A process that has everything loaded, and forks a worker for each workload."""

    process: "subprocess.Popen[str]"
    folder: Path
    _numbers: Iterator[int] = field(factory=lambda: iter(range(10**9)))

    def start(self, url: str, seed: int, count: int, *, keyed: bool = True) -> "Working":
        """Let a new worker work on ``url``."""
        line = self.folder / f"{next(self._numbers)}.fifo"
        os.mkfifo(line)
        asked = {"url": url, "seed": seed, "count": count, "keyed": keyed, "line": str(line)}
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        return Working(int(self.process.stdout.readline()), line)


@contextmanager
def workers(folder: Path, program: Path = WORKLOAD) -> Iterator[Workers]:
    """Give the process that forks, with the workload of ``program``."""
    process = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, str(program)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    with process:
        try:
            yield Workers(process, folder)
        finally:
            process.kill()


@define
class Working:
    """A workload in a process of its own."""

    pid: int
    line: Path
    acknowledged: dict[int, str] = field(factory=dict)
    before_stop: dict[int, str] = field(factory=dict)
    """What had reached us when it was stopped. Without power nothing answers any more: what a
    process that outlives its disk says after that is no promise."""
    said: list[str] = field(factory=list)
    _ready: threading.Event = field(factory=threading.Event)
    _ended: threading.Event = field(factory=threading.Event)

    def __attrs_post_init__(self) -> None:
        """Begin to listen."""
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with self.line.open(encoding="utf-8") as line:
            for said in line:
                number, _, answer = said.strip().partition(" ")
                if number.isdecimal():
                    self.acknowledged[int(number)] = answer
                else:
                    self.said.append(said)
                self._ready.set()
        self._ended.set()

    def wait_until_ready(self) -> None:
        """Wait until it works. Raises ``RuntimeError`` where it never does."""
        if not self._ready.wait(PATIENCE):
            raise RuntimeError(self.said)

    def wait_for(self, count: int) -> None:
        """Wait until so many commands are acknowledged, or it ended."""
        until = time.monotonic() + PATIENCE
        while len(self.acknowledged) < count and not self._ended.is_set():
            if time.monotonic() > until:
                raise RuntimeError(self.said)
            time.sleep(0.001)

    def stop_at(self, chance: random.Random, most: int, stop: Callable[[], None]) -> None:
        """Call ``stop`` at a moment between two acknowledgements, then kill what still runs."""
        self.wait_until_ready()
        self.wait_for(chance.randrange(1, most))
        if not self.acknowledged:
            raise RuntimeError(self.said)
        time.sleep(chance.random() * 0.02)
        self.before_stop = dict(self.acknowledged)
        stop()
        self.kill()

    def kill(self) -> None:
        """Kill -9, and read what was still on its way."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self.wait()

    def wait(self) -> None:
        """Wait for the end."""
        if not self._ended.wait(PATIENCE):
            raise RuntimeError(self.said)
        self.line.unlink(missing_ok=True)
