"""The checklist of a scene package as a table: its columns, and the items its rows mean."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import zip_longest
from typing import TypeVar

from supervision_core.checklists.model import ChecklistItem
from supervision_core.items.model import CheckContent, Cycle, Importance, LawArticle, Site
from supervision_core.kernel.cells import read_day
from supervision_core.kernel.tables import Column, ColumnKind, TableFormat

Member = TypeVar("Member", bound=StrEnum)
ItemRow = Mapping[str, str | int | bool | date]

_SITES = {Site.ONSITE: "现场", Site.OFFSITE: "非现场"}
_IMPORTANCE = {Importance.KEY: "重点", Importance.GENERAL: "一般"}
_CYCLES = {Cycle.ONCE: "一次查", Cycle.DAILY: "日常查"}
_BETWEEN = "；"
_UNKNOWN = "不详"
_GRADES = frozenset({1, 2, 3, 4})

CHECKLIST_TABLE = TableFormat(
    name="checklist",
    title="检查单",
    columns=(
        Column(name="code", title="编码", kind=ColumnKind.CODE, required=True, max_length=60,
               example="RP-01"),
        Column(name="matter", title="检查事项", required=True, example="乳制品生产"),
        Column(name="sub_item", title="检查子事项"),
        Column(name="content", title="检查内容", required=True, max_length=4000,
               example="是否逐批检验出厂产品"),
        Column(name="department", title="责任部门", required=True, example="市场监管"),
        Column(name="joining", title="配合部门", note="多个部门用顿号分开"),
        Column(name="method", title="检查方法", max_length=1000, example="查阅检验报告"),
        Column(name="site", title="检查形式", kind=ColumnKind.CHOICE,
               choices=tuple(_SITES.values()), example="现场"),
        Column(name="importance", title="重点或一般", kind=ColumnKind.CHOICE,
               choices=tuple(_IMPORTANCE.values()), example="重点"),
        Column(name="cycle", title="检查频次", kind=ColumnKind.CHOICE,
               choices=tuple(_CYCLES.values()), example="日常查"),
        Column(name="grades", title="适用等级", note="1至4，多个用顿号分开；不填为全部",
               example="2、3、4"),
        Column(name="laws", title="法律依据", max_length=1000, note="多部用分号分开"),
        Column(name="articles", title="依据条款", max_length=1000,
               note="与法律依据逐一对应，用分号分开"),
        Column(name="law_versions", title="依据版本", max_length=1000,
               note="与法律依据逐一对应的公布日期，用分号分开；不详填“不详”",
               example="2008-10-09"),
        Column(name="penalty_law", title="处罚依据"),
        Column(name="penalty_article", title="处罚条款"),
        Column(name="penalty_version", title="处罚依据版本", kind=ColumnKind.DATE),
        Column(name="matter_code", title="监管事项编码", kind=ColumnKind.CODE, max_length=60),
        Column(name="tags", title="对象标签", note="多个用顿号分开"),
        Column(name="materials", title="标准材料", max_length=1000, note="多个用顿号分开"),
    ),
)  # fmt: skip
"""One row an item; see docs/formats/scene-package.md."""


def rows_of(items: Iterable[ChecklistItem]) -> tuple[ItemRow, ...]:
    """Give checklist items as the rows of a package."""
    return tuple(_row(item) for item in items)


def _row(item: ChecklistItem) -> ItemRow:
    content = item.content
    row: dict[str, str | date | None] = {
        "code": item.code,
        "matter": content.matter,
        "sub_item": content.sub_item,
        "content": content.content,
        "department": content.department,
        "joining": _listed(sorted(content.joining)),
        "method": content.method,
        "site": _SITES[content.site],
        "importance": _IMPORTANCE[content.importance],
        "cycle": _CYCLES[content.cycle],
        "grades": "" if item.grades == _GRADES else _listed(map(str, sorted(item.grades))),
        "laws": _BETWEEN.join(law.document for law in content.basis),
        "articles": _BETWEEN.join(law.article for law in content.basis),
        "law_versions": _BETWEEN.join(
            law.version.isoformat() if law.version else _UNKNOWN for law in content.basis
        ),
        "penalty_law": content.penalty.document if content.penalty else "",
        "penalty_article": content.penalty.article if content.penalty else "",
        "penalty_version": content.penalty.version if content.penalty else None,
        "matter_code": content.matter_code,
        "tags": _listed(sorted(content.tags)),
        "materials": _listed(content.materials),
    }
    return {name: value for name, value in row.items() if value}


def items_of(rows: Sequence[ItemRow]) -> tuple[ChecklistItem, ...]:
    """Give the checklist items that the rows of a package mean."""
    return tuple(_item(row) for row in rows)


def _item(row: ItemRow) -> ChecklistItem:
    def text(name: str) -> str:
        return str(row.get(name, ""))

    laws, articles = _parts(text("laws"), ";；"), _parts(text("articles"), ";；")
    versions = [read_day(part) for part in _parts(text("law_versions"), ";；")]
    penalty_version = row.get("penalty_version")
    penalty = LawArticle(
        document=text("penalty_law"),
        article=text("penalty_article"),
        version=penalty_version if isinstance(penalty_version, date) else None,
    )
    grades = frozenset(int(part) for part in _parts(text("grades"), "、,，") if part.isdecimal())
    return ChecklistItem(
        code=text("code"),
        grades=grades or _GRADES,
        content=CheckContent(
            matter=text("matter"),
            sub_item=text("sub_item"),
            content=text("content"),
            department=text("department"),
            joining=frozenset(_parts(text("joining"), "、,，")),
            method=text("method"),
            site=_named(_SITES, text("site"), Site.ONSITE),
            importance=_named(_IMPORTANCE, text("importance"), Importance.GENERAL),
            cycle=_named(_CYCLES, text("cycle"), Cycle.DAILY),
            basis=tuple(
                LawArticle(
                    document=law or "",
                    article=article or "",
                    version=version if isinstance(version, date) else None,
                )
                for law, article, version in zip_longest(laws, articles, versions)
            ),
            penalty=penalty if penalty.document else None,
            matter_code=text("matter_code"),
            tags=frozenset(_parts(text("tags"), "、,，")),
            materials=tuple(_parts(text("materials"), "、,，")),
        ),
    )


def _listed(parts: Iterable[str]) -> str:
    return "、".join(parts)


def _parts(text: str, between: str) -> list[str]:
    for sign in between:
        text = text.replace(sign, "\x1f")
    return [part.strip() for part in text.split("\x1f") if part.strip()]


def _named(names: Mapping[Member, str], text: str, default: Member) -> Member:
    return next((member for member, name in names.items() if name == text), default)
