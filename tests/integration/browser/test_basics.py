"""基础配置: what the administrator of the system does with groups and lines, in a real browser.

The account was made by ``init`` and logs in as its user does: password, sum, code on the phone.
"""

from typing import Any

import pytest

from .desk import DESK, Desk
from .driving import Installation, become


@pytest.fixture(scope="module")
def desk(installation: Installation, chromium: Any) -> Desk:
    """Give the desk of the administrator of the system, logged in for the first time."""
    page = chromium.new_context(viewport=DESK).new_page()
    become(page, installation)
    return Desk(page, installation)


@pytest.mark.function("F075", surface="page", complete=True)
@pytest.mark.function("F077", surface="page", complete=True)
@pytest.mark.function("F079", surface="page", complete=True)
@pytest.mark.function("F080", surface="page", complete=True)
def test_groups_of_departments_are_kept(desk: Desk) -> None:
    """部门分组: 新增、保存并新建、关闭; the list with 更新时间 and 排序; 检索、查看详情; 删除."""
    desk.open("基础信息", "部门分组")
    desk.start("新增部门分组")
    desk.fill(name="市场监管组", position="1", departments="综合监管")
    desk.press("保存并新建")
    desk.shows("市场监管组")
    desk.blank()
    desk.fill(name="消防安全组", position="2")
    desk.press("保存")
    desk.told("新增成功")
    desk.shows("市场监管组", "消防安全组")
    for title in ("部门分组名称", "关联部门", "最后维护时间", "排序号"):
        desk.page.get_by_role("columnheader", name=title, exact=True).wait_for()
    assert "综合监管" in desk.row("市场监管组").inner_text()
    desk.keep("groups")
    desk.start("新增部门分组")
    desk.drawer.get_by_role("link", name="关闭").click()
    desk.drawer.wait_for(state="hidden")
    desk.search(name="消防")
    desk.shows("消防安全组")
    desk.act("消防安全组", "查看")
    assert "部门分组名称" in desk.drawer.inner_text()
    desk.page.keyboard.press("Escape")
    desk.act("消防安全组", "删除")
    desk.press("确认删除")
    desk.told("删除成功")
    desk.open("基础信息", "部门分组")
    desk.shows("市场监管组")


def test_what_was_done_is_told_every_time(desk: Desk) -> None:
    """新增成功, also after what was told before has gone; in the drawer where that stays open."""
    desk.open("基础信息", "部门分组")
    said = desk.main.locator("p.told")
    for name in ("告知甲组", "告知乙组"):
        desk.start("新增部门分组")
        desk.fill(name=name, position="8")
        desk.press("保存")
        desk.drawer.wait_for(state="hidden")
        desk.row(name).wait_for()
        desk.until(said.is_visible, wanted=True)
        said.evaluate("one => one.getAnimations().forEach((each) => each.finish())")
        assert not said.is_visible()
    desk.start("新增部门分组")
    desk.fill(name="告知丙组", position="8")
    desk.press("保存并新建")
    inside = desk.drawer.get_by_role("status").filter(has_text="新增成功")
    inside.wait_for()
    desk.keep("told-in-the-drawer")
    desk.close()
    desk.search(name="告知")
    desk.act("告知甲组", "修改")
    desk.fill(position="7")
    desk.press("保存并处理下一条")
    desk.drawer.get_by_role("status").filter(has_text="修改成功").wait_for()
    desk.close()


@pytest.mark.function("F081", surface="page", complete=True)
@pytest.mark.function("F082", surface="page", complete=True)
@pytest.mark.function("F083", surface="page", complete=True)
@pytest.mark.function("F084", surface="page", complete=True)
@pytest.mark.function("F085", surface="page")
@pytest.mark.function("F086", surface="page", complete=True)
def test_business_lines_are_kept(desk: Desk) -> None:
    """业务条线: 展示编码、名称、排序号; 模糊检索; 查看、修改; 新增; 删除选定, told by 成功."""
    desk.open("基础信息", "业务条线")
    for code, name in (("TX-01", "食品安全"), ("TX-02", "特种设备"), ("TX-03", "药品")):
        desk.start("新增业务条线")
        desk.fill(code=code, name=name)
        desk.press("保存")
        desk.told("新增成功")
        desk.page.reload()
    desk.shows("TX-01", "TX-02", "TX-03")
    for title in ("条线编码", "条线名称", "排序号"):
        desk.page.get_by_role("columnheader", name=title, exact=True).wait_for()
    desk.search(code="x-02")
    desk.shows("TX-02")
    desk.act("TX-02", "修改")
    desk.fill(name="特种设备安全", position="9")
    desk.press("保存")
    desk.told("修改成功")
    desk.open("基础信息", "业务条线")
    desk.search(name="设备")
    desk.act("TX-02", "查看")
    assert "特种设备安全" in desk.drawer.inner_text()
    desk.page.keyboard.press("Escape")
    desk.open("基础信息", "业务条线")
    for code in ("TX-01", "TX-03"):
        desk.row(code).get_by_role("checkbox").check()
    desk.page.get_by_role("button", name="批量删除").click()
    desk.page.get_by_role("heading", name="批量删除业务条线").wait_for()
    desk.page.get_by_role("button", name="批量删除").click()
    desk.page.get_by_text("成功 2，跳过 0。").wait_for()
    desk.page.get_by_role("link", name="返回列表").click()
    desk.shows("TX-02")


@pytest.mark.function("F092", surface="page", complete=True)
@pytest.mark.function("F093", surface="page", complete=True)
@pytest.mark.function("F094", surface="page", complete=True)
def test_departments_say_their_line(desk: Desk) -> None:
    """部门条线: 展示部门名称、部门简称、排序; 修改并返回是否成功; 按名称、简称模糊检索."""
    desk.open("基础信息", "部门条线")
    desk.heads("部门名称", "部门简称", "排序")
    desk.row("综合监管").get_by_role("link").first.click()
    desk.drawer.get_by_role("link", name="修改部门条线").click()
    desk.drawer.get_by_role("heading", name="修改部门条线").wait_for()
    desk.fill(short_name="综管办", line="特种设备安全", order="3")
    desk.keep("department-line")
    desk.press()
    desk.told("修改部门条线成功")
    desk.open("基础信息", "部门条线")
    desk.search(short_name="管办")
    assert "特种设备安全" in desk.row("综管办").inner_text()
    desk.search(short_name="", name="综合")
    assert "综管办" in desk.row("综合监管").inner_text()
    desk.search(name="没有这个部门")
    desk.page.get_by_text("没有符合条件的记录").wait_for()


@pytest.mark.function("F078", surface="page", complete=True)
def test_trades_are_added_beside_groups(desk: Desk) -> None:
    """新增: 业态名称、业态编码、默认抽取比例、风险等级、主管部门; 保存并新建、保存、关闭.

    The proposal names under 部门分组新增 the fields of 业态: a register of its own (ADR 0032).
    """
    desk.open("基础信息", "业态")
    desk.start("新增业态")
    desk.fill(name="餐饮", code="CY", draw_ratio="0.05", risk_level="中风险", department="综合监管")
    desk.press("保存并新建")
    desk.shows("餐饮")
    desk.blank()
    desk.fill(name="乳制品", code="RZP", draw_ratio="1.5")
    desk.press("保存")
    desk.drawer.get_by_role("alert").wait_for()
    desk.fill(draw_ratio="0.1")
    desk.press("保存")
    desk.told("新增成功")
    desk.shows("餐饮", "乳制品")
    desk.heads("业态名称", "业态编码", "默认抽取比例", "风险等级", "主管部门")
    cells = desk.row("餐饮").inner_text()
    assert all(one in cells for one in ("CY", "0.05", "中风险", "综合监管"))
    desk.start("新增业态")
    desk.drawer.get_by_role("link", name="关闭").click()
    desk.drawer.wait_for(state="hidden")
