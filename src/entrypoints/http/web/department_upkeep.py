"""The pages on who administers a department, and in which order those below it stand.

Source: proposal 6.4.1.4.2.4, 6.4.1.4.2.7.
"""

from collections.abc import Iterator
from typing import Final

from attrs import evolve

from entrypoints.http.routes import Call
from entrypoints.http.web.departments import ONE, department_of, here
from entrypoints.http.web.pages import Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.http.web.reading import Field, Kind, form_of, read
from supervision_core.identity.model import DepartmentInvalid
from supervision_core.identity.ports import DepartmentRow
from supervision_core.identity.services.departments import (
    AppointAdministrators,
    appoint_administrators,
)
from supervision_core.identity.services.listing import (
    ListManagedDepartments,
    list_managed_departments,
)
from supervision_core.identity.services.ordering import (
    OrderDepartments,
    SortDepartments,
    order_departments,
    sort_departments,
)
from supervision_core.identity.services.questions import DepartmentView, ListUsers, list_users
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.plain import from_plain

_ADMINISTRATORS: Final = Field(
    name="administrators", title="管理员账号", kind=Kind.LINES,
    hint="每行一个账号；可以是其他机构的用户",
)  # fmt: skip
_SORT: Final = Field(
    name="by", title="排序依据", kind=Kind.CHOICE, required=True,
    choices={"pinyin": "名称拼音", "strokes": "名称笔画"},
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
    accounts = [line.strip() for line in form.get("administrators", "").splitlines()]
    ids = _ids_of_accounts(call, found, [one for one in accounts if one])
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
    pages = every_page(lambda page: ask(call, list_users, ListUsers(text=account, page=page)))
    return (one.id for page in pages for one in page.items if one.draft.account.account == account)


def _every_child(call: Call, form: Form) -> tuple[DepartmentRow, ...]:
    parent = form["department_id"]
    pages = every_page(
        lambda page: ask(
            call, list_managed_departments, ListManagedDepartments(parent=parent, page=page)
        )
    )
    return tuple(one for page in pages for one in page.items)


def _place(one: DepartmentRow) -> Field:
    return Field(name=f"place.{one.id}", title=one.name, kind=Kind.NUMBER, required=True)


def _order_form(call: Call, form: Form) -> Shown:
    department_of(call, form)
    children = _every_child(call, form)
    places = {f"place.{one.id}": str(number) for number, one in enumerate(children, 1)}
    return _order_shown(call, {**places, **form})


def _order_shown(call: Call, form: Form) -> Shown:
    back, fields = here(form), tuple(map(_place, _every_child(call, form)))
    shown = form_of("下级机构排序", fields, form, action=f"{back}/order", back=back)
    sorting = {
        "sort_fields": (_SORT,),
        "sort_action": f"{back}/sort",
        "sort_permission": sort_departments.permission,
    }
    return evolve(shown, template="order.html", values={**shown.values, **sorting})


def _order(call: Call, form: Form) -> Shown:
    children = _every_child(call, form)
    places = read(map(_place, children), form)
    ordered = sorted(children, key=lambda one: int(str(places[_place(one).name])))
    command = OrderDepartments(
        department_id=form["department_id"], departments=tuple(one.id for one in ordered)
    )
    carry_out(call, order_departments, command, changes=None)
    return gone_on(here(form), "ordered")


def _sort(call: Call, form: Form) -> Shown:
    asked = {"department_id": form["department_id"], **read((_SORT,), form)}
    carry_out(call, sort_departments, from_plain(SortDepartments, asked), changes=None)
    return gone_on(here(form), "ordered")


DEPARTMENT_UPKEEP_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=f"{ONE}/administrators", name="page_administrators",
         access=appoint_administrators.permission, run=_administrators_form, critical=True),
    Page(method="POST", path=f"{ONE}/administrators", name="page_appoint",
         access=appoint_administrators.permission, run=_appoint, again=_administrators_again,
         critical=True),
    Page(method="GET", path=f"{ONE}/order", name="page_departments_ordering",
         access=order_departments.permission, run=_order_form),
    Page(method="POST", path=f"{ONE}/order", name="page_departments_order",
         access=order_departments.permission, run=_order, again=_order_shown),
    Page(method="POST", path=f"{ONE}/sort", name="page_departments_sort",
         access=sort_departments.permission, run=_sort, again=_order_form),
)  # fmt: skip
"""Appoint, order, sort."""
