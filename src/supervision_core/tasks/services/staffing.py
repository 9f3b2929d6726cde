"""Who inspects what a task has drawn: certified officers by department, and the visits of it."""

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import field, frozen

from supervision_core.draws.model.assignment import Assigned
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.roster import Roster
from supervision_core.draws.model.staffing import Staffing
from supervision_core.draws.ports import Draws
from supervision_core.draws.services import draw_in_reach
from supervision_core.draws.services.assigning import (
    AssignedBeforehand,
    assigned_beforehand,
    assigner,
    officers_by_subject,
)
from supervision_core.identity.services import Work, question, use_case
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.officers.model import Officer
from supervision_core.officers.ports import Officers
from supervision_core.subjects.model import Subject
from supervision_core.subjects.services.known import by_codes
from supervision_core.tasks.model.drawing import (
    ANY_MATTER,
    DrawnTeam,
    OfficersDemanded,
    certificate_gap,
)
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.opening import VisitOrder, party_of
from supervision_core.tasks.model.task import Task, TaskRefused
from supervision_core.tasks.ports import Tasks, VisitQueries
from supervision_core.tasks.services.rosters import exchanged, staffing_to_draw
from supervision_core.tasks.services.tasks import standing_draw, task_in_reach
from supervision_core.tasks.services.visits import OpenVisits, open_visits

OPENED_AT_ONCE = 200
"""Visits that one command sets up."""


def _drawn(work: Work, task_id: str) -> tuple[Task, Draw]:
    """Load a task that one's department leads, with its draw. Raises ``TaskRefused``."""
    task = task_in_reach(work, task_id, lead_only=True)
    draw = standing_draw(work.unit, task)
    if draw is None:
        raise TaskRefused((Violation("tasks.draw_missing", "task_id"),))
    return task, draw_in_reach(work, draw.id)


def _subjects(work: Work, draw: Draw) -> Mapping[str, Subject]:
    """Give those of its course that the register knows, by the code that was drawn."""
    return by_codes(work.unit, draw.course.subjects)


@frozen(kw_only=True)
class ViewDrawOfficers:
    """A task whose draw was frozen."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))


@frozen(kw_only=True)
class OfficerThere:
    """An officer of a department that takes part, and whether he can be drawn."""

    id: str = field(metadata=said("执法人员的编号", example="0123abcd", to="officer"))
    name: str = field(metadata=said("姓名", example="王示例"))
    department: str = field(metadata=said("所属部门的编号", example="nanning", to="department"))
    certificates: tuple[str, ...] = field(metadata=said("执法证号"))
    matters: tuple[str, ...] = field(metadata=said("执法领域，为空则不限"))
    until: date | None = field(metadata=said("证件有效期至，不限的为空"))
    bar: str = field(
        metadata=said(
            "不能抽取的原因，能抽取的为空",
            codes={"": "可以抽取", "none": "没有执法证", "expired": "证件当天无效",
                   "region": "证件不含任务区划"},
        )
    )  # fmt: skip


@frozen(kw_only=True)
class MustWithdraw:
    """An officer who must not inspect one of the subjects, and the reason."""

    officer: str = field(metadata=said("执法人员姓名", example="王示例"))
    subject: str = field(metadata=said("监管对象名称", example="南宁示例乳业有限公司"))
    reason: str = field(metadata=said("回避事由的代码", example="officers.interest_declared"))


@frozen(kw_only=True)
class DrawOfficers:
    """可派人员 (DrawOfficers): of whom a task draws its inspectors, and who is kept out."""

    draw: str = field(metadata=said("所派人员的抽取的编号", to="draw"))
    day: date = field(metadata=said("资格须在哪一天有效", example="2026-09-30"))
    departments: tuple[str, ...] = field(metadata=said("参与部门的编号", to="department"))
    officers: tuple[OfficerThere, ...] = field(metadata=said("名册上的执法人员"))
    withdrawals: tuple[MustWithdraw, ...] = field(metadata=said("须回避的情形"))
    teams: tuple[DrawnTeam, ...] = field(metadata=said("从场景关联的执法小组中抽中的小组"))
    frozen: bool = field(metadata=said("名册是否已随名单冻结，旧版本的抽取没有", example=True))
    cap: int | None = field(metadata=said("每人最多承担的检查数，不限的为空"))
    demands: tuple[OfficersDemanded, ...] = field(
        metadata=said(
            "每个对象需要的检查人员，为空则由负责检查项的部门各派一人，只有一个部门的派两人"
        )
    )


@question("tasks.view_draw_officers", "查看可抽取的检查人员")
def view_draw_officers(work: Work, about: ViewDrawOfficers) -> DrawOfficers:
    """Show of which officers inspectors are drawn, who cannot go and why, and who must withdraw.

    Officers and teams are those of the roster that was frozen, as the register has them now.
    """
    task, draw = _drawn(work, about.task_id)
    roster = draw.roster
    day = roster.day if roster is not None else task.sheet.ends_on
    if roster is not None:
        officers = work[Officers].find_many(one.id for one in roster.inspectors)
    else:
        officers = work[Officers].of_departments(sorted(task.taking_part))
    subjects, selected = _subjects(work, draw), set(draw.selection)
    return DrawOfficers(
        draw=draw.id,
        day=day,
        departments=task.taking_part,
        officers=tuple(_there(one, task.sheet.region, day) for one in officers),
        withdrawals=tuple(
            MustWithdraw(officer=one.name, subject=subject.name, reason=reason.code)
            for one in officers
            for code, subject in subjects.items()
            if code in selected
            for reason in one.must_withdraw(party_of(subject))
        ),
        teams=tuple(_drawn_teams(draw)),
        frozen=roster is not None,
        cap=None if roster is None else roster.cap,
        demands=tuple(_demanded(roster)),
    )


def _drawn_teams(draw: Draw) -> Iterator[DrawnTeam]:
    """Give the teams that the seed draws, once there is a seed."""
    if draw.roster is not None and draw.seed is not None:
        for department, team in draw.roster.drawn_teams(draw.seed).items():
            yield DrawnTeam(department=department, team=team.id, members=frozenset(team.members))


def _demanded(roster: Roster | None) -> Iterator[OfficersDemanded]:
    for one in roster.demands if roster is not None else ():
        matter = "" if one.matter == ANY_MATTER else one.matter
        yield OfficersDemanded(departments=one.departments, count=one.count, matter=matter)


def _there(officer: Officer, region: str, day: date) -> OfficerThere:
    held = officer.certificates
    ends = [one.valid_to for one in held if one.valid_to]
    return OfficerThere(
        id=officer.id,
        name=officer.name,
        department=officer.department,
        certificates=tuple(one.number for one in held),
        matters=tuple(sorted({matter for one in held for matter in one.matters})),
        until=max(ends) if len(ends) == len(held) and ends else None,
        bar=certificate_gap(officer, region, day),
    )


@frozen(kw_only=True)
class StaffDraw:
    """A task whose subjects are drawn; of whom, and by which demands, was frozen with its pool."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))


def _staffing(work: Work, task: Task, draw: Draw) -> Staffing:
    if task.sheet.drawn_at_claim:
        raise TaskRefused((Violation("tasks.officers_at_claim", "task_id"),))
    return staffing_to_draw(work, task, draw, _subjects(work, draw))


def _staffed(work: Work, cmd: StaffDraw) -> AssignedBeforehand | None:
    try:
        task, draw = _drawn(work, cmd.task_id)
        return assigned_beforehand(work, draw, _staffing(work, task, draw))
    except TaskRefused:
        return None


@use_case("tasks.staff_draw", "抽取任务的检查人员", beforehand=_staffed)
def staff_draw(work: Work, cmd: StaffDraw) -> dict[str, list[str]]:
    """Draw the inspectors of each selected subject out of the roster frozen with the pool.

    Nobody chooses: officers with certificates, demands, day, cap and teams stand since before the
    seed, and what binds an officer since then is decided by the head. Once; after a correction by
    hand again, from the same roster: it changes nobody's but those of whom came in.
    Answers with the officers by the code of the subject.
    Source: proposal 6.4.2.5.2.2.2.1.
    """
    task, draw = _drawn(work, cmd.task_id)
    draw.assign_inspectors(_staffing(work, task, draw), at=work.now, by=assigner(work))
    work.save(Draws, draw)
    return officers_by_subject(draw)


@frozen(kw_only=True)
class OpenDrawnVisits:
    """A task whose draw has its inspectors, or whose officers are drawn at the claim."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))


@use_case("tasks.open_drawn_visits", "按抽取结果生成检查", answers="还没有生成的检查数")
def open_drawn_visits(work: Work, cmd: OpenDrawnVisits) -> int:
    """Set up the visits of the subjects drawn, with the inspectors and items drawn for each.

    Without inspectors where departments draw them at the claim. Refused while one of the officers
    acts under another account than when the pool was frozen. At most ``OPENED_AT_ONCE`` that
    there are not yet; answers how many remain.
    """
    work[Tasks].hold(cmd.task_id)
    task, draw = _drawn(work, cmd.task_id)
    assigned = _assigned(work, draw, _going(task, draw))
    there = work[VisitQueries].numbers(task.id, [subject for subject, _ in assigned])
    left = [one for one in assigned if one[0] not in there]
    now = left[:OPENED_AT_ONCE]
    going = {officer for _, each in now for officer in each.officers}
    refuse_if(TaskRefused, exchanged(work, draw, going))
    if now:
        orders = tuple(
            VisitOrder(
                subject=subject, officers=each.officers,
                ground=VisitGround.PICK if each.id in draw.by_chance else VisitGround.ADJUSTMENT,
            )
            for subject, each in now
        )  # fmt: skip
        open_visits.body(work, OpenVisits(task_id=task.id, orders=orders))
    return len(left) - len(now)


def _going(task: Task, draw: Draw) -> tuple[Assigned, ...]:
    """Give who goes to whom, nobody yet where that is drawn later. Raises ``TaskRefused``."""
    if task.sheet.drawn_at_claim and draw.seed is not None:
        return tuple(Assigned(one, ()) for one in draw.selection)
    if draw.assignment is None:
        raise TaskRefused((Violation("tasks.draw_unstaffed", "task_id"),))
    return draw.assignment.visits


def _assigned(work: Work, draw: Draw, assigned: tuple[Assigned, ...]) -> list[tuple[str, Assigned]]:
    """Give the visits that are assigned, each with its subject. Raises ``TaskRefused``."""
    subjects = _subjects(work, draw)
    refuse_if(
        TaskRefused,
        (
            Violation("tasks.subject_unknown", "task_id", {"subject": each.id})
            for each in assigned
            if each.id not in subjects
        ),
    )
    return [(subjects[each.id].id, each) for each in assigned]
