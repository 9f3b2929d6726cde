"""The pages on messages (消息): those to a user with their ways, one more, and one's own."""

from functools import partial
from typing import Final
from urllib.parse import quote

from entrypoints.http.routes import Access, Call
from entrypoints.http.web.jobs import PATH as JOBS
from entrypoints.http.web.lists import address_of
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
    page_of_list,
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
from supervision_core.jobs.ports import Jobs

MESSAGES: Final = "own_messages"
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
    reasons = {code: call.platform.messages.outline(code).reason for code in codes}
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


def _own(home: str, call: Call, form: Form) -> Shown:
    unread = form.get("unread", "") == "yes"
    found = call.platform.log_ins.own_messages(call.token, page_of_list(form), unread=unread)
    base = f"{home}/notices"
    values = {
        "found": found,
        "opens": {one.id for one in found.items if _address_of(call, one.kind, one.thing)},
        "unread": unread,
        "query": {"unread": "yes"} if unread else {},
        "base": base,
    }
    return Shown(template="own_notices.html", values=values)


def _address_of(call: Call, kind: str, thing: str) -> str:
    """Give where what a message speaks of is shown, empty where it is not."""
    id_ = quote(thing, safe="")
    return f"{JOBS}/{id_}" if kind == Jobs.kind else address_of(call, kind, id_)


def _open(home: str, call: Call, form: Form) -> Shown:
    """Mark a message as read, and go to what it speaks of."""
    call.platform.log_ins.read_messages(call.token, (form["message_id"],))
    address = _address_of(call, form.get("kind", ""), form.get("thing", ""))
    return gone_on(address or f"{home}/notices", "")


def _read(home: str, call: Call, _: Form) -> Shown:
    call.platform.log_ins.read_messages(call.token, ())
    return gone_on(f"{home}/notices", "read")


NOTICE_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=f"{ONE}/notices", name="page_user_notices",
         access=list_notices.permission, run=_of_user),
    Page(method="POST", path=f"{ONE}/notices", name="page_notice_send",
         access=send_notice.permission, run=_send, again=_of_user),
    *(
        page
        for home in (HOME, PHONE)
        for page in (
            Page(method="GET", path=f"{home}/notices", name=name_of(home, MESSAGES),
                 access=Access.LOGGED_IN, run=partial(_own, home), menu=("我的工作台", "我的消息"),
                 icon="ti-bell"),
            Page(method="POST", path=f"{home}/notices/read", name=name_of(home, "read_messages"),
                 access=Access.LOGGED_IN, run=partial(_read, home)),
            Page(method="POST", path=f"{home}/notices/{{message_id}}/open",
                 name=name_of(home, "open_message"), access=Access.LOGGED_IN,
                 run=partial(_open, home)),
        )
    ),
)  # fmt: skip
"""Look, send; whoever is logged in reads his own."""
