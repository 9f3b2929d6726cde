"""How to call each page so that nothing but reach and permission decides: data of the matrix.

What a page is about, its address says: ``{user_id}`` is a user. Here stands what no address tells.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import frozen

from entrypoints.http.routes import PARAMETER
from entrypoints.http.web import Page
from entrypoints.http.web.reading import TICKED

_REGION: Final = {"code": "450200", "name": "柳州市", "level": "city", "parent": "450000",
                  "position": "1"}  # fmt: skip
_USER: Final = {"account": "new.account", "name": "王示例", "kind": "staff",
                "memberships": "liuzhou 科员"}  # fmt: skip
_SUBJECT: Final = {
    "name": "柳州示例乳业有限公司", "kind": "enterprise", "identity_kind": "credit_code",
    "region": "450200",
}  # fmt: skip
_DEPARTMENT: Final = {"name": "新机构", "code": "new", "region": "450200", "enabled": "yes"}
_OFFICER: Final = {
    "name": "王示例", "department": "liuzhou", "region": "450200", "c0-number": "45010099999",
    "c0-regions": "450200",
}  # fmt: skip
_DELEGATION: Final = {"role": "-", "department": "nanning"}
_GRANT: Final = {"permission": "identity.view_user"}
_VALUE: Final = {
    "public_name": "双色球", "public_issue": "2027001", "public_day": "2027-01-01",
}  # fmt: skip
_HELD: Final = {"name": "新", "department": "liuzhou", "enabled": "yes"}
_CONTACT: Final = {"purpose": "contact"}
_LIST: Final = "list=tasks.task"


@frozen
class PageCalling:
    """One way to call a page: what its form holds, and the kind of object its address names.

    ``kind`` is that of the matrix of routes, where the address does not say it. ``query`` stands
    in its address where it has to say more.
    """

    filled: Mapping[str, str] = {}
    kind: str = ""
    query: str = ""


def _grants(*kinds: str) -> Iterator[tuple[str, PageCalling]]:
    for kind in kinds:
        yield f"page_{kind}_grant", PageCalling({"permission.identity.view_user": "yes"})
        yield f"page_{kind}_revoke", PageCalling(_GRANT)


_PAPERS: Final = ("visit_notice", "visit_record", "visit_result_notice",
                  "rectification_recheck_opinion")  # fmt: skip
PAGE_CALLS: Final[Mapping[str, PageCalling]] = {
    "page_visit_order": PageCalling(
        {"number": "改1", "days": "5", "basis": "法", "contact": "示例", "phone": "1"}
    ),
    **{
        f"page_{zone}{paper}": PageCalling({"number": "1"})
        for zone in ("", "phone_")
        for paper in _PAPERS
    },
    "page_department_add": PageCalling(_DEPARTMENT),
    "page_department_change": PageCalling(_DEPARTMENT),
    "page_appoint": PageCalling({"administrators": ""}, kind="subordinate"),
    "page_members_sort": PageCalling({"by": "pinyin"}),
    "page_departments_sort": PageCalling({"by": "pinyin"}),
    "page_users_search": PageCalling({"name": "王示例"}),
    "page_user_add": PageCalling(_USER),
    "page_user_change": PageCalling(_USER),
    "page_user_switch": PageCalling({"enabled": "no", "confirmed": "yes"}),
    "page_contact_change": PageCalling({"phone": "13900000009"}),
    "page_delegation_add": PageCalling(_DELEGATION),
    "page_delegation_remove": PageCalling(_DELEGATION),
    "page_notice_send": PageCalling({"title": "通知", "text": "内容"}),
    "page_tie": PageCalling({"role_id": "role_office"}),
    "page_export_ask": PageCalling({"purpose": "correct"}),
    "page_export_decide": PageCalling({"allowed": "yes", "reason": "核对花名册"}),
    "page_second_person_decide": PageCalling({"decision": "refuse", "reason": "没有必要"}),
    "page_officer_add": PageCalling(_OFFICER),
    "page_officers_find": PageCalling({"phone": "13900000009"}),
    "page_officer_change": PageCalling(_OFFICER),
    "page_complainant": PageCalling(_CONTACT),
    "page_officer_personal": PageCalling(_CONTACT),
    "page_subjects_subject_personal": PageCalling(_CONTACT),
    "page_items_relate": PageCalling({f"{TICKED}x": "yes"}),
    **dict(_grants("user", "role", "group", "department")),
    **{
        f"page_{kind}_{act}": PageCalling(_HELD)
        for kind in ("role", "group")
        for act in ("add", "change")
    },
    "page_draft_choosing": PageCalling(query="field=parent&kind=region"),
    "page_list_views": PageCalling(query=_LIST),
    "page_list_view_adding": PageCalling(query=_LIST),
    "page_list_settings": PageCalling(query=_LIST),
    "page_handbooks_take_chapter_form": PageCalling(query="chapter_id=c-1"),
    "page_handbooks_take_element_form": PageCalling(query="element_id=e-1"),
    "page_region_add": PageCalling(_REGION),
    "page_region_change": PageCalling(_REGION),
    "page_subjects_subject_add": PageCalling({**_SUBJECT, "code": "91450200MA5K000017"}),
    "page_subjects_subject_change": PageCalling(_SUBJECT),
    "page_subjects_subject_categorise": PageCalling({"category_id": "无"}),
    "page_subjects_subject_import": PageCalling({"source": "名录"}),
    "page_subjects_subject_find": PageCalling({"principal": "王示例"}),
    "page_draw_freeze": PageCalling({"due": "2026-12-31T17:00", **_VALUE}),
    "page_draw_staff": PageCalling({"day": "2026-12-31", "d0-count": "2"}),
    "page_ceremony_deposit": PageCalling({"commitment": "00" * 32, "sealed": "00" * 64}),
    "page_ceremony_value": PageCalling({"value": "02 08"}),
    "page_ceremony_move": PageCalling({"due": "2026-12-31T17:00", "reason": "停电"}),
    "page_ceremony_outsider": PageCalling(_VALUE),
    "page_ceremony_commit": PageCalling({"commitment": "00" * 32}),
    "page_ceremony_reveal": PageCalling({"nonce": "00" * 32}),
    "page_ceremony_repeat": PageCalling({"due": "2027-01-31T08:00"}),
    "page_ceremony_clear": PageCalling({"reason": "错抽"}),
    "page_ceremony_adjust": PageCalling(
        {"action": "remove", "subject": "firm-01", "reason": "停产"}
    ),
}


def calling(page: Page) -> PageCalling:
    """Give how a page is called: empty, where nothing is said here."""
    return PAGE_CALLS.get(page.name, PageCalling())


def kind_of(page: Page) -> str:
    """Give the kind of object that the address of a page names, empty where it names none."""
    named = (one.removesuffix("_id") for one in PARAMETER.findall(page.path))
    return calling(page).kind or next(named, "")
