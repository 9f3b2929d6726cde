"""Reading what a request says: strict JSON, strict parameters, then the command they describe."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from entrypoints.http.errors import BodyInvalid, ParametersInvalid
from entrypoints.shape import Flag, Many, Maybe, Member, Shape, Whole, shown
from supervision_core.kernel.errors import Refused, Violation, refuse_if

DEEPEST: Final = 32
MOST_REASONS: Final = 100
"""So many faults of one body are told: a body of faults makes no larger answer."""
_LONGEST_NUMBER: Final = 20
_FLAGS: Final = {"true": True, "false": False}


class _Repeated(ValueError):
    """A name stands twice in one object."""


def media_type(content_type: str) -> str:
    """Give the media type of a header, without its parameters."""
    return content_type.partition(";")[0].strip().lower()


def read_json(body: bytes, *, error: type[Refused] = BodyInvalid) -> object:
    """Read a body. Raises ``error`` for all that parsers might read in two ways.

    Names that stand twice, ``NaN``, fractions, other encodings and deep nesting are no JSON here.
    """
    try:
        found: object = json.loads(
            body.decode("utf-8", "strict"),
            object_pairs_hook=_once,
            parse_float=_whole,
            parse_constant=_no_constant,
        )
    except (ValueError, RecursionError):
        raise error((Violation("http.not_json"),)) from None
    refuse_if(error, _too_deep(found))
    return found


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Repeated
    return found


def _whole(text: str) -> int:
    number = Decimal(text)
    if abs(number.adjusted()) > _LONGEST_NUMBER or number != number.to_integral_value():
        raise ValueError
    return int(number)


def _no_constant(_: str) -> int:
    raise ValueError


def _too_deep(found: object) -> Iterator[Violation]:
    level = [found]
    for _ in range(DEEPEST):
        level = [
            inner
            for one in level
            if isinstance(one, (dict, list))
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return
    if any(isinstance(one, (dict, list)) for one in level):
        yield Violation("http.too_deep", data={"most": DEEPEST})


def checked(
    shape: Shape, plain: object, *, at: str = "", error: type[Refused] = BodyInvalid
) -> object:
    """Give ``plain`` back if it is a ``shape``. Raises ``error`` with its first faults."""
    refuse_if(error, islice(shape.faults(plain, at), MOST_REASONS))
    return plain


def read_parameters(
    members: Mapping[str, Member], pairs: list[tuple[str, str]]
) -> dict[str, object]:
    """Read texts of query or path as the shapes of ``members``. Raises ``ParametersInvalid``."""
    found: dict[str, object] = {}
    violations: list[Violation] = []
    for name, text in pairs:
        member = members.get(name)
        if member is None:
            violations.append(Violation("http.unknown_field", shown(name)))
        elif isinstance(member.shape, Many):
            many: Any = found.setdefault(name, [])
            many.append(_typed(member.shape.item, text))
        elif name in found:
            violations.append(Violation("http.repeated", name))
        else:
            found[name] = _typed(member.shape, text)
    for name, member in members.items():
        if name in found:
            violations += member.shape.faults(found[name], name)
        elif member.required:
            violations.append(Violation("http.missing", name))
    refuse_if(ParametersInvalid, violations)
    return found


def _typed(shape: Shape, text: str) -> object:
    """Read a text as what ``shape`` asks for; what cannot be read stays a text, and is a fault."""
    match shape:
        case Maybe(inner):
            return _typed(inner, text)
        case Whole() if text.removeprefix("-").isdecimal() and text.isascii():
            return int(text) if len(text) <= _LONGEST_NUMBER else text
        case Flag():
            return _FLAGS.get(text, text)
        case _:
            return text
