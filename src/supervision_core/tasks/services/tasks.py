"""A task's life: draft, ask, approve, dispatch, claim, close, archive, publish."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Final

from attrs import field, frozen

from supervision_core.draws.model.draw import Draw, DrawState
from supervision_core.draws.model.staffing import Inspector
from supervision_core.draws.ports import Draws
from supervision_core.draws.services import draw_in_reach
from supervision_core.draws.services.numbering import keep_cleared, keep_dispatched
from supervision_core.identity.model import SceneRole
from supervision_core.identity.ports import Users
from supervision_core.identity.services import Deeds, Work, does, use_case
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import Ask
from supervision_core.officers.ports import Officers
from supervision_core.officers.registers import (
    INSTITUTION_QUALIFICATIONS,
    INSTITUTIONS,
    may_assist,
)
from supervision_core.officers.services.proposals import parts_of
from supervision_core.plans.ports import Plans, PublishedMatters
from supervision_core.scenes.ports import Scenes
from supervision_core.tasks.checked import checklist_lines
from supervision_core.tasks.lists.unordered import count_unordered
from supervision_core.tasks.lists.visits import VISITS
from supervision_core.tasks.model.drawing import candidates_at_claim
from supervision_core.tasks.model.sheet import (
    Opinion,
    TaskProposal,
    TaskSheet,
    number_after,
    number_beginning,
)
from supervision_core.tasks.model.task import (
    PartRefused,
    Task,
    TaskNotDispatchable,
    TaskRefused,
)
from supervision_core.tasks.ports import (
    PublicationQueries,
    RectificationQueries,
    Tasks,
    VisitQueries,
)
from supervision_core.tasks.services.capping import caps_at_dispatch
from supervision_core.tasks.services.grounds import outcome_of, selected_subjects, used_clues

CONFIRM_WITHIN_WORKING_DAYS = 1
"""What went out as urgent is confirmed by the next working day. Source: design §14."""
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


def draw_of(unit: UnitOfWork, task: Task) -> Draw | None:
    """Give the draw on which a task rests, if it has one: a draw belongs to exactly one task."""
    found = find(unit, Draws, task.sheet.draw) if task.sheet.draw else None
    return found if found is not None and found.task == task.id else None


def standing_draw(unit: UnitOfWork, task: Task) -> Draw | None:
    """Give the draw on which a task rests, unless it was cleared."""
    found = draw_of(unit, task)
    return None if found is None or found.state is DrawState.CLEARED else found


def clear(work: Work, draw: Draw, reason: str) -> None:
    """Clear a draw for what was done with its task; draw, reason and log stay."""
    found = draw_in_reach(work, draw.id)
    found.clear(by=work.actor.user, reason=reason, at=work.now)
    keep_cleared(work, found, reason=reason)
    work.note(cleared=draw.id, reason=reason)
    work.save(Draws, found)


def _in_reach(work: Work, sheet: TaskProposal, before: TaskSheet | None = None) -> None:
    """Demand that region, lead and a plan that is newly named are the actor's to use.

    A plan is used by the departments that take part in it. Raises ``NotFound``, ``TaskRefused``.
    """
    work.reach("region", sheet.region, region=sheet.region, departments=frozenset({sheet.lead}))
    if before is not None and (sheet.plan, sheet.sub_plan) == (before.plan, before.sub_plan):
        return
    if not sheet.plan:
        return
    plan = find(work.unit, Plans, sheet.plan)
    if plan is None:
        return  # said where it stands, with whatever else is not there
    if sheet.lead not in plan.departments:
        work.reach("plan", plan.id, region=plan.sheet.region, departments=plan.departments)
    if sheet.sub_plan and sheet.sub_plan not in {one.id for one in plan.sub_plans}:
        unknown = Violation("tasks.sub_plan_unknown", "sub_plan", {"sub_plan": sheet.sub_plan})
        raise TaskRefused((unknown,))


def _number_unused(work: Work, number: str) -> None:
    if work[Tasks].number_taken(number):
        raise TaskRefused((Violation("tasks.number_taken", "number", {"number": number}),))


@frozen(kw_only=True)
class CreateTask:
    """What a new task says."""

    sheet: TaskProposal = field(metadata=said("任务信息"))


@use_case("tasks.create", "新增检查任务")
def create_task(work: Work, cmd: CreateTask) -> str:
    """Draft a task of one's own department; its number was never used before.

    Without a number it gets the next of its region and day.
    """
    _in_reach(work, cmd.sheet)
    number = cmd.sheet.number
    if not number.strip():
        beginning = number_beginning(cmd.sheet.region, local_day(work.now))
        number = number_after(work[Tasks].last_number(beginning), beginning)
    _number_unused(work, number)
    sheet = TaskSheet.of(cmd.sheet, number=number)
    task = Task.create(id=work.ids.next_id(), sheet=sheet, at=work.now, by=work.actor.user)
    work.save(Tasks, task)
    return task.id


def assigned_before(draw: Draw | None, sheet: TaskSheet) -> Iterator[Violation]:
    """Say that a task's draw has officers, where departments draw their own when they claim."""
    if sheet.drawn_at_claim and draw is not None and draw.assignment is not None:
        yield Violation("tasks.officers_assigned_before", "staffed")


@frozen(kw_only=True)
class ChangeTask:
    """A task not yet dispatched, and what it shall say."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    sheet: TaskProposal = field(metadata=said("修改后的任务信息"))


@does(Task, "change")
def change_task(work: Work, cmd: ChangeTask) -> None:
    """Change a task before dispatch; its approval lapses.

    From freezing on scene, region, departments, checklist, grading rule and period stand: who
    changes one of them clears the draw, which says so; once its visits were set up, nobody does.
    """
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    _in_reach(work, cmd.sheet, task.sheet)
    number = cmd.sheet.number.strip() or task.sheet.number
    if number != task.sheet.number:
        _number_unused(work, number)
    sheet = TaskSheet.of(cmd.sheet, number=number, draw=task.sheet.draw)
    draw, changed = standing_draw(work.unit, task), task.sheet.differences(sheet)
    refuse_if(TaskRefused, assigned_before(draw, sheet) if not changed else ())
    task.change(
        sheet, visited=count_visits(work, task.id) > 0, drawn=draw is not None,
        by=work.actor.user,
    )  # fmt: skip
    if draw is not None and changed:
        clear(work, draw, f"任务信息已修改：{'、'.join(changed)}")
    work.save(Tasks, task)


@frozen(kw_only=True)
class NameTask:
    """A task."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))


_LED: Final = Deeds(Tasks, Task, partial(task_in_reach, lead_only=True))


@does(Task, "approve")
def approve_task(work: Work, cmd: NameTask) -> None:
    """Allow a check before it is made; an urgent one afterwards, by the next working day.

    Refused of a list without subjects, to whoever wrote the task, froze its draw or proposed its
    visits, added or removed by hand one of those drawn, judged one of the clues on which they rest
    or entered one of the orders from above. Whom was added and removed by
    hand is approved with it, which the proof says. What is changed, or drawn otherwise, afterwards
    is not approved.
    """
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    selection = outcome_of(work, task, selected_subjects(work, task)).digest
    task.approve(
        visits=count_visits(work, task.id), selection=selection, by=work.actor.user, at=work.now
    )
    draw = standing_draw(work.unit, task)
    if draw is not None and draw.approve_adjustments(by=work.actor.user):
        work.reach("draw", draw.id, region=draw.region, departments=frozenset({draw.lead}))
        work.save(Draws, draw)
    work.save(Tasks, task)


@frozen(kw_only=True)
class SendBackTask:
    """A task that the head does not approve as it is, and why."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    reason: str = field(metadata=said("退回理由", example="抽中的2户没有列入检查", long=True))


send_back_task = _LED.does(
    "send_back", SendBackTask,
    "Give a list of visits back to the task administrator with a reason; its approval ends.",
    answer=None,
)  # fmt: skip


@frozen(kw_only=True)
class ResubmitTask:
    """A task that was sent back, and what was done about it."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    answer: str = field(metadata=said("处理情况", example="已为2户生成检查", long=True))


resubmit_task = _LED.does(
    "resubmit", ResubmitTask,
    "Say what was done about what the head asked for; the head decides once more.",
    answer=None,
)  # fmt: skip


@frozen(kw_only=True)
class DeleteTask:
    """A task to give up, and why."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    reason: str = field(metadata=said("删除理由", example="重复下达", long=True))


@does(Task, "delete")
def delete_task(work: Work, cmd: DeleteTask) -> None:
    """Give up a task that is not dispatched; a draw that was frozen for it is cleared, and stays.

    Draw, number and reason stay on record: who deletes to draw anew is seen.
    """
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    task.delete(reason=cmd.reason, at=work.now)
    if (draw := standing_draw(work.unit, task)) is not None:
        clear(work, draw, f"任务已删除：{cmd.reason}")
    work.save(Tasks, task)


@frozen(kw_only=True)
class Consult:
    """A drafted task, and the last day for opinions."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    due_on: date = field(metadata=said("反馈意见的截止日期", example="2026-06-20"))


consult = _LED.does(
    "consult", Consult, "Ask the joining departments for their opinion.", answer=None
)


@frozen(kw_only=True)
class GiveOpinion:
    """A department's answer; declining needs words in ``changes``."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    participates: bool = field(metadata=said("本部门是否参与该任务"))
    changes: str = field(
        default="", metadata=said("对任务信息的修改意见", example="建议增加冷链运输检查", long=True)
    )
    matters_to_add: tuple[str, ...] = field(
        default=(), metadata=said("建议增加的监管事项的编码", to="items.matter")
    )
    matters_to_drop: tuple[str, ...] = field(
        default=(),
        metadata=said("建议去掉的监管事项的编码", to="items.matter", looked_up=False),
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
        matters_to_add=cmd.matters_to_add,
        matters_to_drop=cmd.matters_to_drop,
        subjects_to_add=cmd.subjects_to_add,
        officers_to_add=cmd.officers_to_add,
    )
    task.give_opinion(work.actor.department, opinion)
    work.save(Tasks, task)


@frozen(kw_only=True)
class AnswerOpinion:
    """What a department suggests, and whether it is adopted; not adopting needs words."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    opinion_id: str = field(metadata=said("提出意见的部门", example="nanning", to="department"))
    adopted: bool = field(metadata=said("是否采纳"))
    text: str = field(
        default="",
        metadata=said("答复", example="已列入检查", hint="不采纳的，写明理由", long=True),
    )


@does(Task, "answer_opinion")
def answer_opinion(work: Work, cmd: AnswerOpinion) -> None:
    """Adopt what a department suggests, or say why not.

    Adopted matters change the task; adopted subjects and officers get their visits before dispatch.
    A subject that has one in this task already needs no other.
    """
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    task.answer_opinion(
        cmd.opinion_id, adopted=cmd.adopted, text=cmd.text, by=work.actor.user, at=work.now
    )
    task.note_visits(_with_a_visit(work, task, "subject", task.wanted_subjects))
    work.save(Tasks, task)


end_consultation = _LED.does(
    "end_consultation", NameTask,
    "Confirm the opinions once all are given or their day is past, and suggestions are answered.",
    answer=None,
)  # fmt: skip


@does(Task, "skip_consultation")
def skip_consultation(work: Work, cmd: NameTask) -> None:
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
        metadata=said("第三方机构", example="0123abcd", to="officers.institution")
    )
    duty: str = field(metadata=said("协助内容", example="抽样检测", long=True))
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
    people: tuple[str, ...] = field(metadata=said("协助人员", among="own.people.id"))


@does(Task, "name_assistants")
def name_assistants(work: Work, cmd: NameAssistants) -> None:
    """Name the people of one's own institution by their accounts, no more than was agreed."""
    task, institution = _assisted_task(work, cmd.task_id)
    theirs = {one.id for one in work[Users].find_by_party(institution) if one.active}
    if set(cmd.people) - theirs:
        raise PartRefused((Violation("tasks.assistant_of_other_institution", "people"),))
    task.name_assistants(institution=institution, people=cmd.people)
    work.save(Tasks, task)


@does(Task, "claim_assistance")
def claim_assistance(work: Work, cmd: NameTask) -> None:
    """Take up one's own institution's part."""
    task, institution = _assisted_task(work, cmd.task_id)
    task.claim_assistance(institution=institution, by=work.actor.user, at=work.now)
    work.save(Tasks, task)


@frozen(kw_only=True)
class DispatchTask:
    """A ready task; ``urgent_because`` is why it goes out before it is approved."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    urgent_because: str = field(
        default="", metadata=said("先分发后审批的紧急理由，已批准的为空", long=True)
    )


@does(Task, "dispatch")
def dispatch_task(work: Work, cmd: DispatchTask) -> None:
    """Send a task out: matters published, check approved, subjects chosen, period not over.

    Whoever was drawn has a visit, or was taken off the draw with a reason; where the displayed
    plan inspects everybody, everybody has. What was drawn otherwise since is approved once more.
    Only visits for clues, or ordered from above, go out before approval, for an urgent reason.
    What was adopted of the opinions is carried out: those subjects and officers have a visit. Where
    officers are drawn at the claim, every department that answers items takes part, and the draw
    has assigned nobody. A clue sends officers to a firm once. Departments claim their part within
    three working days.
    """
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    refuse_if(TaskNotDispatchable, assigned_before(standing_draw(work.unit, task), task.sheet))
    refuse_if(TaskNotDispatchable, caps_at_dispatch(work, task))
    refuse_if(TaskNotDispatchable, used_clues(work, task))
    calendar = work[Calendars].working_calendar()
    task.dispatch(
        claim_due=calendar.add_working_days(local_day(work.now), CLAIM_WITHIN_WORKING_DAYS),
        published=work[PublishedMatters].among(task.sheet.matters),
        visits=count_visits(work, task.id),
        outcome=outcome_of(work, task, selected_subjects(work, task)),
        urgent_because=cmd.urgent_because,
        approval_due=calendar.add_working_days(local_day(work.now), CONFIRM_WITHIN_WORKING_DAYS),
        heeded=_with_a_visit(work, task, "subject", task.wanted_subjects)
        | _with_a_visit(work, task, "officers", task.wanted_officers),
        absent=_absent(work, task),
        rosters=_rosters(work, task),
        at=work.now,
    )
    if (draw := find(work.unit, Draws, task.sheet.draw)) and draw.state is not DrawState.CLEARED:
        keep_dispatched(work, draw)
    work.save(Tasks, task)


def _rosters(work: Work, task: Task) -> Mapping[str, tuple[Inspector, ...]]:
    """Give the officers of each department that will draw its own when it claims."""
    if not task.sheet.drawn_at_claim:
        return {}
    return {
        one: candidates_at_claim(work[Officers].of_departments([one])) for one in task.taking_part
    }


def _absent(work: Work, task: Task) -> frozenset[str]:
    """Give the departments that take no part, but answer items of some visit."""
    if not task.sheet.drawn_at_claim:
        return frozenset()
    asked = {line.content.department for line in checklist_lines(work.unit, task.sheet)}
    outside = task.departments.union(asked) - {"", *task.taking_part}
    return _with_a_visit(work, task, "departments", outside)


def _with_a_visit(work: Work, task: Task, of: str, wanted: frozenset[str]) -> frozenset[str]:
    """Give those of the wanted subjects, or officers, that some visit of the task is about."""
    return frozenset(
        one
        for one in wanted
        if work[Lists].tally(VISITS, ListFilter(asked={"task": task.id, of: one}), ("state",))
    )


@does(Task, "claim")
def claim_part(work: Work, cmd: NameTask) -> None:
    """Take up one's own department's part."""
    task = task_in_reach(work, cmd.task_id)
    task.claim(department=work.actor.department, by=work.actor.user, at=work.now)
    work.save(Tasks, task)


@frozen(kw_only=True)
class UrgePart:
    """A late department, and what it is told."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    department: str = field(metadata=said("被催办部门", example="nanning", to="department"))
    text: str = field(metadata=said("催办内容", example="请尽快完成检查并反馈结果", long=True))


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
    text: str = field(metadata=said("答复内容", example="预计本周内完成检查", long=True))


@does(Task, "answer_urging")
def answer_urging(work: Work, cmd: AnswerUrging) -> None:
    """Answer an urging of one's own department."""
    task = task_in_reach(work, cmd.task_id)
    task.answer_urging(
        urging=cmd.urging_id, department=work.actor.department, text=cmd.text, at=work.now
    )
    work.save(Tasks, task)


@does(Task, "close_part")
def close_part(work: Work, cmd: NameTask) -> None:
    """Close one's own department's part once no visit and no rectification of it is open.

    What its conclusions say is to be put right in a term has been ordered; an order that was
    withdrawn is none.
    """
    work[Tasks].hold(cmd.task_id)
    task = task_in_reach(work, cmd.task_id)
    department = work.actor.department
    task.close_part(
        department=department,
        by=work.actor.user,
        open_visits=work[VisitQueries].count_open(task.id, department),
        open_rectifications=work[RectificationQueries].count_open(task.id, department),
        unordered=count_unordered(work.unit, task.id, department),
        at=work.now,
    )
    work.save(Tasks, task)


close_task = _LED.does(
    "close", NameTask,
    "Close the whole once every part is closed or declined and the check was approved.",
    answer=None,
)  # fmt: skip


@does(Task, "publish")
def publish_task(work: Work, cmd: NameTask) -> None:
    """End a task once each of its results is shown, or withheld for a reason."""
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    task.publish(results_due=work[PublicationQueries].count_due(task.id), at=work.now)
    work.save(Tasks, task)
