"""认领并抽取检查人员: a department claims its part with officers that it draws out of its own."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve, field, frozen

from supervision_core.draws.model.assignment import Assignment, DemandsUnmet
from supervision_core.draws.model.changes import inspectors_compared
from supervision_core.draws.model.staffing import Ground, Inspector, Recusal
from supervision_core.draws.ports import Sifter
from supervision_core.draws.services.freezing import leaf_for
from supervision_core.identity.services import Work, does
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import every_page
from supervision_core.officers.model import Officer, Team, TeamKind
from supervision_core.officers.ports import Officers, Teams
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.lists.visits import VISITS
from supervision_core.tasks.model.claim_draw import (
    JOINING_SENDS,
    LEAD_SENDS,
    ClaimDraw,
    UnstaffedSubject,
)
from supervision_core.tasks.model.drawing import candidates_at_claim, recusals_of
from supervision_core.tasks.model.opening import inspector_of, party_of
from supervision_core.tasks.model.sheet import DepartmentPart
from supervision_core.tasks.model.task import PartRefused, Task
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import Tasks, Visits
from supervision_core.tasks.services.grounds import judges_of
from supervision_core.tasks.services.tasks import task_in_reach
from supervision_core.tasks.words import way_out, why_unstaffed

_MOST_NAMED: Final = 10
"""Firms that a refusal names."""


@frozen(kw_only=True)
class ClaimByDraw:
    """How one's department draws the officers of its visits in a task."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    team: str = field(
        default="",
        metadata=said(
            "执法小组", to="team",
            hint="从场景关联的本部门执法小组中抽取；不填的，从本部门全部执法人员中抽取",
        ),
    )  # fmt: skip
    count: int | None = field(
        default=None,
        metadata=said(
            "每户派几人", example=2,
            hint="不填的，牵头部门派2人，配合部门派1人；只由本部门检查的至少派2人",
        ),
    )  # fmt: skip
    cap: int | None = field(default=None, metadata=said("每人最多承担的户数", hint="不填则不限"))


@frozen(kw_only=True)
class UnstaffedFirm:
    """A firm for which nobody could be drawn, why, and what helps."""

    subject: str = field(metadata=said("检查对象的编号", example="0123abcd", to="subject"))
    name: str = field(metadata=said("检查对象", example="南宁示例乳业有限公司"))
    why: str = field(metadata=said("没有派到人员的原因", example="需派1人，可派0人：须回避1人"))
    remedy: str = field(metadata=said("解决办法"))


@does(Task, "claim_by_draw", answers="没有派到检查人员的检查对象")
def claim_by_draw(work: Work, cmd: ClaimByDraw) -> tuple[UnstaffedFirm, ...]:
    """Take up one's own department's part, and draw who of it goes to which subject.

    Drawn are officers for each visit in which the department answers items, out of one of its teams
    in the scene or out of all, without those who must withdraw or judged the clue. Once they are
    listed, the next leaf of the platform's tree gives the seed. Subjects for which too few may go
    are answered, and drawn for again later; where that is all of them, nothing is done.
    """
    work[Tasks].hold(cmd.task_id)  # departments that claim at once send officers to the same visits
    task = task_in_reach(work, cmd.task_id)
    visits = list[Visit]()

    def draw() -> ClaimDraw:
        visits.extend(_answered(work, task))
        return _drawn(work, task, cmd, visits, visits)

    task.claim_by_draw(department=work.actor.department, draw=draw, by=work.actor.user, at=work.now)
    return _saved(work, task, visits)


@does(Task, "draw_again", answers="仍没有派到检查人员的检查对象")
def draw_again(work: Work, cmd: ClaimByDraw) -> tuple[UnstaffedFirm, ...]:
    """Draw officers for the subjects for which one's own department could draw nobody before.

    By a leaf of its own, out of whom the department has now. Subjects for which too few may go are
    answered again; where that is all of them, nothing is done.
    """
    work[Tasks].hold(cmd.task_id)
    task = task_in_reach(work, cmd.task_id)
    visits = list[Visit]()

    def draw(part: DepartmentPart) -> ClaimDraw:
        every = list(_answered(work, task))
        left = {one.subject for one in part.unstaffed}
        visits.extend(one for one in every if one.sheet.subject in left)
        return _drawn(work, task, cmd, visits, every)

    task.draw_again(department=work.actor.department, draw=draw)
    return _saved(work, task, visits)


def _saved(work: Work, task: Task, visits: Sequence[Visit]) -> tuple[UnstaffedFirm, ...]:
    """Save what was drawn, and tell for whom nobody could be."""
    work.save(Tasks, task)
    work.save_all(Visits, [one for one in visits if work.now == one.drawn_at])
    part = task.part(work.actor.department)
    last = part.draws[-1] if part is not None and part.draws else None
    if last is None or not last.unstaffed:
        return ()
    firms = {
        one.id: one for one in work[Subjects].find_many(each.subject for each in last.unstaffed)
    }
    return tuple(
        UnstaffedFirm(
            subject=one.subject, name=firms[one.subject].shown_name,
            why=why_unstaffed(one, last), remedy=way_out(one, last),
        )
        for one in last.unstaffed
    )  # fmt: skip


def _drawn(
    work: Work, task: Task, cmd: ClaimByDraw, visits: Sequence[Visit], every: Sequence[Visit]
) -> ClaimDraw:
    """Draw officers for visits, send them there, and give what they were drawn from.

    ``every`` visit of the department says how much its officers have to do already.
    """
    prepared, officers = _prepared(work, task, cmd, visits, every)
    where = places(visits)
    short = prepared.short(where)
    if short and len(short) == len(visits):
        raise PartRefused(tuple(_nobody(prepared, short)))
    prepared = prepared.seeded(leaf_for(work, prepared.listed(where)), where)
    found = _assigned(work, prepared, where)
    sent = {each.id: each.officers for each in found.visits}
    for visit in visits:
        if going := sent.get(visit.sheet.subject):
            inspectors = (
                inspector_of(
                    officers[one], region=visit.sheet.region,
                    day=visit.certified_on(local_day(work.now)),
                )
                for one in going
            )  # fmt: skip
            visit.take_drawn(tuple(inspectors), at=work.now)
    return prepared.finished(found, where)


def _nobody(drawn: ClaimDraw, short: Sequence[UnstaffedSubject]) -> Iterator[Violation]:
    """Say that nobody can be drawn for any subject, and why of the first ones."""
    yield Violation(
        "tasks.nobody_to_draw", "team", {"visits": len(short), "officers": len(drawn.candidates)}
    )
    for one in short[:_MOST_NAMED]:
        yield Violation(
            "tasks.subject_unstaffed",
            data={
                "subject": one.subject, "why": why_unstaffed(one, drawn),
                "remedy": way_out(one, drawn),
            },
        )  # fmt: skip


def _assigned(work: Work, prepared: ClaimDraw, where: Mapping[str, str]) -> Assignment:
    """Assign officers to the subjects that can be staffed.

    Raises ``PartRefused`` for the cap, which says nothing of the seed: none would do.
    """
    try:
        return prepared.replay(where, work[Sifter])
    except DemandsUnmet as unmet:
        enough = evolve(prepared, cap=None).replay(where, work[Sifter])
        data = {
            "visits": len(enough.visits), "cap": prepared.cap, "least": enough.cap,
            "needed": sum(len(one.officers) for one in enough.visits),
            "officers": len(prepared.candidates),
        }  # fmt: skip
        raise PartRefused((Violation("tasks.cap_too_low", "cap", data),)) from unmet


def places(visits: Sequence[Visit]) -> Mapping[str, str]:
    """Give the region of each subject visited: with a ``ClaimDraw``, all that a replay needs."""
    return {one.sheet.subject: one.sheet.region for one in visits}


def visits_of(work: Work, task: str, **asked: str) -> Iterator[Visit]:
    """Give the visits of a task, those that match what else is ``asked``."""
    lists, wanted = work[Lists], ListFilter(asked={"task": task, **asked})
    for page in every_page(lambda request: lists.page(VISITS, wanted, request)):
        yield from work[Visits].find_many(one.id for one in page.items)


def _answered(work: Work, task: Task) -> Iterator[Visit]:
    """Give the visits in which one's own department answers items."""
    own = work.actor.department
    for visit in visits_of(work, task.id, departments=own):
        if own in visit.sheet.answering:
            yield visit


def _prepared(
    work: Work, task: Task, cmd: ClaimByDraw, visits: Sequence[Visit], every: Sequence[Visit]
) -> tuple[ClaimDraw, Mapping[str, Officer]]:
    """Give what officers are drawn from, and those who may be, by their ids."""
    department, sheet = work.actor.department, task.sheet
    usual = LEAD_SENDS if department == sheet.lead else JOINING_SENDS
    count = usual if cmd.count is None else cmd.count
    own = _own_officers(work, department, every)
    officers = _of_team(work, task, cmd.team, own)
    subjects = {
        one.id: one for one in work[Subjects].find_many(visit.sheet.subject for visit in visits)
    }
    refuse_if(PartRefused, _unusable(cmd, count, len(officers), len(own)))
    parties = {id_: party_of(one) for id_, one in subjects.items()}
    alone = {one.sheet.subject for one in visits if one.sheet.answering == {department}}
    today = local_day(work.now)
    days = {one.sheet.subject: one.certified_on(today) for one in visits}
    first = min(days.values(), default=max(today, sheet.ends_on))
    prepared = ClaimDraw(
        department=department,
        team=cmd.team,
        count=count,
        cap=cmd.cap,
        day=first,
        later={subject: day for subject, day in days.items() if day > first},
        candidates=_with_workload(candidates_at_claim(officers), every),
        recusals=recusals_of(
            officers,
            parties,
            {one for one in task.granted if one.subject in parties}.union(
                _judged(work, visits, officers)
            ),
        ),
        alone=tuple(sorted(alone)),
        drawn_at=work.now,
        staff=len(own),
        changes=_changes(task.part(department), own),
    )
    return prepared, {one.id: one for one in officers}


def _changes(part: DepartmentPart | None, own: Sequence[Officer]) -> Mapping[str, int]:
    """Count the officers of a department who are not as at the dispatch of the task, by kind."""
    if part is None or not part.roster:
        return {}
    found = inspectors_compared(part.roster, candidates_at_claim(own))
    return {str(kind): count for kind, count in sorted(Counter(found.values()).items())}


def _unusable(cmd: ClaimByDraw, count: int, officers: int, staff: int) -> Iterator[Violation]:
    """Name what cannot be drawn by: numbers below one, a team out of which nobody is drawn.

    Whoever names a team of as many as are sent, of a department that has more, names the officers.
    """
    if cmd.team and officers <= count and officers < staff:
        data = {"officers": officers, "count": count}
        yield Violation("tasks.team_without_choice", "team", data)
    if count < 1:
        yield Violation("tasks.claim_count", "count")
    if cmd.cap is not None and cmd.cap < 1:
        yield Violation("tasks.claim_cap", "cap")


def _judged(work: Work, visits: Sequence[Visit], officers: Sequence[Officer]) -> Iterator[Recusal]:
    """Give who judged the clue on which a visit rests: he does not inspect it."""
    accounts = {one.user: one.id for one in officers if one.user}
    for visit in visits:
        for judge in sorted(judges_of(work, visit) & accounts.keys()):
            yield Recusal(accounts[judge], visit.sheet.subject, Ground.JUDGED)


def _with_workload(
    candidates: Sequence[Inspector], every: Sequence[Visit]
) -> tuple[Inspector, ...]:
    """Give officers with the visits of the task to which they go already."""
    loads = Counter(one.id for visit in every for one in visit.officers)
    return tuple(evolve(one, workload=loads[one.id]) for one in candidates)


def _own_officers(work: Work, department: str, every: Sequence[Visit]) -> list[Officer]:
    """Give the active officers of a department.

    Who goes to some of these visits for another department, of which he was before, is left out.
    """
    others = {one.id for visit in every for one in visit.officers if one.department != department}
    return [one for one in work[Officers].of_departments([department]) if one.id not in others]


def _of_team(work: Work, task: Task, team: str, officers: list[Officer]) -> list[Officer]:
    """Give those of a team where one is named.

    Raises ``PartRefused`` for a team that is not among the enforcement teams of the task's scene.
    """
    if not team:
        return officers
    found = next((one for one in usable_teams(work, task) if one.id == team), None)
    if found is None:
        raise PartRefused((Violation("tasks.team_not_of_scene", "team"),))
    return [one for one in officers if one.id in found.members]


def usable_teams(work: Work, task: Task) -> Iterator[Team]:
    """Give the enforcement teams of one's department among those of a task's scene."""
    scene = find(work.unit, Scenes, task.sheet.scene)
    for each in sorted(scene.resources.teams) if scene is not None else ():
        found = find(work.unit, Teams, each)
        if (
            found is not None
            and not found.deleted
            and found.kind is TeamKind.ENFORCEMENT
            and work.actor.department in found.departments
        ):
            yield found
