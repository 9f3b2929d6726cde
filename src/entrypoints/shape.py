"""What a type looks like as JSON: read once from its annotations, used to check and to describe.

The schema that is published and the check that is made are two readings of one ``Shape``, so that
neither can promise what the other does not keep.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from functools import cache
from inspect import isabstract
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs
from attrs import evolve, field, frozen

from supervision_core.assessment.model import Criterion, Formula
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import FIELD, FieldWords

LARGEST: Final = 2**53 - 1
"""JavaScript and many other readers of JSON take larger numbers for others."""
LONGEST_TEXT: Final = 20_000
TEXT: Final = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ODD = re.compile(r"[^\w-]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})"
)
HEX: Final = r"^([0-9a-f]{2})*$"
TAG: Final = "_type"
"""The field that names which of several classes an object is of."""

_WORDS: Final = {
    "object": "对象",
    "array": "数组",
    "string": "文本",
    "integer": "整数",
    "boolean": "true或false",
}
_FORMS: Final = {
    "date": "2026-01-31",
    "date-time": "2026-01-31T08:00:00Z",
    "hex": "小写十六进制",
}


def _joined(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def shown(name: str) -> str:
    """Give a name that somebody made up so that an answer may hold it."""
    return _ODD.sub("?", name[:60])


def _wrong_type(kind: str, at: str) -> Violation:
    return Violation("http.wrong_type", at, {"wanted": _WORDS[kind]})


class Shape(ABC):
    """What a value looks like as JSON."""

    @abstractmethod
    def faults(self, value: object, at: str = "") -> Iterator[Violation]:
        """Give everything that keeps ``value`` from being of this shape, each with its place."""


@frozen
class Text(Shape):
    """A text; ``form`` is empty, ``date``, ``date-time`` or ``hex``."""

    form: str = ""

    def faults(self, value: object, at: str = "") -> Iterator[Violation]:
        """Check type, length, signs and form."""
        if not isinstance(value, str):
            yield _wrong_type("string", at)
        elif len(value) > LONGEST_TEXT:
            yield Violation("http.text_too_long", at, {"most": LONGEST_TEXT})
        elif _CONTROL.search(value):
            yield Violation("http.text_unfit", at)
        elif self.form and not _has_form(self.form, value):
            yield Violation("http.wrong_form", at, {"wanted": _FORMS[self.form]})


def _has_form(form: str, value: str) -> bool:
    try:
        match form:
            case "date":
                return bool(_DAY.fullmatch(value) and date.fromisoformat(value))
            case "date-time":
                return bool(_MOMENT.fullmatch(value) and datetime.fromisoformat(value))
            case _:
                return bool(re.fullmatch(HEX.removesuffix("$"), value))
    except ValueError:
        return False


@frozen
class Whole(Shape):
    """A whole number."""

    def faults(self, value: object, at: str = "") -> Iterator[Violation]:
        """Check type and range."""
        if not isinstance(value, int) or isinstance(value, bool):
            yield _wrong_type("integer", at)
        elif abs(value) > LARGEST:
            yield Violation("http.out_of_range", at, {"least": -LARGEST, "most": LARGEST})


@frozen
class Flag(Shape):
    """True or false."""

    def faults(self, value: object, at: str = "") -> Iterator[Violation]:
        """Check the type."""
        if not isinstance(value, bool):
            yield _wrong_type("boolean", at)


@frozen
class Choice(Shape):
    """One of some values."""

    values: tuple[str, ...]

    def faults(self, value: object, at: str = "") -> Iterator[Violation]:
        """Check that it is one of them."""
        if value not in self.values:
            yield Violation("http.unknown_choice", at, {"choices": "、".join(self.values)})


@frozen
class Anything(Shape):
    """Whatever JSON there is, of texts and whole numbers that can be kept."""

    def faults(self, value: object, at: str = "") -> Iterator[Violation]:
        """Check each text, name and number in it."""
        if isinstance(value, str):
            yield from Text().faults(value, at)
        elif isinstance(value, int) and not isinstance(value, bool):
            yield from Whole().faults(value, at)
        elif isinstance(value, list):
            for number, one in enumerate(value):
                yield from self.faults(one, f"{at}[{number}]")
        elif isinstance(value, dict):
            for name, one in value.items():
                yield from Text().faults(name, at)
                yield from self.faults(one, _joined(at, shown(name)))


@frozen
class Maybe(Shape):
    """The shape, or null."""

    shape: Shape

    def faults(self, value: object, at: str = "") -> Iterator[Violation]:
        """Check what is there."""
        if value is not None:
            yield from self.shape.faults(value, at)


@frozen
class Many(Shape):
    """Any number of one shape."""

    item: Shape

    def faults(self, value: object, at: str = "") -> Iterator[Violation]:
        """Check each of them."""
        if not isinstance(value, list):
            yield _wrong_type("array", at)
            return
        for number, one in enumerate(value):
            yield from self.item.faults(one, f"{at}[{number}]")


@frozen
class Row(Shape):
    """A list of one value of each shape, in this order."""

    items: tuple[Shape, ...]

    def faults(self, value: object, at: str = "") -> Iterator[Violation]:
        """Check how many there are, and each of them."""
        if not isinstance(value, list):
            yield _wrong_type("array", at)
        elif len(value) != len(self.items):
            yield Violation("http.wrong_number", at, {"wanted": len(self.items)})
        else:
            for number, (shape, one) in enumerate(zip(self.items, value, strict=True)):
                yield from shape.faults(one, f"{at}[{number}]")


@frozen
class Either(Shape):
    """A value that has one of some simple shapes."""

    shapes: tuple[Shape, ...]

    def faults(self, value: object, at: str = "") -> Iterator[Violation]:
        """Check that one of them fits; otherwise say what keeps it from the one it is nearest."""
        found = [tuple(shape.faults(value, at)) for shape in self.shapes]
        if all(found):
            near = [each for each in found if each[0].code != "http.wrong_type"]
            yield from (near or found)[0]


@frozen
class Table(Shape):
    """Values by name."""

    value: Shape

    def faults(self, value: object, at: str = "") -> Iterator[Violation]:
        """Check each of them, and its name."""
        if not isinstance(value, dict):
            yield _wrong_type("object", at)
            return
        for name, one in value.items():
            yield from Text().faults(name, at)
            yield from self.value.faults(one, _joined(at, shown(name)))


@frozen
class Member:
    """A field of a thing; without ``required`` it may be left out."""

    name: str
    shape: Shape
    required: bool


@frozen
class Thing(Shape):
    """An object of known fields and no others; ``name`` is its class."""

    name: str
    members: tuple[Member, ...]
    cls: type = field(eq=False, repr=False)

    def faults(self, value: object, at: str = "") -> Iterator[Violation]:
        """Check each field; one that nobody knows is a fault as one that is missing."""
        if not isinstance(value, dict):
            yield _wrong_type("object", at)
            return
        known = {one.name for one in self.members}
        for name in value:
            if name not in known:
                yield Violation("http.unknown_field", _joined(at, shown(name)))
        for one in self.members:
            if one.name in value:
                yield from one.shape.faults(value[one.name], _joined(at, one.name))
            elif one.required:
                yield Violation("http.missing", _joined(at, one.name))


@frozen
class Variants(Shape):
    """An object of one of some classes, named by its field ``_type``.

    Its things are read when they are asked for: they may hold such an object themselves.
    """

    kinds: tuple[type, ...]

    @property
    def things(self) -> tuple[Thing, ...]:
        """What an object of each class looks like."""
        return tuple(map(_named_thing, self.kinds))

    def faults(self, value: object, at: str = "") -> Iterator[Violation]:
        """Check that it is named, and as what it is named."""
        if not isinstance(value, dict):
            yield _wrong_type("object", at)
            return
        named = {one.__name__: one for one in self.kinds}
        if TAG not in value:
            yield Violation("http.missing", _joined(at, TAG))
        elif not isinstance(name := value[TAG], str) or name not in named:
            yield from Choice(tuple(named)).faults(value[TAG], _joined(at, TAG))
        else:
            yield from _named_thing(named[name]).faults(value, at)


_SIMPLE: Final[Mapping[Any, Shape]] = {
    str: Text(), int: Whole(), bool: Flag(), date: Text("date"), datetime: Text("date-time"),
    bytes: Text("hex"), object: Anything(), Formula: Text(), Criterion: Text(),
}  # fmt: skip
_JSON = {NoneType, bool, int, str}


def shape_of(annotation: Any) -> Shape:
    """Give the shape of a type. Raises ``TypeError`` for one that has none."""
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    origin, parts = get_origin(annotation) or annotation, get_args(annotation)
    found = None
    if origin in (Union, UnionType):
        found = _united(parts)
    elif isinstance(origin, type):
        found = _of_class(origin, parts)
    if found is None:
        raise TypeError(annotation)
    return found


def _united(parts: tuple[Any, ...]) -> Shape | None:
    simple = _JSON | {date}
    if set(parts) > _JSON and not set(parts) <= simple:
        return Anything()
    rest = [one for one in parts if one is not NoneType]
    if len(rest) > 1 and set(rest) <= simple:
        parts = tuple(one for one in parts if one is not date)  # a day is a text among others
        rest = [one for one in rest if one is not date]
    if len(rest) == 1:
        found = shape_of(rest[0])
    elif set(rest) <= _JSON:
        found = Either(tuple(shape_of(one) for one in rest))
    elif all(attrs.has(one) for one in rest):
        found = Variants(tuple(rest))
    else:
        return None
    return found if len(rest) == len(parts) else Maybe(found)


@cache
def _named_thing(kind: type) -> Thing:
    """Give the shape of a class that is stored under its name (``tagged_union``)."""
    made = _thing(kind, ())
    tag = Member(TAG, Choice((kind.__name__,)), required=True)
    return evolve(made, members=(tag, *made.members))


def _of_class(origin: type, parts: tuple[Any, ...]) -> Shape | None:
    found: Shape | None = None
    if issubclass(origin, Enum):
        found = Choice(tuple(str(one.value) for one in origin))
    elif attrs.has(origin):
        found = _thing(origin, parts)
    elif issubclass(origin, Mapping):
        found = Table(shape_of(parts[1]))
    elif issubclass(origin, (Sequence, frozenset)) and parts and parts[1:] in ((), (...,)):
        found = Many(shape_of(parts[0]))
    elif issubclass(origin, tuple) and parts:
        found = Row(tuple(map(shape_of, parts)))
    elif kinds := origin.__subclasses__() if isabstract(origin) else ():
        found = Variants(tuple(kinds))
    return found


def _thing(cls: type[Any], parts: tuple[Any, ...]) -> Thing:
    filled = dict(zip(getattr(cls, "__parameters__", ()), parts, strict=True)) if parts else {}
    hints = get_type_hints(cls)
    name = cls.__name__ + "".join(getattr(part, "__name__", str(part)) for part in parts)
    members = (
        Member(
            one.name,
            shape_of(_fill(hints[one.name], filled)),
            required=one.default is attrs.NOTHING,
        )
        for one in attrs.fields(cls)
        if not (isinstance(words := one.metadata.get(FIELD), FieldWords) and words.internal)
    )
    return Thing(name, tuple(members), cls)


def _fill(hint: Any, filled: Mapping[Any, Any]) -> Any:
    if isinstance(hint, TypeVar):
        return filled[hint]
    if get_origin(hint) is tuple and filled:
        item: Any = _fill(get_args(hint)[0], filled)
        return tuple[item, ...]
    return hint
