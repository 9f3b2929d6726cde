"""The whole HTTP surface as one ASGI application."""

from collections.abc import Sequence

from litestar import Litestar

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


class HttpApp:
    """The surface over one platform: ``routes`` is all there is to reach."""

    def __init__(self, platform: Platform, settings: HttpSettings, routes: Sequence[Route]) -> None:
        """Put it together with the web pages."""
        self.routes = tuple(routes)
        self.frame = Frame(platform, settings)
        self.pages = web_pages()
        addresses = [(one.method, one.path) for one in self.routes]
        pages = [(one.method, one.path) for one in self.pages]
        methods = Methods.of([*addresses, *pages, ASSET])
        self.litestar = Litestar(
            [
                *(handler_of(one, self.frame) for one in routes),
                *Web(self.frame, self.pages).handlers(),
                asset_handler(),
            ],
            openapi_config=None,
            exception_handlers={Exception: refuse_outside(self.frame, methods, told_on_pages)},
            on_shutdown=[self.frame.workers.close],
            logging_config=None,
            request_max_body_size=None,  # the gate counts
        )
        self._gate = Gate(self.litestar, settings, platform, methods, told_on_pages)  # type: ignore[arg-type] # Litestar types scopes more narrowly than ASGI does

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as ASGI 3 asks."""
        await self._gate(scope, receive, send)


def make_app(platform: Platform, settings: HttpSettings) -> HttpApp:
    """Give the surface over ``platform`` with every route there is."""
    described = Access.PUBLIC if settings.open_description else Access.LOGGED_IN
    return HttpApp(platform, settings, api_routes(described=described))
