"""Pages on which checklists are looked at: the sheet, what versions changed, pilots' ones."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final

from attrs import evolve

from entrypoints.checklist_sheets import facts_of
from entrypoints.http.errors import FormInvalid
from entrypoints.http.routes import Call
from entrypoints.http.web.checklists import BASE, ONE, PILOTS, here, viewed
from entrypoints.http.web.lists import ListPages
from entrypoints.http.web.opened import sheet_domains
from entrypoints.http.web.pages import Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.http.web.reading import Field, form_of
from entrypoints.http.web.registers import ids_of, one_called, text_of
from entrypoints.list_tables import names_of
from supervision_core.checklists.lists import PILOT_CHECKLISTS
from supervision_core.checklists.model import GRADE_LETTERS
from supervision_core.checklists.services import CopyChecklist, copy_checklist
from supervision_core.checklists.services.sheets import (
    CompareVersions,
    ViewSheet,
    view_changes,
    view_sheet,
)
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.errors import NotFound, Violation, refuse_if
from supervision_core.kernel.registers import DEPARTMENT, REGION, FieldType
from supervision_core.kernel.registers import Field as Described
from supervision_core.kernel.registers.references import written
from supervision_core.scenes.lists import SCENES

PILOT: Final = f"{PILOTS}/{{pilot_checklist_id}}"
_DRAFT: Final = "草稿"
_PART: Final = "department-"
_KINDS: Final = (("docx", "Word"), ("pdf", "PDF"), ("xlsx", "Excel"))


class ChecklistPages(ListPages):
    """The pages of the list of checklists: what one asks is shown as a sheet, not as a table."""

    def view(self, call: Call, form: Form) -> Shown:
        """Show one without its items, which the sheet shows."""
        shown = super().view(call, form)
        parts = [one for one in shown.values["parts"] if one["title"] != "检查项"]
        return evolve(shown, values={**shown.values, "parts": parts})


def _number(form: Form, name: str) -> int | None:
    text = form.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 6 else None  # noqa: PLR2004 - as above


def _sheet(call: Call, form: Form) -> Shown:
    """Show a version as inspectors will see it, of all grades or of one; files lead from it."""
    id_, version, grade = form["checklist_id"], _number(form, "version"), _number(form, "grade")
    found = ask(call, view_sheet, ViewSheet(checklist_id=id_, version=version))
    own = False
    with suppress(NotFound):
        own = bool(viewed(call, form))
    versions = {str(one): f"第{one}版" for one in range(found.versions, 0, -1)}
    versions |= {"0": _DRAFT} if own else {}
    number = str(found.sheet.number)
    at = f"{BASE}/{id_}"
    files = [
        {"path": f"/api/v1/checklists/checklists/{id_}/sheet/{end}?version={number}",
         "title": f"下载{title}", "icon": "ti-download"}
        for end, title in _KINDS
    ]  # fmt: skip
    back = (
        {"path": at, "title": "返回检查单"} if own else {"path": PILOTS, "title": "返回试点检查单"}
    )
    letter = GRADE_LETTERS.get(str(grade or ""), "")
    values = {
        "title": found.sheet.name, "base": f"{at}/sheet",
        "search": [
            Field(name="version", title="版本").choosing(versions),
            Field(name="grade", title="适用等级").choosing(GRADE_LETTERS),
        ],
        "asked": {"version": number, "grade": form.get("grade", "")},
        "links": [*files, back], "silent": "、".join(found.silent_grades),
        "facts": [*facts_of(found)[1:], ("综合监管场景", _scenes(call, id_))],
        "head": found.sheet.head, "note": found.note,
        "domains": sheet_domains(found, letter),
        "grades": tuple(GRADE_LETTERS.values()),
    }  # fmt: skip
    return Shown(template="checklist_sheet.html", values=values)


def _scenes(call: Call, id: str) -> str:
    """Name the scenes within reach that use a checklist."""
    cases = cases_of(SCENES)
    if not call.who.may(cases.list.permission):
        return ""
    found = ask(call, cases.list, cases.asking(checklists=id))
    return "、".join(one.name for one in found.items)


def _changes(call: Call, form: Form) -> Shown:
    """Show in words in what two versions differ."""
    newest = viewed(call, form).content.published
    before, after = _number(form, "before"), _number(form, "after")
    asked = CompareVersions(
        checklist_id=form["checklist_id"],
        before=max(newest - 1, 0) if before is None else before,
        after=newest if after is None else after,
    )
    if newest == 1 and before is None and after is None:
        asked = evolve(asked, before=1, after=0)
    found = ask(call, view_changes, asked)
    titles = {"0": _DRAFT} | {str(one): f"第{one}版" for one in range(found.versions, 0, -1)}
    values = {
        "title": f"版本对比：{found.name}", "base": f"{here(form)}/changes",
        "search": [
            Field(name="before", title="对比前").choosing(titles),
            Field(name="after", title="对比后").choosing(titles),
        ],
        "asked": {"before": str(asked.before), "after": str(asked.after)},
        "says": found.says or "两个版本内容相同", "back": here(form),
        "columns": ["部分", "内容", titles.get(str(asked.before), ""),
                    titles.get(str(asked.after), "")],
        "rows": [
            {"id": str(at), "cells": [one.part, one.title, one.before, one.after]}
            for at, one in enumerate(found.differences)
        ],
    }  # fmt: skip
    return Shown(template="checklist_changes.html", values=values)


def _departments(call: Call, form: Form) -> tuple[Any, dict[str, str], str]:
    """Give what a pilot's checklist says, the departments in it and its region by name."""
    cases = cases_of(PILOT_CHECKLISTS)
    found = ask(call, cases.view, cases.named(id=form["pilot_checklist_id"]))
    said, names = found.content, names_of(found)
    known = names.get(DEPARTMENT, {})
    ids = dict.fromkeys([said.lead, *said.joining, *(one.department for one in said.items)])
    region = names.get(REGION, {}).get(said.region, "")
    return said, {one: known.get(one, one) for one in ids if one}, region


def _reusing(call: Call, form: Form) -> Shown:
    """Ask for code and region of the copy, and for the own counterpart of each department."""
    said, departments, region = _departments(call, form)
    fields = [
        Field(name="code", title="检查单编码", required=True, most=64),
        Field(name="region", title="行政区划", required=True, offers=REGION),
        *(
            Field(name=f"{_PART}{at}", title=f"{name}的对口部门", required=True, offers=DEPARTMENT)
            for at, name in enumerate(departments.values())
        ),
    ]
    values = dict(form)
    if call.key is None:
        own = text_of(call, REGION, call.who.scope.region)
        suggested = _counterparts(call, departments.values(), region, written(own))
        values = {"region": own, **suggested, **form}
    action = f"{PILOTS}/{form['pilot_checklist_id']}/reuse"
    return form_of(f"复制复用：{said.name}", fields, values, action=action, back=PILOTS)


def _counterparts(call: Call, names: Iterable[str], theirs: str, own: str) -> dict[str, str]:
    """Suggest for a department of their region the own one that is called alike (对口部门)."""
    found = {}
    for at, name in enumerate(names):
        wanted = f"{own}{name.removeprefix(theirs)}"
        id_ = one_called(call, DEPARTMENT, wanted)
        if id_ != wanted:
            found[f"{_PART}{at}"] = text_of(call, DEPARTMENT, id_)
    return found


def _reuse(call: Call, form: Form) -> Shown:
    """Copy the pilot's checklist into the own region; go on to the copy."""
    _, departments, _ = _departments(call, form)
    faults: list[Violation] = []
    if not form.get("code", "").strip():
        faults.append(Violation("kernel.register_required", "code", {"title": "检查单编码"}))
    chosen = {}
    for at, (id_, name) in enumerate(departments.items()):
        field = Described(
            name=f"{_PART}{at}", title=f"{name}的对口部门", type=FieldType.LINK, to=DEPARTMENT
        )
        text = form.get(field.name, "").strip()
        if text:
            chosen[id_] = ids_of(call, field, text, faults)
        else:
            faults.append(Violation("kernel.register_required", field.name, {"title": field.title}))
    refuse_if(FormInvalid, faults)
    command = CopyChecklist(
        checklist_id=form["pilot_checklist_id"], code=form["code"].strip(),
        region=one_called(call, REGION, form.get("region", "")), departments=chosen,
    )  # fmt: skip
    made = carry_out(call, copy_checklist, command, changes=None)
    return gone_on(f"{BASE}/{made}", "added")


SHEET_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=f"{ONE}/sheet", name="page_checklists_sheet",
         access=view_sheet.permission, run=_sheet),
    Page(method="GET", path=f"{ONE}/changes", name="page_checklists_changes",
         access=view_changes.permission, run=_changes),
    Page(method="GET", path=f"{PILOT}/reuse", name="page_checklists_reusing",
         access=copy_checklist.permission, run=_reusing),
    Page(method="POST", path=f"{PILOT}/reuse", name="page_checklists_reuse",
         access=copy_checklist.permission, run=_reuse, again=_reusing),
)  # fmt: skip
"""What lists and forms cannot say."""
