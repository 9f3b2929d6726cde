"""Visits as lists show them, and what each says when it is opened."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Final

import attrs
from attrs import evolve, field, frozen

from supervision_core.identity.model import Placement
from supervision_core.items.registers import MATTER
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import Criterion, ListQuery, Match, Referred, act_of, both_ways
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
from supervision_core.kernel.tones import bad, good
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.model.assisting import ProblemState
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.presence import (
    MATERIAL_SOURCES,
    ConfirmationWay,
    ExtensionState,
    PlaceProof,
    ReplacementCause,
    SignatureRefused,
    Signed,
    WaiverGround,
)
from supervision_core.tasks.model.rectification import forbidden_order
from supervision_core.tasks.model.results import ItemOutcome, Measure, Outcome, PendingMatter
from supervision_core.tasks.model.sealing import SealingGround, SealingState
from supervision_core.tasks.model.visit import ENDED, VERBS, Visit, VisitState
from supervision_core.tasks.ports import Rectifications, Tasks, TasksOfScenes, Visits
from supervision_core.tasks.words import TITLES

_EXTENSIONS: Final = VERBS.parts[0].states
_PROBLEMS: Final = VERBS.parts[1].states
_SEALED: Final = {one: f"已封存（{title}）" for one, title in TITLES[SealingGround].items()}
_PARTS: Final = {
    "sign": "到场照片", "result": "检查结果的证据", "superseded": "更正前的证据",
    "assistance": "协助人员附件", "waiver": "无法检查的材料",
}  # fmt: skip


@frozen(kw_only=True)
class VisitRow:
    """A visit as lists show it; ``findings`` counts failed items. Source: proposal 6.4.2.5.3."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    number: str = text("检查编号", required=True, example="RW20260407001-0001")
    task: str = link("检查任务", "task", required=True)
    subject: str = link("检查对象", "subject", required=True)
    region: str = region("行政区划", required=True)
    state: VisitState = choice("状态", TITLES[VisitState], required=True)
    lead: str = department("发起部门", required=True)
    starts_on: date | None = day("任务开始日期")
    due_on: date = day("反馈期限", required=True)
    formed_on: date | None = day("结果形成日期")
    findings: int = integer("发现问题数", required=True)
    assisted: bool = flag("第三方协助")
    place_proof: str = choice("到场证明", TITLES[PlaceProof])


@frozen(kw_only=True)
class VisitBeside:
    """What visits are asked for beside what their rows show."""

    officers: tuple[str, ...] = links("执法人员", "officer")
    departments: tuple[str, ...] = departments("参与部门")
    open: bool = flag("尚未反馈")


@frozen(kw_only=True)
class VisitItemView:
    """An item to check at a visit, and what came out."""

    id: str = text("检查项编号", required=True)
    domain: str = text("检查领域")
    topic: str = text("检查事项")
    title: str = text("检查内容", required=True)
    method: str = text("检查方法")
    basis: tuple[str, ...] = texts("检查依据")
    matter: str = link("监管事项", MATTER)
    department: str = department("部门", required=True)
    key: bool = flag("重点项")
    onsite: bool = flag("须现场检查")
    outcome: str = choice("结果", TITLES[ItemOutcome])
    note: str = text("说明")
    officer: str = link("记录人", "officer")
    at: datetime | None = moment("记录时间")
    corrected_because: str = text("更正理由")


@frozen(kw_only=True)
class VisitOfficerView:
    """An officer of a visit."""

    officer: str = link("执法人员", "officer", required=True)
    department: str = department("部门", required=True)
    certificate: str = text("执法证号", required=True)
    certificate_until: date = day("证件有效期至", required=True)


@frozen(kw_only=True)
class VisitExtensionView:
    """A term that somebody asked to extend."""

    department: str = department("部门", required=True)
    reason: str = text("理由", required=True)
    days: int = integer("天数", required=True)
    state: ExtensionState = choice("状态", _EXTENSIONS, required=True)
    old_due: date = day("原期限", required=True)
    new_due: date = day("新期限", required=True)
    answer: str = text("审批意见")


@frozen(kw_only=True)
class ReplacementView:
    """An officer who took over from another. Source: proposal 6.4.2.5.2.3.3."""

    old: str = link("原执法人员", "officer", required=True)
    new: str = link("接替的执法人员", "officer", required=True)
    cause: ReplacementCause = choice("替换原因", TITLES[ReplacementCause], required=True)
    reason: str = text("替换说明", required=True)
    beyond: bool = flag("超出抽取时的名册")
    by: str = link("办理人", "user", required=True)
    at: datetime = moment("替换时间", required=True)


@frozen(kw_only=True)
class OfficersAdjustedView:
    """A change by hand of who is sent. Source: proposal 3021-3023."""

    added: tuple[str, ...] = links("增加的执法人员", "officer")
    removed: tuple[str, ...] = links("去掉的执法人员", "officer")
    reason: str = text("理由", required=True)
    by: str = link("办理人", "user", required=True)
    at: datetime = moment("办理时间", required=True)


@frozen(kw_only=True)
class AssistantNoteView:
    """What an assistant noted of an item: material for the officers, no result."""

    item: str = field(metadata=said("检查项编号", example="1.1"))
    title: str = text("检查事项", required=True)
    outcome: ItemOutcome = choice("所见", TITLES[ItemOutcome], required=True)
    note: str = text("说明")
    by: str = link("记录人", "user", required=True)
    at: datetime = moment("记录时间", required=True)


@frozen(kw_only=True)
class AssistantFileView:
    """A file that an assistant took of an item, or with a problem."""

    item: str = field(metadata=said("检查项编号，问题的为空", example="1.1"))
    title: str = text("内容", required=True)
    by: str = link("记录人", "user", required=True)
    at: datetime = moment("记录时间", required=True)
    sealed: str = choice("封存", _SEALED)
    file: str = text("文件编号", required=True, listed=False)


@frozen(kw_only=True)
class ArrivalView:
    """An assistant who came. Source: proposal 6.4.2.5.3.7.2."""

    by: str = link("签到人", "user", required=True)
    at: datetime = moment("签到时间", required=True)
    scanned: bool = flag("已扫码")
    reason: str = text("未扫码的原因")


@frozen(kw_only=True)
class HandoverView:
    """An assistant who handed over to another. Source: proposal 6.4.2.5.3.7.2."""

    old: str = link("移交人", "user", required=True)
    new: str = link("接收人", "user", required=True)
    reason: str = text("移交原因", required=True)
    at: datetime = moment("移交时间", required=True)


@frozen(kw_only=True)
class ProblemView:
    """What an assistant reported to a department. Source: proposal 6.4.2.5.3.7.4."""

    department: str = department("提交部门", required=True)
    title: str = text("检查事项")
    content: str = text("发现的问题", required=True)
    by: str = link("反馈人", "user", required=True)
    at: datetime = moment("反馈时间", required=True)
    state: ProblemState = choice("状态", _PROBLEMS, required=True)
    answer: str = text("答复")
    answered_by: str = link("答复人", "user")
    answered_at: datetime | None = moment("答复时间")


@frozen(kw_only=True)
class MaterialUseView:
    """Material that an item was checked by off site. Source: proposal 6.4.2.5.2.3.6."""

    title: str = text("检查事项", required=True)
    material: str = text("材料", required=True)
    source: str = choice("材料来源", MATERIAL_SOURCES, required=True)
    by: str = link("记录人", "officer", required=True)
    at: datetime = moment("记录时间", required=True)


@frozen(kw_only=True)
class EvidenceView:
    """A file that an officer recorded with the result of an item."""

    item: str = field(metadata=said("检查项编号，无法检查的为空", example="1.1"))
    title: str = text("检查事项", required=True)
    officer: str = link("记录人", "officer", required=True)
    at: datetime = moment("记录时间", required=True)
    sealed: str = choice("封存", _SEALED)
    file: str = text("文件编号", required=True, listed=False)


@frozen(kw_only=True)
class RepeatedView:
    """A picture of a visit that hangs on another visit as well."""

    other: str = link("另一次检查", "visit", required=True)
    number: str = text("另一次检查的编号", required=True)
    by: str = link("上传人", "user", required=True)
    at: datetime = moment("时间", required=True)
    file: str = text("文件编号", required=True, listed=False)


@frozen(kw_only=True)
class VisitFileView:
    """A file of a visit, whatever it shows, and whether it is closed from view."""

    title: str = text("所证明的内容", required=True)
    part: str = choice("类别", _PARTS, required=True)
    sealed: str = choice("封存", _SEALED)
    file: str = text("文件编号", required=True, listed=False)


@frozen(kw_only=True)
class SealingView:
    """A proposal to close evidence from view, and what the head decided."""

    title: str = text("所证明的内容", required=True)
    ground: SealingGround = choice("封存事由", TITLES[SealingGround], required=True)
    reason: str = text("封存理由", required=True)
    sm3: str = text("文件的SM3", required=True)
    by: str = link("提请人", "user", required=True)
    at: datetime = moment("提请时间", required=True)
    state: SealingState = choice("审批结果", TITLES[SealingState], required=True)
    decided_by: str = link("审批人", "user")
    decided_at: datetime | None = moment("审批时间")
    answer: str = text("审批意见")


@frozen(kw_only=True)
class SupersededView:
    """A result in whose place another stands now."""

    item: str = field(metadata=said("检查项编号", example="1.1"))
    title: str = text("检查事项", required=True)
    outcome: ItemOutcome = choice("原结果", TITLES[ItemOutcome], required=True)
    note: str = text("原情况说明")
    corrected_because: str = text("当时的更正理由")
    officer: str = link("记录人", "officer", required=True)
    at: datetime = moment("记录时间", required=True)


@frozen(kw_only=True)
class FormerConclusionView:
    """A conclusion that lapsed."""

    outcomes: tuple[str, ...] = choices("检查结论", TITLES[Outcome])
    pending: tuple[str, ...] = choices("待后续处理的问题", TITLES[PendingMatter])
    measures: tuple[str, ...] = choices("处理措施", TITLES[Measure])
    note: str = text("结论说明")
    by: str = link("作出结论人", "officer", required=True)
    at: datetime = moment("作出结论时间", required=True)


@frozen(kw_only=True)
class ReopeningView:
    """A signed record that the head gave back."""

    reason: str = text("退回理由", required=True)
    by: str = link("退回人", "user", required=True)
    at: datetime = moment("退回时间", required=True)
    recorder: str = link("原记录人", "officer")
    signed_at: datetime | None = moment("原签字时间")


@frozen(kw_only=True)
class WaiverView:
    """A report that the firm cannot be visited."""

    ground: WaiverGround = choice("无法检查的情形", TITLES[WaiverGround], required=True)
    note: str = text("情况说明", required=True)
    by: str = link("报告人", "officer", required=True)
    at: datetime = moment("报告时间", required=True)
    confirmed_by: str = link("确认人", "officer")
    confirmed_at: datetime | None = moment("确认时间")
    decision: str = choice("审批结果", {"granted": good("同意不检查"), "refused": bad("不同意")})
    decided_by: str = link("审批人", "user")
    decided_at: datetime | None = moment("审批时间")
    answer: str = text("审批意见")


@frozen(kw_only=True)
class VisitView:
    """What a visit says; who signed for the subject is personal and stays away."""

    number: str = text("检查编号", required=True)
    state: VisitState = choice("状态", TITLES[VisitState], required=True)
    task: str = link("检查任务", "task", required=True)
    subject: str = link("检查对象", "subject", required=True)
    region: str = region("行政区划", required=True)
    lead: str = department("牵头部门", required=True)
    due_on: date = day("反馈期限", required=True)
    drawn_at: datetime | None = moment("检查人员抽取时间")
    formed_on: date | None = day("结果形成日期")
    counts_toward_cap: bool = flag("计入年度频次上限")
    ground: VisitGround | None = choice("检查依据", TITLES[VisitGround])
    basis: str = text("所依据的线索或部署文件的编号")
    assistants: int = integer("协助人员数", required=True)
    assisting: tuple[str, ...] = links("协助人员", "user")
    checked_in_at: datetime | None = moment("签到时间")
    offline_check_in: bool = flag("离线签到")
    check_in_received_at: datetime | None = moment("离线签到的送达时间")
    checked_in_by: str = link("签到人", "officer")
    place: str = text("签到地点")
    place_metres: int | None = integer("签到位置距登记地址（米）")
    place_proof: str = choice("到场证明", TITLES[PlaceProof])
    place_photo: str = text("门店招牌照片的文件编号", listed=False)
    place_photo_sm3: str = text("门店招牌照片的SM3")
    not_scanned_because: str = text("未扫码签到的原因")
    confirmed_at: datetime | None = moment("企业扫码核对时间")
    signed_at: datetime | None = moment("签字时间")
    recorder: str = link("记录人", "officer")
    opinion: str = text("被检查人意见")
    refused_because: str = text("拒绝签名的理由")
    record_confirmed_by: str = link("确认检查记录的执法人员", "officer")
    record_confirmed_at: datetime | None = moment("确认检查记录的时间")
    record_confirmed_how: str = choice("确认方式", TITLES[ConfirmationWay])
    outcomes: tuple[str, ...] = choices("检查结论", TITLES[Outcome])
    pending: tuple[str, ...] = choices("待后续处理的问题", TITLES[PendingMatter])
    measures: tuple[str, ...] = choices("处理措施", TITLES[Measure])
    concluded_by: str = link("作出结论人", "officer")
    concluded_at: datetime | None = moment("作出结论时间")
    note: str = long_text("结论说明")
    items: tuple[VisitItemView, ...] = rows("检查事项", VisitItemView)
    evidence: tuple[EvidenceView, ...] = rows("证据材料", EvidenceView)
    repeated: tuple[RepeatedView, ...] = rows("与其他检查相同的照片", RepeatedView)
    officers: tuple[VisitOfficerView, ...] = rows("执法人员", VisitOfficerView)
    replacements: tuple[ReplacementView, ...] = rows("人员替换", ReplacementView)
    adjustments: tuple[OfficersAdjustedView, ...] = rows("检查人员增减", OfficersAdjustedView)
    materials: tuple[MaterialUseView, ...] = rows("非现场材料", MaterialUseView)
    assistant_notes: tuple[AssistantNoteView, ...] = rows("协助人员记录", AssistantNoteView)
    assistant_files: tuple[AssistantFileView, ...] = rows("协助人员附件", AssistantFileView)
    arrivals: tuple[ArrivalView, ...] = rows("协助人员签到", ArrivalView)
    handovers: tuple[HandoverView, ...] = rows("任务移交", HandoverView)
    problems: tuple[ProblemView, ...] = rows("问题反馈", ProblemView)
    extensions: tuple[VisitExtensionView, ...] = rows("延期", VisitExtensionView)
    confirm_due: date | None = day("第二名执法人员确认的期限")
    leader_called: bool = flag("逾期未确认，已提请负责人处理")
    superseded: tuple[SupersededView, ...] = rows("更正前的结果", SupersededView)
    superseded_evidence: tuple[EvidenceView, ...] = rows("更正前的证据材料", EvidenceView)
    former_conclusions: tuple[FormerConclusionView, ...] = rows(
        "更正前的结论", FormerConclusionView
    )
    reopenings: tuple[ReopeningView, ...] = rows("退回检查记录", ReopeningView)
    waivers: tuple[WaiverView, ...] = rows("无法检查", WaiverView)
    waiver_evidence: tuple[EvidenceView, ...] = rows("无法检查的材料", EvidenceView)
    files: tuple[VisitFileView, ...] = rows("证据目录", VisitFileView)
    sealings: tuple[SealingView, ...] = rows("证据封存", SealingView)


def _row(one: Visit) -> VisitRow:
    sheet = one.sheet
    return VisitRow(
        id=one.id, number=sheet.number, task=sheet.task, subject=sheet.subject,
        region=sheet.region, state=one.state, due_on=one.due_on, formed_on=one.formed_on,
        findings=len(one.findings), lead=sheet.lead, starts_on=sheet.starts_on,
        assisted=bool(one.assistants), place_proof=one.place_proof or "",
    )  # fmt: skip


def _facts(one: Visit) -> VisitBeside:
    return VisitBeside(
        officers=tuple(sorted({officer.id for officer in one.officers})),
        departments=tuple(sorted(one.departments)),
        open=one.unfinished,
    )


def _view(one: Visit) -> VisitView:
    sheet, concluded, entered = one.sheet, one.conclusion, one.started
    found = {result.item: result for result in one.results}
    titles = {item.id: item.title for item in sheet.items}
    signed, confirmed = one.signatures, one.confirmation
    party = signed.party if signed else None
    sealed = {file: ground.value for file, ground in one.sealed.items()}
    files = tuple(_files(one, titles, sealed))
    called = {each.file: each.title for each in files}
    return VisitView(
        number=sheet.number, state=one.state, task=sheet.task, subject=sheet.subject,
        region=sheet.region, lead=sheet.lead, due_on=one.due_on, drawn_at=one.drawn_at,
        formed_on=one.formed_on,
        counts_toward_cap=sheet.counts_toward_cap, ground=sheet.ground, basis=sheet.basis,
        assistants=len(one.assistants),
        assisting=tuple(sorted(one.assistants)),
        checked_in_at=entered.at if entered else None,
        offline_check_in=entered is not None and entered.offline,
        check_in_received_at=entered.received_at if entered else None,
        checked_in_by=entered.by if entered else "",
        place=entered.place if entered else "",
        place_metres=entered.metres if entered else None,
        place_proof=one.place_proof or "", place_photo=entered.photo if entered else "",
        place_photo_sm3=entered.photo_sm3 if entered else "",
        not_scanned_because=entered.reason if entered else "",
        confirmed_at=one.party_scan.at if one.party_scan else None,
        signed_at=signed.at if signed else None,
        recorder=signed.recorder if signed else "",
        opinion=party.opinion if isinstance(party, Signed) else "",
        refused_because=party.reason if isinstance(party, SignatureRefused) else "",
        record_confirmed_by=confirmed.by if confirmed else "",
        record_confirmed_at=confirmed.at if confirmed else None,
        record_confirmed_how=confirmed.way if confirmed else "",
        outcomes=tuple(sorted(concluded.outcomes)) if concluded else (),
        pending=tuple(sorted(concluded.pending)) if concluded else (),
        measures=tuple(sorted(concluded.measures)) if concluded else (),
        concluded_by=concluded.by if concluded else "",
        concluded_at=concluded.at if concluded else None,
        note=concluded.note if concluded else "",
        items=tuple(
            VisitItemView(
                id=item.id, domain=item.domain, topic=item.topic, title=item.title,
                method=item.method, basis=item.basis, matter=item.matter,
                department=item.department, key=item.key, onsite=item.onsite,
                outcome=found[item.id].outcome if item.id in found else "",
                note=found[item.id].note if item.id in found else "",
                officer=found[item.id].by if item.id in found else "",
                at=found[item.id].at if item.id in found else None,
                corrected_because=found[item.id].corrected_because if item.id in found else "",
            )
            for item in sheet.items
        ),
        evidence=tuple(
            EvidenceView(
                item=each.item, title=titles[each.item], officer=each.by, at=each.at, file=file,
                sealed=sealed.get(file, ""),
            )
            for each in one.results
            for file in each.evidence
        ),
        officers=tuple(
            VisitOfficerView(
                officer=each.id, department=each.department, certificate=each.certificate,
                certificate_until=each.certificate_until,
            )
            for each in one.officers
        ),
        replacements=tuple(
            ReplacementView(
                old=each.old, new=each.new.id, cause=each.cause, reason=each.reason, by=each.by,
                at=each.at, beyond=each.beyond,
            )
            for each in one.replacements
        ),
        adjustments=tuple(
            OfficersAdjustedView(
                added=each.added, removed=each.removed, reason=each.reason, by=each.by, at=each.at
            )
            for each in one.adjustments
        ),
        materials=tuple(
            MaterialUseView(
                title=titles[use.item], material=use.material, source=use.source, by=use.by,
                at=use.at,
            )
            for use in one.materials
        ),
        assistant_notes=tuple(
            AssistantNoteView(
                item=each.item, title=titles[each.item], outcome=each.outcome, note=each.note,
                by=each.by, at=each.at,
            )
            for each in one.assistant_notes
        ),
        assistant_files=(
            *(
                AssistantFileView(
                    item=each.item, title=titles[each.item], by=each.by, at=each.at, file=file,
                    sealed=sealed.get(file, ""),
                )
                for each in one.assistant_notes
                for file in each.evidence
            ),
            *(
                AssistantFileView(
                    item="", title=each.text, by=each.by, at=each.at, file=file,
                    sealed=sealed.get(file, ""),
                )
                for each in one.problems
                for file in each.files
            ),
        ),
        arrivals=tuple(
            ArrivalView(by=each.by, at=each.at, scanned=each.scanned, reason=each.reason)
            for each in one.arrivals
        ),
        handovers=tuple(
            HandoverView(old=each.old, new=each.new, reason=each.reason, at=each.at)
            for each in one.handovers
        ),
        problems=tuple(
            ProblemView(
                department=each.department, title=titles.get(each.item, ""), content=each.text,
                by=each.by, at=each.at, state=each.state, answer=each.answer,
                answered_by=each.answered_by, answered_at=each.answered_at,
            )
            for each in one.problems
        ),
        extensions=tuple(
            VisitExtensionView(
                department=each.department, reason=each.reason, days=each.days, state=each.state,
                old_due=each.old_due, new_due=each.new_due, answer=each.answer,
            )
            for each in one.extensions
        ),
        repeated=tuple(
            RepeatedView(
                other=each.visit, number=each.number, by=each.by, at=each.at, file=each.file
            )
            for each in one.repeated
        ),
        confirm_due=one.confirm_due, leader_called=one.leader_called,
        superseded=tuple(
            SupersededView(
                item=each.item, title=titles[each.item], outcome=each.outcome, note=each.note,
                corrected_because=each.corrected_because, officer=each.by, at=each.at,
            )
            for each in one.superseded
        ),
        superseded_evidence=tuple(
            EvidenceView(
                item=each.item, title=titles[each.item], officer=each.by, at=each.at, file=file,
                sealed=sealed.get(file, ""),
            )
            for each in one.superseded
            for file in each.evidence
        ),
        former_conclusions=tuple(
            FormerConclusionView(
                outcomes=tuple(sorted(each.outcomes)), pending=tuple(sorted(each.pending)),
                measures=tuple(sorted(each.measures)), note=each.note, by=each.by, at=each.at,
            )
            for each in one.former_conclusions
        ),
        reopenings=tuple(
            ReopeningView(
                reason=each.reason, by=each.by, at=each.at,
                recorder=each.signatures.recorder if each.signatures else "",
                signed_at=each.signatures.at if each.signatures else None,
            )
            for each in one.reopenings
        ),
        waivers=tuple(
            WaiverView(
                ground=each.ground, note=each.note, by=each.by, at=each.at,
                confirmed_by=each.confirmed_by, confirmed_at=each.confirmed_at,
                decision={None: "", True: "granted", False: "refused"}[each.accepted],
                decided_by=each.decided_by, decided_at=each.decided_at,
                answer=each.answer,
            )
            for each in one.waivers
        ),
        waiver_evidence=tuple(
            EvidenceView(
                item="", title=each.note, officer=each.by, at=each.at, file=file,
                sealed=sealed.get(file, ""),
            )
            for each in one.waivers
            for file in each.evidence
        ),
        files=files,
        sealings=tuple(
            SealingView(
                title=called.get(each.file, each.file), ground=each.ground, reason=each.reason,
                sm3=each.sm3, by=each.by, at=each.at, state=each.state,
                decided_by=each.decided_by, decided_at=each.decided_at, answer=each.answer,
            )
            for each in one.sealings
        ),
    )  # fmt: skip


def _files(
    one: Visit, titles: Mapping[str, str], sealed: Mapping[str, str]
) -> Iterator[VisitFileView]:
    """Give every file that the visit names, each once, with what it shows."""
    found = {
        file: (title, part)
        for file, title, part in reversed(list(_named(one, titles)))
    }  # fmt: skip
    for file, (title, part) in reversed(list(found.items())):
        yield VisitFileView(title=title, part=part, sealed=sealed.get(file, ""), file=file)


def _named(one: Visit, titles: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    if one.started is not None and one.started.photo:
        yield one.started.photo, "门店招牌照片", "sign"
    for part, results in (("result", one.results), ("superseded", one.superseded),
                          ("assistance", one.assistant_notes)):  # fmt: skip
        for result in results:
            yield from ((file, titles[result.item], part) for file in result.evidence)
    for problem in one.problems:
        yield from ((file, problem.text, "assistance") for file in problem.files)
    for waiver in one.waivers:
        yield from ((file, waiver.note, "waiver") for file in waiver.evidence)


def _offered(unit: UnitOfWork, one: Visit, permission: str, department: str) -> bool:
    """Tell whether what a visit's state lets a department do would not be refused."""
    match permission:
        case "tasks.issue_rectification":
            part = unit[Tasks].get(one.sheet.task).part(department)
            earlier = unit[Rectifications].after(one, department)
            return not any(forbidden_order(one, part, department=department, earlier=earlier))
        case "tasks.check_in" | "tasks.start_offsite":
            return one.staffed
        case "tasks.use_material" | "tasks.type_material":
            return department in one.sheet.answering
        case "tasks.adjust_officers":
            task = unit[Tasks].get(one.sheet.task)
            return not one.sheet.drawn_at_claim and not any(task.forbids("admit_visits"))
        case _:
            return True


def next_visit(rows: Iterable[VisitRow]) -> VisitRow | None:
    """Give the visit that is due first, of those that are not over."""
    ahead = [one for one in rows if one.state not in ENDED]
    return min(ahead, key=lambda one: (one.due_on, one.number), default=None)


VISITS: Final = ListQuery(
    name="tasks.visit",
    plural="visits",
    title="现场检查",
    menu="一业一查",
    step=4,
    unlisted_for="tasks.list_third_party_visits",
    port=Visits,
    referred=Referred("number"),
    cls=Visit,
    row=VisitRow,
    row_of=_row,
    owing=frozenset(VisitState) - ENDED,
    placed=lambda one, task: Placement(
        region=one.sheet.region,
        departments=one.departments,
        parties=frozenset() if task is None else task.institutions,
    ),
    stands_with=lambda one: (Tasks, one.sheet.task),
    closed=lambda one: one.closed,
    names_closed=False,
    orders=both_ways("number"),
    begins="-number",
    for_all=False,
    criteria=(
        Criterion("number", Match.BEGINS),
        Criterion("state"),
        Criterion("open"),
        Criterion("assisted"),
        Criterion("lead"),
        Criterion("task"),
        Criterion("task", Match.AMONG, name="scene", title="场景", through=TasksOfScenes),
        Criterion("subject"),
        Criterion("officers"),
        Criterion("departments"),
        Criterion("region", Match.BEGINS),
        Criterion("due_on", Match.BEFORE),
        Criterion("due_on", Match.BETWEEN),
        Criterion("due_on", Match.WITHIN),
        Criterion("formed_on", Match.BETWEEN),
        Criterion("findings", Match.BETWEEN),
        Criterion("place_proof"),
    ),
    beside=VisitBeside,
    facts=_facts,
    view=VisitView,
    viewed=_view,
    offered=_offered,
    acts=(
        act_of(VERBS, "assign_review", "任务复核", by="lead"),
        act_of(VERBS, "replace_officer", "人员替换"),
    ),
)


@frozen(kw_only=True)
class ThirdPartyVisitRow:
    """A visit that an institution assists, as it looks at it. Source: proposal 3100-3102."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    number: str = text("检查编号", required=True, example="RW20260407001-0001")
    task: str = link("任务名称", "task", required=True)
    lead: str = department("发起部门", required=True)
    subject: str = link("检查对象", "subject", required=True)
    starts_on: date | None = day("任务开始时间")
    due_on: date = day("任务结束时间", required=True)
    state: VisitState = choice("状态", TITLES[VisitState], required=True)
    assisted: bool = flag("已分配人员")
    region: str = region("行政区划", required=True)


@frozen(kw_only=True)
class AssistedBeside:
    """What an institution asks for beside what rows show."""

    open: bool = flag("尚未反馈")


def _assisted_facts(one: Visit) -> AssistedBeside:
    return AssistedBeside(open=one.unfinished)


def _assisted_row(one: Visit) -> ThirdPartyVisitRow:
    sheet = one.sheet
    return ThirdPartyVisitRow(
        id=one.id, number=sheet.number, task=sheet.task, lead=sheet.lead, subject=sheet.subject,
        starts_on=sheet.starts_on, due_on=one.due_on, state=one.state,
        assisted=bool(one.assistants), region=sheet.region,
    )  # fmt: skip


@frozen(kw_only=True)
class ThirdPartyVisitView(VisitView):
    """What a visit says to the institution that assists: whom it checks, too (4011-4013)."""

    code: str = text("检查对象的统一社会信用代码")
    domicile: str = text("检查对象住所")
    business: str = long_text("检查对象经营范围")
    starts_on: date | None = day("任务开始时间")
    institutions: tuple[str, ...] = links("第三方机构", "officers.institution")


def _assisted_view(one: Visit) -> ThirdPartyVisitView:
    said = attrs.asdict(_view(one), recurse=False)
    return ThirdPartyVisitView(**said, starts_on=one.sheet.starts_on)


def _with_subject(unit: UnitOfWork, one: Visit, viewed: ThirdPartyVisitView) -> ThirdPartyVisitView:
    """Say of whom the visit is, nothing personal of it, and which institutions assist."""
    institutions = tuple(sorted(unit[Tasks].get(one.sheet.task).institutions))
    (subject,) = unit[Subjects].find_many([one.sheet.subject]) or (None,)
    if subject is None:
        return evolve(viewed, institutions=institutions)
    return evolve(
        viewed, institutions=institutions, code=subject.identity.shown,
        domicile=subject.basic.domicile, business=subject.basic.scope,
    )  # fmt: skip


THIRD_PARTY_VISITS: Final = ListQuery(
    name="tasks.third_party_visit",
    plural="third_party_visits",
    title="三方任务",
    menu="一业一查",
    port=Visits,
    cls=Visit,
    row=ThirdPartyVisitRow,
    row_of=_assisted_row,
    placed=VISITS.placed,
    stands_with=VISITS.stands_with,
    closed=VISITS.closed,
    names_closed=False,
    orders=both_ways("number"),
    criteria=(
        Criterion("number", Match.BEGINS),
        Criterion("task"),
        Criterion("lead"),
        Criterion("subject"),
        Criterion("state"),
        Criterion("open"),
        Criterion("assisted"),
    ),
    beside=AssistedBeside,
    facts=_assisted_facts,
    view=ThirdPartyVisitView,
    viewed=_assisted_view,
    completed=_with_subject,
    partial=True,
    for_all=False,
    exported=False,
    acts=(
        act_of(VERBS, "allot_assistants", "人员分配"),
        act_of(VERBS, "claim_visit", "认领任务"),
    ),
)
"""三方任务: what an institution assists, for its head to send people to and for them to take up."""
