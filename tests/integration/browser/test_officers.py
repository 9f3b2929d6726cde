"""执法力量 and 要素 in a real browser: officers, teams, review groups, and what users define."""

from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from supervision_core.kernel.codes.identity_card import complete_identity_card

from .desk import Desk
from .driving import NEW_PASSWORD
from .staff import Staff

HOME = "市场监管局"
_NUMBERS = count(1)


@pytest.fixture(scope="module")
def desk(staff: Staff) -> Desk:
    """Give the desk of the administrator of a department."""
    return staff.desk("department_administrator", department=HOME)


def phone(number: int) -> str:
    """Give a phone number of nobody."""
    return f"1390000{number:04}"


def write(desk: Desk, **fields: str) -> None:
    """Fill in fields of the drawer whose names are no words: ``__`` stands for a hyphen."""
    for name, text in fields.items():
        desk.drawer.locator(f'[name="{name.replace("__", "-")}"]').fill(text)


def register(desk: Desk, *names: str) -> None:
    """Register officers of the own department by the form."""
    desk.open("执法力量", "执法人员")
    for name in names:
        number = next(_NUMBERS)
        card = complete_identity_card(f"4501031985010{1 + number % 9}{number:03}")
        desk.start("新增执法人员")
        desk.fill(name=name, sex="女", body="示例执法支队", phone=phone(number), identity_card=card)
        write(desk, c0__number=f"4501000{number:04}", c0__regions="南宁市")
        desk.press("保存")
        desk.told("新增成功")


def fill_in(file: Path, rows: list[list[str]]) -> None:
    """Write a workbook as somebody fills it in."""
    with Workbook(file) as book:
        sheet = book.add_worksheet("执法人员")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)


def rows_of(download: Any, folder: Path) -> list[list[str]]:
    """Give the rows of a workbook that was downloaded."""
    file = folder / download.suggested_filename
    download.save_as(file)
    sheet = CalamineWorkbook.from_path(file).get_sheet_by_index(0)
    return [list(map(str, row)) for row in sheet.to_python()]


def side(desk: Desk, name: str) -> Any:
    """Give one side of a transfer panel."""
    return desk.main.locator("section").filter(has=desk.page.get_by_role("heading", name=name))


def stand(desk: Desk, name: str, *officers: str) -> None:
    """Wait for a side of the panel to show these officers."""
    cells = side(desk, name).locator("tbody tr:not(.rows-none) td:nth-child(2)")
    desk.until(cells.all_inner_texts, list(officers))


def find(desk: Desk, where: str, **fields: str) -> None:
    """Search on a side of the panel."""
    for field, text in fields.items():
        side(desk, where).locator(f'[name$="-{field}"]:not([type=hidden])').fill(text)
    with desk.page.expect_response(lambda answer: answer.url.endswith("/members")):
        side(desk, where).get_by_role("button", name="查询", exact=True).click()
    busy = desk.page.locator(".htmx-request, .htmx-swapping, .htmx-settling")
    desk.until(busy.count, 0)


def tick(desk: Desk, name: str, *officers: str) -> None:
    """Tick officers on a side of the panel, by the keyboard, whatever had the focus before."""
    for one in officers:
        box = side(desk, name).get_by_role("checkbox", name=f"选择{one}")
        desk.until(partial(_ticked, box), wanted=True)


def _ticked(box: Locator) -> bool:
    if not box.is_checked():
        box.press("Space")
    return box.is_checked()


def push(desk: Desk, words: str, done: str) -> None:
    """Press a button of the panel, and wait for what is said."""
    desk.main.get_by_role("button", name=words, exact=True).click()
    desk.page.get_by_role("status").filter(has_text=done).wait_for()


def panel(desk: Desk, name: str) -> None:
    """Go from a list to the panel of a team."""
    desk.act(name, name)
    desk.drawer.get_by_role("link", name="关联执法人员").click()
    desk.main.get_by_role("heading", name="未关联").wait_for()


@pytest.mark.function("F064", surface="page", complete=True)
def test_officers_are_maintained(desk: Desk, tmp_path: Path) -> None:
    """执法人员管理: 统一入口 of 维护; 列表 and 检索; 查看基础信息; 关联到执法小组; 导入、导出."""
    register(desk, "周一", "吴二")
    desk.open("执法力量", "执法人员")
    desk.heads("姓名", "联系电话", "所属主体（受委托组织）", "性别", "执法证号")
    desk.keep("officers")
    desk.start("新增执法人员")
    desk.keep("officer-add")
    desk.fill(name="郭无证")
    desk.press("保存")
    desk.drawer.get_by_role("alert").wait_for()
    assert "没有执法证" in desk.drawer.inner_text()
    desk.page.once("dialog", lambda asked: asked.accept())
    desk.close()
    desk.search(name="周")
    assert "139****0001" in desk.row("周一").inner_text()
    desk.act("周一", "周一")
    assert "45010000001" in desk.drawer.inner_text()
    desk.keep("officer-view")
    desk.drawer.get_by_role("link", name="修改", exact=True).click()
    desk.drawer.get_by_role("heading", name="修改执法人员").wait_for()
    desk.fill(rank="一级主任科员", education="大学本科")
    write(desk, c1__number="45010009001", c1__regions="南宁市")
    desk.press("保存")
    desk.told("修改成功")
    desk.act("周一", "周一")
    assert all(one in desk.drawer.inner_text() for one in ("一级主任科员", "45010009001"))
    desk.close()
    do(desk, "周一", "暂停执法人员")
    desk.row("周一").filter(has_text="暂停").wait_for()
    do(desk, "周一", "恢复执法人员")
    desk.row("周一").filter(has_text="在岗").wait_for()
    looked_at(desk)
    by_phone(desk)
    imported(desk, tmp_path)
    desk.open("执法力量", "执法人员")
    desk.search(name="吴二")
    do(desk, "吴二", "删除执法人员")
    desk.until(desk.row("吴二").count, 0)


def test_the_account_of_an_officer_is_chosen(staff: Staff, desk: Desk) -> None:
    """为执法人员关联账号: the account is looked up while one types, and nobody knows an id."""
    register(desk, "冯九")
    account = staff.hire("officer", department=HOME)
    desk.open("执法力量", "执法人员")
    desk.act("冯九", "冯九")
    desk.drawer.get_by_role("link", name="为执法人员关联账号", exact=True).click()
    field = desk.drawer.locator("[data-picker=user]")
    field.press_sequentially(account)
    offers = desk.drawer.locator("datalist option")
    desk.until(
        lambda: [one.get_attribute("value") for one in offers.all()], [f"示例人员（{account}）"]
    )
    desk.page.once("dialog", lambda asked: asked.accept())
    desk.close()


def do(desk: Desk, row: str, words: str, **fields: str) -> None:
    """Carry out, beside what a row says, what a form of its drawer asks for."""
    desk.act(row, row)
    desk.drawer.get_by_role("link", name=words, exact=True).click()
    desk.drawer.get_by_role("heading", name=words).wait_for()
    desk.fill(**fields)
    desk.press("确认删除" if words.startswith("删除") else "")
    desk.told(f"{words[:2]}成功" if words.endswith("小组") else "已办理")


def looked_at(desk: Desk) -> None:
    """Look at somebody's personal data, and say what for."""
    desk.act("周一", "周一")
    desk.drawer.get_by_role("link", name="查看个人信息").click()
    if desk.page.get_by_role("heading", name="再次核验身份").count():
        desk.page.locator("[name=password]").fill(NEW_PASSWORD)
        desk.page.keyboard.press("Enter")
    desk.page.locator("[name=purpose]").select_option(label="联系本人")
    desk.main.get_by_role("button", name="查看").click()
    desk.main.get_by_text(phone(1)).wait_for()
    assert "大学本科" in desk.main.inner_text()


def by_phone(desk: Desk) -> None:
    """Find somebody by a phone number, which stands in no address."""
    desk.open("执法力量", "执法人员")
    desk.main.get_by_role("link", name="按联系电话查找").click()
    desk.page.locator("[name=phone]").fill(phone(2))
    desk.main.get_by_role("button", name="查找").click()
    desk.row("吴二").wait_for()
    desk.until(desk.row("周一").count, 0)
    assert phone(2) not in desk.page.url


def imported(desk: Desk, folder: Path) -> None:
    """Bring officers as a workbook, get the wrong row back, and export what the list shows."""
    file = folder / "officers.xlsx"
    rows = [
        ["姓名", "执法证号", "所属部门", "联系电话", "性别", "职级"],
        ["郑导入", "45010008001", HOME, phone(8001), "男", "四级调研员"],
        ["冯错误", "45010008002", "没有这个部门", phone(8002), "男", ""],
    ]
    fill_in(file, rows)
    desk.open("执法力量", "执法人员")
    desk.main.get_by_role("link", name="导入", exact=True).click()
    desk.page.locator("[name=workbook]").set_input_files(file)
    desk.main.get_by_role("button", name="导入").click()
    desk.main.get_by_text("新增 1").wait_for()
    desk.keep("officers-import")
    with desk.page.expect_download() as started:
        desk.main.get_by_role("link", name="下载未导入的行").click()
    told = [cell for row in rows_of(started.value, folder) for cell in row]
    assert "冯错误" in told
    assert "郑导入" not in told
    desk.open("执法力量", "执法人员")
    desk.search(name="导入")
    desk.until(desk.row("周一").count, 0)
    with desk.page.expect_download() as started:
        desk.main.get_by_role("link", name="导出", exact=True).click()
    found = rows_of(started.value, folder)
    assert [row[0] for row in found[1:]] == ["郑导入"]


@pytest.mark.function("F065", surface="page", complete=True)
@pytest.mark.function("F066", surface="page", complete=True)
@pytest.mark.function("F067", surface="page", complete=True)
def test_officers_are_linked_with_a_team(desk: Desk) -> None:
    """执法小组管理: 新增、修改、检索、删除; 未关联: 展示、检索、保存关联、关联所有查询结果.

    已关联: 展示、按姓名、电话、证号检索、委派组长、删除关联、删除所有查询结果.
    """
    register(desk, "王甲", "王乙", "王丙", "李丁")
    desk.open("执法力量", "执法小组")
    desk.start("新增小组")
    desk.fill(name="乳品执法组", order="2")
    desk.press()
    desk.told("新增成功")
    desk.heads("小组名称", "关联人数", "组长", "排序值")
    do(desk, "乳品执法组", "修改小组", name="乳品执法小组", order="1")
    desk.search(name="乳品")
    panel(desk, "乳品执法小组")
    for title in ("姓名", "联系电话", "所属主体（受委托组织）", "性别", "执法证号"):
        assert side(desk, "未关联").get_by_role("columnheader", name=title).count() == 1
    find(desk, "未关联", name="李")
    stand(desk, "未关联", "李丁")
    number = side(desk, "未关联").locator("tbody td:nth-child(3)").inner_text()[-4:]
    find(desk, "未关联", name="", phone=phone(int(number)))
    stand(desk, "未关联", "李丁")
    tick(desk, "未关联", "李丁")
    push(desk, "保存关联", "关联成功：1人")
    stand(desk, "已关联", "李丁")
    find(desk, "未关联", name="王", phone="")
    push(desk, "关联所有查询结果", "关联成功：3人")
    desk.keep("team-panel")
    side(desk, "已关联").get_by_role("link", name="王甲").click()
    desk.drawer.get_by_text("示例执法支队").wait_for()
    desk.close()
    tick(desk, "已关联", "王甲")
    push(desk, "委派组长", "委派组长成功")
    assert "组长" in side(desk, "已关联").locator("tr").filter(has_text="王甲").inner_text()
    held = side(desk, "已关联").locator("tr").filter(has_text="王乙").locator("td").nth(5)
    find(desk, "已关联", certificate=held.inner_text())
    stand(desk, "已关联", "王乙")
    tick(desk, "已关联", "王乙")
    push(desk, "删除关联", "删除关联成功：1人")
    find(desk, "已关联", certificate="", name="李")
    stand(desk, "已关联", "李丁")
    desk.main.get_by_role("button", name="删除所有查询结果").click()
    push(desk, "确认删除所有查询结果", "删除关联成功：1人")
    side(desk, "已关联").get_by_role("button", name="重置").click()
    desk.until(side(desk, "已关联").locator("tbody td:nth-child(2)").count, 2)
    desk.open("执法力量", "执法小组")
    assert "王甲" in desk.row("乳品执法小组").inner_text()
    do(desk, "乳品执法小组", "删除小组")
    desk.until(desk.row("乳品执法小组").count, 0)


@pytest.mark.function("F068", surface="page", complete=True)
def test_groups_for_risk_and_credit_are_kept(desk: Desk) -> None:
    """综合小组: 名称、类型、关联人数、排序值; by 小组类型 and 小组名称; 查看、修改、关联、删除."""
    register(desk, "评审甲")
    for name, kind in (("风险评价一组", "风险小组"), ("信用评价一组", "信用小组")):
        desk.open("执法力量", "综合小组")
        desk.start("新增综合小组")
        desk.fill(name=name, kind=kind, order="1")
        desk.press()
        desk.told("新增成功")
    desk.heads("小组名称", "小组类型", "关联人数", "排序值")
    desk.keep("review-groups")
    desk.search(kind="风险小组")
    desk.until(desk.row("信用评价一组").count, 0)
    desk.open("执法力量", "综合小组")
    desk.search(name="信用")
    desk.until(desk.row("风险评价一组").count, 0)
    panel(desk, "信用评价一组")
    find(desk, "未关联", name="评审")
    stand(desk, "未关联", "评审甲")
    tick(desk, "未关联", "评审甲")
    push(desk, "保存关联", "关联成功：1人")
    desk.open("执法力量", "综合小组")
    cells = desk.row("信用评价一组").locator("td").all_inner_texts()
    assert cells[1:4] == ["信用评价一组", "信用小组", "1"]
    desk.act("信用评价一组", "信用评价一组")
    assert "评审甲" in desk.drawer.inner_text()
    desk.drawer.get_by_role("link", name="修改小组").click()
    desk.drawer.get_by_role("heading", name="修改小组").wait_for()
    desk.fill(name="信用评价二组", order="3")
    desk.press()
    desk.told("修改成功")
    do(desk, "信用评价二组", "删除小组")
    desk.until(desk.row("信用评价二组").count, 0)


def define(desk: Desk, title: str, kind: str, **fields: str) -> None:
    """Define an element of officers."""
    desk.start("新增执法人员要素")
    desk.fill(title=title, type=kind, **fields)
    desk.press("保存")
    desk.told("新增成功")
    desk.row(title).wait_for()


def batch(desk: Desk, words: str, *titles: str) -> None:
    """Tick rows of a list, and do something with all of them."""
    for one in titles:
        desk.row(one).get_by_role("checkbox").check()
    desk.main.get_by_role("button", name=words).click()
    desk.page.get_by_role("heading", name=words).wait_for()
    desk.main.get_by_role("button", name=words).click()
    desk.main.get_by_text(f"成功 {len(titles)}，跳过 0。").wait_for()
    desk.main.get_by_role("link", name="返回列表").click()


@pytest.mark.function("F027", surface="page", complete=True)
def test_elements_of_officers_are_defined_and_filled(
    desk: Desk, staff: Staff, tmp_path: Path
) -> None:
    """执法人员要素: 增加、查看、禁用、删除、复用, 批量; in form, list, import and export."""
    other = staff.desk("department_administrator", department="应急管理局")
    other.open("要素配置", "执法人员要素")
    define(other, "应急资质", "文本", own="是")
    desk.open("要素配置", "执法人员要素")
    define(desk, "执法年限", "整数", mandatory="是")
    define(desk, "专业等级", "单选", choices="甲级\n乙级")
    define(desk, "入职日期", "日期")
    define(desk, "旧要素", "文本")
    define(desk, "废要素", "文本")
    desk.act("执法年限", "查看")
    assert all(one in desk.drawer.inner_text() for one in ("整数", "ys"))
    desk.close()
    batch(desk, "批量停用", "旧要素")
    batch(desk, "批量删除", "废要素")
    desk.row("废要素").wait_for(state="detached")
    batch(desk, "批量复用", "应急资质")
    desk.until(desk.row("应急资质").count, 2)
    desk.keep("elements")
    desk.open("执法力量", "执法人员")
    desk.start("新增执法人员")
    form = desk.drawer.inner_text()
    assert all(one in form for one in ("执法年限", "专业等级", "入职日期", "应急资质"))
    assert not any(one in form for one in ("旧要素", "废要素"))
    number = next(_NUMBERS)
    desk.fill(name="蒋要素")
    write(desk, c0__number=f"4501000{number:04}", c0__regions="南宁市")
    desk.drawer.get_by_label("专业等级").select_option(label="甲级")
    desk.drawer.get_by_label("执法年限").fill("8")
    desk.drawer.get_by_label("应急资质").fill("危化品")
    desk.press("保存")
    desk.told("新增成功")
    desk.heads("执法年限", "专业等级", "应急资质")
    assert all(one in desk.row("蒋要素").inner_text() for one in ("甲级", "8", "危化品"))
    desk.act("蒋要素", "蒋要素")
    assert "甲级" in desk.drawer.inner_text()
    desk.close()
    tabled(desk, tmp_path)
    other.open("执法力量", "执法人员")
    other.start("新增执法人员")
    assert "应急资质" in other.drawer.inner_text()


def tabled(desk: Desk, folder: Path) -> None:
    """Let elements come in and go out as columns of workbooks."""
    file = folder / "elements.xlsx"
    head = ["姓名", "执法证号", "所属部门", "执法年限", "专业等级", "入职日期"]
    fill_in(
        file,
        [
            head,
            ["沈导入", "45010008101", HOME, "12", "乙级", "2020-03-01"],
            ["韩缺项", "45010008102", HOME, "", "丁级", ""],
        ],
    )
    desk.open("执法力量", "执法人员")
    desk.main.get_by_role("link", name="导入", exact=True).click()
    with desk.page.expect_download() as started:
        desk.main.get_by_role("link", name="下载填报模板").click()
    told = {cell for row in rows_of(started.value, folder) for cell in row}
    assert any("专业等级" in one for one in told)
    desk.page.locator("[name=workbook]").set_input_files(file)
    desk.main.get_by_role("button", name="导入").click()
    desk.main.get_by_text("新增 1").wait_for()
    desk.open("执法力量", "执法人员")
    assert all(one in desk.row("沈导入").inner_text() for one in ("乙级", "12", "2020-03-01"))
    assert desk.row("韩缺项").count() == 0
    with desk.page.expect_download() as started:
        desk.main.get_by_role("link", name="导出", exact=True).click()
    titles, *rows = rows_of(started.value, folder)
    found = {row[0]: dict(zip(titles, row, strict=True)) for row in rows}
    assert found["蒋要素"]["专业等级"] == "甲级"
    assert found["沈导入"]["入职日期"][:10] == "2020-03-01"


@pytest.mark.function("F076", surface="page", complete=True)
def test_departments_join_a_group_by_the_panel(desk: Desk, staff: Staff) -> None:
    """关联部门: 参与部门 are ticked and come into 已选部门; what is 已选 can be deleted."""
    for name in ("应急管理局", "商务局"):
        staff.department(name)
    desk.open("基础信息", "部门分组")
    desk.start("新增部门分组")
    desk.fill(name="联合检查组")
    desk.press("保存")
    desk.told("新增成功")
    desk.row("联合检查组").get_by_role("link", name="关联部门").click()
    free, chosen = (
        desk.main.locator("section").filter(has=desk.page.get_by_role("heading", name=name))
        for name in ("参与部门", "已选部门")
    )
    for name in ("应急管理局", "商务局"):
        free.get_by_role("checkbox", name=f"选择{name}").check()
    free.get_by_role("button", name="加入").click()
    desk.page.get_by_role("status").filter(has_text="保存成功").wait_for()
    chosen.get_by_text("商务局").wait_for()
    desk.keep("group-panel")
    assert free.get_by_text("商务局").count() == 0
    chosen.get_by_role("checkbox", name="选择商务局").check()
    chosen.get_by_role("button", name="删除").click()
    free.get_by_text("商务局").wait_for()
    desk.open("基础信息", "部门分组")
    assert "应急管理局" in desk.row("联合检查组").inner_text()
    assert "商务局" not in desk.row("联合检查组").inner_text()
