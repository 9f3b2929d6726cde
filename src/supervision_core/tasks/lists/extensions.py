"""Requests for more days at a visit, as the lead decides on them (延期审核)."""

from datetime import date, datetime
from typing import Final

from attrs import field, frozen

from supervision_core.identity.model import Placement
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import Criterion, ListQuery, Match, both_ways
from supervision_core.kernel.registers import (
    choice,
    day,
    department,
    integer,
    link,
    long_text,
    moment,
    region,
    rows,
    text,
)
from supervision_core.tasks.model.presence import Extension, ExtensionState
from supervision_core.tasks.model.visit import VERBS, Visit
from supervision_core.tasks.ports import Visits

STATES: Final = VERBS.parts[0].states


@frozen(kw_only=True)
class ExtensionRow:
    """The newest request for more days at a visit, as lists show it. Source: proposal 3126-3128."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    number: str = text("检查编号", required=True, example="RW20260407001-0001")
    task: str = link("任务名称", "task", required=True)
    subject: str = link("检查对象", "subject", required=True)
    department: str = department("申请部门", required=True)
    officer: str = link("申请人", "officer", required=True)
    old_due: date = day("申请前结束时间", required=True)
    new_due: date = day("申请后结束时间", required=True)
    days: int = integer("延期天数", required=True)
    state: ExtensionState = choice("审核状态", STATES, required=True)
    region: str = region("行政区划", required=True)


@frozen(kw_only=True)
class ExtensionBeside:
    """What requests are asked for beside what their rows show."""

    lead: str = department("牵头部门")


@frozen(kw_only=True)
class RequestView:
    """A request for more days, and what the lead said to it."""

    department: str = department("申请部门", required=True)
    officer: str = link("申请人", "officer", required=True)
    at: datetime = moment("申请时间", required=True)
    reason: str = text("延期申请原因", required=True)
    days: int = integer("延期天数", required=True)
    old_due: date = day("申请前结束时间", required=True)
    new_due: date = day("申请后结束时间", required=True)
    state: ExtensionState = choice("审核状态", STATES, required=True)
    decided_by: str = link("审核人", "user")
    decided_at: datetime | None = moment("审核时间")
    answer: str = text("审核意见")


@frozen(kw_only=True)
class ExtensionView:
    """What a visit for which more days were asked says of it; the newest request comes first."""

    number: str = text("检查编号", required=True)
    task: str = link("任务名称", "task", required=True)
    visit: str = link("现场检查", "visit", required=True)
    subject: str = link("检查对象", "subject", required=True)
    region: str = region("行政区划", required=True)
    lead: str = department("牵头部门", required=True)
    reason: str = long_text("延期申请原因", required=True)
    state: ExtensionState = choice("审核状态", STATES, required=True)
    due_on: date = day("现在的期限", required=True)
    requests: tuple[RequestView, ...] = rows("延期申请", RequestView)


def _row(one: Visit) -> ExtensionRow:
    sheet, asked = one.sheet, one.extensions[-1]
    return ExtensionRow(
        id=one.id, number=sheet.number, task=sheet.task, subject=sheet.subject,
        department=asked.department, officer=asked.by, old_due=asked.old_due,
        new_due=asked.new_due, days=asked.days, state=asked.state, region=sheet.region,
    )  # fmt: skip


def _view(one: Visit) -> ExtensionView:
    sheet, asked = one.sheet, one.extensions[-1]
    return ExtensionView(
        number=sheet.number, task=sheet.task, visit=one.id, subject=sheet.subject,
        region=sheet.region, lead=sheet.lead, reason=asked.reason, state=asked.state,
        due_on=one.due_on, requests=tuple(map(_request, reversed(one.extensions))),
    )  # fmt: skip


def _request(one: Extension) -> RequestView:
    return RequestView(
        department=one.department, officer=one.by, at=one.asked_at, reason=one.reason,
        days=one.days, old_due=one.old_due, new_due=one.new_due, state=one.state,
        decided_by=one.decided_by, decided_at=one.decided_at, answer=one.answer,
    )  # fmt: skip


EXTENSIONS: Final = ListQuery(
    name="tasks.extension",
    plural="extensions",
    title="延期审核",
    menu="一业一查",
    port=Visits,
    cls=Visit,
    row=ExtensionRow,
    row_of=_row,
    placed=lambda one: Placement(
        region=one.sheet.region,
        departments=one.departments,
    ),
    listed=lambda one: bool(one.extensions),
    closed=lambda one: one.closed,
    names_closed=False,
    orders=both_ways("old_due"),
    for_all=False,
    criteria=(
        Criterion("state"),
        Criterion("task"),
        Criterion("number"),
        Criterion("subject"),
        Criterion("department"),
        Criterion("officer"),
        Criterion("lead"),
        Criterion("region", Match.BEGINS),
        Criterion("old_due", Match.BETWEEN),
        Criterion("new_due", Match.BETWEEN),
    ),
    beside=ExtensionBeside,
    facts=lambda one: ExtensionBeside(lead=one.sheet.lead),
    view=ExtensionView,
    viewed=_view,
    partial=True,
)
"""延期审核: one row a visit, whose newest request it shows; at most one request waits at a time."""
