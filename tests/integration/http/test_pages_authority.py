"""The pages on roles to give, phone and document, and what is said where they are refused."""

from typing import Any

import pytest

from supervision_core.identity.model import Delegation, HolderKind, sheet_id
from supervision_core.identity.ports import GrantSheets, Users

from .browsing import Browser, Document, entered
from .conftest import Surface

CLERK = "/gov/identity/users/clerk"


@pytest.fixture
def security(surface: Surface) -> Browser:
    """Give the browser of the security administrator of the province."""
    return entered(surface, "security")


def _stored(browser: Browser, port: type[Any], id: str) -> Any:
    with browser.surface.province.platform.transactions.begin() as unit:
        return unit[port].get(id)


def _offered(page: Document) -> set[str]:
    return {str(one["value"]) for tag, one in page.shown if tag == "option"}


@pytest.mark.function("F025", surface="page")
def test_roles_to_give_are_chosen_by_name(security: Browser) -> None:
    """可分配角色: role and department are chosen by name, shown by name, and taken away again."""
    path, sheet = f"{CLERK}/grants", sheet_id(HolderKind.USER, "clerk")
    add, remove = f"{CLERK}/delegations", f"{CLERK}/delegations/remove"
    page = security.see(path)
    assert {"role_office", "role_nanning", "nanning"} <= _offered(page)
    assert _offered(page).isdisjoint({"role_liuzhou", "-", "liuzhou", "office"})
    assert {"检查员", "机构nanning"} <= set(page.words)
    again = {**page.forms[add], "role": "role_office", "department": "nanning"}
    answer = security.send(path, to=add, role="role_nanning", department="nanning")
    page = security.see(answer.headers["location"])
    assert "可分配角色已保存。" in page.words
    assert _stored(security, GrantSheets, sheet).delegations == (
        Delegation(role="role_nanning", department="nanning"),
    )
    assert security.go(add, again).status_code == 412
    gone = security.go(remove, page.forms[remove])
    assert "可分配角色已保存。" in security.see(gone.headers["location"]).words
    assert _stored(security, GrantSheets, sheet).delegations == ()


def test_what_is_not_to_pass_on_is_refused(security: Browser) -> None:
    """A form that somebody made himself. Error: identity.not_delegated."""
    path = f"{CLERK}/grants"
    answer = security.send(path, to=f"{CLERK}/delegations", role="-", department="nanning")
    assert "取值应为" in answer.text


@pytest.mark.function("F025", surface="page")
def test_phone_and_document_are_changed(security: Browser) -> None:
    """手机号和证件: the old ones masked, what is left empty stays, and the sessions end."""
    path = f"{CLERK}/contact"
    assert path in security.see(CLERK).links
    before = _stored(security, Users, "clerk").person
    page = security.see(path)
    told = " ".join(page.words)
    assert "*******0001" in told
    assert "全部会话立即结束" in told
    assert before.document_number not in told
    wrong = security.send(path, phone="12")
    assert wrong.status_code == 422
    assert "手机号码不是11位有效号码" in wrong.text
    answer = security.send(path, phone="13900000077")
    assert "修改成功。" in security.see(answer.headers["location"]).words
    clerk = _stored(security, Users, "clerk")
    assert (clerk.account.phone, clerk.person) == ("13900000077", before)
    assert entered(security.surface, "clerk").go("/gov").headers["location"] == "/gov/login"


def test_a_refused_phone_is_told_where_it_was_written(surface: Surface) -> None:
    """Who may not give what the user holds changes no phone: said at the field, with a remedy.

    Error: identity.not_yours_to_enter.
    """
    security, system = entered(surface, "security"), entered(surface, "system")
    security.send(f"{CLERK}/roles", **{"role.role_nanning": "yes"})
    assert f"{CLERK}/contact" not in system.see(CLERK).links
    answer = system.send(f"{CLERK}/change", phone="13900000077")
    page = Document(answer.text)
    marked = {one["id"] for _, one in page.shown if one.get("aria-invalid") == "true"}
    assert (answer.status_code, marked) == (422, {"phone"})
    assert "请由能够分配这些权限的安全管理员办理" in answer.text
    assert (
        "修改成功。"
        in system.see(system.send(f"{CLERK}/change", description="改").headers["location"]).words
    )


def test_only_roles_that_can_be_given_are_offered(surface: Surface) -> None:
    """角色和群组: what somebody else delegated, and nothing that would be refused."""
    page = entered(surface, "security").see(f"{CLERK}/roles")
    ticks = {str(one["id"]) for _, one in page.shown if one.get("type") == "checkbox"}
    assert "role.role_nanning" in ticks
    assert "role.role_liuzhou" not in ticks
