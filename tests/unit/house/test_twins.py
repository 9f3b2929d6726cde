"""A twin of an aggregate copies what the aggregate itself holds: what lies deeper never changes."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any, get_args, get_origin

import attrs
from attrs import define, field

import supervision_core
from supervision_core.kernel.events import Aggregate

COPIED = {dict, list, set}
MEMORIES = {"Pool._known", "Pool._drawn"}
"""What a frozen class worked out of itself and keeps: the same for every holder."""


def _below(one: type) -> Iterator[type]:
    each: type
    for each in one.__subclasses__():
        yield each
        yield from _below(each)


def _changing(kind: Any, name: str, seen: frozenset[type] = frozenset()) -> Iterator[str]:
    """Give the fields below a type whose values could be changed in place, by their names."""
    if name in MEMORIES:
        return
    if kind in COPIED or get_origin(kind) in COPIED:
        yield name
    for part in get_args(kind):
        if part is not Ellipsis and not isinstance(part, list):
            yield from _changing(part, name, seen)
    if isinstance(kind, type) and attrs.has(kind) and kind not in seen:
        if not kind.__attrs_props__.is_frozen:  # type: ignore[attr-defined]
            yield f"{name}: {kind.__name__}"
        for one in attrs.fields(attrs.resolve_types(kind)):
            yield from _changing(one.type, f"{kind.__name__}.{one.name}", seen | {kind})


def changing_below(aggregate: type) -> list[str]:
    """Give what a twin of an aggregate would share though it can be changed in place."""
    found: list[str] = []
    for one in attrs.fields(attrs.resolve_types(aggregate)):
        own = get_origin(one.type) or one.type
        parts = get_args(one.type) if own in COPIED else (one.type,)
        for part in parts:
            found += _changing(part, f"{aggregate.__name__}.{one.name}")
    return found


def test_only_aggregates_change_in_place() -> None:
    """Below its own lists, dicts and sets, an aggregate holds frozen values alone.

    Control: a list inside of a tuple, and a value that is not frozen, are found.
    """
    for found in pkgutil.walk_packages(supervision_core.__path__, "supervision_core."):
        if ".testing" not in found.name:
            importlib.import_module(found.name)
    shipped = [one for one in _below(Aggregate) if one.__module__.startswith("supervision_core.")]
    assert [name for one in shipped for name in changing_below(one)] == []

    @define
    class Loose:
        count: int = 0

    @define(eq=False, kw_only=True)
    class Careless(Aggregate):
        rows: tuple[list[str], ...] = ()
        loose: Loose = field(factory=Loose)

    assert changing_below(Careless) == ["Careless.rows", "Careless.loose: Loose"]
