"""The pages on grants (授权): what a user, role, group or department was given, more, and less."""

from collections.abc import Callable
from typing import Final

from attrs import frozen

from entrypoints.http.routes import Call
from entrypoints.http.web.departments import DEPARTMENTS
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.http.web.reading import Field, Kind, read
from entrypoints.http.web.user_access import titles_of
from entrypoints.http.web.users import USERS
from supervision_core.identity.model import HolderKind
from supervision_core.identity.services.granting import (
    GrantPermission,
    RevokePermission,
    grant,
    revoke,
)
from supervision_core.identity.services.listing import (
    ListGrantable,
    ViewGrants,
    list_grantable,
    view_grants,
)

ROLES: Final = f"{HOME}/roles"
GROUPS: Final = f"{HOME}/groups"
_PERMISSION: Final = Field(
    name="permission",
    title="权限",
    kind=Kind.CHOICE,
    required=True,
    hint="只列出您持有且可以再分配的权限",
)
_PASSABLE: Final = Field(name="passable", title="允许再次分配", kind=Kind.FLAG)


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
        values = {
            "sheet": sheet,
            "titles": titles,
            "fields": self._fields(call, holder),
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


GRANT_PAGES: tuple[Page, ...] = (
    *_Grants(HolderKind.USER, USERS, "user_id").pages(),
    *_Grants(HolderKind.ROLE, ROLES, "role_id").pages(),
    *_Grants(HolderKind.GROUP, GROUPS, "group_id").pages(),
    *_Grants(HolderKind.DEPARTMENT, DEPARTMENTS, "department_id").pages(),
)
"""What was granted to whom."""
