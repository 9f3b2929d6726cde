"""Checklists as lists show them, and what each says when it is opened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from attrs import field, frozen

from supervision_core.checklists.model import Checklist, ChecklistState
from supervision_core.checklists.model.checklist import VERBS
from supervision_core.checklists.ports import Checklists
from supervision_core.identity.model import Placement
from supervision_core.items.model import Importance, Site
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import Criterion, ListQuery, Match, Searched, both_ways
from supervision_core.kernel.registers import (
    Reading,
    choice,
    department,
    departments,
    flag,
    integer,
    link,
    long_text,
    moment,
    region,
    rows,
    text,
)

STATES: Final = VERBS.states
_SITES: Final[Mapping[str, str]] = {Site.ONSITE: "现场", Site.OFFSITE: "非现场"}
_IMPORTANCE: Final[Mapping[str, str]] = {Importance.KEY: "重点", Importance.GENERAL: "一般"}
_OPERATIONS: Final[Mapping[str, str]] = {
    "created": "新增", "copied": "复制", "revised": "修订", "published": "发布",
    "enabled": "启用", "disabled": "停用", "made_default": "设为默认",
    "made_ordinary": "取消默认", "deleted": "删除",
}  # fmt: skip
_GRADES: Final = "ABCD"


@frozen(kw_only=True)
class ChecklistRow:
    """One line of a list of checklists. Source: proposal 6.4.2.1.3.1."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    code: str = text("检查单编码", required=True)
    name: str = text("检查单名称", required=True, example="乳品安全综合检查单")
    trade: str = link("关联业态", "identity.trade")
    lead: str = department("牵头部门", required=True)
    joining: tuple[str, ...] = departments("参与部门")
    region: str = region("行政区划", required=True)
    state: ChecklistState = choice("状态", STATES, required=True)
    default: bool = flag("默认")
    published: int = integer("已发布版本数", required=True)
    items: int = integer("检查项数", required=True)


@frozen(kw_only=True)
class ChecklistItemView:
    """One line of a checklist."""

    code: str = text("编码", required=True)
    matter: str = text("检查事项", required=True)
    sub_item: str = text("检查子事项")
    content: str = text("检查内容", required=True)
    department: str = department("责任部门")
    method: str = text("检查方法")
    site: Site = choice("检查方式", _SITES, required=True)
    importance: Importance = choice("重要程度", _IMPORTANCE, required=True)
    grades: str = text("适用等级", required=True)


@frozen(kw_only=True)
class ChecklistChangeView:
    """What was done to a checklist."""

    operation: str = choice("操作", _OPERATIONS, required=True)
    department: str = department("部门", required=True)
    person: str = link("人员", "user")
    at: datetime = moment("时间", required=True)
    note: str = text("说明")


@frozen(kw_only=True)
class ChecklistView:
    """What a checklist says now, and its history. Source: proposal 6.4.2.1.3.5."""

    name: str = text("检查单名称", required=True)
    code: str = text("检查单编码", required=True)
    state: ChecklistState = choice("状态", STATES, required=True)
    default: bool = flag("默认检查单")
    trade: str = link("关联业态", "identity.trade")
    region: str = region("行政区划", required=True)
    lead: str = department("牵头部门", required=True)
    joining: tuple[str, ...] = departments("参与部门")
    published: int = integer("已发布版本数", required=True)
    published_at: datetime | None = moment("最近发布时间")
    copied_from: str = link("复制自", "checklist")
    note: str = long_text("备注")
    items: tuple[ChecklistItemView, ...] = rows("检查项", ChecklistItemView)
    history: tuple[ChecklistChangeView, ...] = rows("操作记录", ChecklistChangeView)


def _row(one: Checklist) -> ChecklistRow:
    said = one.draft
    return ChecklistRow(
        id=one.id, code=one.code, name=said.name, trade=said.trade, lead=said.lead,
        joining=said.joining, region=one.region, state=one.state, default=one.default,
        published=len(one.versions), items=len(said.items),
    )  # fmt: skip


def _view(one: Checklist) -> ChecklistView:
    said = one.draft
    return ChecklistView(
        name=said.name, code=one.code, state=one.state, default=one.default, trade=said.trade,
        region=one.region, lead=said.lead, joining=said.joining, published=len(one.versions),
        published_at=one.versions[-1].published_at if one.versions else None,
        copied_from=one.copied_from, note=said.note,
        items=tuple(
            ChecklistItemView(
                code=each.code, matter=each.content.matter, sub_item=each.content.sub_item,
                content=each.content.content, department=each.content.department,
                method=each.content.method, site=each.content.site,
                importance=each.content.importance,
                grades="".join(_GRADES[grade - 1] for grade in sorted(each.grades)),
            )
            for each in said.items
        ),
        history=tuple(
            ChecklistChangeView(
                operation=each.operation, department=each.department, person=each.person,
                at=each.at, note=each.note,
            )
            for each in one.history
        ),
    )  # fmt: skip


CHECKLISTS: Final = ListQuery(
    name="checklists.checklist",
    plural="checklists",
    title="综合检查单",
    menu="一业一单",
    port=Checklists,
    cls=Checklist,
    row=ChecklistRow,
    row_of=_row,
    placed=lambda one: Placement(region=one.region, departments=one.departments),
    listed=lambda one: one.state is not ChecklistState.DELETED,
    read=Reading.OWNER_AND_BELOW,
    orders=both_ways("code"),
    criteria=(
        Criterion("name", Match.HOLDS),
        Criterion("state"),
        Criterion("code"),
        Criterion("trade"),
        Criterion("default"),
        Criterion("lead"),
        Criterion("region", Match.BEGINS),
    ),
    view=ChecklistView,
    viewed=_view,
    searched=Searched(first=lambda row: row.state is not ChecklistState.ENABLED),
)
