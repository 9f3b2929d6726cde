"""The pool of a task's draw: whoever the scene inspects, as the last run of its rule graded him."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any, Final

from attrs import evolve, field, frozen

from supervision_core.assessment.model import LifeState
from supervision_core.assessment.ports import CreditModels, RiskModels
from supervision_core.audit.model import target_of
from supervision_core.draws.model.changes import (
    ListedChange,
    PoolChange,
    counted,
)
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.pool import Pool, PoolNotFreezable
from supervision_core.grading.graded import LatestGrade
from supervision_core.grading.ports import GradedSubjects, GradingRules
from supervision_core.grading.services import beside_the_calendar
from supervision_core.grading.unscheduled import UnscheduledRun
from supervision_core.identity.services import Work
from supervision_core.kernel.days import local_day
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
from supervision_core.tasks.services.pool_listing import last_draw, listed, with_acts
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
    """A pool, what it rests on, and what of it is not as it was at the ``last`` draw."""

    sheet: TaskSheet
    uninspected: bool
    pool: Pool
    basis: PoolBasis
    last: Draw | None
    listed: tuple[ListedChange, ...]

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
    last = last_draw(work, task)
    basis, grades, beside = _graded(work, scene, there, since="" if last is None else last.id)
    out = _checked(work, sheet, there) if asked.uninspected else {}
    pool = Pool.of(
        (code, str(grades.get(one) or UNGRADED)) for one, code in there if one not in out
    )
    codes = dict(there)
    kind = PoolChange.UNSCHEDULED if basis.by_calendar else PoolChange.NO_RUN
    return Gathered(
        sheet=sheet, uninspected=asked.uninspected, pool=pool, basis=basis, last=last,
        listed=listed(
            work, scene, last, pool, region=sheet.region,
            out={
                **{codes[one]: why for one, why in out.items()},
                **{target_of(Subjects.kind, id_): _UNNUMBERED for id_, code in every if not code},
            },
            beside={
                codes[one]: (kind, run) for one, run in beside.items()
                if one not in out and grades.get(one) is not None
            },
        ),
    )  # fmt: skip


def attributed(work: Work, found: Gathered) -> Gathered:
    """Say of what was gathered what was done with those whose place is not as it was."""
    return evolve(found, listed=with_acts(work, found.listed, found.last))


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
    work: Work, scene: Scene, there: list[tuple[str, str]], *, since: str
) -> tuple[PoolBasis, Mapping[str, int | None], Mapping[str, UnscheduledRun | None]]:
    """Give the grades of the last run by the calendar; where there is none yet, the newest.

    Beside them whose grade is not that of the calendar, and by which run it came.
    """
    rule, today = scene.grading_rule or "", local_day(work.now)
    day = scene.evaluated_as_of(_begun(work, scene, today))
    if day is not None:
        latest, beside = _latest(work, rule, there, until=day)
        if latest.keys() - beside.keys():
            basis = PoolBasis(as_of=day, by_calendar=True, since=since)
            return basis, _grades(latest), beside
    latest, beside = _latest(work, rule, there, until=today)
    basis = PoolBasis(as_of=today, by_calendar=False, since=since)
    return basis, _grades(latest), {one: beside.get(one) for one in latest}


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


def _grades(latest: Mapping[str, LatestGrade]) -> Mapping[str, int | None]:
    return {one: found.grade for one, found in latest.items()}


def _begun(work: Work, scene: Scene, today: date) -> Mapping[str, date]:
    """Give when the cycle of each model of the scene that is in force began."""
    risk = work[RiskModels].find_many([one.model for one in scene.risk_models])
    credit = work[CreditModels].find_many([one.model for one in scene.credit_models])
    return {
        one.id: one.cycle.begun(today) for one in (*risk, *credit) if one.state is LifeState.ENABLED
    }


def _checked(
    work: Work, sheet: TaskSheet, there: list[tuple[str, str]]
) -> Mapping[str, tuple[PoolChange, tuple[str, ...]]]:
    """Give who is left out for checks of the year, whether one was drawn, and of which tasks."""
    codes = dict(there)
    found = work[CheckCounts].tasks_of_year(
        sheet.ends_on.year, today=local_day(work.now), subjects=codes
    )
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
