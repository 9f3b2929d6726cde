"""监管事项: the catalogue, what carries it out, patrols and joint punishment, in a real browser."""

import re
from pathlib import Path
from typing import Any

import pytest
from tests.integration.http.workbooks import read

from adapters.documents.workbooks import WorkbookTables
from entrypoints.words import all_messages
from supervision_core.items.registers import IMPLEMENTATION_ITEMS, IMPLEMENTATION_LISTS
from supervision_core.kernel.documents import ResultColumn, ResultSheet
from supervision_core.kernel.registers import Register
from supervision_core.kernel.registers.tables import table_of

from .desk import Desk
from .prepared import FIRM, hand
from .staff import Staff
from .test_items import CITATION, keep_law

OFFICE = "市场监管局"
POLICE = "公安局"
PUNISHED = "食品安全严重失信联合惩戒"


@pytest.fixture(scope="module")
def editor(staff: Staff) -> Desk:
    """Give the desk of who maintains matters for a department; another department stands by."""
    staff.department(POLICE)
    for code, name in (("TX-01", "食品安全"), ("TX-02", "特种设备")):
        content = {"code": code, "name": name}
        staff.call(0, "POST", "/api/v1/identity/business_lines", {"content": content})
    return staff.desk("checklist_editor", department=OFFICE)


def added(desk: Desk, words: str, **fields: str) -> None:
    """Fill a new entry in, save it, and see that it is there."""
    desk.start(words)
    desk.fill(**fields)
    desk.press("保存")
    desk.told("新增成功")


def download(desk: Desk, words: str) -> list[dict[str, str]]:
    """Press a link or button that gives a workbook; give its rows by their headings."""
    named = desk.main.get_by_role("link", name=words, exact=True)
    pressed = named if named.count() else desk.page.get_by_role("button", name=words, exact=True)
    with desk.page.expect_download() as taking:
        pressed.first.click()
    return [dict(row) for row in read(Path(taking.value.path()).read_bytes())]


def take_in(desk: Desk, register: Register[Any], *rows: dict[str, str]) -> None:
    """Download the template of a register, fill it in, and take it in."""
    desk.main.get_by_role("link", name="导入", exact=True).click()
    desk.page.get_by_role("heading", name=f"导入{register.title}").wait_for()
    with desk.page.expect_download() as taking:
        desk.page.get_by_role("link", name="下载").first.click()
    assert Path(taking.value.path()).read_bytes().startswith(b"PK")
    columns = table_of(register).columns
    sheet = ResultSheet(
        name="表",
        columns=[ResultColumn(one.title, one.kind) for one in columns],
        rows=[[row.get(one.title, "") for one in columns] for row in rows],
    )
    filled = desk.at.pictures / "filled.xlsx"
    filled.write_bytes(WorkbookTables(all_messages()).results([sheet]))
    desk.page.locator("[name=workbook]").set_input_files(filled)
    desk.main.get_by_role("button", name="导入", exact=True).click()
    desk.page.get_by_role("status").first.wait_for()
    desk.at.keep(desk.page, f"import-{register.plural}")
    assert f"新增 {len(rows)}" in desk.page.get_by_role("status").first.inner_text()


def asked(desk: Desk, *place: str, **fields: str) -> None:
    """Open a list, and search it by any of its conditions."""
    desk.open(*place)
    desk.page.locator("details.more").evaluate("one => one.open = true")
    desk.search(**fields)
    desk.page.wait_for_url(re.compile(r"\?"))


def ticked(desk: Desk, words: str, *names: str) -> None:
    """Tick rows and press a button of the bar above them."""
    for name in names:
        desk.row(name).get_by_role("checkbox").check()
    desk.page.get_by_role("button", name=words, exact=True).click()


@pytest.mark.function("F047", surface="page")
@pytest.mark.function("F044", surface="page")
def test_the_catalogue_is_kept_and_queried(editor: Desk) -> None:
    """监管目录: 新增后生成14位编码, 树形, 按名称、编码、条线、部门查询, 编辑, 批量删除, 导出."""
    desk = editor
    desk.open("监管事项", "监管目录")
    added(desk, "新增监管目录", name="食品安全监管", line="食品安全", kind="行政检查", lead=OFFICE)
    desk.shows("食品安全监管")
    desk.heads("目录名称", "目录基本编码", "条线类型", "事项类型", "事项状态", "牵头部门", "来源")
    code = desk.row("食品安全监管").locator("td").nth(2).inner_text()
    assert code == "45010000000001"
    tree = desk.page.get_by_role("navigation", name="监管目录")
    tree.get_by_role("link", name="食品安全监管").click()
    desk.page.wait_for_url(re.compile("parent="))
    added(desk, "新增监管目录", name="食品生产监督检查", joining=POLICE, lead=OFFICE)
    desk.open("监管事项", "监管目录")
    tree.get_by_role("link", name="食品安全监管").click()
    desk.shows("食品生产监督检查")
    desk.open("监管事项", "监管目录")
    added(desk, "新增监管目录", name="电梯安全监督检查", line="特种设备")
    for wanted_by, wanted in (
        ({"name": "生产"}, ["食品生产监督检查"]),
        ({"code": code}, ["食品安全监管"]),
        ({"code": code[:-1]}, []),
        ({"line": "特种"}, ["电梯安全监督检查"]),
        ({"lead": "市场"}, ["食品安全监管", "食品生产监督检查"]),
        ({"joining": "公安"}, ["食品生产监督检查"]),
        ({"department": OFFICE, "state": "在用"},
         ["食品安全监管", "食品生产监督检查", "电梯安全监督检查"]),
    ):  # fmt: skip
        asked(desk, "监管事项", "监管目录", **wanted_by)
        desk.shows(*wanted)
    desk.act("食品生产监督检查", "修改")
    desk.fill(name="食品生产日常监督检查", state="暂停")
    desk.press("保存")
    desk.told("修改成功")
    desk.keep("catalogue")
    desk.open("监管事项", "监管目录")
    desk.search(name="日常")
    assert "暂停" in desk.row("食品生产日常监督检查").inner_text()
    assert [one["目录名称"] for one in download(desk, "导出")] == ["食品生产日常监督检查"]
    desk.open("监管事项", "监管目录")
    assert len(download(desk, "导出")) == 3
    desk.act("食品安全监管", "删除")
    desk.press("确认删除")
    desk.page.get_by_text("下面还有1条下级记录，不能删除").first.wait_for()
    desk.page.reload()
    desk.open("监管事项", "监管目录")
    ticked(desk, "批量删除", "电梯安全监督检查", "食品生产日常监督检查")
    desk.page.get_by_role("heading", name="批量删除监管目录").wait_for()
    desk.page.get_by_role("button", name="批量删除").click()
    desk.page.get_by_text("成功 2，跳过 0。").wait_for()
    desk.open("监管事项", "监管目录")
    desk.shows("食品安全监管")
    added(desk, "新增监管目录", name="食品经营监督检查")
    assert "45010000000004" in desk.row("食品经营监督检查").inner_text()


@pytest.mark.function("F047", surface="page")
def test_implementation_lists_and_their_items_are_kept(  # noqa: PLR0915 - one whole function
    editor: Desk,
) -> None:
    """检查项与检查实施清单: 增删改查, 启停, 自动编码, 关联检查项, 检索, 下载模板导入, 多选导出."""
    desk = editor
    desk.open("监管事项", "检查项")
    added(desk, "新增检查项", name="许可证在有效期内", code="JC-01", content="查看许可证",
          method="食品安全法第三十五条")  # fmt: skip
    desk.heads("检查项", "检查项编码", "检查内容", "操作依据与要领")
    take_in(
        desk, IMPLEMENTATION_ITEMS,
        {"检查项": "进货查验记录", "检查项编码": "JC-02", "检查内容": "抽查三个月"},
        {"检查项": "从业人员健康证", "检查项编码": "JC-03"},
        {"检查项": "多余的检查项", "检查项编码": "JC-04"},
    )  # fmt: skip
    desk.open("监管事项", "检查项")
    ticks = download_of_ticked(desk, "JC-02", "JC-03")
    assert [one["检查项编码"] for one in ticks] == ["JC-02", "JC-03"]
    desk.act("JC-04", "修改")
    desk.fill(name="不再检查的项")
    desk.press("保存")
    desk.told("修改成功")
    desk.act("JC-04", "删除")
    desk.press("确认删除")
    desk.told("删除成功")
    desk.search(name="查验")
    desk.shows("进货查验记录")
    desk.open("监管事项", "检查实施清单")
    added(desk, "新增检查实施清单", name="食品生产日常检查", catalogue="食品经营监督检查",
          items="许可证在有效期内\n进货查验记录")  # fmt: skip
    desk.shows("食品生产日常检查")
    desk.heads("检查实施清单名称", "实施清单编码", "创建时间", "检查项配置数")
    line = desk.row("食品生产日常检查").inner_text()
    assert "SS450100000001" in line
    assert "2" in line.split()
    take_in(
        desk, IMPLEMENTATION_LISTS,
        {"检查实施清单名称": "食品经营专项检查", "事项来源": "国家基本目录",
         "关联检查项": "从业人员健康证"},
        {"检查实施清单名称": "废弃的实施清单"},
    )  # fmt: skip
    for wanted_by, wanted in (
        ({"name": "专项"}, ["食品经营专项检查"]),
        ({"code": "0000001"}, ["食品生产日常检查"]),
        ({"source": "国家基本目录"}, ["食品经营专项检查"]),
        ({"items": "查验"}, ["食品生产日常检查"]),
        ({"items": "JC-03"}, ["食品经营专项检查"]),
        ({"added_at_from": "2999-01-01"}, []),
    ):
        asked(desk, "监管事项", "检查实施清单", **wanted_by)
        desk.shows(*wanted)
    desk.open("监管事项", "检查实施清单")
    desk.act("食品生产日常检查", "修改")
    desk.fill(name="食品生产日常监督检查", items="许可证在有效期内\n进货查验记录\n从业人员健康证")
    desk.press("保存")
    desk.told("修改成功")
    desk.act("食品生产日常监督检查", "停用")
    desk.press("确认停用")
    desk.told("修改成功")
    assert "停用" in desk.row("食品生产日常监督检查").inner_text()
    desk.act("食品生产日常监督检查", "启用")
    desk.press("确认启用")
    desk.told("修改成功")
    desk.keep("implementation-lists")
    desk.act("食品生产日常监督检查", "查看")
    assert "许可证在有效期内" in desk.drawer.inner_text()
    desk.drawer.get_by_role("link", name="查看关联检查项").click()
    desk.page.get_by_text("只列“食品生产日常监督检查”所关联的。").wait_for()
    desk.shows("许可证在有效期内", "进货查验记录", "从业人员健康证")
    desk.open("监管事项", "检查实施清单")
    ticked(desk, "批量删除", "废弃的实施清单")
    desk.page.get_by_role("heading", name="批量删除检查实施清单").wait_for()
    desk.page.get_by_role("button", name="批量删除").click()
    desk.page.get_by_text("成功 1，跳过 0。").wait_for()
    desk.open("监管事项", "检查实施清单")
    desk.shows("食品生产日常监督检查", "食品经营专项检查")


def download_of_ticked(desk: Desk, *names: str) -> list[dict[str, str]]:
    """Tick rows, and give what their export holds."""
    for name in names:
        desk.row(name).get_by_role("checkbox").check()
    return download(desk, "批量导出")


@pytest.mark.function("F046", surface="page", complete=True)
def test_patrols_are_set(editor: Desk) -> None:
    """巡查项: 分类、状态、规则标准, 框选关联部门, 检索, 导出; 清单: 关联巡查项, 数量, 创建人."""
    desk = editor
    desk.open("监管事项", "巡查项分类")
    for name in ("充装站", "加油站"):
        added(desk, "新增巡查项分类", name=name)
    desk.open("监管事项", "巡查项")
    added(desk, "新增巡查项", name="气瓶充装记录", code="XC-01", category="充装站",
          standard="每日一次，逐瓶登记")  # fmt: skip
    added(desk, "新增巡查项", name="静电接地", code="XC-02", category="加油站")
    added(desk, "新增巡查项", name="灭火器配置", code="XC-03", category="加油站", state="草稿")
    desk.heads("巡查项名称", "编码", "所属分类", "巡查项状态")
    beside = desk.page.get_by_role("navigation", name="巡查项")
    beside.get_by_role("link", name="加油站").click()
    desk.shows("静电接地", "灭火器配置")
    desk.open("监管事项", "巡查项")
    ticked(desk, "批量关联部门", "XC-01", "XC-02")
    desk.page.get_by_role("heading", name="批量关联部门").wait_for()
    desk.page.locator("[name=others]").fill(f"{OFFICE}\n{POLICE}")
    desk.page.get_by_role("button", name="批量关联部门").click()
    desk.page.get_by_text("成功 2，跳过 0。").wait_for()
    desk.open("监管事项", "巡查项")
    assert POLICE in desk.row("XC-02").inner_text()
    desk.search(code="c-03")
    desk.shows("灭火器配置")
    desk.act("灭火器配置", "修改")
    desk.fill(state="使用中", standard="每月一次")
    desk.press("保存")
    desk.told("修改成功")
    asked(desk, "监管事项", "巡查项", name="静电")
    desk.shows("静电接地")
    assert [one["编码"] for one in download(desk, "导出")] == ["XC-02"]
    desk.open("监管事项", "巡查项")
    assert len(download(desk, "导出")) == 3
    desk.keep("patrol-items")
    desk.open("监管事项", "巡查清单")
    added(desk, "新增巡查清单", name="节前巡查", items="气瓶充装记录\n静电接地", lead=OFFICE)
    desk.heads("清单名称", "牵头部门", "巡查项数量", "创建人")
    line = desk.row("节前巡查").inner_text()
    assert "2" in line.split()
    assert "staff." in line
    ticked(desk, "批量关联巡查项", "节前巡查")
    desk.page.locator("[name=others]").fill("灭火器配置")
    desk.page.get_by_role("button", name="批量关联巡查项").click()
    desk.page.get_by_text("成功 1，跳过 0。").wait_for()
    desk.open("监管事项", "巡查清单")
    assert "3" in desk.row("节前巡查").inner_text().split()
    assert len(download(desk, "导出")) == 1
    desk.keep("patrol-lists")


@pytest.mark.function("F043", surface="page", complete=True)
@pytest.mark.function("F047", surface="page", complete=True)
def test_matters_are_synchronised_and_claimed(staff: Staff, editor: Desk) -> None:
    """监管事项数据同步: 从上级平台取得, 说明变更和冲突, 同步的只读, 本级的不动; 部门认领及查看."""
    desk, source = editor, staff.at.matters
    desk.open("监管事项", "监管目录")
    added(desk, "新增监管目录", name="本级特色监管")
    own = desk.row("本级特色监管").locator("td").nth(2).inner_text()
    desk.open("监管事项", "监管事项同步")
    desk.main.get_by_text("从未同步").wait_for()
    desk.main.get_by_role("button", name="立即同步").click()
    desk.main.get_by_text("由后台任务执行").first.wait_for()
    staff.at.work()
    desk.page.reload()
    desk.main.get_by_text("已完成").wait_for()
    assert "食品生产监督检查" in desk.main.inner_text()
    desk.keep("matter-synchronisation")
    asked(desk, "监管事项", "监管目录", origin="上级同步")
    desk.shows("食品安全监督管理", "特种设备安全监督检查", "食品生产监督检查")
    told = desk.row("食品生产监督检查")
    assert told.get_by_role("link", name="修改").count() == 0
    desk.act("食品生产监督检查", "查看")
    desk.drawer.get_by_role("link", name="新增监管事项认领").click()
    desk.drawer.locator("[name=office]").fill("食品生产监管科")
    desk.press("保存")
    desk.told("新增成功")
    desk.open("监管事项", "监管事项认领")
    claim = desk.row("食品生产监管科").inner_text()
    assert OFFICE in claim
    assert "食品生产监督检查" in claim
    source.told["matters"][2]["state"] = "在用"
    source.told["matters"][0]["code"] = own
    source.told["lists"][0]["deleted"] = True
    desk.open("监管事项", "监管事项同步")
    desk.main.get_by_role("button", name="立即同步").click()
    staff.at.work()
    desk.page.reload()
    said = desk.main.inner_text()
    assert "变更" in said
    assert "本级已新增了相同编码的记录" in said
    asked(desk, "监管事项", "监管目录", code=own)
    assert "本级新增" in desk.row("本级特色监管").inner_text()
    asked(desk, "监管事项", "检查实施清单", name="日常监督")
    assert "SS450000000101" not in desk.main.inner_text()
    desk.open("监管事项", "监管事项认领")
    desk.shows("食品生产监督检查（45000000000102）")


def county(staff: Staff, code: str, name: str) -> str:
    """Make a department in a county below the city; give its name."""
    office = f"{name}{OFFICE}"
    top = staff.department("")
    seen = staff.call(0, "GET", f"/api/v1/identity/departments/{top}")["data"]
    data = {**seen, "name": office, "code": f"SCJG-{code}", "parent": top, "region": code,
            "coordinates": False}  # fmt: skip
    made = staff.call(0, "POST", "/api/v1/identity/departments", {"data": data})
    staff.departments[office] = made["id"]
    return office


@pytest.mark.function("F044", surface="page", complete=True)
def test_matters_are_queried_by_region_and_department(staff: Staff, editor: Desk) -> None:
    """监管事项查询: 按区划、部门分权限可见, 名称模糊、编码精准检索, 全量与筛选导出."""
    city, office = editor, county(staff, "450103", "青秀区")
    city.open("监管事项", "监管目录")
    added(city, "新增监管目录", name="市级特色监管")
    below = staff.desk("checklist_editor", department=office)
    below.open("监管事项", "监管目录")
    added(below, "新增监管目录", name="青秀区小作坊监管")
    code = below.row("青秀区小作坊监管").locator("td").nth(2).inner_text()
    assert code.startswith("450103")
    asked(below, "监管事项", "监管目录", name="市级特色")
    below.shows("市级特色监管")
    assert below.row("市级特色监管").get_by_role("link", name="修改").count() == 0
    for wanted_by, wanted in (
        ({"name": "小作坊"}, ["青秀区小作坊监管"]),
        ({"code": code}, ["青秀区小作坊监管"]),
        ({"code": code[:-1]}, []),
        ({"region": "青秀区"}, ["青秀区小作坊监管"]),
        ({"department": office}, ["青秀区小作坊监管"]),
        ({"department": OFFICE, "name": "小作坊"}, []),
        ({"department": OFFICE, "name": "市级特色"}, ["市级特色监管"]),
    ):
        asked(city, "监管事项", "监管目录", **wanted_by)
        city.shows(*wanted)
    asked(city, "监管事项", "监管目录", name="小作坊")
    city.row("青秀区小作坊监管").get_by_role("link", name="查看").first.click()
    assert all(one in city.drawer.inner_text() for one in ("青秀区", office, "本级新增"))
    city.close()
    assert [one["目录名称"] for one in download(city, "导出")] == ["青秀区小作坊监管"]
    city.open("监管事项", "监管目录")
    every = {one["目录名称"] for one in download(city, "导出")}
    assert {"青秀区小作坊监管", "市级特色监管"} <= every
    city.open("监管事项", "监管目录")
    both = download_of_ticked(city, "青秀区小作坊监管", "市级特色监管")
    assert {one["目录名称"] for one in both} == {"青秀区小作坊监管", "市级特色监管"}
    other = staff.desk("checklist_editor", department=county(staff, "450102", "兴宁区"))
    asked(other, "监管事项", "监管目录", name="监管")
    assert other.row("市级特色监管").count() == 1
    assert other.row("青秀区小作坊监管").count() == 0


@pytest.mark.function("F117", surface="page", complete=True)
def test_joint_punishment_is_kept_and_applied(  # noqa: PLR0915 - one whole story
    staff: Staff, editor: Desk
) -> None:
    """联合惩戒: 维护事项、措施、对象类别、依据, 关联政务服务或监管事项; 执法队伍对失信对象实施."""
    keep_law(editor)
    keeper = hand(staff, "checklist_editor", department=OFFICE)
    keeper.adds_matter("食品失信监督检查")
    manager = hand(staff, "task_administrator", department=OFFICE)
    manager.do("subjects.register", draft={
        "kind": "enterprise", "name": FIRM, "region": "450100",
        "identity": {"kind": "credit_code", "code": "91450100MA5K000017"},
    })  # fmt: skip
    desk = staff.desk("task_administrator", department=OFFICE)
    desk.open("联合惩戒", "联合惩戒措施")
    desk.start("新增联合惩戒措施")
    desk.fill(matter=PUNISHED, measure="限制申请食品生产许可", subject_kind="企业")
    desk.fill(basis="食品安全联合惩戒合作备忘录", provisions=CITATION)
    desk.press("保存")
    desk.drawer.get_by_text("没有关联政务服务事项或监管事项").first.wait_for()
    desk.fill(linked="食品失信监督检查", services="食品生产许可")
    desk.press("保存")
    desk.told("新增成功")
    desk.heads("联合惩戒事项", "联合惩戒措施", "联合惩戒对象类别", "惩戒依据", "关联监管事项")
    assert "限制申请食品生产许可" in desk.row(PUNISHED).inner_text()
    desk.act(PUNISHED, "修改")
    desk.fill(measure="限制申请食品生产许可；取消评优资格")
    desk.press("保存")
    desk.told("修改成功")
    desk.start("新增联合惩戒措施")
    desk.fill(matter="预付卡失信联合惩戒", measure="限制发行预付卡", services="单用途预付卡备案")
    desk.press("保存")
    desk.told("新增成功")
    asked(desk, "联合惩戒", "联合惩戒措施", matter="食品安全")
    desk.shows(PUNISHED)
    desk.act(PUNISHED, "查看")
    said = desk.drawer.inner_text()
    for one in (
        "企业", "食品安全联合惩戒合作备忘录", CITATION, "食品生产许可", "食品失信监督检查",
        "限制申请食品生产许可；取消评优资格",
    ):  # fmt: skip
        assert one in said, one
    desk.close()
    desk.keep("joint-punishments")
    told = download(desk, "导出")
    assert [(one["联合惩戒事项"], one["关联政务服务事项"]) for one in told] == [
        (PUNISHED, "食品生产许可")
    ]
    team = staff.desk("officer", department=OFFICE)
    team.open("联合惩戒", "联合惩戒措施")
    team.row(PUNISHED).wait_for()
    assert team.main.get_by_role("link", name="新增联合惩戒措施").count() == 0
    team.open("联合惩戒", "联合惩戒实施记录")
    team.start("新增联合惩戒实施记录")
    team.fill(number="桂市监联惩〔2026〕1号", punishment=PUNISHED, subject=FIRM)
    team.fill(since="2026-06-01", until="2026-05-01", note="已告知许可部门")
    team.press("保存")
    team.drawer.get_by_text("解除日期早于实施日期").first.wait_for()
    team.fill(until="")
    team.press("保存")
    team.told("新增成功")
    team.heads("决定文书号", "联合惩戒措施", "惩戒对象", "实施日期", "解除日期")
    row = team.row("桂市监联惩〔2026〕1号")
    assert PUNISHED in row.inner_text()
    assert FIRM in row.inner_text()
    team.act("桂市监联惩〔2026〕1号", "修改")
    team.fill(until="2027-05-31", note="信用修复后解除")
    team.press("保存")
    team.told("修改成功")
    assert "2027-05-31" in row.inner_text()
    asked(team, "联合惩戒", "联合惩戒实施记录", number="没有的文书号")
    team.shows()
    asked(team, "联合惩戒", "联合惩戒实施记录", number="联惩〔2026〕1号")
    team.shows("桂市监联惩〔2026〕1号")
    team.keep("applied-punishments")
    asked(desk, "联合惩戒", "联合惩戒实施记录", since_from="2026-06-01", since_to="2026-06-30")
    desk.shows("桂市监联惩〔2026〕1号")
    other = staff.desk("officer", department=POLICE)
    other.open("联合惩戒", "联合惩戒实施记录")
    other.shows()
    desk.open("联合惩戒", "联合惩戒措施")
    desk.act(PUNISHED, "删除")
    assert "联合惩戒实施记录1条" in desk.drawer.inner_text()
    desk.close()
    desk.act("预付卡失信联合惩戒", "删除")
    desk.press("确认删除")
    desk.told("删除成功")
    desk.until(lambda: desk.row("预付卡失信联合惩戒").count(), 0)
