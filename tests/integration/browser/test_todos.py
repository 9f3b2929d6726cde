"""待办: who has something to do sees it in the bell, the menu and on the home page, and does it.

The task is drawn up through the interface by the account of its coordinator, as the form of a whole
task is not yet a page; everything that is waited for is done on pages.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import httpx
import pytest

from entrypoints.container import SystemClock
from supervision_core.kernel.codes.identity_card import complete_identity_card
from supervision_core.kernel.days import local_day

from .desk import Desk
from .prepared import based, hand, heard
from .staff import Staff

LEAD: Final = "市场监管局"
JOINING: Final = "农业农村局"
TODAY: Final = local_day(SystemClock().now())
TASK: Final = "乳品安全综合检查"
FIRM: Final = "南宁示例乳业有限公司"


def _done(client: httpx.Client, use_case: str, **command: Any) -> Any:
    context, _, verb = use_case.partition(".")
    answer = client.post(f"/api/v1/{context}/{verb}", json=command)
    assert answer.is_success, f"{use_case}: {answer.text}"
    return answer.json()


@pytest.fixture(scope="module")
def base(staff: Staff) -> dict[str, Any]:
    """Give what tasks say of the scene and the checklist that they rest on."""
    matter = hand(staff, "checklist_editor", department=LEAD).adds_matter("乳品监督检查")
    return {**based(staff, (LEAD, "是否取得许可证"), matter=matter), "matters": [matter]}


def _sheet(staff: Staff, base: Mapping[str, Any], number: str, **changes: Any) -> Mapping[str, Any]:
    return {
        "number": number, "name": TASK, **base, "kind": "routine",
        "region": "450100", "lead": staff.department(LEAD), "joining": [staff.department(JOINING)],
        "starts_on": str(TODAY), "ends_on": str(TODAY + timedelta(days=30)),
        **changes,
    }  # fmt: skip


def _officer(staff: Staff, number: int) -> tuple[str, str]:
    """Let the department administrator register an officer; give account and number of the card."""
    card = complete_identity_card(f"4501031985010{1 + number}{number:03}")
    account = staff.hire("officer", department=LEAD, person={"document_number": card})
    return account, card


@pytest.fixture(scope="module")
def coordinator(staff: Staff) -> tuple[Desk, httpx.Client]:
    """Give the desk of the task administrator who leads, and the interface for him."""
    account = staff.hire("task_administrator", department=LEAD)
    return staff.enter(account), staff.interface(account)


def _bell(desk: Desk) -> str:
    return str(desk.page.locator(".bell").inner_text()).replace("\n", "").replace(" ", "")


def test_a_department_sees_what_it_is_asked_and_does_it(
    staff: Staff, coordinator: tuple[Desk, httpx.Client], base: Mapping[str, Any]
) -> None:
    """任务管理员发起任务并征求意见; 部门经办人员: 铃铛、菜单角标、待办; 打开、办理, 待办消失."""
    lead, interface = coordinator
    _done(interface, "tasks.create", sheet=_sheet(staff, base, "RW-2026-0001"))
    lead.page.goto(f"{staff.at.url}/gov")
    assert "待办1" in _bell(lead)
    lead.open("我的工作台", "待办事宜")
    lead.heads("待办事项", "对象", "监管对象", "期限", "操作")
    lead.keep("todos-coordinator")
    lead.act(TASK, "征求会商意见")
    lead.fill(due_on=str(TODAY + timedelta(days=5)))
    lead.press()
    lead.told("已办理")
    lead.until(lambda: lead.row("征求会商意见").count(), 0)

    clerk = staff.desk("clerk", department=JOINING)
    clerk.page.goto(f"{staff.at.url}/gov")
    panel = clerk.main.get_by_role("region", name="待办事宜").first
    assert "提出会商意见" in panel.inner_text()
    assert "待办1" in _bell(clerk)
    clerk.keep("home-staff")
    menu = clerk.page.get_by_role("navigation", name="主导航")
    badge = menu.get_by_role("link", name="检查任务").first.locator(".badge-count")
    assert badge.first.text_content() == "1件待办"
    clerk.page.locator(".bell").click()
    clerk.page.get_by_role("heading", name="待办事宜", exact=True).first.wait_for()
    assert str(TODAY + timedelta(days=5)) in clerk.row(TASK).inner_text()
    clerk.act(TASK, "办理")
    clerk.fill(participates="是")
    clerk.press()
    clerk.told("已办理")
    clerk.until(clerk.row(TASK).count, 0)
    clerk.page.locator(".bell").filter(has_text="没有待办").wait_for()
    clerk.keep("todos-none")


def test_only_what_state_and_actor_allow_is_offered(
    staff: Staff, coordinator: tuple[Desk, httpx.Client]
) -> None:
    """打开任务: 牵头部门此刻能办的才显示; 列表的行上有待办.

    领导的待办是批准; 没有检查对象的不能批准, 未批准的不列为待分发.
    """
    lead, _ = coordinator
    lead.open("一业一查", "检查任务")
    row = lead.row(TASK)
    assert "确认会商意见" in row.inner_text()
    lead.act(TASK, "确认会商意见")
    lead.press()
    lead.told("已办理")
    lead.act(TASK, "RW-2026-0001")
    said = lead.drawer.inner_text()
    assert "分发检查任务" in said
    assert "删除检查任务" in said
    for closed in ("归档检查任务", "办结检查任务", "征求会商意见", "提出会商意见"):
        assert closed not in said, closed
    lead.close()

    leader = staff.desk("leader", department=LEAD)
    leader.page.goto(f"{staff.at.url}/gov")
    assert "本地区场景情况" in leader.main.inner_text()
    leader.keep("home-leader")
    leader.open("我的工作台", "待办事宜")
    leader.act(TASK, "批准检查任务")
    leader.press()
    leader.drawer.get_by_text("任务没有检查对象").first.wait_for()
    lead.page.reload()
    assert "分发检查任务" not in lead.row(TASK).inner_text()


def test_officers_see_their_own_checks(
    staff: Staff, coordinator: tuple[Desk, httpx.Client], base: Mapping[str, Any]
) -> None:
    """执法人员首页: 个人检查情况、检查日程、待办; 别的执法人员的检查不在其中.

    检查清单经负责人批准、任务分发之前, 不能开始检查.
    """
    people = [_officer(staff, number) for number in (1, 2, 3)]
    keeper = staff.hire("department_administrator", department=LEAD)
    office = staff.interface(keeper)
    ids = [
        _done(office, "officers.register", draft=_draft(staff, number, card))["id"]
        for number, (_, card) in enumerate(people)
    ]
    _, interface = coordinator
    subject = _done(interface, "subjects.register", draft={
        "kind": "enterprise", "name": FIRM, "region": "450100",
        "identity": {"kind": "credit_code", "code": "91450100MA5K000017"},
    })["id"]  # fmt: skip
    (ground,) = heard(staff, subject)
    sheet = _sheet(staff, base, "RW-2026-0002", joining=[], name="乳品专项检查")
    task = _done(interface, "tasks.create", sheet=sheet)["id"]
    order = {**ground, "officers": ids[:2]}
    _done(interface, "tasks.skip_consultation", task_id=task)
    _done(interface, "tasks.open_visits", task_id=task, orders=[order])

    mine = staff.enter(people[0][0])
    mine.page.goto(f"{staff.at.url}/gov")
    assert "待检查 1" in " ".join(mine.main.inner_text().split())
    assert FIRM in mine.main.get_by_role("region", name="检查日程").first.inner_text()
    mine.keep("home-officer")
    mine.open("我的工作台", "待办事宜")
    assert FIRM in mine.row("现场签到").inner_text()
    mine.act("现场签到", "办理")
    mine.fill(reason="扫码设备故障", place="示例路1号")
    mine.press()
    mine.drawer.get_by_text("检查未经本机关负责人审批").first.wait_for()
    hand(staff, "leader", department=LEAD).do("tasks.approve", task_id=task)
    _done(interface, "tasks.dispatch", task_id=task)
    mine.press()
    mine.told("已办理")
    mine.until(lambda: mine.row("现场签到").count(), 0)
    assert "记录检查结果" in mine.row(FIRM).inner_text()

    other = staff.enter(people[2][0])
    other.page.goto(f"{staff.at.url}/gov/todos")
    assert "没有待办事宜" in other.main.inner_text()


def _draft(staff: Staff, number: int, card: str) -> Mapping[str, Any]:
    certificate = {
        "number": f"4501000000{number}", "regions": ["450100"], "matters": [],
        "valid_from": "2024-01-01", "valid_to": str(TODAY + timedelta(days=900)),
    }  # fmt: skip
    return {
        "name": f"示例人员{number}", "department": staff.department(LEAD), "region": "450100",
        "certificates": [certificate], "contact": {"identity_card": card},
    }  # fmt: skip
