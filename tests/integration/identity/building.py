"""Commands built from their types alone: whatever reach is checked before, need not make sense."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs

from supervision_core.identity.services import UseCase

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
PLAIN: Mapping[Any, Any] = {
    str: "x",
    int: 1,
    bool: False,
    bytes: bytes(32),
    datetime: NOON,
    date: NOON.date(),
    timedelta: timedelta(days=1),
    Any: None,
}


def command_of(case: UseCase[Any, Any]) -> type[Any]:
    """Give the class of a use case's command."""
    hints = get_type_hints(case.body)
    (found,) = (kind for name, kind in hints.items() if name not in {"work", "return"})
    command: type[Any] = found
    return command


def built(kind: Any, given: Mapping[str, Any]) -> Any:
    """Build a value of ``kind``; fields named in ``given`` have that value at every depth."""
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        parts = get_args(kind)
        return None if type(None) in parts else built(parts[0], given)
    if origin is tuple and Ellipsis not in get_args(kind):
        return tuple(built(part, given) for part in get_args(kind))
    if isinstance(origin, type) and issubclass(origin, Iterable):
        empty: Any = {} if issubclass(origin, Mapping) else ()
        return frozenset() if issubclass(origin, frozenset) else empty
    if kind in PLAIN:
        return PLAIN[kind]
    return next(iter(kind)) if issubclass(kind, Enum) else _value(kind, given)


def _value(kind: Any, given: Mapping[str, Any]) -> Any:
    if not attrs.has(kind):
        (kind, *_) = kind.__subclasses__()
    hints = get_type_hints(kind)
    values = {}
    for field in attrs.fields(kind):
        name = field.alias or field.name
        if field.init and name in given:
            many = get_origin(hints[field.name]) in {tuple, frozenset, Iterable}
            values[name] = (given[name],) if many else given[name]
        elif field.init and field.default is attrs.NOTHING:
            values[name] = built(hints[field.name], given)
    return kind(**values)
