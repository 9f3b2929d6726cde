"""What is picked of a frozen pool by ``draw/1`` or ``draw/2``, and which items of each pick."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Final

from attrs import frozen

from supervision_core.draws.model.pool import FrozenPool, Pick, Pool
from supervision_core.draws.model.ranking import ITEM, ranks
from supervision_core.draws.model.rule import Rule
from supervision_core.draws.model.sources import DRAW_1

_HALF: Final = Fraction(1, 2)


class ChanceKind(StrEnum):
    """分层抽取方式 (ChanceKind): what the draw of a stratum may be called, by its chance."""

    RANDOM = "random"
    TARGETED = "targeted"
    ALL = "all"

    @classmethod
    def of(cls, chance: Fraction) -> "ChanceKind":
        """Give 随机 up to a half, 定向 above it, 全查 at one."""
        if chance >= 1:
            return cls.ALL
        return cls.TARGETED if chance > _HALF else cls.RANDOM


@frozen(kw_only=True)
class Chance:
    """抽取机会 (Chance): how many of a stratum were drawn, and with which chance each of it is.

    The chance is a fraction that cannot be reduced; it is that of the rule, whatever was drawn.
    """

    size: int
    drawn: int
    numerator: int
    denominator: int
    kind: ChanceKind


def pick(seed: bytes, pool: FrozenPool, rule: Rule, definition: str = DRAW_1) -> tuple[Pick, ...]:
    """Give the smallest k by (rank, id) of each stratum, in order of stratum, then (rank, id).

    The rule must have a quota for every stratum of the pool.
    """
    return pool.smallest(seed, counts(seed, pool.sizes, rule, definition))


def drawn_pool(seed: bytes, pool: FrozenPool, rule: Rule, definition: str = DRAW_1) -> Pool:
    """Give what ``pick`` gives as a pool of its own: ``smallest`` of all of it are the picks."""
    return pool.drawn(seed, counts(seed, pool.sizes, rule, definition))


def counts(seed: bytes, sizes: Mapping[str, int], rule: Rule, definition: str) -> dict[str, int]:
    """Give how many of each stratum are drawn by a definition."""
    if definition == DRAW_1:
        return {name: rule.quotas[name].of(n) for name, n in sizes.items()}
    return {name: rule.quotas[name].drawn_by(seed, name, n) for name, n in sizes.items()}


def chances(rule: Rule, sizes: Mapping[str, int], drawn: Mapping[str, int]) -> dict[str, Chance]:
    """Give the chance of each stratum of a ``draw/2``, in order of stratum."""
    found = {name: rule.quotas[name].chance(size) for name, size in sorted(sizes.items())}
    return {
        name: Chance(
            size=sizes[name],
            drawn=drawn.get(name, 0),
            numerator=chance.numerator,
            denominator=chance.denominator,
            kind=ChanceKind.of(chance),
        )
        for name, chance in found.items()
    }


def in_rank(seed: bytes, pool: FrozenPool, most: int) -> dict[str, tuple[str, ...]]:
    """Give the first ``most`` of each stratum by (rank, id), all of a smaller one."""
    found: dict[str, list[str]] = {name: [] for name in pool.sizes}
    wanted = {name: min(size, most) for name, size in pool.sizes.items()}
    for each in pool.smallest(seed, wanted):
        found[each.stratum].append(each.id)
    return {name: tuple(ids) for name, ids in found.items()}


def thresholds(picks: Iterable[Pick]) -> dict[str, bytes]:
    """Give the rank of the last pick of each stratum: a candidate at or below it was drawn."""
    return {each.stratum: each.rank for each in picks}


def pick_items(seed: bytes, subject: str, stratum: str | None, rule: Rule) -> tuple[str, ...]:
    """Draw the check items of one subject (检查事项抽取), in order of their rank.

    The items open to the subject's stratum are ranked by ``SM3(seed 0x02 subject 0x1F item)`` and
    the stratum's quota of them is taken; all of them where the rule sets no quota for it. A
    subject added by hand from outside the pool (``stratum`` None) gets every item.
    Source: proposal 6.4.2.5.2.2.3.1.
    """
    open_ = sorted(each.id for each in rule.items if stratum is None or stratum in each.strata)
    prefix = seed + ITEM + subject.encode() + b"\x1f"
    ranked = sorted(zip(ranks(prefix, open_), open_, strict=True))
    quota = rule.item_quotas.get(stratum) if stratum is not None else None
    taken = ranked if quota is None else ranked[: quota.of(len(ranked))]
    return tuple(item for _, item in taken)
