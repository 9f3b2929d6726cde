"""Pages of the commands that one form can hold, each made of its command's declaration."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlencode

import attrs
from attrs import evolve, frozen

from entrypoints.catalogue import asked_type
from entrypoints.element_sets import elements_at
from entrypoints.http.api import written_routes
from entrypoints.http.api.verbs import derived_cases, route_of
from entrypoints.http.errors import FormInvalid, OutOfReach
from entrypoints.http.routes import PARAMETER, Access, Call, Route
from entrypoints.http.web.approving import APPROVES, approved_by
from entrypoints.http.web.attached import FILES, staged
from entrypoints.http.web.choosing import choosers, chosen, newest, ticks, title_of
from entrypoints.http.web.claiming import CLAIMS, DRAWS_AGAIN, drawn_from
from entrypoints.http.web.drafts import PLACE, Draft
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask, carry_out, gone_on, require
from entrypoints.http.web.reading import Field, Kind, read
from entrypoints.http.web.registers import (
    filled_in,
    form_field,
    ids_of,
    name_of_one,
    one_called,
    text_of,
)
from entrypoints.http.web.scoring import FACTS, facts_asked, facts_said
from entrypoints.http.web.sheets import (
    BLANK,
    LINES,
    OF_ID,
    Leaf,
    Part,
    described,
    for_people,
    holds,
    inside,
    leaf,
    leaves_of,
    nodes,
    reshaped,
    shown_default,
    spread,
    unfolded,
    written_plain,
)
from entrypoints.registered import declared, lists
from entrypoints.searching import is_looked_up, shown_by_name
from entrypoints.shape import Anything, Thing, Whole
from entrypoints.uses import uses_in_words
from supervision_core.assessment.model.decimals import decimal_number
from supervision_core.identity.services import Question, UseCase
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.errors import NotFound, Refused, Violation, refuse_if
from supervision_core.kernel.fields import FIELD, FieldWords
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.registers import Content, Extras, FieldType
from supervision_core.kernel.registers import Field as Described
from supervision_core.kernel.registers import described as fields_in
from supervision_core.kernel.registers.elements import EXTRAS, extras_in
from supervision_core.kernel.registers.fields import DEPARTMENT, REGION
from supervision_core.kernel.verbs import Allowed

_BESIDE: Final[Mapping[str, Callable[[Call, Form], Mapping[str, Any]]]] = {
    APPROVES: approved_by, CLAIMS: drawn_from, DRAWS_AGAIN: drawn_from,
}  # fmt: skip
"""What forms show beside their fields."""
_IN_PART: Final = frozenset({CLAIMS, DRAWS_AGAIN})
"""What answers with what is left to be done."""
_BRACES: Final = re.compile(r"\{([\w.]+)\}")
_DONE: Final = {
    "add": "added", "change": "changed", "revise": "changed", "delete": "deleted",
    "enable": "enabled", "disable": "disabled",
}  # fmt: skip
_NEVER_BLANK: Final = frozenset({FieldType.CHOICE, FieldType.DAY, FieldType.MOMENT})
_ID: Final = "_id"
_ITEM: Final = "item"
_OWN: Final = frozenset({REGION, DEPARTMENT, "lead", "registered_by"})
"""Names of fields that say where something new stands, and whose it is."""
RESHAPE: Final = "rows"
"""The button by which a form is asked for more rows, or less, before it is sent."""
_AS_IT_IS: Final = Described(title="", type=FieldType.TEXT)


@frozen
class VerbPage:
    """The form of one command: what it asks for, and what it is carried out with.

    The fields of a described ``content`` stand in it among the command's own. What the command is
    about is a row of ``query``, where there is such a list.
    """

    route: Route
    case: UseCase[Any, Any]
    fields: tuple[Described, ...]
    content: tuple[str, type] | None = None
    query: ListQuery[Any] | None = None

    @property
    def path(self) -> str:
        """The address of the form."""
        context, _, verb = self.case.name.partition(".")
        return f"{HOME}/{context}/do/{verb}"

    def about(self, kind: str) -> Mapping[str, str] | None:
        """Give what else a form about an aggregate of ``kind`` says; ``None`` where it is not."""
        if self.route.versioned is None:
            return None
        said = self.route.versioned.kind
        found = re.fullmatch(_BRACES.sub(r"(\\w+)", said), kind)
        return (
            None if found is None else dict(zip(_BRACES.findall(said), found.groups(), strict=True))
        )

    def told(self, kind: str, id: str) -> dict[str, str]:
        """Give the fields that say which aggregate of ``kind`` the command is about."""
        parameter = self.route.versioned.parameter if self.route.versioned else ""
        return {**(self.about(kind) or {}), parameter: id}

    def address(self, kind: str, id: str, version: int | None = None, **parts: str) -> str:
        """Give where the form about an aggregate, or about parts of it, is filled in.

        Without the ``version`` that was seen it is about the aggregate as it is when it is sent.
        """
        known = {one.name for one in self.fields}
        said = {**self.told(kind, id), **parts}
        told = {name: text for name, text in said.items() if name in known}
        told |= {} if version is None else {"version": str(version)}
        return f"{self.path}?{urlencode(told)}"

    @property
    def verb(self) -> str:
        """The name of the command in its context."""
        return self.case.name.partition(".")[2]

    def shown(self, call: Call, form: Form) -> Shown:
        """Show the form; what the address says of it, and what there is now, already stands there.

        Once it was sent, it shows what was filled in.
        """
        require(call, self.case.permission, self.path)
        beside = _BESIDE[self.case.name](call, form) if self.case.name in _BESIDE else {}
        values = {**self.values(call, form), "beside": beside}
        return Shown(template="register_form.html", values=values)

    def values(self, call: Call, form: Form) -> dict[str, Any]:
        """Give what the form shows: what is filled in, over what a thing to be changed says."""
        if (asked := self._asked_about(call, form)) is not self:
            return asked.values(call, form)
        found = self._found(call, form)
        return self._expanded(call, form, found).filled(call, form, found)

    def filled(self, call: Call, form: Form, found: Any) -> dict[str, Any]:
        """Give what the expanded form shows; ``found`` is what a list shows of the thing."""
        defaults = {
            one.name: text
            for one in attrs.fields(self.route.asked)
            if one.default is not False and (text := shown_default(one.default))
        }
        name, now = self._now(call, found)
        own = {} if call.key else self._own(call, form)
        said = {**own, **now, **form}
        parts = self._parts(said)
        leaves = leaves_of(parts.values())
        said |= {name: text for one in leaves for name, text in one.shown(said)}
        values = {
            **defaults, **{one.field.name: one.default for one in leaves if one.default}, **said,
            **self._named(call, leaves, said, now.keys() - form.keys()), **_ticked(leaves, form),
        }  # fmt: skip

        about = self.route.versioned.parameter if self.route.versioned else ""
        asked = choosers(leaves, about) | self._kinds

        def field(one: Leaf) -> Field:
            made = self._field(one, said, found)
            if one.among:
                kinds = {each.field.name: each.field.to for each in leaves}
                kind = kinds.get(one.beside) or self._kind
                made = chosen(call, one, made, said, kind, by_id=one.beside == about)
            return evolve(made, chooses=one.field.name in asked)

        fields = [field(one) for one in leaves if not one.kept]
        values |= newest(leaves, fields, values)
        asks = any(not isinstance(one, Leaf) for one in parts.values()) or any(
            not one.fixed for one in fields
        )
        return {
            "title": f"{self.case.title}：{name}" if name else self.case.title,
            "fields": fields,
            "nodes": [nodes(one, field) for one in parts.values()],
            "values": values, "action": self.path, "version": values.get("version", ""),
            "back": self._back(call), "again": self._adds, "label": self._label,
            "opens": self._opens,
            "says": self._says(call, form, name, asks=asks) if name else "",
            "files": any(one.type in FILES | {FieldType.ROWS} for one in self.fields), "fresh": "",
        }  # fmt: skip

    @property
    def _kinds(self) -> frozenset[str]:
        """Give the fields that say of which kind the thing is by which something new is made."""
        versioned = self.route.versioned
        if versioned is None or not self._adds:
            return frozenset()
        return frozenset(_BRACES.findall(versioned.kind))

    def _asked_about(self, call: Call, form: Form) -> "VerbPage":
        """Give the form that asks by name for that thing, where no address names it by id.

        Of which kind it is another field says: until then there is nothing to look up.
        """
        versioned = self.route.versioned
        said = [one for one in self.fields if one.name in self._kinds]
        if versioned is None or not said or any(form.get(x.name) not in x.codes for x in said):
            return self
        parameter, kind = versioned.parameter, versioned.kind.format_map(form)
        known = any(one.name == parameter and one.to for one in self.fields)
        if known or not is_looked_up(kind):
            return self
        if form.get(parameter) and text_of(call, kind, form[parameter]):
            return self
        asked = (
            evolve(one, type=FieldType.LINK, to=kind) if one.name == parameter else one
            for one in self.fields
        )
        return evolve(self, fields=tuple(asked))

    @property
    def _among(self) -> Mapping[str, str]:
        """Give among what the command's own fields are chosen, by their names."""
        return {
            one.name: words.among
            for one in attrs.fields(self.route.asked)
            if isinstance(words := one.metadata.get(FIELD), FieldWords) and words.among
        }

    def _parts(self, form: Form) -> Mapping[str, Part]:
        """Give what the form consists of, as far as what is filled in says how it goes on."""
        shapes = {one.name: one for one in self.route.shape.members}
        return {
            one.name: unfolded(shapes[one.name], one, form)
            if one.type is FieldType.ROWS
            else leaf(
                one,
                shapes[one.name].shape if one.name in shapes else Anything(),
                self._among.get(one.name, ""),
            )
            for one in self.fields
        }

    @property
    def _kind(self) -> str:
        """The kind of what the command is about, where that is one."""
        return "" if self.route.versioned is None else self.route.versioned.kind

    def reshape(self, call: Call, form: Form) -> Shown:
        """Show the form with one row more, or less, or with what follows from a choice."""
        found, fresh = reshaped(form, form[RESHAPE])
        shown = self.shown(call, found)
        more = {"fresh": fresh, "draft": Draft(place=form.get(PLACE, ""))}
        return evolve(shown, values={**shown.values, **more})

    @property
    def _adds(self) -> bool:
        return bool(self.base) and self.case.name in (self.query.adds if self.query else ())

    @property
    def _opens(self) -> bool:
        """Tell whether what was added is shown at once: there one goes on writing it."""
        return self._adds and self.query is not None and self.query.continued

    @property
    def _label(self) -> str:
        if self.content is not None:
            return "保存"
        return "确认删除" if self._deletes else self.case.title

    @property
    def _deletes(self) -> bool:
        return self.verb.partition("_")[0] == "delete"

    def _says(self, call: Call, form: Form, name: str, *, asks: bool) -> str:
        """Say what a deletion leaves, and of what nothing is asked that it is done at once."""
        if self._deletes:
            return self._follows(call, form, name)
        return "" if asks else f"没有需要填写的内容，提交后即对“{name}”办理“{self.case.title}”。"

    def _follows(self, call: Call, form: Form, name: str) -> str:
        """Say what a deletion leaves, and who uses what is deleted."""
        versioned = self.route.versioned
        said = f"将删除“{name}”，删除后不再出现在列表中，已有记录中的引用仍然保留。"
        if versioned is None:
            return said
        kind = versioned.kind.format_map(form)
        return said + uses_in_words(call.platform, call.who, kind, form[versioned.parameter])

    @property
    def base(self) -> str:
        """The address of the list to whose rows the command belongs, if that says what acts it has.

        There one goes on afterwards.
        """
        query = self.query
        leads = query is not None and (query.acts or self.case.name in query.adds)
        return f"{HOME}/{query.context}/{query.plural}" if query and leads else ""

    def _now(self, call: Call, found: Any) -> tuple[str, Form]:
        """Give what the command is about is called, and what of its fields is said of it now.

        Only the first time: what was sent is shown as it was sent.
        """
        if found is None:
            return "", {}
        said = found.content
        name = str(getattr(said, next(one.name for one in fields_in(type(said)))))
        if call.key is not None:
            return name, {}
        parts = {one.name for one in fields_in(type(said)) if one.type is FieldType.ROWS}
        values = {
            one.name: filled_in(call, one, getattr(said, one.name))
            for one in self.fields
            if hasattr(said, one.name) and one.type is not FieldType.ROWS
            if one.name not in parts
        }
        values |= {
            f"{EXTRAS}.{key}": filled_in(call, _AS_IT_IS, value)
            for key, value in getattr(said, EXTRAS, Extras()).values.items()
        }
        values |= dict(self._sheets(call, found))
        return name, {**values, "version": str(found.version)}

    def _sheets(self, call: Call, found: Any) -> Iterator[tuple[str, str]]:
        """Give what is said now in the sheets that the form asks for anew; rows for open parts."""
        nested = [one for one in self.fields if one.type is FieldType.ROWS]
        if not nested:
            return
        stored = self._stored(call, found.id)
        for one in nested:
            if (said := _said_of(stored, one)) is not None:
                yield from spread(written_plain(said), one.name)
            else:
                yield from _open_parts(call, one, found.content)

    def _stored(self, call: Call, id: str) -> Any:
        """Give the aggregate that a list showed just now."""
        with call.platform.transactions.begin_looking() as unit:
            for query in self._lists():
                with suppress(NotFound):  # another list of the same kind has it
                    return unit[query.port].get(id)
        return None

    def _lists(self) -> tuple[ListQuery[Any], ...]:
        """Give the lists that may show what the command is about."""
        context = self.case.name.partition(".")[0]
        return tuple(
            one
            for one in lists().values()
            if one.context == context and one.view is not None
            if self.route.versioned is None or self.about(one.port.kind) is not None
        )

    def _found(self, call: Call, form: Form) -> Any:
        """Give what a list shows of the thing that the command is about, if anything."""
        for query in self._lists():
            names = [f"{query.noun}_id", f"{query.port.kind}_id"]
            if self.route.versioned is not None:
                names.append(self.route.versioned.parameter)
            named = next((form[one] for one in names if form.get(one)), "")
            cases = cases_of(query)
            if named and call.who.may(cases.view.permission):
                with suppress(NotFound):  # another list of the same kind has it
                    return ask(call, cases.view, cases.named(id=named))
        return None

    @property
    def _expands(self) -> bool:
        """Tell whether what is asked depends on the thing that the command is about."""
        extras = self.query is not None and any(one.type is FieldType.EXTRAS for one in self.fields)
        return extras or any(one.name == FACTS for one in self.fields)

    def _expanded(self, call: Call, form: Form, found: Any) -> "VerbPage":
        """Give the form with the elements that hold where the thing stands in place of extras.

        So with the facts of a model in place of what is said of them.
        """
        if any(one.name == FACTS for one in self.fields):
            asked = () if found is None else facts_asked(call, found.content)
            fields = (asked if one.name == FACTS else (one,) for one in self.fields)
            return evolve(self, fields=tuple(chain.from_iterable(fields)))
        if self.query is None or not self._expands:
            return self
        place = self._place(call, form, found)
        held = elements_at(call.platform, self.query.elements, **place).fields
        fields = (held if one.type is FieldType.EXTRAS else (one,) for one in self.fields)
        return evolve(self, fields=tuple(chain.from_iterable(fields)))

    def _place(self, call: Call, form: Form, found: Any) -> Mapping[str, str]:
        """Give where the thing stands: as the form says, else as it stands now, or who asks."""
        place = {REGION: call.who.scope.region, DEPARTMENT: call.who.department}
        if found is not None:
            place = {one: getattr(found.content, one, place[one]) for one in place}
        for one in self.fields:
            if one.name in place and one.to == one.name and form.get(one.name):
                place[one.name] = one_called(call, one.name, form[one.name])
        return place

    def _own(self, call: Call, form: Form) -> dict[str, str]:
        """Give the own region and department for fields that ask where something new stands."""
        own = {REGION: call.who.scope.region, DEPARTMENT: call.who.department}
        fields = (each.field for each in leaves_of(self._parts(form).values()))
        return {
            one.name: text_of(call, one.to, own[one.to])
            for one in fields
            if one.to in own and own[one.to] and one.name not in form
            and one.name.rpartition(".")[2] in _OWN
        }  # fmt: skip

    def _named(
        self, call: Call, leaves: Iterable[Leaf], form: Form, told: Collection[str]
    ) -> dict[str, str]:
        """Give by name what the address, or a draft, says by id of things that are looked up.

        What is ``told`` of the thing that the command is about is named as its view names it.
        """

        def shown(one: Described, line: str) -> str:
            if one.name in told:
                return name_of_one(call, str(one.to), line)
            known = shown_by_name(call.platform, call.who, str(one.to), line)
            return line if known is None else known.text

        return {
            one.name: "\n".join(shown(one, line) for line in form[one.name].splitlines())
            for one in (each.field for each in leaves)
            if one.to is not None and form.get(one.name)
        }

    def _field(self, one: Leaf, form: Form, found: Any) -> Field:
        """Give a field; the id of what the command is about is fixed where the address has it.

        What is part of that is chosen from its parts.
        """
        made = evolve(form_field(one.field, new=True), place=one.place)
        name = one.place.rpartition(".")[2]
        if one.field.to is not None or not _names_one(name):
            return made
        if parts := _parts_of(getattr(found, "content", None), name):
            title = OF_ID.sub("", made.title)
            return evolve(made, title=title, kind=Kind.CHOICE, choices=parts)
        return evolve(made, fixed=name.endswith(_ID) and bool(form.get(one.field.name)))

    def carry_out(self, call: Call, form: Form) -> Shown:
        """Carry the command out, on the version that the form was made of where it has one."""
        if RESHAPE in form:
            return self.reshape(call, form)
        answer = self.do(call, form)
        if not self.base or not self._lists_it(call):
            return gone_on(f"{self.path}/done", "handled")
        if self._adds and form.get("then") == "new":
            return gone_on(self.path, "added")
        if self._opens:
            return gone_on(f"{self.base}/{answer}", "added")
        done = "added" if self._adds else _DONE.get(self.verb.partition("_")[0], "handled")
        return gone_on(self.base, "in_part" if answer and self.case.name in _IN_PART else done)

    def do(self, call: Call, form: Form) -> Any:
        """Do what the form says; what is refused stands at its fields. Give what is answered."""
        command = self.command(call, form)
        try:
            return carry_out(call, self.case, command, changes=self._changes(call, command))
        except Refused as refusal:
            reasons = self._placed(form, refusal.violations)
            raise evolve(refusal, violations=reasons) from refusal
        except NotFound as absent:
            if self._adds and self.route.versioned is None:
                raise OutOfReach from absent
            raise

    def _back(self, call: Call) -> str:
        """Give where whoever is shown the form goes back to: home, where he sees no list."""
        return self.base if self.base and (self.query is None or self._lists_it(call)) else HOME

    def _lists_it(self, call: Call) -> bool:
        """Tell whether who carried it out may look at the list that he would go on to."""
        return self.query is not None and call.who.may(cases_of(self.query).list.permission)

    def _placed(self, form: Form, reasons: Iterable[Violation]) -> tuple[Violation, ...]:
        """Let reasons that a sheet gives of its own fields stand at the fields of the form."""
        places = [one.place for one in leaves_of(self._parts(form).values())]

        def placed(at: str) -> str:
            below = [one for one in places if one.endswith(f".{at}")]
            return below[0] if at and at not in places and len(below) == 1 else at

        return tuple(evolve(one, at=placed(one.at)) for one in reasons)

    def command(self, call: Call, form: Form) -> Any:
        """Read the command; names become ids. Raises ``FormInvalid`` with every fault."""
        if (asked := self._asked_about(call, form)) is not self:
            return asked.command(call, form)
        if self._expands:
            return self._expanded(call, form, self._found(call, form)).command(call, form)
        parts = self._parts(form)
        filled = _plain(call, form, leaves_of(parts.values()))
        plain = {name: part.gathered(filled) for name, part in parts.items()}
        extras = extras_in(plain)
        plain = {name: value for name, value in plain.items() if not name.startswith(f"{EXTRAS}.")}
        plain[EXTRAS] = {"values": extras} if extras else None
        if FACTS in attrs.fields_dict(self.route.asked):
            plain[FACTS] = facts_said(self.fields, plain)
        content = self.content
        inside = set() if content is None else {one.name for one in fields_in(content[1])}
        needed = self.needed
        said = {
            name: value
            for name, value in plain.items()
            if name not in inside and name != EXTRAS and (name in needed or value not in BLANK)
        }
        if content is not None:
            member, kind = content
            blank = {one.name for one in attrs.fields(kind) if one.default is not attrs.NOTHING}
            said[member] = {
                name: plain[name]
                for name in inside
                if name not in blank or plain[name] not in BLANK
            }
        refuse_if(FormInvalid, self.route.shape.faults(said))
        return from_plain(asked_type(self.case), said)

    @property
    def needed(self) -> frozenset[str]:
        """The fields that are said even where nothing is filled in."""
        return frozenset(one.name for one in self.route.shape.members if one.required)

    def _changes(self, call: Call, command: Any) -> tuple[str, str] | None:
        versioned = self.route.versioned
        if versioned is None or not (self.route.takes_away or call.seen is not None):
            return None
        expected = versioned.expected(command, versioned.parameter, 0)
        return expected.kind, expected.id

    def done(self, call: Call, _form: Form) -> Shown:
        """Say that it is done."""
        require(call, self.case.permission, self.path)
        values = {
            "title": self.case.title, "said": [("结果", "已办理")], "uses": [],
            "links": [{"path": HOME, "title": "返回首页"}],
            "done": f"已办理：{self.case.title}成功。",
        }  # fmt: skip
        return Shown(template="register_view.html", values=values)

    def link(self, title: str, **said: str) -> Mapping[str, Any]:
        """Give the link to the form, with what already stands in it."""
        told = urlencode({name: text for name, text in said.items() if text})
        return {"path": f"{self.path}?{told}" if told else self.path, "title": title,
                "drawer": True}  # fmt: skip


def _plain(call: Call, form: Form, leaves: Sequence[Leaf]) -> Mapping[str, Any]:
    """Read every field; names become ids. Raises ``FormInvalid`` with every fault."""
    plain: dict[str, Any] = {}
    faults: list[Violation] = []
    for each in leaves:
        found: list[Violation] = []
        plain[each.field.name] = _value(call, form, each, found)
        faults += [evolve(reason, at=each.place) for reason in found]
    refuse_if(FormInvalid, faults)
    return plain


def _value(call: Call, form: Form, each: Leaf, faults: list[Violation]) -> Any:
    """Read one field; note what is wrong in it."""
    one = each.field
    if each.kept:
        return _unchanged(one, form, faults)
    if one.type in FILES:
        return staged(call, one, form, faults)
    if one.type is FieldType.CHOICES or (each.among and one.many):
        return [code for code in ticks(one, form) if each.among or code in one.codes]
    if one.places and isinstance(inside(each.shape), Whole):
        return _decimal(one, form.get(one.name, "").strip(), faults)
    try:
        written = read((form_field(one, new=True),), form)[one.name]
    except FormInvalid as refusal:
        faults += refusal.violations
        return None
    if one.to is not None:
        written = ids_of(call, one, written, faults)
    elif one.type in LINES:
        written = parsed(one, written, faults)
    elif one.required and one.type in _NEVER_BLANK and not written:
        faults.append(Violation("kernel.register_required", data={"title": one.title}))
    return written


def _decimal(one: Described, text: str, faults: list[Violation]) -> str | None:
    """Read a number that people write with decimals, as they wrote it."""
    if text and decimal_number(text, one.places) is not None:
        return text
    if text or one.required:
        faults.append(Violation("http.wrong_form", data={"wanted": f"数，至多{one.places}位小数"}))
    return None


def _unchanged(one: Described, form: Form, faults: list[Violation]) -> Any:
    """Read what the form holds as it was."""
    try:
        return json.loads(form.get(one.name) or "null")
    except (ValueError, RecursionError):
        faults.append(Violation("http.wrong_form", data={"wanted": one.title}))
        return None


def _ticked(leaves: Iterable[Leaf], form: Form) -> Mapping[str, str]:
    """Give what was ticked as a form shows it."""
    found = {
        one.name: "\n".join(code for code in one.codes if f"{one.name}-{code}" in form)
        for one in (each.field for each in leaves)
        if one.type is FieldType.CHOICES
    } | {
        each.field.name: "\n".join(ticks(each.field, form))
        for each in leaves
        if each.among and each.field.many
    }
    return {name: text for name, text in found.items() if text}


def parsed(one: Described, written: Any, faults: list[Violation]) -> Any:
    """Read values that people write as lines; note what is none."""
    lines = written if isinstance(written, list) else [written] if written else []
    found = []
    for line in lines:
        try:
            value = one.of.parse(str(line))
            found.append(attrs.asdict(value, filter=_is_given, value_serializer=_serialised))
        except ValueError:
            faults.append(Violation("http.wrong_form", one.name, {"wanted": one.hint or one.title}))
    return found if one.many else next(iter(found), None)


def _is_given(one: "attrs.Attribute[Any]", _value: Any) -> bool:
    """Tell whether whoever writes a value gives this field of it."""
    words = one.metadata.get(FIELD)
    return not (isinstance(words, FieldWords) and words.internal)


def _serialised(_instance: Any, _field: Any, value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _said_of(stored: Any, one: Described) -> Any:
    """Give what an aggregate says in a sheet, as its draft or by its name, ``None`` for nothing."""
    shape, draft = one.of.shape, getattr(stored, "draft", None)
    if isinstance(shape, Thing) and isinstance(draft, shape.cls):
        return draft
    return getattr(stored, one.name, None)


def _open_parts(call: Call, one: Described, said: Any) -> Iterator[tuple[str, str]]:
    """Give a row for each part of the thing, of the own department, of which nothing is said."""
    item = getattr(one.of.shape, "item", None)
    names = [each.name for each in item.members] if isinstance(item, Thing) else []
    for name in filter(_names_one, names):
        others = [each for each in names if each != name]
        for rows, inner in _parted(type(said), name):
            left = (
                getattr(row, inner)
                for row in getattr(said, rows)
                if getattr(row, DEPARTMENT, call.who.department) == call.who.department
                and not any(getattr(row, each, "") for each in others)
            )
            for number, each in enumerate(left):
                yield f"{one.name}[{number}]", ""
                yield f"{one.name}[{number}].{name}", each


def _names_one(name: str) -> bool:
    """Tell whether a field of this name says by id which part is meant."""
    return name.endswith(_ID) or name == _ITEM


def _parts_of(said: Any, name: str) -> Mapping[str, str]:
    """Give what the parts of the thing are called that a field may name, by their ids."""
    return {
        getattr(row, each): str(getattr(row, title_of(type(row))))
        for part, each in _parted(type(said), name)
        for row in getattr(said, part)
    }


def _parted(shown: type, name: str) -> Iterator[tuple[str, str]]:
    """Give in which rows of what is shown which field holds the ids that a field names.

    Those are the parts themselves where they stand there, and not what else is about them.
    """
    inner = name.removesuffix(_ID)
    rows = {
        one.name: attrs.fields_dict(one.of)
        for one in (fields_in(shown) if attrs.has(shown) else ())
        if one.type is FieldType.ROWS
    }
    if "id" in rows.get(f"{inner}s", ()):
        yield f"{inner}s", "id"
    else:
        yield from ((part, inner) for part, fields in rows.items() if inner in fields)


@cache
def _commands() -> Mapping[str, UseCase[Any, Any]]:
    """Give the commands that people give and that have no surface by hand, by their names.

    What a page by hand carries out has no other form: there nobody writes an id.
    """
    from entrypoints.http.web import listed_pages, written_pages  # noqa: PLC0415 - they need this

    by_hand = {name for one in (*written_pages(), *listed_pages()) for name in one.carried}
    cases = derived_cases(written_routes())
    return MappingProxyType({
        one.name: one
        for one in cases
        if not (isinstance(one, Question) or one.by_programs or one.name in by_hand)
    })  # fmt: skip


@cache
def form_under(name: str) -> VerbPage | None:
    """Give the form of a command, also of one that a page by hand carries out."""
    known = {one.name: one for one in derived_cases(written_routes())}
    case = known.get(name)
    return None if case is None or isinstance(case, Question) else form_made(case)


@cache
def form_of(name: str) -> VerbPage | None:
    """Give the form of a command, ``None`` for one that no form can hold."""
    case = _commands().get(name)
    return None if case is None else form_made(case)


def form_made(case: UseCase[Any, Any]) -> VerbPage | None:
    """Make the form of a command, also of one that has a page by hand."""
    name, route = case.name, route_of(case)
    declared = attrs.fields_dict(route.asked)
    about = "" if route.versioned is None else route.versioned.parameter
    known: list[Described] = []
    content: tuple[str, type] | None = None
    for one in route.shape.members:
        kind: Any = declared[one.name].type
        words = declared[one.name].metadata[FIELD]
        if content is None and isinstance(kind, type) and issubclass(kind, Content):
            content = one.name, kind
            known += fields_in(kind)
        elif found := described(one, words, about=about):
            known.append(found)
        elif holds(one.shape) or one.name == FACTS:
            kind = FieldType.EXTRAS if one.name == FACTS else FieldType.ROWS
            known.append(
                Described(
                    name=one.name, title=for_people(words.title), type=kind, of=one, to=words.to
                )
            )
        else:
            return None
    return VerbPage(route, case, tuple(known), content, _list_of(name, known))


def _list_of(name: str, fields: list[Described]) -> ListQuery[Any] | None:
    """Give the list to whose rows a command belongs: by what it adds or names."""
    context, names = name.partition(".")[0], {one.name for one in fields}
    for query in lists().values():
        if query.context == context and (f"{query.noun}_id" in names or name in query.adds):
            return query
    return None


def form_for(verb: Allowed, kind: str, id: str, version: int | None = None) -> str:
    """Give where a verb about an aggregate is done, empty where no form can hold it.

    That is the page by hand that carries it out, else its form.
    """
    if place := _places().get((verb.permission, f"{kind}_id")):
        return place.format(**{f"{kind}_id": id})
    form = form_of(verb.permission)
    if form is None or form.about(kind) is None:
        return ""
    parts = {f"{verb.part_noun}_id": verb.part} if verb.part else {}
    return form.address(kind, id, version, **parts, **_meant(form, kind, verb.title))


def _meant(form: VerbPage, kind: str, title: str) -> Mapping[str, str]:
    """Give the choice that a verb makes, where one command does several: a step of a transfer."""
    verbs = declared()[kind].verbs if kind in declared() else ()
    names = {one.title: one.name for one in verbs}
    name = names.get(title, "")
    return {one.name: name for one in form.fields if name and name in one.codes}


@cache
def _places() -> Mapping[tuple[str, str], str]:
    """Give the pages by hand on which verbs are done, by permission and the one parameter."""
    from entrypoints.http.web import written_pages  # noqa: PLC0415 - they need this

    return MappingProxyType({
        (permission, parameters[0]): one.path
        for one in written_pages()
        if one.method == "GET" and len(parameters := PARAMETER.findall(one.path)) == 1
        for permission in one.carries
    })  # fmt: skip


@cache
def forms_about(kind: str) -> tuple[VerbPage, ...]:
    """Give the forms of commands about an aggregate of ``kind`` that are no verb declared of it.

    What is declared is offered where it is allowed (``Verbs.allowed``).
    """
    verbs = declared().get(kind)
    known = {verbs.permission(one) for one in verbs.verbs} if verbs else set()
    forms = (form_of(one) for one in _commands() if one not in known)
    return tuple(one for one in forms if one is not None and one.about(kind) is not None)


def verb_pages() -> tuple[Page, ...]:
    """Give the pages of all forms: for each context those that its verbs share."""
    contexts = dict.fromkeys(name.partition(".")[0] for name in _commands())
    return tuple(page for context in contexts for page in _pages_in(context))


def _pages_in(context: str) -> Iterator[Page]:
    """Give the pages of a context; which verb is meant, and what it asks for, the path says."""

    def one(form: Form) -> VerbPage:
        if (found := form_of(f"{context}.{form['verb']}")) is None:
            raise NotFound("page", form["verb"])
        return found

    def page(method: str, end: str, run: Callable[[Call, Form], Shown], **more: Any) -> Page:
        at = f"{path}/done" if end == "_done" else path
        return Page(
            method=method, path=at, name=f"{name}{end}", access=Access.LOGGED_IN, run=run, **more
        )

    path, name = f"{HOME}/{context}/do/{{verb}}", f"page_{context}_do"
    yield page("GET", "_form", lambda call, form: one(form).shown(call, form))
    yield page(
        "POST", "", lambda call, form: one(form).carry_out(call, form), uploads=True,
        again=lambda call, form: one(form).shown(call, form),
    )  # fmt: skip
    yield page("GET", "_done", lambda call, form: one(form).done(call, form))
