"""区划导入导出表、组织机构导入导出表: their columns, what rows mean, and entries as rows again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, TypeVar

from attrs import field, frozen

from supervision_core.identity.model import (
    Department,
    DepartmentData,
    RegionContent,
    department_violations,
    region_violations,
)
from supervision_core.identity.model.region import check_region_code, level_of
from supervision_core.kernel.codes.region import RegionLevel
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import Entry, violations_of
from supervision_core.kernel.tables import Cell, Column, ColumnKind, ReadRow, RowFault, TableFormat

Read = TypeVar("Read")

REGION_TABLE: Final = TableFormat(
    name="regions",
    title="行政区划导入导出表",
    columns=(
        Column(name="code", title="区划代码", kind=ColumnKind.CODE, required=True, digits=6,
               aliases=("行政区划代码", "代码"), max_length=6, example="459999"),
        Column(name="name", title="区划名称", required=True, max_length=60,
               aliases=("行政区划名称", "行政区划", "名称"), example="示例区"),
        Column(name="parent", title="上级区划", kind=ColumnKind.CODE,
               aliases=("上级区划代码", "上级代码"), max_length=6, example="450000",
               note="上级区划的代码；不填时按本级代码推出"),
        Column(name="graded", title="是否分级管理", kind=ColumnKind.FLAG, aliases=("分级管理",)),
        Column(name="position", title="排序号", kind=ColumnKind.INTEGER, aliases=("排序", "序号")),
    ),
)  # fmt: skip
"""行政区划导入导出表: one row a region; its level shows in the code. Source: proposal 6.4.2.3.3."""

DEPARTMENT_TABLE: Final = TableFormat(
    name="departments",
    title="组织机构导入导出表",
    columns=(
        Column(name="code", title="机构编码", kind=ColumnKind.CODE, required=True, max_length=64,
               aliases=("组织编码", "组织机构编码", "编码"), example="SL-01"),
        Column(name="name", title="机构名称", required=True, max_length=200,
               aliases=("组织机构名称", "部门名称", "名称"), example="示例机构"),
        Column(name="short_name", title="部门简称", max_length=40, aliases=("机构简称", "简称")),
        Column(name="region", title="所属区划", kind=ColumnKind.CODE, required=True,
               aliases=("所属区划代码", "区划代码"), max_length=12, example="450100"),
        Column(name="parent", title="上级机构编码", kind=ColumnKind.CODE, max_length=64,
               aliases=("上级组织编码", "上级机构"), note="没有上级机构的不填"),
        Column(name="line", title="所属条线", max_length=500,
               aliases=("条线", "业务条线", "条线名称", "条线编码"),
               note="填写业务条线的名称或编码，一个机构一条；不填的不变"),
        Column(name="order", title="排序号", kind=ColumnKind.INTEGER, aliases=("排序", "序号")),
        Column(name="established_on", title="成立时间", kind=ColumnKind.DATE,
               aliases=("成立日期",)),
        Column(name="licence", title="营业执照", kind=ColumnKind.CODE,
               aliases=("统一社会信用代码", "证照号码"), max_length=18),
        Column(name="agreed_from", title="协议生效时间", kind=ColumnKind.DATE),
        Column(name="agreed_to", title="协议失效时间", kind=ColumnKind.DATE),
        Column(name="inherits", title="继承上级权限", kind=ColumnKind.FLAG,
               aliases=("是否继承上级权限",)),
        Column(name="coordinates", title="统筹本级各部门", kind=ColumnKind.FLAG,
               aliases=("是否统筹",), note="统筹机构的人员可查看本区划各部门的数据"),
    ),
)  # fmt: skip
"""组织机构导入导出表: one row a department. Administrators are appointed apart: another's duty."""


@frozen(kw_only=True)
class RegionEntry:
    """One region fit for import; ``position`` is ``None`` where the table does not say."""

    row: int = field(metadata=said("在表格中的行号", example=2))
    content: RegionContent = field(metadata=said("内容"))
    position: int | None = field(metadata=said("排序号", example=1))


@frozen(kw_only=True)
class DepartmentEntry:
    """One department fit for import.

    The ``parent`` of its data is a code, and its ``line`` a name or a code, not yet ids.
    """

    row: int = field(metadata=said("在表格中的行号", example=2))
    data: DepartmentData = field(metadata=said("机构信息"))


@frozen(kw_only=True)
class RegionIntake:
    """Which regions of a table go in, the higher before the lower, and what was wrong."""

    entries: tuple[RegionEntry, ...]
    faults: tuple[RowFault, ...]


@frozen(kw_only=True)
class DepartmentIntake:
    """Which departments of a table go in, the higher before the lower, and what was wrong."""

    entries: tuple[DepartmentEntry, ...]
    faults: tuple[RowFault, ...]


def take_in_regions(rows: Iterable[ReadRow]) -> RegionIntake:
    """Understand a table of regions. Of two rows with one code the first goes in."""
    found, faults = _once(rows, REGION_TABLE, _region)
    depth = {RegionLevel.PROVINCE: 0, RegionLevel.CITY: 1, RegionLevel.COUNTY: 2}
    ordered = sorted(found, key=lambda one: depth[level_of(one.content.code)])
    return RegionIntake(entries=tuple(ordered), faults=tuple(faults))


def take_in_departments(rows: Iterable[ReadRow]) -> DepartmentIntake:
    """Understand a table of departments, in whatever order it names parents and children.

    Of two rows with one code the first goes in. What names a parent that leads back to itself is
    left where it stands: the import refuses it.
    """
    found, faults = _once(rows, DEPARTMENT_TABLE, _department)
    by_code = {one.data.code: one for one in found}
    ordered: dict[str, DepartmentEntry] = {}
    for one in found:
        line: list[DepartmentEntry] = []
        at: DepartmentEntry | None = one
        while at is not None and at.data.code not in ordered and at not in line:
            line.append(at)
            at = by_code.get(at.data.parent)
        ordered |= {each.data.code: each for each in reversed(line)}
    return DepartmentIntake(entries=tuple(ordered.values()), faults=tuple(faults))


def _once(
    rows: Iterable[ReadRow],
    format: TableFormat,
    understand: Callable[[ReadRow], tuple[str, Read, Sequence[Violation]]],
) -> tuple[list[Read], list[RowFault]]:
    taken: dict[str, int] = {}
    found: list[Read] = []
    faults: list[RowFault] = []
    for row in rows:
        faults += row.faults
        if not row.usable:
            continue
        code, entry, reasons = understand(row)
        violations = list(reasons)
        if code in taken:
            violations.append(Violation("identity.code_repeated", "code", {"row": taken[code]}))
        faults += (_fault(row, format, one) for one in violations)
        if not violations:
            taken[code] = row.number
            found.append(entry)
    return found, faults


def _fault(row: ReadRow, format: TableFormat, violation: Violation) -> RowFault:
    title = next((one.title for one in format.columns if one.name == violation.at), "")
    return RowFault(row=row.number, column=title, violation=violation)


def _text(row: ReadRow, name: str) -> str:
    value = row.values.get(name)
    return value if isinstance(value, str) else ""


def _day(row: ReadRow, name: str) -> date | None:
    value = row.values.get(name)
    return value if isinstance(value, date) else None


def _number(row: ReadRow, name: str) -> int | None:
    value = row.values.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _region(row: ReadRow) -> tuple[str, RegionEntry, Sequence[Violation]]:
    code = _text(row, "code")
    fits = not check_region_code(code)
    content = RegionContent(
        code=code,
        name=_text(row, "name"),
        level=level_of(code).value if fits else "",
        parent=_text(row, "parent") or (_above(code) if fits else ""),
        graded=row.values.get("graded") is True,
    )
    reasons = violations_of(content) if fits else check_region_code(code)
    reasons += region_violations(content, parent_known=True)
    entry = RegionEntry(row=row.number, content=content, position=_number(row, "position"))
    return code, entry, reasons


def _above(code: str) -> str:
    match level_of(code):
        case RegionLevel.PROVINCE:
            return ""
        case RegionLevel.CITY:
            return f"{code[:2]}0000"
        case RegionLevel.COUNTY:
            return f"{code[:4]}00"


def _department(row: ReadRow) -> tuple[str, DepartmentEntry, Sequence[Violation]]:
    data = DepartmentData(
        name=_text(row, "name"),
        code=_text(row, "code"),
        short_name=_text(row, "short_name"),
        region=_text(row, "region"),
        parent=_text(row, "parent"),
        line=_text(row, "line"),
        established_on=_day(row, "established_on"),
        licence=_text(row, "licence"),
        agreed_from=_day(row, "agreed_from"),
        agreed_to=_day(row, "agreed_to"),
        inherits=row.values.get("inherits") is True,
        coordinates=row.values.get("coordinates") is True,
        order=_number(row, "order") or 0,
    )
    entry = DepartmentEntry(row=row.number, data=data)
    return data.code, entry, department_violations(data)


def region_cells(entry: Entry[RegionContent]) -> dict[str, Cell]:
    """Give a region as a row of its table, by title."""
    content = entry.content
    values: Mapping[str, Cell] = {
        "code": content.code,
        "name": content.name,
        "parent": content.parent,
        "graded": _flag(content.graded),
        "position": entry.position,
    }
    return {column.title: values[column.name] for column in REGION_TABLE.columns}


def department_cells(
    department: Department, codes: Mapping[str, str], lines: Mapping[str, str]
) -> dict[str, Cell]:
    """Give a department as a row of its table, by title.

    ``codes`` are those of all departments by id, ``lines`` what is written for business lines in
    use. Of another the cell stays blank, which changes nothing where the table comes back.
    """
    data = department.data
    values: Mapping[str, Cell] = {
        "code": data.code,
        "name": data.name,
        "short_name": data.short_name,
        "region": data.region,
        "parent": codes.get(data.parent, ""),
        "line": lines.get(data.line, ""),
        "order": data.order,
        "established_on": data.established_on,
        "licence": data.licence,
        "agreed_from": data.agreed_from,
        "agreed_to": data.agreed_to,
        "inherits": _flag(data.inherits),
        "coordinates": _flag(data.coordinates),
    }
    return {column.title: values[column.name] for column in DEPARTMENT_TABLE.columns}


def _flag(value: bool) -> str:  # noqa: FBT001 - the value itself, not a switch
    return "是" if value else "否"
