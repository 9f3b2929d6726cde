"""Pages of the workbench as real accounts use them: links, forms as they stand, what is told."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Final

from attrs import define, field
from httpx import Response
from tests.integration.http.browsing import Browser, Document

from entrypoints.http.answering import COOKIE
from entrypoints.receivers import TELLINGS
from supervision_core.dashboards.services import COUNT_RECEIVER
from supervision_core.identity.services.relaying import Relay
from supervision_core.identity.services.station_messages import Messenger
from supervision_core.kernel.outbox import Receiver

from .acting import Person, Place

GOV: Final = "/gov"
_ID: Final = re.compile(r"[?&]\w+_id=([^&]+)")


@define
class Desk:
    """Somebody's workbench, without script."""

    person: Person
    browser: Browser = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Begin with the session that his log-in gave."""
        self.browser = Browser(self.person.at)

    def see(self, path: str) -> Document:
        """Open a page."""
        self.person.call("GET", "/api/v1/identity/me")
        self.browser.cookies[COOKIE] = self.person.token
        return self.browser.see(path if path.startswith("/") else f"{GOV}/{path}")

    def reads(self, path: str) -> str:
        """Give all that a page says."""
        return " ".join(self.see(path).words)

    def does(self, path: str, **filled: str) -> str:
        """Fill a form in that a link leads to, and send it; give what is told afterwards.

        Names hold ``__`` where the form has a dot.
        """
        answer = self._sent(path, filled)
        told = " ".join(Document(answer.text).words)
        assert answer.status_code == 303, f"{path}: {answer.status_code} {told}"
        return self.reads(answer.headers["location"])

    def chooses(self, path: str, **filled: str) -> Mapping[str, str]:
        """Fill in what choices follow from; give the form as it is shown with them."""
        answer = self._sent(path, {**filled, "rows": "="})
        return Document(answer.text).forms[f"{GOV}/{path}"]

    def fails(self, path: str, **filled: str) -> str:
        """Send a form that is refused; give what is told."""
        answer = self._sent(path, filled)
        assert answer.status_code == 422, answer.status_code
        return " ".join(Document(answer.text).words)

    def _sent(self, path: str, filled: Mapping[str, str]) -> Response:
        path = path if path.startswith("/") else f"{GOV}/{path}"
        action = path.partition("?")[0]
        said = {name.replace("__", "."): value for name, value in filled.items()}
        return self.browser.go(action, {**self.see(path).forms[action], **said})

    def acts(self, path: str, verb: str) -> list[str]:
        """Give the links of a page to the form of a verb."""
        return [one for one in self.see(path).links if re.search(rf"/do/{verb}\b", one)]

    def does_from(self, path: str, verb: str, *, about: str = "", **filled: str) -> str:
        """Follow a page's only link to the form of a verb, fill it in, and send it."""
        found = dict.fromkeys(one for one in self.acts(path, verb) if about in one)
        assert len(found) == 1, f"{path}: {verb}: {list(found)}"
        return self.does(next(iter(found)), **filled)


def id_in(link: str) -> str:
    """Give the id of what a link to a form is about."""
    found = _ID.search(link)
    assert found is not None, link
    return found[1]


_FIGURE: Final = re.compile(
    r'<a href="([^"]+)"><strong>(\d+)</strong>|<span class="bar-line"><a href="([^"]+)">(\d+)</a>'
)


def opened(desk: Desk, path: str) -> str:
    """Hold every figure of a page against the list that it opens; give what the page says."""
    page = desk.see(path)
    told = desk.browser.go(path).text
    figures = [(one or two, int(this or that)) for one, this, two, that in _FIGURE.findall(told)]
    assert len(figures) > 1
    for place, count in {(unescape(link), count) for link, count in figures}:
        listed = place.partition("?")[0]
        rows = set(
            re.findall(rf'href="{listed}/([0-9a-z]{{20,}})[?"]', desk.browser.go(place).text)
        )
        assert len(rows) == count, f"{place}: {count}"
    return " ".join(page.words)


MESSENGER: Final = Messenger.of(TELLINGS).receiver
"""Who writes what users are told."""


def relayed(place: Place, *receivers: Receiver) -> None:
    """Let the relay hand on what happened to who counts it, or to others."""
    platform, asked = place.platform, list(receivers or (COUNT_RECEIVER,))
    Relay(
        transactions=platform.transactions, outbox=platform.outbox, receivers=asked,
        clock=platform.clock, ids=platform.ids,
    ).run()  # fmt: skip
