"""延期审核 in a real browser: an officer asks for more days, the lead decides, both are told."""

from datetime import date, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from adapters.system import SystemClock
from supervision_core.kernel.codes.identity_card import complete_identity_card
from supervision_core.kernel.days import local_day

from .desk import Desk
from .prepared import FARM, LEAD, TASK, Hand, based, hand, heard
from .staff import Staff

FIRMS = ("南宁示例乳业有限公司", "南宁示例牧业有限公司")
TODAY = local_day(SystemClock().now())
ENDS = TODAY + timedelta(days=20)


def _officer(staff: Staff, number: int, keeper: Hand) -> tuple[str, str]:
    """Let somebody be registered as an officer of the joining department; give account and id."""
    card = complete_identity_card(f"4501031985010{1 + number}{number:03}")
    account = staff.hire("officer", department=FARM, person={"document_number": card})
    made = keeper.do("officers.register", draft={
        "name": f"示例人员{number}", "department": staff.department(FARM), "region": "450100",
        "certificates": [{"number": f"4501002026100{number}", "regions": ["450000"]}],
        "contact": {"identity_card": card},
    })  # fmt: skip
    return account, made["id"]


@pytest.fixture(scope="module")
def officer(staff: Staff) -> Desk:
    """Give the desk of an officer of the joining department with two visits of a task."""
    keeper = hand(staff, "department_administrator", department=FARM)
    people = [_officer(staff, number, keeper) for number in (1, 2)]
    matter = hand(staff, "checklist_editor", department=LEAD).adds_matter("食品生产监督检查")
    lead = hand(staff, "task_administrator", department=LEAD)
    firms = [
        lead.do("subjects.register", draft={
            "kind": "enterprise", "name": name, "region": "450100",
            "identity": {"kind": "credit_code", "code": code},
        })["id"]
        for name, code in zip(FIRMS, ("91450100MA5K000017", "91450100MA5K000025"), strict=True)
    ]  # fmt: skip
    grounds = heard(staff, *firms)
    rests = based(staff, (FARM, "许可证"), matter=matter)
    task = lead.do("tasks.create", sheet={
        "number": "RW20260101", "name": TASK, **rests, "kind": "special",
        "region": "450100", "lead": staff.department(LEAD), "joining": [staff.department(FARM)],
        "matters": [matter],
        "starts_on": TODAY.isoformat(), "ends_on": ENDS.isoformat(),
    })["id"]  # fmt: skip
    lead.do("tasks.skip_consultation", task_id=task)
    lead.do("tasks.open_visits", task_id=task, orders=[
        {**ground, "officers": [one for _, one in people]} for ground in grounds
    ])  # fmt: skip
    hand(staff, "leader", department=LEAD).do("tasks.approve", task_id=task)
    lead.do("tasks.dispatch", task_id=task)
    return staff.enter(people[0][0])


def _asks(officer: Desk, firm: str, days: int, reason: str) -> None:
    officer.open("一业一查", "现场检查")
    officer.act(firm, f"RW20260101-0000{FIRMS.index(firm) + 1}")
    officer.drawer.get_by_role("link", name="申请延期检查").click()
    officer.drawer.locator("[name=days]").wait_for()
    officer.fill(days=str(days), reason=reason)
    officer.press()
    officer.told("已办理")


def _decides(desk: Desk, firm: str, **said: str) -> None:
    desk.open("一业一查", "延期审核")
    desk.act(firm, "审批延期申请")
    desk.fill(**said)
    desk.press()


def _cells(desk: Desk, firm: str) -> list[str]:
    cells: Any = desk.row(firm).get_by_role("cell")
    return [str(one).strip() for one in cells.all_inner_texts()]


def _day(day: date, later: int = 0) -> str:
    return (day + timedelta(days=later)).isoformat()


def _in_words(day: date, later: int) -> str:
    found = day + timedelta(days=later)
    return f"{found.year}年{found.month}月{found.day}日"


@pytest.mark.function("F115", surface="page", complete=True)
def test_an_officer_asks_and_the_lead_decides(officer: Desk, staff: Staff) -> None:
    """申请延期: 原因、天数; 牵头部门: 汇总、检索、审核通过、审核不通过; 期限随之改变, 双方得知."""
    _asks(officer, FIRMS[0], 7, "企业停产检修")
    _asks(officer, FIRMS[1], 3, "负责人外出")
    officer.keep("extension-asked")
    leader = staff.desk("leader", department=LEAD)
    leader.open("我的工作台", "待办事宜")
    leader.until(lambda: leader.row("审批延期申请").count(), 2)
    leader.open("一业一查", "延期审核")
    leader.heads("任务名称", "申请部门", "申请人", "申请前结束时间", "申请后结束时间", "审核状态")
    for firm, days in zip(FIRMS, (7, 3), strict=True):
        said = _cells(leader, firm)
        for one in (TASK, FARM, "示例人员1", _day(ENDS), _day(ENDS, days), "待审批"):
            assert one in said, (one, said)
    leader.keep("extensions")
    assert not Axe().run(leader.page).response["violations"]

    _decides(leader, FIRMS[0], granted="是", answer="情况属实，同意延期")
    leader.told("已办理")
    _decides(leader, FIRMS[1], granted="否")
    leader.drawer.get_by_role("alert").wait_for()
    assert "审核意见" in leader.drawer.get_by_role("alert").inner_text()
    leader.fill(answer="可以由他人陪同检查")
    leader.press()
    leader.told("已办理")
    assert "已同意" in _cells(leader, FIRMS[0])
    assert "不同意" in _cells(leader, FIRMS[1])
    leader.act(FIRMS[1], "RW20260101-00002")
    said = leader.drawer.inner_text()
    assert "可以由他人陪同检查" in said
    assert "负责人外出" in said
    leader.close()

    staff.at.work()
    leader.open("我的工作台", "我的消息")
    leader.main.get_by_text("申请延期7天，请审核").first.wait_for()
    officer.open("我的工作台", "我的消息")
    officer.main.get_by_text(f"延期申请已审核，办理期限为{_in_words(ENDS, 7)}").first.wait_for()
    officer.open("一业一查", "现场检查")
    assert _day(ENDS, 7) in _cells(officer, FIRMS[0])
    assert _day(ENDS) in _cells(officer, FIRMS[1])


@pytest.mark.function("F115", surface="page")
def test_requests_are_searched_by_what_they_show(officer: Desk, staff: Staff) -> None:
    """筛选检索: by state, department, person, task, and by both days."""
    del officer
    lead = staff.desk("task_administrator", department=LEAD)
    later, sooner = FIRMS

    def shows(*firms: str, **asked: str) -> None:
        lead.open("一业一查", "延期审核")
        lead.more()
        lead.search(**asked)
        lead.until(lambda: [one for one in FIRMS if lead.row(one).count()], list(firms))

    shows(later, state="已同意")
    shows(sooner, state="不同意")
    shows(state="待审批")
    shows(later, sooner, department=FARM)
    shows(department=LEAD)
    shows(later, sooner, task=TASK)
    shows(later, sooner, officer="示例人员1")
    shows(sooner, subject=sooner)
    shows(later, new_due_from=_day(ENDS, 5))
    shows(old_due_from=_day(ENDS, 1))
    lead.keep("extensions-searched")


def test_only_the_lead_decides(officer: Desk, staff: Staff) -> None:
    """A department that takes part sees its requests, and is offered no decision."""
    _asks(officer, FIRMS[1], 5, "设备检修")
    other = staff.desk("task_administrator", department=FARM)
    other.open("一业一查", "延期审核")
    assert "待审批" in _cells(other, FIRMS[1])
    assert other.row(FIRMS[1]).get_by_role("link", name="审批延期申请").count() == 0
