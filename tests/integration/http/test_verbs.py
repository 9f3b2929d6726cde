"""Derived routes: what follows from the declaration of a use case or a question."""

from typing import Any

import pytest
from attrs import field, frozen, make_class
from tests.integration.identity.calls import BY_ID

from entrypoints.catalogue import ELSEWHERE, asked_type, use_cases
from entrypoints.http.api import api_routes, describe
from entrypoints.http.api.verbs import route_of
from entrypoints.http.words import Words
from entrypoints.schema import SameName, Schemas
from entrypoints.shape import shape_of
from supervision_core.identity.services import Work, question, use_case
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import FIRST_PAGE, Page, PageRequest
from supervision_core.officers.ports import Officers

from .conftest import Surface

ROUTES = api_routes()
DERIVED = {
    one.name: one for one in ROUTES if one.path == f"/api/v1/{one.permission}".replace(".", "/")
}


@frozen(kw_only=True)
class Sought:
    """What is looked for."""

    name: str = field(default="", metadata=said("名称"))
    codes: tuple[str, ...] = field(default=(), metadata=said("编码"))
    page: PageRequest = FIRST_PAGE


@frozen(kw_only=True)
class Nested:
    """What is looked for, a thing inside."""

    inside: Sought = field(metadata=said("条件"))


@frozen(kw_only=True)
class Found:
    """What is found."""

    name: str = field(metadata=said("名称"))


@question("tasks.seek", "查找", orders=("name",))
def seek(work: Work, about: Sought) -> Page[Found]:
    """Find nothing."""
    raise NotImplementedError


@question("tasks.seek_deeply", "深入查找")
def seek_deeply(work: Work, about: Nested) -> Found:
    """Find nothing."""
    raise NotImplementedError


@use_case("tasks.toss", "抛出", answers="抛出的个数")
def toss(work: Work, cmd: Found) -> int:
    """Toss something."""
    raise NotImplementedError


def test_every_use_case_is_reachable() -> None:
    """Each use case and question has a route, but for the notes of what is done with files."""
    reached = {one.access for one in ROUTES}
    assert set(use_cases()) - reached == set(ELSEWHERE) - reached
    assert len(DERIVED) > 130


def test_every_field_says_its_own_words() -> None:
    """Whatever is asked and answered, by whichever surface: there is no dictionary to lend words.

    Control: a field that says nothing is found.
    """
    asked = [shape_of(asked_type(one)) for cases in use_cases().values() for one in cases]
    shapes = [*asked, *(shape for one in ROUTES for shape in (one.shape, one.answer_shape))]
    assert len(shapes) > 1_000
    for shape in shapes:
        Schemas("#/", Words().of).of(shape)
    with pytest.raises(KeyError):
        Schemas("#/", Words().of).of(shape_of(make_class("Silent", {"name": field(type=str)})))


def test_a_derived_route_bears_the_title_of_its_use_case() -> None:
    """Said once, where the use case is declared."""
    one = DERIVED["tasks_check_in"]
    assert (one.title, one.method) == ("现场签到", "POST")


def test_the_named_aggregate_is_of_the_kind_that_is_changed() -> None:
    """If-Match is compared with what the command names: of the kind that its reach is proved on."""
    for route in DERIVED.values():
        if route.versioned is None:
            continue
        name, port = BY_ID.get(str(route.permission), (route.versioned.parameter, None))
        kinds = {port.kind} if port else {route.versioned.kind}
        kinds |= {"{kind}_model", "{definition.kind}_model"} if name == "model_id" else set()
        assert (name, route.versioned.kind in kinds) == (route.versioned.parameter, True), route


def test_a_list_is_asked_by_address() -> None:
    """What is flat stands in the address, page by page, in the orders that the question offers."""
    made = route_of(seek)
    assert (made.method, made.path, made.orders) == ("GET", "/api/v1/tasks/seek", ("name",))
    assert {"name", "codes", "page_size", "cursor", "order"} == {
        one.name for one in made.rest.members
    }


def test_what_is_not_flat_is_asked_in_a_body() -> None:
    """A thing inside does not fit an address; asking changes nothing and needs no key."""
    made = route_of(seek_deeply)
    assert (made.method, made.has_body, made.keyed) == ("POST", True, False)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("officers_suspend", {"id": "所办理事项的编号，新增的为新编号"}),
        ("checklists_publish", {"answer": "发布的版本号"}),
        ("tasks_check_in", {}),
    ],
)
def test_answers_are_told_as_declared(name: str, told: dict[str, str]) -> None:
    """An id as ``id``, another value as ``answer`` in its own words, nothing as an empty object."""
    answered: Any = DERIVED[name].answer_shape
    words = Words()
    found = {one.name: words.of(one.name, answered.cls)["description"] for one in answered.members}
    assert found == told
    assert [one.name for one in route_of(toss).answer_shape.members] == ["answer"]  # type: ignore[attr-defined]


def test_an_officer_is_suspended_once(surface: Surface) -> None:
    """Done over the API as by any other way: changed, audited, and compared with what was seen."""
    path, body = "/api/v1/officers/suspend", {"officer_id": "officer_office"}
    stale = surface.call("doer", "POST", path, body=body, if_match='"999"')
    assert (stale.status_code, stale.json()["code"]) == (412, "outdated")
    done = surface.call("doer", "POST", path, body=body, if_match='"1"')
    assert (done.status_code, done.json()) == (200, {"id": "officer_office"})
    assert surface.audited()[-1].action == "officers.suspend"
    with surface.province.platform.transactions.begin() as unit:
        assert unit[Officers].get("officer_office").version == 2


def test_classes_of_one_name_are_told_apart() -> None:
    """Two contexts may call a thing alike; within one it is refused. Control: a third is."""
    kept = describe(ROUTES)["components"]["schemas"]
    assert {"GiveOpinion", "TasksGiveOpinion"} <= set(kept)
    schemas = Schemas("#/", Words().of)
    for _ in range(2):
        schemas.of(shape_of(make_class("Same", {"name": field(type=str, metadata=said("名称"))})))
    with pytest.raises(SameName):
        schemas.of(shape_of(make_class("Same", {"name": field(type=str, metadata=said("名称"))})))
