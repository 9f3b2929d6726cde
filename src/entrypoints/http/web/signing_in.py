"""The pages of logging in: password, captcha and code; certificate; password anew; log-out.

They lie under the workbench and under the phone zone alike; each leads on within its own.
"""

import base64
import hmac

from attrs import evolve, frozen

from entrypoints.http.routes import Access, Call
from entrypoints.http.web.homes import panels
from entrypoints.http.web.pages import (
    HOME,
    PHONE,
    Form,
    Page,
    Shown,
    gone_on,
    log_in_of,
    name_of,
)
from entrypoints.http.web.proving import PROOF, challenge_page, proof_of
from supervision_core.identity.lists import KINDS
from supervision_core.identity.model import LogInRefused, PhoneStep, SceneRole
from supervision_core.identity.services.login import SessionGiven


def captcha_of(call: Call, *, in_words: bool) -> dict[str, str]:
    """Give a fresh question for people."""
    given = call.platform.log_ins.captchas.issue(in_words=in_words)
    picture = base64.b64encode(given.picture).decode()
    return {"ticket": given.ticket, "picture": picture, "question": given.question}


def entered(given: SessionGiven, home: str) -> Shown:
    """Let the browser in, to a new password first where one is due."""
    place = f"{home}/password" if given.must_change else home
    return Shown(goes_to=place, session=given.token)


@frozen
class _LogIn:
    """The ways in and out of one space."""

    home: str

    def asked(self, call: Call, form: Form) -> Shown:
        """Ask for account and password, with a picture to read."""
        return self._account(call, in_words=False, account=form.get("account", ""))

    def asked_in_words(self, call: Call, _: Form) -> Shown:
        """Ask for them with a question in words."""
        return self._account(call, in_words=True, account="")

    def _account(self, call: Call, *, in_words: bool, account: str) -> Shown:
        log_ins = call.platform.log_ins
        values = {
            **captcha_of(call, in_words=in_words),
            "account": account,
            "by_face": log_ins.faces_offered,
            "by_platform": log_ins.sign_on_offered,
        }
        return Shown(template="login.html", values=values)

    def password(self, call: Call, form: Form) -> Shown:
        """Take account and password; a code goes to the phone."""
        token = call.platform.log_ins.log_in_with_password(
            form.get("account", ""),
            form.get("password", ""),
            source=call.source,
            captcha=f"{form.get('ticket', '')} {form.get('answer', '')}",
        )
        return self._code_asked(call, token)

    def _code_asked(self, call: Call, token: str) -> Shown:
        digits = call.platform.log_ins.policy.code_digits
        return Shown(template="code.html", values={"log_in_token": token, "digits": digits})

    def code_again(self, call: Call, form: Form) -> Shown:
        """Ask for the code once more."""
        return self._code_asked(call, form.get("log_in_token", ""))

    def code(self, call: Call, form: Form) -> Shown:
        """Take the code."""
        given = call.platform.log_ins.confirm_sms_code(
            form.get("log_in_token", ""), form.get("code", ""), source=call.source
        )
        return entered(given, self.home)

    def resend(self, call: Call, form: Form) -> Shown:
        """Send another code."""
        call.platform.log_ins.resend_code(form.get("log_in_token", ""), source=call.source)
        return self.code_again(call, form)

    def sign_on(self, call: Call, _: Form) -> Shown:
        """Send the browser to the unified platform."""
        log_ins = call.platform.log_ins
        state = log_ins.begin_sign_on(source=call.source)
        address = log_ins.sign_on_address(state)
        return Shown(goes_to=address, state=f"{state}.{self.home.strip('/')}")

    def log_out(self, call: Call, _: Form) -> Shown:
        """End the session; who came by the unified platform goes on to leave that too."""
        there = call.platform.log_ins.log_out(
            call.token, source=call.source, return_to=log_in_of(self.home)
        )
        if there:
            return Shown(goes_to=f"{log_in_of(self.home)}/left", session="")
        return evolve(gone_on(log_in_of(self.home), "left"), session="")

    def left(self, call: Call, _: Form) -> Shown:
        """Lead on to the log-out of the unified platform, from which the browser comes back."""
        back = log_in_of(self.home)
        values = {"address": call.platform.log_ins.log_out_address(back), "back": back}
        return Shown(template="left.html", values=values)

    def work_for(self, call: Call, form: Form) -> Shown:
        """Go on for another of one's departments."""
        department = form.get("department", "")
        call.platform.log_ins.work_for(call.token, department, source=call.source)
        return gone_on(self.home, "works_for")

    def new_password(self, call: Call, _: Form) -> Shown:
        """Ask for a new password."""
        log_ins = call.platform.log_ins
        session = log_ins.own_sessions(call.token)[0]
        values = {"policy": log_ins.policy, "limited": session.limited}
        return Shown(template="password.html", values=values)

    def change_password(self, call: Call, form: Form) -> Shown:
        """Take it; all sessions end, and this browser goes on in a new one."""
        given = call.platform.log_ins.change_password(
            call.token, form.get("old", ""), form.get("new", ""), source=call.source, goes_on=True
        )
        if given is None:
            return evolve(gone_on(log_in_of(self.home), "log_in_anew"), session="")
        return evolve(gone_on(self.home, "renewed"), session=given.token)

    def new_phone(self, _call: Call, form: Form) -> Shown:
        """Ask for password and new phone."""
        return Shown(template="phone.html", values={"phone": form.get("phone", "")})

    def begin_phone_change(self, call: Call, form: Form) -> Shown:
        """Take them; a code goes to the old phone, or to the new one where there is none."""
        step = call.platform.log_ins.begin_phone_change(
            call.token, form.get("password", ""), form.get("phone", ""), source=call.source
        )
        return self._phone_code(call, step)

    def _phone_code(self, call: Call, step: PhoneStep) -> Shown:
        digits = call.platform.log_ins.policy.code_digits
        return Shown(template="phone_code.html", values={"step": step.value, "digits": digits})

    def old_phone_again(self, call: Call, _: Form) -> Shown:
        """Ask for the code of the old phone once more."""
        return self._phone_code(call, PhoneStep.OLD)

    def old_phone(self, call: Call, form: Form) -> Shown:
        """Take the code of the old phone; one goes to the new."""
        log_ins, code = call.platform.log_ins, form.get("code", "")
        log_ins.confirm_old_phone(call.token, code, source=call.source)
        return self._phone_code(call, PhoneStep.NEW)

    def new_phone_again(self, call: Call, _: Form) -> Shown:
        """Ask for the code of the new phone once more."""
        return self._phone_code(call, PhoneStep.NEW)

    def change_phone(self, call: Call, form: Form) -> Shown:
        """Take the code of the new phone: it counts from now on."""
        log_ins, code = call.platform.log_ins, form.get("code", "")
        log_ins.confirm_new_phone(call.token, code, source=call.source)
        return gone_on(self.home, "phone_changed")

    def pages(self) -> tuple[Page, ...]:
        """Give them."""
        home, path = self.home, log_in_of(self.home)

        def name(rest: str) -> str:
            return name_of(home, rest)

        return (
            Page(method="GET", path=path, name=name("log_in"), access=Access.PUBLIC,
                 run=self.asked),
            Page(method="POST", path=path, name=name("password"), access=Access.PUBLIC,
                 run=self.password, again=self.asked),
            Page(method="GET", path=f"{path}/words", name=name("log_in_in_words"),
                 access=Access.PUBLIC, run=self.asked_in_words),
            Page(method="POST", path=f"{path}/code", name=name("code"), access=Access.PUBLIC,
                 run=self.code, again=self.code_again),
            Page(method="POST", path=f"{path}/resend", name=name("resend"),
                 access=Access.PUBLIC, run=self.resend, again=self.code_again),
            Page(method="GET", path=f"{path}/sign_on", name=name("sign_on"),
                 access=Access.PUBLIC, run=self.sign_on, again=self.asked),
            Page(method="GET", path=f"{path}/left", name=name("left"), access=Access.PUBLIC,
                 run=self.left),
            Page(method="POST", path=f"{home}/department", name=name("work_for"),
                 access=Access.LOGGED_IN, run=self.work_for),
            Page(method="POST", path=f"{home}/log_out", name=name("log_out"),
                 access=Access.LOGGED_IN, run=self.log_out),
            Page(method="GET", path=f"{home}/password", name=name("new_password"),
                 access=Access.LOGGED_IN, run=self.new_password),
            Page(method="POST", path=f"{home}/password", name=name("change_password"),
                 access=Access.LOGGED_IN, run=self.change_password, again=self.new_password),
            Page(method="GET", path=f"{home}/phone", name=name("new_phone"),
                 access=Access.LOGGED_IN, run=self.new_phone),
            Page(method="POST", path=f"{home}/phone", name=name("begin_phone_change"),
                 access=Access.LOGGED_IN, run=self.begin_phone_change, again=self.new_phone),
            Page(method="POST", path=f"{home}/phone/old", name=name("confirm_old_phone"),
                 access=Access.LOGGED_IN, run=self.old_phone, again=self.old_phone_again),
            Page(method="POST", path=f"{home}/phone/new", name=name("confirm_new_phone"),
                 access=Access.LOGGED_IN, run=self.change_phone, again=self.new_phone_again),
        )  # fmt: skip


def _signed_on(call: Call, form: Form) -> Shown:
    """Let in whom the unified platform sends back, if it was this browser that went there.

    It comes back to the one address that is registered there, and goes on to where it began.
    """
    state, (kept, home) = form.get("state", ""), _begun(call)
    if not kept or not hmac.compare_digest(state.encode(), kept.encode()):
        raise LogInRefused
    given = call.platform.log_ins.sign_on(form.get("code", ""), state, source=call.source)
    return evolve(entered(given, home), state="")


def _begun(call: Call) -> tuple[str, str]:
    """Give what the browser kept of its single sign-on: the state, and where it began."""
    state, _, space = call.state.partition(".")
    return state, PHONE if f"/{space}" == PHONE else HOME


def _not_signed_on(call: Call, form: Form) -> Shown:
    """Show the ways of logging in where it began."""
    _, home = _begun(call)
    shown = _LogIn(home).asked(call, form)
    return evolve(shown, values={**shown.values, "home": home})


def _certificate(call: Call, _: Form) -> Shown:
    given = call.platform.log_ins.begin_certificate_log_in(source=call.source)
    return challenge_page(given, action=f"{log_in_of(HOME)}/certificate")


def _by_certificate(call: Call, form: Form) -> Shown:
    certificate, signature = proof_of(call.files)
    given = call.platform.log_ins.finish_certificate_log_in(
        form.get("challenge_token", ""), certificate, signature, source=call.source
    )
    return entered(given, HOME)


def _home(call: Call, _: Form) -> Shown:
    """Say who one is and what can be done; citizens have their place in the phone zone.

    Third parties work here as the staff of departments do.
    """
    if call.who.scope.role is SceneRole.CITIZEN:
        return Shown(goes_to=PHONE)
    values = {**profile_of(call), "panels": list(panels(call))}
    return Shown(template="home.html", values=values)


def profile_of(call: Call) -> dict[str, object]:
    """Give what pages say of whoever is logged in."""
    return {"profile": call.platform.log_ins.own_profile(call.token), "kinds": KINDS}


LOG_IN_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=HOME, name="page_home", access=Access.LOGGED_IN, run=_home),
    *_LogIn(HOME).pages(),
    *_LogIn(PHONE).pages(),
    Page(method="GET", path=f"{log_in_of(HOME)}/sign_on/return", name="page_signed_on",
         access=Access.PUBLIC, run=_signed_on, again=_not_signed_on),
    Page(method="GET", path=f"{log_in_of(HOME)}/certificate", name="page_certificate",
         access=Access.PUBLIC, run=_certificate),
    Page(method="POST", path=f"{log_in_of(HOME)}/certificate", name="page_by_certificate",
         access=Access.PUBLIC, run=_by_certificate, again=_certificate, files=PROOF),
)  # fmt: skip
"""The ways in and out."""
