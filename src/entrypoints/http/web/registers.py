"""The pages of every register, made of its one description."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final
from urllib.parse import urlencode

import attrs
from attrs import evolve, frozen

from entrypoints.http.api.registers import base_of
from entrypoints.http.errors import FormInvalid
from entrypoints.http.routes import Access, Call
from entrypoints.http.web.attached import KEPT, NAMES, links_of, staged
from entrypoints.http.web.jobs import ORDER_NAME, WORKBOOK, start, table_asked, workbook_taken
from entrypoints.http.web.kept import EVERYTHING, Kept, columns_wanted, opened
from entrypoints.http.web.pages import (
    AUDIT,
    HOME,
    Form,
    Page,
    Shown,
    Trail,
    ask,
    carry_out,
    gone_on,
)
from entrypoints.http.web.reading import FLAGS, KINDS, NO, YES, Field, Kind, read
from entrypoints.http.web.register_panels import panel_pages, panels_of
from entrypoints.http.web.returning import going_on
from entrypoints.http.web.several import MOST_SHOWN, asked_in, chosen, searched, ticked
from entrypoints.jobs import batch_order
from entrypoints.kept_lists import CHANGED_AT, ENABLED, POSITION
from entrypoints.registered import lists, registers, title_of
from entrypoints.searching import offered, shown_by_name
from supervision_core.identity.services import Question
from supervision_core.identity.services.auditing import search_log
from supervision_core.identity.services.histories import ShowHistory
from supervision_core.identity.services.lists import cases_of as list_cases
from supervision_core.identity.services.registers import (
    EntriesNamed,
    EntryNamed,
    RegisterCases,
    RelateEntries,
    ShowTree,
    SwitchEntries,
    SwitchEntry,
    cases_of,
)
from supervision_core.jobs.model import JobKind
from supervision_core.kernel.days import GUANGXI, minute_text
from supervision_core.kernel.errors import NotFound, Violation, refuse_if
from supervision_core.kernel.paging import FIRST_PAGE, PageRequest, every_page
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.kernel.registers import (
    ORIGIN,
    Ask,
    FieldType,
    Reference,
    Register,
    RegisterVerb,
    Search,
    called,
    is_blank,
    parts_of,
    written,
)
from supervision_core.kernel.registers import Field as Described
from supervision_core.kernel.registers.tables import cell_of

V = RegisterVerb
_DONE: Final = {"yes": True, "no": False}
_STATES: Final = {YES: "启用", NO: "停用"}
_POSITION: Final = Field(name="position", title="排序号", kind=Kind.NUMBER, hint="不填则排在最后")
_BATCH: Final = {
    "delete": (V.DELETE_SEVERAL, "删除", "danger"),
    "enable": (V.SWITCH_SEVERAL, "启用", ""),
    "disable": (V.SWITCH_SEVERAL, "停用", ""),
    "relate": (V.RELATE, "关联", ""),
    "export": (V.EXPORT, "导出", ""),
    "reuse": (V.REUSE, "复用", ""),
}
_WHOLE: Final = "whole"
"""The entry of which a new one is a part: by its id, in the address and in the form."""
_OTHERS: Final = "others"
_MOST_BESIDE: Final = 200
"""Entries of another register that stand beside a list."""
_BEGINNING: Final = 60
"""Characters of a long text that a list shows."""
_NOTHING: Final = "0"
"""An id that nothing has."""


def form_field(one: Described, *, new: bool) -> Field:
    """Give the field of a form for a field of a register."""
    many = one.type is FieldType.LINKS
    named = "填写名称或代码" + ("，每行一个" if many else "") if one.to else ""
    hint = "；".join(filter(None, (named, one.hint)))
    return Field(
        name=one.name, title=one.title,
        kind=Kind.TEXT if one.places else KINDS.get(one.type, Kind.TEXT),
        required=one.required, most=None if one.to else one.max_length, hint=hint,
        choices=one.codes, offers=one.to or one.offers, fixed=one.number is not None and not new,
    )  # fmt: skip


@frozen
class RegisterPages:
    """The pages of one register."""

    register: Register[Any]

    @property
    def cases(self) -> RegisterCases[Any]:
        """Give its use cases and questions."""
        return cases_of(self.register)

    @property
    def base(self) -> str:
        """Give the address of its list."""
        return f"{HOME}/{self.register.context}/{self.register.plural}"

    def allows(self, call: Call, verb: RegisterVerb) -> bool:
        """Tell whether who asks holds the permission of a verb that the register has."""
        case = self.cases.of(verb)
        return case is not None and call.who.may(case.permission)

    def pages(self) -> Iterable[Page]:
        """Give the pages of its verbs."""
        base, one = self.base, f"{self.base}/{{entry_id}}"
        name = f"page_{self.register.name.replace('.', '_')}"

        def page(method: str, path: str, end: str, verb: RegisterVerb, **more: Any) -> Page:
            access = self.cases.all[verb].permission
            return Page(method=method, path=path, name=f"{name}_{end}", access=access, **more)

        has = self.register.verbs
        if V.LIST in has:
            place = (self.register.menu, self.register.title) if not self.register.within else ()
            yield page("GET", base, "list", V.LIST, run=self.show_all,
                       again=self.show_everything, menu=place, icon="ti-table")  # fmt: skip
        if V.ADD in has:
            yield page("GET", f"{base}/add", "adding", V.ADD, run=self.adding)
            yield page("POST", f"{base}/add", "add", V.ADD, run=self.add, again=self.adding,
                       uploads=self._uploads)  # fmt: skip
        if V.IMPORT in has:
            yield page("GET", f"{base}/import", "importing", V.IMPORT, run=self.importing)
            yield page("POST", f"{base}/import", "import", V.IMPORT, run=self.take_in,
                       again=self.importing, file=WORKBOOK.name)  # fmt: skip
        if {V.DELETE_SEVERAL, V.SWITCH_SEVERAL, V.REUSE} & has:
            yield Page(method="POST", path=f"{base}/several", name=f"{name}_several",
                       access=Access.LOGGED_IN, run=self.several)  # fmt: skip
        if V.VIEW in has:
            yield page("GET", one, "view", V.VIEW, run=self.view)
            yield page("GET", f"{one}/history", "history", V.VIEW, run=self.history)
        if V.CHANGE in has:
            yield page("GET", f"{one}/change", "changing", V.CHANGE, run=self.changing)
            yield page("POST", f"{one}/change", "change", V.CHANGE, run=self.change,
                       again=self.changing_again, uploads=self._uploads)  # fmt: skip
            yield from panel_pages(self.cases, base)
        if V.DELETE in has:
            yield page("GET", f"{one}/delete", "deleting", V.DELETE, run=self.deleting)
            yield page("POST", f"{one}/delete", "delete", V.DELETE, run=self.delete)
        if V.SWITCH in has:
            yield page("GET", f"{one}/switch", "switching", V.SWITCH, run=self.switching)
            yield page("POST", f"{one}/switch", "switch", V.SWITCH, run=self.switch)

    @property
    def _uploads(self) -> bool:
        return bool(self.register.attached)

    def show_everything(self, call: Call, form: Form) -> Shown:
        """Show the list without a view, and why the view cannot be shown."""
        del form
        return self.show_all(call, {"view": EVERYTHING})

    def show_all(self, call: Call, form: Form) -> Shown:
        """Show the list: tree, search, actions, rows."""
        register = self.register
        seen = Kept.of(call, register.name, form)
        form = seen.form
        fields = self._searched()
        asked = {one.name: form.get(one.name, "") for one in fields}
        about = self._asked(call, fields, form, seen.size)
        found: Any = ask(call, self.cases.question(V.LIST), about)
        of = form.get("of", "")
        titles = [one.title for one in register.columns]
        acts = {V.VIEW, V.CHANGE, V.SWITCH, V.DELETE} & register.verbs
        switched = V.SWITCH in register.verbs
        current = form.get("parent", "") if register.branch is not None else ""
        kept = {"parent": current, "of": of}
        beside = {"current": of, "param": "of"} if register.gathered else {
            "current": current, "param": "parent"}  # fmt: skip
        shown = seen.arranged(
            [
                *(one.name for one in register.columns), POSITION, CHANGED_AT,
                *([ENABLED] if switched else []),
            ],
            [
                *titles, "排序号", "最后维护时间",
                *(["状态"] if switched else []), *(["操作"] if acts else []),
            ],
            [self._row(call, one, switched=switched) for one in found.items],
        )  # fmt: skip
        values = {
            **seen.values({**asked, "parent": current}),
            **shown,
            "title": register.title,
            "base": self.base,
            "nodes": self.nodes(call),
            **beside,
            "search": fields,
            "asked": asked,
            "keep": kept,
            "of": self._named_by(call, of)[0] if of else "",
            "query": {
                name: text for name, text in {**asked, **kept, **seen.kept()}.items() if text
            },
            "next_cursor": found.next_cursor,
            "where": Trail.of(form).where(len(found.items), seen.size),
            "links": self._links(call, form, seen, about),
            "batch": self._batch(call),
            "every": searched({**asked, **kept})
            if found.next_cursor or form.get("cursor") else None,
        }  # fmt: skip
        return Shown(template="register_list.html", values=values)

    def _searched(self) -> list[Field]:
        found: list[Field] = []
        for one in self.register.searched:
            if one == self.register.branch:
                continue
            field = evolve(form_field(one, new=True), required=False, hint="", most=None)
            match one.search:
                case Search.RANGE:
                    kind = Kind.NUMBER if one.type is FieldType.INTEGER else Kind.DAY
                    for end, word in (("from", "起"), ("to", "止")):
                        name, title = f"{one.name}_{end}", f"{one.title}（{word}）"
                        found.append(evolve(field, name=name, title=title, kind=kind))
                case Search.EXACT if one.type is FieldType.FLAG:
                    found.append(evolve(field, kind=Kind.CHOICE, choices=FLAGS))
                case Search.EXACT if one.codes:
                    found.append(evolve(field, kind=Kind.CHOICE))
                case _:
                    found.append(evolve(field, kind=Kind.TEXT))
        if V.SWITCH in self.register.verbs:
            found.append(Field(name="enabled", title="状态", kind=Kind.CHOICE, choices=_STATES))
        return found

    def _asked(
        self, call: Call, fields: Sequence[Field], form: Form, size: int = FIRST_PAGE.size
    ) -> Any:
        page = PageRequest(cursor=form.get("cursor") or None, size=size)
        said = read(fields, form)
        values: dict[str, Any] = {}
        for name, value in said.items():
            if value in {None, ""}:
                continue
            one = self.register.by_name.get(name)
            if name == "enabled" or (one is not None and one.type is FieldType.FLAG):
                values[name] = _DONE[str(value)]
            elif one is not None and one.to is not None:
                values[name] = found_by_name(call, one, str(value))
            elif name.endswith(("_from", "_to")) and isinstance(value, str):
                values[name] = self._bound(name, date.fromisoformat(value))
            else:
                values[name] = value
        if self.register.branch is not None and form.get("parent"):
            values[self.register.branch.name] = (form["parent"],)
        if form.get("of"):
            values["ids"] = self._named_by(call, form["of"])[1] or (_NOTHING,)
        return self.cases.asking(**values, page=page)

    def _named_by(self, call: Call, of: str) -> tuple[str, tuple[str, ...]]:
        """Give what an entry of another register is called, and which of these entries it names.

        Raises ``NotFound`` for one that is out of reach.
        """
        name, _, id_ = of.partition("/")
        other = registers().get(name)
        if other is None:
            raise NotFound(self.register.kind, of)
        found: Any = ask(call, cases_of(other).question(V.VIEW), EntryNamed(id=id_))
        named = (
            each
            for one, ids in other.references(found.content)
            if one.to == self.register.name
            for each in ids
        )
        return str(getattr(found.content, other.label.name)), tuple(named)

    def _bound(self, name: str, day: date) -> date | datetime:
        whole, _, end = name.rpartition("_")
        if self.register.by_name[whole].type is FieldType.DAY:
            return day
        return datetime.combine(day, time.min if end == "from" else time.max, GUANGXI)

    def nodes(self, call: Call) -> list[dict[str, Any]] | None:
        """Give the tree, ``None`` where there is none."""
        if self.register.side:
            return self._beside(call, str(self.register.by_name[self.register.side].to))
        if self.register.gathered:
            found = self._beside(call, self.register.gathered)
            return [{**one, "id": f"{self.register.gathered}/{one['id']}"} for one in found]
        if self.register.parent is None:
            return None
        made: dict[str, dict[str, Any]] = {
            one.id: {"id": one.id, "title": one.name, "nodes": [], "above": one.parent}
            for one in ask(call, self.cases.tree, ShowTree())
        }
        tops: list[dict[str, Any]] = []
        for one in made.values():
            above = made.get(one["above"])
            (tops if above is None else above["nodes"]).append(one)
        return tops

    def _beside(self, call: Call, name: str) -> list[dict[str, Any]]:
        """Give the entries of another register by which those of the list are sorted."""
        other = registers()[name]
        if not RegisterPages(other).allows(call, V.LIST):
            return []
        cases = cases_of(other)
        about = cases.asking(page=PageRequest(size=_MOST_BESIDE))
        found: Any = ask(call, cases.question(V.LIST), about)
        return [
            {"id": one.id, "title": getattr(one.content, other.label.name), "nodes": []}
            for one in found.items
        ]

    def _links(self, call: Call, form: Form, seen: Kept, about: Any) -> Sequence[Mapping[str, Any]]:
        parent = f"?parent={form['parent']}" if form.get("parent") else ""
        links = (
            (V.ADD, {"path": f"{self.base}/add{parent}", "title": f"新增{self.register.title}",
                     "icon": "ti-plus", "kind": "main", "drawer": True}),
            (V.IMPORT, {"path": f"{self.base}/import", "title": "导入", "icon": "ti-upload"}),
        )  # fmt: skip
        chosen = columns_wanted(call, self.register.name)
        exports = seen.exports(self._table(about, chosen), self._table(about, ()))
        parts = (
            {"path": one.base, "title": one.register.title, "icon": "ti-table"}
            for one in self._parts(call)
        )
        given = exports if self.allows(call, V.EXPORT) else ()
        return [*(link for verb, link in links if self.allows(call, verb)), *given, *parts]

    def _parts(self, call: Call) -> Iterator["RegisterPages"]:
        """Give the registers of the parts of entries that the asker may list."""
        for one in registers().values():
            pages = RegisterPages(one)
            if one.within is self.register and pages.allows(call, V.LIST):
                yield pages

    def _table(self, about: Any, columns: Sequence[str]) -> str:
        """Give where the entries that a list is asked for lie as a workbook of these columns."""
        said: dict[str, Any] = {"columns": columns} if columns else {}
        for one in attrs.fields(type(about)):
            value = to_plain(getattr(about, one.name)) if one.name != "page" else None
            if value not in (None, "", [], ()):
                said[one.name] = str(value).lower() if isinstance(value, bool) else value
        path = f"{base_of(self.register)}/table"
        return f"{path}?{urlencode(said, doseq=True)}" if said else path

    def _batch(self, call: Call) -> Sequence[Mapping[str, str]]:
        return [
            {"value": act, "title": self._batched(act), "kind": kind}
            for act, (verb, _, kind) in _BATCH.items()
            if self.allows(call, verb)
        ]

    def _batched(self, act: str) -> str:
        label = _BATCH[act][1]
        if act == "relate":
            field = self.register.by_name[self.register.related]
            label += field.title.removeprefix(label)
        return f"批量{label}"

    def _row(self, call: Call, view: Any, *, switched: bool) -> Mapping[str, Any]:
        title = str(getattr(view.content, self.register.label.name))
        cells: list[Any] = [self._shown(one, view) for one in self.register.columns]
        cells += [str(view.position), minute_text(view.changed_at)]
        if switched:
            state = {"text": "启用", "colour": "green"} if view.enabled else {
                "text": "停用", "colour": "grey"}  # fmt: skip
            cells.append(state)
        actions = [{**one, "about": title} for one in self._actions(call, view)]
        return {"id": view.id, "title": title, "cells": cells, "actions": actions}

    def beside(
        self, names: Iterable[str], views: Iterable[Any]
    ) -> tuple[list[str], list[Mapping[str, Any]]]:
        """Give titles and rows of entries by some of their fields, on the page of another thing."""
        columns = [self.register.by_name[one] for one in names]

        def row(view: Any) -> Mapping[str, Any]:
            title = str(getattr(view.content, self.register.label.name))
            opened = {"text": title, "path": f"{self.base}/{view.id}", "drawer": True}
            cells = [
                opened if one == self.register.label else self._shown(one, view) for one in columns
            ]
            return {"id": view.id, "title": title, "cells": cells}

        return [one.title for one in columns], [row(one) for one in views]

    def _actions(self, call: Call, view: Any) -> list[dict[str, Any]]:
        here = f"{self.base}/{view.id}"
        owners = frozenset({view.department} - {""})
        mine = not view.synchronised and call.who.scope.covers(
            region=view.region, departments=owners
        )
        said = (
            (V.VIEW, "查看", here, True),
            (V.CHANGE, "修改", f"{here}/change", mine),
            (V.SWITCH, "停用" if view.enabled else "启用", f"{here}/switch", mine),
            (V.DELETE, "删除", f"{here}/delete", mine),
        )
        panels = [
            {"path": f"{here}/{one.name}", "title": one.title}
            for one in panels_of(self.cases)
            if mine and self.allows(call, V.CHANGE)
        ]
        return [
            {"path": path, "title": title, "drawer": True}
            for verb, title, path, can in said
            if can and self.allows(call, verb)
        ] + panels

    def _shown(self, one: Described, view: Any) -> Any:
        """Give a cell of the list; what comes from above bears a tag."""
        text = self._cell(one, view)
        if one == ORIGIN.field:
            return {"text": text, "colour": "blue" if view.synchronised else "grey"}
        if one.type is FieldType.LONG_TEXT and len(text) > _BEGINNING:
            return f"{text[:_BEGINNING]}……"
        return text

    def _files(self, one: Described, view: Any) -> Mapping[str, str]:
        """Give what the files of a field are called, by their ids."""
        names = {each.id: each.name for each in view.names}
        return {each: names.get(each, each) for each in getattr(view.content, one.name)}

    def _cell(self, one: Described, view: Any) -> Any:
        if one in self.register.attached:
            return links_of(self.register.noun, view.id, self._files(one, view))
        holder = view.content if hasattr(view.content, one.name) else view
        names = {each.id: each.name for each in view.names}
        found = cell_of(one, getattr(holder, one.name), names)
        return "" if found is None else str(found)

    def _fields(self, *, new: bool, whole: str = "") -> tuple[Field, ...]:
        fixed = self.register.whole if whole or not new else None
        fields = (
            evolve(form_field(one, new=new), fixed=True)
            if one is fixed
            else form_field(one, new=new)
            for one in self.register.fields
            if not (new and (one.later or one.number is not None))
        )
        return (*fields, _POSITION)

    def adding(self, call: Call, form: Form) -> Shown:
        """Show the form for a new entry."""
        values = {**self._defaults(), **self._resent(form)}
        parent = self.register.branch
        if parent is not None and form.get("parent") and call.key is None:
            values[parent.name] = text_of(call, str(parent.to), form["parent"])
        whole = self.register.whole
        if whole is not None and form.get(_WHOLE):
            values[whole.name] = text_of(call, str(whole.to), form[_WHOLE])
        return self._form(f"新增{self.register.title}", values, f"{self.base}/add", new=True)

    def _defaults(self) -> dict[str, str]:
        """Give what a new entry says where nobody says otherwise."""
        texts = (one for one in attrs.fields(self.register.content) if isinstance(one.default, str))
        return {one.name: str(one.default) for one in texts if one.default}

    def _resent(self, form: Form) -> dict[str, str]:
        """Give what was filled in as a form shows it: ticks as the values they stand for."""
        ticked = {
            one.name: "\n".join(code for code in one.codes if f"{one.name}-{code}" in form)
            for one in self.register.fields
            if one.type is FieldType.CHOICES
        }
        return {**{name: text for name, text in ticked.items() if text}, **form}

    def _form(self, title: str, values: Form, action: str, *, new: bool) -> Shown:
        whole = values.get(_WHOLE, "")
        shown = {
            "title": title, "fields": self._fields(new=new, whole=whole), "values": values,
            "action": action, "version": values.get("version", ""),
            "back": self._whole_page(whole) or self.base, "again": new,
            "kept": {_WHOLE: whole} if whole else {}, "files": self._uploads,
        }  # fmt: skip
        return Shown(template="register_form.html", values=shown)

    def _whole_page(self, id: str) -> str:
        """Give where the entry is shown of which one is a part, empty without."""
        within = self.register.within
        return f"{RegisterPages(within).base}/{id}" if within is not None and id else ""

    def _content(self, call: Call, form: Form, *, new: bool) -> tuple[Any, int | None]:
        """Read what was filled in; names become ids. Raises ``FormInvalid`` with every fault."""
        fields = self._fields(new=new)
        whole = form.get(_WHOLE, "") if new else self._whole_of(call, form)
        plain = read([one for one in fields if one.kind is not Kind.CHOICES], form)
        faults: list[Violation] = []
        for one in self.register.fields:
            if one.type is FieldType.CHOICES:
                plain[one.name] = [code for code in one.codes if f"{one.name}-{code}" in form]
            elif one in self.register.attached:
                plain[one.name] = staged(call, one, form, faults)
            elif whole and one is self.register.whole:
                plain[one.name] = whole
            elif one.to is not None:
                plain[one.name] = ids_of(call, one, plain[one.name], faults)
            elif one.number is not None and new:
                plain[one.name] = ""
        refuse_if(FormInvalid, faults)
        position = plain.pop("position")
        content = from_plain(self.register.content, plain)
        return content, position if isinstance(position, int) else None

    def add(self, call: Call, form: Form) -> Shown:
        """Add an entry; then the list, or the next new one."""
        content, position = self._content(call, form, new=True)
        command = self.cases.adding(content=content, position=position)
        carry_out(call, self.cases.all[V.ADD], command, changes=None)
        whole = form.get(_WHOLE, "")
        if form.get("then") == "new":
            return gone_on(f"{self.base}/add", "added", **({_WHOLE: whole} if whole else {}))
        return gone_on(self._whole_page(whole) or self.base, "added")

    def _whole_of(self, call: Call, form: Form) -> str:
        """Give the id of the entry of which one is a part, empty outside of other registers."""
        whole = self.register.whole
        return "" if whole is None else getattr(self._view(call, form).content, whole.name)

    def _view(self, call: Call, form: Form) -> Any:
        return ask(call, self.cases.question(V.VIEW), EntryNamed(id=form["entry_id"]))

    def view(self, call: Call, form: Form) -> Shown:
        """Show an entry with all it says."""
        found = self._view(call, form)
        opened(call, self.register.name, found.id)
        fields = (*self.register.fields, *(one.field for one in self.register.derived))
        said: list[tuple[str, Any]] = [(one.title, self._cell(one, found)) for one in fields]
        said.append(("排序号", str(found.position)))
        if V.SWITCH in self.register.verbs:
            said.append(("状态", "启用" if found.enabled else "停用"))
        said.append(("最后维护时间", minute_text(found.changed_at)))
        parts = list(self._parts(call))
        values = {
            "title": str(getattr(found.content, self.register.label.name)),
            "said": said,
            "uses": [
                {"title": title_of(one.register), "count": one.count}
                for one in found.used
                if one.register not in {each.register.name for each in parts}
            ],
            "links": [
                *self._actions(call, found)[1:],
                *self._verbs(call, found),
                *self._others(call, found),
                *history_links(call, f"{self.base}/{found.id}", self.register.name, found.id),
                {"path": self.base, "title": "返回列表"},
            ],
            "parts": [one.part(call, found.id) for one in parts],
        }
        return Shown(template="register_view.html", values=values)

    def history(self, call: Call, form: Form) -> Shown:
        """Show what was done to an entry."""
        path = f"{self.base}/{form['entry_id']}"
        return history_page(call, self.cases.history, form["entry_id"], path, form)

    def part(self, call: Call, whole: str) -> Mapping[str, Any]:
        """Give the entries that are parts of one of another register, as its page shows them."""
        field = self.register.whole
        if field is None:
            raise TypeError(self.register.name)
        asked = self.cases.asking(**{field.name: (whole,)})
        found: Any = ask(call, self.cases.question(V.LIST), asked)
        columns = [one for one in self.register.columns if one is not field]
        path = f"{self.base}/add?{_WHOLE}={whole}"
        add = {"path": path, "title": f"新增{self.register.title}", "drawer": True}
        return {
            "title": self.register.title,
            "columns": [*(one.title for one in columns), "操作"],
            "rows": [
                {
                    "cells": [self._cell(one, each) for one in columns],
                    "actions": [{**act, "about": ""} for act in self._actions(call, each)],
                }
                for each in found.items
            ],
            "links": [add] if self.allows(call, V.ADD) else [],
        }  # fmt: skip

    def _verbs(self, call: Call, found: Any) -> Iterable[Mapping[str, Any]]:
        """Give what else is done with an entry: the commands that name one of its kind."""
        from entrypoints.http.web.verbs import forms_about  # noqa: PLC0415 - it builds on this

        parameter = f"{self.register.noun}_id"
        for one in forms_about(parameter):
            if call.who.may(one.case.permission):
                query = urlencode({parameter: found.id})
                yield {"path": f"{one.path}?{query}", "title": one.case.title, "drawer": True}

    def _others(self, call: Call, found: Any) -> Iterable[Mapping[str, Any]]:
        """Give the lists of what an entry names, and of what names it."""
        for one in self.register.fields:
            if one.type is FieldType.LINKS and one.to in registers():
                pages = RegisterPages(registers()[str(one.to)])
                if getattr(found.content, one.name) and pages.allows(call, V.LIST):
                    query = urlencode({"of": f"{self.register.name}/{found.id}"})
                    yield {"path": f"{pages.base}?{query}", "title": f"查看{one.title}"}
        code = str(getattr(found.content, "code", "")) or str(
            getattr(found.content, self.register.label.name)
        )
        yield from self._naming(call, code)
        for listed in lists().values():
            names = (one.field for one in listed.criteria)
            name = next((one for one in names if listed.by_name[one].to == self.register.name), "")
            if name and call.who.may(list_cases(listed).list.permission):
                query = urlencode({name: code})
                path = f"{HOME}/{listed.context}/{listed.plural}?{query}"
                yield {"path": path, "title": f"查看{listed.title}"}

    def _naming(self, call: Call, code: str) -> Iterable[Mapping[str, Any]]:
        """Give what leads to entries of other registers that name it; its parts stand with it."""
        for other in registers().values():
            ours = (each for each in other.fields if each.to == self.register.name)
            link = next(ours, None)
            if link is None or link.type is not FieldType.LINK or link.parent:
                continue
            if other.within == self.register:
                continue
            pages, query = RegisterPages(other), urlencode({link.name: code})
            if pages.allows(call, V.LIST) and link != other.branch:
                yield {"path": f"{pages.base}?{query}", "title": f"查看{other.title}"}
            if pages.allows(call, V.ADD):
                yield {"path": f"{pages.base}/add?{query}", "title": f"新增{other.title}",
                       "drawer": True}  # fmt: skip

    def changing(self, call: Call, form: Form) -> Shown:
        """Show the form to change an entry."""
        found = self._view(call, form)
        names = {one.id: one.name for one in found.names}
        values = {one.name: filled_text(one, getattr(found.content, one.name), names)
                  for one in self.register.fields}  # fmt: skip
        for one in self.register.attached:
            files = self._files(one, found)
            values[f"{one.name}{KEPT}"] = " ".join(files)
            values[f"{one.name}{NAMES}"] = "\n".join(files.values())
        filled = {**values, "position": str(found.position), "version": str(found.version)}
        return self.changing_again(call, {**form, **filled})

    def changing_again(self, call: Call, form: Form) -> Shown:
        """Show the form as it was filled in."""
        del call
        here = f"{self.base}/{form['entry_id']}"
        title = f"修改{self.register.title}"
        return self._form(title, self._resent(form), f"{here}/change", new=False)

    def change(self, call: Call, form: Form) -> Shown:
        """Change an entry."""
        content, position = self._content(call, form, new=False)
        command = self.cases.changing(id=form["entry_id"], content=content, position=position)
        carry_out(
            call, self.cases.all[V.CHANGE], command, changes=(self.register.kind, form["entry_id"])
        )
        return gone_on(self.base, "changed")

    def _confirm(self, title: str, says: str, version: int, action: str) -> Shown:
        values = {
            "title": title, "label": f"确认{title[:2]}", "says": says, "kept": {},
            "version": version, "action": action, "back": self.base,
        }  # fmt: skip
        return Shown(template="confirm.html", values=values)

    def deleting(self, call: Call, form: Form) -> Shown:
        """Ask whether an entry shall be deleted, and say what it hits."""
        found = self._view(call, form)
        uses = "；".join(f"{title_of(one.register)}{one.count}条" for one in found.used)
        follows = "需先改用其他才能删除" if self.register.keeps_used else "这些引用仍然保留"
        hit = f"正在被引用：{uses}，{follows}。" if uses else "没有其他记录引用它。"
        name = getattr(found.content, self.register.label.name)
        says = f"将删除“{name}”，删除后不再出现在列表中。{hit}"
        return self._confirm(
            f"删除{self.register.title}", says, found.version, f"{self.base}/{found.id}/delete"
        )

    def delete(self, call: Call, form: Form) -> Shown:
        """Delete an entry."""
        command, changed = EntryNamed(id=form["entry_id"]), (self.register.kind, form["entry_id"])
        carry_out(call, self.cases.all[V.DELETE], command, changes=changed)
        return gone_on(self.base, "deleted")

    def switching(self, call: Call, form: Form) -> Shown:
        """Ask whether an entry shall be in use, or no more."""
        found = self._view(call, form)
        verb = "停用" if found.enabled else "启用"
        follows = "停用后不能再选用，已有的引用不变。" if found.enabled else "启用后可以选用。"
        name = getattr(found.content, self.register.label.name)
        says = f"将{verb}“{name}”。{follows}"
        action = f"{self.base}/{found.id}/switch"
        return self._confirm(f"{verb}{self.register.title}", says, found.version, action)

    def switch(self, call: Call, form: Form) -> Shown:
        """Let an entry be chosen, or no more: what it is not now."""
        found = self._view(call, form)
        command = SwitchEntry(id=found.id, enabled=not found.enabled)
        carry_out(call, self.cases.all[V.SWITCH], command, changes=(self.register.kind, found.id))
        return gone_on(self.base, "changed")

    def several(self, call: Call, form: Form) -> Shown:
        """Ask whether the ticked entries shall be deleted or switched; then do it, and tell each.

        Raises ``FormInvalid`` where none is ticked.
        """
        act = form.get("act", "")
        verb, label, _ = _BATCH.get(act, _BATCH["disable"])
        if verb is V.EXPORT:
            return self._given_out(call, form)
        meant = chosen(call, form, lambda asked: self._found(call, asked))
        ids = meant.ids
        words = self._batched(act) if verb is V.RELATE else f"批量{label}"
        values: dict[str, Any] = {
            "title": f"{words}{self.register.title}" if verb is not V.RELATE else words,
            "label": words, "fields": self._batch_fields(verb), "values": form,
            "act": form.get("act", ""), "action": f"{self.base}/several", "back": self.base,
            "results": None, "meant": meant, "names": [],
        }  # fmt: skip
        if form.get("confirmed") != YES or meant.before:
            question, label_of = self.cases.question(V.VIEW), self.register.label.name
            shown: list[Any] = [ask(call, question, EntryNamed(id=one)) for one in ids[:MOST_SHOWN]]
            values["names"] = [getattr(one.content, label_of) for one in shown]
            return Shown(template="register_several.html", values=values)
        command: Any = EntriesNamed(ids=ids)
        if verb is V.RELATE:
            faults: list[Violation] = []
            field = evolve(self.register.by_name[self.register.related], name=_OTHERS)
            said = read(self._batch_fields(verb), form)
            others = ids_of(call, field, said[_OTHERS], faults)
            refuse_if(FormInvalid, faults)
            command = RelateEntries(ids=ids, others=others)
        if verb is V.SWITCH_SEVERAL:
            command = SwitchEntries(ids=ids, enabled=form.get("act") == "enable")
        case = self.cases.all[verb]
        if meant.large:
            order = batch_order(evolve(command, ids=ids[:1]), ids)
            return start(call, JobKind.BATCH, case, order, ORDER_NAME, f"{len(ids)}条")
        results = carry_out(call, case, command, changes=None)
        values["results"] = [told_outcome(call, one) for one in results]
        return Shown(template="register_several.html", values=values)

    def _given_out(self, call: Call, form: Form) -> Shown:
        """Give out what is ticked, or all that is searched, as the list shows it."""
        asked = asked_in(form)
        about = (
            self.cases.asking(ids=ticked(form)) if asked is None
            else self._asked(call, self._searched(), asked)
        )  # fmt: skip
        return going_on(self._table(about, columns_wanted(call, self.register.name)))

    def _found(self, call: Call, asked: Form) -> Iterator[str]:
        about = self._asked(call, self._searched(), asked)
        question = self.cases.question(V.LIST)
        pages: Any = every_page(lambda page: ask(call, question, evolve(about, page=page)))
        return (one.id for page in pages for one in page.items)

    def _batch_fields(self, verb: RegisterVerb) -> tuple[Field, ...]:
        """Give what is asked for several entries at once."""
        if verb is not V.RELATE:
            return ()
        field = form_field(self.register.by_name[self.register.related], new=True)
        return (evolve(field, name=_OTHERS, required=True),)

    def importing(self, _call: Call, _form: Form) -> Shown:
        """Ask for a workbook."""
        template = f"{base_of(self.register)}/table_template"
        return table_asked(self.register.title, self.base, template)

    def take_in(self, call: Call, form: Form) -> Shown:
        """Take a workbook in and tell what became of each row."""
        return workbook_taken(call, self.cases.all[V.IMPORT], self.importing(call, form))


def history_links(call: Call, path: str, kind: str, id: str) -> Iterator[Mapping[str, Any]]:
    """Give the links to the history of a thing that is shown at ``path``.

    Whoever looks into the log is led there too.
    """
    yield {"path": f"{path}/history", "title": "操作记录", "icon": "ti-history", "drawer": True}
    if call.who.may(search_log.permission):
        told = urlencode({"kind": kind, "thing": id})
        yield {"path": f"{AUDIT}?{told}", "title": "审计日志", "icon": "ti-history"}


def history_page(
    call: Call, question: Question[ShowHistory, Any], id: str, path: str, form: Form
) -> Shown:
    """Show what was done to a thing that is shown at ``path``."""
    page = PageRequest(cursor=form.get("cursor") or None)
    found = ask(call, question, ShowHistory(id=id, page=page))
    values = {
        "title": "操作记录", "base": f"{path}/history", "query": {},
        "columns": ["时间", "操作", "操作人", "所在机构"],
        "rows": [
            {"cells": [minute_text(one.at), one.act, one.by or "系统", one.department]}
            for one in found.items
        ],
        "next_cursor": found.next_cursor, "links": [{"path": path, "title": "返回"}],
    }  # fmt: skip
    return Shown(template="history.html", values=values)


_OUT_OF_REACH: Final = "不在您的管理范围内，或已不存在"


def told_outcome(call: Call, one: Any) -> Mapping[str, Any]:
    """Give what became of one of several, its reasons in words."""
    plain = one if isinstance(one, Mapping) else {
        "id": one.id, "name": one.name, "done": one.done, "reasons": one.reasons}  # fmt: skip
    messages = call.platform.messages
    why = "；".join(
        _OUT_OF_REACH
        if each["code"] == NotFound.code
        else messages.explain(Violation(each["code"], each["at"], each["data"])).reason
        for each in plain["reasons"]
    )
    return {**plain, "why": why}


def filled_text(one: Described, value: Any, names: Mapping[str, str]) -> str:
    """Give the text with which a form shows a value."""
    if is_blank(value):
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, datetime):
        return minute_text(value)
    parts = parts_of(value)
    if one.to is not None:
        parts = tuple(names.get(part, part) for part in parts)
    return "\n".join(map(str, parts))


def filled_in(call: Call, one: Described, value: Any) -> str:
    """Give the text with which a form shows a value to be changed, what it refers to by name."""
    parts = parts_of(value)
    if one.to is None or is_blank(value):
        return filled_text(one, value, {})
    with call.platform.transactions.begin_looking() as unit:
        found = unit[Ask].resolve(one.to, parts)
    return filled_text(one, value, {each: known.text for each, known in found.items()})


def text_of(call: Call, kind: str, id: str) -> str:
    """Give what people read and write for a thing of a kind, empty for what there is not."""
    with call.platform.transactions.begin_looking() as unit:
        found = unit[Ask].resolve(kind, [id]).get(id)
    return "" if found is None else found.text


def _called(call: Call, kind: str, text: str) -> Sequence[Reference]:
    with call.platform.transactions.begin_looking() as unit:
        exact = called(unit[Ask], kind, [text])[text]
    near = () if exact else offered(call.platform, call.who, kind, written(text))
    whole = [one for one in near if text.strip() in {one.name, one.text}]
    return exact or whole or (near if len(near) == 1 else ())


def one_called(call: Call, kind: str, text: str) -> str:
    """Give the id of the one thing that is called so; any other text stays as it is."""
    found = _called(call, kind, text)
    return found[0].id if len(found) == 1 else text


def name_of_one(call: Call, kind: str, id: str) -> str:
    """Give what a thing is called; an id that nothing has stays as it is."""
    return text_of(call, kind, id) or id


def found_by_name(call: Call, one: Described, text: str) -> tuple[str, ...]:
    """Give the ids of all that a search may mean; what nothing is called finds nothing.

    Figures lead to lists by ids, which no name of a person need stand for in an address.
    """
    exact = _called(call, str(one.to), text)
    if not exact and shown_by_name(call.platform, call.who, str(one.to), text) is not None:
        return (text,)
    known = exact or offered(call.platform, call.who, str(one.to), text)
    return tuple(each.id for each in known) or (_NOTHING,)


def ids_of(call: Call, one: Described, value: object, faults: list[Violation]) -> Any:
    """Give the ids of what was written by name, and note what means nothing or several things."""
    lines = value if isinstance(value, list) else [value] if value else []
    found = []
    for line in lines:
        known = _called(call, str(one.to), str(line))
        if len(known) == 1:
            found.append(known[0].id)
        else:
            code = "called_twice" if known else "not_called"
            data = {"title": one.title, "value": str(line)}
            faults.append(Violation(f"kernel.register_{code}", one.name, data))
    return found if one.many else next(iter(found), "")


def register_pages() -> tuple[Page, ...]:
    """Give the pages of every register."""
    return tuple(page for one in registers().values() for page in RegisterPages(one).pages())
