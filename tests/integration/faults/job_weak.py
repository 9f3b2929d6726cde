"""The job with a fault built in: a chunk without its key, or noted before it is stored."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, TextIO

from sqlalchemy import make_url

from entrypoints.intake import storing
from entrypoints.intake.reading import Chunk, SubjectReading
from supervision_core.subjects.intake import SubjectEntry

from . import job_workload
from .job_workload import load

__all__ = ["FAULTS", "load", "work"]
chunks = SubjectReading.chunks


def _without_keys(_: Path) -> None:
    vars(storing)["_key_of"] = lambda _number, _key: None


def _noted_first(notes: Path) -> None:
    def noted_first(self: SubjectReading) -> Iterator[Chunk[SubjectEntry]]:
        for number, chunk in enumerate(chunks(self)):
            if notes.exists() and number < int(notes.read_text("utf-8")):
                continue
            notes.write_text(f"{number + 1}", "utf-8")
            time.sleep(0.004)
            yield chunk

    setattr(SubjectReading, "chunks", noted_first)  # noqa: B010 - the fault


FAULTS: Final[dict[str, Callable[[Path], None]]] = {
    "twice": _without_keys,
    "lost": _noted_first,
}
"""What breaks the worker, by what is then found."""


def work(asked: dict[str, Any], line: TextIO) -> None:
    """Do the same with the fault that is asked for; notes lie beside the database."""
    database = Path(str(make_url(asked["url"]).database))
    FAULTS[asked["fault"]](database.with_name(f"{database.name}.notes"))
    job_workload.work(asked, line)
