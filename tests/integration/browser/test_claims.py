"""认领时抽取检查人员 in a real browser: a clerk claims by clicks, and draws again."""

from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from adapters.system import SystemClock
from supervision_core.kernel.days import local_day

from .desk import Desk
from .prepared import FARM, LEAD, TASK, Hand, hand, heard, listed, trade_of
from .staff import Staff

TODAY = local_day(SystemClock().now())
FIRMS = {
    "南宁示例乳业有限公司": "91450100MA5K000017",
    "南宁示例牧业有限公司": "91450100MA5K000025",
    "南宁示例奶吧有限公司": "91450100MA5K000033",
}
LEFT = "南宁示例奶吧有限公司"
TEAM = "乳品执法一组"
REGION = "450100"


def _officers(staff: Staff, keeper: Hand, department: str, first: int, *names: str) -> list[str]:
    return [
        keeper.do("officers.register", draft={
            "name": name, "department": staff.department(department), "region": REGION,
            "certificates": [{"number": f"4501002026000{at}", "regions": ["450000"]}],
        })["id"]
        for at, name in enumerate(names, first)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def keeper(staff: Staff) -> Hand:
    """Let a task of three firms go out, for one of which nobody of a department may go."""
    keeper = hand(staff, "department_administrator", department=FARM)
    own = _officers(staff, keeper, FARM, 1, "王示例", "李示例")
    for one in own:
        keeper.do("officers.declare_interest", officer_id=one, interest={
            "subject_code": FIRMS[LEFT], "kind": "kinship", "declared_on": TODAY.isoformat(),
        })  # fmt: skip
    _officers(staff, hand(staff, "department_administrator", department=LEAD), LEAD, 5, "张示例",
              "赵示例")  # fmt: skip
    team = keeper.do("officers.create_team", name=TEAM, kind="enforcement", region=REGION,
                     department=staff.department(FARM))["id"]  # fmt: skip
    keeper.do("officers.join_team", team_id=team, officer_ids=own)
    maker = hand(staff, "scene_administrator", "checklist_editor", department=LEAD)
    matter, lead = maker.adds_matter("乳品质量监督检查"), staff.department(LEAD)
    both = {"lead": lead, "joining": [staff.department(FARM)]}
    scene = maker.do("scenes.create", code="DAIRY", region=REGION,
                     basics={"name": "乳品安全", **both})["id"]  # fmt: skip
    maker.do("scenes.configure", scene_id=scene, resources={"teams": [team]})
    checklist = maker.do("checklists.create", code="DAIRY-1", region=REGION, content={
        "name": "乳品检查单", "trade": trade_of(staff), **both, "items": [
            listed(1, "许可证", lead, matter),
            listed(2, "生鲜乳收购记录", staff.department(FARM), matter),
        ],
    })["id"]  # fmt: skip
    maker.do("checklists.publish", checklist_id=checklist)
    admin = hand(staff, "task_administrator", department=LEAD)
    firms = [
        admin.do("subjects.register", draft={
            "kind": "enterprise", "name": name, "region": REGION,
            "identity": {"kind": "credit_code", "code": code},
        })["id"]
        for name, code in FIRMS.items()
    ]  # fmt: skip
    grounds = heard(staff, *firms)
    task = admin.do("tasks.create", sheet={
        "number": "RW20260101", "name": TASK, "scene": scene, "kind": "special",
        "checklist": {"id": checklist, "version": 1}, "region": REGION, **both,
        "matters": [matter], "staffed": "claim",
        "starts_on": TODAY.isoformat(), "ends_on": (TODAY + timedelta(days=20)).isoformat(),
    })["id"]  # fmt: skip
    admin.do("tasks.skip_consultation", task_id=task)
    admin.do("tasks.open_visits", task_id=task, orders=grounds)
    hand(staff, "leader", department=LEAD).do("tasks.approve", task_id=task)
    admin.do("tasks.dispatch", task_id=task)
    return keeper


def _todo(desk: Desk, verb: str) -> None:
    desk.open("我的工作台", "待办事宜")
    desk.act(TASK, verb)


def _opened(desk: Desk) -> Any:
    """Open the page of the task by its number in the list."""
    desk.open("一业一查", "检查任务")
    desk.page.locator("tbody tr").get_by_role("link", name="RW20260101").first.click()
    desk.drawer.get_by_role("heading").first.wait_for()
    return desk.drawer


@pytest.mark.function("F107", surface="page")
def test_a_clerk_claims_and_draws_again_for_whom_nobody_could_go(
    keeper: Hand, staff: Staff
) -> None:
    """认领 by clicks, out of a team; a firm from which all must withdraw is drawn for later."""
    clerk = staff.desk("clerk", department=FARM)
    _todo(clerk, "认领并抽取检查人员")
    assert f"场景关联的本部门执法小组：{TEAM}（在岗2人）" in clerk.drawer.inner_text()
    clerk.keep("claim-form")
    clerk.fill(team=TEAM, count="0")
    clerk.press()
    clerk.drawer.get_by_text("每户至少派1人").first.wait_for()
    clerk.keep("claim-refused")
    clerk.fill(count="1")
    clerk.press()
    clerk.told("还有检查对象派不出检查人员")
    clerk.keep("claimed")
    _todo(clerk, "继续抽取检查人员")
    assert "还没有派到检查人员的对象（1户）" in clerk.drawer.inner_text()
    clerk.keep("claim-again")
    clerk.close()
    told = _opened(clerk)
    said = told.inner_text()
    for one in ("还没有派到检查人员的对象", LEFT, "须回避的2人", "请牵头部门协调"):
        assert one in said, one
    clerk.keep("claim-task")
    told.get_by_role("heading", name="还没有派到检查人员的对象").scroll_into_view_if_needed()
    clerk.keep("claim-task-left")
    with clerk.page.expect_navigation():
        told.get_by_role("link", name="检查人员抽取").click()
    clerk.main.get_by_text("按种子重新抽取结果相同").first.wait_for()
    clerk.keep("claim-draws")
    assert not Axe().run(clerk.page).response["violations"]

    _officers(staff, keeper, FARM, 3, "陈示例")
    _todo(clerk, "继续抽取检查人员")
    clerk.press()
    clerk.told("已办理")
    assert "还没有派到检查人员的对象" not in _opened(clerk).inner_text()
    clerk.keep("claim-task-all")
