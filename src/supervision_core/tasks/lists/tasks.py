"""Tasks as lists show them, and what each says when it is opened."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from attrs import evolve, field, frozen

from supervision_core.draws.lists import MARKS
from supervision_core.draws.model.leaves import Leaf
from supervision_core.draws.ports import Draws
from supervision_core.draws.services.freezing import is_of_tree
from supervision_core.identity.model import Placement
from supervision_core.items.registers import MATTER
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import (
    Criterion,
    ListQuery,
    Match,
    Referred,
    Searched,
    act_of,
    both_ways,
)
from supervision_core.kernel.ports import UnitOfWork
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
    texts,
)
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.checked import checked_items
from supervision_core.tasks.lists.unordered import count_unordered
from supervision_core.tasks.model.drawing import visit_item
from supervision_core.tasks.model.list_proof import review_proof
from supervision_core.tasks.model.sheet import (
    DepartmentPart,
    OpinionState,
    PartState,
    StaffedAt,
    TaskKind,
    TaskState,
)
from supervision_core.tasks.model.task import VERBS, Task
from supervision_core.tasks.ports import RectificationQueries, Tasks, VisitQueries
from supervision_core.tasks.services.additions import Addition, additions_of
from supervision_core.tasks.words import TITLES, claim_words, way_out, why_unstaffed

MENU: Final = "一业一查"


@frozen(kw_only=True)
class TaskRow:
    """A task as lists show it. Source: proposal 6.4.2.5.2.2.2."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    number: str = text("任务编号", required=True, example="RW20260407001")
    name: str = text("任务名称", required=True, example="乳品安全综合检查")
    state: TaskState = choice("状态", TITLES[TaskState], required=True)
    progress: str = text("检查进度", example="已反馈3/10户")
    kind: TaskKind = choice("任务性质", TITLES[TaskKind], required=True)
    lead: str = department("牵头部门", required=True)
    checklist: str = link("综合检查单", "checklist", required=True)
    scene: str = link("场景", "scene", required=True)
    plan: str = link("检查计划", "plan")
    year: int = integer("年度", required=True)
    region: str = region("行政区划", required=True)
    starts_on: date = day("开始日期", required=True)
    ends_on: date = day("结束日期", required=True)
    created_at: datetime | None = moment("创建时间")
    dispatched_at: datetime | None = moment("发起时间")


@frozen(kw_only=True)
class TaskBeside:
    """What tasks are asked for beside what their rows show."""

    departments: tuple[str, ...] = departments("参与部门")


@frozen(kw_only=True)
class PartView:
    """A department's part in a task."""

    department: str = department("部门", required=True)
    state: PartState = choice("进度", TITLES[PartState], required=True)
    claimed_by: str = link("认领人", "user")
    claimed_at: datetime | None = moment("认领时间")
    closed_by: str = link("办结人", "user")
    closed_at: datetime | None = moment("办结时间")


@frozen(kw_only=True)
class ClaimDrawView:
    """What a department's officers were drawn from when it claimed. Source: proposal 3072."""

    department: str = department("部门", required=True)
    drawn_at: datetime | None = moment("抽取时间")
    team: str = link("执法小组", "team")
    count: int = integer("每户人数", required=True)
    alone: int = integer("至少派2人的户数", required=True)
    cap: int | None = integer("每人最多承担的户数")
    certified_from: date = day("核验执法证的最早日期", required=True)
    certified_until: date = day("核验执法证的最晚日期", required=True)
    candidates: tuple[str, ...] = links("参加抽取的执法人员", "officer")
    circumstances: str = text("抽取的范围和变化", required=True)
    seed: str = text("抽取种子", required=True)
    leaf: str = text("平台预定数")
    result: str = text("抽取结果的SM3", required=True)


@frozen(kw_only=True)
class UnstaffedView:
    """A subject for which a department could draw nobody yet, why, and what helps."""

    department: str = department("部门", required=True)
    subject: str = link("检查对象", "subject", required=True)
    why: str = text("原因", required=True)
    remedy: str = text("解决办法", required=True)


@frozen(kw_only=True)
class OpinionView:
    """What a department said of a task before dispatch, and what the lead made of it."""

    department: str = department("部门", required=True)
    by: str = link("反馈人", "user", required=True)
    at: datetime = moment("反馈时间", required=True)
    state: OpinionState | None = choice("答复情况", TITLES[OpinionState])
    participates: bool = flag("是否参与")
    changes: str = text("修改意见")
    matters_to_add: tuple[str, ...] = links("建议增加的监管事项", MATTER)
    matters_to_drop: tuple[str, ...] = links("建议去掉的监管事项", MATTER)
    subjects_to_add: tuple[str, ...] = links("建议增加的监管对象", "subject")
    officers_to_add: tuple[str, ...] = links("建议增加的执法人员", "officer")
    answer: str = text("答复")
    answered_by: str = link("答复人", "user")
    answered_at: datetime | None = moment("答复时间")


@frozen(kw_only=True)
class ThirdPartyView:
    """An institution that assists in a task."""

    institution: str = link("第三方机构", "officers.institution", required=True)
    duty: str = text("协助内容", required=True)
    headcount: int = integer("人数", required=True)
    assistants: tuple[str, ...] = links("协助人员", "user")
    claimed_by: str = link("认领人", "user")
    claimed_at: datetime | None = moment("认领时间")


@frozen(kw_only=True)
class SentBackView:
    """Why the head did not approve a task, and what the lead said about it."""

    reason: str = text("退回理由", required=True)
    by: str = link("退回人", "user", required=True)
    at: datetime = moment("退回时间", required=True)
    answer: str = text("处理情况")
    answered_at: datetime | None = moment("重新报批时间")


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
class MissingView:
    """What is still to be done before a task can be closed."""

    what: str = text("尚缺事项", required=True)
    department: str = department("责任部门")
    count: int = integer("数量", required=True)


@frozen(kw_only=True)
class ReviewDrawView:
    """A draw of finished visits for a second look; anyone finds the same by seed and candidates."""

    at: datetime = moment("抽取时间", required=True)
    by: str = link("抽取人", "user", required=True)
    share: int = integer("抽取比例（%）", required=True)
    candidates: tuple[str, ...] = links("候选检查", "visit")
    picks: tuple[str, ...] = links("抽中的检查", "visit")
    reviewers: tuple[str, ...] = links("参加任务复核的执法人员", "officer")
    seed: str = text("抽取种子", required=True)
    listed: str = text("抽取前名单的SM3", required=True)
    leaf: str = text("平台预定数")
    holds: bool = flag("种子与名单、平台预定数相符")
    proof: str = text("核对材料，存为文件后用 supervision verify-list-draw 核对")


@frozen(kw_only=True)
class CheckedView:
    """A line of the checklist by which a task checks. Source: proposal 3033-3049."""

    domain: str = text("检查领域", required=True)
    topic: str = text("检查事项")
    title: str = text("检查内容", required=True)
    department: str = department("责任部门")
    key: bool = flag("重点项")
    onsite: bool = flag("须现场检查")


@frozen(kw_only=True)
class AdditionView:
    """A firm that an adopted opinion adds to those whom the draw of a task selects."""

    subject: str = link("检查对象", "subject", required=True)
    department: str = department("提出部门", required=True)
    by: str = link("提出人", "user", required=True)
    approver: str = link("采纳人", "user", required=True)
    at: datetime = moment("采纳时间", required=True)
    reason: str = text("理由", required=True)


@frozen(kw_only=True)
class TaskView:
    """What a task says. Source: proposal 6.4.2.5.2.2.1 to 6.4.2.5.2.7."""

    number: str = text("任务编号", required=True)
    name: str = text("任务名称", required=True)
    state: TaskState = choice("状态", TITLES[TaskState], required=True)
    kind: TaskKind = choice("任务性质", TITLES[TaskKind], required=True)
    staffed: StaffedAt = choice("检查人员确定方式", TITLES[StaffedAt], required=True)
    scene: str = link("场景", "scene", required=True)
    region: str = region("行政区划", required=True)
    lead: str = department("牵头部门", required=True)
    joining: tuple[str, ...] = departments("配合部门")
    checklist: str = link("检查单", "checklist", required=True)
    checklist_version: int = integer("检查单版本", required=True)
    grading_rule: str = link("分级分类规则", "grading_rule")
    plan: str = link("检查计划", "plan")
    sub_plan: str = text("子计划编号")
    draw: str = link("随机抽取", "draw")
    draw_marks: tuple[str, ...] = texts("抽取的标记")
    matters: tuple[str, ...] = links("监管事项", MATTER)
    starts_on: date = day("开始日期", required=True)
    ends_on: date = day("结束日期", required=True)
    created_at: datetime | None = moment("创建时间")
    dispatched_at: datetime | None = moment("发起时间")
    closed_at: datetime | None = moment("办结时间")
    archived_at: datetime | None = moment("归档时间")
    reason: str = long_text("检查缘由")
    superior_order: str = text("上级部署文件")
    description: str = long_text("任务说明")
    approved_at: datetime | None = moment("批准时间")
    approved_by: str = link("批准人", "user")
    approved_late: bool = flag("逾期补批")
    urgent_because: str = text("未批先发的紧急情形")
    approval_due: date | None = day("补办审批的截止日期")
    opinions_due: date | None = day("会商截止日期")
    claim_due: date | None = day("认领截止日期")
    manifest: str = text("归档清单SM3")
    manifest_elsewhere: str = text("另行制作的档案的清单SM3（未经核对）")
    deleted_because: str = text("删除原因")
    opinions: tuple[OpinionView, ...] = rows("会商意见", OpinionView)
    additions: tuple[AdditionView, ...] = rows("采纳会商意见增加的检查对象", AdditionView)
    parts: tuple[PartView, ...] = rows("部门任务", PartView)
    unstaffed: tuple[UnstaffedView, ...] = rows("还没有派到检查人员的对象", UnstaffedView)
    claim_draws: tuple[ClaimDrawView, ...] = rows("认领时抽取检查人员", ClaimDrawView)
    third_parties: tuple[ThirdPartyView, ...] = rows("第三方机构", ThirdPartyView)
    urgings: tuple[UrgingView, ...] = rows("督办", UrgingView)
    sent_back: tuple[SentBackView, ...] = rows("退回", SentBackView)
    missing: tuple[MissingView, ...] = rows("办结前尚缺", MissingView)
    review_draws: tuple[ReviewDrawView, ...] = rows("任务复核抽取", ReviewDrawView)
    checked: tuple[CheckedView, ...] = rows("检查单的检查项", CheckedView)


def _task_row(one: Task) -> TaskRow:
    sheet = one.sheet
    return TaskRow(
        id=one.id, number=sheet.number, name=sheet.name, scene=sheet.scene, plan=sheet.plan,
        kind=sheet.kind, state=one.state, region=sheet.region, lead=sheet.lead,
        checklist=sheet.checklist.id, year=sheet.starts_on.year,
        starts_on=sheet.starts_on, ends_on=sheet.ends_on, created_at=one.created_at,
        dispatched_at=one.dispatched_at,
    )  # fmt: skip


def _progress(unit: UnitOfWork, tasks: Sequence[str]) -> Mapping[str, str]:
    """Say of how many firms of tasks the result has come, out of how many that are visited."""
    told = unit[VisitQueries].progress(tasks)
    return {one: f"已反馈{told[one][1]}/{told[one][0]}户" if one in told else "" for one in tasks}


def _opinion_views(parts: Iterable[DepartmentPart]) -> Iterator[OpinionView]:
    for part in parts:
        if (one := part.opinion) is not None:
            answer = one.answer
            yield OpinionView(
                department=part.department, participates=one.participates, changes=one.changes,
                matters_to_add=one.matters_to_add, matters_to_drop=one.matters_to_drop,
                subjects_to_add=one.subjects_to_add, officers_to_add=one.officers_to_add,
                by=one.by, at=one.at, state=one.state if one.suggests else None,
                answer=answer.text if answer else "", answered_by=answer.by if answer else "",
                answered_at=answer.at if answer else None,
            )  # fmt: skip


def _part_view(part: DepartmentPart) -> PartView:
    return PartView(
        department=part.department, state=part.state,
        claimed_by=part.claimed_by, claimed_at=part.claimed_at,
        closed_by=part.closed_by, closed_at=part.closed_at,
    )  # fmt: skip


def claim_draw_views(part: DepartmentPart) -> Iterator[ClaimDrawView]:
    """Give from what a department's officers were drawn, oldest first."""
    for drawn in part.draws:
        yield ClaimDrawView(
            department=part.department, drawn_at=drawn.drawn_at or part.claimed_at,
            team=drawn.team, count=drawn.count, alone=len(drawn.alone), cap=drawn.cap,
            certified_from=drawn.day,
            certified_until=max((drawn.day, *drawn.later.values())),
            candidates=tuple(one.id for one in drawn.candidates),
            circumstances=claim_words(drawn),
            seed=drawn.seed, leaf=_place_of(drawn.leaf), result=drawn.result,
        )  # fmt: skip


def _place_of(leaf: Leaf | None) -> str:
    """Say which leaf drew; nothing of what was drawn before leaves were taken."""
    return "" if leaf is None else f"根值{leaf.root.hex()}的第{leaf.index}个"


def unstaffed_views(part: DepartmentPart) -> Iterator[UnstaffedView]:
    """Give for whom a department could draw nobody yet."""
    for one in part.unstaffed:
        drawn = part.draws[-1]
        yield UnstaffedView(
            department=part.department, subject=one.subject, why=why_unstaffed(one, drawn),
            remedy=way_out(one, drawn),
        )  # fmt: skip


def _task_view(one: Task) -> TaskView:
    sheet, approval = one.sheet, one.approval
    return TaskView(
        number=sheet.number, name=sheet.name, state=one.state, kind=sheet.kind,
        staffed=sheet.staffed, scene=sheet.scene,
        region=sheet.region, lead=sheet.lead, joining=sheet.joining, checklist=sheet.checklist.id,
        checklist_version=sheet.checklist.version,
        grading_rule=sheet.grading_rule.id if sheet.grading_rule else "",
        plan=sheet.plan, sub_plan=sheet.sub_plan, draw=sheet.draw, matters=sheet.matters,
        starts_on=sheet.starts_on,
        ends_on=sheet.ends_on, created_at=one.created_at, dispatched_at=one.dispatched_at,
        closed_at=one.closed_at, archived_at=one.archived_at, reason=sheet.reason,
        superior_order=sheet.superior_order, description=sheet.description,
        approved_at=approval.at if approval else None, approved_by=approval.by if approval else "",
        approved_late=approval is not None and approval.late, approval_due=one.approval_due,
        sent_back=tuple(
            SentBackView(
                reason=each.reason, by=each.by, at=each.at, answer=each.answer,
                answered_at=each.answered_at,
            )
            for each in one.sent_back
        ),
        urgent_because=one.urgent_because, opinions_due=one.opinions_due, claim_due=one.claim_due,
        manifest=one.manifest, manifest_elsewhere=one.manifest_elsewhere,
        deleted_because=one.deleted_because,
        opinions=tuple(_opinion_views(one.parts)), parts=tuple(map(_part_view, one.parts)),
        unstaffed=tuple(each for part in one.parts for each in unstaffed_views(part)),
        claim_draws=tuple(each for part in one.parts for each in claim_draw_views(part)),
        third_parties=tuple(
            ThirdPartyView(
                institution=part.institution, duty=part.duty, headcount=part.headcount,
                assistants=part.assistants,
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
        review_draws=tuple(
            ReviewDrawView(
                at=each.at, by=each.by, share=each.share, candidates=each.candidates,
                picks=each.picks, reviewers=each.reviewers, seed=each.seed,
                listed=each.listed.hex(), leaf=_place_of(each.leaf), holds=each.holds,
                proof=review_proof(each),
            )
            for each in one.review_draws
        ),
    )  # fmt: skip


def _missing(unit: UnitOfWork, one: Task) -> Iterator[MissingView]:
    """Give everything that a task in progress lacks to be closed, department by department."""
    if one.state is not TaskState.IN_PROGRESS:
        return
    if one.approval is None:
        yield MissingView(what="检查尚未批准", department=one.sheet.lead, count=1)
    visits, orders = unit[VisitQueries], unit[RectificationQueries]
    for part in one.parts:
        if part.state in {PartState.CLOSED, PartState.DECLINED}:
            continue
        counts = (
            ("部门任务尚未认领", int(part.state is PartState.PENDING)),
            ("检查对象还没有派到检查人员", len(part.unstaffed)),
            ("检查尚未完成", visits.count_open(one.id, part.department)),
            ("责令改正尚未办结", orders.count_open(one.id, part.department)),
            ("发现的问题尚未责令改正", count_unordered(unit, one.id, part.department)),
        )
        open_ = [(what, count) for what, count in counts if count]
        for what, count in open_ or [("部门任务尚未办结", 1)]:
            yield MissingView(what=what, department=part.department, count=count)


def _addition_view(unit: UnitOfWork, one: Addition) -> AdditionView:
    made = one.adjustment
    firm = next(iter(unit[Subjects].find_by_codes([made.id])), None)
    return AdditionView(
        subject=made.id if firm is None else firm.id, department=one.department, by=made.by,
        approver=made.approver, at=made.at, reason=made.reason,
    )  # fmt: skip


def _completed(unit: UnitOfWork, one: Task, said: TaskView) -> TaskView:
    """Say of a task what its checklist asks, what its draw adds, and what it lacks to be closed."""
    items = map(visit_item, checked_items(unit, one.sheet))
    found = unit[Draws].find_many([one.sheet.draw] if one.sheet.draw else [])
    draw = next((each for each in found if each.task == one.id), None)
    added = () if draw is None else additions_of(unit, one, draw)
    marks = () if draw is None else draw.marks_with([each.adjustment for each in added])
    return evolve(
        said,
        additions=tuple(_addition_view(unit, each) for each in added),
        draw_marks=tuple(MARKS[each] for each in marks),
        missing=tuple(_missing(unit, one)),
        review_draws=tuple(
            evolve(shown, holds=shown.holds and is_of_tree(unit, drawn.leaf, drawn.at))
            for shown, drawn in zip(said.review_draws, one.review_draws, strict=True)
        ),
        checked=tuple(
            CheckedView(
                domain=each.domain, topic=each.topic, title=each.title,
                department=each.department, key=each.key, onsite=each.onsite,
            )
            for each in items
        ),
    )  # fmt: skip


def _offered(_unit: UnitOfWork, one: Task, permission: str, department: str) -> bool:
    """Tell of the ways to claim, and to draw again, which would not be refused."""
    match permission:
        case "tasks.claim":
            return not one.sheet.drawn_at_claim
        case "tasks.claim_by_draw":
            return one.sheet.drawn_at_claim
        case "tasks.draw_again":
            part = one.part(department)
            return part is not None and bool(part.unstaffed)
        case _:
            return True


_UNDER_WAY: Final = dict.fromkeys(
    set(TaskState) - {TaskState.ARCHIVED, TaskState.PUBLISHED, TaskState.DELETED}, 0
)

TASKS: Final = ListQuery(
    name="tasks.task",
    plural="tasks",
    title="检查任务",
    menu=MENU,
    step=3,
    port=Tasks,
    referred=Referred("name", "number"),
    adds=("tasks.create",),
    cls=Task,
    row=TaskRow,
    row_of=_task_row,
    placed=lambda one: Placement(
        region=one.sheet.region, departments=one.departments, parties=one.institutions
    ),
    closed=lambda one: one.closed,
    orders=both_ways("number"),
    begins="-number",
    criteria=(
        Criterion("number", Match.HOLDS),
        Criterion("name", Match.HOLDS),
        Criterion("state"),
        Criterion("kind"),
        Criterion("lead"),
        Criterion("checklist"),
        Criterion("year"),
        Criterion("scene"),
        Criterion("plan"),
        Criterion("region", Match.BEGINS),
        Criterion("departments"),
        Criterion("ends_on", Match.BETWEEN),
        Criterion("ends_on", Match.WITHIN),
    ),
    beside=TaskBeside,
    facts=lambda one: TaskBeside(departments=tuple(sorted(one.departments))),
    view=TaskView,
    viewed=_task_view,
    completed=_completed,
    fits={"tasks.gather_pool": lambda one: one.sheet.grading_rule is not None},
    offered=_offered,
    counting={"progress": _progress},
    searched=Searched(code="number", order=_UNDER_WAY),
    acts=(
        act_of(VERBS, "change", "修改", by="lead"),
        act_of(VERBS, "delete", "删除", by="lead"),
        act_of(VERBS, "urge", "催办", by="lead"),
    ),
)
