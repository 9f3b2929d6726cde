"""Interfaces that tell everything, a page at a time, signed as those for short messages are."""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from attrs import field, frozen

from adapters.zhiguitong.calling import (
    Caller,
    PartnerUnavailable,
    base_address,
    succeeded,
    unavailable,
)
from adapters.zhiguitong.fields import text_of, told_of
from adapters.zhiguitong.signing import Signing

Told = TypeVar("Told")
LARGEST_PAGE: Final = 4 * 1024 * 1024
PAGE: Final = 500
_MOST_PAGES = 10_000


@frozen(kw_only=True)
class PagedPartner:
    """The interface at ``address``: ``GET`` below it, with ``limit`` and ``cursor``.

    ``waits`` are the seconds after which a page that did not come is asked for again.
    """

    address: str = field(converter=base_address)
    signing: Signing
    caller: Caller = field(factory=lambda: Caller(seconds=20.0))
    waits: tuple[float, ...] = ()

    def pages(
        self, what: str, read: Callable[[Mapping[str, Any]], Told]
    ) -> Iterator[tuple[Told, ...]]:
        """Walk to the last page; one that leads in a circle, or never ends, is refused."""
        cursor, seen = "", set[str]()
        while len(seen) < _MOST_PAGES:
            page = self._page(what, cursor)
            items = page.get("items")
            if not isinstance(items, list) or len(items) > PAGE:
                raise unavailable("zhiguitong.answer_unfit")
            yield tuple(read(told_of(one)) for one in items)
            cursor = text_of(page, "next")
            if not cursor:
                return
            if cursor in seen:
                break
            seen.add(cursor)
        raise unavailable("zhiguitong.answer_unfit")

    def _page(self, what: str, cursor: str) -> dict[str, Any]:
        for wait in self.waits:
            try:
                return self._asked(what, cursor)
            except PartnerUnavailable:
                time.sleep(wait)
        return self._asked(what, cursor)

    def _asked(self, what: str, cursor: str) -> dict[str, Any]:
        asked = {"limit": str(PAGE), **({"cursor": cursor} if cursor else {})}
        address = f"{self.address}/{what}?{urlencode(asked)}"
        headers = self.signing.headers("GET", address)
        answer = self.caller.get(address, headers=headers, largest=LARGEST_PAGE)
        if not succeeded(answer):
            raise unavailable("zhiguitong.answer_unfit")
        return told_of(answer.get("data"))
