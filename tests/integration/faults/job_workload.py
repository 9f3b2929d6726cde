"""A job carried out, and its end told to its author, until somebody kills the worker.

A table goes in by small chunks, and each is noted at once. Every commit is one line ``number
commit``, written just before: it promises nothing, and says where the worker is.
"""

import os
from itertools import count
from threading import Event
from typing import Any, Final, TextIO

from sqlalchemy import event

from entrypoints.container import open_platform
from entrypoints.intake import reading
from entrypoints.jobs import JobRunner, runner
from entrypoints.worker.relaying import relaying
from supervision_core.jobs.model import JobKind

CHUNK: Final = 5


def load() -> None:
    """Have everything at hand that a worker looks up, before any is forked."""
    runner.runs(JobKind.IMPORT)


def work(asked: dict[str, Any], line: TextIO) -> None:
    """Carry the job out and relay, saying how far it is."""
    vars(reading)["CHUNK"] = CHUNK
    vars(runner)["NOTED_EVERY"] = 0.0
    os.environ["SUPERVISION_FILES"] = asked["folder"]
    platform = open_platform(asked["url"])
    numbers = count()

    @event.listens_for(platform.engine, "commit")
    def say(_connection: object) -> None:
        line.write(f"{next(numbers)} commit\n")

    JobRunner(platform).run(asked["job"])
    relaying(platform, Event()).run()
