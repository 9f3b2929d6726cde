"""The pages on departments (组织机构): their tree and members.

Source: proposal 6.4.1.4.2.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import evolve

from entrypoints.http.routes import Call
from entrypoints.http.web.directory import DirectoryPages
from entrypoints.http.web.pages import (
    HOME,
    Form,
    Page,
    Shown,
    ask,
    carry_out,
    gone_on,
    page_of_list,
)
from entrypoints.http.web.reading import (
    Field,
    Kind,
    asks_to_disable,
    deletion,
    disabling,
    filled,
    form_of,
    read,
)
from entrypoints.http.web.regions import region_titles
from entrypoints.http.web.users import USE_STATES, tree_of
from entrypoints.uses import uses_in_words
from supervision_core.identity.lists import DEPARTMENTS as DEPARTMENT_LIST
from supervision_core.identity.lists import DepartmentRow
from supervision_core.identity.model import DepartmentData, DepartmentInvalid, use_state
from supervision_core.identity.services.departments import (
    AddDepartment,
    ChangeDepartment,
    DeleteDepartment,
    add_department,
    change_department,
    delete_department,
)
from supervision_core.identity.services.directory_intake import import_departments
from supervision_core.identity.services.listing import (
    ListManagedDepartments,
    ListMembers,
    list_managed_departments,
    list_members,
)
from supervision_core.identity.services.lists import cases_of
from supervision_core.identity.services.questions import (
    DepartmentView,
    ViewDepartment,
    view_department,
)
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.paging import Page as Rows
from supervision_core.kernel.paging import PageRequest, every_page
from supervision_core.kernel.plain import from_plain

_CASES: Final = cases_of(DEPARTMENT_LIST)
DEPARTMENTS: Final = f"{HOME}/{DEPARTMENT_LIST.context}/{DEPARTMENT_LIST.plural}"
ONE: Final = f"{DEPARTMENTS}/{{department_id}}"
_FIELDS: Final = (
    Field(name="name", title="机构名称", required=True, most=200),
    Field(name="short_name", title="部门简称", most=40),
    Field(name="code", title="机构编码", required=True, most=64),
    Field(name="region", title="所属区划", required=True),
    Field(name="parent", title="上级机构编码", most=64, hint="最上级机构不填"),
    Field(name="established_on", title="成立日期", kind=Kind.DAY),
    Field(name="licence", title="证照的统一社会信用代码", most=18),
    Field(name="agreed_from", title="协议生效日期", kind=Kind.DAY),
    Field(name="agreed_to", title="协议失效日期", kind=Kind.DAY),
    Field(name="inherits", title="继承上级权限", kind=Kind.FLAG),
    Field(name="coordinates", title="统筹本级各部门", kind=Kind.FLAG),
    Field(name="order", title="排序号", kind=Kind.NUMBER),
)
_DISABLED: Final = "停用后，其成员不能再以该机构的身份办理业务。"
_DELETED: Final = (
    "删除后不能恢复，不再出现在列表中，其授权和管理员任命随之失效；已有记录中的引用仍然保留。"
)
_ENABLED: Final = Field(name="enabled", title="启用", kind=Kind.FLAG)


def here(form: Form) -> str:
    """Give the address of the department that a page is about."""
    return f"{DEPARTMENTS}/{form['department_id']}"


def department_of(call: Call, form: Form) -> DepartmentView:
    """Give the department that a page is about."""
    return ask(call, view_department, ViewDepartment(department_id=form["department_id"]))


class DepartmentPages(DirectoryPages):
    """The list of departments, beside the tree of those that one administers."""

    def _tree(self, call: Call, form: Form) -> Mapping[str, Any] | None:
        return tree_of(call, form, "parent")

    def _adding(self, call: Call) -> Iterable[Mapping[str, Any]]:
        may = call.who.may
        if may(add_department.permission):
            yield {"path": f"{self.base}/add", "title": "新增组织机构", "icon": "ti-plus",
                   "kind": "main", "drawer": True}  # fmt: skip
        if may(import_departments.permission):
            yield {"path": f"{self.base}/import", "title": "导入", "icon": "ti-upload"}


def _children(call: Call, found: DepartmentView, page: PageRequest) -> Rows[DepartmentRow]:
    """Give departments right below: all to who administers it, else those within reach."""
    if found.managed and call.who.may(list_managed_departments.permission):
        about = ListManagedDepartments(parent=found.id, page=page)
        return ask(call, list_managed_departments, about)
    if call.who.may(_CASES.list.permission):
        listed = ask(call, _CASES.list, _CASES.asking(parent=found.id, page=page))
        return Rows(listed.items, listed.next_cursor)
    return Rows(())


def _view(call: Call, form: Form) -> Shown:
    found = department_of(call, form)
    values = {
        "found": found,
        "children": _children(call, found, page_of_list(form)),
        "titles": region_titles(call),
        "used": USE_STATES[
            use_state(
                enabled=found.enabled,
                day=local_day(call.platform.clock.now()),
                since=found.data.agreed_from,
                until=found.data.agreed_to,
            )
        ],
    }
    return Shown(template="department.html", values=values)


def _members(call: Call, form: Form) -> Shown:
    page = evolve(page_of_list(form), order="place")
    text = form.get("text", "")
    asked = ListMembers(department_id=form["department_id"], text=text, page=page)
    members = ask(call, list_members, asked)
    values = {"found": department_of(call, form), "members": members, "text": text}
    return Shown(template="members.html", values=values)


def _fields(call: Call, *, moves: bool = True) -> tuple[Field, ...]:
    regions = region_titles(call)
    shown = (one.choosing(regions) if one.name == "region" else one for one in _FIELDS)
    return tuple(one for one in shown if moves or one.name != "parent")


def _data(call: Call, filled_in: Mapping[str, object], parent: str = "") -> DepartmentData:
    """Make a department's data of what was filled in, where it stands below another by code.

    ``parent`` is where it stays if the form does not ask. Raises ``DepartmentInvalid``.
    """
    code = str(filled_in.get("parent", ""))
    given = {name: one for name, one in filled_in.items() if one is not None}
    return from_plain(
        DepartmentData, {**given, "parent": _id_of_code(call, code) if code else parent}
    )


def _id_of_code(call: Call, code: str) -> str:
    pages = every_page(lambda page: ask(call, _CASES.list, _CASES.asking(text=code, page=page)))
    found: Iterator[str] = (one.id for page in pages for one in page.items if one.code == code)
    if (known := next(found, None)) is None:
        raise DepartmentInvalid((Violation("identity.department_parent_unknown", "parent"),))
    return known


def _add_form(call: Call, form: Form) -> Shown:
    back = DEPARTMENTS
    return form_of("新增组织机构", _fields(call), form, action=f"{DEPARTMENTS}/add", back=back)


def _add(call: Call, form: Form) -> Shown:
    command = AddDepartment(data=_data(call, read(_fields(call), form)))
    made = carry_out(call, add_department, command, changes=None)
    return gone_on(f"{DEPARTMENTS}/{made}", "added")


def _moves(found: DepartmentView) -> bool:
    """Tell whether the form can say where it stands: what is above must be within reach."""
    parent = found.data.parent
    return not parent or (bool(found.above) and found.above[-1].id == parent)


def _change_form(call: Call, form: Form) -> Shown:
    found = department_of(call, form)
    values = {
        **filled(_FIELDS, found.data),
        "enabled": "yes" if found.enabled else "no",
        "version": str(found.version),
    }
    if found.data.parent and _moves(found):
        about = ViewDepartment(department_id=found.data.parent)
        values["parent"] = ask(call, view_department, about).data.code
    return _change_again(call, {**form, **values})


def _change_again(call: Call, form: Form) -> Shown:
    fields = (*_fields(call, moves=_moves(department_of(call, form))), _ENABLED)
    back = here(form)
    return form_of("修改组织机构", fields, form, action=f"{back}/change", back=back)


def _change(call: Call, form: Form) -> Shown:
    """Change it; one that would be disabled is asked about first."""
    found = department_of(call, form)
    moves = _moves(found)
    fields = _fields(call, moves=moves)
    said = _data(call, read(fields, form), parent="" if moves else found.data.parent)
    data = evolve(said, line=found.data.line)
    if found.enabled and asks_to_disable(form):
        kept, back = (one.name for one in (*fields, _ENABLED)), here(form)
        return disabling(
            "停用组织机构",
            found.data.name,
            _DISABLED,
            form,
            kept,
            action=f"{back}/change",
            back=back,
        )
    enabled = read((_ENABLED,), form)["enabled"] is True
    command = ChangeDepartment(department_id=found.id, data=data, enabled=enabled)
    carry_out(call, change_department, command, changes=("department", found.id))
    return gone_on(here(form), "changed")


def _delete_form(call: Call, form: Form) -> Shown:
    found, back = department_of(call, form), here(form)
    follows = _DELETED + uses_in_words(call.platform, call.who, "department", found.id)
    return deletion(
        "删除组织机构", found.data.name, follows, found.version,
        action=f"{back}/delete", back=back,
    )  # fmt: skip


def _delete(call: Call, form: Form) -> Shown:
    department = form["department_id"]
    command = DeleteDepartment(department_id=department)
    carry_out(call, delete_department, command, changes=("department", department))
    return gone_on(DEPARTMENTS, "deleted")


DEPARTMENT_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=f"{DEPARTMENTS}/add", name="page_department_adding",
         access=add_department.permission, run=_add_form),
    Page(method="POST", path=f"{DEPARTMENTS}/add", name="page_department_add",
         access=add_department.permission, run=_add, again=_add_form),
    Page(method="GET", path=ONE, name="page_department", access=view_department.permission,
         run=_view),
    Page(method="GET", path=f"{ONE}/members", name="page_members",
         access=list_members.permission, run=_members),
    Page(method="GET", path=f"{ONE}/change", name="page_department_changing",
         access=change_department.permission, run=_change_form),
    Page(method="POST", path=f"{ONE}/change", name="page_department_change",
         access=change_department.permission, run=_change, again=_change_again),
    Page(method="GET", path=f"{ONE}/delete", name="page_department_deleting",
         access=delete_department.permission, run=_delete_form),
    Page(method="POST", path=f"{ONE}/delete", name="page_department_delete",
         access=delete_department.permission, run=_delete, again=_delete_form),
)  # fmt: skip
"""Browse, search, view, add, change, delete."""
