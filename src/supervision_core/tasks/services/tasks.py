"""A task's life: draft, ask, approve, dispatch, claim, close, archive, publish."""

from collections.abc import Iterator
from datetime import date

from attrs import field, frozen

from supervision_core.identity.model import SceneRole
from supervision_core.identity.ports import Users
from supervision_core.identity.services import Work, does, use_case
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import Ask
from supervision_core.officers.registers import (
    INSTITUTION_QUALIFICATIONS,
    INSTITUTIONS,
    may_assist,
)
from supervision_core.officers.services.proposals import parts_of
from supervision_core.plans.ports import PublishedMatters
from supervision_core.scenes.ports import Scenes
from supervision_core.tasks.model.sheet import Opinion, TaskSheet
from supervision_core.tasks.model.task import PartRefused, Task, TaskRefused
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


def _assisted_task(work: Work, task_id: str) -> tuple[Task, str]:
    """Load a task that the actor's institution assists, with the institution's id."""
    task = work[Tasks].get(task_id)
    institution = assisting_institution(work, task)
    if not institution:
        raise work.foreign("task", task.id)
    return task, institution


def assisting_institution(work: Work, task: Task) -> str:
    """Give the institution that the actor acts for, if it assists at the task, else nothing."""
    scope = work.actor.scope
    assists = scope.role is SceneRole.THIRD_PARTY and scope.party in task.institutions
    return scope.party if assists else ""


def _sheet_in_reach(work: Work, sheet: TaskSheet) -> None:
    work.reach("region", sheet.region, region=sheet.region, departments=frozenset({sheet.lead}))


def _number_unused(work: Work, number: str) -> None:
    if work[Tasks].number_taken(number):
        raise TaskRefused((Violation("tasks.number_taken", "number", {"number": number}),))


@frozen(kw_only=True)
class CreateTask:
    """What a new task says."""

    sheet: TaskSheet = field(metadata=said("任务信息"))


@use_case("tasks.create", "新增检查任务")
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

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    sheet: TaskSheet = field(metadata=said("修改后的任务信息"))


@does(Task, "change")
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

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))


@does(Task, "approve")
def approve_task(work: Work, cmd: ApproveTask) -> None:
    """Allow a check before it is made; an urgent one afterwards, before it is closed."""
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    task.approve(by=work.actor.user, at=work.now)
    work.save(Tasks, task)


@frozen(kw_only=True)
class DeleteTask:
    """A task to give up, and why."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    reason: str = field(metadata=said("删除理由", example="重复下达"))


@does(Task, "delete")
def delete_task(work: Work, cmd: DeleteTask) -> None:
    """Give up a task that is not dispatched."""
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    task.delete(reason=cmd.reason, at=work.now)
    work.save(Tasks, task)


@frozen(kw_only=True)
class Consult:
    """A drafted task, and the last day for opinions."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    due_on: date = field(metadata=said("反馈意见的截止日期", example="2026-06-20"))


@does(Task, "consult")
def consult(work: Work, cmd: Consult) -> None:
    """Ask the joining departments for their opinion."""
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    task.consult(due_on=cmd.due_on, at=work.now)
    work.save(Tasks, task)


@frozen(kw_only=True)
class GiveOpinion:
    """A department's answer; declining needs words in ``changes``."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    participates: bool = field(metadata=said("本部门是否参与该任务"))
    changes: str = field(
        default="", metadata=said("对任务信息的修改意见", example="建议增加冷链运输检查")
    )
    subjects_to_add: tuple[str, ...] = field(
        default=(), metadata=said("建议增加的监管对象", to="subject")
    )
    officers_to_add: tuple[str, ...] = field(
        default=(), metadata=said("建议增加的执法人员", to="officer")
    )


@does(Task, "give_opinion")
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

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))


@does(Task, "end_consultation")
def end_consultation(work: Work, cmd: ConfirmTask) -> None:
    """Confirm the opinions once all are given or their day is past."""
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    task.end_consultation(at=work.now)
    work.save(Tasks, task)


@does(Task, "skip_consultation")
def skip_consultation(work: Work, cmd: ConfirmTask) -> None:
    """Make a drafted task ready without asking anybody, unless its scene demands to ask."""
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    scene = find(work.unit, Scenes, task.sheet.scene)
    task.skip_consultation(demanded=scene is not None and scene.tasks.consultation)
    work.save(Tasks, task)


@frozen(kw_only=True)
class EngageThirdParty:
    """An institution that shall assist, with what, and with how many people."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    institution: str = field(
        metadata=said("第三方机构的编号", example="0123abcd", to="officers.institution")
    )
    duty: str = field(metadata=said("协助内容", example="抽样检测"))
    headcount: int = field(metadata=said("需要的人数", example=2))


@does(Task, "engage_third_party")
def engage_third_party(work: Work, cmd: EngageThirdParty) -> None:
    """Engage an institution to assist; it never inspects or signs.

    One of its qualifications is valid on the day, where any is recorded.
    """
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    refuse_if(TaskRefused, _unfit_to_assist(work, cmd.institution))
    task.engage_third_party(institution=cmd.institution, duty=cmd.duty, headcount=cmd.headcount)
    work.save(Tasks, task)


def _unfit_to_assist(work: Work, institution: str) -> Iterator[Violation]:
    found = work[Ask].resolve(INSTITUTIONS.name, [institution]).get(institution)
    if found is None or not found.usable:
        yield Violation("tasks.institution_unknown", "institution")
    held = (one.content for one in parts_of(work, INSTITUTION_QUALIFICATIONS, institution))
    if not may_assist(held, local_day(work.now)):
        yield Violation("tasks.institution_unqualified", "institution")


@frozen(kw_only=True)
class NameAssistants:
    """The people that one's institution sends."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    people: tuple[str, ...] = field(metadata=said("协助人员"))


@does(Task, "name_assistants")
def name_assistants(work: Work, cmd: NameAssistants) -> None:
    """Name the people of one's own institution by their accounts, no more than was agreed."""
    task, institution = _assisted_task(work, cmd.task_id)
    theirs = {one.id for one in work[Users].find_by_party(institution) if one.active}
    if set(cmd.people) - theirs:
        raise PartRefused((Violation("tasks.assistant_of_other_institution", "people"),))
    task.name_assistants(institution=institution, people=cmd.people)
    work.save(Tasks, task)


@frozen(kw_only=True)
class ClaimAssistance:
    """A task that one's institution assists."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))


@does(Task, "claim_assistance")
def claim_assistance(work: Work, cmd: ClaimAssistance) -> None:
    """Take up one's own institution's part."""
    task, institution = _assisted_task(work, cmd.task_id)
    task.claim_assistance(institution=institution, by=work.actor.user, at=work.now)
    work.save(Tasks, task)


@frozen(kw_only=True)
class DispatchTask:
    """A ready task; ``urgent_because`` is why it goes out before it is approved."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    urgent_because: str = field(default="", metadata=said("先分发后审批的紧急理由，已批准的为空"))


@does(Task, "dispatch")
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

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))


@does(Task, "claim")
def claim_part(work: Work, cmd: ClaimPart) -> None:
    """Take up one's own department's part."""
    task = task_in_reach(work, cmd.task_id)
    task.claim(department=work.actor.department, by=work.actor.user, at=work.now)
    work.save(Tasks, task)


@frozen(kw_only=True)
class UrgePart:
    """A late department, and what it is told."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    department: str = field(metadata=said("被催办部门的编号", example="nanning", to="department"))
    text: str = field(metadata=said("催办内容", example="请尽快完成检查并反馈结果"))


@does(Task, "urge")
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

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    urging_id: str = field(metadata=said("催办的编号", example="0123abcd"))
    text: str = field(metadata=said("答复内容", example="预计本周内完成检查"))


@does(Task, "answer_urging")
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

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))


@does(Task, "close_part")
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

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))


@does(Task, "close")
def close_task(work: Work, cmd: CloseTask) -> None:
    """Close the whole once every part is closed or declined and the check was approved."""
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    task.close(at=work.now)
    work.save(Tasks, task)


@frozen(kw_only=True)
class ArchiveTask:
    """A closed task, and the digest of its archive's manifest."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    manifest: str = field(metadata=said("档案清单的SM3，64位小写十六进制", example="00ff"))


@does(Task, "archive")
def archive_task(work: Work, cmd: ArchiveTask) -> None:
    """Fix a closed task's whole file by its manifest's SM3, which the audit log notes too."""
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    task.archive(manifest=cmd.manifest, at=work.now)
    work.note(manifest=cmd.manifest)
    work.save(Tasks, task)


@frozen(kw_only=True)
class PublishTask:
    """An archived task."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))


@does(Task, "publish")
def publish_task(work: Work, cmd: PublishTask) -> None:
    """End a task once each of its results is shown, or withheld for a reason."""
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    task.publish(results_due=work[PublicationQueries].count_due(task.id), at=work.now)
    work.save(Tasks, task)
