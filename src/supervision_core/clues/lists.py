"""Clues as lists show them, and what each says when it is opened; never who complained."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from attrs import field, frozen

from supervision_core.clues.model import VERBS, Clue, ClueChannel, ClueKind, ClueState, Verdict
from supervision_core.clues.ports import Clues
from supervision_core.identity.model import Placement
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import Criterion, ListQuery, Match, both_ways
from supervision_core.kernel.registers import (
    choice,
    day,
    department,
    departments,
    flag,
    link,
    long_text,
    moment,
    region,
    rows,
    text,
)

CHANNELS: Final[Mapping[str, str]] = {
    ClueChannel.HOTLINE_12345: "12345热线", ClueChannel.DEPARTMENT: "部门移送",
    ClueChannel.DATA_ALERT: "数据预警", ClueChannel.DEVICE: "物联感知",
    ClueChannel.ASSOCIATION: "行业协会", ClueChannel.SCAN: "扫码反映",
    ClueChannel.VISIT: "检查发现", ClueChannel.MANUAL: "人工登记",
}  # fmt: skip
KINDS: Final[Mapping[str, str]] = {
    ClueKind.COMPLAINT: "投诉", ClueKind.REPORT: "举报", ClueKind.OTHER: "其他",
}  # fmt: skip
STATES: Final = VERBS.states
_VERDICTS: Final[Mapping[str, str]] = {
    Verdict.INSPECT: "开展检查", Verdict.HANDLE: "转办处理", Verdict.NO_ACTION: "不予处理",
}  # fmt: skip


@frozen(kw_only=True)
class ClueRow:
    """A clue as lists show it; never who complained. Source: proposal 6.4.2.5.1."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    title: str = text("线索标题", required=True, example="乳品冷藏温度不达标")
    channel: ClueChannel = choice("来源渠道", CHANNELS, required=True)
    kind: ClueKind = choice("类别", KINDS, required=True)
    state: ClueState = choice("状态", STATES, required=True)
    subject: str = link("监管对象", "subject")
    region: str = region("行政区划", required=True)
    holder: str = department("现办理部门")
    due_on: date = day("办理期限", required=True)


@frozen(kw_only=True)
class ClueBeside:
    """What clues are asked for beside what their rows show."""

    departments: tuple[str, ...] = departments("经办部门")


@frozen(kw_only=True)
class HandoffView:
    """A clue passed from one department to the next."""

    giver: str = department("转出部门", required=True)
    taker: str = department("转入部门", required=True)
    at: datetime = moment("时间", required=True)
    reason: str = text("说明")


@frozen(kw_only=True)
class ClueAnswerView:
    """What a department did."""

    department: str = department("部门", required=True)
    said: str = text("反馈内容", required=True)
    at: datetime = moment("时间", required=True)


@frozen(kw_only=True)
class ClueView:
    """What a clue says; never who complained."""

    title: str = text("线索标题", required=True)
    state: ClueState = choice("状态", STATES, required=True)
    content: str = long_text("线索内容", required=True)
    channel: ClueChannel = choice("来源渠道", CHANNELS, required=True)
    reference: str = text("来源编号")
    kind: ClueKind = choice("类别", KINDS, required=True)
    region: str = region("行政区划", required=True)
    subject: str = link("监管对象", "subject")
    subject_text: str = text("所述对象")
    registered_by: str = department("登记部门", required=True)
    registered_at: datetime = moment("登记时间", required=True)
    due_on: date = day("办理期限", required=True)
    extended_because: str = text("延期理由")
    verdict: str = choice("研判结论", _VERDICTS)
    verdict_reason: str = long_text("研判理由")
    urgent: bool = flag("紧急")
    holder: str = department("现办理部门")
    copies: tuple[str, ...] = departments("抄送部门")
    task: str = link("关联检查任务", "task")
    conclusion: str = long_text("办结情况")
    handoffs: tuple[HandoffView, ...] = rows("转办", HandoffView)
    answers: tuple[ClueAnswerView, ...] = rows("反馈", ClueAnswerView)


def _row(one: Clue) -> ClueRow:
    sheet = one.sheet
    return ClueRow(
        id=one.id, title=sheet.title, channel=sheet.channel, kind=sheet.kind, state=one.state,
        subject=sheet.subject, region=sheet.region, holder=one.holder, due_on=one.due_on,
    )  # fmt: skip


def _view(one: Clue) -> ClueView:
    sheet, judged = one.sheet, one.judged
    return ClueView(
        title=sheet.title, state=one.state, content=sheet.content, channel=sheet.channel,
        reference=sheet.reference, kind=sheet.kind, region=sheet.region, subject=sheet.subject,
        subject_text=sheet.subject_text, registered_by=sheet.registered_by,
        registered_at=one.registered_at, due_on=one.due_on, extended_because=one.extended_because,
        verdict=judged.verdict if judged else "", verdict_reason=judged.reason if judged else "",
        urgent=judged is not None and judged.urgent, holder=one.holder, copies=one.copies,
        task=one.task, conclusion=one.conclusion,
        handoffs=tuple(
            HandoffView(giver=each.giver, taker=each.taker, at=each.at, reason=each.reason)
            for each in one.handoffs
        ),
        answers=tuple(
            ClueAnswerView(department=each.department, said=each.text, at=each.at)
            for each in one.answers
        ),
    )  # fmt: skip


CLUES: Final = ListQuery(
    name="clues.clue",
    plural="clues",
    title="问题线索",
    menu="线索",
    port=Clues,
    cls=Clue,
    row=ClueRow,
    row_of=_row,
    placed=lambda one: Placement(region=one.sheet.region, departments=one.departments),
    orders=both_ways("due_on"),
    criteria=(
        Criterion("title", Match.HOLDS),
        Criterion("state"),
        Criterion("channel"),
        Criterion("kind"),
        Criterion("subject"),
        Criterion("holder"),
        Criterion("departments"),
        Criterion("region", Match.BEGINS),
        Criterion("due_on", Match.BETWEEN),
    ),
    beside=ClueBeside,
    facts=lambda one: ClueBeside(departments=tuple(sorted(one.departments))),
    view=ClueView,
    viewed=_view,
)
