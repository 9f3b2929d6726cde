"""双随机抽取: drawn, staffed and proved by accounts of two departments, in three browsers."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import define
from tests.integration.forked import play

from adapters.system import SystemClock
from supervision_core.kernel.codes.credit_code import complete_credit_code
from supervision_core.kernel.days import local_day

from .desk import Desk
from .graded import NAME, Graded, graded_task
from .prepared import FARM, LEAD, Hand
from .staff import Staff

CODES = [complete_credit_code(f"91450100MA5R{one:05}") for one in range(8)]
TODO = "提交随机数"


def at_work(staff: Staff, role: str, department: str) -> tuple[Desk, Hand]:
    """Give the desk of a new account, and its hand."""
    account = staff.hire(role, department=department)
    desk = staff.enter(account)
    return desk, Hand(staff.interface(account))


def follow(desk: Desk, words: str) -> None:
    """Open what waits for whoever sits at the desk."""
    desk.open("我的工作台", "待办事宜")
    desk.main.get_by_role("link", name=words, exact=True).first.click()
    desk.page.get_by_role("heading", name=f"随机抽取：{NAME}").wait_for()


def deposit(desk: Desk) -> None:
    """Let the browser make the number and seal it: nothing of it stays, or is sent open."""
    follow(desk, TODO)
    with desk.page.expect_request(lambda one: one.url.endswith("/deposit")) as sent:
        desk.main.get_by_role("button", name="生成随机数并提交").click()
    desk.page.get_by_role("status").filter(has_text="已办理").wait_for()
    names = {one.partition("=")[0] for one in (sent.value.post_data or "").split("&")}
    assert {"commitment", "sealed"} <= names
    assert "nonce" not in names
    assert set(desk.page.evaluate("Object.keys(localStorage)")) <= {"menu-groups"}


def press(desk: Desk, words: str) -> None:
    """Press a button of the page, and wait for it to be done."""
    desk.main.get_by_role("button", name=words, exact=True).click()
    desk.page.get_by_role("status").filter(has_text="已办理").wait_for()


@define
class Drawing:
    """Who draws a task: its manager, and clerks of both departments."""

    manager: Desk
    acts: Hand
    lead: Desk
    farm: Desk
    graded: Graded
    folder: Path


@pytest.mark.function("F106", surface="page")
def test_a_task_is_drawn_before_everybody_s_eyes(staff: Staff, tmp_path: Path) -> None:
    """冻结名单和规则、两部门密封提交、截止并开启、抽取对象和检查项、人工增减、抽取人员、核对证明、生成检查."""
    manager, acts = at_work(staff, "task_administrator", LEAD)
    lead, farm = (at_work(staff, "clerk", name)[0] for name in (LEAD, FARM))
    one = Drawing(manager, acts, lead, farm, graded_task(staff, acts, CODES), tmp_path)
    freeze(staff, one)
    for desk in (lead, farm):
        deposit(desk)
    open_round(staff, one)
    drawn = adjust(one)
    assign(one)
    verify(staff, one, drawn)
    open_visits(one, drawn)
    see_departures(staff, one)
    clear_and_look(one)


def leave_out_inspected(desk: Desk) -> None:
    """Leave those out of the list who were inspected in the year, and wait for the list."""
    desk.main.get_by_label("排除任务年度内已检查或已安排检查的对象").select_option(label="是")
    desk.main.get_by_role("button", name="更新名单").click()
    asked = desk.main.locator("input[type=hidden][name=uninspected][value=yes]")
    asked.first.wait_for(state="attached")


def freeze(staff: Staff, one: Drawing) -> None:
    """Freeze pool and rule from the page of the task."""
    manager = one.manager
    manager.page.goto(f"{staff.at.url}/gov/tasks/tasks/{one.graded.task}")
    manager.main.get_by_role("link", name="随机抽取", exact=True).click()
    manager.page.get_by_role("heading", name=f"随机抽取：{NAME}").wait_for()
    assert "8户" in manager.main.inner_text()
    manager.keep("draw-preparing")
    leave_out_inspected(manager)
    manager.main.get_by_label("一级抽取比例（%）").fill("50")
    day = local_day(SystemClock().now()) + timedelta(days=8)
    for label, text in (
        ("公开数值名称", "双色球"), ("期号", "2026078"), ("公布日期", day.isoformat()),
    ):  # fmt: skip
        manager.main.get_by_label(label).fill(text)
    press(manager, "冻结名单和规则")
    manager.keep("draw-frozen")


def open_round(staff: Staff, one: Drawing) -> None:
    """Close the list once all have deposited; when its value is out, all deposits open."""
    manager, farm = one.manager, one.farm
    manager.main.get_by_role("button", name="截止收集").wait_for()
    press(manager, "截止收集")
    draw = manager.page.url.split("/draws/draws/")[1].split("/")[0]
    program = f"from tests.integration.browser.opened import main; main({draw!r}, 9)"
    done = play(program, staff.at.environment, staff.at.pictures)
    assert done.code == 0, done.err
    manager.main.get_by_role("button", name="完成抽取").wait_for()
    assert "不能开启" not in manager.main.inner_text()
    with leaving(farm):
        press(manager, "完成抽取")
    manager.main.get_by_role("heading", name="检查对象（4户）").wait_for()


@contextmanager
def leaving(desk: Desk) -> Iterator[None]:
    """Leave the draw for a slow page: that the draw goes on meanwhile calls nobody back."""
    held: list[Any] = []
    desk.page.route("**/gov/todos*", lambda route: held.append(route))  # noqa: PLW0108 - it is marked
    desk.page.get_by_role("link", name="待办", exact=False).first.click(no_wait_after=True)
    desk.until(lambda: len(held), 1)
    yield
    desk.page.wait_for_timeout(4000)  # it asks every three seconds
    held[0].continue_()
    desk.page.get_by_role("heading", name="待办事宜", exact=True).wait_for()
    desk.page.unroute("**/gov/todos*")


def adjust(one: Drawing) -> list[str]:
    """Add a firm of the register by hand; give who is to be inspected."""
    manager = one.manager
    picked = manager.main.get_by_role("table", name="检查对象").locator("td:nth-child(3)")
    drawn = picked.all_inner_texts()
    other = next(code for code in CODES if code not in drawn)
    manager.main.get_by_text("人工增减检查对象").click()
    manager.main.get_by_label("调整方式").select_option(label="增加")
    manager.main.locator("#subject").fill(other)
    manager.main.locator("#reason").fill("群众举报")
    manager.main.get_by_role("button", name="调整", exact=True).click()
    manager.main.get_by_role("heading", name="检查对象（5户）").wait_for()
    return [*drawn, other]


def assign(one: Drawing) -> None:
    """Draw inspectors out of the roster that was frozen with the pool."""
    manager = one.manager
    manager.main.get_by_role("link", name="抽取检查人员").click()
    manager.main.get_by_text("名册、派员需求、日期和每人上限已随名单冻结").wait_for()
    manager.keep("draw-inspectors")
    press(manager, "抽取检查人员")
    manager.main.get_by_text("已抽取4人").wait_for()


def verify(staff: Staff, one: Drawing, drawn: list[str]) -> None:
    """Check the proof in the page, at the command line, and, forged, on the page for checking."""
    manager, farm = one.manager, one.farm
    manager.main.get_by_role("button", name="在本页核对").click()
    manager.main.get_by_text("签名未核。").wait_for()
    manager.keep("draw-proved")
    with manager.page.expect_download() as got:
        manager.main.get_by_role("link", name="下载抽取证明").click()
    file = one.folder / "proof.json"
    got.value.save_as(file)
    staff.at.operate("verify-draw", str(file))
    farm.page.goto(f"{staff.at.url}/gov/draws/check")
    proof = json.loads(file.read_text("utf-8"))
    forged = one.folder / "forged.json"
    forged.write_text(json.dumps({**proof, "picks": proof["picks"][1:]}), "utf-8")
    for name, told in ((forged, "证明不成立：在“抽中名单”这一步。"), (file, "内容自洽：")):
        farm.page.set_input_files("#proof-file", name)
        farm.main.get_by_role("button", name="核对", exact=True).click()
        farm.main.get_by_text(told).wait_for()
    farm.main.locator("#own-code").fill("91450100MA5K000017")
    farm.main.get_by_role("button", name="核对这一户").click()
    farm.main.get_by_text("名单中没有91450100MA5K000017").wait_for()
    for code, told in ((drawn[0].lower(), "抽中"), (drawn[-1], "未抽中")):
        farm.main.locator("#own-code").fill(code)
        farm.main.get_by_role("button", name="核对这一户").click()
        farm.main.get_by_text(re.compile(f"：{told}。")).wait_for()
    farm.keep("draw-check")


def open_visits(one: Drawing, drawn: list[str]) -> None:
    """Set the visits up."""
    press(one.manager, "按抽取结果生成检查")
    found = one.acts.client.get("/api/v1/tasks/visits", params={"task": one.graded.task}).json()
    firms = {one.graded.firms[code] for code in drawn}
    assert {each["subject"] for each in found["items"]} == firms


def see_departures(staff: Staff, one: Drawing) -> None:
    """Read, as the head before approving and as anybody, what departs from chance, and why."""
    head, _ = at_work(staff, "leader", LEAD)
    head.page.goto(f"{staff.at.url}/gov/tasks/tasks/{one.graded.task}")
    head.start("批准检查任务")
    told = head.drawer.inner_text()
    for words in ("抽取序号：", "年第1次", "人工增加：南宁示例乳品", "理由：群众举报"):
        assert words in told, told
    head.keep("draw-approving")
    farm = one.farm
    farm.page.goto(f"{staff.at.url}/open/draws")
    told = farm.page.locator("main").inner_text()
    for words in ("年第1次", f"{LEAD}", "人工增加", "与检查任务同时公开"):
        assert words in told, told
    assert "群众举报" not in told
    farm.keep("open-draws")


def clear_and_look(one: Drawing) -> None:
    """Clear the draft: it leaves nobody out of the next pool, and is told before the next draw."""
    one.manager.main.get_by_text("清空抽取结果").first.click()
    one.manager.main.locator("#clear-reason").fill("名单有误")
    press(one.manager, "清空")
    one.manager.main.get_by_role("link", name="重新抽取", exact=True).click()
    leave_out_inspected(one.manager)
    assert "已清空，理由：名单有误" in one.manager.main.inner_text()
    one.manager.keep("draw-again")
    assert one.manager.main.get_by_text("年度内已安排检查，已排除").count() == 0
