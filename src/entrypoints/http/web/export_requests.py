"""The pages on which one asks to give out a department's users, and another decides (导出审批)."""

from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen

from entrypoints.http.routes import Call
from entrypoints.http.web.departments import ONE, department_of, here
from entrypoints.http.web.directory import DirectoryPages
from entrypoints.http.web.pages import Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.http.web.purposes import PURPOSE, purpose_in
from entrypoints.http.web.reading import Field, Kind, read
from entrypoints.http.web.users import account_of
from supervision_core.identity.lists import (
    EXPORT_REQUESTS,
    EXPORT_STATES,
    PURPOSES,
    ExportRequestRow,
)
from supervision_core.identity.model import ExportState
from supervision_core.identity.services.exporting import (
    DecideExport,
    RequestExport,
    decide_export,
    export_users,
    request_export,
)
from supervision_core.identity.services.lists import cases_of
from supervision_core.identity.services.questions import view_department
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.registers.elements import NO_ELEMENTS, ElementSet


@frozen
class ExportRequestPages(DirectoryPages):
    """The list of requests; whoever asks may be of a department that the reader does not reach."""

    def row(
        self, call: Call, row: Any, names: Mapping[str, Any], elements: ElementSet = NO_ELEMENTS
    ) -> Mapping[str, Any]:
        """Give a row as the list shows it: who asked is named, and not led to."""
        shown = super().row(call, row, names, elements)
        cells = [
            cell["text"] if column.name == "asked_by" and isinstance(cell, Mapping) else cell
            for column, cell in zip(self.query.columns, shown["cells"], strict=True)
        ]
        return {**shown, "cells": cells}


_PAGES: Final = ExportRequestPages(EXPORT_REQUESTS)
_CASES: Final = cases_of(EXPORT_REQUESTS)
_REQUEST: Final = f"{_PAGES.base}/{{export_request_id}}"
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
    own: list[ExportRequestRow] = []
    if call.who.may(_CASES.list.permission):
        pages = every_page(
            lambda page: ask(call, _CASES.list, _CASES.asking(about=department, page=page))
        )
        own = [one for page in pages for one in page.items if one.asked_by == call.who.user]
    values = {
        "name": _department(call, department),
        "action": f"{back}/export",
        "back": back,
        "fields": (PURPOSE,),
        "values": form,
        "own": own[::-1],
        "purposes": PURPOSES,
        "states": EXPORT_STATES,
        "table": f"/api/v1/identity/departments/{department}/user_table",
        "may_export": call.who.may(export_users.permission),
    }
    return Shown(template="export.html", values=values)


def _ask_for(call: Call, form: Form) -> Shown:
    purpose = purpose_in(form)
    command = RequestExport(department_id=form["department_id"], purpose=purpose)
    carry_out(call, request_export, command, changes=None)
    return gone_on(f"{here(form)}/export", "asked")


def _one(call: Call, form: Form) -> Shown:
    request = form["export_request_id"]
    found = ask(call, _CASES.view, _CASES.named(id=request))
    said = found.content
    decides = (
        said.state is ExportState.WAITING
        and said.asked_by != call.who.user
        and call.who.may(decide_export.permission)
    )
    values = {
        "found": found,
        "name": _department(call, said.about),
        "asked_by": account_of(call, said.asked_by),
        "decided_by": account_of(call, said.decided_by),
        "purposes": PURPOSES,
        "states": EXPORT_STATES,
        "action": f"{_PAGES.base}/{request}/decision",
        "back": _PAGES.base,
        "fields": (_ALLOWED, _REASON) if decides else (),
        "values": form,
    }
    return Shown(template="export_request.html", values=values)


def _decide(call: Call, form: Form) -> Shown:
    filled_in = read((_ALLOWED, _REASON), form)
    request = form["export_request_id"]
    command = DecideExport(
        request_id=request,
        allowed=filled_in["allowed"] is True,
        reason=str(filled_in["reason"]),
    )
    carry_out(call, decide_export, command, changes=("export_request", request))
    return gone_on(f"{_PAGES.base}/{request}", "decided")


EXPORT_REQUEST_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=f"{ONE}/export", name="page_export_asking",
         access=request_export.permission, run=_ask_form, critical=True),
    Page(method="POST", path=f"{ONE}/export", name="page_export_ask",
         access=request_export.permission, run=_ask_for, again=_ask_form),
    Page(method="GET", path=_REQUEST, name="page_export_request",
         access=_CASES.view.permission, run=_one),
    Page(method="POST", path=f"{_REQUEST}/decision", name="page_export_decide",
         access=decide_export.permission, run=_decide, again=_one, critical=True),
)  # fmt: skip
"""Asking, looking, deciding; the answer to the link of an allowed request is the file."""
