"""首页: what somebody's work looks like now, by what his roles let him do.

Staff see scenes, to-dos and the calendar of checks; officers their own checks, a board of them and
their trend; leaders scenes, effect, trend and departments of their region. Figures are counts
(``dashboards``) and open their lists. Source: proposal 1814-1820.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from attrs import frozen

from entrypoints.http.routes import Call
from entrypoints.http.web.kept import recent_links
from entrypoints.http.web.lists import ListPages
from entrypoints.http.web.pages import ask
from entrypoints.http.web.statistics import (
    Bars,
    Figure,
    Line,
    Period,
    Told,
    by_department,
    by_scene,
    may_count,
    of_officer,
    opens,
    overall,
    own_trend,
    trend,
)
from entrypoints.http.web.todos import COLUMNS, PATH, counted, rows_of, told
from entrypoints.http.web.verbs import form_of
from entrypoints.list_tables import names_of
from supervision_core.clues.lists import CLUES
from supervision_core.clues.model import ClueState
from supervision_core.dashboards.model import Measure
from supervision_core.dashboards.services import Along
from supervision_core.identity.services.todos import ListTodos, TodoCounts, list_todos
from supervision_core.kernel.days import local_day
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.paging import PageRequest
from supervision_core.scenes.lists import SCENES
from supervision_core.scenes.model import SceneState
from supervision_core.tasks.lists import TASKS, VISITS
from supervision_core.tasks.model.sheet import TaskState
from supervision_core.tasks.model.visit import VisitState

MOST: Final = 6
BOARDED: Final = 3
"""Checks that a column of the board shows."""
AHEAD: Final = 14
"""Days that the calendar of checks looks ahead."""
WEEKDAYS: Final = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
LEADS: Final = "tasks.approve"
"""What a leader may do."""
INSPECTS: Final = "tasks.check_in"
"""What an officer may do."""
_RUNNING: Final = (TaskState.IN_PROGRESS, TaskState.DISPATCHED)


@frozen(kw_only=True)
class Panel:
    """A part of the home page: tiles, figures or a table, and where all of it is, if anywhere.

    What is in it one ``adds`` from here.
    """

    title: str
    path: str
    tiles: Sequence[Mapping[str, Any]] = ()
    figures: Sequence[Mapping[str, Any] | Figure] = ()
    adds: Sequence[Mapping[str, str]] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Mapping[str, Any]] = ()
    none: str = ""
    bars: Bars | None = None
    board: Sequence["Column"] = ()
    broad: bool = False


@frozen(kw_only=True)
class Column:
    """A column of a board: a state, how many are in it, and the first of them."""

    title: str
    count: int
    path: str
    cards: Sequence[Mapping[str, Any]] = ()


def panels(call: Call) -> Iterator[Panel]:
    """Give what stands on the home page of whoever calls."""
    counts = counted(call)
    if counts is None:
        yield from _recent(call)
        return
    days, leads = Period.year(call), call.who.may(LEADS)
    figures = may_count(call) and _sees(call, VISITS)
    inspects = call.who.may(INSPECTS) and bool(counts.officer) and _sees(call, VISITS)
    if _sees(call, SCENES):
        yield _scenes(call, days, counted=leads and figures)
    if leads and figures:
        yield Panel(title=f"综合监管成效（{days.first.year}年）", path=opens(call, VISITS),
                    figures=overall(call, days), broad=True)  # fmt: skip
    yield _todos(call, counts)
    if leads and figures:
        yield Panel(title="场景运行分析", path=opens(call, VISITS), bars=trend(call, days))
        yield Panel(title="部门协同分析", path=opens(call, TASKS), bars=by_department(call, days),
                    none="还没有检查。")  # fmt: skip
    if _sees(call, CLUES):
        yield _clues(call)
    yield from _recent(call)
    if inspects:
        yield from _own_checks(call, counts.officer, days)
    elif _sees(call, VISITS) and figures:
        yield _schedule(call)
    elif _sees(call, TASKS):
        yield _calendar(call)


def _sees(call: Call, query: ListQuery[Any]) -> bool:
    return call.who.may(ListPages(query).cases.list.permission)


def _asked(call: Call, query: ListQuery[Any], **asked: Any) -> Any:
    cases = ListPages(query).cases
    return ask(call, cases.list, cases.asking(**asked, page=PageRequest(size=MOST)))


def _counted(call: Call, query: ListQuery[Any], **asked: Any) -> int:
    cases = ListPages(query).cases
    return int(ask(call, cases.count, cases.asking(**asked)).count)


def _scenes(call: Call, days: Period, *, counted: bool) -> Panel:
    """Give the scenes that are open, and to a leader what goes on in each."""
    place = ListPages(SCENES).base
    found = _asked(call, SCENES, state=SceneState.ENABLED)
    none = "还没有启用的场景。"
    if counted:
        bars = by_scene(call, days, found.items, place) if found.items else None
        return Panel(title="本地区场景情况", path=place, bars=bars, none=none)
    tiles = [
        {"title": one.name, "path": f"{place}/{one.id}", "drawer": True} for one in found.items
    ]
    return Panel(title="场景应用", path=place, tiles=tiles, none=none)


def _recent(call: Call) -> Iterator[Panel]:
    """Give what was opened lately, where anything was."""
    tiles = [
        {"title": one["title"], "about": one["kind"], "path": one["path"]}
        for one in recent_links(call)
    ]
    if tiles:
        yield Panel(title="最近打开", path="", tiles=tiles)


def _todos(call: Call, counts: TodoCounts) -> Panel:
    found = ask(call, list_todos, ListTodos(page=PageRequest(size=MOST)))
    title = f"待办事宜（{told(counts)}）" if counts.count else "待办事宜"
    return Panel(
        title=title, path=PATH, columns=COLUMNS, rows=rows_of(call, found.items),
        none="没有待办事宜。",
    )  # fmt: skip


def _clues(call: Call) -> Panel:
    """Give the clues in reach by how far they have come, and where a new one is registered."""
    place, titles = ListPages(CLUES).base, CLUES.by_name["state"].codes
    figures = [
        {"title": titles[state], "count": _counted(call, CLUES, state=state),
         "path": f"{place}?state={state}"}
        for state in ClueState
    ]  # fmt: skip
    form = form_of(CLUES.adds[0])
    may = form is not None and call.who.may(form.case.permission)
    adds = [{"title": form.case.title, "path": form.path}] if form and may else []
    return Panel(title="问题线索", path=place, figures=figures, adds=adds)


def _own_checks(call: Call, officer: str, days: Period) -> Iterator[Panel]:
    """Give an officer's checks of the year, the board of them, those ahead by day, the trend."""
    pages = ListPages(VISITS)
    titles = VISITS.by_name["state"].codes
    yield Panel(title=f"个人检查情况（{days.first.year}年）", path=pages.base,
                figures=of_officer(call, days, officer))  # fmt: skip
    board = list(_board(call, officer, titles))
    yield Panel(title="任务看板", path=pages.base, board=board, broad=True)
    open_ = _asked(call, VISITS, officers=officer, open=True)
    ahead = sorted(open_.items, key=lambda one: one.due_on)
    yield Panel(
        title="检查日程", path=pages.base, columns=("检查", "检查对象", "状态", "反馈期限"),
        rows=list(_visits(pages.base, ahead, names_of(open_), titles)), none="没有待完成的检查。",
    )  # fmt: skip
    yield Panel(title="任务趋势", path=pages.base, bars=own_trend(call, days, officer))


def _board(call: Call, officer: str, titles: Mapping[str, str]) -> Iterator[Column]:
    """Give the officer's checks by how far they have come."""
    base = ListPages(VISITS).base
    for state in VisitState:
        found = _asked(call, VISITS, officers=officer, state=state)
        firms = names_of(found).get("subject", {})
        yield Column(
            title=titles[state], count=_counted(call, VISITS, officers=officer, state=state),
            path=opens(call, VISITS, officers=officer, state=state),
            cards=[
                {"title": firms.get(one.subject, one.number), "about": str(one.due_on),
                 "path": f"{base}/{one.id}"}
                for one in found.items[:BOARDED]
            ],
        )  # fmt: skip


def _schedule(call: Call) -> Panel:
    """Give the days ahead on which checks are due, and the tasks that are running."""
    today = local_day(call.platform.clock.now())
    last = today + timedelta(days=AHEAD)
    by_day = Told.of(
        call, Measure.VISIT_DUE, along=Along.DAY, starts_on=today, ends_on=last
    )  # fmt: skip
    rows = [
        Line(title=f"{one}（{WEEKDAYS[date.fromisoformat(one).weekday()]}）", figures=[
            Figure(title="到期的检查", count=by_day.count(Measure.VISIT_DUE, key=one),
                   path=opens(call, VISITS, due_on_from=one, due_on_to=one)),
            Figure(title="已完成", tone="good",
                   count=by_day.count(Measure.VISIT_DUE, VisitState.COMPLETED.__eq__, one),
                   path=opens(call, VISITS, due_on_from=one, due_on_to=one,
                              state=VisitState.COMPLETED)),
        ])
        for one in sorted(by_day.keys)
    ]  # fmt: skip
    bars = Bars(head="日期", columns=("到期的检查", "已完成"), lines=rows) if rows else None
    return Panel(title=f"检查日程（{AHEAD}天内）", path=opens(call, VISITS, open=True), bars=bars,
                 none="近期没有到期的检查。")  # fmt: skip


def _visits(
    place: str, visits: Iterable[Any], names: Mapping[str, Mapping[str, str]], titles: Any
) -> Iterator[Mapping[str, Any]]:
    for one in visits:
        cells = [
            {"text": one.number, "path": f"{place}/{one.id}", "drawer": True},
            names.get("subject", {}).get(one.subject, one.subject),
            titles[one.state],
            str(one.due_on),
        ]
        yield {"id": one.id, "title": one.number, "cells": cells}


def _calendar(call: Call) -> Panel:
    """Give the checks that the department takes part in, by the day on which they end."""
    pages, own = ListPages(TASKS), call.who.department
    asked = {"departments": own} if own else {}
    found = [
        one for state in _RUNNING for one in _asked(call, TASKS, state=state, **asked).items
    ]  # fmt: skip
    titles = TASKS.by_name["state"].codes
    rows = [
        {"id": one.id, "title": one.name, "cells": [
            {"text": one.name, "path": f"{pages.base}/{one.id}", "drawer": True},
            titles[one.state], str(one.starts_on), str(one.ends_on),
        ]}
        for one in sorted(found, key=lambda one: one.ends_on)[:MOST]
    ]  # fmt: skip
    return Panel(
        title="检查日程", path=pages.base, columns=("检查任务", "状态", "开始日期", "结束日期"),
        rows=rows, none="没有正在进行的检查。",
    )  # fmt: skip
