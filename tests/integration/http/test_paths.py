"""One resource, one path: doubled and trailing slashes lead nowhere else, and around no rule."""

import json
import logging
from typing import Any

import pytest

from entrypoints.http.gate import canonical
from entrypoints.http.limits import Rate

from .browsing import entered
from .conftest import Surface, client_of, opened
from .province import HOST, NO_LIMIT

USER = "/api/v1/identity/users/clerk"
BASE = f"https://{HOST}"
"""A client takes what begins with two slashes for another host; it is given the whole address."""


def _odd(path: str) -> list[str]:
    inside = path.replace("/", "//")
    return [f"{path}/", f"/{path}", inside, f"//{inside}///", f"{path}%2F", f"/%2F{path}"]


@pytest.mark.parametrize(
    ("path", "one"),
    [("", "/"), ("/", "/"), ("//", "/"), ("/gov", "/gov"), ("//evil.example", "/evil.example"),
     ("/gov//identity//users///", "/gov/identity/users"), ("/./gov", "/./gov"),
     ("/gov/%2e", "/gov/%2e")],
)  # fmt: skip
def test_the_canonical_path(path: str, one: str) -> None:
    """Single slashes, none at the end; nothing else of a path is touched."""
    assert canonical(path) == one


@pytest.mark.parametrize("path", _odd(USER))
@pytest.mark.parametrize(("user", "status"), [("system", 200), ("nobody", 403), ("", 401)])
def test_a_resource_answers_alike(surface: Surface, path: str, user: str, status: int) -> None:
    """Who may not read it at its path may not at another spelling, and the denial is one row."""
    plain = surface.call(user, "GET", USER)
    rows = surface.audited()
    odd = surface.call(user, "GET", BASE + path)
    assert (odd.status_code, odd.content) == (status, plain.content)
    told = [(one.action, one.outcome, one.request) for one in surface.audited()]
    assert told == [(one.action, one.outcome, one.request) for one in rows] * 2


@pytest.mark.parametrize(
    "path", ["/gov", "/m", "/gov/login", "/gov/identity/users", "/gov/log_out", "/gov/no"]
)
def test_pages_answer_alike(surface: Surface, path: str) -> None:
    """A page at another spelling is the same page, under the same rules, with the same links."""
    for user in ("system", "nobody"):
        browser = entered(surface, user)
        plain, odd = browser.go(path), browser.go(f"{BASE}/{path}//")
        assert odd.status_code == plain.status_code
        assert odd.headers.get("location") == plain.headers.get("location")
        assert odd.headers["content-type"] == plain.headers["content-type"]


def test_the_way_back_is_the_one_path(surface: Surface) -> None:
    """Who must prove himself again is led back to the page on this host, however he spelt it."""
    surface.age("system", minutes=6)
    answer = entered(surface, "system").go(f"{BASE}//gov//identity//users/clerk/change/")
    assert answer.headers["location"] == "/gov/step_up?next=/gov/identity/users/clerk/change"


def test_a_write_is_done_once_under_any_spelling(surface: Surface) -> None:
    """POST keeps its body, and its key means the same request."""
    body: Any = {"data": {"name": "新", "code": "new", "region": "450100", "parent": "nanning"}}
    path, key = "/api/v1/identity/departments", {"idempotency_key": "k"}
    first = surface.call("system", "POST", f"{BASE}/{path}//", body=body, **key)
    again = surface.call("system", "POST", path, body=body, **key)
    assert (first.status_code, first.content) == (201, again.content)


@pytest.mark.parametrize("path", ["//evil.example", "/%2Fevil.example/", "//evil.example/%2F.."])
def test_nothing_leads_elsewhere(surface: Surface, path: str) -> None:
    """No answer redirects, least of all to another host."""
    answer = surface.client.get(BASE + path, follow_redirects=False)
    assert answer.status_code == 404
    assert "location" not in answer.headers


def test_limits_and_log_see_the_one_path(
    surface: Surface, caplog: pytest.LogCaptureFixture
) -> None:
    """A probe is counted as one and a caller as one, and the log names the route."""
    app, _, _ = opened(surface.province.platform, per_source=Rate(0.001, 3), per_user=NO_LIMIT)
    caplog.set_level(logging.INFO, "supervision.access")
    with client_of(app) as client:
        found = [
            client.get(BASE + path).status_code for path in ("//health/live/", "/health//live") * 2
        ]
        assert found == [200, 200, 200, 429]
        for path in (USER, f"/{USER}", f"{USER}/"):
            assert client.get(BASE + path).status_code == 401
        assert client.get(f"{BASE}//{USER}").status_code == 429
    routes = [json.loads(one.message)["route"] for one in caplog.records]
    assert routes[:3] == ["/health/live"] * 3
