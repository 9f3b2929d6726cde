"""The pool of a task's draw: whoever the scene inspects, as the last run of its rule graded him."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from attrs import field, frozen

from supervision_core.assessment.model import LifeState
from supervision_core.assessment.ports import CreditModels, RiskModels
from supervision_core.audit.model import target_of
from supervision_core.audit.ports import AuditQueries
from supervision_core.draws.model.changes import CHANGE_TITLES, Changed, PoolChange, compared
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.pool import Pool, PoolNotFreezable
from supervision_core.draws.ports import Draws, Pools
from supervision_core.grading.ports import GradedSubjects, GradingRules
from supervision_core.grading.services import CALENDAR, grade_subject, grade_subjects
from supervision_core.identity.services import Work, question
from supervision_core.identity.services.histories import DoneAct, history_of
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import NotFound, Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import PageRequest, every_page
from supervision_core.kernel.ports import Repository
from supervision_core.plans.ports import CheckCounts
from supervision_core.scenes.inspected import InspectedSubjects
from supervision_core.scenes.model import Scene
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.ports import SubjectQueries, Subjects
from supervision_core.tasks.model.drawing import levels_of
from supervision_core.tasks.model.pooling import UNGRADED, PoolBasis
from supervision_core.tasks.model.sheet import TaskSheet
from supervision_core.tasks.model.task import Task, TaskRefused
from supervision_core.tasks.ports import Tasks, TasksOfScenes
from supervision_core.tasks.services.capping import grading_of
from supervision_core.tasks.services.tasks import draw_of, standing_draw, task_in_reach

SHOWN_AT_ONCE: Final = 50
"""Changes on a page."""
_GRADING: Final = frozenset({grade_subjects.name, grade_subject.name})
_LAST_ACTS: Final = PageRequest(size=200)


@frozen(kw_only=True)
class GatherPool:
    """A task whose pool is gathered, by the grades of the last run of its scene's rule."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    uninspected: bool = field(
        default=False, metadata=said("是否排除任务年度内已检查或已安排检查的对象", example=True)
    )


@frozen(kw_only=True, eq=False)
class Gathered:
    """A pool, what it rests on, and how it came about otherwise than the last one, by kind."""

    sheet: TaskSheet
    uninspected: bool
    pool: Pool
    basis: PoolBasis
    changes: Mapping[str, int]

    @property
    def excluded(self) -> int:
        """How many are left out because they were inspected, or will be."""
        kinds = (PoolChange.EXCLUDED_DRAWN, PoolChange.EXCLUDED_OTHERS)
        return sum(self.changes.get(one, 0) for one in kinds)


def gathered(work: Work, task: Task, asked: Any) -> Gathered:
    """Gather the pool of a task. Raises ``TaskRefused`` and ``PoolNotFreezable``."""
    sheet, scene = task.sheet, work[Scenes].get(task.sheet.scene)
    _require_rule_of_scene(work, sheet, scene)
    there = list(_inspected(work, scene, sheet.region))
    last = _last(work, task)
    basis, grades = _graded(work, scene, there, since="" if last is None else last.id)
    counts = Counter[str]()
    if not basis.by_calendar:
        counts[PoolChange.NO_RUN] = sum(grades.get(one) is not None for one, _ in there)
    out = _checked(work, sheet, there) if asked.uninspected else {}
    counts.update(out.values())
    pool = Pool.of(
        (code, str(grades.get(one) or UNGRADED)) for one, code in there if one not in out
    )
    counts[PoolChange.UNGRADED] = pool.sizes.get(UNGRADED, 0)
    if last is not None:
        counts.update(one.kind for one in compared(work[Pools].get(last.pool_hash), pool))
        counts.update(_acts_since(work, scene, last))
    changes = {str(kind): counts[kind] for kind in CHANGE_TITLES if counts[kind]}
    return Gathered(
        sheet=sheet, uninspected=asked.uninspected, pool=pool, basis=basis, changes=changes
    )


def gathered_beforehand(work: Work, asked: Any) -> Gathered | None:
    """Gather it while nobody waits; what is refused the use case says."""
    with suppress(TaskRefused, PoolNotFreezable):
        return gathered(work, task_in_reach(work, asked.task_id, lead_only=True), asked)
    return None


def ready_pool(work: Work, task: Task, asked: Any) -> Gathered:
    """Give what was gathered beforehand, if the task says the same still; else gather it."""
    ready = work.ready
    if isinstance(ready, Gathered) and ready.sheet == task.sheet:
        return ready
    return gathered(work, task, asked)


def _require_rule_of_scene(work: Work, sheet: TaskSheet, scene: Scene) -> None:
    """Demand that grades come from the rule of the scene, as it is in force."""
    if sheet.grading_rule is None:
        raise TaskRefused((Violation("tasks.grading_rule_missing", "grading_rule"),))
    rule = work[GradingRules].get(sheet.grading_rule.id)
    if (scene.grading_rule, rule.current().version) != (rule.id, sheet.grading_rule.version):
        raise TaskRefused((Violation("tasks.rule_not_of_scene", "grading_rule"),))


def _inspected(work: Work, scene: Scene, region: str) -> Iterator[tuple[str, str]]:
    """Give id and code of each active subject of a region that a scene inspects."""
    inspected = InspectedSubjects(resources=scene.resources, region=region)
    yield from inspected.added(work.unit)
    if (wanted := inspected.tagged) is not None:
        for page in every_page(partial(work[SubjectQueries].page, wanted), order="id"):
            yield from inspected.of_page(page.items)


def _graded(
    work: Work, scene: Scene, there: list[tuple[str, str]], *, since: str
) -> tuple[PoolBasis, Mapping[str, int | None]]:
    """Give the grades of the last run by the calendar; where there is none yet, the newest."""
    rule, today = scene.grading_rule or "", local_day(work.now)
    day = scene.evaluated_as_of(_begun(work, scene, today))
    if day is not None:
        grades = work[GradedSubjects].grades_until(rule, day)
        if any(one in grades for one, _ in there):
            return PoolBasis(as_of=day, by_calendar=True, since=since), grades
    newest = work[GradedSubjects].grades_until(rule, today)
    return PoolBasis(as_of=today, by_calendar=False, since=since), newest


def _begun(work: Work, scene: Scene, today: date) -> Mapping[str, date]:
    """Give when the cycle of each model of the scene that is in force began."""
    risk = work[RiskModels].find_many([one.model for one in scene.risk_models])
    credit = work[CreditModels].find_many([one.model for one in scene.credit_models])
    return {
        one.id: one.cycle.begun(today) for one in (*risk, *credit) if one.state is LifeState.ENABLED
    }


def _checked(
    work: Work, sheet: TaskSheet, there: list[tuple[str, str]]
) -> Mapping[str, PoolChange]:
    """Give who is left out for a check of the year, and whether that check was drawn."""
    codes = dict(there)
    found = work[CheckCounts].tasks_of_year(
        sheet.ends_on.year, today=local_day(work.now), subjects=codes
    )
    tasks = work[Tasks].find_many(sorted({task for those in found.values() for task in those}))
    drawn = {one.id: _selected(work, one) for one in tasks}
    return {
        subject: PoolChange.EXCLUDED_DRAWN
        if any(codes[subject] in drawn.get(task, ()) for task in those)
        else PoolChange.EXCLUDED_OTHERS
        for subject, those in found.items()
    }


def _selected(work: Work, task: Task) -> frozenset[str]:
    draw = draw_of(work.unit, task)
    return frozenset() if draw is None else frozenset(draw.by_chance)


def _last(work: Work, task: Task) -> Draw | None:
    """Give the newest draw that the lead froze for the scene in that region, whatever became of it.

    That of the task itself, which the next one replaces, is one of them.
    """
    sheet = task.sheet
    tasks = work[Tasks].find_many(sorted(work[TasksOfScenes].values(sheet.scene)))
    ids = {
        one.sheet.draw
        for one in tasks
        if one.sheet.draw and (one.sheet.lead, one.sheet.region) == (sheet.lead, sheet.region)
    }
    draws = (one for one in work[Draws].find_many(sorted(ids)) if one.lead == sheet.lead)
    return max(draws, key=_frozen_at, default=None)


def _frozen_at(draw: Draw) -> datetime:
    """Give when a draw was frozen; of older ones, until when its first commitments were awaited."""
    return draw.frozen_at or draw.rounds[0].due


def _acts_since(work: Work, scene: Scene, last: Draw) -> Iterator[PoolChange]:
    """Give what the log says was done since with scene, rule and models, and graded by hand."""
    things: list[tuple[type[Repository[Any]], str, PoolChange]] = [
        (Scenes, scene.id, PoolChange.SCENE),
        (GradingRules, scene.grading_rule or "", PoolChange.RULE),
        *((RiskModels, one.model, PoolChange.MODEL) for one in scene.risk_models),
        *((CreditModels, one.model, PoolChange.MODEL) for one in scene.credit_models),
    ]
    for port, id_, kind in dict.fromkeys(things):
        for row in work[AuditQueries].about(target_of(port.kind, id_), _LAST_ACTS).items:
            entry = row.entry
            if entry.at <= _frozen_at(last):
                break
            if entry.action not in _GRADING:
                yield kind
            elif entry.actor != CALENDAR:
                yield PoolChange.GRADED_BY_HAND


@frozen(kw_only=True)
class ViewPoolChanges:
    """A task, and from which change on, counted from 0, they are shown."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    uninspected: bool = field(
        default=False, metadata=said("是否排除任务年度内已检查或已安排检查的对象", example=True)
    )
    first: int = field(default=0, metadata=said("从第几户开始显示，从0数起", example=0))


@frozen(kw_only=True)
class SubjectMoved:
    """A subject whose place in the pool is not as it was, and what was done with it since."""

    code: str = field(metadata=said("主体身份代码", example="91450100MA5K000017"))
    subject: str = field(metadata=said("监管对象的编号，不在库中的为空", to="subject"))
    name: str = field(metadata=said("监管对象名称", example="南宁示例乳业有限公司"))
    kind: PoolChange = field(
        metadata=said("变化", codes={one.value: CHANGE_TITLES[one] for one in PoolChange})
    )
    was: str = field(metadata=said("上次的等级，不在名单中的为空", example="一级"))
    now: str = field(metadata=said("这次的等级，不在名单中的为空", example="二级"))
    acts: tuple[DoneAct, ...] = field(metadata=said("上次抽取以来对该对象的操作"))


@frozen(kw_only=True)
class PoolChangesShown:
    """The changes of a pool against the last one, a page of them."""

    since: str = field(metadata=said("与哪一次抽取比较，首次抽取为空", to="draw"))
    count: int = field(metadata=said("变化的对象数", example=3))
    moved: tuple[SubjectMoved, ...] = field(metadata=said("变化的对象"))


@question("tasks.view_pool_changes", "查看抽取名单的变化", refuses=(TaskRefused,))
def view_pool_changes(work: Work, about: ViewPoolChanges) -> PoolChangesShown:
    """Show who came into a task's pool, left it or changed grade since the last draw, and by whom.

    Of the pool that was frozen, else of that which would be. What was done with a subject since is
    what the log says: status, deletion, region, tags, category, facts.
    """
    task = task_in_reach(work, about.task_id)
    draw = standing_draw(work.unit, task)
    if draw is None:
        now = gathered(work, task, about)
        since, pool = now.basis.since, now.pool
    else:
        since, pool = draw.since, work[Pools].get(draw.pool_hash)
    if not since:
        return PoolChangesShown(since="", count=0, moved=())
    last = work[Draws].get(since)
    found = list(compared(work[Pools].get(last.pool_hash), pool))
    first = max(about.first, 0)
    shown = found[first : first + SHOWN_AT_ONCE]
    return PoolChangesShown(
        since=since, count=len(found), moved=tuple(_moved(work, task, last, shown))
    )


def _moved(work: Work, task: Task, last: Draw, shown: list[Changed]) -> Iterator[SubjectMoved]:
    names = levels_of(grading_of(work, task.sheet))
    known = {
        one.identity.code: one
        for one in work[Subjects].find_by_codes(sorted(one.code for one in shown))
    }
    for one in shown:
        subject = known.get(one.code)
        acts: tuple[DoneAct, ...] = ()
        if subject is not None:
            with suppress(NotFound):
                done = history_of(work, Subjects.kind, subject.id, PageRequest(size=20)).items
                acts = tuple(act for act in done if act.at > _frozen_at(last))
        yield SubjectMoved(
            code=one.code, subject="" if subject is None else subject.id,
            name=one.code if subject is None else subject.name, kind=one.kind,
            was=names.get(one.was, one.was), now=names.get(one.now, one.now), acts=acts,
        )  # fmt: skip
