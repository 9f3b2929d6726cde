"""What administrators keep: 业态, 部门分组, 业务条线, and 扩展属性 of users."""

from typing import Final

from attrs import frozen

from supervision_core.kernel.registers import (
    Content,
    Search,
    choice,
    department,
    departments,
    link,
    ratio,
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

USER_ELEMENTS = elements_of(
    ElementContent,
    "identity.user_element",
    plural="user_elements",
    title="用户扩展属性",
    keepers=("department_administrator",),
    menu="系统管理",
)
"""What administrators ask of users beside what the platform keeps. Source: proposal 1995, 2001."""
