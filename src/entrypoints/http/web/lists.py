"""The pages of every list, made of its one description: rows, one aggregate, the export."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from attrs import evolve, frozen

from entrypoints.catalogue import named_by
from entrypoints.element_sets import elements_at, own_elements
from entrypoints.http.api.lists import base_of
from entrypoints.http.routes import Access, Call
from entrypoints.http.web.attached import file_path
from entrypoints.http.web.jobs import ORDER_NAME, WORKBOOK, start, table_asked, workbook_taken
from entrypoints.http.web.kept import EVERYTHING, Kept, columns_wanted, opened
from entrypoints.http.web.links import links_above, links_of_one, links_of_row
from entrypoints.http.web.pages import (
    APPEALS,
    ENT,
    HOME,
    Form,
    Page,
    Shown,
    Trail,
    ask,
    carry_out,
    is_firm,
    require,
    wrapped,
)
from entrypoints.http.web.reading import FLAGS, KINDS, NO, YES, Field, Kind, read
from entrypoints.http.web.registers import (
    found_by_name,
    history_links,
    history_page,
    told_outcome,
)
from entrypoints.http.web.returning import going_on
from entrypoints.http.web.several import MOST_SHOWN, Chosen, asked_in, chosen, searched, ticked
from entrypoints.http.web.verbs import VerbPage, form_for, form_of, forms_about
from entrypoints.jobs import batch_order, export_order
from entrypoints.list_intake import intake_of
from entrypoints.list_tables import names_of
from entrypoints.registered import lists
from entrypoints.searching import shown_by_name
from supervision_core.clues.ports import Clues
from supervision_core.identity.ports import Departments
from supervision_core.identity.services.lists import ListCases, ShowBranches, cases_of
from supervision_core.identity.services.questions import reached_departments
from supervision_core.identity.services.registers import Outcome
from supervision_core.jobs.model import JobKind
from supervision_core.jobs.services import start_job
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import NotFound, Refused
from supervision_core.kernel.listing import Act, ListQuery, asked_fields
from supervision_core.kernel.paging import PageRequest, every_page
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.registers import Field as Described
from supervision_core.kernel.registers import FieldType, described
from supervision_core.kernel.registers.elements import NO_ELEMENTS, ElementSet
from supervision_core.kernel.registers.references import written as name_or_code
from supervision_core.kernel.registers.tables import cell_of
from supervision_core.kernel.tones import Tone, Toned
from supervision_core.kernel.verbs import Allowed
from supervision_core.subjects.ports import DataChanges, Subjects
from supervision_core.tasks.ports import Rectifications, Visits

OF_FIRMS: Final[Mapping[str, str]] = {
    Rectifications.kind: f"{ENT}/orders", Visits.kind: f"{ENT}/visits",
    DataChanges.kind: f"{ENT}/data_changes", Subjects.kind: f"{ENT}/data",
    Clues.kind: APPEALS,
}  # fmt: skip
_EXPORT: Final = "export"
"""What is done with ticked rows by giving them out."""
_WHOLE: Final = "whole"
"""In an address: with all columns."""
_STATE: Final = "state"
_FILE: Final = "file"
_SEALED: Final = "sealed"
_COLOURS: Final = {Tone.GOOD: "green", Tone.WAITING: "amber", Tone.BAD: "red", Tone.OVER: "grey"}
_DUE: Final = "due_on"
_NOTHING: Final = (None, "", ())


@frozen
class Offered:
    """An act of a row that the asker may do, with its form."""

    act: Act
    page: VerbPage


@frozen
class ListPages:
    """The pages of one list."""

    query: ListQuery[Any]

    @property
    def cases(self) -> ListCases:
        """Give its questions and its export."""
        return cases_of(self.query)

    @property
    def base(self) -> str:
        """Give the address of the list."""
        return f"{HOME}/{self.query.context}/{self.query.plural}"

    def pages(self) -> Iterable[Page]:
        """Give the pages."""
        query, cases = self.query, self.cases
        one, name = f"/{{{query.noun}_id}}", f"page_{query.name.replace('.', '_')}"

        def page(method: str, path: str, end: str, access: Any, **more: Any) -> Page:
            return Page(method=method, path=f"{self.base}{path}", name=f"{name}_{end}",
                        access=access, **more)  # fmt: skip

        listed, viewed = cases.list.permission, cases.view.permission
        yield page("GET", "", "list", listed, run=self.show_all, again=self.show_everything,
                   menu=(query.menu, query.title), step=query.step, icon="ti-table",
                   unlisted_for=query.unlisted_for)  # fmt: skip
        yield page("GET", "/count", "count", listed, run=self.count)
        if query.view is not None:
            yield page("GET", one, "view", viewed, run=self.view)
        yield page("GET", f"{one}/history", "history", viewed, run=self.history)
        if intake := intake_of(query):
            access = intake.case.permission
            yield page("GET", "/import", "importing", access, run=self.importing)
            yield page("POST", "/import", "import", access, run=self.take_in,
                       again=self.importing, file=WORKBOOK.name)  # fmt: skip
        if query.exported:
            access = cases.export.permission
            yield page("GET", "/export", "exporting", access, run=self.exporting,
                       gives_out=True)  # fmt: skip
            yield page("POST", "/export", "export", access, run=self.export, again=self.exporting)
        if query.several or query.exported:
            yield page("POST", "/several", "several", Access.LOGGED_IN, run=self.acting,
                       again=self.acting_again)  # fmt: skip

    def show_everything(self, call: Call, form: Form) -> Shown:
        """Show the list without a view, and why the view cannot be shown."""
        del form
        return self.show_all(call, {"view": EVERYTHING})

    def show_all(self, call: Call, form: Form) -> Shown:
        """Show the list: search, rows in the order chosen, what they are called and lead to."""
        query = self.query
        seen = Kept.of(call, query.name, form)
        form = seen.form
        fields = self.search_fields(call, form)
        asked = {one.name: form.get(one.name, "") for one in fields}
        order = form.get("order", "")
        page = PageRequest(
            cursor=form.get("cursor") or None, order=order or query.begins, size=seen.size
        )
        found = ask(call, self.cases.list, self.asked(call, form, page))
        kept = {name: text for name, text in {**asked, "order": order}.items() if text}
        names = names_of(found)
        elements = self._elements(call, form)
        waiting: dict[str, list[Allowed]] = {}
        for each in found.waiting:
            waiting.setdefault(each.id, []).append(each.verb)
        columns = (*query.columns, *elements.fields)
        rows = [
            {
                **self.row(call, row, names, elements),
                "actions": list(self._actions(call, row, waiting.get(row.id, ()))),
            }
            for row in found.items
        ]
        acting = ["操作"] if any(one["actions"] for one in rows) else []
        shown = seen.arranged(
            [one.name for one in columns], [*(one.title for one in columns), *acting], rows
        )
        values = {
            **seen.values({**asked, "order": order}),
            **shown,
            "title": query.title,
            "base": self.base,
            "search": fields,
            "asked": {**asked, **dict(self._in_words(call, asked))},
            "order": order,
            "query": {**kept, **seen.kept()},
            "orders": self._orders(order, {**kept, **seen.kept(), "order": ""}),
            "next_cursor": found.next_cursor,
            "where": Trail.of(form).where(len(found.items), seen.size),
            "counting": _at(f"{self.base}/count", asked),
            "links": list(self._links(call, seen, kept)),
            "batch": [*self._batch(call), *self._giving(call)],
            "tree": self._tree(call, form),
            "every": searched(kept) if found.next_cursor or form.get("cursor") else None,
        }
        return Shown(template="list.html", values=values)

    def _in_words(self, call: Call, asked: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Give by name what is asked for by id, as the search shows it."""
        for one, _ in self._searched():
            if one.to is not None and (text := asked.get(one.name, "")):
                known = shown_by_name(call.platform, call.who, str(one.to), text)
                if known is not None:
                    yield one.name, known.text

    def search_fields(self, _call: Call, _form: Form) -> list[Field]:
        """Give the fields of the search."""
        return [field for _, field in self._searched()]

    def _tree(self, call: Call, form: Form) -> Mapping[str, Any] | None:
        """Give the tree beside the list, if it has one: the departments of its rows."""
        param = self.query.tree
        found = ask(call, self.cases.branches, ShowBranches()) if param else ()
        if not found:
            return None
        below: dict[str, list[dict[str, Any]]] = {}
        for one in found:
            node = {"id": one.code, "title": one.name, "nodes": below.setdefault(one.id, [])}
            below.setdefault(one.parent, []).append(node)
        current = name_or_code(form.get(param, ""))
        return {"nodes": below[""], "current": current, "param": param, "title": "部门"}

    def _elements(self, call: Call, _form: Form) -> ElementSet:
        """Give the elements that have columns."""
        return own_elements(call.platform, self.query.elements, call.who)

    def _adding(self, call: Call) -> Iterable[Mapping[str, Any]]:
        """Give where new ones are made, as far as forms can hold it."""
        for name in self.query.adds:
            form = form_of(name)
            if form is not None and call.who.may(form.case.permission):
                yield {"path": form.path, "title": form.case.title, "icon": "ti-plus",
                       "kind": "main", "drawer": True}  # fmt: skip
        intake = intake_of(self.query)
        if intake is not None and call.who.may(intake.case.permission):
            yield {"path": f"{self.base}/import", "title": "导入", "icon": "ti-upload"}

    def _offered(self, call: Call) -> Iterable["Offered"]:
        """Give the acts of rows that the asker may do, each with its form."""
        for act in self.query.acts:
            page = form_of(f"{self.query.context}.{act.verb}")
            if page is not None and call.who.may(page.case.permission):
                yield Offered(act, page)

    def _batch(self, call: Call) -> Sequence[Mapping[str, str]]:
        found = [one for one in map(form_of, self.query.several) if one is not None]
        return [
            {"value": one.case.name, "title": f"批量{one.case.title}",
             "kind": "danger" if "delete" in one.case.name else ""}
            for one in found
            if call.who.may(one.case.permission)
        ]  # fmt: skip

    def _verb(self, call: Call, form: Form) -> VerbPage:
        """Give what shall be done. Raises ``NotFound``, ``PermissionDenied``."""
        name = form.get("act", "")
        found = form_of(name) if name in self.query.several else None
        if found is None:
            raise NotFound("page", name)
        require(call, found.case.permission, self.base)
        return found

    def meant(self, call: Call, form: Form) -> Chosen:
        """Give the rows that are meant. Raises ``FormInvalid`` for none, or too many."""
        return chosen(call, form, lambda asked: self._found(call, asked))

    def _found(self, call: Call, asked: Form) -> Iterator[str]:
        about = self._wanted(call, asked)
        pages = every_page(
            lambda page: ask(call, self.cases.list, evolve(about, page=page)),
            order=about.page.order,
        )
        return (one.id for page in pages for one in page.items)

    def choosing(self, call: Call, form: Form) -> Shown:
        """Show what is ticked, and ask what else is to be known."""
        verb = self._verb(call, form)
        told = verb.told(self.query.port.kind, "")
        fields = tuple(one for one in verb.fields if one.name not in told)
        asked = evolve(verb, fields=fields).values(call, form)
        return self.chosen(
            call, form, f"批量{verb.case.title}", asked["fields"], asked["values"]
        )  # fmt: skip

    def chosen(
        self, call: Call, form: Form, title: str, fields: Sequence[Field], values: Form
    ) -> Shown:
        """Show what is ticked, with a form for what else is to be known."""
        meant = self.meant(call, form)
        names = [self.called(call, one) for one in meant.ids[:MOST_SHOWN]]
        shown = {
            "title": title, "label": title, "act": form.get("act", ""), "fields": fields,
            "values": values, "action": f"{self.base}/several", "back": self.base,
            "results": None, "meant": meant, "names": names,
        }  # fmt: skip
        return Shown(template="register_several.html", values=shown)

    def several(self, call: Call, form: Form) -> Shown:
        """Ask first; then do it with one after the other, and tell what became of each."""
        verb, meant = self._verb(call, form), self.meant(call, form)
        if form.get("confirmed") != YES or meant.before:
            return self.choosing(call, form)
        like = verb.command(call, {**form, **verb.told(self.query.port.kind, meant.ids[0])})
        return self.outcomes(call, verb.case, f"批量{verb.case.title}", meant, like)

    def outcomes(self, call: Call, case: Any, title: str, meant: Chosen, like: Any) -> Shown:
        """Carry out a command ``like`` this for each row that is meant; tell what became of each.

        Many are left to the worker.
        """
        if meant.large:
            order, source = batch_order(like, meant.ids), f"{len(meant.ids)}条"
            return start(call, JobKind.BATCH, case, order, ORDER_NAME, source)
        parameter = named_by(type(like))
        results = [
            self._outcome(call, case, one, evolve(like, **{parameter: one})) for one in meant.ids
        ]
        values = {
            "title": title, "back": self.base,
            "results": [told_outcome(call, one) for one in results],
        }  # fmt: skip
        return Shown(template="register_several.html", values=values)

    def called(self, call: Call, id: str) -> str:
        """Give what one is called: by the first text of its view, else by its id."""
        found = ask(call, self.cases.view, self.cases.named(id=id))
        cls: Any = self.query.view
        texts = (one.name for one in described(cls) if one.type is FieldType.TEXT)
        return str(getattr(found.content, next(texts, ""), "") or found.id)

    def _outcome(self, call: Call, case: Any, id: str, command: Any) -> Outcome:
        """Do it with one; what a rule refuses is left out, with the reasons."""
        try:
            name = self.called(call, id)
        except NotFound:
            name = ""
        reasons: tuple[Mapping[str, Any], ...] = ()
        try:
            carry_out(evolve(call, key=f"{call.key}/{id}"), case, command, changes=None)
        except (Refused, NotFound) as refusal:
            reasons = tuple(
                {"code": one.code, "at": one.at, "data": dict(one.data)} for one in refusal.reasons
            )
        return Outcome(id=id, name=name, done=not reasons, reasons=reasons)

    def importing(self, _call: Call, _form: Form) -> Shown:
        """Ask for a workbook."""
        return table_asked(self.query.title, self.base, f"{base_of(self.query)}/table_template")

    def take_in(self, call: Call, form: Form) -> Shown:
        """Take a workbook in and tell what became of each row."""
        intake = intake_of(self.query)
        if intake is None:
            raise NotFound("page", self.query.name)
        return workbook_taken(call, intake.case, self.importing(call, form))

    def count(self, call: Call, form: Form) -> Shown:
        """Say how many rows there are: a fragment of its own, asked for after the page."""
        found = ask(call, self.cases.count, self.asked(call, form, PageRequest()))
        most = f"{found.most}条以上" if found.count >= found.most else f"共{found.count}条"
        return Shown(template="list_count.html", values={"title": self.query.title, "says": most})

    def view(self, call: Call, form: Form) -> Shown:
        """Show what one aggregate says."""
        named = self.cases.named(id=form[f"{self.query.noun}_id"])
        found = ask(call, self.cases.view, named)
        opened(call, self.query.name, found.id)
        names = names_of(found)
        said: list[tuple[str, Any]] = []
        parts: list[Mapping[str, Any]] = []
        cls: Any = type(found.content)
        for one in described(cls):
            value = getattr(found.content, one.name)
            if one.type is FieldType.EXTRAS:
                elements = elements_at(call.platform, self.query.elements, **_place(found.content))
                said += [
                    (each.title, cell_of(each, part, {})) for each, part in elements.cells(value)
                ]
            elif one.type is not FieldType.ROWS:
                said.append((one.title, cell(call, one, value, names)))
            elif value:
                parts.append(part_of(call, (self.query.port.kind, found.id), one, value, names))
        title = next(filter(None, (_words(cell) for _, cell in said)), found.id)
        values = {
            "title": f"{self.query.title}：{title}", "said": said, "parts": parts,
            "links": [
                *self._verbs(call, found),
                *history_links(call, f"{self.base}/{found.id}", self.query.port.kind, found.id),
                {"path": self.base, "title": "返回列表"},
            ],
        }  # fmt: skip
        return Shown(template="list_view.html", values=values)

    def history(self, call: Call, form: Form) -> Shown:
        """Show what was done to one aggregate."""
        one = form[f"{self.query.noun}_id"]
        return history_page(call, self.cases.history, one, f"{self.base}/{one}", form)

    def _verbs(self, call: Call, found: Any) -> Iterable[Mapping[str, Any]]:
        """Give where the asker does something with what is shown, as far as forms can hold it."""
        kind = self.query.port.kind
        first, known = "main", {one.permission for one in found.allowed}
        for each in found.allowed:
            if path := form_for(each, kind, found.id, found.version):
                yield {"path": path, "title": each.title, "drawer": True, "kind": first}
                first = ""
        for offered in self._offered(call):
            case, act = offered.page.case, offered.act
            if (
                case.permission not in known
                and act.fits(found.content)
                and (not act.by or act.falls_to(found.content, call.who.department))
            ):
                known.add(case.permission)
                path = offered.page.address(kind, found.id, found.version)
                yield {"path": path, "title": case.title, "drawer": True}
        named = {f"{self.query.context}.{one.verb}" for one in self.query.acts}
        for one in forms_about(kind):
            name = one.case.name
            if name not in named and name not in found.barred and call.who.may(name):
                path = one.address(kind, found.id, found.version)
                yield {"path": path, "title": one.case.title, "drawer": True}
        yield from links_of_one(call, self.query, found)

    def _actions(
        self, call: Call, row: Any, waiting: Iterable[Allowed]
    ) -> Iterable[Mapping[str, Any]]:
        """Give what is done with a row: what waits for the asker, its form or page; its acts."""
        about, noun, known = self.query.label(row), f"{self.query.port.kind}_id", set()
        for link in links_of_row(call, self.query, row):
            yield {**link, "about": about}
        for verb in waiting:
            known.add(verb.permission)
            path = form_for(verb, self.query.port.kind, row.id) or f"{self.base}/{row.id}"
            yield {"path": path, "title": verb.title, "drawer": True, "about": about}
        for one in self._offered(call):
            act = one.act
            mine = act.fits(row) and act.falls_to(row, call.who.department)
            if mine and one.page.case.permission not in known:
                yield {**one.page.link(one.act.title, **{noun: row.id}), "about": about}

    def _searched(self) -> Iterable[tuple[Described, Field]]:
        """Give what the list may be searched by: each with its field of the form."""
        for name, kind, one in asked_fields(self.query):
            made = Field(name=name, title=one.title, kind=KINDS.get(one.type, Kind.TEXT),
                         offers=one.to or "")  # fmt: skip
            if one.codes:
                made = evolve(made, kind=Kind.CHOICE, choices=one.codes)
            elif one.type is FieldType.FLAG:
                made = evolve(made, kind=Kind.CHOICE, choices=FLAGS)
            yield evolve(one, name=name, required=_several(kind)), made

    def asked(self, call: Call, form: Form, page: PageRequest) -> Any:
        """Read what the list is asked for. Raises ``FormInvalid``."""
        searched = list(self._searched())
        said = read([field for _, field in searched], form)
        plain: dict[str, Any] = {}
        for one, _ in searched:
            value: Any = said[one.name]
            if value in {None, ""}:
                continue
            if one.type is FieldType.FLAG:
                value = value == YES
            elif one.to is not None:
                value = found_by_name(call, one, str(value))[0]
            plain[one.name] = [value] if one.required else value
        asked: Any = from_plain(self.cases.asking, plain)
        return evolve(asked, page=page)

    def _orders(self, chosen: str, kept: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
        """Give for the title of each column that orders the list where its heading leads to."""
        usual = self.query.begins or self.query.orders[0].name
        found: dict[str, dict[str, str]] = {}
        for one in self.query.columns:
            both = [each.name for each in self.query.orders if each.fields[0] == one.name]
            if both:
                now = chosen or usual
                other = next((name for name in both if name != now), both[0])
                mark = {one.name: "ascending", f"-{one.name}": "descending"}.get(now, "")
                found[one.title] = {"path": _at(self.base, {**kept, "order": other}), "mark": mark}
        return found

    @property
    def titles(self) -> list[str]:
        """Give the titles of the columns."""
        return [one.title for one in self.query.columns]

    def row(
        self, call: Call, row: Any, names: Mapping[str, Any], elements: ElementSet = NO_ELEMENTS
    ) -> Mapping[str, Any]:
        """Give a row as the list shows it."""
        cells = [cell(call, one, getattr(row, one.name), names) for one in self.query.columns]
        self._count_links(call, row, cells)
        if self.query.overdue(row, local_day(call.platform.clock.now())):
            at = [one.name for one in self.query.columns].index(_DUE)
            cells[at] = overdue_cell(cells[at])
        said = elements.cells(row.extras) if elements.fields else ()
        cells += [cell_of(one, value, {}) for one, value in said]
        title = self.query.label(row)
        if call.who.may(self.cases.view.permission):
            at = self._opening
            said = cells[at]["text"] if isinstance(cells[at], Mapping) else cells[at]
            cells[at] = {"text": said or row.id, "path": f"{self.base}/{row.id}",
                         "drawer": True}  # fmt: skip
        return {"id": row.id, "title": title, "cells": cells}

    @property
    def _opening(self) -> int:
        """Give the place of the column by which a row is opened."""
        texts = (at for at, one in enumerate(self.query.columns) if one.type is FieldType.TEXT)
        return next(texts, 0)

    def _count_links(self, call: Call, row: Any, cells: list[Any]) -> None:
        """Let what counts other things lead to them, as far as the asker may list them."""
        places = {one.name: number for number, one in enumerate(self.query.columns)}
        for one in self.query.counts:
            pages = ListPages(lists()[one.of])
            if one.by and getattr(row, one.field) and call.who.may(pages.cases.list.permission):
                code = getattr(row, "code", "")
                name = f"{self.query.label(row)}（{code}）" if code else self.query.label(row)
                cells[places[one.field]] = {
                    "text": cells[places[one.field]], "path": _at(pages.base, {one.by: name})
                }  # fmt: skip

    def _links(
        self, call: Call, seen: Kept, kept: Mapping[str, str]
    ) -> Iterable[Mapping[str, Any]]:
        """Give what is done above the list: a new one, what pages by hand add, the export."""
        yield from self._adding(call)
        yield from links_above(call, self.query)
        if self._gives(call):
            path = f"{self.base}/export"
            yield from seen.exports(_at(path, kept), _at(path, {**kept, _WHOLE: YES}))

    def _gives(self, call: Call) -> bool:
        return self.query.exported and call.who.may(self.cases.export.permission)

    def _giving(self, call: Call) -> Iterable[Mapping[str, str]]:
        """Give what gives out the rows that are ticked, where the asker may."""
        if self._gives(call):
            yield {"value": _EXPORT, "title": "批量导出", "kind": ""}

    def acting(self, call: Call, form: Form) -> Shown:
        """Give out what is ticked, or all that is searched; else do with it what is chosen."""
        if form.get("act") != _EXPORT:
            return self.several(call, form)
        require(call, self.cases.export.permission, self.base)
        asked = asked_in(form)
        if asked is None:
            return going_on(self._table(call, {}, ids=ticked(form)))
        return going_on(_at(f"{self.base}/export", asked))

    def acting_again(self, call: Call, form: Form) -> Shown:
        """Show the list where nothing was ticked to be given out, else what is asked once more."""
        shows = self.show_everything if form.get("act") == _EXPORT else self.choosing
        return shows(call, form)

    def _columns(self, call: Call, form: Form) -> tuple[str, ...]:
        """Give the columns that are given out, as the list shows them; none for all of them."""
        wanted = () if form.get(_WHOLE) == YES else columns_wanted(call, self.query.name)
        opening = self.query.columns[self._opening].name
        return wanted if not wanted or opening in wanted else (opening, *wanted)

    def exporting(self, call: Call, form: Form) -> Shown:
        """Give what the list shows out at once, or ask whether the worker shall: it is long."""
        names = [*(one.name for one in self.search_fields(call, form)), "order", _WHOLE]
        kept = {name: form[name] for name in names if form.get(name)}
        found = ask(call, self.cases.count, self.asked(call, form, PageRequest()))
        if found.count < found.most or not call.who.may(start_job.permission):
            return Shown(goes_to=self._table(call, kept))
        says = (
            f"符合条件的超过{found.most}条，由后台导出：可以离开，完成后有消息提醒，"
            f"在“我的工作台”的“后台作业”下载。"
        )
        values = {
            "title": f"导出{self.query.title}", "label": "后台导出", "says": says, "kept": kept,
            "version": "", "action": f"{self.base}/export", "back": _at(self.base, kept),
        }  # fmt: skip
        return Shown(template="confirm.html", values=values)

    def export(self, call: Call, form: Form) -> Shown:
        """Have the worker give the rows out."""
        order = export_order(self.query, self._wanted(call, form), self._columns(call, form))
        return start(call, JobKind.EXPORT, self.cases.export, order, ORDER_NAME)

    def _wanted(self, call: Call, form: Form) -> Any:
        """Read what is asked of all pages."""
        return self.asked(call, form, PageRequest(order=form.get("order") or self.query.begins))

    def _table(self, call: Call, kept: Mapping[str, str], ids: Sequence[str] = ()) -> str:
        """Give where what is searched, or these rows of it, lie as a workbook."""
        searched = {field.name: one for one, field in self._searched()}
        said: dict[str, Any] = {"columns": self._columns(call, kept), "ids": ids}
        for name, text in kept.items():
            if name == _WHOLE:
                continue
            one = searched.get(name)
            value = text if one is None or not one.to else found_by_name(call, one, text)[0]
            flag = one is not None and one.type is FieldType.FLAG
            said[name] = {YES: "true", NO: "false"}.get(value, value) if flag else value
        return _at(f"{base_of(self.query)}/table", {"order": self.query.begins, **said})


def tag_of(one: Described, value: Any) -> Mapping[str, str]:
    """Give a state as it is shown: its title, and the colour of what that means."""
    title = one.codes.get(value, str(value))
    return {"text": str(title), "colour": _colour(title)}


def _colour(title: str) -> str:
    return _COLOURS[title.tone] if isinstance(title, Toned) else "blue"


def _place(content: Any) -> Mapping[str, str]:
    return {"region": content.region, "department": getattr(content, "department", "")}


def _several(kind: Any) -> bool:
    return getattr(kind, "__origin__", None) is tuple


def _at(path: str, query: Mapping[str, str | Sequence[str]]) -> str:
    told = {name: text for name, text in query.items() if text}
    return f"{path}?{urlencode(told, doseq=True)}" if told else path


def page_of_kind(call: Call, kind: str) -> str:
    """Give where things of a kind are shown, empty where they are not, or not to who asks.

    Firms see what is theirs in their own space.
    """
    if is_firm(call.who) and kind in OF_FIRMS:
        return OF_FIRMS[kind]
    for query in lists().values():
        pages = ListPages(query)
        if query.port.kind == kind and call.who.may(pages.cases.view.permission):
            return pages.base
    return ""


def _opens(call: Call, department: str, beside: Iterable[str]) -> bool:
    """Tell whether the page of a department opens to who asks; those ``beside`` are found too."""
    if department not in call.reached:
        ids = {department, *beside} - call.reached.keys()
        with call.platform.transactions.begin_looking() as unit:
            reached = reached_departments(unit[Departments], call.who, ids)
        call.reached.update((one, one in reached) for one in ids)
    return call.reached[department]


def address_of(call: Call, kind: str, id: str, beside: Iterable[str] = ()) -> str:
    """Give where one thing is shown, empty where it is not; of itself a firm has but one page.

    ``beside`` are the ids of others of that kind on the same page.
    """
    place = page_of_kind(call, kind)
    if place and kind == Departments.kind and not _opens(call, id, beside):
        return ""
    return place if place in {"", OF_FIRMS[Subjects.kind]} else f"{place}/{id}"


def cell(call: Call, one: Described, value: Any, names: Mapping[str, Mapping[str, str]]) -> Any:
    """Give what a field says as pages show it: states coloured, what it refers to linked."""
    known = names.get(str(one.to), {})
    text = cell_of(one, value, known)
    if one.name == _STATE and text is not None:
        return tag_of(one, value)
    linked = one.type is FieldType.LINK and value
    path = address_of(call, str(one.to), value, known) if linked else ""
    if path and text is not None and text != value:
        return {"text": text, "path": path, "drawer": True}
    return "" if text is None else str(text)


def part_of(
    call: Call, thing: tuple[str, str], one: Described, value: Sequence[Any],
    names: Mapping[str, Any],
) -> Mapping[str, Any]:  # fmt: skip
    """Give parts of a thing (kind and id) as a table; a part with a file leads to it.

    What none of them says has no column; a file that is sealed is not opened.
    """
    kind, id_ = thing
    fields = [
        each for each in described(one.of)
        if each.name != _FILE and any(getattr(row, each.name) not in _NOTHING for row in value)
    ]  # fmt: skip
    rows: list[dict[str, Any]] = []
    for row in value:
        cells = [wrapped(cell(call, each, getattr(row, each.name), names)) for each in fields]
        file = "" if getattr(row, _SEALED, "") else getattr(row, _FILE, "")
        if file:
            texts = (at for at, each in enumerate(fields) if each.type is FieldType.TEXT)
            names_it = next(texts, 0)
            path = file_path(kind, id_, file)
            cells[names_it] = {"text": _words(cells[names_it]), "path": path}
        rows.append({"cells": cells})
    return {"title": one.title, "columns": [each.title for each in fields], "rows": rows}


def overdue_cell(text: Any) -> Mapping[str, str]:
    """Give the day of what is overdue."""
    return {"text": f"{text} 已逾期", "colour": _COLOURS[Tone.BAD]}


def list_pages(by_hand: Mapping[ListQuery[Any], type[ListPages]]) -> tuple[Page, ...]:
    """Give the pages of every list, of those in ``by_hand`` by their own class."""
    return tuple(
        page for one in lists().values() for page in by_hand.get(one, ListPages)(one).pages()
    )


def _words(cell: Any) -> str:
    """Give what a cell says in words: a text, or that of a link."""
    said = cell.get("text", "") if isinstance(cell, Mapping) else cell
    return said if isinstance(said, str) else ""
