"""Values in a temporary file, to be read by their place: a large table takes little memory."""

import os
import pickle
import tempfile
import weakref
from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise
from mmap import ACCESS_READ, mmap
from typing import IO, Generic, TypeVar, cast

from attrs import define, field, frozen

_AT_ONCE = 256
_PIECE = 2**20

Value = TypeVar("Value")
Kept_co = TypeVar("Kept_co", covariant=True)


@define(eq=False)
class Store:
    """A file without a name: no other process finds it, and it is gone with its last reader."""

    _file: IO[bytes] = field(factory=tempfile.TemporaryFile)

    def __attrs_post_init__(self) -> None:
        """Close the file when nobody reads in it any more."""
        weakref.finalize(self, self._file.close)

    def keep(self, values: Iterable[Value]) -> "Held[Value]":
        """Keep all of ``values``: what makes them may read here, and keep nothing meanwhile."""
        at = self._file.seek(0, os.SEEK_END)
        begins, waiting = array("q", [at]), list[bytes]()
        for value in values:
            waiting.append(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
            begins.append(begins[-1] + len(waiting[-1]))
            if begins[-1] - at >= _PIECE:
                at = self._append(waiting)
        self._append(waiting)
        return Held(self, begins)

    def _append(self, waiting: list[bytes]) -> int:
        """Write what waits; give where the file ends. Who read meanwhile left it elsewhere."""
        self._file.seek(0, os.SEEK_END)
        self._file.write(b"".join(waiting))
        waiting.clear()
        return self._file.tell()

    def between(self, begin: int, end: int) -> bytes:
        """Give what was kept in this place."""
        self._file.seek(begin)
        return self._file.read(end - begin)


@frozen(eq=False)
class Held(Generic[Kept_co]):
    """Values in the order in which they were kept; several may go through them at once."""

    _store: Store
    _begins: "array[int]"

    def __len__(self) -> int:
        """Count them."""
        return len(self._begins) - 1

    def __getitem__(self, place: int) -> Kept_co:
        """Give what stands at a place, counted from 0."""
        return self._of(self._store.between(self._begins[place], self._begins[place + 1]))

    def __iter__(self) -> Iterator[Kept_co]:
        """Go through all of them, many read at once."""
        for first in range(0, len(self), _AT_ONCE):
            begins = self._begins[first : first + _AT_ONCE + 1]
            many = memoryview(self._store.between(begins[0], begins[-1]))
            for begin, end in pairwise(begins):
                yield self._of(many[begin - begins[0] : end - begins[0]])

    def _of(self, kept: bytes | memoryview) -> Kept_co:
        return cast("Kept_co", pickle.loads(kept))  # noqa: S301 - from our own file


class HeldTexts:
    """Texts read by their place again and again: the system keeps what it has room for."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Keep all of ``texts``."""
        self._begins = array("q", [0])
        with tempfile.TemporaryFile() as file:
            for text in texts:
                self._begins.append(self._begins[-1] + file.write(text.encode()))
            file.flush()
            whole = self._begins[-1]
            self._map = mmap(file.fileno(), whole, access=ACCESS_READ) if whole else b""

    def __len__(self) -> int:
        """Count them."""
        return len(self._begins) - 1

    def __getitem__(self, place: int) -> str:
        """Give the text at a place, counted from 0."""
        return self._map[self._begins[place] : self._begins[place + 1]].decode()
