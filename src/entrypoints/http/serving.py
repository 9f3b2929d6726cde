"""Running the HTTP surface: the server's own limits, and the application in each worker."""

import gc
import logging
import os
import socket
import sys
import time
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, ClassVar, Final

from attrs import define, frozen
from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels

from entrypoints.container import end_with_parent, followed_log, open_platform
from entrypoints.http.app import HttpApp, make_app
from entrypoints.http.settings import HttpSettings
from entrypoints.http.web.answering import load_templates
from entrypoints.settings import Settings
from supervision_core.kernel.errors import DomainError

DATABASE: Final = "SUPERVISION_DATABASE"
BACKLOG: Final = 4096
STOP_SECONDS: Final = 30
PORT_SECONDS: Final = 5.0
"""A server that was killed gives its port back when the system has cleared its processes away."""


@define(eq=False)
class PlaintextRefused(DomainError):
    """Passwords and personal data would cross the network unprotected."""

    code: ClassVar[str] = "http.plaintext_refused"


@frozen(kw_only=True)
class Place:
    """Where to listen; with ``certificate`` and ``key`` (PEM) by TLS 1.3."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    certificate: Path | None = None
    key: Path | None = None

    @property
    def address(self) -> str:
        """The address for browsers on this machine or, where it listens to others, on theirs."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.certificate else 'http'}://{host}:{self.port}"


def application() -> HttpApp:
    """Give the surface over the database named in the environment: what each worker runs."""
    log_to_stderr()
    return quiet_application()


def quiet_application() -> HttpApp:
    """Give the same without a line for each answer."""
    settings = HttpSettings.of(Settings.from_environment(os.environ))
    platform = open_platform(os.environ[DATABASE])
    platform.auditing().anchoring.require_clock()
    followed_log(platform.engine)  # so that no request waits for it
    return settled(make_app(platform, settings))


def settled(app: HttpApp) -> HttpApp:
    """Load its templates, and keep what it is made of out of the sight of Python's collector.

    Looking through all of it takes half a second, in which the process answers nobody.
    """
    load_templates()
    gc.collect()
    gc.freeze()
    return app


def log_to_stderr() -> None:
    """Let the surface's own logs, one line an answer, go where the operator collects them."""
    log = logging.getLogger("supervision")
    log.setLevel(logging.INFO)
    log.addHandler(logging.StreamHandler(sys.stderr))
    log.propagate = False


QUIET: Final = f"{quiet_application.__module__}:{quiet_application.__name__}"


def require_protected(place: Place, settings: HttpSettings) -> None:
    """Refuse to listen beyond this machine without TLS or a proxy that ends it.

    Raises ``PlaintextRefused``.
    """
    near = place.host == "localhost" or (
        not place.host.strip("0123456789.:abcdef") and ip_address(place.host).is_loopback
    )
    if not (near or place.certificate or settings.proxies):
        raise PlaintextRefused


def require_free(place: Place) -> None:
    """Refuse to share a port with another service, which the server itself would do in silence.

    A port that is just being given back is waited for. Raises ``OSError``.
    """
    until = time.monotonic() + PORT_SECONDS
    while True:
        try:
            return _bind(place)
        except OSError:
            if time.monotonic() > until:
                raise
        time.sleep(0.05)


def _bind(place: Place) -> None:
    family, kind, protocol, _, address = socket.getaddrinfo(
        place.host, place.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family, kind, protocol) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(address)
        except OSError as error:
            raise OSError(error.errno, error.strerror, place.address) from error


def run(
    place: Place,
    settings: HttpSettings,
    target: str = "entrypoints.http.serving:application",
) -> None:
    """Serve until told to stop; then what is being answered ends.

    A head that is not whole after ``header_seconds`` ends its connection, and so does a connection
    that stays idle as long. Its processes end with this one, even where it is killed.
    """
    heads = HTTP1Settings(header_read_timeout=int(settings.header_seconds * 1000))
    server = Granian(
        target,
        factory=True,
        address=place.host,
        port=place.port,
        interface=Interfaces.ASGI,
        workers=place.workers,
        loop=Loops.uvloop,
        http=HTTPModes.http1,
        websockets=False,
        backlog=BACKLOG,
        backpressure=BACKLOG,
        http1_settings=heads,
        log_level=LogLevels.warning,  # what it does is said in Chinese before
        log_access=False,
        ssl_cert=place.certificate,
        ssl_key=place.key,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    )
    server.serve(target_loader=_loaded)


def _loaded(target: str) -> Callable[..., Any]:
    """Give what a process of the server runs, before it listens."""
    end_with_parent()
    made: Callable[..., Any] = resolve_name(target)()
    return made
