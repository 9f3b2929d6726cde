"""The pages on which an institution sees what is recorded of it, and proposes changes."""

from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen

from entrypoints.http.routes import Call
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.http.web.reading import YES, read
from entrypoints.http.web.registers import form_field
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.registers import Field as Described
from supervision_core.kernel.registers import Register, is_blank
from supervision_core.kernel.registers.tables import cell_of
from supervision_core.officers.registers import (
    INSTITUTION_PEOPLE,
    INSTITUTION_QUALIFICATIONS,
    INSTITUTIONS,
)
from supervision_core.officers.services.proposals import (
    OwnInstitution,
    ProposeChange,
    ViewOwnInstitution,
    propose_change,
    view_own_institution,
)

BASE: Final = f"{HOME}/officers/own_institution"
_NOT_THEIRS: Final = frozenset({"entrusted"})
"""What the department alone says of an institution."""


def _fields(register: Register[Any]) -> list[Described]:
    return [one for one in register.fields if one.to is None and one.name not in _NOT_THEIRS]


def _own(call: Call) -> OwnInstitution:
    return ask(call, view_own_institution, ViewOwnInstitution())


def _entry(own: OwnInstitution, register: Register[Any], id: str) -> Any:
    """Give what the form is about; nothing for a new one. Raises ``NotFound``."""
    those: Mapping[str, tuple[Any, ...]] = {
        INSTITUTIONS.name: (own,),
        INSTITUTION_PEOPLE.name: own.people,
        INSTITUTION_QUALIFICATIONS.name: own.qualifications,
    }
    if not id:
        return None
    found = next((one for one in those[register.name] if one.id == id), None)
    if found is None:
        raise NotFound(register.kind, id)
    return found


def show(call: Call, _form: Form) -> Shown:
    """Show one's own institution, its people and its qualifications."""
    own = _own(call)
    said = [
        (one.title, str(cell_of(one, getattr(own.content, one.name), {}) or ""))
        for one in INSTITUTIONS.fields
    ]
    change = {"path": f"{BASE}/institution/{own.id}", "title": "申请修改", "drawer": True}
    values = {
        "title": "本机构信息", "said": said, "uses": [], "links": [change],
        "parts": [
            _part(INSTITUTION_PEOPLE, "person", own.people),
            _part(INSTITUTION_QUALIFICATIONS, "qualification", own.qualifications),
        ],
    }  # fmt: skip
    return Shown(template="register_view.html", values=values)


def _part(register: Register[Any], name: str, those: tuple[Any, ...]) -> Mapping[str, Any]:
    fields = _fields(register)
    here = f"{BASE}/{name}"
    return {
        "title": register.title,
        "columns": [*(one.title for one in fields), "操作"],
        "rows": [
            {
                "cells": [cell_of(one, getattr(each.content, one.name), {}) for one in fields],
                "actions": [
                    {"path": f"{here}/{each.id}", "title": "申请修改", "about": "", "drawer": True},
                    {"path": f"{here}/{each.id}/delete", "title": "申请删除", "about": "",
                     "drawer": True},
                ],
            }
            for each in those
        ],
        "links": [{"path": f"{here}/add", "title": f"申请新增{register.title}", "drawer": True}],
    }  # fmt: skip


@frozen
class _Forms:
    """The forms of what is proposed of one register."""

    name: str
    register: Register[Any]

    @property
    def title(self) -> str:
        """What the register is called."""
        return self.register.title

    def pages(self) -> list[Page]:
        """Give the forms to add, to change and to delete; an institution is changed alone."""
        page, access = f"page_own_{self.name}", propose_change.permission
        one = f"{BASE}/{self.name}/{{entry_id}}"
        found = [
            Page(method="GET", path=one, name=f"{page}_changing", access=access, run=self.changing),
            Page(method="POST", path=one, name=f"{page}_change", access=access, run=self.propose,
                 again=self.again),
        ]  # fmt: skip
        if self.register is INSTITUTIONS:
            return found
        add = f"{BASE}/{self.name}/add"
        return [
            Page(method="GET", path=add, name=f"{page}_adding", access=access, run=self.again),
            Page(method="POST", path=add, name=f"{page}_add", access=access, run=self.propose,
                 again=self.again),
            Page(method="GET", path=f"{one}/delete", name=f"{page}_deleting", access=access,
                 run=self.deleting),
            Page(method="POST", path=f"{one}/delete", name=f"{page}_delete", access=access,
                 run=self.delete),
            *found,
        ]  # fmt: skip

    def changing(self, call: Call, form: Form) -> Shown:
        """Show the form, filled in with what is recorded."""
        found = _entry(_own(call), self.register, form["entry_id"])
        filled = {
            one.name: _text(getattr(found.content, one.name)) for one in _fields(self.register)
        }
        return self.again(call, {**filled, **form})

    def again(self, call: Call, form: Form) -> Shown:
        """Show the form as it was filled in."""
        del call
        entry = form.get("entry_id", "")
        act = "修改" if entry else "新增"
        values = {
            "title": f"申请{act}{self.title}",
            "fields": [form_field(one, new=True) for one in _fields(self.register)],
            "values": form, "action": f"{BASE}/{self.name}/{entry or 'add'}", "version": "",
            "back": BASE, "again": False, "label": "提交申请",
        }  # fmt: skip
        return Shown(template="register_form.html", values=values)

    def propose(self, call: Call, form: Form) -> Shown:
        """Propose what was filled in."""
        own, entry = _own(call), form.get("entry_id", "")
        _entry(own, self.register, entry)
        plain = read([form_field(one, new=True) for one in _fields(self.register)], form)
        if self.register.whole is not None:
            plain[self.register.whole.name] = own.id
        content = from_plain(self.register.content, plain)
        carry_out(
            call, propose_change, ProposeChange(entry_id=entry, content=content), changes=None
        )
        return gone_on(BASE, "proposed")

    def deleting(self, call: Call, form: Form) -> Shown:
        """Ask whether it shall be proposed to delete one."""
        found = _entry(_own(call), self.register, form["entry_id"])
        values = {
            "title": f"申请删除{self.title}", "label": "确认申请",
            "says": f"将申请删除“{found.content.name}”，由主管部门办理。", "kept": {},
            "version": "", "action": f"{BASE}/{self.name}/{found.id}/delete", "back": BASE,
        }  # fmt: skip
        return Shown(template="confirm.html", values=values)

    def delete(self, call: Call, form: Form) -> Shown:
        """Propose to delete one."""
        _entry(_own(call), self.register, form["entry_id"])
        carry_out(call, propose_change, ProposeChange(entry_id=form["entry_id"]), changes=None)
        return gone_on(BASE, "proposed")


def _text(value: Any) -> str:
    if is_blank(value):
        return ""
    if isinstance(value, bool):
        return YES if value else ""
    return str(value)


OWN_INSTITUTION_PAGES: Final = (
    Page(method="GET", path=BASE, name="page_own_institution", run=show, icon="ti-building",
         access=view_own_institution.permission, menu=("我的工作台", "本机构信息")),
    *_Forms("institution", INSTITUTIONS).pages(),
    *_Forms("person", INSTITUTION_PEOPLE).pages(),
    *_Forms("qualification", INSTITUTION_QUALIFICATIONS).pages(),
)  # fmt: skip
