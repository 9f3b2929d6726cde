"""Canonical JSON (RFC 8785, integers and strings only) and SM3 over it."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]


_SORTING = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_AS_GIVEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_NOTHING_HASHED = hashlib.new("sm3")
"""Copied for each hash: half the time of looking the algorithm up by name."""


class NotCanonical(ValueError):
    """The value holds a float, a non-string key or a type that JSON does not know."""


_KNOWN = frozenset({str, bool, int, type(None), dict, list, tuple})
_LIMIT = 2**53


def _is_simple(value: Json) -> bool:
    """Tell whether the encoder of the standard library alone writes ``value`` canonically.

    Commands hold hundreds of thousands of values in few levels: a level is looked at as a whole.
    What this does not settle, ``_checked`` does.
    """
    level: list[object] = [value]
    while level:
        kinds = set(map(type, level))
        if not all(kind in _KNOWN or issubclass(kind, str) for kind in kinds):
            return False
        if int in kinds and any(abs(one) >= _LIMIT for one in level if type(one) is int):
            return False
        mappings = [one for one in level if type(one) is dict]
        keys = set(chain.from_iterable(mappings))
        if not all(type(key) is str and key.isascii() for key in keys):
            return False
        lists = [one for one in level if type(one) is list or type(one) is tuple]
        level = [*chain.from_iterable(map(dict.values, mappings)), *chain.from_iterable(lists)]
    return True


def _checked(value: Json) -> object:
    # The exact types come first: nearly every value is one of them, and commands hold thousands.
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return value
    if isinstance(value, int):  # bool is one too
        if abs(value) >= _LIMIT:
            raise NotCanonical(value)
        return value
    if isinstance(value, str):
        return value
    if isinstance(value, dict | Mapping):
        return {key: _checked(value[key]) for key in _ordered(value)}
    if isinstance(value, list | tuple | Sequence):
        return [_checked(item) for item in value]
    raise NotCanonical(value)


def _ordered(value: Mapping[str, Json]) -> list[str]:
    """Give the keys by UTF-16 code units, which for ASCII is their own order."""
    try:
        if "".join(value).isascii():
            return sorted(value)
    except TypeError:
        raise NotCanonical(value) from None
    return sorted(value, key=lambda key: key.encode("utf-16-be"))


def canonical_json(value: Json) -> bytes:
    """Serialise as RFC 8785 does, for values without floats.

    Keys are sorted by UTF-16 code units, no white space, only the escapes that JSON requires.
    Raises ``NotCanonical`` for floats, integers beyond 2**53 - 1 and other types.
    """
    if _is_simple(value):
        return _SORTING.encode(value).encode("utf-8")
    return _AS_GIVEN.encode(_checked(value)).encode("utf-8")


_FLAT = frozenset({str, bool, int, type(None)})
Stated = Mapping[str, Json] | Sequence[Json]
"""A row as its seal covers it: its columns by name, or all in their order."""


def canonical_row(name: str, row: Stated) -> bytes:
    """Serialise ``[name, row]`` as ``canonical_json`` does, quickly where the row is flat."""
    if isinstance(row, Mapping):
        values: Collection[Json] = row.values()
        named = not set(map(type, row)) - {str} and "".join(row).isascii()
    else:
        values, named = row, True
    kinds = set(map(type, values))
    if kinds - _FLAT or not named:
        return canonical_json([name, row])
    if int in kinds and any(type(one) is int and abs(one) >= _LIMIT for one in values):
        raise NotCanonical(row)
    return _SORTING.encode((name, row)).encode("utf-8")


def sm3(data: bytes) -> bytes:
    """Hash with SM3 (GB/T 32905): 32 bytes."""
    hashing = _NOTHING_HASHED.copy()
    hashing.update(data)
    return hashing.digest()


def sm3_of(pieces: Iterable[bytes]) -> bytes:
    """Hash what comes in pieces as ``sm3`` does the whole."""
    hashing = _NOTHING_HASHED.copy()
    for piece in pieces:
        hashing.update(piece)
    return hashing.digest()
