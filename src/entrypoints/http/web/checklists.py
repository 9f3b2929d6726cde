"""The editor of a checklist, part by part: its items in their order, chosen and written."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final
from urllib.parse import urlencode

from attrs import evolve

from entrypoints.http.errors import FormInvalid
from entrypoints.http.routes import Call
from entrypoints.http.web.pages import HOME, Form, Page, Shown, Trail, ask, carry_out, gone_on
from entrypoints.http.web.reading import TICKED, Field
from entrypoints.http.web.registers import found_by_name
from entrypoints.http.web.sheets import spread
from entrypoints.http.web.verbs import VerbPage, form_made
from entrypoints.list_tables import names_of
from supervision_core.checklists.lists import CHECKLISTS, ChecklistItemView
from supervision_core.checklists.model import GRADES, Checklist, ChecklistItem
from supervision_core.checklists.ports import Checklists
from supervision_core.checklists.services import copy_checklist
from supervision_core.checklists.services.editing import (
    AddChecklistItems,
    ArrangeChecklistItems,
    GroupChecklistItems,
    RemoveChecklistItems,
    add_items,
    arrange_items,
    group_items,
    remove_items,
    write_item,
)
from supervision_core.identity.services.lists import cases_of
from supervision_core.items.lists import CHECK_ITEMS
from supervision_core.items.model import ItemState
from supervision_core.kernel.errors import NotFound, Violation, refuse_if
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.registers import described

BASE: Final = f"{HOME}/checklists/checklists"
ONE: Final = f"{BASE}/{{checklist_id}}"
PILOTS: Final = f"{HOME}/checklists/pilot_checklists"
PLACE: Final = "place-"
"""What the names of fields begin with that say where an item shall stand."""
_DOMAIN: Final = Field(name="domain", title="检查领域", most=100)
_FOUND_BY: Final = (
    Field(name="matter", title="检查事项"),
    Field(name="code", title="检查事项编码"),
    Field(name="department", title="实施单位", offers="department"),
)


def viewed(call: Call, form: Form) -> Any:
    """Give what a checklist says now, as far as the asker may look at it. Raises ``NotFound``."""
    cases = cases_of(CHECKLISTS)
    return ask(call, cases.view, cases.named(id=form["checklist_id"]))


def here(form: Form) -> str:
    """Give the address of a checklist."""
    return f"{BASE}/{form['checklist_id']}"


def links_of_one(_call: Call, found: Any) -> Iterable[Mapping[str, Any]]:
    """Give the ways from a checklist to its editor, its sheet and what its versions changed."""
    at = f"{BASE}/{found.id}"
    if any(one.permission == arrange_items.permission for one in found.allowed):
        yield {"path": f"{at}/items", "title": "编制检查内容", "icon": "ti-checklist",
               "kind": "main"}  # fmt: skip
    yield {"path": f"{at}/sheet", "title": "预览与下载"}
    if found.content.published:
        yield {"path": f"{at}/changes", "title": "版本对比"}


def links_of_row(_call: Call, row: Any) -> Iterable[Mapping[str, Any]]:
    """Give the way from a row of the list to the sheet."""
    yield {"path": f"{BASE}/{row.id}/sheet", "title": "预览"}


def links_of_pilot(call: Call, row: Any) -> Iterable[Mapping[str, Any]]:
    """Give the ways from a pilot's checklist to its sheet, and to a copy of one's own."""
    yield from links_of_row(call, row)
    if call.who.may(copy_checklist.permission):
        yield {"path": f"{PILOTS}/{row.id}/reuse", "title": "复制复用", "drawer": True}


def _editor(call: Call, form: Form) -> Shown:
    """Show the items of the draft in their order, to be ticked, ordered and opened."""
    found = viewed(call, form)
    said, names = found.content, names_of(found).get("department", {})
    at = here(form)
    links = [
        {"path": f"{at}/items/choose", "title": "关联检查事项", "icon": "ti-plus", "kind": "main"},
        {"path": f"{at}/items/one", "title": "新增检查项", "icon": "ti-plus"},
        *({"path": f"{HOME}/checklists/do/{verb}?{urlencode({'checklist_id': found.id})}",
           "title": title, "drawer": True}
          for verb, title in (("describe", "维护基本信息"), ("publish", "发布"))),
        {"path": f"{at}/sheet?version=0", "title": "预览草稿"},
        {"path": at, "title": "返回检查单"},
    ]  # fmt: skip
    values = {
        "title": f"编制检查内容：{said.name}", "links": links, "action": f"{at}/items",
        "version": str(found.version), "domain": evolve(_DOMAIN, hint=_known_domains(said.items)),
        "values": form, "rows": [_row(at, n, one, names) for n, one in enumerate(said.items)],
    }  # fmt: skip
    return Shown(template="checklist_items.html", values=values)


def _known_domains(items: Sequence[ChecklistItemView]) -> str:
    known = "、".join(dict.fromkeys(one.domain for one in items if one.domain))
    return f"已有：{known}" if known else "如餐饮服务、消防安全"


def _row(
    at: str, number: int, one: ChecklistItemView, names: Mapping[str, str]
) -> Mapping[str, Any]:
    titles = {each.name: each.codes for each in described(ChecklistItemView)}
    return {
        "number": number, "title": f"{one.code} {one.sub_item or one.matter}", "code": one.code,
        "domain": one.domain, "matter": one.matter, "sub_item": one.sub_item,
        "content": one.content, "method": one.method,
        "department": names.get(one.department, one.department),
        "site": titles["site"].get(one.site, ""), "grades": one.grades,
        "key": titles["importance"].get(one.importance, ""),
        "basis": "；".join(map(str, one.basis)),
        "path": f"{at}/items/one?{urlencode({'item': one.code})}",
    }  # fmt: skip


def _edit(call: Call, form: Form) -> Shown:
    """Put the items in the order of the numbers filled in, or group or remove those ticked."""
    codes = [one.code for one in viewed(call, form).content.items]
    at, about = here(form), (Checklists.kind, form["checklist_id"])
    if form.get("act") == "arrange":
        order = sorted(range(len(codes)), key=lambda one: _place(form, one))
        arranged = ArrangeChecklistItems(
            checklist_id=about[1], items=tuple(codes[one] for one in order)
        )
        carry_out(call, arrange_items, arranged, changes=about)
        return gone_on(f"{at}/items", "ordered")
    ticked = tuple(code for one, code in enumerate(codes) if f"{TICKED}{one}" in form)
    refuse_if(FormInvalid, [] if ticked else [Violation("http.none_ticked")])
    if form.get("act") == "group":
        grouped = GroupChecklistItems(
            checklist_id=about[1], items=ticked, domain=form.get("domain", "")
        )
        carry_out(call, group_items, grouped, changes=about)
        return gone_on(f"{at}/items", "changed")
    if form.get("act") != "remove":
        raise NotFound("page", form.get("act", ""))
    removed = RemoveChecklistItems(checklist_id=about[1], items=ticked)
    carry_out(call, remove_items, removed, changes=about)
    return gone_on(f"{at}/items", "deleted")


def _place(form: Form, number: int) -> tuple[float, int]:
    """Give where an item shall stand: as filled in, else as it stands. Raises ``FormInvalid``."""
    text = form.get(f"{PLACE}{number}", "").strip()
    if not text:
        return number + 1, 1
    if not text.isdecimal() or len(text) > 6:  # noqa: PLR2004 - more than any checklist has
        raise FormInvalid((
            Violation("http.wrong_form", f"{PLACE}{number}", {"wanted": "从1起的序号"}),
        ))  # fmt: skip
    moved = int(text)
    return moved, 1 if moved == number + 1 else 0 if moved < number + 1 else 2


def _choosing(call: Call, form: Form) -> Shown:
    """Show enabled items of the library, those that the checklist has already marked."""
    found, cases = viewed(call, form), cases_of(CHECK_ITEMS)
    there = {one.origin for one in found.content.items}
    asked = {one.name: form.get(one.name, "") for one in _FOUND_BY}
    criteria: dict[str, Any] = {name: asked[name] for name in ("matter", "code") if asked[name]}
    if asked["department"]:
        field = CHECK_ITEMS.by_name["department"]
        criteria["department"] = found_by_name(call, field, asked["department"])[0]
    page = PageRequest(cursor=form.get("cursor") or None)
    listed = ask(
        call, cases.list, cases.asking(**criteria, state=ItemState.ENABLED, page=page)
    )  # fmt: skip
    names = names_of(listed).get("department", {})
    rows = [
        {"id": one.id, "title": one.matter, "cells": [
            one.matter, one.code, one.sub_item, one.content,
            names.get(one.department, one.department),
            {"text": "已关联", "colour": "green"} if one.id in there else
            {"text": "未关联", "colour": "grey"},
        ]}
        for one in listed.items
    ]  # fmt: skip
    base = f"{here(form)}/items/choose"
    query = {name: text for name, text in asked.items() if text}
    values = {
        "title": f"关联检查事项：{found.content.name}", "base": base, "search": _FOUND_BY,
        "asked": asked, "query": query, "rows": rows, "next_cursor": listed.next_cursor,
        "columns": ["检查事项", "编码", "检查子事项", "检查内容", "实施单位", "关联"],
        "where": Trail.of(form).where(len(rows)), "back": f"{here(form)}/items",
        "batch": [{"value": "add", "title": "加入检查单", "icon": "ti-plus"}],
        "domain": evolve(_DOMAIN, hint=_known_domains(found.content.items)), "values": form,
    }  # fmt: skip
    return Shown(template="checklist_choose.html", values=values)


def _choose(call: Call, form: Form) -> Shown:
    """Put the items that are ticked, and not there already, into the checklist."""
    there = {one.origin for one in viewed(call, form).content.items}
    ticked = (one.removeprefix(TICKED) for one in form if one.startswith(TICKED))
    new = tuple(one for one in ticked if one not in there)
    refuse_if(FormInvalid, [] if new else [Violation("http.none_ticked")])
    command = AddChecklistItems(
        checklist_id=form["checklist_id"], check_items=new, domain=form.get("domain", "")
    )
    carry_out(call, add_items, command, changes=None)
    kept = {one.name: form[one.name] for one in _FOUND_BY if form.get(one.name)}
    return gone_on(f"{here(form)}/items/choose", "added", **kept)


@cache
def _item_form() -> VerbPage:
    made = form_made(write_item)
    if made is None:
        raise TypeError(write_item.name)
    return evolve(made, query=None)


def _writing(call: Call, form: Form) -> Shown:
    """Show one item to be written: what it says now, or a new one of every grade."""
    found = viewed(call, form)
    code = form.get("item", "")
    said: dict[str, Any] = {}
    if call.key is None:
        said = dict(spread(_line_of(call, form["checklist_id"], code), "line"))
    values = _item_form().values(call, {**said, "version": str(found.version), **form})
    title = f"检查项{code}" if code else "新增检查项"
    shown = {
        **values, "title": f"{title}：{found.content.name}", "label": "保存",
        "action": f"{here(form)}/items/one", "back": f"{here(form)}/items", "again": not code,
        "kept": {"item": code} if code else {},
        "fields": [one for one in values["fields"] if one.name != "item"],
        "nodes": [
            one for one in values["nodes"]
            if "field" not in one or one["field"].name not in {"item", "checklist_id"}
        ],
    }  # fmt: skip
    return Shown(template="register_form.html", values=shown)


def _line_of(call: Call, id: str, code: str) -> Any:
    """Give what an item says now as JSON; of a new one, what follows from those before."""
    with call.platform.transactions.begin_looking() as unit:
        checklist: Checklist = unit[Checklists].get(id)
    found = {one.code: one for one in checklist.draft.items}
    if code:
        if code not in found:
            raise NotFound("checklist_item", code)
        return to_plain(found[code])
    last: ChecklistItem | None = checklist.draft.items[-1] if checklist.draft.items else None
    content = {"site": "onsite", "importance": "general", "cycle": "daily"}
    begun: dict[str, Any] = {"grades": sorted(GRADES), "content": content}
    if last is not None:
        begun["domain"] = last.domain
        content |= {"matter": last.content.matter, "department": last.content.department}
    return begun


def _write(call: Call, form: Form) -> Shown:
    """Write the item; go on to the next new one, or back to the others."""
    _item_form().do(call, form)
    if form.get("then") == "new":
        return gone_on(f"{here(form)}/items/one", "added")
    return gone_on(f"{here(form)}/items", "changed" if form.get("item") else "added")


_ITEMS: Final = f"{ONE}/items"
CHECKLIST_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=_ITEMS, name="page_checklists_editor",
         access=arrange_items.permission, run=_editor),
    Page(method="POST", path=_ITEMS, name="page_checklists_edit",
         access=arrange_items.permission, run=_edit, again=_editor,
         carries=(arrange_items.permission, group_items.permission, remove_items.permission)),
    Page(method="GET", path=f"{_ITEMS}/choose", name="page_checklists_choosing",
         access=add_items.permission, run=_choosing),
    Page(method="POST", path=f"{_ITEMS}/choose", name="page_checklists_choose",
         access=add_items.permission, run=_choose, again=_choosing),
    Page(method="GET", path=f"{_ITEMS}/one", name="page_checklists_writing",
         access=write_item.permission, run=_writing),
    Page(method="POST", path=f"{_ITEMS}/one", name="page_checklists_write",
         access=write_item.permission, run=_write, again=_writing, uploads=True),
)  # fmt: skip
"""What the form of a whole checklist could not hold: it has some thirty fields an item."""
