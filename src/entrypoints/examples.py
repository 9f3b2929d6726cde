"""Examples of whole messages, made of their shapes and of the examples that their fields give."""

from collections.abc import Mapping
from typing import Any, Final

import attrs

from entrypoints.shape import (
    TAG,
    Choice,
    Either,
    Flag,
    Many,
    Maybe,
    Member,
    Row,
    Shape,
    Table,
    Text,
    Thing,
    Variants,
    Whole,
)
from supervision_core.kernel.fields import FIELD

_TEXTS: Final[Mapping[str, str]] = {
    "": "0123abcd", "date": "2026-01-31", "date-time": "2026-01-31T08:00:00Z", "hex": "00",
}  # fmt: skip
_SIMPLE: Final[Mapping[type[Shape], Any]] = {Table: {}, Whole: 1, Flag: True}
_DEEPEST: Final = 6
"""Things that hold their like end there."""


def example_of(shape: Shape, *, whole: bool = False, depth: int = 0) -> Any:
    """Give a value of the shape: of a thing what it needs, or ``whole`` with all that it may hold.

    A field that gives an example of its own is shown with it, one of a code list with a code.
    """
    more = whole and depth < _DEEPEST

    def inner(one: Shape) -> Any:
        return example_of(one, whole=whole, depth=depth + 1)

    found: Any
    match shape:
        case Thing(members=members):
            wanted = [one for one in members if one.required or more]
            found = {one.name: _member(one, shape, inner, whole=whole) for one in wanted}
        case Variants(things=shapes) | Either(shapes=shapes):
            found = inner(shapes[0])
        case Row(items=items):
            found = [inner(one) for one in items]
        case Many(item=item):
            found = [inner(item)] if more else []
        case Choice(values=values):
            found = values[0]
        case Text(form=form):
            found = _TEXTS[form]
        case _:
            found = _SIMPLE.get(type(shape))
    return found


def _member(one: Member, thing: Thing, inner: Any, *, whole: bool) -> Any:
    shape = one.shape
    if isinstance(shape, Maybe):
        if not whole:
            return None
        shape = shape.shape
    words = {} if one.name == TAG else attrs.fields_dict(thing.cls)[one.name].metadata
    said = words[FIELD] if words else None
    shown = "" if said is None else said.example
    if said is not None and shown == "":
        shown = next(iter(said.codes), "")
    several = isinstance(shape, Many) and not isinstance(shown, list)
    if whole or isinstance(shape, Text | Whole):
        for value in ([shown], shown) if several else (shown,):
            if value not in ("", [""]) and not any(shape.faults(value)):
                return value
    return inner(shape)
