from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from entrypoints.catalogue import use_cases
from entrypoints.http.api import api_routes, declared_routes
from entrypoints.http.routes import JSON, Access, Reply, Route
from supervision_core.identity.model import CounterpartKind, User, counterpart_id
from supervision_core.identity.ports import DoneCommand, DoneCommands, Users
from supervision_core.identity.services.questions import UserView
from supervision_core.kernel.plain import digest

from .calls import CALLS, Calling
from .conftest import Surface, without_ids
from .province import (
    AUDIT_VERBS,
    DOING_VERBS,
    HOMES,
    LOOKING_VERBS,
    PERSONAL_VERBS,
    READING_VERBS,
    SECOND_PERSON_VERBS,
    SECURITY_VERBS,
    SYSTEM_VERBS,
)

ROUTES = api_routes()
USERS = [one for one in HOMES if one != "gone"]
ABSENT = "zzz"
OWN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "office": {
        "user": ("clerk", "far_reader", "system"),
        "department": ("nanning", "liuzhou", "office"),
        "officer": ("officer_nanning", "officer_liuzhou"),
        "subject": ("subject_nanning", "subject_liuzhou"),
        "clue": ("clue_office",),
        "subordinate": ("nanning", "liuzhou"),
        "region": ("r450100", "r450200", "r450000"),
        "role": ("role_nanning", "role_liuzhou"),
        "group": ("group_nanning", "group_liuzhou"),
        "export_request": ("export_nanning", "export_liuzhou", "export_office"),
        "second_person_request": ("second_nanning", "second_liuzhou", "second_office"),
        "told_role": (counterpart_id(CounterpartKind.ROLE, "5001"),),
    },
    "nanning": {"user": ("clerk", "nobody"), "department": ("nanning", "qingxiu"),
                "region": ("r450100", "r450103")},
    "liuzhou": {"officer": ("officer_liuzhou",), "subject": ("subject_liuzhou",),
                "clue": ("clue_liuzhou",),
                "user": ("far_reader", "far_system"), "department": ("liuzhou",),
                "region": ("r450200",), "role": ("role_liuzhou",), "group": ("group_liuzhou",),
                "export_request": ("export_liuzhou",),
                "second_person_request": ("second_liuzhou",)},
}  # fmt: skip
"""What lies in the area of whoever works for a department, by kind."""
FOREIGN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "office": {},
    "nanning": {"user": ("far_reader", "system"), "department": ("liuzhou", "office")},
    "liuzhou": {
        "user": ("clerk", "system", "gone"),
        "department": ("nanning", "office", "closed"),
        "officer": ("officer_nanning", "officer_office"),
        "subject": ("subject_nanning", "subject_office"),
        "clue": ("clue_nanning", "clue_office"),
        "subordinate": ("nanning", "office", "liuzhou"),
        "region": ("r450100", "r450000", "r450300"),
        "role": ("role_nanning", "role_office"),
        "group": ("group_nanning", "group_office"),
        "export_request": ("export_nanning", "export_office"),
        "second_person_request": ("second_nanning", "second_office"),
    },
}
DELETED = {"user": "gone", "department": "closed", "region": "r450300"}
ROW_BY_ROW = {"identity_import_users", "identity_upload_departments", "identity_upload_users"}
"""What is out of reach is refused row by row; the answer tells no more of it than of the absent."""
EVERYWHERE = {
    "identity_list_dead_letters", "identity_resend_dead_letter", "identity_drop_dead_letter",
    "page_dead_letters", "page_dead_letter_resend", "page_dead_letter_drop",
    "identity_read_changes", "identity_list_synchronisations", "identity_list_told_roles",
    "identity_request_directory_synchronisation", "identity_request_role_synchronisation",
    "identity_tie_role", "page_tying", "page_tie", "identity_synchronise_directory",
    "identity_synchronise_roles", "identity_ship_roles",
    "items_synchronise_matters",
}  # fmt: skip
"""For who reaches everything: others are denied, with the permission too."""
PUBLIC_KINDS = {"identity_view_region"}
"""Regions are public knowledge: whoever may read them reads all."""


def held_by(user: str) -> frozenset[str]:
    """Give the permissions of a user of the province, as the test knows them."""
    verbs = {
        "system": (
            *SYSTEM_VERBS,
            *LOOKING_VERBS,
            *READING_VERBS,
            *PERSONAL_VERBS,
            *SECOND_PERSON_VERBS,
        ),
        "security": (*SECURITY_VERBS, *LOOKING_VERBS, *READING_VERBS, *SECOND_PERSON_VERBS),
        "reader": READING_VERBS,
        "interface": READING_VERBS,
        "doer": DOING_VERBS,
        "auditor": (*AUDIT_VERBS, *SECOND_PERSON_VERBS),
    }.get(user.rpartition("_")[2], ())
    return frozenset(verb if "." in verb else f"identity.{verb}" for verb in verbs)


def by_turns(
    permission: str | None, name: str, *, holding: bool = True, many: int = 2
) -> list[str]:
    """Give some who lack a permission, and who hold it; others for another name.

    What asks for it asks all alike, so that each need not meet everybody.
    """
    found = list[str]()
    for holds in (False, *[True] * holding):
        users = [one for one in USERS if (permission in held_by(one)) is holds]
        first = sum(name.encode()) % max(1, len(users))
        found += [*users[first:], *users[:first]][:many]
    return found


def seen(route: Route) -> dict[str, str]:
    """Give the header by which whatever version there is will do."""
    return {"if_match": "*"} if route.versioned else {}


def ask(surface: Surface, user: str, route: Route, calling: Calling, target: str) -> Any:
    """Call a route as ``user`` about ``target``; give what answers are compared by."""
    path = route.path.format(**{**calling.others, calling.parameter or "-": target})
    path += calling.query.format(target=target)
    body = calling.body(target) if calling.body else None
    surface.restore()
    status, content, headers = without_ids(
        surface.call(user, route.method, path, body=body, **seen(route))
    )
    headers = {name: value for name, value in headers.items() if name != "content-length"}
    return status, content.replace(target.encode(), b"<target>"), headers


def leaks(surface: Surface, route: Route, user: str) -> Iterator[str]:
    """Give all in which a foreign object is told from an absent one, or an own one hidden."""
    calling = CALLS[route.name]
    kind, home = calling.kind, HOMES.get(user, "")
    absent = ask(surface, user, route, calling, ABSENT)
    may = route.permission in held_by(user) or (route.access is Access.LOGGED_IN and user != "")
    own = OWN.get(home, {}).get(kind, ())
    foreign = FOREIGN.get(home, {}).get(kind, ())
    if route.name in PUBLIC_KINDS:
        foreign = ()
    gone = [DELETED[kind]] if kind in DELETED and (route.tagged or not may) else []
    for target in (*foreign, *gone, *(() if may else own)):
        if ask(surface, user, route, calling, target) != absent:
            yield f"{user} {route.name} tells {target} from {ABSENT}"
    if may:
        if absent[0] not in {404, 422} and route.name not in ROW_BY_ROW:
            yield f"{user} {route.name} takes {ABSENT}: {absent[0]}"
        for target in own:
            if ask(surface, user, route, calling, target)[0] == absent[0] == 404:
                yield f"{user} {route.name} does not find {target}"
    elif absent[0] != (401 if not user else 403):
        yield f"{user} {route.name} answers {absent[0]} without the permission"


AIMED = [one for one in ROUTES if one.name in CALLS and CALLS[one.name].kind]


def test_every_route_has_its_place_in_the_matrix() -> None:
    """A route that nobody says how to call would be proved by nothing."""
    assert {one.name for one in ROUTES} == set(CALLS)


@pytest.mark.parametrize("route", AIMED, ids=[one.name for one in AIMED])
def test_foreign_means_absent(shared: Surface, route: Route) -> None:
    """Foreign, deleted and absent objects have one answer, byte for byte, for every user."""
    assert [leak for user in ("", *USERS) for leak in leaks(shared, route, user)] == []


GUARDED = [one for one in ROUTES if one.access is not Access.PUBLIC and one not in AIMED]


@pytest.mark.parametrize("route", GUARDED, ids=[one.name for one in GUARDED])
def test_without_permission_nothing_is_done(shared: Surface, route: Route) -> None:
    """Routes about nothing in particular ask for their permission too, and for a log-in."""
    calling = CALLS[route.name]
    for user in ("", *by_turns(route.permission, route.name)):
        status = ask(shared, user, route, calling, "")[0]
        if not user:
            assert status == 401
        elif route.permission and route.permission not in held_by(user):
            assert status == 403
        else:
            assert status not in {401, 403} or route.name in {
                *EVERYWHERE, "step_up_by_certificate", "step_up_by_face",
                "identity_request_second_person",
                "confirm_old_phone", "confirm_new_phone",
            }  # fmt: skip


def test_a_leak_is_found(shared: Surface, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: a route that forgets to look where the object stands is caught."""
    (route,) = (one for one in ROUTES if one.name == "identity_view_user")

    def careless(call: Any, asked: Any) -> Reply:
        with call.platform.transactions.begin() as unit:
            found: User = unit[Users].get(asked.user_id)
        view = UserView(id=found.id, version=1, enabled=found.active, draft=found.draft)
        return Reply(value={"id": view.id})

    served = next(one for one in shared.app.table.routes if one.name == "identity_view_user")
    monkeypatch.setattr(served, "run", careless)
    assert "reader identity_view_user tells far_reader from zzz" in list(
        leaks(shared, route, "reader")
    )


NANNING = {"reader", "nobody", "clerk"}
LIUZHOU = {"far_reader", "far_system", "far_security", "far_doer"}
LISTED: Mapping[str, Mapping[str, set[str]]] = {
    "users": {"reader": NANNING, "far_reader": LIUZHOU, "interface": {*USERS}},
    "departments": {
        "reader": {"nanning", "qingxiu"},
        "far_reader": {"liuzhou"},
        "interface": {"office", "nanning", "qingxiu", "liuzhou"},
    },
    "roles": {
        "reader": {"role_nanning"},
        "far_reader": {"role_liuzhou"},
        "interface": {"role_office", "role_nanning", "role_liuzhou"},
    },
    "groups": {"reader": {"group_nanning"}, "far_reader": {"group_liuzhou"}},
}
"""What each list holds for whom."""


@pytest.mark.parametrize("size", [1, 2, 200])
@pytest.mark.parametrize("name", list(LISTED))
def test_lists_hold_what_is_within_reach(shared: Surface, name: str, size: int) -> None:
    """Page by page, a list holds each object within reach once, and no other."""
    shared.restore()
    for user, wanted in LISTED[name].items():
        found: list[str] = []
        cursor = ""
        while True:
            path = f"/api/v1/identity/{name}?page_size={size}{cursor}"
            page = shared.call(user, "GET", path).json()
            found += [one["id"] for one in page["items"]]
            if page["next_cursor"] is None:
                break
            cursor = f"&cursor={page['next_cursor']}"
        assert len(found) == len(set(found))
        assert set(found) == wanted


def test_a_cursor_of_one_user_serves_no_other(shared: Surface) -> None:
    """A cursor is bound to its question and its scope. Error: kernel.bad_cursor."""
    shared.restore()
    page = shared.call("interface", "GET", "/api/v1/identity/users?page_size=1").json()
    path = f"/api/v1/identity/users?page_size=1&cursor={page['next_cursor']}"
    assert shared.call("reader", "GET", path).json()["code"] == "kernel.bad_cursor"


def test_searches_find_only_within_reach_and_mask(shared: Surface) -> None:
    """Who looks for a phone finds whom he reaches; it stands in no address, and answers mask it."""
    shared.restore()
    body = {"phone": "13900000001"}
    found = shared.call("reader", "POST", "/api/v1/identity/user_searches", body=body)
    assert {one["id"] for one in found.json()["items"]} == NANNING
    assert "13900000001" not in found.text


def test_the_feed_is_for_who_reaches_everything(shared: Surface) -> None:
    """It names what lies anywhere; the attempt of anybody else is denied and audited."""
    shared.restore()
    assert shared.call("interface", "GET", "/api/v1/identity/changes").status_code == 200
    assert shared.call("reader", "GET", "/api/v1/identity/changes").status_code == 403
    assert shared.audited()[-1].action == "identity.read_changes"


DECLARED = {one.name for one in declared_routes()}
KEYED = [one for one in ROUTES if one.keyed and one.name not in DECLARED]
IN_TURN = ("system", "security")


@pytest.mark.parametrize("route", KEYED, ids=[one.name for one in KEYED])
def test_every_write_can_be_repeated(shared: Surface, route: Route) -> None:
    """Each write that is done is answered byte for byte when it comes again, and done once."""
    calling = CALLS[route.name]
    own = (*OWN["office"].get(calling.kind, ()), "qingxiu", "r450500")
    for user in IN_TURN:
        for target in own:
            shared.restore()
            path = (
                route.path.format(**{**calling.others, calling.parameter or "-": target})
                + calling.query
            )
            sent: Any = {"body": calling.body(target) if calling.body else None, **seen(route)}
            first = shared.call(user, route.method, path, idempotency_key="k", **sent)
            if first.status_code < 300:
                rows = len(shared.audited())
                again = shared.call(user, route.method, path, idempotency_key="k", **sent)
                assert without_ids(again) == without_ids(first)
                assert len(shared.audited()) == rows
                return
    raise AssertionError(route.name)


def _looks_first(route: Route) -> bool:
    """Tell whether something is made of the store before the record is looked at."""
    return any(one.beforehand for one in use_cases()[str(route.permission)])


DERIVED = [
    one
    for one in ROUTES
    if one.keyed and one.name in DECLARED and one.takes == JSON and not _looks_first(one)
]


@pytest.mark.parametrize("route", DERIVED, ids=[one.name for one in DERIVED])
def test_every_derived_write_can_be_repeated(shared: Surface, route: Route) -> None:
    """What stands in the record under the key of its sender is answered again, and nothing done."""
    shared.restore()
    calling = CALLS[route.name]
    path = route.path.format(**calling.others)
    body = calling.body("0123abcd") if calling.body else None
    user = next(one for one in ("doer", *IN_TURN) if route.permission in held_by(one))
    plain = {**(body if isinstance(body, dict) else {}), **calling.others}
    done = DoneCommand(
        key="k", action=str(route.permission), request=digest(route.command(plain)),
        answer='"recorded"',
    )  # fmt: skip
    with shared.province.platform.transactions.begin() as unit:
        unit[DoneCommands].add(user, done)
        unit.commit()
    sent: Any = {"body": body, **seen(route)}
    again = shared.call(user, route.method, path, idempotency_key="k", **sent)
    assert (again.status_code, "recorded" in again.text) == (route.status, True)
    assert shared.audited() == []
    other = shared.call(user, route.method, path, idempotency_key="other", **sent)
    assert "recorded" not in other.text
    assert other.status_code not in {401, 403, 500} or route.name in EVERYWHERE


UPLOADS = [one for one in ROUTES if one.keyed and one.name in DECLARED and one.takes != JSON]


@pytest.mark.parametrize("route", UPLOADS, ids=[one.name for one in UPLOADS])
def test_every_derived_import_can_be_repeated(shared: Surface, route: Route) -> None:
    """A register's own template, taken in twice under one key, is answered alike."""
    shared.restore()
    user = next(one for one in ("doer", *IN_TURN) if route.permission in held_by(one))
    empty = shared.call(user, "GET", f"{route.path}_template").content
    first = shared.call(user, route.method, route.path, body=empty, idempotency_key="k")
    again = shared.call(user, route.method, route.path, body=empty, idempotency_key="k")
    assert first.status_code == 200, first.text
    assert without_ids(again) == without_ids(first)
