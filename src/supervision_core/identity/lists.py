"""Lists of what administrators keep: 部门条线 (departments with the line they belong to)."""

from typing import Final

from attrs import field, frozen

from supervision_core.identity.model import Department, Placement
from supervision_core.identity.ports import Departments
from supervision_core.identity.registers import BUSINESS_LINES
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import Criterion, ListQuery, Match, both_ways
from supervision_core.kernel.registers import Reading, integer, link, region, text


@frozen(kw_only=True)
class DepartmentLineRow:
    """部门条线 (DepartmentLine): a department, its short name, and its business line.

    Source: proposal 2704-2718.
    """

    id: str = field(metadata=said("编号", example="nanning"))
    name: str = text("部门名称", required=True)
    short_name: str = text("部门简称")
    line: str = link("所属条线", BUSINESS_LINES.name)
    region: str = region("行政区划", required=True)
    order: int = integer("排序", required=True)


def _row(one: Department) -> DepartmentLineRow:
    return DepartmentLineRow(
        id=one.id, name=one.data.name, short_name=one.data.short_name, line=one.data.line,
        region=one.data.region, order=one.data.order,
    )  # fmt: skip


DEPARTMENT_LINES: Final = ListQuery(
    name="identity.department_line",
    plural="department_lines",
    title="部门条线",
    menu="基础信息",
    port=Departments,
    cls=Department,
    row=DepartmentLineRow,
    row_of=_row,
    placed=lambda one: Placement(region=one.data.region, departments=frozenset({one.id})),
    orders=both_ways("order"),
    criteria=(Criterion("name", Match.HOLDS), Criterion("short_name", Match.HOLDS)),
    read=Reading.EVERYONE,
    listed=lambda one: not one.deleted,
    view=DepartmentLineRow,
    viewed=_row,
    exported=False,
)
