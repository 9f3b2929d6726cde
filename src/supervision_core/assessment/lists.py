"""Risk and credit models as lists show them, and what each says when it is opened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from attrs import field, frozen

from supervision_core.assessment.model import (
    CreditModel,
    Cycle,
    EvaluationRound,
    Kind,
    LifeState,
    RiskModel,
    RoundState,
    ScoringMethod,
)
from supervision_core.assessment.model.lifecycle import LIFE_STATES
from supervision_core.assessment.model.rounds import VERBS
from supervision_core.assessment.ports import CreditModels, EvaluationRounds, RiskModels
from supervision_core.identity.model import Placement
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import Counted, Criterion, ListQuery, Match, both_ways
from supervision_core.kernel.registers import (
    Reading,
    choice,
    counted,
    department,
    flag,
    integer,
    link,
    links,
    long_text,
    moment,
    region,
    rows,
    text,
)

CYCLES: Final[Mapping[str, str]] = {
    Cycle.MONTH: "每月", Cycle.QUARTER: "每季度", Cycle.HALF_YEAR: "每半年",
    Cycle.YEAR: "每年", Cycle.TWO_YEARS: "每两年",
}  # fmt: skip


@frozen(kw_only=True)
class ModelRow:
    """One line of a list of models. Source: proposal 6.4.2.6.3."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    name: str = text("模型名称", required=True)
    code: str = text("模型编码", required=True)
    object_type: str = text("评价对象类型")
    cycle: Cycle = choice("评价周期", CYCLES, required=True)
    region: str = region("行政区划", required=True)
    department: str = department("维护部门", required=True)
    state: LifeState = choice("状态", LIFE_STATES, required=True)
    versions: int = integer("已启用版本数", required=True)
    rounds: int = counted("评价次数")
    scenes: int = counted("关联场景数")


@frozen(kw_only=True)
class IndicatorView:
    """An indicator of a model."""

    code: str = text("指标编码", required=True)
    name: str = text("指标名称", required=True)
    category: str = text("指标类别")
    method: str = text("计分方式", required=True)
    enabled: bool = flag("启用")
    note: str = text("说明")


@frozen(kw_only=True)
class LevelView:
    """A level that a model gives."""

    code: str = text("等级编码", required=True)
    name: str = text("等级名称", required=True)
    note: str = text("说明")


@frozen(kw_only=True)
class ModelView:
    """What a model says in its newest version."""

    name: str = text("模型名称", required=True)
    code: str = text("模型编码", required=True)
    state: LifeState = choice("状态", LIFE_STATES, required=True)
    object_type: str = text("评价对象类型")
    cycle: Cycle = choice("评价周期", CYCLES, required=True)
    reviewed: bool = flag("需要评审")
    region: str = region("行政区划", required=True)
    department: str = department("维护部门", required=True)
    versions: int = integer("已启用版本数", required=True)
    review_group: str = text("评审小组")
    reviewers: tuple[str, ...] = links("评审人员", "user")
    leader: str = link("评审组长", "user")
    description: str = long_text("模型说明")
    indicators: tuple[IndicatorView, ...] = rows("指标", IndicatorView)
    levels: tuple[LevelView, ...] = rows("等级", LevelView)


def _row(one: RiskModel | CreditModel) -> ModelRow:
    return ModelRow(
        id=one.id, name=one.newest.name, code=one.newest.code, object_type=one.object_type,
        cycle=one.cycle, region=one.region, department=one.department, state=one.state,
        versions=len(one.versions),
    )  # fmt: skip


def _view(one: RiskModel | CreditModel) -> ModelView:
    said, group = one.newest, one.review_group
    categories = {each.code: each.name for each in said.categories}
    return ModelView(
        name=said.name, code=said.code, state=one.state, object_type=one.object_type,
        cycle=one.cycle, reviewed=one.reviewed, region=one.region, department=one.department,
        versions=len(one.versions), review_group=group.name if group else "",
        reviewers=group.members if group else (), leader=(group.leader or "") if group else "",
        description=said.description,
        indicators=tuple(
            IndicatorView(
                code=each.code, name=each.name,
                category=categories.get(each.category, each.category),
                method=_METHODS[each.method], enabled=each.enabled, note=each.note,
            )
            for each in said.indicators
        ),
        levels=tuple(
            LevelView(code=each.code, name=each.name, note=each.note) for each in said.levels
        ),
    )  # fmt: skip


def _list(name: str, plural: str, title: str, port: Any, cls: type) -> ListQuery[ModelRow]:
    return ListQuery(
        name=name,
        plural=plural,
        title=title,
        menu="一业一评",
        port=port,
        cls=cls,
        row=ModelRow,
        row_of=_row,
        placed=lambda one: Placement(region=one.region, departments=frozenset({one.department})),
        listed=lambda one: one.state is not LifeState.DELETED,
        read=Reading.OWNER_AND_BELOW,
        orders=both_ways("name"),
        criteria=(
            Criterion("name", Match.HOLDS),
            Criterion("state"),
            Criterion("code"),
            Criterion("department"),
            Criterion("region", Match.BEGINS),
        ),
        counts=(Counted("rounds", "assessment.round"), Counted("scenes", "scenes.scene")),
        view=ModelView,
        viewed=_view,
    )


_METHODS: Final[Mapping[str, str]] = {one: str(one.value) for one in ScoringMethod}
RISK_MODELS: Final = _list(
    "assessment.risk_model", "risk_models", "风险评价模型", RiskModels, RiskModel
)
ROUND_STATES: Final = VERBS.states
_ROUND_KINDS: Final[Mapping[str, str]] = {"risk": "风险评价", "credit": "信用评价"}
_OPINIONS: Final[Mapping[str, str]] = {"no_objection": "无异议", "objection": "有异议"}


@frozen(kw_only=True)
class RoundRow:
    """One line of a list of evaluation rounds. Source: proposal 6.4.2.6.4."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    batch: str = text("批次", required=True)
    kind: Kind = choice("评价类别", _ROUND_KINDS, required=True)
    model_version: int = integer("模型版本", required=True)
    department: str = department("发起部门", required=True)
    state: RoundState = choice("状态", ROUND_STATES, required=True)
    subjects: int = integer("对象数", required=True)
    scored: int = integer("已评价数", required=True)


@frozen(kw_only=True)
class RoundReviewView:
    """A reviewer's opinion."""

    reviewer: str = link("评审人员", "officer", required=True)
    opinion: str = choice("意见", _OPINIONS, required=True)
    said: str = text("说明")
    at: datetime = moment("时间", required=True)


@frozen(kw_only=True)
class RoundView:
    """What an evaluation round says."""

    batch: str = text("批次", required=True)
    state: RoundState = choice("状态", ROUND_STATES, required=True)
    kind: Kind = choice("评价类别", _ROUND_KINDS, required=True)
    model: str = text("模型编号", required=True)
    model_version: int = integer("模型版本", required=True)
    initiator: str = link("发起人", "user", required=True)
    department: str = department("发起部门", required=True)
    subjects: tuple[str, ...] = links("评价对象", "subject")
    scored: int = integer("已评价数", required=True)
    reviews: tuple[RoundReviewView, ...] = rows("评审意见", RoundReviewView)


def _round_row(one: EvaluationRound) -> RoundRow:
    return RoundRow(
        id=one.id, batch=one.batch, kind=one.kind, model_version=one.model_version,
        department=one.department, state=one.state, subjects=len(one.subjects),
        scored=len(one.results),
    )  # fmt: skip


def _round_view(one: EvaluationRound) -> RoundView:
    return RoundView(
        batch=one.batch, state=one.state, kind=one.kind, model=one.model_id,
        model_version=one.model_version, initiator=one.initiator, department=one.department,
        subjects=one.subjects, scored=len(one.results),
        reviews=tuple(
            RoundReviewView(
                reviewer=each.reviewer, opinion=each.opinion.value, said=each.text, at=each.at
            )
            for each in one.reviews
        ),
    )  # fmt: skip


ROUNDS: Final = ListQuery(
    name="assessment.round",
    plural="rounds",
    title="评价任务",
    menu="一业一评",
    port=EvaluationRounds,
    cls=EvaluationRound,
    row=RoundRow,
    row_of=_round_row,
    # A draft is its author's alone.
    listed=lambda one: one.state not in {RoundState.DRAFT, RoundState.DELETED},
    placed=lambda model: Placement(
        region=model.region, departments=frozenset({model.department})
    ),
    stands_with=lambda one: (
        RiskModels if one.kind is Kind.RISK else CreditModels, one.model_id,
    ),
    orders=both_ways("batch"),
    criteria=(
        Criterion("batch", Match.HOLDS), Criterion("state"), Criterion("kind"),
        Criterion("department"),
    ),
    view=RoundView,
    viewed=_round_view,
)  # fmt: skip
CREDIT_MODELS: Final = _list(
    "assessment.credit_model", "credit_models", "信用评价模型", CreditModels, CreditModel
)
