"""A real browser: each kind of user logs in by each of his ways, on the phone, and lands inside."""

from collections.abc import Iterator
from typing import Any

import pytest

from supervision_core.kernel.codes.identity_card import complete_identity_card

from .driving import (
    NEW_PASSWORD,
    Installation,
    answer_of,
    become,
    choose,
    enter,
    fill,
    follow,
    leave,
    log_in,
    reach,
    write,
)
from .test_regions import DESK, PHONE, own_code, said

THIRD = {
    "account": "jian.ce",
    "phone": "13900000031",
    "name": "莫检测",
    "document_number": complete_identity_card("45010319870606006"),
}


def phone_of(chromium: Any) -> Any:
    """Give a page of a phone, without scripts."""
    return chromium.new_context(java_script_enabled=False, viewport=PHONE).new_page()


def fits(page: Any, at: Installation, name: str) -> None:
    """Keep a picture; the page is not wider than the phone."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    at.keep(page, f"m-{name}")


def sign_on(page: Any, at: Installation, name: str, *, home: str = "/m") -> None:
    """Go by the unified platform as one of its people."""
    page.goto(f"{at.url}{home}/login")
    follow(page, "用统一身份认证（智桂通）登录")
    told = at.unified.people[name]
    inner = told.get("personalInfo") or told["corporationInfo"]
    with page.expect_navigation():
        page.get_by_text(inner.get("userName") or inner["enterpriseName"]).click()


@pytest.fixture(scope="module")
def administrator(installation: Installation, chromium: Any) -> Iterator[Any]:
    """Give the page of the administrator of the system, at his desk."""
    context = chromium.new_context(java_script_enabled=False, viewport=DESK)
    page = context.new_page()
    become(page, installation)
    yield page
    context.close()


@pytest.mark.function("F095", surface="page")
@pytest.mark.function("F121", surface="page")
@pytest.mark.parametrize(
    ("name", "home", "shown"),
    [("citizen", "/m", "群众"), ("firm", "/ent", "企业用户")],
    ids=["citizen", "firm"],
)
def test_citizens_and_firms_come_by_the_unified_platform(
    installation: Installation, chromium: Any, name: str, home: str, shown: str
) -> None:
    """单点登录: made at the first time, known at the second; leaves both, by one form."""
    page = phone_of(chromium)
    for _ in range(2):
        sign_on(page, installation, name)
        assert page.url.endswith(home)
        assert shown in page.locator("main").inner_text()
        fits(page, installation, f"home-{name}")
        follow(page, "我的消息" if home == "/m" else "全部：消息")
        assert "还没有消息" in page.locator("main").inner_text()
        reach(page, "我的账号")
        page.keyboard.press("Enter")
        reach(page, "退出登录")
        with page.expect_navigation(url=f"{installation.url}/m/login"):
            page.keyboard.press("Enter")
        page.goto(f"{installation.url}/m")
        assert page.url.endswith("/m/login")
    page.context.close()


@pytest.mark.function("F095", surface="page")
def test_who_is_not_checked_enough_is_told_so(installation: Installation, chromium: Any) -> None:
    """步骤4: the sentence of the proposal, with the ways of logging in below it."""
    page = phone_of(chromium)
    sign_on(page, installation, "unchecked")
    alert = page.get_by_role("alert").inner_text()
    assert "您登录本系统的账户类别不满足业务办理要求，请使用符合要求的账户重新登录系统" in alert
    fits(page, installation, "not-sufficient")
    sign_on(page, installation, "servant")
    assert "登记" in page.get_by_role("alert").inner_text()
    sign_on(page, installation, "frozen")
    assert "登录失败" in page.get_by_role("alert").inner_text()
    page.context.close()


def register(desk: Any, **fields: str) -> None:
    """Add a user of the administrator's own department by the form."""
    follow(desk, "用户")
    code = own_code(desk)
    follow(desk, "新增用户")
    kind, party = fields.pop("kind", ""), fields.pop("party", "")
    write(desk, **fields)
    if kind:
        choose(desk, "kind", kind)
        write(desk, party=party)
    reach(desk, "memberships")
    desk.keyboard.type(f"{code} 检测员")
    reach(desk, "保存")
    enter(desk)
    assert "?done=added" in desk.url, desk.locator("main").inner_text()


@pytest.fixture(scope="module")
def third(installation: Installation, chromium: Any, administrator: Any) -> None:
    """Let somebody of a third party be registered, get a password, and change it on his phone."""
    at = installation
    register(administrator, kind="第三方机构人员", party="third-1", **THIRD)
    user = administrator.url.partition("?")[0]
    guard = chromium.new_context(java_script_enabled=False, viewport=DESK).new_page()
    become(guard, at, who=1)
    guard.goto(f"{user}/password")
    if guard.locator("h1").inner_text() == "再次核验身份":
        fill(guard, password=NEW_PASSWORD)
    follow(guard, "确认重置")
    password = guard.locator("#password").input_value()
    guard.context.close()
    page = phone_of(chromium)
    log_in(page, at, password, account=THIRD["account"], home="/m")
    assert page.url.endswith("/m/password"), page.locator("main").inner_text()
    fits(page, at, "password")
    fill(page, old=password, new=NEW_PASSWORD)
    assert "密码已修改" in said(page)
    page.context.close()


def is_inside(page: Any) -> bool:
    """Tell whether the third party's user is in the phone zone, and is told who he is."""
    told = page.locator("dl").inner_text()
    words = ("第三方机构人员", THIRD["name"], THIRD["account"])
    return page.url.endswith("/m") and all(one in told for one in words)


@pytest.mark.usefixtures("third")
@pytest.mark.function("F121", surface="page")
def test_a_third_party_comes_by_password_and_code(
    installation: Installation, chromium: Any
) -> None:
    """账号密码登录: into the phone zone, and to the workbench; out again."""
    page = phone_of(chromium)
    page.goto(f"{installation.url}/m/login")
    fits(page, installation, "login")
    log_in(page, installation, NEW_PASSWORD, account=THIRD["account"], home="/m")
    assert is_inside(page)
    fits(page, installation, "home-third-party")
    page.goto(f"{installation.url}/gov")
    assert THIRD["account"] in page.locator("main").inner_text()
    leave(page)
    assert said(page) == "已退出登录。"
    page.context.close()


def begin_face(page: Any, at: Installation) -> None:
    """Give account and password, to show one's face then."""
    page.goto(f"{at.url}/m/login")
    follow(page, "用账号密码加人脸认证登录")
    follow(page, "换成文字问题")
    answer = answer_of(page.locator("label[for=answer]").inner_text())
    fits(page, at, "face")
    fill(page, account=THIRD["account"], password=NEW_PASSWORD, answer=answer)


@pytest.mark.usefixtures("third")
@pytest.mark.function("F121", surface="page")
@pytest.mark.function("F096", surface="page")
def test_a_third_party_comes_by_face(installation: Installation, chromium: Any) -> None:
    """人脸认证: not before it is certified; then into the phone zone."""
    page = phone_of(chromium)
    begin_face(page, installation)
    fits(page, installation, "face-check")
    follow(page, "我已完成人脸认证")
    assert page.get_by_role("alert").count() == 1
    fits(page, installation, "face-not-yet")
    begin_face(page, installation)
    reach(page, "打开人脸认证（新窗口）")
    with page.expect_popup() as opened:
        page.keyboard.press("Enter")
    opened.value.get_by_text("是本人", exact=True).click()
    opened.value.close()
    follow(page, "我已完成人脸认证")
    assert is_inside(page), page.locator("main").inner_text()
    page.context.close()


@pytest.mark.usefixtures("third")
@pytest.mark.function("F121", surface="page", complete=True)
def test_a_third_party_comes_by_the_unified_platform(
    installation: Installation, chromium: Any
) -> None:
    """身份证认证: known by his identity number as who he is registered as, not made anew."""
    people = installation.unified.people
    people["tester"] = {
        "userType": "1",
        "personalInfo": {
            **people["citizen"]["personalInfo"], "id": "1009", "userIdcode": "GX1009",
            "userName": THIRD["name"], "userIdcard": THIRD["document_number"],
        },
    }  # fmt: skip
    page = phone_of(chromium)
    sign_on(page, installation, "tester")
    assert is_inside(page), page.locator("main").inner_text()
    page.context.close()


@pytest.mark.function("F095", surface="page")
def test_a_civil_servant_comes_once_he_is_registered(
    installation: Installation, chromium: Any, administrator: Any
) -> None:
    """工作人员: known by his identity number; each entrance leads into its own space."""
    told = installation.unified.people["servant"]["personalInfo"]
    number = told["userIdcard"]
    register(administrator, account="chen.shili", name="陈旧名", document_number=number)
    page = phone_of(chromium)
    sign_on(page, installation, "servant")
    assert page.url.endswith("/m"), page.locator("main").inner_text()
    assert told["userName"] in page.locator("dl").inner_text()
    fits(page, installation, "home-staff")
    sign_on(page, installation, "servant", home="/gov")
    assert page.url.endswith("/gov")
    page.context.close()
