"""What ``worker`` does, compiled by numba (extra ``speed``): the same answers, without processes.

The compiled code only sorts out, by the first 8 bytes of each rank, which ids can lie at or below
the cut; those are then ranked by the standard library, so that no published rank comes from here.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any

import numba
import numpy as np

from adapters.ranking import worker
from adapters.ranking.lanes import INITIAL, LANES, Array, compress
from adapters.ranking.worker import LINE, TAB, Merge, Part, Run, Scan, Task
from supervision_core.draws.model.ranking import Sieve, sm3_of

MOST_STRATA = 256
MOST_ALIKE = 64
HEAD = 8
BLOCK = 64

_compiled: Callable[[Any], Any] = numba.njit(nogil=True, cache=True)


def do(task: Task) -> Part | list[int] | None:
    """Do one task, as a worker process does."""
    match task:
        case Scan():
            return scan(task)
        case Run():
            return worker.run(task, sort_lines)
        case Merge():
            worker.merge(task, sort_lines)
            return None


@_compiled
def _lay(data: Array, start: int, length: int, ahead: int, row: Array) -> int:
    """Put one message and its padding after the ``ahead`` bytes in ``row``; count its blocks."""
    row[ahead : ahead + length] = data[start : start + length]
    row[ahead + length :] = 0
    row[ahead + length] = 0x80
    blocks = (ahead + length + 9 + 63) // 64
    bits = (ahead + length) * 8
    for at in range(8):
        row[blocks * 64 - 1 - at] = (bits >> (8 * at)) & 0xFF
    return blocks


@_compiled
def _low(  # noqa: PLR0913, PLR0917 - flat arrays are what compiles
    data: Array,
    starts: Array,
    ends: Array,
    codes: Array,
    prefix: Array,
    cuts: Array,
    initial: Array,
) -> Array:
    """Mark each id whose rank's first 8 bytes are at or below the cut of its stratum's code."""
    marks = np.zeros(starts.size, np.bool_)
    ahead, longest = prefix.size, 0
    for line in range(starts.size):
        longest = max(longest, ends[line] - starts[line])
    rows = np.zeros((LANES, (ahead + longest + 9 + 63) // 64 * 64), np.uint8)
    rows[:, :ahead] = prefix
    blocks = np.zeros(LANES, np.int64)
    state, words = np.zeros((8, LANES), np.uint32), np.zeros((16, LANES), np.uint32)
    for group in range(0, starts.size, LANES):
        count = min(LANES, starts.size - group)
        for lane in range(count):
            start = starts[group + lane]
            blocks[lane] = _lay(data, start, ends[group + lane] - start, ahead, rows[lane])
        for row in range(8):
            state[row, :] = initial[row]
        for block in range(blocks[:count].max()):
            for lane in range(LANES):
                for word in range(16):
                    at = block * 64 + word * 4
                    words[word, lane] = (
                        np.uint32(rows[lane, at]) << np.uint32(24)
                        | np.uint32(rows[lane, at + 1]) << np.uint32(16)
                        | np.uint32(rows[lane, at + 2]) << np.uint32(8)
                        | np.uint32(rows[lane, at + 3])
                    )
            compress(state, words)
            for lane in range(count):
                if blocks[lane] == block + 1:
                    head = np.uint64(state[0, lane]) << np.uint64(32) | np.uint64(state[1, lane])
                    marks[group + lane] = head <= cuts[codes[group + lane]]
    return marks


@_compiled
def _same(data: Array, one: int, other: int, stop: int) -> bool:
    """Tell whether the field at ``one`` equals the field at ``other``, both ended by ``stop``."""
    while data[one] == data[other]:
        if data[one] == stop:
            return True
        one += 1
        other += 1
    return False


@_compiled
def _codes(data: Array, tabs: Array) -> tuple[Array, Array, int]:
    """Give each line the number of its stratum; a line of each stratum; how many there are."""
    codes = np.zeros(tabs.size, np.int64)
    shown = np.zeros(MOST_STRATA, np.int64)
    count = 0
    for line in range(tabs.size):
        code = 0
        while code < count and not _same(data, tabs[line] + 1, tabs[shown[code]] + 1, 10):
            code += 1
        if code == count:
            if count == MOST_STRATA:
                return codes, shown, count + 1
            shown[count] = line
            count += 1
        codes[line] = code
    return codes, shown, count


@_compiled
def _compared(data: Array, one: int, one_end: int, other: int, other_end: int) -> int:
    """Tell how the bytes of one field lie to those of another: below 0, 0 or above 0."""
    while one < one_end and other < other_end:
        if data[one] != data[other]:
            return -1 if data[one] < data[other] else 1
        one += 1
        other += 1
    return (one_end - one) - (other_end - other)


@_compiled
def _ascending(data: Array, starts: Array, tabs: Array) -> bool:
    """Tell whether each id's bytes come after those of the id before it."""
    for line in range(1, starts.size):
        if _compared(data, starts[line - 1], tabs[line - 1], starts[line], tabs[line]) >= 0:
            return False
    return True


def scan(task: Scan) -> Part:
    """Do one task, as ``worker.scan`` does."""
    data = worker.read(task.path, task.start, task.end)
    if task.census and (fault := worker.form_fault(data)):
        return Part(fault, {}, b"", b"", {})
    array = np.frombuffer(data, np.uint8)
    starts, tabs, lines = _fields(array)
    if task.census and tabs[0] == 0:
        return Part("draws.id_missing", {}, b"", b"", {})
    codes, shown, count = _codes(array, tabs)
    if count > MOST_STRATA:
        return worker.scan(task)
    if task.census and not _ascending(array, starts, tabs):
        return worker.scan(task)  # which tells why
    names = [data[tabs[line] + 1 : lines[line]] for line in shown[:count]]
    sizes: dict[bytes, int] = {}
    if task.census:
        counted = np.bincount(codes, minlength=count).tolist()
        sizes = dict(zip(names, counted, strict=True))
    low: dict[bytes, list[bytes]] = {}
    if task.prefix is not None:
        cuts = [task.cuts.get(name, b"") for name in names]
        heads = np.array([int.from_bytes(cut[:HEAD], "big") for cut in cuts], np.uint64)
        prefix = np.frombuffer(task.prefix, np.uint8)
        marks = _low(array, starts, tabs, codes, prefix, heads, INITIAL)
        kept = np.flatnonzero(marks).tolist()
        ids = [data[starts[line] : tabs[line]] for line in kept]
        for line, id_, rank in zip(kept, ids, sm3_of(task.prefix, ids), strict=True):
            if rank <= cuts[codes[line]]:
                low.setdefault(names[codes[line]], []).append(rank + id_)
    return Part(None, sizes, data[: tabs[0]], data[starts[-1] : tabs[-1]], low)


def sift(sieves: Sequence[Sieve]) -> Iterator[list[int]]:
    """Give what the core's ``sift`` gives, on every processor."""
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        yield from chain.from_iterable([threads.map(_sifting(it), it.prefixes) for it in sieves])


def _sifting(sieve: Sieve) -> Callable[[bytes], list[int]]:
    """Give what gives the places of a prefix."""
    data = np.frombuffer(b"".join(sieve.parts), np.uint8)
    lengths = np.fromiter(map(len, sieve.parts), np.int64, len(sieve.parts))
    ends = np.cumsum(lengths)
    starts = ends - lengths
    codes = np.zeros(ends.size, np.int64)
    cuts = np.array([int.from_bytes(sieve.cut, "big") - 1], np.uint64)

    def places(prefix: bytes) -> list[int]:
        ahead = np.frombuffer(prefix, np.uint8)
        marks = _low(data, starts, ends, codes, ahead, cuts, INITIAL)
        return list(np.flatnonzero(marks).tolist())

    return places


def _fields(array: Array) -> tuple[Array, Array, Array]:
    """Give where each line starts, its TAB and its end."""
    tabs, lines = np.flatnonzero(array == TAB[0]), np.flatnonzero(array == LINE[0])
    return np.concatenate((np.zeros(1, np.int64), lines[:-1] + 1)), tabs, lines


def sort_lines(data: bytes) -> bytes:
    """Put whole lines in order of the bytes of their ids, as ``worker.sort_lines`` does."""
    array = np.frombuffer(data, np.uint8)
    lines = np.flatnonzero(array == LINE[0])
    starts = np.concatenate((np.zeros(1, np.int64), lines[:-1] + 1))
    ends = _id_ends(array, starts, lines)
    keys = _keys(array, starts, ends)
    order = np.argsort(keys)
    if not _settle(array, starts, ends, keys, order):
        return worker.sort_lines(data)
    sorted_: bytes = _gathered(array, starts, lines, order).tobytes()
    return sorted_


@_compiled
def _id_ends(data: Array, starts: Array, lines: Array) -> Array:
    """Give where each line's id ends: at its first TAB, or with the line."""
    ends = lines.copy()
    for line in range(starts.size):
        at = starts[line]
        while data[at] != 9 and data[at] != 10:  # noqa: PLR2004 - no set; TAB, LF
            at += 1
        ends[line] = at
    return ends


@_compiled
def _keys(data: Array, starts: Array, ends: Array) -> Array:
    """Give the first 8 bytes of each id that come after what all ids begin with."""
    common = ends[0] - starts[0]
    for line in range(1, starts.size):
        common = min(common, ends[line] - starts[line])
        at = 0
        while at < common and data[starts[line] + at] == data[starts[0] + at]:
            at += 1
        common = at
    keys = np.zeros(starts.size, np.uint64)
    for line in range(starts.size):
        start = starts[line] + common
        for at in range(start, min(ends[line], start + 8)):
            keys[line] |= np.uint64(data[at]) << np.uint64(56 - 8 * (at - start))
    return keys


@_compiled
def _settle(data: Array, starts: Array, ends: Array, keys: Array, order: Array) -> bool:
    """Put in order whose keys are alike; give up where too many are."""
    first = 0
    for at in range(1, order.size):
        if keys[order[at]] != keys[order[first]]:
            first = at
        if at - first > MOST_ALIKE:
            return False
        line, free = order[at], at
        while free > first:
            before = order[free - 1]
            if _compared(data, starts[before], ends[before], starts[line], ends[line]) <= 0:
                break
            order[free] = before
            free -= 1
        order[free] = line
    return True


@_compiled
def _gathered(data: Array, starts: Array, lines: Array, order: Array) -> Array:
    """Give the lines one after the other, in this order."""
    out, free = np.empty(data.size, np.uint8), 0
    for line in order:
        for at in range(starts[line], lines[line] + 1):
            out[free] = data[at]
            free += 1
    return out
