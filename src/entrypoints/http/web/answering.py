"""The frame that answers pages: forms in, documents and redirections out."""

import gzip
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from functools import cache
from http import HTTPStatus
from typing import Any, Final, Literal, cast
from urllib.parse import quote

from attrs import evolve
from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import Response
from litestar.handlers import HTTPRouteHandler

from entrypoints.http import errors
from entrypoints.http.answering import (
    COOKIE,
    Answer,
    Incoming,
    credential_of,
    csrf_token,
    file_answer,
    frame_of,
    from_here,
    idempotency_key,
    is_id,
    known,
    takes_gzip,
)
from entrypoints.http.bodies import media_type
from entrypoints.http.gate import ASSETS, BODY_LIMIT, HEALTH, SOURCE, headers_at, policy_with
from entrypoints.http.problems import (
    Problem,
    Telling,
    headers_of,
    problem_of,
    told_to_programs,
)
from entrypoints.http.routes import PARAMETER, Access, Call, Reply
from entrypoints.http.web.assets import address_of
from entrypoints.http.web.drafts import PLACE, Drafting, offer
from entrypoints.http.web.forms import (
    FIELDS,
    PARTS,
    Sent,
    masked,
    read_form,
    read_query,
    same,
)
from entrypoints.http.web.menu import tree_of, way_of
from entrypoints.http.web.notices import MESSAGES
from entrypoints.http.web.pages import (
    DONE,
    ENT,
    HOME,
    HTML,
    OPEN,
    PHONE,
    SECOND_PERSON,
    Form,
    Page,
    SecondPersonWaits,
    Shown,
    Trail,
    gone_on,
    home_of,
    is_firm,
    is_open,
    lies_in,
    log_in_of,
    name_of,
    require,
)
from entrypoints.http.web.reading import Field, Kind
from entrypoints.http.web.returning import NEXT, leading, left_at, returning
from entrypoints.http.web.stepping_up import STEP_UP
from entrypoints.http.web.todos import badges_of, counted, told
from entrypoints.http.web.wanted import WANTED_SECONDS, Wanted
from entrypoints.searching import shown_by_name
from supervision_core.identity.model import (
    Actor,
    NotLoggedIn,
    PermissionDenied,
    SecondPersonRequired,
    StepUpRequired,
)
from supervision_core.identity.services.second_person import request_second_person
from supervision_core.items.registers import MATTER
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.days import minute_text
from supervision_core.kernel.errors import DomainError, KeyReused, NotFound, Outdated, Violation
from supervision_core.kernel.registers import DEPARTMENT

FORM_COOKIE: Final = "__Host-form"
STATE_COOKIE: Final = "__Host-state"
WANTED_COOKIE: Final = "__Host-wanted"
FORM_TOKEN: Final = "form_token"  # noqa: S105 - the name of a field
SECOND_REASON: Final = Field(
    name="second_reason", title="申请理由", kind=Kind.LONG, required=True, most=500
)
"""Why a second person is asked for: the form is then sent again as it was, with this field."""
_ABOUT_NO_FORM: Final = (NotFound, PermissionDenied, errors.CrossSite, errors.TooMany)
_OUR_FAULT: Final = 500
_CALLED: Final = {
    "department": DEPARTMENT, "officer": "officer", "subject": "subject", "matter": MATTER,
}  # fmt: skip
"""What reasons name by id in their data, with its kind."""
FRAGMENT: Final = "hx-request"
"""The header by which a script asks for the content of a page without what stands around it."""
_WORTH_COMPRESSING: Final = 1024
OPEN_CACHING: Final = "public, max-age=60"
_REFUSED: Final = Shown(template="refused.html")
_OF_PROGRAMS: Final = ("/api/", ASSETS, HEALTH)
_OWN_FIELDS: Final = (FORM_TOKEN, "csrf_token", "key", SECOND_REASON.name, PLACE)
_VERSION = re.compile(r"[0-9]{1,15}")


@cache
def _templates() -> Environment:
    loader = PackageLoader("entrypoints.http.web")
    made = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    made.filters["moment"] = minute_text
    made.globals["asset"] = address_of
    return made


def load_templates() -> None:
    """Load every template, before anybody waits for one.

    Of many who ask at once for one that is not loaded, each would compile it for himself.
    """
    for name in _templates().list_templates():
        _templates().get_template(name)


def told_on_pages(problem: Problem, path: str, accepts: str) -> Telling:
    """Tell a problem outside of every page: to people where pages are, else to programs.

    Who reads with a browser is told by a page elsewhere too, one like the public pages; where
    programs call, nobody is.
    """
    inside = path == "/" or any(lies_in(one, path) for one in (HOME, PHONE, ENT, OPEN))
    if not inside and (HTML not in accepts or path.startswith(_OF_PROGRAMS)):
        return told_to_programs(problem, path, accepts)
    home = OPEN if is_open(path) or not inside else home_of(path)
    nobody = {
        "home": "/" if home == OPEN else home, "front": home, "asking": False, "way": (),
        "badges": {}, "unread": {}, "bell": "", "fragment": False, "strays": True,
        "actor": None, "menu": (), "path": path, "posted": False, "done": "", "fields": (),
        "problem": problem,
    }  # fmt: skip
    text = _templates().get_template(_REFUSED.template).render(nobody)
    headers = {} if inside else headers_at(OPEN)
    return Telling(text.encode(), _REFUSED.media, headers)


class Web:
    """Answers pages: who asks, may he, what he filled in, and the document."""

    def __init__(self, pages: Sequence[Page]) -> None:
        """Know all pages: the navigation leads to some of them."""
        self._pages = tuple(pages)
        self._listed = [one for one in self._pages if one.menu]
        self._read = {one.path: one for one in self._pages if one.method == "GET"}
        self._lists = frozenset(one.path for one in self._listed)
        self._drafting = Drafting.of(self._pages)
        self._wanted = Wanted.of(self._pages)

    def handlers(self) -> list[HTTPRouteHandler]:
        """Give Litestar's handlers; each page's ``access`` stands in its handler's ``opt``."""
        return [self._handler(one) for one in self._pages]

    def _handler(self, page: Page) -> HTTPRouteHandler:
        async def answer(request: Incoming) -> Answer:
            return await self._answer(page, request)

        return HTTPRouteHandler(
            PARAMETER.sub(r"{\1:str}", page.path),
            http_method=[page.method],  # type: ignore[list-item] # a method from the table of pages
            name=page.name,
            opt={"access": page.access},
            status_code=HTTPStatus.OK,
        )(answer)

    async def _answer(self, page: Page, request: Incoming) -> Answer:
        call, workers = _call(request), frame_of(request).workers
        form = cast("Form", request.path_params)
        try:
            if page.access is not Access.PUBLIC:
                call = await self._recognised(page, request, call)
            elif page.welcomes:
                with suppress(NotLoggedIn):
                    call = await self._recognised(page, request, call)
            sent = await self._sent(page, request, call)
            form = {**sent.form, **form}
            call = evolve(
                call,
                key=idempotency_key(form.get("key")),
                seen=_seen(form),
                content=sent.files.get(page.file, b""),
                files=sent.files,
                uploads=sent.uploads,
                second_reason=form.get(SECOND_REASON.name, "").strip(),
            )
            made = await workers.run(lambda: self._made(page, request, call, form))
        except NotLoggedIn:
            away = Shown(goes_to=log_in_of(home_of(page.path)))
            made = self._document(away, request, call, form)
            if address := self._wanted.address(page, request):
                _set(made, WANTED_COOKIE, address, "lax", seconds=WANTED_SECONDS)
        except SecondPersonWaits as waits:
            away = gone_on(f"{HOME}/{SECOND_PERSON}/{waits}", "second_asked")
            await workers.run(lambda: self._drafting.forget(page, call, form))
            made = self._document(away, request, call, form)
        except StepUpRequired:
            away = Shown(goes_to=f"{STEP_UP}?next={quote(self._seen_at(page, request))}")
            made = self._document(away, request, call, form)
        except Exception as error:  # noqa: BLE001 - whatever it is, it becomes a page
            made = await self._refused(page, request, call, form, error)
        return made

    def _seen_at(self, page: Page, request: Incoming) -> str:
        """Give where a page, or the one above it that a form stands on, can be read."""
        pattern, path = page.path, str(request.scope["path"])
        while pattern not in self._read:
            pattern, path = pattern.rpartition("/")[0], path.rpartition("/")[0]
        return path

    async def _recognised(self, page: Page, request: Incoming, call: Call) -> Call:
        credential = credential_of(request)
        if credential is None or not credential.by_cookie:
            raise NotLoggedIn
        if page.audited and not from_here(request):
            raise errors.CrossSite
        frame, token = frame_of(request), credential.token
        actor = await frame.workers.run(lambda: frame.resumed(token, critical=page.critical))
        return evolve(call, actor=actor, token=credential.token)

    async def _sent(self, page: Page, request: Incoming, call: Call) -> Sent:
        """Read what was filled in; a form comes from one of our own pages, to this session."""
        if not all(is_id(str(value)) for value in request.path_params.values()):
            raise NotFound("", "")
        if page.method == "GET":
            return Sent(read_query(request.scope["query_string"]))
        header = request.headers.get("content-type", "")
        files = page.files or ((page.file,) if page.file else ())
        taken = {PARTS, FIELDS} if page.uploads else {PARTS if files else FIELDS}
        if media_type(header) not in taken:
            raise errors.MediaTypeUnfit
        settings = frame_of(request).settings
        large = page.file or page.uploads
        limit = settings.body_limit if large else settings.public_body_limit
        request.scope["state"][BODY_LIMIT] = limit
        body = b"".join([chunk async for chunk in cast("AsyncIterator[bytes]", request.stream())])
        sent = read_form(body, header, files=files, uploads=page.uploads)
        cookie, tokens = request.cookies.get(FORM_COOKIE, ""), sent.form
        if not cookie or not same(tokens.get(FORM_TOKEN, ""), cookie):
            raise errors.CrossSite
        if call.token and not same(tokens.get("csrf_token", ""), csrf_token(call.token)):
            raise errors.CrossSite
        return sent

    def _made(self, page: Page, request: Incoming, call: Call, form: Form) -> Answer:
        if page.permission is not None:
            require(call, page.permission, page.name)
        if page.method == "GET" and page.path in {HOME, PHONE}:
            return self._at_home(page, request, call, form)
        place, key = self._place(page, request, form), call.platform.randomness.token(16)
        shown = self._drafting.resumed(page, call, form, place, key.hex())
        shown = page.run(call, form) if shown is None else shown
        if shown.goes_to and page.method == "POST":
            self._drafting.forget(page, call, form)
        return self._document(_offering(shown, call, place), request, call, form)

    def _at_home(self, page: Page, request: Incoming, call: Call, form: Form) -> Answer:
        """Lead on to where one wanted to go before one had to log in, else to one's own place."""
        kept, done = request.cookies.get(WANTED_COOKIE, ""), form.get("done", "")
        shown = self._wanted.way(kept, call.who, done) if kept else None
        if shown is None:
            shown = gone_on(ENT, done) if is_firm(call.actor) else page.run(call, form)
        answer = self._document(shown, request, call, form)
        if kept:
            _set(answer, WANTED_COOKIE, "", "lax")
        return answer

    def _place(self, page: Page, request: Incoming, form: Form) -> str:
        path = str(request.scope["path"])
        return self._drafting.place(page, path, form, request.path_params)

    async def _refused(
        self, page: Page, request: Incoming, call: Call, form: Form, error: Exception
    ) -> Answer:
        frame = frame_of(request)
        refusal = frame.refusal(error, request)
        if isinstance(refusal, KeyReused):
            refusal = errors.FormSent()
        told = problem_of(refusal, call.platform.messages)
        admitted = call.actor is not None and not isinstance(refusal, _ABOUT_NO_FORM)
        shows = told.status < _OUR_FAULT and (admitted or page.access is Access.PUBLIC)
        again = page.again if shows else None

        def made() -> Answer:
            shown = _again(again, call, form)
            if isinstance(refusal, Outdated):
                with suppress(DomainError):  # gone by now, or out of reach
                    shown = self._drafting.overtaken(page, call, form, shown)
            shown = evolve(shown, status=told.status)
            shown = _offering(shown, call, self._place(page, request, form), refused=True)
            return self._document(shown, request, call, form, problem=_named(call, refusal))

        answer = await frame.workers.run(made)
        for name, value in headers_of(refusal).items():
            if name != "www-authenticate":
                answer.set_header(name, value)
        return answer

    def _document(
        self,
        shown: Shown,
        request: Incoming,
        call: Call,
        form: Form,
        *,
        problem: Problem | None = None,
    ) -> Answer:
        token = request.cookies.get(FORM_COOKIE) or call.platform.randomness.token(32).hex()
        answer: Answer
        if shown.file is not None:
            return _file(shown.file, request)
        left = "" if NEXT in shown.values else left_at(form, self._lists)
        shown = returning(shown, left, self._lists)
        if request.scope["path"] in self._lists:
            query = request.scope["query_string"]
            shown = leading(shown, str(request.scope["path"]), query)
        if shown.goes_to and FRAGMENT in request.headers and _leaves(shown.goes_to):
            headers = {"hx-redirect": shown.goes_to}
            answer = Response(b"", status_code=HTTPStatus.NO_CONTENT, headers=headers)
        elif shown.goes_to:
            answer = Response(
                b"", status_code=HTTPStatus.SEE_OTHER, headers={"location": shown.goes_to}
            )
        else:
            values = {
                **self._values(request, call, form, problem, str(shown.values.get("back", ""))),
                "left": left,
                **shown.values,
                FORM_TOKEN: _masked(call, token),
                "problem": problem,
            }
            text = _templates().get_template(shown.template).render(values)
            if is_open(request.scope["path"]):
                return _kept_by_anybody(text.encode(), shown, request)
            answer = _compressed(text.encode(), shown, request)
            if shown.middleware and values["middleware"]:
                policy = policy_with(values["middleware"])
                answer.set_header("content-security-policy", policy)
        _set(answer, FORM_COOKIE, token, "strict")
        if shown.session is not None:
            _set(answer, COOKIE, shown.session, "lax")
            if not shown.session:  # where one wanted to go is nothing to whoever comes next
                _set(answer, WANTED_COOKIE, "", "lax")
        if shown.state is not None:
            _set(answer, STATE_COOKIE, shown.state, "lax")
        return answer

    def _record_above(self, request: Incoming, actor: Actor | None) -> str:
        """Give where the one thing is shown that a page below it is about, empty without."""
        pattern = next(one.path for one in self._pages if one.name == request.route_handler.name)
        path = str(request.scope["path"])
        while "{" in pattern:
            pattern, path = pattern.rpartition("/")[0], path.rpartition("/")[0]
            above = self._read.get(pattern) if pattern.endswith("}") else None
            if above is not None and actor is not None and _leads(above, actor):
                return path
        return ""

    def _values(
        self, request: Incoming, call: Call, form: Form, problem: Problem | None, back: str
    ) -> dict[str, Any]:
        """Give what every template knows: who asks, where he may go, what was done, a fresh key.

        A form that stands beside the pages of its list lies where it leads ``back`` to.
        """
        actor = call.actor
        posted = request.scope["method"] == "POST"
        path = request.scope["path"]
        home = home_of(path)
        front = ENT if is_firm(actor) else home
        here = [
            one for one in self._listed
            if actor and _stands(one, front) and _leads(one, actor)
            and not _led_elsewhere(one, actor)
        ]  # fmt: skip
        menu = tree_of(here, path)
        if not any(one.leads for one in menu):
            menu = tree_of(here, back.partition("?")[0])
        return {
            "actor": actor,
            "may": (lambda _: False) if actor is None else actor.may,
            "home": home,
            "front": front,
            "menu": menu,
            "way": tuple(way_of(menu)),
            "record": self._record_above(request, actor),
            "badges": {},
            "unread": {},
            "bell": "",
            **_waiting(request, call),
            "middleware": frame_of(request).settings.middleware,
            "fragment": _is_fragment(request),
            "path": path,
            "posted": posted,
            "trail": Trail.of(form),
            "done": "" if posted else DONE.get(form.get("done", ""), ""),
            "csrf_token": _masked(call, csrf_token(call.token)) if call.token else "",
            "key": call.platform.randomness.token(16).hex(),
            "fields": (),
            "strays": False,
            "draft": None,
            "asking": _asking(call, problem),
            "second_reason": SECOND_REASON,
            "sent": {
                name: text
                for name, text in form.items()
                if name not in {*request.path_params, *_OWN_FIELDS, NEXT}
            },
        }


def _call(request: Incoming) -> Call:
    return Call(
        platform=frame_of(request).platform,
        source=request.scope["state"][SOURCE],
        state=request.cookies.get(STATE_COOKIE, ""),
    )


def _named(call: Call, refusal: DomainError) -> Problem:
    """Put a refusal into words, with names that the reader may read in place of ids."""
    platform, who = call.platform, call.actor

    def called(one: Violation) -> Violation:
        kinds = {name: kind for name, kind in _CALLED.items() if one.data.get(name)}
        if who is None or not kinds:
            return one
        found = {
            name: shown_by_name(platform, who, kind, str(one.data[name]))
            for name, kind in kinds.items()
        }
        names = {name: known.name for name, known in found.items() if known is not None}
        return evolve(one, data={**one.data, **names})

    return problem_of(refusal, platform.messages, called)


def _masked(call: Call, token: str) -> str:
    """Hide a token anew for a page that is compressed."""
    size = len(token.encode())
    return masked(token, call.platform.randomness.token(size)) if token else ""


def _offering(shown: Shown, call: Call, place: str, *, refused: bool = False) -> Shown:
    """Let a form offer its draft, which what was sent just now goes before."""
    if not place or shown.goes_to or "draft" in shown.values:
        return shown
    return evolve(shown, values={**shown.values, "draft": offer(call, place, refused=refused)})


def _waiting(request: Incoming, call: Call) -> dict[str, Any]:
    """Give bell and badges for what stands around a page of the workbench."""
    outside = _is_fragment(request) or home_of(request.scope["path"]) != HOME
    counts = None if outside or call.actor is None else counted(call)
    if counts is None:
        return {}
    unread = {name_of(HOME, MESSAGES): counts.messages}
    return {"bell": told(counts), "badges": badges_of(counts), "unread": unread}


def _compressed(body: bytes, shown: Shown, request: Incoming) -> Answer:
    """Give the answer with a document, compressed for whoever takes that."""
    headers = {"vary": f"accept-encoding, {FRAGMENT}"}
    if len(body) > _WORTH_COMPRESSING and takes_gzip(request):
        body, headers["content-encoding"] = gzip.compress(body, 6), "gzip"
    return Response(body, status_code=shown.status, media_type=shown.media, headers=headers)


def _kept_by_anybody(body: bytes, shown: Shown, request: Incoming) -> Answer:
    """Give a public page: the same for everybody, so that a proxy may keep it for a minute."""
    if shown.status != HTTPStatus.OK:
        return _compressed(body, shown, request)
    tag = f'"{sm3(body).hex()[:32]}"'
    headers = {"etag": f"W/{tag}", "cache-control": OPEN_CACHING}
    if tag in known(request.headers.get("if-none-match", "")):
        return Response(b"", status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    answer = _compressed(body, shown, request)
    for name, value in headers.items():
        answer.set_header(name, value)
    return answer


def _file(file: Reply, request: Incoming) -> Answer:
    """Give a file; a public one is the same for everybody, and kept as a public page is."""
    if not file.sm3 or not is_open(request.scope["path"]):
        return file_answer(file)
    tag = f'"{file.sm3}"'
    headers = {"etag": tag, "cache-control": OPEN_CACHING}
    if tag in known(request.headers.get("if-none-match", "")):
        return Response(b"", status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return file_answer(file, headers)


def _is_fragment(request: Incoming) -> bool:
    """Tell whether a script asks for the content alone; who goes back in history wants it all."""
    return FRAGMENT in request.headers and "hx-history-restore-request" not in request.headers


def _leaves(address: str) -> bool:
    """Tell whether the whole page must go there, not only what a script asked for."""
    return address.startswith((log_in_of(HOME), log_in_of(PHONE), STEP_UP))


def _asking(call: Call, problem: Problem | None) -> bool:
    """Tell whether a second person can be asked for what was refused."""
    return (
        problem is not None
        and problem.code == SecondPersonRequired.code
        and call.actor is not None
        and call.actor.may(request_second_person.permission)
    )


def _again(again: Callable[[Call, Form], Shown] | None, call: Call, form: Form) -> Shown:
    """Give the page on which a refusal is told: the form, where it can still be shown."""
    try:
        return again(call, form) if again else _REFUSED
    except DomainError:
        return _REFUSED


def _stands(page: Page, front: str) -> bool:
    """Tell whether a page has its place in the menu of a space; firms read messages by phone's."""
    if front == ENT:
        return lies_in(ENT, page.path) or page.name == name_of(PHONE, MESSAGES)
    return not lies_in(ENT, page.path) and home_of(page.path) == front


def _leads(page: Page, actor: Actor) -> bool:
    return page.permission is None or actor.may(page.permission)


def _led_elsewhere(page: Page, actor: Actor) -> bool:
    """Tell whether the menu has another page of the same for whoever acts for a party."""
    return bool(page.unlisted_for) and actor.scope.outside and actor.may(page.unlisted_for)


def _seen(form: Form) -> int | None:
    """Give the version that a form was made of; one that was never given is no version."""
    version = form.get("version")
    if version is None:
        return None
    return int(version) if _VERSION.fullmatch(version) else -1


def _set(
    answer: Answer, name: str, value: str, same_site: Literal["lax", "strict"],
    seconds: int | None = None,
) -> None:  # fmt: skip
    answer.set_cookie(
        key=name,
        value=value,
        path="/",
        secure=True,
        httponly=True,
        samesite=same_site,
        max_age=seconds if value else 0,
    )
