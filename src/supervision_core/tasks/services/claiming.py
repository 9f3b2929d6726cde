"""认领并抽取检查人员: a department claims its part with officers that it draws out of its own."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import field, frozen

from supervision_core.draws.ports import Draws, Sifter
from supervision_core.identity.services import Work, does
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.ports import Randomness
from supervision_core.officers.model import Officer, TeamKind
from supervision_core.officers.ports import Officers, Teams
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.lists.visits import VISITS
from supervision_core.tasks.model.claim_draw import (
    JOINING_SENDS,
    LEAD_SENDS,
    ClaimDraw,
    claim_seed,
)
from supervision_core.tasks.model.drawing import candidates_at_claim, recusals_of
from supervision_core.tasks.model.opening import inspector_of, party_of
from supervision_core.tasks.model.task import PartRefused, Task
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import Tasks, Visits
from supervision_core.tasks.services.tasks import task_in_reach

_SEED_BYTES = 32


@frozen(kw_only=True)
class ClaimByDraw:
    """How one's department draws the officers of its visits in a task that it claims."""

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
        metadata=said("每户派几人", example=2, hint="不填的，牵头部门派2人，配合部门派1人"),
    )
    cap: int | None = field(default=None, metadata=said("每人最多承担的户数", hint="不填则不限"))


@does(Task, "claim_by_draw")
def claim_by_draw(work: Work, cmd: ClaimByDraw) -> None:
    """Take up one's own department's part, and draw who of it goes to which subject.

    Drawn are officers for each visit in which the department answers items, out of one of its teams
    in the scene or out of all, without those who must withdraw. The seed follows from that of the
    task's draw; where subjects were named by hand it is fresh. Nothing is done where somebody is
    missing, or where a visit would be left with fewer than two officers.
    """
    work[Tasks].hold(cmd.task_id)  # departments that claim at once send officers to the same visits
    task = task_in_reach(work, cmd.task_id)
    department = work.actor.department
    visits = list[Visit]()
    sent = dict[str, tuple[str, ...]]()

    def draw() -> ClaimDraw:
        visits.extend(_visits_of(work, task.id, department))
        prepared = _prepared(work, task, cmd, visits)
        found = prepared.replay(places(visits), work[Sifter])
        sent.update((each.id, each.officers) for each in found.visits)
        return prepared.finished(found)

    task.claim_by_draw(department=department, draw=draw, by=work.actor.user, at=work.now)
    going = {one for each in sent.values() for one in each}
    officers = {one.id: one for one in work[Officers].find_many(going)}
    for visit in visits:
        visit.take_drawn(tuple(
            inspector_of(officers[one], region=visit.sheet.region, day=visit.due_on)
            for one in sent[visit.sheet.subject]
        ))  # fmt: skip
    work.save(Tasks, task)
    work.save_all(Visits, visits)


def places(visits: Sequence[Visit]) -> Mapping[str, str]:
    """Give the region of each subject visited: with a ``ClaimDraw``, all that a replay needs."""
    return {one.sheet.subject: one.sheet.region for one in visits}


def _visits_of(work: Work, task: str, department: str) -> Iterator[Visit]:
    """Give the visits of a task in which a department answers items."""
    lists, wanted = work[Lists], ListFilter(asked={"task": task, "departments": department})
    for page in every_page(lambda request: lists.page(VISITS, wanted, request)):
        for visit in work[Visits].find_many(one.id for one in page.items):
            if department in visit.sheet.answering:
                yield visit


def _prepared(work: Work, task: Task, cmd: ClaimByDraw, visits: Sequence[Visit]) -> ClaimDraw:
    department, sheet = work.actor.department, task.sheet
    drawn = find(work.unit, Draws, sheet.draw)
    seed = drawn.seed if drawn is not None and drawn.task == task.id else None
    officers = _candidates(work, task, cmd.team)
    parties = {
        one.id: party_of(one)
        for one in work[Subjects].find_many(visit.sheet.subject for visit in visits)
    }
    usual = LEAD_SENDS if department == sheet.lead else JOINING_SENDS
    return ClaimDraw(
        seed=(claim_seed(seed, department) if seed else work[Randomness].token(_SEED_BYTES)).hex(),
        department=department,
        team=cmd.team,
        count=usual if cmd.count is None else cmd.count,
        cap=cmd.cap,
        day=sheet.ends_on,
        candidates=candidates_at_claim(officers),
        recusals=recusals_of(officers, parties),
    )


def _candidates(work: Work, task: Task, team: str) -> list[Officer]:
    """Give the active officers of one's department, of its team where one is named.

    Raises ``PartRefused`` for one that is not among the enforcement teams of the task's scene.
    """
    department = work.actor.department
    officers = work[Officers].of_departments([department])
    if not team:
        return officers
    scene, found = find(work.unit, Scenes, task.sheet.scene), find(work.unit, Teams, team)
    usable = (
        scene is not None
        and team in scene.resources.teams
        and found is not None
        and not found.deleted
        and found.kind is TeamKind.ENFORCEMENT
        and department in found.departments
    )
    refuse_if(PartRefused, [] if usable else [Violation("tasks.team_not_of_scene", "team")])
    members = found.members if found is not None else frozenset()
    return [one for one in officers if one.id in members]
