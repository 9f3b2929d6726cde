"""The one frame in which every route is answered: who asks, may he, what, and the answer."""

import hmac
import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final, cast
from urllib.parse import parse_qsl, quote

from attrs import field, frozen
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.response import Stream
from msgspec import json as fast_json

from entrypoints.container import Platform
from entrypoints.http import errors
from entrypoints.http.bodies import checked, media_type, read_json, read_parameters
from entrypoints.http.gate import BODY_LIMIT, SOURCE, error_log
from entrypoints.http.limits import Buckets, Workers
from entrypoints.http.problems import (
    SERVER_ERROR,
    Told,
    headers_of,
    problem_of,
    refusal_of,
    told_to_programs,
)
from entrypoints.http.routes import FILE, JSON, PARAMETER, Access, Call, Methods, Reply, Route
from entrypoints.http.settings import HttpSettings
from supervision_core.identity.model import Actor, NotLoggedIn
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.errors import DomainError, NotFound, Violation

COOKIE: Final = "__Host-session"
CSRF_HEADER: Final = "x-csrf-token"
FRAME: Final = "frame"
"""Where a request's state holds the frame of the surface that it came to."""
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_TAG = re.compile(r'"([0-9]{1,15})"')
_ID = re.compile(r"[A-Za-z0-9_.@:-]{1,80}")
_GZIP = re.compile(r"(?:^|,) *gzip *(?:; *q=(?!0(?:\.0*)? *(?:,|$))[0-9.]+ *)?(?:,|$)")
_BEARER = re.compile(r"Bearer ([A-Za-z0-9._~+/-]{1,200}=*)")

Incoming = Request[Any, Any, Any]
Answer = Response[bytes] | Stream
SANDBOX: Final = "sandbox; default-src 'none'"
"""For whoever opens a file in a browser all the same: it runs nothing and reaches nothing."""


def csrf_token(token: str) -> str:
    """Give the token that a page sends beside the cookie of the session ``token``.

    Only who has the session can compute it, and nothing need be stored.
    """
    return sm3(b"csrf\x1f" + token.encode()).hex()


def from_here(request: Incoming) -> bool:
    """Tell whether a page of ours or the user himself asks, as the browser says (Fetch Metadata).

    A link elsewhere brings the cookie along, and would reveal and log what nobody meant to look at.
    """
    return request.headers.get("sec-fetch-site", "") in {"same-origin", "none"}


def takes_gzip(request: Incoming) -> bool:
    """Tell whether the answer may come compressed."""
    return _GZIP.search(request.headers.get("accept-encoding", "")) is not None


@frozen
class Credential:
    """What a request proves its session with."""

    token: str = field(repr=False)
    by_cookie: bool


def credential_of(request: Incoming) -> Credential | None:
    """Give the session's token, from the one place where it is. Raises ``HeadersInvalid``."""
    header, cookie = request.headers.get("authorization"), request.cookies.get(COOKIE)
    if header is not None and cookie is not None:
        raise errors.HeadersInvalid
    if cookie is not None:
        return Credential(cookie, by_cookie=True)
    found = _BEARER.fullmatch(header or "")
    return Credential(found[1], by_cookie=False) if found else None


@frozen
class _Entered:
    """A request that was let in, before its body is read."""

    route: Route
    request: Incoming
    actor: Actor | None
    token: str = field(repr=False)
    parameters: dict[str, object] = field(repr=False)


def is_id(text: str) -> bool:
    """Tell whether a part of a path can be an id at all."""
    return _ID.fullmatch(text) is not None


class Frame:
    """Answers routes for one platform."""

    def __init__(self, platform: Platform, settings: HttpSettings) -> None:
        """Start the threads."""
        self.platform, self.settings = platform, settings
        self.workers = Workers(settings.threads, settings.waiting)
        self._users = Buckets(settings.per_user)
        self._reviewed: set[str] = set()

    async def answer(self, route: Route, request: Incoming) -> Answer:
        """Answer ``request``, whatever becomes of it."""
        try:
            return await self._answer(route, request)
        except Exception as error:  # noqa: BLE001 - whatever it is, it becomes a problem
            return self.refuse(error, request)

    def refuse(self, error: Exception, request: Incoming, told: Told = told_to_programs) -> Answer:
        """Give the problem that ``error`` is; of what nobody foresaw only the log tells."""
        refusal = self.refusal(error, request)
        found = problem_of(refusal, self.platform.messages)
        how = told(found, request.scope["path"], request.headers.get("accept", ""))
        headers = {**headers_of(refusal), **how.headers}
        return Response(how.body, status_code=found.status, headers=headers, media_type=how.media)

    def refusal(self, error: Exception, request: Incoming) -> DomainError:
        """Give the refusal that ``error`` is; of rows under review the log tells once."""
        if isinstance(error, Tampered) and (news := self._news(error)):
            error_log.error("under review: %s", news)
        refusal = refusal_of(error)
        if refusal is None:
            request.scope["state"]["unexpected"] = error
            return errors.Unexpected()
        return refusal

    def _news(self, error: Tampered) -> str:
        """Give the objects that are met as broken for the first time."""
        news = {one.at for one in error.reasons} - self._reviewed
        self._reviewed |= news
        return ", ".join(sorted(news))

    async def _answer(self, route: Route, request: Incoming) -> Answer:
        """Answer in one thread; a body is waited for in none, and only of whoever may send one."""
        if not route.has_body:
            return await self.workers.run(lambda: self._done(self._entered(route, request), b""))
        entered = await self.workers.run(lambda: self._entered(route, request))
        content = await self._body(route, request)
        return await self.workers.run(lambda: self._done(entered, content))

    def _entered(self, route: Route, request: Incoming) -> "_Entered":
        """Give a request whose sender is known, where he need be, and its parameters."""
        credential, actor = None, None
        if route.access is not Access.PUBLIC:
            credential = credential_of(request)
            actor = self._actor(route, credential, request)
        token = credential.token if credential else ""
        return _Entered(route, request, actor, token, self._parameters(route, request))

    def _done(self, entered: "_Entered", content: bytes) -> Answer:
        route, request, plain = entered.route, entered.request, entered.parameters
        if route.has_body and route.takes == JSON:
            plain |= cast("dict[str, object]", checked(route.rest, read_json(content)))
        call = Call(
            platform=self.platform,
            source=request.scope["state"][SOURCE],
            actor=entered.actor,
            token=entered.token,
            key=idempotency_key(request.headers.get("idempotency-key")) if route.keyed else None,
            seen=_seen(request) if route.versioned else None,
            content=b"" if route.takes == JSON else content,
        )
        command = route.command(plain)
        if route.demands_version(command) and "if-match" not in request.headers:
            raise errors.VersionRequired
        return _response(route, route.run(call, command), request)

    def _actor(self, route: Route, credential: Credential | None, request: Incoming) -> Actor:
        if credential is None:
            raise NotLoggedIn
        if credential.by_cookie and (route.writes or (route.audited and not from_here(request))):
            given = request.headers.get(CSRF_HEADER, "")
            if not hmac.compare_digest(given.encode(), csrf_token(credential.token).encode()):
                raise errors.CrossSite
        return self.resumed(credential.token, critical=route.critical)

    def resumed(self, token: str, *, critical: bool) -> Actor:
        """Give who acts behind ``token``; it waits for the database.

        Raises ``NotLoggedIn``, ``StepUpRequired``, ``TooMany``.
        """
        actor = self.platform.log_ins.resume(token, critical=critical)
        self._users.take(actor.user)
        return actor

    def _parameters(self, route: Route, request: Incoming) -> dict[str, object]:
        pairs = [(name, str(value)) for name, value in request.path_params.items()]
        if not all(is_id(value) for _, value in pairs):
            raise NotFound("", "")
        try:
            query = parse_qsl(
                request.scope["query_string"].decode("ascii"),
                keep_blank_values=True, strict_parsing=bool(request.scope["query_string"]),
                errors="strict", max_num_fields=50,
            )  # fmt: skip
        except ValueError:
            raise errors.ParametersInvalid((Violation("http.not_json"),)) from None
        members = {} if route.has_body else {one.name: one for one in route.rest.members}
        return read_parameters({**route.path_members, **members}, pairs + query)

    async def _body(self, route: Route, request: Incoming) -> bytes:
        if media_type(request.headers.get("content-type", "")) not in route.media:
            raise errors.MediaTypeUnfit(route.takes)
        settings = self.settings
        if route.access is Access.PUBLIC:
            request.scope["state"][BODY_LIMIT] = settings.public_body_limit
        elif route.takes == JSON:
            request.scope["state"][BODY_LIMIT] = min(settings.json_limit, settings.body_limit)
        return b"".join([chunk async for chunk in cast("AsyncIterator[bytes]", request.stream())])


def idempotency_key(key: str | None) -> str | None:
    """Give the key under which a write is done once. Raises ``ParametersInvalid``."""
    if key is not None and not _KEY.fullmatch(key):
        raise errors.ParametersInvalid(
            (Violation("http.wrong_form", "Idempotency-Key", {"wanted": "1至255个可见ASCII字符"}),)
        )
    return key


def _seen(request: Incoming) -> int | None:
    """Give the version that the caller has seen. Raises ``ParametersInvalid``."""
    tag = request.headers.get("if-match", "*").strip()
    if tag == "*":
        return None
    if found := _TAG.fullmatch(tag):
        return int(found[1])
    raise errors.ParametersInvalid(
        (Violation("http.wrong_form", "If-Match", {"wanted": "读取时得到的ETag"}),)
    )


def known(tags: str) -> set[str]:
    """Give the tags that a caller has; which of them a proxy calls weak does not matter to 304."""
    return {one.strip().removeprefix("W/") for one in tags.split(",")}


def _response(route: Route, reply: Reply, request: Incoming) -> Answer:
    headers: dict[str, str] = {}
    if reply.cookie is not None:
        headers["set-cookie"] = reply.cookie
    if reply.version is not None:
        tag = headers["etag"] = f'"{reply.version}"'
        if known(request.headers.get("if-none-match", "")) & {tag, "*"}:
            return Response(b"", status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if route.status == HTTPStatus.NO_CONTENT:
        return Response(b"", status_code=route.status, headers=headers)
    if route.gives == FILE:
        return file_answer(reply, headers)
    if route.gives != JSON:
        headers |= _attached(reply)
        file = cast("bytes", reply.value)
        return Response(file, status_code=route.status, headers=headers, media_type=route.gives)
    body = fast_json.encode(reply.value, order="sorted")
    return Response(body, status_code=route.status, headers=headers, media_type=JSON)


def _attached(reply: Reply) -> dict[str, str]:
    return {"content-disposition": f"attachment; filename*=UTF-8''{quote(reply.filename)}"}


def file_answer(reply: Reply, headers: Mapping[str, str] = MappingProxyType({})) -> Answer:
    """Give a file piece by piece, to be kept and never to be run in our name."""
    head = {
        **headers,
        **_attached(reply),
        "content-security-policy": SANDBOX,
        "content-length": str(reply.length),
    }
    pieces = cast("Iterator[bytes]", reply.value)
    return Stream(pieces, headers=head, media_type=reply.media)


def frame_of(request: Incoming) -> Frame:
    """Give the frame of the surface that a request came to."""
    return cast("Frame", request.scope["state"][FRAME])


def handler_of(route: Route) -> HTTPRouteHandler:
    """Give Litestar's handler for a route; its ``access`` stands in the handler's ``opt``."""

    async def answer(request: Incoming) -> Answer:
        return await frame_of(request).answer(route, request)

    path = PARAMETER.sub(r"{\1:str}", route.path)
    return HTTPRouteHandler(
        path,
        http_method=[route.method],  # type: ignore[list-item] # a method from the route table
        name=route.name,
        opt={"access": route.access},
        status_code=route.status,
    )(answer)


def refuse_outside(methods: Methods, told: Told) -> Callable[[Incoming, Exception], Answer]:
    """Give the answer to what reaches no route, and to what goes wrong in Litestar itself."""

    def refused(request: Incoming, error: Exception) -> Answer:
        if isinstance(error, HTTPException) and error.status_code < SERVER_ERROR:
            error = methods.refuse(request.scope["path"])
        return frame_of(request).refuse(error, request, told)

    return refused
