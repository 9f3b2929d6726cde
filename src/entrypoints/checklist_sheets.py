"""A checklist as the sheet of proposal 2348-2364, on paper and as a workbook."""

from collections.abc import Iterator, Mapping
from typing import Final

from supervision_core.checklists.model import GRADE_LETTERS, SheetDomain, SheetLine
from supervision_core.checklists.services.sheets import ChecklistSheet
from supervision_core.kernel.days import local_day
from supervision_core.kernel.documents import (
    PaperSection,
    PaperSheet,
    ResultColumn,
    ResultSheet,
)

_TICK: Final = "√"
_ANSWERS: Final = ("是", "否")
_SIGNED: Final = ("检查人员（签名、执法证号）", "检查对象负责人（签名或盖章）")
COLUMNS: Final = (
    ResultColumn("检查事项", width=14),
    ResultColumn("检查子事项", width=22),
    ResultColumn("检查内容", width=42),
    ResultColumn("检查方法", width=14),
    ResultColumn("检查结果", width=8),
    ResultColumn("现场", width=5),
    ResultColumn("非现场", width=6),
    *(ResultColumn(one, width=3) for one in GRADE_LETTERS.values()),
)


def title_of(domain: SheetDomain, departments: Mapping[str, str]) -> str:
    """Give the heading of a domain: its name, and who is responsible in it."""
    names = "、".join(departments.get(one, one) for one in domain.departments)
    return "　".join(
        filter(None, (f"检查领域：{domain.name}" if domain.name else "", f"责任部门：{names}"))
    )


def marks_of(line: SheetLine) -> tuple[str, ...]:
    """Give what is ticked of a line: at the place or not, and of which grades it is asked."""
    found = (line.onsite, not line.onsite, *(one in line.grades for one in GRADE_LETTERS.values()))
    return tuple(_TICK if one else "" for one in found)


def _cells(line: SheetLine) -> tuple[str, ...]:
    methods, answers = (
        "\n".join(f"□{one}" for one in several) for several in (line.methods, _ANSWERS)
    )
    return (line.matter, line.sub_item, line.content, methods, answers, *marks_of(line))


def paper_of(found: ChecklistSheet) -> PaperSheet:
    """Give the sheet as it is printed: a blank head for the subject, then the domains."""
    return PaperSheet(
        title=found.sheet.name,
        facts=tuple((one, "") for one in found.sheet.head),
        columns=COLUMNS,
        sections=tuple(
            PaperSection(title=title_of(one, found.departments), rows=tuple(map(_cells, one.lines)))
            for one in found.sheet.domains
        ),
        merged=1,
        note=found.note,
        signed=_SIGNED,
    )


def workbook_of(found: ChecklistSheet) -> Iterator[ResultSheet]:
    """Give the sheet as a workbook: one row an item; what the checklist is stands on a second."""
    yield ResultSheet(
        name="检查单", title=found.sheet.name,
        columns=(
            ResultColumn("检查领域", width=16), ResultColumn("责任部门", width=22), *COLUMNS,
            ResultColumn("设定依据", width=40),
        ),
        rows=[
            (domain.name, found.departments.get(line.department, ""), *_cells(line),
             "；".join(line.basis))
            for domain in found.sheet.domains
            for line in domain.lines
        ],
    )  # fmt: skip
    facts = [(title, text) for title, text in facts_of(found) if text]
    columns = (ResultColumn("内容", width=20), ResultColumn("说明", width=60))
    yield ResultSheet(name="基本信息", columns=columns, rows=facts)


def facts_of(found: ChecklistSheet) -> tuple[tuple[str, str], ...]:
    """Give what the checklist says beside its items, by title."""
    days = [
        local_day(one).isoformat() if one else "" for one in (found.created_at, found.published_at)
    ]
    version = f"第{found.sheet.number}版" if found.sheet.number else "草稿"
    return (
        ("检查单名称", found.sheet.name),
        ("检查单编码", found.code),
        ("版本", version),
        ("关联业态", found.trade),
        ("牵头部门", found.lead),
        ("参与部门", "、".join(found.joining)),
        ("创建时间", days[0]),
        ("发布时间", days[1]),
        ("检查单说明", found.note),
    )
