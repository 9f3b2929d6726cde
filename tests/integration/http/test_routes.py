import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
from litestar import Litestar, get

from entrypoints.catalogue import InstalledPermissions
from entrypoints.container import Platform
from entrypoints.http.api import api_routes, declared_routes, describe
from entrypoints.http.app import RouteTable
from entrypoints.http.openapi import refusals_of
from entrypoints.http.problems import STATUS, status_of
from entrypoints.http.routes import JSON, OCTETS, Access
from entrypoints.http.web import web_pages
from entrypoints.http.web.assets.serving import ADDRESS
from entrypoints.words import all_messages
from supervision_core.kernel.errors import DomainError

from .conftest import Surface, client_of, opened

PUBLIC = {
    "live", "ready", "ask_captcha", "log_in_by_password", "resend_code", "confirm_code",
    "begin_certificate_log_in", "log_in_by_certificate", "begin_sign_on", "sign_on",
    "sign_on_with_token", "sign_off", "log_in_by_face", "confirm_face",
}  # fmt: skip
LOGGED_IN = {
    "description", "me", "log_out", "begin_step_up", "step_up_by_certificate",
    "begin_face_step_up", "step_up_by_face", "subjects_import_template",
    "step_up_by_password", "change_password", "own_sessions", "end_own_sessions", "end_own_session",
    "begin_phone_change", "confirm_old_phone", "confirm_new_phone",
    "files_start", "files_view_staged", "files_put_piece", "files_finish",
    "table_template", "references", "own_log_ins", "own_departments", "work_for", "own_messages",
    "officers_table_template", "unread_messages", "read_messages", "search",
    "own_views", "keep_view", "rename_view", "drop_view", "arrange_list", "own_recents",
    "items_own_template",
}  # fmt: skip
ROUTES = api_routes()
TEMPLATES = {one.name for one in declared_routes() if one.path.endswith("/table_template")}
"""Workbooks of registers to fill in: no secrets."""
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
    assert list(undeclared(surface.app.table.litestar)) == []
    assert {one.name for one in ROUTES if one.access is Access.PUBLIC} == PUBLIC
    assert {one.name for one in ROUTES if one.access is Access.LOGGED_IN} == LOGGED_IN | TEMPLATES
    public_pages = {one.path for one in web_pages() if one.access is Access.PUBLIC}
    ways_in = ("/gov/login", "/m/login", "/m/letters/", "/m/scan", "/m/code", "/open/")
    assert all(path.startswith(ways_in) for path in public_pages - {"/"})


def test_a_route_without_declaration_is_found() -> None:
    """Negative control: a handler that somebody adds past the table of routes is named."""

    @get("/api/v1/leak", sync_to_thread=False)
    def leak() -> str:
        return "everything"

    litestar = RouteTable((), ()).litestar
    litestar.register(leak)
    assert list(undeclared(litestar)) == ["['GET'] /api/v1/leak"]


def test_the_live_table_is_the_table_of_routes(surface: Surface) -> None:
    """What Litestar answers is what the routes say, and nothing else but assets."""
    live = {
        (method, route.path_format)
        for route in surface.app.table.litestar.routes
        for method in getattr(route, "methods", ())
        if method != "OPTIONS"
    }
    pages = {(one.method, one.path) for one in web_pages()}
    assert live == {(one.method, one.path) for one in ROUTES} | pages | {ADDRESS}


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
                referring = "$ref" in json.dumps(inner)
                whole = {**inner, "components": document["components"]} if referring else inner
                jsonschema_rs.validator_for(whole).validate(example)


def test_groups_are_named_for_programs_and_titled_for_people() -> None:
    """标签: the context in English, as generators of clients want it, with its Chinese title."""
    document = describe(ROUTES)
    tags = {one["name"]: one["x-displayName"] for one in document["tags"]}
    assert tags["tasks"] == "综合监管任务"
    for name, title in tags.items():
        assert re.fullmatch("[a-z_]+", name)
        assert not title.isascii()
    used = {
        tag for path in document["paths"].values() for one in path.values() for tag in one["tags"]
    }
    assert used == set(tags)


def test_every_message_has_a_whole_example() -> None:
    """整段举例: each JSON body and answer, every field filled in, and fit for what checks it."""
    document = describe(ROUTES)
    seen = 0
    for route in ROUTES:
        one = document["paths"][route.path][route.method.lower()]
        answer = one["responses"][str(route.status)].get("content", {}).get(JSON)
        shown = [(route.answer_shape, answer)] if answer else []
        if route.has_body and route.takes == JSON:
            shown.append((route.rest, one["requestBody"]["content"][JSON]))
        for shape, content in shown:
            assert list(shape.faults(content["example"])) == [], route.name
            seen += 1
    assert seen > len(ROUTES)


def test_files_are_taken_as_mere_octets_too() -> None:
    """导入: a generated client knows ``application/octet-stream``, not the type of workbooks."""
    for route in ROUTES:
        if route.has_body and route.takes != JSON:
            one = describe((route,))["paths"][route.path][route.method.lower()]
            assert OCTETS in one["requestBody"]["content"]


def test_an_installation_may_open_the_description(bare_platform: Platform) -> None:
    """http_open_description: off, who has not logged in reads nothing; on, everybody reads it."""
    for open_, status in ((False, 401), (True, 200)):
        app, _, _ = opened(bare_platform, open_description=open_)
        with client_of(app) as client:
            assert client.get("/api/v1/openapi.json").status_code == status


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
