"""A real browser, its keyboard, and no script: a region is added, found, changed, deleted."""

from typing import Any

import pytest

from .driving import Installation, become, choose, enter, fill, follow, reach, write

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}


def said(page: Any) -> str:
    """Give what the page says was done."""
    return str(page.get_by_role("status").inner_text())


def own_code(page: Any) -> str:
    """Give the code of the first department in the tree beside the users."""
    tree = page.get_by_role("navigation", name="组织机构")
    return str(tree.get_by_role("link").nth(1).get_attribute("href")).rpartition("=")[2]


def seen(page: Any, at: Installation, name: str) -> None:
    """Keep pictures of the page, for the desk and for the phone; on neither is it too wide."""
    for device, size in (("phone", PHONE), ("desk", DESK)):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
        at.keep(page, f"{name}-{device}")


@pytest.mark.function("F025", surface="page")
@pytest.mark.function("F087", surface="page")
@pytest.mark.function("F088", surface="page")
@pytest.mark.function("F089", surface="page")
@pytest.mark.function("F090", surface="page")
@pytest.mark.function("F091", surface="page")
def test_a_region_is_kept_by_keyboard(installation: Installation, chromium: Any) -> None:
    """行政区划: each step is reached by Tab, does what it says, and fits on a phone."""
    context = chromium.new_context(java_script_enabled=False, viewport=DESK)
    page = context.new_page()
    become(page, installation)
    follow(page, "行政区划")
    seen(page, installation, "regions")
    follow(page, "新增行政区划")
    write(page, code="450199", name="示例区")
    choose(page, "level", "市级")
    choose(page, "parent", "南宁市")
    fill(page, position="9")
    assert "所属层级与区划代码不符" in page.get_by_role("alert").inner_text()
    seen(page, installation, "region-refused")
    choose(page, "level", "县级")
    fill(page, position="9")
    assert said(page) == "新增成功。"
    seen(page, installation, "region-added")
    follow(page, "行政区划")
    fill(page, text="例")
    follow(page, "修改示例区")
    choose(page, "graded", "是")
    fill(page, name="示例新区")
    assert said(page) == "修改成功。"
    assert "示例新区" in page.locator("h1").inner_text()
    follow(page, "行政区划")
    fill(page, text="450199")
    follow(page, "删除示例新区")
    seen(page, installation, "region-deleting")
    reach(page, "确认删除")
    enter(page)
    assert said(page) == "删除成功。"
    assert "示例新区" not in page.locator("main").inner_text()
    follow(page, "组织机构")
    seen(page, installation, "departments")
    context.close()
