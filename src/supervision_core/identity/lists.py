"""Lists of what administrators keep: 组织机构, 用户, 部门条线, 角色, 群组, 行政区划, 导出申请."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from attrs import asdict, evolve, field, frozen

from supervision_core.identity.model import (
    Department,
    ExportRequest,
    ExportState,
    Group,
    Placement,
    Purpose,
    RegionContent,
    Role,
    User,
    UserDraft,
    UserKind,
)
from supervision_core.identity.model.region import LEVELS
from supervision_core.identity.model.user import NAMED
from supervision_core.identity.ports import (
    Departments,
    ExportRequests,
    Groups,
    Regions,
    Roles,
    Users,
)
from supervision_core.identity.registers import BUSINESS_LINES
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import (
    Criterion,
    Keepers,
    ListQuery,
    Match,
    Order,
    both_ways,
)
from supervision_core.kernel.masking import covered, covered_name
from supervision_core.kernel.registers import (
    Entry,
    Reading,
    choice,
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
    text,
)
from supervision_core.kernel.tones import bad, good, waiting


@frozen(kw_only=True)
class DepartmentRow:
    """A department as lists show it."""

    id: str = field(metadata=said("编号", example="n000001"))
    version: int = field(metadata=said("版本", example=1))
    name: str = text("机构名称", required=True, example="南宁市市场监督管理局")
    code: str = text("机构编码", required=True, example="450100-01")
    region: str = region("所属区划", required=True)
    parent: str = department("上级机构")
    order: int = integer("排序号", required=True)
    enabled: bool = flag("是否启用")


@frozen(kw_only=True)
class DepartmentBeside:
    """What departments are asked for beside what their rows show."""

    administrators: tuple[str, ...] = links("管理员", "user")
    under: str = department("所在机构（含下级）")


def _department_row(one: Department) -> DepartmentRow:
    data = one.data
    return DepartmentRow(
        id=one.id, version=one.version, name=data.name, code=data.code, region=data.region,
        parent=data.parent, order=data.order, enabled=one.enabled,
    )  # fmt: skip


def _department_beside(one: Department) -> DepartmentBeside:
    return DepartmentBeside(administrators=tuple(sorted(one.administrators)), under=one.id)


def _of_department(one: Department) -> Placement:
    return Placement(region=one.data.region, departments=frozenset({one.id}))


DEPARTMENTS: Final = ListQuery(
    name="identity.department",
    plural="departments",
    title="组织机构",
    menu="系统管理",
    step=1,
    port=Departments,
    cls=Department,
    row=DepartmentRow,
    row_of=_department_row,
    beside=DepartmentBeside,
    facts=_department_beside,
    placed=_of_department,
    orders=both_ways("order"),
    criteria=(
        Criterion("name", Match.HOLDS, others=("code",), name="text"),
        Criterion("parent", keeps=True),
        Criterion("parent", Match.BLANK, name="top", title="最上级"),
        Criterion("under", Match.UNDER, keeps=True),
        Criterion("region", Match.BEGINS),
        Criterion("administrators", name="administrator"),
        Criterion("enabled"),
    ),
    listed=lambda one: not one.deleted,
    exported=False,
    for_all=False,
    keepers=lambda one: Keepers(departments=frozenset({one.id})),
)


KINDS: Final[Mapping[str, str]] = {
    UserKind.STAFF: "工作人员",
    UserKind.THIRD_PARTY: "第三方机构人员",
    UserKind.ENTERPRISE: "企业用户",
    UserKind.CITIZEN: "群众",
}


def masked(draft: UserDraft) -> UserDraft:
    """Give a user's data without what tells who he is (GB/T 35273: 去标识化展示).

    The last four signs of phone and document stay, and of whoever is not ``NAMED`` the surname:
    enough to tell people whom one knows apart.
    """
    account, person = draft.account, draft.person
    return evolve(
        draft,
        account=evolve(account, phone=covered(account.phone), mail=covered(account.mail, 0)),
        person=evolve(
            person,
            name=person.name if draft.extended.kind in NAMED else covered_name(person.name),
            sex="",
            birthday=None,
            nationality="",
            document_number=covered(person.document_number),
            address="",
        ),
    )


@frozen(kw_only=True)
class UserRow:
    """A user as lists show him: masked, but for the name of who acts by name."""

    id: str = field(metadata=said("编号", example="n000001"))
    version: int = field(metadata=said("版本", example=1))
    draft: UserDraft = field(metadata=said("用户信息，个人信息已脱敏，工作人员的姓名除外"))
    account: str = text("账号", required=True, example="wang.shili")
    name: str = text("姓名", example="王示例")
    phone: str = text("手机号码", example="*******0001")
    departments: tuple[str, ...] = departments("所属组织")
    kind: UserKind = choice("用户类型", KINDS, required=True)
    valid_until: date | None = day("账号有效期至")
    enabled: bool = flag("使用状态")


@frozen(kw_only=True)
class UserBeside:
    """What users are asked for beside what their rows show; what is personal, by its whole."""

    department: tuple[str, ...] = departments("任职机构")
    under: tuple[str, ...] = departments("任职机构（含下级）")
    full_name: str = text("姓名")
    full_phone: str = text("手机号码")
    full_document: str = text("证件号码")


def _user_row(one: User) -> UserRow:
    draft = masked(one.draft)
    return UserRow(
        id=one.id, version=one.version, draft=draft, account=draft.account.account,
        name=draft.person.name, phone=draft.account.phone,
        departments=tuple(each.department for each in draft.memberships),
        kind=draft.extended.kind, valid_until=draft.extended.valid_until, enabled=one.active,
    )  # fmt: skip


def _user_beside(one: User) -> UserBeside:
    all_ = tuple(sorted(one.departments))
    return UserBeside(
        department=all_, under=all_, full_name=one.person.name, full_phone=one.account.phone,
        full_document=one.person.document_number,
    )  # fmt: skip


_NOWHERE: Final = "nowhere"
"""Where no region is: who works for no department stands in none."""


def _of_user(one: User, home: Department | None) -> Placement:
    """Place a user where his main department lies, with all for whom he works or acts."""
    return Placement(
        region=home.data.region if home else _NOWHERE, departments=one.departments,
        parties=frozenset({one.extended.party} - {""}),
    )  # fmt: skip


def _place_of(one: User, department: str) -> int:
    return next((each.order for each in one.memberships if each.department == department), 0)


USERS: Final = ListQuery(
    name="identity.user",
    plural="users",
    title="用户",
    menu="系统管理",
    step=2,
    port=Users,
    cls=User,
    several=("identity.switch_user",),
    row=UserRow,
    row_of=_user_row,
    beside=UserBeside,
    facts=_user_beside,
    placed=_of_user,
    stands_with=lambda one: (Departments, one.draft.home) if one.draft.home else None,
    orders=(*both_ways("account"), Order(("place",), within="department")),
    place_in=_place_of,
    criteria=(
        Criterion("account", Match.HOLDS, name="text"),
        Criterion("department", keeps=True),
        Criterion("under", Match.UNDER, keeps=True),
        Criterion("kind"),
        Criterion("enabled", title="启用"),
        Criterion("full_name", personal=True),
        Criterion("full_phone", personal=True),
        Criterion("full_document", personal=True),
    ),
    listed=lambda one: not one.deleted,
    exported=False,
    for_all=False,
    keepers=lambda one: Keepers(departments=one.departments),
)


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
    placed=_of_department,
    partial=True,
    orders=both_ways("order"),
    criteria=(Criterion("name", Match.HOLDS), Criterion("short_name", Match.HOLDS)),
    read=Reading.EVERYONE,
    listed=lambda one: not one.deleted,
    view=DepartmentLineRow,
    viewed=_row,
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


def _of_home(_: Role | Group, home: Department | None) -> Placement:
    """Place what a department maintains where that stands, and what none does everywhere."""
    if home is None:
        return Placement(region="", everywhere=True)
    return _of_department(home)


def _roles(port: Any, cls: Any, plural: str, title: str, step: int) -> ListQuery[RoleRow]:
    return ListQuery(
        name=f"identity.{port.kind}", plural=plural, title=title, menu="系统管理", port=port,
        cls=cls, row=RoleRow, row_of=_role_row, view=RoleRow, viewed=_role_row, placed=_of_home,
        stands_with=lambda one: (Departments, one.department) if one.department else None,
        orders=both_ways("name"),
        criteria=(Criterion("name", Match.HOLDS), Criterion("enabled")),
        step=step,
        for_all=False,
    )  # fmt: skip


ROLES: Final = _roles(Roles, Role, "roles", "角色", 3)
GROUPS: Final = _roles(Groups, Group, "groups", "群组", 4)


@frozen(kw_only=True)
class RegionView:
    """A region as it is shown."""

    name: str = text("区划名称", required=True, example="南宁市")
    level: str = choice("所属层级", LEVELS, required=True)
    code: str = text("区划代码", required=True, example="450100")
    parent: str = region("上级区划")
    graded: bool = flag("是否分级管理")
    position: int = integer("排序号", required=True)
    enabled: bool = flag("是否启用")
    supervision: str = department("随机抽取的监督部门")


@frozen(kw_only=True)
class RegionRow(RegionView):
    """A region as lists show it."""

    id: str = field(metadata=said("编号", example="r450100"))
    version: int = field(metadata=said("版本", example=1))


def _region_view(one: Entry[RegionContent]) -> RegionView:
    content = one.content
    return RegionView(
        name=content.name, level=content.level, code=content.code, parent=content.parent,
        graded=content.graded, supervision=content.supervision, position=one.position,
        enabled=one.enabled,
    )  # fmt: skip


def _region_row(one: Entry[RegionContent]) -> RegionRow:
    return RegionRow(id=one.id, version=one.version, **asdict(_region_view(one)))


REGIONS: Final = ListQuery(
    name="identity.region",
    plural="regions",
    title="行政区划",
    menu="系统管理",
    port=Regions,
    cls=Entry,
    row=RegionRow,
    row_of=_region_row,
    view=RegionView,
    viewed=_region_view,
    placed=lambda one: Placement(region=one.content.code),
    orders=both_ways("position"),
    criteria=(
        Criterion("name", Match.HOLDS, others=("code",), name="text"),
        Criterion("level"),
        Criterion("parent"),
        Criterion("parent", Match.BLANK, name="top", title="最上级"),
    ),
    listed=lambda one: not one.deleted,
    exported=False,
    for_all=False,
    public=True,
    id_named=lambda unit, code: unit[Regions].holder("code", code),
)


PURPOSES: Final[Mapping[str, str]] = {
    Purpose.CONTACT: "联系本人",
    Purpose.IDENTIFY: "核实身份",
    Purpose.CORRECT: "更正信息",
    Purpose.COMPLAINT: "处理投诉",
    Purpose.INSPECTION: "审计检查",
}
EXPORT_STATES: Final[Mapping[str, str]] = {
    ExportState.WAITING: waiting("待审批"),
    ExportState.ALLOWED: good("已同意"),
    ExportState.REFUSED: bad("未同意"),
}


@frozen(kw_only=True)
class ExportRequestRow:
    """A request as lists show it."""

    id: str = field(metadata=said("编号", example="n000001"))
    version: int = field(metadata=said("版本", example=1))
    asked_at: datetime = moment("申请时间", required=True)
    asked_by: str = link("申请人", "user", required=True)
    about: str = department("要导出其用户的机构", required=True)
    purpose: Purpose = choice("使用目的", PURPOSES, required=True)
    state: ExportState = choice("状态", EXPORT_STATES, required=True)
    reason: str = long_text("审批意见")


@frozen(kw_only=True)
class ExportRequestView:
    """A request as it is shown: who asked for what, who decided how."""

    asked_at: datetime = moment("申请时间", required=True)
    asked_by: str = link("申请人", "user", required=True)
    about: str = department("要导出其用户的机构", required=True)
    region: str = region("行政区划", required=True)
    purpose: Purpose = choice("使用目的", PURPOSES, required=True)
    state: ExportState = choice("状态", EXPORT_STATES, required=True)
    decided_by: str = link("审批人", "user")
    decided_at: datetime | None = moment("审批时间")
    reason: str = long_text("审批意见")


def _export_request_row(one: ExportRequest) -> ExportRequestRow:
    return ExportRequestRow(
        id=one.id, version=one.version, asked_at=one.asked_at, asked_by=one.asked_by,
        about=one.about, purpose=one.purpose, state=one.state,
        reason=one.decision.reason if one.decision else "",
    )  # fmt: skip


def _export_request_view(one: ExportRequest) -> ExportRequestView:
    decision = one.decision
    return ExportRequestView(
        asked_at=one.asked_at, asked_by=one.asked_by, about=one.about, region=one.region,
        purpose=one.purpose, state=one.state,
        decided_by=decision.by if decision else "", decided_at=decision.at if decision else None,
        reason=decision.reason if decision else "",
    )  # fmt: skip


EXPORT_REQUESTS: Final = ListQuery(
    name="identity.export_request",
    plural="export_requests",
    title="导出申请",
    menu="我的工作台",
    port=ExportRequests,
    cls=ExportRequest,
    row=ExportRequestRow,
    row_of=_export_request_row,
    view=ExportRequestView,
    viewed=_export_request_view,
    placed=lambda one: Placement(region=one.region, departments=frozenset({one.about})),
    orders=both_ways("id"),
    criteria=(Criterion("about"), Criterion("state")),
    for_all=False,
    keepers=lambda one: Keepers(
        departments=frozenset({one.about}), users=frozenset({one.asked_by})
    ),
)
