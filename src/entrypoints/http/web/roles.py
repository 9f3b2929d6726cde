"""The pages on roles (角色) and groups (群组): list, add, view with their holders, change."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from entrypoints.http.routes import Call
from entrypoints.http.web.directory import DirectoryPages
from entrypoints.http.web.pages import Form, Page, Shown, ask, carry_out, gone_on, page_of_list
from entrypoints.http.web.reading import Field, Kind, asks_to_disable, disabling, form_of, read
from entrypoints.http.web.users import own_departments
from supervision_core.identity.lists import GROUPS, ROLES, RoleRow
from supervision_core.identity.services import Question, UseCase
from supervision_core.identity.services.granting import (
    AddRole,
    ChangeRole,
    add_group,
    add_role,
    change_group,
    change_role,
)
from supervision_core.identity.services.listing import (
    HolderView,
    ListGroupHolders,
    ListRoleHolders,
    list_group_holders,
    list_role_holders,
    view_grants,
)
from supervision_core.identity.services.lists import ListCases, cases_of
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.paging import Page as Rows
from supervision_core.kernel.paging import PageRequest, every_page
from supervision_core.kernel.registers.elements import NO_ELEMENTS, ElementSet
from supervision_core.kernel.verbs import Allowed

_NAME: Final = Field(name="name", title="名称", required=True, most=100)
_DEPARTMENT: Final = Field(
    name="department", title="维护机构编码", most=64, hint="由该机构的管理员维护；全区通用的不填"
)
_DISABLED: Final = "停用后，持有者不再有其中的权限。"
_ENABLED: Final = Field(name="enabled", title="启用", kind=Kind.FLAG)
Holders = Callable[[Call, str, PageRequest], Rows[HolderView]]


class RolePages(DirectoryPages):
    """The list of roles, or of groups."""

    def _actions(
        self, call: Call, row: Any, waiting: Iterable[Allowed]
    ) -> Iterable[Mapping[str, Any]]:
        yield from super()._actions(call, row, waiting)
        if call.who.may(view_grants.permission):
            yield {"path": f"{self.base}/{row.id}/grants", "title": "权限", "drawer": True,
                   "about": row.name}  # fmt: skip

    def _adding(self, call: Call) -> Iterable[Mapping[str, Any]]:
        if call.who.may(f"identity.add_{self.query.noun}"):
            yield {"path": f"{self.base}/add", "title": f"新增{self.query.title}",
                   "icon": "ti-plus", "kind": "main", "drawer": True}  # fmt: skip

    def row(
        self, call: Call, row: Any, names: Mapping[str, Any], elements: ElementSet = NO_ELEMENTS
    ) -> Mapping[str, Any]:
        """Give a row: whoever sees the list opens one; what nobody maintains is everybody's."""
        shown = super().row(call, row, names, elements)
        _, home, *rest = shown["cells"]
        named = {"text": row.name, "path": f"{self.base}/{row.id}"}
        return {**shown, "cells": [named, home or "全区通用", *rest]}


@frozen(kw_only=True)
class _Roles:
    """The pages on one role, or one group, which are kept alike."""

    query: ListQuery[RoleRow]
    added: UseCase[AddRole, str]
    changed: UseCase[ChangeRole, str]
    held: Question[Any, Rows[HolderView]]
    holders: Holders

    @property
    def kind(self) -> str:
        """The noun of what is kept."""
        return self.query.noun

    @property
    def title(self) -> str:
        """What it is called."""
        return self.query.title

    @property
    def base(self) -> str:
        """The address of the list."""
        return RolePages(self.query).base

    @property
    def cases(self) -> ListCases:
        """The questions of the list."""
        return cases_of(self.query)

    def _id(self, form: Form) -> str:
        return form[f"{self.kind}_id"]

    def _here(self, form: Form) -> str:
        return f"{self.base}/{self._id(form)}"

    def _words(self) -> dict[str, Any]:
        return {"title": self.title, "base": self.base, "kind": self.kind}

    def _one(self, call: Call, form: Form) -> RoleRow:
        """Give the one that a page is about. Raises ``NotFound`` for what is not within reach."""
        cases = self.cases
        pages = every_page(lambda page: ask(call, cases.list, cases.asking(page=page)))
        wanted = self._id(form)
        rows: Iterator[RoleRow] = (row for page in pages for row in page.items)
        found = next((row for row in rows if row.id == wanted), None)
        if found is None:
            raise NotFound(self.kind, wanted)
        return found

    def show(self, call: Call, form: Form) -> Shown:
        """Show one with who holds it."""
        found = self._one(call, form)
        own = own_departments(call, ids=[found.department])
        managed = not found.department or found.department in own.departments
        shows = managed and call.who.may(self.held.permission)
        holders = self.holders(call, found.id, page_of_list(form)) if shows else None
        values = {**self._words(), "found": found, "own": own, "holders": holders}
        return Shown(template="role.html", values={**values, "managed": managed})

    def add_form(self, _call: Call, form: Form) -> Shown:
        """Ask what shall be added."""
        action = f"{self.base}/add"
        return form_of(
            f"新增{self.title}", (_NAME, _DEPARTMENT), form, action=action, back=self.base
        )

    def add(self, call: Call, form: Form) -> Shown:
        """Add it."""
        filled_in: Mapping[str, object] = read((_NAME, _DEPARTMENT), form)
        code = str(filled_in["department"])
        department = own_departments(call, codes=[code]).id(code) or code
        command = AddRole(name=str(filled_in["name"]), department=department)
        made = carry_out(call, self.added, command, changes=None)
        return gone_on(f"{self.base}/{made}", "added")

    def change_form(self, call: Call, form: Form) -> Shown:
        """Show it to be changed."""
        found = self._one(call, form)
        values = {
            "name": found.name,
            "enabled": "yes" if found.enabled else "no",
            "version": str(found.version),
        }
        return self._change_again(call, {**form, **values})

    def _change_again(self, _call: Call, form: Form) -> Shown:
        here = self._here(form)
        return form_of(
            f"修改{self.title}", (_NAME, _ENABLED), form, action=f"{here}/change", back=here
        )

    def change(self, call: Call, form: Form) -> Shown:
        """Change it; one that would be disabled is asked about first."""
        filled_in = read((_NAME, _ENABLED), form)
        if asks_to_disable(form) and (found := self._one(call, form)).enabled:
            here = self._here(form)
            kept = (_NAME.name, _ENABLED.name)
            return disabling(
                f"停用{self.title}", found.name, _DISABLED, form, kept,
                action=f"{here}/change", back=here,
            )  # fmt: skip
        command = ChangeRole(
            id=self._id(form),
            name=str(filled_in["name"]),
            enabled=filled_in["enabled"] is True,
        )
        carry_out(call, self.changed, command, changes=(self.kind, self._id(form)))
        return gone_on(self._here(form), "changed")

    def pages(self) -> tuple[Page, ...]:
        """Give them."""
        one, name = f"{self.base}/{{{self.kind}_id}}", f"page_{self.kind}"
        return (
            Page(method="GET", path=f"{self.base}/add", name=f"{name}_adding",
                 access=self.added.permission, run=self.add_form),
            Page(method="POST", path=f"{self.base}/add", name=f"{name}_add",
                 access=self.added.permission, run=self.add, again=self.add_form),
            Page(method="GET", path=one, name=name, access=self.cases.list.permission,
                 run=self.show),
            Page(method="GET", path=f"{one}/change", name=f"{name}_changing",
                 access=self.changed.permission, run=self.change_form),
            Page(method="POST", path=f"{one}/change", name=f"{name}_change",
                 access=self.changed.permission, run=self.change, again=self._change_again),
        )  # fmt: skip


def _role_holders(call: Call, role: str, page: PageRequest) -> Rows[HolderView]:
    return ask(call, list_role_holders, ListRoleHolders(role_id=role, page=page))


def _group_holders(call: Call, group: str, page: PageRequest) -> Rows[HolderView]:
    return ask(call, list_group_holders, ListGroupHolders(group_id=group, page=page))


ROLE_PAGES: tuple[Page, ...] = (
    *_Roles(
        query=ROLES,
        added=add_role,
        changed=change_role,
        held=list_role_holders,
        holders=_role_holders,
    ).pages(),
    *_Roles(
        query=GROUPS,
        added=add_group,
        changed=change_group,
        held=list_group_holders,
        holders=_group_holders,
    ).pages(),
)
"""Add, view with the holders, change."""
