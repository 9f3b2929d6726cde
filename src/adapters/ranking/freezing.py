"""Makes a frozen pool file of what a department sends: ``.tsv`` or ``.csv``, in any order."""

import csv
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile
from typing import BinaryIO

from adapters.ranking.worker import LINE, TAB, UNIT
from supervision_core.draws.model.pool import PoolNotFreezable
from supervision_core.kernel.errors import Violation, refuse_if

HEADER = ("id", "stratum")
BELOW_TAB = bytes(range(9))
BLOCK = 1 << 20


def write_lines(source: Path, target: Path) -> None:
    """Write ``source`` to ``target`` as one ``id TAB stratum LF`` a line, in the order it has.

    ``.csv`` (UTF-8, with a header that has ``id`` and ``stratum``) is rewritten; anything else is
    taken as it is. Raises ``PoolNotFreezable`` for a table that has no such columns or fields.
    """
    if source.suffix.lower() != ".csv":
        copyfile(source, target)
        return
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


def sort_lines(path: Path) -> None:
    """Put the lines of a file in order of the bytes of their ids."""
    # Whole lines sort as their ids do, unless an id holds a byte that comes before the TAB.
    with path.open("rb") as file:
        blocks = iter(lambda: file.read(BLOCK), b"")
        plain = all(block.translate(None, BELOW_TAB) == block for block in blocks)
        file.seek(0)
        lines = file.readlines()
    lines.sort(key=None if plain else _id)
    with path.open("wb") as file:
        file.writelines(lines)


def _id(line: bytes) -> bytes:
    return line.partition(TAB)[0]
