"""The task: drafted by the lead, answered, claimed and closed by departments, then archived."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import ClassVar, Self

from attrs import define, evolve

from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate
from supervision_core.plans.model import unpublished_violations
from supervision_core.tasks.model import events
from supervision_core.tasks.model.sheet import (
    Approval,
    DepartmentPart,
    Opinion,
    PartState,
    TaskSheet,
    TaskState,
    ThirdPartyPart,
    Urging,
    sheet_violations,
)


@define(eq=False)
class TaskRefused(Refused):
    """The task's state or content forbids the command."""

    code: ClassVar[str] = "tasks.task_refused"


@define(eq=False)
class TaskNotDispatchable(Refused):
    """The task may not go out to the departments."""

    code: ClassVar[str] = "tasks.not_dispatchable"


@define(eq=False)
class PartRefused(Refused):
    """The department cannot do this with its part."""

    code: ClassVar[str] = "tasks.part_refused"


@define(eq=False)
class TaskNotClosable(Refused):
    """The task cannot be closed, archived or published yet."""

    code: ClassVar[str] = "tasks.not_closable"


_S = TaskState
_BEFORE_DISPATCH = frozenset({_S.DRAFTED, _S.CONSULTING, _S.READY})
_RUNNING = frozenset({_S.DISPATCHED, _S.IN_PROGRESS})

ALLOWED: Mapping[str, frozenset[TaskState]] = {
    "change": frozenset({_S.DRAFTED, _S.READY}),
    "approve": _BEFORE_DISPATCH | _RUNNING,
    "delete": _BEFORE_DISPATCH,
    "consult": frozenset({_S.DRAFTED}),
    "give_opinion": frozenset({_S.CONSULTING}),
    "end_consultation": frozenset({_S.CONSULTING}),
    "skip_consultation": frozenset({_S.DRAFTED}),
    "engage_third_party": _BEFORE_DISPATCH,
    "name_assistants": _RUNNING,
    "claim_assistance": _RUNNING,
    "admit_visits": _BEFORE_DISPATCH,
    "dispatch": frozenset({_S.READY}),
    "claim": _RUNNING,
    "urge": _RUNNING,
    "answer_urging": _RUNNING,
    "close_part": frozenset({_S.IN_PROGRESS}),
    "close": frozenset({_S.IN_PROGRESS}),
    "archive": frozenset({_S.CLOSED}),
    "publish": frozenset({_S.ARCHIVED}),
}
"""From which states each verb may start; every other is refused as ``tasks.task_is_<state>``."""


@define(eq=False, kw_only=True)
class Task(Aggregate):
    """综合监管任务 (Task): one joint inspection of many subjects, led by one department.

    Source: proposal 6.4.2.5.2.2 to 6.4.2.5.2.7; 国办发〔2024〕54号 (approval, published matters,
    third parties only assist).
    """

    _sheet: TaskSheet
    _parts: tuple[DepartmentPart, ...]
    _state: TaskState = TaskState.DRAFTED
    _third_parties: tuple[ThirdPartyPart, ...] = ()
    _approval: Approval | None = None
    _urgent_because: str = ""
    _opinions_due: date | None = None
    _claim_due: date | None = None
    _urgings: tuple[Urging, ...] = ()
    _manifest: str = ""
    _deleted_because: str = ""

    @classmethod
    def create(cls, *, id: str, sheet: TaskSheet, at: datetime) -> Self:
        """Draft a task with a part for the lead and each joining department.

        Raises ``TaskRefused``.
        """
        refuse_if(TaskRefused, sheet_violations(sheet))
        task = cls(id=id, sheet=sheet, parts=_fresh_parts(sheet))
        task._record(events.TaskCreated(at=at, task=id))
        return task

    @property
    def sheet(self) -> TaskSheet:
        """What the task says."""
        return self._sheet

    @property
    def state(self) -> TaskState:
        """How far it has come."""
        return self._state

    @property
    def parts(self) -> tuple[DepartmentPart, ...]:
        """The departments' parts, the lead's first."""
        return self._parts

    @property
    def third_parties(self) -> tuple[ThirdPartyPart, ...]:
        """Institutions that assist."""
        return self._third_parties

    @property
    def assistants(self) -> frozenset[str]:
        """The people of third parties who are named for the task."""
        return frozenset(each for part in self._third_parties for each in part.assistants)

    @property
    def approval(self) -> Approval | None:
        """Who allowed the check, and when."""
        return self._approval

    @property
    def urgent_because(self) -> str:
        """Why it went out before it was approved; empty otherwise."""
        return self._urgent_because

    @property
    def opinions_due(self) -> date | None:
        """The last day for opinions, once asked for."""
        return self._opinions_due

    @property
    def claim_due(self) -> date | None:
        """The last day for claiming a part, once dispatched."""
        return self._claim_due

    @property
    def urgings(self) -> tuple[Urging, ...]:
        """Every urging, answered or not."""
        return self._urgings

    @property
    def manifest(self) -> str:
        """SM3 of the archive's manifest; empty before it is archived."""
        return self._manifest

    @property
    def deleted_because(self) -> str:
        """Why it was deleted; empty otherwise."""
        return self._deleted_because

    @property
    def departments(self) -> frozenset[str]:
        """Every department with a part."""
        return frozenset(part.department for part in self._parts)

    def part(self, department: str) -> DepartmentPart | None:
        """Give the part of ``department``, if it has one."""
        return next((part for part in self._parts if part.department == department), None)

    def change(self, sheet: TaskSheet) -> None:
        """Replace what the task says; a given approval lapses and opinions are kept.

        Raises ``TaskRefused``.
        """
        refuse_if(TaskRefused, (*self._forbids("change"), *sheet_violations(sheet)))
        kept = {part.department: part for part in self._parts}
        self._parts = tuple(kept.get(part.department, part) for part in _fresh_parts(sheet))
        self._sheet, self._approval = sheet, None

    def approve(self, *, by: str, at: datetime) -> None:
        """Let the head of the lead body allow the check, once. Raises ``TaskRefused``."""
        refuse_if(TaskRefused, self._approve_violations())
        self._approval = Approval(by=by, at=at)

    def _approve_violations(self) -> Iterator[Violation]:
        yield from self._forbids("approve")
        if self._approval is not None:
            yield Violation("tasks.approved_already")

    def delete(self, *, reason: str, at: datetime) -> None:
        """Give the task up before dispatch. Raises ``TaskRefused``."""
        refuse_if(TaskRefused, (*self._forbids("delete"), *_missing(reason, "reason")))
        self._state, self._deleted_because = TaskState.DELETED, reason
        self._record(events.TaskDeleted(at=at, task=self.id, reason=reason))

    def consult(self, *, due_on: date, at: datetime) -> None:
        """Ask the joining departments for their opinion until ``due_on``, included.

        Raises ``TaskRefused``.
        """
        refuse_if(TaskRefused, self._consult_violations(local_day(at), due_on))
        self._state, self._opinions_due = TaskState.CONSULTING, due_on
        asked = self._sheet.joining
        self._record(events.TaskConsulted(at=at, task=self.id, departments=asked, due_on=due_on))

    def _consult_violations(self, today: date, due_on: date) -> Iterator[Violation]:
        yield from self._forbids("consult")
        if not self._sheet.joining:
            yield Violation("tasks.nobody_to_consult", "joining")
        if due_on < today:
            yield Violation("tasks.due_day_past", "due_on")

    def give_opinion(self, department: str, opinion: Opinion) -> None:
        """Take a joining department's opinion; a later one replaces an earlier one.

        Raises ``PartRefused``.
        """
        refuse_if(PartRefused, self._opinion_violations(department, opinion))
        state = PartState.PENDING if opinion.participates else PartState.DECLINED
        self._put(department, opinion=opinion, state=state)

    def _opinion_violations(self, department: str, opinion: Opinion) -> Iterator[Violation]:
        yield from self._forbids("give_opinion")
        if department not in self._sheet.joining:
            yield Violation("tasks.department_not_joining", data={"department": department})
        if not opinion.participates and not opinion.changes.strip():
            yield Violation("tasks.field_empty", "changes")

    def end_consultation(self, *, at: datetime) -> None:
        """Confirm the opinions: all given, or their last day past. Raises ``TaskRefused``."""
        refuse_if(TaskRefused, self._end_consultation_violations(local_day(at)))
        self._state = TaskState.READY

    def _end_consultation_violations(self, today: date) -> Iterator[Violation]:
        yield from self._forbids("end_consultation")
        if self._opinions_due is not None and today <= self._opinions_due:
            for part in self._parts:
                if part.department in self._sheet.joining and part.opinion is None:
                    yield Violation("tasks.opinion_missing", data={"department": part.department})

    def skip_consultation(self) -> None:
        """Make a task ready without asking anybody. Raises ``TaskRefused``."""
        refuse_if(TaskRefused, self._forbids("skip_consultation"))
        self._state = TaskState.READY

    def engage_third_party(self, *, institution: str, duty: str, headcount: int) -> None:
        """Let an institution assist with a number of people fixed beforehand.

        Raises ``TaskRefused``.
        """
        refuse_if(TaskRefused, self._engage_violations(institution, duty, headcount))
        part = ThirdPartyPart(institution=institution, duty=duty, headcount=headcount)
        self._third_parties += (part,)

    def _engage_violations(
        self, institution: str, duty: str, headcount: int
    ) -> Iterator[Violation]:
        yield from self._forbids("engage_third_party")
        yield from _missing(institution, "institution")
        yield from _missing(duty, "duty")
        if headcount < 1:
            yield Violation("tasks.headcount_missing", "headcount")
        if institution in {each.institution for each in self._third_parties}:
            yield Violation("tasks.third_party_twice", "institution")

    def admit_visits(self) -> None:
        """Confirm that visits may still be added. Raises ``TaskRefused``."""
        refuse_if(TaskRefused, self._forbids("admit_visits"))

    def name_assistants(self, *, institution: str, people: tuple[str, ...]) -> None:
        """Let an institution name (or rename) the people it sends. Raises ``PartRefused``."""
        refuse_if(PartRefused, self._assistants_violations(institution, people))
        self._put_third_party(institution, assistants=people)

    def _assistants_violations(
        self, institution: str, people: tuple[str, ...]
    ) -> Iterator[Violation]:
        yield from self._forbids("name_assistants")
        part = self._third_party(institution)
        if part is None:
            yield Violation("tasks.third_party_unknown", "institution")
        elif len(people) > part.headcount:
            yield Violation("tasks.too_many_assistants", "people", {"headcount": part.headcount})
        if not people:
            yield Violation("tasks.field_empty", "people")
        if len(set(people)) != len(people):
            yield Violation("tasks.assistant_twice", "people")

    def claim_assistance(self, *, institution: str, by: str, at: datetime) -> None:
        """Let one of the institution's people take up its part. Raises ``PartRefused``."""
        refuse_if(PartRefused, self._claim_assistance_violations(institution))
        self._put_third_party(institution, claimed_by=by, claimed_at=at)

    def _claim_assistance_violations(self, institution: str) -> Iterator[Violation]:
        yield from self._forbids("claim_assistance")
        part = self._third_party(institution)
        if part is None:
            yield Violation("tasks.third_party_unknown", "institution")
        elif part.claimed_at is not None:
            yield Violation("tasks.part_claimed_already")

    def dispatch(
        self,
        *,
        claim_due: date,
        published: frozenset[str],
        visits: int,
        urgent_because: str = "",
        at: datetime,
    ) -> None:
        """Send the task out to its departments.

        ``published`` are the published matters among the task's, ``visits`` the number of
        visits it holds. Only an urgent task, for a reason, goes out before it is approved.
        Raises ``TaskNotDispatchable``.
        """
        refuse_if(
            TaskNotDispatchable,
            self._dispatch_violations(local_day(at), claim_due, published, visits, urgent_because),
        )
        self._state, self._claim_due = TaskState.DISPATCHED, claim_due
        self._urgent_because = "" if self._approval else urgent_because
        taking_part = tuple(
            part.department for part in self._parts if part.state is not PartState.DECLINED
        )
        self._record(
            events.TaskDispatched(at=at, task=self.id, departments=taking_part, claim_due=claim_due)
        )

    def _dispatch_violations(
        self,
        today: date,
        claim_due: date,
        published: frozenset[str],
        visits: int,
        urgent_because: str,
    ) -> Iterator[Violation]:
        yield from self._forbids("dispatch")
        if not self._sheet.matters:
            yield Violation("tasks.matters_missing", "matters")
        yield from unpublished_violations(self._sheet.matters, published)
        if self._approval is None and not urgent_because.strip():
            yield Violation("tasks.approval_missing")
        if visits < 1:
            yield Violation("tasks.no_visits")
        if self._sheet.ends_on < today:
            yield Violation("tasks.period_over", "ends_on")
        if claim_due < today:
            yield Violation("tasks.due_day_past", "claim_due")

    def claim(self, *, department: str, by: str, at: datetime) -> None:
        """Let a department take up its part; the first claim starts the task.

        Raises ``PartRefused``.
        """
        refuse_if(PartRefused, self._part_violations("claim", department, PartState.PENDING))
        self._put(department, state=PartState.CLAIMED, claimed_by=by, claimed_at=at)
        self._state = TaskState.IN_PROGRESS
        self._record(events.PartClaimed(at=at, task=self.id, department=department))

    def urge(self, *, urging: str, department: str, text: str, by: str, at: datetime) -> None:
        """Press a department that is late with its part. Raises ``PartRefused``."""
        late = (PartState.PENDING, PartState.CLAIMED)
        refuse_if(
            PartRefused,
            (*self._part_violations("urge", department, *late), *_missing(text, "text")),
        )
        self._urgings += (Urging(id=urging, department=department, text=text, by=by, at=at),)
        self._record(events.PartUrged(at=at, task=self.id, department=department, urging=urging))

    def answer_urging(self, *, urging: str, department: str, text: str, at: datetime) -> None:
        """Take the department's answer to an urging, once. Raises ``PartRefused``."""
        refuse_if(PartRefused, self._answer_violations(urging, department, text))
        self._urgings = tuple(
            evolve(each, answer=text, answered_at=at) if each.id == urging else each
            for each in self._urgings
        )

    def _answer_violations(self, urging: str, department: str, text: str) -> Iterator[Violation]:
        yield from self._forbids("answer_urging")
        yield from _missing(text, "text")
        found = [
            each for each in self._urgings if each.id == urging and each.department == department
        ]
        if not found:
            yield Violation("tasks.urging_unknown", "urging")
        elif found[0].answered_at is not None:
            yield Violation("tasks.urging_answered", "urging")

    def close_part(
        self,
        *,
        department: str,
        by: str,
        open_visits: int,
        open_rectifications: int,
        at: datetime,
    ) -> None:
        """Let a department close its part, nothing of it being open. Raises ``PartRefused``."""
        refuse_if(
            PartRefused,
            (
                *self._part_violations("close_part", department, PartState.CLAIMED),
                *_open("tasks.visits_open", open_visits),
                *_open("tasks.rectifications_open", open_rectifications),
            ),
        )
        self._put(department, state=PartState.CLOSED, closed_by=by, closed_at=at)
        self._record(events.PartClosed(at=at, task=self.id, department=department))

    def close(self, *, at: datetime) -> None:
        """Close the whole, every part being closed or declined. Raises ``TaskNotClosable``."""
        refuse_if(TaskNotClosable, self._close_violations())
        self._state = TaskState.CLOSED
        self._record(events.TaskClosed(at=at, task=self.id))

    def _close_violations(self) -> Iterator[Violation]:
        yield from self._forbids("close")
        for part in self._parts:
            if part.state not in (PartState.CLOSED, PartState.DECLINED):
                yield Violation("tasks.part_open", data={"department": part.department})
        if self._approval is None:
            yield Violation("tasks.approval_missing")

    def archive(self, *, manifest: str, at: datetime) -> None:
        """Fix the whole file of the task by its manifest's SM3. Raises ``TaskNotClosable``."""
        refuse_if(TaskNotClosable, (*self._forbids("archive"), *_missing(manifest, "manifest")))
        self._state, self._manifest = TaskState.ARCHIVED, manifest
        self._record(events.TaskArchived(at=at, task=self.id, manifest=manifest))

    def publish(self, *, results_due: int, at: datetime) -> None:
        """Note that no result waits to be shown any more. Raises ``TaskNotClosable``."""
        refuse_if(
            TaskNotClosable,
            (*self._forbids("publish"), *_open("tasks.results_due", results_due)),
        )
        self._state = TaskState.PUBLISHED
        self._record(events.TaskPublished(at=at, task=self.id))

    def _forbids(self, verb: str) -> Iterator[Violation]:
        if self._state not in ALLOWED[verb]:
            yield Violation(f"tasks.task_is_{self._state}")

    def _part_violations(
        self, verb: str, department: str, *allowed: PartState
    ) -> Iterator[Violation]:
        yield from self._forbids(verb)
        part = self.part(department)
        if part is None:
            yield Violation("tasks.part_unknown", data={"department": department})
        elif part.state not in allowed:
            yield Violation(f"tasks.part_is_{part.state}", data={"department": department})

    def _put(self, department: str, **changes: object) -> None:
        self._parts = tuple(
            evolve(part, **changes) if part.department == department else part  # type: ignore[arg-type]
            for part in self._parts
        )

    def _third_party(self, institution: str) -> ThirdPartyPart | None:
        named = (each for each in self._third_parties if each.institution == institution)
        return next(named, None)

    def _put_third_party(self, institution: str, **changes: object) -> None:
        self._third_parties = tuple(
            evolve(each, **changes) if each.institution == institution else each  # type: ignore[arg-type]
            for each in self._third_parties
        )


def _fresh_parts(sheet: TaskSheet) -> tuple[DepartmentPart, ...]:
    return tuple(DepartmentPart(department=each) for each in (sheet.lead, *sheet.joining))


def _missing(text: str, at: str) -> Iterator[Violation]:
    if not text.strip():
        yield Violation("tasks.field_empty", at)


def _open(code: str, count: int) -> Iterator[Violation]:
    if count:
        yield Violation(code, data={"count": count})
