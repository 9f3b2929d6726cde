"""Does the tasks of a pool file side by side: by compiled code in threads, or by processes."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from adapters.ranking import worker
from adapters.ranking.worker import Part, Scan, Task

PART = 1 << 19
"""So many bytes are scanned at a time: what they become stays in a processor's cache."""
WORTH_COMPILING = 32 << 20
"""Loading the compiler takes about as long as a worker takes for so many bytes."""

Progress = Callable[[str, int, int], None]
"""Told the stage (``"sort"``, ``"freeze"``, ``"rank"``) and how much of how much is done."""


class WorkerDied(RuntimeError):
    """A worker process ended before its work was done (memory, or a signal)."""


def silent(stage: str, done: int, total: int) -> None:
    """Show nothing."""


def scan(  # noqa: PLR0913 - a task for the whole file, and whom to tell
    path: Path,
    *,
    stage: str,
    census: bool,
    prefix: bytes | None = None,
    cuts: dict[bytes, bytes] | None = None,
    progress: Progress = silent,
) -> list[Part]:
    """Scan the whole file, in parts; give the parts in order. Raises ``WorkerDied``."""
    ranges = list(parts_of(path, PART))
    total = ranges[-1][1] if ranges else 0
    tasks = [Scan(str(path), start, end, census, prefix, cuts or {}) for start, end in ranges]

    def told(done: int) -> None:
        progress(stage, total * done // len(tasks), total)

    return work(tasks, total, told)


def work(tasks: Sequence[Task], size: int, told: Callable[[int], None]) -> list[Any]:
    """Do tasks over ``size`` bytes, as many at a time as there are processors.

    Gives the answers in order of the tasks, and tells how many of them are done. Raises
    ``WorkerDied``.
    """
    queue: SimpleQueue[int] = SimpleQueue()
    for index in range(len(tasks)):
        queue.put(index)
    answers: dict[int, Any] = {}

    def serve() -> None:
        with _worker(size) as answer:
            while True:
                try:
                    index = queue.get_nowait()
                except Empty:
                    return
                answers[index] = answer(tasks[index])
                told(len(answers))

    count = max(1, min(os.cpu_count() or 1, len(tasks)))
    with ThreadPoolExecutor(count) as threads:
        for served in [threads.submit(serve) for _ in range(count)]:
            served.result()
    return [answers[index] for index in range(len(tasks))]


@contextmanager
def _worker(size: int) -> Iterator[Callable[[Task], Any]]:
    """Give what does a task: compiled code, or a worker process of one's own."""
    if size >= WORTH_COMPILING and find_spec("numba"):
        yield import_module("adapters.ranking.compiled").do
        return
    # A script of its own with the standard library alone: it starts in a moment, and unlike a
    # fork it is safe in a process with threads.
    command = [sys.executable, "-I", "-S", worker.__file__]
    with subprocess.Popen(  # noqa: S603 - our own script
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        yield partial(_ask, process)


def _ask(process: "subprocess.Popen[bytes]", task: Task) -> Any:
    assert process.stdin is not None  # noqa: S101 - opened with a pipe
    assert process.stdout is not None  # noqa: S101 - as above
    try:
        pickle.dump((type(task).__name__, tuple(task)), process.stdin)
        process.stdin.flush()
        answer = pickle.load(process.stdout)  # noqa: S301 - from our own worker
    except (EOFError, BrokenPipeError, pickle.UnpicklingError) as fault:
        raise WorkerDied(worker.__file__) from fault
    return Part(*answer) if isinstance(task, Scan) else answer


def parts_of(path: Path, size: int) -> Iterator[tuple[int, int]]:
    """Cut a file into parts of whole lines, of about ``size`` bytes each."""
    whole = path.stat().st_size
    with path.open("rb") as file:
        start = 0
        while start < whole:
            file.seek(min(start + size, whole))
            file.readline()
            end = file.tell()
            yield start, end
            start = end
