"""The pages of certification by face: to log in with a password, and to prove oneself anew."""

from typing import Final

from entrypoints.http.routes import Access, Call
from entrypoints.http.web.pages import LOG_IN, Form, Page, Shown
from entrypoints.http.web.signing_in import captcha_of, entered
from entrypoints.http.web.stepping_up import STEP_UP, next_of

FACE: Final = f"{LOG_IN}/face"
STEP_UP_FACE: Final = f"{STEP_UP}/face"


def _ask(call: Call, form: Form) -> Shown:
    in_words = bool(form.get("words"))
    values = {**captcha_of(call, in_words=in_words), "account": form.get("account", "")}
    return Shown(template="face.html", values=values)


def _password(call: Call, form: Form) -> Shown:
    given = call.platform.log_ins.log_in_with_face(
        form.get("account", ""),
        form.get("password", ""),
        source=call.source,
        captcha=f"{form.get('ticket', '')} {form.get('answer', '')}",
    )
    return _shown(given.token, given.address)


def _shown(token: str, address: str) -> Shown:
    return Shown(template="face_check.html", values={"log_in_token": token, "address": address})


def _again(_call: Call, form: Form) -> Shown:
    """Show the button again; the address is not: what a form says is no place to send anybody."""
    return _shown(form.get("log_in_token", ""), "")


def _confirm(call: Call, form: Form) -> Shown:
    log_ins = call.platform.log_ins
    return entered(log_ins.confirm_face(form.get("log_in_token", ""), source=call.source))


def _step_up(form: Form, address: str = "", *, begun: bool = True) -> Shown:
    values = {"next": next_of(form), "address": address, "begun": begun}
    return Shown(template="face_step_up.html", values=values)


def _step_up_asked(_call: Call, form: Form) -> Shown:
    return _step_up(form, begun=False)


def _step_up_begun(call: Call, form: Form) -> Shown:
    return _step_up(form, call.platform.log_ins.begin_face_step_up(call.token, source=call.source))


def _step_up_again(_call: Call, form: Form) -> Shown:
    return _step_up(form)


def _step_up_confirmed(call: Call, form: Form) -> Shown:
    call.platform.log_ins.finish_face_step_up(call.token, source=call.source)
    return Shown(goes_to=next_of(form))


FACE_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=FACE, name="page_face", access=Access.PUBLIC, run=_ask),
    Page(method="POST", path=FACE, name="page_face_begun", access=Access.PUBLIC, run=_password,
         again=_ask),
    Page(method="POST", path=f"{FACE}/confirm", name="page_face_confirmed", access=Access.PUBLIC,
         run=_confirm, again=_again),
    Page(method="GET", path=STEP_UP_FACE, name="page_step_up_face", access=Access.LOGGED_IN,
         run=_step_up_asked),
    Page(method="POST", path=STEP_UP_FACE, name="page_step_up_face_begun",
         access=Access.LOGGED_IN, run=_step_up_begun, again=_step_up_asked),
    Page(method="POST", path=f"{STEP_UP_FACE}/confirm", name="page_step_up_face_confirmed",
         access=Access.LOGGED_IN, run=_step_up_confirmed, again=_step_up_again),
)  # fmt: skip
"""Certification by face (人脸认证)."""
