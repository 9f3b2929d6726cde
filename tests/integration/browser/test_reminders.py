"""检查任务通知 on phones: sent by the worker, to whom a task waits for, where it is set so."""

import pytest
from attrs import evolve

from .prepared import FARM, dispatched
from .staff import Staff

PHONE = "13912345678"
SAID = "您有新的“待认领任务”，请登录广西跨部门综合监管平台办理。"


@pytest.mark.function("F100", surface="page")
def test_departments_are_told_of_tasks_on_their_phones(staff: Staff) -> None:
    """向监管部门发送检查任务通知: one short message to the clerk, naming nothing of the task."""
    account = staff.hire("clerk", department=FARM, account={"phone": PHONE})
    staff.renew(account)
    dispatched(staff)
    told = {**staff.at.environment, "SUPERVISION_TASK_REMINDERS": "yes"}
    for _ in range(2):
        evolve(staff.at, environment=told).work()
    mine = [one for one in staff.at.sent if one.phone == PHONE and one.text]
    assert [one.text for one in mine] == [SAID]
