"""Plans as lists show them, and what each says when it is opened."""

from datetime import date, datetime
from typing import Final

from attrs import field, frozen

from supervision_core.identity.model import Placement
from supervision_core.items.registers import MATTER
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import Counted, Criterion, ListQuery, Match, both_ways
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
from supervision_core.plans.model import VERBS, Plan, PlanState
from supervision_core.plans.ports import Plans

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
    joining: tuple[str, ...] = departments("联合部门")
    starts_on: date | None = day("开始日期")
    ends_on: date | None = day("结束日期")
    state: PlanState = choice("状态", STATES, required=True)
    sub_plans: int = integer("子计划数", required=True)
    tasks: int = counted("关联任务数")


@frozen(kw_only=True)
class PlanBeside:
    """What plans are asked for beside what their rows show."""

    departments: tuple[str, ...] = departments("参与部门")


@frozen(kw_only=True)
class SubPlanView:
    """One period, scope and set of joining departments of a plan."""

    name: str = text("子计划名称", required=True)
    starts_on: date = day("开始日期", required=True)
    ends_on: date = day("结束日期", required=True)
    joining: tuple[str, ...] = departments("联合部门")
    scope: str = text("检查范围")
    matters: tuple[str, ...] = links("监管事项", MATTER)
    note: str = text("说明")


@frozen(kw_only=True)
class ObjectionView:
    """A department's request to adjust a plan."""

    department: str = department("部门", required=True)
    reason: str = text("理由", required=True)
    at: datetime = moment("时间", required=True)
    answered: bool = flag("已答复")
    accepted: bool = flag("采纳")
    answer: str = text("答复")


@frozen(kw_only=True)
class AdjustmentView:
    """A change made after the plan was shown."""

    at: datetime = moment("时间", required=True)
    by: str = link("调整人", "user")
    reason: str = text("理由", required=True)


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
    joining: tuple[str, ...] = departments("联合部门")
    description: str = long_text("计划说明")
    starts_on: date | None = day("开始日期")
    ends_on: date | None = day("结束日期")
    objections_until: date | None = day("异议截止日期")
    deleted_because: str = long_text("删除原因")
    sub_plans: tuple[SubPlanView, ...] = rows("子计划", SubPlanView)
    objections: tuple[ObjectionView, ...] = rows("异议", ObjectionView)
    adjustments: tuple[AdjustmentView, ...] = rows("调整", AdjustmentView)


def _row(one: Plan) -> PlanRow:
    sheet, (starts_on, ends_on) = one.sheet, one.period
    return PlanRow(
        id=one.id, number=one.number, starts_on=starts_on, ends_on=ends_on,
        name=sheet.name, scene=sheet.scene, year=sheet.year, region=sheet.region,
        lead=sheet.lead, joining=sheet.joining, state=one.state, sub_plans=len(one.sub_plans),
    )  # fmt: skip


def _view(one: Plan) -> PlanView:
    sheet, (starts_on, ends_on) = one.sheet, one.period
    return PlanView(
        number=one.number, starts_on=starts_on, ends_on=ends_on,
        name=sheet.name, state=one.state, scene=sheet.scene, year=sheet.year, region=sheet.region,
        lead=sheet.lead, joining=sheet.joining, description=sheet.description,
        objections_until=one.objections_until,
        deleted_because=one.deleted_because,
        sub_plans=tuple(
            SubPlanView(
                name=each.name, starts_on=each.starts_on, ends_on=each.ends_on,
                joining=each.joining, scope=each.scope, matters=each.matters, note=each.note,
            )
            for each in one.sub_plans
        ),
        objections=tuple(
            ObjectionView(
                department=each.department, reason=each.reason, at=each.at,
                answered=each.accepted is not None, accepted=bool(each.accepted),
                answer=each.answer,
            )
            for each in one.objections
        ),
        adjustments=tuple(
            AdjustmentView(at=each.at, by=each.by, reason=each.reason) for each in one.adjustments
        ),
    )  # fmt: skip


PLANS: Final = ListQuery(
    name="plans.plan",
    plural="plans",
    title="检查计划",
    menu="一业一查",
    step=1,
    port=Plans,
    cls=Plan,
    row=PlanRow,
    row_of=_row,
    placed=lambda one: Placement(region=one.sheet.region, departments=one.departments),
    orders=both_ways("name"),
    criteria=(
        Criterion("name", Match.HOLDS),
        Criterion("number"),
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
    view=PlanView,
    viewed=_view,
)
