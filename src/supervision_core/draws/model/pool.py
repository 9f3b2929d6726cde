"""The frozen pool: who may be drawn, in which stratum, and the hash that pins both."""

import hashlib
import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice, pairwise
from math import isqrt
from operator import lt
from typing import ClassVar

from attrs import define, field, frozen

from supervision_core.draws.model.ranking import OBJECT
from supervision_core.kernel.errors import Refused, Violation, refuse_if

UNIT = "\x1f"
LINE = "\n"
PART = 100_000
"""Candidates in a part of a pool."""
HIGHEST = b"\xff" * 32
_STRATUM = re.compile(rb"\x1f(.*)\n")

Asked = tuple[bytes, tuple[tuple[str, int], ...]]
"""A seed, and how many are to be picked of each stratum."""


@define(eq=False)
class PoolNotFreezable(Refused):
    """The list of candidates cannot be frozen."""

    code: ClassVar[str] = "draws.pool_not_freezable"


@frozen
class Candidate:
    """候选对象 (Candidate): a subject that may be drawn (proposal 6.4.2.5.2.2.2)."""

    id: str
    stratum: str


@frozen
class Pick:
    """抽取结果 (Pick): a drawn subject, its stratum and its rank, by which anyone can check it."""

    id: str
    stratum: str
    rank: bytes


class FrozenPool(ABC):
    """A frozen pool as the proof's verifier sees it: held in memory, or read from a file."""

    @property
    @abstractmethod
    def hash(self) -> bytes:
        """``pool_hash``: SM3 over ``id 0x1F stratum 0x0A`` of each candidate."""

    @property
    @abstractmethod
    def sizes(self) -> Mapping[str, int]:
        """The number of candidates in each stratum."""

    @abstractmethod
    def smallest(self, seed: bytes, counts: Mapping[str, int]) -> tuple[Pick, ...]:
        """Give the smallest ``counts[stratum]`` by (rank, id) of each stratum.

        In order of stratum, then (rank, id). No count exceeds the stratum's size.
        """

    def drawn(self, seed: bytes, counts: Mapping[str, int]) -> "Pool":
        """Give what ``smallest`` gives as a pool of its own, which knows their ranks."""
        picks = self.smallest(seed, counts)
        made = Pool.of((each.id, each.stratum) for each in picks) if picks else Pool(())
        made.know(seed, made.sizes, picks)
        return made

    @abstractmethod
    def strata_of(self, ids: Collection[str]) -> Mapping[str, str]:
        """Give the stratum of those of ``ids`` that are candidates."""


@frozen(slots=False)
class Pool(FrozenPool):
    """抽取对象库 (Pool): the frozen list of candidates, sorted by the bytes of their ids.

    Together, its ``parts`` are the text that is hashed, ``id 0x1F stratum 0x0A`` for each candidate
    in UTF-8, cut between candidates. Build one with ``Pool.of``; the constructor trusts what a
    store or ``of`` gives it.
    """

    parts: tuple[bytes, ...] = field(repr=False)
    _known: dict[Asked, tuple[Pick, ...]] = field(init=False, factory=dict, eq=False, repr=False)
    _drawn: dict[Asked, "Pool"] = field(init=False, factory=dict, eq=False, repr=False)

    @classmethod
    def of(cls, candidates: Iterable[tuple[str, str]]) -> "Pool":
        """Freeze ``(id, stratum)`` pairs given in any order. Raises ``PoolNotFreezable``.

        Those that come in order are never all held as pairs.
        """
        given = iter(candidates)
        parts: list[bytes] = []
        last = ""
        while pairs := list(islice(given, PART)):
            part = _ordered_part(last, pairs)
            if part is None:
                read = (pair for one in parts for pair in _pairs(one))
                return cls._sorted([*read, *pairs, *given])
            parts.append(part)
            last = pairs[-1][0]
        return cls(tuple(parts)) if parts else cls._sorted([])

    @classmethod
    def _sorted(cls, pairs: list[tuple[str, str]]) -> "Pool":
        refuse_if(PoolNotFreezable, _violations(pairs))
        pairs.sort()  # code points sort as their UTF-8 bytes do
        ahead = range(0, len(pairs), PART)
        return cls(tuple(_text(pairs[at : at + PART]).encode() for at in ahead))

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Give id and stratum of every candidate, sorted by the bytes of its id, one by one."""
        return (pair for part in self.parts for pair in _pairs(part))

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Every candidate, sorted by the bytes of its id."""
        return tuple(Candidate(*pair) for pair in self.pairs())

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """The number of candidates in each stratum."""
        found: Counter[bytes] = Counter()
        for part in self.parts:
            found.update(_STRATUM.findall(part))
        return {name.decode(): count for name, count in found.items()}

    @cached_property
    def hash(self) -> bytes:
        """``pool_hash``: SM3 over ``id 0x1F stratum 0x0A`` of each candidate."""
        state = hashlib.new("sm3")
        for part in self.parts:
            state.update(part)
        return state.digest()

    def smallest(self, seed: bytes, counts: Mapping[str, int]) -> tuple[Pick, ...]:
        """Rank every candidate and take the smallest of each stratum; asked again, remember.

        Only ranks below a cut that should leave somewhat more than enough are kept; if chance
        leaves too few of a stratum, all ranks of it are.
        """
        asked = _asked(seed, counts)
        if asked not in self._known:
            self._known[asked] = self._smallest(seed, counts)
        return self._known[asked]

    def know(self, seed: bytes, counts: Mapping[str, int], picks: tuple[Pick, ...]) -> None:
        """Remember ``picks`` as what ``smallest`` gives."""
        self._known[_asked(seed, counts)] = picks

    def drawn(self, seed: bytes, counts: Mapping[str, int]) -> "Pool":
        """Give what ``smallest`` gives as a pool of its own; asked again, remember."""
        asked = _asked(seed, counts)
        if asked not in self._drawn:
            self._drawn[asked] = super().drawn(seed, counts)
        return self._drawn[asked]

    def _smallest(self, seed: bytes, counts: Mapping[str, int]) -> tuple[Pick, ...]:
        cuts = {name: cut_above(counts[name], size) for name, size in self.sizes.items()}
        low = self._ranked(seed, cuts)
        if short := {name for name, found in low.items() if len(found) < counts[name]}:
            low = self._ranked(seed, cuts | dict.fromkeys(short, HIGHEST))
        return tuple(
            Pick(id_.decode(), stratum, its_rank)
            for stratum, found in sorted(low.items())
            for its_rank, id_ in sorted(found)[: counts[stratum]]
        )

    def _ranked(
        self, seed: bytes, cuts: Mapping[str, bytes]
    ) -> dict[str, list[tuple[bytes, bytes]]]:
        """Give (rank, id) of those at or below their stratum's cut."""
        low: dict[str, list[tuple[bytes, bytes]]] = {name: [] for name in cuts}
        kept = {name.encode(): (cut, low[name].append) for name, cut in cuts.items()}
        start = hashlib.new("sm3", seed + OBJECT).copy
        unit = UNIT.encode()
        for part in self.parts:
            for line in part.split(b"\n")[:-1]:
                id_, _, stratum = line.partition(unit)
                state = start()
                state.update(id_)
                rank = state.digest()
                cut, keep = kept[stratum]
                if rank <= cut:
                    keep((rank, id_))
        return low

    def any_id(self, pattern: str) -> bool:
        """Tell whether the whole of some candidate's id is as a regular expression says."""
        found = re.compile(rf"^(?:{pattern}){UNIT}".encode(), re.MULTILINE)
        return any(found.search(part) for part in self.parts)

    def strata_of(self, ids: Collection[str]) -> Mapping[str, str]:
        """Look the ids up."""
        wanted = set(ids)
        return {id_: stratum for id_, stratum in self.pairs() if id_ in wanted}


def _asked(seed: bytes, counts: Mapping[str, int]) -> Asked:
    return seed, tuple(sorted(counts.items()))


def cut_above(count: int, size: int) -> bytes:
    """Give a rank below which some more than ``count`` of ``size`` evenly spread ranks lie."""
    kept = count + 8 * isqrt(count) + 16
    return min(kept * 2**256 // size, 2**256 - 1).to_bytes(32, "big")


def _text(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join([f"{id_}{UNIT}{stratum}{LINE}" for id_, stratum in pairs])


def _pairs(part: bytes) -> Iterator[tuple[str, str]]:
    for line in part.decode().split(LINE)[:-1]:
        id_, _, stratum = line.partition(UNIT)
        yield id_, stratum


def _ordered_part(last: str, pairs: list[tuple[str, str]]) -> bytes | None:
    """Give the text of faultless pairs whose ids ascend from ``last`` on; nothing for others."""
    ids = [last, *(id_ for id_, _ in pairs)]
    text = _text(pairs)
    plain = text.count(LINE) == text.count(UNIT) == len(pairs)
    if not plain or not all(map(lt, ids, islice(ids, 1, None))):
        return None
    try:
        return text.encode()
    except UnicodeEncodeError:
        return None


def id_fault(id_: str) -> str | None:
    """Name what forbids ``id_`` as an id: the code of a violation, or nothing."""
    if not id_:
        return "draws.id_missing"
    if UNIT in id_ or LINE in id_ or not is_text(id_):
        return "draws.id_unusable"
    return None


def is_text(value: str) -> bool:
    """Tell whether ``value`` has a UTF-8 form (a lone surrogate has none)."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _violations(pairs: list[tuple[str, str]]) -> Iterator[Violation]:
    if not pairs:
        yield Violation("draws.pool_empty")
    for index, (id_, stratum) in enumerate(pairs):
        if fault := id_fault(id_):
            yield Violation(fault, f"pool[{index}].id")
        # The stratum runs to the end of the line: only a line feed could blur two candidates.
        if LINE in stratum or not is_text(stratum):
            yield Violation("draws.stratum_unusable", f"pool[{index}].stratum")
    ids = sorted(id_ for id_, _ in pairs)
    for twice in sorted({one for one, next_ in pairwise(ids) if one == next_}):
        yield Violation("draws.id_repeated", "pool", {"id": twice})
