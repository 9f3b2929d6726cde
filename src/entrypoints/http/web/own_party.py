"""The pages on which institutions and associations see what is recorded, and propose changes.

Source: proposal 883-888, 4989-4999.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from entrypoints.http.routes import Call
from entrypoints.http.web.attached import links_of
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.http.web.reading import YES, read
from entrypoints.http.web.registers import filled_in, form_field
from supervision_core.identity.services import Question
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.registers import Field as Described
from supervision_core.kernel.registers import Register, described, is_blank
from supervision_core.kernel.registers.tables import cell_of
from supervision_core.officers.registers import (
    ASSOCIATION_EXTRAS,
    ASSOCIATION_PEOPLE,
    ASSOCIATION_QUALIFICATIONS,
    ASSOCIATIONS,
    INSTITUTION_PEOPLE,
    INSTITUTION_QUALIFICATIONS,
    INSTITUTIONS,
)
from supervision_core.officers.services.associations import (
    ViewOwnAssociation,
    view_own_association,
)
from supervision_core.officers.services.proposals import (
    ProposeChange,
    ViewOwnInstitution,
    own_fields,
    propose_change,
    view_own_institution,
)
from supervision_core.scenes.services import ListOwnScenes, OwnScene, list_own_scenes


@frozen(kw_only=True)
class Own:
    """Whose data one sees: where, by which question, and of which parts it consists.

    ``parts`` are their registers by what an answer calls them.
    """

    title: str
    icon: str
    register: Register[Any]
    question: Question[Any, Any]
    about: Any
    parts: Mapping[str, Register[Any]]
    beside: Callable[[Call], Sequence[Mapping[str, Any]]] = lambda _call: ()

    @property
    def base(self) -> str:
        """The address of the page."""
        return f"{HOME}/officers/own_{self.register.noun}"

    def found(self, call: Call) -> Any:
        """Give what is recorded."""
        return ask(call, self.question, self.about)

    def show(self, call: Call, _form: Form) -> Shown:
        """Show what is recorded, with its parts."""
        own = self.found(call)
        said = [
            (one.title, _value(call, one, getattr(own.content, one.name)))
            for one in self.register.fields
        ]
        path = f"{self.base}/{self.register.noun}/{own.id}"
        parts = [self._part(one, getattr(own, name)) for name, one in self.parts.items()]
        values = {
            "title": self.title, "said": said, "uses": [],
            "links": [{"path": path, "title": "申请修改", "drawer": True}],
            "parts": [*parts, *self.beside(call)],
        }  # fmt: skip
        return Shown(template="register_view.html", values=values)

    def _part(self, register: Register[Any], those: Sequence[Any]) -> Mapping[str, Any]:
        fields = own_fields(register)
        here = f"{self.base}/{register.noun}"
        return {
            "title": register.title,
            "columns": [*(one.title for one in fields), "操作"],
            "rows": [
                {
                    "cells": [cell_of(one, getattr(each.content, one.name), {}) for one in fields],
                    "actions": [
                        {"path": f"{here}/{each.id}", "title": "申请修改", "about": "",
                         "drawer": True},
                        {"path": f"{here}/{each.id}/delete", "title": "申请删除", "about": "",
                         "drawer": True},
                        *_papers(register, each),
                    ],
                }
                for each in those
            ],
            "links": [
                {"path": f"{here}/add", "title": f"申请新增{register.title}", "drawer": True}
            ],
        }  # fmt: skip

    def entry(self, own: Any, register: Register[Any], id: str) -> Any:
        """Give what a form is about; nothing for a new one. Raises ``NotFound``."""
        if not id:
            return None
        names = {one.name: name for name, one in self.parts.items()}
        those = (own,) if register is self.register else getattr(own, names[register.name])
        found = next((one for one in those if one.id == id), None)
        if found is None:
            raise NotFound(register.kind, id)
        return found

    def pages(self) -> list[Page]:
        """Give the page, and the forms of what is proposed."""
        page = Page(
            method="GET", path=self.base, name=f"page_own_{self.register.noun}", run=self.show,
            icon=self.icon, access=self.question.permission, menu=("我的工作台", self.title),
        )  # fmt: skip
        forms = (_Forms(self, one).pages() for one in (self.register, *self.parts.values()))
        return [page, *(each for those in forms for each in those)]


def _papers(register: Register[Any], each: Any) -> list[dict[str, str]]:
    """Give links to the files of a part."""
    files = [file for one in register.attached for file in getattr(each.content, one.name)]
    links = links_of(register.noun, each.id, dict.fromkeys(files, ""))
    return [
        {"path": link["path"], "title": f"附件{number}", "about": ""}
        for number, link in enumerate(links, 1)
    ]


@frozen
class _Forms:
    """The forms of what is proposed of one register."""

    of: Own
    register: Register[Any]

    def pages(self) -> list[Page]:
        """Give the forms to add, to change and to delete; whoever proposes is changed alone."""
        page, access = f"page_own_{self.register.noun}", propose_change.permission
        here = f"{self.of.base}/{self.register.noun}"
        one = f"{here}/{{entry_id}}"
        found = [
            Page(method="GET", path=one, name=f"{page}_changing", access=access, run=self.changing),
            Page(method="POST", path=one, name=f"{page}_change", access=access, run=self.propose,
                 again=self.again),
        ]  # fmt: skip
        if self.register is self.of.register:
            return found
        return [
            Page(method="GET", path=f"{here}/add", name=f"{page}_adding", access=access,
                 run=self.again),
            Page(method="POST", path=f"{here}/add", name=f"{page}_add", access=access,
                 run=self.propose, again=self.again),
            Page(method="GET", path=f"{one}/delete", name=f"{page}_deleting", access=access,
                 run=self.deleting),
            Page(method="POST", path=f"{one}/delete", name=f"{page}_delete", access=access,
                 run=self.delete),
            *found,
        ]  # fmt: skip

    def _entry(self, call: Call, form: Form) -> Any:
        return self.of.entry(self.of.found(call), self.register, form.get("entry_id", ""))

    def changing(self, call: Call, form: Form) -> Shown:
        """Show the form, filled in with what is recorded."""
        found = self._entry(call, form)
        fields = own_fields(self.register)
        filled = {one.name: _text(getattr(found.content, one.name)) for one in fields}
        return self.again(call, {**filled, **form})

    def again(self, call: Call, form: Form) -> Shown:
        """Show the form as it was filled in."""
        del call
        entry = form.get("entry_id", "")
        act = "修改" if entry else "新增"
        values = {
            "title": f"申请{act}{self.register.title}",
            "fields": [form_field(one, new=True) for one in own_fields(self.register)],
            "values": form, "version": "", "back": self.of.base, "again": False,
            "action": f"{self.of.base}/{self.register.noun}/{entry or 'add'}",
            "label": "提交申请",
        }  # fmt: skip
        return Shown(template="register_form.html", values=values)

    def propose(self, call: Call, form: Form) -> Shown:
        """Propose what was filled in."""
        own, entry = self.of.found(call), form.get("entry_id", "")
        self.of.entry(own, self.register, entry)
        plain = read([form_field(one, new=True) for one in own_fields(self.register)], form)
        if self.register.whole is not None:
            plain[self.register.whole.name] = own.id
        content = from_plain(self.register.content, plain)
        command = ProposeChange(entry_id=entry, content=content)
        carry_out(call, propose_change, command, changes=None)
        return gone_on(self.of.base, "proposed")

    def deleting(self, call: Call, form: Form) -> Shown:
        """Ask whether it shall be proposed to delete one."""
        found, base = self._entry(call, form), self.of.base
        values = {
            "title": f"申请删除{self.register.title}", "label": "确认申请",
            "says": f"将申请删除“{found.content.name}”，由主管部门办理。", "kept": {},
            "version": "", "action": f"{base}/{self.register.noun}/{found.id}/delete",
            "back": base,
        }  # fmt: skip
        return Shown(template="confirm.html", values=values)

    def delete(self, call: Call, form: Form) -> Shown:
        """Propose to delete one."""
        self._entry(call, form)
        carry_out(call, propose_change, ProposeChange(entry_id=form["entry_id"]), changes=None)
        return gone_on(self.of.base, "proposed")


def _value(call: Call, one: Described, value: Any) -> str:
    """Give what a field says: names of what it refers to, titles of codes."""
    if one.to is not None:
        return filled_in(call, one, value).replace("\n", "、")
    return str(cell_of(one, value, {}) or "")


def _scenes(call: Call) -> Sequence[Mapping[str, Any]]:
    """Give the scenes in which one's own association works."""
    found = ask(call, list_own_scenes, ListOwnScenes()).items
    fields = [one for one in described(OwnScene) if one.listed]
    duties = [(scene, duty) for scene in found for duty in scene.duties]
    duty_fields = described(type(duties[0][1])) if duties else ()
    parts: list[Mapping[str, Any]] = [{
        "title": "参与的监管场景", "columns": [one.title for one in fields], "links": [],
        "rows": [
            {"cells": [_value(call, one, getattr(each, one.name)) for one in fields]}
            for each in found
        ],
    }]  # fmt: skip
    if duties:
        parts.append({
            "title": "监管部门职责", "links": [],
            "columns": ["场景名称", *(one.title for one in duty_fields)],
            "rows": [
                {"cells": [
                    scene.name, *(_value(call, one, getattr(duty, one.name)) for one in duty_fields)
                ]}
                for scene, duty in duties
            ],
        })  # fmt: skip
    return parts


def _text(value: Any) -> str:
    if is_blank(value):
        return ""
    if isinstance(value, bool):
        return YES if value else ""
    return str(value)


_INSTITUTION: Final = Own(
    title="本机构信息", icon="ti-building", register=INSTITUTIONS,
    question=view_own_institution, about=ViewOwnInstitution(),
    parts={"people": INSTITUTION_PEOPLE, "qualifications": INSTITUTION_QUALIFICATIONS},
)  # fmt: skip
_ASSOCIATION: Final = Own(
    title="本协会信息", icon="ti-affiliate", register=ASSOCIATIONS,
    question=view_own_association, about=ViewOwnAssociation(), beside=_scenes,
    parts={
        "people": ASSOCIATION_PEOPLE, "qualifications": ASSOCIATION_QUALIFICATIONS,
        "extras": ASSOCIATION_EXTRAS,
    },
)  # fmt: skip
OWN_PARTY_PAGES: Final = (*_INSTITUTION.pages(), *_ASSOCIATION.pages())
