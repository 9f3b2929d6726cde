"""Every route of the JSON API. Adding a resource is a recipe in CONTRIBUTING.md."""

from entrypoints.http.api.health import HEALTH_ROUTES
from entrypoints.http.api.identity import IDENTITY_ROUTES
from entrypoints.http.api.login import LOG_IN_ROUTES
from entrypoints.http.routes import Route

PREFIX = "/api/v1"


def api_routes() -> tuple[Route, ...]:
    """Give every route there is."""
    return (*HEALTH_ROUTES, *LOG_IN_ROUTES, *IDENTITY_ROUTES)
