"""Draws as lists show them, and what each says when it is opened."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from attrs import field, frozen

from supervision_core.draws.model.changes import CHANGE_TITLES
from supervision_core.draws.model.draw import VERBS, Draw
from supervision_core.draws.model.picking import Chance, ChanceKind
from supervision_core.draws.model.sources import DrawNumber, Mark, OpenedBy, OutsiderKind
from supervision_core.draws.model.staffing import DECIDED, GROUND_TITLES
from supervision_core.draws.ports import Draws
from supervision_core.identity.model import Placement
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import Criterion, ListQuery, Match, both_ways
from supervision_core.kernel.registers import (
    choice,
    day,
    department,
    departments,
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

_DRAWN: Final[Mapping[str, str]] = {"subjects": "检查对象", "items": "检查项"}
OUTSIDER_KINDS: Final[Mapping[str, str]] = {
    OutsiderKind.DEPARTMENT.value: "配合部门",
    OutsiderKind.SUPERVISION.value: "监督部门",
    OutsiderKind.PUBLIC_VALUE.value: "公开数值",
}
KEEPERS: Final[Mapping[str, str]] = {
    OpenedBy.WITNESS.value: "见证方", OpenedBy.PLATFORM.value: "平台",
}  # fmt: skip
KINDS: Final[Mapping[ChanceKind, str]] = {
    ChanceKind.RANDOM: "随机", ChanceKind.TARGETED: "定向", ChanceKind.ALL: "全查",
}  # fmt: skip
MARKS: Final[Mapping[Mark, str]] = {
    Mark.ADJUSTED: "含非随机对象", Mark.UNPLANNED: "计划外", Mark.GIVEN: "材料由部门提供",
}  # fmt: skip
_ACTIONS: Final[Mapping[str, str]] = {"add": "增加", "remove": "剔除"}


@frozen(kw_only=True)
class DrawRow:
    """One line of a list of draws. Source: proposal 6.4.2.5.2.2.2."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    task: str = link("检查任务", "task")
    region: str = region("行政区划", required=True)
    lead: str = department("牵头部门", required=True)
    state: str = choice("状态", VERBS.states, required=True)
    rounds: int = integer("轮次", required=True)
    due: datetime = moment("本轮截止时间", required=True)
    subjects: int = integer("抽取对象数", required=True)


@frozen(kw_only=True)
class ContributionView:
    """What a contributor gave for the randomness of the last round."""

    contributor: str = department("参与部门", required=True)
    committed: bool = flag("已提交")
    commitment: str = text("承诺值")
    committed_at: datetime | None = moment("提交时间")
    revealed: bool = flag("已开启或公布")
    revealed_at: datetime | None = moment("开启或公布时间")


@frozen(kw_only=True)
class RoundLateView:
    """A try to make a seed together, and who was late for it."""

    due: datetime = moment("截止时间", required=True)
    contributors: tuple[str, ...] = departments("参与部门")
    late: tuple[str, ...] = departments("逾期未参与的部门")


@frozen(kw_only=True)
class QuotaView:
    """How many are drawn of a stratum."""

    of: str = choice("抽取内容", _DRAWN, required=True)
    level: str = text("分层", required=True)
    stratum: str = text("分层编号，证明中的写法", required=True)
    count: int | None = integer("抽取数量")
    ratio: str = text("抽取比例")
    picked: int | None = integer("实际抽中数")
    chance: str = text("每个对象的机会")


@frozen(kw_only=True)
class DrawItemView:
    """A check item that may be drawn, and of which strata."""

    item: str = text("检查项", required=True)
    levels: tuple[str, ...] = texts("分层")
    strata: tuple[str, ...] = texts("分层编号")


@frozen(kw_only=True)
class DrawAdjustmentView:
    """A correction by hand."""

    action: str = choice("调整方式", _ACTIONS, required=True)
    subject: str = link("检查对象", "subject", required=True)
    at: datetime = moment("时间", required=True)
    by: str = link("调整人", "user", required=True)
    reason: str = text("理由", required=True)
    approver: str = link("批准人", "user")
    replacement: str = link("递补对象", "subject")


@frozen(kw_only=True)
class PoolChangeView:
    """How often something of the pool came about otherwise than the last time."""

    kind: str = choice("情形", CHANGE_TITLES, required=True)
    count: int = integer("数量", required=True)


def change_views(counts: Mapping[str, int]) -> tuple[PoolChangeView, ...]:
    """Give what a pool came about otherwise than the last one, by kind, as pages show it."""
    return tuple(
        PoolChangeView(kind=kind, count=counts[kind]) for kind in CHANGE_TITLES if counts.get(kind)
    )


def change_words(counts: Mapping[str, int]) -> tuple[str, ...]:
    """Say what a pool came about otherwise than the last one, by kind."""
    return tuple(
        f"{title}：{counts[kind]}" for kind, title in CHANGE_TITLES.items() if counts.get(kind)
    )


@frozen(kw_only=True)
class GrantedRecusalView:
    """An officer whom the head let keep away from a subject."""

    officer: str = link("回避的执法人员", "officer", required=True)
    subject: str = text("检查对象", required=True)
    ground: str = choice("事由", {one.value: GROUND_TITLES[one] for one in DECIDED}, required=True)
    reason: str = text("准予的理由", required=True)
    by: str = link("准予人", "user", required=True)
    at: datetime = moment("准予时间", required=True)


@frozen(kw_only=True)
class DrawView:
    """What a draw says; its proof gives the rest, its ceremony who is inspected, by name."""

    task: str = link("检查任务", "task")
    state: str = choice("状态", VERBS.states, required=True)
    region: str = region("行政区划", required=True)
    lead: str = department("牵头部门", required=True)
    number: str = text("抽取序号")
    marks: tuple[str, ...] = texts("标记")
    pool_hash: str = text("名单SM3", required=True)
    rule_hash: str = text("规则SM3", required=True)
    changes_hash: str = text("名单变化明细SM3")
    seed: str = text("随机种子")
    rounds: int = integer("轮次", required=True)
    due: datetime = moment("本轮截止时间", required=True)
    format: str = text("抽取算法", required=True)
    outsider_kind: str = choice("外部参与方的种类", OUTSIDER_KINDS)
    outsider: str = department("外部参与方")
    keeper: str = choice("随机数保管方", KEEPERS)
    public_value: str = text("公开数值")
    public_issue: str = text("公开数值期号")
    public_day: date | None = day("公开数值公布日期")
    public_text: str = text("公开数值的数值")
    leaf: int | None = integer("平台预定数序号")
    moved_because: str = long_text("顺延截止时间的理由")
    changed: bool = flag("更换名单或规则后重新抽取")
    consented_by: str = link("批准重新抽取的负责人", "user")
    picked: int = integer("随机抽取数", required=True)
    subjects: int = integer("检查对象数", required=True)
    cleared_because: str = long_text("清空理由")
    frozen_at: datetime | None = moment("冻结时间")
    since: str = link("名单与哪一次抽取比较", "draw")
    quotas_because: str = long_text("抽取比例与规则不同的理由")
    pool_changes: tuple[PoolChangeView, ...] = rows("名单与上次相比", PoolChangeView)
    items: tuple[DrawItemView, ...] = rows("可抽取的检查项", DrawItemView)
    quotas: tuple[QuotaView, ...] = rows("抽取比例和数量", QuotaView)
    tries: tuple[RoundLateView, ...] = rows("各轮参与情况", RoundLateView)
    contributions: tuple[ContributionView, ...] = rows("随机数贡献", ContributionView)
    adjustments: tuple[DrawAdjustmentView, ...] = rows("人工调整", DrawAdjustmentView)
    granted: tuple[GrantedRecusalView, ...] = rows("准予回避", GrantedRecusalView)


def chance_words(chance: Chance) -> str:
    """Say a chance as a fraction, and what a draw with it is called."""
    return f"{chance.numerator}/{chance.denominator}（{KINDS[chance.kind]}）"


def number_words(number: DrawNumber) -> str:
    """Say which draw of its lead, scene and year it is."""
    return f"{number.year}年第{number.number}次"


def _row(one: Draw) -> DrawRow:
    return DrawRow(
        id=one.id, task=one.task, region=one.region, lead=one.lead, state=one.state.value,
        rounds=len(one.rounds), due=one.round.due, subjects=len(one.selection),
    )  # fmt: skip


def _quotas(one: Draw) -> Iterator[QuotaView]:
    picked, chances = Counter(each.stratum for each in one.picks), one.chances
    for stratum, quota in one.rule.quotas.items():
        yield QuotaView(
            of="subjects", level=one.level(stratum), stratum=stratum, count=quota.count,
            ratio=quota.ratio or "", picked=picked[stratum],
            chance=chance_words(chances[stratum]) if stratum in chances else "",
        )  # fmt: skip
    for stratum, quota in one.rule.item_quotas.items():
        yield QuotaView(
            of="items", level=one.level(stratum), stratum=stratum, count=quota.count,
            ratio=quota.ratio or "",
        )  # fmt: skip


def _sources(one: Draw) -> dict[str, Any]:
    outsider, value, consent = one.outsider, one.public_value, one.consented
    return {
        "outsider_kind": outsider.kind.value if outsider else "",
        "outsider": outsider.contributor if outsider else "",
        "keeper": one.keeper.by.value if one.keeper else "",
        "public_value": value.name if value else "",
        "public_issue": value.issue if value else "",
        "public_day": one.value_day,
        "public_text": (value.value or "") if value else "",
        "leaf": one.leaf.index if one.leaf else None,
        "moved_because": one.round.moved.reason if one.round.moved else "",
        "changed": one.changed,
        "consented_by": consent.by if consent else "",
    }


def _view(one: Draw) -> DrawView:
    given = {each.contributor: each for each in one.round.contributions}
    return DrawView(
        task=one.task, state=one.state.value, region=one.region, lead=one.lead,
        number="" if one.number is None else number_words(one.number),
        marks=tuple(MARKS[each] for each in one.marks),
        pool_hash=one.pool_hash.hex(), rule_hash=one.rule.hash.hex(),
        changes_hash=one.changes_hash.hex() if one.changes_hash else "",
        seed=one.seed.hex() if one.seed else "", rounds=len(one.rounds), due=one.round.due,
        format=one.format, **_sources(one),
        picked=len(one.picks), subjects=len(one.selection),
        cleared_because=one.cleared_because or "",
        frozen_at=one.frozen_at, since=one.since, quotas_because=one.quotas_because,
        pool_changes=change_views(one.pool_changes),
        items=tuple(
            DrawItemView(
                item=each.id, levels=tuple(map(one.level, each.strata)), strata=each.strata
            )
            for each in one.rule.items
        ),
        quotas=tuple(_quotas(one)),
        tries=tuple(
            RoundLateView(due=each.due, contributors=each.contributors, late=each.late)
            for each in one.rounds
        ),
        contributions=tuple(
            ContributionView(
                contributor=name, committed=name in given,
                commitment=given[name].commitment.hex() if name in given else "",
                committed_at=given[name].committed_at if name in given else None,
                revealed=name in given and given[name].nonce is not None,
                revealed_at=given[name].revealed_at if name in given else None,
            )
            for name in one.round.contributors
        ),
        adjustments=tuple(
            DrawAdjustmentView(
                action=each.action.value, subject=each.id, at=each.at, by=each.by,
                reason=each.reason, approver=each.approver, replacement=each.replacement or "",
            )
            for each in one.adjustments
        ),
        granted=tuple(
            GrantedRecusalView(
                officer=each.officer, subject=each.subject, ground=each.ground.value,
                reason=each.reason, by=each.by, at=each.at,
            )
            for each in one.granted
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
    closed=lambda one: one.departments if one.adjustments else frozenset(),
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
