"""The pages on which a second person consents to what one may not do alone (双人复核)."""

from typing import Final

from entrypoints.http.routes import Call
from entrypoints.http.web.pages import (
    HOME,
    SECOND_PERSON,
    Form,
    Page,
    Shown,
    ask,
    carry_out,
    gone_on,
    page_of_list,
)
from entrypoints.http.web.reading import Field, Kind, read
from entrypoints.second_person import STATES, consents_of, differences_of, ways_of
from supervision_core.identity.model import SecondPersonState
from supervision_core.identity.services.second_person import (
    DecideSecondPerson,
    WithdrawSecondPerson,
    decide_second_person,
    withdraw_second_person,
)
from supervision_core.identity.services.second_person_questions import (
    ListSecondPerson,
    ViewSecondPerson,
    Which,
    list_second_person,
    view_second_person,
)

_LIST: Final = f"{HOME}/{SECOND_PERSON}"
_ONE: Final = f"{_LIST}/{{second_person_request_id}}"
_WHICH: Final = {
    Which.TO_DECIDE.value: "等待我同意的",
    Which.OWN.value: "我申请的",
    Which.ALL.value: "范围内全部的",
}
_CONSENT, _REFUSE = "consent", "refuse"
_DECISION: Final = Field(
    name="decision",
    title="决定",
    kind=Kind.CHOICE,
    required=True,
    choices={_CONSENT: "同意，立即办理", _REFUSE: "拒绝"},
)
_REASON: Final = Field(
    name="reason", title="意见", kind=Kind.LONG, most=500, hint="拒绝的，须写明理由"
)


def _all(call: Call, form: Form) -> Shown:
    which = form.get("which", "")
    wanted = Which(which) if which in _WHICH else Which.TO_DECIDE
    asked = ListSecondPerson(which=wanted, page=page_of_list(form))
    values = {
        "found": ask(call, list_second_person, asked),
        "which": wanted.value,
        "choices": _WHICH,
        "states": STATES,
        "base": _LIST,
    }
    return Shown(template="second_person_list.html", values=values)


def _one(call: Call, form: Form) -> Shown:
    return _shown(call, form, deciding=False)


def _decision_form(call: Call, form: Form) -> Shown:
    return _shown(call, form, deciding=True)


def _shown(call: Call, form: Form, *, deciding: bool) -> Shown:
    about = ViewSecondPerson(request_id=form["second_person_request_id"])
    found = ask(call, view_second_person, about)
    waits = found.state is SecondPersonState.WAITING
    values = {
        "found": found,
        "state": STATES[found.state],
        "consents": list(consents_of(found)),
        "ways": list(ways_of(found)),
        "differences": list(differences_of(found)),
        "fields": (_DECISION, _REASON) if deciding and found.deciding else (),
        "values": form,
        "may_decide": found.deciding and not deciding and call.who.may(_PERMISSION),
        "may_withdraw": found.own and waits and call.who.may(withdraw_second_person.permission),
        "here": _ONE.format(**form),
        "base": _LIST,
    }
    return Shown(template="second_person.html", values=values)


def _decide(call: Call, form: Form) -> Shown:
    filled_in = read((_DECISION, _REASON), form)
    request = form["second_person_request_id"]
    command = DecideSecondPerson(
        request_id=request,
        consented=filled_in["decision"] == _CONSENT,
        reason=str(filled_in["reason"]),
    )
    carry_out(call, decide_second_person, command, changes=("second_person_request", request))
    return gone_on(_ONE.format(**form), "decided")


def _withdraw(call: Call, form: Form) -> Shown:
    request = form["second_person_request_id"]
    command = WithdrawSecondPerson(request_id=request)
    carry_out(call, withdraw_second_person, command, changes=("second_person_request", request))
    return gone_on(_ONE.format(**form), "withdrawn")


_PERMISSION: Final = decide_second_person.permission
SECOND_PERSON_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=_LIST, name="page_second_person_list",
         access=list_second_person.permission, run=_all, menu=("我的工作台", "双人复核"),
         icon="ti-users"),
    Page(method="GET", path=_ONE, name="page_second_person",
         access=view_second_person.permission, run=_one),
    Page(method="GET", path=f"{_ONE}/decision", name="page_second_person_deciding",
         access=_PERMISSION, run=_decision_form, critical=True),
    Page(method="POST", path=f"{_ONE}/decision", name="page_second_person_decide",
         access=_PERMISSION, run=_decide, again=_decision_form, critical=True),
    Page(method="POST", path=f"{_ONE}/withdraw", name="page_second_person_withdraw",
         access=withdraw_second_person.permission, run=_withdraw, again=_one),
)  # fmt: skip
"""What waits, what one asked for, and one request with all that it would change."""
