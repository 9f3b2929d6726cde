"""统计: what the relay counts equals the rows of lists; what is wrong is found and mended."""

from collections.abc import Mapping
from threading import Event
from typing import Any, Final

import pytest
from sqlalchemy import delete, update

from adapters.sql.counts import SqlCounts, count_cell, count_member, count_sum, counted
from entrypoints.worker.counting import counting
from supervision_core.dashboards.services import (
    COUNTER,
    miscounts,
    recount,
)
from supervision_core.kernel.outbox import Positions

from .acting import Person
from .desks import Desk, opened, relayed
from .preparing import FARM, MARKET
from .story import Story

LISTS: Final[Mapping[str, tuple[str, str, str]]] = {
    "task_ends": ("tasks/tasks", "state", "ends_on"),
    "visit_due": ("tasks/visits", "state", "due_on"),
    "rectification_due": ("tasks/rectifications", "state", "due_on"),
    "clue_due": ("clues/clues", "state", "due_on"),
    "graded": ("grading/graded_subjects", "grade_name", "as_of"),
}
"""For each measure the list of what it counts, what its values are asked by, and its days."""


def told(person: Person, **asked: Any) -> list[dict[str, Any]]:
    """Give what somebody is told of counts."""
    found = person.call("GET", "/api/v1/dashboards/view_counts", params=asked)
    return list(found["rows"])


def _as_listed(person: Person) -> int:
    """Hold every count against the rows that the same account finds in the list; count counts."""
    found = told(person, measures=list(LISTS))
    for one in found:
        path, name, _ = LISTS[one["measure"]]
        rows = person.see(path, **{name: one["value"], "page_size": 200})["items"]
        assert len(rows) == one["count"], one
    return len(found)


def test_counts_are_what_the_lists_show(lived: Story) -> None:
    """By states and days, for a leader and for the departments; told again, nothing changes."""
    relayed(lived.at)
    transactions = lived.at.platform.transactions
    assert list(miscounts(transactions)) == []
    leader, farmer = lived["局长"], lived[f"{FARM}经办"]
    assert _as_listed(leader) > 1
    assert _as_listed(farmer) > 0
    before = told(leader, measures=list(LISTS), along="about")
    with transactions.begin() as unit:
        at = unit[Positions].all()[COUNTER]
        unit[Positions].move(COUNTER, before=at, to=0)
        unit.commit()
    relayed(lived.at)
    assert told(leader, measures=list(LISTS), along="about") == before
    months = told(leader, measures=["visit_formed"], along="month")
    for one in months:
        rows = leader.see(
            "tasks/visits", formed_on_from=f"{one['key']}-01", formed_on_to=f"{one['key']}-28",
            **({"findings_from": 1} if one["value"] == "troubled" else {"findings_to": 0}),
        )["items"]  # fmt: skip
        assert len(rows) == one["count"], one
    (scene,) = {one["key"] for one in before if one["name"] == "乳品"}
    named = told(leader, measures=["visit_due"], scene=scene)
    rows = leader.see("tasks/visits", scene=scene, page_size=200)["items"]
    assert sum(one["count"] for one in named) == len(rows) > 0
    departments = {one["name"] for one in told(leader, measures=["visit_due"],
                                               along="department")}  # fmt: skip
    assert FARM in departments
    for some in (1, -9_007_199_254_740_990):
        (most,) = {one["name"] for one in told(leader, measures=["visit_due"], along="department",
                                               most=some)}  # fmt: skip
        assert most in departments
    assert len(departments) > 1


def test_a_task_counts_before_it_is_sent_out(lived: Story) -> None:
    """One just set up, of which the relay hears while no department has it, is there to count."""
    sheet = lived.sheet() | {"number": "2026-NN-9001", "name": "尚未分发的任务"}
    manager = lived["任务管理员"]
    task = manager.do("tasks.create", sheet=sheet)
    relayed(lived.at)
    counted_now = told(lived["局长"], measures=["task_ends"])
    assert {one["value"]: one["count"] for one in counted_now}["drafted"] == 1
    assert list(miscounts(lived.at.platform.transactions)) == []
    seen = {"if-match": manager.ask("GET", f"/api/v1/tasks/tasks/{task}").headers["etag"]}
    given_up = {"task_id": task, "reason": "示例结束"}
    manager.call("POST", "/api/v1/tasks/delete", given_up, headers=seen)
    relayed(lived.at)
    assert "drafted" not in {one["value"] for one in told(lived["局长"], measures=["task_ends"])}


def test_wrong_counts_are_found_and_mended(lived: Story) -> None:
    """Negative control: a sum too high, a thing that is not counted, one counted elsewhere."""
    relayed(lived.at)
    platform = lived.at.platform
    assert list(miscounts(platform.transactions)) == []
    with platform.engine.begin() as connection:
        connection.execute(update(count_cell).where(count_cell.c.measure == "task_ends")
                           .values(many=count_cell.c.many + 1))  # fmt: skip
        connection.execute(update(count_sum).where(count_sum.c.measure == "graded")
                           .values(many=count_sum.c.many + 1))  # fmt: skip
        connection.execute(delete(counted).where(counted.c.kind == "visit"))
    found = {one.kind for one in miscounts(platform.transactions)}
    assert found >= {"task_ends", "graded", "visit", "visit_due"}
    assert {one.kind for one in recount(platform.transactions)} >= {"task_ends", "visit"}
    assert list(miscounts(platform.transactions)) == []
    with platform.engine.begin() as connection:
        connection.execute(delete(count_member))
    assert "visit_due" in {one.kind for one in miscounts(platform.transactions)}
    assert "visit_due" in {one.kind for one in recount(platform.transactions)}
    assert list(miscounts(platform.transactions)) == []
    _as_listed(lived["局长"])


def _sums_all(_counts: SqlCounts) -> None:
    raise AssertionError("all was summed in one transaction, while everybody waits to write")


def test_the_worker_counts_what_an_upgrade_left_uncounted(lived: Story) -> None:
    """Everything is counted at its first run, little by little; a second finds nothing to do."""
    platform = lived.at.platform
    relayed(lived.at)
    before = told(lived["局长"], measures=list(LISTS))
    with platform.engine.begin() as connection:
        for one in (count_cell, count_sum, counted):
            connection.execute(delete(one))
    assert told(lived["局长"], measures=list(LISTS)) == []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(SqlCounts, "sum_up", _sums_all)
        counting(platform, Event()).run()
    assert told(lived["局长"], measures=list(LISTS)) == before
    assert list(miscounts(platform.transactions)) == []


def test_homes_show_the_work_and_lead_to_it(lived: Story) -> None:
    """首页: 领导、部门工作人员、执法人员各有各的; 每个数字打开的列表里正是这么多."""
    relayed(lived.at)
    leader = opened(Desk(lived["局长"]), "/gov")
    for words in (
        "本地区场景情况",
        "综合监管成效",
        "场景运行分析",
        "部门协同分析",
        FARM,
        "2026-03",
    ):
        assert words in leader, words
    staff = Desk(lived[f"{FARM}经办"]).reads("/gov")
    for words in ("场景应用", "乳品", "待办事宜", "检查日程"):
        assert words in staff, words
    officer = opened(Desk(lived[f"{MARKET}甲"]), "/gov")
    for words in ("场景应用", "个人检查情况", "任务看板", "已反馈", "检查日程", "任务趋势"):
        assert words in officer, words


@pytest.mark.function("F142", surface="page", complete=True)
def test_a_department_sees_its_figures_on_the_phone(lived: Story) -> None:
    """部门管理员统计: 总体情况、部门检查情况、检查任务趋势、部门处理量排名."""
    relayed(lived.at)
    told = opened(Desk(lived[f"{MARKET}管理员"]), "/m/statistics")
    for words in ("总体情况", "部门检查情况", "检查任务趋势", "部门处理量排名", "乳品", "2026-03",
                  f"1. {MARKET}", FARM, "本部门"):  # fmt: skip
        assert words in told, words
    assert "个人统计" not in told


@pytest.mark.function("F143", surface="page", complete=True)
def test_an_officer_sees_his_figures_on_the_phone(lived: Story) -> None:
    """执法人员统计: 总体情况、个人检查情况、个人任务趋势、部门处理量排名."""
    relayed(lived.at)
    officer = Desk(lived[f"{FARM}甲"])
    told = opened(officer, "/m/statistics")
    for words in ("总体情况", "个人检查情况", "个人任务趋势", "部门处理量排名", "2026-03"):
        assert words in told, words
    assert "部门检查情况" in officer.reads("/m/statistics?view=department")
