"""A child process at work on a database, and what it acknowledged before it was stopped."""

import atexit
import json
import os
import random  # noqa: TID251 - seeded: the same moments every time
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from attrs import define, field

HERE = Path(__file__).parent
WORKLOAD = HERE / "workload.py"
WEAK = HERE / "weak.py"
ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 1800.0
KILLS = int(os.environ.get("SUPERVISION_KILLS", "3"))
"""Of each kind of work, on SQLite; ``nox -s kills`` makes a thousand."""
RECOVERY: Final = 15.0 if KILLS >= 100 else 120.0
"""Seconds within which a server answers again: the figure where the session has the machine."""


def some_of(kills: int) -> int:
    """Give how many of them PostgreSQL gets: a server that was killed takes long to recover."""
    return max(kills // 10, 2)


def moment(seed: int) -> random.Random:
    """Give the chance by which the moment of a seed is chosen."""
    return random.Random(seed)  # noqa: S311 - when something breaks


@define
class Workers:
    """Workers of one program, each forked by a process that has everything loaded."""

    folder: Path
    program: Path = WORKLOAD
    _numbers: Iterator[int] = field(factory=lambda: iter(range(10**9)))

    def start(
        self, url: str, seed: int, count: int, *, keyed: bool = True, **more: str
    ) -> "Working":
        """Let a new worker work on ``url``; ``more`` is what its program asks for besides."""
        line = self.folder / f"{next(self._numbers)}.fifo"
        os.mkfifo(line)
        asked = {
            "url": url,
            "seed": seed,
            "count": count,
            "keyed": keyed,
            "line": str(line),
            "program": _module(self.program),
            "environ": dict(os.environ),
            **more,
        }
        process = _forking()
        if process.stdin is None or process.stdout is None:
            raise RuntimeError
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        return Working(int(process.stdout.readline()), line)


def _module(program: Path) -> str:
    return ".".join(program.relative_to(ROOT).with_suffix("").parts)


@cache
def _forking() -> "subprocess.Popen[str]":
    """Give the process that forks the workers of all programs, until this one ends."""
    process = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-m", _module(HERE / "forking.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    atexit.register(_end, process)
    return process


def _end(process: "subprocess.Popen[str]") -> None:
    with process:
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
