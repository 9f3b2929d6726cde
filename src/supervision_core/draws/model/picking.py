"""``draw/1`` step 4: what is picked of a frozen pool, and which check items of each pick."""

from collections.abc import Iterable

from supervision_core.draws.model.pool import FrozenPool, Pick, Pool
from supervision_core.draws.model.ranking import ITEM, ranks
from supervision_core.draws.model.rule import Rule


def pick(seed: bytes, pool: FrozenPool, rule: Rule) -> tuple[Pick, ...]:
    """Give the smallest k by (rank, id) of each stratum, in order of stratum, then (rank, id).

    The rule must have a quota for every stratum of the pool.
    """
    return pool.smallest(seed, _counts(pool, rule))


def drawn_pool(seed: bytes, pool: FrozenPool, rule: Rule) -> Pool:
    """Give what ``pick`` gives as a pool of its own: ``smallest`` of all of it are the picks."""
    return pool.drawn(seed, _counts(pool, rule))


def _counts(pool: FrozenPool, rule: Rule) -> dict[str, int]:
    return {name: rule.quotas[name].of(n) for name, n in pool.sizes.items()}


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
