"""Plans as lists show them, and what each says when it is opened."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from attrs import evolve, field, frozen

from supervision_core.identity.model import Placement
from supervision_core.items.registers import MATTER
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import (
    Counted,
    Criterion,
    ListQuery,
    Match,
    Referred,
    act_of,
    both_ways,
)
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import (
    choice,
    counted,
    day,
    department,
    departments,
    flag,
    integer,
    link,
    links,
    long_text,
    moment,
    region,
    rows,
    text,
)
from supervision_core.plans.limits import proposals_to_merge
from supervision_core.plans.model import VERBS, Plan, PlanState
from supervision_core.plans.ports import CheckCounts, Plans, TaskCounts, TasksOfPlans

STATES: Final = VERBS.states


@frozen(kw_only=True)
class PlanRow:
    """A plan as lists show it. Source: proposal 6.4.2.5.2.1."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    number: str = text("计划编号", required=True, example="JH450100202600001")
    name: str = text("计划名称", required=True, example="2026年乳品安全检查计划")
    scene: str = link("场景", "scene", required=True)
    year: int = integer("年度", required=True)
    region: str = region("行政区划", required=True)
    lead: str = department("牵头部门", required=True)
    joining: tuple[str, ...] = departments("配合部门")
    starts_on: date | None = day("开始日期")
    ends_on: date | None = day("结束日期")
    state: PlanState = choice("状态", STATES, required=True)
    sub_plans: int = integer("子计划数", required=True)
    tasks: int = counted("关联任务数")
    progress: str = text("进度", example="50%")


@frozen(kw_only=True)
class PlanBeside:
    """What plans are asked for beside what their rows show."""

    departments: tuple[str, ...] = departments("参与部门")


@frozen(kw_only=True)
class SubPlanView:
    """One period, scope and set of joining departments of a plan."""

    id: str = text("子计划编号", required=True)
    name: str = text("子计划名称", required=True)
    starts_on: date = day("开始日期", required=True)
    ends_on: date = day("结束日期", required=True)
    joining: tuple[str, ...] = departments("配合部门")
    trade: str = link("业态", "identity.trade")
    scope: str = text("检查范围")
    subjects: tuple[str, ...] = links("检查对象", "subject")
    joint: bool = flag("关联检查")
    whole: bool = flag("全查")
    matters: tuple[str, ...] = links("监管事项", MATTER)
    note: str = text("说明")
    tasks: int = integer("关联任务数", required=True)
    done: int = integer("已办结任务数", required=True)
    progress: str = text("进度", example="50%")


@frozen(kw_only=True)
class PlanOpinionView:
    """What a joining department said of a plan before its display."""

    department: str = department("部门", required=True)
    said: str = text("意见", required=True)
    at: datetime = moment("时间", required=True)
    by: str = link("反馈人", "user")


@frozen(kw_only=True)
class ObjectionView:
    """A department's request to adjust a plan."""

    department: str = department("部门", required=True)
    reason: str = text("理由", required=True)
    at: datetime = moment("时间", required=True)
    answered: bool = flag("已答复")
    accepted: bool = flag("采纳")
    answer: str = text("答复")
    answered_by: str = link("答复人", "user")
    followed: bool = flag("计划已据以修改")


@frozen(kw_only=True)
class AdjustmentView:
    """A change made after the plan was shown."""

    at: datetime = moment("时间", required=True)
    by: str = link("调整人", "user")
    reason: str = text("理由", required=True)


@frozen(kw_only=True)
class MergerView:
    """A firm that several departments plan to check in one month: once is enough (减少烦扰)."""

    subject: str = link("检查对象", "subject", required=True)
    month: int = integer("月份", required=True)
    departments: tuple[str, ...] = departments("各自安排检查的部门")
    plans: tuple[str, ...] = links("所在计划", "plan")


@frozen(kw_only=True)
class PlanFileView:
    """A file of a plan."""

    title: str = text("附件", required=True)
    file: str = text("文件编号", required=True, listed=False)


@frozen(kw_only=True)
class PlanView:
    """What a plan says."""

    number: str = text("计划编号", required=True)
    name: str = text("计划名称", required=True)
    state: PlanState = choice("状态", STATES, required=True)
    scene: str = link("场景", "scene", required=True)
    year: int = integer("年度", required=True)
    region: str = region("行政区划", required=True)
    lead: str = department("牵头部门", required=True)
    joining: tuple[str, ...] = departments("配合部门")
    description: str = long_text("计划说明")
    starts_on: date | None = day("开始日期")
    ends_on: date | None = day("结束日期")
    consulted_at: datetime | None = moment("意见征集时间")
    opinions_until: date | None = day("意见征集截止日期")
    consulted_by: str = link("意见征集人员", "user")
    displayed_at: datetime | None = moment("公示征集时间")
    objections_until: date | None = day("异议截止日期")
    displayed_by: str = link("公示征集人员", "user")
    tasks: int = integer("关联任务数", required=True)
    done: int = integer("已办结任务数", required=True)
    progress: str = text("进度", example="50%")
    deleted_because: str = long_text("删除原因")
    sub_plans: tuple[SubPlanView, ...] = rows("子计划", SubPlanView)
    opinions: tuple[PlanOpinionView, ...] = rows("征集到的意见", PlanOpinionView)
    objections: tuple[ObjectionView, ...] = rows("异议", ObjectionView)
    adjustments: tuple[AdjustmentView, ...] = rows("调整", AdjustmentView)
    mergers: tuple[MergerView, ...] = rows("建议合并的检查", MergerView)
    attachments: tuple[PlanFileView, ...] = rows("附件", PlanFileView)


def _row(one: Plan) -> PlanRow:
    sheet, (starts_on, ends_on) = one.sheet, one.period
    return PlanRow(
        id=one.id, number=one.number, starts_on=starts_on, ends_on=ends_on,
        name=sheet.name, scene=sheet.scene, year=sheet.year, region=sheet.region,
        lead=sheet.lead, joining=sheet.joining, state=one.state, sub_plans=len(one.sub_plans),
    )  # fmt: skip


def _view(one: Plan) -> PlanView:
    sheet, (starts_on, ends_on) = one.sheet, one.period
    asked, shown = one.consulted, one.displayed
    return PlanView(
        number=one.number, starts_on=starts_on, ends_on=ends_on,
        name=sheet.name, state=one.state, scene=sheet.scene, year=sheet.year, region=sheet.region,
        lead=sheet.lead, joining=sheet.joining, description=sheet.description,
        attachments=tuple(
            PlanFileView(title=f"附件{number}", file=file)
            for number, file in enumerate(sheet.attachments, 1)
        ),
        consulted_at=asked.at if asked else None,
        consulted_by=asked.by if asked else "",
        opinions_until=one.opinions_until,
        displayed_at=shown.at if shown else None,
        displayed_by=shown.by if shown else "",
        opinions=tuple(
            PlanOpinionView(
                department=each.department, said=each.text, at=each.at, by=each.by
            )
            for each in one.opinions
        ),
        objections_until=one.objections_until, tasks=0, done=0,
        deleted_because=one.deleted_because,
        sub_plans=tuple(
            SubPlanView(
                id=each.id, name=each.name, starts_on=each.starts_on, ends_on=each.ends_on,
                joining=each.joining, trade=each.trade, scope=each.scope, subjects=each.subjects,
                joint=each.joint, whole=each.whole, matters=each.matters, note=each.note,
                tasks=0, done=0,
            )
            for each in one.sub_plans
        ),
        objections=tuple(
            ObjectionView(
                department=each.department, reason=each.reason, at=each.at,
                answered=each.accepted is not None, accepted=bool(each.accepted),
                answer=each.answer, answered_by=each.answered_by, followed=each.followed,
            )
            for each in one.objections
        ),
        adjustments=tuple(
            AdjustmentView(at=each.at, by=each.by, reason=each.reason) for each in one.adjustments
        ),
    )  # fmt: skip


def _progress(unit: UnitOfWork, plans: Sequence[str]) -> Mapping[str, str]:
    """Say of plans what part of their tasks is over."""
    counts = unit[TasksOfPlans].by_plan(plans)
    return {one: counts.get(one, TaskCounts()).progress for one in plans}


def _with_progress(unit: UnitOfWork, one: Plan, said: PlanView) -> PlanView:
    """Say how many tasks came of the plan, what part of them is over, and what could be merged."""
    counts = unit[TasksOfPlans].by_sub_plan(one.id)
    whole = sum(counts.values(), TaskCounts())
    told = []
    for each in said.sub_plans:
        found = counts.get(each.id, TaskCounts())
        told.append(evolve(each, tasks=found.tasks, done=found.done, progress=found.progress))
    return evolve(
        said,
        tasks=whole.tasks,
        done=whole.done,
        progress=whole.progress,
        sub_plans=tuple(told),
        mergers=tuple(_mergers(unit, one)),
    )


def _mergers(unit: UnitOfWork, one: Plan) -> Iterator[MergerView]:
    """Give the firms of a plan that several departments plan to check in the same month."""
    year, subjects = one.sheet.year, {id_ for sub in one.sub_plans for id_ in sub.subjects}
    planned = unit[CheckCounts].planned(year, subjects=subjects) if subjects else ()
    for found in proposals_to_merge(planned):
        yield MergerView(
            subject=found.subject, month=found.month, departments=found.departments,
            plans=found.plans,
        )  # fmt: skip


PLANS: Final = ListQuery(
    name="plans.plan",
    plural="plans",
    title="检查计划",
    menu="一业一查",
    step=1,
    port=Plans,
    referred=Referred("name", "number"),
    across=True,
    adds=("plans.draft",),
    cls=Plan,
    row=PlanRow,
    row_of=_row,
    placed=lambda one: Placement(region=one.sheet.region, departments=one.departments),
    orders=both_ways("name"),
    criteria=(
        Criterion("name", Match.HOLDS),
        Criterion("number", Match.HOLDS),
        Criterion("state"),
        Criterion("year"),
        Criterion("scene"),
        Criterion("lead"),
        Criterion("departments"),
        Criterion("region", Match.BEGINS),
        Criterion("starts_on", Match.BETWEEN),
        Criterion("ends_on", Match.BETWEEN),
    ),
    beside=PlanBeside,
    facts=lambda one: PlanBeside(departments=tuple(sorted(one.departments))),
    counts=(Counted("tasks", "tasks.task", "plan"),),
    counting={"progress": _progress},
    view=PlanView,
    viewed=_view,
    completed=_with_progress,
    acts=(
        act_of(VERBS, "change", "修改", by="lead"),
        act_of(VERBS, "consult", "征集意见", by="lead"),
        act_of(VERBS, "object_to", "提出异议", by="joining"),
        act_of(VERBS, "delete", "删除", by="lead"),
    ),
)
