"""How to call each route so that nothing but reach and permission decides: data of the matrix.

A route without an entry fails the matrix: whoever writes one says here how it is called. Routes
that follow from a declaration are called as their own description says.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from attrs import frozen

from entrypoints.examples import example_of
from entrypoints.http.api import declared_routes
from entrypoints.http.api.tables import XLSX
from entrypoints.http.routes import PARAMETER, Route

from .province import PASSWORD, SUPERVISED
from .workbooks import workbook

DRAFT: Final = {
    "account": {"account": "new.account", "phone": "13900000001"},
    "person": {"name": "王示例", "document_number": "450103199001010016"},
    "memberships": [{"department": "liuzhou"}],
}
REGION: Final = {"code": "450200", "name": "柳州市", "level": "city", "parent": "450000"}
PARENTS: Final = {"office": "", "qingxiu": "nanning", "closed": "nanning"}


def _department(name: str) -> dict[str, Any]:
    return {"name": "新机构", "code": "new", "region": "450200", "parent": name}


_STANDS: Final = {"office": "450000", "nanning": "450100", "liuzhou": "450200"}
CONSENT: Final = "?request_id=export_{target}"
"""To export the users of the department that is aimed at."""


@frozen
class Calling:
    """One way to call a route: ``body`` and the other parameters, given the object aimed at.

    ``kind`` is what is aimed at, empty where the route is about nothing in particular.
    """

    kind: str = ""
    parameter: str = ""
    body: Callable[[str], Mapping[str, Any] | bytes] | None = None
    others: Mapping[str, str] = {}
    query: str = ""


def _plain(body: Mapping[str, Any]) -> Callable[[str], Mapping[str, Any]]:
    return lambda _target: body


WRITTEN: Final[Mapping[str, Calling]] = {
    "live": Calling(),
    "ready": Calling(),
    "description": Calling(),
    "ask_captcha": Calling(body=_plain({})),
    "log_in_by_password": Calling(body=_plain({"account": "x", "password": PASSWORD})),
    "resend_code": Calling(body=_plain({"log_in_token": "x"})),
    "confirm_code": Calling(body=_plain({"log_in_token": "x", "code": "1"})),
    "begin_certificate_log_in": Calling(),
    "log_in_by_certificate": Calling(
        body=_plain({"challenge_token": "x", "certificate": "00", "signature": "00"})
    ),
    "begin_sign_on": Calling(),
    "sign_on": Calling(body=_plain({"code": "x", "state": "x"})),
    "sign_on_with_token": Calling(body=_plain({"token": "x"})),
    "log_in_by_face": Calling(body=_plain({"account": "x", "password": PASSWORD})),
    "confirm_face": Calling(body=_plain({"log_in_token": "x"})),
    "begin_face_step_up": Calling(),
    "step_up_by_face": Calling(),
    "sign_off": Calling(body=_plain({"notice": "{}", "signature": "00"})),
    "me": Calling(),
    "log_out": Calling(),
    "own_sessions": Calling(),
    "own_log_ins": Calling(),
    "own_departments": Calling(),
    "work_for": Calling(body=_plain({"department_id": "x"})),
    "own_messages": Calling(),
    "unread_messages": Calling(),
    "read_messages": Calling(body=_plain({})),
    "own_views": Calling(),
    "keep_view": Calling(body=_plain({"place": "items.law", "name": "示例"})),
    "rename_view": Calling("view", "view_id", _plain({"name": "示例"})),
    "drop_view": Calling("view", "view_id"),
    "arrange_list": Calling(body=_plain({"place": "items.law", "dense": True})),
    "own_recents": Calling(),
    "search": Calling(body=_plain({"text": "示例"})),
    "end_own_sessions": Calling(),
    "end_own_session": Calling("session", "session_id"),
    "begin_step_up": Calling(),
    "step_up_by_certificate": Calling(
        body=_plain({"challenge_token": "x", "certificate": "00", "signature": "00"})
    ),
    "step_up_by_password": Calling(body=_plain({"password": PASSWORD})),
    "change_password": Calling(body=_plain({"old": PASSWORD, "new": "Another-horse-8"})),
    "begin_phone_change": Calling(body=_plain({"password": PASSWORD, "phone": "13900000008"})),
    "confirm_old_phone": Calling(body=_plain({"code": "0000000"})),
    "confirm_new_phone": Calling(body=_plain({"code": "0000000"})),
    "audit_search": Calling(),
    "audit_newest_checkpoint": Calling(),
    "audit_proof": Calling(others={"number": "0"}),
    "identity_list_users_by_person": Calling(body=_plain({"name": "王示例"})),
    "identity_list_roles": Calling(),
    "identity_list_groups": Calling(),
    "identity_view_user": Calling("user", "user_id"),
    "identity_show_personal_data": Calling("user", "user_id", query="?purpose=contact"),
    "officers_show_contact": Calling("officer", "officer_id", query="?purpose=contact"),
    "subjects_show_personal_data": Calling("subject", "subject_id", query="?purpose=inspection"),
    "clues_show_complainant": Calling("clue", "clue_id", query="?purpose=complaint"),
    "identity_list_log_ins": Calling("user", "user_id"),
    "identity_list_notices": Calling("user", "user_id"),
    "identity_send_notice": Calling("user", "user_id", _plain({"title": "通知", "text": "内容"})),
    "identity_register_user": Calling(
        "department",
        body=lambda aim: {"draft": {**DRAFT, "memberships": [{"department": aim}]}},
    ),
    "identity_change_user": Calling("user", "user_id", _plain({"draft": DRAFT})),
    "identity_change_contact": Calling("user", "user_id", _plain({"phone": "13900000009"})),
    "identity_delegate_roles": Calling("user", "user_id", _plain({"delegations": []})),
    "identity_list_assignable_roles": Calling("user", "user_id"),
    "identity_list_delegable_roles": Calling("user", "user_id"),
    "identity_switch_user": Calling("user", "user_id", _plain({"enabled": False})),
    "identity_delete_user": Calling("user", "user_id"),
    "identity_revoke_sessions": Calling("user", "user_id"),
    "identity_bind_certificate": Calling("user", "user_id", _plain({"thumbprint": "ab" * 32})),
    "identity_list_certificates": Calling("user", "user_id"),
    "identity_unbind_certificate": Calling("user", "user_id", others={"thumbprint": "paper-clerk"}),
    "identity_reset_password": Calling("user", "user_id"),
    "identity_import_users": Calling(
        "department",
        body=lambda aim: {
            "entries": [{"row": 2, "draft": {**DRAFT, "memberships": [{"department": aim}]}}]
        },
    ),
    "identity_export_users": Calling("department", "department_id", query=CONSENT),
    "identity_request_export": Calling(
        "department", "department_id", _plain({"purpose": "correct"})
    ),
    "identity_decide_export": Calling(
        "export_request", "request_id", _plain({"allowed": True, "reason": "核对花名册"})
    ),
    "identity_request_second_person": Calling(
        body=_plain(
            {
                "action": "identity.switch_user",
                "command": {"user_id": "far_reader", "enabled": False},
                "reason": "岗位调整",
                "seen": {"kind": "user", "id": "far_reader", "version": 1},
            }
        )
    ),
    "identity_list_second_person": Calling(),
    "identity_view_second_person": Calling("second_person_request", "request_id"),
    "identity_decide_second_person": Calling(
        "second_person_request", "request_id", _plain({"consented": False, "reason": "没有必要"})
    ),
    "identity_withdraw_second_person": Calling("second_person_request", "request_id"),
    "identity_list_synchronisations": Calling(),
    "identity_request_directory_synchronisation": Calling(),
    "identity_request_role_synchronisation": Calling(),
    "identity_list_told_roles": Calling(),
    "identity_tie_role": Calling(body=_plain({"told_role": "5001", "role_id": "role_office"})),
    "identity_download_regions": Calling(),
    "identity_download_all_departments": Calling(),
    "identity_download_departments": Calling("department", "department_id"),
    "identity_download_users": Calling("department", "department_id", query=CONSENT),
    "identity_upload_regions": Calling(
        body=lambda _: workbook("regions", code="450200", name="柳州市")
    ),
    "identity_upload_departments": Calling(
        "department",
        body=lambda aim: workbook(
            "departments", code="new", name="新机构", region="450200", parent=aim
        ),
    ),
    "identity_upload_users": Calling(
        "department",
        body=lambda aim: workbook("users", account="new.account", name="王示例", departments=aim),
    ),
    "files_start": Calling(body=_plain({"name": "a.txt", "size": 1, "sm3": "ab" * 32})),
    "files_view_staged": Calling(others={"file_id": "x"}),
    "files_put_piece": Calling(body=lambda _: b"x", others={"file_id": "x", "number": "0"}),
    "files_finish": Calling(others={"file_id": "x"}),
    "field_records_postbox": Calling(),
    "field_records_letters": Calling(),
    "field_records_bring": Calling(body=lambda _: b"{}"),
    "field_records_send": Calling(body=_plain({"records": []})),
    "files_fetch": Calling(others={"kind": "visit", "thing_id": "x", "file_id": "x"}),
    "items_own_template": Calling(others={"document": "record"}),
    "items_preview_document_template": Calling(others={"document_template_id": "0123abcd"}),
    **{
        f"checklists_sheet_{one}": Calling(others={"checklist_id": "0123abcd"})
        for one in ("docx", "pdf", "xlsx")
    },
    "items_page_of_material_file": Calling(
        others={"standard_material_id": "0123abcd", "file_id": "x", "page": "1"}
    ),
    "table_template": Calling(others={"table": "users"}),
    "officers_table_template": Calling(),
    "subjects_import_template": Calling(),
    "identity_order_users": Calling("department", "department_id", _plain({"users": []})),
    "identity_sort_users": Calling("department", "department_id", _plain({"by": "pinyin"})),
    "identity_list_members": Calling("department", "department_id"),
    "identity_list_online": Calling("department", "department_id"),
    "identity_list_managed_departments": Calling(),
    "identity_list_managed_regions": Calling(),
    "identity_list_permissions": Calling(),
    "identity_list_grantable": Calling("user", "holder_id", others={"holder": "user"}),
    "identity_list_role_holders": Calling("role", "role_id"),
    "identity_list_group_holders": Calling("group", "group_id"),
    "identity_order_departments": Calling(
        "department", "department_id", _plain({"departments": []})
    ),
    "identity_sort_departments": Calling("department", "department_id", _plain({"by": "strokes"})),
    "identity_view_access": Calling("user", "user_id"),
    "identity_view_grants": Calling("user", "holder_id", others={"holder": "user"}),
    "identity_view_department": Calling("department", "department_id"),
    "identity_add_department": Calling("department", body=lambda aim: {"data": _department(aim)}),
    "identity_change_department": Calling(
        "department", "department_id", lambda aim: {"data": _department(PARENTS.get(aim, "office"))}
    ),
    "identity_delete_department": Calling("department", "department_id"),
    "identity_appoint_administrators": Calling(
        "subordinate", "department_id", _plain({"administrators": []})
    ),
    "identity_list_regions": Calling(),
    "identity_view_region": Calling("region", "region_id"),
    "identity_add_region": Calling(
        body=_plain({"content": {**REGION, "code": "450400", "name": "梧州市"}})
    ),
    "identity_change_region": Calling(
        "region", "region_id", _plain({"content": REGION, "position": 1})
    ),
    "identity_delete_region": Calling("region", "region_id"),
    "identity_read_changes": Calling(),
    "identity_add_role": Calling("department", body=lambda aim: {"name": "新", "department": aim}),
    "identity_change_role": Calling("role", "role_id", _plain({"name": "新"})),
    "identity_add_group": Calling("department", body=lambda aim: {"name": "新", "department": aim}),
    "identity_change_group": Calling("group", "group_id", _plain({"name": "新"})),
    "identity_grant": Calling(
        "user",
        body=lambda aim: {"holder": "user", "holder_id": aim, "permission": "identity.view_user"},
    ),
    "identity_change_grants": Calling(
        "user", "holder_id", _plain({"granted": ["identity.view_user"]}), {"holder": "user"}
    ),
    "identity_revoke": Calling(
        "user", "holder_id", others={"holder": "user", "permission": "tasks.close"}
    ),
    "identity_assign_roles": Calling(
        "user", "holder_id", _plain({"roles": []}), {"holder": "user"}
    ),
}


def _placed(plain: Mapping[str, Any], target: str) -> Mapping[str, Any]:
    """Let what is said of an object leave it where it stands: nobody moves it beyond his reach."""
    home, draft = target.rpartition("_")[2], plain.get("draft")
    if not isinstance(draft, Mapping) or home not in _STANDS:
        return plain
    own = {"region": _STANDS[home], "department": home}
    return {**plain, "draft": {**draft, **{name: own[name] for name in own if name in draft}}}


def _made(route: Route) -> Calling:
    """Say how a derived route is called: aimed at what its command names, as an example has it."""
    plain = example_of(route.rest)
    named = route.versioned.parameter if route.versioned else ""
    kind = route.versioned.kind if route.versioned and named in plain else ""
    alone = [one for one in plain if one.endswith("_id")] == [named]
    aimed = kind in SUPERVISED and alone

    def body(target: str) -> Mapping[str, Any] | bytes:
        if route.takes == XLSX:
            return workbook("regions", code="450200", name="柳州市")
        return {**_placed(plain, target), named: target} if aimed else plain

    needed = {name: text for name, text in plain.items() if isinstance(text, str | int | list)}
    return Calling(
        kind if aimed else "",
        body=body if route.has_body else None,
        others=dict.fromkeys(PARAMETER.findall(route.path), "0123abcd"),
        query=f"?{urlencode(needed, doseq=True)}" if needed and not route.has_body else "",
    )


CALLS: Final[Mapping[str, Calling]] = {
    **{one.name: _made(one) for one in declared_routes()},
    **WRITTEN,
}
