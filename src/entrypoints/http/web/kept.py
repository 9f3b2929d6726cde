"""What one person keeps about lists: tabs of views, columns, what he opened lately."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from attrs import frozen

from entrypoints.http.routes import Access, Call
from entrypoints.http.web.pages import HOME, Form, Page, Shown, gone_on
from entrypoints.http.web.reading import NO, YES, Field, Kind, read
from entrypoints.kept_lists import columns_of, criterion_told, offer_of, recents
from entrypoints.registered import lists, registers, title_of
from supervision_core.identity.model import (
    ListOffer,
    ListSetting,
    Preferences,
    SavedView,
    require_fit,
)
from supervision_core.identity.model.preferences import LONGEST_NAME, PAGE_SIZES
from supervision_core.kernel.errors import NotFound

VIEWS: Final = f"{HOME}/list_views"
SETTINGS: Final = f"{HOME}/list_settings"
EVERYTHING: Final = "all"
"""The view of all rows, whatever view a list opens with."""
MOST_RECENT: Final = 8
_ASKED: Final = "asked-"
_PLACE: Final = "place-"
_ACTING: Final = "操作"
_NAME: Final = Field(name="name", title="视图名称", required=True, most=LONGEST_NAME)
_USUAL: Final = Field(
    name="usual", title="设为默认视图", kind=Kind.FLAG, hint="打开该列表时直接显示这个视图"
)
_DENSE: Final = Field(
    name="dense", title="行距", kind=Kind.CHOICE, choices={NO: "宽松", YES: "紧凑"}, required=True
)

_SIZE: Final = Field(
    name="size", title="每页条数", kind=Kind.CHOICE, required=True,
    choices={str(one): f"{one}条" for one in PAGE_SIZES},
)  # fmt: skip


def base_of(place: str) -> str:
    """Give the address of a list. Raises ``NotFound`` for what is none."""
    described: Any = lists().get(place) or registers().get(place)
    if described is None:
        raise NotFound("list", place)
    return f"{HOME}/{described.context}/{described.plural}"


@frozen(kw_only=True)
class Kept:
    """A list as it was asked for by one person: with which view, and how he wants it shown."""

    place: str
    offer: ListOffer
    own: Preferences
    form: Form
    view: SavedView | None
    gone: bool

    @classmethod
    def of(cls, call: Call, place: str, form: Form) -> "Kept":
        """Open a list with the view that is asked for, or the one it opens with.

        What the address says goes before what a view says. A view gives no right: it is a search
        like any other. Raises ``ViewUnfit`` where the list knows its criteria no longer.
        """
        offer = offer_of(call.platform, call.who, place)
        own = call.platform.log_ins.own_preferences(call.who.user)
        wanted = form.get("view", "")
        said = any(form.get(one) for one in (*offer.criteria, "order", "cursor", "of"))
        view = None if wanted in {"", EVERYTHING} else own.view(wanted)
        if view is not None and view.place != place:
            view = None
        if not wanted and not said:
            view = next((one for one in own.views_of(place) if one.usual), None)
        if view is not None and not said:
            require_fit(view, offer)
            form = {**form, **view.asked, "order": view.order}
        gone = bool(wanted) and wanted != EVERYTHING and view is None
        return cls(place=place, offer=offer, own=own, form=form, view=view, gone=gone)

    @property
    def size(self) -> int:
        """How many rows of the list a page shows."""
        return self.own.setting_of(self.place).size

    @property
    def _base(self) -> str:
        return base_of(self.place)

    def exports(self, shown: str, whole: str) -> Iterator[Mapping[str, Any]]:
        """Give links to what is given out: as it is shown, and whole where columns are chosen."""
        yield {"path": shown, "title": "导出", "icon": "ti-download"}
        if self.own.setting_of(self.place).columns:
            yield {"path": whole, "title": "导出全部列", "icon": "ti-download"}

    def kept(self) -> Mapping[str, str]:
        """Give what the address holds so that the next page is one of the same view."""
        return {} if self.view is None else {"view": self.view.id}

    def values(self, asked: Mapping[str, str]) -> Mapping[str, Any]:
        """Give what a page shows above its list; ``asked`` is the search it shows, with order."""
        views = self.own.views_of(self.place)
        tabs = [
            {"title": one.name, "path": f"{self._base}?{urlencode({'view': one.id})}",
             "current": self.view is not None and one.id == self.view.id}
            for one in views
        ]  # fmt: skip
        everything = {"title": "全部", "path": f"{self._base}?view={EVERYTHING}",
                      "current": self.view is None and not any(asked.values())}  # fmt: skip
        search = {f"{_ASKED}{name}": text for name, text in asked.items() if text}
        place = {"list": self.place}
        links = [
            {"path": f"{VIEWS}/add?{urlencode({**place, **search})}", "title": "保存为视图",
             "icon": "ti-bookmark-plus", "drawer": True},
            {"path": f"{SETTINGS}?{urlencode(place)}", "title": "列设置", "icon": "ti-columns",
             "drawer": True},
        ]  # fmt: skip
        if views:
            links.append({"path": f"{VIEWS}?{urlencode(place)}", "title": "管理视图",
                          "icon": "ti-bookmarks"})  # fmt: skip
        return {
            "views": {"tabs": [everything, *tabs] if tabs else [], "links": links,
                      "gone": self.gone},
            "dense": self.own.setting_of(self.place).dense,
        }  # fmt: skip

    def arranged(
        self, names: Sequence[str], columns: Sequence[str], rows: Iterable[Mapping[str, Any]]
    ) -> Mapping[str, Any]:
        """Give columns and rows as they are wanted.

        The column by which a row is opened stays where others are chosen; those that the list does
        not show any more are left out.
        """
        wanted = [one for one in self.own.setting_of(self.place).columns if one in names]
        rows = list(rows)
        if not wanted:
            return {"columns": list(columns), "rows": rows}
        opening = next(
            (
                names[at] for row in rows[:1] for at, cell in enumerate(row["cells"])
                if isinstance(cell, Mapping)
                and str(cell.get("path", "")).startswith(f"{self._base}/")
            ),
            "",
        )  # fmt: skip
        if opening and opening not in wanted:
            wanted.insert(0, opening)
        places = [names.index(one) for one in wanted]
        more = [one for one in columns[len(names) :] if one == _ACTING]
        return {
            "columns": [*(columns[at] for at in places), *more],
            "rows": [{**row, "cells": [row["cells"][at] for at in places]} for row in rows],
        }


def columns_wanted(call: Call, place: str) -> tuple[str, ...]:
    """Give the columns that whoever asks chose for a list, none where he wants it as it is."""
    return call.platform.log_ins.own_preferences(call.who.user).setting_of(place).columns


def opened(call: Call, place: str, thing: str) -> None:
    """Remember for whoever asks that he looked at something of a list."""
    call.platform.log_ins.remember_opened(call.who.user, place, thing)


def recent_links(call: Call) -> Iterator[Mapping[str, Any]]:
    """Give links to what whoever asks opened lately, as far as he may still look at it."""
    for one in list(recents(call.platform, call.who))[:MOST_RECENT]:
        yield {"title": one.name, "kind": one.place_title,
               "path": f"{base_of(one.place)}/{one.id}"}  # fmt: skip


def _said(form: Form) -> tuple[Mapping[str, str], str]:
    """Give the search that a form carries, and its order."""
    asked = {
        name.removeprefix(_ASKED): text
        for name, text in form.items()
        if name.startswith(_ASKED) and text
    }
    order = asked.pop("order", "")
    asked.pop("view", None)
    return asked, order


def _words(place: str, asked: Mapping[str, str], order: str) -> str:
    """Say in words what a view asks."""
    told = [criterion_told(place, name, text) for name, text in asked.items()]
    ordered = ["含当前排序"] if order else []
    return "；".join([*told, *ordered]) or "全部记录，没有查询条件"


def _view_of(call: Call, form: Form) -> SavedView:
    found = call.platform.log_ins.own_preferences(call.who.user).view(form["view_id"])
    if found is None:
        raise NotFound("view", form["view_id"])
    return found


def _all(call: Call, form: Form) -> Shown:
    """Show the views of a list, to be renamed and deleted."""
    place = form.get("list", "")
    offer_of(call.platform, call.who, place)
    own = call.platform.log_ins.own_preferences(call.who.user)
    rows = [
        {
            "id": one.id, "title": one.name,
            "cells": [
                {"text": one.name, "path": f"{base_of(place)}?view={one.id}"},
                _words(place, one.asked, one.order),
                {"text": "默认", "colour": "blue"} if one.usual else "",
            ],
            "actions": [
                {"path": f"{VIEWS}/{one.id}/change", "title": "修改", "drawer": True,
                 "about": one.name},
                {"path": f"{VIEWS}/{one.id}/delete", "title": "删除", "drawer": True,
                 "about": one.name},
            ],
        }
        for one in own.views_of(place)
    ]  # fmt: skip
    values = {
        "title": f"{title_of(place)}的视图", "rows": rows, "base": VIEWS, "query": {"list": place},
        "columns": ["视图名称", "查询条件", "默认", _ACTING], "next_cursor": None,
        "links": [{"path": base_of(place), "title": "返回列表"}],
    }  # fmt: skip
    return Shown(template="history.html", values=values)


def _adding(call: Call, form: Form) -> Shown:
    """Ask under which name the search shall be kept."""
    place = form.get("list", "")
    offer_of(call.platform, call.who, place)
    asked, order = _said(form)
    kept = {name: text for name, text in form.items() if name.startswith(_ASKED)}
    values = {
        "title": "保存为视图", "fields": (_NAME, _USUAL), "values": form,
        "action": f"{VIEWS}/add", "version": "", "back": base_of(place), "again": False,
        "kept": {**kept, "list": place},
        "says": f"保存的条件：{_words(place, asked, order)}。同名的视图将被替换。",
    }  # fmt: skip
    return Shown(template="register_form.html", values=values)


def _add(call: Call, form: Form) -> Shown:
    place = form.get("list", "")
    offer = offer_of(call.platform, call.who, place)
    asked, order = _said(form)
    said = read((_NAME, _USUAL), form)
    made = call.platform.log_ins.keep_view(
        call.who.user, offer, name=str(said["name"]), asked=asked, order=order,
        usual=bool(said["usual"]), source=call.source,
    )  # fmt: skip
    return gone_on(base_of(place), "view_kept", view=made.id)


def _changing(call: Call, form: Form) -> Shown:
    found = _view_of(call, form)
    filled = {"name": found.name, "usual": YES if found.usual else NO}
    return _changing_again(call, {**form, **filled})


def _changing_again(call: Call, form: Form) -> Shown:
    found = _view_of(call, form)
    values = {
        "title": "修改视图", "fields": (_NAME, _USUAL), "values": form,
        "action": f"{VIEWS}/{found.id}/change", "version": "", "again": False,
        "back": _managed(found), "says": f"条件：{_words(found.place, found.asked, found.order)}。",
    }  # fmt: skip
    return Shown(template="register_form.html", values=values)


def _managed(view: SavedView) -> str:
    return f"{VIEWS}?{urlencode({'list': view.place})}"


def _change(call: Call, form: Form) -> Shown:
    said = read((_NAME, _USUAL), form)
    found = call.platform.log_ins.rename_view(
        call.who.user, form["view_id"], name=str(said["name"]), usual=bool(said["usual"]),
        source=call.source,
    )  # fmt: skip
    return gone_on(VIEWS, "changed", list=found.place)


def _deleting(call: Call, form: Form) -> Shown:
    found = _view_of(call, form)
    values = {
        "title": "删除视图", "label": "确认删除", "kept": {}, "version": "",
        "says": f"将删除视图“{found.name}”。只删除保存的条件，列表中的记录不受影响。",
        "action": f"{VIEWS}/{found.id}/delete", "back": _managed(found),
    }  # fmt: skip
    return Shown(template="confirm.html", values=values)


def _delete(call: Call, form: Form) -> Shown:
    found = _view_of(call, form)
    call.platform.log_ins.drop_view(call.who.user, found.id, source=call.source)
    return gone_on(VIEWS, "deleted", list=found.place)


def _arranging(call: Call, form: Form) -> Shown:
    """Show the columns of a list: which are shown, at which place."""
    place = form.get("list", "")
    offer_of(call.platform, call.who, place)
    titles = columns_of(call.platform, call.who, place)
    setting = call.platform.log_ins.own_preferences(call.who.user).setting_of(place)
    shown = [one for one in setting.columns if one in titles] or list(titles)
    filled = {f"{_PLACE}{name}": str(at) for at, name in enumerate(shown, 1)}
    again = call.key is not None
    now = {"dense": YES if setting.dense else NO, "size": str(setting.size)}
    values = {**now, **({} if again else filled), **form}
    ordered = sorted(titles, key=lambda one: shown.index(one) if one in shown else len(shown))
    fields = (
        _DENSE,
        _SIZE,
        *(
            Field(name=f"{_PLACE}{one}", title=titles[one], kind=Kind.NUMBER, place=one)
            for one in ordered
        ),
    )
    return Shown(
        template="register_form.html",
        values={
            "title": f"{title_of(place)}的列设置", "fields": fields, "values": values,
            "action": SETTINGS, "version": "", "back": base_of(place), "again": False,
            "kept": {"list": place},
            "says": "按填写的顺序号从小到大显示；不填的列不显示；全部不填则恢复默认。",
        },
    )  # fmt: skip


def _arrange(call: Call, form: Form) -> Shown:
    place = form.get("list", "")
    offer = offer_of(call.platform, call.who, place)
    titles = columns_of(call.platform, call.who, place)
    fields = [Field(name=f"{_PLACE}{one}", title=titles[one], kind=Kind.NUMBER) for one in titles]
    said = read((_DENSE, _SIZE, *fields), form)
    places = {
        name: at for name in titles if isinstance(at := said[f"{_PLACE}{name}"], int)
    }  # fmt: skip
    columns = tuple(sorted(places, key=lambda one: places[one]))
    if columns == tuple(titles):
        columns = ()
    size = int(str(said["size"] or PAGE_SIZES[0]))
    setting = ListSetting(
        place=place,
        columns=columns,
        dense=said["dense"] == YES,
        size=size,
    )
    call.platform.log_ins.arrange_list(call.who.user, offer, setting, source=call.source)
    return gone_on(base_of(place), "arranged")


KEPT_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=VIEWS, name="page_list_views", access=Access.LOGGED_IN, run=_all),
    Page(method="GET", path=f"{VIEWS}/add", name="page_list_view_adding",
         access=Access.LOGGED_IN, run=_adding),
    Page(method="POST", path=f"{VIEWS}/add", name="page_list_view_add",
         access=Access.LOGGED_IN, run=_add, again=_adding),
    Page(method="GET", path=f"{VIEWS}/{{view_id}}/change", name="page_list_view_changing",
         access=Access.LOGGED_IN, run=_changing),
    Page(method="POST", path=f"{VIEWS}/{{view_id}}/change", name="page_list_view_change",
         access=Access.LOGGED_IN, run=_change, again=_changing_again),
    Page(method="GET", path=f"{VIEWS}/{{view_id}}/delete", name="page_list_view_deleting",
         access=Access.LOGGED_IN, run=_deleting),
    Page(method="POST", path=f"{VIEWS}/{{view_id}}/delete", name="page_list_view_delete",
         access=Access.LOGGED_IN, run=_delete, again=_deleting),
    Page(method="GET", path=SETTINGS, name="page_list_settings", access=Access.LOGGED_IN,
         run=_arranging),
    Page(method="POST", path=SETTINGS, name="page_list_settings_save", access=Access.LOGGED_IN,
         run=_arrange, again=_arranging),
)  # fmt: skip
"""One's own views and settings of lists."""
