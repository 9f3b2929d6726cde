"""What a page is, and the frame that answers it: forms in, documents and redirections out."""

import hmac
from collections.abc import AsyncIterator, Callable, Mapping
from functools import cache
from http import HTTPStatus
from typing import Any, Final, Literal, cast
from urllib.parse import parse_qsl

from attrs import define, field, frozen
from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import Response
from litestar.handlers import HTTPRouteHandler

from entrypoints.http import errors
from entrypoints.http.answering import COOKIE, Answer, Frame, Incoming, credential_of, csrf_token
from entrypoints.http.gate import BODY_LIMIT, SOURCE
from entrypoints.http.problems import headers_of, problem_of, refusal_of
from entrypoints.http.routes import Access, Call
from supervision_core.identity.model import NotLoggedIn
from supervision_core.kernel.errors import Violation

FORM_COOKIE: Final = "__Host-form"
STATE_COOKIE: Final = "__Host-state"
FORM_TOKEN: Final = "form_token"  # noqa: S105 - the name of a field
FORM: Final = "application/x-www-form-urlencoded"
HTML: Final = "text/html"
LOG_IN: Final = "/gov/login"
_MOST_FIELDS: Final = 20

Form = Mapping[str, str]


@frozen(kw_only=True)
class Shown:
    """What a page answers: a template with its values, or where to go.

    ``session`` is the token for the session's cookie, ``state`` what the browser keeps of a single
    sign-on; empty takes the cookie away.
    """

    template: str = ""
    values: Mapping[str, Any] = field(factory=dict)
    goes_to: str = ""
    session: str | None = field(default=None, repr=False)
    state: str | None = field(default=None, repr=False)
    status: int = HTTPStatus.OK
    media: str = HTML


@define(eq=False, kw_only=True)
class Page:
    """A page: its address and method, who may see it, and what it shows given a form.

    ``again`` gives the page on which a refusal is told; without it, the refusal is a page itself.
    """

    method: str
    path: str
    name: str
    access: Access
    run: Callable[[Call, Form], Shown]
    again: Callable[[Call, Form], Shown] | None = None


@cache
def _templates() -> Environment:
    loader = PackageLoader("entrypoints.http.web")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined)


def page_handler(page: Page, frame: Frame) -> HTTPRouteHandler:
    """Give Litestar's handler for a page."""

    async def answer(request: Incoming) -> Answer:
        call, form = _call(frame, request), cast("Form", {})
        try:
            form = await _form(request, frame) if page.method == "POST" else _query(request)
            if page.access is Access.LOGGED_IN:
                call = await _logged_in(frame, request, form, call)
            shown = await frame.workers.run(lambda: page.run(call, form))
        except NotLoggedIn:
            return _rendered(Shown(goes_to=LOG_IN), form_token(frame, request))
        except Exception as error:  # noqa: BLE001 - whatever it is, it becomes a page
            return await _refused(page, frame, request, call, form, error)
        return _rendered(shown, form_token(frame, request))

    return HTTPRouteHandler(
        page.path,
        http_method=[page.method],  # type: ignore[list-item] # a method from the table of pages
        name=page.name,
        opt={"access": page.access},
        status_code=HTTPStatus.OK,
    )(answer)


def _call(frame: Frame, request: Incoming) -> Call:
    return Call(
        platform=frame.platform,
        source=request.scope["state"][SOURCE],
        state=request.cookies.get(STATE_COOKIE, ""),
    )


def _query(request: Incoming) -> Form:
    """Read what stands in the address; a name that stands twice is as good as none."""
    pairs = parse_qsl(request.scope["query_string"].decode("latin-1"))[:_MOST_FIELDS]
    return dict(pairs) if len(dict(pairs)) == len(pairs) else {}


async def _logged_in(frame: Frame, request: Incoming, form: Form, call: Call) -> Call:
    credential = credential_of(request)
    if credential is None or not credential.by_cookie:
        raise NotLoggedIn
    token = credential.token
    if request.method == "POST" and not _same(form.get("csrf_token", ""), csrf_token(token)):
        raise errors.CrossSite
    actor = await frame.workers.run(lambda: frame.platform.log_ins.resume(token))
    return Call(platform=call.platform, source=call.source, actor=actor, token=token)


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())


async def _form(request: Incoming, frame: Frame) -> Form:
    """Read a form that one of our own pages sent: its token is that of the cookie."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != FORM:
        raise errors.MediaTypeUnfit
    request.scope["state"][BODY_LIMIT] = frame.settings.public_body_limit
    body = b"".join([chunk async for chunk in cast("AsyncIterator[bytes]", request.stream())])
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict",
            max_num_fields=_MOST_FIELDS,
        )  # fmt: skip
    except ValueError:
        raise errors.ParametersInvalid((Violation("http.not_json"),)) from None
    form = dict(pairs)
    cookie = request.cookies.get(FORM_COOKIE, "")
    if len(form) < len(pairs) or not cookie or not _same(form.get(FORM_TOKEN, ""), cookie):
        raise errors.CrossSite
    return form


def form_token(frame: Frame, request: Incoming) -> str:
    """Give the token that binds forms to this browser, before anybody has logged in."""
    return request.cookies.get(FORM_COOKIE) or frame.platform.randomness.token(32).hex()


async def _refused(  # noqa: PLR0913, PLR0917 - what was asked, all of it
    page: Page, frame: Frame, request: Incoming, call: Call, form: Form, error: Exception
) -> Answer:
    refusal = refusal_of(error)
    if refusal is None:
        request.scope["state"]["unexpected"] = error
        refusal = errors.Unexpected()
    told = problem_of(refusal, frame.platform.messages)
    again, shown = page.again, Shown(template="refused.html")
    if again is not None and told.status < HTTPStatus.INTERNAL_SERVER_ERROR:
        shown = await frame.workers.run(lambda: again(call, form))
    values = {**shown.values, "problem": told}
    made = Shown(template=shown.template, values=values, status=told.status)
    answer = _rendered(made, form_token(frame, request))
    for name, value in headers_of(refusal).items():
        if name != "www-authenticate":
            answer.set_header(name, value)
    return answer


def _rendered(shown: Shown, token: str) -> Answer:
    if shown.goes_to:
        answer = Response(
            b"", status_code=HTTPStatus.SEE_OTHER, headers={"location": shown.goes_to}
        )
    else:
        values = {"problem": None, FORM_TOKEN: token, **shown.values}
        text = _templates().get_template(shown.template).render(values)
        answer = Response(text.encode(), status_code=shown.status, media_type=shown.media)
    _set(answer, FORM_COOKIE, token, "strict")
    if shown.session is not None:
        _set(answer, COOKIE, shown.session, "lax")
    if shown.state is not None:
        _set(answer, STATE_COOKIE, shown.state, "lax")
    return answer


def _set(answer: Answer, name: str, value: str, same_site: Literal["lax", "strict"]) -> None:
    answer.set_cookie(
        key=name,
        value=value,
        path="/",
        secure=True,
        httponly=True,
        samesite=same_site,
        max_age=None if value else 0,
    )
