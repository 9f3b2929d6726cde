"""The draw of a task's subjects: of whom it is drawn, by which rule, and when it is frozen."""

from datetime import date, datetime

from attrs import field, frozen

from supervision_core.checklists.model import ChecklistItem
from supervision_core.checklists.ports import Checklists
from supervision_core.draws.lists import OUTSIDER_KINDS, PoolChangeView, change_views
from supervision_core.draws.model.changes import PoolChange, kept_list
from supervision_core.draws.model.roster import Roster
from supervision_core.draws.model.rounds import NamedValue
from supervision_core.draws.model.rule import Rule
from supervision_core.draws.model.sources import Mark, OpenedBy
from supervision_core.draws.ports import Deposits, Draws, Pools, keep
from supervision_core.draws.services.comparing import comparison_words, open_twins
from supervision_core.draws.services.departures import Departure, earlier, interests_of_others
from supervision_core.draws.services.freezing import new_draw, outsider_for
from supervision_core.draws.services.numbering import siblings_to_be
from supervision_core.identity.ports import Regions
from supervision_core.identity.services import Work, does, question, use_case
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.officers.ports import Officers
from supervision_core.plans.ports import Plans
from supervision_core.scenes.ports import Scenes
from supervision_core.tasks.checked import checked_items
from supervision_core.tasks.model.drawing import (
    GradeQuota,
    OfficersDemanded,
    drawn_by,
    levels_of,
    quota_violations,
    unexplained,
)
from supervision_core.tasks.model.pooling import UNGRADED, PoolBasis, strictest
from supervision_core.tasks.model.sheet import TaskSheet
from supervision_core.tasks.model.task import Task, TaskRefused
from supervision_core.tasks.ports import Tasks
from supervision_core.tasks.services.capping import grading_of
from supervision_core.tasks.services.pooling import (
    Gathered,
    GatherPool,
    attributed,
    attributed_beforehand,
    gathered,
    gathered_beforehand,
    ready_pool,
)
from supervision_core.tasks.services.rosters import (
    DepartmentOfficers,
    officers_able,
    roster_changes,
    roster_to_freeze,
)
from supervision_core.tasks.services.tasks import standing_draw, task_in_reach
from supervision_core.tasks.services.visits import rate_violations, steering_of


@use_case(
    "tasks.gather_pool",
    "形成抽取对象库",
    answers="抽取对象库的SM3，十六进制",
    beforehand=gathered_beforehand,
)
def gather_pool(work: Work, cmd: GatherPool) -> str:
    """Keep the pool of which a task's subjects are drawn; answers with its hash.

    In it are, by code and grade, all active subjects of the task's region that its scene inspects:
    by the grades that the rule of the scene gave by its last run, those without one in a stratum of
    their own; where that is asked for, without those that were inspected in the task's year or will
    be. Source: proposal 6.4.2.5.2.2.2; design §14.
    """
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    pool = (ready_pool(work, task) or gathered(work, task, cmd)).pool
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
    outsider: str = field(
        metadata=said("外部参与方部门的编号，须以公开数值代替的为空", to="department")
    )
    outsider_kind: str = field(
        metadata=said("外部参与方的种类", codes=OUTSIDER_KINDS, example="department")
    )
    witnessed: bool = field(metadata=said("随机数是否由见证方保管，否则须有公开数值", example=True))
    grades: tuple[GradeCandidates, ...] = field(metadata=said("各等级可抽取的对象"))
    basis: PoolBasis = field(metadata=said("名单依据"))
    ungraded: int = field(metadata=said("没有分级结果、单独分层的对象数", example=0))
    ungraded_ratio: str = field(metadata=said("未分级对象的抽取比例", example="0.5"))
    changes: tuple[PoolChangeView, ...] = field(metadata=said("名单与上次抽取相比的变化"))
    compared: str = field(
        metadata=said("与哪一次抽取比较，或者首次抽取", example="首次抽取，无从比较")
    )
    earlier: tuple[Departure, ...] = field(metadata=said("上一次分发以来的其他抽取和结果"))
    inspected: int = field(metadata=said("年度内已检查或已安排检查而被排除的对象数", example=0))
    items: int = field(metadata=said("可抽取的检查项数", example=12))
    key_items: int = field(metadata=said("全部对象都要检查的重点检查项数", example=3))
    officers: tuple[DepartmentOfficers, ...] = field(
        metadata=said("各部门可以抽取的执法人员，认领时抽取的为空")
    )
    interests: tuple[Departure, ...] = field(
        metadata=said("他人近一年内为这些执法人员申报的利害关系，没有的为空")
    )


@question("tasks.view_candidates", "查看可抽取的对象")
def view_candidates(work: Work, cmd: GatherPool) -> Candidates:
    """Count of whom a task would draw, by their grades, and who would be left out.

    Beside, how the pool came about otherwise than that of the last draw.
    """
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    sheet, grading = task.sheet, grading_of(work, task.sheet)
    if grading is None or sheet.grading_rule is None:
        raise TaskRefused((Violation("tasks.grading_rule_missing", "grading_rule"),))
    outsider = outsider_for(work, sheet.region, sheet.lead, task.taking_part)
    contributors = tuple(dict.fromkeys((*task.taking_part, outsider.contributor or sheet.lead)))
    found = gathered(work, task, cmd)
    sizes = found.pool.sizes
    rule = _rule(work, sheet, found, ())
    items = _asked(work, sheet)
    officers = (
        () if sheet.drawn_at_claim else work[Officers].of_departments(sorted(task.taking_part))
    )
    return Candidates(
        task_id=task.id,
        name=sheet.name,
        draw=sheet.draw,
        stands=standing_draw(work.unit, task) is not None,
        departments=contributors,
        outsider=outsider.contributor,
        outsider_kind=outsider.kind.value,
        witnessed=work[Deposits].keeper().by is OpenedBy.WITNESS,
        grades=tuple(
            GradeCandidates(
                grade=one.number,
                name=one.name,
                size=sizes.get(str(one.number), 0),
                ratio=rule.quotas[str(one.number)].ratio or "",
                item_ratio=(
                    rule.item_quotas[str(one.number)].ratio or "" if rule.items else one.item_ratio
                ),
            )
            for one in grading.grades
        ),
        basis=found.basis,
        ungraded=sizes.get(UNGRADED, 0),
        ungraded_ratio=strictest(grading),
        changes=change_views(found.changes),
        compared=comparison_words(work.unit, found.last, region=sheet.region, scene=sheet.scene),
        earlier=tuple(
            earlier(
                work,
                siblings_to_be(work.unit, sheet.lead, sheet.scene, local_day(work.now).year),
            )
        ),
        inspected=found.excluded,
        items=len(rule.items),
        key_items=len(items) - len(rule.items),
        officers=() if sheet.drawn_at_claim else officers_able(task, officers),
        interests=tuple(interests_of_others(work, officers, until=work.now)),
    )


def _rule(
    work: Work,
    sheet: TaskSheet,
    found: Gathered,
    quotas: tuple[GradeQuota, ...],
    roster: Roster | None = None,
) -> Rule:
    """Give the rule of a task's draw: what its grading rule says, and what was chosen instead."""
    grading = grading_of(work, sheet)
    if grading is None:
        raise TaskRefused((Violation("tasks.grading_rule_missing", "grading_rule"),))
    refuse_if(TaskRefused, quota_violations(grading, quotas))
    scene = work[Scenes].get(sheet.scene)
    filters = [f"场景：{scene.name}", f"区划：{_named(work, sheet.region)}", "登记状态：存续",
               f"分级结果日期：{found.basis.as_of}"]  # fmt: skip
    years = "、".join(f"{year}年" for year in sheet.years)
    exclusions = [f"{years}已检查或已安排检查"] if found.uninspected else []
    if PoolChange.EXCLUDED_UNNUMBERED in found.changes:
        exclusions.append("以身份证号登记、没有可公开的编号")
    document = drawn_by(
        grading, _asked(work, sheet), quotas,
        filters=filters, exclusions=exclusions, steering=steering_of(work, scene),
        ungraded=UNGRADED in found.pool.sizes,
    )  # fmt: skip
    kept = {} if roster is None else {"officers": {"roster": roster.document}}
    return Rule.of({**document, **kept})


def _asked(work: Work, sheet: TaskSheet) -> tuple[ChecklistItem, ...]:
    """Give what the task asks. Raises ``ChecklistLocked`` for a version that there is not."""
    work[Checklists].get(sheet.checklist.id).published(sheet.checklist.version)
    return checked_items(work.unit, sheet)


def _named(work: Work, region: str) -> str:
    """Give name and code of a region, as citizens read it."""
    found = work[Regions].holder("code", region)
    return f"{work[Regions].get(found).content.name}（{region}）" if found else region


def _is_unplanned(work: Work, task: Task) -> bool:
    """Tell whether no displayed plan foresees the draw: each sub-plan does one, until it goes."""
    sheet = task.sheet
    plan = find(work.unit, Plans, sheet.plan) if sheet.plan else None
    if plan is None or not plan.foresees_draw(
        sheet.sub_plan, placed=(sheet.scene, sheet.region, sheet.lead),
        starts_on=sheet.starts_on, ends_on=sheet.ends_on,
    ):  # fmt: skip
        return True
    return any(
        standing_draw(work.unit, one) is not None
        for one in work[Tasks].of_plan(plan.id)
        if one.id != task.id and one.sheet.sub_plan == sheet.sub_plan
    )


@frozen(kw_only=True)
class FreezeTaskDraw:
    """Of whom a task draws, how many of each grade, who goes there, who contributes until when.

    A grade without a quota is drawn by the ratio of the task's grading rule; other shares than that
    need a reason, which the draw keeps. Every department that takes part contributes, and an
    outsider to the lead's line, whom the system finds. ``cap`` is the most visits of one officer,
    ``by_team`` asks to draw one of the scene's teams of each department first.
    """

    task_id: str = field(metadata=said("任务的编号", example="0123abcd", to="task"))
    due: datetime = field(metadata=said("提交随机数的截止时间", example="2026-07-01T09:00:00Z"))
    public_value: NamedValue | None = field(
        default=None, metadata=said("一并计入种子的公开数值，没有见证方或外部参与方时必填")
    )
    uninspected: bool = field(
        default=False, metadata=said("是否排除任务年度内已检查或已安排检查的对象", example=True)
    )
    quotas: tuple[GradeQuota, ...] = field(default=(), metadata=said("各等级抽取数"))
    quotas_because: str = field(
        default="",
        metadata=said("抽取比例或数量与分级分类规则不同的理由，相同的不填",
                      example="专项整治期间提高重点对象抽查比例", long=True),
    )  # fmt: skip
    demands: tuple[OfficersDemanded, ...] = field(
        default=(),
        metadata=said(
            "每个对象需要的检查人员",
            hint="不填的，由负责检查项的部门各派一人，只有一个部门的派两人；认领时抽取的任务不填",
        ),
    )  # fmt: skip
    day: date | None = field(
        default=None, metadata=said("资格须在哪一天有效，为空则为任务结束日期")
    )
    cap: int | None = field(default=None, metadata=said("每人最多承担的检查数，为空则不限"))
    by_team: bool = field(
        default=False, metadata=said("是否只从抽中的执法小组中抽取", example=True)
    )


@does(Task, "draw_by", answers="新抽取的编号", beforehand=attributed_beforehand)
def freeze_task_draw(work: Work, cmd: FreezeTaskDraw) -> str:
    """Freeze of whom a task draws and by which rule, and ask the departments for their nonces.

    The officers of the departments that take part, with their certificates and what binds them to
    subjects, are frozen as part of the rule, unless departments draw when they claim.
    Drawn again of the same pool by the same rule, a cleared draw brings the same result; of another
    it needs new nonces and the head's consent. Source: proposal 6.4.2.5.2.2.2.
    """
    task = task_in_reach(work, cmd.task_id, lead_only=True)
    sheet = task.sheet
    stands = standing_draw(work.unit, task) is not None
    found = ready_pool(work, task) or attributed(work, gathered(work, task, cmd))
    grading = grading_of(work, sheet)
    kept = kept_list(found.listed, since=found.basis.since, words=comparison_words(
        work.unit, found.last, region=sheet.region, scene=sheet.scene
    ))  # fmt: skip
    roster, ties = roster_to_freeze(
        work, task, cmd.demands, day=cmd.day, cap=cmd.cap, by_team=cmd.by_team
    )
    pool, rule = found.pool, _rule(work, sheet, found, cmd.quotas, roster)
    refuse_if(TaskRefused, rate_violations(work, sheet, rule))
    if grading is not None and not cmd.quotas_because.strip():
        refuse_if(TaskRefused, unexplained(grading, cmd.quotas, pool.sizes))
    twins = open_twins(work.unit, lead=sheet.lead, pool_hash=pool.hash, but_of=task.id)
    draw = new_draw(
        work,
        task=task.id,
        region=sheet.region,
        lead=sheet.lead,
        pool=pool,
        rule=rule,
        contributors=task.taking_part,
        due=cmd.due,
        public_value=cmd.public_value,
        called=sheet.name,
        levels=levels_of(grading),
        since=found.basis.since,
        pool_changes={
            **found.changes,
            **roster_changes(work, found.basis.since, roster),
            **({PoolChange.OPEN_TWINS.value: len(twins)} if twins else {}),
        },
        changes_hash=kept.hash,
        ties=ties,
        quotas_because=cmd.quotas_because.strip(),
        marked=[Mark.UNPLANNED] if _is_unplanned(work, task) else [],
        scene=sheet.scene,
    )
    task.draw_by(draw.id, stands=stands, by=work.actor.user)
    keep(work[Pools], pool)
    keep(work[Pools], kept)
    work.save(Draws, draw)
    work.save(Tasks, task)
    work.note(
        pool_hash=draw.pool_hash.hex(), rule_hash=draw.rule.hash.hex(),
        changes_hash=kept.hash.hex(),
    )  # fmt: skip
    return draw.id
