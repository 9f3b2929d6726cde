"""Lists of what administrators keep: 部门条线 (departments with their line), 角色, 群组."""

from typing import Any, Final

from attrs import field, frozen

from supervision_core.identity.model import Department, Group, Placement, Role
from supervision_core.identity.ports import Departments, Groups, Roles
from supervision_core.identity.registers import BUSINESS_LINES
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import Criterion, ListQuery, Match, both_ways
from supervision_core.kernel.registers import Reading, department, flag, integer, link, region, text


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


@frozen(kw_only=True)
class RoleRow:
    """A role or group as lists show it."""

    id: str = field(metadata=said("编号", example="n000001"))
    version: int = field(metadata=said("版本", example=1))
    name: str = text("名称", required=True, example="检查员")
    department: str = department("维护机构")
    enabled: bool = flag("是否启用")


def _role_row(one: Role | Group) -> RoleRow:
    return RoleRow(
        id=one.id, version=one.version, name=one.name, department=one.department,
        enabled=one.enabled,
    )  # fmt: skip


def _of_home(home: Department | None) -> Placement:
    """Place what a department maintains where that stands, and what none does everywhere."""
    if home is None:
        return Placement(region="", everywhere=True)
    return Placement(region=home.data.region, departments=frozenset({home.id}))


def _roles(port: Any, cls: Any, plural: str, title: str, step: int) -> ListQuery[RoleRow]:
    return ListQuery(
        name=f"identity.{port.kind}", plural=plural, title=title, menu="系统管理", port=port,
        cls=cls, row=RoleRow, row_of=_role_row, view=RoleRow, viewed=_role_row, placed=_of_home,
        stands_with=lambda one: (Departments, one.department) if one.department else None,
        orders=both_ways("name"),
        criteria=(Criterion("name", Match.HOLDS), Criterion("enabled")),
        exported=False,
        step=step,
        for_all=False,
    )  # fmt: skip


ROLES: Final = _roles(Roles, Role, "roles", "角色", 3)
GROUPS: Final = _roles(Groups, Group, "groups", "群组", 4)
