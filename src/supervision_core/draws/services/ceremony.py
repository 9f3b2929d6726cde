"""What everybody who takes part sees of a draw while it goes on."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Final

from attrs import field, frozen

from supervision_core.draws.lists import (
    OUTSIDER_KINDS,
    PoolChangeView,
    RoundLateView,
    change_views,
)
from supervision_core.draws.model.draw import VERBS, Draw
from supervision_core.draws.model.picking import thresholds
from supervision_core.draws.model.selection import Action
from supervision_core.draws.ports import Pools
from supervision_core.draws.services import draw_in_reach
from supervision_core.draws.services.departures import Departure, numbered
from supervision_core.identity.services import Work, question
from supervision_core.identity.services.insight import require_insight
from supervision_core.kernel.fields import said
from supervision_core.kernel.verbs import Allowed, departments
from supervision_core.officers.ports import Officers
from supervision_core.subjects.services.known import by_codes

SHOWN_AT_ONCE: Final = 50
"""Selected subjects on a page."""


@frozen(kw_only=True)
class ViewCeremony:
    """A draw, and from which of the selected subjects on, counted from 0, they are shown."""

    draw_id: str = field(metadata=said("抽取的编号", example="0123abcd", to="draw"))
    first: int = field(default=0, metadata=said("从第几个抽中对象开始显示，从0数起", example=0))


@frozen(kw_only=True)
class Contributed:
    """What one department gave for the randomness of the round."""

    department: str = field(metadata=said("参与部门的编号", example="nanning", to="department"))
    commitment: str = field(metadata=said("承诺值，十六进制，未提交的为空", example="00ff"))
    committed_at: datetime | None = field(metadata=said("提交的时间"))
    nonce: str = field(metadata=said("随机数，十六进制，未开启或未公布的为空", example="00ff"))
    revealed_at: datetime | None = field(metadata=said("开启或公布随机数的时间"))
    unopened: bool = field(metadata=said("密封的随机数是否不能开启而以承诺值代替", example=False))
    outsider: bool = field(metadata=said("是否为外部参与方", example=False))


@frozen(kw_only=True)
class ValueShown:
    """The public value of a round: which one, and whether it is known."""

    name: str = field(metadata=said("公开数值的名称", example="中国福利彩票双色球开奖号码"))
    issue: str = field(metadata=said("期号", example="2026078"))
    day: date | None = field(metadata=said("公布日期", example="2026-07-03"))
    value: str = field(metadata=said("公布的数值，尚未由两个部门录入一致的为空"))
    entered_by: tuple[str, ...] = field(metadata=said("已录入的部门的编号", to="department"))


@frozen(kw_only=True)
class RoundShown:
    """How the seed of a ``draw/2`` comes about: who outside, whose key, which leaf and value."""

    label: str = field(
        metadata=said("本轮的标识，密封随机数时要用", example="0123abcd@2026-07-01T09:00:00+00:00")
    )
    outsider: str = field(
        metadata=said("外部参与方部门的编号，以公开数值代替的为空", to="department")
    )
    outsider_kind: str = field(
        metadata=said("外部参与方的种类", codes=OUTSIDER_KINDS, example="department")
    )
    keeper: str = field(
        metadata=said("随机数保管方", codes={"witness": "见证方", "platform": "平台"},
                      example="witness")
    )  # fmt: skip
    keeper_key: str = field(metadata=said("保管方的SM2公钥，十六进制", example="04ff"))
    demo: bool = field(metadata=said("见证方是否由演示充当", example=False))
    index: int = field(metadata=said("使用平台当年的第几个预定数", example=1))
    root: str = field(metadata=said("平台预定数表的根值", example="00ff"))
    leaf: str = field(metadata=said("平台的预定数，未开启的为空", example="00ff"))
    public_value: ValueShown | None = field(metadata=said("公开数值，没有的为空"))
    moved_from: datetime | None = field(metadata=said("顺延之前的截止时间，未顺延的为空"))
    moved_because: str = field(metadata=said("顺延截止时间的理由"))
    consent_awaited: bool = field(metadata=said("是否等待负责人批准重新抽取", example=False))
    outsider_absent: bool = field(metadata=said("外部参与方是否尚未提交", example=False))
    closed_at: datetime | None = field(metadata=said("截止收集的时间"))
    closed_list: str = field(metadata=said("截止名单的SM3", example="00ff"))
    opened_at: datetime | None = field(metadata=said("开启的时间"))


@frozen(kw_only=True)
class StratumDrawn:
    """How many of a stratum were to be drawn, and by which rank the last one came in."""

    stratum: str = field(metadata=said("分层", example="1"))
    level: str = field(metadata=said("分层名称", example="一级"))
    size: int = field(metadata=said("库中对象数", example=60))
    count: int | None = field(metadata=said("抽取数量，按比例抽取的为空"))
    ratio: str = field(metadata=said("抽取比例，按数量抽取的为空", example="0.05"))
    picked: int = field(metadata=said("随机抽中数", example=3))
    threshold: str = field(metadata=said("入选线：最后一个抽中对象的排序值", example="00ff"))


@frozen(kw_only=True)
class Selected:
    """A subject that is to be inspected, by chance or by hand, with who inspects it."""

    code: str = field(metadata=said("主体身份代码", example="91450100MA5K000017"))
    subject: str = field(metadata=said("监管对象的编号，不在库中的为空", to="subject"))
    name: str = field(metadata=said("监管对象名称", example="南宁示例乳业有限公司"))
    stratum: str = field(metadata=said("分层，人工增加的为空", example="1"))
    level: str = field(metadata=said("分层名称，人工增加的为空", example="一级"))
    rank: str = field(metadata=said("排序值，人工增加的为空", example="00ff"))
    officers: tuple[str, ...] = field(metadata=said("检查人员姓名"))
    items: tuple[str, ...] = field(metadata=said("抽取的检查项编码，重点项不在内", example=["1.1"]))


@frozen(kw_only=True)
class Adjusted:
    """A correction by hand."""

    action: Action = field(
        metadata=said("调整方式", codes={"add": "增加", "remove": "剔除"}, example="add")
    )
    code: str = field(metadata=said("主体身份代码", example="91450100MA5K000017"))
    name: str = field(metadata=said("监管对象名称", example="南宁示例乳业有限公司"))
    reason: str = field(metadata=said("调整理由", example="该企业已停产"))
    by: str = field(metadata=said("调整人的编号", to="user"))
    at: datetime = field(metadata=said("调整时间"))
    approver: str = field(metadata=said("批准人的编号，尚未批准的为空", to="user"))


@frozen(kw_only=True)
class Ceremony:
    """抽取过程页 (Ceremony): all that a draw shows to those who take part, as it is now."""

    draw_id: str = field(metadata=said("抽取的编号", example="0123abcd"))
    version: int = field(metadata=said("版本", example=1))
    task: str = field(metadata=said("检查任务的编号", example="0123abcd", to="task"))
    called: str = field(metadata=said("冻结时的任务名称"))
    region: str = field(metadata=said("所属区划代码", example="450100", to="region"))
    lead: str = field(metadata=said("牵头部门的编号", example="nanning", to="department"))
    state: str = field(metadata=said("状态", example="collecting"))
    pool_hash: str = field(metadata=said("名单的SM3", example="00ff"))
    rule_hash: str = field(metadata=said("规则的SM3", example="00ff"))
    filters: tuple[str, ...] = field(metadata=said("筛选条件"))
    exclusions: tuple[str, ...] = field(metadata=said("排除条件"))
    candidates: int = field(metadata=said("库中对象数", example=60))
    due: datetime = field(metadata=said("本轮截止时间"))
    overdue: bool = field(metadata=said("本轮截止时间是否已过", example=False))
    rounds: tuple[RoundLateView, ...] = field(metadata=said("各轮参与情况"))
    contributions: tuple[Contributed, ...] = field(metadata=said("本轮承诺与随机数"))
    format: str = field(metadata=said("抽取算法", example="draw/2"))
    round: RoundShown | None = field(metadata=said("种子的来源，draw/1的为空"))
    missing: tuple[str, ...] = field(metadata=said("还没有办理的部门的编号", to="department"))
    seed: str = field(metadata=said("随机种子，未产生的为空", example="00ff"))
    strata: tuple[StratumDrawn, ...] = field(metadata=said("各分层抽取情况"))
    items: int = field(metadata=said("可抽取的检查项数", example=12))
    selection: int = field(metadata=said("检查对象数", example=3))
    selected: tuple[Selected, ...] = field(metadata=said("检查对象"))
    adjustments: tuple[Adjusted, ...] = field(metadata=said("人工调整"))
    assigned: bool = field(metadata=said("是否已抽取检查人员", example=False))
    certified_on: date | None = field(metadata=said("检查人员资格须在哪一天有效，未抽取的为空"))
    officers: int = field(metadata=said("抽取的检查人员数", example=2))
    cap: int = field(metadata=said("每人最多承担的检查数", example=2))
    cleared_because: str = field(metadata=said("清空理由"))
    allowed: tuple[Allowed, ...] = field(metadata=said("此刻可以由您办理的事项"))
    numbered: tuple[Departure, ...] = field(metadata=said("抽取序号和标记，此前没有分发的抽取"))
    quotas_because: str = field(metadata=said("抽取比例与规则不同的理由，没有不同的为空"))
    pool_changes: tuple[PoolChangeView, ...] = field(metadata=said("名单与上次抽取相比的变化"))


@question("draws.view_ceremony", "查看抽取过程")
def view_ceremony(work: Work, about: ViewCeremony) -> Ceremony:
    """Show how far a draw is: who has deposited, what was opened, seed, picks, inspectors."""
    draw = draw_in_reach(work, about.draw_id, lead_only=False)
    require_insight(work, "draw", draw.id, draw.departments)
    rule = draw.rule.document
    said_of = rule if isinstance(rule, Mapping) else {}
    sizes = draw.sizes or work[Pools].get(draw.pool_hash).sizes
    assignment = draw.assignment
    loads = {one for each in assignment.visits for one in each.officers} if assignment else set()
    return Ceremony(
        draw_id=draw.id,
        version=draw.version,
        task=draw.task,
        called=draw.called,
        region=draw.region,
        lead=draw.lead,
        state=draw.state.value,
        pool_hash=draw.pool_hash.hex(),
        rule_hash=draw.rule.hash.hex(),
        filters=_texts(said_of.get("filters")),
        exclusions=_texts(said_of.get("exclusions")),
        candidates=sum(sizes.values()),
        due=draw.round.due,
        overdue=draw.round.due < work.now,
        rounds=tuple(
            RoundLateView(due=one.due, contributors=one.contributors, late=one.late)
            for one in draw.rounds
        ),
        contributions=tuple(_contributed(draw)),
        format=draw.format,
        round=_round(draw),
        missing=draw.owing,
        seed=draw.seed.hex() if draw.seed else "",
        strata=tuple(_strata(draw, sizes)),
        items=len(draw.rule.items),
        selection=len(draw.selection),
        selected=tuple(_selected(work, draw, about.first)),
        adjustments=tuple(_adjusted(work, draw)),
        assigned=assignment is not None,
        certified_on=draw.staffing.day if draw.staffing else None,
        officers=len(loads),
        cap=assignment.cap if assignment else 0,
        cleared_because=draw.cleared_because or "",
        allowed=tuple(_allowed(work, draw)),
        numbered=tuple(numbered(work, draw)),
        quotas_because=draw.quotas_because,
        pool_changes=change_views(draw.pool_changes),
    )


def _texts(given: object) -> tuple[str, ...]:
    return tuple(str(one) for one in given) if isinstance(given, list) else ()


def _allowed(work: Work, draw: Draw) -> Iterator[Allowed]:
    """Give what the department at work does: nobody commits or reveals for another."""
    own = departments(work.actor.department)
    for one in VERBS.allowed(draw, lambda _, assigned: not own.isdisjoint(assigned)):
        if work.actor.may(one.permission):
            yield one


def _round(draw: Draw) -> RoundShown | None:
    leaf, keeper, outsider, at = draw.leaf, draw.keeper, draw.outsider, draw.round
    if leaf is None or keeper is None or outsider is None:
        return None
    closed, value, moved, opening = draw.closed_list, draw.public_value, at.moved, draw.opening
    entered = (draw.entered.department,) if draw.entered else ()
    return RoundShown(
        label=at.label,
        outsider=outsider.contributor,
        outsider_kind=outsider.kind.value,
        keeper=keeper.by.value,
        keeper_key=keeper.public_key.hex(),
        demo=keeper.demo,
        index=leaf.index,
        root=leaf.root.hex(),
        leaf=leaf.value.hex() if leaf.value else "",
        public_value=None if value is None else ValueShown(
            name=value.name, issue=value.issue, day=draw.value_day, value=value.value or "",
            entered_by=value.entered_by or entered,
        ),
        moved_from=moved.before if moved else None,
        moved_because=moved.reason if moved else "",
        consent_awaited=draw.awaits_consent,
        outsider_absent=draw.outsider_absent,
        closed_at=at.closed_at,
        closed_list=closed.digest.hex() if closed else "",
        opened_at=opening.opened_at if opening else None,
    )  # fmt: skip


def _contributed(draw: Draw) -> Iterator[Contributed]:
    outsider = draw.outsider.contributor if draw.outsider else ""
    for name in draw.round.contributors:
        given = draw.round.of(name)
        yield Contributed(
            department=name,
            commitment=given.commitment.hex() if given else "",
            committed_at=given.committed_at if given else None,
            nonce=given.nonce.hex() if given and given.nonce else "",
            revealed_at=given.revealed_at if given else None,
            unopened=given is not None and given.opened and given.nonce is None,
            outsider=name == outsider,
        )


def _strata(draw: Draw, sizes: Mapping[str, int]) -> Iterator[StratumDrawn]:
    picks = draw.picks
    picked, last = Counter(each.stratum for each in picks), thresholds(picks)
    for stratum, size in sorted(sizes.items()):
        quota = draw.rule.quotas[stratum]
        yield StratumDrawn(
            stratum=stratum,
            level=draw.level(stratum),
            size=size,
            count=quota.count,
            ratio=quota.ratio or "",
            picked=picked[stratum],
            threshold=last[stratum].hex() if stratum in last else "",
        )


def _named(work: Work, codes: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Give id and name of subjects by the codes under which they were drawn."""
    found = by_codes(work.unit, set(codes))
    return {code: (one.id, one.name) for code, one in found.items()}


def _selected(work: Work, draw: Draw, first: int) -> Iterator[Selected]:
    shown = list(islice(draw.selection, max(first, 0), max(first, 0) + SHOWN_AT_ONCE))
    picks, known = {one.id: one for one in draw.picks}, _named(work, shown)
    visits = draw.assignment.visits if draw.assignment else ()
    going = {one.id: one.officers for one in visits}
    wanted = sorted({officer for one in shown for officer in going.get(one, ())})
    names = {one.id: one.name for one in work[Officers].find_many(wanted)}
    strata: dict[str, str | None] = {code: one.stratum for code, one in picks.items()}
    if draw.rule.items and (added := [one for one in shown if one not in picks]):
        strata |= work[Pools].get(draw.pool_hash).strata_of(added)
    for code in shown:
        subject, name = known.get(code, ("", ""))
        yield Selected(
            code=code,
            subject=subject,
            name=name or code,
            stratum=picks[code].stratum if code in picks else "",
            level=draw.level(picks[code].stratum) if code in picks else "",
            rank=picks[code].rank.hex() if code in picks else "",
            officers=tuple(names.get(one, one) for one in going.get(code, ())),
            items=draw.items_of(code, strata.get(code)),
        )


def _adjusted(work: Work, draw: Draw) -> Iterator[Adjusted]:
    known = _named(work, (one.id for one in draw.adjustments))
    for one in draw.adjustments:
        yield Adjusted(
            action=one.action,
            code=one.id,
            name=known.get(one.id, ("", one.id))[1],
            reason=one.reason,
            by=one.by,
            at=one.at,
            approver=one.approver,
        )
