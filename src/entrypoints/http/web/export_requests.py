"""The pages on which one asks to give out a department's users, and another decides (导出审批)."""

from typing import Final

from entrypoints.http.routes import Call
from entrypoints.http.web.departments import ONE, department_of, here
from entrypoints.http.web.pages import Form, Page, Shown, ask, carry_out, gone_on, page_of_list
from entrypoints.http.web.reading import Field, Kind, read
from entrypoints.http.web.users import account_of
from supervision_core.identity.model import ExportState, Purpose
from supervision_core.identity.services.exporting import (
    DecideExport,
    ExportRequestView,
    ListExportRequests,
    RequestExport,
    ViewExportRequest,
    decide_export,
    export_users,
    list_export_requests,
    request_export,
    view_export_request,
)
from supervision_core.identity.services.questions import view_department
from supervision_core.kernel.paging import every_page

EXPORT_REQUESTS: Final = "/gov/export_requests"
_REQUEST: Final = f"{EXPORT_REQUESTS}/{{request_id}}"
PURPOSES: Final = {
    Purpose.CONTACT.value: "联系本人",
    Purpose.IDENTIFY.value: "核实身份",
    Purpose.CORRECT.value: "更正信息",
    Purpose.COMPLAINT.value: "处理投诉",
    Purpose.INSPECTION.value: "审计检查",
}
STATES: Final = {
    ExportState.WAITING.value: "待审批",
    ExportState.ALLOWED.value: "已同意",
    ExportState.REFUSED.value: "未同意",
}
_PURPOSE: Final = Field(
    name="purpose", title="使用目的", kind=Kind.CHOICE, required=True, choices=PURPOSES
)
_ALLOWED: Final = Field(name="allowed", title="同意", kind=Kind.FLAG)
_REASON: Final = Field(name="reason", title="审批意见", required=True, most=500)


def _department(call: Call, id: str) -> str:
    """Give the name of a department, or its id to who may not look at it."""
    if not call.who.may(view_department.permission):
        return id
    return department_of(call, {"department_id": id}).data.name


def _ask_form(call: Call, form: Form) -> Shown:
    """Ask what for, and show what oneself has asked of this department."""
    department = form["department_id"]
    back = here(form)
    own: list[ExportRequestView] = []
    if call.who.may(list_export_requests.permission):
        pages = every_page(
            lambda page: ask(
                call, list_export_requests, ListExportRequests(about=department, page=page)
            )
        )
        own = [one for page in pages for one in page.items if one.asked_by == call.who.user]
    values = {
        "name": _department(call, department),
        "action": f"{back}/export",
        "back": back,
        "fields": (_PURPOSE,),
        "values": form,
        "own": own[::-1],
        "purposes": PURPOSES,
        "states": STATES,
        "table": f"/api/v1/identity/departments/{department}/user_table",
        "may_export": call.who.may(export_users.permission),
    }
    return Shown(template="export.html", values=values)


def _ask_for(call: Call, form: Form) -> Shown:
    purpose = Purpose(str(read((_PURPOSE,), form)["purpose"]))
    command = RequestExport(department_id=form["department_id"], purpose=purpose)
    carry_out(call, request_export, command, changes=None)
    return gone_on(f"{here(form)}/export", "asked")


def _all(call: Call, form: Form) -> Shown:
    state = form.get("state", "")
    wanted = ExportState(state) if state in STATES else None
    found = ask(
        call, list_export_requests, ListExportRequests(state=wanted, page=page_of_list(form))
    )
    accounts = {one.asked_by: account_of(call, one.asked_by) for one in found.items}
    values = {
        "found": found,
        "state": state,
        "states": STATES,
        "purposes": PURPOSES,
        "accounts": accounts,
        "base": EXPORT_REQUESTS,
    }
    return Shown(template="export_requests.html", values=values)


def _one(call: Call, form: Form) -> Shown:
    request = form["request_id"]
    found = ask(call, view_export_request, ViewExportRequest(request_id=request))
    decides = (
        found.state is ExportState.WAITING
        and found.asked_by != call.who.user
        and call.who.may(decide_export.permission)
    )
    values = {
        "found": found,
        "name": _department(call, found.about),
        "asked_by": account_of(call, found.asked_by),
        "decided_by": account_of(call, found.decided_by),
        "purposes": PURPOSES,
        "states": STATES,
        "action": f"{EXPORT_REQUESTS}/{request}/decision",
        "back": EXPORT_REQUESTS,
        "fields": (_ALLOWED, _REASON) if decides else (),
        "values": form,
    }
    return Shown(template="export_request.html", values=values)


def _decide(call: Call, form: Form) -> Shown:
    filled_in = read((_ALLOWED, _REASON), form)
    request = form["request_id"]
    command = DecideExport(
        request_id=request,
        allowed=filled_in["allowed"] is True,
        reason=str(filled_in["reason"]),
    )
    carry_out(call, decide_export, command, changes=("export_request", request))
    return gone_on(f"{EXPORT_REQUESTS}/{request}", "decided")


EXPORT_REQUEST_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=f"{ONE}/export", name="page_export_asking",
         access=request_export.permission, run=_ask_form, critical=True),
    Page(method="POST", path=f"{ONE}/export", name="page_export_ask",
         access=request_export.permission, run=_ask_for, again=_ask_form),
    Page(method="GET", path=EXPORT_REQUESTS, name="page_export_requests",
         access=list_export_requests.permission, run=_all, menu=("我的工作台", "导出审批"),
         icon="ti-file-export"),
    Page(method="GET", path=_REQUEST, name="page_export_request",
         access=view_export_request.permission, run=_one),
    Page(method="POST", path=f"{_REQUEST}/decision", name="page_export_decide",
         access=decide_export.permission, run=_decide, again=_one, critical=True),
)  # fmt: skip
"""Asking, looking, deciding; the answer to the link of an allowed request is the file."""
