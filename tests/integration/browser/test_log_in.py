"""A real browser, its keyboard, and no script: from the first password to the home page."""

from typing import Any

import pytest

from .driving import NEW_PASSWORD, Installation, fill, leave, log_in


@pytest.mark.function("F121", surface="page")
@pytest.mark.parametrize("width", [1280, 360], ids=["desk", "phone"])
def test_pages_are_used_by_keyboard_without_script(
    installation: Installation, chromium: Any, width: int
) -> None:
    """账号密码登录: each field is reached by Tab and takes what it asks for; none is too wide."""
    page = chromium.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 800}
    ).new_page()
    for path in ("login", "login/words", "login/certificate"):
        page.goto(f"{installation.url}/gov/{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        named = page.locator("input:not([type=hidden]), textarea")
        for field in named.all():
            assert page.locator(f"label[for={field.get_attribute('id')}]").count() == 1
        installation.keep(page, f"{path.replace('/', '-')}-{width}")
    page.goto(f"{installation.url}/gov/login")
    fill(page, account="nobody.here", password=NEW_PASSWORD, answer="?")
    assert "登录失败" in page.get_by_role("alert").inner_text()
    installation.keep(page, f"refused-{width}")
    page.context.close()


@pytest.mark.function("F121", surface="page")
def test_a_first_password_is_changed_and_then_leads_inside(
    installation: Installation, chromium: Any
) -> None:
    """首次登录: the browser keeps the session's cookie, is led to a new password, then home."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, installation, installation.password)
    assert page.url.endswith("/gov/password"), page.locator("main").inner_text()
    fill(page, old=installation.password, new="short")
    assert "密码少于8位" in page.get_by_role("alert").inner_text()
    installation.keep(page, "password-refused")
    fill(page, old=installation.password, new=NEW_PASSWORD)
    assert "密码已修改" in page.get_by_role("status").inner_text()
    assert page.url.endswith("/gov?done=renewed")
    installation.keep(page, "home")
    (cookie,) = (one for one in context.cookies() if one["name"] == "__Host-session")
    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, "Lax")
    leave(page)
    page.goto(f"{installation.url}/gov")
    assert page.url.endswith("/gov/login")
    log_in(page, installation, NEW_PASSWORD)
    assert page.url.endswith("/gov")
    context.close()
