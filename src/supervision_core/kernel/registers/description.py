"""The description of a register, and what follows from it for one row or many."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import cache
from types import MappingProxyType, UnionType
from typing import Any, ClassVar, Final, TypeVar, Union, get_args, get_origin

import attrs
from attrs import field, fields, frozen

from supervision_core.kernel.errors import Scalar, Violation
from supervision_core.kernel.one_line import is_one_line

Check = Callable[[Any], tuple[Violation, ...]]

_KEY: Final = "register"
_NO_CODES: Final[Mapping[str, str]] = MappingProxyType({})


class ColumnType(Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    TEXTS = "texts"
    INTEGER = "integer"
    FLAG = "flag"
    DAY = "day"


_TYPES: Final = {
    str: ColumnType.TEXT,
    tuple: ColumnType.TEXTS,
    int: ColumnType.INTEGER,
    bool: ColumnType.FLAG,
    date: ColumnType.DAY,
}


@frozen
class Column:
    """One column of a register.

    ``codes`` are the values allowed with their Chinese titles, empty where any will do;
    ``max_length`` counts characters, of each text in a column of texts; ``check`` gives what else
    is against a value that is there.
    """

    name: str
    title: str
    type: ColumnType
    required: bool = False
    searchable: bool = False
    unique: bool = False
    max_length: int | None = None
    codes: Mapping[str, str] = field(default=_NO_CODES, hash=False)
    check: Check | None = field(default=None, eq=False, repr=False)


@frozen
class RegisterDescription:
    """A register as its surfaces need to know it; columns in the order of the class."""

    name: str
    title: str
    columns: tuple[Column, ...]


@frozen
class Content:
    """What one row of a register says; a register subclasses it.

    ``register_name`` is the stable English name, ``register_title`` the Chinese one.
    """

    register_name: ClassVar[str]
    register_title: ClassVar[str]


C = TypeVar("C", bound=Content)


def column(  # noqa: PLR0913 - one argument for each thing that a column may say of itself
    title: str,
    *,
    required: bool = False,
    searchable: bool = False,
    unique: bool = False,
    max_length: int | None = None,
    codes: Mapping[str, str] = _NO_CODES,
    check: Check | None = None,
    default: Any = attrs.NOTHING,
) -> Any:
    """Make the field of a register class, as ``attrs.field`` makes one; see ``Column``."""
    described = Column(
        "", title, ColumnType.TEXT, required, searchable, unique, max_length, codes, check
    )
    return field(default=default, metadata={_KEY: described})


def describe(register: type[Content]) -> RegisterDescription:
    """Give the description of ``register``. Raises ``TypeError`` for a field of another type."""
    hashable: Any = register  # mypy takes the __hash__ of its instances for that of the class
    return _described(hashable)


@cache
def _described(register: type[Content]) -> RegisterDescription:
    attrs.resolve_types(register)
    return RegisterDescription(
        register.register_name,
        register.register_title,
        tuple(
            attrs.evolve(one.metadata[_KEY], name=one.name, type=_column_type(one.type))
            for one in fields(register)
        ),
    )


def _column_type(annotation: Any) -> ColumnType:
    if get_origin(annotation) in (Union, UnionType):
        (annotation,) = (part for part in get_args(annotation) if part is not type(None))
    kind = get_origin(annotation) or annotation
    if kind not in _TYPES or (kind is tuple and get_args(annotation) != (str, ...)):
        raise TypeError(annotation)
    return _TYPES[kind]


def violations_of(content: Content) -> tuple[Violation, ...]:
    """Give everything that the description holds against ``content``, column by column.

    ``kernel.not_one_line``, ``kernel.register_required``, ``…_too_long``, ``…_unknown_code``, or
    whatever the column's own check gives; ``at`` is the column's name.
    """
    found: list[Violation] = []
    for one in describe(type(content)).columns:
        found += _cell_violations(one, getattr(content, one.name))
    return tuple(found)


def _is_blank(value: object) -> bool:
    return value is None or value == () or (isinstance(value, str) and not value.strip())


def _cell_violations(one: Column, value: Any) -> Iterable[Violation]:
    if not all(map(is_one_line, _texts(value))):
        yield Violation("kernel.not_one_line", one.name)
    if _is_blank(value):
        if one.required:
            yield Violation("kernel.register_required", one.name, {"title": one.title})
        return
    texts = value if isinstance(value, tuple) else (value,)
    limit = one.max_length
    if limit is not None and any(len(text) > limit for text in texts):
        data: dict[str, Scalar] = {"title": one.title, "most": limit}
        yield Violation("kernel.register_too_long", one.name, data)
    if one.codes and any(text not in one.codes for text in texts):
        data = {"title": one.title, "allowed": "、".join(one.codes.values())}
        yield Violation("kernel.register_unknown_code", one.name, data)
    if one.check is not None:
        for violation in one.check(value):
            yield attrs.evolve(violation, at=one.name)


def matches(content: Content, text: str) -> bool:
    """Tell whether a searchable column holds ``text``, upper and lower case alike."""
    wanted = text.strip().casefold()
    return any(
        wanted in part.casefold()
        for one in describe(type(content)).columns
        if one.searchable
        for part in _texts(getattr(content, one.name))
    )


def _texts(value: object) -> Iterable[str]:
    parts = value if isinstance(value, tuple) else (value,)
    return ("" if part is None else str(part) for part in parts)


Holder = Callable[[str, Scalar], str | None]
"""Tells the id of the living entry that has a value in a column, if any."""


def taken_violations(content: Content, holder: Holder, *, own: str = "") -> tuple[Violation, ...]:
    """Give ``kernel.register_taken`` for each unique column whose value another entry has.

    ``own`` is the id of the entry that ``content`` is for. A store refuses such an entry too, with
    ``Conflict``; this is how to say it in words before.
    """
    return tuple(
        Violation("kernel.register_taken", one.name, {"title": one.title})
        for one in describe(type(content)).columns
        if one.unique and not _is_blank(value := getattr(content, one.name))
        if holder(one.name, value) not in {None, own}
    )


def batch_violations(contents: Sequence[Content], holder: Holder) -> tuple[Violation, ...]:
    """Give everything against adding ``contents`` together, ``at`` as ``rows[3].name``.

    A unique value that stands twice in the batch is taken by the first row that has it.
    """
    found: list[Violation] = []
    seen: dict[tuple[str, Scalar], str] = {}

    def holder_or_earlier(name: str, value: Scalar) -> str | None:
        return seen.get((name, value)) or holder(name, value)

    for number, content in enumerate(contents):
        reasons = violations_of(content) + taken_violations(content, holder_or_earlier)
        found += (attrs.evolve(one, at=f"rows[{number}].{one.at}") for one in reasons)
        for one in describe(type(content)).columns:
            if one.unique:
                seen.setdefault((one.name, getattr(content, one.name)), f"rows[{number}]")
    return tuple(found)
