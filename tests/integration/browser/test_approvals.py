"""审批办件 in a real browser: a clerk enters it from the firm's page, an officer calls on it."""

from typing import Any

import pytest
from tests.integration.cycle.story import PICTURE

from .desk import Desk
from .prepared import FARM, hand
from .staff import Staff
from .test_extensions import FIRMS, officer

__all__ = ["officer"]
NUMBER, LICENCE = "450103202601010001", "JY14501030000017"
PAPER: Any = {"name": "食品经营许可证.png", "mimeType": "image/png", "buffer": PICTURE}
FILE = {
    "number": NUMBER, "matter": "食品经营许可", "nature": "普通许可",
    "authority": "南宁市行政审批局",
    "decided_on": "2026-01-05", "result": "准予", "licence": LICENCE, "document": "食品经营许可证",
    "valid_from": "2026-01-05", "valid_to": "2031-01-04",
}  # fmt: skip


def _is_entered(clerk: Desk) -> None:
    """From the page of the firm, in a drawer, with a scan; the firm's page shows it then."""
    clerk.open("监管对象", "监管对象")
    clerk.main.get_by_role("link", name=FIRMS[0]).first.click()
    clerk.page.get_by_role("heading", name="审批办件").wait_for()
    clerk.keep("approval-subject-before")
    clerk.drawer.get_by_role("link", name="新增审批办件", exact=True).click()
    clerk.drawer.locator("[name=number]").wait_for()
    clerk.fill(**FILE)
    clerk.drawer.locator("[name=papers]").set_input_files([PAPER])
    clerk.keep("approval-form")
    clerk.press("保存")
    clerk.told("新增成功")
    clerk.open("监管对象", "审批办件")
    clerk.keep("approval-list")
    clerk.search(matter="经营")
    assert clerk.row(NUMBER).count() == 1
    clerk.act(NUMBER, "查看")
    clerk.keep("approval-view")
    clerk.close()


def _is_called_on(officer: Desk) -> None:
    """On the visit: material by material, the item chosen among those of the visit."""
    officer.open("一业一查", "现场检查")
    officer.act(FIRMS[0], "RW20260101-00001")
    officer.drawer.get_by_role("link", name="现场签到").click()
    officer.drawer.locator("[name=reason]").wait_for()
    officer.fill(reason="没有张贴二维码")
    officer.press()
    officer.told("已办理")
    officer.act(FIRMS[0], "RW20260101-00001")
    officer.drawer.get_by_role("link", name="调用企业材料").click()
    officer.page.get_by_role("heading", name="审批办件的材料").wait_for()
    officer.keep("approval-materials")
    officer.page.get_by_role("link", name="引用到检查项").first.click()
    officer.drawer.locator("[name=material]").wait_for()
    officer.keep("approval-use")
    officer.fill(item="许可证")
    assert officer.drawer.locator("[name=source] option:checked").inner_text() == "审批办件"
    officer.press()
    officer.told("已办理")
    officer.open("一业一查", "现场检查")
    officer.act(FIRMS[0], "RW20260101-00001")
    officer.drawer.get_by_text(f"食品经营许可证（{LICENCE}）").first.wait_for()
    officer.keep("approval-used")


@pytest.mark.function("F107", surface="page")
def test_a_clerk_enters_a_file_and_an_officer_calls_on_it(officer: Desk, staff: Staff) -> None:
    """录入, 附件, 检索, 查看; 检查中引用到检查项."""
    hand(staff, "clerk", department=FARM)
    _is_entered(staff.desk("clerk", department=FARM))
    _is_called_on(officer)
