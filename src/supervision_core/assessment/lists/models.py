"""Risk and credit models as lists show them, and what each says when it is opened."""

from collections.abc import Mapping
from typing import Any, Final

from attrs import evolve, field, frozen

from supervision_core.assessment.model import (
    CreditModel,
    Cycle,
    FactType,
    LifeState,
    RiskModel,
    ScoringMethod,
)
from supervision_core.assessment.model.lifecycle import LIFE_STATES
from supervision_core.assessment.model.models import CONTENT_DRAWS, CYCLES, ContentDraw
from supervision_core.assessment.ports import CreditModels, ModelsOfScenes, RiskModels
from supervision_core.assessment.wording import points_text, rule_text
from supervision_core.identity.model import Placement
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import (
    Counted,
    Criterion,
    ListQuery,
    Match,
    Referred,
    both_ways,
)
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
    region,
    rows,
    text,
)

METHODS: Final[Mapping[str, str]] = {
    ScoringMethod.AUTOMATIC: "自动评分", ScoringMethod.ON_SITE: "现场打分",
}  # fmt: skip
_FACT_TYPES: Final[Mapping[str, str]] = {
    FactType.INTEGER: "整数", FactType.CODE: "代码", FactType.FLAG: "是否", FactType.DAY: "日期",
    FactType.DECIMAL: "小数",
}  # fmt: skip


@frozen(kw_only=True)
class ModelRow:
    """One line of a list of models. Source: proposal 6.4.2.6.3."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    name: str = text("模型名称", required=True)
    code: str = text("模型编码", required=True)
    object_type: str = text("评价对象类型")
    object_tags: tuple[str, ...] = links("评价对象标签", "tag")
    cycle: Cycle = choice("评价周期", CYCLES, required=True)
    region: str = region("行政区划", required=True)
    department: str = department("制定部门", required=True)
    state: LifeState = choice("状态", LIFE_STATES, required=True)
    full_points: str = text("总分", example="100分")
    versions: int = integer("已启用版本数", required=True)
    rounds: int = counted("评价次数")
    scenes: int = counted("关联场景数")


@frozen(kw_only=True)
class CreditModelRow(ModelRow):
    """One line of the list of credit models. Source: proposal 3621."""

    by_credit: bool = flag("是否信用抽取")


@frozen(kw_only=True)
class ModelFacts:
    """What is asked about models and not shown."""

    model: str = text("评价模型", required=True)


@frozen(kw_only=True)
class IndicatorView:
    """An indicator of a model."""

    code: str = text("指标编码", required=True)
    name: str = text("指标名称", required=True)
    category: str = text("指标分类")
    method: ScoringMethod = choice("打分方式", METHODS, required=True)
    rule: str = text("计分规则", required=True)
    applies: str = text("适用条件")
    full: str = text("满分")
    enabled: bool = flag("启用")
    note: str = text("说明")


@frozen(kw_only=True)
class FactView:
    """A fact that the indicators of a model ask for."""

    name: str = text("标识", required=True)
    title: str = text("数据项", required=True)
    type: FactType = choice("数据类型", _FACT_TYPES, required=True)
    least: int | None = integer("最小值")
    most: int | None = integer("最大值")


@frozen(kw_only=True)
class CategoryView:
    """A class under which indicators stand."""

    code: str = text("分类编码", required=True)
    name: str = text("分类名称", required=True)
    parent: str = text("上级类别")
    note: str = text("备注")


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
    object_tags: tuple[str, ...] = links("评价对象标签", "tag")
    cycle: Cycle = choice("评价周期", CYCLES, required=True)
    reviewed: bool = flag("是否评审")
    region: str = region("行政区划", required=True)
    department: str = department("制定部门", required=True)
    full_points: str = text("总分", example="100分")
    versions: int = integer("已启用版本数", required=True)
    review_group: str = text("评审小组")
    reviewers: tuple[str, ...] = links("评审人员", "officer")
    leader: str = link("评审组长", "officer")
    group_note: str = text("评审小组备注")
    description: str = long_text("模型描述")
    least_known: int = integer("至少须已知的数据项数", required=True)
    facts: tuple[FactView, ...] = rows("指标数据项", FactView)
    categories: tuple[CategoryView, ...] = rows("指标分类", CategoryView)
    indicators: tuple[IndicatorView, ...] = rows("指标", IndicatorView)
    levels: tuple[LevelView, ...] = rows("等级", LevelView)


@frozen(kw_only=True)
class CreditModelView(ModelView):
    """What a credit model says beside."""

    by_credit: bool = flag("是否信用抽取")
    content_draw: ContentDraw = choice("检查内容抽取方式", CONTENT_DRAWS, required=True)


def _told(one: RiskModel | CreditModel) -> dict[str, Any]:
    return {
        "id": one.id, "name": one.newest.name, "code": one.newest.code,
        "object_type": one.object_type, "object_tags": one.object_tags, "cycle": one.cycle,
        "region": one.region,
        "department": one.department, "state": one.state, "full_points": _full_points(one),
        "versions": len(one.versions),
    }  # fmt: skip


def _full_points(one: RiskModel | CreditModel) -> str:
    """Give the most points that the newest definition gives; a draft with faults gives none."""
    if one.draft is not None and any(one.draft.violations()):
        return ""
    return points_text(one.newest.full_points()[1])


def _said(one: RiskModel | CreditModel) -> dict[str, Any]:
    said, group = one.newest, one.review_group
    categories = {each.code: each.name for each in said.categories}
    return {
        "name": said.name, "code": said.code, "state": one.state,
        "object_type": one.object_type, "object_tags": one.object_tags, "cycle": one.cycle,
        "reviewed": one.reviewed,
        "region": one.region, "department": one.department, "full_points": _full_points(one),
        "versions": len(one.versions), "review_group": group.name if group else "",
        "reviewers": group.members if group else (),
        "leader": (group.leader or "") if group else "", "group_note": group.note if group else "",
        "description": said.description, "least_known": said.least_known,
        "facts": tuple(
            FactView(
                name=each.name, title=each.title, type=each.type, least=each.least, most=each.most
            )
            for each in said.facts
        ),
        "categories": tuple(
            CategoryView(
                code=each.code, name=each.name, note=each.note,
                parent=categories.get(each.parent, each.parent),
            )
            for each in said.categories
        ),
        "indicators": tuple(
            IndicatorView(
                code=each.code, name=each.name,
                category=categories.get(each.category, each.category),
                method=each.method, rule=rule_text(each.rule, said),
                applies=each.applies.text if each.applies else "",
                full="" if each.full is None else points_text(each.full),
                enabled=each.enabled, note=each.note,
            )
            for each in said.indicators
        ),
        "levels": tuple(
            LevelView(code=each.code, name=each.name, note=each.note) for each in said.levels
        ),
    }  # fmt: skip


def _credit_view(one: CreditModel) -> CreditModelView:
    return CreditModelView(
        **_said(one), by_credit=one.drawn_by_credit, content_draw=one.content_draw
    )


RISK_MODELS: Final = ListQuery[Any](
    name="assessment.risk_model",
    plural="risk_models",
    title="风险模型",
    menu="一业一评",
    port=RiskModels,
    referred=Referred("name", owned=True),
    adds=("assessment.begin_model",),
    cls=RiskModel,
    row=ModelRow,
    row_of=lambda one: ModelRow(**_told(one)),
    beside=ModelFacts,
    facts=lambda one: ModelFacts(model=one.id),
    placed=lambda one: Placement(region=one.region, departments=frozenset({one.department})),
    listed=lambda one: one.state is not LifeState.DELETED,
    read=Reading.OWNER_AND_BELOW,
    orders=both_ways("name"),
    criteria=(
        Criterion("name", Match.HOLDS),
        Criterion("object_type", Match.HOLDS),
        Criterion("object_tags"),
        Criterion("model", Match.AMONG, name="scene", title="关联场景", through=ModelsOfScenes),
        Criterion("state"),
        Criterion("code"),
        Criterion("department"),
        Criterion("region", Match.BEGINS),
    ),
    tree="department",
    several=("assessment.enable_model", "assessment.disable_model", "assessment.delete_model"),
    counts=(Counted("rounds", "assessment.round"), Counted("scenes", "scenes.scene")),
    view=ModelView,
    viewed=lambda one: ModelView(**_said(one)),
    fits={"assessment.initiate_round": lambda one: one.state is LifeState.ENABLED},
    offered=lambda _unit, one, permission, _department: one.changes_by(
        permission.removeprefix("assessment.").removesuffix("_model")
    ),
)
CREDIT_MODELS: Final = evolve(
    RISK_MODELS,
    name="assessment.credit_model",
    plural="credit_models",
    title="信用模型",
    port=CreditModels,
    adds=("assessment.begin_model",),
    cls=CreditModel,
    row=CreditModelRow,
    row_of=lambda one: CreditModelRow(**_told(one), by_credit=one.drawn_by_credit),
    view=CreditModelView,
    viewed=_credit_view,
)
