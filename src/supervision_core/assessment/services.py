"""What is done with models and evaluation rounds."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from attrs import frozen

from supervision_core.assessment.model import (
    AssessmentModel,
    CreditModel,
    Cycle,
    EvaluationRound,
    FactValue,
    Kind,
    Opinion,
    Review,
    ReviewGroup,
    RiskModel,
    evaluate,
)
from supervision_core.assessment.ports import CreditModels, EvaluationRounds, RiskModels
from supervision_core.identity.services import Work, use_case

Model = RiskModel | CreditModel


def _model(work: Work, kind: Kind, id: str) -> Model:
    model: Model = work[RiskModels].get(id) if kind is Kind.RISK else work[CreditModels].get(id)
    departments = frozenset({model.department})
    work.reach(f"{kind.value}_model", id, region=model.region, departments=departments)
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

    department: str
    region: str
    object_type: str
    cycle: Cycle
    definition: AssessmentModel
    reviewed: bool = False


@use_case("assessment.create_model")
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

    model_id: str
    definition: AssessmentModel


@use_case("assessment.redefine_model")
def redefine_model(work: Work, cmd: RedefineModel) -> str:
    """Replace the draft of a model; versions that were in force stay as they are."""
    model = _model(work, cmd.definition.kind, cmd.model_id)
    model.redefine(cmd.definition, at=work.now)
    return _save(work, model)


@frozen(kw_only=True)
class AppointReviewGroup:
    """A review group for a model."""

    kind: Kind
    model_id: str
    group: ReviewGroup


@use_case("assessment.appoint_review_group")
def appoint_review_group(work: Work, cmd: AppointReviewGroup) -> str:
    """Appoint or replace the group that reviews the results of a model."""
    model = _model(work, cmd.kind, cmd.model_id)
    model.appoint_review_group(cmd.group, at=work.now)
    return _save(work, model)


@frozen(kw_only=True)
class SwitchModel:
    """The model to enable, disable or delete."""

    kind: Kind
    model_id: str


@use_case("assessment.enable_model")
def enable_model(work: Work, cmd: SwitchModel) -> int:
    """Put the draft of a model in force, or its latest version again; give the version."""
    model = _model(work, cmd.kind, cmd.model_id)
    model.enable(at=work.now)
    _save(work, model)
    return model.current().version


@use_case("assessment.disable_model")
def disable_model(work: Work, cmd: SwitchModel) -> str:
    """Take a model out of force: nothing is assessed by it."""
    model = _model(work, cmd.kind, cmd.model_id)
    model.disable(at=work.now)
    return _save(work, model)


@use_case("assessment.delete_model")
def delete_model(work: Work, cmd: SwitchModel) -> str:
    """Delete a model that never was in force."""
    model = _model(work, cmd.kind, cmd.model_id)
    model.delete(at=work.now)
    return _save(work, model)


def _round(work: Work, id: str) -> EvaluationRound:
    """Give a round within reach: its scope is that of its model."""
    found = work[EvaluationRounds].get(id)
    port: Any = RiskModels if found.kind is Kind.RISK else CreditModels
    model: Model = work[port].get(found.model_id)
    departments = frozenset({model.department})
    work.reach(EvaluationRounds.kind, id, region=model.region, departments=departments)
    return found


@frozen(kw_only=True)
class InitiateRound:
    """The model to apply, the batch, and the subjects to assess."""

    kind: Kind
    model_id: str
    batch: str
    subjects: tuple[str, ...]


@use_case("assessment.initiate_round")
def initiate_round(work: Work, cmd: InitiateRound) -> str:
    """Begin an evaluation as a draft, by the version of the model that is in force."""
    model = _model(work, cmd.kind, cmd.model_id)
    found = EvaluationRound.create(
        id=work.ids.next_id(),
        kind=cmd.kind,
        model_id=model.id,
        model_version=model.current().version,
        initiator=work.actor.user,
        department=work.actor.department,
        batch=cmd.batch,
        subjects=cmd.subjects,
        at=work.now,
    )
    work.save(EvaluationRounds, found)
    return found.id


@frozen(kw_only=True)
class NameRound:
    """The round to publish or complete."""

    round_id: str


@use_case("assessment.publish_round")
def publish_round(work: Work, cmd: NameRound) -> str:
    """Open a draft for scoring."""
    found = _round(work, cmd.round_id)
    found.publish(by=work.actor.user, at=work.now)
    work.save(EvaluationRounds, found)
    return found.id


@frozen(kw_only=True)
class ScoreSubject:
    """A subject of a round, with its facts and the points entered on site."""

    round_id: str
    subject: str
    facts: Mapping[str, FactValue]
    as_of: date


@use_case("assessment.score_subject")
def score_subject(work: Work, cmd: ScoreSubject) -> str | None:
    """Assess a subject by the version of its round, keep the result and give the level."""
    found = _round(work, cmd.round_id)
    model = _model(work, found.kind, found.model_id).version_numbered(found.model_version)
    evaluation = evaluate(model, cmd.facts, cmd.as_of)
    found.score(cmd.subject, evaluation, by=work.actor.user, at=work.now)
    work.save(EvaluationRounds, found)
    return evaluation.level


@frozen(kw_only=True)
class AskReviewers:
    """Whom to ask about the results of a round, and until when."""

    round_id: str
    reviewers: tuple[str, ...]
    deadline: datetime


@use_case("assessment.ask_reviewers")
def ask_reviewers(work: Work, cmd: AskReviewers) -> str:
    """Ask members of the review group for their opinion."""
    found = _round(work, cmd.round_id)
    found.ask_reviewers(cmd.reviewers, deadline=cmd.deadline, by=work.actor.user, at=work.now)
    work.save(EvaluationRounds, found)
    return found.id


@frozen(kw_only=True)
class GiveOpinion:
    """A reviewer's opinion of a round."""

    round_id: str
    opinion: Opinion
    text: str = ""


@use_case("assessment.give_opinion")
def give_opinion(work: Work, cmd: GiveOpinion) -> str:
    """Say whether one agrees with the results of a round."""
    found = _round(work, cmd.round_id)
    by, at = work.actor.user, work.now
    found.review(Review(reviewer=by, opinion=cmd.opinion, text=cmd.text, at=at))
    work.save(EvaluationRounds, found)
    return found.id


@use_case("assessment.complete_round")
def complete_round(work: Work, cmd: NameRound) -> str:
    """Archive a round to which nobody objects."""
    found = _round(work, cmd.round_id)
    found.complete(by=work.actor.user, at=work.now)
    work.save(EvaluationRounds, found)
    return found.id
