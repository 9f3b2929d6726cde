"""Keyset paging: the next page starts after the last key of this one, however deep it lies.

A query port sorts by a key that is unique (its last part an id) and asks for what comes after
``position(request, …)``; the adapter reads ``request.size + 1`` rows and hands them to ``page_of``.
"""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import ClassVar, Final, Generic, TypeVar, cast

from attrs import define, evolve, field, frozen

from supervision_core.kernel.canonical import Json, NotCanonical, canonical_json, sm3
from supervision_core.kernel.errors import Refused, Scalar, Violation, refuse_if
from supervision_core.kernel.fields import said

MAX_PAGE_SIZE: Final = 200
_LONGEST_CURSOR = 4096
_DIGEST_BYTES = 8

Key = tuple[Scalar, ...]
Row = TypeVar("Row")
Item = TypeVar("Item")


@define(eq=False)
class BadPage(Refused):
    """The page asked for is no page: its size is out of range."""

    code: ClassVar[str] = "kernel.bad_page"


@define(eq=False)
class UnknownOrder(Refused):
    """The list does not offer the order asked for: ``kernel.order_among``, ``…_usual_only``."""

    code: ClassVar[str] = "kernel.unknown_order"


@define(eq=False)
class UnknownColumn(Refused):
    """The list has no column of a name asked for: ``kernel.column_among``."""

    code: ClassVar[str] = "kernel.unknown_column"


def require_columns(asked: Iterable[str], offered: Sequence[str]) -> None:
    """Demand columns that are ``offered``. Raises ``UnknownColumn``, which names each other one."""
    known = "、".join(offered)
    refuse_if(
        UnknownColumn,
        (
            Violation("kernel.column_among", "columns", {"column": one, "columns": known})
            for one in asked
            if one not in offered
        ),
    )


@define(eq=False)
class BadCursor(Refused):
    """The cursor was not given out for this query: another filter, another order, or damaged."""

    code: ClassVar[str] = "kernel.bad_cursor"


@frozen(kw_only=True)
class PageRequest:
    """Which page is wanted.

    ``size`` counts rows, 1 to 200; ``cursor`` is the ``next_cursor`` of the page before, ``None``
    for the first; ``order`` names one of the orders that the query offers, empty for its usual
    one. Raises ``BadPage`` (``kernel.page_size_out_of_range``).
    """

    size: int = field(default=20, metadata=said("日志的记录数", example=1000))
    cursor: str | None = field(default=None, repr=False, metadata=said("上一页答复中的next_cursor"))
    order: str = field(default="", metadata=said("排序方式，空为常用排序"))

    def __attrs_post_init__(self) -> None:
        """Refuse a size out of range."""
        if not 1 <= self.size <= MAX_PAGE_SIZE:
            refuse_if(
                BadPage,
                [Violation("kernel.page_size_out_of_range", "size", {"most": MAX_PAGE_SIZE})],
            )

    def require_order(self, *offered: str) -> None:
        """Demand the usual order or one of those ``offered``. Raises ``UnknownOrder``."""
        if not self.order or self.order in offered:
            return
        among = Violation("kernel.order_among", "order", {"orders": "、".join(offered)})
        raise UnknownOrder((among if offered else Violation("kernel.order_usual_only", "order"),))


FIRST_PAGE: Final = PageRequest()
"""What is wanted of a list where nothing else is said."""


@frozen
class Page(Generic[Item]):
    """Rows of one page, in order; ``next_cursor`` is ``None`` on the last."""

    items: tuple[Item, ...] = field(metadata=said("本页各行"))
    next_cursor: str | None = field(default=None, metadata=said("下一页的游标，最后一页为空"))


def every_page(
    ask: Callable[[PageRequest], Page[Item]], *, order: str = "", size: int = MAX_PAGE_SIZE
) -> Iterator[Page[Item]]:
    """Give all pages of a list, one after the other, for whoever wants the whole of it."""
    request = PageRequest(size=size, order=order)
    while True:
        page = ask(request)
        yield page
        if page.next_cursor is None:
            return
        request = evolve(request, cursor=page.next_cursor)


def encode_cursor(key: Key, *, query: Json) -> str:
    """Write the key of a page's last row as an opaque text of letters that URLs may hold.

    ``query`` is whatever decides the rows and their order (filter, order, scope), as canonical
    JSON knows it. Raises ``NotCanonical`` for a key beyond canonical JSON (days and moments go in
    as ISO text).
    """
    return _write([_digest(query), list(key)])


def decode_cursor(cursor: str, *, query: Json, kinds: Sequence[type]) -> Key:
    """Read a cursor back as the key after which to go on.

    ``kinds`` are the types of the key's parts; a part may also be ``None``. Cursors are no secret
    and anyone can make one up: what comes back has the right shape, and is only ever a value to
    compare with. Raises ``BadCursor``.
    """
    key = _parse(cursor, query)
    if key is None or not _fits(key, kinds):
        raise BadCursor((Violation("kernel.bad_cursor", "cursor"),))
    return key


def position(request: PageRequest, *, query: Json, kinds: Sequence[type]) -> Key | None:
    """Give the key after which ``request`` goes on, ``None`` for the first page."""
    if request.cursor is None:
        return None
    return decode_cursor(request.cursor, query=query, kinds=kinds)


def page_of(
    rows: Sequence[Row],
    request: PageRequest,
    *,
    query: Json,
    key: Callable[[Row], Key],
    item: Callable[[Row], Item],
) -> Page[Item]:
    """Make a page of ``rows``: those after the position, one more than ``request.size`` if any."""
    shown = rows[: request.size]
    more = len(rows) > request.size
    return Page(
        items=tuple(item(row) for row in shown),
        next_cursor=encode_cursor(key(shown[-1]), query=query) if more else None,
    )


def page_among(rows: Sequence[Row], request: PageRequest, *, query: Json) -> Page[Row]:
    """Give a page of ``rows`` that were all looked at; it goes on at a place among them.

    Raises ``BadCursor``.
    """
    after = position(request, query=query, kinds=[int])
    first = 0 if after is None or not isinstance(after[0], int) else after[0] + 1
    numbered = list(enumerate(rows))[first : first + request.size + 1]
    return page_of(
        numbered, request, query=query, key=lambda row: (row[0],), item=lambda row: row[1]
    )


def _digest(query: Json) -> str:
    return sm3(canonical_json(query))[:_DIGEST_BYTES].hex()


def _write(content: Json) -> str:
    return base64.urlsafe_b64encode(canonical_json(content)).rstrip(b"=").decode("ascii")


def _parse(cursor: str, query: Json) -> Key | None:
    if len(cursor) > _LONGEST_CURSOR:
        return None
    try:
        parsed = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        # One key has one text: this refuses stray signs, other spellings and floats.
        if _write(parsed) != cursor:
            return None
    except (ValueError, RecursionError, NotCanonical):
        return None
    match parsed:
        case [digest, [*key]] if digest == _digest(query):
            return cast("Key", tuple(key))
        case _:
            return None


def _fits(key: Key, kinds: Sequence[type]) -> bool:
    return len(key) == len(kinds) and all(
        part is None or type(part) is kind for part, kind in zip(key, kinds, strict=True)
    )
