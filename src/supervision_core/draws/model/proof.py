"""The proof of a ``draw/1`` or ``draw/2``: a JSON document that stands by itself."""

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import evolve, frozen

from supervision_core.draws.model.assignment import Assignment
from supervision_core.draws.model.draw import Contribution, Draw, GrantedRecusal, withdrawn
from supervision_core.draws.model.leaves import Leaf
from supervision_core.draws.model.picking import Chance, thresholds
from supervision_core.draws.model.pool import FrozenPool, Pick, Pool
from supervision_core.draws.model.rule import Rule
from supervision_core.draws.model.selection import Adjustment
from supervision_core.draws.model.series import Sibling
from supervision_core.draws.model.sources import (
    DRAW_1,
    DrawNumber,
    Mark,
    Opening,
    Outsider,
    PublicValue,
)
from supervision_core.draws.model.staffing import Staffing
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.plain import to_plain

FORMAT: Final = "draw-proof/1"
FORMAT_2: Final = "draw-proof/2"
_MANUAL: Final = ("action", "id", "by", "at", "reason")


@frozen
class PoolFileName:
    """对象库文件 (PoolFileName): the file beside a proof that holds a large pool.

    One ``id TAB stratum LF`` a line; ``sm3`` is the hash of its bytes in lower-case hex.
    """

    name: str
    sm3: str
    count: int


@frozen(kw_only=True)
class Sources:
    """抽取来源 (Sources): what a proof of a ``draw/2`` states beside that of a ``draw/1``.

    ``outsider``, ``number`` and ``opening`` are none where nobody but one machine drew.
    """

    number: DrawNumber | None
    leaf: Leaf
    outsider: Outsider | None
    public_value: PublicValue | None
    opening: Opening | None
    late: tuple[str, ...]
    chances: Mapping[str, Chance]
    pool_changes: Mapping[str, int]
    siblings: tuple[Sibling, ...]
    marks: tuple[Mark, ...]


@frozen(kw_only=True)
class Outcome:
    """抽取过程 (Outcome): everything that a proof states.

    With ``sources`` it is that of a ``draw/2``, else of a ``draw/1``.
    """

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
    granted: tuple[GrantedRecusal, ...] = ()
    roster: Json = None
    sources: Sources | None = None

    @classmethod
    def of(
        cls, draw: Draw, pool: FrozenPool, siblings: tuple[Sibling, ...] = ()
    ) -> "Outcome | None":
        """Give what a completed draw of ``pool`` states; nothing before it is completed.

        ``siblings`` are those before it in its series, since the last one that was dispatched.
        """
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
            granted=draw.granted,
            roster=draw.rule.kept_roster,
            sources=_sources(draw, siblings),
        )

    def of_nobody(self, adjustments: tuple[Adjustment, ...]) -> "Outcome":
        """Give the same without officers: of whom they were drawn, who goes, who was let off.

        ``adjustments`` are those made, by whom they are to be shown.
        """
        return evolve(
            self, adjustments=adjustments, staffing=None, assignment=None, granted=(), roster=None
        )


def _sources(draw: Draw, siblings: tuple[Sibling, ...]) -> Sources | None:
    if draw.format == DRAW_1 or draw.leaf is None:
        return None
    return Sources(
        number=draw.number,
        leaf=draw.leaf,
        outsider=draw.outsider,
        public_value=draw.public_value,
        opening=draw.opening,
        late=draw.round.late,
        chances=draw.chances,
        pool_changes=draw.pool_changes,
        siblings=siblings,
        marks=draw.marks,
    )


def proof_of(outcome: Outcome, pool_file: PoolFileName | None = None) -> dict[str, Json]:
    """Give the proof as plain JSON, members in the order of the definition.

    The pool is listed unless it lies in ``pool_file``. ``officers``, ``audit`` and ``signature``
    are empty where there is nothing to state; ``items`` stands only where check items are drawn,
    ``roster`` where the rule says of whom inspectors are drawn by its SM3, and that may be seen,
    ``recused`` where the rule holds of whom inspectors are drawn, or somebody was.
    """
    sources = outcome.sources
    document: dict[str, Json] = {
        "format": FORMAT if sources is None else FORMAT_2,
        "draw_id": outcome.draw,
        "task_id": outcome.task,
    }
    if sources is not None:
        document["number"] = to_plain(sources.number)
    if pool_file is not None:
        document["pool_file"] = to_plain(pool_file)
    elif isinstance(outcome.pool, Pool):
        document["pool"] = [to_plain(each) for each in outcome.pool.candidates]
    document |= {
        "pool_hash": outcome.pool.hash.hex(),
        "rule": outcome.rule.document,
        "rule_hash": outcome.rule.hash.hex(),
    }
    given = sorted(outcome.contributions, key=lambda each: each.contributor)
    if sources is None:
        document["contributions"] = [_revealed(each) for each in given]
    else:
        document |= {
            "leaf": to_plain(sources.leaf),
            "outsider": to_plain(sources.outsider),
            "contributions": [_deposited(each) for each in given],
            "late": sorted(sources.late),
            "public_value": to_plain(sources.public_value),
            "opening": to_plain(sources.opening),
        }
    document["seed"] = outcome.seed.hex()
    if sources is not None:
        document["chances"] = to_plain(sources.chances)
    document |= {
        "picks": plain_picks(outcome.picks),
        "thresholds": {name: rank.hex() for name, rank in thresholds(outcome.picks).items()},
        "manual": [_corrected(each, whole=sources is not None) for each in outcome.adjustments],
    }
    if outcome.items is not None:
        document["items"] = [
            {"id": subject, "items": list(items)} for subject, items in outcome.items.items()
        ]
    if outcome.roster is not None:
        document["roster"] = outcome.roster
    document["officers"] = to_plain(outcome.staffing) if outcome.staffing else {}
    document["assignment"] = (
        [to_plain(each) for each in outcome.assignment.visits] if outcome.assignment else []
    )
    if sources is not None:
        if outcome.rule.officers is not None or any(withdrawn(outcome.granted)):
            document["recused"] = [_recused(each) for each in outcome.granted]
        document |= {
            "pool_changes": to_plain(sources.pool_changes),
            "siblings": [to_plain(each) for each in sources.siblings],
            "marks": [each.value for each in sources.marks],
        }
    return document | {"audit": {}, "signature": {}}


def _revealed(each: Contribution) -> Json:
    return {
        "contributor": each.contributor,
        "commitment": each.commitment.hex(),
        "nonce": to_plain(each.nonce),
        "committed_at": to_plain(each.committed_at),
        "revealed_at": to_plain(each.revealed_at),
    }


def _deposited(each: Contribution) -> Json:
    return {
        "contributor": each.contributor,
        "commitment": each.commitment.hex(),
        "nonce": to_plain(each.nonce),
        "deposited_at": to_plain(each.committed_at),
    }


def _corrected(each: Adjustment, *, whole: bool) -> Json:
    plain = to_plain(each)
    if whole or not isinstance(plain, dict):
        return plain
    return {name: plain[name] for name in _MANUAL}


def _recused(each: GrantedRecusal) -> Json:
    plain = to_plain(each)
    if each.after is not None or not isinstance(plain, dict):
        return plain
    return {name: said for name, said in plain.items() if name != "after"}


def plain_picks(picks: Iterable[Pick]) -> list[Json]:
    """Give picks as the proof lists them."""
    return [{"id": it.id, "stratum": it.stratum, "rank": it.rank.hex()} for it in picks]
