"""The whole HTTP surface as one ASGI application."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice
from typing import Final

from litestar import Litestar, Router
from litestar.handlers import HTTPRouteHandler
from litestar.types import ControllerRouterHandler, RouteHandlerType
from litestar.types.internal_types import RouteHandlerMapItem

from entrypoints.container import Platform
from entrypoints.http.answering import FRAME, Frame, handler_of, refuse_outside
from entrypoints.http.api import api_routes
from entrypoints.http.gate import Gate, Receive, Scope, Send
from entrypoints.http.routes import Access, Methods, Route
from entrypoints.http.settings import HttpSettings
from entrypoints.http.web import web_pages
from entrypoints.http.web.answering import Web, told_on_pages
from entrypoints.http.web.assets.serving import ADDRESS as ASSET
from entrypoints.http.web.assets.serving import asset_handler
from entrypoints.http.web.pages import Page

_TOGETHER: Final = 100
"""How many paths have a router in common."""


class RouteTable:
    """All routes and pages behind one Litestar application.

    It stands over no platform: each request brings the frame in which it is answered.
    """

    def __init__(self, routes: Sequence[Route], pages: Sequence[Page]) -> None:
        """Put it together."""
        self.routes, self.pages = tuple(routes), tuple(pages)
        addresses = [(one.method, one.path) for one in self.routes]
        shown = [(one.method, one.path) for one in self.pages]
        self.methods = Methods.of([*addresses, *shown, ASSET])
        self.litestar = _Application(
            list(_in_routers(self._handlers())),
            openapi_config=None,
            exception_handlers={Exception: refuse_outside(self.methods, told_on_pages)},
            logging_config=None,
            request_max_body_size=None,  # the gate counts
        )

    def _handlers(self) -> Iterator[HTTPRouteHandler]:
        yield from map(handler_of, self.routes)
        yield from Web(self.pages).handlers()
        yield asset_handler()


@cache
def whole_table(*, described: Access) -> RouteTable:
    """Give the table of every route and page there is: seconds of work, and the same for all.

    ``described`` is who may read the description of the interface.
    """
    return RouteTable(api_routes(described=described), web_pages())


class HttpApp:
    """The surface over one platform: what ``table`` lists is all there is to reach."""

    def __init__(self, platform: Platform, settings: HttpSettings, table: RouteTable) -> None:
        """Start the threads that answer."""
        self.table = table
        self.frame = Frame(platform, settings)
        self._gate = Gate(table.litestar, settings, platform, table.methods, told_on_pages)  # type: ignore[arg-type] # Litestar types scopes more narrowly than ASGI does

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as ASGI 3 asks."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        scope.setdefault("state", {})[FRAME] = self.frame
        await self._gate(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        """Begin with the server, and let what runs end with it."""
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.frame.workers.close()
        await send({"type": "lifespan.shutdown.complete"})


class _Application(Litestar):
    """Takes routers in that are used once and share no path, in time that grows with the paths.

    Litestar copies each router, and looks at every route that there is for each path of it.
    """

    @property
    def route_handler_method_map(self) -> dict[str, RouteHandlerMapItem]:
        """Give the handlers of paths that a router may share: there are none."""
        return {}

    def _validate_registration_value(
        self, value: ControllerRouterHandler
    ) -> "RouteHandlerType | Router":
        if not isinstance(value, Router):
            return super()._validate_registration_value(value)
        value.owner = self
        return value


def _in_routers(handlers: Iterable[HTTPRouteHandler]) -> Iterator[Router]:
    """Put handlers into routers: each registration looks at every route that is there already."""
    by_path: dict[str, list[HTTPRouteHandler]] = {}
    for one in handlers:
        by_path.setdefault(min(one.paths), []).append(one)
    left = iter(by_path.values())
    while some := [*chain.from_iterable(islice(left, _TOGETHER))]:
        yield Router("/", route_handlers=some)


def make_app(platform: Platform, settings: HttpSettings) -> HttpApp:
    """Give the surface over ``platform`` with every route there is."""
    described = Access.PUBLIC if settings.open_description else Access.LOGGED_IN
    return HttpApp(platform, settings, whole_table(described=described))
