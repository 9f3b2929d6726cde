"""Ways around what is asked: fields that no command takes, by interface, by forms, by tables."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from tests.integration.files.hostile import SPOILT

from entrypoints.catalogue import asked_type, use_cases
from entrypoints.examples import example_of
from entrypoints.http.api import api_routes
from entrypoints.http.api.tables import XLSX
from entrypoints.http.routes import JSON, Access, Route
from entrypoints.http.web import registers as register_pages
from entrypoints.http.web import verbs as verb_pages
from entrypoints.http.web.registers import RegisterPages
from entrypoints.http.web.verbs import form_of
from entrypoints.list_intake import Intake, intake_of
from entrypoints.registered import lists, registers
from entrypoints.shape import Many, Maybe, Shape, Thing, Variants, shape_of
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.registers import RegisterVerb
from supervision_core.kernel.registers.tables import table_of

from .browsing import entered
from .calls import CALLS
from .conftest import Surface
from .furnished import KEEPER, id_of, who_may
from .workbooks import workbook

WANTED = (
    "id", "version", "state", "_state", "enabled", "deleted_at", "synchronised", "origin", "source",
    "owner", "owner_region", "added_by", "added_at", "register", "permissions", "decided_by",
)  # fmt: skip
"""What somebody would like to say of a thing who may do no more than something with it."""
ROUTES = [one for one in api_routes() if one.has_body and one.takes == JSON]
TABLES = [one for one in api_routes() if one.takes == XLSX]
FORMS = [found for name in use_cases() if (found := form_of(name)) is not None]
CHANGED = [one for one in registers().values() if RegisterVerb.CHANGE in one.verbs]


def burdened(plain: Any, shape: Shape) -> tuple[Any, int]:
    """Put foreign fields into each object that is of a class; give how many."""
    match shape:
        case Maybe():
            return (None, 0) if plain is None else burdened(plain, shape.shape)
        case Variants():
            return burdened(plain, shape.things[0])
        case Thing():
            shapes = {one.name: one.shape for one in shape.members}
            inner = {
                name: burdened(one, shapes[name]) for name, one in plain.items() if name in shapes
            }
            more = {one: "x" for one in ("state", "synchronised") if one not in shapes}
            made = {**plain, **{name: one for name, (one, _) in inner.items()}, **more}
            return made, len(more) + sum(count for _, count in inner.values())
        case Many():
            each = [burdened(one, shape.item) for one in plain]
            return [one for one, _ in each], sum(count for _, count in each)
    return plain, 0


def slips(surface: Surface, route: Route) -> Iterator[str]:
    """Give where a route does not refuse foreign fields of its body, each by its place."""
    how = CALLS[route.name]
    path = route.path.format(**{**how.others, how.parameter or "-": "0123abcd"})
    user = "" if route.access is Access.PUBLIC else KEEPER
    if route.permission is not None:
        user = who_may(route.permission)
    plain = example_of(route.rest, whole=True)
    top = {one: "x" for one in WANTED if one not in {each.name for each in route.rest.members}}
    everywhere, count = burdened(plain, route.rest)
    for sent, wanted in (({**plain, **top}, len(top)), (everywhere, count)):
        answer = surface.call(user, route.method, path, body=sent, if_match="*")
        reasons = answer.json().get("reasons", ()) if answer.status_code == 400 else ()
        found = sum(one["code"] == "http.unknown_field" for one in reasons)
        if found != min(wanted, 100):
            yield f"{route.name}: {answer.status_code}, {found} of {wanted}"


def test_no_body_says_more_than_its_command_takes(whole: Surface) -> None:
    """Mass assignment: owner, state, source and their like are refused, at whatever depth."""
    whole.restore()
    assert len(ROUTES) > 200
    assert [slip for route in ROUTES for slip in slips(whole, route)] == []


def test_a_body_that_says_more_is_noticed(whole: Surface, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: objects that pass over what they do not know are caught."""
    strict = Thing.faults

    def lax(self: Thing, value: object, at: str = "") -> Iterator[Violation]:
        return (one for one in strict(self, value, at) if one.code != "http.unknown_field")

    monkeypatch.setattr(Thing, "faults", lax)
    (route,) = (one for one in ROUTES if one.name == "identity_add_department")
    assert len(list(slips(whole, route))) == 2


@pytest.fixture
def carried(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Give the commands that forms would carry out; none is."""
    found: list[Any] = []

    def keep(_call: Any, _case: Any, command: Any, **_changes: Any) -> str:
        found.append(command)
        return "x"

    for module in (verb_pages, register_pages):
        monkeypatch.setattr(module, "carry_out", keep)
    return found


def told(surface: Surface, user: str, path: str, carried: list[Any], **more: str) -> list[Any]:
    """Send a form as it stands, its blanks filled in; give what it would carry out."""
    carried.clear()
    action = path.partition("?")[0]
    browser = entered(surface, user)
    form = browser.see(path).forms[action]
    browser.go(action, {**form, **{name: one for name, one in more.items() if not form.get(name)}})
    return list(carried)


def test_no_form_says_more_than_its_command_takes(whole: Surface, carried: list[Any]) -> None:
    """Fields that a form does not have change nothing of what it carries out."""
    compared = 0
    for form in FORMS:
        whole.restore()
        path, user = form.path, who_may(form.case.permission)
        if form.query is not None:
            path = form.address(form.query.port.kind, id_of(form.query))
        blanks = {
            name: str(one)
            for name, one in example_of(form.route.rest).items()
            if isinstance(one, str | int)
        }
        plain = told(whole, user, path, carried, **blanks)
        foreign = {one: "x" for one in WANTED if one not in {each.name for each in form.fields}}
        del foreign["version"]  # of every form
        assert told(whole, user, path, carried, **blanks, **foreign) == plain
        compared += len(plain)
    assert compared > len(FORMS) // 3


def test_no_form_of_a_register_says_more(whole: Surface, carried: list[Any]) -> None:
    """Who changes an entry says nothing of its owner, its origin or its state."""
    compared = 0
    for register in CHANGED:
        whole.restore()
        path = f"{RegisterPages(register).base}/{id_of(register)}/change"
        foreign = {one: "x" for one in WANTED if one not in register.by_name and one != "version"}
        plain = told(whole, KEEPER, path, carried)
        assert told(whole, KEEPER, path, carried, **foreign) == plain
        compared += len(plain)
    assert compared > 0


def beyond(columns: Iterable[str], said: Iterable[str]) -> set[str]:
    """Give the columns of a table that no form or interface says."""
    return set(columns) - set(said)


def _names(shape: Any, deep: int = 5) -> Iterator[str]:
    """Give the names of all that a command takes, at whatever depth."""
    for one in shape.members if isinstance(shape, Thing) and deep else ():
        yield one.name
        yield from _names(getattr(one.shape, "shape", one.shape), deep - 1)
        yield from _names(getattr(one.shape, "item", None), deep - 1)


def _others(intake: Intake) -> set[str]:
    """Give what the commands of a list's context take that are no import."""
    context = f"{intake.query.context}."
    return {
        name
        for case, cases in use_cases().items()
        if case.startswith(context) and ".import_" not in case
        for one in cases
        for name in _names(shape_of(asked_type(one)))
    }


def test_a_table_says_nothing_that_only_verbs_do(whole: Surface) -> None:
    """Import as a way around verbs: each column is a field that forms and interface say too.

    None is a state, an owner, an origin. Control: a table that says a state is noticed.
    """
    del whole
    for register in registers().values():
        if RegisterVerb.IMPORT in register.verbs:
            columns = {one.name for one in table_of(register).columns} - {"position"}
            assert beyond(columns, register.by_name) == set()
            assert columns.isdisjoint(set(WANTED) - set(register.by_name))
    intakes = [found for one in lists().values() if (found := intake_of(one)) is not None]
    assert intakes
    for intake in intakes:
        columns = {one.name for one in intake.fields}
        assert beyond(columns, _others(intake)) == set(), intake.query.name
    assert beyond({"name", "state"}, {"name"}) == {"state"}


def test_every_table_that_comes_in_is_looked_at_first(whole: Surface) -> None:
    """Hostile workbooks are refused on every route that takes one; nothing is written."""
    whole.restore()
    assert len(TABLES) > 20
    good = workbook("regions", code="450200", name="柳州市")
    sent = {name: spoil(good) for name, (spoil, _) in SPOILT.items() if name != "remote_part"}
    wrong = []
    for at, route in enumerate(TABLES):
        how = CALLS[route.name]
        path = route.path.format(**{**how.others, how.parameter or "-": "office"}) + how.query
        names = sorted(sent)[at % 3 :: 3]  # each route a third of them
        for name in names:
            answer = whole.call(who_may(str(route.permission)), route.method, path, body=sent[name])
            codes = {one["code"] for one in answer.json().get("reasons", ())}
            if answer.status_code != 422 or not any(one.startswith("documents.") for one in codes):
                wrong.append((route.name, name, answer.status_code, codes))
    assert wrong == []
    assert [one for one in whole.audited() if one.outcome.value == "done"] == []
