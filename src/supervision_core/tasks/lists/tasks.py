"""Tasks as lists show them, and what each says when it is opened."""

from datetime import date, datetime
from typing import Final

from attrs import field, frozen

from supervision_core.identity.model import Placement
from supervision_core.items.registers import MATTER
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import Criterion, ListQuery, Match, Searched, both_ways
from supervision_core.kernel.registers import (
    choice,
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
from supervision_core.tasks.model.sheet import DepartmentPart, PartState, TaskKind, TaskState
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.ports import Tasks
from supervision_core.tasks.words import TITLES

MENU: Final = "一业一查"


@frozen(kw_only=True)
class TaskRow:
    """A task as lists show it. Source: proposal 6.4.2.5.2.2.2."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    number: str = text("任务编号", required=True, example="RW20260407001")
    name: str = text("任务名称", required=True, example="乳品安全综合检查")
    scene: str = link("场景", "scene", required=True)
    plan: str = link("检查计划", "plan")
    kind: TaskKind = choice("检查类型", TITLES[TaskKind], required=True)
    state: TaskState = choice("状态", TITLES[TaskState], required=True)
    region: str = region("行政区划", required=True)
    lead: str = department("牵头部门", required=True)
    starts_on: date = day("开始日期", required=True)
    ends_on: date = day("结束日期", required=True)


@frozen(kw_only=True)
class TaskBeside:
    """What tasks are asked for beside what their rows show."""

    departments: tuple[str, ...] = departments("参与部门")


@frozen(kw_only=True)
class PartView:
    """A department's part in a task."""

    department: str = department("部门", required=True)
    state: PartState = choice("进度", TITLES[PartState], required=True)
    participates: bool = flag("会商同意参与")
    opinion: str = text("会商意见")
    subjects_to_add: tuple[str, ...] = links("建议增加的监管对象", "subject")
    officers_to_add: tuple[str, ...] = links("建议增加的执法人员", "officer")
    answered_by: str = link("会商答复人", "user")
    answered_at: datetime | None = moment("会商答复时间")
    claimed_by: str = link("认领人", "user")
    claimed_at: datetime | None = moment("认领时间")
    closed_by: str = link("办结人", "user")
    closed_at: datetime | None = moment("办结时间")


@frozen(kw_only=True)
class ThirdPartyView:
    """An institution that assists in a task."""

    institution: str = link("第三方机构", "officers.institution", required=True)
    duty: str = text("协助内容", required=True)
    headcount: int = integer("人数", required=True)
    claimed_by: str = link("认领人", "user")
    claimed_at: datetime | None = moment("认领时间")


@frozen(kw_only=True)
class UrgingView:
    """An urging of a late department, and its answer."""

    department: str = department("部门", required=True)
    said: str = text("督办内容", required=True)
    by: str = link("督办人", "user", required=True)
    at: datetime = moment("督办时间", required=True)
    answer: str = text("答复")
    answered_at: datetime | None = moment("答复时间")


@frozen(kw_only=True)
class TaskView:
    """What a task says. Source: proposal 6.4.2.5.2.2.1 to 6.4.2.5.2.7."""

    number: str = text("任务编号", required=True)
    name: str = text("任务名称", required=True)
    state: TaskState = choice("状态", TITLES[TaskState], required=True)
    kind: TaskKind = choice("检查类型", TITLES[TaskKind], required=True)
    scene: str = link("场景", "scene", required=True)
    region: str = region("行政区划", required=True)
    lead: str = department("牵头部门", required=True)
    joining: tuple[str, ...] = departments("联合部门")
    checklist: str = link("检查单", "checklist", required=True)
    checklist_version: int = integer("检查单版本", required=True)
    grading_rule: str = link("分级分类规则", "grading_rule")
    plan: str = link("检查计划", "plan")
    draw: str = link("随机抽取", "draw")
    matters: tuple[str, ...] = links("监管事项", MATTER)
    starts_on: date = day("开始日期", required=True)
    ends_on: date = day("结束日期", required=True)
    reason: str = long_text("检查缘由")
    superior_order: str = text("上级部署文件")
    description: str = long_text("任务说明")
    approved_at: datetime | None = moment("批准时间")
    approved_by: str = link("批准人", "user")
    urgent_because: str = text("未批先发的紧急情形")
    opinions_due: date | None = day("会商截止日期")
    claim_due: date | None = day("认领截止日期")
    manifest: str = text("归档清单SM3")
    deleted_because: str = text("删除原因")
    parts: tuple[PartView, ...] = rows("部门任务", PartView)
    third_parties: tuple[ThirdPartyView, ...] = rows("第三方机构", ThirdPartyView)
    urgings: tuple[UrgingView, ...] = rows("督办", UrgingView)


def _task_row(one: Task) -> TaskRow:
    sheet = one.sheet
    return TaskRow(
        id=one.id, number=sheet.number, name=sheet.name, scene=sheet.scene, plan=sheet.plan,
        kind=sheet.kind, state=one.state, region=sheet.region, lead=sheet.lead,
        starts_on=sheet.starts_on, ends_on=sheet.ends_on,
    )  # fmt: skip


def _part_view(part: DepartmentPart) -> PartView:
    opinion = part.opinion
    return PartView(
        department=part.department, state=part.state,
        participates=opinion is not None and opinion.participates,
        opinion=opinion.changes if opinion else "",
        subjects_to_add=opinion.subjects_to_add if opinion else (),
        officers_to_add=opinion.officers_to_add if opinion else (),
        answered_by=opinion.by if opinion else "", answered_at=opinion.at if opinion else None,
        claimed_by=part.claimed_by, claimed_at=part.claimed_at,
        closed_by=part.closed_by, closed_at=part.closed_at,
    )  # fmt: skip


def _task_view(one: Task) -> TaskView:
    sheet, approval = one.sheet, one.approval
    return TaskView(
        number=sheet.number, name=sheet.name, state=one.state, kind=sheet.kind, scene=sheet.scene,
        region=sheet.region, lead=sheet.lead, joining=sheet.joining, checklist=sheet.checklist.id,
        checklist_version=sheet.checklist.version,
        grading_rule=sheet.grading_rule.id if sheet.grading_rule else "",
        plan=sheet.plan, draw=sheet.draw, matters=sheet.matters, starts_on=sheet.starts_on,
        ends_on=sheet.ends_on, reason=sheet.reason, superior_order=sheet.superior_order,
        description=sheet.description,
        approved_at=approval.at if approval else None, approved_by=approval.by if approval else "",
        urgent_because=one.urgent_because, opinions_due=one.opinions_due, claim_due=one.claim_due,
        manifest=one.manifest, deleted_because=one.deleted_because,
        parts=tuple(map(_part_view, one.parts)),
        third_parties=tuple(
            ThirdPartyView(
                institution=part.institution, duty=part.duty, headcount=part.headcount,
                claimed_by=part.claimed_by, claimed_at=part.claimed_at,
            )
            for part in one.third_parties
        ),
        urgings=tuple(
            UrgingView(
                department=each.department, said=each.text, by=each.by, at=each.at,
                answer=each.answer, answered_at=each.answered_at,
            )
            for each in one.urgings
        ),
    )  # fmt: skip


_OVER: Final = frozenset({TaskState.ARCHIVED, TaskState.PUBLISHED, TaskState.DELETED})

TASKS: Final = ListQuery(
    name="tasks.task",
    plural="tasks",
    title="检查任务",
    menu=MENU,
    step=3,
    port=Tasks,
    cls=Task,
    row=TaskRow,
    row_of=_task_row,
    placed=lambda one: Placement(
        region=one.sheet.region, departments=one.departments, parties=one.institutions
    ),
    orders=both_ways("number"),
    criteria=(
        Criterion("number"),
        Criterion("name", Match.HOLDS),
        Criterion("state"),
        Criterion("kind"),
        Criterion("scene"),
        Criterion("plan"),
        Criterion("region", Match.BEGINS),
        Criterion("departments"),
        Criterion("ends_on", Match.BETWEEN),
    ),
    beside=TaskBeside,
    facts=lambda one: TaskBeside(departments=tuple(sorted(one.departments))),
    view=TaskView,
    viewed=_task_view,
    searched=Searched(code="number", first=lambda row: row.state in _OVER),
)
