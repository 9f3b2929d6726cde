"""One worker process: scans and sorts parts of a pool file, by the standard library alone.

So it starts at once. The parent writes pickled tasks (their name and fields) to its standard input
and reads pickled answers from its standard output; end of input ends it.
"""

import gc
import hashlib
import pickle
import sys
from collections import Counter
from collections.abc import Callable
from itertools import islice
from operator import le, lt
from pathlib import Path
from typing import BinaryIO, NamedTuple

TAB, LINE, UNIT = b"\t", b"\n", b"\x1f"
OTHERS = bytes(set(range(256)) - {0x09, 0x0A})
BELOW_TAB = bytes(range(9))

Sort = Callable[[bytes], bytes]
"""Puts whole lines in order of the bytes of their ids."""


class Scan(NamedTuple):
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
    """What a part holds. ``fault`` is a code of ``MESSAGES`` where it is no part of a pool.

    ``low`` gives, of each stratum that has any, the ranks given back, each followed by its id: in
    order of (rank, id) once they are sorted.
    """

    fault: str | None
    sizes: dict[bytes, int]
    first: bytes
    last: bytes
    low: dict[bytes, list[bytes]]


class Run(NamedTuple):
    """Bytes ``start`` to ``end`` of a file, to be written, sorted, to the same place of ``target``.

    ``borders`` are ids, ascending.
    """

    path: str
    start: int
    end: int
    target: str
    borders: list[bytes]


class Merge(NamedTuple):
    """Pieces (``start``, ``end``) of ``path``, each sorted, to be written as one to ``target``."""

    path: str
    pieces: list[tuple[int, int]]
    target: str
    start: int


Task = Scan | Run | Merge


def scan(task: Scan) -> Part:
    """Find out what a part holds."""
    data = read(task.path, task.start, task.end)
    if task.census and (fault := form_fault(data)):
        return Part(fault, {}, b"", b"", {})
    fields = data.replace(LINE, TAB).split(TAB)
    ids, strata = fields[0:-1:2], fields[1::2]
    if task.census and (fault := _order_fault(ids)):
        return Part(fault, {}, b"", b"", {})
    low = _low(task.prefix, ids, strata, task.cuts) if task.prefix is not None else {}
    sizes = dict(Counter(strata)) if task.census else {}
    return Part(None, sizes, ids[0], ids[-1], low)


def run(task: Run, sort: Sort) -> list[int]:
    """Sort a part; tell where in ``target`` the lines at or after each border begin."""
    data = sort(read(task.path, task.start, task.end))
    write(task.target, task.start, data)
    return [task.start + _place(data, border) for border in task.borders]


def merge(task: Merge, sort: Sort) -> None:
    """Merge sorted pieces."""
    with Path(task.path).open("rb") as file:
        data = b"".join(_piece(file, start, end) for start, end in task.pieces)
    write(task.target, task.start, sort(data))


def sort_lines(data: bytes) -> bytes:
    """Put whole lines in order of the bytes of their ids."""
    # Text of one byte a sign is what Python compares fastest. Whole lines sort as their ids do,
    # unless an id holds a byte that comes before the TAB.
    lines = data.decode("latin-1").split("\n")
    lines.pop()
    lines.sort(key=None if data.translate(None, BELOW_TAB) == data else _id)
    lines.append("")
    return "\n".join(lines).encode("latin-1")


def _id(line: str) -> str:
    return line.partition("\t")[0]


def _place(data: bytes, border: bytes) -> int:
    """Give where, among sorted lines, the first one at or after ``border`` begins."""
    low, high = 0, len(data)
    while low < high:
        start = data.rfind(LINE, 0, (low + high) // 2) + 1
        end = data.index(LINE, start) + 1
        if data[start : end - 1].partition(TAB)[0] < border:
            low = end
        else:
            high = start
    return low


def read(path: str, start: int, end: int) -> bytes:
    """Read bytes of a file."""
    with Path(path).open("rb") as file:
        return _piece(file, start, end)


def _piece(file: BinaryIO, start: int, end: int) -> bytes:
    file.seek(start)
    return file.read(end - start)


def write(path: str, start: int, data: bytes) -> None:
    """Write bytes into a file that is there."""
    with Path(path).open("r+b") as file:
        file.seek(start)
        file.write(data)


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
) -> dict[bytes, list[bytes]]:
    start = hashlib.new("sm3", prefix).copy
    low: dict[bytes, list[bytes]] = {}
    highest = max(cuts.values(), default=b"")
    for id_, stratum in zip(ids, strata, strict=True):
        state = start()
        state.update(id_)
        rank = state.digest()
        if rank <= highest and rank <= cuts.get(stratum, b""):
            low.setdefault(stratum, []).append(rank + id_)
    return low


def main() -> None:
    """Serve tasks until the input ends."""
    gc.disable()  # nothing here is cyclic, and a million tuples are slow to walk
    tasks, answers = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            name, fields = pickle.load(tasks)  # noqa: S301 - from the parent process alone
        except EOFError:
            return
        match name:
            case "Scan":
                pickle.dump(tuple(scan(Scan(*fields))), answers)
            case "Run":
                pickle.dump(run(Run(*fields), sort_lines), answers)
            case "Merge":
                merge(Merge(*fields), sort_lines)
                pickle.dump(None, answers)
        answers.flush()


if __name__ == "__main__":
    main()
