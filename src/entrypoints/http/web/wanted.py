"""Where somebody wanted to go before he had to log in: kept by his browser, reached afterwards.

What he searched for there is not kept: it may name a person.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from typing import Final, Self

from attrs import frozen

from entrypoints.http.answering import Incoming, from_here
from entrypoints.http.routes import PARAMETER, Access
from entrypoints.http.web.pages import HOME, PHONE, Page, Shown, gone_on
from supervision_core.identity.model import Actor

WANTED_SECONDS: Final = 900
"""So long an address is kept: time to log in, not to come back tomorrow."""
_LONGEST: Final = 1500
_FIT: Final = re.compile(r"(/[A-Za-z0-9_.@:-]+)+")


@frozen
class Wanted:
    """The pages that are reached after a log-in: read with GET, on this site, by who may.

    What the log keeps, what takes a fresh proof of identity and what gives something out is none of
    them: nobody is led there by another site.
    """

    plain: Mapping[str, Page]
    patterns: Sequence[tuple[re.Pattern[str], Page]]

    @classmethod
    def of(cls, pages: Sequence[Page]) -> Self:
        """Know the pages, as an address finds them: the fewer parameters, the earlier."""
        read = sorted(
            (one for one in pages if one.method == "GET"), key=lambda one: one.path.count("{")
        )
        return cls(
            {one.path: one for one in read if "{" not in one.path},
            [(re.compile(PARAMETER.sub("[^/]+", one.path)), one) for one in read
             if "{" in one.path],
        )  # fmt: skip

    def address(self, page: Page, request: Incoming) -> str:
        """Give what the browser keeps of a page that it went to, empty where that is nothing.

        What a script fetches is no place to go to, nor is where another site leads.
        """
        if not _shows(page):
            return ""
        by_script = request.headers.get("sec-fetch-mode", "navigate") != "navigate"
        if by_script or not from_here(request):
            return ""
        wanted = str(request.scope["path"])
        fits = len(wanted) <= _LONGEST and _FIT.fullmatch(wanted)
        return urlsafe_b64encode(wanted.encode()).decode().rstrip("=") if fits else ""

    def way(self, kept: str, actor: Actor, done: str) -> Shown | None:
        """Give the way to what was kept, ``None`` where it leads to no page that ``actor`` may see.

        What was ``done`` on the way is told there.
        """
        wanted = _read(kept)
        page = self._page(wanted)
        if page is None or not _shows(page):
            return None
        if page.permission is not None and not actor.may(page.permission):
            return None
        return gone_on(wanted, done)

    def _page(self, path: str) -> Page | None:
        found = (one for pattern, one in self.patterns if pattern.fullmatch(path))
        return self.plain.get(path) or next(found, None)


def _shows(page: Page) -> bool:
    """Tell whether a page is one that a log-in leads to."""
    return (
        page.method == "GET" and page.path not in {HOME, PHONE}
        and page.access is not Access.PUBLIC
        and not (page.audited or page.critical or page.gives_out)
    )  # fmt: skip


def _read(kept: str) -> str:
    """Give the address that a browser kept, empty for what none of ours has written."""
    try:
        wanted = urlsafe_b64decode(kept + "=" * (-len(kept) % 4)).decode("ascii")
    except ValueError:
        return ""
    return wanted if _FIT.fullmatch(wanted) else ""
