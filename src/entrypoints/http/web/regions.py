"""The pages on administrative regions (行政区划). Source: proposal 6.4.2.3.3."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import evolve

from entrypoints.http.errors import FormInvalid
from entrypoints.http.routes import Call
from entrypoints.http.web.pages import (
    HOME,
    Form,
    Page,
    Shown,
    ask,
    carry_out,
    gone_on,
)
from entrypoints.http.web.reading import Field, Kind, deletion, fields_of, filled, form_of, read
from entrypoints.http.web.registers import ids_of, text_of
from supervision_core.identity.lists import REGIONS as REGION_LIST
from supervision_core.identity.model import RegionContent
from supervision_core.identity.services.departments import (
    AddRegion,
    ChangeRegion,
    DeleteRegion,
    add_region,
    change_region,
    delete_region,
)
from supervision_core.identity.services.directory_intake import export_regions, import_regions
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.registers import DEPARTMENT, described

_CASES: Final = cases_of(REGION_LIST)
REGIONS: Final = f"{HOME}/{REGION_LIST.context}/{REGION_LIST.plural}"
_ONE: Final = f"{REGIONS}/{{region_id}}"
_CONTENT: Final = fields_of(RegionContent)
_SUPERVISION: Final = next(one for one in described(RegionContent) if one.name == "supervision")
_POSITION: Final = Field(name="position", title="排序号", kind=Kind.NUMBER, required=True)
_DELETED: Final = "删除后不能恢复，不再出现在列表中；已有记录中的引用仍然保留。"
_LAST: Final = evolve(_POSITION, required=False, hint="不填则排在最后")


def region_titles(call: Call) -> Mapping[str, str]:
    """Give the name of every region by its code, in order; nothing to who may not list them."""
    if not call.who.may(_CASES.list.permission):
        return {}
    pages = every_page(lambda page: ask(call, _CASES.list, _CASES.asking(page=page)))
    return {one.code: f"{one.name}（{one.code}）" for page in pages for one in page.items}


def links_above(call: Call) -> Iterable[Mapping[str, Any]]:
    """Give the links above the list: one more, a workbook in, and all out."""
    may = call.who.may
    if may(add_region.permission):
        yield {"path": f"{REGIONS}/add", "title": "新增行政区划", "icon": "ti-plus",
               "kind": "main", "drawer": True}  # fmt: skip
    if may(import_regions.permission):
        yield {"path": f"{REGIONS}/import", "title": "导入", "icon": "ti-upload"}
    if may(export_regions.permission):
        yield {"path": "/api/v1/identity/region_table", "title": "下载区划表",
               "icon": "ti-download"}  # fmt: skip


def links_of(call: Call, id: str, code: str) -> Iterable[Mapping[str, Any]]:
    """Give what may be done about a region, if it lies in his scope."""
    if call.who.scope.covers(region=code, departments=frozenset()):
        for case, path, title in (
            (change_region, "change", "修改"), (delete_region, "delete", "删除"),
        ):  # fmt: skip
            if call.who.may(case.permission):
                yield {"path": f"{REGIONS}/{id}/{path}", "title": title, "drawer": True}


def _region(call: Call, form: Form) -> Any:
    return ask(call, _CASES.view, _CASES.named(id=form["region_id"]))


def _fields(call: Call, *, new: bool) -> tuple[Field, ...]:
    above = {code: one for code, one in region_titles(call).items() if code.endswith("00")}
    shown = {
        "parent": lambda one: evolve(one.choosing(above), hint="自治区没有上级区划"),
        "code": lambda one: evolve(one, fixed=not new, hint="六位数字（GB/T 2260）"),
        _SUPERVISION.name: lambda one: evolve(
            one,
            offers=DEPARTMENT,
            hint="司法行政或审计部门；配合部门都不在牵头部门系统以外时由它提交随机数，不填则用上级区划的",
        ),
    }
    content = (shown[one.name](one) if one.name in shown else one for one in _CONTENT)
    return (*content, _LAST if new else _POSITION)


def _add_form(call: Call, form: Form) -> Shown:
    return form_of(
        "新增行政区划", _fields(call, new=True), form, action=f"{REGIONS}/add", back=REGIONS
    )


def _add(call: Call, form: Form) -> Shown:
    filled_in = read(_fields(call, new=True), form)
    command = from_plain(AddRegion, _command(call, filled_in))
    made = carry_out(call, add_region, command, changes=None)
    return gone_on(f"{REGIONS}/{made}", "added")


def _command(call: Call, filled_in: Mapping[str, object]) -> dict[str, object]:
    content, faults = {one.name: filled_in[one.name] for one in _CONTENT}, list[Violation]()
    content[_SUPERVISION.name] = ids_of(call, _SUPERVISION, content[_SUPERVISION.name], faults)
    refuse_if(FormInvalid, faults)
    return {"content": content, "position": filled_in["position"]}


def _change_form(call: Call, form: Form) -> Shown:
    found = _region(call, form)
    values = {
        **filled(_CONTENT, found.content),
        _SUPERVISION.name: text_of(call, DEPARTMENT, found.content.supervision),
        "position": str(found.content.position),
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
    command = from_plain(ChangeRegion, {"region_id": region, **_command(call, filled_in)})
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
    Page(method="GET", path=f"{REGIONS}/add", name="page_region_adding",
         access=add_region.permission, run=_add_form),
    Page(method="POST", path=f"{REGIONS}/add", name="page_region_add",
         access=add_region.permission, run=_add, again=_add_form),
    Page(method="GET", path=f"{_ONE}/change", name="page_region_changing",
         access=change_region.permission, run=_change_form),
    Page(method="POST", path=f"{_ONE}/change", name="page_region_change",
         access=change_region.permission, run=_change, again=_change_again),
    Page(method="GET", path=f"{_ONE}/delete", name="page_region_deleting",
         access=delete_region.permission, run=_delete_form),
    Page(method="POST", path=f"{_ONE}/delete", name="page_region_delete",
         access=delete_region.permission, run=_delete, again=_delete_form),
)  # fmt: skip
"""Add, change, delete."""
