"""The pool of a task's draw: whoever the scene inspects, as the last run of its rule graded him."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from functools import partial
from typing import Any, Final

from attrs import evolve, field, frozen

from supervision_core.audit.model import Outcome, target_of
from supervision_core.audit.ports import AuditQueries
from supervision_core.draws.model.changes import (
    ListedChange,
    PoolChange,
    counted,
)
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.pool import Pool, PoolNotFreezable
from supervision_core.draws.ports import Pools
from supervision_core.grading.graded import LatestGrade
from supervision_core.grading.ports import GradedSubjects, GradingRules
from supervision_core.grading.services import AS_OF, beside_the_calendar
from supervision_core.grading.unscheduled import UnscheduledRun
from supervision_core.identity.services import Work
from supervision_core.kernel.days import GUANGXI, local_day
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import every_page
from supervision_core.plans.ports import CheckCounts
from supervision_core.scenes.inspected import InspectedSubjects
from supervision_core.scenes.model import Scene
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.ports import SubjectQueries, Subjects
from supervision_core.tasks.model.pooling import UNGRADED, PoolBasis
from supervision_core.tasks.model.sheet import TaskSheet
from supervision_core.tasks.model.task import Task, TaskRefused
from supervision_core.tasks.ports import Tasks
from supervision_core.tasks.services.pool_listing import (
    GRADING,
    evaluated_day,
    last_draw,
    listed,
    moments,
    placed_since_display,
    with_acts,
)
from supervision_core.tasks.services.tasks import draw_of, task_in_reach

_UNNUMBERED: Final[tuple[PoolChange, tuple[str, ...]]] = (PoolChange.EXCLUDED_UNNUMBERED, ())


@frozen(kw_only=True)
class GatherPool:
    """A task whose pool is gathered, by the grades of the last run of its scene's rule."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    uninspected: bool = field(
        default=False, metadata=said("是否排除任务年度内已检查或已安排检查的对象", example=True)
    )


@frozen(kw_only=True, eq=False)
class Gathered:
    """A pool, what it rests on, and what of it is not as it was at the ``last`` draw.

    What explains that was done with subjects ``since`` when, by their codes.
    """

    sheet: TaskSheet
    uninspected: bool
    pool: Pool
    basis: PoolBasis
    last: Draw | None
    listed: tuple[ListedChange, ...]
    since: Mapping[str, datetime]

    @property
    def changes(self) -> Mapping[str, int]:
        """How often something of the pool came about otherwise than the last time, by kind."""
        ungraded = {PoolChange.UNGRADED: self.pool.sizes.get(UNGRADED, 0)}
        counts = {**counted(self.listed), **ungraded}
        return {kind.value: counts[kind] for kind in PoolChange if counts.get(kind)}

    @property
    def excluded(self) -> int:
        """How many are left out because they were inspected, or will be."""
        kinds = (PoolChange.EXCLUDED_DRAWN, PoolChange.EXCLUDED_OTHERS)
        changes = self.changes
        return sum(changes.get(one, 0) for one in kinds)


def gathered(work: Work, task: Task, asked: Any) -> Gathered:
    """Gather the pool of a task; who has no code to show is left out, and listed.

    Raises ``TaskRefused`` and ``PoolNotFreezable``.
    """
    sheet, scene = task.sheet, work[Scenes].get(task.sheet.scene)
    _require_rule_of_scene(work, sheet, scene)
    every = list(_inspected(work, scene, sheet.region))
    there = [(id_, code) for id_, code in every if code]
    basis, grades, beside = _graded(work, scene, there)
    unnoted = _unnoted(work, scene, grades, beside) if basis.by_calendar else set[str]()
    out = _checked(work, sheet, there) if asked.uninspected else {}
    pool = Pool.of(
        (code, str((one in grades and grades[one].grade) or UNGRADED))
        for one, code in there
        if one not in out
    )
    last = last_draw(work, task, pool)
    basis = evolve(basis, since="" if last is None else last.id)
    codes = dict(there)
    kind = PoolChange.UNSCHEDULED if basis.by_calendar else PoolChange.NO_RUN
    known = {one for one, found in grades.items() if found.grade is not None and one not in out}
    stale = {
        one for one in known - beside.keys() - unnoted
        if basis.by_calendar and grades[one].as_of < basis.as_of
    }  # fmt: skip
    changes = listed(
        work, scene, last, pool, sheet=sheet,
        out={
            **{codes[one]: why for one, why in out.items()},
            **{target_of(Subjects.kind, id_): _UNNUMBERED for id_, code in every if not code},
        },
        beside={
            **{codes[one]: (kind, run) for one, run in beside.items() if one in known},
            **{codes[one]: (PoolChange.UNKNOWN_ORIGIN, None) for one in unnoted & known},
            **{codes[one]: (PoolChange.STALE, None) for one in stale},
        },
        placed=placed_since_display(work, sheet, scene, _pools(work, pool, last)),
    )  # fmt: skip
    graded_on = {codes[one]: grades[one].as_of for one in stale}
    return Gathered(
        sheet=sheet, uninspected=asked.uninspected, pool=pool, basis=basis, last=last,
        listed=changes, since=moments(work, scene, last, changes, graded_on),
    )  # fmt: skip


def _pools(work: Work, pool: Pool, last: Draw | None) -> tuple[Pool, ...]:
    return (pool,) if last is None else (pool, work[Pools].get(last.pool_hash))


def attributed(work: Work, found: Gathered) -> Gathered:
    """Say of what was gathered what was done with those whose place is not as it was."""
    return evolve(found, listed=with_acts(work, found.listed, found.since))


def gathered_beforehand(work: Work, asked: Any) -> Gathered | None:
    """Gather it while nobody waits; what is refused the use case says."""
    with suppress(TaskRefused, PoolNotFreezable):
        return gathered(work, task_in_reach(work, asked.task_id, lead_only=True), asked)
    return None


def attributed_beforehand(work: Work, asked: Any) -> Gathered | None:
    """Gather it, and say what was done, while nobody waits."""
    found = gathered_beforehand(work, asked)
    return None if found is None else attributed(work, found)


def ready_pool(work: Work, task: Task) -> Gathered | None:
    """Give what was gathered beforehand, if the task says the same still."""
    ready = work.ready
    return ready if isinstance(ready, Gathered) and ready.sheet == task.sheet else None


def _require_rule_of_scene(work: Work, sheet: TaskSheet, scene: Scene) -> None:
    """Demand that grades come from the rule of the scene, as it is in force."""
    if sheet.grading_rule is None:
        raise TaskRefused((Violation("tasks.grading_rule_missing", "grading_rule"),))
    rule = work[GradingRules].get(sheet.grading_rule.id)
    if (scene.grading_rule, rule.current().version) != (rule.id, sheet.grading_rule.version):
        raise TaskRefused((Violation("tasks.rule_not_of_scene", "grading_rule"),))


def _inspected(work: Work, scene: Scene, region: str) -> Iterator[tuple[str, str]]:
    """Give id and shown code of each active subject of a region that a scene inspects."""
    inspected = InspectedSubjects(resources=scene.resources, region=region)
    yield from inspected.added(work.unit)
    if (wanted := inspected.tagged) is not None:
        for page in every_page(partial(work[SubjectQueries].page, wanted), order="id"):
            yield from inspected.of_page(page.items)


def _graded(
    work: Work, scene: Scene, there: list[tuple[str, str]]
) -> tuple[PoolBasis, Mapping[str, LatestGrade], Mapping[str, UnscheduledRun | None]]:
    """Give the gradings of the last run by the calendar; where there is none yet, the newest.

    Beside them whose grade is not that of the calendar, and by which run it came.
    """
    rule, today = scene.grading_rule or "", local_day(work.now)
    day = evaluated_day(work, scene, today)
    if day is not None:
        latest, beside = _latest(work, rule, there, until=day)
        if latest.keys() - beside.keys():
            basis = PoolBasis(as_of=day, by_calendar=True, since="")
            return basis, latest, beside
    latest, beside = _latest(work, rule, there, until=today)
    basis = PoolBasis(as_of=today, by_calendar=False, since="")
    return basis, latest, {one: beside.get(one) for one in latest}


def _latest(
    work: Work, rule: str, there: list[tuple[str, str]], *, until: date
) -> tuple[Mapping[str, LatestGrade], Mapping[str, UnscheduledRun]]:
    """Give the newest gradings of those there, and by which runs those came that did beside."""
    every = work[GradedSubjects].grades_until(rule, until)
    latest = {one: every[one] for one, _ in there if one in every}
    first = min((grade.as_of for grade in latest.values()), default=until)
    runs = beside_the_calendar(work.unit, rule, until=until, since=first)
    found = ((one, runs.get((one, grade.as_of))) for one, grade in latest.items())
    return latest, {one: run for one, run in found if run is not None}


def _unnoted(
    work: Work,
    scene: Scene,
    latest: Mapping[str, LatestGrade],
    beside: Mapping[str, UnscheduledRun | None],
) -> set[str]:
    """Give whose grading may be from before runs were noted, by the log: whose it is nobody knows.

    That is so while a row of grading by the rule, of that day or later, does not say as of when.
    """
    days = {found.as_of for one, found in latest.items() if one not in beside}
    if not days:
        return set()
    rule = target_of(GradingRules.kind, scene.grading_rule or "")
    since = datetime.combine(min(days), time.min, GUANGXI)
    rows = work[AuditQueries].about_any([rule], since)
    unsaid = (
        local_day(row.entry.at)
        for row in rows
        if row.entry.action in GRADING
        and row.entry.outcome is Outcome.DONE
        and AS_OF not in dict(row.entry.note)
    )
    last = next(unsaid, date.min)
    return {one for one, found in latest.items() if one not in beside and found.as_of <= last}


def _checked(
    work: Work, sheet: TaskSheet, there: list[tuple[str, str]]
) -> Mapping[str, tuple[PoolChange, tuple[str, ...]]]:
    """Give who is left out for checks of the task's years, if one was drawn, and of which tasks."""
    codes, today, counts = dict(there), local_day(work.now), work[CheckCounts]
    found = defaultdict[str, list[str]](list)
    for year in sheet.years:
        for subject, those in counts.tasks_of_year(year, today=today, subjects=codes).items():
            found[subject].extend(those)
    tasks = work[Tasks].find_many(sorted({task for those in found.values() for task in those}))
    drawn = {one.id: _selected(work, one) for one in tasks}
    return {
        subject: (
            PoolChange.EXCLUDED_DRAWN
            if any(codes[subject] in drawn.get(task, ()) for task in those)
            else PoolChange.EXCLUDED_OTHERS,
            tuple(sorted(set(those))),
        )
        for subject, those in found.items()
    }


def _selected(work: Work, task: Task) -> frozenset[str]:
    draw = draw_of(work.unit, task)
    return frozenset() if draw is None else frozenset(draw.by_chance)
