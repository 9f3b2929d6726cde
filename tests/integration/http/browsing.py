"""A browser without JavaScript: cookies, links, and forms as they stand on the page."""

import base64
import re
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser
from typing import Any

from httpx import Response

from entrypoints.http.answering import COOKIE

from .province import PASSWORD

LOG_IN = "/gov/login"
_PARTED = re.compile(r'<form method="post" action="([^"]+)"[^>]*enctype="multipart/form-data"')
_LEFT = re.compile(r"(?<!step_up)[?&]next=%2Fgov%2F\w+%2F\w+(%3F[^&]*)?(?=&|$)")


class Document(HTMLParser):
    """A page as a reader of its forms, labels and words sees it.

    ``forms`` holds what each form would send as it stands, by its address; ``fields``, all of them.
    """

    def __init__(self, text: str) -> None:
        """Read it."""
        super().__init__()
        self.fields: dict[str, str] = {}
        self.forms: dict[str, dict[str, str]] = {}
        self.labels: set[str] = set()
        self.labelled: set[int] = set()
        """What of ``shown`` stands in a label of its own."""
        self.addresses: list[str] = []
        self.links: list[str] = []
        """The addresses without the list as it was left, to which they come back."""
        self.shown: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._form: dict[str, str] = {}
        self._open, self._chosen, self._in_label = "", False, False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what forms hold."""
        found = dict(attrs)
        name, value = found.get("name") or "", found.get("value") or ""
        if self._in_label:
            self.labelled.add(len(self.shown))
        self.shown.append((tag, found))
        match tag:
            case "form":
                self._form = self.forms.setdefault(found.get("action") or "", {})
            case "label":
                self.labels.add(found.get("for") or "")
                self._in_label = True
            case "a":
                self.addresses.append(found["href"] or "")
                self.links.append(_LEFT.sub("", self.addresses[-1]))
            case "input" if name and (found.get("type") != "checkbox" or "checked" in found):
                self._keep(name, value)
            case "select" | "textarea":
                self._open, self._chosen = name, False
                self._keep(name, "")
            case "option" if "selected" in found or not self._chosen:
                self._chosen = True
                self._keep(self._open, value)

    def handle_endtag(self, tag: str) -> None:
        """Leave what was open."""
        if tag == "textarea":
            self._open = ""
        if tag == "label":
            self._in_label = False

    def handle_data(self, data: str) -> None:
        """Keep words, and what stands in a text area."""
        if data.strip():
            self.words.append(data.strip())
        if self._open and self.shown[-1][0] == "textarea":
            self._keep(self._open, data)

    def _keep(self, name: str, value: str) -> None:
        self.fields[name] = self._form[name] = value


class Browser:
    """Keeps cookies, sends forms, runs no scripts."""

    def __init__(self, surface: Any) -> None:
        """Start without cookies."""
        self.surface, self.site = surface, "same-origin"
        self.cookies: dict[str, str] = {}
        self.parted: set[str] = set()
        """The addresses of forms that pages send in parts, as a browser does."""

    def go(
        self,
        path: str,
        form: dict[str, str] | None = None,
        files: Mapping[str, bytes | tuple[str, bytes]] | None = None,
    ) -> Response:
        """Follow a link, or send a form, with ``files`` where it has any, called as said."""
        parts: dict[str, Any] = {
            name: one if isinstance(one, tuple) else (name, one)
            for name, one in (files or {}).items()
        }
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"sec-fetch-site": self.site, **({"cookie": cookie} if cookie else {})}
        client = self.surface.client
        if form is not None and path.partition("?")[0] in self.parted:
            parts |= {name: (None, said) for name, said in form.items() if name not in parts}
            form = {}
        answer: Response = (
            client.get(path, headers=headers, follow_redirects=False) if form is None
            else client.post(
                path, data=form, files=parts or None, headers=headers, follow_redirects=False
            )
        )  # fmt: skip
        self.parted |= {unescape(one) for one in _PARTED.findall(answer.text)}
        for text in answer.headers.get_list("set-cookie"):
            name, _, rest = text.partition("=")
            value, _, attributes = rest.partition(";")
            assert "Secure" in attributes
            assert "HttpOnly" in attributes
            self.cookies[name] = value
            if "Max-Age=0" in attributes:
                del self.cookies[name]
        return answer

    def see(self, path: str) -> Document:
        """Give the page there, following where it leads."""
        answer = self.go(path)
        while answer.status_code == 303:
            answer = self.go(answer.headers["location"])
        page = Document(answer.text)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {' '.join(page.words)}"
        return page

    def form(self, path: str) -> dict[str, str]:
        """Give the fields of the forms of a page."""
        return Document(self.go(path).text).fields

    def send(self, path: str, *, to: str = "", **filled: str) -> Response:
        """Open the page at ``path``, fill its form in, and send it."""
        action = to or path.partition("?")[0]
        return self.go(action, {**self.see(path).forms[action], **filled})


def enter(browser: Browser) -> Response:
    """Log in by password and code."""
    form = browser.form(LOG_IN) | {"account": "clerk", "password": PASSWORD, "answer": "7"}
    code = Document(browser.go(LOG_IN, form).text).fields
    code["code"] = browser.surface.province.phones.sent[-1]
    return browser.go(f"{LOG_IN}/code", code)


def entered(surface: Any, user: str) -> Browser:
    """Give the browser of who has logged in."""
    made = Browser(surface)
    made.cookies[COOKIE] = surface.province.tokens[user]
    return made


def proof_from(page: Document, name: str) -> dict[str, bytes]:
    """Give the files with which ``name`` answers the challenge on a page."""
    (address,) = (one for one in page.links if one.startswith("data:"))
    nonce = base64.b64decode(address.partition("base64,")[2])
    return {"certificate": b"good:" + name.encode(), "signature": name.encode() + nonce}
