"""Clues as lists show them, and what each says when it is opened; never who complained."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from attrs import field, frozen

from supervision_core.clues.model import (
    CHANNELS,
    KINDS,
    VERBS,
    Clue,
    ClueChannel,
    ClueKind,
    ClueState,
    Disposal,
    Verdict,
)
from supervision_core.clues.ports import Clues
from supervision_core.identity.model import Placement
from supervision_core.kernel.days import local_day
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import Criterion, ListQuery, Match, Referred, act_of, both_ways
from supervision_core.kernel.registers import (
    choice,
    day,
    department,
    departments,
    flag,
    link,
    links,
    long_text,
    moment,
    region,
    rows,
    text,
    texts,
)
from supervision_core.kernel.tones import waiting

DISPOSALS: Final[Mapping[str, str]] = {
    Disposal.WAITING: waiting("待处置"), Disposal.INSPECTED: "已发起检查任务",
    Disposal.HANDLED: "转办处理", Disposal.IGNORED: "不处理",
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
    registered_by: str = department("登记部门", required=True)
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
    officer: str = link("承办人员", "officer")
    at: datetime = moment("时间", required=True)
    by: str = link("经办人", "user")
    reason: str = text("说明")


@frozen(kw_only=True)
class ClueAnswerView:
    """What a department did."""

    department: str = department("部门", required=True)
    said: str = text("反馈内容", required=True)
    at: datetime = moment("时间", required=True)
    by: str = link("反馈人", "user")


@frozen(kw_only=True)
class ClueFileView:
    """A file that came with a clue, or with what a department answered."""

    title: str = text("附件", required=True)
    department: str = department("提交部门", required=True)
    file: str = text("文件编号", required=True, listed=False)


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
    service: str = text("服务名称")
    scene: str = link("场景", "scene")
    disposal: Disposal = choice("处置状态", DISPOSALS, required=True)
    registered_by: str = department("登记部门", required=True)
    registered_at: datetime = moment("登记时间", required=True)
    due_on: date = day("办理期限", required=True)
    extended_because: str = text("延期理由")
    verdict: str = choice("研判结论", _VERDICTS)
    verdict_reason: str = long_text("研判理由")
    judged_by: str = link("研判人", "user")
    judged_at: datetime | None = moment("研判时间")
    urgent: bool = flag("紧急")
    pressing: bool = flag("反映人称情况紧急")
    sent_back: tuple[str, ...] = texts("退回理由")
    holder: str = department("现办理部门")
    copies: tuple[str, ...] = departments("抄送部门")
    task: str = link("关联检查任务", "task")
    conclusion: str = long_text("办结情况")
    joined_to: str = link("并入的线索", "clue")
    duplicates: tuple[str, ...] = links("并案的线索", "clue")
    handoffs: tuple[HandoffView, ...] = rows("转办", HandoffView)
    answers: tuple[ClueAnswerView, ...] = rows("反馈", ClueAnswerView)
    attachments: tuple[ClueFileView, ...] = rows("附件", ClueFileView)


def _row(one: Clue) -> ClueRow:
    sheet = one.sheet
    return ClueRow(
        id=one.id, title=sheet.title, channel=sheet.channel, kind=sheet.kind, state=one.state,
        subject=sheet.subject, region=sheet.region, registered_by=sheet.registered_by,
        holder=one.holder, due_on=one.due_on,
    )  # fmt: skip


def _files(title: str, department: str, files: Sequence[str]) -> Iterator[ClueFileView]:
    for number, file in enumerate(files, 1):
        yield ClueFileView(title=f"{title}{number}", department=department, file=file)


def _view(one: Clue) -> ClueView:
    sheet, judged = one.sheet, one.judged
    return ClueView(
        title=sheet.title, state=one.state, content=sheet.content, channel=sheet.channel,
        reference=sheet.reference, kind=sheet.kind, region=sheet.region, subject=sheet.subject,
        subject_text=sheet.subject_text, service=sheet.service, scene=sheet.scene,
        disposal=one.disposal, registered_by=sheet.registered_by,
        registered_at=one.registered_at, due_on=one.due_on, extended_because=one.extended_because,
        verdict=judged.verdict if judged else "", verdict_reason=judged.reason if judged else "",
        judged_by=judged.by if judged else "", judged_at=judged.at if judged else None,
        urgent=judged is not None and judged.urgent, pressing=sheet.urgent, sent_back=one.sent_back,
        holder=one.holder, copies=one.copies,
        task=one.task, conclusion=one.conclusion, joined_to=one.joined_to,
        duplicates=one.duplicates,
        handoffs=tuple(
            HandoffView(
                giver=each.giver, taker=each.taker, officer=each.officer, at=each.at, by=each.by,
                reason=each.reason,
            )
            for each in one.handoffs
        ),
        answers=tuple(
            ClueAnswerView(
                department=each.department, said=each.text, at=each.at, by=each.by,
            )
            for each in one.answers
        ),
        attachments=(
            *_files("线索附件", sheet.registered_by, sheet.attachments),
            *(
                shown
                for each in one.answers
                for shown in _files("反馈附件", each.department, each.attachments)
            ),
        ),
    )  # fmt: skip


CLUES: Final = ListQuery(
    name="clues.clue",
    plural="clues",
    title="问题线索",
    menu="线索",
    port=Clues,
    referred=Referred("title"),
    confides=True,
    adds=("clues.register",),
    cls=Clue,
    row=ClueRow,
    row_of=_row,
    owing=frozenset(ClueState) - {ClueState.ANSWERED, ClueState.CONCLUDED},
    placed=lambda one: Placement(region=one.sheet.region, departments=one.departments),
    orders=both_ways("due_on"),
    criteria=(
        Criterion("title", Match.HOLDS),
        Criterion("state"),
        Criterion("channel"),
        Criterion("kind"),
        Criterion("subject"),
        Criterion("registered_by"),
        Criterion("holder"),
        Criterion("departments"),
        Criterion("region", Match.BEGINS),
        Criterion("due_on", Match.BETWEEN),
        Criterion("due_on", Match.WITHIN),
    ),
    beside=ClueBeside,
    facts=lambda one: ClueBeside(departments=tuple(sorted(one.departments))),
    view=ClueView,
    viewed=_view,
    acts=(
        act_of(VERBS, "triage", "研判", by="registered_by"),
        act_of(VERBS, "forward", "转办", by="holder"),
        act_of(VERBS, "copy_to", "抄送"),
        act_of(VERBS, "join", "并案", by="registered_by"),
        act_of(VERBS, "extend", "延期", by="registered_by"),
    ),
)


@frozen(kw_only=True)
class ComplaintRow:
    """What somebody reported, as who deals with it and who reported it see it in lists."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    title: str = text("标题", required=True, example="买到的牛奶有异味")
    kind: ClueKind = choice("类型", KINDS, required=True)
    region: str = region("投诉属地", required=True)
    service: str = text("服务名称")
    subject: str = link("检查对象", "subject")
    channel: ClueChannel = choice("上报渠道", CHANNELS, required=True)
    registered_on: date = day("上报时间", required=True)
    disposal: Disposal = choice("处置状态", DISPOSALS, required=True)
    state: ClueState = choice("办理状态", STATES, required=True)
    due_on: date = day("办理期限", required=True)
    scene: str = link("场景", "scene", listed=False)
    registered_by: str = department("受理部门")


@frozen(kw_only=True)
class ComplaintView:
    """What somebody reported and what became of it; never who that is. Proposal 3990-3995."""

    title: str = text("标题", required=True)
    state: ClueState = choice("办理状态", STATES, required=True)
    disposal: Disposal = choice("处置状态", DISPOSALS, required=True)
    told: str = long_text("办理结果")
    kind: ClueKind = choice("类型", KINDS, required=True)
    urgent: bool = flag("情况紧急")
    content: str = long_text("内容", required=True)
    service: str = text("服务名称")
    subject: str = link("检查对象", "subject")
    subject_text: str = text("所述对象")
    scene: str = link("场景", "scene")
    region: str = region("投诉属地", required=True)
    channel: ClueChannel = choice("上报渠道", CHANNELS, required=True)
    registered_at: datetime = moment("上报时间", required=True)
    handler: str = department("办理部门", required=True)
    due_on: date = day("办理期限", required=True)
    attachments: tuple[ClueFileView, ...] = rows("附件", ClueFileView)


def _complaint_row(one: Clue) -> ComplaintRow:
    sheet = one.sheet
    return ComplaintRow(
        id=one.id, title=sheet.title, kind=sheet.kind, region=sheet.region,
        service=sheet.service, subject=sheet.subject, channel=sheet.channel,
        registered_on=local_day(one.registered_at), disposal=one.disposal, state=one.state,
        due_on=one.due_on, scene=sheet.scene, registered_by=sheet.registered_by,
    )  # fmt: skip


def _complaint_view(one: Clue) -> ComplaintView:
    sheet = one.sheet
    return ComplaintView(
        title=sheet.title, state=one.state, disposal=one.disposal, told=one.told,
        kind=sheet.kind, urgent=sheet.urgent, content=sheet.content, service=sheet.service,
        subject=sheet.subject, subject_text=sheet.subject_text, scene=sheet.scene,
        region=sheet.region, channel=sheet.channel, registered_at=one.registered_at,
        handler=one.handler, due_on=one.due_on,
        attachments=tuple(_files("附件", sheet.registered_by, sheet.attachments)),
    )  # fmt: skip


COMPLAINTS: Final = ListQuery(
    name="clues.complaint",
    plural="complaints",
    title="投诉举报",
    menu="协同共治",
    port=Clues,
    partial=True,
    confides=True,
    cls=Clue,
    row=ComplaintRow,
    row_of=_complaint_row,
    owing=CLUES.owing,
    listed=lambda one: one.sheet.kind is not ClueKind.OTHER,
    placed=lambda one: Placement(
        region=one.sheet.region, departments=one.departments,
        parties=frozenset({one.reporter} - {""}),
    ),
    orders=tuple(reversed(both_ways("registered_on"))),
    criteria=(
        Criterion("kind", Match.AMONG),
        Criterion("channel"),
        Criterion("disposal"),
        Criterion("scene"),
        Criterion("subject"),
        Criterion("region", Match.BEGINS),
        Criterion("registered_on", Match.BETWEEN),
    ),
    several=("clues.inspect", "clues.ignore"),
    view=ComplaintView,
    viewed=_complaint_view,
    acts=(
        act_of(VERBS, "inspect", "发起检查任务", by="registered_by"),
        act_of(VERBS, "ignore", "标记不处理", by="registered_by"),
    ),
)  # fmt: skip
"""投诉举报: what was reported from whichever channel; who reported it sees its own."""
