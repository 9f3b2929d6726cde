"""What follows from visits as lists show it: rectifications, publications, transfers, reviews."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

from attrs import evolve, field, frozen

from supervision_core.identity.model import CHANNELS, Channel, Placement
from supervision_core.kernel.errors import NotFound
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
    choices,
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
from supervision_core.tasks.model.letters import LetterState, ServedLetter
from supervision_core.tasks.model.presence import ExtensionState
from supervision_core.tasks.model.publication import VERBS as PUBLICATION
from supervision_core.tasks.model.publication import (
    Publication,
    PublicationState,
    WithdrawalGround,
    WithholdingGround,
)
from supervision_core.tasks.model.rectification import (
    ENTERED_FOR_FIRM,
    REPORT_OWED,
    Recheck,
    RecheckResult,
    Rectification,
    RectificationState,
)
from supervision_core.tasks.model.rectification import VERBS as RECTIFICATION
from supervision_core.tasks.model.results import ItemOutcome, Outcome, PendingMatter
from supervision_core.tasks.model.review import Review
from supervision_core.tasks.model.transfer import (
    SOURCES,
    CaseSource,
    Transfer,
    TransferKind,
    TransferPaper,
    TransferState,
)
from supervision_core.tasks.model.transfer import VERBS as TRANSFER
from supervision_core.tasks.ports import (
    Publications,
    Rectifications,
    Reviews,
    ServedLetters,
    TasksOfScenes,
    Transfers,
    Visits,
)
from supervision_core.tasks.words import TITLES

_MENU: Final = "一业一查"
REPORTED: Final = "整改报告"
"""How files are marked that a firm sent with its report."""
LETTER: Final = "责令改正文书"
"""How the letter itself is marked among the files of an order."""
RECHECKED: Final = "复查"
"""How files are marked that officers took when they looked again."""
_CHANNELS: Final[Mapping[str, str]] = {
    "on_spot": "当场送达", "email": "电子邮件", "sms": "短信", "notice": "统一消息",
}  # fmt: skip
_STEPS: Final = TRANSFER.states
_REQUESTS: Final = RECTIFICATION.parts[0].states
_PAPERS: Final[Mapping[str, str]] = {
    "transfer_letter": "移送书", "investigation_report": "调查报告",
    "list_of_articles": "涉案物品清单", "test_report": "检验报告", "other": "其他材料",
}  # fmt: skip


@frozen(kw_only=True)
class RectificationRow:
    """A rectification as lists show it. Source: proposal 6.4.2.5.3.6."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    number: str = text("责令改正文号", required=True)
    visit: str = link("检查对象任务编号", "visit", required=True)
    task: str = link("检查对象任务名称", "task", required=True)
    subject: str = link("检查对象名称", "subject", required=True)
    region: str = region("行政区划", required=True)
    department: str = department("责令部门", required=True)
    state: RectificationState = choice("整改状态", TITLES[RectificationState], required=True)
    due_on: date = day("整改期限", required=True)


@frozen(kw_only=True)
class RectificationBeside:
    """What rectifications are asked for beside what their rows show."""

    open: bool = flag("尚未办结")


@frozen(kw_only=True)
class FindingView:
    """A failed item that is to be put right."""

    item: str = field(metadata=said("检查项编号", example="1.1"))
    title: str = text("检查事项", required=True)
    department: str = department("部门", required=True)
    key: bool = flag("重点项")
    note: str = text("问题")


@frozen(kw_only=True)
class ReportView:
    """What the subject reported."""

    said: str = text("整改报告", required=True)
    at: datetime = moment("报告时间", required=True)
    entered: str = text("录入方式")
    entered_by: str = link("录入人", "user")


@frozen(kw_only=True)
class DeliveryView:
    """A delivery of the order after the first."""

    at: datetime = moment("送达时间", required=True)
    channel: str = choice("送达方式", _CHANNELS)
    by: str = link("送达人", "user")


@frozen(kw_only=True)
class RecheckView:
    """A check whether it was put right."""

    officers: tuple[str, ...] = links("复查人员", "officer")
    certificates: tuple[str, ...] = texts("执法证号")
    at: datetime = moment("复查时间", required=True)
    corrected_on: date | None = day("整改时间")
    result: RecheckResult = choice("复查结果", TITLES[RecheckResult], required=True)
    note: str = text("说明")
    new_due: date | None = day("新的期限")
    by: str = link("记录人", "user")
    second: str = link("确认人员", "officer")
    second_at: datetime | None = moment("确认时间")


@frozen(kw_only=True)
class TermView:
    """A term that was extended."""

    at: datetime = moment("延长时间", required=True)
    reason: str = text("理由", required=True)
    old_due: date = day("原期限", required=True)
    new_due: date = day("新期限", required=True)
    by: str = link("办理人", "user")


@frozen(kw_only=True)
class TermRequestView:
    """A longer term that the firm asked for, and what was said to it."""

    at: datetime = moment("申请时间", required=True)
    by: str = link("申请人", "user")
    days: int = integer("申请延长的工作日数", required=True)
    reason: str = text("申请理由", required=True)
    state: ExtensionState = choice("审批状态", _REQUESTS, required=True)
    decided_at: datetime | None = moment("审批时间")
    decided_by: str = link("审批人", "user")
    answer: str = text("审批意见")


@frozen(kw_only=True)
class RectificationFileView:
    """A file of an order: the letter, or what a report or a recheck brought."""

    of: str = text("所附文书", required=True)
    at: datetime = moment("时间", required=True)
    file: str = text("文件编号", required=True, listed=False)


@frozen(kw_only=True)
class RectificationView:
    """What a rectification says; where it was delivered to is personal and stays away."""

    number: str = text("责令改正文号", required=True)
    state: RectificationState = choice("状态", TITLES[RectificationState], required=True)
    visit: str = link("现场检查", "visit", required=True)
    task: str = link("检查任务", "task", required=True)
    subject: str = link("检查对象", "subject", required=True)
    region: str = region("行政区划", required=True)
    department: str = department("责令部门", required=True)
    term_days: int = integer("整改工作日数", required=True)
    ordered_at: datetime = moment("责令时间", required=True)
    due_on: date = day("整改期限", required=True)
    delivered_at: datetime | None = moment("首次送达时间")
    delivered_by: str = choice("首次送达方式", _CHANNELS)
    served_by: str = link("首次送达人", "user")
    delivered_again: tuple[DeliveryView, ...] = rows("再次送达", DeliveryView)
    withdrawn_at: datetime | None = moment("撤回时间")
    withdrawn_by: str = link("撤回人", "user")
    withdrawn_because: str = text("撤回理由")
    findings: tuple[FindingView, ...] = rows("问题", FindingView)
    reports: tuple[ReportView, ...] = rows("整改报告", ReportView)
    rechecks: tuple[RecheckView, ...] = rows("复查", RecheckView)
    awaited: tuple[RecheckView, ...] = rows("待另一名执法人员确认的复查", RecheckView)
    superseded: tuple[RecheckView, ...] = rows("未经确认、已重新记录的复查", RecheckView)
    extensions: tuple[TermView, ...] = rows("延期", TermView)
    term_requests: tuple[TermRequestView, ...] = rows("延期申请", TermRequestView)
    files: tuple[RectificationFileView, ...] = rows("附件", RectificationFileView)


def _awaited(one: Rectification) -> tuple[Recheck, ...]:
    return () if one.awaited is None else (one.awaited,)


def _recheck_view(one: Recheck) -> RecheckView:
    return RecheckView(
        officers=tuple(officer.id for officer in one.officers), at=one.at,
        certificates=tuple(officer.certificate for officer in one.officers),
        corrected_on=one.corrected_on, result=one.result, note=one.note, new_due=one.new_due,
        by=one.by, second=one.second, second_at=one.second_at,
    )  # fmt: skip


def _rectification_files(one: Rectification) -> Iterator[RectificationFileView]:
    if one.sheet.document:
        yield RectificationFileView(of=LETTER, at=one.ordered_at, file=one.sheet.document)
    recorded = (*one.rechecks, *_awaited(one), *one.superseded)
    for title, brought in ((REPORTED, one.reports), (RECHECKED, recorded)):
        for each in brought:
            for file in each.attachments:
                yield RectificationFileView(of=title, at=each.at, file=file)


def _rectification_row(one: Rectification) -> RectificationRow:
    sheet = one.sheet
    return RectificationRow(
        id=one.id, number=sheet.number, visit=sheet.visit, task=sheet.task, subject=sheet.subject,
        region=sheet.region, department=sheet.department, state=one.state, due_on=one.due_on,
    )  # fmt: skip


def _rectification_view(one: Rectification) -> RectificationView:
    sheet, delivery, withdrawal = one.sheet, one.delivery, one.withdrawal
    return RectificationView(
        number=sheet.number, state=one.state, visit=sheet.visit, task=sheet.task,
        subject=sheet.subject, region=sheet.region, department=sheet.department,
        term_days=sheet.days,
        ordered_at=one.ordered_at, due_on=one.due_on,
        delivered_at=delivery.at if delivery else None,
        delivered_by=delivery.channel if delivery else "",
        served_by=delivery.by if delivery else "",
        delivered_again=tuple(
            DeliveryView(at=each.at, channel=each.channel, by=each.by)
            for each in one.delivered_again
        ),
        withdrawn_at=withdrawal.at if withdrawal else None,
        withdrawn_by=withdrawal.by if withdrawal else "",
        withdrawn_because=withdrawal.reason if withdrawal else "",
        findings=tuple(
            FindingView(
                item=each.item, title=each.title, department=each.department, key=each.key,
                note=each.note,
            )
            for each in sheet.findings
        ),
        reports=tuple(
            ReportView(
                said=each.text, at=each.at, entered_by=each.entered_by,
                entered=ENTERED_FOR_FIRM if each.entered_by else "",
            )
            for each in one.reports
        ),
        rechecks=tuple(map(_recheck_view, one.rechecks)),
        awaited=tuple(map(_recheck_view, _awaited(one))),
        superseded=tuple(map(_recheck_view, one.superseded)),
        extensions=tuple(
            TermView(
                at=each.at, reason=each.reason, old_due=each.old_due, new_due=each.new_due,
                by=each.by,
            )
            for each in one.extensions
        ),
        term_requests=tuple(
            TermRequestView(
                at=each.at, by=each.by, days=each.days, reason=each.reason, state=each.state,
                decided_at=each.decided_at, decided_by=each.decided_by, answer=each.answer,
            )
            for each in one.term_requests
        ),
        files=tuple(_rectification_files(one)),
    )  # fmt: skip


RECTIFICATIONS: Final = ListQuery(
    name="tasks.rectification",
    plural="rectifications",
    title="整改复查",
    menu=_MENU,
    step=5,
    port=Rectifications,
    referred=Referred("number"),
    cls=Rectification,
    row=RectificationRow,
    row_of=_rectification_row,
    owing=REPORT_OWED,
    placed=lambda one: Placement(
        region=one.sheet.region, departments=one.departments, parties=one.parties
    ),
    orders=both_ways("due_on"),
    begins="-due_on",
    criteria=(
        Criterion("number"),
        Criterion("state"),
        Criterion("open"),
        Criterion("task"),
        Criterion("task", Match.AMONG, name="scene", title="场景", through=TasksOfScenes),
        Criterion("subject"),
        Criterion("department"),
        Criterion("region", Match.BEGINS),
        Criterion("due_on", Match.BETWEEN),
        Criterion("due_on", Match.WITHIN),
    ),
    beside=RectificationBeside,
    facts=lambda one: RectificationBeside(open=one.open),
    view=RectificationView,
    viewed=_rectification_view,
    offered=lambda _unit, one, permission, _department: (
        permission != RECTIFICATION.permission(RECTIFICATION["ask_term"]) or not one.term_asked
    ),
    acts=(
        act_of(RECTIFICATION, "report", "整改登记", by="department"),
        act_of(RECTIFICATION, "recheck", "整改复查", by="department"),
        act_of(RECTIFICATION, "extend", "延期", by="department"),
    ),
)


@frozen(kw_only=True)
class LetterRow:
    """A letter that was served by a link, as lists show it. Source: proposal 6.4.2.5.2.5."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    number: str = text("文书编号", required=True)
    rectification: str = link("责令改正", "rectification", required=True)
    task: str = link("检查任务", "task", required=True)
    subject: str = link("受送达人", "subject", required=True)
    region: str = region("行政区划", required=True)
    department: str = department("送达部门", required=True)
    channel: Channel = choice("送达方式", CHANNELS, required=True)
    state: LetterState = choice("签收状态", TITLES[LetterState], required=True)
    made_at: datetime = moment("送达时间", required=True)
    opened_at: datetime | None = moment("签收时间")


@frozen(kw_only=True)
class LetterView:
    """What a served letter says, with its receipt; where its link went is personal: not here."""

    number: str = text("文书编号", required=True)
    rectification: str = link("责令改正", "rectification", required=True)
    task: str = link("检查任务", "task", required=True)
    subject: str = link("受送达人", "subject", required=True)
    region: str = region("行政区划", required=True)
    department: str = department("送达部门", required=True)
    channel: Channel = choice("送达方式", CHANNELS, required=True)
    state: LetterState = choice("签收状态", TITLES[LetterState], required=True)
    made_at: datetime = moment("送达时间", required=True)
    sent_at: datetime | None = moment("链接发出时间")
    expires_at: datetime = moment("链接有效至", required=True)
    opened_at: datetime | None = moment("签收时间")
    phone_end: str = text("签收手机尾号")


def _letter_row(one: ServedLetter) -> LetterRow:
    sheet, receipt = one.sheet, one.receipt
    return LetterRow(
        id=one.id, number=sheet.number, rectification=sheet.rectification, task=sheet.task,
        subject=sheet.subject, region=sheet.region, department=sheet.department,
        channel=sheet.channel, state=one.state, made_at=one.made_at,
        opened_at=receipt.at if receipt else None,
    )  # fmt: skip


def _letter_view(one: ServedLetter) -> LetterView:
    sheet, receipt = one.sheet, one.receipt
    return LetterView(
        number=sheet.number, rectification=sheet.rectification, task=sheet.task,
        subject=sheet.subject, region=sheet.region, department=sheet.department,
        channel=sheet.channel, state=one.state, made_at=one.made_at, sent_at=one.sent_at,
        expires_at=one.expires_at, opened_at=receipt.at if receipt else None,
        phone_end=receipt.phone_end if receipt else "",
    )  # fmt: skip


SERVED_LETTERS: Final = ListQuery(
    name="tasks.served_letter",
    plural="served_letters",
    title="文书送达",
    menu=_MENU,
    port=ServedLetters,
    cls=ServedLetter,
    row=LetterRow,
    row_of=_letter_row,
    placed=lambda one: Placement(
        region=one.sheet.region, departments=frozenset({one.sheet.department})
    ),
    orders=both_ways("id"),
    criteria=(
        Criterion("number"),
        Criterion("state"),
        Criterion("channel"),
        Criterion("task"),
        Criterion("rectification"),
        Criterion("subject"),
        Criterion("department"),
        Criterion("region", Match.BEGINS),
    ),
    view=LetterView,
    viewed=_letter_view,
)


@frozen(kw_only=True)
class PublicationRow:
    """A publication as lists show it. Source: proposal 6.4.2.5.3.8."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    name: str = text("公示的对象名称", required=True, example="南宁示例乳业有限公司")
    credit_code: str = text("统一社会信用代码")
    task: str = link("检查任务", "task", required=True)
    subject: str = link("检查对象", "subject", required=True, listed=False)
    scene: str = link("场景", "scene")
    region: str = region("行政区划", required=True)
    state: PublicationState = choice("状态", TITLES[PublicationState], required=True)
    formed_on: date = day("结果形成日期", required=True)
    due_on: date = day("公示期限", required=True)
    until: date | None = day("公示至")


@frozen(kw_only=True)
class WithdrawalView:
    """A result that was taken back."""

    at: datetime = moment("撤回时间", required=True)
    by: str = link("撤回人", "user", required=True)
    ground: WithdrawalGround | None = choice("撤回事由", TITLES[WithdrawalGround])
    reason: str = text("理由", required=True)


@frozen(kw_only=True)
class WithholdingProposalView:
    """A request not to show a result."""

    by: str = link("申请人", "user", required=True)
    at: datetime = moment("申请时间", required=True)
    ground: WithholdingGround = choice(
        "不予公开的法定事由", TITLES[WithholdingGround], required=True
    )
    reason: str = text("理由", required=True)


@frozen(kw_only=True)
class WithdrawalProposalView:
    """A department's request to take a result back, and the answer."""

    department: str = department("申请部门", required=True)
    by: str = link("申请人", "user", required=True)
    at: datetime = moment("申请时间", required=True)
    ground: WithdrawalGround = choice("撤回事由", TITLES[WithdrawalGround], required=True)
    reason: str = text("理由", required=True)
    annulled_on: date | None = day("决定被撤销的日期")
    due_on: date = day("答复期限", required=True)
    declined_by: str = link("不同意的负责人", "user")
    declined_at: datetime | None = moment("不同意的时间")
    answer: str = text("不同意的理由")
    withdrawn_at: datetime | None = moment("撤回时间")


@frozen(kw_only=True)
class PublicationView:
    """What a publication says: what the public sees, and until when."""

    shown_name: str = text("公示的对象名称", required=True)
    credit_code: str = text("统一社会信用代码")
    state: PublicationState = choice("状态", TITLES[PublicationState], required=True)
    task: str = link("检查任务", "task", required=True)
    visit: str = link("现场检查", "visit", required=True)
    region: str = region("行政区划", required=True)
    lead: str = department("牵头部门", required=True)
    departments: tuple[str, ...] = departments("检查部门")
    checked_on: date = day("检查日期", required=True)
    items: int = integer("检查事项数", required=True)
    failed_items: tuple[str, ...] = texts("发现问题的检查事项")
    outcomes: tuple[str, ...] = choices("检查结论", TITLES[Outcome])
    pending: tuple[str, ...] = choices("待后续处理的问题", TITLES[PendingMatter])
    formed_on: date = day("结果形成日期", required=True)
    due_on: date = day("公示期限", required=True)
    shown_on: date | None = day("公示日期")
    until: date | None = day("公示至")
    withholding: tuple[WithholdingProposalView, ...] = rows("不公示申请", WithholdingProposalView)
    withheld_on_ground: WithholdingGround | None = choice(
        "不予公开的法定事由", TITLES[WithholdingGround]
    )
    withheld_because: str = long_text("不公示的理由")
    withdrawals: tuple[WithdrawalView, ...] = rows("撤回", WithdrawalView)
    proposals: tuple[WithdrawalProposalView, ...] = rows("撤回申请", WithdrawalProposalView)


def _publication_row(one: Publication) -> PublicationRow:
    return PublicationRow(
        id=one.id, name=one.shown.subject.name, credit_code=one.shown.subject.credit_code,
        task=one.task, subject=one.shown.subject.id, scene=one.shown.scene, region=one.region,
        state=one.state, formed_on=one.formed_on, due_on=one.due_on, until=one.until,
    )  # fmt: skip


def _publication_view(one: Publication) -> PublicationView:
    shown = one.shown
    return PublicationView(
        shown_name=shown.subject.name, credit_code=shown.subject.credit_code, state=one.state,
        task=one.task, visit=one.id, region=one.region, lead=one.lead,
        departments=tuple(sorted(one.departments)), checked_on=shown.checked_on,
        items=shown.items, failed_items=shown.failed_items,
        outcomes=tuple(sorted(shown.outcomes)), pending=tuple(sorted(shown.pending)),
        formed_on=one.formed_on, due_on=one.due_on, shown_on=one.shown_on, until=one.until,
        withholding=tuple(
            WithholdingProposalView(
                by=each.by, at=each.at, ground=each.ground, reason=each.reason
            )
            for each in [one.withholding]
            if each is not None
        ),
        withheld_on_ground=one.withheld_on_ground, withheld_because=one.withheld_because,
        withdrawals=tuple(
            WithdrawalView(at=each.at, by=each.by, ground=each.ground, reason=each.reason)
            for each in one.withdrawals
        ),
        proposals=tuple(
            WithdrawalProposalView(
                department=each.department, by=each.by, at=each.at, ground=each.ground,
                reason=each.reason, annulled_on=each.annulled_on, due_on=each.due_on,
                declined_by=each.declined_by, declined_at=each.declined_at, answer=each.answer,
                withdrawn_at=each.withdrawn_at,
            )
            for each in one.proposals
        ),
    )  # fmt: skip


PUBLICATIONS: Final = ListQuery(
    name="tasks.publication",
    plural="publications",
    title="结果公示",
    menu=_MENU,
    step=8,
    port=Publications,
    cls=Publication,
    row=PublicationRow,
    row_of=_publication_row,
    placed=lambda one: Placement(region=one.region, departments=one.departments),
    orders=(*both_ways("due_on"), *both_ways("formed_on")),
    criteria=(
        Criterion("name", Match.FRAGMENT),
        Criterion("state"),
        Criterion("task"),
        Criterion("credit_code"),
        Criterion("subject"),
        Criterion("scene"),
        Criterion("region", Match.BEGINS),
        Criterion("due_on", Match.BETWEEN),
        Criterion("due_on", Match.WITHIN),
        Criterion("formed_on", Match.BETWEEN),
        Criterion("until", Match.BETWEEN),
    ),
    searched=Searched(code="credit_code", order={PublicationState.SHOWN: 0}),
    view=PublicationView,
    viewed=_publication_view,
    offered=lambda _unit, one, permission, _department: (
        permission != PUBLICATION.permission(PUBLICATION["decline_withdrawal"])
        if one.proposed is None
        else permission != PUBLICATION.permission(PUBLICATION["propose_withdrawal"])
    ),
    acts=(
        act_of(PUBLICATION, "show", "公示"),
        act_of(PUBLICATION, "propose_withholding", "申请不公示"),
        act_of(PUBLICATION, "withhold", "不公示"),
        act_of(PUBLICATION, "propose_withdrawal", "申请撤回"),
        act_of(PUBLICATION, "decline_withdrawal", "不同意撤回"),
        act_of(PUBLICATION, "withdraw", "撤回"),
        act_of(PUBLICATION, "correct", "更正"),
    ),
)


@frozen(kw_only=True)
class TransferRow:
    """A transfer as lists show it. Source: 行政执法机关移送涉嫌犯罪案件的规定."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    reason: str = text("移送事由", required=True)
    kind: TransferKind = choice("移送类别", TITLES[TransferKind], required=True)
    state: TransferState = choice("状态", _STEPS, required=True)
    visit: str = link("检查对象任务编号", "visit", required=True)
    task: str = link("检查对象任务名称", "task")
    subject: str = link("检查对象名称", "subject", required=True)
    scene: str = link("场景名称", "scene")
    region: str = region("行政区划", required=True)
    department: str = department("移送部门", required=True)
    to: str = text("接收单位")
    entered: str = text("录入方式")


@frozen(kw_only=True)
class TransferStepView:
    """A step of a transfer."""

    state: TransferState = choice("步骤", _STEPS, required=True)
    at: datetime = moment("时间", required=True)
    by: str = link("办理人", "user")
    entered: str = text("录入方式")
    note: str = text("说明")


@frozen(kw_only=True)
class TransferView:
    """What a transfer says."""

    reason: str = long_text("移送事由", required=True)
    kind: TransferKind = choice("移送类别", TITLES[TransferKind], required=True)
    state: TransferState = choice("状态", _STEPS, required=True)
    visit: str = link("现场检查", "visit", required=True)
    task: str = link("检查任务", "task")
    subject: str = link("检查对象", "subject", required=True)
    scene: str = link("场景", "scene")
    region: str = region("行政区划", required=True)
    receiver: str = department("接收部门")
    department: str = department("移送部门", required=True)
    to: str = text("接收单位")
    source: CaseSource = choice("案件来源", SOURCES, required=True)
    reporters: tuple[str, ...] = links("报告人员", "officer")
    papers: tuple[TransferPaper, ...] = choices("移送材料", _PAPERS)
    steps: tuple[TransferStepView, ...] = rows("经过", TransferStepView)


def _transfer_row(one: Transfer) -> TransferRow:
    sheet = one.sheet
    return TransferRow(
        id=one.id, reason=sheet.reason, kind=sheet.kind, state=one.state, visit=sheet.visit,
        subject=sheet.subject, region=sheet.region, department=sheet.department, to=sheet.to,
        task=sheet.task, scene=sheet.scene, entered=one.entered,
    )  # fmt: skip


def _transfer_view(one: Transfer) -> TransferView:
    sheet = one.sheet
    return TransferView(
        reason=sheet.reason, kind=sheet.kind, state=one.state, visit=sheet.visit,
        subject=sheet.subject, region=sheet.region, department=sheet.department, to=sheet.to,
        task=sheet.task, scene=sheet.scene, source=sheet.source, receiver=sheet.receiver,
        reporters=sheet.reporters, papers=tuple(sorted(sheet.papers)),
        steps=tuple(
            TransferStepView(
                state=each.state, at=each.at, by=each.by, entered=each.entered, note=each.note
            )
            for each in one.steps
        ),
    )  # fmt: skip


TRANSFERS: Final = ListQuery(
    name="tasks.transfer",
    plural="transfers",
    title="移交执法",
    menu=_MENU,
    step=7,
    port=Transfers,
    cls=Transfer,
    row=TransferRow,
    row_of=_transfer_row,
    placed=lambda one: Placement(region=one.sheet.region, departments=one.departments),
    orders=both_ways("id"),
    criteria=(
        Criterion("state"),
        Criterion("kind"),
        Criterion("task"),
        Criterion("visit"),
        Criterion("subject"),
        Criterion("scene"),
        Criterion("department"),
        Criterion("region", Match.BEGINS),
    ),
    view=TransferView,
    viewed=_transfer_view,
)


@frozen(kw_only=True)
class ReviewRow:
    """A review of a visit as lists show it. Source: proposal 6.4.2.5.3.9."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    subject: str = link("检查对象", "subject")
    visit: str = link("现场检查", "visit", required=True)
    task: str = link("检查任务", "task", required=True)
    region: str = region("行政区划", required=True)
    department: str = department("复核部门", required=True)
    officers: tuple[str, ...] = links("复核人员", "officer")
    done: bool = flag("已复核")


@frozen(kw_only=True)
class ReviewedItemView:
    """An item of the visit that is looked at again, and what the visit found."""

    id: str = text("检查项编号", required=True)
    title: str = text("检查内容", required=True)
    outcome: str = choice("检查结果", TITLES[ItemOutcome])
    note: str = text("说明")


@frozen(kw_only=True)
class ReviewView:
    """What a review says."""

    subject: str = link("检查对象", "subject")
    visit: str = link("现场检查", "visit", required=True)
    task: str = link("检查任务", "task", required=True)
    region: str = region("行政区划", required=True)
    department: str = department("复核部门", required=True)
    officers: tuple[str, ...] = links("复核人员", "officer")
    picked_by: str = link("未经抽取、指定复核的人员", "user")
    picked_at: datetime | None = moment("指定时间")
    picked_because: str = text("指定理由")
    done: bool = flag("已复核")
    agrees: bool = flag("与检查结果一致")
    differing_items: tuple[str, ...] = texts("不一致的事项")
    note: str = long_text("说明")
    at: datetime | None = moment("复核时间")
    by: str = link("复核人", "officer")
    checked: tuple[ReviewedItemView, ...] = rows("原检查结果", ReviewedItemView)


def _review_row(one: Review) -> ReviewRow:
    return ReviewRow(
        id=one.id, subject=one.subject, visit=one.visit, task=one.task, region=one.region,
        department=one.department, officers=one.officers, done=one.result is not None,
    )  # fmt: skip


def _review_view(one: Review) -> ReviewView:
    found, picked = one.result, one.handpicked
    return ReviewView(
        picked_by=picked.by if picked else "", picked_at=picked.at if picked else None,
        picked_because=picked.reason if picked else "",
        subject=one.subject, visit=one.visit, task=one.task, region=one.region,
        department=one.department, officers=one.officers, done=found is not None,
        agrees=bool(found and found.agrees),
        differing_items=found.differing_items if found else (), note=found.note if found else "",
        at=found.at if found else None, by=found.by if found else "",
    )  # fmt: skip


def _with_results(unit: UnitOfWork, one: Review, said: ReviewView) -> ReviewView:
    """Say of a review what its visit found, item by item."""
    try:
        visit = unit[Visits].get(one.visit)
    except NotFound:
        return said
    results = {each.item: each for each in visit.results}
    return evolve(
        said,
        checked=tuple(
            ReviewedItemView(
                id=item.id, title=item.title,
                outcome=results[item.id].outcome if item.id in results else "",
                note=results[item.id].note if item.id in results else "",
            )
            for item in visit.sheet.items
        ),
    )  # fmt: skip


REVIEWS: Final = ListQuery(
    name="tasks.review",
    plural="reviews",
    title="任务复核",
    menu=_MENU,
    step=6,
    port=Reviews,
    cls=Review,
    row=ReviewRow,
    row_of=_review_row,
    placed=lambda one: Placement(region=one.region, departments=frozenset({one.department})),
    orders=both_ways("id"),
    criteria=(
        Criterion("done"),
        Criterion("task"),
        Criterion("visit"),
        Criterion("department"),
        Criterion("region", Match.BEGINS),
    ),
    view=ReviewView,
    viewed=_review_view,
    completed=_with_results,
)
