"""How the pool of a draw differs from that of the last one, and what else was changed since.

Whoever lets a subject in or out by register, scene, rule or grading is seen here: the numbers are
kept with the draw, and who did it stands in the log. Source: design §14.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from attrs import frozen

from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.roster import Roster


class PoolChange(StrEnum):
    """名单变化 (PoolChange): what of a pool, or of what it is made by, is not as it was last time.

    Subjects came in, went out, or stand in another stratum; scene, grading rule or models were
    changed since; subjects were graded by hand since; no run of the calendar is there yet, so that
    grades given by hand are used. Beside them, of whom no grade is known, and who was left out
    because a visit that was drawn, or one that was not, took place or is arranged. Officers of whom
    inspectors are drawn came in, went out (suspended, left, moved), or hold other certificates.
    """

    CAME_IN = "came_in"
    WENT_OUT = "went_out"
    MOVED = "moved"
    SCENE = "scene_changed"
    RULE = "rule_changed"
    MODEL = "model_changed"
    GRADED_BY_HAND = "graded_by_hand"
    NO_RUN = "no_run"
    UNGRADED = "ungraded"
    EXCLUDED_DRAWN = "excluded_drawn"
    EXCLUDED_OTHERS = "excluded_others"
    OFFICERS_CAME = "officers_came"
    OFFICERS_WENT = "officers_went"
    OFFICERS_CHANGED = "officers_changed"


CHANGE_TITLES: Final[Mapping[str, str]] = {
    PoolChange.CAME_IN: "新进入名单的对象（户）",
    PoolChange.WENT_OUT: "退出名单的对象（户）",
    PoolChange.MOVED: "等级变化的对象（户）",
    PoolChange.SCENE: "场景改动（次）",
    PoolChange.RULE: "分级分类规则改动（次）",
    PoolChange.MODEL: "风险、信用模型改动（次）",
    PoolChange.GRADED_BY_HAND: "人工分级（次）",
    PoolChange.NO_RUN: "没有按周期的自动评价，采用人工分级的对象（户）",
    PoolChange.UNGRADED: "未分级的对象（户）",
    PoolChange.EXCLUDED_DRAWN: "因抽中的检查排除的对象（户）",
    PoolChange.EXCLUDED_OTHERS: "因未经抽取的检查排除的对象（户）",
    PoolChange.OFFICERS_CAME: "新进入名册的执法人员（人）",
    PoolChange.OFFICERS_WENT: "退出名册的执法人员（人）",
    PoolChange.OFFICERS_CHANGED: "执法证有变化的执法人员（人）",
}


@frozen
class Changed:
    """One whose place is not as it was: its code, and the strata, empty for being in none."""

    code: str
    was: str
    now: str

    @property
    def kind(self) -> PoolChange:
        """What became of it."""
        if not self.was:
            return PoolChange.CAME_IN
        return PoolChange.MOVED if self.now else PoolChange.WENT_OUT


def officers_compared(before: Roster | None, now: Roster | None) -> Mapping[str, PoolChange]:
    """Give how each officer's place in two rosters differs, by id; nothing where one is missing."""
    if before is None or now is None:
        return {}
    old, new = ({one.id: one for one in each.inspectors} for each in (before, now))
    found = {
        **dict.fromkeys(new.keys() - old.keys(), PoolChange.OFFICERS_CAME),
        **dict.fromkeys(old.keys() - new.keys(), PoolChange.OFFICERS_WENT),
        **{
            one: PoolChange.OFFICERS_CHANGED
            for one in old.keys() & new.keys() if old[one] != new[one]
        },
    }  # fmt: skip
    return dict(sorted(found.items()))


def compared(before: Pool, now: Pool) -> Iterator[Changed]:
    """Give those whose place in two pools differs, in the order of their codes."""
    if before.hash == now.hash:
        return
    old, new = before.pairs(), now.pairs()
    was, is_ = next(old, None), next(new, None)
    while was is not None or is_ is not None:
        if is_ is None or (was is not None and was[0] < is_[0]):
            assert was is not None  # noqa: S101 - one of both is there
            yield Changed(was[0], was[1], "")
            was = next(old, None)
        elif was is None or is_[0] < was[0]:
            yield Changed(is_[0], "", is_[1])
            is_ = next(new, None)
        else:
            if was[1] != is_[1]:
                yield Changed(is_[0], was[1], is_[1])
            was, is_ = next(old, None), next(new, None)
