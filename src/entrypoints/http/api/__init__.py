"""Every route of the JSON API. Adding a resource is a recipe in CONTRIBUTING.md."""

from functools import cache
from importlib.metadata import version
from typing import Final

from attrs import evolve

from entrypoints.http.api.audit import AUDIT_ROUTES
from entrypoints.http.api.checklists import CHECKLIST_ROUTES
from entrypoints.http.api.description import PATH as DESCRIPTION
from entrypoints.http.api.description import description_route
from entrypoints.http.api.faces import FACE_ROUTES
from entrypoints.http.api.field_records import FIELD_ROUTES
from entrypoints.http.api.files import FILE_ROUTES
from entrypoints.http.api.health import HEALTH_ROUTES
from entrypoints.http.api.identity import IDENTITY_ROUTES
from entrypoints.http.api.items import ITEM_ROUTES
from entrypoints.http.api.kept_lists import KEPT_ROUTES
from entrypoints.http.api.lists import list_routes
from entrypoints.http.api.login import LOG_IN_ROUTES
from entrypoints.http.api.organisation import ORGANISATION_ROUTES
from entrypoints.http.api.personal import PERSONAL_ROUTES
from entrypoints.http.api.registers import register_routes
from entrypoints.http.api.searching import SEARCH_ROUTES
from entrypoints.http.api.second_person import SECOND_PERSON_ROUTES
from entrypoints.http.api.subjects import SUBJECT_ROUTES
from entrypoints.http.api.tables import TABLE_ROUTES
from entrypoints.http.api.verbs import derived_routes
from entrypoints.http.openapi import Describing
from entrypoints.http.routes import Access, Route
from entrypoints.http.words import Words
from entrypoints.schema import Document
from entrypoints.words import all_messages

PACKAGE: Final = "cross-department-supervision"


def written_routes() -> tuple[Route, ...]:
    """Give the routes that are written by hand."""
    routes = (*HEALTH_ROUTES, *LOG_IN_ROUTES, *IDENTITY_ROUTES, *PERSONAL_ROUTES, *AUDIT_ROUTES)
    routes += SUBJECT_ROUTES
    routes += FACE_ROUTES + ORGANISATION_ROUTES + TABLE_ROUTES + SECOND_PERSON_ROUTES + FILE_ROUTES
    routes += ITEM_ROUTES + CHECKLIST_ROUTES + KEPT_ROUTES + FIELD_ROUTES
    return (*routes, *SEARCH_ROUTES, description_route(lambda: describe(api_routes())))


@cache
def declared_routes() -> tuple[Route, ...]:
    """Give the routes that follow from what lists, registers, use cases and questions declare."""
    return (*list_routes(), *register_routes(), *derived_routes(written_routes()))


@cache
def api_routes(*, described: Access = Access.LOGGED_IN) -> tuple[Route, ...]:
    """Give every route there is; ``described`` says who may read what the interface is."""
    found = (*written_routes(), *declared_routes())
    return tuple(evolve(one, access=described) if one.path == DESCRIPTION else one for one in found)


def describe(routes: tuple[Route, ...]) -> Document:
    """Give the OpenAPI document of ``routes``."""
    return Describing(Words(), all_messages()).document(routes, version=version(PACKAGE))
