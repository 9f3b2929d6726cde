"""Deleting and disabling: done on what somebody has seen, after somebody was asked."""

import re
from typing import Any

import pytest

from entrypoints.http.api import api_routes, describe
from entrypoints.http.routes import Route
from supervision_core.identity.ports import Users

from .browsing import Document, entered
from .calls import CALLS
from .conftest import Surface
from .test_matrix import DECLARED, ROUTES, held_by

BASE = "/api/v1/identity"
QINGXIU = "/gov/identity/departments/qingxiu"
ROLE = "/gov/identity/roles/role_nanning"
GROUP = "/gov/identity/groups/group_nanning"
DEPARTMENT = {"name": "新", "code": "q", "region": "450103", "parent": "nanning"}
TAKING = re.compile(r"\w+\.(delete|disable)(_|$)")
TAKING_AWAY: tuple[tuple[str, str, str, dict[str, Any] | None], ...] = (
    ("system", "DELETE", "users/clerk", None),
    ("system", "DELETE", "departments/qingxiu", None),
    ("system", "DELETE", "regions/r450500", None),
    ("system", "PUT", "users/clerk/enabled", {"enabled": False}),
    ("system", "PUT", "departments/qingxiu", {"data": DEPARTMENT, "enabled": False}),
    ("security", "PUT", "roles/role_nanning", {"name": "新", "enabled": False}),
    ("security", "PUT", "groups/group_nanning", {"name": "新", "enabled": False}),
)


def _removing() -> list[Route]:
    return [one for one in ROUTES if one.always_versioned or one.may_disable]


@pytest.mark.parametrize(("user", "method", "path", "body"), TAKING_AWAY, ids=range(7))
def test_it_needs_the_version_that_was_seen(
    surface: Surface, user: str, method: str, path: str, body: dict[str, Any] | None
) -> None:
    """428 ``http.version_required`` without If-Match and nothing done; 412 on another version."""
    address = f"{BASE}/{path}"
    answer = surface.call(user, method, address, body=body)
    assert (answer.status_code, answer.json()["code"]) == (428, "http.version_required")
    assert surface.audited() == []
    stale = surface.call(user, method, address, body=body, if_match='"999"')
    assert stale.status_code == 412
    done = surface.call(user, method, address, body=body, if_match='"1"')
    assert done.status_code == 200, done.text


DERIVED = [one for one in _removing() if one.name in DECLARED]


@pytest.mark.parametrize("route", DERIVED, ids=[one.name for one in DERIVED])
def test_derived_routes_need_it_too(surface: Surface, route: Route) -> None:
    """428 ``http.version_required`` where a derived route deletes or disables without If-Match."""
    calling = CALLS[route.name]
    body: Any = calling.body("0123abcd") if calling.body else None
    if route.may_disable:
        body = {**body, "enabled": False}
    user = next(one for one in ("doer", "system") if route.permission in held_by(one))
    answer = surface.call(user, route.method, route.path.format(**calling.others), body=body)
    assert (answer.status_code, answer.json()["code"]) == (428, "http.version_required")
    assert surface.audited() == []


def test_deletions_and_disablings_are_all_found() -> None:
    """A command that deletes or disables one named thing demands the version that was seen."""
    acts = [one for one in ROUTES if one.path == f"/api/v1/{one.permission}".replace(".", "/")]
    taking = [one for one in acts if TAKING.match(str(one.permission))]
    assert len(taking) > 10
    assert [one.name for one in taking if not one.always_versioned] == []


def test_what_takes_nothing_away_needs_none(surface: Surface) -> None:
    """Enabling, and a change that leaves in use, are done as before."""
    on = surface.call("system", "PUT", f"{BASE}/users/clerk/enabled", body={"enabled": True})
    data = {"data": DEPARTMENT}
    changed = surface.call("system", "PUT", f"{BASE}/departments/qingxiu", body=data)
    assert (on.status_code, changed.status_code) == (200, 200)


def test_the_description_says_so() -> None:
    """If-Match is required where something is deleted; 428 stands wherever it may be the answer."""
    removing = [one for one in _removing() if one.name not in DECLARED]
    assert len(removing) == len(TAKING_AWAY)
    document: Any = describe(api_routes())
    for route in _removing():
        operation = document["paths"][route.path][route.method.lower()]
        (header,) = (one for one in operation["parameters"] if one["name"] == "If-Match")
        assert header["required"] is (route.method == "DELETE" or route.takes_away)
        assert "http.version_required" in operation["responses"]["428"]["description"]


@pytest.mark.parametrize(
    ("user", "path", "form", "follows"),
    [
        ("system", "/gov/identity/users/clerk", "/gov/identity/users/clerk/enabled", "不能登录"),
        ("system", f"{QINGXIU}/change", f"{QINGXIU}/change", "成员"),
        ("security", f"{ROLE}/change", f"{ROLE}/change", "持有者"),
        ("security", f"{GROUP}/change", f"{GROUP}/change", "持有者"),
    ],
    ids=["user", "department", "role", "group"],
)  # fmt: skip
def test_pages_ask_before_they_disable(
    surface: Surface, user: str, path: str, form: str, follows: str
) -> None:
    """The first click names the thing and says what follows; the second one does it, once."""
    browser = entered(surface, user)
    filled = {**browser.see(path).forms[form], "enabled": "no"}
    before = len(surface.audited())
    asked = browser.go(form, filled)
    assert asked.status_code == 200
    assert "将停用“" in asked.text
    assert follows in asked.text
    assert len(surface.audited()) == before
    page = Document(asked.text)
    assert "确认停用" in page.words
    assert browser.go(form, page.forms[form]).status_code == 303
    assert len(surface.audited()) == before + 1


def test_a_stale_confirmation_does_nothing(surface: Surface) -> None:
    """Whoever confirms what somebody else has changed meanwhile is told so. Error: outdated."""
    browser = entered(surface, "system")
    form = "/gov/identity/users/clerk/enabled"
    asked = Document(browser.go(form, browser.see("/gov/identity/users/clerk").forms[form]).text)
    again = {"enabled": True}
    assert (
        surface.call("system", "PUT", f"{BASE}/users/clerk/enabled", body=again).status_code == 200
    )
    assert browser.go(form, asked.forms[form]).status_code == 412
    with surface.province.platform.transactions.begin() as unit:
        assert unit[Users].get("clerk").active


@pytest.mark.parametrize("kind", ["users/clerk", "departments/qingxiu", "regions/r450500"])
def test_pages_say_what_deleting_means(surface: Surface, kind: str) -> None:
    """What is deleted is named, and that it does not come back."""
    page = entered(surface, "system").see(f"/gov/identity/{kind}/delete")
    (said,) = (one for one in page.words if one.startswith("将删除“"))
    assert "不能恢复" in said
