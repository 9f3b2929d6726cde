"""What a checklist looks like as a sheet, and in what two of its versions differ."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import attrs
from attrs import field, frozen

from supervision_core.checklists.lists import words_of_changes
from supervision_core.checklists.model import (
    GRADE_LETTERS,
    Checklist,
    ChecklistContent,
    ChecklistHead,
    ChecklistItem,
    ChecklistPreview,
    ContentChanges,
    changes_between,
    grades_without_items,
    preview,
)
from supervision_core.checklists.ports import Checklists
from supervision_core.checklists.reaching import checklist_to_read
from supervision_core.identity.model import Reading
from supervision_core.identity.registers import TRADES
from supervision_core.identity.services import Work, question
from supervision_core.items.model import CheckContent
from supervision_core.kernel.fields import FIELD, FieldWords, said
from supervision_core.kernel.registers import DEPARTMENT, Ask, Field, described
from supervision_core.kernel.registers.description import parts_of
from supervision_core.kernel.registers.tables import cell_of


@frozen(kw_only=True)
class ViewSheet:
    """The checklist, and which of its versions."""

    checklist_id: str = field(metadata=said("检查单的编号", example="0123abcd", to="checklist"))
    version: int | None = field(
        default=None,
        metadata=said(
            "版本号，0为正在编制的草稿，为空则取最新发布的版本，未发布的取草稿", example=1
        ),
    )


@frozen(kw_only=True)
class ChecklistSheet:
    """A checklist as a sheet; whom and what it refers to is called by name."""

    code: str = field(metadata=said("检查单编码", example="DAIRY-01"))
    trade: str = field(metadata=said("关联业态", example="乳制品生产"))
    lead: str = field(metadata=said("牵头部门", example="南宁市市场监督管理局"))
    joining: tuple[str, ...] = field(metadata=said("参与部门"))
    note: str = field(metadata=said("检查单说明"))
    created_at: datetime | None = field(metadata=said("创建时间"))
    published_at: datetime | None = field(metadata=said("发布时间，草稿为空"))
    versions: int = field(metadata=said("已发布版本数", example=2))
    sheet: ChecklistPreview = field(metadata=said("检查单内容"))
    departments: Mapping[str, str] = field(metadata=said("责任部门的编号及名称"))
    silent_grades: tuple[str, ...] = field(metadata=said("没有检查项的等级"))


@question("checklists.view_sheet", "预览检查单")
def view_sheet(work: Work, about: ViewSheet) -> ChecklistSheet:
    """Show a version of a checklist, or its draft, as the sheet that inspectors will see.

    A pilot's published versions are shown to the staff of all regions. Source: proposal
    6.4.2.1.3.7.
    """
    checklist = checklist_to_read(work, about.checklist_id)
    number = len(checklist.versions) if about.version is None else about.version
    return sheet_of(work[Ask], checklist, _content(work, checklist, number), number)


def sheet_of(
    ask: Ask, checklist: Checklist, content: ChecklistContent, number: int
) -> ChecklistSheet:
    """Give a content of a checklist as a sheet; ``number`` is its version, 0 for the draft."""
    sheet = preview(content, number=number)
    ids = {content.lead, *content.joining} | {
        one for domain in sheet.domains for one in domain.departments
    }
    found = ask.resolve(DEPARTMENT, ids - {""})
    names = {id_: one.name for id_, one in found.items()}
    trades = ask.resolve(TRADES.name, {content.trade} - {""})
    return ChecklistSheet(
        code=checklist.code,
        trade=trades[content.trade].name if content.trade in trades else "",
        lead=names.get(content.lead, ""),
        joining=tuple(names[one] for one in content.joining if one in names),
        note=content.note,
        created_at=checklist.created_at,
        published_at=checklist.published(number).published_at if number else None,
        versions=len(checklist.versions),
        sheet=sheet,
        departments=names,
        silent_grades=tuple(GRADE_LETTERS[str(one)] for one in grades_without_items(content)),
    )


def _content(work: Work, checklist: Checklist, number: int) -> ChecklistContent:
    """Give a version's content, 0 for the draft, which is no other region's affair."""
    if number:
        return checklist.published(number).content
    work.reach_to_read(
        Checklists.kind, checklist.id, reading=Reading.OWNER_AND_BELOW,
        region=checklist.region, departments=checklist.departments,
    )  # fmt: skip
    return checklist.draft


@frozen(kw_only=True)
class CompareVersions:
    """Two versions of a checklist; 0 is the draft."""

    checklist_id: str = field(metadata=said("检查单的编号", example="0123abcd", to="checklist"))
    before: int = field(metadata=said("对比前的版本号，0为草稿", example=1))
    after: int = field(metadata=said("对比后的版本号，0为草稿", example=2))


@frozen(kw_only=True)
class Difference:
    """One thing that two versions say differently, in words; blank where one does not say it."""

    part: str = field(metadata=said("所在部分", example="检查项1.1"))
    title: str = field(metadata=said("内容", example="检查方法"))
    before: str = field(metadata=said("对比前"))
    after: str = field(metadata=said("对比后"))


@frozen(kw_only=True)
class ComparedVersions:
    """In what two versions differ."""

    name: str = field(metadata=said("检查单名称", example="餐饮行业日常监管综合检查单"))
    versions: int = field(metadata=said("已发布版本数", example=2))
    says: str = field(metadata=said("差异概述", example="新增检查项1.2；调整顺序"))
    differences: tuple[Difference, ...] = field(metadata=said("逐项差异"))


@question("checklists.view_changes", "对比检查单版本")
def view_changes(work: Work, about: CompareVersions) -> ComparedVersions:
    """Show in what two versions of a checklist differ, item by item and in words."""
    checklist = checklist_to_read(work, about.checklist_id)
    before = _content(work, checklist, about.before)
    after = _content(work, checklist, about.after)
    changes = changes_between(before, after)
    return ComparedVersions(
        name=after.name,
        versions=len(checklist.versions),
        says=words_of_changes(changes),
        differences=tuple(_differences(work[Ask], before, after, changes)),
    )


def _differences(
    ask: Ask, before: ChecklistContent, after: ChecklistContent, changes: ContentChanges
) -> Iterator[Difference]:
    words = attrs.fields_dict(ChecklistHead)
    for name in changes.head:
        one: FieldWords = words[name].metadata[FIELD]
        texts = (_said(ask, one, getattr(each, name)) for each in (before, after))
        yield Difference(part="基本信息", title=one.title, before=next(texts), after=next(texts))
    earlier = {one.code: one for one in before.items}
    later = {one.code: one for one in after.items}
    for code in changes.added:
        yield Difference(part=f"检查项{code}", title="新增", before="", after=_label(later[code]))
    for code in changes.removed:
        yield Difference(part=f"检查项{code}", title="删除", before=_label(earlier[code]), after="")
    titles = {one.name: one for one in described(CheckContent)}
    own = attrs.fields_dict(ChecklistItem)
    for change in changes.changed:
        both = earlier[change.code], later[change.code]
        for name in change.fields:
            if name in titles:
                known = titles[name]
                texts = (_cell(ask, known, getattr(each.content, name)) for each in both)
                title = known.title
            else:
                title = own[name].metadata[FIELD].title
                texts = (_own(each, name) for each in both)
            yield Difference(
                part=f"检查项{change.code}", title=title, before=next(texts), after=next(texts)
            )


def _label(item: ChecklistItem) -> str:
    said = item.content
    return "：".join(filter(None, (said.matter, said.sub_item, said.content)))


def _own(item: ChecklistItem, name: str) -> str:
    if name == "grades":
        return "".join(GRADE_LETTERS.get(str(one), "") for one in sorted(item.grades))
    return str(getattr(item, name))


def _cell(ask: Ask, one: Field, value: object) -> str:
    names = _names(ask, one, parts_of(value)) if one.to else {}
    text = cell_of(one, value, names)
    return "" if text is None else str(text)


def _said(ask: Ask, one: FieldWords, value: object) -> str:
    parts = parts_of(value)
    if one.to is None and isinstance(value, tuple):
        return f"{len(value)}个" if value else ""
    names = _names(ask, one, parts) if one.to else {}
    return "、".join(names.get(each, each) for each in parts)


def _names(ask: Ask, one: FieldWords, ids: Iterable[str]) -> Mapping[str, str]:
    found = ask.resolve(str(one.to), [each for each in ids if each])
    return {id_: each.name for id_, each in found.items()}
