"""What an operator may set of the HTTP surface."""

import os
from collections.abc import Mapping
from ipaddress import ip_network
from typing import Final

from attrs import field, frozen

from entrypoints.http.limits import Rate

MEBIBYTE: Final = 1024 * 1024
USUAL_SOURCE: Final = Rate(50.0, 200)
USUAL_USER: Final = Rate(20.0, 100)
PREFIX: Final = "SUPERVISION_HTTP_"


@frozen(kw_only=True)
class HttpSettings:
    """接口设置 (HttpSettings): limits of the HTTP surface; the figures suit two cores.

    ``hosts`` are the names under which the platform is reached, without ports; ``proxies`` the
    networks of the reverse proxies whose ``X-Forwarded-For`` is believed. Times are in seconds,
    sizes in bytes; ``threads`` and ``waiting`` count for each worker.
    """

    hosts: tuple[str, ...] = ("localhost", "127.0.0.1")
    proxies: tuple[str, ...] = field(
        default=(), validator=lambda _self, _field, value: [ip_network(one) for one in value]
    )
    threads: int = 8
    waiting: int = 256
    body_limit: int = 16 * MEBIBYTE
    public_body_limit: int = 64 * 1024
    body_seconds: float = 20.0
    header_seconds: float = 5.0
    per_source: Rate = USUAL_SOURCE
    per_user: Rate = USUAL_USER


def http_settings(environment: Mapping[str, str] = os.environ) -> HttpSettings:
    """Read the settings from ``SUPERVISION_HTTP_…``; what is absent is as usual."""
    usual = HttpSettings()

    def found(name: str, default: str) -> str:
        return environment.get(PREFIX + name, default)

    def listed(name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(found(name, ",".join(default)).replace(",", " ").split())

    def rate(name: str, default: Rate) -> Rate:
        per_second, _, at_once = found(name, f"{default.per_second}/{default.at_once}").partition(
            "/"
        )
        return Rate(float(per_second), int(at_once))

    return HttpSettings(
        hosts=listed("HOSTS", usual.hosts),
        proxies=listed("PROXIES", usual.proxies),
        threads=int(found("THREADS", str(usual.threads))),
        waiting=int(found("WAITING", str(usual.waiting))),
        body_limit=int(found("BODY_LIMIT", str(usual.body_limit))),
        body_seconds=float(found("BODY_SECONDS", str(usual.body_seconds))),
        header_seconds=float(found("HEADER_SECONDS", str(usual.header_seconds))),
        per_source=rate("PER_SOURCE", usual.per_source),
        per_user=rate("PER_USER", usual.per_user),
    )
