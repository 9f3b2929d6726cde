"""The pages of logging in: password, captcha and code; certificate; password anew; log-out."""

import base64
import hmac

from attrs import evolve

from entrypoints.http.routes import Access, Call
from entrypoints.http.web.pages import HOME, LOG_IN, Form, Page, Shown, gone_on
from entrypoints.http.web.reading import proof_of
from supervision_core.identity.model import LogInRefused
from supervision_core.identity.services.login import SessionGiven


def captcha_of(call: Call, *, in_words: bool) -> dict[str, str]:
    """Give a fresh question for people."""
    given = call.platform.log_ins.captchas.issue(in_words=in_words)
    picture = base64.b64encode(given.picture).decode()
    return {"ticket": given.ticket, "picture": picture, "question": given.question}


def _log_in(call: Call, form: Form) -> Shown:
    return _account_asked(call, in_words=False, account=form.get("account", ""))


def _log_in_in_words(call: Call, _: Form) -> Shown:
    return _account_asked(call, in_words=True, account="")


def _account_asked(call: Call, *, in_words: bool, account: str) -> Shown:
    by_face = call.platform.log_ins.faces_offered
    values = {**captcha_of(call, in_words=in_words), "account": account, "by_face": by_face}
    return Shown(template="login.html", values=values)


def _password(call: Call, form: Form) -> Shown:
    token = call.platform.log_ins.log_in_with_password(
        form.get("account", ""),
        form.get("password", ""),
        source=call.source,
        captcha=f"{form.get('ticket', '')} {form.get('answer', '')}",
    )
    return _code_asked(call, token)


def _code_asked(call: Call, token: str) -> Shown:
    digits = call.platform.log_ins.policy.code_digits
    return Shown(template="code.html", values={"log_in_token": token, "digits": digits})


def _code_again(call: Call, form: Form) -> Shown:
    return _code_asked(call, form.get("log_in_token", ""))


def _code(call: Call, form: Form) -> Shown:
    return entered(
        call.platform.log_ins.confirm_sms_code(
            form.get("log_in_token", ""), form.get("code", ""), source=call.source
        )
    )


def _resend(call: Call, form: Form) -> Shown:
    call.platform.log_ins.resend_code(form.get("log_in_token", ""), source=call.source)
    return _code_again(call, form)


def entered(given: SessionGiven) -> Shown:
    """Let the browser in, to a new password first where one is due."""
    place = "/gov/password" if given.must_change else HOME
    return Shown(goes_to=place, session=given.token)


def _certificate(call: Call, _: Form) -> Shown:
    given = call.platform.log_ins.begin_certificate_log_in(source=call.source)
    values = {"challenge_token": given.token, "nonce": given.nonce.hex()}
    values |= {"action": f"{LOG_IN}/certificate", "next": ""}
    return Shown(template="certificate.html", values=values)


def _by_certificate(call: Call, form: Form) -> Shown:
    certificate, signature = proof_of(form)
    return entered(
        call.platform.log_ins.finish_certificate_log_in(
            form.get("challenge_token", ""), certificate, signature, source=call.source
        )
    )


def _sign_on(call: Call, _: Form) -> Shown:
    log_ins = call.platform.log_ins
    state = log_ins.begin_sign_on(source=call.source)
    return Shown(goes_to=log_ins.sign_on_address(state), state=state)


def _signed_on(call: Call, form: Form) -> Shown:
    """Let in whom the unified platform sends back, if it was this browser that went there."""
    state = form.get("state", "")
    if not hmac.compare_digest(state.encode(), call.state.encode()):
        raise LogInRefused
    given = call.platform.log_ins.sign_on(form.get("code", ""), state, source=call.source)
    return evolve(entered(given), state="")


def _home(call: Call, _: Form) -> Shown:
    me = call.platform.log_ins.myself(call.token)
    return Shown(template="home.html", values={"me": me})


def _work_for(call: Call, form: Form) -> Shown:
    department = form.get("department", "")
    call.platform.log_ins.work_for(call.token, department, source=call.source)
    return gone_on(HOME, "works_for")


def _log_out(call: Call, _: Form) -> Shown:
    call.platform.log_ins.log_out(call.token, source=call.source)
    return Shown(goes_to=LOG_IN, session="")


def _new_password(call: Call, _: Form) -> Shown:
    return Shown(template="password.html", values={"policy": call.platform.log_ins.policy})


def _change_password(call: Call, form: Form) -> Shown:
    call.platform.log_ins.change_password(
        call.token, form.get("old", ""), form.get("new", ""), source=call.source
    )
    return Shown(goes_to=LOG_IN, session="")


def _style(_call: Call, _: Form) -> Shown:
    return Shown(template="style.css", media="text/css")


LOG_IN_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=LOG_IN, name="page_log_in", access=Access.PUBLIC, run=_log_in),
    Page(method="POST", path=LOG_IN, name="page_password", access=Access.PUBLIC, run=_password,
         again=_log_in),
    Page(method="GET", path=f"{LOG_IN}/words", name="page_log_in_in_words", access=Access.PUBLIC,
         run=_log_in_in_words),
    Page(method="POST", path=f"{LOG_IN}/code", name="page_code", access=Access.PUBLIC, run=_code,
         again=_code_again),
    Page(method="POST", path=f"{LOG_IN}/resend", name="page_resend", access=Access.PUBLIC,
         run=_resend, again=_code_again),
    Page(method="GET", path=f"{LOG_IN}/certificate", name="page_certificate",
         access=Access.PUBLIC, run=_certificate),
    Page(method="POST", path=f"{LOG_IN}/certificate", name="page_by_certificate",
         access=Access.PUBLIC, run=_by_certificate, again=_certificate),
    Page(method="GET", path=f"{LOG_IN}/sign_on", name="page_sign_on", access=Access.PUBLIC,
         run=_sign_on, again=_log_in),
    Page(method="GET", path=f"{LOG_IN}/sign_on/return", name="page_signed_on",
         access=Access.PUBLIC, run=_signed_on, again=_log_in),
    Page(method="GET", path=f"{HOME}/style.css", name="page_style", access=Access.PUBLIC,
         run=_style),
    Page(method="GET", path=HOME, name="page_home", access=Access.LOGGED_IN, run=_home),
    Page(method="POST", path=f"{HOME}/department", name="page_work_for",
         access=Access.LOGGED_IN, run=_work_for),
    Page(method="POST", path=f"{HOME}/log_out", name="page_log_out", access=Access.LOGGED_IN,
         run=_log_out),
    Page(method="GET", path=f"{HOME}/password", name="page_new_password",
         access=Access.LOGGED_IN, run=_new_password),
    Page(method="POST", path=f"{HOME}/password", name="page_change_password",
         access=Access.LOGGED_IN, run=_change_password, again=_new_password),
)  # fmt: skip
"""The ways in and out."""
