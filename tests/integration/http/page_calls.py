"""How to call each page so that nothing but reach and permission decides: data of the matrix.

A page with a permission and without an entry fails the matrix: whoever adds one says here how it
is called.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import frozen

from entrypoints.list_intake import intake_of
from entrypoints.registered import lists

_REGION: Final = {
    "code": "450200", "name": "柳州市", "level": "city", "parent": "450000", "position": "1",
    "version": "1",
}  # fmt: skip
_USER: Final = {
    "account": "new.account", "name": "王示例", "kind": "staff", "memberships": "liuzhou 科员",
    "version": "1",
}  # fmt: skip
_SUBJECT: Final = {
    "name": "柳州示例乳业有限公司", "kind": "enterprise", "identity_kind": "credit_code",
    "region": "450200", "version": "1",
}  # fmt: skip
_DEPARTMENT: Final = {"name": "新机构", "code": "new", "region": "450200", "version": "1",
                      "enabled": "yes"}  # fmt: skip
_OFFICER: Final = {
    "name": "王示例", "department": "liuzhou", "region": "450200", "c0-number": "45010099999",
    "c0-regions": "450200",
}  # fmt: skip


@frozen
class PageCalling:
    """One way to call a page: what its form holds, and the kind of object its address names.

    ``kind`` is that of the matrix of routes, empty where the page is about nothing in particular.
    ``query`` stands in its address where it has to say more; ``user`` opens one that is open to
    all. What is ``elsewhere`` is about things that the province has none of:
    ``tests/integration/browser`` opens it.
    """

    kind: str = ""
    filled: Mapping[str, str] = {}
    query: str = ""
    user: str = "clerk"
    elsewhere: bool = False


def _grants(*kinds: str) -> Iterator[tuple[str, PageCalling]]:
    given = {"permission": "identity.view_user"}
    for kind in kinds:
        yield f"page_{kind}_grants", PageCalling(kind)
        yield f"page_{kind}_grant", PageCalling(kind, {"permission.identity.view_user": "yes"})
        yield f"page_{kind}_revoke", PageCalling(kind, given)


def _kept(*kinds: str) -> Iterator[tuple[str, PageCalling]]:
    for kind in kinds:
        yield f"page_{kind}_adding", PageCalling()
        yield f"page_{kind}_add", PageCalling(filled={"name": "新", "department": "liuzhou"})
        yield f"page_{kind}", PageCalling(kind)
        yield f"page_{kind}_changing", PageCalling(kind)
        yield (
            f"page_{kind}_change",
            PageCalling(kind, {"name": "新", "version": "1", "enabled": "yes"}),
        )


_CEREMONY: Final[Mapping[str, Mapping[str, str]]] = {
    "commit": {"commitment": "00" * 32}, "reveal": {"nonce": "00" * 32}, "complete": {},
    "repeat": {"due": "2027-01-31T08:00"}, "clear": {"reason": "错抽"},
    "adjust": {"action": "remove", "subject": "firm-01", "reason": "停产"},
}  # fmt: skip
_LIST: Final = PageCalling(query="list=tasks.task", user="doer")
_ELSEWHERE: Final = PageCalling(elsewhere=True)
PAGE_CALLS: Final[Mapping[str, PageCalling]] = {
    "page_audit": PageCalling(),
    "page_todos": PageCalling(),
    "page_evaluation_overview": PageCalling(),
    "page_phone_statistics": PageCalling(),
    "page_phone_field": PageCalling(),
    "page_field_records_importing": PageCalling(),
    "page_field_devices": PageCalling(),
    "page_field_devices_retire": PageCalling(elsewhere=True),
    "page_field_devices_end_companion": PageCalling(elsewhere=True),
    "page_phone_phones": PageCalling(),
    "page_phone_phones_retire": PageCalling(elsewhere=True),
    "page_phone_phones_agree": PageCalling(elsewhere=True),
    "page_phone_phones_end": PageCalling(elsewhere=True),
    "page_field_records_import": PageCalling(),
    "page_phone_field_worker": _ELSEWHERE,
    "page_task_file": _ELSEWHERE,
    "page_task_manifest": _ELSEWHERE,
    "page_ratings": PageCalling(),
    "page_visit_ordering": PageCalling("visit", elsewhere=True),
    "page_visit_order": PageCalling(
        "visit",
        {
            "number": "改1",
            "days": "5",
            "basis": "法",
            "contact": "示例",
            "phone": "1",
        },
    ),
    **{
        f"page_{zone}{kind}_{paper}{end}": PageCalling(kind, filled, elsewhere=True)
        for zone in ("", "phone_")
        for kind, paper in (
            ("visit", "notice"),
            ("visit", "record"),
            ("visit", "result_notice"),
            ("rectification", "recheck_opinion"),
        )
        for end, filled in (("", {"number": "1"}), ("_filling", {}))
    },
    "page_phone_visit_code": PageCalling("visit", elsewhere=True),
    "page_subjects_subject_code": PageCalling("subject"),
    "page_subjects_subject_code_picture": PageCalling("subject", elsewhere=True),
    "page_jobs": PageCalling(),
    "page_jobs_view": PageCalling("job", elsewhere=True),
    "page_jobs_cancel": PageCalling("job"),
    "page_jobs_retry": PageCalling("job"),
    "page_identity_department_history": PageCalling("department"),
    "page_department_adding": PageCalling(),
    "page_department_add": PageCalling(filled=_DEPARTMENT),
    "page_department": PageCalling("department"),
    "page_members": PageCalling("department"),
    "page_department_changing": PageCalling("department"),
    "page_department_change": PageCalling("department", _DEPARTMENT),
    "page_department_deleting": PageCalling("department"),
    "page_department_delete": PageCalling("department", {"version": "1"}),
    "page_administrators": PageCalling("department"),
    "page_appoint": PageCalling("subordinate", {"administrators": "", "version": "1"}),
    "page_departments_ordering": PageCalling("department"),
    "page_departments_order": PageCalling("department"),
    "page_members_ordering": PageCalling("department"),
    "page_members_order": PageCalling("department"),
    "page_members_sort": PageCalling("department", {"by": "pinyin"}),
    "page_departments_sort": PageCalling("department", {"by": "pinyin"}),
    "page_identity_user_history": PageCalling("user"),
    "page_users_searching": PageCalling(),
    "page_users_search": PageCalling(filled={"name": "王示例"}),
    "page_user_adding": PageCalling(),
    "page_user_add": PageCalling(filled=_USER),
    "page_user": PageCalling("user"),
    "page_user_changing": PageCalling("user"),
    "page_user_change": PageCalling("user", _USER),
    "page_user_switch": PageCalling("user", {"enabled": "no", "confirmed": "yes", "version": "1"}),
    "page_contact_changing": PageCalling("user"),
    "page_contact_change": PageCalling("user", {"phone": "13900000009", "version": "1"}),
    "page_delegation_add": PageCalling(
        "user", {"role": "-", "department": "nanning", "version": "1"}
    ),
    "page_delegation_remove": PageCalling(
        "user", {"role": "-", "department": "nanning", "version": "1"}
    ),
    "page_user_deleting": PageCalling("user"),
    "page_user_delete": PageCalling("user", {"version": "1"}),
    "page_user_access": PageCalling("user"),
    "page_password_resetting": PageCalling("user"),
    "page_password_reset": PageCalling("user"),
    "page_sessions_end": PageCalling("user"),
    "page_user_roles": PageCalling("user"),
    "page_roles_assign": PageCalling("user", {"version": "1"}),
    "page_user_notices": PageCalling("user"),
    "page_notice_send": PageCalling("user", {"title": "通知", "text": "内容"}),
    "page_organisation": PageCalling(),
    "page_synchronise_directory": PageCalling(),
    "page_synchronise_roles": PageCalling(),
    "page_dead_letters": PageCalling(),
    "page_dead_letter_resend": PageCalling(filled={"version": "1"}),
    "page_dead_letter_drop": PageCalling(filled={"version": "1"}),
    "page_told_roles": PageCalling(),
    "page_tying": PageCalling("told_role"),
    "page_tie": PageCalling("told_role", {"role_id": "role_office", "version": "1"}),
    "page_users_importing": PageCalling(),
    "page_users_import": PageCalling(),
    "page_departments_importing": PageCalling(),
    "page_departments_import": PageCalling(),
    "page_regions_importing": PageCalling(),
    "page_regions_import": PageCalling(),
    "page_export_asking": PageCalling("department"),
    "page_export_ask": PageCalling("department", {"purpose": "correct"}),
    "page_export_request": PageCalling("export_request"),
    "page_export_decide": PageCalling(
        "export_request", {"allowed": "yes", "reason": "核对花名册", "version": "1"}
    ),
    "page_second_person_list": PageCalling(),
    "page_second_person": PageCalling("second_person_request"),
    "page_second_person_deciding": PageCalling("second_person_request"),
    "page_second_person_decide": PageCalling(
        "second_person_request", {"decision": "refuse", "reason": "没有必要", "version": "1"}
    ),
    "page_second_person_withdraw": PageCalling("second_person_request", {"version": "1"}),
    "page_officer_adding": PageCalling(),
    "page_officer_add": PageCalling(filled=_OFFICER),
    "page_officers_finding": PageCalling(),
    "page_officers_find": PageCalling(filled={"phone": "13900000009"}),
    "page_officers_importing": PageCalling(),
    "page_officers_import": PageCalling(),
    "page_officer_changing": PageCalling("officer"),
    "page_officer_change": PageCalling("officer", {**_OFFICER, "version": "1"}),
    "page_visit_materials": PageCalling("visit", elsewhere=True),
    "page_complainant_asked": PageCalling("clue", elsewhere=True),
    "page_complainant": PageCalling("clue", {"purpose": "contact"}),
    "page_officer_personal_asked": PageCalling("officer"),
    "page_officer_personal": PageCalling("officer", {"purpose": "contact"}),
    "page_own_association": _ELSEWHERE,
    "page_own_association_changing": _ELSEWHERE,
    "page_own_association_change": _ELSEWHERE,
    "page_own_institution": _ELSEWHERE,
    **dict.fromkeys(
        (
            "page_firm_orders",
            "page_firm_order",
            "page_firm_visits",
            "page_firm_visit",
            "page_firm_grades",
            "page_firm_data",
            "page_firm_code",
            "page_firm_code_make",
            "page_firm_code_picture",
            "page_firm_changes",
            "page_firm_change",
            "page_firm_scan",
            "page_firm_scanned",
            "page_firm_visit_confirm",
            "page_firm_complaints",
            "page_firm_appeals",
        ),
        _ELSEWHERE,
    ),
    "page_own_institution_changing": _ELSEWHERE,
    "page_own_institution_change": _ELSEWHERE,
    **{
        f"page_own_{part}_{act}": _ELSEWHERE
        for part in (
            "institution_person",
            "institution_qualification",
            "association_person",
            "association_qualification",
            "association_extra",
        )
        for act in ("adding", "add", "changing", "change", "deleting", "delete")
    },
    **dict(_grants("user", "role", "group", "department")),
    **dict(_kept("role", "group")),
    **{
        f"page_{one.name.replace('.', '_')}_{act}": PageCalling()
        for one in lists().values()
        if intake_of(one) is not None
        for act in ("importing", "import")
    },
    "page_items_relate": PageCalling(),
    **{f"page_items_{one}": _ELSEWHERE for one in ("compare", "scenes", "files", "look")},
    "page_handbooks_reading": PageCalling(),
    "page_phone_handbooks": PageCalling(),
    **{
        f"page_shown_{one}": PageCalling()
        for one in ("laws", "results", "notices", "news", "exposures")
    },
    **{f"page_phone_shown_{one}": PageCalling() for one in ("notices", "news")},
    **{
        f"page_shown_{one}": _ELSEWHERE
        for one in (
            "laws_one",
            "results_one",
            "proof",
            "notices_one",
            "news_one",
            "exposures_one",
            "notices_file",
            "news_file",
            "exposures_file",
        )
    },
    **{
        f"page_phone_shown_{one}": _ELSEWHERE
        for one in ("notices_one", "news_one", "notices_file", "news_file")
    },
    "page_content_figures": PageCalling(),
    **{
        f"page_handbooks_{one}": _ELSEWHERE
        for step in ("chapter", "take_chapter", "element", "take_element")
        for one in (step, f"{step}_form", "edit", "preview", "compare")
    },
    **{
        f"page_checklists_{one}": _ELSEWHERE
        for one in ("editor", "choosing", "writing", "sheet", "changes", "reusing")
    },
    **{f"page_checklists_{one}": PageCalling() for one in ("edit", "choose", "write", "reuse")},
    "page_scenes_checklists": _ELSEWHERE,
    "page_scenes_choosing_checklists": _ELSEWHERE,
    "page_scenes_switch_checklists": PageCalling(),
    "page_scenes_choose_checklists": PageCalling(),
    **{
        f"page_assessment_{kind}_model_{page}": _ELSEWHERE
        for kind in ("risk", "credit")
        for page in ("trial", "back_test")
    },
    "page_list_views": _LIST,
    "page_list_view_adding": _LIST,
    "page_list_settings": _LIST,
    "page_matter_synchronisation": PageCalling(),
    "page_synchronise_matters": PageCalling(),
    "page_region_adding": PageCalling(),
    "page_region_add": PageCalling(filled=_REGION),
    "page_region_changing": PageCalling("region"),
    "page_region_change": PageCalling("region", _REGION),
    "page_region_deleting": PageCalling("region"),
    "page_region_delete": PageCalling("region", {"version": "1"}),
    "page_subjects_subject_adding": PageCalling(),
    "page_subjects_subject_add": PageCalling(filled={**_SUBJECT, "code": "91450200MA5K000017"}),
    "page_subjects_subject_changing": PageCalling("subject"),
    "page_subjects_subject_change": PageCalling("subject", _SUBJECT),
    "page_subjects_subject_categorising": PageCalling("subject"),
    "page_subjects_subject_categorise": PageCalling(
        "subject", {"category_id": "无", "version": "1"}
    ),
    "page_subjects_subject_importing": PageCalling(),
    "page_subjects_subject_import": PageCalling(filled={"source": "名录"}),
    "page_subjects_subject_finding": PageCalling(),
    "page_subjects_subject_find": PageCalling(filled={"principal": "王示例"}),
    "page_subjects_subject_purpose": _ELSEWHERE,
    "page_subjects_subject_personal": PageCalling("subject", {"purpose": "contact"}),
    "page_subjects_subject_grades": PageCalling("subject"),
    "page_subjects_subject_risks": PageCalling("subject"),
    "page_draw_check": PageCalling(),
    "page_draw_preparing": _ELSEWHERE,
    "page_draw_freeze": PageCalling(filled={"due": "2027-01-31T08:00"}, elsewhere=True),
    "page_draw_officers": _ELSEWHERE,
    "page_draw_staff": PageCalling(filled={"day": "2026-12-31", "d0-count": "2"}, elsewhere=True),
    "page_drawn_visits": _ELSEWHERE,
    "page_ceremony": _ELSEWHERE,
    "page_draw_proof": _ELSEWHERE,
    **{
        f"page_ceremony_{name}": PageCalling(filled={"version": "1", **filled}, elsewhere=True)
        for name, filled in _CEREMONY.items()
    },
}
