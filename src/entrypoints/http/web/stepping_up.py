"""The pages on which who has logged in proves anew who he is, before he does what is critical."""

import re
from typing import Final

from entrypoints.http.routes import Access, Call
from entrypoints.http.web.pages import HOME, Form, Page, Shown
from entrypoints.http.web.proving import PROOF, challenge_page, proof_of

STEP_UP: Final = f"{HOME}/step_up"
_OWN = re.compile(rf"{HOME}(/[A-Za-z0-9_][A-Za-z0-9_.@:-]*)*")


def next_of(form: Form) -> str:
    """Give where to go on: a page of our own, whatever the address says."""
    wanted = form.get("next", "")
    return wanted if _OWN.fullmatch(wanted) else HOME


def _asked(call: Call, form: Form) -> Shown:
    values = {"next": next_of(form), "by_face": call.platform.log_ins.faces_offered}
    return Shown(template="step_up.html", values=values)


def _by_password(call: Call, form: Form) -> Shown:
    call.platform.log_ins.step_up(call.token, form.get("password", ""), source=call.source)
    return Shown(goes_to=next_of(form))


def _challenged(call: Call, form: Form) -> Shown:
    given = call.platform.log_ins.begin_step_up(source=call.source)
    return challenge_page(given, action=f"{STEP_UP}/certificate", next_=next_of(form))


def _by_certificate(call: Call, form: Form) -> Shown:
    certificate, signature = proof_of(call.files)
    call.platform.log_ins.finish_step_up(
        call.token, form.get("challenge_token", ""), certificate, signature, source=call.source
    )
    return Shown(goes_to=next_of(form))


STEP_UP_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=STEP_UP, name="page_step_up", access=Access.LOGGED_IN, run=_asked),
    Page(method="POST", path=STEP_UP, name="page_step_up_by_password", access=Access.LOGGED_IN,
         run=_by_password, again=_asked),
    Page(method="GET", path=f"{STEP_UP}/certificate", name="page_step_up_challenge",
         access=Access.LOGGED_IN, run=_challenged),
    Page(method="POST", path=f"{STEP_UP}/certificate", name="page_step_up_by_certificate",
         access=Access.LOGGED_IN, run=_by_certificate, again=_challenged, files=PROOF),
)  # fmt: skip
"""Re-verification of identity (再次核验身份)."""
