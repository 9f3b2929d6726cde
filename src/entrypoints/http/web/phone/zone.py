"""What pages of the phone zone are made of: cards of a list, one thing, the form of a verb.

Each follows from the description that the workbench's page follows from; only the shape differs.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from attrs import evolve, frozen

from entrypoints.http.routes import Access, Call
from entrypoints.http.web.lists import ListPages, tag_of
from entrypoints.http.web.pages import PHONE, Form, Page, Shown, Trail, ask, gone_on, require
from entrypoints.http.web.reading import Field
from entrypoints.http.web.sheets import reshaped
from entrypoints.http.web.todos import counted
from entrypoints.http.web.verbs import RESHAPE, VerbPage, form_under
from entrypoints.list_tables import names_of
from entrypoints.registered import declared
from supervision_core.identity.services.lists import ListCases
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.registers import FieldType, described
from supervision_core.kernel.registers.tables import cell_of

CARDS: Final = PageRequest(size=20)
SOON: Final = 3
"""Days before a term from which a card says that it is about to pass."""
_SHOWN_ELSEWHERE: Final = frozenset({"id", "state", "file"})
_NO_LINE: Final = frozenset({FieldType.ROWS, FieldType.EXTRAS})
Line = tuple[str, str]
"""What a card says: a title and its words."""


@frozen(kw_only=True)
class Card:
    """One thing as a list shows it: how it is called, its state, and what else is known of it."""

    path: str
    title: str
    chips: Sequence[Mapping[str, str]] = ()
    lines: Sequence[Line] = ()


@frozen(kw_only=True)
class Tab:
    """A part of a list: its title, and what the list is asked for."""

    title: str
    asked: Mapping[str, Any]


def due_chips(call: Call, due_on: date) -> Iterator[Mapping[str, str]]:
    """Say of a term that somebody waits for that it has passed, or is about to."""
    left = (due_on - local_day(call.platform.clock.now())).days
    if left < 0:
        yield {"text": f"已超期 {-left} 天", "colour": "red"}
    elif left <= SOON:
        yield {"text": f"即将超期，剩 {left} 天" if left else "今天到期", "colour": "amber"}


@frozen
class Zone:
    """The pages of one list in the phone zone: cards in tabs, one thing, and what is done with it.

    ``own`` names the criterion by which an officer sees his own alone. A tab is chosen by its
    place.
    """

    query: ListQuery[Any]
    title: str
    icon: str
    tabs: tuple[Tab, ...]
    searched: tuple[str, ...] = ()
    own: str = ""
    menu: str = "一业一查"
    template: str = "phone/following.html"

    @property
    def cases(self) -> ListCases:
        """The questions of the list."""
        return ListPages(self.query).cases

    @property
    def base(self) -> str:
        """The address of the list."""
        return f"{PHONE}/{self.query.plural}"

    @property
    def noun(self) -> str:
        """The name of the parameter that says which thing is meant."""
        return f"{self.query.noun}_id"

    def pages(self) -> Iterable[Page]:
        """Give the pages."""
        one, name = f"{self.base}/{{{self.noun}}}", f"page_phone_{self.query.noun}"
        listed, viewed = self.cases.list.permission, self.cases.view.permission
        yield Page(method="GET", path=self.base, name=f"{name}_cards", access=listed,
                   run=self.cards, menu=(self.menu, self.title), step=self.query.step,
                   icon=self.icon, unlisted_for=self.query.unlisted_for)  # fmt: skip
        yield Page(method="GET", path=one, name=name, access=viewed, run=self.thing)
        yield Page(method="GET", path=f"{one}/do/{{verb}}", name=f"{name}_doing",
                   access=Access.LOGGED_IN, run=self.doing)  # fmt: skip
        yield Page(method="POST", path=f"{one}/do/{{verb}}", name=f"{name}_do",
                   access=Access.LOGGED_IN, run=self.do, again=self.doing,
                   uploads=True)  # fmt: skip

    def verbs(self) -> Mapping[str, VerbPage]:
        """Give the forms of what is done with one thing, by their verbs."""
        kind, verbs = self.query.port.kind, declared()[self.query.port.kind]
        found = (form_under(verbs.permission(one)) for one in verbs.verbs)
        return {one.verb: one for one in found if one is not None and one.about(kind) is not None}

    def cards(self, call: Call, form: Form) -> Shown:
        """Show the cards of a tab, as far as they are searched for."""
        at = form.get("tab", "")
        place = int(at) if at.isdecimal() and int(at) < len(self.tabs) else 0
        asked = {one.name: form.get(one.name, "") for one in self._search(call)}
        found = self.found(call, form, self.tabs[place])
        kept = {name: text for name, text in {"scene": form.get("scene", "")}.items() if text}
        values = {
            "title": self.title, "base": self.base, "tab": place,
            "tabs": [one.title for one in self.tabs], "search": self._search(call), "asked": asked,
            "cards": list(self.told(call, found, place)),
            "next_cursor": found.next_cursor, "trail": Trail.of(form), "kept": kept,
            "query": {**{name: text for name, text in asked.items() if text}, **kept,
                      **({"tab": str(place)} if place else {})},
            "links": list(self.above(call)),
        }  # fmt: skip
        return Shown(template="phone/cards.html", values=values)

    def above(self, _call: Call) -> Iterable[Mapping[str, Any]]:
        """Give what is done above the cards."""
        return ()

    def _search(self, call: Call) -> list[Field]:
        known = {one.name: one for one in ListPages(self.query).search_fields(call, {})}
        return [known[one] for one in self.searched]

    def found(self, call: Call, form: Form, tab: Tab) -> Any:
        """Ask for a page of the tab: the own ones of an officer, those of the department else."""
        asked = ListPages(self.query).asked(call, {**form, "order": ""}, CARDS)
        asked = evolve(asked, **tab.asked, page=evolve(CARDS, cursor=form.get("cursor") or None))
        if self.own and (me := own_officer(call)):
            asked = evolve(asked, **{self.own: me})
        return ask(call, self.cases.list, asked)

    def told(self, call: Call, found: Any, tab: int) -> Iterator[Card]:
        """Give the cards of a page."""
        del tab
        names = names_of(found)
        for row in found.items:
            yield Card(
                path=f"{self.base}/{row.id}", title=self.query.label(row),
                chips=list(self.chips(call, row)), lines=list(lines_of(row, names)),
            )  # fmt: skip

    def chips(self, call: Call, row: Any) -> Iterator[Mapping[str, str]]:
        """Give the state of a row, and how its term stands."""
        if hasattr(row, "state"):
            yield tag_of(self.query.by_name["state"], row.state)
        if self.query.owing and row.state in self.query.owing:
            yield from due_chips(call, row.due_on)

    def view(self, call: Call, form: Form) -> Any:
        """Ask what one thing says."""
        return ask(call, self.cases.view, self.cases.named(id=form[self.noun]))

    def thing(self, call: Call, form: Form) -> Shown:
        """Show one thing: what it says, its parts, and what is done with it."""
        found = self.view(call, form)
        values = {
            "title": self.title, "back": self.base, "found": found,
            "sections": list(sections_of(found, self.query.port.kind)),
            "acts": list(self.acts(call, found)),
            "name": called(found),
        }  # fmt: skip
        return Shown(template=self.template, values={**values, **self.more(call, found)})

    def more(self, _call: Call, _found: Any) -> Mapping[str, Any]:
        """Give what else the page of one thing shows."""
        return {}

    def acts(self, _call: Call, found: Any) -> Iterator[Mapping[str, Any]]:
        """Give what the asker may do with a thing as it stands, each with its form."""
        known = {one.case.permission: one for one in self.verbs().values()}
        for each in found.allowed:
            if each.permission in known:
                verb = known[each.permission]
                path = self.place(verb, found.id, each.part_noun, each.part)
                yield {"path": path, "title": each.title, "verb": verb.verb}

    def place(self, verb: VerbPage, id: str, part_noun: str, part: str) -> str:
        """Give where a verb is done with a thing, or with a part of it."""
        return f"{self.base}/{id}/do/{verb.verb}{f'?{part_noun}_id={part}' if part else ''}"

    def doing(self, call: Call, form: Form) -> Shown:
        """Show the form of a verb, what is known already filled in."""
        verb = self._verb(call, form)
        return self.shown(call, verb, self.begun(call, verb, form))

    def begun(self, _call: Call, _verb: VerbPage, form: Form) -> Form:
        """Give what stands in a form that nobody has filled in yet."""
        return form

    def shown(self, call: Call, verb: VerbPage, form: Form) -> Shown:
        """Show the form of a verb in the shape of the phone zone."""
        values = {
            **verb.values(call, {**verb.told(self.query.port.kind, form[self.noun]), **form}),
            "title": verb.case.title, "back": f"{self.base}/{form[self.noun]}",
            "action": f"{self.base}/{form[self.noun]}/do/{verb.verb}",
        }  # fmt: skip
        values["by_name"] = {one.name: one for one in values["fields"]}
        return Shown(template=self.form_template(verb), values=values)

    def form_template(self, _verb: VerbPage) -> str:
        """Give the template of a form."""
        return "phone/form.html"

    def do(self, call: Call, form: Form) -> Shown:
        """Do what the form says, and go on with the thing."""
        verb = self._verb(call, form)
        if RESHAPE in form:
            return self.shown(call, verb, reshaped(form, form[RESHAPE])[0])
        verb.do(call, {**verb.told(self.query.port.kind, form[self.noun]), **form})
        path, query = self.after(call, verb, form)
        return gone_on(path, "handled", **query)

    def after(self, _call: Call, _verb: VerbPage, form: Form) -> tuple[str, Mapping[str, str]]:
        """Say where one goes on after a verb: the address, and what it asks for."""
        return f"{self.base}/{form[self.noun]}", {}

    def _verb(self, call: Call, form: Form) -> VerbPage:
        """Give the form of what shall be done. Raises ``NotFound``, ``PermissionDenied``."""
        found = self.verbs().get(form["verb"])
        if found is None:
            raise NotFound("page", form["verb"])
        require(call, found.case.permission, self.base)
        return found


def own_officer(call: Call) -> str:
    """Give the id of the officer that the account is, empty for none."""
    counts = counted(call)
    return "" if counts is None else counts.officer


def lines_of(row: Any, names: Mapping[str, Mapping[str, str]]) -> Iterator[Line]:
    """Give what a row says, field by field, without what its card shows anyway."""
    for one in described(type(row)):
        if one.name not in _SHOWN_ELSEWHERE and one.type not in _NO_LINE:
            text = cell_of(one, getattr(row, one.name), names.get(str(one.to), {}))
            if text not in {None, ""}:
                yield one.title, str(text)


def some_lines(found: Any, wanted: Iterable[str]) -> Iterator[Line]:
    """Give some of what a thing says, by the names of its fields."""
    if found is not None:
        yield from chosen_lines(found.content, names_of(found), wanted)


def chosen_lines(
    row: Any, names: Mapping[str, Mapping[str, str]], wanted: Iterable[str]
) -> Iterator[Line]:
    """Give some of what a row says, in the order of the ``wanted`` names of its fields."""
    told = dict(lines_of(row, names))
    titles = {one.name: one.title for one in described(type(row))}
    for one in wanted:
        if titles[one] in told:
            yield titles[one], told[titles[one]]


def called(found: Any) -> str:
    """Give what a thing is called: by the first text that it says."""
    texts = (one.name for one in described(type(found.content)) if one.type is FieldType.TEXT)
    return str(getattr(found.content, next(texts, ""), found.id))


@frozen(kw_only=True)
class Row:
    """A row of a part: what it says, and where its file is, if it has one."""

    lines: Sequence[Line]
    path: str = ""


@frozen(kw_only=True)
class Section:
    """A part of what a thing says: lines, or one card for each of its rows."""

    title: str
    lines: Sequence[Line] = ()
    rows: Sequence[Row] = ()


def sections_of(found: Any, kind: str) -> Iterator[Section]:
    """Give what a thing says, and each of its parts."""
    names, own, parts = names_of(found), list[Line](), list[Section]()
    for one in described(type(found.content)):
        value = getattr(found.content, one.name)
        if one.type is FieldType.ROWS and value:
            rows = [
                Row(lines=list(lines_of(each, names)), path=_file_of(each, f"{kind}/{found.id}"))
                for each in value
            ]
            parts.append(Section(title=one.title, rows=rows))
        elif one.type not in _NO_LINE:
            text = cell_of(one, value, names.get(str(one.to), {}))
            if text not in {None, ""}:
                own.append((one.title, str(text)))
    yield Section(title="基本信息", lines=own)
    yield from parts


def _file_of(row: Any, thing: str) -> str:
    file = "" if getattr(row, "sealed", "") else getattr(row, "file", "")
    return f"/api/v1/files/{thing}/{file}" if file else ""
