"""Evaluation: from the draft of an evaluation to its archived result (proposal 6.4.2.6.4)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Final, Self

from attrs import define, field, frozen, setters

from supervision_core.assessment.model.definition import Kind
from supervision_core.assessment.model.evaluation import Evaluation
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.tones import good, over, waiting
from supervision_core.kernel.verbs import (
    Responsible,
    Verb,
    Verbs,
    always,
    decided_by_another,
    departments,
    officers,
    users,
)


class RoundState(StrEnum):
    """评价状态: where an evaluation round stands."""

    DRAFT = "draft"
    SCORING = "scoring"
    REVIEWING = "reviewing"
    COMPLETED = "completed"
    DELETED = "deleted"


class Opinion(StrEnum):
    """评审意见: the reviewer agrees (无意见) or objects (有意见)."""

    NO_OBJECTION = "no_objection"
    OBJECTION = "objection"


@define(eq=False)
class RoundNotChangeable(Refused):
    """The state of the round, or who asks, forbids the command."""

    code = "assessment.round_not_changeable"


@frozen(kw_only=True)
class Review:
    """意见反馈 (Review): what one reviewer says of the results of a round."""

    reviewer: str
    opinion: Opinion
    text: str
    at: datetime


@frozen(kw_only=True)
class Step:
    """评价流程 (Step): who did what, when, with which words.

    ``level`` and ``points`` (in hundredths) are what a score gave, unknown of older ones.
    """

    action: str
    by: str
    at: datetime
    note: str = ""
    level: str = ""
    points: int | None = None


@frozen(kw_only=True)
class RoundChanged(Event):
    """An evaluation round took a step (``what``)."""

    round_id: str
    what: str


@frozen(kw_only=True)
class RoundPublished(Event):
    """An evaluation is opened for scoring; its results will be put to ``reviewers``, officers."""

    batch: str
    reviewers: tuple[str, ...]


LEAST_TO_ANSWER: Final = timedelta(days=1)
"""So long has a reviewer at least to give an opinion."""

_S = RoundState


def _scored(one: "EvaluationRound") -> bool:
    return set(one.subjects) == one.results.keys()


def _to_ask(one: "EvaluationRound", _: object) -> bool:
    """Tell whether opinions are demanded, and it is time to ask for them."""
    return one.reviewed and _scored(one)


def _to_complete(one: "EvaluationRound", _: object) -> bool:
    """Tell whether nothing is missing but the last step."""
    unheard = one.reviewed and not one.reviews
    return _scored(one) and not (unheard or one.unsettled or one.objected or one.silent)


VERBS: Final = Verbs(
    context="assessment",
    noun="round",
    title="评价任务",
    states={
        _S.DRAFT: "草稿", _S.SCORING: "打分中", _S.REVIEWING: waiting("征求意见中"),
        _S.COMPLETED: good("已归档"), _S.DELETED: over("已删除"),
    },
    label=lambda one: one.batch,
    assignees={
        Responsible.AUTHOR: lambda one, _: users([one.initiator]),
        Responsible.DEPARTMENT: lambda one, _: departments(one.department),
        Responsible.REVIEWERS: lambda one, _: officers(one.silent),
    },
    roles=("assessor",),
    verbs=(
        Verb(name="publish", title="开始评价打分", by=Responsible.AUTHOR, starts=_S.DRAFT,
             leads=_S.SCORING, owed=always, permission="assessment.publish_round"),
        Verb(name="edit", title="编辑评价草稿", by=Responsible.AUTHOR, starts=_S.DRAFT,
             permission="assessment.edit_round"),
        Verb(name="delete", title="删除评价草稿", by=Responsible.AUTHOR, starts=_S.DRAFT,
             leads=_S.DELETED, permission="assessment.delete_round"),
        Verb(name="score", title="为监管对象打分", by=Responsible.DEPARTMENT, starts=_S.SCORING,
             owed=lambda one, _: not _scored(one), permission="assessment.score_subject"),
        Verb(name="ask_reviewers", title="发起征求评价意见", by=Responsible.DEPARTMENT,
             starts=_S.SCORING, leads=_S.REVIEWING, owed=_to_ask),
        Verb(name="review", title="提出评价意见", by=Responsible.REVIEWERS, starts=_S.REVIEWING,
             owed=always, term="deadline", permission="assessment.give_opinion",
             roles=("reviewer",)),
        Verb(name="reopen", title="退回重新评分", by=Responsible.AUTHOR, starts=_S.REVIEWING,
             leads=_S.SCORING, owed=lambda one, _: one.objected,
             permission="assessment.reopen_round"),
        Verb(name="complete", title="归档评价", by=Responsible.AUTHOR,
             starts={_S.SCORING, _S.REVIEWING}, leads=_S.COMPLETED, owed=_to_complete,
             permission="assessment.complete_round"),
    ),
)  # fmt: skip
"""What is done with a round; every other state is refused as ``assessment.round_is_<state>``."""


@define(eq=False, kw_only=True)
class EvaluationRound(Aggregate):
    """评价任务 (EvaluationRound): subjects assessed by one version of a model in one batch.

    Draft, seen by its author alone; published for scoring; optionally reviewed until a deadline;
    completed by whoever initiated it, if nobody's objection stands. Where it is ``reviewed``
    (是否评审), as the model said when it began, it is not completed before an opinion was given. It
    belongs to ``department`` in ``region``, which may apply a model that a region above owns; where
    no region is kept, to the model's. ``object_tags`` are those of its subjects (评价对象标签),
    ``needs_report`` is 是否需要经营数据上报, ``review_team`` the team that was chosen for review,
    empty for the group of the model. Source: proposal 3425, 3500-3560, 5150.
    """

    verbs: ClassVar[Verbs | None] = VERBS

    id: str = field(on_setattr=setters.frozen)
    kind: Kind = field(on_setattr=setters.frozen)
    model_id: str = field(on_setattr=setters.frozen)
    model_version: int = field(on_setattr=setters.frozen)
    initiator: str = field(on_setattr=setters.frozen)
    department: str
    batch: str
    _subjects: tuple[str, ...]
    _state: RoundState = RoundState.DRAFT
    _results: dict[str, Evaluation] = field(factory=dict)
    _reviewers: tuple[str, ...] = ()
    _deadline: datetime | None = None
    _reviews: tuple[Review, ...] = ()
    _steps: tuple[Step, ...] = ()
    region: str = ""
    reviewed: bool = False
    object_tags: tuple[str, ...] = ()
    needs_report: bool = False
    review_team: str = ""

    @classmethod
    def create(  # noqa: PLR0913 -- the fields of the proposal
        cls,
        *,
        id: str,
        kind: Kind,
        model_id: str,
        model_version: int,
        initiator: str,
        department: str,
        batch: str,
        subjects: tuple[str, ...],
        at: datetime,
        region: str = "",
        reviewed: bool = False,
        object_tags: tuple[str, ...] = (),
        needs_report: bool = False,
        review_team: str = "",
    ) -> Self:
        """Begin a draft (评价草稿)."""
        made = cls(
            id=id,
            kind=kind,
            model_id=model_id,
            model_version=model_version,
            initiator=initiator,
            department=department,
            batch=batch,
            subjects=subjects,
            region=region,
            reviewed=reviewed,
            object_tags=object_tags,
            needs_report=needs_report,
            review_team=review_team,
        )
        made._step("created", initiator, at)
        return made

    @property
    def state(self) -> RoundState:
        """Give the state."""
        return self._state

    @property
    def subjects(self) -> tuple[str, ...]:
        """Give the ids of the subjects to assess."""
        return self._subjects

    @property
    def results(self) -> dict[str, Evaluation]:
        """Give the evaluations so far, by subject."""
        return dict(self._results)

    @property
    def reviewers(self) -> tuple[str, ...]:
        """The officers who are asked for their opinion."""
        return self._reviewers

    @property
    def deadline(self) -> datetime | None:
        """Give until when opinions are asked for, once they are."""
        return self._deadline

    @property
    def silent(self) -> frozenset[str]:
        """Give the officers who were asked for an opinion and have not given it."""
        heard = {each.reviewer for each in self._reviews}
        return frozenset(self._reviewers) - heard

    @property
    def objected(self) -> bool:
        """Whether an objection stands."""
        return any(each.opinion is Opinion.OBJECTION for each in self._reviews)

    @property
    def unsettled(self) -> bool:
        """Whether somebody objected before and was not asked again."""
        return bool(self._objectors - set(self._reviewers))

    @property
    def alone(self) -> bool:
        """Whether one person began, scored and archived it, and nobody gave an opinion."""
        by_one = self._authors == {self.initiator} and not self._reviews
        return self._state is RoundState.COMPLETED and by_one

    @property
    def reviews(self) -> tuple[Review, ...]:
        """Give the opinions so far, oldest first."""
        return self._reviews

    @property
    def steps(self) -> tuple[Step, ...]:
        """Give everything that was done, oldest first."""
        return self._steps

    @property
    def counted(self) -> bool:
        """Whether it counts as an evaluation by its model (评价次数): more than a draft."""
        return self._state not in {RoundState.DRAFT, RoundState.DELETED}

    @property
    def created_at(self) -> datetime:
        """Give when it was begun."""
        return self._steps[0].at

    def edit(  # noqa: PLR0913 -- the fields of the proposal
        self,
        *,
        batch: str,
        subjects: tuple[str, ...],
        by: str,
        at: datetime,
        reviewed: bool = False,
        object_tags: tuple[str, ...] = (),
        needs_report: bool = False,
        review_team: str = "",
    ) -> None:
        """Change a draft. Refused for others than its author."""
        self._require("edit", by)
        self.batch, self._subjects, self.object_tags = batch, subjects, object_tags
        self.needs_report, self.review_team, self.reviewed = needs_report, review_team, reviewed
        self._step("edited", by, at)

    def delete(self, *, by: str, at: datetime) -> None:
        """Delete a draft. Refused once published and for others than its author."""
        self._require("delete", by)
        self._state = RoundState.DELETED
        self._step("deleted", by, at)

    def publish(self, *, by: str, at: datetime, reviewers: tuple[str, ...] = ()) -> None:
        """Open the draft for scoring (评价发布); the ``reviewers`` to be asked are told.

        Refused without subjects or with one twice.
        """
        self._require("publish", by)
        violations = []
        if not self._subjects:
            violations.append(Violation("assessment.round_without_subjects"))
        if len(set(self._subjects)) < len(self._subjects):
            violations.append(Violation("assessment.round_subject_twice"))
        refuse_if(RoundNotChangeable, violations)
        self._state = RoundState.SCORING
        self._step("published", by, at)
        if reviewers:
            self._record(RoundPublished(at=at, batch=self.batch, reviewers=reviewers))

    def score(self, subject: str, evaluation: Evaluation, *, by: str, at: datetime) -> None:
        """Keep the evaluation of a subject (对象评分), replacing an earlier one, told by its step.

        Refused for a subject of another round, for another model or version, or with faults.
        """
        self._require("score")
        violations = list(self._scoring_violations(subject, evaluation))
        refuse_if(RoundNotChangeable, violations)
        self._results[subject] = evaluation
        self._step("scored", by, at, subject, level=evaluation.level or "", points=evaluation.total)

    def ask_reviewers(
        self,
        reviewers: tuple[str, ...],
        *,
        group: tuple[str, ...] = (),
        deadline: datetime,
        by: str,
        at: datetime,
    ) -> None:
        """Ask for opinions until ``deadline`` (意见征集), once every subject is scored.

        ``group`` are the members of the model's review group, of whom the reviewers are chosen;
        where it has none, any officer is. Whoever objected before is asked again. They have a day
        at least.
        """
        self._require("ask_reviewers")
        violations = list(self._unscored())
        if left := self._objectors - set(reviewers):
            data = {"count": len(left)}
            violations.append(Violation("assessment.objector_not_asked", "reviewers", data))
        if not reviewers:
            violations.append(Violation("assessment.round_without_reviewers", "reviewers"))
        if group and (strangers := set(reviewers) - set(group)):
            data = {"count": len(strangers)}
            violations.append(Violation("assessment.reviewer_not_member", "reviewers", data))
        if deadline <= at:
            violations.append(Violation("assessment.deadline_passed"))
        elif deadline < at + LEAST_TO_ANSWER:
            violations.append(Violation("assessment.deadline_too_soon", "deadline"))
        refuse_if(RoundNotChangeable, violations)
        self._reviewers, self._deadline, self._reviews = reviewers, deadline, ()
        self._state = RoundState.REVIEWING
        self._step("reviewers_asked", by, at)

    @property
    def _objectors(self) -> frozenset[str]:
        """The officers who ever objected."""
        return frozenset(one.by for one in self._steps if one.action == Opinion.OBJECTION.value)

    @property
    def _authors(self) -> frozenset[str]:
        """The accounts that began it, or scored in it."""
        return frozenset(
            {self.initiator, *(one.by for one in self._steps if one.action == "scored")}
        )

    def review(self, review: Review, *, by: str = "") -> None:
        """Take a reviewer's opinion, replacing his earlier one, until the deadline.

        An objection states its reason. ``by`` is the reviewer's account: nobody reviews what he
        began, or scored himself.
        """
        self._require("review")
        violations = list(decided_by_another(by, *self._authors))
        if review.reviewer not in self._reviewers:
            violations.append(Violation("assessment.reviewer_not_asked"))
        if self._deadline is not None and review.at > self._deadline:
            violations.append(Violation("assessment.deadline_passed"))
        if review.opinion is Opinion.OBJECTION and not review.text.strip():
            violations.append(Violation("assessment.objection_without_reason"))
        refuse_if(RoundNotChangeable, violations)
        others = tuple(r for r in self._reviews if r.reviewer != review.reviewer)
        self._reviews = (*others, review)
        self._step(review.opinion.value, review.reviewer, review.at, review.text)

    def reopen(self, *, by: str, at: datetime, note: str) -> None:
        """Score again after an objection (退回重新评分). Refused for others than its initiator.

        The reason is said in ``note``. Opinions are asked for once more.
        """
        violations = list(self._forbidden("reopen", by))
        if not note.strip():
            violations.append(Violation("assessment.reopening_without_reason", "note"))
        refuse_if(RoundNotChangeable, violations)
        self._state = RoundState.SCORING
        self._reviewers, self._deadline, self._reviews = (), None, ()
        self._step("reopened", by, at, note)

    def complete(self, *, by: str, at: datetime) -> None:
        """Archive the round (完成评价).

        Refused unless asked by the initiator, with every subject scored, no objection standing,
        and every reviewer heard or the deadline passed; where a review is demanded, one was heard.
        Whoever objected before the subjects were scored again was asked again.
        """
        self._require("complete")
        refuse_if(RoundNotChangeable, self._completing_violations(by, at))
        self._state = RoundState.COMPLETED
        self._step("completed", by, at)

    def _scoring_violations(self, subject: str, evaluation: Evaluation) -> Iterator[Violation]:
        if subject not in self._subjects:
            yield Violation("assessment.subject_of_another_round")
        if evaluation.model_version != self.model_version:
            yield Violation("assessment.evaluated_by_another_version")
        if evaluation.insufficient:
            yield Violation("assessment.evaluation_insufficient")
        if evaluation.faults:
            data = {"indicators": ", ".join(c.indicator for c in evaluation.faults)}
            yield Violation("assessment.evaluation_has_faults", data=data)

    def _unscored(self) -> Iterator[Violation]:
        if left := len(set(self._subjects) - self._results.keys()):
            yield Violation("assessment.subjects_unscored", data={"count": left})

    def _completing_violations(self, by: str, at: datetime) -> Iterator[Violation]:
        if by != self.initiator:
            yield Violation("assessment.not_the_initiator")
        yield from self._unscored()
        if self.reviewed and not self._reviews:
            yield Violation("assessment.review_missing")
        elif self.unsettled:
            yield Violation("assessment.objector_unheard")
        if self._state is RoundState.SCORING:
            return
        if self.objected:
            yield Violation("assessment.objection_stands")
        if self.silent and self._deadline is not None and at <= self._deadline:
            yield Violation("assessment.reviews_pending", data={"count": len(self.silent)})

    def _forbidden(self, verb: str, author: str | None = None) -> Iterator[Violation]:
        yield from self.forbids(verb)
        if author is not None and author != self.initiator:
            yield Violation("assessment.not_the_initiator")

    def _require(self, verb: str, author: str | None = None) -> None:
        refuse_if(RoundNotChangeable, self._forbidden(verb, author))

    def _step(self, action: str, by: str, at: datetime, note: str = "", **given: Any) -> None:
        self._steps = (*self._steps, Step(action=action, by=by, at=at, note=note, **given))
        self._record(RoundChanged(at=at, round_id=self.id, what=action))
