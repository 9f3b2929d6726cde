"""The draw of a task's subjects: of whom it is drawn, by which rule, and when it is frozen."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import partial

from attrs import field, frozen

from supervision_core.checklists.ports import Checklists
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.pool import Pool, PoolNotFreezable
from supervision_core.draws.model.rule import Rule
from supervision_core.draws.ports import Draws, Pools, keep
from supervision_core.grading.ports import GradedSubjects
from supervision_core.identity.ports import Regions
from supervision_core.identity.services import Work, does, question, use_case
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import every_page
from supervision_core.plans.ports import CheckCounts
from supervision_core.scenes.inspected import InspectedSubjects
from supervision_core.scenes.model import Scene
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.ports import SubjectQueries
from supervision_core.tasks.model.drawing import GradeQuota, drawn_by, quota_violations
from supervision_core.tasks.model.sheet import TaskSheet
from supervision_core.tasks.model.task import Task, TaskRefused
from supervision_core.tasks.ports import Tasks
from supervision_core.tasks.services.tasks import draw_of, standing_draw, task_in_reach
from supervision_core.tasks.services.visits import grading_of, rate_violations, steering_of


@frozen(kw_only=True)
class GatherPool:
    """A task, and the day up to which grades are the strata of its draw."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    as_of: date = field(metadata=said("按截至哪一天的分级结果抽取", example="2026-06-30"))
    uninspected: bool = field(
        default=False, metadata=said("是否排除任务年度内已安排检查的对象", example=True)
    )


@frozen
class Gathered:
    """Who may be drawn, and how many are left out for which reason."""

    candidates: tuple[tuple[str, str], ...]
    ungraded: int
    inspected: int


def _gathered(work: Work, sheet: TaskSheet, cmd: "GatherPool | FreezeTaskDraw") -> Gathered:
    if sheet.grading_rule is None:
        raise TaskRefused((Violation("tasks.grading_rule_missing", "grading_rule"),))
    grades = work[GradedSubjects].grades_until(sheet.grading_rule.id, cmd.as_of)
    there = list(_inspected(work, work[Scenes].get(sheet.scene), sheet.region))
    graded = [(one, code, grade) for one, code in there if (grade := grades.get(one)) is not None]
    done: Mapping[str, int] = {}
    if cmd.uninspected:
        ids = [one for one, _, _ in graded]
        done = work[CheckCounts].visits_in_year(sheet.ends_on.year, subjects=ids)
    left = tuple((code, str(grade)) for one, code, grade in graded if not done.get(one))
    return Gathered(left, len(there) - len(graded), len(graded) - len(left))


def _inspected(work: Work, scene: Scene, region: str) -> Iterator[tuple[str, str]]:
    """Give id and code of each active subject of a region that a scene inspects."""
    inspected = InspectedSubjects(resources=scene.resources, region=region)
    yield from inspected.added(work.unit)
    if (wanted := inspected.tagged) is not None:
        for page in every_page(partial(work[SubjectQueries].page, wanted), order="id"):
            yield from inspected.of_page(page.items)


def _pool(work: Work, cmd: "GatherPool | FreezeTaskDraw") -> Pool:
    sheet = task_in_reach(work, cmd.task_id, lead_only=True).sheet
    return Pool.of(_gathered(work, sheet, cmd).candidates)


def _beforehand(work: Work, cmd: "GatherPool | FreezeTaskDraw") -> Pool | None:
    with suppress(TaskRefused, PoolNotFreezable):
        return _pool(work, cmd)
    return None


def _ready(work: Work, cmd: "GatherPool | FreezeTaskDraw") -> Pool:
    ready = work.ready
    return ready if isinstance(ready, Pool) else _pool(work, cmd)


@use_case(
    "tasks.gather_pool",
    "形成抽取对象库",
    answers="抽取对象库的SM3，十六进制",
    beforehand=_beforehand,
)
def gather_pool(work: Work, cmd: GatherPool) -> str:
    """Keep the pool of which a task's subjects are drawn; answers with its hash.

    In it are, by code and grade, the active subjects of the task's region that its scene inspects
    and its rule graded on that day; where that is asked for, without those for whom a visit of the
    task's year was set up already. Source: proposal 6.4.2.5.2.2.2.
    """
    pool = _ready(work, cmd)
    keep(work[Pools], pool)
    work.note(pool_hash=pool.hash.hex())
    return pool.hash.hex()


@frozen(kw_only=True)
class GradeCandidates:
    """How many of one grade may be drawn, and which shares its grading rule provides for."""

    grade: int = field(metadata=said("等级序号", example=1))
    name: str = field(metadata=said("等级名称", example="A级"))
    size: int = field(metadata=said("可抽取的对象数", example=60))
    ratio: str = field(metadata=said("规则规定的对象抽取比例", example="0.05"))
    item_ratio: str = field(metadata=said("规则规定的检查项抽取比例", example="1"))


@frozen(kw_only=True)
class Candidates:
    """候选名单概况 (Candidates): of whom a task would draw, before anything is frozen."""

    task_id: str = field(metadata=said("任务的编号", example="0123abcd"))
    name: str = field(metadata=said("任务名称", example="2026年第三季度乳制品综合检查"))
    draw: str = field(metadata=said("任务现有抽取的编号，没有的为空", to="draw"))
    stands: bool = field(metadata=said("现有抽取是否未清空", example=False))
    departments: tuple[str, ...] = field(metadata=said("提交随机数的部门的编号", to="department"))
    grades: tuple[GradeCandidates, ...] = field(metadata=said("各等级可抽取的对象"))
    ungraded: int = field(metadata=said("没有分级结果而不在名单中的对象数", example=0))
    inspected: int = field(metadata=said("年度内已安排检查而被排除的对象数", example=0))
    items: int = field(metadata=said("可抽取的检查项数", example=12))
    key_items: int = field(metadata=said("全部对象都要检查的重点检查项数", example=3))


@question("tasks.view_candidates", "查看可抽取的对象")
def view_candidates(work: Work, cmd: GatherPool) -> Candidates:
    """Count of whom a task would draw by the grades of a day, and who would be left out."""
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    sheet, grading = task.sheet, grading_of(work, task.sheet)
    if grading is None or sheet.grading_rule is None:
        raise TaskRefused((Violation("tasks.grading_rule_missing", "grading_rule"),))
    found = _gathered(work, sheet, cmd)
    sizes = Counter(stratum for _, stratum in found.candidates)
    rule = _rule(work, sheet, cmd, ())
    items = work[Checklists].get(sheet.checklist.id).published(sheet.checklist.version).content
    return Candidates(
        task_id=task.id,
        name=sheet.name,
        draw=sheet.draw,
        stands=standing_draw(work.unit, task) is not None,
        departments=task.taking_part,
        grades=tuple(
            GradeCandidates(
                grade=one.number,
                name=one.name,
                size=sizes[str(one.number)],
                ratio=rule.quotas[str(one.number)].ratio or "",
                item_ratio=(
                    rule.item_quotas[str(one.number)].ratio or "" if rule.items else one.item_ratio
                ),
            )
            for one in grading.grades
        ),
        ungraded=found.ungraded,
        inspected=found.inspected,
        items=len(rule.items),
        key_items=len(items.items) - len(rule.items),
    )


def _rule(
    work: Work,
    sheet: TaskSheet,
    cmd: "GatherPool | FreezeTaskDraw",
    quotas: tuple[GradeQuota, ...],
) -> Rule:
    """Give the rule of a task's draw: what its grading rule says, and what was chosen instead."""
    grading = grading_of(work, sheet)
    if grading is None:
        raise TaskRefused((Violation("tasks.grading_rule_missing", "grading_rule"),))
    refuse_if(TaskRefused, quota_violations(grading, quotas))
    scene = work[Scenes].get(sheet.scene)
    version = work[Checklists].get(sheet.checklist.id).published(sheet.checklist.version)
    filters = [f"场景：{scene.name}", f"区划：{_named(work, sheet.region)}", "登记状态：存续",
               f"分级结果日期：{cmd.as_of}"]  # fmt: skip
    exclusions = [f"{sheet.ends_on.year}年已安排检查"] if cmd.uninspected else []
    return Rule.of(
        drawn_by(
            grading, version.content.items, quotas,
            filters=filters, exclusions=exclusions, steering=steering_of(work, scene),
        )
    )  # fmt: skip


def _named(work: Work, region: str) -> str:
    """Give name and code of a region, as citizens read it."""
    found = work[Regions].holder("code", region)
    return f"{work[Regions].get(found).content.name}（{region}）" if found else region


@frozen(kw_only=True)
class FreezeTaskDraw:
    """Of whom a task draws, how many of each grade, and who contributes until when.

    A grade without a quota is drawn by the ratio of the task's grading rule; without contributors
    every department that takes part contributes.
    """

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    as_of: date = field(metadata=said("按截至哪一天的分级结果抽取", example="2026-06-30"))
    due: datetime = field(
        metadata=said("提交和公布随机数的截止时间", example="2026-07-01T09:00:00Z")
    )
    uninspected: bool = field(
        default=False, metadata=said("是否排除任务年度内已安排检查的对象", example=True)
    )
    quotas: tuple[GradeQuota, ...] = field(default=(), metadata=said("各等级抽取数"))
    contributors: tuple[str, ...] = field(
        default=(), metadata=said("提交随机数的部门的编号", to="department")
    )


@does(Task, "draw_by", answers="新抽取的编号", beforehand=_beforehand)
def freeze_task_draw(work: Work, cmd: FreezeTaskDraw) -> str:
    """Freeze of whom a task draws and by which rule, and ask the departments for commitments.

    A draw that was cleared is redrawn with new nonces. Source: proposal 6.4.2.5.2.2.2.
    """
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    sheet = task.sheet
    before = draw_of(work.unit, task)
    id_ = work.ids.next_id()
    task.draw_by(id_, stands=standing_draw(work.unit, task) is not None)
    rule = _rule(work, sheet, cmd, cmd.quotas)
    refuse_if(TaskRefused, rate_violations(work, sheet, rule))
    pool, grading = _ready(work, cmd), grading_of(work, sheet)
    draw = Draw.freeze(
        id=id_,
        task=task.id,
        region=sheet.region,
        lead=sheet.lead,
        pool=pool,
        rule=rule,
        contributors=cmd.contributors or task.taking_part,
        due=cmd.due,
        at=work.now,
        spent=before.used_commitments() if before else (),
        called=sheet.name,
        levels={} if grading is None else {str(one.number): one.name for one in grading.grades},
    )
    keep(work[Pools], pool)
    work.save(Draws, draw)
    work.save(Tasks, task)
    work.note(pool_hash=draw.pool_hash.hex(), rule_hash=draw.rule.hash.hex())
    return id_
