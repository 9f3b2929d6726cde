"""The limits of the HTTP surface, as an operator's settings give them."""

import re
from ipaddress import ip_network
from typing import ClassVar, Final, Self

from attrs import define, field, frozen

from entrypoints.http.limits import Rate
from entrypoints.settings import Settings
from supervision_core.kernel.errors import Refused, Violation

MEBIBYTE: Final = 1024 * 1024
BURST: Final = 4
"""Seconds' worth of requests that may come at once."""
USUAL_SOURCE: Final = Rate(50.0, 200)
USUAL_USER: Final = Rate(20.0, 80)
_LOOPBACK = re.compile(r"https?://(127\.0\.0\.1|localhost):[0-9]{1,5}(/[A-Za-z0-9._~/-]*)?")


@define(eq=False)
class ProxiesUnreadable(Refused):
    """A trusted proxy is given by what is neither an address nor a network."""

    code: ClassVar[str] = "http.proxies_unreadable"


@define(eq=False)
class MiddlewareElsewhere(Refused):
    """The certificate middleware is not on the user's own machine, or its address is none."""

    code: ClassVar[str] = "http.middleware_elsewhere"


@frozen(kw_only=True)
class HttpSettings:
    """The figures suit two cores. Times are in seconds, sizes in bytes.

    ``hosts`` are the names under which the platform is reached, without ports; ``proxies`` the
    networks of the reverse proxies whose ``X-Forwarded-For`` is believed; ``middleware`` is where
    the certificate middleware on a user's own machine listens; ``open_description`` lets everybody
    read the description of the interface; ``threads``, ``waiting`` and the
    rates count for each worker.
    """

    hosts: tuple[str, ...] = ("localhost", "127.0.0.1")
    proxies: tuple[str, ...] = field(default=())
    threads: int = 4
    waiting: int = 256
    body_limit: int = 16 * MEBIBYTE
    json_limit: int = 4 * MEBIBYTE
    public_body_limit: int = 64 * 1024
    body_seconds: float = 20.0
    header_seconds: float = 5.0
    middleware: str = field(default="")
    open_description: bool = False
    per_source: Rate = USUAL_SOURCE
    per_user: Rate = USUAL_USER

    @proxies.validator
    def _readable(self, _field: object, proxies: tuple[str, ...]) -> None:
        for one in proxies:
            try:
                ip_network(one)
            except ValueError:
                raise ProxiesUnreadable((Violation(ProxiesUnreadable.code),)) from None

    @middleware.validator
    def _near(self, _field: object, middleware: str) -> None:
        if middleware and not _LOOPBACK.fullmatch(middleware):
            raise MiddlewareElsewhere((Violation(MiddlewareElsewhere.code),))

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Give what an installation is set to. Raises ``ProxiesUnreadable``."""
        return cls(
            hosts=settings.http_hosts,
            proxies=settings.http_proxies,
            threads=settings.http_threads,
            waiting=settings.http_waiting,
            body_limit=settings.http_body_mebibytes * MEBIBYTE,
            body_seconds=settings.http_body_seconds,
            header_seconds=settings.http_header_seconds,
            middleware=settings.certificate_middleware,
            open_description=settings.http_open_description,
            per_source=Rate(settings.http_source_rate, settings.http_source_rate * BURST),
            per_user=Rate(settings.http_user_rate, settings.http_user_rate * BURST),
        )
