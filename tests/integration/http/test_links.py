"""Every link that a page shows leads somewhere, whoever of the shipped roles reads it."""

import re
from collections import deque
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl, urlsplit

import pytest
from attrs import define, evolve, field

from entrypoints.http.routes import PARAMETER
from entrypoints.http.web import web_pages
from entrypoints.registered import shipped_roles
from supervision_core.identity.lists import REGIONS
from supervision_core.identity.model import ExtendedData, Membership, Session, UserKind
from supervision_core.identity.ports import Departments, Sessions
from supervision_core.identity.roles import ShippedRole
from supervision_core.kernel.canonical import sm3
from supervision_core.testing.identity import full_draft

from .browsing import Browser, Document, entered
from .conftest import Surface
from .furnished import PARTIES
from .province import enrol, token_of
from .test_pages_lists import HERE

_PARTY: Final = {
    "enterprise": "firm", "institution_head": "institution", "institution_member": "institution",
    "association": "association",
}  # fmt: skip
"""For whom of the furnished province somebody of a role acts, who works for no department."""
_DAILY: Final = {"officer", "enterprise"}
"""Roles whose links are followed every day; those of the others by ``nox -s browser``."""
_PAGES: Final = tuple(
    (re.compile(PARAMETER.sub("[^/]+", one.path)), one.name)
    for one in sorted(web_pages(), key=lambda one: one.path.count("{"))
    if one.method == "GET"
)
_FOUND: Final = {200, 303}
_NAMED_ALONE: Final = re.compile(
    r"/files/|/preview$|/manifest$|^/ent/visits/x-(tasks-publication|results)"
)
"""What the examples of the province name, and nobody stored: files, and the visit of a result.

The tests of the ``cycle`` follow such links.
"""


def taken_on(surface: Surface, role: ShippedRole) -> Browser:
    """Let there be somebody of a role in the department of the furnished things; let him in."""
    user, (_, department) = f"some-{role.code}", HERE
    of = _PARTY.get(role.code)
    party = next((one for name, _, one in PARTIES.values() if name == of), "citizen")
    draft = evolve(full_draft(user), memberships=(Membership(department=department),))
    if role.kind is not UserKind.STAFF:
        own = ExtendedData(kind=role.kind, party=party)
        draft, department = evolve(draft, extended=own, memberships=()), ""
    token, now = token_of(user), surface.province.platform.clock.now()
    with surface.province.platform.transactions.begin() as unit:
        enrol(unit, user, draft, now)
        if role.duty is not None:
            office = unit[Departments].get(department)
            office.appoint(frozenset({user}), at=now)
            unit[Departments].save(office)
        session = Session(
            id=sm3(token.encode()).hex(), user=user, department=department,
            started_at=now, seen_at=now, stepped_up_at=now,
        )  # fmt: skip
        unit[Sessions].save(session)
        unit.commit()
    surface.province.tokens[user] = token
    surface.let(user, *role.permissions)
    return entered(surface, user)


def kind_of(path: str) -> str:
    """Give the name of the page at a path; of what is none the path itself."""
    return next((name for pattern, name in _PAGES if pattern.fullmatch(path)), path)


@define
class Crawl:
    """What somebody finds who follows links from his home, one of each kind on each kind of page.

    A kind is the page that a link leads to, and what its address asks by which names.
    """

    browser: Browser
    answers: dict[str, int] = field(factory=dict)
    dead: list[str] = field(factory=list)
    _followed: set[tuple[str, str, frozenset[str]]] = field(factory=set)

    def go(self, *begins: str) -> None:
        """Follow them, the nearest first."""
        waiting = deque(("", one) for one in begins)
        while waiting:
            source, address = waiting.popleft()
            parts = urlsplit(address)
            kind = kind_of(parts.path)
            asked = frozenset(name for name, _ in parse_qsl(parts.query))
            key = (source, kind, asked)
            if key in self._followed or address in self.answers:
                continue
            self._followed.add(key)
            answer = self.browser.go(address)
            self.answers[address] = answer.status_code
            if answer.status_code not in _FOUND:
                self.dead.append(f"{answer.status_code} {address} on {source}")
            elif "html" in answer.headers.get("content-type", ""):
                waiting.extend((kind, one) for one in _links(answer.text))
            elif answer.status_code == 303:
                waiting.append((source, answer.headers["location"]))


def _links(text: str) -> Iterator[str]:
    """Give where the links of a page lead, and what it takes in later, on this host."""
    page = Document(text)
    later = (attributes.get("hx-get") for _, attributes in page.shown)
    for one in (*page.addresses, *filter(None, later)):
        if one.startswith("/") and not _NAMED_ALONE.search(one):
            yield one.partition("#")[0]


@pytest.mark.parametrize(
    "role",
    [
        pytest.param(one, id=one.code, marks=[] if one.code in _DAILY else [pytest.mark.slow])
        for one in shipped_roles()
    ],
)
def test_every_link_leads_somewhere(
    whole: Surface, role: ShippedRole, monkeypatch: pytest.MonkeyPatch
) -> None:
    """为每个角色逐页查看: no link that a role is shown answers 404, 403 or 500."""
    whole.restore()
    monkeypatch.setattr(whole.province, "tokens", dict(whole.province.tokens))
    crawl = Crawl(taken_on(whole, role))
    crawl.go("/gov", "/m", "/ent")
    assert crawl.dead == []


def test_a_region_is_found_by_its_code(whole: Surface) -> None:
    """行政区划: what refers to a region names its code; the same page stands under its id."""
    whole.restore()
    browser = entered(whole, "system")
    base = f"/gov/{REGIONS.context}/{REGIONS.plural}"
    by_code, by_id = (browser.see(f"{base}/{one}") for one in ("450100", "r450100"))
    assert "南宁市" in by_code.words
    assert by_code.words == by_id.words
    assert f"{base}/r450100/change" in {one.partition("?")[0] for one in by_code.links}
