"""Evaluations as a list shows them, and what each says when it is opened."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from attrs import field, frozen

from supervision_core.assessment.model import EvaluationRound, Kind, Opinion, RoundState
from supervision_core.assessment.model.rounds import VERBS
from supervision_core.assessment.ports import CreditModels, EvaluationRounds, RiskModels
from supervision_core.assessment.wording import points_text
from supervision_core.identity.model import Placement
from supervision_core.kernel.days import local_day
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import Criterion, ListQuery, Match, both_ways
from supervision_core.kernel.registers import (
    choice,
    day,
    department,
    flag,
    integer,
    link,
    links,
    moment,
    region,
    rows,
    text,
    texts,
)

_KINDS: Final[Mapping[str, str]] = {"risk": "风险评价", "credit": "信用评价"}
_OPINIONS: Final[Mapping[str, str]] = {
    Opinion.NO_OBJECTION: "无意见", Opinion.OBJECTION: "有意见",
}  # fmt: skip
_STEPS: Final[Mapping[str, str]] = {
    "created": "新增", "edited": "编辑", "deleted": "删除", "published": "发布", "scored": "打分",
    "reviewers_asked": "征求意见", "reopened": "退回重新评分", "completed": "归档", **_OPINIONS,
}  # fmt: skip


@frozen(kw_only=True)
class RoundRow:
    """One line of a list of evaluations. Source: proposal 3532, 3819.

    Of several subjects ``points`` gives least and most, ``grading`` how many have each level.
    """

    id: str = field(metadata=said("编号", example="0123abcd"))
    batch: str = text("考评批次", required=True)
    record: str = text("评价记录", required=True, example="PJ20260302-C18RX2")
    kind: Kind = choice("评价类别", _KINDS, required=True)
    subjects: tuple[str, ...] = links("评价对象", "subject")
    department: str = department("评价发起部门", required=True)
    created_on: date = day("创建时间", required=True)
    state: RoundState = choice("状态", VERBS.states, required=True)
    scored: int = integer("已评价数", required=True)
    points: str = text("得分", example="92.5分")
    grading: str = text("等级", example="A")
    model_version: int = integer("模型版本", required=True)


@frozen(kw_only=True)
class RoundFacts:
    """What is asked about evaluations and not shown."""

    levels: tuple[str, ...] = texts("等级")


@frozen(kw_only=True)
class RoundResultView:
    """What a subject scored. Source: proposal 3540."""

    subject: str = link("评价对象", "subject", required=True)
    points: str = text("得分")
    level: str = text("等级")
    as_of: date = day("评价日", required=True)


@frozen(kw_only=True)
class RoundReviewView:
    """A reviewer's opinion."""

    reviewer: str = link("评审人员", "officer", required=True)
    opinion: str = choice("意见", _OPINIONS, required=True)
    said: str = text("说明")
    at: datetime = moment("时间", required=True)


@frozen(kw_only=True)
class RoundStepView:
    """What was done, by an account or, as a reviewer, by an officer. Source: proposal 3544."""

    action: str = choice("操作", _STEPS, required=True)
    by: str = link("处理人", "user")
    reviewer: str = link("评审人员", "officer")
    subject: str = link("评价对象", "subject")
    points: str = text("得分")
    level: str = text("等级")
    at: datetime = moment("处置时间", required=True)
    note: str = text("处理意见")


@frozen(kw_only=True)
class RoundView:
    """What an evaluation says."""

    batch: str = text("考评批次", required=True)
    record: str = text("评价记录", required=True)
    state: RoundState = choice("状态", VERBS.states, required=True)
    kind: Kind = choice("评价类别", _KINDS, required=True)
    risk_model: str = link("风险模型", RiskModels.kind)
    credit_model: str = link("信用模型", CreditModels.kind)
    model_version: int = integer("模型版本", required=True)
    reviewed: bool = flag("是否评审")
    review_team: str = link("评审小组", "team")
    needs_report: bool = flag("是否需要经营数据上报")
    object_tags: tuple[str, ...] = links("评价对象标签", "tag")
    initiator: str = link("发起人", "user", required=True)
    department: str = department("评价发起部门", required=True)
    region: str = region("行政区划")
    alone: bool = flag("由一人发起、打分并归档，无人评审")
    created_on: date = day("创建时间", required=True)
    reviewers: tuple[str, ...] = links("评审人员", "officer")
    deadline: datetime | None = moment("征集截止时间")
    subjects: tuple[str, ...] = links("评价对象", "subject")
    scored: int = integer("已评价数", required=True)
    results: tuple[RoundResultView, ...] = rows("评价结果", RoundResultView)
    reviews: tuple[RoundReviewView, ...] = rows("评审意见", RoundReviewView)
    steps: tuple[RoundStepView, ...] = rows("评价流程", RoundStepView)


def _record(one: EvaluationRound) -> str:
    """Give the number of an evaluation: the day of its beginning, and the end of its id."""
    return f"PJ{local_day(one.created_at):%Y%m%d}-{one.id[-6:].upper()}"


def _points(one: EvaluationRound) -> str:
    totals = [each.total for each in one.results.values() if each.total is not None]
    return "～".join(map(points_text, sorted({min(totals), max(totals)}))) if totals else ""


def _levels(one: EvaluationRound) -> tuple[str, ...]:
    return tuple(each.level for each in one.results.values() if each.level is not None)


def _grading(one: EvaluationRound) -> str:
    counts = Counter(_levels(one))
    if len(one.results) == 1:
        return next(iter(counts), "")
    return "、".join(f"{level}（{count}）" for level, count in sorted(counts.items()))


def _row(one: EvaluationRound) -> RoundRow:
    return RoundRow(
        id=one.id, batch=one.batch, record=_record(one), kind=one.kind,
        model_version=one.model_version,
        department=one.department, state=one.state, subjects=one.subjects,
        scored=len(one.results), created_on=local_day(one.created_at), points=_points(one),
        grading=_grading(one),
    )  # fmt: skip


def _view(one: EvaluationRound) -> RoundView:
    model = {f"{one.kind.value}_model": one.model_id}
    return RoundView(
        batch=one.batch, record=_record(one), state=one.state, kind=one.kind, **model,
        model_version=one.model_version, reviewed=one.reviewed, initiator=one.initiator,
        review_team=one.review_team, needs_report=one.needs_report, object_tags=one.object_tags,
        department=one.department, region=one.region, alone=one.alone,
        created_on=local_day(one.created_at),
        reviewers=one.reviewers, deadline=one.deadline, subjects=one.subjects,
        scored=len(one.results),
        results=tuple(
            RoundResultView(
                subject=subject, level=each.level or "", as_of=each.as_of,
                points="" if each.total is None else points_text(each.total),
            )
            for subject, each in one.results.items()
        ),
        reviews=tuple(
            RoundReviewView(
                reviewer=each.reviewer, opinion=each.opinion.value, said=each.text, at=each.at
            )
            for each in one.reviews
        ),
        steps=tuple(
            RoundStepView(
                action=each.action, at=each.at,
                by="" if each.action in _OPINIONS else each.by,
                reviewer=each.by if each.action in _OPINIONS else "",
                subject=each.note if each.action == "scored" else "",
                note="" if each.action == "scored" else each.note,
                points="" if each.points is None else points_text(each.points),
                level=each.level,
            )
            for each in one.steps
        ),
    )  # fmt: skip


ROUNDS: Final = ListQuery(
    name="assessment.round",
    plural="rounds",
    title="评价任务",
    menu="一业一评",
    port=EvaluationRounds,
    adds=("assessment.initiate_round",),
    cls=EvaluationRound,
    row=RoundRow,
    row_of=_row,
    listed=lambda one: one.state is not RoundState.DELETED,
    author=lambda one: one.initiator if one.state is RoundState.DRAFT else "",
    beside=RoundFacts,
    facts=lambda one: RoundFacts(levels=_levels(one)),
    placed=lambda one, model: Placement(
        region=one.region or model.region,
        departments=frozenset({one.department, model.department}),
    ),
    stands_with=lambda one: (
        RiskModels if one.kind is Kind.RISK else CreditModels, one.model_id,
    ),
    orders=(*both_ways("batch"), *both_ways("created_on")),
    criteria=(
        Criterion("record", Match.HOLDS), Criterion("batch", Match.HOLDS), Criterion("subjects"),
        Criterion("state"), Criterion("kind"), Criterion("department"), Criterion("levels"),
        Criterion("created_on", Match.BETWEEN),
    ),
    several=("assessment.delete_round",),
    view=RoundView,
    viewed=_view,
)  # fmt: skip
