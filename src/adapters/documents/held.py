"""Values in a temporary file, to be read by their place: a large table takes little memory."""

import os
import pickle
import tempfile
import weakref
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Generic, TypeVar, cast, overload

from attrs import define, field, frozen

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
        begins = array("q", [at])
        for value in values:
            at += self._file.write(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
            begins.append(at)
        self._file.flush()
        return Held(self, begins)

    def between(self, begin: int, end: int) -> object:
        """Give what was kept in this place."""
        return pickle.loads(os.pread(self._file.fileno(), end - begin, begin))  # noqa: S301 - ours


@frozen(eq=False)
class Held(Sequence[Kept_co], Generic[Kept_co]):
    """Values in the order in which they were kept; several may go through them at once."""

    _store: Store
    _begins: "array[int]"

    def __len__(self) -> int:
        """Count them."""
        return len(self._begins) - 1

    @overload
    def __getitem__(self, place: int) -> Kept_co: ...

    @overload
    def __getitem__(self, place: slice) -> list[Kept_co]: ...

    def __getitem__(self, place: int | slice) -> Kept_co | list[Kept_co]:
        """Give what stands at a place, counted from 0."""
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        begin, end = self._begins[place], self._begins[place + 1]
        return cast("Kept_co", self._store.between(begin, end))

    def __iter__(self) -> Iterator[Kept_co]:
        """Go through all of them."""
        return map(self.__getitem__, range(len(self)))
