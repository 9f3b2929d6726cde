"""What another site can make a browser do: no look that the log keeps, in somebody's name."""

import pytest

from entrypoints.http.answering import COOKIE, csrf_token
from entrypoints.http.routes import Route
from entrypoints.http.web import web_pages

from .browsing import entered
from .calls import CALLS
from .conftest import Surface
from .test_matrix import ROUTES

LOOKS = [one for one in ROUTES if one.audited]
PERSONAL = "/api/v1/identity/users/clerk/personal?purpose=contact"


def _path(route: Route) -> str:
    calling = CALLS[route.name]
    path = route.path.format(**{**calling.others, calling.parameter or "-": "qingxiu"})
    return path + calling.query.format(target="qingxiu")


def _cookie(surface: Surface, user: str) -> dict[str, str]:
    return {"cookie": f"{COOKIE}={surface.province.tokens[user]}"}


def test_there_are_such_looks() -> None:
    """Personal data, exports and the log itself: every GET that runs a use case."""
    names = {one.name for one in LOOKS}
    assert {"identity_show_personal_data", "officers_show_contact", "audit_search"} <= names
    assert {one.path for one in web_pages() if one.audited} == {
        "/gov/audit", "/gov/draws/draws/{draw_id}/proof", "/gov/identity/users/{user_id}/change",
        "/ent/conduct/table",
    }  # fmt: skip


@pytest.mark.parametrize("route", LOOKS, ids=lambda one: one.name)
@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "same-origin, none"])
def test_no_link_elsewhere_looks(surface: Surface, route: Route, site: str) -> None:
    """The cookie alone does not do: 403 ``http.cross_site``, nothing shown, no row."""
    head = {"sec-fetch-site": site} if site else {}
    for user in ("system", "auditor"):
        answer = surface.client.get(_path(route), headers={**_cookie(surface, user), **head})
        assert (answer.status_code, answer.json()["code"]) == (403, "http.cross_site")
    assert surface.audited() == []


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_our_own_pages_look(surface: Surface, site: str) -> None:
    """A page of ours, and an address that the user types, go through; so does our own header."""
    cookie = _cookie(surface, "system")
    shown = surface.client.get(PERSONAL, headers={**cookie, "sec-fetch-site": site})
    assert shown.status_code == 200
    token = csrf_token(surface.province.tokens["system"])
    by_script = {"sec-fetch-site": "cross-site", "x-csrf-token": token}
    assert surface.client.get(PERSONAL, headers={**cookie, **by_script}).status_code == 200


def test_other_systems_look_by_their_token(surface: Surface) -> None:
    """A bearer token is no cookie: nobody else's page can make a browser send it."""
    assert surface.call("system", "GET", PERSONAL).status_code == 200
    assert surface.call("system", "GET", PERSONAL, sec_fetch_site="cross-site").status_code == 200


@pytest.mark.parametrize(
    ("user", "path"), [("system", "/gov/identity/users/clerk/change"), ("auditor", "/gov/audit")]
)
def test_pages_that_show_it_are_opened_from_here(surface: Surface, user: str, path: str) -> None:
    """The same for pages: refused from elsewhere without a row, opened from our own."""
    browser = entered(surface, user)
    browser.site = "cross-site"
    refused = browser.go(path)
    assert refused.status_code == 403
    assert "防跨站" in refused.text
    assert surface.audited() == []
    browser.site = "same-origin"
    assert browser.go(path).status_code == 200
    assert surface.audited()
