"""Draws as lists show them, and what each says when it is opened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from attrs import field, frozen

from supervision_core.draws.model.draw import Draw
from supervision_core.draws.ports import Draws
from supervision_core.identity.model import Placement
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import Criterion, ListQuery, Match, both_ways
from supervision_core.kernel.registers import (
    choice,
    department,
    flag,
    integer,
    link,
    long_text,
    moment,
    region,
    rows,
    text,
    texts,
)

_STATES: Final[Mapping[str, str]] = {
    "collecting": "收集承诺", "revealing": "公布随机数", "drawn": "已抽取",
    "adjusted": "已调整", "cleared": "已清空",
}  # fmt: skip
_ACTIONS: Final[Mapping[str, str]] = {"add": "增加", "remove": "剔除"}


@frozen(kw_only=True)
class DrawRow:
    """One line of a list of draws. Source: proposal 6.4.2.5.2.2.2."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    task: str = link("检查任务", "task", required=True)
    region: str = region("行政区划", required=True)
    lead: str = department("牵头部门", required=True)
    state: str = choice("状态", _STATES, required=True)
    rounds: int = integer("轮次", required=True)
    due: datetime = moment("本轮截止时间", required=True)
    subjects: int = integer("抽取对象数", required=True)


@frozen(kw_only=True)
class ContributionView:
    """What a contributor gave for the randomness of the last round."""

    contributor: str = department("参与部门", required=True)
    committed: bool = flag("已承诺")
    revealed: bool = flag("已公布")


@frozen(kw_only=True)
class DrawAdjustmentView:
    """A correction by hand."""

    action: str = choice("调整方式", _ACTIONS, required=True)
    subject: str = link("检查对象", "subject", required=True)
    at: datetime = moment("时间", required=True)
    reason: str = text("理由", required=True)


@frozen(kw_only=True)
class DrawView:
    """What a draw says; its proof gives the rest."""

    task: str = link("检查任务", "task", required=True)
    state: str = choice("状态", _STATES, required=True)
    region: str = region("行政区划", required=True)
    lead: str = department("牵头部门", required=True)
    pool_hash: str = text("名单SM3", required=True)
    rule_hash: str = text("规则SM3", required=True)
    seed: str = text("随机种子")
    rounds: int = integer("轮次", required=True)
    due: datetime = moment("本轮截止时间", required=True)
    picked: int = integer("随机抽取数", required=True)
    selection: tuple[str, ...] = texts("检查对象编号")
    cleared_because: str = long_text("清空理由")
    contributions: tuple[ContributionView, ...] = rows("随机数贡献", ContributionView)
    adjustments: tuple[DrawAdjustmentView, ...] = rows("人工调整", DrawAdjustmentView)


def _row(one: Draw) -> DrawRow:
    return DrawRow(
        id=one.id, task=one.task, region=one.region, lead=one.lead, state=one.state.value,
        rounds=len(one.rounds), due=one.round.due, subjects=len(one.selection),
    )  # fmt: skip


def _view(one: Draw) -> DrawView:
    given = {each.contributor: each for each in one.round.contributions}
    return DrawView(
        task=one.task, state=one.state.value, region=one.region, lead=one.lead,
        pool_hash=one.pool_hash.hex(), rule_hash=one.rule.hash.hex(),
        seed=one.seed.hex() if one.seed else "", rounds=len(one.rounds), due=one.round.due,
        picked=len(one.picks), selection=one.selection, cleared_because=one.cleared_because or "",
        contributions=tuple(
            ContributionView(
                contributor=name, committed=name in given,
                revealed=name in given and given[name].nonce is not None,
            )
            for name in one.round.contributors
        ),
        adjustments=tuple(
            DrawAdjustmentView(
                action=each.action.value, subject=each.id, at=each.at, reason=each.reason
            )
            for each in one.adjustments
        ),
    )  # fmt: skip


DRAWS: Final = ListQuery(
    name="draws.draw",
    plural="draws",
    title="随机抽取",
    menu="一业一查",
    step=2,
    port=Draws,
    cls=Draw,
    row=DrawRow,
    row_of=_row,
    placed=lambda one: Placement(region=one.region, departments=one.departments),
    orders=both_ways("id"),
    criteria=(
        Criterion("state"),
        Criterion("task"),
        Criterion("lead"),
        Criterion("region", Match.BEGINS),
    ),
    view=DrawView,
    viewed=_view,
)
