"""Canonical JSON: the same value gives the same bytes everywhere."""

import json
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision_core.kernel.canonical import Json, NotCanonical, canonical_json, canonical_row, sm3

SAFE = 2**53 - 1
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-SAFE, SAFE) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_canonical_json_is_json(value: Json) -> None:
    """What is written reads back as the same value."""
    assert json.loads(canonical_json(value)) == value


@given(st.permutations(["a", "b", "ab", "", "中", "\U00010000"]))
def test_the_order_of_insertion_does_not_matter(keys: list[str]) -> None:
    """Two mappings that are equal give the same bytes."""
    in_order = {key: len(key) for key in sorted(keys)}
    assert canonical_json({key: len(key) for key in keys}) == canonical_json(in_order)


class _Word(StrEnum):
    ONE = "一"


@given(VALUES)
def test_the_quick_way_writes_what_the_slow_way_writes(value: Json) -> None:
    """A Mapping or Sequence of another type, or an enum's text, has the bytes of the plain one."""
    slow = canonical_json(MappingProxyType({"key": value}))
    assert canonical_json({"key": value}) == slow
    assert canonical_json({"key": value, "one": _Word.ONE}) == canonical_json(
        MappingProxyType({"one": "一", "key": value})
    )


def test_keys_are_sorted_by_utf16_units() -> None:
    """RFC 8785 3.2.3: a key beyond the basic plane sorts by its surrogates, not its code point."""
    assert canonical_json({"￿": 1, "\U00010000": 2, "a": 3}) == (
        '{"a":3,"\U00010000":2,"￿":1}'.encode()
    )


def test_only_required_escapes_are_written() -> None:
    """RFC 8785 3.2.2.2: short escapes where JSON has them, lower-case hex for other controls."""
    assert canonical_json('é中/"\\\b\f\n\r\t\x00\x1f\x7f') == (
        '"é中/\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\x7f"'.encode()
    )


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        {"a": [0.5]},
        [{"a": 1, "b": (2**53,)}],
        [{"a": "b"}, {2: "a"}],
        2**53,
        -(2**53),
        {1: "a"},
        {None: 1},
        {"a"},
        object(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_has_no_one_form_is_refused(value: object) -> None:
    """Floats, wide integers, other keys and other types have no bytes to agree on."""
    with pytest.raises(NotCanonical):
        canonical_json(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [SAFE, -SAFE, True, None, "", [], {}])
def test_the_limits_are_inside(value: Json) -> None:
    """The widest safe integers and the empty values are canonical."""
    assert json.loads(canonical_json(value)) == value


def test_sm3_of_the_standard() -> None:
    """GB/T 32905-2016 A.1: the digest of ``abc``."""
    assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


@given(TEXTS, st.dictionaries(TEXTS, VALUES, max_size=6))
def test_a_row_is_written_as_any_value(name: str, row: dict[str, Json]) -> None:
    """The quick way of flat rows gives the bytes of the usual one, whatever stands in them."""
    assert canonical_row(name, row) == canonical_json([name, row])


@pytest.mark.parametrize("wrong", [1.5, SAFE + 1, -SAFE - 1, frozenset("x"), {1: "x"}])
def test_a_row_holds_no_more_than_any_value(wrong: Any) -> None:
    """What canonical JSON refuses, a row is refused with as well."""
    with pytest.raises(NotCanonical):
        canonical_row("thing", {"a": "x", "b": wrong})
    with pytest.raises(NotCanonical):
        canonical_row("thing", {1: "x"})  # type: ignore[dict-item]
