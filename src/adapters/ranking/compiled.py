"""SM3 over millions of ids, compiled by numba (extra ``speed``): the same answers as ``worker``.

The compiled code only sorts out, by the first 8 bytes of each rank, which ids can lie at or below
the cut; those are then ranked by the standard library, so that no published rank comes from here.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

from adapters.ranking import worker
from adapters.ranking.worker import LINE, TAB, Part, Task
from supervision_core.draws.model.ranking import sm3_of

MOST_STRATA = 256
HEAD = 8

Array = np.ndarray[Any, Any]
_compiled: Callable[[Any], Any] = numba.njit(nogil=True, cache=True)


@_compiled
def _rotate(word: int, by: int) -> int:
    return ((word << by) | (word >> (32 - by))) & 0xFFFFFFFF


@_compiled
def _compress(state: Array, words: Array) -> None:
    """Take one block (``words[:16]``) into ``state``: GB/T 32905-2016, 5.3; ``words`` has 68."""
    for j in range(16, 68):
        mixed = words[j - 16] ^ words[j - 9] ^ _rotate(words[j - 3], 15)
        mixed = mixed ^ _rotate(mixed, 15) ^ _rotate(mixed, 23)
        words[j] = mixed ^ _rotate(words[j - 13], 7) ^ words[j - 6]
    a, b, c, d = state[0], state[1], state[2], state[3]
    e, f, g, h = state[4], state[5], state[6], state[7]
    for j in range(64):
        constant = 0x79CC4519 if j < 16 else 0x7A879D8A  # noqa: PLR2004 - the standard's rounds
        turned = _rotate(a, 12)
        first = _rotate((turned + e + _rotate(constant, j % 32)) & 0xFFFFFFFF, 7)
        if j < 16:  # noqa: PLR2004 - as above
            left, right = a ^ b ^ c, e ^ f ^ g
        else:
            left, right = (a & b) | (a & c) | (b & c), (e & f) | (~e & g)
        one = (left + d + (first ^ turned) + (words[j] ^ words[j + 4])) & 0xFFFFFFFF
        two = (right + h + first + words[j]) & 0xFFFFFFFF
        d, c, b, a = c, _rotate(b, 9), a, one
        h, g, f = g, _rotate(f, 19), e
        e = two ^ _rotate(two, 9) ^ _rotate(two, 17)
    for index, word in enumerate((a, b, c, d, e, f, g, h)):
        state[index] ^= word


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
    state, words = np.zeros(8, np.int64), np.zeros(68, np.int64)
    ahead = prefix.size
    for line in range(starts.size):
        start = starts[line]
        length = ahead + ends[line] - start
        state[:] = initial
        for block in range((length + 9 + 63) // 64):
            words[:16] = 0
            for at in range(block * 64, min(length + 1, block * 64 + 64)):
                if at < ahead:
                    byte = np.int64(prefix[at])
                elif at < length:
                    byte = np.int64(data[start + at - ahead])
                else:
                    byte = np.int64(0x80)
                words[(at % 64) // 4] |= byte << (24 - 8 * (at % 4))
            if (block + 1) * 64 >= length + 9:
                words[14], words[15] = (length * 8) >> 32, (length * 8) & 0xFFFFFFFF
            _compress(state, words)
        head = (np.uint64(state[0]) << np.uint64(32)) | np.uint64(state[1])
        marks[line] = head <= cuts[codes[line]]
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
def _ascending(data: Array, starts: Array, tabs: Array) -> bool:
    """Tell whether each id's bytes come after those of the id before it."""
    for line in range(1, starts.size):
        one, other = starts[line - 1], starts[line]
        while one < tabs[line - 1] and other < tabs[line] and data[one] == data[other]:
            one += 1
            other += 1
        if other == tabs[line]:
            return False
        if one < tabs[line - 1] and data[one] > data[other]:
            return False
    return True


_INITIAL = np.array(
    [
        0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600,
        0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E,
    ],
    np.int64,
)  # fmt: skip


def scan(task: Task) -> Part:
    """Do one task, as ``worker.scan`` does."""
    data = worker.read(task)
    if task.census and (fault := worker.form_fault(data)):
        return Part(fault, {}, b"", b"", [])
    array = np.frombuffer(data, np.uint8)
    tabs, lines = np.flatnonzero(array == TAB[0]), np.flatnonzero(array == LINE[0])
    starts = np.concatenate((np.zeros(1, np.int64), lines[:-1] + 1))
    if task.census and tabs[0] == 0:
        return Part("draws.id_missing", {}, b"", b"", [])
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
    low: list[tuple[bytes, bytes, bytes]] = []
    if task.prefix is not None:
        cuts = [task.cuts.get(name, b"") for name in names]
        heads = np.array([int.from_bytes(cut[:HEAD], "big") for cut in cuts], np.uint64)
        prefix = np.frombuffer(task.prefix, np.uint8)
        marks = _low(array, starts, tabs, codes, prefix, heads, _INITIAL)
        kept = np.flatnonzero(marks).tolist()
        ids = [data[starts[line] : tabs[line]] for line in kept]
        for line, id_, rank in zip(kept, ids, sm3_of(task.prefix, ids), strict=True):
            if rank <= cuts[codes[line]]:
                low.append((names[codes[line]], rank, id_))
    return Part(None, sizes, data[: tabs[0]], data[starts[-1] : tabs[-1]], low)
