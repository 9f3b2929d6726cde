"""后台作业: a table of three thousand firms, taken in while its sender does something else.

His account was made by the administrators and logs in as its users do.
"""

from pathlib import Path

import pytest
from tests.integration.jobs.conftest import firms

from .desk import Desk
from .staff import Staff


@pytest.fixture(scope="module")
def clerk(staff: Staff) -> Desk:
    """Give the desk of a 部门任务管理员."""
    return staff.desk("task_administrator", department="市场监管局")


def send(desk: Desk, table: Path, source: str) -> None:
    """Send a table by the page of subjects."""
    desk.open("监管对象", "监管对象")
    desk.main.get_by_role("link", name="导入", exact=True).click()
    desk.main.locator("[name=source]").fill(source)
    desk.main.locator("[name=workbook]").set_input_files(table)
    desk.main.get_by_role("button", name="导入", exact=True).click()


@pytest.mark.function("F061", surface="page")
def test_a_large_table_is_taken_in_by_the_worker(clerk: Desk, staff: Staff, tmp_path: Path) -> None:
    """导入3000家企业: 后台执行, 进度、记录, 错误行逐条说明并可下载; 取消、重试."""
    desk, table = clerk, tmp_path / "名录.xlsx"
    table.write_bytes(firms(3000, wrong=1))
    send(desk, table, "南宁市企业名录")
    desk.page.get_by_role("status").filter(has_text="已交后台执行").wait_for()
    row = desk.row("导入监管对象：南宁市企业名录")
    row.get_by_text("等待执行").wait_for()
    row.get_by_role("button", name="取消", exact=True).click()
    desk.page.get_by_role("status").filter(has_text="作业已取消").wait_for()
    row.get_by_role("button", name="重试", exact=True).click()
    desk.page.get_by_role("status").filter(has_text="作业已重新排队").wait_for()
    staff.at.work()
    row.get_by_text("已完成").wait_for()
    row.get_by_text("共3001行：新增3000，更新0，未变0，未导入1").wait_for()
    row.get_by_text(
        "第3002行“统一社会信用代码”：没有统一社会信用代码、注册号等任何身份代码"
    ).wait_for()
    row.get_by_text("3001/3001行").wait_for()
    desk.keep("jobs")
    with desk.page.expect_download() as given:
        row.get_by_role("link", name="下载结果").click()
    assert given.value.suggested_filename == "未导入的行.xlsx"
    desk.open("监管对象", "监管对象")
    desk.search(name="示例食品厂2999号")
    desk.shows("示例食品厂2999号")
