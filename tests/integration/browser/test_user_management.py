"""用户管理系统 (6.4.1.4) in a real browser, by those who do it: each part of its description."""

from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from supervision_core.kernel.codes.identity_card import complete_identity_card

from .desk import DESK, Desk
from .driving import NEW_PASSWORD, Installation, fill, log_in
from .staff import BASE, Staff

CARD = complete_identity_card("45010319900101001")


@frozen
class Office:
    """The system administrator and the security administrator of an installation, at work."""

    system: Desk
    security: Desk
    staff: Staff


@pytest.fixture(scope="module")
def office(installation: Installation, chromium: Any, staff: Staff) -> Any:
    """Let both log in by the pages; their passwords are their own since their first log-in."""
    desks = []
    for who in (0, 1):
        staff.call(who, "GET", f"{BASE}/departments")
        page = chromium.new_context(viewport=DESK, accept_downloads=True).new_page()
        account = installation.administrators[who]["account"]
        log_in(page, installation, NEW_PASSWORD, account=account)
        desks.append(Desk(page, installation))
    element(desks[0], "工位", "文本", mandatory="是")
    element(desks[0], "岗位级别", "单选", choices="一级\n二级")
    desks[0].keep("user-elements")
    yield Office(desks[0], desks[1], staff)
    for one in desks:
        one.page.context.close()


def proved(desk: Desk) -> None:
    """Prove once more who one is, where that is asked for."""
    heading = desk.page.locator("h1")
    heading.first.wait_for()
    if heading.first.inner_text() == "再次核验身份":
        fill(desk.page, password=NEW_PASSWORD)


def click(desk: Desk, words: str) -> None:
    """Follow a link of the page that leads to another page."""
    with desk.page.expect_navigation():
        desk.main.get_by_role("link", name=words, exact=True).first.click()


def send(desk: Desk, words: str, **fields: str) -> None:
    """Fill in the form of the page, and send it."""
    for name, text in fields.items():
        field = desk.main.locator(f'[name="{name}"]').first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=text)
        else:
            field.fill(text)
    with desk.page.expect_navigation():
        desk.main.get_by_role("button", name=words, exact=True).first.click()


def facts(desk: Desk) -> str:
    """Give what the page of one thing says of it."""
    return " ".join(desk.main.locator("dl").first.inner_text().split())


def department(desk: Desk, name: str, code: str, parent: str, **more: str) -> None:
    """Add a department below another."""
    desk.open("系统管理", "组织机构")
    desk.start("新增组织机构")
    desk.fill(name=name, code=code, parent=parent, **more)
    desk.drawer.locator("[name=region]").select_option("450100")
    desk.press("保存")
    desk.page.get_by_role("status").filter(has_text="新增成功").wait_for()


def hire(office: Office, department: str, *roles: str) -> str:
    """Make an account in a department that was added by the pages; give its name."""
    office.staff.departments.clear()  # they are looked up anew
    extras = {"values": {"ys0001": "一层"}}
    return office.staff.hire(*roles, department=department, extras=extras)


def top_code(office: Office) -> str:
    """Give the code of the department that the installation began with."""
    found = office.staff.call(0, "GET", f"{BASE}/departments")["items"]
    return str(next(one["code"] for one in found if not one["parent"]))


@pytest.mark.function("F025", surface="page")
def test_the_organisation_is_built_as_a_tree(office: Office) -> None:
    """组织机构管理: a tree, with agreement and 使用状态; changed, put in order, deleted."""
    desk, top = office.system, top_code(office)
    department(desk, "协议局", "U01", top, agreed_from="2020-01-01", agreed_to="2021-12-31",
               established_on="2019-01-02")  # fmt: skip
    department(desk, "上级局", "U02", top)
    department(desk, "下级所", "U03", "U02", inherits="是")
    desk.open("系统管理", "组织机构")
    tree = desk.page.get_by_role("navigation", name="组织机构")
    tree.get_by_role("link").nth(1).click()
    tree.get_by_role("link", name="上级局").click()
    tree.locator("[aria-current]").get_by_text("上级局").wait_for()
    desk.row("下级所").wait_for()
    desk.keep("departments-tree")
    desk.search(parent="", text="U01")
    desk.row("协议局").get_by_role("link").first.click()
    desk.page.get_by_text("已过有效期").wait_for()
    assert "成立日期 2019-01-02" in facts(desk)
    desk.keep("department-agreed")
    click(desk, "修改")
    send(desk, "保存", agreed_to="2099-12-31")
    assert "使用中" in facts(desk)
    click(desk, "删除")
    send(desk, "确认删除")
    desk.page.get_by_role("status").filter(has_text="删除成功").wait_for()
    desk.open("系统管理", "组织机构")
    desk.row(" ").first.get_by_role("link").first.click()
    desk.page.get_by_role("link", name="下级机构排序").wait_for()
    click(desk, "下级机构排序")
    send(desk, "自动排序", by="名称拼音")
    desk.page.get_by_role("status").filter(has_text="排序已保存").wait_for()


def element(desk: Desk, title: str, type_: str, **more: str) -> None:
    """Define a 扩展属性 of users."""
    desk.open("系统管理", "用户扩展属性")
    desk.start("新增用户扩展属性")
    desk.fill(title=title, type=type_, **more)
    desk.press("保存")
    desk.told("新增成功")


def said(desk: Desk, **fields: str) -> None:
    """Fill in 扩展属性 in the drawer, by their keys."""
    for key, text in fields.items():
        field = desk.drawer.locator(f'[name="extras.{key}"]')
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=text)
        else:
            field.fill(text)


def listed(desk: Desk, account: str) -> None:
    """Open the page of a user from the list."""
    desk.open("系统管理", "用户")
    desk.search(text=account)
    desk.row(account).get_by_role("link").first.click()
    desk.page.locator("h1").filter(has_text=account).wait_for()


@pytest.mark.function("F025", surface="page", complete=True)
def test_users_are_kept_with_all_that_is_said_of_them(office: Office) -> None:
    """人员管理: 账号、基本、拓展信息, 组织, 扩展属性; found, changed, ordered, deleted."""
    desk, top = office.system, top_code(office)
    department(desk, "用户局", "U10", top)
    department(desk, "用户二局", "U11", top)
    desk.open("系统管理", "用户")
    desk.start("新增用户")
    desk.fill(
        account="wang.example", phone="12", mail="wang@example.cn", name="王示例",
        sex="男", birthday="1990-01-01", nationality="中国", document_number=CARD,
        address="示例路1号", description="示例", valid_until="2099-12-31",
        memberships="U10 科员\nU11 联络员",
    )  # fmt: skip
    said(desk, ys0001="三层302", ys0002="二级")
    desk.press("保存")
    desk.drawer.get_by_role("alert").filter(has_text="手机号码").wait_for()
    desk.keep("user-refused")
    desk.fill(phone="13900000009")
    desk.press("保存")
    desk.page.get_by_role("status").filter(has_text="新增成功").wait_for()
    listed(desk, "wang.example")
    for words in (
        "工位 三层302", "岗位级别 二级", "使用状态 使用中",
        "所属组织 用户局（U10），科员 附属组织 用户二局（U11），联络员",
    ):  # fmt: skip
        assert words in facts(desk)
    assert CARD not in facts(desk)
    desk.keep("user-extras")
    click(desk, "修改")
    proved(desk)
    send(desk, "保存", valid_until="2020-01-01", sex="女")
    desk.page.get_by_text("已过有效期").wait_for()
    assert "工位 三层302" in facts(desk)
    for code in ("U10", "U11"):
        desk.open("系统管理", "用户")
        desk.search(text="", department=code)
        desk.row("wang.example").wait_for()
    desk.open("系统管理", "用户")
    click(desk, "按姓名、手机号、证件号查找")
    send(desk, "查找", document=CARD)
    desk.row("wang.example").wait_for()
    assert CARD not in desk.page.url
    ordered(office)
    listed(desk, "wang.example")
    click(desk, "删除")
    send(desk, "确认删除")
    desk.page.get_by_role("status").filter(has_text="删除成功").wait_for()


def ordered(office: Office) -> None:
    """Put the users of a department in order: by post from the highest, by pinyin."""
    desk = office.system
    hired = hire(office, "用户局", "officer")
    desk.open("系统管理", "组织机构")
    desk.search(text="U10")
    desk.row("用户局").get_by_role("link").first.click()
    desk.page.get_by_role("link", name="机构用户").wait_for()
    click(desk, "机构用户")
    click(desk, "调整排序")
    send(desk, "自动排序", by="职务高低", posts="工作人员\n科员")
    rows = desk.main.locator("tbody tr td:first-child")
    assert rows.all_inner_texts() == [hired, "wang.example"]
    click(desk, "调整排序")
    send(desk, "自动排序", by="姓名拼音")
    assert sorted(rows.all_inner_texts()) == sorted([hired, "wang.example"])


def rows_of(download: Any, folder: Path) -> list[list[str]]:
    """Give the rows of a workbook that was downloaded."""
    file = folder / download.suggested_filename
    download.save_as(file)
    return [
        list(map(str, row))
        for row in CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    ]


@pytest.mark.function("F025", surface="page")
def test_users_come_in_and_go_out_as_workbooks(office: Office, tmp_path: Path) -> None:
    """用户导入、导出: with 扩展属性; what is wrong is told; another one consents first."""
    desk, security = office.system, office.security
    department(desk, "表格局", "U20", top_code(office))
    desk.open("系统管理", "用户")
    desk.start("导入")
    with desk.page.expect_download() as loaded:
        desk.drawer.get_by_role("link", name="下载填报模板").click()
    assert "工位" in str(rows_of(loaded.value, tmp_path))
    file = tmp_path / "用户.xlsx"
    with Workbook(file) as book:
        sheet = book.add_worksheet("用户")
        for number, row in enumerate(
            (
                ["账号名", "姓名", "所属组织编码", "手机号码", "工位", "岗位级别"],
                ["table.one", "李一", "U20", "13900000021", "一层", "一级"],
                ["table.two", "李二", "U20", "12", "一层", ""],
                ["table.three", "李三", "U20", "", "", ""],
            )
        ):
            sheet.write_row(number, 0, row)
    desk.drawer.locator("[name=workbook]").set_input_files(file)
    desk.press("导入")
    desk.drawer.get_by_text("新增 1").wait_for()
    told = desk.drawer.inner_text()
    assert "新增 1，更新 0，未变 0，未导入 2" in told
    assert all(one in told for one in ("手机号码不是11位有效号码", "工位"))
    desk.keep("users-imported")
    desk.close()
    desk.open("系统管理", "组织机构")
    desk.search(text="U20")
    desk.row("表格局").get_by_role("link").first.click()
    desk.page.get_by_role("link", name="导出用户").wait_for()
    click(desk, "导出用户")
    proved(desk)
    here = desk.page.url
    send(desk, "提出申请", purpose="核实身份")
    security.open("我的工作台", "导出申请")
    security.row("核实身份").get_by_role("link").first.click()
    security.page.get_by_role("button", name="提交审批").wait_for()
    send(security, "提交审批", allowed="是", reason="核对花名册")
    proved(security)
    if security.page.get_by_role("button", name="提交审批").count():
        send(security, "提交审批", allowed="是", reason="核对花名册")
    security.page.get_by_text("已同意").first.wait_for()
    desk.page.goto(here)
    with desk.page.expect_download() as loaded:
        desk.main.get_by_role("link", name="下载表格").first.click()
    rows = rows_of(loaded.value, tmp_path)
    told = dict(zip(*rows[:2], strict=True))
    assert (told["账号名"], told["工位"], told["岗位级别"]) == ("table.one", "一层", "一级")


@pytest.mark.function("F025", surface="page")
def test_permissions_come_from_roles_grants_and_departments(office: Office) -> None:
    """权限设置、访问控制、管理员设置: role, own grant and department together."""
    system, security = office.system, office.security
    department(system, "权限局", "U30", top_code(office))
    department(system, "权限所", "U31", "U30", inherits="是")
    account = hire(office, "权限所")
    manager = hire(office, "权限局")
    security.open("系统管理", "角色")
    security.start("新增角色")
    security.fill(name="查询员")
    security.press("保存")
    security.page.get_by_role("status").filter(has_text="新增成功").wait_for()
    security.open("系统管理", "角色")
    security.search(name="查询员")
    security.row("全区通用").filter(has_text="查询员").wait_for()
    security.keep("roles")
    security.row("查询员").get_by_role("link").first.click()
    security.page.get_by_role("link", name="包含的权限").wait_for()
    click(security, "包含的权限")
    grants(security, "identity.list_users")
    security.page.goto(f"{security.at.url}/gov/identity/departments?text=U30")
    security.row("权限局").get_by_role("link").first.click()
    security.page.get_by_role("link", name="机构授权").wait_for()
    click(security, "机构授权")
    grants(security, "identity.view_department")
    user(security, account)
    click(security, "直接授权和可分配角色")
    grants(security, "identity.list_departments")
    user(security, account)
    click(security, "角色和群组")
    security.main.get_by_label("查询员").check()
    send(security, "保存")
    proved(security)
    user(security, account)
    click(security, "权限")
    told = security.main.inner_text()
    for one in ("identity.list_users", "identity.view_department", "identity.list_departments"):
        assert one in told
    security.keep("user-access-union")
    security.page.goto(f"{security.at.url}/gov/identity/departments?text=U31")
    security.row("权限所").get_by_role("link").first.click()
    security.page.get_by_role("link", name="设置管理员").wait_for()
    click(security, "设置管理员")
    proved(security)
    send(security, "保存", administrators=manager)
    assert manager in facts(security)


def grants(desk: Desk, permission: str) -> None:
    """Tick a permission on the page of grants, proving who one is where that is asked."""
    box = desk.page.locator(f'[name="permission.{permission}"]')
    for _ in range(2):
        desk.main.locator(".branch").filter(has=box).locator("summary").click()
        box.check()
        with desk.page.expect_navigation():
            desk.main.get_by_role("button", name="保存", exact=True).click()
        if desk.page.locator("h1").first.inner_text() != "再次核验身份":
            break
        fill(desk.page, password=NEW_PASSWORD)
        if box.is_checked():
            break
    assert box.is_checked()


def user(desk: Desk, account: str) -> None:
    """Open the page of a user by its address from the search."""
    desk.page.goto(f"{desk.at.url}/gov/identity/users?text={account}")
    desk.row(account).get_by_role("link").first.click()
    desk.page.locator("h1").filter(has_text=account).wait_for()


@pytest.mark.function("F025", surface="api")
def test_other_systems_ask_for_people_organisations_and_regions(office: Office) -> None:
    """标准接口: users of a department with all that is said of them, departments, regions."""
    staff = office.staff
    name = "接口局"
    department(office.system, name, "U40", top_code(office))
    account = hire(office, name)
    home = staff.department(name)
    found = staff.call(0, "GET", f"{BASE}/users", params={"department": home})["items"]
    (one,) = (each for each in found if each["draft"]["account"]["account"] == account)
    assert one["draft"]["extras"]["values"] == {"ys0001": "一层"}
    assert any(
        each["name"] == name
        for each in staff.call(0, "GET", f"{BASE}/departments", params={"text": "U40"})["items"]
    )
    assert staff.call(0, "GET", f"{BASE}/regions", params={"text": "南宁"})["items"]
