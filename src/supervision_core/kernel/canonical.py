"""Canonical JSON (RFC 8785, integers and strings only) and SM3 over it."""

import hashlib
import json
from collections.abc import Mapping, Sequence

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]


class NotCanonical(ValueError):
    """The value holds a float, a non-string key or a type that JSON does not know."""


def _checked(value: Json) -> object:
    # The exact types come first: nearly every value is one of them, and commands hold thousands.
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return value
    if isinstance(value, int):  # bool is one too
        if abs(value) >= 2**53:
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
    text = json.dumps(_checked(value), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8")


def sm3(data: bytes) -> bytes:
    """Hash with SM3 (GB/T 32905): 32 bytes."""
    return hashlib.new("sm3", data).digest()
