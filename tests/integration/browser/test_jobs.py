"""后台作业: large tables, long exports and batches, carried out while who started them goes on.

The accounts were made by the administrators and log in as their users do.
"""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.integration.jobs.conftest import firms

from adapters.documents.workbooks import WorkbookTables
from entrypoints.words import all_messages
from supervision_core.kernel.documents import ResultColumn, ResultSheet

from .desk import Desk
from .prepared import hand
from .staff import Staff

TAG = "待核对"


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
        "第3002行未导入，“统一社会信用代码”：没有统一社会信用代码、注册号等任何身份代码"
    ).wait_for()
    row.get_by_text("3001/3001行").wait_for()
    told_of_the_end(desk)
    desk.keep("job")
    desk.open("我的工作台", "后台作业")
    desk.keep("jobs")
    with desk.page.expect_download() as given:
        row.get_by_role("link", name="下载结果").click()
    assert given.value.suggested_filename == "未导入的行.xlsx"
    desk.open("监管对象", "监管对象")
    desk.search(name="示例食品厂2999号")
    desk.shows("示例食品厂2999号")


def told_of_the_end(desk: Desk) -> None:
    """Open the message that the bell shows: it leads to the page of the job."""
    desk.page.reload()
    unread = desk.page.get_by_role("navigation", name="主导航").get_by_role("link")
    unread.filter(has_text="我的消息").filter(has_text="1条未读").wait_for()
    desk.open("我的工作台", "我的消息")
    message = desk.main.locator("article").filter(has_text="后台作业已完成").first
    message.get_by_role("button", name="打开").click()
    desk.page.get_by_role("heading", name="记录").wait_for()
    desk.page.get_by_role("link", name="下载结果").first.wait_for()


def taken_in(clerk: Desk, folder: Path, table: bytes) -> None:
    """Let the operator take a table of firms in."""
    file = folder / "名录.xlsx"
    file.write_bytes(table)
    clerk.at.operate("import", "subjects", str(file))


@pytest.mark.function("F061", surface="page")
def test_a_long_list_is_given_out_by_the_worker(clerk: Desk, staff: Staff, tmp_path: Path) -> None:
    """导出一万条以上: 先说明由后台导出, 完成后从作业页面下载, 每一条都在."""
    desk = clerk
    taken_in(desk, tmp_path, firms(10_050))
    desk.open("监管对象", "监管对象")
    desk.search(name="示例食品厂")
    desk.row("示例食品厂").first.wait_for()
    desk.main.get_by_role("link", name="导出", exact=True).click()
    desk.main.get_by_text("由后台导出").wait_for()
    desk.keep("export-later")
    desk.main.get_by_role("button", name="后台导出").click()
    desk.page.get_by_role("status").filter(has_text="已交后台执行").wait_for()
    staff.at.work()
    desk.row("导出监管对象列表").get_by_text("已完成").wait_for()
    desk.main.get_by_role("link", name="导出监管对象列表", exact=True).click()
    desk.main.get_by_text("共导出10050条").wait_for()
    desk.keep("export-job")
    with desk.page.expect_download() as given:
        desk.main.get_by_role("link", name="下载结果").click()
    rows = CalamineWorkbook.from_path(given.value.path()).get_sheet_by_index(0).to_python()
    assert len({row[0] for row in rows[1:]}) == 10_050


@pytest.mark.function("F061", surface="page")
def test_three_hundred_are_tagged_by_one_batch(clerk: Desk, staff: Staff, tmp_path: Path) -> None:
    """全部符合条件的300条: 确认条数后由后台逐条办理, 每条的结果可以下载."""
    desk, keeper = clerk, hand(staff, "scene_administrator", department="市场监管局")
    keeper.do("subjects.create_tag", name=TAG, region="450100")
    taken_in(desk, tmp_path, firms(300, name="重复登记厂", first=20_000))
    desk.open("监管对象", "监管对象")
    desk.search(name="重复登记厂")
    desk.row("重复登记厂").first.wait_for()
    desk.main.get_by_label("全部符合条件的记录").check()
    desk.keep("batch-chosen")
    desk.main.get_by_role("button", name="批量为监管对象打标签").click()
    desk.main.get_by_text("将对下列300条记录办理").wait_for()
    desk.main.locator("[name=put]").fill(TAG)
    desk.main.locator("[name=reason]").fill("现场核实")
    desk.keep("batch-asked")
    desk.main.get_by_role("button", name="批量为监管对象打标签").click()
    desk.page.get_by_role("status").filter(has_text="已交后台执行").wait_for()
    staff.at.work()
    row = desk.row("为监管对象打标签：300条")
    row.get_by_text("共300条：成功300，跳过0").wait_for()
    desk.keep("batch-job")
    with desk.page.expect_download() as given:
        row.get_by_role("link", name="下载结果").click()
    sheet = CalamineWorkbook.from_path(given.value.path()).get_sheet_by_index(0)
    assert [line[1] for line in sheet.to_python()[1:]] == ["成功"] * 300
    desk.open("监管对象", "监管对象")
    desk.more()
    desk.search(tags=TAG)
    desk.row("重复登记厂").first.wait_for()
    desk.main.get_by_label("全部符合条件的记录").check()
    desk.main.get_by_role("button", name="批量为监管对象打标签").click()
    desk.main.get_by_text("将对下列300条记录办理").wait_for()


def officers(count: int, department: str) -> bytes:
    """Give a workbook of so many officers, and one without a name behind them."""
    rows = [(f"示例执法人员{one}", f"4501{one:07}", department) for one in range(count)]
    columns = [ResultColumn(one) for one in ("姓名", "执法证号", "所属部门")]
    sheet = ResultSheet(name="表", columns=columns, rows=[*rows, ("", "45019999999", department)])
    return WorkbookTables(all_messages()).results([sheet])


@pytest.mark.function("F064", surface="page")
def test_officers_are_taken_in_by_the_worker(staff: Staff, tmp_path: Path) -> None:
    """导入3000名执法人员: 后台执行, 错误行说明并可下载; 名单里查得到."""
    desk = staff.desk("department_administrator", department="市场监管局")
    table = tmp_path / "执法人员.xlsx"
    table.write_bytes(officers(3000, "市场监管局"))
    desk.open("执法力量", "执法人员")
    desk.main.get_by_role("link", name="导入", exact=True).click()
    desk.main.locator("[name=workbook]").set_input_files(table)
    desk.main.get_by_role("button", name="导入", exact=True).click()
    desk.page.get_by_role("status").filter(has_text="已交后台执行").wait_for()
    staff.at.work()
    row = desk.row("导入执法人员")
    row.get_by_text("已完成").wait_for()
    row.get_by_text("共3001行：新增3000，更新0，未变0，未导入1").wait_for()
    row.get_by_text("第3002行未导入，“姓名”").wait_for()
    with desk.page.expect_download() as given:
        row.get_by_role("link", name="下载结果").click()
    assert given.value.suggested_filename == "未导入的行.xlsx"
    desk.open("执法力量", "执法人员")
    desk.search(name="示例执法人员2999")
    desk.row("示例执法人员2999").wait_for()
