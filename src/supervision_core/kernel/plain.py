"""Values as plain JSON and back, field by field, for storage, digests and files."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from types import UnionType
from typing import TypeVar, Union, cast, get_args, get_origin

from cattrs import Converter
from cattrs.cols import homogenous_tuple_structure_factory
from cattrs.strategies import configure_tagged_union as tagged_union
from cattrs.strategies import configure_union_passthrough

from supervision_core.kernel.canonical import Json, canonical_json, sm3

T = TypeVar("T")

__all__ = ["converter", "digest", "from_plain", "tagged_union", "to_plain"]


_SCALARS = frozenset({str, int, bool, type(None)})


def _is_of_scalars(cls: object) -> bool:
    """Tell whether ``cls`` is a union of what JSON has of its own: it is plain as it is."""
    return isinstance(cls, UnionType) and _SCALARS.issuperset(get_args(cls))


def _is_json(cls: object) -> bool:
    """Tell whether ``cls`` is ``Json``, or what it becomes where its own name in it is resolved."""
    if get_origin(cls) not in {Union, UnionType}:
        return False
    parts = {get_origin(one) or one for one in get_args(cls)}
    return parts == {*_SCALARS, Sequence, Mapping}


def _is_of_one_kind(cls: object) -> bool:
    """Tell whether ``cls`` is a tuple of any length; cattrs asks for the hook of each item anew."""
    return get_origin(cls) is tuple and get_args(cls)[1:] == (Ellipsis,)


def _make_converter() -> Converter:
    made = Converter(
        forbid_extra_keys=True, prefer_attrib_converters=False, detailed_validation=False
    )
    made.register_unstructure_hook(datetime, lambda value: value.isoformat())
    made.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    made.register_unstructure_hook(date, lambda value: value.isoformat())
    made.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    made.register_unstructure_hook(bytes, lambda value: value.hex())
    made.register_structure_hook(bytes, lambda text, _: bytes.fromhex(text))
    made.register_unstructure_hook_func(
        lambda cls: getattr(cls, "__origin__", cls) in (frozenset, set),
        lambda value: sorted(made.unstructure(item) for item in value),
    )
    made.register_structure_hook_factory(_is_of_one_kind)(homogenous_tuple_structure_factory)
    configure_union_passthrough(str | int | bool | None, made)
    made.register_structure_hook_func(_is_json, lambda plain, _: plain)
    made.register_unstructure_hook_func(_is_of_scalars, lambda value: value)
    return made


converter = _make_converter()
"""The one converter. A union of classes is registered where it is defined, with
``tagged_union(Union, converter)``; an unknown key is refused."""


def to_plain(value: object) -> Json:
    """Give ``value`` (attrs values, enums, dates, bytes, collections) as plain JSON."""
    if isinstance(value, Enum):
        return cast("Json", value.value)
    return cast("Json", converter.unstructure(value))


def from_plain(cls: type[T], plain: object) -> T:
    """Rebuild a ``cls`` from what ``to_plain`` gave. Raises a cattrs error when it does not fit."""
    return converter.structure(plain, cls)


def digest(value: object) -> str:
    """SM3 over the canonical JSON of ``value``, in lower-case hex."""
    return sm3(canonical_json(to_plain(value))).hex()
