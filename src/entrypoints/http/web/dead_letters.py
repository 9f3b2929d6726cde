"""The page on events that were not received (未送达事件): looked at, sent again, given up."""

from typing import Final

from entrypoints.http.routes import Call
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask, carry_out, gone_on
from supervision_core.identity.model import DeadLetterState
from supervision_core.identity.services.dead_letters import (
    DropDeadLetter,
    ListDeadLetters,
    ResendDeadLetter,
    drop_dead_letter,
    list_dead_letters,
    resend_dead_letter,
)

_LIST: Final = f"{HOME}/dead_letters"
_ONE: Final = f"{_LIST}/{{letter_id}}"
_STATES: Final = {
    DeadLetterState.DEAD: "未送达",
    DeadLetterState.BEHIND: "排在其后",
    DeadLetterState.AGAIN: "等待重新发送",
}


def _all(call: Call, _: Form) -> Shown:
    found = ask(call, list_dead_letters, ListDeadLetters())
    values = {
        "found": found,
        "states": _STATES,
        "dead": DeadLetterState.DEAD,
        "here": _LIST,
        "resends": call.who.may(resend_dead_letter.permission),
        "drops": call.who.may(drop_dead_letter.permission),
    }
    return Shown(template="dead_letters.html", values=values)


def _resend(call: Call, form: Form) -> Shown:
    letter = form["letter_id"]
    command = ResendDeadLetter(letter_id=letter)
    carry_out(call, resend_dead_letter, command, changes=("dead_letter", letter))
    return gone_on(_LIST, "resent")


def _drop(call: Call, form: Form) -> Shown:
    letter = form["letter_id"]
    command = DropDeadLetter(letter_id=letter)
    carry_out(call, drop_dead_letter, command, changes=("dead_letter", letter))
    return gone_on(_LIST, "dropped")


DEAD_LETTER_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=_LIST, name="page_dead_letters", access=list_dead_letters.permission,
         run=_all, menu=("系统管理", "未送达事件"), icon="ti-mail-x"),
    Page(method="POST", path=f"{_ONE}/again", name="page_dead_letter_resend",
         access=resend_dead_letter.permission, run=_resend, again=_all),
    Page(method="POST", path=f"{_ONE}/drop", name="page_dead_letter_drop",
         access=drop_dead_letter.permission, run=_drop, again=_all),
)  # fmt: skip
"""What was not received, sent again or given up."""
