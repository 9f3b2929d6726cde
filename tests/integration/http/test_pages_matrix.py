"""Every page against every user: who may, what lies where, and what of it the log keeps."""

import re
from collections import Counter
from typing import Any

import pytest
from attrs import evolve

from entrypoints.catalogue import InstalledPermissions, described_permissions
from entrypoints.http.answering import COOKIE, csrf_token
from entrypoints.http.routes import PARAMETER, Access
from entrypoints.http.web import Page, web_pages, written_pages
from entrypoints.http.web.answering import FORM_COOKIE
from entrypoints.http.web.assets import ASSETS
from entrypoints.http.web.menu import GROUPS
from entrypoints.http.web.pages import ENT, Shown, home_of, log_in_of
from entrypoints.registered import registers
from supervision_core.audit.model import Outcome

from .browsing import Document
from .conftest import Surface
from .page_calls import PAGE_CALLS, calling, kind_of
from .province import HOMES
from .test_matrix import ABSENT, DELETED, EVERYWHERE, FOREIGN, OWN, by_turns, held_by

WRITTEN = {*PAGE_CALLS, *(one.name for one in written_pages())}
PAGES = [
    one for one in web_pages()
    if one.permission and (one.name in WRITTEN or one.permission not in described_permissions())
]  # fmt: skip
DESCRIBED = [one for one in web_pages() if one.permission and one not in PAGES]
"""The pages that follow from registers and lists; what they show is proved with those."""
USERS = [one for one in HOMES if one != "gone"]
FORM = "f" * 64
MASKED = re.compile(r"[0-9a-f]{128}\.[0-9a-f]{128}")
"""A token of a form, which looks different each time."""
ASKS_BY_ITSELF = [re.compile(one) for one in (
    "/do/", "/several$", "/steps/", "/indicators?(/|$)", "/trial$", "/back_test$",
    "/(matrix|objects)$",
)]  # fmt: skip
"""Addresses of several verbs: the page asks for the permission of the one that is meant."""
HERE = {"sec-fetch-site": "same-origin"}
ANYBODY_LOGGED_IN = {
    "page_home", "page_work_for", "page_log_out", "page_new_password", "page_change_password",
    "page_firm_home", "page_phone_appeal_adding", "page_phone_appeal_add",
    "page_own_messages", "page_read_messages", "page_open_message",
    "page_phone_own_messages", "page_phone_read_messages", "page_phone_open_message",
    "page_phone_home", "page_phone_work_for", "page_phone_log_out",
    "page_phone_new_password", "page_phone_change_password",
    "page_new_phone", "page_begin_phone_change", "page_confirm_old_phone",
    "page_confirm_new_phone", "page_phone_new_phone", "page_phone_begin_phone_change",
    "page_phone_confirm_old_phone", "page_phone_confirm_new_phone", "page_search",
    "page_search_for", "page_list_views", "page_list_view_adding", "page_list_view_add",
    "page_list_view_changing", "page_list_view_change", "page_list_view_deleting",
    "page_list_view_delete", "page_list_settings", "page_list_settings_save",
    "page_draft_kept", "page_draft_dropped", "page_draft_picking", "page_draft_choosing",
    "page_draft_chosen",
}  # fmt: skip
"""Beside these, who has logged in proves anew who he is: the pages under ``/gov/step_up``."""


def with_file(page: Page) -> dict[str, Any]:
    """Give what a form that takes a file is sent with."""
    return {"files": {page.file: ("table.xlsx", b"PK\3\4")}} if page.file else {}


def turn(surface: Surface, user: str, page: Page, target: str = "") -> tuple[int, str]:
    """Open the page about ``target``, or send its form; give status and what is comparable."""
    surface.restore()
    token = surface.province.tokens[user] if user else ""
    cookie = f"{FORM_COOKIE}={FORM}" + (f"; {COOKIE}={token}" if user else "")
    path = PARAMETER.sub(target or ABSENT, page.path)
    sent: dict[str, Any] = {}
    if page.method == "POST":
        tokens = {"form_token": FORM, "csrf_token": csrf_token(token), "key": "k"}
        sent = {"data": {"version": "1", **calling(page).filled, **tokens}, **with_file(page)}
    answer = surface.client.request(
        page.method, path, headers={"cookie": cookie, **HERE}, follow_redirects=False, **sent
    )
    place = answer.headers.get("location", "")
    text = MASKED.sub("<token>", place + answer.text)
    return answer.status_code, re.sub(rf"\b{re.escape(target or ABSENT)}\b", "<target>", text)


def denied(surface: Surface) -> int:
    """Count the denials that were audited."""
    return sum(one.outcome is Outcome.DENIED for one in surface.audited())


def test_every_page_has_its_place_in_the_matrix() -> None:
    """What anybody who has logged in may open is named; nothing is said of a page that is gone."""
    assert set(PAGE_CALLS) - ANYBODY_LOGGED_IN <= {one.name for one in PAGES}
    open_to_all = [one for one in web_pages() if one.access is Access.LOGGED_IN]
    asking = {one: [each.name for each in open_to_all if one.search(each.path)]
              for one in ASKS_BY_ITSELF}  # fmt: skip
    assert all(asking.values()), "an address that no page has any more"
    others = {one.name for one in open_to_all if not one.path.startswith("/gov/step_up")}
    assert others.difference(*asking.values()) == ANYBODY_LOGGED_IN
    assert {one.permission for one in PAGES} <= InstalledPermissions().permissions()


@pytest.mark.parametrize("page", DESCRIBED, ids=[one.name for one in DESCRIBED])
def test_without_permission_there_is_no_described_page(shared: Surface, page: Page) -> None:
    """Nobody logged in: to the log-in; without the permission: 403, and one denial audited."""
    assert turn(shared, "", page) == (303, log_in_of(home_of(page.path)))
    assert turn(shared, "nobody", page)[0] == 403
    (row,) = shared.audited()
    assert (row.action, row.outcome) == (page.permission, Outcome.DENIED)


def test_each_page_has_a_name_and_an_address_of_its_own() -> None:
    """What is called by name is one thing."""
    for names in (
        [one.name for one in web_pages()], [(one.method, one.path) for one in web_pages()],
    ):  # fmt: skip
        assert [one for one, times in Counter(names).items() if times > 1] == []


def test_what_the_navigation_leads_to_can_be_opened() -> None:
    """A title in the navigation leads to a page that is opened by its address alone."""
    leading = [one for one in web_pages() if one.menu]
    assert {one.method for one in leading} == {"GET"}
    assert not [one.path for one in leading if "{" in one.path]


def test_the_menu_has_a_place_for_every_group_and_none_for_parts() -> None:
    """Every group of the menu has its order and icon; parts are reached from what they belong to.

    Source: proposal 6.4.2.3, 6.4.2.5.2.13, 6.4.3.1.
    """
    leading = [one for one in web_pages() if one.menu]
    assert {one.menu[0] for one in leading} <= GROUPS.keys()
    titles = {one.menu[-1] for one in leading}
    assert [one.title for one in registers().values() if one.within and one.title in titles] == []


@pytest.mark.parametrize("page", PAGES, ids=[one.name for one in PAGES])
def test_without_permission_there_is_no_page(shared: Surface, page: Page) -> None:
    """Nobody logged in: to the log-in. Without the permission: 403 whatever it is about, audited.

    One denial is one row in the log, as in the interface.
    """
    kind = kind_of(page)
    targets = [target for home in OWN.values() for target in home.get(kind, ())] or [""]
    assert turn(shared, "", page, targets[0]) == (303, log_in_of(home_of(page.path)))
    assert shared.audited() == []
    for user in by_turns(page.permission, page.name, holding=False):
        answers = {turn(shared, user, page, one) for one in targets}
        assert {status for status, _ in answers} == {403}, user
        assert len(answers) == 1, user
        (row,) = shared.audited()
        assert (row.action, row.outcome) == (page.permission, Outcome.DENIED)


def leaks(shared: Surface, page: Page) -> list[str]:
    """Give who tells a foreign or deleted object from none, or does not find his own."""
    kind, found = kind_of(page), []
    public = kind == "region" and page.method == "GET"
    for user in USERS:
        if page.permission not in held_by(user):
            continue
        absent = turn(shared, user, page)
        foreign = () if public else FOREIGN.get(HOMES[user], {}).get(kind, ())
        denies = page.name in EVERYWHERE and HOMES[user] != "office"
        if denies:
            foreign = OWN["office"].get(kind, ())
        if absent[0] != (403 if denies else 404):
            found.append(f"{user} {page.name} takes {ABSENT}")
        gone = [DELETED[kind]] if page.method == "GET" and kind in DELETED else []
        for target in (*foreign, *gone):
            if turn(shared, user, page, target) != absent:
                found.append(f"{user} {page.name} tells {target}")
            if denied(shared) > 1:
                found.append(f"{user} {page.name} is denied twice")
        own = OWN.get(HOMES[user], {}).get(kind, ())
        if own and all(turn(shared, user, page, one)[0] == 404 for one in own):
            found.append(f"{user} {page.name} does not find his own")
    return found


AIMED = [one for one in PAGES if kind_of(one) and not one.path.startswith(f"{ENT}/")]
"""What names an object; a firm's own space leads who acts for no firm away, whatever it names."""


THERE_ARE_NONE = {
    "check_item", "checklist", "credit_model", "device", "draw", "entry", "handbook", "job",
    "letter", "open", "pilot_checklist", "rectification", "review_group", "risk_model", "scene",
    "standard_material", "task", "team", "visit",
}  # fmt: skip
"""Kinds of which the province has none: of their pages only what is absent is asked for."""


def test_each_page_names_a_kind_that_is_known() -> None:
    """A page whose address calls a kind by another name would be asked about nobody's things."""
    there = {kind for home in OWN.values() for kind in home}
    assert {kind_of(one) for one in AIMED} - there == THERE_ARE_NONE


@pytest.mark.parametrize("page", AIMED, ids=[one.name for one in AIMED])
def test_foreign_means_absent_on_pages_too(shared: Surface, page: Page) -> None:
    """Foreign, deleted and absent have one answer, byte for byte, and one row in the log."""
    assert leaks(shared, page) == []


def test_a_page_that_leaks_is_found(shared: Surface, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: a page that shows whatever it is asked about is caught."""
    (page,) = (one for one in shared.app.table.pages if one.name == "page_department")
    shown = Shown(template="home.html")
    monkeypatch.setattr(page, "run", lambda _call, _form: shown)
    assert "system page_department takes zzz" in leaks(shared, page)


def test_a_page_that_asks_for_nothing_is_found(
    shared: Surface, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: a page without its permission is opened by who may nothing."""
    (page,) = (one for one in shared.app.table.pages if one.name == "page_region_adding")
    assert turn(shared, "nobody", page)[0] == 403
    asked = evolve(page, access=Access.LOGGED_IN)
    monkeypatch.setattr(page, "access", asked.access)
    assert turn(shared, "nobody", page)[0] == 200


def unreadable(text: str) -> list[str]:
    """Give what keeps somebody from reading or using a page."""
    page, found = Document(text), []
    tags = [tag for tag, _ in page.shown]
    ids = [str(one["id"]) for _, one in page.shown if "id" in one]
    found += [tag for tag in ("h1", "title", "main") if tags.count(tag) != 1]
    found += [f"{one} twice" for one, times in Counter(ids).items() if times > 1]
    for at, (tag, one) in enumerate(page.shown):
        asks = tag in {"input", "select", "textarea"} and one.get("type") != "hidden"
        named = one.get("id") in page.labels or "aria-label" in one or at in page.labelled
        if asks and not named:
            found.append(f"{tag} without a label")
        foreign = tag == "script" and not str(one.get("src")).startswith(f"{ASSETS}/")
        if foreign or tag == "style" or {"style", "onclick", "onchange"} & set(one):
            found.append(f"{tag} with what no page has")
        if tag == "table" and "caption" not in tags:
            found.append("table without a caption")
        described = str(one.get("aria-describedby") or "").split()
        found += [f"{name} describes nothing" for name in described if name not in ids]
    return found


def test_what_cannot_be_read_is_found() -> None:
    """Negative control: a field without a label, an id twice, a script."""
    text = "<title></title><main><h1></h1><input id=a><b id=a></b><script></script></main>"
    assert unreadable(text) == [
        "a twice", "input without a label", "script with what no page has",
    ]  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=[one.name for one in PAGES])
def test_no_form_of_another_site_is_taken(shared: Surface, page: Page) -> None:
    """CSRF: each form needs the token of the browser and that of the session; nothing is done."""
    if page.method == "GET":
        return
    shared.restore()
    token = shared.province.tokens["system"]
    path = PARAMETER.sub("r450100", page.path)
    headers = {"cookie": f"{FORM_COOKIE}={FORM}; {COOKIE}={token}"}
    filled = calling(page).filled
    for tokens in ({"form_token": FORM}, {"csrf_token": csrf_token(token)},
                   {"form_token": FORM, "csrf_token": csrf_token("another")}):  # fmt: skip
        answer = shared.client.post(
            path, data={**filled, **tokens}, headers=headers, **with_file(page)
        )
        assert answer.status_code == 403
    assert shared.audited() == []
