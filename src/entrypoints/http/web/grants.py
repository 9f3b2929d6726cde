"""The pages on grants (授权): what a user, role, group or department was given, more, and less.

Of a user also the roles that he may give to others (可分配角色).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from attrs import astuple, frozen

from entrypoints.catalogue import context_title
from entrypoints.http.errors import FormInvalid
from entrypoints.http.routes import Call
from entrypoints.http.web.departments import DEPARTMENTS
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.http.web.reading import Field, Kind, read
from entrypoints.http.web.user_access import titles_of
from entrypoints.http.web.users import ONE, USERS, account_of
from supervision_core.identity.model import Delegation, HolderKind, sheet_id
from supervision_core.identity.services.granting import (
    ChangeGrants,
    DelegateRoles,
    RevokePermission,
    change_grants,
    delegate_roles,
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
from supervision_core.kernel.errors import Violation, refuse_if

ROLES: Final = f"{HOME}/identity/roles"
GROUPS: Final = f"{HOME}/identity/groups"
_PASSABLE: Final = Field(name="passable", title="新授予的权限允许再次分配", kind=Kind.FLAG)
_TICK: Final = "permission."
_TICKS: Final = "ticks"
"""What the form holds beside its ticks: without any, they were all cleared."""
_TITLES: Final = {
    HolderKind.USER: "直接授权和可分配角色", HolderKind.ROLE: "包含的权限",
    HolderKind.GROUP: "包含的权限", HolderKind.DEPARTMENT: "机构授权",
}  # fmt: skip
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
class _Branch:
    """The permissions of a context that may be given, with what each is called."""

    name: str
    title: str
    permissions: Mapping[str, str]


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
        delegating = self.delegation(call, holder)
        held = {one.permission for one in sheet.grants}
        values = {
            "title": _TITLES[self.kind],
            "sheet": sheet,
            "titles": titles_of(call),
            "called": {one.by: account_of(call, one.by) for one in sheet.grants},
            "branches": self._branches(call, holder),
            "ticked": _ticked(form) if _TICKS in form else held,
            "passable": _PASSABLE,
            "delegable": self.kind is HolderKind.USER,
            "delegating": delegating,
            "fields": (_PASSABLE, *delegating),
            "values": form,
            "here": self._here(form),
        }
        return Shown(template="grants.html", values=values)

    def _branches(self, call: Call, holder: str) -> Sequence[_Branch]:
        """Give the tree of what the reader may give to a holder; he may take it away as well."""
        if not all(map(call.who.may, (change_grants.permission, list_grantable.permission))):
            return ()
        found = ask(call, list_grantable, ListGrantable(holder=self.kind, holder_id=holder))
        names = sorted(found.items)
        return [
            _Branch(context, context_title(context), {one: found.titles[one] for one in those})
            for context, those in groupby(names, lambda one: one.partition(".")[0])
        ]

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
        """Give what is ticked, and take what is ticked no more."""
        holder, ticked = form[self.parameter], _ticked(form)
        sheet = ask(call, view_grants, ViewGrants(holder=self.kind, holder_id=holder))
        held = {one.permission for one in sheet.grants}
        offered = {one for branch in self._branches(call, holder) for one in branch.permissions}
        refuse_if(FormInvalid, [
            Violation("http.unknown_choice", one, {"choices": "本页所列的权限"})
            for one in sorted(ticked - offered)
        ])  # fmt: skip
        command = ChangeGrants(
            holder=self.kind,
            holder_id=holder,
            granted=frozenset(ticked - held),
            revoked=frozenset(held & offered - ticked),
            passable=read((_PASSABLE,), form)["passable"] is True,
        )
        changes = ("grant_sheet", sheet_id(self.kind, holder))
        carry_out(call, change_grants, command, changes=changes)
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
            page("POST", "", "grant", change_grants.permission, self.give),
            page("POST", "/revoke", "revoke", revoke.permission, self.withdraw),
        )


def _ticked(form: Form) -> set[str]:
    return {one.removeprefix(_TICK) for one in form if one.startswith(_TICK)}


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
