"""The interface's own description, for whoever has logged in."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from entrypoints.http.api.login import Nothing
from entrypoints.http.routes import Access, Call, Reply, Route
from supervision_core.kernel.canonical import Json

PATH: Final = "/api/v1/openapi.json"


def description_route(document: Callable[[], Mapping[str, Any]]) -> Route:
    """Give the route of a document that is made when first asked for."""
    made = cache(document)

    def run(_call: Call, _: Nothing) -> Reply:
        return Reply(value=made())

    return Route(
        method="GET",
        path=PATH,
        name="description",
        title="接口说明（OpenAPI 3.1）",
        access=Access.LOGGED_IN,
        asked=Nothing,
        answered=Mapping[str, Json],
        run=run,
    )
