"""常用视图、列设置、最近打开: what somebody keeps about lists, in a real browser."""

from collections.abc import Iterator
from typing import Any

import pytest

from .desk import DESK, PHONE, Desk
from .driving import Installation, become

A4 = {"width": 703, "height": 1032}
"""What 12 mm of margin leave of a page, at 96 dots an inch."""
LINES = ("食品安全", "食品添加剂", "特种设备")


@pytest.fixture(scope="module")
def desk(installation: Installation, chromium: Any) -> Iterator[Desk]:
    """Give the desk of the administrator of the system, with three lines of business."""
    page = chromium.new_context(viewport=DESK).new_page()
    become(page, installation)
    made = Desk(page, installation)
    made.open("基础信息", "业务条线")
    for number, name in enumerate(LINES, 1):
        made.start("新增业务条线")
        made.fill(code=f"TX-0{number}", name=name)
        made.press("保存")
        made.told("新增成功")
        made.page.reload()
    yield made
    page.context.close()


def tabs(desk: Desk) -> Any:
    """Give the tabs of views."""
    return desk.page.get_by_role("navigation", name="视图")


def kept(desk: Desk, name: str, usual: str = "否") -> None:
    """Keep what is searched as a view."""
    desk.start("保存为视图")
    desk.fill(name=name, usual=usual)
    desk.press("保存")
    desk.told("视图已保存")


def test_a_search_is_kept_as_a_view(desk: Desk) -> None:
    """保存为视图; 标签页打开; 默认视图; 改名; 删除: one's own, by mouse and keyboard, at 390 px."""
    desk.open("基础信息", "业务条线")
    desk.search(name="食品")
    desk.shows("TX-01", "TX-02")
    desk.start("保存为视图")
    assert "条线名称：食品" in desk.drawer.inner_text()
    desk.close()
    kept(desk, "食品类")
    desk.open("基础信息", "业务条线")
    desk.shows("TX-01", "TX-02", "TX-03")
    assert tabs(desk).get_by_role("link").all_inner_texts() == ["全部", "食品类"]
    desk.keep("views")
    tabs(desk).get_by_role("link", name="食品类").focus()
    desk.page.keyboard.press("Enter")
    desk.shows("TX-01", "TX-02")
    assert "食品" not in desk.page.url.replace("%E9%A3%9F%E5%93%81", "食品")
    current = tabs(desk).locator("[aria-current]")
    assert current.inner_text() == "食品类"
    desk.main.get_by_role("link", name="管理视图").click()
    desk.act("食品类", "修改")
    desk.fill(name="食品条线", usual="是")
    desk.press("保存")
    desk.told("修改成功")
    desk.open("基础信息", "业务条线")
    desk.shows("TX-01", "TX-02")
    tabs(desk).get_by_role("link", name="全部").click()
    desk.shows("TX-01", "TX-02", "TX-03")
    desk.main.get_by_role("link", name="管理视图").click()
    desk.act("食品条线", "删除")
    desk.press("确认删除")
    desk.told("删除成功")
    desk.open("基础信息", "业务条线")
    desk.shows("TX-01", "TX-02", "TX-03")


def test_columns_stand_as_one_wants_them(desk: Desk) -> None:
    """列设置: which columns, in which order, how tight; 全部不填 brings the usual ones back."""
    desk.open("基础信息", "业务条线")
    heads = desk.page.get_by_role("columnheader")
    usual = heads.all_inner_texts()
    desk.start("列设置")
    for field in desk.drawer.locator("[name^=place-]").all():
        field.fill("")
    desk.drawer.get_by_label("条线名称").fill("1")
    desk.drawer.get_by_label("条线编码").fill("2")
    desk.fill(dense="紧凑")
    desk.press("保存")
    desk.told("列设置已保存")
    desk.until(heads.all_inner_texts, [usual[0], "条线名称", "条线编码", "操作"])
    desk.shows(*LINES)
    assert desk.page.locator(".listing.dense").count() == 1
    desk.keep("columns")
    desk.start("列设置")
    for field in desk.drawer.locator("[name^=place-]").all():
        field.fill("")
    desk.fill(dense="宽松")
    desk.press("保存")
    desk.told("列设置已保存")
    desk.until(heads.all_inner_texts, usual)


def test_what_was_opened_lately_is_at_hand(desk: Desk) -> None:
    """最近打开: on the first page, and below the empty box of the search; by keyboard."""
    desk.open("基础信息", "业务条线")
    for name in ("食品安全", "特种设备"):
        desk.act(name, "查看")
        desk.close()
    desk.page.goto(f"{desk.at.url}/gov")
    panel = desk.page.get_by_role("region", name="最近打开")
    panel.wait_for()
    assert [one.split("\n")[0] for one in panel.get_by_role("link").all_inner_texts()][:2] == [
        "特种设备", "食品安全",
    ]  # fmt: skip
    desk.page.set_viewport_size(PHONE)
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    desk.page.set_viewport_size(DESK)
    desk.page.keyboard.press("Control+k")
    options = desk.page.get_by_role("option")
    options.first.wait_for()
    assert "特种设备" in options.first.inner_text()
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("Enter")
    desk.page.get_by_role("heading", name="特种设备").first.wait_for()


def test_a_list_is_printed_whole(desk: Desk) -> None:
    """On A4, upright: all columns, and nothing that one can only press."""
    desk.open("基础信息", "业务条线")
    page = desk.page
    page.emulate_media(media="print")
    page.set_viewport_size(A4)
    table = page.locator(".wide-table").first
    assert table.evaluate("one => one.scrollWidth <= one.clientWidth")
    assert table.get_by_role("columnheader", name="条线名称").is_visible()
    for unprinted in (
        page.get_by_role("search").last,
        page.get_by_role("link", name="列设置"),
        table.get_by_role("checkbox").first,
        table.get_by_role("link", name="修改"),
    ):
        assert not unprinted.first.is_visible()
    page.emulate_media(media="screen")
    page.set_viewport_size(DESK)
