"""The pages on what a user may do: password, sessions, roles and groups, and all it comes to."""

from collections.abc import Iterable, Mapping
from typing import Final

from entrypoints.http.api.identity import warned_of_reset
from entrypoints.http.routes import Call
from entrypoints.http.web.pages import Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.http.web.reading import YES
from entrypoints.http.web.users import ONE, USERS, user_of, view
from supervision_core.identity.model import HolderKind, sheet_id
from supervision_core.identity.services.granting import AssignRoles, assign_roles
from supervision_core.identity.services.listing import (
    ListAssignableRoles,
    ListPermissions,
    ViewAccess,
    ViewGrants,
    list_assignable_roles,
    list_permissions,
    view_access,
    view_grants,
)
from supervision_core.identity.services.login import revoke_sessions
from supervision_core.identity.services.login.binding import RevokeSessions
from supervision_core.identity.services.questions import Known

RESET: Final = "identity.reset_password"


def titles_of(call: Call) -> Mapping[str, str]:
    """Give what permissions are called; nothing to who may not list them."""
    if not call.who.may(list_permissions.permission):
        return {}
    return ask(call, list_permissions, ListPermissions()).titles


def _access(call: Call, form: Form) -> Shown:
    found = ask(call, view_access, ViewAccess(user_id=form["user_id"]))
    values = {"access": found, "titles": titles_of(call), "back": ONE.format(**form)}
    return Shown(template="user_access.html", values=values)


def _reset_form(call: Call, form: Form) -> Shown:
    values = {
        "found": user_of(call, form),
        "password": "",
        "warning": warned_of_reset(call),
        "here": ONE.format(**form),
    }
    return Shown(template="user_password.html", values=values)


def _reset(call: Call, form: Form) -> Shown:
    """Reset a password; it is shown on this page and nowhere else."""
    password = call.platform.log_ins.issue_password(form["user_id"], actor=call.who)
    shown = _reset_form(call, form)
    return Shown(template=shown.template, values={**shown.values, "password": password})


def _end_sessions(call: Call, form: Form) -> Shown:
    user = form["user_id"]
    carry_out(call, revoke_sessions, RevokeSessions(user_id=user), changes=None)
    return gone_on(f"{USERS}/{user}", "ended")


def _roles_form(call: Call, form: Form) -> Shown:
    user = form["user_id"]
    sheet = ask(call, view_grants, ViewGrants(holder=HolderKind.USER, holder_id=user))
    offered = ask(call, list_assignable_roles, ListAssignableRoles(user_id=user))
    values = {
        "found": user_of(call, form),
        "sheet": sheet,
        "roles": offered.roles,
        "groups": offered.groups,
        "here": ONE.format(**form),
    }
    return Shown(template="user_roles.html", values=values)


def _chosen(form: Form, kind: str, held: frozenset[str], shown: Iterable[Known]) -> frozenset[str]:
    """Give what is ticked, and what he holds that was not there to be ticked."""
    ids = {one.id for one in shown}
    ticked = {one for one in ids if form.get(f"{kind}.{one}") == YES}
    return frozenset(ticked | (held - ids))


def _assign(call: Call, form: Form) -> Shown:
    user = form["user_id"]
    sheet = ask(call, view_grants, ViewGrants(holder=HolderKind.USER, holder_id=user))
    offered = ask(call, list_assignable_roles, ListAssignableRoles(user_id=user))
    command = AssignRoles(
        holder=HolderKind.USER,
        holder_id=user,
        roles=_chosen(form, "role", sheet.roles, offered.roles),
        groups=_chosen(form, "group", sheet.groups, offered.groups),
    )
    changes = ("grant_sheet", sheet_id(HolderKind.USER, user))
    carry_out(call, assign_roles, command, changes=changes)
    return gone_on(f"{USERS}/{user}", "assigned")


USER_ACCESS_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=f"{ONE}/access", name="page_user_access",
         access=view_access.permission, run=_access),
    Page(method="GET", path=f"{ONE}/password", name="page_password_resetting", access=RESET,
         run=_reset_form, critical=True),
    Page(method="POST", path=f"{ONE}/password", name="page_password_reset", access=RESET,
         run=_reset, again=_reset_form, critical=True),
    Page(method="POST", path=f"{ONE}/sessions", name="page_sessions_end",
         access=revoke_sessions.permission, run=_end_sessions, again=view),
    Page(method="GET", path=f"{ONE}/roles", name="page_user_roles",
         access=assign_roles.permission, run=_roles_form, critical=True),
    Page(method="POST", path=f"{ONE}/roles", name="page_roles_assign",
         access=assign_roles.permission, run=_assign, again=_roles_form, critical=True),
)  # fmt: skip
"""Password, sessions, roles and groups, access."""
