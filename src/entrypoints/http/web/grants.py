"""The pages on grants (授权): what a user, role, group or department was given, more, and less.

Of a user also the roles that he may give to others (可分配角色).
"""

from collections.abc import Callable, Iterable
from typing import Final

from attrs import astuple, frozen

from entrypoints.http.routes import Call
from entrypoints.http.web.departments import DEPARTMENTS
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.http.web.reading import Field, Kind, read
from entrypoints.http.web.user_access import titles_of
from entrypoints.http.web.users import ONE, USERS
from supervision_core.identity.model import Delegation, HolderKind, sheet_id
from supervision_core.identity.services.granting import (
    DelegateRoles,
    GrantPermission,
    RevokePermission,
    delegate_roles,
    grant,
    revoke,
)
from supervision_core.identity.services.listing import (
    ListDelegableRoles,
    ListGrantable,
    ViewGrants,
    list_delegable_roles,
    list_grantable,
    view_grants,
)

ROLES: Final = f"{HOME}/identity/roles"
GROUPS: Final = f"{HOME}/identity/groups"
_PERMISSION: Final = Field(
    name="permission",
    title="权限",
    kind=Kind.CHOICE,
    required=True,
    hint="只列出您持有且可以再分配的权限",
)
_PASSABLE: Final = Field(name="passable", title="允许再次分配", kind=Kind.FLAG)
_OWN: Final = "-"
"""What the form sends for an empty role: what the department itself was granted."""
_ROLE: Final = Field(
    name="role", title="角色", required=True, place="delegations", hint="只列出您可以转授的角色"
)
_DEPARTMENT: Final = Field(
    name="department",
    title="机构",
    required=True,
    hint="该用户任职或管理、又由您管理的机构；在其下级机构同样有效",
)


@frozen
class _Grants:
    """The pages on the grants of one kind of holder, who is named by ``parameter`` in paths."""

    kind: HolderKind
    base: str
    parameter: str

    def _here(self, form: Form) -> str:
        return f"{self.base}/{form[self.parameter]}"

    def show(self, call: Call, form: Form) -> Shown:
        """Show what was granted, and offer what can be."""
        holder = form[self.parameter]
        sheet = ask(call, view_grants, ViewGrants(holder=self.kind, holder_id=holder))
        titles = titles_of(call)
        granting, delegating = self._fields(call, holder), self.delegation(call, holder)
        values = {
            "sheet": sheet,
            "titles": titles,
            "granting": granting,
            "delegable": self.kind is HolderKind.USER,
            "delegating": delegating,
            "fields": (*granting, *delegating),
            "values": form,
            "here": self._here(form),
        }
        return Shown(template="grants.html", values=values)

    def _fields(self, call: Call, holder: str) -> tuple[Field, ...]:
        if not all(map(call.who.may, (grant.permission, list_grantable.permission))):
            return ()
        found = ask(call, list_grantable, ListGrantable(holder=self.kind, holder_id=holder))
        choices = {one: f"{found.titles[one]}（{one}）" for one in found.items}
        return (_PERMISSION.choosing(choices), _PASSABLE) if choices else ()

    def delegation(self, call: Call, holder: str) -> tuple[Field, ...]:
        """Give the fields by which a user is delegated a role; none where nothing can be."""
        asks = (delegate_roles.permission, list_delegable_roles.permission)
        if self.kind is not HolderKind.USER or not all(map(call.who.may, asks)):
            return ()
        found = ask(call, list_delegable_roles, ListDelegableRoles(user_id=holder))
        roles = {one.id: one.name for one in found.roles}
        if found.own:
            roles[_OWN] = "机构自身的授权"
        places = {one.id: one.name for one in found.departments}
        return (_ROLE.choosing(roles), _DEPARTMENT.choosing(places)) if roles and places else ()

    def give(self, call: Call, form: Form) -> Shown:
        """Grant a permission."""
        holder = form[self.parameter]
        filled_in = read(self._fields(call, holder), form)
        command = GrantPermission(
            holder=self.kind,
            holder_id=holder,
            permission=str(filled_in.get("permission", "")),
            passable=filled_in.get("passable") is True,
        )
        carry_out(call, grant, command, changes=None)
        return gone_on(f"{self._here(form)}/grants", "granted")

    def withdraw(self, call: Call, form: Form) -> Shown:
        """Withdraw one."""
        command = RevokePermission(
            holder=self.kind,
            holder_id=form[self.parameter],
            permission=form.get("permission", ""),
        )
        carry_out(call, revoke, command, changes=None)
        return gone_on(f"{self._here(form)}/grants", "revoked")

    def pages(self) -> tuple[Page, ...]:
        """Give them."""
        path = f"{self.base}/{{{self.parameter}}}/grants"
        name = f"page_{self.kind.value}"

        def page(
            method: str, end: str, told: str, access: str, run: Callable[[Call, Form], Shown]
        ) -> Page:
            return Page(
                method=method,
                path=f"{path}{end}",
                name=f"{name}_{told}",
                access=access,
                run=run,
                again=None if method == "GET" else self.show,
                critical=told == "grant",
            )

        return (
            page("GET", "", "grants", view_grants.permission, self.show),
            page("POST", "", "grant", grant.permission, self.give),
            page("POST", "/revoke", "revoke", revoke.permission, self.withdraw),
        )


_OF_USERS: Final = _Grants(HolderKind.USER, USERS, "user_id")


def _delegations(call: Call, user: str) -> set[Delegation]:
    sheet = ask(call, view_grants, ViewGrants(holder=HolderKind.USER, holder_id=user))
    return {Delegation(role=one.role, department=one.department) for one in sheet.delegations}


def _named(form: Form) -> Delegation:
    role = form.get("role", "")
    return Delegation(role="" if role == _OWN else role, department=form.get("department", ""))


def _delegate(call: Call, user: str, wanted: Iterable[Delegation]) -> Shown:
    command = DelegateRoles(user_id=user, delegations=tuple(sorted(wanted, key=astuple)))
    changes = ("grant_sheet", sheet_id(HolderKind.USER, user))
    carry_out(call, delegate_roles, command, changes=changes)
    return gone_on(f"{USERS}/{user}/grants", "delegated")


def _add_delegation(call: Call, form: Form) -> Shown:
    user = form["user_id"]
    read(_OF_USERS.delegation(call, user), form)
    return _delegate(call, user, _delegations(call, user) | {_named(form)})


def _remove_delegation(call: Call, form: Form) -> Shown:
    user = form["user_id"]
    return _delegate(call, user, _delegations(call, user) - {_named(form)})


GRANT_PAGES: tuple[Page, ...] = (
    *_OF_USERS.pages(),
    Page(method="POST", path=f"{ONE}/delegations", name="page_delegation_add",
         access=delegate_roles.permission, run=_add_delegation, again=_OF_USERS.show,
         critical=True),
    Page(method="POST", path=f"{ONE}/delegations/remove", name="page_delegation_remove",
         access=delegate_roles.permission, run=_remove_delegation, again=_OF_USERS.show,
         critical=True),
    *_Grants(HolderKind.ROLE, ROLES, "role_id").pages(),
    *_Grants(HolderKind.GROUP, GROUPS, "group_id").pages(),
    *_Grants(HolderKind.DEPARTMENT, DEPARTMENTS, "department_id").pages(),
)  # fmt: skip
"""What was granted to whom."""
