"""Handbooks as lists show them, and what each says when it is opened."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from attrs import evolve, field, frozen

from supervision_core.handbooks.model import Handbook, HandbookState
from supervision_core.handbooks.model.life import VERBS
from supervision_core.handbooks.ports import HandbookReadings, Handbooks
from supervision_core.identity.model import Placement
from supervision_core.kernel.days import local_day
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import Act, Criterion, ListQuery, Match, Referred, both_ways
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import (
    Reading,
    choice,
    counted,
    day,
    department,
    integer,
    link,
    moment,
    region,
    rows,
    text,
)

STATES: Final = VERBS.states
_S: Final = HandbookState


@frozen(kw_only=True)
class HandbookRow:
    """One line of a list of handbooks. Source: proposal 2413, 2417-2419."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    name: str = text("手册名称", required=True, example="旅行社合规经营手册")
    trade: str = link("所属业态", "identity.trade")
    scene: str = link("场景名称", "scene")
    department: str = department("制定部门", required=True)
    state: HandbookState = choice("状态", STATES, required=True)
    position: int = integer("排序", required=True)
    reads: int = counted("浏览次数")
    batch: str = text("批次号")
    changed_on: date = day("更新时间", required=True)
    changed_by: str = link("上传人", "user")
    region: str = region("行政区划", required=True)


@frozen(kw_only=True)
class HandbookVersionView:
    """A version that was published."""

    number: int = integer("版本号", required=True)
    published_at: datetime = moment("发布时间", required=True)
    elements: int = integer("要素数", required=True)
    final: str = text("是否为最终版本", required=True)


@frozen(kw_only=True)
class HandbookFileView:
    """A file of a handbook."""

    name: str = text("文件名称", required=True)
    file: str = text("文件编号", required=True, listed=False)


@frozen(kw_only=True)
class HandbookView:
    """What a handbook is, and its versions; what it says is read as a text.

    Source: proposal 2459-2477.
    """

    name: str = text("手册名称", required=True)
    state: HandbookState = choice("状态", STATES, required=True)
    trade: str = link("所属业态", "identity.trade")
    scene: str = link("场景名称", "scene")
    scope: str = text("监管对象范围", max_length=200)
    department: str = department("制定部门", required=True)
    region: str = region("行政区划", required=True)
    position: int = integer("排序值", required=True)
    batch: str = text("批次号")
    chapters: int = integer("手册类别数", required=True)
    elements: int = integer("手册要素数", required=True)
    published: int = integer("已发布版本数", required=True)
    public_reads: int = counted("公众浏览次数")
    staff_reads: int = counted("工作人员浏览次数")
    changed_by: str = link("上传人", "user")
    changed_at: datetime = moment("更新时间", required=True)
    versions: tuple[HandbookVersionView, ...] = rows("已发布版本", HandbookVersionView)
    files: tuple[HandbookFileView, ...] = rows("上传文件", HandbookFileView)
    attachments: tuple[str, ...] = field(default=(), metadata=said("上传文件的编号"))


def _row(one: Handbook) -> HandbookRow:
    basics = one.basics
    return HandbookRow(
        id=one.id, name=basics.name, trade=basics.trade, scene=basics.scene,
        department=basics.department, state=one.state, position=basics.position or 0,
        batch=basics.batch, changed_on=local_day(one.changed_at), changed_by=one.changed_by,
        region=one.region,
    )  # fmt: skip


def _view(one: Handbook) -> HandbookView:
    basics, newest = one.basics, len(one.versions)
    return HandbookView(
        name=basics.name, state=one.state, trade=basics.trade, scene=basics.scene,
        scope=basics.scope, department=basics.department, region=one.region,
        position=basics.position or 0, batch=basics.batch, chapters=len(one.draft.chapters),
        elements=len(one.draft.elements), published=newest, changed_by=one.changed_by,
        changed_at=one.changed_at,
        versions=tuple(
            HandbookVersionView(
                number=each.number, published_at=each.published_at,
                elements=len(each.content.elements), final="是" if each.number == newest else "否",
            )
            for each in one.versions
        ),
        files=tuple(HandbookFileView(name=each.name, file=each.file)
                    for each in one.draft.attachments),
        attachments=tuple(each.file for each in one.draft.attachments),
    )  # fmt: skip


def _read(unit: UnitOfWork, ids: Sequence[str]) -> Mapping[str, int]:
    """Give how often each was read."""
    return {id_: one.all for id_, one in unit[HandbookReadings].of(ids).items()}


def _read_by(unit: UnitOfWork, root: Any, shown: Any) -> Any:
    """Put into a view how often it was read, by channel."""
    found = unit[HandbookReadings].of([root.id]).get(root.id)
    if found is None:
        return shown
    return evolve(shown, public_reads=found.public, staff_reads=found.staff)


HANDBOOKS: Final = ListQuery(
    name="handbooks.handbook",
    plural="handbooks",
    title="合规经营手册",
    menu="一业一册",
    step=1,
    port=Handbooks,
    referred=Referred("name"),
    adds=("handbooks.create",),
    cls=Handbook,
    row=HandbookRow,
    row_of=_row,
    placed=lambda one: Placement(region=one.region, departments=one.departments),
    listed=lambda one: one.state is not HandbookState.DELETED,
    read=Reading.OWNER_AND_BELOW,
    orders=(*both_ways("position"), *both_ways("changed_on")),
    criteria=(
        Criterion("name", Match.HOLDS),
        Criterion("state"),
        Criterion("scene"),
        Criterion("trade"),
        Criterion("department"),
        Criterion("changed_on", Match.BETWEEN),
        Criterion("region", Match.BEGINS),
    ),
    acts=(
        Act("revise", "修改"),
        Act("publish", "发布", frozenset({_S.DRAFT, _S.PUBLISHED, _S.WITHDRAWN})),
        Act("withdraw", "撤回", frozenset({_S.PUBLISHED})),
        Act("disable", "停用", frozenset({_S.PUBLISHED})),
        Act("enable", "启用", frozenset({_S.DISABLED})),
        Act("delete", "删除", frozenset({_S.DRAFT, _S.WITHDRAWN, _S.DISABLED})),
    ),
    view=HandbookView,
    viewed=_view,
    completed=_read_by,
    counting={"reads": _read},
)
