"""What administrators keep: 业态, 部门分组, 业务条线, and 扩展属性 of users."""

from datetime import date
from typing import Final

from attrs import frozen

from supervision_core.kernel.codes.subject_kinds import SUBJECT_KINDS
from supervision_core.kernel.registers import (
    Content,
    Search,
    choice,
    day,
    department,
    departments,
    link,
    ratio,
    region,
    register,
    text,
)
from supervision_core.kernel.registers.elements import ElementContent, elements_of

RISK_LEVELS: Final = {"low": "低风险", "general": "一般风险", "medium": "中风险", "high": "高风险"}
_MENU: Final = "基础信息"


@frozen(kw_only=True)
class TradeContent(Content):
    """业态 (Trade): the kind of business that departments supervise together (一业一单).

    Source: proposal 896, 5277.
    """

    name: str = text("业态名称", required=True, unique=True, search=Search.FUZZY, example="餐饮")
    code: str = text(
        "业态编码", required=True, unique=True, search=Search.FUZZY, max_length=40, example="CY"
    )
    draw_ratio: str = ratio("默认抽取比例")
    risk_level: str = choice("风险等级", RISK_LEVELS)
    department: str = department("主管部门")


TRADES = register(TradeContent, "identity.trade", plural="trades", title="业态", menu=_MENU)


@frozen(kw_only=True)
class RegistrarContent(Content):
    """登记机关 (Registrar): which department registers a kind of subject in a region.

    The system administrator sets it; its people alone propose and confirm statuses and deletions.
    Where a region names none, the one of the region above does; where none is named, the department
    that took the subject in.
    Source: design §14.
    """

    basis: str = text("依据", required=True, max_length=100, example="市场主体登记管理条例第五条")
    kind: str = choice("监管对象类型", SUBJECT_KINDS, required=True, search=Search.EXACT)
    area: str = region("登记区划", required=True)
    department: str = department("登记部门", required=True)


REGISTRARS: Final = register(
    RegistrarContent,
    "identity.registrar",
    plural="registrars",
    title="登记机关",
    menu=_MENU,
    unique=(("kind", "area"),),
)


@frozen(kw_only=True)
class DepartmentGroupContent(Content):
    """部门分组 (DepartmentGroup): departments that act together. Source: proposal 889-898."""

    name: str = text("部门分组名称", required=True, unique=True, search=Search.FUZZY)
    departments: tuple[str, ...] = departments("关联部门", panel=("参与部门", "已选部门"))


DEPARTMENT_GROUPS = register(
    DepartmentGroupContent,
    "identity.department_group",
    plural="department_groups",
    title="部门分组",
    menu=_MENU,
    keepers=("department_administrator",),
)


@frozen(kw_only=True)
class BusinessLineContent(Content):
    """业务条线 (BusinessLine): a line of work that runs through all levels of administration.

    Source: proposal 899-908.
    """

    code: str = text("条线编码", required=True, unique=True, search=Search.FUZZY, max_length=40)
    name: str = text("条线名称", required=True, search=Search.FUZZY)
    result_template: str = link("流程结果模版配置", "document_template", listed=False)


BUSINESS_LINES = register(
    BusinessLineContent,
    "identity.business_line",
    plural="business_lines",
    title="业务条线",
    menu=_MENU,
    keepers=("department_administrator",),
)

CODE_KINDS: Final = {
    "national": "国家标准", "industry": "行业标准", "local": "地方标准", "own": "本平台",
}  # fmt: skip


@frozen(kw_only=True)
class CodeSetContent(Content):
    """码表 (CodeSet): a list of codes that departments agreed on (标准代码).

    Source: proposal 4585, 4933.
    """

    code: str = text(
        "码id",
        required=True,
        unique=True,
        search=Search.FUZZY,
        max_length=40,
        example="GB2261",
    )
    name: str = text("码表名称", required=True, search=Search.FUZZY, example="人的性别代码")
    kind: str = choice("类型", CODE_KINDS, required=True)
    valid_from: date | None = day("生效日期")


CODE_SETS = register(
    CodeSetContent,
    "identity.code_set",
    plural="code_sets",
    title="码表",
    menu=_MENU,
    unique=(("name", "valid_from"),),
)


@frozen(kw_only=True)
class CodeContent(Content):
    """码值 (Code): one value of a code set, and what it means. Source: proposal 4585."""

    code_set: str = link("所属码表", CODE_SETS.name, required=True)
    value: str = text("码值", required=True, search=Search.EXACT, max_length=40, example="1")
    meaning: str = text("含义", required=True, search=Search.FUZZY, example="男性")


CODES = register(
    CodeContent,
    "identity.code",
    plural="codes",
    title="码值",
    menu=_MENU,
    unique=(("code_set", "value"),),
    within=CODE_SETS,
)

USER_ELEMENTS = elements_of(
    ElementContent,
    "identity.user_element",
    plural="user_elements",
    title="用户扩展属性",
    keepers=("department_administrator",),
    menu="系统管理",
)
"""What administrators ask of users beside what the platform keeps. Source: proposal 1995, 2001."""
