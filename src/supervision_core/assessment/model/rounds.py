"""Evaluation: from the draft of an evaluation to its archived result (proposal 6.4.2.6.4)."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final, Self

from attrs import define, field, frozen, setters

from supervision_core.assessment.model.definition import Kind
from supervision_core.assessment.model.evaluation import Evaluation
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.verbs import (
    Responsible,
    Verb,
    Verbs,
    always,
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
    """评价流程 (Step): who did what, when, with which words."""

    action: str
    by: str
    at: datetime
    note: str = ""


@frozen(kw_only=True)
class RoundChanged(Event):
    """An evaluation round took a step (``what``)."""

    round_id: str
    what: str


_S = RoundState


def _scored(one: "EvaluationRound") -> bool:
    return set(one.subjects) == one.results.keys()


def _to_complete(one: "EvaluationRound", _: object) -> bool:
    """Tell whether nothing is missing but the last step."""
    agreed = all(each.opinion is Opinion.NO_OBJECTION for each in one.reviews)
    return _scored(one) and agreed and not one.silent


VERBS: Final = Verbs(
    context="assessment",
    noun="round",
    title="评价任务",
    states={
        _S.DRAFT: "草稿", _S.SCORING: "打分中", _S.REVIEWING: "征求意见中",
        _S.COMPLETED: "已归档", _S.DELETED: "已删除",
    },
    label=lambda one: one.batch,
    assignees={
        Responsible.AUTHOR: lambda one, _: users([one.initiator]),
        Responsible.DEPARTMENT: lambda one, _: departments(one.department),
        Responsible.REVIEWERS: lambda one, _: officers(one.silent),
    },
    verbs=(
        Verb(name="publish", title="开始评价打分", by=Responsible.AUTHOR, starts=_S.DRAFT,
             leads=_S.SCORING, owed=always, permission="assessment.publish_round"),
        Verb(name="score", title="为监管对象打分", by=Responsible.DEPARTMENT, starts=_S.SCORING,
             owed=lambda one, _: not _scored(one), permission="assessment.score_subject"),
        Verb(name="ask_reviewers", title="发起征求评价意见", by=Responsible.DEPARTMENT,
             starts=_S.SCORING, leads=_S.REVIEWING),
        Verb(name="review", title="提出评价意见", by=Responsible.REVIEWERS, starts=_S.REVIEWING,
             owed=always, term="deadline", permission="assessment.give_opinion"),
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
    completed by whoever initiated it, if nobody's objection stands. It belongs to ``department`` in
    ``region``, which may apply a model that a region above owns; where no region is kept, to the
    model's.
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
    def deadline(self) -> datetime | None:
        """Give until when opinions are asked for, once they are."""
        return self._deadline

    @property
    def silent(self) -> frozenset[str]:
        """Give the officers who were asked for an opinion and have not given it."""
        heard = {each.reviewer for each in self._reviews}
        return frozenset(self._reviewers) - heard

    @property
    def reviews(self) -> tuple[Review, ...]:
        """Give the opinions so far, oldest first."""
        return self._reviews

    @property
    def steps(self) -> tuple[Step, ...]:
        """Give everything that was done, oldest first."""
        return self._steps

    def edit(self, *, batch: str, subjects: tuple[str, ...], by: str, at: datetime) -> None:
        """Change a draft. Refused for others than its author."""
        self._require("publish", by)
        self.batch, self._subjects = batch, subjects
        self._step("edited", by, at)

    def delete(self, *, by: str, at: datetime) -> None:
        """Delete a draft. Refused once published and for others than its author."""
        self._require("publish", by)
        self._state = RoundState.DELETED
        self._step("deleted", by, at)

    def publish(self, *, by: str, at: datetime) -> None:
        """Open the draft for scoring (评价发布). Refused without subjects or with one twice."""
        self._require("publish", by)
        violations = []
        if not self._subjects:
            violations.append(Violation("assessment.round_without_subjects"))
        if len(set(self._subjects)) < len(self._subjects):
            violations.append(Violation("assessment.round_subject_twice"))
        refuse_if(RoundNotChangeable, violations)
        self._state = RoundState.SCORING
        self._step("published", by, at)

    def score(self, subject: str, evaluation: Evaluation, *, by: str, at: datetime) -> None:
        """Keep the evaluation of a subject (对象评分), replacing an earlier one.

        Refused for a subject of another round, for another model or version, or with faults.
        """
        self._require("score")
        violations = list(self._scoring_violations(subject, evaluation))
        refuse_if(RoundNotChangeable, violations)
        self._results[subject] = evaluation
        self._step("scored", by, at, subject)

    def ask_reviewers(
        self, reviewers: tuple[str, ...], *, deadline: datetime, by: str, at: datetime
    ) -> None:
        """Ask for opinions until ``deadline`` (意见征集), once every subject is scored."""
        self._require("ask_reviewers")
        violations = list(self._unscored())
        if not reviewers:
            violations.append(Violation("assessment.round_without_reviewers"))
        if deadline <= at:
            violations.append(Violation("assessment.deadline_passed"))
        refuse_if(RoundNotChangeable, violations)
        self._reviewers, self._deadline, self._reviews = reviewers, deadline, ()
        self._state = RoundState.REVIEWING
        self._step("reviewers_asked", by, at)

    def review(self, review: Review) -> None:
        """Take a reviewer's opinion, replacing his earlier one, until the deadline.

        An objection states its reason.
        """
        self._require("review")
        violations = []
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
        """Score again after an objection."""
        self._require("review")
        self._state = RoundState.SCORING
        self._step("reopened", by, at, note)

    def complete(self, *, by: str, at: datetime) -> None:
        """Archive the round (完成评价).

        Refused unless asked by the initiator, with every subject scored, no objection standing,
        and every reviewer heard or the deadline passed.
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
        if self._state is RoundState.SCORING:
            return
        if any(review.opinion is Opinion.OBJECTION for review in self._reviews):
            yield Violation("assessment.objection_stands")
        if self.silent and self._deadline is not None and at <= self._deadline:
            yield Violation("assessment.reviews_pending", data={"count": len(self.silent)})

    def _require(self, verb: str, author: str | None = None) -> None:
        violations = list(self.forbids(verb))
        if author is not None and author != self.initiator:
            violations.append(Violation("assessment.not_the_initiator"))
        refuse_if(RoundNotChangeable, violations)

    def _step(self, action: str, by: str, at: datetime, note: str = "") -> None:
        self._steps = (*self._steps, Step(action=action, by=by, at=at, note=note))
        self._record(RoundChanged(at=at, round_id=self.id, what=action))
