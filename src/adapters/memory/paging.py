"""Keyset pages over a list in memory."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from supervision_core.kernel.canonical import Json
from supervision_core.kernel.paging import Key, Page, PageRequest, page_of, position

Item = TypeVar("Item")


def list_page(
    items: Iterable[Item],
    request: PageRequest,
    *,
    key: Callable[[Item], tuple[str, ...]],
    query: Json,
) -> Page[Item]:
    """Give one page of ``items`` ordered by ``key``, texts by code point."""
    ordered: Sequence[Item] = sorted(items, key=key)
    size = len(key(ordered[0])) if ordered else 0
    after = position(request, query=query, kinds=[str] * size) if ordered else None
    rest = [one for one in ordered if after is None or _after(key(one), after)]
    return page_of(rest, request, query=query, key=key, item=lambda one: one)


def _after(key: tuple[str, ...], after: Key) -> bool:
    return key > tuple(str(part) for part in after)
