"""On what the visits of a task may rest: its draw, the displayed plan, clues, orders from above."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve

from supervision_core.draws.model.draw import Draw, DrawState
from supervision_core.draws.ports import Draws
from supervision_core.identity.ports import Departments
from supervision_core.identity.services import Work
from supervision_core.identity.services.keeping import find
from supervision_core.identity.services.proposing import proposers
from supervision_core.identity.services.registers import require_entry
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.plain import digest
from supervision_core.kernel.registers import Entries
from supervision_core.officers.ports import Officers
from supervision_core.plans.ports import Plans
from supervision_core.scenes.inspected import InspectedSubjects
from supervision_core.subjects.model import Subject
from supervision_core.subjects.ports import Subjects
from supervision_core.subjects.registers import APPROVAL_FILES
from supervision_core.subjects.services.known import by_codes
from supervision_core.tasks.lists.visits import VISITS
from supervision_core.tasks.model.grounds import (
    UNCAPPED,
    DrawOutcome,
    Grounds,
    JudgedClue,
    OrderFromAbove,
    OwnApplication,
    VisitGround,
)
from supervision_core.tasks.model.opening import VisitOrder, party_of
from supervision_core.tasks.model.sheet import TaskSheet
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.visit import Visit, VisitState
from supervision_core.tasks.ports import JudgedClues, Tasks, VisitQueries, Visits
from supervision_core.tasks.registers import SUPERIOR_ORDERS

_CLUE: Final = "clue"


def own_draw(work: Work, task: Task) -> Draw | None:
    """Give the draw of a task, unless it was cleared or is another task's."""
    draw = find(work.unit, Draws, task.sheet.draw)
    if draw is None or draw.state is DrawState.CLEARED or draw.task != task.id:
        return None
    return draw


def inspected_whole(work: Work, sheet: TaskSheet) -> InspectedSubjects | None:
    """Give whom the plan of a task visits without a draw (全查), by the scene as displayed."""
    plan = find(work.unit, Plans, sheet.plan)
    resources = plan.inspected(sheet.sub_plan) if plan is not None else None
    if plan is None or resources is None:
        return None
    said = plan.sheet
    if (said.scene, said.region, said.lead) != (sheet.scene, sheet.region, sheet.lead):
        return None
    return InspectedSubjects(resources=resources, region=sheet.region)


def grounds_of(
    work: Work, task: Task, orders: Sequence[VisitOrder], subjects: Mapping[str, Subject]
) -> Grounds:
    """Gather on what visits of ``orders`` may rest; clues and orders from above by reach."""
    sheet, draw, whole = task.sheet, own_draw(work, task), inspected_whole(work, task.sheet)
    selection = frozenset(draw.selection) if draw is not None else frozenset()
    codes = {one.code_among(selection): id_ for id_, one in subjects.items()}
    chance = draw.by_chance if draw is not None else {}
    drawn = {code: codes[code] for code in selection.intersection(codes)}
    return Grounds(
        task=task.id, scene=sheet.scene, region=sheet.region,
        starts_on=sheet.starts_on, ends_on=sheet.ends_on, since=task.created_at,
        picked=frozenset(one for code, one in drawn.items() if code in chance),
        added=frozenset(one for code, one in drawn.items() if code not in chance),
        wanted=task.wanted_subjects,
        whole=frozenset(one for one, subject in subjects.items() if whole and whole.holds(subject)),
        clues=_clues(work, task.id, {one.clue for one in orders if one.ground is VisitGround.CLUE}),
        orders=_orders(work, {one.order for one in orders if one.ground is VisitGround.ORDER}),
        applications=_applications(
            work, sheet.lead,
            {one.application for one in orders if one.ground is VisitGround.APPLICATION},
        ),
        superiors=frozenset(one.id for one in work[Departments].lineage(sheet.lead)) - {sheet.lead},
        by=work.actor.user,
    )  # fmt: skip


def _clues(work: Work, task: str, named: Collection[str]) -> Mapping[str, JudgedClue]:
    found = work[JudgedClues].find_many(named)
    for one in found.values():
        work.reach(_CLUE, one.id, region=one.region, departments=one.departments)
    return {
        one.id: evolve(
            one, judges=_judges(work, one.id), visited=_used_by(work, one.id, one.subject, task)
        )
        for one in found.values()
    }  # fmt: skip


def _judges(work: Work, clue: str) -> frozenset[str]:
    """Give the accounts that ever judged a clue, as the log says: a later triage is not the first.

    Of what the log has archived nobody but the last judge is known.
    """
    return proposers(work, _CLUE, clue, "clues.triage", "clues.inspect")


def _used_by(work: Work, clue: str, subject: str, task: str) -> str:
    """Give the number of the visit that rests on a clue in another task that went out.

    One that was lawfully not made leaves the clue to be followed up.
    """
    for one in _visits_of(work, subject):
        if one.sheet.basis != clue or one.sheet.task == task or one.state is VisitState.NOT_VISITED:
            continue
        if work[Tasks].get(one.sheet.task).dispatched_at is not None:
            return one.sheet.number
    return ""


def used_clues(work: Work, task: Task) -> Iterator[Violation]:
    """Name a visit of a task whose clue another task, that went out meanwhile, has followed up."""
    if VisitGround.CLUE not in task.grounds:
        return
    asked, lists = ListFilter(asked={"task": task.id}), work[Lists]
    for page in every_page(lambda request: lists.page(VISITS, asked, request)):
        for one in work[Visits].find_many(row.id for row in page.items):
            if one.sheet.ground is VisitGround.CLUE and (
                number := _used_by(work, one.sheet.basis, one.sheet.subject, task.id)
            ):
                data = {"number": one.sheet.number, "visit": number}
                yield Violation("tasks.clue_used_by_visit", "task_id", data)


def _orders(work: Work, named: Collection[str]) -> Mapping[str, OrderFromAbove]:
    store = work[Entries].of(SUPERIOR_ORDERS)
    return {
        one.id: OrderFromAbove(
            id=one.id, number=one.content.number, department=one.department,
            scene=one.content.scene, region=one.content.area,
            starts_on=one.content.starts_on, ends_on=one.content.ends_on,
            entered_by=frozenset({one.added_by, one.changed_by} - {""}),
        )
        for one in store.find_many(named)
        if one.enabled and not one.deleted
    }  # fmt: skip


def _applications(work: Work, lead: str, named: Collection[str]) -> Mapping[str, OwnApplication]:
    """Give what firms applied for, of those that the actor may read."""
    found = [one for one in work[Entries].of(APPROVAL_FILES).find_many(named) if not one.deleted]
    for one in found:
        require_entry(work, APPROVAL_FILES, one.id)
    above = work[Departments].lineages({one.department for one in found})
    return {
        one.id: OwnApplication(
            id=one.id, number=one.content.number, subject=one.content.subject,
            decided_on=one.content.decided_on, entered_at=one.added_at,
            own=not one.department or lead in {each.id for each in above[one.department]},
            visited=next((each.sheet.number for each in resting_on(
                work, one.content.subject, one.id
            )), ""),
        )
        for one in found
    }  # fmt: skip


def resting_on(work: Work, subject: str, basis: str) -> Iterator[Visit]:
    """Give the visits that rest on a clue, order or application."""
    return (one for one in _visits_of(work, subject) if one.sheet.basis == basis)


def _visits_of(work: Work, subject: str) -> Iterator[Visit]:
    """Give the visits of a firm; it has few."""
    wanted, lists = ListFilter(asked={"subject": subject}), work[Lists]
    for page in every_page(lambda request: lists.page(VISITS, wanted, request)):
        yield from work[Visits].find_many([row.id for row in page.items])


def judges_of(work: Work, visit: Visit) -> frozenset[str]:
    """Give the accounts that judged the clue on which a visit rests, nobody where there is none."""
    if visit.sheet.ground is not VisitGround.CLUE:
        return frozenset()
    found = work[JudgedClues].find_many([visit.sheet.basis])
    judged = frozenset(one.judged_by for one in found.values())
    return (judged | _judges(work, visit.sheet.basis)) - {""}


def judging(work: Work, visit: Visit, officers: Collection[str]) -> frozenset[str]:
    """Give those of some officers under whose account the clue of a visit was judged."""
    judges = judges_of(work, visit)
    if not judges:
        return frozenset()
    return frozenset(one.id for one in work[Officers].find_many(officers) if one.user in judges)


def withdrawing(work: Work, visit: Visit, officers: Collection[str]) -> frozenset[str]:
    """Give those of some officers who must withdraw from the firm of a visit (回避)."""
    party = party_of(work[Subjects].get(visit.sheet.subject))
    found = work[Officers].find_many(officers)
    return frozenset(one.id for one in found if one.must_withdraw(party))


def selected_subjects(work: Work, task: Task) -> Mapping[str, str]:
    """Give the ids of whom the draw of a task, or a plan that inspects all, selects, named."""
    if (draw := own_draw(work, task)) is not None:
        known = by_codes(work.unit, draw.selection)
        return {
            known[code].id if code in known else code: known[code].name if code in known else code
            for code in draw.selection
        }
    whole = inspected_whole(work, task.sheet)
    return {} if whole is None else {one: one for one in whole.every(work.unit)}


def outcome_of(work: Work, task: Task, selected: Mapping[str, str]) -> DrawOutcome:
    """Tell what became of those whom its draw, or its plan, ``selected``."""
    draw = own_draw(work, task)
    visited = work[VisitQueries].numbers(task.id, list(selected))
    picks = {one.id for one in draw.picks} if draw is not None else set()
    chosen = set(draw.selection) if draw is not None else set()
    chance = draw.by_chance.keys() if draw is not None else set()
    counts = work[VisitQueries].counts(task.id)
    undrawn = sum(counts.values()) - len(visited)
    bound = draw is not None or bool(selected)
    rests_on = draw.id if draw is not None else [task.sheet.plan, task.sheet.sub_plan]
    return DrawOutcome(
        drawn=len(picks), added=len(chosen - chance), removed=len(picks - chosen),
        undrawn=undrawn,
        ungrounded=sum(_without_ground(work, task, selected)) if undrawn else 0,
        unvisited=tuple(name for one, name in selected.items() if one not in visited),
        finished=draw is None or draw.seed is not None,
        digest=digest([rests_on, sorted(chosen or selected)]) if bound else "",
    )  # fmt: skip


def _without_ground(work: Work, task: Task, selected: Mapping[str, str]) -> Iterator[bool]:
    """Tell of each visit of nobody who is selected whether it rests on having been selected."""
    wanted, lists = ListFilter(asked={"task": task.id}), work[Lists]
    for page in every_page(lambda request: lists.page(VISITS, wanted, request)):
        strays = [row.id for row in page.items if row.subject not in selected]
        for one in work[Visits].find_many(strays):
            chosen = one.sheet.ground in UNCAPPED or one.sheet.subject in task.wanted_subjects
            yield one.sheet.ground is not None and not chosen
