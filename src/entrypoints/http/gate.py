"""What every request passes before any route is looked up, and every answer on its way out."""

import asyncio
import json
import logging
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any, Final

from attrs import define

from entrypoints.container import Platform
from entrypoints.http import errors
from entrypoints.http.limits import Buckets
from entrypoints.http.problems import Told, headers_of, problem_of
from entrypoints.http.routes import Methods
from entrypoints.http.settings import HttpSettings
from supervision_core.identity.model import origin_of
from supervision_core.kernel.errors import DomainError

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

SOURCE: Final = "source"
BODY_LIMIT: Final = "body_limit"
ROUTED: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
"""Methods that some route may take; Litestar would answer others by itself."""
HEALTH: Final = "/health/"
LONGEST_TARGET: Final = 8192
MOST_HEADERS: Final = 64
LONGEST_HEADERS: Final = 32 * 1024
_PORTED = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::[0-9]+)?|([0-9.]+):[0-9]+")
_SINGLE: Final = frozenset(
    {
        b"host", b"content-length", b"content-type", b"transfer-encoding", b"authorization",
        b"cookie", b"idempotency-key", b"if-match", b"if-none-match", b"x-csrf-token", b"origin",
    }
)  # fmt: skip
SECURITY_HEADERS: Final[Mapping[str, str]] = {
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
ASSETS: Final = "/assets/"
_NOTHING: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_PAGES: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "connect-src 'self'{connect}; img-src 'self' data:{image}; {more}form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_OPEN: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Public pages ask for nothing behind their own back."""
_SPACES: Final[Mapping[str, Mapping[str, str]]] = {
    "/m": {
        "content-security-policy": _PAGES.format(
            connect="", image=" blob:", more="worker-src 'self'; manifest-src 'self'; "
        ),
        "permissions-policy": "camera=(self), geolocation=(self), microphone=()",
    },
    **{
        space: {"content-security-policy": _PAGES.format(connect="", image="", more="")}
        for space in ("/gov", "/ent", "/screen")
    },
    **{space: {"content-security-policy": _OPEN} for space in ("/", "/open")},
}
"""What the pages of each space may load and use; everything else answers no pages at all."""
access_log = logging.getLogger("supervision.access")
error_log = logging.getLogger("supervision.http")


@define(eq=False)
class _Exchange:
    """One request on its way through the gate."""

    scope: Scope
    receive: Receive
    send: Send
    id: str
    began: float
    status: int = 0
    read: int = 0
    deadline: float | None = None
    ended: bool = False


class Gate:
    """Refuses what is ambiguous, foreign, too much or too slow; heads and logs every answer."""

    def __init__(
        self, app: Asgi, settings: HttpSettings, platform: Platform, methods: Methods, told: Told
    ) -> None:
        """Stand before ``app``, which takes ``methods``; refusals are ``told`` by their paths."""
        self.app, self._settings, self._messages = app, settings, platform.messages
        self._ids, self._clock = platform.ids, platform.clock
        self._methods, self._told = methods, told
        self._sources, self._probes = Buckets(settings.per_source), Buckets(settings.per_source)
        self._files = Buckets(settings.per_source)  # a page loads several, and only once
        self._proxies = [ip_network(one) for one in settings.proxies]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        exchange = _Exchange(scope, receive, send, self._ids.next_id(), time.perf_counter())
        state = scope.setdefault("state", {})
        try:
            state[SOURCE] = source_of(scope, self._proxies)
            self._admit(scope, state[SOURCE])
            await self.app(scope, self._receiving(exchange), self._sending(exchange))
        except DomainError as refusal:
            await self._refuse(refusal, exchange)
        except Exception as error:  # noqa: BLE001 - nothing of it may reach the caller
            state["unexpected"] = error
            await self._refuse(errors.Unexpected(), exchange)
        finally:
            self._log(exchange)

    def _admit(self, scope: Scope, source: str) -> None:
        headers = scope["headers"]
        counted = Counter(name.lower() for name, _ in headers)
        twice = any(counted[name] > 1 for name in _SINGLE)
        both = counted[b"content-length"] and counted[b"transfer-encoding"]
        target = len(scope["path"].encode()) + len(scope["query_string"])
        length = sum(len(name) + len(value) for name, value in headers)
        large = len(headers) > MOST_HEADERS or length > LONGEST_HEADERS or target > LONGEST_TARGET
        if twice or both or large:
            raise errors.HeadersInvalid
        scope["path"] = canonical(scope["path"])
        if scope["path"].startswith(HEALTH):
            self._probes.take(origin_of(source))
        else:
            self._admit_caller(scope, source)
        if scope["method"] not in ROUTED:
            raise self._methods.refuse(scope["path"])

    def _admit_caller(self, scope: Scope, source: str) -> None:
        if _name_of(_header(scope, b"host")) not in self._settings.hosts:
            raise errors.HostUnknown
        asked = self._files if scope["path"].startswith(ASSETS) else self._sources
        asked.take(origin_of(source))

    def _receiving(self, exchange: _Exchange) -> Receive:
        async def receive() -> Message:
            if exchange.ended:
                return await exchange.receive()
            now = asyncio.get_running_loop().time()
            if exchange.deadline is None:
                exchange.deadline = now + self._settings.body_seconds
            try:
                async with asyncio.timeout(exchange.deadline - now):
                    message = await exchange.receive()
            except TimeoutError:
                raise errors.BodyTooSlow from None
            if message["type"] == "http.disconnect":
                raise errors.BodyBroken
            exchange.read += len(message.get("body", b""))
            exchange.ended = not message.get("more_body", False)
            if exchange.read > exchange.scope["state"].get(BODY_LIMIT, self._settings.body_limit):
                raise errors.BodyTooLarge
            return message

        return receive

    def _sending(self, exchange: _Exchange) -> Send:
        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
                message = {**message, "headers": self._headed(message["headers"], exchange)}
            await exchange.send(message)

        return send

    def _headed(
        self, headers: list[tuple[bytes, bytes]], exchange: _Exchange
    ) -> list[tuple[bytes, bytes]]:
        there = {name.lower() for name, _ in headers}
        ours = {**headers_at(exchange.scope["path"]), "x-request-id": exchange.id}
        if not exchange.ended and _announces_body(exchange.scope):
            ours["connection"] = "close"  # what is left of the body is not waited for
        added = [(k.encode(), v.encode()) for k, v in ours.items() if k.encode() not in there]
        return [*headers, *added]

    async def _refuse(self, refusal: DomainError, exchange: _Exchange) -> None:
        if exchange.status:  # the answer has begun: nothing else can be said
            return
        problem = problem_of(refusal, self._messages)
        accepts = _header(exchange.scope, b"accept")
        how = self._told(problem, exchange.scope["path"], accepts)
        text = "; charset=utf-8" if how.media.startswith("text/") else ""
        told = {
            "content-type": f"{how.media}{text}", "content-length": str(len(how.body)),
            **headers_of(refusal), **how.headers,
        }  # fmt: skip
        headers = [(k.encode(), v.encode()) for k, v in told.items()]
        send = self._sending(exchange)
        await send({"type": "http.response.start", "status": problem.status, "headers": headers})
        await send({"type": "http.response.body", "body": how.body})

    def _log(self, exchange: _Exchange) -> None:
        scope = exchange.scope
        error = scope["state"].get("unexpected")
        if error is not None:
            error_log.error(
                "request %s failed: %s", exchange.id, type(error).__name__, exc_info=_bare(error)
            )
        row = {
            "at": self._clock.now().isoformat(timespec="seconds"),
            "id": exchange.id,
            "method": scope["method"][:8],
            "route": scope.get("path_template", "-"),
            "status": exchange.status,
            "milliseconds": round((time.perf_counter() - exchange.began) * 1000, 1),
            "read": exchange.read,
        }
        access_log.info(json.dumps(row))


def headers_at(path: str) -> Mapping[str, str]:
    """Give the headers of every answer at ``path`` that says nothing else: those of its space."""
    space = f"/{path.split('/', 2)[1]}"
    policy = _SPACES.get(space, {"content-security-policy": _NOTHING})
    return {**SECURITY_HEADERS, **policy}


def policy_with(connect: str) -> str:
    """Give the policy of a page of the workbench that may also connect to ``connect``."""
    return _PAGES.format(connect=f" {connect}", image="", more="")


def canonical(path: str) -> str:
    """Give the one path of a resource: no slash twice, none at the end.

    Whatever decides by a path (routes, limits, rules of access, the log) sees this one, and nobody
    is redirected to it.
    """
    return "/" + "/".join(filter(None, path.split("/")))


def _bare(error: BaseException) -> BaseException:
    """Give the error with its place but without its words, which may hold what users wrote."""
    return RuntimeError(type(error).__name__).with_traceback(error.__traceback__)


def _header(scope: Scope, name: bytes) -> str:
    """Give what a header says, empty where there is none."""
    found = next((value for each, value in scope["headers"] if each.lower() == name), b"")
    return found.decode("latin-1")


def _announces_body(scope: Scope) -> bool:
    return any(
        name.lower() == b"transfer-encoding"
        or (name.lower() == b"content-length" and value not in {b"0", b""})
        for name, value in scope["headers"]
    )


def _name_of(host: str) -> str:
    """Give the name in a Host header, without its port."""
    name, _, port = host.rpartition(":")
    return (name if name and port.isdecimal() else host).lower()


def source_of(scope: Scope, proxies: list[IPv4Network | IPv6Network]) -> str:
    """Give the address a request comes from: the last one that no trusted proxy stands at.

    Without trusted proxies ``X-Forwarded-For`` is whatever somebody wrote, and is not read.
    """
    client = scope.get("client")
    address = _plain(client[0]) if client else ""
    told = [
        value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"
    ]
    chain = [one.strip() for text in told for one in text.split(",")]
    while chain and _is_proxy(address, proxies):
        address = _plain(chain.pop())
    return address[:64]


@lru_cache(maxsize=10_000)
def _plain(text: str) -> str:
    """Give an address in its one usual form, whatever form a proxy wrote it in."""
    host = _PORTED.fullmatch(text)
    try:
        found = ip_address(host[1] or host[2] if host else text)
    except ValueError:
        return text
    return str(getattr(found, "ipv4_mapped", None) or found)


def _is_proxy(address: str, proxies: list[IPv4Network | IPv6Network]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in one for one in proxies)
