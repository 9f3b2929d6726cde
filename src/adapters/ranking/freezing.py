"""Makes a frozen pool file of what a department sends: ``.tsv`` or ``.csv``, in any order."""

import csv
from collections.abc import Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from shutil import copyfile
from typing import BinaryIO

from adapters.ranking.crew import Progress, parts_of, silent, work
from adapters.ranking.worker import LINE, TAB, UNIT, Merge, Run
from supervision_core.draws.model.pool import PoolNotFreezable
from supervision_core.kernel.errors import Violation, refuse_if

HEADER = ("id", "stratum")
RUN = 1 << 19
"""So many bytes are sorted at a time: what they become stays in a processor's cache."""
PIECE = 4 << 20
"""About so many bytes are merged at a time."""
SAMPLES = 16
"""Ids looked at for each piece that is to come out: then hardly one is twice as long as another."""


def write_lines(source: Path, target: Path, *, progress: Progress = silent) -> None:
    """Write ``source`` to ``target`` as one ``id TAB stratum LF`` a line.

    ``.csv`` (UTF-8, with a header that has ``id`` and ``stratum``) is rewritten; anything else is
    taken as it is. Lines that are soon seen to be in no order are sorted. Raises
    ``PoolNotFreezable`` for a table that has no such columns or fields.
    """
    if source.suffix.lower() == ".csv":
        _write_table(source, target)
        source = target
    if not _seems_sorted(source):
        sort_lines(source, target, progress=progress)
    elif source != target:
        copyfile(source, target)


def sort_lines(source: Path, target: Path, *, progress: Progress = silent) -> None:
    """Write the lines of ``source`` (the same as ``target``, or not) in order of their ids' bytes.

    Each part is sorted by itself into a file of runs; then those lines of all runs that lie
    between two borders are merged, for each two. Borders are ids, chosen by a sample.
    """
    runs = target.with_name(target.name + ".runs")
    size = source.stat().st_size
    parts = list(parts_of(source, RUN))
    borders = _borders(source, size, -(-size // PIECE))

    def told(done: int) -> None:
        progress("sort", size * done // (len(parts) + len(borders) + 1), size)

    try:
        _make(runs, size)
        sorts = [Run(str(source), start, end, str(runs), borders) for start, end in parts]
        places = work(sorts, size, told)
        cuts = [[start, *inner, end] for (start, end), inner in zip(parts, places, strict=True)]
        pieces = [list(pairwise(column)) for column in cuts]
        shares = [list(share) for share in zip(*pieces, strict=True)]
        lengths = (sum(end - start for start, end in share) for share in shares)
        _make(target, size)
        merges = [
            Merge(str(runs), share, str(target), at)
            for share, at in zip(shares, accumulate(lengths, initial=0), strict=False)
        ]
        work(merges, size, lambda done: told(len(parts) + done))
    finally:
        runs.unlink(missing_ok=True)


def _make(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)


def _borders(path: Path, size: int, pieces: int) -> list[bytes]:
    """Give ids that cut the file into so many pieces of about the same length."""
    count = pieces * SAMPLES
    with path.open("rb") as file:
        ids = sorted(_id_after(file, size * at // count) for at in range(count))
    return ids[SAMPLES::SAMPLES]


def _id_after(file: BinaryIO, at: int) -> bytes:
    file.seek(at)
    file.readline()
    return file.readline().rstrip(LINE).partition(TAB)[0]


def _seems_sorted(path: Path) -> bool:
    """Tell whether the first lines ascend; one that is not ended is for others to refuse."""
    with path.open("rb") as file:
        if not file.read(1):
            return True
        file.seek(-1, 2)
        if file.read() != LINE:
            return True
        file.seek(0)
        ids = [line.rstrip(LINE).partition(TAB)[0] for line in file.readlines(PIECE // 4)]
    return all(one <= other for one, other in pairwise(ids))


def _write_table(source: Path, target: Path) -> None:
    with source.open(encoding="utf-8-sig", newline="") as read, target.open("wb") as written:
        rows = csv.reader(read)
        header = next(rows, [])
        missing = [name for name in HEADER if name not in header]
        refuse_if(
            PoolNotFreezable,
            [Violation("draws.pool_column_missing", "pool", {"column": it}) for it in missing],
        )
        places = [header.index(name) for name in HEADER]
        refuse_if(PoolNotFreezable, _copied(rows, places, written))


def _copied(rows: Iterator[list[str]], places: list[int], written: BinaryIO) -> Iterator[Violation]:
    for number, row in enumerate(rows, 2):
        fields = [row[place].encode() if place < len(row) else b"" for place in places]
        if not fields[0] or any(sign in it for it in fields for sign in (TAB, LINE, UNIT)):
            yield Violation("draws.pool_line_malformed", f"pool[{number}]")
        written.write(TAB.join(fields) + LINE)
