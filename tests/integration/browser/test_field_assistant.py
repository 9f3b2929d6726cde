"""离线检查 of a third party: a visit that is assisted without signal, by accounts let in."""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from attrs import frozen

from .line import Line
from .prepared import hand_of
from .staff import Staff
from .test_field import _count, _open, _phone, _set_up_again
from .test_phone import Hand, photo
from .visited import FIRM, ITEMS, OTHER, Visited, prepare

_INSTITUTION: Final = "南宁示例检测所"
_ZONE: Final = "/m/third_party_visits"
_PEOPLE: Final = ("检测员示例", "采样员示例")


@pytest.fixture(scope="module")
def accounts() -> list[str]:
    """Give the accounts of the officers, once they are let in."""
    return []


@pytest.fixture(scope="module")
def visited(staff: Staff, accounts: list[str]) -> Visited:
    """Give the task that went out, with an institution engaged for it."""
    return prepare(staff, accounts, institution=_INSTITUTION)


@pytest.fixture(scope="module")
def line(staff: Staff) -> Iterator[Line]:
    """Give the line between the phone and the platform."""
    made = Line(staff.at.url)
    yield made
    made.close()


@frozen(kw_only=True)
class _Team:
    """An institution's head, and whom it named for the task."""

    head: Any
    tester: str
    colleague: Any
    ids: tuple[str, ...]


@pytest.fixture(scope="module")
def people(staff: Staff, visited: Visited) -> list[str]:
    """Give the accounts of the institution: its head, and two whom it may name."""
    party = {"kind": "third_party", "party": visited.institution}
    return [
        staff.hire("institution_head", memberships=[], extended=party),
        *(staff.hire("institution_member", memberships=[], person={"name": name}, extended=party)
          for name in _PEOPLE),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def team(staff: Staff, people: list[str]) -> _Team:
    """Give the people of the institution, two of whom its head named for the task."""
    head, accounts = hand_of(staff, people[0]), people[1:]
    found = head.client.get("/api/v1/tasks/list_own_people").json()["people"]
    ids = {one["name"]: one["id"] for one in found}
    tasks = head.client.get("/api/v1/tasks/tasks").json()["items"]
    named = tuple(ids[name] for name in _PEOPLE)
    head.do("tasks.name_assistants", task_id=tasks[0]["id"], people=named)
    return _Team(head=head, tester=accounts[0], colleague=hand_of(staff, accounts[1]), ids=named)


@pytest.fixture(scope="module")
def tester(staff: Staff, chromium: Any, line: Line, team: _Team) -> Iterator[Hand]:
    """Give the phone of somebody whom the head of the institution named for the task."""
    made = _phone(staff, chromium, line, team.tester)
    yield made
    made.page.context.close()


def _at(hand: Any, visited: Visited, firm: str = FIRM) -> Any:
    """Give what a visit says to an account."""
    found = hand.client.get(f"/api/v1/tasks/visits/{visited.visits[firm]}")
    return found.json()["content"]


def test_the_head_does_on_the_phone_what_waits(
    staff: Staff, chromium: Any, line: Line, people: list[str], visited: Visited
) -> None:
    """待办: each opens in the phone zone; who assists is named there, before the team goes out."""
    del visited
    phone = _phone(staff, chromium, line, people[0])
    todo = phone.main.get_by_role("link", name="确定协助人员")
    todo.first.wait_for()
    phone.keep("assist-head")
    todo.first.click()
    phone.heads("确定协助人员")
    assert urlsplit(phone.page.url).path.startswith("/m/tasks/"), phone.page.url
    phone.keep("assist-head-names")
    phone.page.get_by_role("link", name="返回").first.click()
    phone.heads("检查任务")
    phone.page.context.close()


def test_a_third_party_takes_its_visits_along(tester: Hand, line: Line, visited: Visited) -> None:
    """下载离线包: the visit that he assists is in it, and what he may claim is marked as that."""
    tester.page.goto(f"{line.url}{_ZONE}/{visited.visits[FIRM]}")
    tester.follow("认领任务")
    tester.page.locator("main form button[type=submit]").last.click()
    tester.main.get_by_role("link", name="协助人员签到").wait_for()
    tester.page.goto(f"{line.url}/m/field")
    tester.heads("准备离线检查")
    _set_up_again(tester)
    cards = tester.main.locator(".slip")
    cards.filter(has_text=FIRM).filter(has_text="待签到").wait_for()
    cards.filter(has_text=OTHER).filter(has_text="待认领").wait_for()
    assert not tester.main.get_by_role("link", name="同行口令").count()
    tester.page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    assert tester.page.get_by_role("link", name="三方任务").is_visible()
    tester.keep("assist-list")


@pytest.mark.function("F145", surface="page")
@pytest.mark.function("F146", surface="page")
@pytest.mark.function("F147", surface="page")
def test_a_visit_is_assisted_without_signal(  # noqa: PLR0915
    tester: Hand, line: Line, visited: Visited, staff: Staff, accounts: list[str]
) -> None:
    """没有信号: 协助签到、逐项记录带照片、反馈问题; 有信号后送达, 一次也不多."""
    officer = hand_of(staff, accounts[0])
    line.take_down()
    tester.page.goto(f"{line.url}{_ZONE}/{visited.visits[FIRM]}")
    tester.heads("打开离线包")
    tester.main.get_by_label("6位数字口令").fill("260415")
    tester.press("打开")
    tester.heads(FIRM)
    tester.main.get_by_text("不作检查结论，不签字").wait_for()
    tester.keep("assist-visit")
    tester.follow("协助签到")
    tester.heads("协助签到")
    tester.press("签到")
    tester.page.get_by_role("alert").filter(has_text="没有扫码的理由").wait_for()
    tester.press("现场没有张贴码")
    tester.keep("assist-arrive")
    tester.press("签到")
    tester.heads(FIRM)
    officer.do("tasks.check_in", visit_id=visited.visits[FIRM], reason="现场没有张贴码")

    tester.follow("记录下一项")
    tester.main.get_by_text("第 1 项，共 3 项").wait_for()
    tester.main.get_by_role("radio", name="发现问题", exact=True).check()
    tester.press("保存，看下一项")
    tester.page.get_by_role("alert").filter(has_text="请填写情况说明").wait_for()
    tester.main.locator("[name=note]").fill("样品偏热")
    tester.main.locator("input[type=file]").set_input_files(
        {"name": "样品.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    tester.main.get_by_text("待上传 1 个文件").wait_for()
    tester.keep("assist-item")
    tester.press("保存，看下一项")
    tester.main.get_by_text("第 2 项，共 3 项").wait_for()
    tester.page.locator("[data-back]").click()
    tester.heads(FIRM)
    assert "样品偏热（本人）" in tester.main.inner_text()
    tester.follow("反馈问题")
    tester.heads("反馈问题")
    tester.main.get_by_label("发现的问题").fill("冷藏柜温度高于规定")
    tester.main.get_by_label("所涉检查项").select_option(label=ITEMS[1])
    tester.keep("assist-problem")
    tester.press("提交反馈")
    tester.heads(FIRM)
    _count(tester, "waiting", 3)
    tester.keep("assist-done")
    before = _at(officer, visited)
    assert before["arrivals"] == before["assistant_notes"] == before["problems"] == []

    line.put_up()
    _open(tester, line)
    tester.press("立即送达")
    _count(tester, "waiting", 0)
    _count(tester, "done", 3)
    told = _at(officer, visited)
    assert [one["reason"] for one in told["arrivals"]] == ["现场没有张贴码"]
    assert [one["note"] for one in told["assistant_notes"]] == ["样品偏热"]
    assert [one["content"] for one in told["problems"]] == ["冷藏柜温度高于规定"]
    assert len(told["assistant_files"]) == 1
    assert not any(one["outcome"] for one in told["items"])
    tester.page.goto(f"{line.url}{_ZONE}/{visited.visits[FIRM]}")
    tester.main.get_by_text("样品偏热").first.wait_for()
    tester.main.get_by_text("冷藏柜温度高于规定").first.wait_for()


def _opens(tester: Hand, line: Line, visited: Visited) -> None:
    """Open the visit at the other firm, from what lies on the phone."""
    here = f"{line.url}/m/field#{visited.visits[OTHER]}"
    tester.page.evaluate("(there) => location.assign(there)", here)
    tester.heads(OTHER)


def test_who_goes_on_while_the_list_is_made_is_not_led_back(
    tester: Hand, line: Line, visited: Visited
) -> None:
    """列表还在生成时点开一项检查: 页面停在这项检查上."""
    line.take_down()
    _open(tester, line)
    tester.page.evaluate(
        """async (visit) => {
             await new Promise((done) => setTimeout(done, 500));
             for (const hash of ["#", `#${visit}`]) {
               history.replaceState(null, "", hash);
               dispatchEvent(new Event("hashchange"));
             }
             await new Promise((done) => setTimeout(done, 500));
           }""",
        visited.visits[OTHER],
    )
    line.put_up()
    assert tester.page.locator("h1").inner_text() == OTHER
    assert tester.main.get_by_role("link", name="认领任务").is_visible()


def _claims(tester: Hand) -> None:
    tester.follow("认领任务")
    tester.heads("认领任务")
    tester.press("认领")
    tester.heads(OTHER)
    tester.main.get_by_role("link", name="反馈问题").wait_for()


def test_a_visit_is_claimed_and_handed_over_without_signal(
    tester: Hand, line: Line, visited: Visited, team: _Team
) -> None:
    """没有信号: 认领、签到、移交给同事; 有信号后送达, 同事接着办."""
    _open(tester, line)
    line.take_down()
    _opens(tester, line, visited)
    assert not tester.main.get_by_role("link", name="反馈问题").count()
    tester.follow("认领任务")
    tester.heads("认领任务")
    tester.keep("assist-claim")
    tester.press("认领")
    tester.heads(OTHER)
    tester.follow("协助签到")
    tester.press("现场没有张贴码")
    tester.press("签到")
    tester.heads(OTHER)
    tester.follow("移交任务")
    tester.heads("移交任务")
    tester.press("移交")
    tester.page.get_by_role("alert").filter(has_text="请选择移交给谁").wait_for()
    tester.main.get_by_label(_PEOPLE[1]).check()
    tester.press("移交")
    tester.page.get_by_role("alert").filter(has_text="请填写移交原因").wait_for()
    tester.main.get_by_label("移交原因").fill("另有检测任务")
    tester.keep("assist-hand-over")
    tester.press("移交")
    tester.main.get_by_text(f"已移交给{_PEOPLE[1]}").wait_for()
    assert not tester.main.get_by_role("link", name="协助签到").count()
    _count(tester, "waiting", 3)
    assert _at(team.colleague, visited, OTHER)["assisting"] == []
    line.put_up()
    _open(tester, line)
    _count(tester, "waiting", 0)
    tester.main.locator(".slip").filter(has_text=OTHER).wait_for(state="detached")
    assert _at(team.colleague, visited, OTHER)["assisting"] == [team.ids[1]]


def test_what_a_colleague_claimed_meanwhile_is_looked_at(
    tester: Hand, line: Line, visited: Visited, team: _Team
) -> None:
    """待核对: the claim says by whom it was forestalled and what is to be done, and is let go."""
    visit = visited.visits[OTHER]
    team.head.do("tasks.allot_assistants", visit_id=visit, people=[])
    _open(tester, line)
    tester.main.locator(".slip").filter(has_text=OTHER).wait_for()
    line.take_down()
    _opens(tester, line, visited)
    _claims(tester)
    team.colleague.do("tasks.claim_visit", visit_id=visit)
    line.put_up()
    _open(tester, line)
    _count(tester, "looked", 1)
    tester.main.get_by_role("link", name="待核对").click()
    tester.heads("待核对")
    slip = tester.main.locator(".slip").filter(has_text=f"认领任务（{OTHER}）")
    slip.get_by_text("与他人的修改冲突").wait_for()
    slip.get_by_text("本机构已有人员认领这次检查（需要换人的，请其移交任务）").wait_for()
    tester.keep("assist-looked")
    tester.page.once("dialog", lambda asked: asked.accept())
    tester.press("放弃本条")
    tester.main.get_by_text("没有待核对的记录").wait_for()
    assert _at(team.colleague, visited, OTHER)["assisting"] == [team.ids[1]]
