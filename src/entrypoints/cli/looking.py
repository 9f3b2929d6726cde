"""The process of the worker's jobs that look: ``python -m entrypoints.cli.looking``.

``entrypoints.worker.apart`` starts it. It writes a line of JSON for each job that has run.
"""

import json
import os
import signal
import sys
from collections.abc import Mapping
from threading import Event, Thread
from types import FrameType
from typing import Final, TextIO

from attrs import define, field

from entrypoints.cli.opening import opened
from entrypoints.cli.working import jobs_of, log_to_stderr
from entrypoints.container import share_memory_between_threads
from entrypoints.worker.loop import Worker
from supervision_core.kernel.canonical import Json

NICENESS: Final = 10
"""Whoever answers people has the processors first."""


@define(eq=False)
class _Reporting(Worker):
    """Tells another process how each job ended."""

    _answers: TextIO = field(kw_only=True)

    def told(self, name: str, end: str, state: Mapping[str, Json]) -> None:
        """Write it as a line."""
        super().told(name, end, state)
        with self._telling:
            self._answers.write(json.dumps([name, end, dict(state)]) + "\n")
            self._answers.flush()


def look(url: str, until: TextIO, answers: TextIO) -> None:
    """Run the jobs that look until ``until`` is at its end; write of each into ``answers``."""
    stop = Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    def ended() -> None:
        until.read()
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for whoever started this
    Thread(target=ended, daemon=True).start()
    if hasattr(os, "nice"):  # not on Windows
        os.nice(NICENESS)
    share_memory_between_threads()
    with log_to_stderr(), opened(url) as platform:
        jobs = [job for job in jobs_of(platform, stop) if job.looks]
        _Reporting(jobs, answers=answers).run(stop)


if __name__ == "__main__":
    answers, sys.stdout = sys.stdout, sys.stderr  # whatever prints meanwhile
    look(os.environ["SUPERVISION_DATABASE"], sys.stdin, answers)
