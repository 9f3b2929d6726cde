"""The order of many rows by name, in little memory: sorted in parts, which are then merged."""

import json
import tempfile
from array import array
from collections.abc import Iterator
from heapq import merge
from typing import IO

from attrs import define, field

PART = 16_384
_BLOCK = 256

_Named = tuple[str, int]


@define(eq=False)
class ByName:
    """Takes names with the numbers of their rows; what is many is sorted into a temporary file."""

    _few: list[_Named] = field(factory=list)
    _file: IO[bytes] = field(factory=tempfile.TemporaryFile)
    _parts: list[int] = field(factory=list)
    """Where each of them begins."""

    def add(self, name: str, number: int) -> None:
        """Take one more."""
        self._few.append((name, number))
        if len(self._few) == PART:
            self._put_aside()

    def numbers(self) -> "array[int]":
        """Give the numbers of all by name, then by number. Ends the taking."""
        self._few.sort()
        with self._file:
            every = merge(self._few, *map(self._sorted, self._parts))
            return array("q", (number for _, number in every))

    def _put_aside(self) -> None:
        self._few.sort()
        self._parts.append(self._file.tell())
        for at in range(0, PART, _BLOCK):
            self._file.write(json.dumps(self._few[at : at + _BLOCK]).encode() + b"\n")
        self._few.clear()

    def _sorted(self, at: int) -> Iterator[_Named]:
        for _ in range(0, PART, _BLOCK):
            self._file.seek(at)
            some = json.loads(self._file.readline())
            at = self._file.tell()
            yield from ((name, number) for name, number in some)
