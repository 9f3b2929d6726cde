"""Keyset paging: nothing twice, nothing left out, no foreign cursor."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision_core.kernel.canonical import Json, canonical_json
from supervision_core.kernel.errors import Scalar
from supervision_core.kernel.paging import (
    MAX_PAGE_SIZE,
    BadCursor,
    BadPage,
    Page,
    PageRequest,
    UnknownOrder,
    decode_cursor,
    encode_cursor,
    page_of,
    position,
)

QUERY: Json = {"region": "450100", "order": "name"}
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@given(st.tuples(NAMES, st.integers(-(2**53) + 1, 2**53 - 1), st.booleans()))
def test_a_cursor_gives_back_its_key(key: tuple[Scalar, ...]) -> None:
    """What was encoded is decoded, and stands in a URL as it is."""
    cursor = encode_cursor(key, query=QUERY)
    assert decode_cursor(cursor, query=QUERY, kinds=(str, int, bool)) == key
    assert cursor.isascii()
    assert cursor.replace("-", "").replace("_", "").isalnum()


def test_a_key_may_hold_nothing() -> None:
    """A part that has no value keeps its place."""
    cursor = encode_cursor((None, "id"), query=QUERY)
    assert decode_cursor(cursor, query=QUERY, kinds=(str, str)) == (None, "id")


def _read(rows: list[tuple[str, int]], request: PageRequest) -> Page[int]:
    after = position(request, query=QUERY, kinds=(str, int))
    rest = [row for row in sorted(rows) if after is None or row > after]
    return page_of(
        rest[: request.size + 1], request, query=QUERY, key=lambda row: row, item=lambda row: row[1]
    )


@given(
    st.lists(st.tuples(st.sampled_from("甲乙丙"), st.integers(0, 50)), unique=True, max_size=30),
    st.integers(1, 12),
)
def test_the_pages_together_are_the_whole(rows: list[tuple[str, int]], size: int) -> None:
    """Walking by the cursors gives each row once, in order, each page but the last one full."""
    pages = [_read(rows, PageRequest(size=size))]
    while cursor := pages[-1].next_cursor:
        pages.append(_read(rows, PageRequest(size=size, cursor=cursor)))
    assert [number for page in pages for number in page.items] == [n for _, n in sorted(rows)]
    assert all(len(page.items) == size for page in pages[:-1])
    assert len(pages) == max(1, -(-len(rows) // size))


@pytest.mark.parametrize(
    "query", [{"region": "450200", "order": "name"}, {"region": "450100", "order": "id"}, None]
)
def test_a_cursor_of_another_query_is_refused(query: Json) -> None:
    """Another filter or order: ``kernel.bad_cursor``, never a silent gap."""
    cursor = encode_cursor(("甲", 1), query=QUERY)
    with pytest.raises(BadCursor) as refused:
        decode_cursor(cursor, query=query, kinds=(str, int))
    assert [violation.code for violation in refused.value.reasons] == ["kernel.bad_cursor"]


def _forged(value: Json) -> str:
    return base64.urlsafe_b64encode(canonical_json(value)).rstrip(b"=").decode()


DIGEST = str(base64.urlsafe_b64decode(encode_cursor((), query=QUERY) + "==")[2:18].decode())


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "!",
        "é",
        "A",
        encode_cursor(("甲", 1), query=QUERY) + "=",
        encode_cursor(("甲", 1), query=QUERY)[:-2],
        encode_cursor(("甲", 1), query=QUERY) + "\n",
        _forged([DIGEST]),
        _forged([DIGEST, "甲"]),
        _forged([DIGEST, ["甲"]]),
        _forged([DIGEST, ["甲", "1"]]),
        _forged([DIGEST, ["甲", True]]),
        _forged([DIGEST, ["甲", [1]]]),
        _forged([DIGEST, ["甲", 1], 1]),
        _forged({"0": DIGEST}),
        base64.urlsafe_b64encode(f'["{DIGEST}", ["a", 1]]'.encode()).decode(),
        base64.urlsafe_b64encode(f'["{DIGEST}",["a",1.5]]'.encode()).rstrip(b"=").decode(),
        base64.urlsafe_b64encode(b"[" * 3000).rstrip(b"=").decode(),
        "A" * 5000,
    ],
    ids=lambda text: str(len(text)),
)
def test_a_damaged_or_made_up_cursor_is_refused(cursor: str) -> None:
    """Whatever a caller sends instead of a cursor: ``kernel.bad_cursor``, no other exception."""
    with pytest.raises(BadCursor, match=r"kernel\.bad_cursor"):
        decode_cursor(cursor, query=QUERY, kinds=(str, int))


def test_the_forgeries_fail_for_their_shape_only() -> None:
    """Negative control: a well-shaped cursor made by hand passes."""
    made = _forged([DIGEST, ["甲", 1]])
    assert decode_cursor(made, query=QUERY, kinds=(str, int)) == ("甲", 1)


def test_an_order_that_the_list_lacks_is_refused() -> None:
    """Unknown orders are refused, and those that there are named: ``kernel.unknown_order``."""
    PageRequest().require_order()
    PageRequest(order="place").require_order("place")
    for offered, code in (
        (("place", "age"), "kernel.order_among"),
        ((), "kernel.order_usual_only"),
    ):
        with pytest.raises(UnknownOrder) as refused:
            PageRequest(order="pace").require_order(*offered)
        (reason,) = refused.value.reasons
        assert (reason.code, reason.at) == (code, "order")
        assert reason.data.get("orders", "") == "、".join(offered)


@pytest.mark.parametrize("size", [0, -1, MAX_PAGE_SIZE + 1])
def test_a_page_has_1_to_200_rows(size: int) -> None:
    """Another size: ``kernel.page_size_out_of_range``."""
    with pytest.raises(BadPage) as refused:
        PageRequest(size=size)
    assert [v.code for v in refused.value.reasons] == ["kernel.page_size_out_of_range"]
    assert PageRequest(size=1).size == 1
    assert PageRequest(size=MAX_PAGE_SIZE).size == MAX_PAGE_SIZE
