"""The public pages on which a letter is opened: by its link, and a code on the phone on record."""

from typing import Final

from entrypoints.http.api.files import file_of
from entrypoints.http.routes import Access, Call
from entrypoints.http.web.pages import Form, Page, Shown
from supervision_core.tasks.services.letters import LETTERS, LetterDesk

_PATH: Final = f"{LETTERS}/{{letter_token}}"


def _desk(call: Call) -> LetterDesk:
    return LetterDesk(call.platform.log_ins)


def _asked(call: Call, form: Form) -> Shown:
    """Say that there is a letter, and offer a code."""
    _desk(call).require(form["letter_token"])
    return Shown(template="letter.html", values=_here(form))


def _here(form: Form, **more: object) -> dict[str, object]:
    return {"here": f"{LETTERS}/{form['letter_token']}", **more}


def _code(call: Call, form: Form) -> Shown:
    """Send a code to the phone on record."""
    proof = _desk(call).ask_code(form["letter_token"], source=call.source)
    return _code_asked(call, {**form, "proof": proof})


def _code_asked(call: Call, form: Form) -> Shown:
    digits = call.platform.log_ins.policy.code_digits
    values = _here(form, proof=form.get("proof", ""), digits=digits)
    return Shown(template="letter_code.html", values=values)


def _opened(call: Call, form: Form) -> Shown:
    """Take the code, and show the letter."""
    proof = form.get("proof", "")
    letter = _desk(call).open(form["letter_token"], proof, form.get("code", ""), source=call.source)
    return Shown(template="letter_open.html", values=_here(form, proof=proof, letter=letter))


def _file(call: Call, form: Form) -> Shown:
    """Give the letter out."""
    found = _desk(call).fetch(form["letter_token"], form.get("proof", ""), source=call.source)
    return Shown(file=file_of(call, found))


LETTER_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=_PATH, name="page_letter", access=Access.PUBLIC, run=_asked),
    Page(method="POST", path=f"{_PATH}/code", name="page_letter_code", access=Access.PUBLIC,
         run=_code, again=_asked),
    Page(method="POST", path=f"{_PATH}/open", name="page_letter_open", access=Access.PUBLIC,
         run=_opened, again=_code_asked),
    Page(method="POST", path=f"{_PATH}/file", name="page_letter_file", access=Access.PUBLIC,
         run=_file, again=_asked),
)  # fmt: skip
"""Nobody logs in here: whoever holds the phone on record sees the one letter, for some minutes."""
