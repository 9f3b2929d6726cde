"""The pages on the order of a department's users, and of the departments below it (排序).

Source: proposal 6.4.1.4.1.7, 6.4.1.4.2.7.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from attrs import evolve, frozen

from entrypoints.http.routes import Call
from entrypoints.http.web.departments import ONE, department_of, here
from entrypoints.http.web.pages import Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.http.web.reading import Field, Kind, form_of, read
from supervision_core.identity.services import UseCase
from supervision_core.identity.services.listing import (
    ListManagedDepartments,
    ListMembers,
    list_managed_departments,
    list_members,
)
from supervision_core.identity.services.ordering import (
    OrderDepartments,
    OrderUsers,
    SortDepartments,
    SortUsers,
    order_departments,
    order_users,
    sort_departments,
    sort_users,
)
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.plain import from_plain

_DEPARTMENTS_BY: Final = Field(
    name="by", title="排序依据", kind=Kind.CHOICE, required=True,
    choices={"pinyin": "名称拼音", "strokes": "名称笔画"},
)  # fmt: skip
_USERS_BY: Final = Field(
    name="by", title="排序依据", kind=Kind.CHOICE, required=True,
    choices={"pinyin": "姓名拼音", "strokes": "姓名笔画", "post": "职务高低"},
)  # fmt: skip
_POSTS: Final = Field(
    name="posts", title="职务，从高到低", kind=Kind.LINES,
    hint="按职务排序时填写，每行一个；未列出的排在最后",
)  # fmt: skip


def _children(call: Call, form: Form) -> Iterator[tuple[str, str]]:
    parent = form["department_id"]
    pages = every_page(
        lambda page: ask(
            call, list_managed_departments, ListManagedDepartments(parent=parent, page=page)
        )
    )
    return ((one.id, one.name) for page in pages for one in page.items)


def _members(call: Call, form: Form) -> Iterator[tuple[str, str]]:
    department = form["department_id"]
    pages = every_page(
        lambda page: ask(call, list_members, ListMembers(department_id=department, page=page)),
        order="place",
    )
    return (
        (one.id, f"{one.draft.person.name}（{one.draft.account.account}）")
        for page in pages
        for one in page.items
    )


@frozen(kw_only=True)
class _Order:
    """The pages on one order: by hand, and sorted.

    ``end`` is where its list lies below the department; ``listed`` gives ids and titles as they
    stand; ``given`` is the field of ``ordering`` that takes the ids as they shall stand.
    """

    title: str
    name: str
    end: str
    listed: Callable[[Call, Form], Iterator[tuple[str, str]]]
    ordered: UseCase[Any, Any]
    ordering: type[Any]
    given: str
    sorted_: UseCase[Any, Any]
    sorting: type[Any]
    sort_fields: tuple[Field, ...]

    def _here(self, form: Form) -> str:
        return f"{here(form)}{self.end}"

    def _places(self, call: Call, form: Form) -> Mapping[str, Field]:
        return {
            one: Field(name=f"place.{one}", title=title, kind=Kind.NUMBER, required=True)
            for one, title in self.listed(call, form)
        }

    def show(self, call: Call, form: Form) -> Shown:
        """Show the order as it stands."""
        department_of(call, form)
        places = self._places(call, form).values()
        standing = {one.name: str(number) for number, one in enumerate(places, 1)}
        return self._shown(form, places, {**standing, **form})

    def again(self, call: Call, form: Form) -> Shown:
        """Show what was filled in."""
        return self._shown(form, self._places(call, form).values(), form)

    def _shown(self, form: Form, places: Any, values: Form) -> Shown:
        back = self._here(form)
        shown = form_of(self.title, places, values, action=f"{back}/order", back=back)
        sorting = {
            "sort_fields": self.sort_fields,
            "sort_action": f"{back}/sort",
            "sort_permission": self.sorted_.permission,
        }
        return evolve(shown, template="order.html", values={**shown.values, **sorting})

    def order(self, call: Call, form: Form) -> Shown:
        """Put them in the order that was filled in; equals as they stood."""
        places = self._places(call, form)
        filled_in = read(places.values(), form)
        ids = sorted(places, key=lambda one: int(str(filled_in[places[one].name])))
        return self._carried_out(call, form, self.ordered, self.ordering, {self.given: ids})

    def sort(self, call: Call, form: Form) -> Shown:
        """Sort them."""
        asked = read(self.sort_fields, form)
        return self._carried_out(call, form, self.sorted_, self.sorting, asked)

    def _carried_out(
        self, call: Call, form: Form, case: UseCase[Any, Any], kind: type[Any], asked: Any
    ) -> Shown:
        command = from_plain(kind, {"department_id": form["department_id"], **asked})
        carry_out(call, case, command, changes=None)
        return gone_on(self._here(form), "ordered")

    def pages(self) -> tuple[Page, ...]:
        """Give them."""
        path, name = f"{ONE}{self.end}", f"page_{self.name}"
        return (
            Page(method="GET", path=f"{path}/order", name=f"{name}_ordering",
                 access=self.ordered.permission, run=self.show),
            Page(method="POST", path=f"{path}/order", name=f"{name}_order",
                 access=self.ordered.permission, run=self.order, again=self.again),
            Page(method="POST", path=f"{path}/sort", name=f"{name}_sort",
                 access=self.sorted_.permission, run=self.sort, again=self.show),
        )  # fmt: skip


ORDER_PAGES: tuple[Page, ...] = (
    *_Order(
        title="下级机构排序",
        name="departments",
        end="",
        listed=_children,
        ordered=order_departments,
        ordering=OrderDepartments,
        given="departments",
        sorted_=sort_departments,
        sorting=SortDepartments,
        sort_fields=(_DEPARTMENTS_BY,),
    ).pages(),
    *_Order(
        title="机构用户排序",
        name="members",
        end="/members",
        listed=_members,
        ordered=order_users,
        ordering=OrderUsers,
        given="users",
        sorted_=sort_users,
        sorting=SortUsers,
        sort_fields=(_USERS_BY, _POSTS),
    ).pages(),
)
"""Of departments and of users."""
