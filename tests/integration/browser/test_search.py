"""企业智搜: firms found from every page, by somebody whose account the administrators made."""

import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.eventually import eventually

from supervision_core.kernel.codes.credit_code import complete_credit_code

from .desk import Desk
from .driving import COMMAND, Installation
from .staff import Staff

CODES = [complete_credit_code(f"91450100MA5TE{number:03}X") for number in range(1, 5)]
FIRMS = (
    ("南宁示例乳业有限公司", CODES[0], "450103"),
    ("南宁重庆火锅餐饮店", CODES[1], "450102"),
    ("柳州示例乳业有限公司", CODES[2], "450203"),
    ("南宁KFC示例餐厅", CODES[3], "450107"),
)


def _table(installation: Installation, *firms: tuple[str, str, str]) -> None:
    """Take firms in by the operator's command, as a department sends them."""
    rows = "\n".join(",".join(one) for one in firms)
    path = installation.pictures / "firms.csv"
    path.write_text(f"企业名称,统一社会信用代码,行政区划\n{rows}\n", "utf-8-sig")
    installation.operate("import", "subjects", str(path))


@pytest.fixture(scope="module")
def worker(installation: Installation) -> Iterator[None]:
    """Let the worker run, as an installation does."""
    with subprocess.Popen(  # noqa: S603 - our own command
        [*COMMAND, "worker"], env=installation.environment, cwd=installation.pictures,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        yield
        process.terminate()


@pytest.fixture(scope="module")
def desk(staff: Staff) -> Desk:
    """Give the desk of a clerk of a department."""
    return staff.desk("clerk", department="市场监管局")


def _box(desk: Desk) -> Any:
    return desk.page.get_by_role("combobox", name="检索企业、任务、检查单、用户")


def _find(desk: Desk, text: str) -> None:
    """Search by the box of whatever page is open."""
    box = _box(desk)
    box.fill(text)
    box.press("Enter")
    desk.page.get_by_role("heading", name="企业智搜", exact=True).wait_for()


def _names(desk: Desk) -> list[str]:
    cells = desk.main.get_by_role("region", name="监管对象").locator("tbody tr td:first-child")
    return [str(one) for one in cells.all_inner_texts()]


def _until(desk: Desk, text: str, *names: str) -> None:
    """Search again and again until the index has followed."""

    def found() -> bool:
        _find(desk, text)
        return sorted(_names(desk)) == sorted(names)

    eventually(found)


def test_without_an_index_the_page_says_so(installation: Installation, desk: Desk) -> None:
    """索引还没有建立时：按名称开头和完整代码查找，页面说明结果可能不全，不给出错误的答案."""
    _table(installation, *FIRMS[:1])
    _find(desk, "南宁示例")
    assert _names(desk) == [FIRMS[0][0]]
    assert "可能不全" in desk.main.get_by_role("status").inner_text()
    _find(desk, CODES[0])
    assert _names(desk) == [FIRMS[0][0]]
    _find(desk, "示例乳业")
    assert _names(desk) == []
    assert "可能不全" in desk.main.get_by_role("status").inner_text()


@pytest.mark.function("F022", surface="page", complete=True)
def test_firms_are_found_by_name(
    installation: Installation, worker: None, staff: Staff, desk: Desk
) -> None:
    """企业查询: 输入企业名称（全称、一段文字、首字母、信用代码）搜索，返回相关的企业信息."""
    del worker
    _until(desk, "示例乳业", FIRMS[0][0])  # the worker starts, and builds the index
    _table(installation, *FIRMS)
    _until(desk, "示例", FIRMS[0][0], FIRMS[3][0])  # 柳州 is another city's
    for text, found in (
        (FIRMS[0][0], FIRMS[0][0]), ("乳业", FIRMS[0][0]), ("nnslry", FIRMS[0][0]),
        (CODES[0], FIRMS[0][0]), (CODES[0].lower(), FIRMS[0][0]), ("火锅 南宁", FIRMS[1][0]),
        ("cqhg", FIRMS[1][0]), ("zqhg", FIRMS[1][0]), ("kfc示例", FIRMS[3][0]),
    ):  # fmt: skip
        _find(desk, text)
        assert _names(desk) == [found], text
    _find(desk, "柳州示例")
    assert "没有找到" in desk.main.inner_text()
    _find(desk, "南宁")
    assert "共3条" in desk.main.inner_text()
    desk.keep("search")
    row = desk.row(FIRMS[0][0]).inner_text()
    assert CODES[0] in row
    assert "兴宁区" in row or "青秀区" in row
    desk.start(FIRMS[0][0])
    shown = desk.drawer.inner_text()
    for words in (FIRMS[0][0], CODES[0], "登记状态", "成立日期"):
        assert words in shown
    desk.close()
    assert not Axe().run(desk.page).response["violations"]
    del staff


@pytest.mark.function("F023", surface="page", complete=True)
def test_the_portrait_of_a_firm_that_was_found(
    installation: Installation, worker: None, staff: Staff, desk: Desk
) -> None:
    """企业画像: 从检索打开; 基本信息、拓展信息（股东、分支机构、经营范围）、风险信息."""
    del worker
    heads = (
        "企业名称,统一社会信用代码,行政区划,注册资本（万元）,成立日期,法定代表人,经营范围,"
        "是否列入经营异常,近三年诉讼数量"
    )
    code = complete_credit_code("91450100MA5TE009X")
    said = f"南宁画像乳业有限公司,{code},450103,500,2016-05-04,张三丰,乳制品生产,是,2"
    path = installation.pictures / "portrait.csv"
    path.write_text(f"{heads}\n{said}\n", "utf-8-sig")
    installation.operate("import", "subjects", str(path))
    _until(desk, "画像乳业", "南宁画像乳业有限公司")
    keeper = staff.desk("task_administrator", department="市场监管局")
    _find(keeper, "画像乳业")
    keeper.start("南宁画像乳业有限公司")
    keeper.drawer.get_by_role("link", name="修改", exact=True).click()
    keeper.drawer.get_by_role("heading", name="修改监管对象").wait_for()
    keeper.fill(
        corporate_holders="南宁示例投资公司 60%", holders="李四光 40%", branches="青秀分公司"
    )
    keeper.press("保存")
    keeper.told("修改成功")
    _find(desk, "画像乳业")
    desk.row("南宁画像乳业有限公司").get_by_role(
        "link", name="南宁画像乳业有限公司", exact=True
    ).click()
    desk.drawer.get_by_text("是否列入经营异常").wait_for()
    shown = desk.drawer.inner_text()
    for words in (
        "5000000", "2016-05-04", "张**", "乳制品生产", "南宁示例投资公司 60%", "李** 40%",
        "青秀分公司", "信用评级", "尚未评级", "2件",
    ):  # fmt: skip
        assert words in shown.replace(",", ""), words
    assert "李四光" not in shown
    desk.close()
    desk.keep("portrait")


@pytest.mark.function("F022", surface="page")
def test_the_box_offers_while_one_types(desk: Desk) -> None:
    """任何页面按 Ctrl+K：边输入边列出，方向键选择，回车打开；Esc 收起，不留痕迹."""
    desk.open("监管对象", "监管对象")
    desk.page.keyboard.press("Control+k")
    desk.page.keyboard.type("乳业")
    offered = desk.page.get_by_role("option", name=FIRMS[0][0])
    offered.wait_for()
    desk.at.keep(desk.page, "search-box")
    assert not Axe().run(desk.page).response["violations"]
    desk.page.keyboard.press("Escape")
    offered.wait_for(state="hidden")
    desk.page.keyboard.type("公")
    offered.wait_for(state="hidden")
    _box(desk).fill("示例乳")
    offered.wait_for()
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("Enter")
    desk.page.get_by_role("heading", name=f"监管对象：{FIRMS[0][0]}").wait_for()
    assert "示例" not in desk.page.url


def test_users_are_found_by_account_or_whole_name(staff: Staff) -> None:
    """用户：按账号或全名查找，姓名不出现在地址中；名字的一部分找不到人."""
    account = staff.hire("clerk", person={"name": "欧阳示例"})
    desk = staff.desk("department_administrator", department="")
    for text, found in ((account, True), ("欧阳示例", True), ("欧阳", False)):
        _find(desk, text)
        assert (account in desk.main.inner_text()) is found
        assert "%" not in desk.page.url


def test_without_script_the_box_is_a_form(staff: Staff) -> None:
    """不用脚本：输入后按检索，同样得到结果."""
    desk = staff.desk("clerk", department="市场监管局", script=False)
    desk.page.goto(f"{desk.at.url}/gov")
    _box(desk).fill("火锅")
    desk.page.get_by_role("button", name="检索", exact=True).click()
    assert _names(desk) == [FIRMS[1][0]]
    desk.page.get_by_role("link", name=FIRMS[1][0]).click()
    assert FIRMS[1][0] in desk.page.locator("h1").inner_text()


def test_firms_are_picked_by_a_fragment(desk: Desk) -> None:
    """选择监管对象：按名称片段列出，选中后按它查询；别市的企业不列出."""
    desk.open("一业一查", "现场检查")
    field = desk.page.locator("[data-picker=subject]").first
    if not field.is_visible():
        desk.more()
    field.fill("示例乳")
    offers = desk.page.locator("datalist option[value*=示例]")
    desk.until(offers.count, 1)
    assert offers.first.get_attribute("value") == f"{FIRMS[0][0]}（{CODES[0]}）"


@pytest.mark.function("F022", surface="page")
def test_the_list_finds_any_piece_of_a_name(desk: Desk) -> None:
    """监管对象列表：按名称中任意一段查找，与其他条件同用；别市的企业不列出，也不计入条数."""
    desk.open("监管对象", "监管对象")
    names = desk.main.locator("tbody tr")
    desk.search(name="示例")
    desk.until(names.count, 2)
    desk.main.get_by_text("共2条").wait_for()
    assert "柳州" not in desk.main.inner_text()
    desk.search(name="示例乳")
    desk.until(names.count, 1)
    desk.main.get_by_text("共1条").wait_for()
    assert FIRMS[0][0] in names.first.inner_text()
    desk.search(name="例")
    desk.main.get_by_text("没有符合条件的记录").wait_for()
