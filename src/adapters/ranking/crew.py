"""Scans the parts of a pool file side by side: by compiled code in threads, or by processes."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, SimpleQueue

from adapters.ranking import worker
from adapters.ranking.worker import Part, Task

PART = 4 << 20
WORTH_COMPILING = 32 << 20
"""Loading the compiler takes about as long as a worker takes for so many bytes."""

Progress = Callable[[str, int, int], None]
"""Told the stage (``"freeze"``, ``"rank"``) and how many bytes of how many are done."""


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
    ranges = list(_ranges(path))
    total = ranges[-1][1] if ranges else 0
    queue: SimpleQueue[int] = SimpleQueue()
    for index in range(len(ranges)):
        queue.put(index)
    parts: dict[int, Part] = {}

    def serve() -> None:
        with _scanner(total) as answer:
            while True:
                try:
                    index = queue.get_nowait()
                except Empty:
                    return
                start, end = ranges[index]
                parts[index] = answer(Task(str(path), start, end, census, prefix, cuts or {}))
                done.append(end - start)
                progress(stage, sum(done), total)

    done: list[int] = []
    crew = max(1, min(os.cpu_count() or 1, len(ranges)))
    with ThreadPoolExecutor(crew) as threads:
        for served in [threads.submit(serve) for _ in range(crew)]:
            served.result()
    return [parts[index] for index in range(len(ranges))]


@contextmanager
def _scanner(size: int) -> Iterator[Callable[[Task], Part]]:
    """Give what scans a task: compiled code, or a worker process of one's own."""
    if size >= WORTH_COMPILING and find_spec("numba"):
        yield import_module("adapters.ranking.compiled").scan
        return
    # A script of its own with the standard library alone: it starts in a moment, and unlike a
    # fork it is safe in a process with threads.
    command = [sys.executable, "-I", "-S", worker.__file__]
    with subprocess.Popen(  # noqa: S603 - our own script
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        yield partial(_ask, process)


def _ask(process: "subprocess.Popen[bytes]", task: Task) -> Part:
    assert process.stdin is not None  # noqa: S101 - opened with a pipe
    assert process.stdout is not None  # noqa: S101 - as above
    try:
        pickle.dump(tuple(task), process.stdin)
        process.stdin.flush()
        return Part(*pickle.load(process.stdout))  # noqa: S301 - from our own worker
    except (EOFError, BrokenPipeError, pickle.UnpicklingError) as fault:
        raise WorkerDied(worker.__file__) from fault


def _ranges(path: Path) -> Iterator[tuple[int, int]]:
    """Cut the file into parts of whole lines."""
    size = path.stat().st_size
    with path.open("rb") as file:
        start = 0
        while start < size:
            file.seek(min(start + PART, size))
            file.readline()
            end = file.tell()
            yield start, end
            start = end
