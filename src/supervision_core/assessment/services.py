"""What is done with models and evaluation rounds."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from attrs import field, frozen

from supervision_core.assessment.model import (
    AssessmentModel,
    CreditModel,
    Cycle,
    EvaluationRound,
    FactType,
    FactValue,
    Kind,
    Opinion,
    Review,
    ReviewGroup,
    RiskModel,
    evaluate,
)
from supervision_core.assessment.model.definition import KIND_TITLES
from supervision_core.assessment.model.models import VersionedModel
from supervision_core.assessment.ports import CreditModels, EvaluationRounds, RiskModels
from supervision_core.identity.model import Reading
from supervision_core.identity.services import Work, does, use_case
from supervision_core.kernel.fields import said
from supervision_core.officers.services import acting_officer
from supervision_core.subjects.ports import Subjects

Model = RiskModel | CreditModel


def _model(work: Work, kind: Kind, id: str) -> Model:
    model: Model = work[RiskModels].get(id) if kind is Kind.RISK else work[CreditModels].get(id)
    departments = frozenset({model.department})
    work.reach(f"{kind.value}_model", id, region=model.region, departments=departments)
    return model


def _model_to_apply(work: Work, kind: Kind, id: str) -> Model:
    """Load a model that the actor may apply: one of a region in line with the own."""
    model: Model = work[RiskModels].get(id) if kind is Kind.RISK else work[CreditModels].get(id)
    work.reach_to_read(
        f"{kind.value}_model", id, reading=Reading.OWNER_AND_BELOW, region=model.region
    )
    return model


def _save(work: Work, model: Model) -> str:
    if isinstance(model, RiskModel):
        work.save(RiskModels, model)
    else:
        work.save(CreditModels, model)
    return model.id


@frozen(kw_only=True)
class CreateModel:
    """A new model's keeper, object type, cycle and first definition."""

    department: str = field(
        metadata=said("维护模型的部门的编号", example="nanning", to="department")
    )
    region: str = field(metadata=said("所属区划代码", example="450100", to="region"))
    object_type: str = field(metadata=said("评价对象类型", example="乳制品生产企业"))
    cycle: Cycle = field(
        metadata=said(
            "评价周期",
            codes={
                "month": "每月",
                "quarter": "每季度",
                "half_year": "每半年",
                "year": "每年",
                "two_years": "每两年",
            },
            example="year",
        )
    )
    definition: AssessmentModel = field(metadata=said("模型内容"))
    reviewed: bool = field(default=False, metadata=said("评价结果是否征求评价小组意见"))


@use_case("assessment.create_model", "新增评价模型")
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
    return _save(work, model)


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
    model = _model(work, cmd.definition.kind, cmd.model_id)
    model.redefine(cmd.definition, at=work.now)
    return _save(work, model)


@frozen(kw_only=True)
class AppointReviewGroup:
    """A review group for a model."""

    kind: Kind = field(metadata=said("模型类型", codes=KIND_TITLES, example="risk"))
    model_id: str = field(metadata=said("评价模型的编号", example="0123abcd", to="{kind}_model"))
    group: ReviewGroup = field(metadata=said("评价小组"))


@does(VersionedModel, "appoint_review_group")
def appoint_review_group(work: Work, cmd: AppointReviewGroup) -> str:
    """Appoint or replace the group that reviews the results of a model."""
    model = _model(work, cmd.kind, cmd.model_id)
    model.appoint_review_group(cmd.group, at=work.now)
    return _save(work, model)


@frozen(kw_only=True)
class SwitchModel:
    """The model to enable, disable or delete."""

    kind: Kind = field(metadata=said("模型类型", codes=KIND_TITLES, example="risk"))
    model_id: str = field(metadata=said("评价模型的编号", example="0123abcd", to="{kind}_model"))


@does(VersionedModel, "enable", answers="启用的版本号")
def enable_model(work: Work, cmd: SwitchModel) -> int:
    """Put the draft of a model in force, or its latest version again; give the version."""
    model = _model(work, cmd.kind, cmd.model_id)
    model.enable(at=work.now)
    _save(work, model)
    return model.current().version


@does(VersionedModel, "disable")
def disable_model(work: Work, cmd: SwitchModel) -> str:
    """Take a model out of force: nothing is assessed by it."""
    model = _model(work, cmd.kind, cmd.model_id)
    model.disable(at=work.now)
    return _save(work, model)


@does(VersionedModel, "delete")
def delete_model(work: Work, cmd: SwitchModel) -> str:
    """Delete a model that never was in force."""
    model = _model(work, cmd.kind, cmd.model_id)
    model.delete(at=work.now)
    return _save(work, model)


def _round(work: Work, id: str) -> EvaluationRound:
    """Give a round within reach: whoever began it, and the keeper of its model, reach it."""
    found = work[EvaluationRounds].get(id)
    port: Any = RiskModels if found.kind is Kind.RISK else CreditModels
    model: Model = work[port].get(found.model_id)
    departments = frozenset({model.department, found.department})
    region = found.region or model.region
    work.reach(EvaluationRounds.kind, id, region=region, departments=departments)
    return found


@frozen(kw_only=True)
class InitiateRound:
    """The model to apply, the batch, and the subjects to assess."""

    kind: Kind = field(metadata=said("模型类型", codes=KIND_TITLES, example="risk"))
    model_id: str = field(metadata=said("评价模型的编号", example="0123abcd", to="{kind}_model"))
    batch: str = field(metadata=said("评价批次", example="2026年上半年"))
    subjects: tuple[str, ...] = field(metadata=said("参评监管对象的编号", to="subject"))


@use_case("assessment.initiate_round", "发起评价")
def initiate_round(work: Work, cmd: InitiateRound) -> str:
    """Begin an evaluation as a draft, by the version of the model that is in force.

    Cities and counties apply the models of the regions above them, to subjects of their own.
    """
    model = _model_to_apply(work, cmd.kind, cmd.model_id)
    for subject, region in work[Subjects].regions_of(cmd.subjects).items():
        work.reach("subject", subject, region=region, departments=frozenset())
    found = EvaluationRound.create(
        id=work.ids.next_id(),
        kind=cmd.kind,
        model_id=model.id,
        model_version=model.current().version,
        initiator=work.actor.user,
        department=work.actor.department,
        region=work.actor.scope.region,
        batch=cmd.batch,
        subjects=cmd.subjects,
        at=work.now,
    )
    work.save(EvaluationRounds, found)
    return found.id


@frozen(kw_only=True)
class NameRound:
    """The round to publish or complete."""

    round_id: str = field(
        metadata=said("评价任务的编号", example="0123abcd", to="evaluation_round")
    )


@does(EvaluationRound, "publish")
def publish_round(work: Work, cmd: NameRound) -> str:
    """Open a draft for scoring."""
    found = _round(work, cmd.round_id)
    found.publish(by=work.actor.user, at=work.now)
    work.save(EvaluationRounds, found)
    return found.id


@frozen(kw_only=True)
class ScoreSubject:
    """A subject of a round, with its facts and the points entered on site."""

    round_id: str = field(
        metadata=said("评价任务的编号", example="0123abcd", to="evaluation_round")
    )
    subject: str = field(metadata=said("被打分的监管对象的编号", example="0123abcd", to="subject"))
    facts: Mapping[str, FactValue] = field(metadata=said("各项事实的值和现场打分，按事实的标识"))
    as_of: date = field(metadata=said("截至哪一天的数据", example="2026-06-30"))


def _with_days(model: AssessmentModel, facts: Mapping[str, FactValue]) -> Mapping[str, FactValue]:
    """Read days that came as texts; what is no day is left for the model to refuse."""
    found = dict(facts)
    for one in model.facts:
        if one.type is FactType.DAY and isinstance(text := found.get(one.name), str):
            with suppress(ValueError):
                found[one.name] = date.fromisoformat(text)
    return found


@does(EvaluationRound, "score", answers="评价得出的等级编码，数据不足的为空")
def score_subject(work: Work, cmd: ScoreSubject) -> str | None:
    """Assess a subject by the version of its round, keep the result and give the level."""
    found = _round(work, cmd.round_id)
    model = _model_to_apply(work, found.kind, found.model_id).version_numbered(found.model_version)
    evaluation = evaluate(model, _with_days(model, cmd.facts), cmd.as_of)
    found.score(cmd.subject, evaluation, by=work.actor.user, at=work.now)
    work.save(EvaluationRounds, found)
    return evaluation.level


@frozen(kw_only=True)
class AskReviewers:
    """Whom to ask about the results of a round, and until when."""

    round_id: str = field(
        metadata=said("评价任务的编号", example="0123abcd", to="evaluation_round")
    )
    reviewers: tuple[str, ...] = field(
        metadata=said("被征求意见的小组成员的执法人员编号", to="officer")
    )
    deadline: datetime = field(metadata=said("反馈意见的截止时间", example="2026-07-10T09:00:00Z"))


@does(EvaluationRound, "ask_reviewers")
def ask_reviewers(work: Work, cmd: AskReviewers) -> str:
    """Ask members of the review group for their opinion."""
    found = _round(work, cmd.round_id)
    found.ask_reviewers(cmd.reviewers, deadline=cmd.deadline, by=work.actor.user, at=work.now)
    work.save(EvaluationRounds, found)
    return found.id


@frozen(kw_only=True)
class GiveOpinion:
    """A reviewer's opinion of a round."""

    round_id: str = field(
        metadata=said("评价任务的编号", example="0123abcd", to="evaluation_round")
    )
    opinion: Opinion = field(
        metadata=said(
            "评审意见",
            codes={"no_objection": "无异议", "objection": "有异议"},
            example="no_objection",
        )
    )
    text: str = field(default="", metadata=said("意见内容", example="得分与检查情况相符"))


@does(EvaluationRound, "review")
def give_opinion(work: Work, cmd: GiveOpinion) -> str:
    """Say, as one of the officers who were asked, whether one agrees with the results."""
    found = _round(work, cmd.round_id)
    by = acting_officer(work).id
    found.review(Review(reviewer=by, opinion=cmd.opinion, text=cmd.text, at=work.now))
    work.save(EvaluationRounds, found)
    return found.id


@does(EvaluationRound, "complete")
def complete_round(work: Work, cmd: NameRound) -> str:
    """Archive a round to which nobody objects."""
    found = _round(work, cmd.round_id)
    found.complete(by=work.actor.user, at=work.now)
    work.save(EvaluationRounds, found)
    return found.id
