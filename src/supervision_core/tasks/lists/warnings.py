"""Warnings of terms as the lead and leaders look at them (预警督办)."""

from datetime import date, datetime
from typing import Final

from attrs import field, frozen

from supervision_core.identity.model import Placement
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import Act, Criterion, ListQuery, Match, both_ways
from supervision_core.kernel.registers import (
    choice,
    day,
    department,
    link,
    long_text,
    moment,
    region,
)
from supervision_core.tasks.model.term_warning import TermWarning, WarningState
from supervision_core.tasks.model.warnings import WarningKind
from supervision_core.tasks.ports import TermWarnings
from supervision_core.tasks.words import TITLES


@frozen(kw_only=True)
class TermWarningRow:
    """A warning as lists show it. Source: proposal 3130-3132."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    kind: WarningKind = choice("预警类型", TITLES[WarningKind], required=True)
    task: str = link("检查任务", "task", required=True)
    lead: str = department("牵头部门", required=True)
    department: str = department("责任部门", required=True)
    region: str = region("行政区划", required=True)
    due_on: date = day("办理期限", required=True)
    state: WarningState = choice("状态", TITLES[WarningState], required=True)


@frozen(kw_only=True)
class TermWarningView:
    """What a warning says, with the urging and its answer."""

    kind: WarningKind = choice("预警类型", TITLES[WarningKind], required=True)
    task: str = link("检查任务", "task", required=True)
    lead: str = department("牵头部门", required=True)
    department: str = department("责任部门", required=True)
    due_on: date = day("办理期限", required=True)
    issued_at: datetime = moment("预警时间", required=True)
    state: WarningState = choice("状态", TITLES[WarningState], required=True)
    said: str = long_text("督办内容")
    supervised_at: datetime | None = moment("督办时间")
    answer: str = long_text("督办反馈")
    answered_at: datetime | None = moment("反馈时间")
    over_at: datetime | None = moment("解除时间")


def _row(one: TermWarning) -> TermWarningRow:
    return TermWarningRow(
        id=one.id, kind=one.kind, task=one.task, department=one.department, lead=one.lead,
        region=one.region, due_on=one.due_on, state=one.state,
    )  # fmt: skip


def _view(one: TermWarning) -> TermWarningView:
    return TermWarningView(
        kind=one.kind, task=one.task, department=one.department, lead=one.lead, due_on=one.due_on,
        issued_at=one.issued_at, state=one.state, said=one.said, supervised_at=one.supervised_at,
        answer=one.answer, answered_at=one.answered_at, over_at=one.over_at,
    )  # fmt: skip


TERM_WARNINGS: Final = ListQuery(
    name="tasks.term_warning",
    plural="term_warnings",
    title="预警督办",
    menu="一业一查",
    port=TermWarnings,
    cls=TermWarning,
    row=TermWarningRow,
    row_of=_row,
    placed=lambda one: Placement(
        region=one.region, departments=frozenset({one.department, one.lead})
    ),
    orders=both_ways("due_on"),
    criteria=(
        Criterion("kind"),
        Criterion("department"),
        Criterion("state"),
        Criterion("task"),
        Criterion("region", Match.BEGINS),
        Criterion("due_on", Match.BETWEEN),
    ),
    view=TermWarningView,
    viewed=_view,
    acts=(
        Act("supervise", "督办", frozenset({WarningState.OPEN}), by="lead"),
        Act(
            "answer_supervision", "督办反馈", frozenset({WarningState.SUPERVISED}), by="department"
        ),
    ),
)
