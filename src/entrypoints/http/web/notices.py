"""The pages on messages (消息): those to a user with their ways, one more, and one's own."""

from typing import Final

from entrypoints.http.routes import Access, Call
from entrypoints.http.web.pages import (
    HOME,
    PHONE,
    Form,
    Page,
    Shown,
    ask,
    carry_out,
    gone_on,
    name_of,
)
from entrypoints.http.web.reading import Field, Kind, read
from entrypoints.http.web.users import ONE, user_of
from supervision_core.identity.model import DeliveryState
from supervision_core.identity.services.notices import (
    ListNotices,
    NoticesView,
    SendNotice,
    list_notices,
    send_notice,
)
from supervision_core.kernel.errors import Violation

STATES: Final = {
    DeliveryState.WAITING.value: "待发送",
    DeliveryState.ACCEPTED.value: "已受理",
    DeliveryState.DELIVERED.value: "已送达",
    DeliveryState.FAILED.value: "未送达",
}
_FIELDS: Final = (
    Field(name="title", title="标题", required=True, most=100),
    Field(
        name="text", title="内容", kind=Kind.LONG, required=True, most=1000,
        hint="至多1000字；不得写入个人信息",
    ),
)  # fmt: skip


def _values(call: Call, found: NoticesView) -> dict[str, object]:
    """Give what both pages show: the messages, and why some did not arrive."""
    codes = {step.reason for one in found.items for step in one.steps if step.reason}
    explain = call.platform.messages.explain
    reasons = {code: explain(Violation(code)).reason for code in codes}
    return {"found": found, "states": STATES, "reasons": reasons}


def _of_user(call: Call, form: Form) -> Shown:
    user = user_of(call, form)
    values = {
        **_values(call, ask(call, list_notices, ListNotices(user_id=user.id))),
        "account": user.draft.account.account,
        "back": ONE.format(**form),
        "fields": _FIELDS if call.who.may(send_notice.permission) else (),
        "values": form,
    }
    return Shown(template="user_notices.html", values=values)


def _send(call: Call, form: Form) -> Shown:
    filled_in = read(_FIELDS, form)
    command = SendNotice(
        user_id=form["user_id"], title=str(filled_in["title"]), text=str(filled_in["text"])
    )
    carry_out(call, send_notice, command, changes=None)
    return gone_on(f"{ONE.format(**form)}/notices", "sent")


def _own(call: Call, _: Form) -> Shown:
    values = _values(call, call.platform.log_ins.own_notices(call.token))
    return Shown(template="own_notices.html", values=values)


NOTICE_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=f"{ONE}/notices", name="page_user_notices",
         access=list_notices.permission, run=_of_user),
    Page(method="POST", path=f"{ONE}/notices", name="page_notice_send",
         access=send_notice.permission, run=_send, again=_of_user),
    *(
        Page(method="GET", path=f"{home}/notices", name=name_of(home, "own_notices"),
             access=Access.LOGGED_IN, run=_own, menu="我的消息")
        for home in (HOME, PHONE)
    ),
)  # fmt: skip
"""Look, send; whoever is logged in reads his own."""
