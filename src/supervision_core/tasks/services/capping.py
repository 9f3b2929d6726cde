"""The yearly caps of checks: held when visits are set up, and again when their task goes out."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from supervision_core.draws.model.draw import DrawState
from supervision_core.draws.ports import Draws
from supervision_core.grading.current import current_id
from supervision_core.grading.model import GradingDefinition
from supervision_core.grading.ports import CurrentGrades, GradingRules
from supervision_core.identity.services import Work
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import every_page
from supervision_core.plans.ports import CheckCounts
from supervision_core.plans.registers import caps_in
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.lists.visits import VISITS
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.opening import PlannedVisit, over_cap, over_grade_cap
from supervision_core.tasks.model.sheet import TaskSheet
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.ports import Visits


def grading_of(work: Work, sheet: TaskSheet) -> GradingDefinition | None:
    """Give the version of the rule by which the task grades, if it does."""
    if (used := sheet.grading_rule) is None:
        return None
    return work[GradingRules].get(used.id).version_numbered(used.version)


def cap_violations(
    work: Work, orders: Sequence[PlannedVisit], sheet: TaskSheet
) -> Iterator[Violation]:
    """Hold visits against the caps of bodies and of grades, beside those that shield by then.

    They are held against those of each year in which the task may visit.

    Of a grade by which a subject was drawn, the draw says which that is.

    Whoever asks holds the subjects, so that another task does not count them as well meanwhile.
    """
    found = (
        one
        for year in sheet.years
        for one in (*_of_bodies(work, orders, year), *_of_grades(work, orders, sheet, year))
    )
    yield from dict.fromkeys(found)


def caps_at_dispatch(work: Work, task: Task) -> Iterator[Violation]:
    """Hold visits of a task against the caps as it goes out: drafts used none of them up."""
    wanted, lists = ListFilter(asked={"task": task.id}), work[Lists]
    pages = [page.items for page in every_page(lambda request: lists.page(VISITS, wanted, request))]
    work[Subjects].hold(sorted({row.subject for rows in pages for row in rows}))
    for rows in pages:
        visits = work[Visits].find_many([row.id for row in rows])
        capped = [
            PlannedVisit(
                subject=one.sheet.subject,
                ground=one.sheet.ground or VisitGround.PLAN,
                items=one.sheet.items,
            )
            for one in visits
            if one.sheet.counts_toward_cap
        ]
        for one in cap_violations(work, capped, task.sheet):
            yield evolve(one, at="task_id")


def _of_bodies(work: Work, orders: Sequence[PlannedVisit], year: int) -> Iterator[Violation]:
    departments = {item.department for order in orders for item in order.items}
    caps = caps_in(work.unit, year, departments)
    if not caps:
        return
    subjects = sorted({order.subject for order in orders})
    done = work[CheckCounts].in_year(
        year, today=local_day(work.now), subjects=subjects, departments=sorted(caps)
    )
    yield from over_cap(orders, caps=caps, done=done)


def _drawn_in(work: Work, orders: Sequence[PlannedVisit], sheet: TaskSheet) -> Mapping[str, int]:
    """Give the grades in which subjects were drawn, whatever grade somebody gave them since."""
    draw = find(work.unit, Draws, sheet.draw) if sheet.draw else None
    if draw is None or draw.state is DrawState.CLEARED:
        return {}
    picked = sorted({one.subject for one in orders if one.ground is VisitGround.PICK})
    strata = draw.ever_selected
    found = {one.id: strata.get(one.code_among(strata)) for one in work[Subjects].find_many(picked)}
    return {one: int(grade) for one, grade in found.items() if grade and grade.isdecimal()}


def _of_grades(
    work: Work, orders: Sequence[PlannedVisit], sheet: TaskSheet, year: int
) -> Iterator[Violation]:
    used, grading = sheet.grading_rule, grading_of(work, sheet)
    grades = () if grading is None else grading.grades
    most = {one.number: one.yearly_cap for one in grades if one.yearly_cap is not None}
    if used is None or not most:
        return
    subjects = sorted({order.subject for order in orders})
    graded = work[CurrentGrades].find_many([current_id(used.id, one) for one in subjects])
    known = {one.subject: one.grade for one in graded}
    held_by = {**known, **_drawn_in(work, orders, sheet)}
    caps = {one: most[grade] for one, grade in held_by.items() if grade in most}
    found = work[CheckCounts].tasks_of_year(year, today=local_day(work.now), subjects=caps)
    done = {subject: len(tasks) for subject, tasks in found.items()}
    yield from over_grade_cap(orders, caps=caps, done=done)
