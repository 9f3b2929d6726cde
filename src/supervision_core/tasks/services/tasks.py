"""A task's life: draft, ask, approve, dispatch, claim, close, archive, publish."""

from datetime import date

from attrs import frozen

from supervision_core.identity.services import Work, use_case
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation
from supervision_core.plans.ports import PublishedMatters
from supervision_core.tasks.model.sheet import Opinion, TaskSheet
from supervision_core.tasks.model.task import Task, TaskRefused
from supervision_core.tasks.ports import (
    PublicationQueries,
    RectificationQueries,
    Tasks,
    VisitQueries,
)

CLAIM_WITHIN_WORKING_DAYS = 3
"""Practice, not law: how long departments may take to claim their part."""


def task_in_reach(work: Work, task_id: str, *, lead_only: bool = False) -> Task:
    """Load a task that the actor reaches: through its lead only, or through any department."""
    task = work[Tasks].get(task_id)
    departments = frozenset({task.sheet.lead}) if lead_only else task.departments
    work.reach("task", task.id, region=task.sheet.region, departments=departments)
    return task


def count_visits(work: Work, task_id: str) -> int:
    """Count a task's visits, whatever their state."""
    counts = work[VisitQueries].counts(task_id)
    return sum(counts.values())


def _assisted_task(work: Work, task_id: str) -> Task:
    task = work[Tasks].get(task_id)
    institutions = frozenset(part.institution for part in task.third_parties)
    work.reach("task", task.id, region=task.sheet.region, departments=institutions)
    return task


def _sheet_in_reach(work: Work, sheet: TaskSheet) -> None:
    work.reach("region", sheet.region, region=sheet.region, departments=frozenset({sheet.lead}))


def _number_unused(work: Work, number: str) -> None:
    if work[Tasks].number_taken(number):
        raise TaskRefused((Violation("tasks.number_taken", "number", {"number": number}),))


@frozen(kw_only=True)
class CreateTask:
    """What a new task says."""

    sheet: TaskSheet


@use_case("tasks.create")
def create_task(work: Work, cmd: CreateTask) -> str:
    """Draft a task of one's own department; its number was never used before."""
    _sheet_in_reach(work, cmd.sheet)
    _number_unused(work, cmd.sheet.number)
    task = Task.create(id=work.ids.next_id(), sheet=cmd.sheet, at=work.now)
    work.save(Tasks, task)
    return task.id


@frozen(kw_only=True)
class ChangeTask:
    """A task not yet dispatched, and what it shall say."""

    task_id: str
    sheet: TaskSheet


@use_case("tasks.change")
def change_task(work: Work, cmd: ChangeTask) -> None:
    """Change a task before dispatch; its approval lapses."""
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    _sheet_in_reach(work, cmd.sheet)
    if cmd.sheet.number != task.sheet.number:
        _number_unused(work, cmd.sheet.number)
    task.change(cmd.sheet)
    work.save(Tasks, task)


@frozen(kw_only=True)
class ApproveTask:
    """A task that the head of the lead allows."""

    task_id: str


@use_case("tasks.approve")
def approve_task(work: Work, cmd: ApproveTask) -> None:
    """Allow a check before it is made; an urgent one afterwards, before it is closed."""
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    task.approve(by=work.actor.user, at=work.now)
    work.save(Tasks, task)


@frozen(kw_only=True)
class DeleteTask:
    """A task to give up, and why."""

    task_id: str
    reason: str


@use_case("tasks.delete")
def delete_task(work: Work, cmd: DeleteTask) -> None:
    """Give up a task that is not dispatched."""
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    task.delete(reason=cmd.reason, at=work.now)
    work.save(Tasks, task)


@frozen(kw_only=True)
class Consult:
    """A drafted task, and the last day for opinions."""

    task_id: str
    due_on: date


@use_case("tasks.consult")
def consult(work: Work, cmd: Consult) -> None:
    """Ask the joining departments for their opinion."""
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    task.consult(due_on=cmd.due_on, at=work.now)
    work.save(Tasks, task)


@frozen(kw_only=True)
class GiveOpinion:
    """A department's answer; declining needs words in ``changes``."""

    task_id: str
    participates: bool
    changes: str = ""
    subjects_to_add: tuple[str, ...] = ()
    officers_to_add: tuple[str, ...] = ()


@use_case("tasks.give_opinion")
def give_opinion(work: Work, cmd: GiveOpinion) -> None:
    """Say for one's own department whether it takes part, and what should change."""
    task = task_in_reach(work, cmd.task_id)
    opinion = Opinion(
        participates=cmd.participates,
        by=work.actor.user,
        at=work.now,
        changes=cmd.changes,
        subjects_to_add=cmd.subjects_to_add,
        officers_to_add=cmd.officers_to_add,
    )
    task.give_opinion(work.actor.department, opinion)
    work.save(Tasks, task)


@frozen(kw_only=True)
class ConfirmTask:
    """A task to make ready."""

    task_id: str


@use_case("tasks.end_consultation")
def end_consultation(work: Work, cmd: ConfirmTask) -> None:
    """Confirm the opinions once all are given or their day is past."""
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    task.end_consultation(at=work.now)
    work.save(Tasks, task)


@use_case("tasks.skip_consultation")
def skip_consultation(work: Work, cmd: ConfirmTask) -> None:
    """Make a drafted task ready without asking anybody."""
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    task.skip_consultation()
    work.save(Tasks, task)


@frozen(kw_only=True)
class EngageThirdParty:
    """An institution that shall assist, with what, and with how many people."""

    task_id: str
    institution: str
    duty: str
    headcount: int


@use_case("tasks.engage_third_party")
def engage_third_party(work: Work, cmd: EngageThirdParty) -> None:
    """Engage an institution to assist; it never inspects or signs."""
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    task.engage_third_party(institution=cmd.institution, duty=cmd.duty, headcount=cmd.headcount)
    work.save(Tasks, task)


@frozen(kw_only=True)
class NameAssistants:
    """The people that one's institution sends."""

    task_id: str
    people: tuple[str, ...]


@use_case("tasks.name_assistants")
def name_assistants(work: Work, cmd: NameAssistants) -> None:
    """Name the people of one's own institution, no more than was agreed."""
    task = _assisted_task(work, cmd.task_id)
    task.name_assistants(institution=work.actor.department, people=cmd.people)
    work.save(Tasks, task)


@frozen(kw_only=True)
class ClaimAssistance:
    """A task that one's institution assists."""

    task_id: str


@use_case("tasks.claim_assistance")
def claim_assistance(work: Work, cmd: ClaimAssistance) -> None:
    """Take up one's own institution's part."""
    task = _assisted_task(work, cmd.task_id)
    task.claim_assistance(institution=work.actor.department, by=work.actor.user, at=work.now)
    work.save(Tasks, task)


@frozen(kw_only=True)
class DispatchTask:
    """A ready task; ``urgent_because`` is why it goes out before it is approved."""

    task_id: str
    urgent_because: str = ""


@use_case("tasks.dispatch")
def dispatch_task(work: Work, cmd: DispatchTask) -> None:
    """Send a task out: matters published, check approved, subjects chosen, period not over.

    Departments claim their part within three working days.
    """
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    calendar = work[Calendars].working_calendar()
    task.dispatch(
        claim_due=calendar.add_working_days(local_day(work.now), CLAIM_WITHIN_WORKING_DAYS),
        published=work[PublishedMatters].among(task.sheet.matters),
        visits=count_visits(work, task.id),
        urgent_because=cmd.urgent_because,
        at=work.now,
    )
    work.save(Tasks, task)


@frozen(kw_only=True)
class ClaimPart:
    """A task in which one's department has a part."""

    task_id: str


@use_case("tasks.claim")
def claim_part(work: Work, cmd: ClaimPart) -> None:
    """Take up one's own department's part."""
    task = task_in_reach(work, cmd.task_id)
    task.claim(department=work.actor.department, by=work.actor.user, at=work.now)
    work.save(Tasks, task)


@frozen(kw_only=True)
class UrgePart:
    """A late department, and what it is told."""

    task_id: str
    department: str
    text: str


@use_case("tasks.urge")
def urge_part(work: Work, cmd: UrgePart) -> str:
    """Press a department that has not claimed or closed its part; it must answer."""
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    urging = work.ids.next_id()
    task.urge(
        urging=urging,
        department=cmd.department,
        text=cmd.text,
        by=work.actor.user,
        at=work.now,
    )
    work.save(Tasks, task)
    return urging


@frozen(kw_only=True)
class AnswerUrging:
    """An urging of one's department, and the answer."""

    task_id: str
    urging_id: str
    text: str


@use_case("tasks.answer_urging")
def answer_urging(work: Work, cmd: AnswerUrging) -> None:
    """Answer an urging of one's own department."""
    task = task_in_reach(work, cmd.task_id)
    task.answer_urging(
        urging=cmd.urging_id, department=work.actor.department, text=cmd.text, at=work.now
    )
    work.save(Tasks, task)


@frozen(kw_only=True)
class ClosePart:
    """A task in which one's department is done."""

    task_id: str


@use_case("tasks.close_part")
def close_part(work: Work, cmd: ClosePart) -> None:
    """Close one's own department's part once no visit and no rectification of it is open."""
    task = task_in_reach(work, cmd.task_id)
    department = work.actor.department
    task.close_part(
        department=department,
        by=work.actor.user,
        open_visits=work[VisitQueries].count_open(task.id, department),
        open_rectifications=work[RectificationQueries].count_open(task.id, department),
        at=work.now,
    )
    work.save(Tasks, task)


@frozen(kw_only=True)
class CloseTask:
    """A task whose parts are closed."""

    task_id: str


@use_case("tasks.close")
def close_task(work: Work, cmd: CloseTask) -> None:
    """Close the whole once every part is closed or declined and the check was approved."""
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    task.close(at=work.now)
    work.save(Tasks, task)


@frozen(kw_only=True)
class ArchiveTask:
    """A closed task, and the digest of its archive's manifest."""

    task_id: str
    manifest: str


@use_case("tasks.archive")
def archive_task(work: Work, cmd: ArchiveTask) -> None:
    """Fix a closed task's whole file by its manifest's SM3, which the audit log notes too."""
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    task.archive(manifest=cmd.manifest, at=work.now)
    work.note(manifest=cmd.manifest)
    work.save(Tasks, task)


@frozen(kw_only=True)
class PublishTask:
    """An archived task."""

    task_id: str


@use_case("tasks.publish")
def publish_task(work: Work, cmd: PublishTask) -> None:
    """End a task once each of its results is shown, or withheld for a reason."""
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    task.publish(results_due=work[PublicationQueries].count_due(task.id), at=work.now)
    work.save(Tasks, task)
