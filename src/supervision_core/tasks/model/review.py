"""任务复核: officers look again at what a third party assisted with."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final, Self

from attrs import define, field, frozen, setters

from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.tones import good, waiting
from supervision_core.kernel.verbs import Responsible, Verb, Verbs, always, officers
from supervision_core.tasks.model import events
from supervision_core.tasks.model.visit import Visit


@define(eq=False)
class ReviewRefused(Refused):
    """The review cannot be given or recorded."""

    code: ClassVar[str] = "tasks.review_refused"


@frozen(kw_only=True)
class ReviewResult:
    """复核结果 (ReviewResult): whether the officers agree, item ids they differ on, and words."""

    by: str
    at: datetime
    agrees: bool
    differing_items: tuple[str, ...] = ()
    note: str = ""


@frozen(kw_only=True)
class Handpicked:
    """指定复核 (Handpicked): who gave a visit to review without a draw, when and why."""

    by: str
    at: datetime
    reason: str


class ReviewState(StrEnum):
    """Whether the officers have recorded what they found."""

    ASSIGNED = "assigned"
    RECORDED = "recorded"


VERBS: Final = Verbs(
    context="tasks",
    noun="review",
    title="任务复核",
    states={ReviewState.ASSIGNED: waiting("待复核"), ReviewState.RECORDED: good("已复核")},
    assignees={Responsible.OFFICERS: lambda one, _: officers(one.officers)},
    verbs=(
        Verb(name="record", title="录入复核结果", by=Responsible.OFFICERS,
             starts=ReviewState.ASSIGNED, leads=ReviewState.RECORDED, owed=always,
             permission="tasks.record_review", roles=("officer",)),
    ),
)  # fmt: skip
"""What is done with a review."""


@define(eq=False, kw_only=True)
class Review(Aggregate):
    """任务复核 (Review): a completed visit with third-party help, drawn for a second look.

    One that was ``handpicked`` says so to each reader, which is unknown of older ones.
    Source: proposal 6.4.2.5.2.8, 6.4.2.5.3.3.
    """

    verbs: ClassVar[Verbs | None] = VERBS

    visit: str = field(on_setattr=setters.frozen)
    task: str = field(on_setattr=setters.frozen)
    region: str = field(on_setattr=setters.frozen)
    department: str = field(on_setattr=setters.frozen)
    officers: tuple[str, ...] = field(on_setattr=setters.frozen)
    subject: str = field(default="", on_setattr=setters.frozen)
    _result: ReviewResult | None = None
    handpicked: Handpicked | None = field(default=None, on_setattr=setters.frozen)

    @classmethod
    def assign(
        cls,
        *,
        id: str,
        visit: Visit,
        officers: tuple[str, ...],
        handpicked: Handpicked | None = None,
    ) -> Self:
        """Give the review of a formed, assisted ``visit`` to officers of the lead.

        Where it was not drawn, ``handpicked`` says who chose it and why. Raises ``ReviewRefused``.
        """
        refuse_if(ReviewRefused, _assign_violations(visit, officers, handpicked))
        return cls(
            id=id,
            visit=visit.id,
            task=visit.sheet.task,
            region=visit.sheet.region,
            department=visit.sheet.lead,
            officers=officers,
            subject=visit.sheet.subject,
            handpicked=handpicked,
        )

    @property
    def state(self) -> ReviewState:
        """Whether it is recorded."""
        return ReviewState.ASSIGNED if self._result is None else ReviewState.RECORDED

    @property
    def result(self) -> ReviewResult | None:
        """What the officers found, once recorded."""
        return self._result

    def record(self, result: ReviewResult) -> None:
        """Take the result, once, from an officer it was given to. Raises ``ReviewRefused``."""
        refuse_if(ReviewRefused, self._record_violations(result))
        self._result = result
        self._record(
            events.ReviewRecorded(
                at=result.at, review=self.id, visit=self.visit, agrees=result.agrees
            )
        )

    def _record_violations(self, result: ReviewResult) -> Iterator[Violation]:
        yield from self.forbids("record")
        if result.by not in self.officers:
            yield Violation("tasks.officer_not_assigned", "by", {"officer": result.by})
        if not result.agrees and not result.note.strip():
            yield Violation("tasks.field_empty", "note")
        if result.agrees and result.differing_items:
            yield Violation("tasks.review_contradicts_itself", "differing_items")


def _assign_violations(
    visit: Visit, officers: tuple[str, ...], handpicked: Handpicked | None
) -> Iterator[Violation]:
    yield from visit.forbids("assign_review")
    if handpicked is not None and not handpicked.reason.strip():
        yield Violation("tasks.field_empty", "reason")
    if not visit.formed and not any(visit.forbids("assign_review")):
        yield Violation("tasks.visit_not_formed")
    if not visit.assistants:
        yield Violation("tasks.visit_not_assisted")
    if not officers:
        yield Violation("tasks.field_empty", "officers")
    if {one.id for one in visit.officers}.intersection(officers):
        yield Violation("tasks.reviewer_inspected", "officers", {"visit": visit.sheet.number})
