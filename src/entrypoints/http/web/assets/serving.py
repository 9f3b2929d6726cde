"""The one route under which assets are served: compressed beforehand, kept by browsers for good."""

from http import HTTPStatus
from typing import Final

from litestar import Response
from litestar.handlers import HTTPRouteHandler

from entrypoints.http.answering import Answer, Incoming, takes_gzip
from entrypoints.http.routes import PARAMETER, Access
from entrypoints.http.web.assets import ASSETS, FOREVER, assets, edition
from supervision_core.kernel.errors import NotFound

ADDRESS: Final = ("GET", f"{ASSETS}/{{edition}}/{{name}}")
"""Method and path of the route."""


def asset_handler() -> HTTPRouteHandler:
    """Make the handler; an address of another edition leads nowhere, so that none is kept wrong."""

    async def answer(request: Incoming) -> Answer:
        parts = request.path_params
        found = assets().get(str(parts["name"]))
        if found is None or parts["edition"] != edition():
            raise NotFound("", "")
        headers = {"cache-control": FOREVER, "vary": "accept-encoding"}
        packed = bool(found.compressed) and takes_gzip(request)
        return Response(
            found.compressed if packed else found.body,
            media_type=found.media,
            headers={**headers, "content-encoding": "gzip"} if packed else headers,
        )

    method, path = ADDRESS
    return HTTPRouteHandler(
        PARAMETER.sub(r"{\1:str}", path),
        http_method=[method],  # type: ignore[list-item] # the method of the address above
        name="asset",
        opt={"access": Access.PUBLIC},
        status_code=HTTPStatus.OK,
    )(answer)
