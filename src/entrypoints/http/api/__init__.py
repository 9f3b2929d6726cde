"""Every route of the JSON API. Adding a resource is a recipe in CONTRIBUTING.md."""

from importlib.metadata import version
from typing import Final

from entrypoints.http.api.audit import AUDIT_ROUTES
from entrypoints.http.api.description import description_route
from entrypoints.http.api.faces import FACE_ROUTES
from entrypoints.http.api.health import HEALTH_ROUTES
from entrypoints.http.api.identity import IDENTITY_ROUTES
from entrypoints.http.api.login import LOG_IN_ROUTES
from entrypoints.http.api.organisation import ORGANISATION_ROUTES
from entrypoints.http.api.personal import PERSONAL_ROUTES
from entrypoints.http.api.second_person import SECOND_PERSON_ROUTES
from entrypoints.http.api.tables import TABLE_ROUTES
from entrypoints.http.openapi import Describing
from entrypoints.http.routes import Route
from entrypoints.http.words import Words
from entrypoints.schema import Document
from entrypoints.words import all_messages

PACKAGE: Final = "cross-department-supervision"


def api_routes() -> tuple[Route, ...]:
    """Give every route there is."""
    routes = (*HEALTH_ROUTES, *LOG_IN_ROUTES, *IDENTITY_ROUTES, *PERSONAL_ROUTES, *AUDIT_ROUTES)
    routes += FACE_ROUTES + ORGANISATION_ROUTES + TABLE_ROUTES + SECOND_PERSON_ROUTES
    return (*routes, description_route(lambda: describe(api_routes())))


def describe(routes: tuple[Route, ...]) -> Document:
    """Give the OpenAPI document of ``routes``."""
    return Describing(Words(), all_messages()).document(routes, version=version(PACKAGE))
