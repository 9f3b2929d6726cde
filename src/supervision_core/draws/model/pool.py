"""The frozen pool: who may be drawn, in which stratum, and the hash that pins both."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import ClassVar

from attrs import define, frozen

from supervision_core.draws.model.ranking import OBJECT, ranks
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.errors import Refused, Violation, refuse_if

UNIT = "\x1f"
LINE = "\n"


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

    @abstractmethod
    def strata_of(self, ids: Collection[str]) -> Mapping[str, str]:
        """Give the stratum of those of ``ids`` that are candidates."""


@frozen(slots=False)
class Pool(FrozenPool):
    """抽取对象库 (Pool): the frozen list of candidates, sorted by the bytes of their ids.

    ``canonical`` is the text that is hashed: ``id 0x1F stratum 0x0A`` for each candidate. Build
    one with ``Pool.of``; the constructor trusts what a store or ``of`` gives it.
    """

    canonical: str

    @classmethod
    def of(cls, candidates: Iterable[tuple[str, str]]) -> "Pool":
        """Freeze ``(id, stratum)`` pairs given in any order. Raises ``PoolNotFreezable``."""
        pairs = list(candidates)
        refuse_if(PoolNotFreezable, _violations(pairs))
        # Code points sort as their UTF-8 bytes do.
        return cls("".join(f"{id_}{UNIT}{stratum}{LINE}" for id_, stratum in sorted(pairs)))

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """Every candidate, sorted by the bytes of its id."""
        lines = self.canonical.split(LINE)[:-1]
        return tuple(Candidate(*line.split(UNIT, 1)) for line in lines)

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """The number of candidates in each stratum."""
        return dict(Counter(each.stratum for each in self.candidates))

    @cached_property
    def hash(self) -> bytes:
        """``pool_hash``: SM3 over ``id 0x1F stratum 0x0A`` of each candidate."""
        return sm3(self.canonical.encode())

    def smallest(self, seed: bytes, counts: Mapping[str, int]) -> tuple[Pick, ...]:
        """Rank every candidate and take the smallest of each stratum."""
        found = ranks(seed + OBJECT, (each.id for each in self.candidates))
        strata: dict[str, list[tuple[bytes, str]]] = {stratum: [] for stratum in self.sizes}
        for each, its_rank in zip(self.candidates, found, strict=True):
            strata[each.stratum].append((its_rank, each.id))
        return tuple(
            Pick(id_, stratum, its_rank)
            for stratum, ranked in sorted(strata.items())
            for its_rank, id_ in sorted(ranked)[: counts[stratum]]
        )

    def strata_of(self, ids: Collection[str]) -> Mapping[str, str]:
        """Look the ids up."""
        wanted = set(ids)
        return {each.id: each.stratum for each in self.candidates if each.id in wanted}


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
