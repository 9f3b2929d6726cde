"""预警督办 in a real browser: what is late is told by itself, and stands in the list."""

import pytest
from tests.integration.forked import play

from .prepared import FARM, LEAD, TASK, dispatched
from .staff import Staff


def pass_days(staff: Staff, days: int) -> None:
    """Let the worker do what it does that many days later."""
    program = f"from tests.integration.browser.later import main; main({days})"
    done = play(program, staff.at.environment, staff.at.pictures)
    assert done.code == 0, done.err


@pytest.mark.function("F116", surface="page")
def test_what_is_late_is_warned_of(staff: Staff) -> None:
    """认领超期 is told by itself, once: to the late department's leader, and in the lead's list."""
    dispatched(staff)
    leader = staff.desk("leader", department=FARM)
    clerk = staff.desk("clerk", department=FARM)
    lead = staff.desk("task_administrator", department=LEAD)
    pass_days(staff, 0)
    clerk.open("我的工作台", "我的消息")
    clerk.main.get_by_text(f"检查任务“{TASK}”已分发").wait_for()
    clerk.keep("messages")
    pass_days(staff, 12)
    pass_days(staff, 12)
    leader.open("我的工作台", "我的消息")
    leader.main.get_by_text(f"{FARM}办理检查任务“{TASK}”认领超期").wait_for()
    assert leader.main.get_by_text("认领超期").count() == 1
    lead.open("一业一查", "预警督办")
    for title in ("预警类型", "检查任务", "责任部门", "状态"):
        lead.page.get_by_role("columnheader", name=title, exact=True).first.wait_for()
    lead.page.get_by_role("columnheader", name="办理期限").first.wait_for()
    lead.search(department=FARM)
    row = lead.row(FARM).first
    assert "认领超期" in row.inner_text()
    assert "预警中" in row.inner_text()
    lead.keep("warnings")
