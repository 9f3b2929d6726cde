"""Sheets: the fields of a command, however deep they stand in it, as one form has them.

A field is named as JSON names its place (``orders[0].officers``), so that a refusal finds it.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from typing import Any, Final

import attrs
from attrs import evolve, frozen

from entrypoints.catalogue import term_of
from entrypoints.http.web.attached import FILES, KEPT
from entrypoints.http.web.pages import Form
from entrypoints.http.web.reading import NO, YES
from entrypoints.searching import is_looked_up
from entrypoints.shape import (
    TAG,
    Choice,
    Flag,
    Many,
    Maybe,
    Member,
    Shape,
    Table,
    Text,
    Thing,
    Variants,
    Whole,
)
from supervision_core.assessment.model.decimals import decimal_number, decimal_text
from supervision_core.kernel.fields import FIELD, FieldWords
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.kernel.registers import Field as Described
from supervision_core.kernel.registers import FieldType

_LINKS: Final = {FieldType.TEXT: FieldType.LINK, FieldType.TEXTS: FieldType.LINKS}
LINES: Final = frozenset({FieldType.VALUE, FieldType.VALUES})
_SHOWN_ONLY: Final = frozenset({FieldType.EXTRAS, FieldType.ROWS})
BLANK: Final[tuple[object, ...]] = ("", None, [])
"""What stands for nothing in what a form says."""
OF_HUNDREDTHS: Final = re.compile("，以百分之一分计")
"""What the title of points says that are written as decimals."""
OF_ID: Final = re.compile("的?(编号|代码|编码)(?=，|$)")
"""What the title of an id says that is written by name."""
_KEY, _VALUE = "key", "value"
_CELLS: Final = "每行一组，以空格分隔"


def described(one: Member, words: FieldWords, *, about: str = "") -> Described | None:
    """Describe a field of a command for a form; ``None`` for one that no single field can hold.

    ``about`` is the field that holds the id of what the command is about: nobody looks that up.
    """
    if isinstance(words, Described):
        return evolve(words, name=one.name)
    shape = inside(one.shape)
    kind = _type_of(shape)
    if kind is None or (kind is FieldType.FLAG and isinstance(one.shape, Maybe)):
        return None
    if words.codes and isinstance(shape, Many):
        kind = FieldType.CHOICES
    if words.long and kind is FieldType.TEXT:
        kind = FieldType.LONG_TEXT
    picked = words.to is not None and one.name != about and is_looked_up(words.to)
    title, rest = _titled(words, picked=picked)
    hints = (rest, _CELLS if _is_matrix(shape) else words.hint)
    return Described(
        name=one.name, title=title, places=words.places,
        type=_LINKS.get(kind, kind) if picked else kind,
        required=one.required and not isinstance(one.shape, Maybe)
        and kind is not FieldType.CHOICES,
        codes=_codes(shape, words), to=words.to if picked else None,
        hint="；".join(filter(None, hints)),
    )  # fmt: skip


def _titled(words: FieldWords, *, picked: bool) -> tuple[str, str]:
    """Give what a field is called, and what its title says after that of how it is filled in."""
    title = OF_HUNDREDTHS.sub("", words.title) if words.places else words.title
    called, _, rest = (OF_ID.sub("", title) if picked else title).partition("，")
    return called, for_people(rest)


def for_people(title: str) -> str:
    """Say it as people fill a form in: they leave out what programs send empty."""
    return title.replace("为空", "不填")


def inside(shape: Shape) -> Shape:
    """Give the shape of what a field holds where it is not empty."""
    return shape.shape if isinstance(shape, Maybe) else shape


def _is_matrix(shape: Shape) -> bool:
    return isinstance(shape, Many) and isinstance(shape.item, Many)


def _type_of(shape: Shape) -> FieldType | None:
    match shape:
        case Text(form="date"):
            found = FieldType.DAY
        case Text(form="date-time"):
            found = FieldType.MOMENT
        case Text() | Choice():
            found = FieldType.TEXT if isinstance(shape, Text) else FieldType.CHOICE
        case Whole() | Flag():
            found = FieldType.INTEGER if isinstance(shape, Whole) else FieldType.FLAG
        case Many(Text(form="")) | Many(Whole()) | Many(Many(Whole() | Text())):
            found = FieldType.TEXTS
        case Many(Choice()):
            found = FieldType.CHOICES
        case _:
            return None
    return found


def _codes(shape: Shape, words: FieldWords) -> Mapping[str, str]:
    inner = shape.item if isinstance(shape, Many) else shape
    values = inner.values if isinstance(inner, Choice) else words.codes
    return {value: words.codes.get(value, value) for value in values}


def holds(shape: Shape, within: tuple[type, ...] = ()) -> bool:
    """Tell whether a form can hold a sheet, or rows, of this shape: all that must be said in it."""
    match shape:
        case Maybe(inner) | Many((Thing() | Variants()) as inner):
            return holds(inner, within)
        case Table(inner):
            return _type_of(inner) is not None
        case Thing(cls=cls) if cls in within:
            return True
        case Thing(members=members, cls=cls):
            return all(
                one.name == TAG
                or not one.required
                or described(one, _words(cls, one)) is not None
                or holds(one.shape, (*within, cls))
                for one in members
            )
        case Variants():
            return all(holds(one, within) for one in shape.things)
        case _:
            return False


def _words(cls: type, one: Member) -> FieldWords:
    found: FieldWords = attrs.fields_dict(cls)[one.name].metadata[FIELD]
    return found


@frozen(kw_only=True)
class Leaf:
    """A field: its name says where it stands in the form, ``place`` where in the command.

    ``default`` is the text that it shows where nothing is said; the number that is ``unsaid`` is
    shown as none. What no field can hold is ``kept``, as JSON, as it was. What is chosen ``among``
    parts of another thing is so named as its words name it.
    """

    field: Described
    place: str
    shape: Shape
    default: str = ""
    unsaid: str = ""
    kept: bool = False
    among: str = ""

    @property
    def beside(self) -> str:
        """The field beside it that names the thing of whose parts it is chosen."""
        return f"{self.field.name.rpartition('.')[0]}.".lstrip(".") + self.among.partition(".")[0]

    @property
    def leaves(self) -> Iterator["Leaf"]:
        """Give the fields in it."""
        yield self

    def shown(self, said: Form) -> Iterator[tuple[str, str]]:
        """Give how the form shows what ``spread`` told of values that are no texts."""
        name, text = self.field.name, said.get(self.field.name, "")
        if self.field.type in FILES and text:
            yield f"{name}{KEPT}", text
        if self.unsaid and text == self.unsaid:
            yield name, ""
        if self.field.type in LINES and text.startswith(("[", "{")):
            found = json.loads(text)
            values = found if isinstance(found, list) else [found]
            yield name, "\n".join(str(from_plain(self.field.of, one)) for one in values)

    def gathered(self, plain: Mapping[str, Any]) -> Any:
        """Give its value as JSON has it."""
        value = plain[self.field.name]
        inner = inside(self.shape)
        match inner:
            case Whole() if isinstance(value, str) and value:
                return decimal_number(value, self.field.places)
            case Many(Whole()):
                return [_number(one) for one in value]
            case Many(Many(Whole())):
                return [[_number(one) for one in line.split()] for line in value]
            case Many(Many(Text())):
                return [line.split() for line in value]
            case _:
                return None if isinstance(self.shape, Maybe) and value == "" else value


def _number(text: str) -> Any:
    return int(text) if text.removeprefix("-").isdecimal() else text


@frozen(kw_only=True)
class Group:
    """Fields that stand together under a title: a sheet, one of its kinds, or a row.

    ``chooser`` asks of which kind it is, or whether it is there at all: the fields follow from it.
    """

    name: str
    title: str
    place: str
    parts: tuple[tuple[Member, "Part"], ...]
    chooser: Leaf | None = None

    @property
    def leaves(self) -> Iterator[Leaf]:
        """Give the fields in it."""
        if self.chooser is not None:
            yield self.chooser
        for _, part in self.parts:
            yield from part.leaves

    def gathered(self, plain: Mapping[str, Any]) -> Any:
        """Give what is filled in as JSON has it; what may be left out and is blank, is left out."""
        kind = "" if self.chooser is None else plain[self.chooser.field.name]
        if self.chooser is not None and not kind:
            return None
        said = ((one, part.gathered(plain)) for one, part in self.parts)
        found = {one.name: value for one, value in said if one.required or value not in BLANK}
        return {**found, TAG: kind} if kind and kind != YES else found


@frozen(kw_only=True)
class Rows:
    """Any number of groups, which the reader adds and takes away.

    What is ``paired`` are names, each with its value.
    """

    name: str
    title: str
    place: str
    rows: tuple[Group, ...]
    paired: bool = False

    @property
    def leaves(self) -> Iterator[Leaf]:
        """Give the fields in all rows."""
        for row in self.rows:
            yield from row.leaves

    def gathered(self, plain: Mapping[str, Any]) -> Any:
        """Give the rows as JSON has them."""
        found = [one.gathered(plain) for one in self.rows]
        return {one[_KEY]: one[_VALUE] for one in found} if self.paired else found


Part = Leaf | Group | Rows


def leaf(one: Described, shape: Shape, among: str = "") -> Leaf:
    """Give the field of a form for a field of the command itself."""
    return Leaf(field=one, place=one.name, shape=shape, among=among)


def unfolded(
    one: Member, words: FieldWords, form: Form, *, place: str = "", name: str = ""
) -> Part:
    """Give a sheet, or rows, as far as the form says of which kind it is and how many there are."""
    place, name, title = place or one.name, name or one.name, for_people(words.title)
    shape = inside(one.shape)
    if isinstance(shape, Table):
        return _pairs(one, shape, words, form, place, name)
    if isinstance(shape, Many):
        numbers = row_numbers(form, name) or ((0,) if one.required else ())
        rows = (
            unfolded(
                Member(one.name, shape.item, required=True), _numbered(position), form,
                place=f"{place}[{position}]", name=f"{name}[{number}]",
            )
            for position, number in enumerate(numbers)
        )  # fmt: skip
        return Rows(
            name=name, title=title, place=place,
            rows=tuple(row for row in rows if isinstance(row, Group)),
        )  # fmt: skip
    chooser = _chooser(one, place, name)
    kind = YES if chooser is None else form.get(chooser.field.name, "")
    thing: Shape | None = shape if kind == YES else None
    if isinstance(shape, Variants):
        thing = next((each for each in shape.things if each.name == kind), None)
    parts = _parts(thing, form, place, name) if isinstance(thing, Thing) else ()
    return Group(name=name, title=title, place=place, parts=tuple(parts), chooser=chooser)


def _numbered(position: int) -> FieldWords:
    return FieldWords(title=f"第{position + 1}项")


def _pairs(  # noqa: PLR0913, PLR0917 - what rows of any kind are made of
    one: Member, shape: Table, words: FieldWords, form: Form, place: str, name: str
) -> Rows:
    """Give names and their values as rows; both refer to what the field says that it refers to."""
    said = _pairs_now(form, name)
    numbers = row_numbers(form, name) or tuple(range(len(said))) or ((0,) if one.required else ())
    texts = dict(enumerate(said.items()))
    rows = []
    for position, number in enumerate(numbers):
        at, called = f"{place}[{position}]", f"{name}[{number}]"
        parts = []
        pair = texts.get(number, ("", ""))
        for inner, title, kind, text in zip(
            (_KEY, _VALUE), ("项", "值"), (Text(), shape.value), pair, strict=True
        ):
            member = Member(inner, kind, required=True)
            places = words.places if inner == _VALUE else 0
            asked = evolve(words, title=title, hint="", places=places)
            found = described(member, asked) or Described(
                name=inner, title=title, type=FieldType.TEXT
            )
            made = evolve(found, name=f"{called}.{inner}")
            parts.append((
                member,
                Leaf(field=made, place=f"{at}.{inner}", shape=kind, default=str(text)),
            ))  # fmt: skip
        rows.append(
            Group(name=called, title=_numbered(position).title, place=at, parts=tuple(parts))
        )
    title = for_people(words.title)
    return Rows(name=name, title=title, place=place, rows=tuple(rows), paired=True)


def _pairs_now(form: Form, name: str) -> Mapping[str, Any]:
    """Give the names and values that ``spread`` told of."""
    try:
        found = json.loads(form.get(name) or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _chooser(one: Member, place: str, name: str) -> Leaf | None:
    shape = inside(one.shape)
    if isinstance(shape, Variants):
        title, codes = "类型", {each.__name__: term_of(each) for each in shape.kinds}
    elif isinstance(one.shape, Maybe):
        title, codes = "是否填写", {YES: "填写"}
    else:
        return None
    asked = Described(
        name=f"{name}.{TAG}", title=title, type=FieldType.CHOICE, codes=codes,
        required=not isinstance(one.shape, Maybe),
    )  # fmt: skip
    return Leaf(field=asked, place=f"{place}.{TAG}", shape=Choice(tuple(codes)))


def _parts(thing: Thing, form: Form, place: str, name: str) -> Iterator[tuple[Member, Part]]:
    defaults = attrs.fields_dict(thing.cls)
    for one in thing.members:
        if one.name == TAG or (words := _words(thing.cls, one)).elsewhere:
            continue
        at, called = f"{place}.{one.name}", f"{name}.{one.name}"
        found = described(one, words)
        if found is not None and found.type not in _SHOWN_ONLY:
            required = found.required and not isinstance(inside(one.shape), Many)
            made = evolve(found, name=called, required=required)
            usual = defaults[one.name].default
            yield one, Leaf(field=made, place=at, shape=one.shape, default=_shown(usual, words),
                            among=words.among,
                            unsaid="" if words.places else _number_of(usual))  # fmt: skip
        elif found is None and holds(one.shape):
            yield one, unfolded(one, words, form, place=at, name=called)
        else:
            kept = Described(name=called, title=words.title, type=FieldType.TEXT)
            yield one, Leaf(field=kept, place=at, shape=one.shape, kept=True)


def written_plain(value: Any) -> Any:
    """Give a value as JSON has it, whole numbers with decimals as people write these."""
    return _written(value, to_plain(value), 0)


def _written(value: Any, plain: Any, places: int) -> Any:
    if places and isinstance(plain, int) and not isinstance(plain, bool):
        return decimal_text(plain, places)
    if isinstance(plain, list) and isinstance(value, tuple | list):
        pairs = zip(value, plain, strict=True)
        return [_written(each, one, places) for each, one in pairs]
    if not isinstance(plain, dict):
        return plain
    if not attrs.has(type(value)):
        return {key: _written(None, one, places) for key, one in plain.items()}
    words = {one.name: one.metadata.get(FIELD) for one in attrs.fields(type(value))}
    return {
        name: _written(
            getattr(value, name, None), one, said.places if (said := words.get(name)) else 0
        )
        for name, one in plain.items()
    }


def shown_default(default: Any) -> str:
    """Give how a form shows what a field is where nothing is said of it, empty for nothing."""
    if isinstance(default, bool):
        return YES if default else NO
    return str(default.value) if isinstance(default, Enum) and default is not attrs.NOTHING else ""


def _shown(default: Any, words: FieldWords) -> str:
    if words.places and isinstance(default, int):
        return decimal_text(default, words.places)
    return shown_default(default)


def _number_of(default: Any) -> str:
    return str(default) if isinstance(default, int) and not isinstance(default, bool) else ""


def row_numbers(form: Form, name: str) -> tuple[int, ...]:
    """Give the numbers of the rows that a form holds, in order; taking away leaves gaps."""
    row = re.compile(rf"{re.escape(name)}\[([0-9]{{1,4}})\]")
    return tuple(sorted({int(found[1]) for one in form if (found := row.match(one))}))


def reshaped(form: Form, act: str) -> tuple[Form, str]:
    """Give the form with one row more (``+orders``) or less (``-orders[1]``), and the new row.

    Anything else leaves it as it is: it only asks for what follows from a choice.
    """
    name = act[1:]
    if act.startswith("+"):
        row = f"{name}[{max(row_numbers(form, name), default=-1) + 1}]"
        return {**form, row: ""}, row
    if act.startswith("-"):
        left = {one: text for one, text in form.items() if not _stands_in(one, name)}
        return left, ""
    return dict(form), ""


def _stands_in(one: str, name: str) -> bool:
    return one == name or one.startswith((f"{name}.", f"{name}["))


def spread(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Give what a sheet says now, field by field: JSON by the names that a form has for it."""
    match value:
        case dict():
            yield f"{name}.{TAG}", value.get(TAG, YES)
            yield name, json.dumps(value, ensure_ascii=False)
            for each, inner in value.items():
                if each != TAG:
                    yield from spread(inner, f"{name}.{each}")
        case [dict(), *_]:
            yield name, json.dumps(value, ensure_ascii=False)
            for number, each in enumerate(value):
                yield f"{name}[{number}]", ""
                yield from spread(each, f"{name}[{number}]")
        case [list(), *_]:
            yield name, "\n".join(" ".join(map(str, line)) for line in value)
        case list():
            yield name, "\n".join(map(str, value))
        case bool():
            yield name, YES if value else NO
        case None:
            yield name, ""
        case _:
            yield name, str(value)


def nodes(part: Part, field: Callable[[Leaf], Any]) -> Mapping[str, Any]:
    """Give what a template shows of a part, with the ``field`` of the form for each of it."""
    if isinstance(part, Leaf):
        return {"kept": part.field.name} if part.kept else {"field": field(part)}
    said = {"name": part.name, "title": part.title, "place": part.place}
    if isinstance(part, Rows):
        return {**said, "rows": [nodes(one, field) for one in part.rows]}
    chooser = None if part.chooser is None else field(part.chooser)
    return {**said, "chooser": chooser, "nodes": [nodes(one, field) for _, one in part.parts]}


def leaves_of(parts: Iterable[Part]) -> tuple[Leaf, ...]:
    """Give every field in all parts."""
    return tuple(each for one in parts for each in one.leaves)
