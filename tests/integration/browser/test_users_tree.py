"""用户管理: the tree of departments beside the users, in a real browser."""

from typing import Any

import pytest

from .desk import DESK, Desk
from .driving import NEW_PASSWORD, Installation, log_in
from .staff import Staff


@pytest.mark.function("F025", surface="page")
def test_users_are_found_by_the_tree_of_departments(
    installation: Installation, chromium: Any, staff: Staff
) -> None:
    """组织机构树: what one administers stands beside the users; 使用状态 says who can work."""
    for department in ("树甲局", "树乙局"):
        staff.hire("officer", department=department)
    page = chromium.new_context(viewport=DESK).new_page()
    log_in(page, installation, NEW_PASSWORD)
    desk = Desk(page, installation)
    desk.open("系统管理", "用户")
    tree = page.get_by_role("navigation", name="组织机构")
    tree.get_by_role("link").nth(1).click()
    tree.get_by_role("link", name="树乙局").click()
    tree.locator("[aria-current]").get_by_text("树乙局").wait_for()
    rows = page.locator("main tbody tr")
    desk.until(rows.count, 1)
    assert "树乙局" in rows.inner_text()
    assert "使用中" in rows.inner_text()
    desk.keep("users-tree")
    rows.get_by_role("link").first.click()
    page.get_by_text("使用状态").wait_for()
    page.context.close()
