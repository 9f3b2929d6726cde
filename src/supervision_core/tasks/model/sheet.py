"""What a task says and the parts it consists of: values of the ``Task`` aggregate."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Self

from attrs import field, fields, frozen

from supervision_core.draws.model.staffing import Inspector as Candidate
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said
from supervision_core.tasks.model.claim_draw import ClaimDraw, UnstaffedSubject


class TaskKind(StrEnum):
    """Why a check takes place (司法部 54号文解答)."""

    ROUTINE = "routine"
    SPECIAL = "special"
    CASE = "case"


class StaffedAt(StrEnum):
    """When the officers of a task's visits are drawn. Source: proposal 3019, 3072."""

    BEFORE = "before"
    CLAIM = "claim"


class TaskState(StrEnum):
    """How far a task has come."""

    DRAFTED = "drafted"
    CONSULTING = "consulting"
    READY = "ready"
    DISPATCHED = "dispatched"
    IN_PROGRESS = "in_progress"
    CLOSED = "closed"
    ARCHIVED = "archived"
    PUBLISHED = "published"
    DELETED = "deleted"


class PartState(StrEnum):
    """How far one department's part has come."""

    PENDING = "pending"
    DECLINED = "declined"
    CLAIMED = "claimed"
    CLOSED = "closed"


class OpinionState(StrEnum):
    """What the lead made of an opinion."""

    GIVEN = "given"
    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"


class AssistanceState(StrEnum):
    """Whether an institution has taken up its part."""

    ENGAGED = "engaged"
    CLAIMED = "claimed"


class UrgingState(StrEnum):
    """Whether an urging was answered."""

    ASKED = "asked"
    ANSWERED = "answered"


@frozen(kw_only=True)
class ChecklistUsed:
    """The version of a checklist that the task fixes."""

    id: str = field(metadata=said("检查单的编号", example="0123abcd", to="checklist"))
    version: int = field(metadata=said("版本号", example=1, among="id.versions.number"))


@frozen(kw_only=True)
class GradingRuleUsed:
    """The version of a grading rule that the task fixes."""

    id: str = field(metadata=said("分级分类规则的编号", example="0123abcd", to="grading_rule"))
    version: int = field(metadata=said("版本号", example=1, among="id.enabled_versions.number"))


@frozen(kw_only=True)
class TaskProposal:
    """任务拟定 (TaskProposal): what the lead proposes that a task says.

    ``reason`` is what a 个案 check answers to (complaint, transfer, data alert) and
    ``superior_order`` names the document of a 专项 check, as words: what frees visits from the
    yearly cap is their ground alone. ``matters`` are codes of 监管事项. Days are included on both
    ends. Source: proposal 6.4.2.5.2.2.1; 国办发〔2024〕54号.
    """

    name: str = field(metadata=said("任务名称", example="2026年第三季度乳制品综合检查"))
    scene: str = field(metadata=said("所属场景的编号", example="0123abcd", to="scene"))
    kind: TaskKind = field(
        metadata=said(
            "任务性质",
            codes={"routine": "日常检查", "special": "专项检查", "case": "个案检查"},
            example="routine",
        )
    )
    region: str = field(metadata=said("所属区划代码", example="450100", to="region"))
    lead: str = field(metadata=said("牵头部门的编号", example="nanning", to="department"))
    joining: tuple[str, ...] = field(metadata=said("配合部门", to="department"))
    checklist: ChecklistUsed = field(metadata=said("所用检查单及其版本"))
    starts_on: date = field(metadata=said("开始日期", example="2026-07-01"))
    ends_on: date = field(metadata=said("结束日期，含当日", example="2026-09-30"))
    matters: tuple[str, ...] = field(
        metadata=said("监管事项的编码", to="items.matter", looked_up=False)
    )
    grading_rule: GradingRuleUsed | None = field(
        default=None, metadata=said("所用分级分类规则及其版本，不用的为空")
    )
    plan: str = field(default="", metadata=said("所属检查计划的编号", to="plan"))
    sub_plan: str = field(
        default="", metadata=said("所属子计划", among="plan.sub_plans.id", example="1")
    )
    staffed: StaffedAt = field(
        default=StaffedAt.BEFORE,
        metadata=said(
            "检查人员确定方式",
            codes={"before": "下发前抽取", "claim": "认领时由部门抽取"},
            hint="认领时由部门抽取的，下发前只确定检查对象",
            example="before",
        ),
    )
    reason: str = field(default="", metadata=said("个案检查的事由", example="投诉举报", long=True))
    superior_order: str = field(
        default="", metadata=said("专项检查所依据的上级文件", example="国市监食生发〔2026〕1号")
    )
    description: str = field(default="", metadata=said("任务说明", long=True))
    number: str = field(
        default="",
        metadata=said("任务编号", example="2026-NN-0001", hint="不填写的，由系统按区划和日期编号"),
    )

    @property
    def drawn_at_claim(self) -> bool:
        """Tell whether departments draw their officers when they claim, none being named before."""
        return self.staffed is StaffedAt.CLAIM

    @property
    def years(self) -> range:
        """Every year in which it visits."""
        return range(self.starts_on.year, self.ends_on.year + 1)


_FIXED_BY_A_DRAW: Final[Mapping[str, str]] = {
    "scene": "场景", "region": "区划", "lead": "牵头部门", "joining": "配合部门",
    "checklist": "检查单", "grading_rule": "分级分类规则",
    "starts_on": "开始日期", "ends_on": "结束日期",
}  # fmt: skip
"""What says of whom and by what is drawn: from freezing on it stands, or the draw goes."""


@frozen(kw_only=True)
class TaskSheet(TaskProposal):
    """任务信息 (TaskSheet): what a task says; replaced whole until it is dispatched.

    Beside what was proposed it names the ``draw`` on which the task rests: nobody proposes that.
    """

    draw: str = field(default="", metadata=said("抽取的编号", to="draw", by_system=True))

    @classmethod
    def of(cls, proposal: TaskProposal, *, number: str, draw: str = "") -> Self:
        """Give what a task says by a proposal, its number and its draw. Nothing else is taken."""
        said_ = {one.name: getattr(proposal, one.name) for one in fields(TaskProposal)}
        return cls(**{**said_, "number": number, "draw": draw})

    def differences(self, other: "TaskSheet") -> tuple[str, ...]:
        """Name what another sheet says otherwise of that which a draw fixes, in Chinese."""
        return tuple(
            title
            for name, title in _FIXED_BY_A_DRAW.items()
            if getattr(self, name) != getattr(other, name)
        )


@frozen(kw_only=True)
class OpinionAnswer:
    """意见答复 (OpinionAnswer): whether the lead adopts what a department suggests, and why not."""

    adopted: bool
    by: str
    at: datetime
    text: str = ""


@frozen(kw_only=True)
class Opinion:
    """任务意见 (Opinion): a department's answer before dispatch. Source: proposal 3055-3058."""

    participates: bool
    by: str
    at: datetime
    changes: str = ""
    matters_to_add: tuple[str, ...] = ()
    matters_to_drop: tuple[str, ...] = ()
    subjects_to_add: tuple[str, ...] = ()
    officers_to_add: tuple[str, ...] = ()
    answer: OpinionAnswer | None = None

    @property
    def suggests(self) -> bool:
        """Tell whether something is to change in the task, so that the lead owes an answer."""
        return self.participates and bool(
            self.changes.strip()
            or self.matters_to_add
            or self.matters_to_drop
            or self.subjects_to_add
            or self.officers_to_add
        )

    @property
    def state(self) -> OpinionState:
        """What the lead made of it."""
        if self.answer is None:
            return OpinionState.GIVEN
        return OpinionState.ADOPTED if self.answer.adopted else OpinionState.NOT_ADOPTED


@frozen(kw_only=True)
class DepartmentPart:
    """部门任务 (DepartmentPart): one department's share in a task, claimed and closed by it.

    ``drawn`` is what its officers were drawn from, where they were drawn at the claim,
    ``drawn_again`` what those of subjects were that it had left without. ``roster`` are the
    officers whom it had as the task was dispatched, with their certificates, where they are drawn
    at the claim: what is otherwise at the claim is counted.
    """

    department: str
    state: PartState = PartState.PENDING
    opinion: Opinion | None = None
    claimed_by: str = ""
    claimed_at: datetime | None = None
    drawn: ClaimDraw | None = None
    closed_by: str = ""
    closed_at: datetime | None = None
    drawn_again: tuple[ClaimDraw, ...] = ()
    roster: tuple[Candidate, ...] = ()

    @property
    def draws(self) -> tuple[ClaimDraw, ...]:
        """Every draw of its officers, oldest first."""
        return () if self.drawn is None else (self.drawn, *self.drawn_again)

    def draws_for(self, places: Mapping[str, str]) -> Iterator[tuple[ClaimDraw, Mapping[str, str]]]:
        """Give every draw with the subjects that it was for, by their regions in ``places``."""
        where = places
        for drawn in self.draws:
            yield drawn, where
            where = {one.subject: where.get(one.subject, "") for one in drawn.unstaffed}

    @property
    def unstaffed(self) -> tuple[UnstaffedSubject, ...]:
        """The subjects for whom nobody could be drawn yet."""
        return self.draws[-1].unstaffed if self.draws else ()


@frozen(kw_only=True)
class ThirdPartyPart:
    """三方任务 (ThirdPartyPart): an institution that assists; it never inspects or signs.

    ``headcount`` is fixed before the check (国办发〔2024〕54号; 行政检查文书基本格式文本);
    ``assistants`` are named by the institution. Source: proposal 6.4.2.5.2.4, 6.4.2.5.3.7.
    """

    institution: str
    duty: str
    headcount: int
    assistants: tuple[str, ...] = ()
    claimed_by: str = ""
    claimed_at: datetime | None = None

    @property
    def state(self) -> AssistanceState:
        """Whether the institution has taken it up."""
        return AssistanceState.CLAIMED if self.claimed_at else AssistanceState.ENGAGED


@frozen(kw_only=True)
class Approval:
    """检查审批 (Approval): the head of the lead body allows the check (国办发〔2024〕54号).

    ``selection`` is the digest of what was drawn then, empty where nothing was; ``late`` tells
    that an urgent check was confirmed after its day.
    """

    by: str
    at: datetime
    selection: str = ""
    late: bool = False


@frozen(kw_only=True)
class SentBack:
    """退回任务 (SentBack): why the head did not approve a list of visits, and what the lead says.

    Source: design §14; 国办发〔2024〕54号 (审批).
    """

    reason: str
    by: str
    at: datetime
    answer: str = ""
    answered_at: datetime | None = None


@frozen(kw_only=True)
class Urging:
    """督办 (Urging): the lead presses a late department, which must answer. Proposal 3126-3128."""

    id: str
    department: str
    text: str
    by: str
    at: datetime
    answer: str = ""
    answered_at: datetime | None = None

    @property
    def state(self) -> UrgingState:
        """Whether it was answered."""
        return UrgingState.ANSWERED if self.answered_at else UrgingState.ASKED


_RUNNING: Final = 3


def number_beginning(region: str, day: date) -> str:
    """Give with what the numbers of a region's tasks of a day begin (任务编号, proposal 3005)."""
    return f"RW{region}{day:%Y%m%d}"


def number_after(last: str, beginning: str) -> str:
    """Give the number after the ``last`` one that begins so; empty where there is none yet.

    What somebody numbered otherwise by hand counts for nothing.
    """
    running = last.removeprefix(beginning)
    number = int(running) + 1 if running.isdecimal() else 1
    return f"{beginning}{number:0{_RUNNING}}"


LONGEST: Final = timedelta(days=366)
"""A year: so long a task lasts at most, and so long after it was drafted it begins at most."""


def period_violations(sheet: TaskSheet, drafted_on: date | None) -> Iterator[Violation]:
    """Give what is wrong with when a task is, ``None`` where nobody knows when it was drafted.

    Whatever is due by its end is due in sight, and its proof is public some time after it.
    Source: design §14.
    """
    if sheet.ends_on < sheet.starts_on:
        yield Violation("tasks.period_backwards", "ends_on")
    if sheet.ends_on - sheet.starts_on > LONGEST:
        last = str(sheet.starts_on + LONGEST)
        yield Violation("tasks.period_too_long", "ends_on", {"last": last})
    if drafted_on is not None and sheet.starts_on - drafted_on > LONGEST:
        last = str(drafted_on + LONGEST)
        yield Violation("tasks.period_too_far", "starts_on", {"last": last})


def sheet_violations(sheet: TaskSheet, drafted_on: date | None = None) -> Iterator[Violation]:
    """Give every fault of what a task says, drafted on a day, where that is known."""
    for name in ("number", "name", "scene", "region", "lead"):
        if not getattr(sheet, name).strip():
            yield Violation("tasks.field_empty", name)
    if not sheet.checklist.id:
        yield Violation("tasks.field_empty", "checklist")
    if sheet.lead in sheet.joining:
        yield Violation("tasks.lead_joins_itself", "joining")
    if len(set(sheet.joining)) != len(sheet.joining):
        yield Violation("tasks.department_twice", "joining")
    yield from period_violations(sheet, drafted_on)
    if sheet.kind is TaskKind.CASE and not sheet.reason.strip():
        yield Violation("tasks.case_reason_missing", "reason")
    if sheet.sub_plan and not sheet.plan:
        yield Violation("tasks.sub_plan_without_plan", "sub_plan")
