"""Pages of the commands that one form can hold, each made of its command's declaration."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from enum import Enum
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
from entrypoints.http.errors import FormInvalid
from entrypoints.http.routes import Access, Call, Route
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask, carry_out, gone_on, require
from entrypoints.http.web.reading import YES, Field, Kind, read
from entrypoints.http.web.registers import filled_in, form_field, ids_of, one_called, text_of
from entrypoints.jobs import stage
from entrypoints.registered import declared, lists
from entrypoints.shape import Choice, Flag, Many, Maybe, Member, Shape, Text, Whole
from supervision_core.files.model import FileRefused
from supervision_core.identity.services import Question, UseCase
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.errors import NotFound, Violation, refuse_if
from supervision_core.kernel.fields import FIELD, FieldWords
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.registers import Content, Extras, FieldType
from supervision_core.kernel.registers import Field as Described
from supervision_core.kernel.registers import described as fields_in
from supervision_core.kernel.registers.elements import EXTRAS, extras_in
from supervision_core.kernel.registers.fields import DEPARTMENT, REGION
from supervision_core.kernel.verbs import Allowed

BY_HAND: Final = frozenset({
    "items.relate_scenes", "officers.join_team", "officers.leave_team",
    "officers.appoint_leader",
})  # fmt: skip
"""Commands that pages by hand carry out, where nobody writes an id."""
PICKED: Final = frozenset({DEPARTMENT, REGION, "user", "tag", "scene", "standard_material"})
"""Kinds that a form looks up by name; those of registers too, whose names hold a full stop."""
_BRACES: Final = re.compile(r"\{(\w+)\}")
_LINKS: Final = {FieldType.TEXT: FieldType.LINK, FieldType.TEXTS: FieldType.LINKS}
_FILES: Final = frozenset({FieldType.FILE, FieldType.FILES})
_LINES: Final = frozenset({FieldType.VALUE, FieldType.VALUES})
_DONE: Final = {
    "add": "added", "change": "changed", "revise": "changed", "delete": "deleted",
    "enable": "enabled", "disable": "disabled",
}  # fmt: skip
_DELETES: Final = "delete_"
_AS_IT_IS: Final = Described(title="", type=FieldType.TEXT)


def described(one: Member, words: FieldWords, *, about: str = "") -> Described | None:
    """Describe a field of a command for a form; ``None`` for one that no form can hold.

    ``about`` is the field that holds the id of what the command is about: nobody looks that up.
    """
    if isinstance(words, Described):
        return evolve(words, name=one.name)
    shape = one.shape.shape if isinstance(one.shape, Maybe) else one.shape
    kind = _type_of(shape)
    if kind is None or (kind is FieldType.FLAG and isinstance(one.shape, Maybe)):
        return None
    picked = words.to is not None and one.name != about and (words.to in PICKED or "." in words.to)
    return Described(
        name=one.name, title=words.title, type=_LINKS.get(kind, kind) if picked else kind,
        required=one.required and kind not in {FieldType.FLAG, FieldType.CHOICES},
        codes=_codes(shape, words), to=words.to if picked else None, hint=words.hint,
    )  # fmt: skip


def _type_of(shape: Shape) -> FieldType | None:
    match shape:
        case Text(form="") | Choice():
            found = FieldType.TEXT if isinstance(shape, Text) else FieldType.CHOICE
        case Text(form="date"):
            found = FieldType.DAY
        case Whole() | Flag():
            found = FieldType.INTEGER if isinstance(shape, Whole) else FieldType.FLAG
        case Many(Text(form="")) | Many(Choice()):
            found = FieldType.TEXTS if isinstance(shape.item, Text) else FieldType.CHOICES
        case _:
            return None
    return found


def _codes(shape: Shape, words: FieldWords) -> Mapping[str, str]:
    inner = shape.item if isinstance(shape, Many) else shape
    values = inner.values if isinstance(inner, Choice) else ()
    return {value: words.codes.get(value, value) for value in values}


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
        pattern = _BRACES.sub(r"(?P<\1>\\w+)", self.route.versioned.kind)
        found = re.fullmatch(pattern, kind)
        return None if found is None else found.groupdict()

    def address(self, kind: str, id: str, version: int | None = None, **parts: str) -> str:
        """Give where the form about an aggregate, or about parts of it, is filled in.

        Without the ``version`` that was seen it is about the aggregate as it is when it is sent.
        """
        known = {one.name for one in self.fields}
        parameter = self.route.versioned.parameter if self.route.versioned else ""
        said = {**(self.about(kind) or {}), parameter: id, **parts}
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
        return Shown(template="register_form.html", values=self.values(call, form))

    def values(self, call: Call, form: Form) -> dict[str, Any]:
        """Give what the form shows: what is filled in, over what a thing to be changed says."""
        if (shown := self._expanded(call, form)) is not self:
            return shown.values(call, form)
        ticked = {
            one.name: "\n".join(code for code in one.codes if f"{one.name}-{code}" in form)
            for one in self.fields
            if one.type is FieldType.CHOICES
        }
        defaults = {
            one.name: YES if one.default is True else str(one.default.value)
            for one in attrs.fields(self.route.asked)
            if one.default is True or isinstance(one.default, Enum)
        }
        name, now = self._now(call, form)
        own = {} if call.key else self._own(call, form)
        values = {
            **defaults, **own, **now, **form,
            **{one: text for one, text in ticked.items() if text},
        }  # fmt: skip
        says = f"将删除“{name}”，删除后不再出现在列表中，已有记录中的引用仍然保留。"
        return {
            "title": f"{self.case.title}：{name}" if name else self.case.title,
            "fields": [self._field(one, form) for one in self.fields],
            "values": values, "action": self.path, "version": values.get("version", ""),
            "back": self.base or HOME, "again": self._adds, "label": self._label,
            "says": says if self.verb.startswith(_DELETES) and name else "",
            "files": any(one.type in _FILES for one in self.fields),
        }  # fmt: skip

    @property
    def _adds(self) -> bool:
        return bool(self.base) and self.case.name in (self.query.adds if self.query else ())

    @property
    def _label(self) -> str:
        if self.content is not None:
            return "保存"
        return "确认删除" if self.verb.startswith(_DELETES) else "提交"

    @property
    def base(self) -> str:
        """The address of the list to whose rows the command belongs, if that says what acts it has.

        There one goes on afterwards.
        """
        query = self.query
        return f"{HOME}/{query.context}/{query.plural}" if query and query.acts else ""

    def _now(self, call: Call, form: Form) -> tuple[str, Form]:
        """Give what the command is about is called, and what of its fields is said of it now.

        Only the first time: what was sent is shown as it was sent.
        """
        found = self._found(call, form)
        if found is None:
            return "", {}
        said = found.content
        name = str(getattr(said, next(one.name for one in fields_in(type(said)))))
        if call.key is not None:
            return name, {}
        values = {
            one.name: filled_in(call, one, getattr(said, one.name))
            for one in self.fields
            if hasattr(said, one.name)
        }
        values |= {
            f"{EXTRAS}.{key}": filled_in(call, _AS_IT_IS, value)
            for key, value in getattr(said, EXTRAS, Extras()).values.items()
        }
        return name, {**values, "version": str(found.version)}

    def _found(self, call: Call, form: Form) -> Any:
        """Give what a list shows of the thing that the command is about, if anything."""
        context = self.case.name.partition(".")[0]
        for query in lists().values():
            nouns = {query.noun, query.port.kind}
            named = next((form[f"{one}_id"] for one in nouns if form.get(f"{one}_id")), "")
            cases = cases_of(query)
            if query.context != context or not named:
                continue
            if self.route.versioned is not None and self.about(query.port.kind) is None:
                continue
            if call.who.may(cases.view.permission):
                with suppress(NotFound):  # another list of the same kind has it
                    return ask(call, cases.view, cases.named(id=named))
        return None

    def _expanded(self, call: Call, form: Form) -> "VerbPage":
        """Give the form with the elements that hold where the thing stands in place of extras."""
        if self.query is None or all(one.type is not FieldType.EXTRAS for one in self.fields):
            return self
        place = self._place(call, form)
        held = elements_at(call.platform, self.query.elements, **place).fields
        fields = (held if one.type is FieldType.EXTRAS else (one,) for one in self.fields)
        return evolve(self, fields=tuple(chain.from_iterable(fields)))

    def _place(self, call: Call, form: Form) -> Mapping[str, str]:
        """Give where the thing stands: as the form says, else as it stands now, or who asks."""
        place = {REGION: call.who.scope.region, DEPARTMENT: call.who.department}
        if (found := self._found(call, form)) is not None:
            place = {one: getattr(found.content, one, place[one]) for one in place}
        for one in self.fields:
            if one.name in place and one.to == one.name and form.get(one.name):
                place[one.name] = one_called(call, one.name, form[one.name])
        return place

    def _own(self, call: Call, form: Form) -> dict[str, str]:
        """Give the own region and department for fields that ask where something new stands."""
        own = {REGION: call.who.scope.region, DEPARTMENT: call.who.department}
        return {
            one.name: text_of(call, one, own[one.name])
            for one in self.fields
            if one.name == one.to and one.name not in form and own.get(one.name)
        }

    def _field(self, one: Described, form: Form) -> Field:
        """Give a field; the id of what the command is about is fixed where the address has it."""
        found = form_field(one, new=True)
        named = one.name.endswith("_id") and one.to is None
        return evolve(found, fixed=named and bool(form.get(one.name)))

    def carry_out(self, call: Call, form: Form) -> Shown:
        """Carry the command out, on the version that the form was made of where it has one."""
        command = self.command(call, form)
        carry_out(call, self.case, command, changes=self._changes(call, command))
        if not self.base:
            return gone_on(f"{self.path}/done", "handled")
        if self._adds and form.get("next") == "new":
            return gone_on(self.path, "added")
        return gone_on(self.base, _DONE.get(self.verb.partition("_")[0], "handled"))

    def command(self, call: Call, form: Form) -> Any:
        """Read the command; names become ids. Raises ``FormInvalid`` with every fault."""
        if (shown := self._expanded(call, form)) is not self:
            return shown.command(call, form)
        fields = [form_field(one, new=True) for one in self.fields if one.type not in _FILES]
        plain = read([one for one in fields if one.kind is not Kind.CHOICES], form)
        faults: list[Violation] = []
        for one in self.fields:
            if one.type is FieldType.CHOICES:
                plain[one.name] = [code for code in one.codes if f"{one.name}-{code}" in form]
            elif one.to is not None:
                plain[one.name] = ids_of(call, one, plain[one.name], faults)
            elif one.type in _LINES:
                plain[one.name] = parsed(one, plain[one.name], faults)
            elif one.type in _FILES:
                plain[one.name] = _staged(call, one, faults)
        refuse_if(FormInvalid, faults)
        extras = extras_in(plain)
        plain = {name: value for name, value in plain.items() if not name.startswith(f"{EXTRAS}.")}
        plain[EXTRAS] = {"values": extras} if extras else None
        content = self.content
        inside = set() if content is None else {one.name for one in fields_in(content[1])}
        needed = {one.name for one in self.route.shape.members if one.required}
        said = {
            name: value
            for name, value in plain.items()
            if name not in inside
            and name != EXTRAS
            and (name in needed or value not in ("", None, []))
        }
        if content is not None:
            member, kind = content
            blank = {one.name for one in attrs.fields(kind) if one.default is not attrs.NOTHING}
            said[member] = {
                name: plain[name]
                for name in inside
                if name not in blank or plain[name] not in ("", None, [])
            }
        return from_plain(asked_type(self.case), said)

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


def parsed(one: Described, written: Any, faults: list[Violation]) -> Any:
    """Read values that people write as lines; note what is none."""
    lines = written if isinstance(written, list) else [written] if written else []
    found = []
    for line in lines:
        try:
            found.append(attrs.asdict(one.of.parse(str(line)), value_serializer=_plain))
        except ValueError:
            faults.append(Violation("http.wrong_form", one.name, {"wanted": one.hint or one.title}))
    return found if one.many else next(iter(found), None)


def _plain(_instance: Any, _field: Any, value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _staged(call: Call, one: Described, faults: list[Violation]) -> Any:
    """Send the files of a field to where commands find them; give their ids."""
    sent = [each for each in call.uploads.get(one.name, ()) if each.name]
    if one.required and not sent:
        faults.append(Violation("kernel.register_required", one.name, {"title": one.title}))
    found = []
    for each in sent:
        try:
            found.append(stage(call.platform, call.who, each.name, each.content))
        except FileRefused as refusal:
            faults += [evolve(reason, at=one.name) for reason in refusal.reasons]
    return found if one.many else next(iter(found), "")


@cache
def _commands() -> Mapping[str, UseCase[Any, Any]]:
    """Give the commands that have no surface by hand, by their names."""
    cases = derived_cases(written_routes())
    return MappingProxyType({
        one.name: one
        for one in cases
        if not isinstance(one, Question) and one.name not in BY_HAND
    })  # fmt: skip


@cache
def form_of(name: str) -> VerbPage | None:
    """Give the form of a command, ``None`` for one that no form can hold."""
    if (case := _commands().get(name)) is None:
        return None
    route = route_of(case)
    declared = attrs.fields_dict(route.asked)
    about = "" if route.versioned is None else route.versioned.parameter
    known: list[Described] = []
    content: tuple[str, type] | None = None
    for one in route.shape.members:
        kind: Any = declared[one.name].type
        if content is None and isinstance(kind, type) and issubclass(kind, Content):
            content = one.name, kind
            known += fields_in(kind)
        elif found := described(one, declared[one.name].metadata[FIELD], about=about):
            known.append(found)
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
    """Give where the form of a verb about an aggregate is, empty where no form can hold it."""
    form = form_of(verb.permission)
    if form is None or form.about(kind) is None:
        return ""
    parts = {f"{verb.part_noun}_id": verb.part} if verb.part else {}
    return form.address(kind, id, version, **parts)


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
