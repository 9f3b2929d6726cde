"""A real browser, its keyboard, and no script: a user is added, found, changed, deleted."""

from typing import Any

import pytest

from .driving import NEW_PASSWORD, Installation, become, enter, fill, follow, reach, write
from .test_regions import DESK, own_code, said, seen


@pytest.mark.function("F025", surface="page")
def test_a_user_is_kept_by_keyboard(installation: Installation, chromium: Any) -> None:
    """用户: each step is reached by Tab, does what it says, and fits on a phone."""
    context = chromium.new_context(java_script_enabled=False, viewport=DESK)
    page = context.new_page()
    become(page, installation)
    follow(page, "用户")
    seen(page, installation, "users")
    code = own_code(page)
    follow(page, "新增用户")
    write(page, account="wang.example", name="王示例", phone="12")
    reach(page, "memberships")
    page.keyboard.type(f"{code} 科员")
    reach(page, "保存")
    enter(page)
    assert "手机号码不是11位有效号码" in page.get_by_role("alert").inner_text()
    seen(page, installation, "user-refused")
    reach(page, "phone")
    page.keyboard.press("Control+A")
    fill(page, phone="13900000009")
    assert said(page) == "新增成功。"
    seen(page, installation, "user-added")
    follow(page, "修改")
    assert page.locator("h1").inner_text() == "再次核验身份"
    fill(page, password=NEW_PASSWORD)
    fill(page, mail="wang@example.cn")
    assert said(page) == "修改成功。"
    reach(page, "停用")
    enter(page)
    reach(page, "确认停用")
    enter(page)
    assert "停用" in page.locator("dl").inner_text()
    follow(page, "用户")
    fill(page, text="wang")
    follow(page, "wang.example")
    follow(page, "删除")
    seen(page, installation, "user-deleting")
    reach(page, "确认删除")
    enter(page)
    assert said(page) == "删除成功。"
    assert "wang.example" not in page.locator("main").inner_text()
    context.close()
