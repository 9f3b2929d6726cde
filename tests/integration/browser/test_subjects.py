"""监管对象、分类、标签: what those who keep them do with them, in a real browser.

Their accounts were made by the administrators and log in as their users do.
"""

from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from tests.integration.cycle.story import PICTURE

from supervision_core.kernel.codes.credit_code import complete_credit_code
from supervision_core.kernel.codes.identity_card import complete_identity_card

from .desk import Desk
from .driving import NEW_PASSWORD
from .staff import Staff

CODES = [complete_credit_code(f"91450103MA5K{one:05}") for one in range(6)]
PERSON = complete_identity_card("45010319900101101")
MENU = ("监管对象", "监管对象")
PAPER: Any = {"name": "登记机关文书.png", "mimeType": "image/png", "buffer": PICTURE}


@pytest.fixture(scope="module")
def keeper(staff: Staff) -> Desk:
    """Give the desk of a 场景管理员, who keeps tags and categories."""
    return staff.desk("scene_administrator", department="市场监管局")


def press(desk: Desk, words: str = "") -> None:
    """Press a button of the drawer, and wait for the drawer to be gone."""
    desk.press(words)
    desk.drawer.wait_for(state="hidden")


def tick(desk: Desk, *names: str) -> None:
    """Tick rows of the list."""
    for name in names:
        desk.main.get_by_role("checkbox", name=f"选择{name}", exact=True).check()


def several(desk: Desk, words: str) -> None:
    """Press a button for the ticked rows."""
    desk.main.get_by_role("button", name=words, exact=True).click()
    desk.page.get_by_role("heading", name=words).wait_for()


def confirm(desk: Desk, words: str, done: str) -> None:
    """Confirm what is to be done with several rows; wait for what became of them."""
    desk.main.get_by_role("button", name=words, exact=True).click()
    desk.page.get_by_role("status").filter(has_text=done).wait_for()


@pytest.mark.function("F062", surface="page")
def test_tags_are_kept(keeper: Desk) -> None:
    """监管对象标签: 新增、查看、修改、打标规则、停用、删除, 列表与检索, 批量."""
    desk = keeper
    desk.open("监管对象", "监管对象标签")
    for name in ("乳制品", "冷链运输", "预付卡", "临时标签"):
        desk.start("新增标签")
        desk.fill(name=name, order="1")
        press(desk)
    desk.shows("乳制品", "冷链运输", "预付卡", "临时标签")
    desk.heads("标签名称", "主客体", "规则数", "启用")
    desk.row("冷链运输").get_by_role("link", name="冷链运输", exact=True).click()
    desk.drawer.get_by_role("link", name="修改标签").click()
    desk.drawer.get_by_role("heading", name="修改标签").wait_for()
    assert desk.drawer.locator("[name=name]").input_value() == "冷链运输"
    desk.fill(name="冷链", nature="客体", note="冷藏冷冻运输")
    desk.keep("tag-change")
    press(desk)
    desk.row("乳制品").get_by_role("link", name="乳制品", exact=True).click()
    desk.drawer.get_by_role("link", name="新增打标规则").click()
    desk.drawer.get_by_label("企业", exact=True).check()
    desk.fill(words="乳业\n牛奶")
    press(desk)
    desk.row("乳制品").get_by_role("link", name="乳制品", exact=True).click()
    desk.drawer.get_by_text("牛奶").wait_for()
    desk.keep("tag-view")
    desk.close()
    desk.search(nature="客体")
    desk.shows("冷链")
    desk.search(nature="全部", name="临时")
    desk.shows("临时标签")
    desk.open("监管对象", "监管对象标签")
    tick(desk, "预付卡", "临时标签")
    several(desk, "批量停用标签")
    confirm(desk, "批量停用标签", "成功 2，跳过 0")
    desk.open("监管对象", "监管对象标签")
    desk.search(enabled="否")
    desk.until(lambda: set(desk.page.locator("tbody td:nth-child(2)").all_inner_texts()),
               {"预付卡", "临时标签"})  # fmt: skip
    desk.keep("tags")
    tick(desk, "临时标签")
    several(desk, "批量删除标签")
    confirm(desk, "批量删除标签", "成功 1，跳过 0")
    desk.open("监管对象", "监管对象标签")
    desk.row("预付卡").get_by_role("link", name="预付卡", exact=True).click()
    desk.drawer.get_by_role("link", name="启用标签").click()
    press(desk)
    desk.until(lambda: desk.row("临时标签").count(), 0)


@pytest.mark.function("F026", surface="page", complete=True)
@pytest.mark.function("F063", surface="page")
def test_categories_are_kept(keeper: Desk) -> None:
    """监管对象分类: 分类目录名称、父节点、排序号; 标签; 表单字段; 查看、修改、删除、批量删除."""
    desk = keeper
    desk.open("监管对象", "监管对象分类")
    for fields in (
        {"name": "食品生产", "position": "1"},
        {"name": "乳制品生产", "parent": "食品生产", "tags": "乳制品", "position": "2"},
        {"name": "旧分类甲", "position": "8"},
        {"name": "旧分类乙", "position": "9"},
    ):  # fmt: skip
        desk.start("新增监管对象分类")
        desk.fill(**fields)
        desk.press("保存")
        desk.told("新增成功")
    desk.shows("食品生产", "乳制品生产", "旧分类甲", "旧分类乙")
    desk.heads("分类目录名称", "父节点", "标签", "表单字段", "排序号")
    desk.keep("categories")
    desk.start("新增监管对象分类")
    desk.fill(name="食品生产")
    desk.press("保存")
    desk.drawer.get_by_text("的组合与已有记录重复").first.wait_for()
    desk.page.once("dialog", lambda asked: asked.accept())
    desk.close()
    desk.act("食品生产", "修改")
    desk.fill(parent="乳制品生产")
    desk.press("保存")
    desk.drawer.get_by_text("上级不能是本条记录自身或其下级").first.wait_for()
    desk.fill(parent="", name="食品加工")
    desk.press("保存")
    desk.told("修改成功")
    tree = desk.main.get_by_role("navigation", name="监管对象分类")
    tree.get_by_role("link", name="食品加工").click()
    desk.shows("乳制品生产")
    desk.open("监管对象", "监管对象分类")
    desk.search(name="乳制")
    desk.shows("乳制品生产")
    desk.act("乳制品生产", "查看")
    assert "乳制品" in desk.drawer.inner_text()
    desk.close()
    desk.open("监管对象", "监管对象分类")
    desk.search(tags="乳制品")
    desk.shows("乳制品生产")
    desk.open("监管对象", "监管对象分类")
    tick(desk, "食品加工", "旧分类甲", "旧分类乙")
    several(desk, "批量删除")
    confirm(desk, "批量删除", "成功 2，跳过 1")
    desk.page.get_by_text("下面还有1条下级记录").wait_for()
    desk.page.get_by_role("link", name="返回列表").click()
    desk.shows("食品加工", "乳制品生产")


@pytest.fixture(scope="module")
def manager(staff: Staff) -> Desk:
    """Give the desk of a 任务管理员, who keeps subjects."""
    return staff.desk("task_administrator", department="市场监管局")


@pytest.fixture(scope="module")
def leader(staff: Staff) -> Desk:
    """Give the desk of a 领导 of the registrar, who confirms what its people propose."""
    return staff.desk("leader", department="市场监管局")


def propose(desk: Desk) -> None:
    """Propose what is filled in, with the paper that says so."""
    desk.drawer.locator("[name=papers]").set_input_files([PAPER])
    press(desk)


def confirm_change(desk: Desk, name: str) -> None:
    """Confirm what was proposed of a subject."""
    desk.open("监管对象", "登记变更申请")
    desk.act(name, "确认")
    desk.press()
    desk.told("已办理")


def add_subject(desk: Desk, **fields: str) -> None:
    """Add a subject by the form."""
    desk.main.get_by_role("link", name="新增监管对象").click()
    desk.page.get_by_role("heading", name="新增监管对象").wait_for()
    for name, text in fields.items():
        field = desk.main.locator(f"[name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=text)
        else:
            field.fill(text)
    desk.main.get_by_role("button", name="保存", exact=True).click()
    desk.page.get_by_role("status").filter(has_text="新增成功").wait_for()


@pytest.mark.function("F061", surface="page")
def test_subjects_are_kept(manager: Desk, leader: Desk) -> None:
    """监管对象信息: 新增、列表、检索、查看、修改三部分信息、登记状态、按法定代表人查找、脱敏."""
    desk = manager
    desk.open(*MENU)
    add_subject(
        desk, name="南宁示例乳业有限公司", kind="企业", identity_kind="统一社会信用代码",
        code=CODES[0], region="青秀区", principal="张三丰", entity_type="有限责任公司",
        registered_capital="12000000000", domicile="南宁市青秀区示例路1号", scope="乳制品生产",
        contact_name="李四光", contact_phone="13800000001", longitude="108.366543",
        agreement_signed="是", floor="3层",
    )  # fmt: skip
    add_subject(
        desk, name="王小明", kind="自然人", identity_kind="身份证号", code=PERSON, region="青秀区",
    )  # fmt: skip
    desk.heads("监管对象类型", "法定代表人", "统一社会信用代码", "登记状态")
    desk.until(lambda: desk.row("王**").count(), 1)
    assert "张**" in desk.row("南宁示例乳业").inner_text()
    body = desk.page.locator("body").inner_text()
    for hidden in ("张三丰", "王小明", PERSON, "李四光", "13800000001"):
        assert hidden not in body
    desk.keep("subjects")
    desk.search(name="南宁示例")
    desk.shows("南宁示例乳业有限公司")
    desk.search(name="", kind="自然人")
    desk.shows("王**")
    desk.open(*MENU)
    desk.search(code=CODES[0])
    desk.shows("南宁示例乳业有限公司")
    desk.main.get_by_role("link", name="按法定代表人查找").click()
    desk.main.locator("[name=principal]").fill("张三丰")
    desk.main.get_by_role("button", name="查找", exact=True).click()
    desk.main.locator("tbody").get_by_role("link", name="南宁示例乳业有限公司").wait_for()
    assert "张三丰" not in desk.page.url
    desk.main.locator("tbody").get_by_role("link", name="南宁示例乳业有限公司").click()
    desk.page.get_by_role("heading", name="监管对象：南宁示例乳业有限公司").wait_for()
    for words in ("基本信息", "扩展信息", "经营信息", "等级与原因", "检查记录", "下次检查"):
        desk.main.get_by_role("heading", name=words, exact=True).wait_for()
    desk.main.get_by_text("尚未分级").wait_for()
    shown = desk.main.inner_text()
    assert "108.366543" in shown
    assert "张**" in shown
    assert "13800000001" not in shown
    desk.keep("subject")
    desk.main.get_by_role("link", name="修改", exact=True).click()
    desk.drawer.get_by_role("heading", name="修改监管对象").wait_for()
    desk.fill(
        name="南宁示例乳业集团有限公司", brand="示例牌", floor="", contact_phone="13800000002",
        business_scope_type="一般", nature="民营",
    )  # fmt: skip
    desk.press("保存")
    desk.told("修改成功")
    shown = desk.main.inner_text()
    assert "示例牌" in shown
    assert "*******0002" in shown
    assert "张**" in shown
    desk.main.get_by_role("link", name="申请变更监管对象登记状态").click()
    desk.fill(status="停业", reason="企业申请停业")
    propose(desk)
    confirm_change(leader, "南宁示例乳业集团有限公司")
    desk.open(*MENU)
    desk.more()
    desk.search(status="停业")
    desk.shows("南宁示例乳业集团有限公司")


@pytest.mark.function("F061", surface="page")
def test_personal_data_is_shown_for_a_purpose(manager: Desk) -> None:
    """查看个人信息: only after a fresh proof of identity, and with what it is used for."""
    desk = manager
    desk.open(*MENU)
    desk.row("王**").get_by_role("link", name="王**", exact=True).click()
    desk.drawer.get_by_role("link", name="查看个人信息").click()
    desk.drawer.get_by_role("heading", name="查看个人信息").wait_for()
    desk.fill(purpose="核实身份")
    desk.press("查看")
    desk.page.locator("main [name=password]").fill(NEW_PASSWORD)
    with desk.page.expect_navigation():
        desk.main.get_by_role("button", name="核验").click()
    desk.page.goto(f"{desk.at.url}/gov/subjects/subjects")
    desk.row("王**").get_by_role("link", name="王**", exact=True).click()
    desk.drawer.get_by_role("link", name="查看个人信息").click()
    desk.drawer.get_by_role("heading", name="查看个人信息").wait_for()
    desk.fill(purpose="核实身份")
    desk.press("查看")
    desk.drawer.get_by_text("王小明").wait_for()
    assert PERSON in desk.drawer.inner_text()
    desk.page.once("dialog", lambda asked: asked.accept())
    desk.close()


@pytest.mark.function("F061", surface="page")
@pytest.mark.function("F063", surface="page")
def test_several_subjects_are_categorised_and_tagged(
    manager: Desk, leader: Desk, tmp_path: Path
) -> None:
    """导入（逐条说明、下载未导入的行）; 框选归类、打标签, 逐条结果; 筛选; 删除要另一人确认."""
    desk = manager
    desk.open(*MENU)
    desk.main.get_by_role("link", name="导入", exact=True).click()
    rows = [f"示例食品厂{one}号,{CODES[one]},青秀区,赵某某" for one in range(1, 5)]
    table = tmp_path / "名录.csv"
    lines = ["企业名称,统一社会信用代码,所属区划,法定代表人", *rows, "没有代码的厂,,青秀区,钱某某"]
    table.write_text("\n".join(lines), "utf-8-sig")
    desk.main.locator("[name=source]").fill("青秀区食品生产企业名录")
    desk.main.locator("[name=workbook]").set_input_files(table)
    desk.main.get_by_role("button", name="导入", exact=True).click()
    done = "共 5 行：新增 4，更新 0，未变 0，未导入 1。"
    desk.page.get_by_role("status").filter(has_text=done).wait_for()
    desk.main.get_by_text("没有统一社会信用代码、注册号等任何身份代码").wait_for()
    desk.keep("subjects-imported")
    with desk.page.expect_download() as given:
        desk.main.get_by_role("link", name="下载未导入的行").click()
    assert given.value.suggested_filename == "未导入的行.xlsx"
    desk.open(*MENU)
    tick(desk, "示例食品厂1号", "示例食品厂2号")
    several(desk, "批量归类")
    desk.main.locator("[name=category_id]").fill("食品加工")
    confirm(desk, "批量归类", "成功 2，跳过 0")
    desk.open(*MENU)
    tree = desk.main.get_by_role("navigation", name="监管对象分类")
    tree.get_by_role("link", name="食品加工").click()
    desk.shows("示例食品厂1号", "示例食品厂2号")
    desk.keep("subjects-category")
    desk.open(*MENU)
    tick(desk, "示例食品厂3号", "示例食品厂4号")
    several(desk, "批量为监管对象打标签")
    desk.main.locator("[name=put]").fill("冷链")
    desk.main.locator("[name=reason]").fill("现场核实")
    confirm(desk, "批量为监管对象打标签", "成功 2，跳过 0")
    desk.open(*MENU)
    desk.more()
    desk.search(tags="冷链")
    desk.shows("示例食品厂3号", "示例食品厂4号")
    desk.row("示例食品厂4号").get_by_role("link", name="示例食品厂4号", exact=True).click()
    desk.drawer.get_by_role("link", name="申请删除监管对象").click()
    desk.drawer.locator("[name=reason]").wait_for()
    desk.fill(reason="重复登记")
    propose(desk)
    desk.open(*MENU)
    desk.search(name="示例食品厂4号")
    desk.shows("示例食品厂4号")
    confirm_change(leader, "示例食品厂4号")
    desk.open(*MENU)
    desk.search(name="示例食品厂")
    desk.shows("示例食品厂1号", "示例食品厂2号", "示例食品厂3号")


def _define(desk: Desk, title: str, kind: str, **fields: str) -> None:
    desk.start("新增分类表单字段")
    desk.fill(title=title, type=kind, **fields)
    desk.press("保存")
    desk.told("新增成功")


def _within(desk: Desk, name: str) -> Any:
    """Give a field of what is open, by its title."""
    return desk.drawer.get_by_label(name, exact=True)


@pytest.mark.function("F063", surface="page", complete=True)
def test_categories_have_forms_of_their_own(  # noqa: PLR0915 - all that the function says
    keeper: Desk, manager: Desk, tmp_path: Path
) -> None:
    """监管对象分类: 新增、查看、修改、删除, 按名称、标签查找; 表单字段的配置、填写、检索、导出."""
    desk = keeper
    desk.open("监管对象", "分类表单字段")
    _define(desk, "存栏数", "整数", mandatory="是")
    _define(desk, "场区等级", "单选", choices="甲级\n乙级", searched="是")
    _define(desk, "有机认证", "是否", searched="是")
    desk.heads("要素名称", "字段类型", "可检索")
    desk.keep("form-fields")
    desk.open("监管对象", "监管对象标签")
    desk.start("新增标签")
    desk.fill(name="养殖", order="1")
    press(desk)
    desk.open("监管对象", "监管对象分类")
    for name in ("奶牛养殖", "待删分类"):
        desk.start("新增监管对象分类")
        desk.fill(name=name, tags="养殖")
        desk.press("保存")
        desk.told("新增成功")
    desk.act("奶牛养殖", "修改")
    desk.fill(name="奶牛养殖场", form="存栏数\n场区等级\n有机认证", position="1")
    desk.press("保存")
    desk.told("修改成功")
    desk.search(name="奶牛", tags="养殖")
    desk.shows("奶牛养殖场")
    desk.act("奶牛养殖场", "查看")
    assert all(one in desk.drawer.inner_text() for one in ("存栏数", "场区等级", "养殖"))
    desk.close()
    desk.open("监管对象", "监管对象分类")
    desk.act("待删分类", "删除")
    desk.drawer.get_by_role("button", name="删除").click()
    desk.told("删除成功")
    desk = manager
    desk.open(*MENU)
    for number, name in ((5, "示例一号牧场"), (6, "示例二号牧场")):
        add_subject(
            desk, name=name, kind="企业", identity_kind="统一社会信用代码",
            code=complete_credit_code(f"91450103MA5K{number:05}"), region="青秀区",
        )  # fmt: skip
    for name, herd, grade in (("示例一号牧场", "120", "甲级"), ("示例二号牧场", "80", "乙级")):
        desk.open(*MENU)
        path = desk.row(name).get_by_role("link", name=name, exact=True).first.get_attribute("href")
        desk.page.goto(f"{desk.at.url}{path}")
        desk.main.get_by_role("link", name="设置分类").click()
        desk.drawer.get_by_role("heading", name="设置分类").wait_for()
        desk.fill(category_id="奶牛养殖场")
        desk.press("保存")
        _within(desk, "场区等级").wait_for()
        desk.keep("subject-form")
        if herd == "120":
            desk.press("保存")
            desk.drawer.get_by_text("存栏数").first.wait_for()
        desk.drawer.get_by_label("存栏数").fill(herd)
        _within(desk, "场区等级").select_option(label=grade)
        _within(desk, "有机认证").select_option(label="是")
        desk.press("保存")
        desk.told("修改成功")
        desk.main.get_by_text(herd, exact=True).first.wait_for()
        desk.main.get_by_text("养殖", exact=True).first.wait_for()
    desk.main.get_by_role("link", name="设置分类").click()
    _within(desk, "场区等级").wait_for()
    assert desk.drawer.get_by_label("存栏数").input_value() == "80"
    desk.close()
    desk.open(*MENU)
    desk.main.get_by_role("navigation", name="监管对象分类").get_by_role(
        "link", name="奶牛养殖场"
    ).click()
    desk.heads("存栏数", "场区等级", "有机认证")
    desk.shows("示例一号牧场", "示例二号牧场")
    desk.keep("subjects-form")
    desk.more()
    form = desk.page.get_by_role("search").last
    form.get_by_label("场区等级").select_option(label="甲级")
    form.get_by_label("有机认证").select_option(label="是")
    form.get_by_role("button", name="查询").click()
    desk.shows("示例一号牧场")
    with desk.page.expect_download() as given:
        desk.main.get_by_role("link", name="导出", exact=True).click()
    path = tmp_path / "对象.xlsx"
    given.value.save_as(path)
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    heads = next(row for row in rows if "存栏数" in row)
    (said,) = (row for row in rows if "示例一号牧场" in row)
    told = dict(zip(heads, said, strict=True))
    assert (told["存栏数"], told["场区等级"], told["有机认证"]) == (120, "甲级", "是")
    assert not any("示例二号牧场" in row for row in rows)


@pytest.mark.function("F062", surface="page", complete=True)
def test_tags_are_kept_and_linked(keeper: Desk, manager: Desk) -> None:
    """标签: 新增、修改、查看、删除; 按对象、按分类关联, 一个对象多个标签, 按标签筛选对象."""
    desk = keeper
    desk.open("监管对象", "监管对象标签")
    for name in ("重点监管", "信用示范", "误设标签"):
        desk.start("新增标签")
        desk.fill(name=name, order="5")
        press(desk)
    desk.row("信用示范").get_by_role("link", name="信用示范", exact=True).click()
    desk.drawer.get_by_role("link", name="修改标签").click()
    desk.fill(name="信用良好", note="近三年没有失信记录")
    press(desk)
    desk.row("信用良好").get_by_role("link", name="信用良好", exact=True).click()
    desk.drawer.get_by_text("近三年没有失信记录").wait_for()
    desk.close()
    tick(desk, "误设标签")
    several(desk, "批量删除标签")
    confirm(desk, "批量删除标签", "成功 1，跳过 0")
    desk.open("监管对象", "监管对象标签")
    desk.until(lambda: desk.row("误设标签").count(), 0)
    desk.open("监管对象", "监管对象分类")
    desk.start("新增监管对象分类")
    desk.fill(name="重点企业", tags="重点监管")
    desk.press("保存")
    desk.told("新增成功")
    desk = manager
    desk.open(*MENU)
    for number in (7, 8):
        add_subject(
            desk, name=f"示例标签企业{number}号", kind="企业", identity_kind="统一社会信用代码",
            code=complete_credit_code(f"91450103MA5K{number:05}"), region="青秀区",
        )  # fmt: skip
    desk.open(*MENU)
    tick(desk, "示例标签企业7号", "示例标签企业8号")
    several(desk, "批量为监管对象打标签")
    desk.main.locator("[name=put]").fill("信用良好")
    desk.main.locator("[name=reason]").fill("现场核实")
    confirm(desk, "批量为监管对象打标签", "成功 2，跳过 0")
    desk.open(*MENU)
    tick(desk, "示例标签企业8号")
    several(desk, "批量归类")
    desk.main.locator("[name=category_id]").fill("重点企业")
    confirm(desk, "批量归类", "成功 1，跳过 0")
    desk.open(*MENU)
    desk.more()
    desk.search(tags="信用良好")
    desk.shows("示例标签企业7号", "示例标签企业8号")
    desk.search(tags="重点监管")
    desk.shows("示例标签企业8号")
    assert "信用良好" in desk.row("示例标签企业8号").inner_text()
    desk.keep("subjects-tagged")


@pytest.mark.function("F061", surface="page", complete=True)
def test_a_subject_is_shown_changed_found_and_sorted(keeper: Desk, manager: Desk) -> None:
    """监管对象信息: 列表与详情、三部分信息的修改、画像、四个维度的检索、设置分类."""
    desk = keeper
    desk.open("监管对象", "监管对象标签")
    desk.start("新增标签")
    desk.fill(name="画像标签", order="9")
    press(desk)
    desk.open("监管对象", "监管对象分类")
    desk.start("新增监管对象分类")
    desk.fill(name="画像分类", tags="画像标签")
    desk.press("保存")
    desk.told("新增成功")
    desk, code = manager, complete_credit_code("91450103MA5K00009")
    desk.open(*MENU)
    add_subject(
        desk, name="示例画像企业", kind="企业", identity_kind="统一社会信用代码", code=code,
        region="青秀区", principal="欧阳示例", domicile="示例路9号", nature="生产企业",
    )  # fmt: skip
    desk.heads("监管对象名称", "监管对象类型", "法定代表人", "统一社会信用代码")
    row = desk.row("示例画像企业").inner_text()
    assert all(one in row for one in ("企业", "欧***", code))
    for fields in ({"name": "示例画像"}, {"name": "", "code": code}):
        desk.search(**fields)
        desk.shows("示例画像企业")
    desk.search(kind="企业")
    desk.shows("示例画像企业")
    desk.main.get_by_role("link", name="按法定代表人查找").click()
    desk.main.locator("[name=principal]").fill("欧阳示例")
    desk.main.get_by_role("button", name="查找", exact=True).click()
    desk.main.locator("tbody").get_by_role("link", name="示例画像企业").click()
    desk.page.get_by_role("heading", name="监管对象：示例画像企业").wait_for()
    desk.main.get_by_role("link", name="修改", exact=True).click()
    desk.drawer.get_by_role("heading", name="修改监管对象").wait_for()
    desk.fill(
        brand="示例牌", registration_authority="示例登记机关", established_on="2016-05-04",
        corporate_holders="示例投资公司 60%", branches="示例画像企业分公司", floor="3层",
    )  # fmt: skip
    desk.press("保存")
    desk.told("修改成功")
    desk.main.get_by_role("link", name="设置分类").click()
    desk.drawer.get_by_role("heading", name="设置分类").wait_for()
    desk.fill(category_id="画像分类")
    desk.press("保存")
    desk.main.get_by_text("画像分类").first.wait_for()
    for words in ("基本信息", "扩展信息", "经营信息", "风险信息", "等级与原因", "检查记录", "整改"):
        desk.main.get_by_role("heading", name=words, exact=True).wait_for()
    desk.main.get_by_text("尚未分级").wait_for()
    desk.main.get_by_text("是否列入经营异常").wait_for()
    shown = desk.main.inner_text()
    for words in (
        "示例牌", "示例登记机关", "2016-05-04", "示例投资公司 60%", "示例画像企业分公司", "3层",
        "画像分类", "画像标签", "风险等级", "信用等级",
    ):  # fmt: skip
        assert words in shown, words
    assert "欧阳示例" not in shown
    desk.keep("subject-portrait")
