"""The whole HTTP surface as one ASGI application."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final

from litestar import Litestar, Router
from litestar.handlers import HTTPRouteHandler
from litestar.types import ControllerRouterHandler, RouteHandlerType
from litestar.types.internal_types import RouteHandlerMapItem

from entrypoints.container import Platform
from entrypoints.http.answering import Frame, handler_of, refuse_outside
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


class HttpApp:
    """The surface over one platform: ``routes`` and ``pages`` are all there is to reach."""

    def __init__(
        self,
        platform: Platform,
        settings: HttpSettings,
        routes: Sequence[Route],
        pages: Sequence[Page],
    ) -> None:
        """Put it together."""
        self.routes = tuple(routes)
        self.frame = Frame(platform, settings)
        self.pages = tuple(pages)
        addresses = [(one.method, one.path) for one in self.routes]
        shown = [(one.method, one.path) for one in self.pages]
        methods = Methods.of([*addresses, *shown, ASSET])
        self.litestar = _Application(
            list(_in_routers(self._handlers())),
            openapi_config=None,
            exception_handlers={Exception: refuse_outside(self.frame, methods, told_on_pages)},
            on_shutdown=[self.frame.workers.close],
            logging_config=None,
            request_max_body_size=None,  # the gate counts
        )
        self._gate = Gate(self.litestar, settings, platform, methods, told_on_pages)  # type: ignore[arg-type] # Litestar types scopes more narrowly than ASGI does

    def _handlers(self) -> Iterator[HTTPRouteHandler]:
        yield from (handler_of(one, self.frame) for one in self.routes)
        yield from Web(self.frame, self.pages).handlers()
        yield asset_handler()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as ASGI 3 asks."""
        await self._gate(scope, receive, send)


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
    return HttpApp(platform, settings, api_routes(described=described), web_pages())
