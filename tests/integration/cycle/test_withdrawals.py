"""撤回公示: what a joining department, the lead and its head reach with a result that is shown."""

import re
from typing import Final

import pytest
from tests.integration.http.browsing import Browser

from .acting import Person
from .preparing import FARM, MARKET
from .story import Story

_BACK: Final = {"ground": "mistaken", "reason": "检查结果有误"}


@pytest.fixture(scope="module")
def farm_head(lived: Story) -> Person:
    """Give the head of the joining department, who also administers its tasks."""
    return lived.let_in("农业局长", "领导", "任务管理员", department=FARM)


def test_a_joining_department_cannot_take_the_leads_result_away(
    lived: Story, farm_head: Person
) -> None:
    """配合部门不能撤回牵头部门的公示: even its head; it asks, and the lead's head answers."""
    visit = lived.visits[lived.clean]["id"]
    for act, more in (
        ("tasks.withdraw_result", _BACK),
        ("tasks.decline_withdrawal", {"reason": "无误"}),
        ("tasks.withhold_result", {"ground": "privacy", "reason": "不宜公开"}),
    ):
        path = f"/api/v1/{act.replace('.', '/')}"
        assert farm_head.ask("POST", path, {"visit_id": visit, **more}).status_code == 404, act
    administrator = lived["任务管理员"]
    alone = administrator.ask("POST", "/api/v1/tasks/withdraw_result", {"visit_id": visit, **_BACK})
    assert alone.status_code == 403
    farm_head.do("tasks.propose_withdrawal", visit_id=visit, **_BACK)
    owed = lived["局长"].see("identity/list_todos")["items"]
    assert any(one["id"] == visit and "撤回" in one["title"] for one in owed), owed


@pytest.mark.function("F118", surface="page")
def test_what_was_taken_back_is_read_by_everybody(lived: Story, farm_head: Person) -> None:
    """公示页面保留: 已撤回, when and why; the departments are told; shown again it says so too."""
    visit = lived.visits[lived.clean]["id"]
    if not lived["局长"].see(f"tasks/publications/{visit}")["content"]["proposals"]:
        farm_head.do("tasks.propose_withdrawal", visit_id=visit, **_BACK)
    lived["局长"].do("tasks.withdraw_result", visit_id=visit, **_BACK)
    anybody = Browser(lived.at)
    page = anybody.go(f"/open/results/{visit}")
    assert page.status_code == 200
    for words in ("已撤回", "公示内容有误", "检查结果有误", lived.clean):
        assert words in page.text, words
    assert "检查结论" not in page.text
    assert "已撤回" in anybody.go("/open/results").text
    lived["任务管理员"].do("tasks.correct_result", visit_id=visit, until="2027-06-30")
    again = anybody.go(f"/open/results/{visit}").text
    assert "曾撤回" in again
    (decided,) = set(re.findall(r"，由(\S+) [^决]*决定：检查结果有误", again))
    assert decided == MARKET
    assert "检查结论" in again


def test_a_result_is_shown_for_its_term(lived: Story) -> None:
    """公示最短时间: 一天的公示 is refused with the day; a county's setting cannot shorten it."""
    head, visit = lived["局长"], lived.visits[lived.clean]["id"]
    head.do("tasks.withdraw_result", visit_id=visit, **_BACK)
    refused = lived["任务管理员"].ask(
        "POST", "/api/v1/tasks/correct_result", {"visit_id": visit, "until": "2026-04-01"}
    )
    assert refused.status_code == 422
    assert refused.json()["reasons"][0]["code"] == "tasks.display_too_short"
    lived["任务管理员"].do("tasks.correct_result", visit_id=visit, until="2027-06-30")
