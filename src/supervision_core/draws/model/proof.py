"""``draw/1`` step 6: the proof, a JSON document that stands by itself."""

from collections.abc import Iterable, Mapping

from attrs import frozen

from supervision_core.draws.model.assignment import Assignment
from supervision_core.draws.model.draw import Adjustment, Contribution, Draw
from supervision_core.draws.model.picking import thresholds
from supervision_core.draws.model.pool import FrozenPool, Pick, Pool
from supervision_core.draws.model.rule import Rule
from supervision_core.draws.model.staffing import Staffing
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.plain import to_plain

FORMAT = "draw-proof/1"
_CONTRIBUTION = ("contributor", "commitment", "committed_at", "nonce", "revealed_at")


@frozen
class PoolFileName:
    """对象库文件 (PoolFileName): the file beside a proof that holds a large pool.

    One ``id TAB stratum LF`` a line; ``sm3`` is the hash of its bytes in lower-case hex.
    """

    name: str
    sm3: str
    count: int


@frozen(kw_only=True)
class Outcome:
    """抽取过程 (Outcome): everything that a proof states."""

    draw: str
    task: str
    pool: FrozenPool
    rule: Rule
    contributions: tuple[Contribution, ...]
    seed: bytes
    picks: tuple[Pick, ...]
    adjustments: tuple[Adjustment, ...] = ()
    items: Mapping[str, tuple[str, ...]] | None = None
    staffing: Staffing | None = None
    assignment: Assignment | None = None

    @classmethod
    def of(cls, draw: Draw, pool: FrozenPool) -> "Outcome | None":
        """Give what a completed draw of ``pool`` states; nothing before it is completed."""
        if draw.seed is None:
            return None
        return cls(
            draw=draw.id,
            task=draw.task,
            pool=pool,
            rule=draw.rule,
            contributions=draw.round.contributions,
            seed=draw.seed,
            picks=draw.picks,
            adjustments=draw.adjustments,
            items=draw.items(pool) or None,
            staffing=draw.staffing,
            assignment=draw.assignment,
        )


def proof_of(outcome: Outcome, pool_file: PoolFileName | None = None) -> dict[str, Json]:
    """Give the proof as plain JSON, members in the order of the definition.

    The pool is listed unless it lies in ``pool_file``. ``officers``, ``audit`` and ``signature``
    are empty where there is nothing to state; ``items`` stands only where check items are drawn.
    """
    document: dict[str, Json] = {
        "format": FORMAT,
        "draw_id": outcome.draw,
        "task_id": outcome.task,
    }
    if pool_file is not None:
        document["pool_file"] = to_plain(pool_file)
    elif isinstance(outcome.pool, Pool):
        document["pool"] = [to_plain(each) for each in outcome.pool.candidates]
    document |= {
        "pool_hash": outcome.pool.hash.hex(),
        "rule": outcome.rule.document,
        "rule_hash": outcome.rule.hash.hex(),
        "contributions": [
            _plain_contribution(each)
            for each in sorted(outcome.contributions, key=lambda each: each.contributor)
        ],
        "seed": outcome.seed.hex(),
        "picks": plain_picks(outcome.picks),
        "thresholds": {name: rank.hex() for name, rank in thresholds(outcome.picks).items()},
        "manual": [to_plain(each) for each in outcome.adjustments],
    }
    if outcome.items is not None:
        document["items"] = [
            {"id": subject, "items": list(items)} for subject, items in outcome.items.items()
        ]
    document["officers"] = to_plain(outcome.staffing) if outcome.staffing else {}
    document["assignment"] = (
        [to_plain(each) for each in outcome.assignment.visits] if outcome.assignment else []
    )
    return document | {"audit": {}, "signature": {}}


def _plain_contribution(each: Contribution) -> Json:
    plain = to_plain(each)
    return {name: plain[name] for name in _CONTRIBUTION} if isinstance(plain, dict) else plain


def plain_picks(picks: Iterable[Pick]) -> list[Json]:
    """Give picks as the proof lists them."""
    return [{"id": it.id, "stratum": it.stratum, "rank": it.rank.hex()} for it in picks]
