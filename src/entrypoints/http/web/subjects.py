"""The pages of subjects: list by category, forms, tables, and one page of all about a subject."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import attrs
from attrs import evolve, frozen

from entrypoints.element_sets import elements_of_forms
from entrypoints.http.errors import FormInvalid
from entrypoints.http.routes import Call
from entrypoints.http.web.jobs import table_taken
from entrypoints.http.web.kept import opened
from entrypoints.http.web.lists import ListPages, cell, part_of
from entrypoints.http.web.materials import approvals_of
from entrypoints.http.web.pages import Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.http.web.purposes import PURPOSE, called, purpose_in
from entrypoints.http.web.reading import FLAGS, NO, YES, Field, Kind, read
from entrypoints.http.web.registers import (
    RegisterPages,
    form_field,
    found_by_name,
    history_links,
    ids_of,
    text_of,
)
from entrypoints.intake import Advance, ImportReport, open_subjects, store_subjects
from entrypoints.jobs import ending_of
from entrypoints.list_tables import names_of
from supervision_core.clues.lists import CLUES
from supervision_core.grading.services import ShowGrades, show_grades
from supervision_core.identity.services.lists import cases_of
from supervision_core.identity.services.registers import ShowTree
from supervision_core.identity.services.registers import cases_of as register_cases
from supervision_core.kernel.codes.subject_kinds import SUBJECT_KINDS
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import FIELD
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.registers import INDUSTRY, REGION, RegisterVerb, described
from supervision_core.kernel.registers import Field as Described
from supervision_core.kernel.registers.elements import EXTRAS, ElementSet, extras_in
from supervision_core.kernel.registers.fields import FieldType
from supervision_core.kernel.registers.tables import cell_of
from supervision_core.subjects.lists import (
    BASIC,
    BUSINESS,
    EXTENDED,
    IDENTITY_KINDS,
    SubjectView,
)
from supervision_core.subjects.model import (
    BasicData,
    BusinessData,
    ExtendedData,
    PersonalData,
    SubjectDraft,
    told_values,
)
from supervision_core.subjects.model.content import STATUS_TITLES
from supervision_core.subjects.reading import coordinate
from supervision_core.subjects.registers import APPROVAL_FILES, CATEGORIES, FormFieldContent
from supervision_core.subjects.services import (
    CategoriseSubject,
    CorrectSubject,
    ListRisks,
    ListSubjectsByPrincipal,
    RegisterSubject,
    ShowSubjectPersonalData,
    categorise_subject,
    correct_subject,
    import_subjects,
    list_risks,
    list_subjects_by_principal,
    register_subject,
    show_subject_personal_data,
)
from supervision_core.subjects.services.codes import view_code
from supervision_core.tasks.lists import (
    PUBLICATIONS,
    RECTIFICATIONS,
    TRANSFERS,
    VISITS,
    next_visit,
)
from supervision_core.tasks.model.results import ItemOutcome

_DEGREES: Final = frozenset({"longitude", "latitude"})
_WHOLE: Final = {one.name: one for one in described(SubjectView)}
_REGION: Final = evolve(_WHOLE["region"], required=True)
_INDUSTRY: Final = _WHOLE["industry"]
_HEAD: Final = (
    Field(name="name", title="监管对象名称", required=True, most=200),
    Field(name="kind", title="监管对象类型", kind=Kind.CHOICE, required=True,
          choices=SUBJECT_KINDS),
    Field(name="identity_kind", title="主体身份证代码类型", kind=Kind.CHOICE, required=True,
          choices=IDENTITY_KINDS),
    Field(name="code", title="主体身份证代码", most=64, place="identity",
          hint="统一社会信用代码、注册号或身份证号"),
    Field(name="region", title="行政区划", required=True, offers=REGION, hint="填写名称或代码"),
    Field(name="status", title="登记状态", kind=Kind.CHOICE, choices=STATUS_TITLES),
)  # fmt: skip
_PARTS: Final = {
    "basic": BasicData, "extended": ExtendedData, "business": BusinessData,
    "personal": PersonalData,
}  # fmt: skip
_KINDS: Final = {
    "int | None": Kind.NUMBER, "date | None": Kind.DAY, "bool | None": Kind.CHOICE,
    "tuple[str, ...]": Kind.LINES,
}  # fmt: skip
_CATEGORY: Final = Described(
    name="category_id", title="监管对象分类", type=FieldType.LINK, to=CATEGORIES.name, required=True
)
_WORKBOOK: Final = Field(
    name="workbook", title="表格文件（.xlsx、.xls或.csv）", kind=Kind.FILE, required=True,
    hint="表头可用本部门的习惯写法；有错的行逐条说明，并可下载更正；其余照常导入；同一文件重复导入不产生变化",
)  # fmt: skip
_SOURCE: Final = Field(name="source", title="数据来源", required=True, most=100, hint="表格的名称")
_PRINCIPAL: Final = Field(
    name="principal", title="法定代表人/负责人/投资人", required=True, most=100
)
ABOUT: Final[Mapping[str, ListQuery[Any]]] = {
    "visits": VISITS, "rectifications": RECTIFICATIONS, "transfers": TRANSFERS,
    "clues": CLUES, "publications": PUBLICATIONS,
}  # fmt: skip
"""The lists of what concerns a subject, by their part of its page."""
_TITLES: Final = {
    "next": "下次检查", "risks": "风险信息", "grades": "等级与原因", "approvals": "审批办件",
    "visits": "检查记录", "findings": "发现的问题",
    "rectifications": "整改", "transfers": "移送", "clues": "线索", "publications": "公示",
}  # fmt: skip
_APPROVAL: Final = (
    "number", "matter", "nature", "authority", "result", "licence", "valid_to", "ended",
)  # fmt: skip
"""What the page of a subject shows of an approval file."""
_MOST_VISITS: Final = 5
_MOST_ROWS: Final = 2000
"""Of a table that is taken in while its page waits: subjects are quick."""
_UNKNOWN: Final = "尚未归集"
_HOLDERS: Final = frozenset({"corporate_holders", "holders"})


def _part_fields() -> Iterator[tuple[str, Field]]:
    """Give the fields of a draft beside its head, each with the part that it belongs to."""
    for part, cls in _PARTS.items():
        for one in attrs.fields(cls):
            known = _WHOLE.get(one.name)
            title = one.metadata[FIELD].title if known is None else known.title
            kind = _KINDS.get(str(one.type).replace("datetime.", ""), Kind.TEXT)
            kind = Kind.LONG if one.name == "scope" else kind
            kind = Kind.TEXT if one.name in _DEGREES else kind
            choices = FLAGS if kind is Kind.CHOICE else {}
            hint = "度，如108.366543" if one.name in _DEGREES else ""
            hint = "每行一个，名称后空一格写出资比例" if one.name in _HOLDERS else hint
            offers = INDUSTRY if one.name == _INDUSTRY.name else ""
            hint = "填写行业名称或代码（GB/T 4754-2017）" if offers else hint
            yield part, Field(name=one.name, title=title, kind=kind, choices=choices, hint=hint,
                              offers=offers)  # fmt: skip


_OF_PARTS: Final = tuple(_part_fields())
_FIELDS: Final = (*_HEAD, *(field for _, field in _OF_PARTS))


class SubjectPages(ListPages):
    """The pages of subjects."""

    def pages(self) -> Iterable[Page]:
        """Give those of the list, the forms, the tables and the parts of one page."""
        yield from super().pages()
        base, one, name = self.base, f"{self.base}/{{subject_id}}", "page_subjects_subject"

        def page(method: str, path: str, end: str, access: str, **more: Any) -> Page:
            return Page(method=method, path=path, name=f"{name}_{end}", access=access, **more)

        adds, corrects = register_subject.permission, correct_subject.permission
        yield page("GET", f"{base}/add", "adding", adds, run=self.adding)
        yield page("POST", f"{base}/add", "add", adds, run=self.add, again=self.adding)
        yield page("GET", f"{one}/change", "changing", corrects, run=self.changing)
        yield page("POST", f"{one}/change", "change", corrects, run=self.change,
                   again=self.changing_again)  # fmt: skip
        sorts = categorise_subject.permission
        yield page("GET", f"{one}/category", "categorising", sorts, run=self.categorising)
        yield page("POST", f"{one}/category", "categorise", sorts, run=self.categorise,
                   again=self.categorising)  # fmt: skip
        imports = import_subjects.permission
        yield page("GET", f"{base}/import", "importing", imports, run=self.importing)
        yield page("POST", f"{base}/import", "import", imports, run=self.take_in,
                   again=self.importing, file=_WORKBOOK.name)  # fmt: skip
        finds = list_subjects_by_principal.permission
        yield page("GET", f"{base}/by_principal", "finding", finds, run=self.finding)
        yield page("POST", f"{base}/by_principal", "find", finds, run=self.find,
                   again=self.finding)  # fmt: skip
        shows = show_subject_personal_data.permission
        yield page("GET", f"{one}/personal", "purpose", shows, run=self.purpose)
        yield page("POST", f"{one}/personal", "personal", shows, run=self.personal,
                   again=self.purpose, critical=True)  # fmt: skip
        for part, query in ABOUT.items():
            yield page("GET", f"{one}/{part}", part, cases_of(query).list.permission,
                       run=_PartPages(part, query).show)  # fmt: skip
        visits = cases_of(VISITS)
        approvals = register_cases(APPROVAL_FILES).name(RegisterVerb.LIST)
        yield page("GET", f"{one}/approvals", "approvals", approvals, run=self.approvals)
        yield page("GET", f"{one}/next", "next", visits.list.permission, run=self.next)
        yield page("GET", f"{one}/findings", "findings", visits.view.permission, run=self.findings)
        yield page("GET", f"{one}/grades", "grades", show_grades.permission, run=self.grades)
        yield page("GET", f"{one}/risks", "risks", list_risks.permission, run=self.risks)

    def show_all(self, call: Call, form: Form) -> Shown:
        """Show the list, with the tree of categories beside it."""
        shown = super().show_all(call, form)
        nodes = RegisterPages(CATEGORIES).nodes(call) if self._sees_categories(call) else None
        current = shown.values["asked"].get("category") or form.get("category", "")
        values = {**shown.values, "nodes": _by_title(nodes or []) if nodes is not None else None,
                  "current": current}  # fmt: skip
        return evolve(shown, template="subjects.html", values=values)

    def _sees_categories(self, call: Call) -> bool:
        return call.who.may(register_cases(CATEGORIES).name(RegisterVerb.LIST))

    def asked(self, call: Call, form: Form, page: PageRequest) -> Any:
        """Read what is asked; of a category, all below it is meant too."""
        asked = evolve(super().asked(call, form, page), said=self._said(call, form))
        if not asked.category or not self._sees_categories(call):
            return asked
        return evolve(asked, category=self._below(call, asked.category))

    def _below(self, call: Call, chosen: Iterable[str]) -> tuple[str, ...]:
        """Give some categories with all below them."""
        wanted = set(chosen)
        if not wanted:
            return ()
        nodes = ask(call, register_cases(CATEGORIES).tree, ShowTree())
        for _ in nodes:
            more = {one.id for one in nodes if one.parent in wanted} - wanted
            if not more:
                break
            wanted |= more
        return tuple(sorted(wanted))

    def _adding(self, call: Call) -> Iterable[Mapping[str, Any]]:
        links = (
            (register_subject, "add", "新增监管对象", "ti-plus", "main"),
            (import_subjects, "import", "导入", "ti-upload", ""),
            (list_subjects_by_principal, "by_principal", "按法定代表人查找", "ti-search", ""),
        )
        for case, end, title, icon, kind in links:
            if call.who.may(case.permission):
                yield {"path": f"{self.base}/{end}", "title": title, "icon": icon, "kind": kind}

    def view(self, call: Call, form: Form) -> Shown:
        """Show what the register says of a subject; what happened with it comes after the page."""
        found = ask(call, self.cases.view, self.cases.named(id=form["subject_id"]))
        opened(call, self.query.name, found.id)
        names, content = names_of(found), found.content
        here = f"{self.base}/{found.id}"

        def said(parts: Iterable[str]) -> list[tuple[str, Any]]:
            return [
                (_WHOLE[one].title, cell(call, _WHOLE[one], getattr(content, one), names))
                for one in parts
            ]

        doubts = [f"“{_doubted(one.at)}”未通过校验，已照原样保留" for one in content.doubts]
        allowed = [
            one for one in _TITLES
            if call.who.may(_permission_of(one))
        ]  # fmt: skip
        values = {
            "title": f"监管对象：{content.name or found.id}",
            "sections": (("基本信息", said(BASIC)), ("扩展信息", said(EXTENDED)),
                         ("经营信息", [*said(BUSINESS), *self._levels(call, found.id)])),
            "tags": [names.get("tag", {}).get(one, one) for one in content.tags],
            "category": cell(call, _WHOLE["category"], content.category, names),
            "form": self._form_values(call, content),
            "doubts": doubts,
            "history": part_of(
                call, (self.query.port.kind, found.id), _WHOLE["region_history"],
                content.region_history, names,
            ) if content.region_history else None,
            "parts": [{"title": _TITLES[one], "path": f"{here}/{one}"} for one in allowed],
            "links": [*self._acts(call, here, content.code), *self._verbs(call, found),
                      *history_links(call, here, self.query.port.kind, found.id),
                      {"path": self.base, "title": "返回列表"}],
        }  # fmt: skip
        return Shown(template="subject.html", values=values)

    def _levels(self, call: Call, id_: str) -> list[tuple[str, str]]:
        """Give the levels of the newest grade by each rule."""
        if not call.who.may(show_grades.permission):
            return []
        found = ask(call, show_grades, ShowGrades(subject_id=id_))
        risks = "、".join(f"{one.risk or '数据不足'}（{one.rule}）" for one in found)
        credits_ = "、".join(f"{one.credit or '数据不足'}（{one.rule}）" for one in found)
        return [("风险等级", risks or "尚未评级"), ("信用等级", credits_ or "尚未评级")]

    def _form_values(self, call: Call, content: SubjectView) -> list[tuple[str, Any]]:
        elements = self._form_of(call, content.category)
        return [(one.title, cell_of(one, said, {})) for one, said in elements.cells(content.extras)]

    def _form_of(self, call: Call, *categories: str) -> ElementSet:
        return elements_of_forms(call.platform, self.query, filter(None, categories))

    def _chosen(self, call: Call, form: Form) -> tuple[str, ...]:
        """Give the categories that the list is asked for by name."""
        name = form.get("category", "").strip()
        if not name or not self._sees_categories(call):
            return ()
        return found_by_name(call, evolve(_CATEGORY, name="category"), name)

    def _elements(self, call: Call, form: Form) -> ElementSet:
        """Give the fields of the forms of the categories that are asked for."""
        return self._form_of(call, *self._chosen(call, form))

    def _searched(self) -> Iterable[tuple[Described, Field]]:
        """Give what every subject may be searched by."""
        return ((one, field) for one, field in super()._searched() if one.name != "said")

    def _said_fields(self, call: Call, form: Form) -> list[Field]:
        """Give the fields of the chosen category's form by which subjects are found."""
        elements = self._elements(call, form)
        return [
            _value_field(field, asked=True)
            for field, one in zip(elements.fields, elements.elements, strict=True)
            if isinstance(one, FormFieldContent) and one.searched
        ]

    def _said(self, call: Call, form: Form) -> tuple[str, ...]:
        return told_values(_values_in(self._said_fields(call, form), form))

    def search_fields(self, call: Call, form: Form) -> list[Field]:
        """Give the fields of the search; those of a category's form join where one is chosen."""
        return [*super().search_fields(call, form), *self._said_fields(call, form)]

    def _table(self, call: Call, kept: Mapping[str, str], ids: Sequence[str] = ()) -> str:
        """Give what is shown: the categories below too, and what forms are searched by."""
        usual = {
            name: text
            for name, text in kept.items()
            if name != "category" and not name.startswith(f"{EXTRAS}.")
        }
        path = super()._table(call, usual, ids)
        more = [("category", one) for one in self._below(call, self._chosen(call, kept))]
        more += [("said", one) for one in self._said(call, kept)]
        return f"{path}{'&' if '?' in path else '?'}{urlencode(more)}" if more else path

    def _acts(self, call: Call, here: str, called: str) -> Iterator[Mapping[str, Any]]:
        links = (
            (correct_subject, "change", "修改"),
            (categorise_subject, "category", "设置分类"),
            (show_subject_personal_data, "personal", "查看个人信息"),
            (view_code, "code", "企业码"),
        )
        for case, end, title in links:
            if call.who.may(case.permission):
                yield {"path": f"{here}/{end}", "title": title, "drawer": case is not view_code}
        approvals = RegisterPages(APPROVAL_FILES)
        if called and approvals.allows(call, RegisterVerb.ADD):
            query = urlencode({"subject": called})
            yield {"path": f"{approvals.base}/add?{query}", "title": "新增审批办件", "drawer": True}

    def adding(self, call: Call, form: Form) -> Shown:
        """Show the form for a new subject."""
        del call
        return self._form("新增监管对象", form, f"{self.base}/add", self.base, new=True)

    def _form(self, title: str, values: Form, action: str, back: str, *, new: bool) -> Shown:
        fields = _FIELDS if new else tuple(
            evolve(one, fixed=True) if one.name in {"identity_kind", "code"} else one
            for one in _FIELDS
        )  # fmt: skip
        shown = {
            "title": title, "fields": fields, "values": values, "action": action,
            "version": values.get("version", ""), "back": back, "again": new,
        }  # fmt: skip
        return Shown(template="register_form.html", values=shown)

    def _draft(self, call: Call, form: Form) -> SubjectDraft:
        """Read a draft. Raises ``FormInvalid`` with every fault."""
        said = read(_FIELDS, form)
        faults: list[Violation] = []
        region = ids_of(call, _REGION, said["region"], faults)
        said["industry"] = ids_of(call, _INDUSTRY, said["industry"], faults)
        for name in _DEGREES:
            text = str(said[name])
            said[name] = coordinate(text, name)
            if text and said[name] is None:
                faults.append(Violation("http.wrong_form", name, {"wanted": "度数"}))
        refuse_if(FormInvalid, faults)
        parts: dict[str, dict[str, Any]] = {part: {} for part in _PARTS}
        for part, field in _OF_PARTS:
            value = said[field.name]
            if field.kind is Kind.CHOICE:
                value = {YES: True, NO: False}.get(str(value))
            parts[part][field.name] = value
        plain = {
            "name": said["name"], "kind": said["kind"], "region": region,
            "identity": {"kind": said["identity_kind"], "code": said["code"]},
            "status": said["status"] or None, **parts,
        }  # fmt: skip
        draft: SubjectDraft = from_plain(SubjectDraft, plain)
        return draft

    def add(self, call: Call, form: Form) -> Shown:
        """Register a subject."""
        command = RegisterSubject(draft=self._draft(call, form))
        carry_out(call, register_subject, command, changes=None)
        return gone_on(f"{self.base}/add" if form.get("then") == "new" else self.base, "added")

    def changing(self, call: Call, form: Form) -> Shown:
        """Show the form to change a subject; what is personal is left out, and stays."""
        found = ask(call, self.cases.view, self.cases.named(id=form["subject_id"]))
        names, content = names_of(found), found.content
        hidden = {one.name for one in attrs.fields(PersonalData)}
        values = {
            one.name: _filled(one, getattr(content, one.name, ""))
            for one in _FIELDS
            if one.name not in hidden
        }
        if content.industry:
            values["industry"] = text_of(call, INDUSTRY, content.industry)
        values["region"] = names.get(REGION, {}).get(content.region, content.region)
        return self.changing_again(call, {**form, **values, "version": str(found.version)})

    def changing_again(self, call: Call, form: Form) -> Shown:
        """Show the form as it was filled in."""
        del call
        here = f"{self.base}/{form['subject_id']}"
        return self._form("修改监管对象", form, f"{here}/change", here, new=False)

    def change(self, call: Call, form: Form) -> Shown:
        """Correct a subject."""
        id_ = form["subject_id"]
        command = CorrectSubject(subject_id=id_, draft=self._draft(call, form), whole=True)
        carry_out(call, correct_subject, command, changes=("subject", id_))
        return gone_on(f"{self.base}/{id_}", "changed")

    def categorising(self, call: Call, form: Form) -> Shown:
        """Ask for the category; once it is known, for what its form asks."""
        here = f"{self.base}/{form['subject_id']}"
        if "version" not in form:
            found = ask(call, self.cases.view, self.cases.named(id=form["subject_id"]))
            form = {**form, "version": str(found.version), **self._sorted(call, found)}
        fields, values = self._category_fields(call, form)
        shown = {
            "title": "设置分类", "fields": fields, "values": values, "again": False,
            "version": values.get("version", ""), "action": f"{here}/category", "back": here,
        }  # fmt: skip
        return Shown(template="register_form.html", values=shown)

    def _sorted(self, call: Call, found: Any) -> dict[str, str]:
        """Give what a subject's category is called, and what it says in its form."""
        names, content = names_of(found), found.content
        called = names.get(CATEGORIES.name, {}).get(content.category, "")
        fields = map(_value_field, self._form_of(call, content.category).fields)
        values = content.extras.values
        said = {one.name: _filled(one, values.get(one.name.removeprefix(f"{EXTRAS}.")))
                for one in fields}  # fmt: skip
        return {"category_id": called, **said}

    def _category_fields(self, call: Call, form: Form) -> tuple[list[Field], dict[str, str]]:
        choose = Field(name="category_id", title="监管对象分类", required=True,
                       offers=CATEGORIES.name, hint="填写名称")  # fmt: skip
        category = form.get("category_id", "")
        if not category:
            return [choose], dict(form)
        faults: list[Violation] = []
        found = ids_of(call, _CATEGORY, category, faults)
        more = [] if faults else [_value_field(one) for one in self._form_of(call, found).fields]
        return [choose, *more], dict(form)

    def _categorised(self, call: Call, form: Form) -> tuple[str, dict[str, Any]] | None:
        """Read category and form; ``None`` while the form is not filled in yet."""
        faults: list[Violation] = []
        category = ids_of(call, _CATEGORY, form.get("category_id", ""), faults)
        refuse_if(FormInvalid, faults)
        fields = [_value_field(one) for one in self._form_of(call, category).fields]
        if any(one.name not in form for one in fields):
            return None
        return category, _values_in(fields, form)

    def categorise(self, call: Call, form: Form) -> Shown:
        """Put a subject into a category, its form filled in."""
        id_ = form["subject_id"]
        ask(call, self.cases.view, self.cases.named(id=id_))
        said = self._categorised(call, form)
        if said is None:
            return self.categorising(call, form)
        command = CategoriseSubject(subject_id=id_, category_id=said[0], values=said[1])
        carry_out(call, categorise_subject, command, changes=("subject", id_))
        return gone_on(f"{self.base}/{id_}", "changed")

    def _batch(self, call: Call) -> Sequence[Mapping[str, str]]:
        found = list(super()._batch(call))
        if call.who.may(categorise_subject.permission):
            found.insert(0, {"value": categorise_subject.name, "title": "批量归类", "kind": ""})
        return found

    def several(self, call: Call, form: Form) -> Shown:
        """Do it with one after the other; into a category, once its form is filled in."""
        if form.get("act") != categorise_subject.name:
            return super().several(call, form)
        meant = self.meant(call, form)
        said = self._categorised(call, form) if form.get("category_id") else None
        if form.get("confirmed") != YES or said is None or meant.before:
            return self.choosing(call, form)
        like = CategoriseSubject(subject_id=meant.ids[0], category_id=said[0], values=said[1])
        return self.outcomes(call, categorise_subject, "批量归类", meant, like)

    def choosing(self, call: Call, form: Form) -> Shown:
        """Show what is ticked, and ask what else is to be known."""
        if form.get("act") != categorise_subject.name:
            return super().choosing(call, form)
        fields, values = self._category_fields(call, form)
        return self.chosen(call, form, "批量归类", fields, values)

    def importing(self, _call: Call, form: Form) -> Shown:
        """Ask for a table."""
        values: dict[str, Any] = {
            "title": "导入监管对象", "action": f"{self.base}/import", "back": self.base,
            "fields": (_SOURCE, _WORKBOOK), "values": form, "report": None,
            "template": "/api/v1/subjects/subjects/table_template",
        }  # fmt: skip
        return Shown(template="import.html", values=values)

    def take_in(self, call: Call, form: Form) -> Shown:
        """Take a table in; tell what became of each row, and give those to correct back.

        A large one is left to the worker.
        """
        source = str(read((_SOURCE,), form)["source"])

        def take(wrong: Path, expect: Advance) -> ImportReport:
            path = wrong.with_name(f"table{ending_of(call.content)}")
            path.write_bytes(call.content)
            with open_subjects(call.platform, path, region=call.who.scope.region) as reading:
                return store_subjects(
                    call.platform, reading, source=source, actor=call.who, errors=wrong,
                    expect=expect,
                )  # fmt: skip

        asked = self.importing(call, form)
        return table_taken(call, import_subjects, asked, take, source=source, most=_MOST_ROWS)

    def finding(self, _call: Call, form: Form) -> Shown:
        """Ask for the whole name of a head."""
        values = {
            "title": "按法定代表人查找监管对象", "action": f"{self.base}/by_principal",
            "back": self.base, "fields": (_PRINCIPAL,), "values": form, "found": None,
        }  # fmt: skip
        return Shown(template="subjects_found.html", values=values)

    def find(self, call: Call, form: Form) -> Shown:
        """Show the subjects of a head; the name stands in no address."""
        principal = str(read((_PRINCIPAL,), form)["principal"])
        about = ListSubjectsByPrincipal(
            principal=principal, page=PageRequest(cursor=form.get("cursor") or None)
        )
        found = ask(call, list_subjects_by_principal, about)
        rows = [
            {"id": one.id, "title": one.name, "cells": [
                {"text": one.name, "path": f"{self.base}/{one.id}"},
                SUBJECT_KINDS[one.kind], one.code,
                STATUS_TITLES[one.status],
            ]}
            for one in found.items
        ]  # fmt: skip
        columns = ["监管对象名称", "监管对象类型", "统一社会信用代码", "登记状态"]
        values = {**self.finding(call, form).values, "found": found, "rows": rows,
                  "columns": columns}  # fmt: skip
        return Shown(template="subjects_found.html", values=values)

    def purpose(self, call: Call, form: Form) -> Shown:
        """Ask what personal data is wanted for."""
        name = called(call, self.query, form["subject_id"])
        here = f"{self.base}/{form['subject_id']}"
        values = {
            "title": f"查看个人信息：{name}" if name else "查看个人信息",
            "action": f"{here}/personal",
            "back": here, "values": form, "fields": (PURPOSE,),
            "version": "", "again": False, "label": "查看",
        }  # fmt: skip
        return Shown(template="register_form.html", values=values)

    def personal(self, call: Call, form: Form) -> Shown:
        """Show personal data in the clear; the log keeps who looked, and what for."""
        purpose = purpose_in(form)
        about = ShowSubjectPersonalData(subject_id=form["subject_id"], purpose=purpose)
        # Under no key: what was answered under one is kept, and this is personal.
        found = call.platform.commands.run(show_subject_personal_data, about, actor=call.who)
        said = [("监管对象名称", found.name), ("主体身份证代码", found.identity.code)]
        for part, field in _OF_PARTS:
            if part == "personal":
                said.append((field.title, _filled(field, getattr(found.personal, field.name))))
        values = {
            "title": "个人信息", "said": said, "uses": [],
            "links": [{"path": f"{self.base}/{form['subject_id']}", "title": "返回"}],
        }  # fmt: skip
        return Shown(template="register_view.html", values=values)

    def approvals(self, call: Call, form: Form) -> Shown:
        """Show what was decided on its applications."""
        found = approvals_of(call, form["subject_id"])
        return _fragment("approvals", *RegisterPages(APPROVAL_FILES).beside(_APPROVAL, found))

    def next(self, call: Call, form: Form) -> Shown:
        """Show the visit that is due next."""
        cases = cases_of(VISITS)
        found = ask(call, cases.list, cases.asking(subject=form["subject_id"], open=True))
        due = next_visit(found.items)
        pages = ListPages(VISITS)
        rows = [pages.row(call, due, names_of(found))] if due else []
        return _fragment("next", pages.titles, rows)

    def findings(self, call: Call, form: Form) -> Shown:
        """Show what the last visits found."""
        cases, pages = cases_of(VISITS), ListPages(VISITS)
        asked = cases.asking(
            subject=form["subject_id"], open=False, page=PageRequest(order="-number")
        )
        rows = []
        with_findings = [one for one in ask(call, cases.list, asked).items if one.findings]
        for one in with_findings[:_MOST_VISITS]:
            found = ask(call, cases.view, cases.named(id=one.id))
            names = names_of(found).get("department", {})
            rows += [
                {"id": one.id, "title": each.title, "cells": [
                    {"text": one.number, "path": f"{pages.base}/{one.id}", "drawer": True},
                    one.formed_on.isoformat() if one.formed_on else "", each.title,
                    names.get(each.department, each.department), each.note,
                ]}
                for each in found.content.items
                if each.outcome == ItemOutcome.FAILED
            ]  # fmt: skip
        columns = ["检查编号", "结果形成日期", "检查事项", "部门", "说明"]
        return _fragment("findings", columns, rows)

    def risks(self, call: Call, form: Form) -> Shown:
        """Show the credit level, and what is known of 经营异常, 失信, 法律诉讼 and more."""
        found = ask(call, list_risks, ListRisks(subject_id=form["subject_id"]))
        said = [(one.title, one.value or _UNKNOWN) for one in found]
        if call.who.may(show_grades.permission):
            grades = ask(call, show_grades, ShowGrades(subject_id=form["subject_id"]))
            levels = "、".join(f"{one.credit or '数据不足'}（{one.rule}）" for one in grades)
            said.insert(0, ("信用评级", levels or "尚未评级"))
        rows = [{"id": title, "title": title, "cells": [title, value]} for title, value in said]
        return _fragment("risks", ["数据项", "内容"], rows)

    def grades(self, call: Call, form: Form) -> Shown:
        """Show the newest grade by each rule, with the reasons."""
        found = ask(call, show_grades, ShowGrades(subject_id=form["subject_id"]))
        values = {"title": _TITLES["grades"], "grades": found}
        return Shown(template="subject_grades.html", values=values)


@frozen
class _PartPages:
    """The part of the page of a subject that shows what a list has about it."""

    part: str
    query: ListQuery[Any]

    def show(self, call: Call, form: Form) -> Shown:
        """Show the first rows, newest first where the list has that order."""
        cases, pages = cases_of(self.query), ListPages(self.query)
        newest = next((one.name for one in self.query.orders if one.down), "")
        asked = cases.asking(subject=form["subject_id"], page=PageRequest(order=newest))
        found = ask(call, cases.list, asked)
        rows = [pages.row(call, one, names_of(found)) for one in found.items]
        return _fragment(self.part, pages.titles, rows)


def _doubted(at: str) -> str:
    """Give what the field is called that a check was about."""
    known = _WHOLE.get(at.rpartition(".")[2])
    return known.title if known else at


def _fragment(part: str, columns: Sequence[str], rows: Sequence[Any]) -> Shown:
    values = {"title": _TITLES[part], "columns": columns, "rows": rows}
    return Shown(template="subject_part.html", values=values)


def _permission_of(part: str) -> str:
    match part:
        case "grades":
            return show_grades.permission
        case "risks":
            return list_risks.permission
        case "approvals":
            return register_cases(APPROVAL_FILES).name(RegisterVerb.LIST)
        case "next":
            return cases_of(VISITS).list.permission
        case "findings":
            return cases_of(VISITS).view.permission
        case _:
            return cases_of(ABOUT[part]).list.permission


def _by_title(nodes: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Let the nodes of a tree be named by what they are called: addresses hold no ids."""
    return [{**one, "id": one["title"], "nodes": _by_title(one["nodes"])} for one in nodes]


def _value_field(one: Described, *, asked: bool = False) -> Field:
    """Give the field of a form for one of a category's; a flag may also be left open."""
    made = form_field(one, new=True)
    if one.type is FieldType.FLAG:
        made = evolve(made, kind=Kind.CHOICE, choices=FLAGS)
    return evolve(made, required=False) if asked else made


def _values_in(fields: Sequence[Field], form: Form) -> dict[str, Any]:
    """Read what is filled in of a category's form, by key. Raises ``FormInvalid``."""
    said = read(fields, form)
    filled = {
        one.name: {YES: True, NO: False}[str(said[one.name])]
        if one.choices is FLAGS
        else said[one.name]
        for one in fields
        if said[one.name] not in {"", None}
    }
    return extras_in(filled)


def _filled(field: Field, value: Any) -> str:
    if value in {None, ""}:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if field.kind is Kind.CHOICE and field.choices is FLAGS:
        return {"是": YES, "否": NO}.get(value, "")
    if isinstance(value, tuple):
        return "\n".join(value)
    return str(value)
