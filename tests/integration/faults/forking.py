"""A program that has everything loaded and forks a worker for each workload that it is told.

A workload is a module with ``work``, and ``load`` where there is more to have at hand than modules.
It is loaded when it is first asked for; what a worker breaks in it stays in the worker.
"""

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Any, TextIO

from adapters.calendar.chinese import national_calendar

Work = Callable[[dict[str, Any], TextIO], None]
"""Does what it is asked, and says in the line what has come to pass."""


def serve() -> None:
    """Fork a worker for each line on standard input, and tell its process id."""
    national_calendar()  # of every platform, and dear
    for line in sys.stdin:
        _reaped()
        asked = json.loads(line)
        work = _work_of(asked["program"])
        pid = os.fork()
        if pid == 0:
            sys.stdin.close()
            os.environ.clear()
            os.environ.update(asked["environ"])
            _worked(work, asked)
            os._exit(0)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


@cache
def _work_of(program: str) -> Work:
    module = vars(import_module(program))
    if "load" in module:
        module["load"]()
    work: Work = module["work"]
    return work


def _reaped() -> None:
    """Let workers that ended be gone, their time of the processor counted as ours."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _worked(work: Work, asked: dict[str, Any]) -> None:
    with open(asked["line"], "w", encoding="utf-8", buffering=1) as line:  # noqa: PTH123
        line.write("ready\n")
        try:
            work(asked, line)
            line.write("done\n")
        except Exception as error:  # noqa: BLE001 - the parent judges it
            line.write(f"ended: {error!r}\n")


if __name__ == "__main__":
    serve()
