"""Five usual tasks by keyboard alone: Tab, Space, Enter and letters; the focus is always seen."""

from collections.abc import Iterator
from typing import Any

import pytest

from .desk import DESK, Desk
from .driving import NEW_PASSWORD, Installation, fill, log_in
from .staff import BASE, Staff

_MOST = 300
_HAS_FOCUS = "wanted => document.activeElement.matches(wanted)"
_SEEN = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" || style.boxShadow !== "none";
}"""


@pytest.fixture(scope="module")
def desks(installation: Installation, chromium: Any, staff: Staff) -> Iterator[tuple[Desk, Desk]]:
    """Give the administrators of system and security, who have just proved who they are."""
    found = []
    for who in (0, 1):
        staff.call(who, "GET", f"{BASE}/departments")
        page = chromium.new_context(viewport=DESK).new_page()
        account = installation.administrators[who]["account"]
        log_in(page, installation, NEW_PASSWORD, account=account)
        page.goto(f"{installation.url}/gov/step_up?next=/gov")
        fill(page, password=NEW_PASSWORD)
        found.append(Desk(page, installation))
    yield found[0], found[1]
    for one in found:
        one.page.context.close()


def tab(desk: Desk, wanted: str, key: str = "Tab") -> None:
    """Press Tab, or another key, until what the selector says is seen to have the focus."""
    for _ in range(_MOST):
        if desk.page.evaluate(_HAS_FOCUS, wanted):
            assert desk.page.evaluate(_SEEN), wanted
            return
        desk.page.keyboard.press(key)
    raise AssertionError(wanted)


def press(desk: Desk, wanted: str, key: str = "Enter") -> None:
    """Reach what the selector says, and press a key there."""
    tab(desk, wanted)
    desk.page.keyboard.press(key)


def write(desk: Desk, wanted: str, text: str) -> None:
    """Reach a field and type into it, over what stands there."""
    tab(desk, wanted)
    desk.page.keyboard.press("Control+A")
    desk.page.keyboard.type(text)


def arrive(desk: Desk, title: str) -> None:
    """Go through the menu to the page of that title, without the mouse."""
    desk.page.goto(f"{desk.at.url}/gov")
    address = desk.page.get_by_role("navigation", name="主导航").get_by_role("link", name=title)
    href = address.first.get_attribute("href")
    desk.page.locator("body").focus()
    for group in desk.page.locator(f'details:has(a[href="{href}"]):not([open]) > summary').all():
        if group.is_visible():
            group.evaluate("one => one.dataset.wanted = 'yes'")
            press(desk, "[data-wanted]")
    press(desk, f'nav a[href="{href}"]')
    desk.page.get_by_role("heading", name=title, exact=True).first.wait_for()


def drawn(desk: Desk) -> None:
    """Wait for the drawer to stand open with its heading."""
    desk.drawer.get_by_role("heading").first.wait_for()


def test_a_user_is_added(desks: tuple[Desk, Desk], staff: Staff) -> None:
    """新增用户: the focus goes into the drawer, and back to the link that opened it."""
    desk, _ = desks
    (code,) = {
        one["code"]
        for one in staff.call(0, "GET", f"{BASE}/departments")["items"]
        if not one["parent"]
    }
    arrive(desk, "用户")
    press(desk, 'main a[href$="/users/add"]')
    drawn(desk)
    write(desk, "dialog [name=account]", "keys.one")
    write(desk, "dialog [name=name]", "王示例")
    write(desk, "dialog [name=memberships]", code)
    press(desk, "dialog .acts button[type=submit]")
    desk.told("新增成功")
    desk.until(lambda: desk.page.evaluate(_HAS_FOCUS, 'a[href$="/users/add"]'), wanted=True)
    desk.row("keys.one").wait_for()


def test_a_role_is_given(desks: tuple[Desk, Desk], staff: Staff) -> None:
    """分配角色: Space ticks, Enter saves."""
    _, desk = desks
    account = staff.hire()
    arrive(desk, "用户")
    write(desk, "form[role=search] [name=text]", account)
    desk.page.keyboard.press("Enter")
    desk.until(desk.page.locator("tbody tr").count, 1)
    press(desk, 'tbody a[href*="/roles"]')
    drawn(desk)
    press(desk, 'dialog input[name^="role."]', "Space")
    press(desk, "dialog .acts button[type=submit]")
    desk.told("角色和群组已保存")


def test_a_role_gets_a_branch_of_permissions(desks: tuple[Desk, Desk]) -> None:
    """权限: a whole branch by Space, one of another that Enter opens."""
    _, desk = desks
    arrive(desk, "角色")
    press(desk, 'main a[href$="/roles/add"]')
    drawn(desk)
    write(desk, "dialog [name=name]", "键盘角色")
    press(desk, "dialog .acts button[type=submit]")
    desk.told("新增成功")
    write(desk, "form[role=search] [name=name]", "键盘")
    desk.page.keyboard.press("Enter")
    desk.until(desk.page.locator("tbody tr").count, 1)
    press(desk, 'tbody a[href*="/grants"]')
    drawn(desk)
    press(desk, '[aria-label="全选检查计划"]', "Space")
    press(desk, '.branch:has([name="permission.tasks.close"]) summary')
    press(desk, '[name="permission.tasks.close"]', "Space")
    press(desk, "dialog .acts button[type=submit]")
    desk.told("授权成功")


def test_five_users_are_disabled(desks: tuple[Desk, Desk], staff: Staff) -> None:
    """批量停用: ticked by Space; the focus waits at the button that confirms."""
    desk, _ = desks
    for _ in range(5):
        staff.hire()
    arrive(desk, "用户")
    write(desk, "form[role=search] [name=text]", "staff.")
    desk.page.keyboard.press("Enter")
    boxes = desk.page.locator("tbody input[type=checkbox]")
    desk.until(lambda: desk.row("admin.").count(), 0)
    names = [one.get_attribute("name") for one in boxes.all()[:5]]
    for name in names:
        press(desk, f'[name="{name}"]', "Space")
    tab(desk, "button[value=disable]", "Shift+Tab")
    desk.page.keyboard.press("Enter")
    desk.main.get_by_text("将对下列5条记录办理").wait_for()
    press(desk, "form.batch button[type=submit]")
    desk.main.get_by_text("成功 5，跳过 0。").wait_for()


def test_one_is_changed_and_the_next_stands_open(desks: tuple[Desk, Desk]) -> None:
    """保存并处理下一条: Enter goes on with the next row of the list."""
    desk, _ = desks
    arrive(desk, "业态")
    for name in ("键盘甲", "键盘乙"):
        press(desk, 'main a[href$="/trades/add"]')
        drawn(desk)
        write(desk, "dialog [name=name]", name)
        write(desk, "dialog [name=code]", name)
        press(desk, "dialog .acts button[type=submit]")
        desk.told("新增成功")
    press(desk, "tbody tr:first-child a[href*='/change']")
    drawn(desk)
    write(desk, "dialog [name=code]", "JP-01")
    press(desk, "dialog [data-onward]")
    desk.until(lambda: desk.drawer.locator("[name=name]").input_value(), "键盘乙")
    desk.page.keyboard.press("Escape")
    desk.drawer.wait_for(state="hidden")
    desk.row("JP-01").wait_for()
