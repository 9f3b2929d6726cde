"""How the pool of a draw differs from that of the last one, and what else was changed since.

Whoever lets a subject in or out by register, scene, rule or grading is seen here: the numbers are
kept with the draw, and beside it the list of what they count, with who did it. Source: design §14.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Final, cast

from attrs import frozen

from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.roster import Roster
from supervision_core.draws.model.staffing import Inspector
from supervision_core.kernel.canonical import Json, canonical_json
from supervision_core.kernel.plain import from_plain, to_plain


class PoolChange(StrEnum):
    """名单变化 (PoolChange): what of a pool, or of what it is made by, is not as it was last time.

    Subjects came in, went out, or stand in another stratum; scene, inspected tags, checklist,
    grading rule or models were changed since; subjects were graded by hand since; a grade that is
    used is not that of the calendar's run, or is older than that run; no run of the calendar is
    there yet, so that grades given by hand are used; or nobody can tell, since it may be from
    before runs were noted.
    Beside them, of whom no grade is known, and who was left out because a visit that was drawn, or
    one that was not, took place or is arranged; and who has no number that a proof may show, as
    people known by their identity cards. Of whom tags or region, as far as they decide whom the
    scene inspects there, were changed since the plan was displayed. Officers of whom inspectors are
    drawn came in, went out (suspended, left, moved), or hold other certificates. Other draws of the
    lead from the same pool were open at the freezing.
    """

    CAME_IN = "came_in"
    WENT_OUT = "went_out"
    MOVED = "moved"
    SCENE = "scene_changed"
    TAG = "tag_changed"
    CHECKLIST = "checklist_changed"
    RULE = "rule_changed"
    MODEL = "model_changed"
    GRADED_BY_HAND = "graded_by_hand"
    UNSCHEDULED = "unscheduled"
    STALE = "stale"
    NO_RUN = "no_run"
    UNKNOWN_ORIGIN = "unknown_origin"
    UNGRADED = "ungraded"
    EXCLUDED_DRAWN = "excluded_drawn"
    EXCLUDED_OTHERS = "excluded_others"
    EXCLUDED_UNNUMBERED = "excluded_unnumbered"
    SINCE_DISPLAY = "since_display"
    OFFICERS_CAME = "officers_came"
    OFFICERS_WENT = "officers_went"
    OFFICERS_CHANGED = "officers_changed"
    OPEN_TWINS = "open_twins"


CHANGE_TITLES: Final[Mapping[str, str]] = {
    PoolChange.CAME_IN: "新进入名单的对象（户）",
    PoolChange.WENT_OUT: "退出名单的对象（户）",
    PoolChange.MOVED: "等级变化的对象（户）",
    PoolChange.SCENE: "场景改动（次）",
    PoolChange.TAG: "检查标签及其打标规则改动（次）",
    PoolChange.CHECKLIST: "检查单改动（次）",
    PoolChange.RULE: "分级分类规则改动（次）",
    PoolChange.MODEL: "风险、信用模型改动（次）",
    PoolChange.GRADED_BY_HAND: "人工分级（次）",
    PoolChange.UNSCHEDULED: "等级不出自按周期自动评价的对象（户）",
    PoolChange.STALE: "等级早于最近一次按周期自动评价的对象（户）",
    PoolChange.NO_RUN: "没有按周期的自动评价，采用人工分级的对象（户）",
    PoolChange.UNKNOWN_ORIGIN: "等级来历不明（升级前）的对象（户）",
    PoolChange.UNGRADED: "未分级的对象（户）",
    PoolChange.EXCLUDED_DRAWN: "因抽中的检查排除的对象（户）",
    PoolChange.EXCLUDED_OTHERS: "因未经抽取的检查排除的对象（户）",
    PoolChange.EXCLUDED_UNNUMBERED: "因以身份证号登记、没有可公开的编号排除的对象（户）",
    PoolChange.SINCE_DISPLAY: "计划公示后标签或区划有改动的对象（户）",
    PoolChange.OFFICERS_CAME: "新进入名册的执法人员（人）",
    PoolChange.OFFICERS_WENT: "退出名册的执法人员（人）",
    PoolChange.OFFICERS_CHANGED: "执法证有变化的执法人员（人）",
    PoolChange.OPEN_TWINS: "同一名单上还没有分发的其他抽取（次）",
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
    return inspectors_compared(before.inspectors, now.inspectors)


def inspectors_compared(
    before: Iterable[Inspector], now: Iterable[Inspector]
) -> Mapping[str, PoolChange]:
    """Give how each officer is not as before, by id."""
    old, new = ({one.id: one for one in each} for each in (before, now))
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
    merged = merge(
        ((code, 0, stratum) for code, stratum in before.pairs()),
        ((code, 1, stratum) for code, stratum in now.pairs()),
    )
    for code, places in groupby(merged, key=itemgetter(0)):
        stood = {side: stratum for _, side, stratum in places}
        changed = Changed(code, stood.get(0, ""), stood.get(1, ""))
        if changed.was != changed.now:
            yield changed


@frozen(kw_only=True)
class ListedAct:
    """名单变化操作 (ListedAct): what the log says was done, when, by which account, for whom.

    ``action`` is the permission of what was done, ``fields`` what of its object it changed,
    ``reason`` why, where the act asks for it.
    """

    at: datetime
    action: str
    actor: str
    department: str = ""
    fields: tuple[str, ...] = ()
    reason: str = ""


@frozen(kw_only=True)
class ListedChange:
    """名单变化明细 (ListedChange): what is not as it was with a subject, or with what grades it.

    ``about`` is the code of a subject, or kind and id of scene, tag, checklist, rule or model
    (``scene/<id>``), or
    of a subject whose code nobody may see;
    ``was`` and ``now`` its strata, empty for being in none; ``tasks`` whose visits keep it out.
    The line about ``draw/<id>`` says ``now`` with which draw all of them are compared.
    """

    about: str
    kinds: tuple[PoolChange, ...]
    was: str = ""
    now: str = ""
    tasks: tuple[str, ...] = ()
    acts: tuple[ListedAct, ...] = ()


_OF_ACTS: Final = frozenset(
    {
        PoolChange.SCENE, PoolChange.TAG, PoolChange.CHECKLIST, PoolChange.RULE, PoolChange.MODEL,
        PoolChange.GRADED_BY_HAND,
    }
)  # fmt: skip
"""Kinds of which every act counts, not the thing that it is done with."""


def counted(changes: Iterable[ListedChange]) -> Mapping[PoolChange, int]:
    """Count changes by kind, as a draw keeps them."""
    counts = Counter[PoolChange]()
    for one in changes:
        for kind in one.kinds:
            counts[kind] += len(one.acts) if kind in _OF_ACTS else 1
    return counts


COMPARED: Final = "draw/"
"""Begins what the one line is about that says with which draw a pool is compared."""


def kept_list(changes: Iterable[ListedChange], *, since: str, words: str) -> Pool:
    """Give changes as they are kept by their hash: what each is about, and the rest as JSON.

    One line is about the draw ``since`` which they are, empty for none, and says so in ``words``.
    """
    compared = ListedChange(about=f"{COMPARED}{since}", kinds=(), now=words)
    return Pool.of((one.about, _text(one)) for one in (*changes, compared))


def _text(one: ListedChange) -> str:
    plain = cast("Mapping[str, Json]", to_plain(one))
    return canonical_json({name: said for name, said in plain.items() if name != "about"}).decode()


def listed_changes(kept: Pool) -> Iterator[ListedChange]:
    """Give the changes that ``kept_list`` made one of, in the order of what they are about."""
    for about, text in kept.pairs():
        yield from_plain(ListedChange, {"about": about, **json.loads(text)})
