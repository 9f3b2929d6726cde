"""What is done with evaluation rounds."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from itertools import islice
from typing import Any, ClassVar, Final

from attrs import define, field, frozen

from supervision_core.assessment.model import (
    AssessmentModel,
    EvaluationRound,
    FactType,
    FactValue,
    Kind,
    Opinion,
    Review,
    evaluate,
)
from supervision_core.assessment.model.catalogued import as_asked
from supervision_core.assessment.model.definition import KIND_TITLES
from supervision_core.assessment.ports import CreditModels, EvaluationRounds, RiskModels
from supervision_core.assessment.services.models import Model, model_to_apply
from supervision_core.identity.services import Deeds, Work, does, use_case
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import every_page
from supervision_core.officers.ports import Teams
from supervision_core.officers.services import acting_officer
from supervision_core.subjects.model import SubjectStatus
from supervision_core.subjects.ports import SubjectFilter, SubjectQueries, Subjects
from supervision_core.subjects.services.known import known_facts


def _round(work: Work, id: str) -> EvaluationRound:
    """Give a round within reach: whoever began it, and the keeper of its model, reach it."""
    found = work[EvaluationRounds].get(id)
    port: Any = RiskModels if found.kind is Kind.RISK else CreditModels
    model: Model = work[port].get(found.model_id)
    departments = frozenset({model.department, found.department})
    region = found.region or model.region
    work.reach(EvaluationRounds.kind, id, region=region, departments=departments)
    return found


MOST_SUBJECTS: Final = 200
"""Subjects that one evaluation takes by their tags."""
_SUBJECTS: Final = said("参评监管对象", to="subject", hint="不填则为带有评价对象标签的全部存续对象")
_TAGS: Final = said("评价对象标签", to="tag", hint="不填则为评价模型的对象标签")
_NEEDS_REPORT: Final = said("是否需要经营数据上报")
_TEAM: Final = said("评审小组", to="team", hint="不填则为评价模型的评审小组")


@define(eq=False)
class RoundInvalid(Refused):
    """The evaluation as described cannot begin."""

    code: ClassVar[str] = "assessment.round_invalid"


def _subjects_meant(work: Work, named: tuple[str, ...], tags: tuple[str, ...]) -> tuple[str, ...]:
    """Give the subjects that are named, else those with a tag. Raises ``RoundInvalid``."""
    if named or not tags:
        for one in work[Subjects].find_many(named):
            work.reach("subject", one.id, region=one.region, departments=one.departments)
        return named
    wanted = SubjectFilter(
        reach=work.actor.scope.predicate(), tags=frozenset(tags), status=SubjectStatus.ACTIVE
    )
    pages = every_page(partial(work[SubjectQueries].page, wanted), order="id")
    found = tuple(islice((row.id for page in pages for row in page.items), MOST_SUBJECTS + 1))
    if not found:
        raise RoundInvalid((Violation("assessment.tags_without_subjects", "object_tags"),))
    if len(found) > MOST_SUBJECTS:
        data = {"most": MOST_SUBJECTS}
        raise RoundInvalid((Violation("assessment.too_many_subjects", "subjects", data),))
    return found


def _require_team(work: Work, kind: Kind, id: str) -> None:
    """Demand that the team, if one is chosen, reviews evaluations of that kind."""
    if id and work[Teams].get(id).kind != kind.value:
        reason = Violation("assessment.review_team_of_another_kind", "review_team")
        raise RoundInvalid((reason,))


def _members(work: Work, found: EvaluationRound) -> tuple[str, ...]:
    """Give the officers of the group that was chosen for the evaluation, else of its model's."""
    if found.review_team:
        return tuple(sorted(work[Teams].get(found.review_team).members))
    appointed = model_to_apply(work, found.kind, found.model_id).review_group
    return appointed.members if appointed else ()


@frozen(kw_only=True)
class InitiateRound:
    """The model to apply, the batch, and the subjects to assess."""

    kind: Kind = field(metadata=said("模型类型", codes=KIND_TITLES, example="risk"))
    model_id: str = field(
        metadata=said("评价模型", example="0123abcd", hint="先选择模型类型", to="{kind}_model")
    )
    batch: str = field(metadata=said("评价批次", example="2026年上半年"))
    subjects: tuple[str, ...] = field(default=(), metadata=_SUBJECTS)
    object_tags: tuple[str, ...] = field(default=(), metadata=_TAGS)
    needs_report: bool = field(default=False, metadata=_NEEDS_REPORT)
    review_team: str = field(default="", metadata=_TEAM)


@use_case("assessment.initiate_round", "发起评价")
def initiate_round(work: Work, cmd: InitiateRound) -> str:
    """Begin an evaluation as a draft, by the version of the model that is in force.

    Cities and counties apply the models of the regions above them, to subjects of their own: those
    that are named, or else all with one of the tags, which are the model's where none is said.
    Raises ``RoundInvalid`` for none or too many, and for a group of the other kind.
    """
    model = model_to_apply(work, cmd.kind, cmd.model_id)
    tags = cmd.object_tags or model.object_tags
    _require_team(work, cmd.kind, cmd.review_team)
    found = EvaluationRound.create(
        id=work.ids.next_id(),
        kind=cmd.kind,
        model_id=model.id,
        model_version=model.current().version,
        initiator=work.actor.user,
        department=work.actor.department,
        region=work.actor.scope.region,
        batch=cmd.batch,
        subjects=_subjects_meant(work, cmd.subjects, tags),
        object_tags=tags,
        needs_report=cmd.needs_report,
        review_team=cmd.review_team,
        reviewed=model.reviewed or bool(cmd.review_team),
        at=work.now,
    )
    work.save(EvaluationRounds, found)
    return found.id


@frozen(kw_only=True)
class EditRound:
    """What a draft of an evaluation says from now on."""

    round_id: str = field(
        metadata=said("评价任务的编号", example="0123abcd", to="evaluation_round")
    )
    batch: str = field(metadata=said("评价批次", example="2026年下半年"))
    subjects: tuple[str, ...] = field(default=(), metadata=_SUBJECTS)
    object_tags: tuple[str, ...] = field(default=(), metadata=_TAGS)
    needs_report: bool = field(default=False, metadata=_NEEDS_REPORT)
    review_team: str = field(default="", metadata=_TEAM)


@does(EvaluationRound, "edit")
def edit_round(work: Work, cmd: EditRound) -> str:
    """Change what a draft says; nobody but its author does. Raises ``RoundInvalid``."""
    found = _round(work, cmd.round_id)
    model = model_to_apply(work, found.kind, found.model_id)
    tags = cmd.object_tags or model.object_tags
    _require_team(work, found.kind, cmd.review_team)
    found.edit(
        batch=cmd.batch, subjects=_subjects_meant(work, cmd.subjects, tags), object_tags=tags,
        needs_report=cmd.needs_report, review_team=cmd.review_team,
        reviewed=model.reviewed or bool(cmd.review_team), by=work.actor.user, at=work.now,
    )  # fmt: skip
    work.save(EvaluationRounds, found)
    return found.id


@frozen(kw_only=True)
class NameRound:
    """The round to publish, delete or complete."""

    round_id: str = field(
        metadata=said("评价任务的编号", example="0123abcd", to="evaluation_round")
    )


_ROUND: Final = Deeds(EvaluationRounds, EvaluationRound, _round)
delete_round = _ROUND.does("delete", NameRound, "Delete a draft; nobody but its author does.")


@does(EvaluationRound, "publish")
def publish_round(work: Work, cmd: NameRound) -> str:
    """Open a draft for scoring; where it is reviewed, the members of its group are told."""
    found = _round(work, cmd.round_id)
    reviewers = _members(work, found) if found.reviewed else ()
    found.publish(by=work.actor.user, at=work.now, reviewers=reviewers)
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


def known_of(
    work: Work, model: AssessmentModel, subject: str, day: date
) -> Mapping[str, FactValue]:
    """Give what is known of a subject on a day, as the facts of a model are typed."""
    asked = {one.name: one for one in model.facts}
    known = known_facts(work.unit, [subject], day, asked)[subject]
    return {name: as_asked(value, asked[name]) for name, value in known.items() if name in asked}


@does(EvaluationRound, "score", answers="评价得出的等级编码，数据不足的为空")
def score_subject(work: Work, cmd: ScoreSubject) -> str | None:
    """Assess a subject by the version of its round, keep the result and give the level.

    A fact that is not given is taken as it is known of the subject on that day.
    """
    found = _round(work, cmd.round_id)
    model = model_to_apply(work, found.kind, found.model_id).version_numbered(found.model_version)
    known = known_of(work, model, cmd.subject, cmd.as_of)
    facts = {**known, **_with_days(model, cmd.facts)}
    evaluation = evaluate(model, facts, cmd.as_of)
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
    """Ask members of the round's or the model's review group, if there is one, for an opinion."""
    found = _round(work, cmd.round_id)
    found.ask_reviewers(
        cmd.reviewers,
        group=_members(work, found),
        deadline=cmd.deadline,
        by=work.actor.user,
        at=work.now,
    )
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
            codes={"no_objection": "无意见", "objection": "有意见"},
            example="no_objection",
        )
    )
    text: str = field(
        default="", metadata=said("意见内容", example="得分与检查情况相符", long=True)
    )


@does(EvaluationRound, "review")
def give_opinion(work: Work, cmd: GiveOpinion) -> str:
    """Say, as one of the officers who were asked, whether one agrees with the results.

    Nobody does of an evaluation that he began, or scored himself.
    """
    found = _round(work, cmd.round_id)
    review = Review(
        reviewer=acting_officer(work).id, opinion=cmd.opinion, text=cmd.text, at=work.now
    )
    found.review(review, by=work.actor.user)
    work.save(EvaluationRounds, found)
    return found.id


@frozen(kw_only=True)
class ReopenRound:
    """An evaluation that is scored again, and why."""

    round_id: str = field(
        metadata=said("评价任务的编号", example="0123abcd", to="evaluation_round")
    )
    note: str = field(metadata=said("退回的理由", example="按评审意见核对罚款记录", long=True))


reopen_round = _ROUND.does(
    "reopen", ReopenRound,
    "Have the subjects scored again, as after an objection; opinions are asked for once more.",
)  # fmt: skip
complete_round = _ROUND.does("complete", NameRound, "Archive a round to which nobody objects.")
