"""What somebody keeps about lists: views, columns, and what he opened lately."""

from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

from entrypoints.http.api.login import Done, Nothing
from entrypoints.http.routes import Access, Call, Reply, Route
from entrypoints.kept_lists import Recent, offer_of, recents
from supervision_core.identity.model import ListSetting, SavedView, ViewInvalid
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.fields import said
from supervision_core.kernel.plain import to_plain

_BASE: Final = "/api/v1/identity"


@frozen(kw_only=True)
class OwnPreferences:
    """What somebody keeps about lists."""

    views: tuple[SavedView, ...] = field(metadata=said("常用视图"))
    settings: tuple[ListSetting, ...] = field(metadata=said("列表设置，没有设置过的不列"))


@frozen(kw_only=True)
class KeepView:
    """A search of a list, to be kept under a name."""

    place: str = field(metadata=said("所属列表", example="tasks.task"))
    name: str = field(metadata=said("视图名称", example="本月到期"))
    asked: Mapping[str, str] = field(
        factory=dict,
        metadata=said("查询条件，与页面上填写的相同", example={"state": "dispatched"}),
    )
    order: str = field(default="", metadata=said("排序方式，空为列表的通常排序"))
    usual: bool = field(default=False, metadata=said("是否打开列表时的默认视图", example=False))


@frozen(kw_only=True)
class RenameView:
    """Another name for a view, and whether its list opens with it."""

    view_id: str = field(metadata=said("视图编号", example="0123abcd"))
    name: str = field(metadata=said("视图名称", example="本月到期"))
    usual: bool = field(default=False, metadata=said("是否打开列表时的默认视图", example=False))


@frozen(kw_only=True)
class DropView:
    """A view that is not kept any longer."""

    view_id: str = field(metadata=said("视图编号", example="0123abcd"))


@frozen(kw_only=True)
class OwnRecents:
    """What somebody opened lately, the last first."""

    items: tuple[Recent, ...] = field(metadata=said("最近打开的对象，至多12个"))


def _own_views(call: Call, _: Nothing) -> Reply:
    found = call.platform.log_ins.own_preferences(call.who.user)
    return Reply(value=to_plain(OwnPreferences(views=found.views, settings=found.settings)))


def _keep_view(call: Call, asked: KeepView) -> Reply:
    offer = offer_of(call.platform, call.who, asked.place)
    kept = call.platform.log_ins.keep_view(
        call.who.user, offer, name=asked.name, asked=asked.asked, order=asked.order,
        usual=asked.usual, source=call.source,
    )  # fmt: skip
    return Reply(value=to_plain(kept))


def _rename_view(call: Call, asked: RenameView) -> Reply:
    found = call.platform.log_ins.rename_view(
        call.who.user, asked.view_id, name=asked.name, usual=asked.usual, source=call.source
    )
    return Reply(value=to_plain(found))


def _drop_view(call: Call, asked: DropView) -> Reply:
    call.platform.log_ins.drop_view(call.who.user, asked.view_id, source=call.source)
    return Reply(value={"done": True})


def _arrange_list(call: Call, asked: ListSetting) -> Reply:
    offer = offer_of(call.platform, call.who, asked.place)
    call.platform.log_ins.arrange_list(call.who.user, offer, asked, source=call.source)
    return Reply(value={"done": True})


def _own_recents(call: Call, _: Nothing) -> Reply:
    found = tuple(recents(call.platform, call.who))
    return Reply(value=to_plain(OwnRecents(items=found)))


KEPT_ROUTES: tuple[Route, ...] = (
    Route(
        method="GET", path=f"{_BASE}/me/views", name="own_views", title="本人的视图和列表设置",
        access=Access.LOGGED_IN, asked=Nothing, answered=OwnPreferences, run=_own_views,
        text="视图只是查询条件，不带任何权限：打开时按本人此刻的权限查询。",
    ),
    Route(
        method="PUT", path=f"{_BASE}/me/views", name="keep_view", title="保存视图",
        access=Access.LOGGED_IN, asked=KeepView, answered=SavedView, run=_keep_view,
        refusals=(NotFound, ViewInvalid), text="同一列表中同名的视图被替换，重复提交结果相同。",
    ),
    Route(
        method="PUT", path=f"{_BASE}/me/views/{{view_id}}", name="rename_view", title="修改视图",
        access=Access.LOGGED_IN, asked=RenameView, answered=SavedView, run=_rename_view,
        refusals=(NotFound, ViewInvalid), text="改名，或者设为、取消默认视图。",
    ),
    Route(
        method="DELETE", path=f"{_BASE}/me/views/{{view_id}}", name="drop_view", title="删除视图",
        access=Access.LOGGED_IN, asked=DropView, answered=Done, run=_drop_view,
        refusals=(NotFound,),
    ),
    Route(
        method="PUT", path=f"{_BASE}/me/list_settings", name="arrange_list", title="设置列表",
        access=Access.LOGGED_IN, asked=ListSetting, answered=Done, run=_arrange_list,
        refusals=(NotFound, ViewInvalid), text="不填columns则显示全部列。",
    ),
    Route(
        method="GET", path=f"{_BASE}/me/recents", name="own_recents", title="本人最近打开的对象",
        access=Access.LOGGED_IN, asked=Nothing, answered=OwnRecents, run=_own_recents,
        text="此刻不能再查看的不列。",
    ),
)  # fmt: skip
"""One's own views, settings and what was opened lately."""
