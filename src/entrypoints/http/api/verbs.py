"""The routes of every use case and question that has none by hand, made of its declaration."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import attrs
from attrs import evolve

from entrypoints.catalogue import (
    ELSEWHERE,
    asked_type,
    described_permissions,
    named_by,
    use_cases,
)
from entrypoints.http.routes import Route, Versioned, listing, reading, verb
from entrypoints.list_intake import intake_of
from entrypoints.registered import lists
from entrypoints.shape import Choice, Flag, Many, Maybe, Shape, Text, Thing, Whole, shape_of
from supervision_core.identity.services import Question, UseCase
from supervision_core.kernel.fields import FIELD

TAKING_AWAY: Final = ("delete", "disable")
"""Verbs that are done only on the version that the caller has seen."""


def path_of(case: UseCase[Any, Any]) -> str:
    """Give the path of a derived route: context and verb, as in the name of the permission."""
    context, _, act = case.name.partition(".")
    return f"/api/v1/{context}/{act}"


def route_of(case: UseCase[Any, Any]) -> Route:
    """Derive the route of a use case or question."""
    return _of_question(case) if isinstance(case, Question) else _of_command(case)


def derived_cases(written: Iterable[Route]) -> Iterator[UseCase[Any, Any]]:
    """Give each use case and question that no route of ``written`` and no register or list reaches.

    What is but the note of another command, which does something with files, is left out.
    """
    reached = {one.access for one in written} | ELSEWHERE.keys() | described_permissions()
    intakes = filter(None, map(intake_of, lists().values()))
    reached |= {one.case.permission for one in intakes}
    for permission, cases in use_cases().items():
        if permission not in reached:
            yield from cases


def derived_routes(written: Iterable[Route]) -> Iterator[Route]:
    """Give the routes of ``derived_cases``."""
    return map(route_of, derived_cases(written))


def _of_command(case: UseCase[Any, Any]) -> Route:
    changed = versioned_of(asked_type(case))
    takes_away = changed is not None and case.name.partition(".")[2].startswith(TAKING_AWAY)
    made = verb("POST", path_of(case), case, case.title, answer=None, versioned=changed)
    return evolve(made, takes_away=takes_away, status=200)


def _of_question(case: Question[Any, Any]) -> Route:
    asked = asked_type(case)
    paged = "page" in attrs.fields_dict(asked)
    shape = shape_of(asked)
    inside = shape.members if isinstance(shape, Thing) else ()
    flat = all(_fits_query(one.shape) for one in inside if one.name != "page")
    shown = all(one.repr for one in attrs.fields(asked))
    method = "GET" if flat and shown else "POST"
    make = listing if paged else reading
    made = make(path_of(case), case, case.title, method=method)
    return evolve(made, refusals=(*made.refusals, *case.refuses))


def _fits_query(shape: Shape) -> bool:
    match shape:
        case Maybe(inner):
            return _fits_query(inner)
        case Many(item):
            return isinstance(item, Text | Whole | Flag | Choice)
        case _:
            return isinstance(shape, Text | Whole | Flag | Choice)


def versioned_of(asked: type) -> Versioned | None:
    """Find the aggregate that a command names."""
    name = named_by(asked)
    return Versioned(attrs.fields_dict(asked)[name].metadata[FIELD].to, name) if name else None
