"""What is maintained of matters: 监管目录, 认领, 检查实施清单, 巡查项, 巡查清单, 要素."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from attrs import frozen

from supervision_core.identity.registers import BUSINESS_LINES
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.registers import (
    ADDED_AT,
    ADDED_BY,
    DEPARTMENT,
    ORIGIN,
    OWNER_DEPARTMENT,
    OWNER_REGION,
    OWNING_DEPARTMENT,
    OWNING_REGION,
    USUAL,
    Ask,
    Content,
    Reading,
    RegisterVerb,
    Search,
    choice,
    choices,
    count_of,
    day,
    department,
    departments,
    generated,
    link,
    linked_code,
    links,
    long_text,
    register,
    text,
    tree_parent,
)
from supervision_core.kernel.registers.elements import ElementContent, elements

_MENU: Final = "监管事项"
MATTER: Final = "items.matter"
"""The kind of a matter of the catalogue that is named by its code, not by an id."""
_DIGITS: Final = 14
MATTER_KINDS: Final = {
    "licence": "行政许可", "inspection": "行政检查", "penalty": "行政处罚",
    "coercion": "行政强制", "other": "其他",
}  # fmt: skip
IN_USE: Final = "in_use"
MATTER_STATES: Final = {IN_USE: "在用", "cancelled": "取消", "suspended": "暂停"}
LEVELS: Final = {"province": "省级", "city": "市级", "county": "县级"}
LIST_SOURCES: Final = {"national": "国家基本目录", "region": "自治区", "own": "本级新增"}
PATROL_STATES: Final = {"draft": "草稿", "in_use": "使用中", "stopped": "停止使用"}


def catalogue_code(region: str, count: int) -> str:
    """Make the 14 digits of a matter of one's own: the region's six, and a number of eight."""
    return f"{region[:6]}{count:08d}"


@frozen(kw_only=True)
class CatalogueContent(Content):
    """监管目录 (CatalogueMatter): a matter of supervision; matters form a tree.

    Source: proposal 2125-2133, 2217-2227, 652-656.
    """

    name: str = text("目录名称", required=True, search=Search.FUZZY, max_length=200)
    code: str = generated("目录基本编码", catalogue_code)
    line: str = link("条线类型", BUSINESS_LINES.name)
    kind: str = choice("事项类型", MATTER_KINDS)
    state: str = choice("事项状态", MATTER_STATES, default=IN_USE)
    parent: str = tree_parent("父目录清单", listed=False)
    lead: str = department("牵头部门")
    joining: tuple[str, ...] = links("协同部门", DEPARTMENT, listed=False)
    service_code: str = text("关联政务服务目录清单编码", max_length=40, listed=False)


def matter_rules(
    content: CatalogueContent, before: CatalogueContent | None, ask: Ask
) -> Iterable[Violation]:
    """Find a code that is none of a matter: 14 digits (national standard of 监管事项目录编码)."""
    del ask
    if before is None and not (len(content.code) == _DIGITS and content.code.isdecimal()):
        yield Violation("items.matter_code", "code")


CATALOGUE = register(
    CatalogueContent,
    "items.catalogue_matter",
    plural="catalogue",
    title="监管目录",
    menu=_MENU,
    keepers=("checklist_editor", "department_administrator"),
    read=Reading.OWNER_AND_BELOW,
    unique=(("name", "parent", OWNER_REGION),),
    derived=(ORIGIN, OWNING_REGION, OWNING_DEPARTMENT, linked_code("line", "条线编码")),
    refuse=matter_rules,
)


@frozen(kw_only=True)
class MatterClaimContent(Content):
    """认领 (MatterClaim): a department takes a matter of the catalogue as its own to supervise.

    The department is the one that the entry belongs to. Source: proposal 2121.
    """

    matter: str = link("监管目录", CATALOGUE.name, required=True)
    office: str = text("承办机构", required=True, search=Search.FUZZY, example="食品生产监管科")
    since: date | None = day("认领日期", search=Search.RANGE)
    note: str = long_text("认领说明")


MATTER_CLAIMS = register(
    MatterClaimContent,
    "items.matter_claim",
    plural="matter_claims",
    title="监管事项认领",
    menu=_MENU,
    keepers=("checklist_editor", "department_administrator"),
    read=Reading.OWNER_AND_BELOW,
    unique=(("matter", OWNER_DEPARTMENT),),
    derived=(OWNING_DEPARTMENT, OWNING_REGION, ORIGIN, ADDED_AT),
    verbs=USUAL - {RegisterVerb.SWITCH, RegisterVerb.SWITCH_SEVERAL},
)


def list_code(region: str, count: int) -> str:
    """Make the code of an implementation list: SS, the region's six digits, a number of six."""
    return f"SS{region[:6]}{count:06d}"


@frozen(kw_only=True)
class ImplementationItemContent(Content):
    """检查项 (ImplementationItem): one thing to check of an implementation list.

    Source: proposal 2231, 658.
    """

    name: str = text("检查项", required=True, search=Search.FUZZY, max_length=200)
    code: str = text("检查项编码", required=True, unique=True, search=Search.FUZZY, max_length=60)
    content: str = long_text("检查内容", listed=True)
    method: str = long_text("操作依据与要领", listed=True)


IMPLEMENTATION_ITEMS = register(
    ImplementationItemContent,
    "items.implementation_item",
    plural="implementation_items",
    title="检查项",
    menu=_MENU,
    keepers=("checklist_editor",),
    read=Reading.OWNER_AND_BELOW,
    derived=(ORIGIN,),
    gathered="items.implementation_list",
)


@frozen(kw_only=True)
class ImplementationListContent(Content):
    """检查实施清单 (ImplementationList): how a matter of the catalogue is carried out.

    Source: proposal 2229-2243, 657.
    """

    name: str = text("检查实施清单名称", required=True, search=Search.FUZZY, max_length=200)
    code: str = generated("实施清单编码", list_code, search=Search.FUZZY)
    catalogue: str = link("关联监管目录子项", CATALOGUE.name)
    kind: str = choice("事项类型", MATTER_KINDS, listed=False)
    levels: tuple[str, ...] = choices("实施层级", LEVELS, listed=False)
    source: str = choice("事项来源", LIST_SOURCES, default="own")
    items: tuple[str, ...] = links("关联检查项", IMPLEMENTATION_ITEMS.name, listed=False)


IMPLEMENTATION_LISTS = register(
    ImplementationListContent,
    "items.implementation_list",
    plural="implementation_lists",
    title="检查实施清单",
    menu=_MENU,
    keepers=("checklist_editor",),
    read=Reading.OWNER_AND_BELOW,
    unique=(("name", "catalogue", OWNER_REGION),),
    derived=(ADDED_AT, count_of("items", "检查项配置数")),
    related="items",
)


@frozen(kw_only=True)
class PatrolCategoryContent(Content):
    """巡查项分类 (PatrolCategory): what things to look at are sorted by. Source: proposal 2205."""

    name: str = text("分类名称", required=True, unique=True, search=Search.FUZZY)


PATROL_CATEGORIES = register(
    PatrolCategoryContent,
    "items.patrol_category",
    plural="patrol_categories",
    title="巡查项分类",
    menu=_MENU,
    keepers=("checklist_editor",),
)


@frozen(kw_only=True)
class PatrolItemContent(Content):
    """巡查项 (PatrolItem): one thing to look at on patrol. Source: proposal 2199-2205."""

    name: str = text("巡查项名称", required=True, search=Search.FUZZY, max_length=200)
    code: str = text("编码", required=True, unique=True, search=Search.FUZZY, max_length=60)
    category: str = link("所属分类", PATROL_CATEGORIES.name)
    state: str = choice("巡查项状态", PATROL_STATES, default="in_use")
    departments: tuple[str, ...] = departments("关联部门")
    standard: str = long_text("巡查规则以及标准")


PATROL_ITEMS = register(
    PatrolItemContent,
    "items.patrol_item",
    plural="patrol_items",
    title="巡查项",
    menu=_MENU,
    keepers=("checklist_editor",),
    related="departments",
    side="category",
)


@frozen(kw_only=True)
class PatrolListContent(Content):
    """巡查清单 (PatrolList): what a patrol looks at, as the leading department sets it.

    Source: proposal 2207-2213.
    """

    name: str = text("清单名称", required=True, unique=True, search=Search.FUZZY)
    items: tuple[str, ...] = links("关联巡查项", PATROL_ITEMS.name, listed=False)
    lead: str = department("牵头部门")


PATROL_LISTS = register(
    PatrolListContent,
    "items.patrol_list",
    plural="patrol_lists",
    title="巡查清单",
    menu=_MENU,
    keepers=("checklist_editor",),
    derived=(count_of("items", "巡查项数量"), ADDED_BY),
    related="items",
)
CHECK_ITEM_ELEMENTS: Final = elements(
    "items.item_element",
    plural="item_elements",
    title="检查事项要素",
    keepers=("checklist_editor",),
)


def content_element_key(region: str, count: int) -> str:
    """Give the key of a new element of check contents: no element of check items has such a one."""
    del region
    return f"nr{count:04}"


@frozen(kw_only=True)
class CheckContentElement(ElementContent):
    """检查内容要素 (CheckContentElement): a field that users define for check contents.

    A check item says what holds for it in both, so their keys are told apart. Source: proposal
    4465-4467.
    """

    key: str = generated("要素编码", content_element_key)


CHECK_CONTENT_ELEMENTS: Final = elements(
    "items.content_element",
    plural="content_elements",
    title="检查内容要素",
    keepers=("checklist_editor",),
    content=CheckContentElement,
)
