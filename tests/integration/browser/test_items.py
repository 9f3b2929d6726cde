"""事项管理: 检查事项、法律法规、部门文书、标准材料, in a real browser, by whom they are kept.

The accounts are made by the administrators of the installation and log in as their users do.
"""

import json

import pytest
from python_calamine import CalamineWorkbook
from tests.integration.http.workbooks import read

from adapters.documents.workbooks import WorkbookTables
from entrypoints.words import all_messages
from supervision_core.kernel.documents import ResultColumn, ResultSheet

from .desk import Desk
from .staff import Staff

LAW = "乳品质量安全监督管理条例"
TEXT = """第一章　总则
第一条　为了加强乳品质量安全监督管理，制定本条例。
第十八条　生鲜乳收购站应当做好下列工作：
（一）建立收购记录；
（二）超过两小时未冷藏的生鲜乳，不得销售。
"""
CITATION = f"《{LAW}》（2008-10-09）第十八条第（二）项"


@pytest.fixture(scope="module")
def desk(staff: Staff) -> Desk:
    """Give the desk of who keeps the items of a department."""
    found = staff.desk("checklist_editor", department="市场监管局")
    found.page.on("dialog", lambda asked: asked.accept())
    return found


def keep_law(desk: Desk) -> None:
    """Put a law into the library, and let it be cited."""
    desk.open("监管事项", "法律法规")
    desk.start("新增法律法规")
    desk.fill(
        title=LAW, kind="行政法规", issuer="国务院", promulgated_on="2008-10-09",
        in_force_from="2008-10-09", whole=TEXT,
    )  # fmt: skip
    desk.press("保存")
    desk.told("新增成功")
    desk.act(LAW, "启用")
    desk.press()
    desk.told("启用成功")


def test_laws_are_kept_and_taken_apart(desk: Desk) -> None:
    """法律法规: 新增、按条款项拆解、编辑条款、启用停用, 检索、导出."""
    keep_law(desk)
    for title in ("法规名称", "类型", "颁发时间", "实施时间", "启用/停用"):
        desk.page.get_by_role("columnheader", name=title).first.wait_for()
    row = desk.row(LAW).inner_text()
    assert "行政法规" in row
    assert "启用" in row
    desk.keep("laws")
    desk.row(LAW).get_by_role("link", name=LAW, exact=True).first.click()
    desk.drawer.get_by_text("第十八条第（二）项").wait_for()
    desk.close()
    desk.act(LAW, "编辑")
    assert desk.drawer.locator("[name=issuer]").input_value() == "国务院"
    desk.fill(issuer="国务院（2008年）")
    desk.press("保存")
    desk.told("修改成功")
    desk.search(title="乳品", kind="行政法规")
    desk.shows(LAW)
    desk.search(title="没有的法规")
    desk.shows()


@pytest.mark.function("F045", surface="page")
def test_check_items_are_kept(desk: Desk) -> None:
    """检查事项: 新增、编辑留版本、关联标签、启用停用、检索、导入、导出、查看与对比.

    The list shows 检查事项、检查事项编码、实施单位、监管对象、事项状态、版本号.
    """
    desk.open("监管事项", "检查事项")
    for title in ("检查事项", "检查事项编码", "实施单位", "监管对象", "事项状态", "版本号"):
        desk.page.get_by_role("columnheader", name=title).first.wait_for()
    desk.start("新增检查事项")
    desk.fill(
        code="RP-001", matter="生鲜乳收购检查", content="生鲜乳是否在挤奶后两小时内冷藏",
        department="市场监管局", basis=CITATION, frequency="每年1次",
    )  # fmt: skip
    desk.press("保存")
    desk.told("新增成功")
    desk.start("新增检查事项")
    desk.fill(
        code="RP-002", matter="乳品标签检查", content="标签是否真实", department="市场监管局",
        basis=f"《{LAW}》（2008-10-09）第九十九条",
    )  # fmt: skip
    desk.press("保存")
    desk.drawer.get_by_text("没有第九十九条").first.wait_for()
    desk.fill(basis="")
    desk.press("保存")
    desk.told("新增成功")
    desk.shows("生鲜乳收购检查", "乳品标签检查")
    desk.act("乳品标签检查", "启用")
    desk.press()
    desk.drawer.get_by_text("没有法律依据").first.wait_for()
    desk.close()
    desk.act("生鲜乳收购检查", "启用")
    desk.press()
    desk.told("启用成功")
    assert "启用" in desk.row("生鲜乳收购检查").inner_text()
    desk.act("生鲜乳收购检查", "编辑")
    assert desk.drawer.locator("[name=basis]").input_value() == CITATION
    desk.fill(frequency="每年2次", method="查看温度记录")
    desk.keep("check-item-change")
    desk.press("保存")
    desk.told("修改成功")
    desk.search(matter="生鲜乳")
    desk.shows("生鲜乳收购检查")
    desk.search(matter="", code="rp-00")
    desk.shows("生鲜乳收购检查", "乳品标签检查")
    desk.keep("check-items")
    desk.row("生鲜乳收购检查").get_by_role("link", name="生鲜乳收购检查", exact=True).first.click()
    desk.drawer.get_by_text("检查方式方法、检查频度").wait_for()
    desk.drawer.get_by_text("超过两小时未冷藏的生鲜乳").first.wait_for()
    desk.drawer.get_by_role("link", name="对比历史版本").click()
    desk.page.get_by_role("heading", name="版本对比：生鲜乳收购检查").wait_for()
    difference = desk.row("检查频度").inner_text()
    assert "每年1次" in difference
    assert "每年2次" in difference
    desk.keep("check-item-compare")


def workbook(rows: list[dict[str, str]]) -> bytes:
    """Give a workbook of one sheet."""
    columns = [ResultColumn(one) for one in rows[0]]
    sheet = ResultSheet(name="表", columns=columns, rows=[tuple(row.values()) for row in rows])
    return WorkbookTables(all_messages()).results([sheet])


def test_check_items_come_and_go_as_tables(desk: Desk) -> None:
    """下载模板、导入（坏行逐条说明）、筛选导出."""
    desk.open("监管事项", "检查事项")
    desk.page.get_by_role("link", name="导入", exact=True).click()
    rows = [
        {"检查事项编码": "RP-003", "检查事项名称": "出厂检验检查", "检查内容": "是否逐批检验",
         "实施单位": "市场监管局", "设定依据": CITATION},
        {"检查事项编码": "RP-004", "检查事项名称": "运输检查", "检查内容": "是否冷链运输",
         "实施单位": "没有的局", "设定依据": ""},
    ]  # fmt: skip
    desk.page.locator("[name=workbook]").set_input_files(
        {"name": "事项.xlsx", "mimeType": "application/zip", "buffer": workbook(rows)}
    )
    desk.page.get_by_role("button", name="导入").click()
    desk.page.get_by_text("新增 1").first.wait_for()
    desk.page.get_by_text("没有的局").first.wait_for()
    desk.open("监管事项", "检查事项")
    desk.search(matter="检验")
    desk.shows("出厂检验检查")
    with desk.page.expect_download() as waiting:
        desk.page.get_by_role("link", name="导出", exact=True).click()
    (row,) = read(waiting.value.path().read_bytes())
    assert (row["检查事项"], row["设定依据"]) == ("出厂检验检查", CITATION)


def define(desk: Desk, words: str, title: str, kind: str, **fields: str) -> None:
    """Define an element of check items or of check contents."""
    desk.open("要素配置", words)
    desk.start(f"新增{words}")
    desk.fill(title=title, type=kind, **fields)
    desk.press("保存")
    desk.told("新增成功")
    desk.row(title).first.wait_for()


def batch(desk: Desk, words: str, *titles: str) -> None:
    """Tick rows of a list, and do something with all of them."""
    for one in titles:
        desk.row(one).get_by_role("checkbox").check()
    desk.main.get_by_role("button", name=words).click()
    desk.page.get_by_role("heading", name=words).wait_for()
    desk.main.get_by_role("button", name=words).click()
    desk.main.get_by_text(f"成功 {len(titles)}，跳过 0。").wait_for()
    desk.main.get_by_role("link", name="返回列表").click()


def keep_elements(desk: Desk, other: Desk, words: str, begins: str) -> None:
    """增加、查看、禁用、删除、复用要素, one by one and several together."""
    define(other, words, f"{words}·应急", "文本", own="是")
    define(desk, words, f"{words}·区域", "单选", choices="重点区域\n一般区域", mandatory="是")
    define(desk, words, f"{words}·次数", "整数")
    define(desk, words, f"{words}·旧甲", "日期")
    define(desk, words, f"{words}·旧乙", "是否")
    define(desk, words, f"{words}·废甲", "文本")
    define(desk, words, f"{words}·废乙", "文本")
    define(desk, words, f"{words}·废丙", "文本")
    desk.act(f"{words}·区域", "查看")
    assert all(one in desk.drawer.inner_text() for one in ("单选", begins, "重点区域"))
    desk.close()
    desk.act(f"{words}·旧甲", "停用")
    desk.press("确认停用")
    desk.told("修改成功")
    batch(desk, "批量停用", f"{words}·旧乙")
    desk.act(f"{words}·废甲", "删除")
    desk.press("确认删除")
    desk.told("删除成功")
    batch(desk, "批量删除", f"{words}·废乙", f"{words}·废丙")
    desk.until(desk.row(f"{words}·废").count, 0)
    batch(desk, "批量复用", f"{words}·应急")
    desk.until(desk.row(f"{words}·应急").count, 2)
    desk.search(title="旧")
    desk.shows(f"{words}·旧甲", f"{words}·旧乙")


def has_elements(desk: Desk, words: str) -> None:
    """Hold that what is defined and in use, and nothing else, stands in the form of an item."""
    desk.open("监管事项", "检查事项")
    desk.start("新增检查事项")
    form = desk.drawer.inner_text()
    assert all(f"{words}·{one}" in form for one in ("区域", "次数", "应急"))
    assert not any(f"{words}·{one}" in form for one in ("旧", "废"))
    desk.close()


@pytest.mark.function("F028", surface="page", complete=True)
def test_elements_of_check_items_are_kept(staff: Staff, desk: Desk) -> None:
    """检查事项要素: 增加、删除、查看、禁用、复用, 批量; what is in use stands in the form."""
    other = staff.desk("checklist_editor", department="应急管理局")
    keep_elements(desk, other, "检查事项要素", "ys")
    desk.keep("item-elements")
    has_elements(desk, "检查事项要素")


@pytest.mark.function("F029", surface="page", complete=True)
def test_elements_of_check_contents_are_kept(staff: Staff, desk: Desk) -> None:
    """检查内容要素: 增加、删除、查看、禁用、复用, 批量; what is in use stands in the form."""
    other = staff.desk("checklist_editor", department="应急管理局")
    keep_elements(desk, other, "检查内容要素", "nr")
    desk.keep("content-elements")
    has_elements(desk, "检查内容要素")


@pytest.mark.function("F045", surface="page")
def test_check_items_say_more_in_own_elements(desk: Desk) -> None:
    """拓展要素: 必填的不填不能启用, 填了的见于列表、详情、版本对比、导入、导出; 清空也留版本."""
    desk.open("监管事项", "检查事项")
    item, content = "检查事项要素", "检查内容要素"
    desk.act("生鲜乳收购检查", "停用")
    desk.fill(reason="增加拓展要素")
    desk.press()
    desk.told("停用成功")
    desk.act("生鲜乳收购检查", "启用")
    desk.press()
    desk.drawer.get_by_text(f"{item}·区域").first.wait_for()
    desk.close()
    desk.act("生鲜乳收购检查", "编辑")
    for words in (item, content):
        desk.drawer.get_by_label(f"{words}·区域").select_option(label="重点区域")
        desk.drawer.get_by_label(f"{words}·次数").fill("4")
        desk.drawer.get_by_label(f"{words}·应急").fill("冷库")
    desk.keep("check-item-elements")
    desk.press("保存")
    desk.told("修改成功")
    desk.act("生鲜乳收购检查", "启用")
    desk.press()
    desk.told("启用成功")
    desk.heads(*(f"{words}·{one}" for words in (item, content) for one in ("区域", "次数")))
    assert "重点区域" in desk.row("生鲜乳收购检查").inner_text()
    desk.act("生鲜乳收购检查", "编辑")
    assert desk.drawer.get_by_label(f"{item}·次数").input_value() == "4"
    desk.drawer.get_by_label(f"{item}·应急").fill("")
    desk.drawer.get_by_label(f"{content}·区域").select_option(label="一般区域")
    desk.press("保存")
    desk.told("修改成功")
    desk.row("生鲜乳收购检查").get_by_role("link", name="生鲜乳收购检查", exact=True).first.click()
    assert "一般区域" in desk.drawer.inner_text()
    desk.drawer.get_by_role("link", name="对比历史版本").click()
    desk.page.get_by_role("heading", name="版本对比：生鲜乳收购检查").wait_for()
    difference = desk.row(f"{content}·区域").inner_text()
    assert "重点区域" in difference
    assert "一般区域" in difference
    assert "冷库" in desk.row(f"{item}·应急").inner_text()
    assert desk.row(f"{item}·次数").count() == 0
    tabled(desk, f"{item}·区域", f"{item}·次数", f"{content}·区域")


def tabled(desk: Desk, place: str, times: str, area: str) -> None:
    """Let elements come in and go out as columns of workbooks."""
    desk.open("监管事项", "检查事项")
    desk.page.get_by_role("link", name="导入", exact=True).click()
    with desk.page.expect_download() as waiting:
        desk.page.get_by_role("link", name="下载填报模板").click()
    template = CalamineWorkbook.from_path(waiting.value.path()).get_sheet_by_index(0)
    assert any(place in str(cell) for row in template.to_python() for cell in row)
    usual = {"检查内容": "是否持证", "实施单位": "市场监管局", "设定依据": CITATION}
    rows = [
        {"检查事项编码": "RP-005", "检查事项名称": "从业人员检查", **usual,
         place: "一般区域", times: "2", area: "重点区域"},
        {"检查事项编码": "RP-006", "检查事项名称": "车辆检查", **usual,
         place: "没有的区域", times: "很多", area: "重点区域"},
    ]  # fmt: skip
    desk.page.locator("[name=workbook]").set_input_files(
        {"name": "事项.xlsx", "mimeType": "application/zip", "buffer": workbook(rows)}
    )
    desk.page.get_by_role("button", name="导入").click()
    desk.page.get_by_text("新增 1").first.wait_for()
    desk.open("监管事项", "检查事项")
    desk.search(code="RP-00")
    assert "一般区域" in desk.row("从业人员检查").inner_text()
    assert desk.row("车辆检查").count() == 0
    with desk.page.expect_download() as waiting:
        desk.page.get_by_role("link", name="导出", exact=True).click()
    found = {row["检查事项编码"]: row for row in read(waiting.value.path().read_bytes())}
    assert (found["RP-005"][place], found["RP-005"][times]) == ("一般区域", "2.0")
    assert found["RP-001"][area] == "一般区域"


def synchronise(staff: Staff, desk: Desk) -> None:
    """Let the worker take in what the region's system tells."""
    desk.open("监管事项", "监管事项同步")
    desk.main.get_by_role("button", name="立即同步").click()
    staff.at.work()


def compiled(desk: Desk) -> None:
    """Make check items of the implementation list that the region's system told."""
    desk.open("监管事项", "检查事项")
    desk.start("从检查实施清单编制")
    desk.fill(implementation_list="食品生产日常监督检查")
    desk.press()
    desk.told("新增成功")


@pytest.mark.function("F045", surface="page", complete=True)
def test_synchronised_items_are_worked_over(staff: Staff, desk: Desk) -> None:
    """检查事项管理: 自治区同步的清单编制成事项, 二次梳理, 标签, 要素, 启用; 再次同步不丢."""
    tags = staff.desk("scene_administrator", department="市场监管局")
    tags.open("监管对象", "监管对象标签")
    tags.start("新增标签")
    tags.fill(name="食品生产企业")
    tags.press()
    tags.drawer.wait_for(state="hidden")
    synchronise(staff, desk)
    compiled(desk)
    name = "许可证是否在有效期内"
    row = desk.row(name).inner_text()
    assert all(one in row for one in ("JC45000001", "市场监管局", "草稿", "自治区同步"))
    desk.act(name, "编辑")
    desk.fill(
        content="查看许可证正本和副本", joining="应急管理局", basis=CITATION, frequency="每年2次"
    )
    desk.drawer.get_by_label("检查事项要素·区域").select_option(label="重点区域")
    desk.drawer.get_by_label("检查内容要素·区域").select_option(label="一般区域")
    desk.press("保存")
    desk.told("修改成功")
    desk.act(name, "关联标签")
    desk.fill(tags="食品生产企业")
    desk.press()
    desk.told("已办理")
    desk.act(name, "启用")
    desk.press()
    desk.told("启用成功")
    row = desk.row(name).inner_text()
    assert all(one in row for one in ("启用", "食品生产企业", "重点区域", "3"))
    told = staff.at.matters.told["items"][0]
    told["method"], told["content"] = "食品安全法第三十五条第二款", "查看许可证正本"
    synchronise(staff, desk)
    compiled(desk)
    desk.page.locator("details.more").evaluate("one => one.open = true")
    desk.search(source="自治区同步", tags="食品生产企业")
    desk.shows(name)
    desk.row(name).get_by_role("link", name=name, exact=True).first.click()
    said = desk.drawer.inner_text()
    assert "食品安全法第三十五条第二款" in said
    assert "查看许可证正本和副本" in said
    desk.keep("check-item-synchronised")
    desk.drawer.get_by_role("link", name="与同步来源对比").click()
    desk.page.get_by_role("heading", name=f"版本对比：{name}").wait_for()
    difference = desk.row("检查内容").first.inner_text()
    assert "查看许可证正本和副本" in difference
    desk.open("监管事项", "检查事项")
    desk.act(name, "停用")
    desk.fill(reason="地方政策调整")
    desk.press()
    desk.told("停用成功")
    assert "停用" in desk.row(name).inner_text()


@pytest.mark.function("F048", surface="page", complete=True)
def test_templates_of_papers_are_kept(staff: Staff, desk: Desk) -> None:
    """部门文书: 新增、修改、审核与退回、发布、停用、删除、检索; 下载责令改正文书模板附件.

    The list shows 文书名称、文书类型、所属部门、启用状态、排序号.
    """
    desk.open("监管事项", "部门文书")
    for title in ("文书名称", "文书类型", "所属部门", "启用状态", "排序号"):
        desk.page.get_by_role("columnheader", name=title).first.wait_for()
    own = desk.page.request.get(f"{desk.at.url}/api/v1/items/own_templates/correction_order")
    template = own.body()
    desk.start("新增文书")
    desk.fill(
        name="责令改正通知书", document="责令改正通知书", department="市场监管局",
        path="责令改正/{年度}", note="全市统一", order="2",
    )  # fmt: skip
    desk.drawer.locator("[name=file]").set_input_files(
        {"name": "模板.docx", "mimeType": "application/zip", "buffer": b"PK\x03\x04 nothing"}
    )
    desk.press("保存")
    desk.drawer.locator(".fault").first.wait_for()
    desk.drawer.locator("[name=file]").set_input_files(
        {"name": "责令改正模板.docx", "mimeType": "application/zip", "buffer": template}
    )
    desk.press("保存")
    desk.told("新增成功")
    desk.act("责令改正通知书", "提交审核")
    desk.press()
    desk.told("已办理")
    head = staff.desk("department_administrator", department="市场监管局")
    head.open("监管事项", "部门文书")
    head.act("责令改正通知书", "退回")
    head.fill(opinion="请补充救济途径")
    head.press()
    head.told("已办理")
    desk.page.reload()
    desk.act("责令改正通知书", "修改")
    desk.fill(path="责令改正/{年度}/{区划}", order="3")
    desk.press("保存")
    desk.told("修改成功")
    desk.act("责令改正通知书", "提交审核")
    desk.press()
    desk.told("已办理")
    head.page.reload()
    head.act("责令改正通知书", "审核通过")
    head.press()
    head.told("已办理")
    head.act("责令改正通知书", "发布")
    head.press()
    head.told("启用成功")
    desk.open("监管事项", "部门文书")
    desk.search(name="责令", document="责令改正通知书")
    desk.shows("责令改正通知书")
    desk.keep("document-templates")
    desk.row("责令改正通知书").get_by_role("link", name="责令改正通知书", exact=True).first.click()
    with desk.page.expect_download() as waiting:
        desk.drawer.get_by_role("link", name="责令改正模板.docx").click()
    assert waiting.value.path().read_bytes() == template
    with desk.page.expect_download() as printed:
        desk.drawer.get_by_role("link", name="试填预览").click()
    assert printed.value.path().read_bytes().startswith(b"%PDF")
    desk.close()


@pytest.mark.function("F049", surface="page", complete=True)
def test_standard_materials_are_kept(staff: Staff, desk: Desk) -> None:
    """标准材料: 新增材料带多个文件、检索、关联场景、材料查看（下载、在线预览）、删除.

    The list shows 材料名称、材料编码、所属部门、材料类型、关联场景数.
    """
    desk.open("监管事项", "标准材料")
    for title in ("材料名称", "材料编码", "所属部门", "材料类型", "关联场景数", "最后维护时间"):
        desk.page.get_by_role("columnheader", name=title).first.wait_for()
    for code, name in (("M-001", "生鲜乳收购站管理规范"), ("M-002", "废止的规范")):
        desk.start("新增材料")
        desk.fill(
            name=name, code=code, department="市场监管局", kind="规范性文件", source="市场监管总局"
        )
        desk.drawer.locator("[name=files]").set_input_files([
            {"name": f"{code}.txt", "mimeType": "text/plain", "buffer": "第一条 正文".encode()},
            {"name": f"{code}附录.txt", "mimeType": "text/plain", "buffer": "附录内容".encode()},
        ])  # fmt: skip
        desk.press("保存")
        desk.told("新增成功")
    desk.act("M-002", "删除")
    desk.press("确认删除")
    desk.told("删除成功")
    desk.search(code="m-00")
    desk.shows("生鲜乳收购站管理规范")
    desk.keep("materials")
    relate(staff, desk)
    desk.open("监管事项", "材料查看")
    for title in ("文件名称", "文件来源", "文件大小", "关联材料"):
        desk.page.get_by_role("columnheader", name=title).first.wait_for()
    desk.search(name="附录")
    row = desk.row("M-001附录.txt")
    assert "市场监管总局" in row.inner_text()
    with desk.page.expect_download() as waiting:
        row.get_by_role("link", name="下载").click()
    assert waiting.value.path().read_text("utf-8") == "附录内容"
    desk.keep("material-files")
    row.get_by_role("link", name="在线预览").click()
    desk.page.get_by_text("附录内容").first.wait_for()
    desk.keep("material-preview")


def scene(staff: Staff, code: str, name: str, lead: str, *trades: str) -> None:
    """Let the operator of the machine make a scene."""
    basics = {"name": name, "lead": staff.department(lead), "trades": list(trades)}
    path = staff.at.pictures / f"{code}.json"
    said = {"code": code, "region": "450100", "basics": basics}
    path.write_text(json.dumps(said), "utf-8")
    staff.at.operate("do", "scenes.create", "--data", str(path))


def relate(staff: Staff, desk: Desk) -> None:
    """关联场景: 左树右表, 按名称和业态检索, 确认选择, 取消关联, 关闭; the list counts them."""
    trade = staff.call(
        0, "POST", "/api/v1/identity/trades", {"content": {"name": "乳品", "code": "RP"}}
    )["id"]
    scene(staff, "DAIRY", "乳品安全综合监管", "市场监管局", trade)
    scene(staff, "CHEM", "危化品综合监管", "应急管理局")
    name = "生鲜乳收购站管理规范"
    desk.row(name).get_by_role("link", name=name, exact=True).first.click()
    desk.drawer.get_by_role("link", name="关联场景").click()
    desk.page.get_by_role("heading", name=f"关联场景：{name}").wait_for()
    desk.heads("场景名称", "牵头部门", "配合部门", "业态")
    for wanted_by, wanted in (
        ({"name": "危化"}, "危化品综合监管"),
        ({"trade": "乳"}, "乳品安全综合监管"),
    ):
        desk.search(**{"name": "", "trade": "", **wanted_by})
        desk.shows(wanted)
    desk.search(name="", trade="")
    desk.shows("危化品综合监管", "乳品安全综合监管")
    tree = desk.page.get_by_role("navigation", name="部门")
    tree.get_by_role("link", name="市场监管局").click()
    desk.shows("乳品安全综合监管")
    related(desk, "确认选择", "乳品安全综合监管", "已关联")
    related(desk, "确认选择", "危化品综合监管", "已关联")
    related(desk, "取消关联", "危化品综合监管", "未关联")
    desk.keep("material-scenes")
    desk.main.get_by_role("link", name="关闭").click()
    desk.page.get_by_role("heading", name="标准材料", exact=True).first.wait_for()
    desk.until(desk.row(name).locator("td").nth(5).inner_text, "1")
    desk.row(name).get_by_role("link", name=name, exact=True).first.click()
    assert "乳品安全综合监管" in desk.drawer.inner_text()
    desk.close()


def related(desk: Desk, words: str, scene: str, then: str) -> None:
    """Tick a scene, press a button, and wait for the row to say what it is then."""
    desk.row(scene).get_by_role("checkbox").check()
    desk.page.get_by_role("button", name=words, exact=True).click()
    desk.row(scene).filter(has_text=then).wait_for()


@pytest.mark.function("F085", surface="page", complete=True)
def test_a_business_line_names_its_template(staff: Staff) -> None:
    """新增条线: 条线编码、条线名称、流程结果模版配置、排序号, kept and told as 成功."""
    head = staff.desk("department_administrator", department="市场监管局")
    head.open("基础信息", "业务条线")
    head.start("新增业务条线")
    head.fill(code="TX-09", name="乳品安全", result_template="责令改正通知书", position="3")
    head.press("保存")
    head.told("新增成功")
    head.shows("TX-09")
    head.act("TX-09", "查看")
    head.drawer.get_by_text("流程结果模版配置").wait_for()
    head.drawer.get_by_text("责令改正通知书").wait_for()
    head.close()
