"""How many clicks and page loads the usual tasks take: never more than ``screens.md`` allows.

What is counted is what the browser itself sees: presses of the mouse, and documents that it loads
while the task lasts. Typing counts as nothing. ``SUPERVISION_PICTURES`` keeps pictures, and the
figures as ``clicks.json``.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
from attrs import define, frozen
from xlsxwriter import Workbook

from .desk import DESK, Desk
from .driving import NEW_PASSWORD, Installation, fill, log_in
from .staff import BASE, Staff

_COUNTING: Final = """
addEventListener("pointerdown", (event) => {
  if (event.isTrusted) sessionStorage.clicks = Number(sessionStorage.clicks ?? 0) + 1;
}, true);
"""
_CLICKS: Final = "Number(sessionStorage.clicks ?? 0)"
_USERS: Final = 200


@define
class Task:
    """What a task took: presses of the mouse, and documents loaded."""

    clicks: int = 0
    loads: int = 0


@frozen
class Counter:
    """The desk of somebody whose clicks and loads are counted."""

    desk: Desk
    staff: Staff

    @contextmanager
    def task(self, name: str, *, clicks: int, loads: int = 0) -> Iterator[Desk]:
        """Hold that what is done within takes no more than so many clicks and loads."""
        page, found = self.desk.page, Task()

        def loaded(_: Any) -> None:
            found.loads += 1

        before = page.evaluate(_CLICKS)
        page.on("load", loaded)
        yield self.desk
        page.wait_for_load_state()
        page.remove_listener("load", loaded)
        found.clicks = page.evaluate(_CLICKS) - before
        self._note(name, found)
        assert found.clicks <= clicks, (name, found)
        assert found.loads <= loads, (name, found)

    def _note(self, name: str, found: Task) -> None:
        path = self.desk.at.pictures / "clicks.json"
        told = json.loads(path.read_text("utf-8")) if path.exists() else {}
        told[name] = f"{found.clicks}/{found.loads}"
        path.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")


def counted(desk: Desk, staff: Staff) -> Counter:
    """Count at a desk from now on; who sits there has just proved who he is."""
    desk.page.add_init_script(_COUNTING)
    desk.page.goto(f"{desk.at.url}/gov/step_up?next=/gov")
    fill(desk.page, password=NEW_PASSWORD)
    return Counter(desk, staff)


@pytest.fixture(scope="module")
def administrators(
    installation: Installation, chromium: Any, staff: Staff
) -> Iterator[tuple[Counter, Counter]]:
    """Give the administrators of system and security at their desks."""
    desks = []
    for who in (0, 1):
        staff.call(who, "GET", f"{BASE}/departments")
        page = chromium.new_context(viewport=DESK).new_page()
        account = installation.administrators[who]["account"]
        log_in(page, installation, NEW_PASSWORD, account=account)
        desks.append(Desk(page, installation))
    system, security = (counted(one, staff) for one in desks)
    yield system, security
    for one in desks:
        one.page.context.close()


def test_a_user_is_added(administrators: tuple[Counter, Counter]) -> None:
    """新增用户: the drawer, and its button; the list stands where it stood."""
    system, _ = administrators
    system.desk.open("系统管理", "用户")
    with system.task("新增用户", clicks=2) as desk:
        desk.start("新增用户")
        desk.fill(account="clicks.one", name="王示例", memberships=_own_code(system))
        desk.press("保存")
        desk.told("新增成功")
    desk.row("clicks.one").wait_for()
    desk.keep("clicks-user")


def test_a_role_is_given(administrators: tuple[Counter, Counter]) -> None:
    """分配角色: from the row of the list, a tick, and 保存."""
    _, security = administrators
    account = security.staff.hire()
    security.desk.open("系统管理", "用户")
    security.desk.search(text=account)
    security.desk.row(account).wait_for()
    with security.task("分配角色", clicks=3) as desk:
        desk.act(account, "分配角色")
        desk.drawer.get_by_label("任务管理员", exact=True).click()
        desk.press("保存")
        desk.told("角色和群组已保存")
    desk.keep("clicks-role-given")


def test_a_role_of_forty_permissions_is_made(administrators: tuple[Counter, Counter]) -> None:
    """角色: added, whole branches of the tree ticked, and saved at once."""
    _, security = administrators
    security.desk.open("系统管理", "角色")
    with security.task("四十项权限的角色", clicks=10) as desk:
        desk.start("新增角色")
        desk.fill(name="综合查询员")
        desk.press("保存")
        desk.told("新增成功")
        desk.search(name="综合查询员")
        desk.act("综合查询员", "权限")
        desk.drawer.get_by_label("全选监管事项").click()
        desk.drawer.locator("summary").filter(has_text="检查计划").click()
        desk.keep("clicks-tree")
        desk.press("保存")
        desk.told("授权成功")
    desk.act("综合查询员", "权限")
    held = desk.drawer.locator('.branch input[name^="permission."]:checked').count()
    assert held >= 40
    assert desk.drawer.get_by_role("table").locator("tbody tr").count() == held
    assert "items." not in desk.drawer.inner_text()
    desk.close()


def test_two_hundred_users_come_in(
    administrators: tuple[Counter, Counter], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """导入: the link, the file, 导入, 关闭; the list shows them."""
    system, _ = administrators
    code = _own_code(system)
    book = tmp_path_factory.mktemp("clicks") / "users.xlsx"
    with Workbook(str(book)) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["账号名", "姓名", "机构编码", "用户类型"])
        for number in range(_USERS):
            sheet.write_row(number + 1, 0, [f"many.{number:03}", "李示例", code, "工作人员"])
    system.desk.open("系统管理", "用户")
    with system.task("导入两百名用户", clicks=4) as desk:
        desk.start("导入")
        with desk.page.expect_file_chooser() as asked:
            desk.drawer.locator("input[type=file]").click()
        asked.value.set_files(book)
        desk.press("导入")
        desk.drawer.get_by_text(f"共 {_USERS} 行：新增 {_USERS}").wait_for()
        desk.keep("clicks-import")
        desk.drawer.get_by_role("button", name="关闭").click()
        desk.drawer.wait_for(state="hidden")
    desk.search(text="many.199")
    desk.row("many.199").wait_for()


def test_five_users_are_disabled(administrators: tuple[Counter, Counter]) -> None:
    """批量停用: five ticks, the button, and that it is meant; what became of each is told."""
    system, _ = administrators
    accounts = [system.staff.hire() for _ in range(5)]
    system.desk.open("系统管理", "用户")
    system.desk.search(text="staff.")
    system.desk.row(accounts[-1]).wait_for()
    with system.task("停用五名用户", clicks=7) as desk:
        for one in accounts:
            desk.row(one).get_by_role("checkbox").click()
        desk.main.get_by_role("button", name="批量停用").click()
        desk.main.get_by_text("将对下列5条记录办理").wait_for()
        desk.keep("clicks-disable-asked")
        desk.main.get_by_role("button", name="批量停用").click()
        desk.main.get_by_text("成功 5，跳过 0。").wait_for()
    desk.keep("clicks-disabled")
    desk.main.get_by_role("link", name="返回列表").click()
    for one in accounts:
        desk.search(text=one)
        desk.row(one).get_by_text("已停用").wait_for()


def test_one_is_changed_and_the_next_stands_open(administrators: tuple[Counter, Counter]) -> None:
    """保存并处理下一条: in a list that was searched; the drawer goes on with the next row."""
    system, _ = administrators
    desk = system.desk
    desk.open("基础信息", "业态")
    for name in ("业态甲", "业态乙", "别的"):
        desk.start("新增业态")
        desk.fill(name=name, code=name)
        desk.press("保存")
        desk.told("新增成功")
    desk.search(name="业态")
    desk.shows("业态甲", "业态乙")
    with system.task("筛选后修改一条，接着下一条", clicks=2):
        desk.act("业态甲", "修改")
        desk.fill(code="YT-01")
        desk.press("保存并处理下一条")
        desk.until(lambda: desk.drawer.locator("[name=name]").input_value(), "业态乙")
    desk.close()
    assert "YT-01" in desk.row("业态甲").inner_text()


def test_what_is_typed_after_saving_stays(administrators: tuple[Counter, Counter]) -> None:
    """The drawer covers the list until it shows what was saved: nothing typed there is lost."""
    system, _ = administrators
    desk = system.desk
    desk.open("基础信息", "业态")

    def late(route: Any) -> None:
        desk.page.wait_for_timeout(500)
        route.continue_()

    desk.start("新增业态")
    desk.fill(name="慢来的业态", code="slow")
    desk.page.route(desk.page.url, late, times=1)
    desk.press("保存")
    desk.drawer.wait_for(state="hidden")
    assert desk.row("慢来的业态").count() == 1


def test_a_firm_is_searched_on_every_page(administrators: tuple[Counter, Counter]) -> None:
    """查找企业: one box, on every page of the menu; Ctrl+K leads there."""
    system, _ = administrators
    desk = system.desk
    menu = desk.page.get_by_role("navigation", name="主导航")
    found = menu.locator("a").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    paths = sorted({path for path in found if path.startswith("/gov/")})
    assert len(paths) > 5
    for path in paths:
        told = desk.page.request.get(f"{desk.at.url}{path}").text()
        assert told.count(" data-find>") == 1, path


def _own_code(system: Counter) -> str:
    found = system.staff.call(0, "GET", f"{BASE}/departments")["items"]
    return str(next(one["code"] for one in found if not one["parent"]))
