"""The pages on officers that no description makes: form, personal data, search by phone, import."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import define, evolve

from entrypoints.element_sets import elements_at
from entrypoints.http.errors import FormInvalid
from entrypoints.http.routes import Call
from entrypoints.http.web.jobs import WORKBOOK, table_asked, workbook_taken
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.http.web.purposes import PURPOSE, called, purpose_in
from entrypoints.http.web.reading import YES, Field, Kind, read
from entrypoints.http.web.registers import form_field, ids_of, text_of
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.registers import DEPARTMENT, REGION, Extras, FieldType
from supervision_core.kernel.registers import Field as Described
from supervision_core.kernel.registers.elements import ElementSet, extras_in
from supervision_core.officers.lists import OFFICERS
from supervision_core.officers.model import OfficerDraft
from supervision_core.officers.ports import OfficerFilter
from supervision_core.officers.registers import OFFICER_ELEMENTS
from supervision_core.officers.services import (
    ChangeOfficer,
    ListOfficersByPerson,
    RegisterOfficer,
    ShowContact,
    change_officer,
    import_officers,
    list_officers_by_person,
    register_officer,
    show_contact,
)

BASE: Final = f"{HOME}/officers/officers"
ONE: Final = f"{BASE}/{{officer_id}}"
_NATURES: Final = ("公务员", "参照公务员法管理人员", "事业编制人员", "受委托组织人员", "其他")
_STATUSES: Final = ("中共党员", "中共预备党员", "共青团员", "民主党派", "无党派人士", "群众")
_DEGREES: Final = ("博士研究生", "硕士研究生", "大学本科", "大学专科", "高中及以下")


def _choice(name: str, title: str, titles: Iterable[str]) -> Field:
    return Field(name=name, title=title, kind=Kind.CHOICE, choices={one: one for one in titles})


def _link(name: str, title: str, to: str, *, many: bool = False) -> Described:
    kind = FieldType.LINKS if many else FieldType.LINK
    return Described(name=name, title=title, type=kind, to=to, required=not many)


_PLACES: Final = (_link("department", "所属部门", DEPARTMENT), _link("region", "行政区划", REGION))
_GENERAL: Final = (
    Field(name="name", title="姓名", required=True, most=60),
    _choice("sex", "性别", ("男", "女")),
    *(form_field(one, new=True) for one in _PLACES),
    Field(name="body", title="所属主体（受委托组织）全称", most=100),
    Field(name="body_code", title="所属主体编码", most=40),
    _choice("nature", "执法人员性质", _NATURES),
    Field(name="rank", title="职级", most=40),
    Field(name="supervises", title="是否监督人员", kind=Kind.FLAG),
    Field(name="lawyer", title="是否具有法律职业资格", kind=Kind.FLAG),
)
_PERSONAL: Final = (
    Field(name="identity_card", title="身份证号", most=18),
    Field(name="phone", title="联系电话", most=20),
    Field(name="born_on", title="出生日期", kind=Kind.DAY),
    Field(name="ethnicity", title="民族", most=20),
    _choice("political_status", "政治面貌", _STATUSES),
    _choice("education", "最高学历", _DEGREES),
    Field(name="major", title="学历专业", most=60),
    Field(name="address", title="住址", most=200),
    Field(name="legal_persons", title="关联法定代表人", kind=Kind.LINES,
          hint="本人须回避的企业法定代表人姓名，每行一个"),
)  # fmt: skip
_CONTACT: Final = ("sex", *(one.name for one in _PERSONAL if one.name != "legal_persons"))
_EMPLOYMENT: Final = ("body_code", "nature", "rank", "supervises", "lawyer")
_REGIONS: Final = _link("regions", "执法区域", REGION, many=True)
_CERTIFICATE: Final = (
    Field(name="number", title="执法证号", most=40),
    Field(name="issuer", title="发证机关", most=100),
    Field(name="valid_from", title="证件有效期自", kind=Kind.DAY),
    Field(name="valid_to", title="证件有效期至", kind=Kind.DAY, hint="含当日"),
    form_field(_REGIONS, new=True),
    Field(name="matters", title="执法类别", kind=Kind.LINES, hint="每行一个，不填则不限"),
)
_MOST_CERTIFICATES: Final = 5
_KEPT: Final = "个人信息不填则保持不变"
_BY_PERSON: Final = (
    Field(name="phone", title="联系电话", required=True, most=20, hint="须填写完整"),
    Field(name="name", title="姓名", most=60),
)


def _certificate(number: int) -> tuple[Field, ...]:
    return tuple(
        evolve(one, name=f"c{number}-{one.name}", place=f"certificates[{number}]")
        for one in _CERTIFICATE
    )


def _certificates(form: Form) -> int:
    """Count the certificates of a form: those filled in, and an empty one for the next."""
    held = (number for number in range(_MOST_CERTIFICATES) if form.get(f"c{number}-number"))
    return min(max(held, default=-1) + 2, _MOST_CERTIFICATES)


def _elements(call: Call, place: Mapping[str, str] | None = None) -> ElementSet:
    own = {"region": call.who.scope.region, "department": call.who.department}
    return elements_at(call.platform, (OFFICER_ELEMENTS,), **(place or own))


def _form(call: Call, title: str, form: Form, action: str, elements: ElementSet) -> Shown:
    count = _certificates(form)
    parts = [("基本信息", _GENERAL), ("个人信息", _PERSONAL)]
    parts += [
        (f"执法证{number + 1 if count > 1 else ''}", _certificate(number))
        for number in range(count)
    ]
    if elements.fields:
        parts.append(("扩展信息", tuple(form_field(one, new=True) for one in elements.fields)))
    del call
    values = {
        "title": title, "parts": parts, "values": form, "action": action, "back": BASE,
        "version": form.get("version", ""), "fields": [one for _, part in parts for one in part],
        "hint": _KEPT if form.get("version") else "",
    }  # fmt: skip
    return Shown(template="officer_form.html", values=values)


def _draft(call: Call, form: Form, elements: ElementSet) -> OfficerDraft:
    """Read what was filled in; names become ids. Raises ``FormInvalid`` with every fault."""
    extra = tuple(form_field(one, new=True) for one in elements.fields)
    said: dict[str, Any] = read((*_GENERAL, *_PERSONAL, *extra), form)
    faults: list[Violation] = []
    for one in _PLACES:
        said[one.name] = ids_of(call, one, said[one.name], faults)
    certificates = [
        _certificate_of(call, form, number, faults)
        for number in range(_MOST_CERTIFICATES)
        if form.get(f"c{number}-number", "").strip()
    ]
    refuse_if(FormInvalid, faults)
    plain = {
        **{name: said[name] for name in ("name", "department", "region", "body")},
        "contact": {name: said[name] for name in _CONTACT},
        "employment": {name: said[name] for name in _EMPLOYMENT},
        "legal_persons": said["legal_persons"],
        "certificates": certificates,
    }
    return evolve(from_plain(OfficerDraft, plain), extras=Extras(values=extras_in(said)))


def _certificate_of(call: Call, form: Form, number: int, faults: list[Violation]) -> dict[str, Any]:
    said: dict[str, Any] = {
        name.partition("-")[2]: value for name, value in read(_certificate(number), form).items()
    }
    regions = evolve(_REGIONS, name=f"certificates[{number}]")
    return {**said, "regions": ids_of(call, regions, said["regions"], faults)}


def _adding(call: Call, form: Form) -> Shown:
    own = {"region": call.who.scope.region, "department": call.who.department}
    filled = {one.name: text_of(call, one.name, own[one.name]) for one in _PLACES if own[one.name]}
    return _form(call, "新增执法人员", {**filled, **form}, f"{BASE}/add", _elements(call))


def _add(call: Call, form: Form) -> Shown:
    command = RegisterOfficer(draft=_draft(call, form, _elements(call)))
    carry_out(call, register_officer, command, changes=None)
    return gone_on(BASE, "added")


def _view(call: Call, form: Form) -> Any:
    cases = cases_of(OFFICERS)
    return ask(call, cases.view, cases.named(id=form["officer_id"]))


def _place(found: Any) -> Mapping[str, str]:
    return {"region": found.content.region, "department": found.content.department}


def _changing(call: Call, form: Form) -> Shown:
    found = _view(call, form)
    said = found.content
    filled = {
        "name": said.name, "sex": said.sex, "body": said.employer, "body_code": said.body_code,
        "nature": said.nature, "rank": said.rank, "version": str(found.version),
        **{name: YES for name in ("supervises", "lawyer") if getattr(said, name)},
        **{one.name: text_of(call, one.name, getattr(said, one.name)) for one in _PLACES},
        **dict(_filled_certificates(call, said.certificates)),
        **{
            f"extras.{key}": YES if value is True else "no" if value is False else str(value)
            for key, value in said.extras.values.items()
        },
    }  # fmt: skip
    return _changing_again(call, {**form, **filled})


def _filled_certificates(call: Call, held: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for number, one in enumerate(held):
        yield f"c{number}-number", one.number
        yield f"c{number}-issuer", one.issuer
        yield f"c{number}-valid_from", one.valid_from.isoformat() if one.valid_from else ""
        yield f"c{number}-valid_to", one.valid_to.isoformat() if one.valid_to else ""
        yield f"c{number}-regions", "\n".join(text_of(call, REGION, each) for each in one.regions)
        yield f"c{number}-matters", "\n".join(one.matters)


def _changing_again(call: Call, form: Form) -> Shown:
    elements = _elements(call, _place(_view(call, form)))
    action = f"{ONE.format(**form)}/change"
    return _form(call, "修改执法人员", form, action, elements)


def _change(call: Call, form: Form) -> Shown:
    officer = form["officer_id"]
    draft = _draft(call, form, _elements(call, _place(_view(call, form))))
    command = ChangeOfficer(officer_id=officer, draft=draft)
    carry_out(call, change_officer, command, changes=("officer", officer))
    return gone_on(BASE, "changed")


def _personal_asked(call: Call, form: Form) -> Shown:
    return _personal(call, form, None)


def _personal(call: Call, form: Form, contact: Any) -> Shown:
    name = called(call, OFFICERS, form["officer_id"]) or "执法人员"
    values = {
        "title": f"{name}的个人信息", "fields": (PURPOSE,), "values": form,
        "action": f"{ONE.format(**form)}/personal", "back": BASE,
        "said": [] if contact is None else [
            (one.title, getattr(contact, one.name) or "—")
            for one in _PERSONAL if one.name in _CONTACT
        ],
    }  # fmt: skip
    return Shown(template="personal_data.html", values=values)


def _personal_shown(call: Call, form: Form) -> Shown:
    purpose = purpose_in(form)
    asked = ShowContact(officer_id=form["officer_id"], purpose=purpose)
    found = call.platform.commands.run(show_contact, asked, actor=call.who)
    return _personal(call, form, found.contact)


@define
class _Found:
    """Whom a search by phone found."""

    rows: Sequence[Mapping[str, Any]]
    next_cursor: str | None


def _finding(_call: Call, form: Form) -> Shown:
    values = {"found": None, "fields": _BY_PERSON, "values": form, "back": BASE}
    return Shown(template="officers_found.html", values=values)


def _find(call: Call, form: Form) -> Shown:
    """Find by what is personal data: it stands in no address."""
    said = {name: str(value) for name, value in read(_BY_PERSON, form).items() if value}
    page = PageRequest(cursor=form.get("cursor") or None)
    asked = ListOfficersByPerson(filter=from_plain(OfficerFilter, said), page=page)
    found = ask(call, list_officers_by_person, asked)
    rows = [
        {
            "id": one.id, "title": one.name,
            "cells": [
                {"text": one.name, "path": f"{BASE}/{one.id}", "drawer": True},
                one.phone, one.employer, one.sex, one.certificate,
            ],
        }
        for one in found.items
    ]  # fmt: skip
    values = {
        "found": _Found(rows, found.next_cursor), "fields": _BY_PERSON, "values": form,
        "back": BASE,
    }  # fmt: skip
    return Shown(template="officers_found.html", values=values)


def _importing(_call: Call, _filled: Form) -> Shown:
    return table_asked("执法人员", BASE, "/api/v1/officers/officer_table_template")


def _import(call: Call, form: Form) -> Shown:
    return workbook_taken(call, import_officers, _importing(call, form))


def links_above(call: Call) -> Iterable[Mapping[str, Any]]:
    """Give what is done above the list of officers."""
    links = (
        (register_officer, {"path": f"{BASE}/add", "title": "新增执法人员", "icon": "ti-plus",
                            "kind": "main", "drawer": True}),
        (import_officers, {"path": f"{BASE}/import", "title": "导入", "icon": "ti-upload"}),
        (list_officers_by_person, {"path": f"{BASE}/find", "title": "按联系电话查找",
                                   "icon": "ti-search"}),
    )  # fmt: skip
    return [link for case, link in links if call.who.may(case.permission)]


def links_of_one(call: Call, officer: str) -> Iterable[Mapping[str, Any]]:
    """Give what is done with one officer."""
    here = f"{BASE}/{officer}"
    links = (
        (change_officer, {"path": f"{here}/change", "title": "修改", "kind": "main",
                          "drawer": True}),
        (show_contact, {"path": f"{here}/personal", "title": "查看个人信息"}),
    )  # fmt: skip
    return [link for case, link in links if call.who.may(case.permission)]


OFFICER_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=f"{BASE}/add", name="page_officer_adding",
         access=register_officer.permission, run=_adding),
    Page(method="POST", path=f"{BASE}/add", name="page_officer_add",
         access=register_officer.permission, run=_add, again=_adding),
    Page(method="GET", path=f"{BASE}/find", name="page_officers_finding",
         access=list_officers_by_person.permission, run=_finding),
    Page(method="POST", path=f"{BASE}/find", name="page_officers_find",
         access=list_officers_by_person.permission, run=_find, again=_finding),
    Page(method="GET", path=f"{BASE}/import", name="page_officers_importing",
         access=import_officers.permission, run=_importing),
    Page(method="POST", path=f"{BASE}/import", name="page_officers_import",
         access=import_officers.permission, run=_import, again=_importing, file=WORKBOOK.name),
    Page(method="GET", path=f"{ONE}/change", name="page_officer_changing",
         access=change_officer.permission, run=_changing),
    Page(method="POST", path=f"{ONE}/change", name="page_officer_change",
         access=change_officer.permission, run=_change, again=_changing_again),
    Page(method="GET", path=f"{ONE}/personal", name="page_officer_personal_asked",
         access=show_contact.permission, run=_personal_asked, critical=True),
    Page(method="POST", path=f"{ONE}/personal", name="page_officer_personal",
         access=show_contact.permission, run=_personal_shown, again=_personal_asked,
         critical=True),
)  # fmt: skip
"""Beside list, view and export, which follow from the description of the list."""
