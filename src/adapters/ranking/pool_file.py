"""A frozen pool that lies in a file, however large: counted and ranked by worker processes."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise, repeat
from pathlib import Path
from typing import BinaryIO

from adapters.ranking.crew import Progress, scan, silent
from adapters.ranking.worker import LINE, TAB, UNIT, Part
from supervision_core.draws.model.pool import (
    HIGHEST,
    FrozenPool,
    Pick,
    PoolNotFreezable,
    cut_above,
)
from supervision_core.draws.model.ranking import OBJECT
from supervision_core.kernel.errors import Violation, refuse_if

BLOCK = 1 << 20
RANK_SIZE = 32

Low = Mapping[bytes, list[bytes]]
"""The ranks at or below the cut, each followed by its id, by stratum."""


class PoolFile(FrozenPool):
    """A pool of one ``id TAB stratum LF`` a line, ids ascending by their bytes.

    The same pool as ``Pool.of`` gives for these lines, never held in memory as a whole.
    """

    def __init__(
        self,
        path: Path,
        *,
        expected: tuple[bytes, Mapping[str, bytes]] | None = None,
        progress: Progress = silent,
    ) -> None:
        """Read and check the file. Raises ``PoolNotFreezable``.

        ``expected`` is the seed and the thresholds that a proof states: the ranks at or below
        them are found on the way, which spares ``smallest`` a second reading.
        """
        self._path = path
        self._progress = progress
        seed, cuts = expected or (None, {})
        with ThreadPoolExecutor(1) as beside:
            hashing = beside.submit(_hashes, path)
            parts = scan(
                path,
                stage="freeze",
                census=True,
                prefix=None if seed is None else seed + OBJECT,
                cuts={name.encode(): cut for name, cut in cuts.items()},
                progress=progress,
            )
            self._hash, self.sm3 = hashing.result()
        refuse_if(PoolNotFreezable, _violations(parts))
        sizes: Counter[bytes] = Counter()
        for part in parts:
            sizes.update(part.sizes)
        self._sizes = {name.decode(): sizes[name] for name in sorted(sizes)}
        self._known = (seed, _low(parts))

    @property
    def hash(self) -> bytes:
        """``pool_hash``: SM3 over ``id 0x1F stratum 0x0A`` of each candidate."""
        return self._hash

    @property
    def sizes(self) -> Mapping[str, int]:
        """The number of candidates in each stratum."""
        return self._sizes

    def smallest(self, seed: bytes, counts: Mapping[str, int]) -> tuple[Pick, ...]:
        """Rank every candidate and take the smallest of each stratum.

        Only ranks below a cut that should leave somewhat more than enough are kept; if chance
        leaves too few of a stratum, all ranks of it are.
        """
        wanted = {name.encode(): count for name, count in counts.items()}
        known, low = self._known
        if known != seed or _short(low, wanted):
            cuts = {name: cut_above(n, self._sizes[name.decode()]) for name, n in wanted.items()}
            low = self._ranked(seed, cuts)
            if short := _short(low, wanted):
                low = self._ranked(seed, cuts | dict.fromkeys(short, HIGHEST))
        picks: list[Pick] = []
        for name in sorted(low):
            found = sorted(low[name])[: wanted.get(name, 0)]
            ids = [each[RANK_SIZE:].decode() for each in found]
            picks += map(Pick, ids, repeat(name.decode()), [each[:RANK_SIZE] for each in found])
        return tuple(picks)

    def strata_of(self, ids: Collection[str]) -> Mapping[str, str]:
        """Look the ids up, by bisection in the file."""
        size = self._path.stat().st_size
        with self._path.open("rb") as file:
            found = {id_: _look_up(file, size, id_.encode()) for id_ in ids}
        return {id_: stratum for id_, stratum in found.items() if stratum is not None}

    def _ranked(self, seed: bytes, cuts: dict[bytes, bytes]) -> Low:
        prefix = seed + OBJECT
        return _low(
            scan(
                self._path,
                stage="rank",
                census=False,
                prefix=prefix,
                cuts=cuts,
                progress=self._progress,
            )
        )


def _hashes(path: Path) -> tuple[bytes, str]:
    """Give ``pool_hash``, and the SM3 of the file's bytes in hex."""
    pool, plain = hashlib.new("sm3"), hashlib.new("sm3")
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            plain.update(block)
            pool.update(block.replace(TAB, UNIT))
    return pool.digest(), plain.hexdigest()


def _violations(parts: list[Part]) -> Iterable[Violation]:
    if not parts:
        yield Violation("draws.pool_empty")
    faults = dict.fromkeys(part.fault for part in parts if part.fault)
    for fault in faults:
        yield Violation(fault, "pool")
    if not faults and any(one.last > other.first for one, other in pairwise(parts)):
        yield Violation("draws.proof_pool_unsorted", "pool")
    elif not faults and any(one.last == other.first for one, other in pairwise(parts)):
        yield Violation("draws.pool_id_repeated", "pool")


def _low(parts: list[Part]) -> Low:
    low: dict[bytes, list[bytes]] = {}
    for part in parts:
        for stratum, found in part.low.items():
            low.setdefault(stratum, []).extend(found)
    return low


def _short(low: Low, wanted: Mapping[bytes, int]) -> set[bytes]:
    return {name for name, count in wanted.items() if len(low.get(name, ())) < count}


def _look_up(file: BinaryIO, size: int, id_: bytes) -> str | None:
    """Find the stratum of ``id_`` among ascending lines."""
    low, high = 0, size
    while low < high:
        middle = (low + high) // 2
        file.seek(middle)
        if middle:
            file.seek(middle - 1)
            file.readline()
        line_start = file.tell()
        if line_start >= high:
            high = middle
            continue
        line = file.readline()
        found, _, stratum = line.rstrip(LINE).partition(TAB)
        if found == id_:
            return stratum.decode()
        if found < id_:
            low = file.tell()
        else:
            high = middle
    return None
