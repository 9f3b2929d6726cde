import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
from litestar import Litestar, get

from entrypoints.catalogue import InstalledPermissions
from entrypoints.container import Platform
from entrypoints.http.api import api_routes, describe
from entrypoints.http.openapi import refusals_of
from entrypoints.http.problems import STATUS, status_of
from entrypoints.http.routes import Access
from entrypoints.http.web import web_pages
from entrypoints.words import all_messages
from supervision_core.kernel.errors import DomainError

from .conftest import Surface, opened

PUBLIC = {
    "live", "ready", "ask_captcha", "log_in_by_password", "resend_code", "confirm_code",
    "begin_certificate_log_in", "log_in_by_certificate", "begin_sign_on", "sign_on",
    "sign_on_with_token", "sign_off", "log_in_by_face", "confirm_face",
}  # fmt: skip
LOGGED_IN = {
    "description", "me", "log_out", "begin_step_up", "step_up_by_certificate",
    "begin_face_step_up", "step_up_by_face",
    "step_up_by_password", "change_password", "own_sessions", "end_own_sessions", "end_own_session",
    "begin_phone_change", "confirm_old_phone", "confirm_new_phone",
    "table_template", "own_log_ins", "own_departments", "work_for", "own_notices",
}  # fmt: skip
ROUTES = api_routes()
BY_NAME = {one.name: one for one in ROUTES}


def undeclared(app: Litestar) -> Iterator[str]:
    """Give every handler of the live route table that does not say who may use it."""
    for route in app.routes:
        found: Any = route
        handlers = getattr(found, "route_handlers", None) or [found.route_handler]
        for handler in handlers:
            if handler.http_methods == {"OPTIONS"}:  # Litestar's own, which the gate never reaches
                continue
            access = handler.opt.get("access")
            declared = isinstance(access, Access) or (isinstance(access, str) and "." in access)
            if not declared:
                yield f"{sorted(handler.http_methods)} {route.path}"


def test_every_route_declares_who_may_use_it(surface: Surface) -> None:
    """No route of the live table is without a permission, or among the few that need none."""
    assert list(undeclared(surface.app.litestar)) == []
    assert {one.name for one in ROUTES if one.access is Access.PUBLIC} == PUBLIC
    assert {one.name for one in ROUTES if one.access is Access.LOGGED_IN} == LOGGED_IN
    public_pages = {one.path for one in web_pages() if one.access is Access.PUBLIC}
    assert all(
        path.startswith(("/gov/login", "/m/login", "/gov/style.css")) for path in public_pages
    )


def test_a_route_without_declaration_is_found(bare_platform: Platform) -> None:
    """Negative control: a handler that somebody adds past the table of routes is named."""

    @get("/api/v1/leak", sync_to_thread=False)
    def leak() -> str:
        return "everything"

    app, _, _ = opened(bare_platform)
    app.litestar.register(leak)
    assert list(undeclared(app.litestar)) == ["['GET'] /api/v1/leak"]


def test_the_live_table_is_the_table_of_routes(surface: Surface) -> None:
    """What Litestar answers is what the routes say, and nothing else (no docs page, no static)."""
    live = {
        (method, route.path_format)
        for route in surface.app.litestar.routes
        for method in getattr(route, "methods", ())
        if method != "OPTIONS"
    }
    pages = {(one.method, one.path) for one in web_pages()}
    assert live == {(one.method, one.path) for one in ROUTES} | pages


def test_permissions_are_those_that_can_be_granted() -> None:
    """A route's permission is one that an administrator can grant."""
    known = InstalledPermissions().permissions()
    assert {one.permission for one in ROUTES if one.permission} <= known


def test_each_operation_has_a_name_of_its_own() -> None:
    """Programs are generated from operation ids."""
    assert [name for name, times in Counter(one.name for one in ROUTES).items() if times > 1] == []


def _described(document: dict[str, Any]) -> Iterator[str]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if not operation["summary"]:
                yield f"{method} {path}"
            for parameter in operation["parameters"]:
                if not parameter["description"]:
                    yield f"{method} {path} {parameter['name']}"
    for name, schema in document["components"]["schemas"].items():
        for field, inner in schema.get("properties", {}).items():
            if not any("一" <= sign <= "鿿" for sign in inner["description"]):
                yield f"{name}.{field}"


def test_everything_is_described_in_chinese() -> None:
    """Each operation, parameter and field says in Chinese what it is."""
    assert list(_described(describe(ROUTES))) == []


def test_the_description_is_openapi() -> None:
    """The document is valid, and its examples are what its schemas take."""
    document = json.loads(json.dumps(describe(ROUTES)))
    assert document["openapi"] == "3.1.0"
    jsonschema_rs.meta.validate({"$defs": document["components"]["schemas"]})
    for schema in document["components"]["schemas"].values():
        for inner in schema.get("properties", {}).values():
            for example in inner.get("examples", ()):
                whole = {**inner, "components": document["components"]}
                jsonschema_rs.validator_for(whole).validate(example)


def test_only_who_has_logged_in_reads_the_description(surface: Surface) -> None:
    """The description is no secret of ours, and no map for strangers."""
    assert surface.call("", "GET", "/api/v1/openapi.json").status_code == 401
    assert surface.call("nobody", "GET", "/api/v1/openapi.json").json()["openapi"] == "3.1.0"
    for path in ("/schema", "/schema/swagger", "/docs", "/openapi.json"):
        assert surface.call("nobody", "GET", path).status_code == 404


def _refusals(kind: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _refusals(child)


def test_every_refusal_has_a_status() -> None:
    """Whatever is refused, now or later, comes with a status of 4xx, or 5xx where it is our fault.

    A class without one of its own has that of the class above; none is left to chance.
    """
    statuses = {kind: status_of(kind) for kind in _refusals()}
    assert set(statuses.values()) <= set(STATUS.values())
    assert all(400 <= status < 600 for status in statuses.values())


def test_documented_refusals_can_be_put_into_words() -> None:
    """What an operation documents has Chinese words."""
    known = {*all_messages().codes(), "refused"}
    assert all(kind.code in known for route in ROUTES for kind in refusals_of(route))


def test_a_verb_is_derived_from_its_use_case() -> None:
    """Permission, body and answer of a write come from the use case, and cannot differ from it."""
    route = BY_NAME["identity_register_user"]
    assert (route.access, route.status, route.keyed) == ("identity.register_user", 201, True)
    assert [one.name for one in route.rest.members] == ["draft", "proof"]
