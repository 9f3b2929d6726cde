"""The pages on administrative regions (行政区划). Source: proposal 6.4.2.3.3."""

from collections.abc import Mapping
from typing import Final

from attrs import evolve

from entrypoints.http.routes import Call
from entrypoints.http.web.pages import (
    HOME,
    Form,
    Page,
    Shown,
    ask,
    carry_out,
    gone_on,
    page_of_list,
)
from entrypoints.http.web.reading import Field, Kind, deletion, fields_of, filled, form_of, read
from supervision_core.identity.model import RegionContent
from supervision_core.identity.services.departments import (
    AddRegion,
    ChangeRegion,
    DeleteRegion,
    add_region,
    change_region,
    delete_region,
)
from supervision_core.identity.services.questions import (
    ListRegions,
    RegionView,
    ViewRegion,
    list_regions,
    view_region,
)
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.plain import from_plain

REGIONS: Final = f"{HOME}/regions"
_ONE: Final = f"{REGIONS}/{{region_id}}"
_CONTENT: Final = fields_of(RegionContent)
_LEVELS: Final = next(one.choices for one in _CONTENT if one.name == "level")
_POSITION: Final = Field(name="position", title="排序号", kind=Kind.NUMBER, required=True)
_DELETED: Final = "删除后不能恢复，不再出现在列表中；已有记录中的引用仍然保留。"
_LAST: Final = evolve(_POSITION, required=False, hint="不填则排在最后")


def region_titles(call: Call) -> Mapping[str, str]:
    """Give the name of every region by its code, in order; nothing to who may not list them."""
    if not call.who.may(list_regions.permission):
        return {}
    pages = every_page(lambda page: ask(call, list_regions, ListRegions(page=page)))
    found = (one.content for page in pages for one in page.items)
    return {one.code: f"{one.name}（{one.code}）" for one in found}


def _list(call: Call, form: Form) -> Shown:
    text = form.get("text", "")
    found = ask(call, list_regions, ListRegions(text=text, page=page_of_list(form)))
    return Shown(template="regions.html", values={"text": text, **_shown(call, found)})


def _shown(call: Call, found: object) -> dict[str, object]:
    """Give what templates need to show regions, and to offer changes of those in his scope."""
    covers = call.who.scope.covers
    return {
        "found": found,
        "levels": _LEVELS,
        "titles": region_titles(call),
        "reaches": lambda code: covers(region=code, departments=frozenset()),
    }


def _region(call: Call, form: Form) -> RegionView:
    return ask(call, view_region, ViewRegion(region_id=form["region_id"]))


def _view(call: Call, form: Form) -> Shown:
    return Shown(template="region.html", values=_shown(call, _region(call, form)))


def _fields(call: Call, *, new: bool) -> tuple[Field, ...]:
    above = {code: one for code, one in region_titles(call).items() if code.endswith("00")}
    shown = {
        "parent": lambda one: evolve(one.choosing(above), hint="自治区没有上级区划"),
        "code": lambda one: evolve(one, fixed=not new, hint="六位数字（GB/T 2260）"),
    }
    content = (shown[one.name](one) if one.name in shown else one for one in _CONTENT)
    return (*content, _LAST if new else _POSITION)


def _add_form(call: Call, form: Form) -> Shown:
    return form_of(
        "新增行政区划", _fields(call, new=True), form, action=f"{REGIONS}/add", back=REGIONS
    )


def _add(call: Call, form: Form) -> Shown:
    filled_in = read(_fields(call, new=True), form)
    command = from_plain(AddRegion, _command(filled_in))
    made = carry_out(call, add_region, command, changes=None)
    return gone_on(f"{REGIONS}/{made}", "added")


def _command(filled_in: Mapping[str, object]) -> dict[str, object]:
    content = {one.name: filled_in[one.name] for one in _CONTENT}
    return {"content": content, "position": filled_in["position"]}


def _change_form(call: Call, form: Form) -> Shown:
    found = _region(call, form)
    values = {
        **filled(_CONTENT, found.content),
        "position": str(found.position),
        "version": str(found.version),
    }
    return _change_again(call, {**form, **values})


def _change_again(call: Call, form: Form) -> Shown:
    here = _ONE.format(**form)
    fields = _fields(call, new=False)
    return form_of("修改行政区划", fields, form, action=f"{here}/change", back=here)


def _change(call: Call, form: Form) -> Shown:
    region = form["region_id"]
    filled_in = read(_fields(call, new=False), form)
    command = from_plain(ChangeRegion, {"region_id": region, **_command(filled_in)})
    carry_out(call, change_region, command, changes=("region", region))
    return gone_on(f"{REGIONS}/{region}", "changed")


def _delete_form(call: Call, form: Form) -> Shown:
    found = _region(call, form)
    here = f"{REGIONS}/{found.id}"
    named = f"{found.content.name}（{found.content.code}）"
    return deletion(
        "删除行政区划", named, _DELETED, found.version, action=f"{here}/delete", back=here
    )


def _delete(call: Call, form: Form) -> Shown:
    region = form["region_id"]
    carry_out(call, delete_region, DeleteRegion(region_id=region), changes=("region", region))
    return gone_on(REGIONS, "deleted")


REGION_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=REGIONS, name="page_regions", access=list_regions.permission,
         run=_list, menu=("系统管理", "行政区划"), icon="ti-map-pin"),
    Page(method="GET", path=f"{REGIONS}/add", name="page_region_adding",
         access=add_region.permission, run=_add_form),
    Page(method="POST", path=f"{REGIONS}/add", name="page_region_add",
         access=add_region.permission, run=_add, again=_add_form),
    Page(method="GET", path=_ONE, name="page_region", access=view_region.permission, run=_view),
    Page(method="GET", path=f"{_ONE}/change", name="page_region_changing",
         access=change_region.permission, run=_change_form),
    Page(method="POST", path=f"{_ONE}/change", name="page_region_change",
         access=change_region.permission, run=_change, again=_change_again),
    Page(method="GET", path=f"{_ONE}/delete", name="page_region_deleting",
         access=delete_region.permission, run=_delete_form),
    Page(method="POST", path=f"{_ONE}/delete", name="page_region_delete",
         access=delete_region.permission, run=_delete, again=_delete_form),
)  # fmt: skip
"""List, search, view, add, change, delete."""
