"""How models are configured piece by piece, in the four steps of the proposal (3417-3468)."""

from attrs import evolve, field, frozen

from supervision_core.assessment.model import (
    Category,
    CreditModel,
    Cycle,
    Indicator,
    Kind,
    RiskModel,
)
from supervision_core.assessment.model.definition import KIND_TITLES
from supervision_core.assessment.model.models import CYCLES, VersionedModel
from supervision_core.assessment.model.standards import (
    INDICATOR_ACTS,
    IndicatorAct,
    LevelStandard,
    blank_model,
)
from supervision_core.assessment.services.models import (
    MODEL_ID,
    OBJECT_TAGS,
    REVIEWED,
    model_kept,
    model_to_apply,
    save_model,
)
from supervision_core.identity.services import Work, does, use_case
from supervision_core.kernel.fields import said


@frozen(kw_only=True)
class BeginModel:
    """The basics of a new model: its levels and indicators are configured afterwards."""

    kind: Kind = field(metadata=said("模型类型", codes=KIND_TITLES, example="risk"))
    name: str = field(metadata=said("模型名称", example="乳制品生产企业风险评价模型"))
    code: str = field(metadata=said("模型编码", hint="以小写英文字母开头", example="dairy_risk"))
    department: str = field(metadata=said("制定部门", example="nanning", to="department"))
    region: str = field(metadata=said("所属区划代码", example="450100", to="region"))
    object_type: str = field(metadata=said("评价对象类型", example="乳制品生产企业"))
    cycle: Cycle = field(metadata=said("评价周期", codes=CYCLES, example="year"))
    reviewed: bool = field(default=False, metadata=said("是否评审", hint=REVIEWED))
    description: str = field(default="", metadata=said("模型描述", long=True))
    object_tags: tuple[str, ...] = field(default=(), metadata=OBJECT_TAGS)


@use_case("assessment.begin_model", "新建评价模型")
def begin_model(work: Work, cmd: BeginModel) -> str:
    """Begin a model by its basics, with four levels and no indicator yet."""
    departments = frozenset({cmd.department})
    work.reach("region", cmd.region, region=cmd.region, departments=departments)
    kind: type[RiskModel | CreditModel] = RiskModel if cmd.kind is Kind.RISK else CreditModel
    model = kind.create(
        id=work.ids.next_id(), department=cmd.department, region=cmd.region,
        object_type=cmd.object_type, cycle=cmd.cycle, reviewed=cmd.reviewed,
        definition=blank_model(cmd.kind, cmd.code, cmd.name, cmd.description),
        object_tags=cmd.object_tags, at=work.now,
    )  # fmt: skip
    return save_model(work, model)


@frozen(kw_only=True)
class CopyModel:
    """The model to copy, and what the copy is called."""

    model_id: str = field(metadata=MODEL_ID)
    kind: Kind = field(metadata=said("模型类型", codes=KIND_TITLES, example="risk"))
    name: str = field(metadata=said("新模型的名称", example="乳制品生产企业风险评价模型（2027）"))
    code: str = field(
        metadata=said("新模型的编码", hint="以小写英文字母开头", example="dairy_risk_2027")
    )


@use_case("assessment.copy_model", "复制评价模型")
def copy_model(work: Work, cmd: CopyModel) -> str:
    """Begin a model of the own department as a copy of another one's newest definition."""
    source = model_to_apply(work, cmd.kind, cmd.model_id)
    region, department = work.actor.scope.region, work.actor.department
    work.reach("region", region, region=region, departments=frozenset({department}))
    model = type(source).create(
        id=work.ids.next_id(), department=department, region=region,
        object_type=source.object_type, cycle=source.cycle, object_tags=source.object_tags,
        definition=evolve(source.newest, name=cmd.name, code=cmd.code), at=work.now,
    )  # fmt: skip
    return save_model(work, model)


@frozen(kw_only=True)
class SetLevels:
    """The result levels of a model, mildest first, by its total points."""

    model_id: str = field(metadata=MODEL_ID)
    kind: Kind = field(metadata=said("模型类型", codes=KIND_TITLES, example="risk"))
    standards: tuple[LevelStandard, ...] = field(metadata=said("结果等级，从轻到重"))


@does(VersionedModel, "set_levels")
def set_levels(work: Work, cmd: SetLevels) -> str:
    """Cut the total points of a model that is not in force into levels."""
    model = model_kept(work, cmd.kind, cmd.model_id)
    model.set_levels(cmd.standards, at=work.now)
    return save_model(work, model)


@frozen(kw_only=True)
class SetCategories:
    """The categories of the indicators of a model."""

    model_id: str = field(metadata=MODEL_ID)
    kind: Kind = field(metadata=said("模型类型", codes=KIND_TITLES, example="risk"))
    categories: tuple[Category, ...] = field(metadata=said("指标分类"))


@does(VersionedModel, "set_categories")
def set_categories(work: Work, cmd: SetCategories) -> str:
    """Set the categories by which the indicators of a model are sorted and added up."""
    model = model_kept(work, cmd.kind, cmd.model_id)
    model.set_categories(cmd.categories, at=work.now)
    return save_model(work, model)


@frozen(kw_only=True)
class AddIndicator:
    """A new indicator of a model."""

    model_id: str = field(metadata=MODEL_ID)
    kind: Kind = field(metadata=said("模型类型", codes=KIND_TITLES, example="risk"))
    indicator: Indicator = field(metadata=said("指标"))


@does(VersionedModel, "add_indicator")
def add_indicator(work: Work, cmd: AddIndicator) -> str:
    """Add an indicator of a new code to the draft of a model.

    Facts of the platform's catalogue that it reads are defined by themselves.
    """
    model = model_kept(work, cmd.kind, cmd.model_id)
    model.add_indicator(cmd.indicator, at=work.now)
    return save_model(work, model)


@frozen(kw_only=True)
class ChangeIndicator:
    """What an indicator of a model shall say; its code tells which."""

    model_id: str = field(metadata=MODEL_ID)
    kind: Kind = field(metadata=said("模型类型", codes=KIND_TITLES, example="risk"))
    indicator: Indicator = field(metadata=said("指标"))


@does(VersionedModel, "change_indicator")
def change_indicator(work: Work, cmd: ChangeIndicator) -> str:
    """Change an indicator in the draft of a model.

    Facts of the platform's catalogue that it reads are defined by themselves.
    """
    model = model_kept(work, cmd.kind, cmd.model_id)
    model.change_indicator(cmd.indicator, at=work.now)
    return save_model(work, model)


@frozen(kw_only=True)
class ArrangeIndicators:
    """What is done with which indicators of a model."""

    model_id: str = field(metadata=MODEL_ID)
    kind: Kind = field(metadata=said("模型类型", codes=KIND_TITLES, example="risk"))
    act: IndicatorAct = field(metadata=said("操作", codes=INDICATOR_ACTS, example="copy"))
    codes: tuple[str, ...] = field(metadata=said("指标编码"))


@does(VersionedModel, "arrange_indicators")
def arrange_indicators(work: Work, cmd: ArrangeIndicators) -> str:
    """Enable, disable, copy or delete indicators in the draft of a model; a copy is disabled."""
    model = model_kept(work, cmd.kind, cmd.model_id)
    model.arrange_indicators(cmd.codes, cmd.act, at=work.now)
    return save_model(work, model)
