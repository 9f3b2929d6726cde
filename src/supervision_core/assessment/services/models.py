"""What is done with models as wholes: begun, redefined, reviewed by whom, switched, deleted."""

from collections.abc import Collection, Iterator
from typing import Any, Final

from attrs import field, frozen

from supervision_core.assessment.model import (
    AssessmentModel,
    CreditModel,
    Cycle,
    Kind,
    ReviewGroup,
    RiskModel,
)
from supervision_core.assessment.model.definition import KIND_TITLES
from supervision_core.assessment.model.lifecycle import LifeState
from supervision_core.assessment.model.models import (
    CONTENT_DRAWS,
    CYCLES,
    ContentDraw,
    VersionedModel,
)
from supervision_core.assessment.ports import CreditModels, RiskModels
from supervision_core.identity.model import Placement, Reading, admits
from supervision_core.identity.services import Work, does, use_case
from supervision_core.kernel.fields import said
from supervision_core.kernel.ports import Repository

Model = RiskModel | CreditModel


def model_kept(work: Work, kind: Kind, id: str) -> Model:
    """Load a model that the actor keeps."""
    model: Model = work[RiskModels].get(id) if kind is Kind.RISK else work[CreditModels].get(id)
    departments = frozenset({model.department})
    work.reach(f"{kind.value}_model", id, region=model.region, departments=departments)
    return model


def model_to_apply(work: Work, kind: Kind, id: str) -> Model:
    """Load a model that the actor may apply: one of a region in line with the own."""
    model: Model = work[RiskModels].get(id) if kind is Kind.RISK else work[CreditModels].get(id)
    work.reach_to_read(
        f"{kind.value}_model", id, reading=Reading.OWNER_AND_BELOW, region=model.region
    )
    return model


_AT_ONCE: Final = 500


def models_of_tags(work: Work, kind: Kind, tags: Collection[str]) -> Iterator[Model]:
    """Give the models in force for subjects of any of the tags that the actor may apply."""
    port: type[Repository[Any]] = RiskModels if kind is Kind.RISK else CreditModels
    readable, after = work.actor.scope.readable(Reading.OWNER_AND_BELOW), ""
    while found := work[port].walk(after, _AT_ONCE):
        after = found[-1].id
        yield from (
            one for one in found
            if one.state is LifeState.ENABLED and not set(tags).isdisjoint(one.object_tags)
            and admits(readable, Placement(region=one.region))
        )  # fmt: skip


def save_model(work: Work, model: Model) -> str:
    """Store a model; give its id."""
    if isinstance(model, RiskModel):
        work.save(RiskModels, model)
    else:
        work.save(CreditModels, model)
    return model.id


MODEL_ID: Final = said("评价模型的编号", example="0123abcd", to="{kind}_model")
"""What the command is about: whoever carries it out loads it, disabled or not."""
OBJECT_TAGS: Final = said("评价对象标签", to="tag")
"""Of which tags the subjects are."""
REVIEWED: Final = "评审的，评价结果须征求评审小组意见才能归档"


@frozen(kw_only=True)
class CreateModel:
    """A new model's keeper, object type, cycle and first definition."""

    department: str = field(metadata=said("制定部门", example="nanning", to="department"))
    region: str = field(metadata=said("所属区划代码", example="450100", to="region"))
    object_type: str = field(metadata=said("评价对象类型", example="乳制品生产企业"))
    cycle: Cycle = field(metadata=said("评价周期", codes=CYCLES, example="year"))
    definition: AssessmentModel = field(metadata=said("模型内容"))
    reviewed: bool = field(default=False, metadata=said("是否评审", hint=REVIEWED))


@use_case("assessment.create_model", "按完整内容新增评价模型")
def create_model(work: Work, cmd: CreateModel) -> str:
    """Begin a risk or credit model as a draft, by the kind of its definition."""
    departments = frozenset({cmd.department})
    work.reach("region", cmd.region, region=cmd.region, departments=departments)
    kind: type[RiskModel | CreditModel] = (
        RiskModel if cmd.definition.kind is Kind.RISK else CreditModel
    )
    model = kind.create(
        id=work.ids.next_id(),
        department=cmd.department,
        region=cmd.region,
        object_type=cmd.object_type,
        cycle=cmd.cycle,
        reviewed=cmd.reviewed,
        definition=cmd.definition,
        at=work.now,
    )
    return save_model(work, model)


@frozen(kw_only=True)
class RedefineModel:
    """A new draft for a model."""

    model_id: str = field(
        metadata=said("评价模型的编号", example="0123abcd", to="{definition.kind}_model")
    )
    definition: AssessmentModel = field(metadata=said("修改后的模型内容"))


@does(VersionedModel, "redefine")
def redefine_model(work: Work, cmd: RedefineModel) -> str:
    """Replace the draft of a model; versions that were in force stay as they are."""
    model = model_kept(work, cmd.definition.kind, cmd.model_id)
    model.redefine(cmd.definition, at=work.now)
    return save_model(work, model)


@frozen(kw_only=True)
class ChangeModelBasics:
    """What a model assesses, how often, and whether its results are reviewed."""

    model_id: str = field(metadata=MODEL_ID)
    kind: Kind = field(metadata=said("模型类型", codes=KIND_TITLES, example="risk"))
    object_type: str = field(metadata=said("评价对象类型", example="乳制品生产企业"))
    cycle: Cycle = field(metadata=said("评价周期", codes=CYCLES, example="year"))
    reviewed: bool = field(metadata=said("是否评审", hint=REVIEWED))
    name: str | None = field(default=None, metadata=said("模型名称", hint="不填则不变"))
    description: str | None = field(
        default=None, metadata=said("模型描述", hint="不填则不变", long=True)
    )
    object_tags: tuple[str, ...] | None = field(
        default=None,
        metadata=said("评价对象标签", to="tag", hint="分级分类规则按标签带出启用的模型"),
    )


@does(VersionedModel, "change_basics")
def change_model_basics(work: Work, cmd: ChangeModelBasics) -> str:
    """Change the basics of a model that is not in force."""
    model = model_kept(work, cmd.kind, cmd.model_id)
    model.change_basics(
        cycle=cmd.cycle, object_type=cmd.object_type, reviewed=cmd.reviewed, name=cmd.name,
        description=cmd.description, object_tags=cmd.object_tags, at=work.now,
    )  # fmt: skip
    return save_model(work, model)


@frozen(kw_only=True)
class DrawByCredit:
    """Whether a credit model steers the draw, and how check items are drawn then."""

    model_id: str = field(metadata=said("信用模型的编号", example="0123abcd", to=CreditModels.kind))
    by_credit: bool = field(metadata=said("是否信用抽取"))
    content_draw: ContentDraw = field(
        metadata=said("检查内容抽取方式", codes=CONTENT_DRAWS, example="by_level")
    )


@does(CreditModel, "draw_by_credit")
def draw_by_credit(work: Work, cmd: DrawByCredit) -> str:
    """Say whether tasks draw firms and check items by the levels of a credit model."""
    model = work[CreditModels].get(cmd.model_id)
    departments = frozenset({model.department})
    work.reach(CreditModels.kind, model.id, region=model.region, departments=departments)
    model.draw_by_credit(drawn=cmd.by_credit, content_draw=cmd.content_draw, at=work.now)
    return save_model(work, model)


@frozen(kw_only=True)
class AppointReviewGroup:
    """A review group for a model."""

    model_id: str = field(metadata=MODEL_ID)
    kind: Kind = field(metadata=said("模型类型", codes=KIND_TITLES, example="risk"))
    group: ReviewGroup = field(metadata=said("评审小组"))


@does(VersionedModel, "appoint_review_group")
def appoint_review_group(work: Work, cmd: AppointReviewGroup) -> str:
    """Appoint or replace the group that reviews the results of a model."""
    model = model_kept(work, cmd.kind, cmd.model_id)
    model.appoint_review_group(cmd.group, at=work.now)
    return save_model(work, model)


@frozen(kw_only=True)
class SwitchModel:
    """The model to enable, disable or delete."""

    model_id: str = field(metadata=MODEL_ID)
    kind: Kind = field(metadata=said("模型类型", codes=KIND_TITLES, example="risk"))


@does(VersionedModel, "enable", answers="启用的版本号")
def enable_model(work: Work, cmd: SwitchModel) -> int:
    """Put the draft of a model in force, or its latest version again; give the version."""
    model = model_kept(work, cmd.kind, cmd.model_id)
    model.enable(at=work.now)
    save_model(work, model)
    return model.current().version


@does(VersionedModel, "disable")
def disable_model(work: Work, cmd: SwitchModel) -> str:
    """Take a model out of force: nothing is assessed by it."""
    model = model_kept(work, cmd.kind, cmd.model_id)
    model.disable(at=work.now)
    return save_model(work, model)


@does(VersionedModel, "delete")
def delete_model(work: Work, cmd: SwitchModel) -> str:
    """Delete a model that never was in force."""
    model = model_kept(work, cmd.kind, cmd.model_id)
    model.delete(at=work.now)
    return save_model(work, model)
