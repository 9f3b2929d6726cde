"""Pages by hand of items: revisions compared, files looked at, scenes related in a panel."""

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import chain
from typing import Any, Final
from urllib.parse import urlencode

from entrypoints.element_sets import elements_at
from entrypoints.http.api.items import content_of
from entrypoints.http.errors import FormInvalid
from entrypoints.http.routes import Call
from entrypoints.http.web.attached import file_path
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.http.web.reading import TICKED, Field
from entrypoints.list_tables import names_of
from supervision_core.files.model import PICTURES
from supervision_core.files.services import fetch_file
from supervision_core.identity.services.lists import cases_of
from supervision_core.items.lists import CHECK_ITEMS, STANDARD_MATERIALS
from supervision_core.items.model import CheckContent
from supervision_core.items.ports import StandardMaterials
from supervision_core.items.services.check_items import CompareRevisions, compare_revisions
from supervision_core.items.services.materials import (
    ListMaterialFiles,
    RelateScenes,
    list_material_files,
    relate_scenes,
)
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.paging import PageRequest, every_page
from supervision_core.kernel.registers import Field as Described
from supervision_core.kernel.registers import FieldType, described
from supervision_core.kernel.registers.tables import cell_of
from supervision_core.scenes.lists import SCENES

_ITEMS: Final = f"{HOME}/items/check_items"
_MATERIALS: Final = f"{HOME}/items/standard_materials"
_FILES: Final = f"{HOME}/items/material_files"
_KIBIBYTE: Final = 1024


def revisions_link(call: Call, found: Any) -> Iterable[Mapping[str, Any]]:
    """Give the way from an item to the difference of its revisions, or from its source."""
    if not call.who.may(compare_revisions.permission):
        return
    here = f"{_ITEMS}/{found.id}/compare"
    said = found.content
    if said.revision > 1:
        pair = urlencode({"before": said.revision - 1, "after": said.revision})
        yield {"path": f"{here}?{pair}", "title": "对比历史版本"}
    if said.source == "synchronised":
        pair = urlencode({"before": 0, "after": said.revision})
        yield {"path": f"{here}?{pair}", "title": "与同步来源对比"}


def preview_link(_call: Call, found: Any) -> Iterable[Mapping[str, Any]]:
    """Give the ways from a template to how it prints, and to the product's own template."""
    if found.content.versions:
        yield {"path": f"/api/v1/items/document_templates/{found.id}/preview", "title": "试填预览"}
    own = f"/api/v1/items/own_templates/{found.content.document.value}"
    yield {"path": own, "title": "下载内置模板"}


def material_links(call: Call, found: Any) -> Iterable[Mapping[str, Any]]:
    """Give the ways from a material to its scenes and its files."""
    if call.who.may(relate_scenes.permission):
        yield {"path": f"{_MATERIALS}/{found.id}/scenes", "title": "关联场景"}
    if call.who.may(list_material_files.permission):
        path = f"{_FILES}?{urlencode({'material': found.content.name})}"
        yield {"path": path, "title": "材料查看"}


def _compare(call: Call, form: Form) -> Shown:
    """Show in what two revisions differ."""
    before, after = (_number(form.get(name, "")) for name in ("before", "after"))
    item = form["check_item_id"]
    cases = cases_of(CHECK_ITEMS)
    shown = ask(call, cases.view, cases.named(id=item)).content
    numbers = [one.number for one in shown.revisions]
    titles = {str(one): f"第{one}版" for one in numbers}
    about = CompareRevisions(check_item_id=item, before=before, after=after)
    found = ask(call, compare_revisions, about)
    names = names_of(found)
    both = found.before, found.after
    rows = [
        {"cells": [one.title, *(_said(one, getattr(each, one.name), names) for each in both)]}
        for one in described(CheckContent)
        if one.name in found.changed and one.type is not FieldType.EXTRAS
    ]
    elements = elements_at(
        call.platform, CHECK_ITEMS.elements, region=shown.region, department=shown.department
    )
    for (one, before_it), (_, after_it) in zip(
        *(elements.cells(each.extras) for each in both), strict=True
    ):
        if before_it != after_it:
            cells = [one.title, *(_said(one, value, {}) for value in (before_it, after_it))]
            rows.append({"cells": cells})
    left = {**({"0": "同步来源"} if shown.source == "synchronised" else {}), **titles}
    values = {
        "title": f"版本对比：{shown.matter}", "base": f"{_ITEMS}/{item}/compare",
        "search": [
            Field(name="before", title="对比前", choices=left).choosing(left),
            Field(name="after", title="对比后", choices=titles).choosing(titles),
        ],
        "asked": {"before": str(before), "after": str(after)},
        "columns": ["内容", left.get(str(before), "—"), titles.get(str(after), "—")],
        "rows": rows, "back": f"{_ITEMS}/{item}",
    }  # fmt: skip
    return Shown(template="compare.html", values=values)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 1


def _said(one: Described, value: Any, names: Mapping[str, Any]) -> str:
    text = cell_of(one, value, names.get(str(one.to), {}))
    return "" if text is None else str(text)


def _scenes(call: Call, form: Form) -> Shown:
    """Show scenes by department, those that a material is related to marked."""
    material = form["standard_material_id"]
    cases, scenes = cases_of(STANDARD_MATERIALS), cases_of(SCENES)
    shown = ask(call, cases.view, cases.named(id=material))
    lead, name, trade = (form.get(one, "") for one in ("lead", "name", "trade"))
    page = PageRequest(cursor=form.get("cursor") or None)
    found = ask(call, scenes.list, scenes.asking(name=name, lead=lead, page=page))
    every = list(every_page(lambda page: ask(call, scenes.list, scenes.asking(page=page))))
    leads: dict[str, str] = {}
    for one in every:
        leads |= names_of(one).get("department", {})
    led = dict.fromkeys(one.lead for each in every for one in each.items)
    items, cursor = found.items, found.next_cursor
    if trade:  # scenes are found by name and department; their trades are looked at one by one
        asking = partial(scenes.asking, name=name, lead=lead)
        pages = every_page(lambda page: ask(call, scenes.list, asking(page=page)))
        items, cursor = tuple(chain.from_iterable(each.items for each in pages)), None
    rows = []
    for one in items:
        view = ask(call, scenes.view, scenes.named(id=one.id))
        known = names_of(view)
        trades = [known.get("identity.trade", {}).get(each, each) for each in view.content.trades]
        if trade and not any(trade in each for each in trades):
            continue
        departments = known.get("department", {})
        related = {"text": "已关联", "colour": "green"} if one.id in shown.content.scenes else {
            "text": "未关联", "colour": "grey"}  # fmt: skip
        joining = "、".join(departments.get(each, each) for each in one.joining)
        cells = [one.name, departments.get(one.lead, one.lead), joining, "、".join(trades), related]
        rows.append({"id": one.id, "title": one.name, "cells": cells})
    here = f"{_MATERIALS}/{material}/scenes"
    query = {one: text for one, text in (("lead", lead), ("name", name), ("trade", trade)) if text}
    values = {
        "title": f"关联场景：{shown.content.name}", "base": here, "current": lead,
        "nodes": [{"id": one, "title": leads.get(one, one), "nodes": []} for one in led],
        "search": [Field(name="name", title="场景名称"), Field(name="trade", title="业态")],
        "asked": {"name": name, "trade": trade}, "query": query,
        "columns": ["场景名称", "牵头部门", "配合部门", "业态", "关联"],
        "rows": rows, "next_cursor": cursor, "back": _MATERIALS,
        "batch": [
            {"value": "link", "title": "确认选择", "kind": ""},
            {"value": "unlink", "title": "取消关联", "kind": "danger"},
        ],
    }  # fmt: skip
    return Shown(template="scene_chooser.html", values=values)


def _relate(call: Call, form: Form) -> Shown:
    """Relate the material to the ticked scenes, or to them no more."""
    material = form["standard_material_id"]
    ticked = {one.removeprefix(TICKED) for one in form if one.startswith(TICKED)}
    refuse_if(FormInvalid, [] if ticked else [Violation("http.none_ticked")])
    cases = cases_of(STANDARD_MATERIALS)
    now = set(ask(call, cases.view, cases.named(id=material)).content.scenes)
    left = now - ticked if form.get("act") == "unlink" else now | ticked
    command = RelateScenes(standard_material_id=material, scenes=tuple(sorted(left)))
    carry_out(call, relate_scenes, command, changes=None)
    return gone_on(f"{_MATERIALS}/{material}/scenes", "changed")


def _files(call: Call, form: Form) -> Shown:
    """Show the files of materials: name, source, size, material; to look at and to fetch."""
    asked = {one: form.get(one, "") for one in ("name", "material")}
    found = ask(call, list_material_files, ListMaterialFiles(**asked))
    rows = []
    for one in found.items:
        whole = file_path(StandardMaterials.kind, one.material, one.file)
        look = f"{_MATERIALS}/{one.material}/files/{one.file}"
        actions = [{"path": whole, "title": "下载", "about": one.name},
                   {"path": look, "title": "在线预览", "about": one.name}]  # fmt: skip
        cells = [one.name, one.source, _size(one.size), one.material_name]
        rows.append({"id": one.file, "title": one.name, "cells": cells, "actions": actions})
    values = {
        "title": "材料查看", "base": _FILES, "asked": asked, "rows": rows,
        "search": [Field(name="name", title="文件名称"), Field(name="material", title="关联材料")],
        "columns": ["文件名称", "文件来源", "文件大小", "关联材料", "操作"], "orders": {},
        "order": "", "query": asked, "next_cursor": None, "links": [], "batch": (),
        "counting": "",
    }  # fmt: skip
    return Shown(template="list.html", values=values)


def _size(size: int) -> str:
    return f"{size}字节" if size < _KIBIBYTE else f"{size / _KIBIBYTE:.1f}KB"


def _look(call: Call, form: Form) -> Shown:
    """Show a file of a material without fetching it: its pages, its text, or the picture."""
    material, file = form["standard_material_id"], form["file_id"]
    found, content = content_of(call, StandardMaterials.kind, material, file)
    media, page = found.part.media, _number(form.get("page", ""))
    whole = file_path(StandardMaterials.kind, material, file)
    picture, text, pages = "", "", 0
    if media in PICTURES:
        picture = whole
    elif call.platform.previews.shows(media):
        shown = call.platform.previews.look(content, media, page)
        text, pages = shown.text, shown.pages
        if pages:
            picture = f"/api/v1/items/standard_materials/{material}/files/{file}/pages/{page}"
    here = f"{_MATERIALS}/{material}/files/{file}"
    values = {
        "title": f"在线预览：{found.name}", "picture": picture, "text": text, "pages": pages,
        "page": page, "here": here, "whole": whole, "back": _FILES,
    }  # fmt: skip
    return Shown(template="preview.html", values=values)


ITEM_PAGES: tuple[Page, ...] = (
    Page(
        method="GET", path=f"{_ITEMS}/{{check_item_id}}/compare", name="page_items_compare",
        access=compare_revisions.permission, run=_compare,
    ),
    Page(
        method="GET", path=f"{_MATERIALS}/{{standard_material_id}}/scenes",
        name="page_items_scenes", access=relate_scenes.permission, run=_scenes,
    ),
    Page(
        method="POST", path=f"{_MATERIALS}/{{standard_material_id}}/scenes",
        name="page_items_relate", access=relate_scenes.permission, run=_relate, again=_scenes,
    ),
    Page(
        method="GET", path=_FILES, name="page_items_files",
        access=list_material_files.permission, run=_files, menu=("监管事项", "材料查看"),
        icon="ti-files",
    ),
    Page(
        method="GET", path=f"{_MATERIALS}/{{standard_material_id}}/files/{{file_id}}",
        name="page_items_look", access=fetch_file.permission, run=_look,
    ),
)  # fmt: skip
"""What lists and forms cannot say."""
