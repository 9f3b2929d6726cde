"""Visits as lists show them, and what each says when it is opened."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from attrs import field, frozen

from supervision_core.identity.model import Placement
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import Criterion, ListQuery, Match, both_ways
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
)
from supervision_core.tasks.model.presence import ExtensionState, ReplacementCause
from supervision_core.tasks.model.results import ItemOutcome, Measure, Outcome, PendingMatter
from supervision_core.tasks.model.visit import VERBS, Visit, VisitState
from supervision_core.tasks.ports import Visits
from supervision_core.tasks.words import MATERIAL_SOURCES, TITLES

_EXTENSIONS: Final = VERBS.parts[0].states


@frozen(kw_only=True)
class VisitRow:
    """A visit as lists show it; ``findings`` counts failed items. Source: proposal 6.4.2.5.3."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    number: str = text("检查编号", required=True, example="RW20260407001-0001")
    task: str = link("检查任务", "task", required=True)
    subject: str = link("检查对象", "subject", required=True)
    region: str = region("行政区划", required=True)
    state: VisitState = choice("状态", TITLES[VisitState], required=True)
    due_on: date = day("反馈期限", required=True)
    formed_on: date | None = day("结果形成日期")
    findings: int = integer("不合格项数", required=True)


@frozen(kw_only=True)
class VisitBeside:
    """What visits are asked for beside what their rows show."""

    officers: tuple[str, ...] = links("执法人员", "officer")
    departments: tuple[str, ...] = departments("参与部门")
    open: bool = flag("尚未反馈")


@frozen(kw_only=True)
class VisitItemView:
    """An item to check at a visit, and what came out."""

    title: str = text("检查事项", required=True)
    department: str = department("部门", required=True)
    key: bool = flag("重点项")
    onsite: bool = flag("须现场检查")
    outcome: str = choice("结果", TITLES[ItemOutcome])
    note: str = text("说明")
    officer: str = link("记录人", "officer")
    at: datetime | None = moment("记录时间")


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
    by: str = link("办理人", "user", required=True)
    at: datetime = moment("替换时间", required=True)


@frozen(kw_only=True)
class AssistantNoteView:
    """What an assistant noted of an item: material for the officers, no result."""

    title: str = text("检查事项", required=True)
    outcome: ItemOutcome = choice("所见", TITLES[ItemOutcome], required=True)
    note: str = text("说明")
    by: str = link("记录人", "user", required=True)
    at: datetime = moment("记录时间", required=True)


@frozen(kw_only=True)
class MaterialUseView:
    """Material that an item was checked by off site. Source: proposal 6.4.2.5.2.3.6."""

    title: str = text("检查事项", required=True)
    source: str = choice("材料来源", MATERIAL_SOURCES, required=True)
    by: str = link("记录人", "officer", required=True)
    at: datetime = moment("记录时间", required=True)


@frozen(kw_only=True)
class VisitView:
    """What a visit says; who signed for the subject, and where, is personal and stays away."""

    number: str = text("检查编号", required=True)
    state: VisitState = choice("状态", TITLES[VisitState], required=True)
    task: str = link("检查任务", "task", required=True)
    subject: str = link("检查对象", "subject", required=True)
    region: str = region("行政区划", required=True)
    lead: str = department("牵头部门", required=True)
    due_on: date = day("反馈期限", required=True)
    formed_on: date | None = day("结果形成日期")
    counts_toward_cap: bool = flag("计入年度频次上限")
    assistants: int = integer("协助人员数", required=True)
    checked_in_at: datetime | None = moment("签到时间")
    checked_in_by: str = link("签到人", "officer")
    not_scanned_because: str = text("未扫码签到的原因")
    signed_at: datetime | None = moment("签字时间")
    outcomes: tuple[str, ...] = choices("检查结论", TITLES[Outcome])
    pending: tuple[str, ...] = choices("待后续处理的问题", TITLES[PendingMatter])
    measures: tuple[str, ...] = choices("处理措施", TITLES[Measure])
    concluded_by: str = link("作出结论人", "officer")
    concluded_at: datetime | None = moment("作出结论时间")
    note: str = long_text("结论说明")
    items: tuple[VisitItemView, ...] = rows("检查事项", VisitItemView)
    officers: tuple[VisitOfficerView, ...] = rows("执法人员", VisitOfficerView)
    replacements: tuple[ReplacementView, ...] = rows("人员替换", ReplacementView)
    materials: tuple[MaterialUseView, ...] = rows("非现场材料", MaterialUseView)
    assistant_notes: tuple[AssistantNoteView, ...] = rows("协助人员记录", AssistantNoteView)
    extensions: tuple[VisitExtensionView, ...] = rows("延期", VisitExtensionView)


def _concerned(one: Visit) -> frozenset[str]:
    return one.sheet.departments | {officer.department for officer in one.officers}


def _row(one: Visit) -> VisitRow:
    sheet = one.sheet
    return VisitRow(
        id=one.id, number=sheet.number, task=sheet.task, subject=sheet.subject,
        region=sheet.region, state=one.state, due_on=one.due_on, formed_on=one.formed_on,
        findings=len(one.findings),
    )  # fmt: skip


def _facts(one: Visit) -> VisitBeside:
    return VisitBeside(
        officers=tuple(sorted({officer.id for officer in one.officers})),
        departments=tuple(sorted(_concerned(one))),
        open=one.state is not VisitState.COMPLETED,
    )


def _view(one: Visit) -> VisitView:
    sheet, concluded, entered = one.sheet, one.conclusion, one.started
    found = {result.item: result for result in one.results}
    titles = {item.id: item.title for item in sheet.items}
    signed = one.signatures
    return VisitView(
        number=sheet.number, state=one.state, task=sheet.task, subject=sheet.subject,
        region=sheet.region, lead=sheet.lead, due_on=one.due_on, formed_on=one.formed_on,
        counts_toward_cap=sheet.counts_toward_cap, assistants=len(one.assistants),
        checked_in_at=entered.at if entered else None,
        checked_in_by=entered.by if entered else "",
        not_scanned_because=entered.reason if entered else "",
        signed_at=signed.at if signed else None,
        outcomes=tuple(sorted(concluded.outcomes)) if concluded else (),
        pending=tuple(sorted(concluded.pending)) if concluded else (),
        measures=tuple(sorted(concluded.measures)) if concluded else (),
        concluded_by=concluded.by if concluded else "",
        concluded_at=concluded.at if concluded else None,
        note=concluded.note if concluded else "",
        items=tuple(
            VisitItemView(
                title=item.title, department=item.department, key=item.key,
                onsite=item.onsite,
                outcome=found[item.id].outcome if item.id in found else "",
                note=found[item.id].note if item.id in found else "",
                officer=found[item.id].by if item.id in found else "",
                at=found[item.id].at if item.id in found else None,
            )
            for item in sheet.items
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
                at=each.at,
            )
            for each in one.replacements
        ),
        materials=tuple(
            MaterialUseView(title=titles[use.item], source=use.source, by=use.by, at=use.at)
            for use in one.materials
        ),
        assistant_notes=tuple(
            AssistantNoteView(
                title=titles[each.item], outcome=each.outcome, note=each.note, by=each.by,
                at=each.at,
            )
            for each in one.assistant_notes
        ),
        extensions=tuple(
            VisitExtensionView(
                department=each.department, reason=each.reason, days=each.days, state=each.state,
                old_due=each.old_due, new_due=each.new_due, answer=each.answer,
            )
            for each in one.extensions
        ),
    )  # fmt: skip


def next_visit(rows: Iterable[VisitRow]) -> VisitRow | None:
    """Give the visit that is due first, of those that are not over."""
    ahead = [one for one in rows if one.state is not VisitState.COMPLETED]
    return min(ahead, key=lambda one: (one.due_on, one.number), default=None)


VISITS: Final = ListQuery(
    name="tasks.visit",
    plural="visits",
    title="现场检查",
    menu="一业一查",
    step=4,
    port=Visits,
    cls=Visit,
    row=VisitRow,
    row_of=_row,
    placed=lambda one: Placement(region=one.sheet.region, departments=_concerned(one)),
    orders=both_ways("number"),
    criteria=(
        Criterion("number"),
        Criterion("state"),
        Criterion("open"),
        Criterion("task"),
        Criterion("subject"),
        Criterion("officers"),
        Criterion("departments"),
        Criterion("region", Match.BEGINS),
        Criterion("due_on", Match.BEFORE),
    ),
    beside=VisitBeside,
    facts=_facts,
    view=VisitView,
    viewed=_view,
)
