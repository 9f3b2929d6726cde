"""The pages of certification by face: to log in with a password, and to prove oneself anew."""

from typing import Final

from attrs import frozen

from entrypoints.http.routes import Access, Call
from entrypoints.http.web.pages import HOME, PHONE, Form, Page, Shown, log_in_of, name_of
from entrypoints.http.web.signing_in import captcha_of, entered
from entrypoints.http.web.stepping_up import STEP_UP, next_of

STEP_UP_FACE: Final = f"{STEP_UP}/face"


@frozen
class _FaceLogIn:
    """Certification by face in place of the code, in one space."""

    home: str

    def ask(self, call: Call, form: Form) -> Shown:
        """Ask for account and password."""
        in_words = bool(form.get("words"))
        values = {**captcha_of(call, in_words=in_words), "account": form.get("account", "")}
        return Shown(template="face.html", values=values)

    def password(self, call: Call, form: Form) -> Shown:
        """Take them; show where to show one's face."""
        given = call.platform.log_ins.log_in_with_face(
            form.get("account", ""),
            form.get("password", ""),
            source=call.source,
            captcha=f"{form.get('ticket', '')} {form.get('answer', '')}",
        )
        return self._shown(given.token, given.address)

    def _shown(self, token: str, address: str) -> Shown:
        values = {"log_in_token": token, "address": address}
        return Shown(template="face_check.html", values=values)

    def again(self, _call: Call, form: Form) -> Shown:
        """Show the button again; the address is not: what a form says is no place to go to."""
        return self._shown(form.get("log_in_token", ""), "")

    def confirm(self, call: Call, form: Form) -> Shown:
        """Let in who was certified."""
        log_ins = call.platform.log_ins
        given = log_ins.confirm_face(form.get("log_in_token", ""), source=call.source)
        return entered(given, self.home)

    def pages(self) -> tuple[Page, ...]:
        """Give them."""
        path = f"{log_in_of(self.home)}/face"
        return (
            Page(method="GET", path=path, name=name_of(self.home, "face"),
                 access=Access.PUBLIC, run=self.ask),
            Page(method="POST", path=path, name=name_of(self.home, "face_begun"),
                 access=Access.PUBLIC, run=self.password, again=self.ask),
            Page(method="POST", path=f"{path}/confirm", name=name_of(self.home, "face_confirmed"),
                 access=Access.PUBLIC, run=self.confirm, again=self.again),
        )  # fmt: skip


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
    *_FaceLogIn(HOME).pages(),
    *_FaceLogIn(PHONE).pages(),
    Page(method="GET", path=STEP_UP_FACE, name="page_step_up_face", access=Access.LOGGED_IN,
         run=_step_up_asked),
    Page(method="POST", path=STEP_UP_FACE, name="page_step_up_face_begun",
         access=Access.LOGGED_IN, run=_step_up_begun, again=_step_up_asked),
    Page(method="POST", path=f"{STEP_UP_FACE}/confirm", name="page_step_up_face_confirmed",
         access=Access.LOGGED_IN, run=_step_up_confirmed, again=_step_up_again),
)  # fmt: skip
"""Certification by face (人脸认证)."""
