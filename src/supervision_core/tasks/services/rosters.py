"""Of whom the inspectors of a task are drawn: frozen with its pool, then nobody chooses."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import evolve, field, frozen

from supervision_core.draws.model.changes import officers_compared
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.leaves import Leaf
from supervision_core.draws.model.roster import Roster
from supervision_core.draws.model.staffing import Recusal, Staffing, Ties, in_order, recusals
from supervision_core.draws.ports import Draws
from supervision_core.draws.services.departures import Departure
from supervision_core.draws.services.freezing import blinded
from supervision_core.identity.services import Work
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.officers.model import Officer, Party, Team
from supervision_core.officers.ports import Officers, Teams
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.model import Subject
from supervision_core.tasks.checked import checked_items
from supervision_core.tasks.model.drawing import (
    ANY_MATTER,
    OfficersDemanded,
    bonds_of,
    certificate_gap,
    demand_violations,
    recusals_of,
    roster_of,
    rostered_staffing,
    visit_items,
)
from supervision_core.tasks.model.opening import party_of
from supervision_core.tasks.model.sheet import TaskSheet
from supervision_core.tasks.model.task import Task, TaskRefused


@frozen(kw_only=True)
class DepartmentOfficers:
    """How many officers of a department could be drawn, and for which matters."""

    department: str = field(metadata=said("部门的编号", example="nanning", to="department"))
    count: int = field(metadata=said("可以抽取的人数", example=6))
    matters: tuple[str, ...] = field(metadata=said("执法证所列的执法领域，不限的不列"))


def officers_able(task: Task, officers: Iterable[Officer]) -> tuple[DepartmentOfficers, ...]:
    """Give how many of the officers of each department that takes part may go at the task's end."""
    sheet = task.sheet
    found = [one for one in officers if not certificate_gap(one, sheet.region, sheet.ends_on)]
    return tuple(
        DepartmentOfficers(
            department=each,
            count=sum(one.department == each for one in found),
            matters=tuple(sorted({
                matter
                for one in found if one.department == each
                for held in one.certificates for matter in held.matters
            })),
        )
        for each in task.taking_part
    )  # fmt: skip


def teams_of_scene(work: Work, sheet: TaskSheet) -> tuple[Team, ...]:
    """Give the teams that the scene of a task names."""
    scene = find(work.unit, Scenes, sheet.scene)
    named = sorted(scene.resources.teams) if scene is not None else ()
    found = (find(work.unit, Teams, one) for one in named)
    return tuple(one for one in found if one is not None)


def roster_to_freeze(  # noqa: PLR0913 - what a roster is made of
    work: Work,
    task: Task,
    demands: Sequence[OfficersDemanded],
    *,
    day: date | None = None,
    cap: int | None = None,
    by_team: bool = False,
) -> tuple[Roster | None, Mapping[str, Ties]]:
    """Give of whom a task draws its inspectors, and what binds them to subjects.

    Nobody where departments draw when they claim. Raises ``TaskRefused`` for demands of others.
    """
    sheet = task.sheet
    if sheet.drawn_at_claim:
        refuse_if(TaskRefused, [Violation("tasks.officers_at_claim", "demands")] if demands else [])
        return None, {}
    refuse_if(TaskRefused, demand_violations(demands, task.taking_part, cap))
    asked = {one for each in demands for one in each.departments} or task.taking_part
    officers = work[Officers].of_departments(sorted(asked))
    teams = teams_of_scene(work, sheet) if by_team else ()
    roster = roster_of(
        officers, teams, demands, departments=task.taking_part, day=day or sheet.ends_on, cap=cap
    )
    return roster, {one.id: bonds_of(one) for one in officers}


def roster_conditions(roster: Roster | None, ends_on: date) -> Iterator[Departure]:
    """Say what whoever froze a draw chose that leaves some officers out, or sends fewer."""
    if roster is None:
        return
    chosen = [
        f"每个对象派{one.count}人"
        + ("" if one.matter == ANY_MATTER else f"，须有执法领域{one.matter}")
        for one in roster.demands
    ]
    if roster.teams:
        sizes = "、".join(f"{len(one.members)}人" for one in roster.teams)
        chosen.append(f"先从{len(roster.teams)}个小组（{sizes}）中抽取小组")
    if roster.cap is not None:
        chosen.append(f"每人至多{roster.cap}户")
    if roster.day != ends_on:
        chosen.append(f"证件须在{roster.day.isoformat()}有效，不是任务结束日期")
    if chosen:
        text = f"{'；'.join(chosen)}；名册共{len(roster.inspectors)}人"
        yield Departure(title="检查人员的抽取条件", text=text)


def roster_changes(work: Work, since: str, roster: Roster | None) -> Mapping[str, int]:
    """Count how officers of a roster differ from those of the last draw."""
    last = find(work.unit, Draws, since) if since else None
    found = officers_compared(last.roster if last is not None else None, roster)
    return {str(kind): count for kind, count in Counter(found.values()).items()}


def staffing_to_draw(
    work: Work, task: Task, draw: Draw, subjects: Mapping[str, Subject]
) -> Staffing:
    """Give what inspectors are drawn from: the roster, who is selected, and who must keep away.

    Whatever bound an officer when the pool was frozen counts, by what the register said then of
    either side; what binds him since is decided by the head first. Raises ``TaskRefused``.
    """
    roster = draw.roster or _roster_of_before(work, task, draw)
    going = roster.going(draw.seed or b"")
    people = work[Officers].find_many(one.id for one in going)
    found = _recusals(work, draw, people, subjects)
    staffing = rostered_staffing(
        draw, roster, {code: one.region for code, one in subjects.items()},
        _answering(work, task, draw, subjects),
    )  # fmt: skip
    return evolve(staffing, inspectors=going, recusals=found)


def _recusals(
    work: Work, draw: Draw, officers: Sequence[Officer], subjects: Mapping[str, Subject]
) -> tuple[Recusal, ...]:
    now = recusals_of(officers, {code: party_of(one) for code, one in subjects.items()})
    leaf, began = draw.leaf, draw.round.began_at
    if draw.roster is None or leaf is None or began is None:
        return in_order({*now, *draw.decided})
    there = {one.id for one in officers}
    then = draw.frozen_at or began
    parties = {code: party_of(one, at=then) for code, one in subjects.items()}
    found = _frozen(work, draw.ties, leaf, local_day(began).year, parties)
    frozen_ones = {one for one in found if one.officer in there}
    granted = {(one.officer, one.subject) for one in draw.granted}
    settled = granted.union((one.officer, one.subject) for one in frozen_ones)
    selected = set(draw.selection)
    refuse_if(
        TaskRefused,
        (
            Violation(
                "tasks.recusal_undecided", "task_id",
                {"officer": one.officer, "subject": one.subject},
            )
            for one in now
            if one.subject in selected and (one.officer, one.subject) not in settled
        ),
    )  # fmt: skip
    return in_order({*frozen_ones, *draw.decided})


def _frozen(
    work: Work, ties: Mapping[str, Ties], leaf: Leaf, year: int, parties: Mapping[str, Party]
) -> Iterator[Recusal]:
    """Give who had to keep away from whom as the pool was frozen, bound by these blinded ties."""
    clear = {
        code: Ties(
            interests=frozenset({code}), addresses=one.addresses,
            legal_persons=frozenset({one.principal}) - {""},
        )
        for code, one in parties.items()
    }  # fmt: skip
    codes, theirs = dict[str, str](), dict[str, Ties]()
    for code, one in blinded(work, leaf, year, clear).items():
        (known,) = one.interests
        codes[known], theirs[known] = code, evolve(one, interests=frozenset())
    for found in recusals(ties, theirs):
        yield evolve(found, subject=codes[found.subject])


def exchanged(work: Work, draw: Draw, going: Collection[str]) -> Iterator[Violation]:
    """Name the officers who act under another account than when the pool was frozen.

    Whoever was drawn goes there himself: nobody else signs as him. An officer without an account,
    then or now, is none of them.
    """
    leaf, began = draw.leaf, draw.round.began_at
    if leaf is None or began is None:
        return
    now = {one.id: bonds_of(one) for one in work[Officers].find_many(sorted(going))}
    found = blinded(work, leaf, local_day(began).year, now)
    for officer, ties in sorted(found.items()):
        then = draw.ties.get(officer, Ties()).accounts
        if then and ties.accounts and then != ties.accounts:
            yield Violation("tasks.officer_account_exchanged", "task_id", {"officer": officer})


def _answering(
    work: Work, task: Task, draw: Draw, subjects: Mapping[str, Subject]
) -> Mapping[str, frozenset[str]]:
    """Give which departments answer items of each subject, as the draw says the items."""
    part = {"", task.sheet.lead, *task.taking_part}
    lines = checked_items(work.unit, task.sheet)
    own = [line for line in lines if line.content.department in part]
    found = visit_items(own, draw, subjects)
    return {
        code: frozenset(item.department or task.sheet.lead for item in items)
        for code, items in found.items()
    }


def _roster_of_before(work: Work, task: Task, draw: Draw) -> Roster:
    """Give the roster of a draw that was frozen before rosters were: as settled, else as now."""
    settled = draw.settled
    if settled is not None:
        return Roster(
            day=settled.day, cap=settled.cap, inspectors=settled.inspectors,
            demands=settled.visits[0].demands if settled.visits else (),
        )  # fmt: skip
    roster, _ = roster_to_freeze(work, task, ())
    if roster is None:
        raise TaskRefused((Violation("tasks.officers_at_claim", "task_id"),))
    return roster
