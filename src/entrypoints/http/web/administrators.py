"""The pages on who administers a department. Source: proposal 6.4.1.4.2.4."""

from collections.abc import Iterator
from typing import Final, cast

from entrypoints.http.routes import Call
from entrypoints.http.web.departments import ONE, department_of, here
from entrypoints.http.web.pages import Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.http.web.reading import Field, Kind, form_of, read
from supervision_core.identity.lists import USERS
from supervision_core.identity.model import DepartmentInvalid
from supervision_core.identity.services.departments import (
    AppointAdministrators,
    appoint_administrators,
)
from supervision_core.identity.services.lists import cases_of
from supervision_core.identity.services.questions import DepartmentView
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.paging import every_page

_ADMINISTRATORS: Final = Field(
    name="administrators", title="管理员账号", kind=Kind.LINES,
    hint="每行一个账号；可以是其他机构的用户",
)  # fmt: skip


def _administrators_form(call: Call, form: Form) -> Shown:
    found = department_of(call, form)
    accounts = "\n".join(one.name for one in found.appointed)
    values = {"administrators": accounts, "version": str(found.version)}
    return _administrators_again(call, {**form, **values})


def _administrators_again(_call: Call, form: Form) -> Shown:
    back = here(form)
    action = f"{back}/administrators"
    return form_of("设置机构管理员", (_ADMINISTRATORS,), form, action=action, back=back)


def _appoint(call: Call, form: Form) -> Shown:
    found = department_of(call, form)
    accounts = cast("list[str]", read((_ADMINISTRATORS,), form)["administrators"])
    ids = _ids_of_accounts(call, found, accounts)
    command = AppointAdministrators(department_id=found.id, administrators=ids)
    carry_out(call, appoint_administrators, command, changes=("department", found.id))
    return gone_on(here(form), "appointed")


def _ids_of_accounts(call: Call, found: DepartmentView, accounts: list[str]) -> frozenset[str]:
    """Give users by account: those who are appointed, or within reach. Raises for others."""
    known = {one.name: one.id for one in found.appointed}
    known |= {one: id_ for one in accounts if one not in known for id_ in _users(call, one)}
    refuse_if(
        DepartmentInvalid,
        [
            Violation("identity.user_unknown", "administrators", {"id": one})
            for one in accounts
            if one not in known
        ],
    )
    return frozenset(known[one] for one in accounts)


def _users(call: Call, account: str) -> Iterator[str]:
    cases = cases_of(USERS)
    pages = every_page(lambda page: ask(call, cases.list, cases.asking(text=account, page=page)))
    return (one.id for page in pages for one in page.items if one.account == account)


ADMINISTRATOR_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=f"{ONE}/administrators", name="page_administrators",
         access=appoint_administrators.permission, run=_administrators_form, critical=True),
    Page(method="POST", path=f"{ONE}/administrators", name="page_appoint",
         access=appoint_administrators.permission, run=_appoint, again=_administrators_again,
         critical=True),
)  # fmt: skip
"""Appoint."""
