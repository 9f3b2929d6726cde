"""One worker process: scans parts of a pool file. Standard library only, so that it starts at once.

The parent writes pickled ``Task`` tuples to its standard input and reads pickled ``Part`` tuples
from its standard output; end of input ends it.
"""

import gc
import hashlib
import pickle
import sys
from collections import Counter
from itertools import islice
from operator import le, lt
from pathlib import Path
from typing import NamedTuple

TAB, LINE, UNIT = b"\t", b"\n", b"\x1f"
OTHERS = bytes(set(range(256)) - {0x09, 0x0A})


class Task(NamedTuple):
    """Bytes ``start`` to ``end`` of a pool file, cut at line ends, and what to find out.

    With ``census`` the lines are checked and counted; with ``prefix`` every id is ranked by
    ``SM3(prefix id)`` and those at or below the cut of their stratum are given back.
    """

    path: str
    start: int
    end: int
    census: bool
    prefix: bytes | None
    cuts: dict[bytes, bytes]


class Part(NamedTuple):
    """What a part holds. ``fault`` is a code of ``MESSAGES`` where it is no part of a pool."""

    fault: str | None
    sizes: dict[bytes, int]
    first: bytes
    last: bytes
    low: list[tuple[bytes, bytes, bytes]]


def scan(task: Task) -> Part:
    """Do one task."""
    data = read(task)
    if task.census and (fault := form_fault(data)):
        return Part(fault, {}, b"", b"", [])
    fields = data.replace(LINE, TAB).split(TAB)
    ids, strata = fields[0:-1:2], fields[1::2]
    if task.census and (fault := _order_fault(ids)):
        return Part(fault, {}, b"", b"", [])
    low = _low(task.prefix, ids, strata, task.cuts) if task.prefix is not None else []
    sizes = dict(Counter(strata)) if task.census else {}
    return Part(None, sizes, ids[0], ids[-1], low)


def read(task: Task) -> bytes:
    """Read the bytes of a task."""
    with Path(task.path).open("rb") as file:
        file.seek(task.start)
        return file.read(task.end - task.start)


def form_fault(data: bytes) -> str | None:
    """Tell whether the lines are ``id TAB stratum LF`` in UTF-8."""
    if data.translate(None, OTHERS) != (TAB + LINE) * data.count(LINE) or not data.endswith(LINE):
        return "draws.pool_line_malformed"
    try:
        data.decode()
    except UnicodeDecodeError:
        return "draws.pool_line_malformed"
    return "draws.id_unusable" if UNIT in data and _unit_in_id(data) else None


def _unit_in_id(data: bytes) -> bool:
    return any(UNIT in line.partition(TAB)[0] for line in data.split(LINE))


def _order_fault(ids: list[bytes]) -> str | None:
    """Tell whether the ids are usable and ascend."""
    if not ids[0]:
        return "draws.id_missing"
    if not all(map(lt, ids, islice(ids, 1, None))):
        ascending = all(map(le, ids, islice(ids, 1, None)))
        return "draws.pool_id_repeated" if ascending else "draws.proof_pool_unsorted"
    return None


def _low(
    prefix: bytes, ids: list[bytes], strata: list[bytes], cuts: dict[bytes, bytes]
) -> list[tuple[bytes, bytes, bytes]]:
    start = hashlib.new("sm3", prefix).copy
    low = []
    for id_, stratum in zip(ids, strata, strict=True):
        state = start()
        state.update(id_)
        rank = state.digest()
        if rank <= cuts.get(stratum, b""):
            low.append((stratum, rank, id_))
    return low


def main() -> None:
    """Serve tasks until the input ends."""
    gc.disable()  # nothing here is cyclic, and a million tuples are slow to walk
    tasks, parts = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            task = Task(*pickle.load(tasks))  # noqa: S301 - from the parent process alone
        except EOFError:
            return
        pickle.dump(tuple(scan(task)), parts)
        parts.flush()


if __name__ == "__main__":
    main()
