"""Look at a workbook of Excel 97 to 2003 before a library opens it: how large its sheets are.

Such a workbook is a stream of records (MS-XLS) in a file of sectors (MS-CFB). A reader holds the
whole area that a sheet spans, so that two cells far apart cost hundreds of megabytes.
"""

from collections.abc import Iterator
from struct import Struct
from typing import Final

from attrs import define, frozen

from supervision_core.kernel.errors import CorruptState

_HEADER: Final = Struct("<30xHH14xI4xII4xI")
"""Sizes of sectors, where the directory begins, what is small, where the small table and the
continuation of the large one begin."""
_FIRST: Final = 512
_SHIFTS, _MINI_SHIFT = frozenset({9, 12}), 6
"""What is before the first sector, and how large sectors are, as powers of two."""
_END: Final = 0xFFFFFFFA
"""Sector numbers from here on are marks: end of a chain, free, part of a table."""
_WORKBOOK: Final = ("Workbook", "Book")
_WORD, _PAIR, _LONG = Struct("<H"), Struct("<HH"), Struct("<I")
_BEGIN, _DIMENSIONS, _LOCKED = 0x0809, 0x0200, 0x002F
_CELLS: Final = frozenset({0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x027E})
_RUNS: Final = frozenset({0x00BD, 0x00BE})
"""Records of one cell, and of several beside each other, whose last column stands at their end."""
_DIMENSIONS_OF_97: Final = Struct("<IIHH")


@frozen(kw_only=True)
class BinaryWorkbook:
    """Rows and columns of the area that each part of the workbook spans, and whether it is locked.

    Raises ``CorruptState`` from ``read`` for what is no such workbook.
    """

    areas: tuple[tuple[int, int], ...]
    locked: bool

    @classmethod
    def read(cls, data: bytes) -> "BinaryWorkbook":
        """Walk the records, without keeping any cell."""
        areas: list[_Area] = []
        locked = False
        for kind, record in _records(_Compound(memoryview(data)).workbook()):
            if kind == _BEGIN:
                areas.append(_Area())
            elif kind == _LOCKED:
                locked = True
            elif areas:
                areas[-1].take(kind, record)
        return cls(areas=tuple(one.size for one in areas), locked=locked)


@define
class _Area:
    top: int = 2**31
    bottom: int = -1
    left: int = 2**31
    right: int = -1

    @property
    def size(self) -> tuple[int, int]:
        return max(self.bottom - self.top + 1, 0), max(self.right - self.left + 1, 0)

    def take(self, kind: int, record: memoryview) -> None:
        if kind in _CELLS or kind in _RUNS:
            row, column = _PAIR.unpack_from(record)
            last = _WORD.unpack_from(record, len(record) - 2)[0] if kind in _RUNS else column
            self._span(row, row, column, last)
        elif kind == _DIMENSIONS:
            if len(record) >= _DIMENSIONS_OF_97.size:
                top, below, left, beyond = _DIMENSIONS_OF_97.unpack_from(record)
            else:
                top, below, left, beyond = Struct("<HHHH").unpack_from(record)
            if below > top and beyond > left:
                self._span(top, below - 1, left, beyond - 1)

    def _span(self, top: int, bottom: int, left: int, right: int) -> None:
        self.top, self.bottom = min(self.top, top), max(self.bottom, bottom)
        self.left, self.right = min(self.left, left), max(self.right, right)


def _records(stream: memoryview) -> Iterator[tuple[int, memoryview]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = _PAIR.unpack_from(stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


class _Compound:
    """The streams of a file of sectors."""

    def __init__(self, data: memoryview) -> None:
        self._data = data
        if len(data) < _FIRST:
            raise CorruptState("header")
        shift, mini, directory, self._cutoff, self._mini_fat, more = _HEADER.unpack_from(data)
        if shift not in _SHIFTS or mini != _MINI_SHIFT:
            raise CorruptState("sectors")
        self._sector, self._mini = 1 << shift, 1 << mini
        self._table = self._longs(self._fat_sectors(more))
        self._entries = bytes(self._chain(directory))

    def workbook(self) -> memoryview:
        """Give the stream of the workbook. Raises ``CorruptState``."""
        found = dict(self._streams())
        for name in _WORKBOOK:
            if name in found:
                start, size = found[name]
                if size >= self._cutoff:
                    return memoryview(self._chain(start))[:size]
                return memoryview(self._small(start, size))
        raise CorruptState("workbook")

    def _streams(self) -> Iterator[tuple[str, tuple[int, int]]]:
        for at in range(0, len(self._entries) - 127, 128):
            entry = self._entries[at : at + 128]
            length = _WORD.unpack_from(entry, 64)[0]
            name = entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            yield name, (_LONG.unpack_from(entry, 116)[0], _LONG.unpack_from(entry, 120)[0])

    def _small(self, start: int, size: int) -> bytes:
        """Give a stream that lies in small sectors inside of the first entry's stream."""
        root = _LONG.unpack_from(self._entries, 116)[0]
        inside = memoryview(self._chain(root))
        table = self._longs(self._numbers(self._mini_fat, self._table))
        places = self._numbers(start, table)
        return b"".join(inside[one * self._mini : (one + 1) * self._mini] for one in places)[:size]

    def _fat_sectors(self, more: int) -> list[int]:
        numbers = [_LONG.unpack_from(self._data, 76 + 4 * at)[0] for at in range(109)]
        seen = set[int]()
        while more < _END and more not in seen:
            seen.add(more)
            further = [one for (one,) in _LONG.iter_unpack(self._at(more))]
            numbers += further[:-1]
            more = further[-1]
        return [one for one in numbers if one < _END]

    def _at(self, number: int) -> memoryview:
        begin = (number + 1) * self._sector
        found = self._data[begin : begin + self._sector]
        if len(found) < self._sector:
            found = memoryview(bytes(found).ljust(self._sector, b"\0"))
        return found

    def _longs(self, sectors: list[int]) -> list[int]:
        return [one for number in sectors for (one,) in _LONG.iter_unpack(self._at(number))]

    def _numbers(self, start: int, table: list[int]) -> list[int]:
        """Follow a chain. Raises ``CorruptState`` for one that has no end or leads nowhere."""
        found, at = list[int](), start
        while at < _END:
            if at >= len(table) or len(found) > len(table):
                raise CorruptState("chain")
            found.append(at)
            at = table[at]
        return found

    def _chain(self, start: int) -> bytes:
        return b"".join(self._at(one) for one in self._numbers(start, self._table))
