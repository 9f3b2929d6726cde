"""The description of a register's content, and what follows from it for one row or many."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import attrs
from attrs import fields, frozen

from supervision_core.kernel.errors import Scalar, Violation
from supervision_core.kernel.fields import FIELD
from supervision_core.kernel.masking import COVER
from supervision_core.kernel.one_line import is_one_line
from supervision_core.kernel.registers.fields import PYTHON_TYPES, Field, FieldType, Search


@frozen
class Content:
    """What one row of a register says; a register subclasses it, its fields made by makers."""


C = TypeVar("C", bound=Content)


def described(content: type) -> tuple[Field, ...]:
    """Give the fields of a class of attrs in its order: those of them that a maker made.

    Raises ``TypeError`` for a field whose type is not that of its maker.
    """
    hashable: Any = content  # mypy takes the __hash__ of its instances for that of the class
    return _described(hashable)


@cache
def _described(content: type) -> tuple[Field, ...]:
    attrs.resolve_types(content)
    return tuple(
        attrs.evolve(_checked(content, one), name=one.name)
        for one in fields(content)
        if isinstance(one.metadata.get(FIELD), Field)
    )


def _checked(content: type, one: "attrs.Attribute[Any]") -> Field:
    made: Field = one.metadata[FIELD]
    annotation: Any = one.type
    if get_origin(annotation) in (Union, UnionType):
        (annotation,) = (part for part in get_args(annotation) if part is not type(None))
    kind = get_origin(annotation) or annotation
    wanted = PYTHON_TYPES[made.type]
    if not _holds(made, annotation, kind, wanted):
        told = f"{content.__module__}.{content.__qualname__}.{one.name}: {annotation}, not {wanted}"
        raise TypeError(told)
    return made


def _holds(made: Field, annotation: Any, kind: Any, wanted: type) -> bool:
    if made.type is FieldType.CHOICE:
        return isinstance(kind, type) and issubclass(kind, wanted)
    if made.type is FieldType.VALUE:
        return kind is made.of
    if kind is frozenset:
        return made.type is FieldType.LINKS
    if kind is tuple:
        part, *more = get_args(annotation)
        item = part is made.of if made.of else isinstance(part, type) and issubclass(part, str)
        return wanted is tuple and item and more == [...]
    return kind is wanted


def label_field(fields: Sequence[Field]) -> Field:
    """Give the field by which a row is called: its name, or else its first text that is required.

    Raises ``StopIteration`` where there is none.
    """
    texts = [one for one in fields if one.type is FieldType.TEXT and one.required]
    return next((one for one in texts if one.name == "name"), *texts[:1])


def label_of(content: Content) -> str:
    """Give what a row is called, masked where it is personal."""
    found = label_field(described(type(content)))
    text = str(getattr(content, found.name))
    return text if found.mask is None else found.mask(text)


def masked(content: C, *, but: frozenset[str] = frozenset()) -> C:
    """Give the content with its personal fields masked, ``but`` those."""
    fields_ = (one for one in described(type(content)) if one.mask and one.name not in but)
    hidden = {one.name: one.mask(getattr(content, one.name)) for one in fields_ if one.mask}
    return attrs.evolve(content, **hidden) if hidden else content


def code_of(content: Content) -> str:
    """Give what tells a row apart from others of the same label: its field ``code``, if any."""
    personal = {one.name for one in described(type(content)) if one.mask is not None}
    code = "" if "code" in personal else str(getattr(content, "code", ""))
    return "" if code == label_of(content) else code


def violations_of(content: Content) -> tuple[Violation, ...]:
    """Give everything that the description holds against ``content``, field by field.

    ``kernel.not_one_line``, ``kernel.register_required``, ``…_too_long``, ``…_unknown_code``, or
    whatever the field's own check gives; ``at`` is the field's name. What is said in elements is
    held against their set (``ElementSet.violations``).
    """
    found: list[Violation] = []
    for one in described(type(content)):
        if one.type is not FieldType.EXTRAS:
            found += _cell_violations(one, getattr(content, one.name))
    return tuple(found)


def is_blank(value: object) -> bool:
    """Tell whether a field with ``value`` says nothing."""
    return (
        value is None
        or value in ((), frozenset())
        or (isinstance(value, str) and not value.strip())
    )


def _cell_violations(one: Field, value: Any) -> Iterable[Violation]:
    if one.type is not FieldType.LONG_TEXT and not all(map(is_one_line, texts_of(value))):
        yield Violation("kernel.not_one_line", one.name)
    if is_blank(value):
        if one.required:
            yield Violation("kernel.register_required", one.name, {"title": one.title})
        return
    if one.mask is not None and COVER in value:
        yield Violation("kernel.register_masked", one.name, {"title": one.title})
    parts = parts_of(value)
    limit = one.max_length
    if limit is not None and any(len(part) > limit for part in parts):
        data: dict[str, Scalar] = {"title": one.title, "most": limit}
        yield Violation("kernel.register_too_long", one.name, data)
    if one.codes and any(part not in one.codes for part in parts):
        data = {"title": one.title, "allowed": "、".join(one.codes.values())}
        yield Violation("kernel.register_unknown_code", one.name, data)
    if one.many and len(set(parts)) < len(parts):
        yield Violation("kernel.register_twice", one.name, {"title": one.title})
    if one.check is not None:
        for violation in one.check(value):
            yield attrs.evolve(violation, at=one.name)


def matches(content: Content, text: str) -> bool:
    """Tell whether a field searched by fragments holds ``text``, upper and lower case alike."""
    wanted = text.strip().casefold()
    return any(
        wanted in part.casefold()
        for one in described(type(content))
        if one.search is Search.FUZZY
        for part in texts_of(getattr(content, one.name))
    )


def texts_of(value: object) -> Iterable[str]:
    """Give a value, or each of several, as text."""
    return ("" if part is None else _text(part) for part in parts_of(value))


def parts_of(value: Any) -> tuple[Any, ...]:
    """Give each of several values, or the only one."""
    if isinstance(value, frozenset):
        return tuple(sorted(value))
    return value if isinstance(value, tuple) else (value,)


def _text(part: object) -> str:
    return part.isoformat() if isinstance(part, date) else str(part)


Holder = Callable[[str, Scalar], str | None]
"""Tells the id of the living entry that has a value in a field, if any."""


def taken_violations(content: Content, holder: Holder, *, own: str = "") -> tuple[Violation, ...]:
    """Give ``kernel.register_taken`` for each unique field whose value another entry has.

    ``own`` is the id of the entry that ``content`` is for. A store refuses such an entry too, with
    ``Conflict``; this is how to say it in words before.
    """
    return tuple(
        Violation("kernel.register_taken", one.name, {"title": one.title})
        for one in described(type(content))
        if one.unique and not is_blank(value := getattr(content, one.name))
        if holder(one.name, value) not in {None, own}
    )
