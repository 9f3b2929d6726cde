"""The pages on the order of a department's users: by hand, pinyin, strokes or post (用户排序).

Source: proposal 6.4.1.4.1.7.
"""

from typing import Final

from attrs import evolve

from entrypoints.http.routes import Call
from entrypoints.http.web.departments import ONE, department_of, here
from entrypoints.http.web.pages import Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.http.web.reading import Field, Kind, form_of, read
from supervision_core.identity.services.listing import ListMembers, list_members
from supervision_core.identity.services.ordering import (
    OrderUsers,
    SortUsers,
    order_users,
    sort_users,
)
from supervision_core.identity.services.questions import UserView
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.plain import from_plain

_SORTING: Final = (
    Field(
        name="by", title="排序依据", kind=Kind.CHOICE, required=True,
        choices={"pinyin": "姓名拼音", "strokes": "姓名笔画", "post": "职务高低"},
    ),
    Field(
        name="posts", title="职务，从高到低", kind=Kind.LINES,
        hint="按职务排序时填写，每行一个；未列出的排在最后",
    ),
)  # fmt: skip


def _members(call: Call, form: Form) -> tuple[UserView, ...]:
    department = form["department_id"]
    pages = every_page(
        lambda page: ask(call, list_members, ListMembers(department_id=department, page=page)),
        order="place",
    )
    return tuple(one for page in pages for one in page.items)


def _place(one: UserView) -> Field:
    title = f"{one.draft.person.name}（{one.draft.account.account}）"
    return Field(name=f"place.{one.id}", title=title, kind=Kind.NUMBER, required=True)


def _order_form(call: Call, form: Form) -> Shown:
    department_of(call, form)
    members = _members(call, form)
    places = {f"place.{one.id}": str(number) for number, one in enumerate(members, 1)}
    return _order_shown(call, {**places, **form})


def _order_shown(call: Call, form: Form) -> Shown:
    back, fields = f"{here(form)}/members", tuple(map(_place, _members(call, form)))
    shown = form_of("机构用户排序", fields, form, action=f"{back}/order", back=back)
    sorting = {
        "sort_fields": _SORTING,
        "sort_action": f"{back}/sort",
        "sort_permission": sort_users.permission,
    }
    return evolve(shown, template="order.html", values={**shown.values, **sorting})


def _order(call: Call, form: Form) -> Shown:
    members = _members(call, form)
    places = read(map(_place, members), form)
    ordered = sorted(members, key=lambda one: int(str(places[_place(one).name])))
    command = OrderUsers(
        department_id=form["department_id"], users=tuple(one.id for one in ordered)
    )
    carry_out(call, order_users, command, changes=None)
    return gone_on(f"{here(form)}/members", "ordered")


def _sort(call: Call, form: Form) -> Shown:
    asked = {"department_id": form["department_id"], **read(_SORTING, form)}
    carry_out(call, sort_users, from_plain(SortUsers, asked), changes=None)
    return gone_on(f"{here(form)}/members", "ordered")


MEMBER_ORDER_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=f"{ONE}/members/order", name="page_members_ordering",
         access=order_users.permission, run=_order_form),
    Page(method="POST", path=f"{ONE}/members/order", name="page_members_order",
         access=order_users.permission, run=_order, again=_order_shown),
    Page(method="POST", path=f"{ONE}/members/sort", name="page_members_sort",
         access=sort_users.permission, run=_sort, again=_order_form),
)  # fmt: skip
"""By hand, and sorted."""
