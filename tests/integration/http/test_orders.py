"""The order of a list: one that it does not offer is refused, never ignored."""

from typing import Any

import pytest

from entrypoints.http.api import api_routes
from entrypoints.http.routes import Route
from entrypoints.http.web import web_pages

from .browsing import entered
from .calls import CALLS
from .conftest import Surface

LISTS = [
    one
    for one in api_routes()
    if {"order", "page_size"} <= {member.name for member in one.rest.members}
    and not one.name.endswith("_history")  # of one thing, in the one order that it happened
    # of firms alone: cycle/test_firm_pages.py
    and one.name not in {"tasks_list_own_visits", "cogovernance_list_own_conduct"}
    and one.name != "tasks_view_claim_draws"  # of one task, in the order of its draws
]
PAGES = (
    "identity/users", "identity/departments", "identity/regions", "identity/roles",
    "identity/groups", "audit", "identity/export_requests",
)  # fmt: skip


def _asked(surface: Surface, user: str, route: Route, order: str) -> tuple[int, dict[str, str]]:
    calling = CALLS[route.name]
    path = route.path.format(**{**calling.others, calling.parameter or "-": _AIMS[calling.kind]})
    body: Any = None
    if calling.body:
        body = calling.body("")
        body = {**body, "order": order}
    else:
        path += f"{calling.query}&" if calling.query else "?"
        path += f"order={order}"
    answer = surface.call(user, route.method, path, body=body)
    reasons = answer.json().get("reasons", [])
    return answer.status_code, {one["at"]: one["remedy"] for one in reasons}


_AIMS = {"": "", "user": "clerk", "department": "nanning", "role": "role_office",
         "group": "group_office"}  # fmt: skip


@pytest.mark.parametrize("route", LISTS, ids=lambda one: one.name)
def test_an_unknown_order_is_refused(surface: Surface, route: Route) -> None:
    """422 ``kernel.unknown_order`` with the orders that there are; those are all answered."""
    users = ("system", "security", "auditor", "doer")
    user = next(one for one in users if _asked(surface, one, route, "")[0] == 200)
    status, reasons = _asked(surface, user, route, "pace")
    assert (status, list(reasons)) == (422, ["order"])
    for offered in route.orders:
        assert offered in reasons["order"]
        if route.name != "identity_list_users":
            assert _asked(surface, user, route, offered)[0] == 200


def test_a_place_is_one_in_a_department(surface: Surface) -> None:
    """Users of every department have no common place: the order needs the department."""
    path = "/api/v1/identity/users?order=place"
    refused = surface.call("system", "GET", path)
    assert (refused.status_code, refused.json()["code"]) == (422, "kernel.unknown_order")
    assert surface.call("system", "GET", f"{path}&department=nanning").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_pages_refuse_it_too(surface: Surface, page: str) -> None:
    """A list on a page has one order: another in its address is 422, said in Chinese."""
    assert any(one.path == f"/gov/{page}" for one in web_pages())
    answer = entered(surface, "auditor" if page == "audit" else "security").go(
        f"/gov/{page}?order=pace"
    )
    assert answer.status_code == 422
    assert "没有这种排序方式" in answer.text
