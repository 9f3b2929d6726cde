"""The pages on the existing platform's organisation (统一组织架构): taken in, its roles tied."""

import os
from collections.abc import Mapping
from typing import Final

from entrypoints.http.api.organisation import ask_to_run, synchronisations
from entrypoints.http.routes import Call
from entrypoints.http.web.grants import ROLES
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.http.web.reading import Field, Kind
from entrypoints.http.web.user_access import titles_of
from entrypoints.http.web.users import account_of
from entrypoints.settings import Settings
from entrypoints.synchronising import OUTCOMES, WHAT
from supervision_core.identity.lists import ROLES as ROLE_LIST
from supervision_core.identity.model import HolderKind, SyncPart, SyncState
from supervision_core.identity.services.listing import ViewGrants, view_grants
from supervision_core.identity.services.lists import cases_of
from supervision_core.identity.services.synchronisations import (
    list_synchronisations,
    request_directory_synchronisation,
    request_role_synchronisation,
)
from supervision_core.identity.services.told_roles import (
    ListToldRoles,
    TieRole,
    ToldRoleView,
    list_told_roles,
    tie_role,
)
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.paging import every_page

ORGANISATION: Final = f"{HOME}/organisation"
TOLD_ROLES: Final = f"{ORGANISATION}/roles"
_TIE: Final = f"{TOLD_ROLES}/{{told_role_id}}"
_PARTS: Final = {SyncPart.DIRECTORY: "机构和用户", SyncPart.ROLES: "用户角色"}
_ASKED: Final = {
    SyncPart.DIRECTORY: request_directory_synchronisation,
    SyncPart.ROLES: request_role_synchronisation,
}
_STATES: Final = {
    SyncState.NEVER: "从未同步",
    SyncState.RUNNING: "正在同步，或中途停止",
    SyncState.DONE: "已完成",
    SyncState.FAILED: "没有做完",
}
_BY: Final = {"worker": "定时同步", "cli": "命令行"}


def _overview(call: Call, _: Form) -> Shown:
    found = synchronisations(call)
    values = {
        "found": found,
        "parts": _PARTS,
        "states": _STATES,
        "what": WHAT,
        "outcomes": OUTCOMES,
        "accounts": {one.by: _BY.get(one.by) or account_of(call, one.by) for one in found},
        "connected": bool(Settings.from_environment(os.environ).organisation_url),
        "permissions": {part: case.permission for part, case in _ASKED.items()},
        "here": ORGANISATION,
        "told_roles": TOLD_ROLES,
    }
    return Shown(template="organisation.html", values=values)


def _run_directory(call: Call, _: Form) -> Shown:
    ask_to_run(call, request_directory_synchronisation)
    return gone_on(ORGANISATION, "requested")


def _run_roles(call: Call, _: Form) -> Shown:
    ask_to_run(call, request_role_synchronisation)
    return gone_on(ORGANISATION, "requested")


def _roles(call: Call, _: Form) -> Shown:
    found = ask(call, list_told_roles, ListToldRoles())
    values = {"found": found, "ours": _ours(call), "here": TOLD_ROLES, "back": ORGANISATION}
    return Shown(template="told_roles.html", values={**values, "roles": ROLES})


def _ours(call: Call) -> Mapping[str, str]:
    """Give the names of the roles here by their ids; of none to who may not list them."""
    cases = cases_of(ROLE_LIST)
    if not call.who.may(cases.list.permission):
        return {}
    pages = every_page(lambda page: ask(call, cases.list, cases.asking(page=page)))
    return {
        one.id: one.name if one.enabled else f"{one.name}（停用）"
        for page in pages
        for one in page.items
    }


def _told(call: Call, form: Form) -> ToldRoleView:
    found = ask(call, list_told_roles, ListToldRoles())
    wanted = form["told_role_id"]
    one = next((each for each in found if each.id == wanted), None)
    if one is None:
        raise NotFound("counterpart", wanted)
    return one


def _tying(call: Call, form: Form) -> Shown:
    """Ask which role; once it is chosen, ask whether it shall be, with what it gives."""
    told, ours = _told(call, form), _ours(call)
    role = form.get("role_id", "")
    chosen = role in ours
    unties = "untie" in form
    field = Field(name="role_id", title="本系统的角色", kind=Kind.CHOICE, required=True)
    values = {
        "told": told,
        "ours": ours,
        "role": role if chosen else "",
        "unties": unties,
        "fields": () if chosen or unties else (field.choosing(ours),),
        "values": {"role_id": told.role_id},
        "permissions": _given(call, role) if chosen else (),
        "titles": titles_of(call) if chosen else {},
        "here": f"{TOLD_ROLES}/{told.id}",
        "back": TOLD_ROLES,
    }
    return Shown(template="tie.html", values=values)


def _given(call: Call, role: str) -> tuple[str, ...]:
    if not call.who.may(view_grants.permission):
        return ()
    sheet = ask(call, view_grants, ViewGrants(holder=HolderKind.ROLE, holder_id=role))
    return tuple(one.permission for one in sheet.grants)


def _tie(call: Call, form: Form) -> Shown:
    told = _told(call, form)
    command = TieRole(told_role=told.told_role, role_id=form.get("role_id", ""))
    carry_out(call, tie_role, command, changes=("counterpart", told.id))
    return gone_on(TOLD_ROLES, "tied" if command.role_id else "untied")


ORGANISATION_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=ORGANISATION, name="page_organisation",
         access=list_synchronisations.permission, run=_overview, menu=("系统管理", "统一组织架构"),
         icon="ti-refresh"),
    Page(method="POST", path=f"{ORGANISATION}/directory", name="page_synchronise_directory",
         access=request_directory_synchronisation.permission, run=_run_directory),
    Page(method="POST", path=f"{ORGANISATION}/holders", name="page_synchronise_roles",
         access=request_role_synchronisation.permission, run=_run_roles),
    Page(method="GET", path=TOLD_ROLES, name="page_told_roles",
         access=list_told_roles.permission, run=_roles),
    Page(method="GET", path=_TIE, name="page_tying", access=tie_role.permission, run=_tying,
         critical=True),
    Page(method="POST", path=_TIE, name="page_tie", access=tie_role.permission, run=_tie,
         again=_tying, critical=True),
)  # fmt: skip
"""How it was taken in, a run at once, the platform's roles and what each is tied to."""
