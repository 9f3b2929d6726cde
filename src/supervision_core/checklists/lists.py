"""Checklists as lists show them, and what each says when it is opened."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Final

import attrs
from attrs import evolve, frozen

from supervision_core.checklists.model import (
    Change,
    Checklist,
    ChecklistContent,
    ChecklistHead,
    ChecklistItem,
    ChecklistState,
    ContentChanges,
    Operation,
    changes_between,
)
from supervision_core.checklists.model.checklist import VERBS
from supervision_core.checklists.ports import Checklists, ChecklistsOfScenes
from supervision_core.identity.model import Placement
from supervision_core.identity.registers import BUSINESS_LINES
from supervision_core.items.model import PROVISION, Importance, LawArticle, Site
from supervision_core.items.model.check_items import (
    CYCLES,
    ITEM_LEVELS,
    MATTER,
    CheckContent,
    Cycle,
)
from supervision_core.kernel.fields import FIELD
from supervision_core.kernel.listing import (
    Act,
    Criterion,
    ListQuery,
    Match,
    Referred,
    Searched,
    both_ways,
    partial_of,
)
from supervision_core.kernel.registers import (
    Reading,
    choice,
    choices,
    department,
    departments,
    described,
    flag,
    integer,
    link,
    links,
    long_text,
    moment,
    region,
    rows,
    text,
    value,
    values,
)

STATES: Final = VERBS.states
_SITES: Final[Mapping[str, str]] = {Site.ONSITE: "现场", Site.OFFSITE: "非现场"}
_IMPORTANCE: Final[Mapping[str, str]] = {Importance.KEY: "重点", Importance.GENERAL: "一般"}
_OPERATIONS: Final[Mapping[str, str]] = {
    "created": "新增", "copied": "复制", "revised": "修订", "described": "维护基本信息",
    "items_chosen": "关联检查事项", "item_added": "新增检查项", "item_changed": "修改检查项",
    "items_removed": "移除检查项", "items_arranged": "调整顺序", "items_grouped": "设置检查领域",
    "shared": "列为试点", "unshared": "取消试点", "published": "发布",
    "enabled": "启用", "disabled": "停用", "made_default": "设为默认",
    "made_ordinary": "取消默认", "deleted": "删除",
}  # fmt: skip
_GRADES: Final = "ABCD"


@frozen(kw_only=True)
class ChecklistRow:
    """One line of a list of checklists. Source: proposal 6.4.2.1.3.1."""

    id: str = text("编号", required=True, example="0123abcd", listed=False)
    name: str = text("检查单名称", required=True, example="乳品安全综合检查单")
    code: str = text("检查单编码", required=True)
    trade: str = link("关联业态", "identity.trade")
    lead: str = department("牵头部门", required=True)
    joining: tuple[str, ...] = departments("参与部门")
    state: ChecklistState = choice("是否启用", STATES, required=True)
    default: bool = flag("是否默认")
    pilot: bool = flag("是否试点")
    published: int = integer("已发布版本数", required=True)
    items: int = integer("检查项数", required=True)
    region: str = region("行政区划", required=True)
    created_at: datetime | None = moment("创建时间")


@frozen(kw_only=True)
class MatterView:
    """One matter of a checklist: how much is asked in it. Source: proposal 2376."""

    domain: str = text("检查领域")
    department: str = department("责任部门", required=True)
    matter: str = text("检查事项", required=True)
    contents: int = integer("检查内容数", required=True)


@frozen(kw_only=True)
class ChecklistItemView:
    """One line of a checklist."""

    code: str = text("编码", required=True)
    domain: str = text("检查领域")
    matter: str = text("检查事项", required=True)
    sub_item: str = text("检查子事项")
    content: str = text("检查内容", required=True)
    owner: str = department("归口单位")
    department: str = department("责任部门")
    joining: tuple[str, ...] = departments("参与部门")
    levels: tuple[str, ...] = choices("实施层级", ITEM_LEVELS)
    tags: tuple[str, ...] = links("监管对象", "tag")
    method: str = text("检查方法")
    site: Site = choice("检查方式", _SITES, required=True)
    importance: Importance = choice("重要程度", _IMPORTANCE, required=True)
    grades: str = text("适用等级", required=True)
    cycle: Cycle = choice("一次查或日常查", CYCLES, required=True)
    frequency: str = text("检查频度")
    basis: tuple[LawArticle, ...] = values("设定依据", LawArticle, offers=PROVISION)
    penalty: LawArticle | None = value("处罚依据", LawArticle, offers=PROVISION)
    penalty_name: str = text("处罚职权名称")
    penalty_code: str = text("处罚职权编号")
    line: str = link("条线", BUSINESS_LINES.name)
    matter_code: str = link("对应监管事项", MATTER)
    materials: tuple[str, ...] = links("标准材料", "standard_material")
    origin: str = link("取自检查事项", "check_item")


@frozen(kw_only=True)
class ChecklistVersionView:
    """A version that was published."""

    number: int = integer("版本号", required=True)
    published_at: datetime = moment("发布时间", required=True)
    name: str = text("检查单名称", required=True)
    items: int = integer("检查项数", required=True)
    changes: str = text("与上一版的差异")


@frozen(kw_only=True)
class ChecklistChangeView:
    """What was done to a checklist. Source: proposal 2380."""

    operation: str = choice("操作类型", _OPERATIONS, required=True)
    department: str = department("操作部门", required=True)
    person: str = link("操作人", "user")
    at: datetime = moment("操作时间", required=True)
    note: str = text("说明")


@frozen(kw_only=True)
class ChecklistFileView:
    """A file of a checklist."""

    title: str = text("附件", required=True)
    file: str = text("文件编号", required=True, listed=False)


@frozen(kw_only=True)
class ChecklistView:
    """What a checklist says now, and its history. Source: proposal 6.4.2.1.3.5."""

    name: str = text("检查单名称", required=True)
    code: str = text("检查单编码", required=True)
    state: ChecklistState = choice("是否启用", STATES, required=True)
    default: bool = flag("是否默认")
    pilot: bool = flag("是否试点")
    trade: str = link("关联业态", "identity.trade")
    region: str = region("行政区划", required=True)
    lead: str = department("牵头部门", required=True)
    joining: tuple[str, ...] = departments("参与部门")
    published: int = integer("已发布版本数", required=True)
    published_at: datetime | None = moment("最近发布时间")
    created_at: datetime | None = moment("创建时间")
    copied_from: str = link("复制自", "checklist")
    note: str = long_text("检查单说明")
    attachments: tuple[ChecklistFileView, ...] = rows("附件", ChecklistFileView)
    matters: tuple[MatterView, ...] = rows("检查内容信息", MatterView)
    items: tuple[ChecklistItemView, ...] = rows("检查项", ChecklistItemView)
    versions: tuple[ChecklistVersionView, ...] = rows("已发布版本", ChecklistVersionView)
    history: tuple[ChecklistChangeView, ...] = rows("变更记录", ChecklistChangeView)


def _row(one: Checklist) -> ChecklistRow:
    said = one.draft
    return ChecklistRow(
        id=one.id, code=one.code, name=said.name, trade=said.trade, lead=said.lead,
        joining=said.joining, region=one.region, state=one.state, default=one.default,
        published=len(one.versions), items=len(said.items), pilot=one.pilot,
        created_at=one.created_at,
    )  # fmt: skip


def _item_view(one: ChecklistItem) -> ChecklistItemView:
    said = one.content
    return ChecklistItemView(
        code=one.code, domain=one.domain, matter=said.matter, sub_item=said.sub_item,
        content=said.content, owner=said.owner, department=said.department,
        joining=tuple(sorted(said.joining)),
        levels=said.levels, tags=tuple(sorted(said.tags)), method=said.method, site=said.site,
        importance=said.importance,
        grades="".join(_GRADES[grade - 1] for grade in sorted(one.grades)),
        cycle=said.cycle, frequency=said.frequency, basis=said.basis, penalty=said.penalty,
        penalty_name=said.penalty_name, penalty_code=said.penalty_code, line=said.line,
        matter_code=said.matter_code, materials=said.materials, origin=one.origin,
    )  # fmt: skip


def _matters(items: Sequence[ChecklistItem]) -> Iterator[MatterView]:
    """Count the items of each matter that stand together."""

    def place(one: ChecklistItem) -> tuple[str, str, str]:
        return one.domain, one.content.matter, one.content.department

    for (domain, matter, responsible), found in groupby(items, place):
        yield MatterView(
            domain=domain, matter=matter, department=responsible, contents=len(tuple(found))
        )


def words_of_changes(changes: ContentChanges) -> str:
    """Say in words in what two contents differ, nothing where they are alike."""
    head = {one.name: one.metadata[FIELD].title for one in attrs.fields(ChecklistHead)}
    said = [
        f"修改{'、'.join(head[one] for one in changes.head)}" if changes.head else "",
        f"新增检查项{'、'.join(changes.added)}" if changes.added else "",
        f"删除检查项{'、'.join(changes.removed)}" if changes.removed else "",
        *(f"修改检查项{one.code}（{'、'.join(titles_of_item(one.fields))}）"
          for one in changes.changed),
        "调整检查项顺序" if changes.moved else "",
    ]  # fmt: skip
    return "；".join(filter(None, said))


def titles_of_item(names: Sequence[str]) -> tuple[str, ...]:
    """Give what fields of an item, and of its check content, are called."""
    own = {one.name: one.metadata[FIELD].title for one in attrs.fields(ChecklistItem)}
    titles = own | {one.name: one.title for one in described(CheckContent)}
    return tuple(titles[one] for one in names)


def _note(one: Change) -> str:
    """Say what was changed: a remark, which items, which fields."""
    fields = "、".join(titles_of_item(one.fields))
    number = f"第{one.note}版" if one.operation is Operation.PUBLISHED else one.note
    return "；".join(filter(None, (number, "、".join(one.items), fields)))


def _versions(one: Checklist) -> Iterator[ChecklistVersionView]:
    """Give the published versions, each with what it changed."""
    before: ChecklistContent | None = None
    for each in one.versions:
        changes = "" if before is None else words_of_changes(changes_between(before, each.content))
        before = each.content
        yield ChecklistVersionView(
            number=each.number, published_at=each.published_at, name=each.content.name,
            items=len(each.content.items), changes=changes,
        )  # fmt: skip


def _view(one: Checklist, content: ChecklistContent | None = None) -> ChecklistView:
    said = one.draft if content is None else content
    return ChecklistView(
        name=said.name, code=one.code, state=one.state, default=one.default, trade=said.trade,
        pilot=one.pilot, created_at=one.created_at,
        region=one.region, lead=said.lead, joining=said.joining, published=len(one.versions),
        published_at=one.versions[-1].published_at if one.versions else None,
        copied_from=one.copied_from, note=said.note,
        attachments=tuple(
            ChecklistFileView(title=f"附件{number}", file=file)
            for number, file in enumerate(said.attachments, 1)
        ),
        versions=tuple(_versions(one)),
        matters=tuple(_matters(said.items)),
        items=tuple(map(_item_view, said.items)),
        history=tuple(
            ChecklistChangeView(
                operation=each.operation, department=each.department, person=each.person,
                at=each.at, note=_note(each),
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
    referred=Referred("name", "code"),
    adds=("checklists.create",),
    continued=True,
    several=("checklists.enable", "checklists.disable", "checklists.delete"),
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
        Criterion("code", Match.HOLDS),
        Criterion("trade"),
        Criterion("default"),
        Criterion("lead"),
        Criterion("id", Match.AMONG, name="scene", title="综合监管场景",
                  through=ChecklistsOfScenes),
        Criterion("pilot"),
        Criterion("region", Match.BEGINS),
    ),
    view=ChecklistView,
    viewed=_view,
    searched=Searched(order={ChecklistState.ENABLED: 0}),
    offered=lambda _unit, one, permission, _department: one.changes_by(
        permission.removeprefix("checklists.")
    ),
    acts=(
        Act("enable", "启用", frozenset({ChecklistState.DISABLED})),
        Act("disable", "停用", frozenset({ChecklistState.ENABLED})),
        Act("delete", "删除", frozenset({ChecklistState.DRAFT, ChecklistState.DISABLED})),
    ),
)  # fmt: skip
PILOT_CHECKLISTS: Final = evolve(
    partial_of(
        CHECKLISTS,
        name="checklists.pilot_checklist",
        plural="pilot_checklists",
        title="试点检查单",
        where={"pilot": True, "state": ChecklistState.ENABLED},
        criteria=(
            Criterion("name", Match.HOLDS),
            Criterion("trade"),
            Criterion("lead"),
            Criterion("region", Match.BEGINS),
        ),
    ),
    read=Reading.EVERYONE,
    several=(),
    acts=(),
    viewed=lambda one: _view(one, one.current.content),
)
"""What pilots have published, for every region to look at and copy. Source: proposal 2384."""
