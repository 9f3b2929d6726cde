"""草稿: what is half filled in is not lost, with script and without, in a real browser."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from entrypoints.http.answering import COOKIE

from .desk import Desk
from .driving import NEW_PASSWORD, log_in
from .staff import Staff

OWNERS = ("执法力量", "第三方机构")
ADD = "/gov/officers/institution_people/add"


@pytest.fixture(scope="module")
def keeper(staff: Staff) -> Desk:
    """Give the desk of an administrator of a department, with an institution there."""
    desk = staff.desk("task_administrator", department="市场监管局")
    desk.open(*OWNERS)
    for name in ("南宁示例检测所", "柳州示例评估所"):
        desk.start("新增第三方机构")
        desk.fill(name=name, sort="检验检测")
        desk.press("保存")
        desk.told("新增成功")
    return desk


def kept(place: Any) -> None:
    """Wait for the form to say that it was kept."""
    place.get_by_role("status").filter(has_text="草稿已保存（").wait_for()


def test_with_script_a_form_is_kept_while_one_types(keeper: Desk) -> None:
    """Some seconds after typing stops; offered when it is opened again; gone when it is sent."""
    desk = keeper
    desk.open(*OWNERS)
    desk.go("机构人员")
    desk.start("新增机构人员")
    desk.fill(institution="南宁示例检测所", name="王示例", phone="13800000000")
    kept(desk.drawer)
    assert not desk.drawer.get_by_role("button", name="存草稿").is_visible()
    assert not desk.drawer.get_by_role("button", name="选择…").first.is_visible()
    desk.page.on("dialog", lambda one: one.accept())
    desk.close()
    desk.start("新增机构人员")
    desk.drawer.get_by_text("有未提交的内容（").wait_for()
    assert desk.drawer.locator("[name=name]").input_value() == ""
    desk.keep("draft-offered")
    assert not Axe().run(desk.page).response["violations"]
    desk.drawer.get_by_role("link", name="继续填写").click()
    desk.drawer.get_by_text("以下是上次未提交的内容").wait_for()
    assert desk.drawer.locator("[name=name]").input_value() == "王示例"
    assert desk.drawer.locator("[name=institution]").input_value() == "南宁示例检测所"
    desk.keep("draft-resumed")
    desk.press("保存")
    desk.told("新增成功")
    desk.start("新增机构人员")
    assert not desk.drawer.get_by_text("有未提交的内容").is_visible()
    desk.close()


def test_with_script_a_draft_is_given_up_in_the_drawer(keeper: Desk) -> None:
    """放弃: the form is empty again, and stays open."""
    desk = keeper
    desk.open(*OWNERS)
    desk.go("机构人员")
    desk.start("新增机构人员")
    desk.fill(name="李示例")
    kept(desk.drawer)
    desk.page.reload()
    desk.start("新增机构人员")
    desk.drawer.get_by_role("button", name="放弃").click()
    desk.until(lambda: desk.drawer.get_by_text("有未提交的内容").count(), 0)
    assert desk.drawer.locator("[name=name]").input_value() == ""
    desk.close()


def test_without_script_buttons_keep_and_choose(keeper: Desk, staff: Staff) -> None:
    """存草稿, 选择…, 继续填写, 保存: by keyboard too, where Enter sends the form."""
    del keeper
    account = staff.hire("task_administrator", department="市场监管局")
    desk = staff.enter(account, script=False)
    page, main = desk.page, desk.main
    page.goto(f"{desk.at.url}{ADD}")
    main.locator("[name=name]").fill("张示例")
    main.get_by_role("button", name="存草稿").click()
    page.get_by_text("草稿已保存，附件不在内。").wait_for()
    assert main.locator("[name=name]").input_value() == "张示例"
    page.goto(f"{desk.at.url}{ADD}")
    main.get_by_text("有未提交的内容（").wait_for()
    desk.keep("draft-without-script")
    main.get_by_role("link", name="继续填写").click()
    main.locator("[name=pick][value^=institution]").click()
    page.get_by_role("heading", name="选择所属机构").wait_for()
    main.locator("[name=text]").fill("柳州")
    page.keyboard.press("Enter")
    choices = main.get_by_role("list", name="选择所属机构").get_by_role("button")
    desk.until(choices.all_inner_texts, ["柳州示例评估所"])
    assert "柳州" not in page.url
    desk.keep("draft-picking")
    main.get_by_role("button", name="柳州示例评估所").click()
    assert main.locator("[name=institution]").input_value() == "柳州示例评估所"
    assert main.locator("[name=name]").input_value() == "张示例"
    main.locator("[name=name]").press("Enter")
    page.get_by_text("新增成功").wait_for()
    page.goto(f"{desk.at.url}{ADD}")
    assert main.get_by_text("有未提交的内容").count() == 0


def test_what_is_filled_in_outlives_the_session(keeper: Desk, staff: Staff) -> None:
    """It stays, and goes through once the same person is logged in again; nobody else sends it."""
    del keeper
    own, other = (staff.hire("task_administrator", department="市场监管局") for _ in "甲乙")
    desk = staff.enter(own)
    page = desk.page
    page.on("dialog", lambda one: one.accept())
    desk.open(*OWNERS)
    desk.go("机构人员")
    for name, account in (("孙示例", own), ("周示例", other)):
        desk.start("新增机构人员")
        desk.fill(institution="南宁示例检测所", name=name, phone="13800000000")
        page.context.clear_cookies(name=COOKIE)
        for _ in range(2):
            desk.press("保存")
            desk.drawer.get_by_role("alert").filter(has_text="登录已失效").wait_for()
            assert desk.drawer.locator("[name=name]").input_value() == name
        staff.seat(page.context, account).close()
        desk.press("保存")
        desk.drawer.wait_for(state="hidden")
    desk.row("孙示例").wait_for()
    assert desk.row("周示例").count() == 0
    page.context.close()


def test_a_draft_is_nobody_elses(keeper: Desk, staff: Staff) -> None:
    """On one browser: who logs in next is offered nothing, and an old tab keeps nothing for him."""
    desk = keeper
    first = staff.enter(staff.hire("task_administrator", department="市场监管局"))
    second = staff.hire("task_administrator", department="市场监管局")
    staff.renew(second)
    page, old = first.page, first.page.context.new_page()
    old.goto(f"{desk.at.url}{ADD}")
    old.locator("[name=name]").last.fill("赵示例")
    kept(old)
    log_in(page, desk.at, NEW_PASSWORD, account=second)
    page.goto(f"{desk.at.url}{ADD}")
    assert page.get_by_text("有未提交的内容").count() == 0
    old.locator("main [name=phone]").fill("13800000001")
    old.get_by_role("status").filter(has_text="草稿没有保存").wait_for()
    page.reload()
    assert page.get_by_text("有未提交的内容").count() == 0
    page.context.close()
