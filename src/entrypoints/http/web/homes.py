"""首页: what somebody's work looks like now, by what his roles let him do.

Staff see scenes, to-dos and the calendar of checks; officers their own checks and what waits at
them; leaders the scenes of their region. Figures of effect and trend come with the statistics.
Source: proposal 1814-1820.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from entrypoints.http.routes import Call
from entrypoints.http.web.kept import recent_links
from entrypoints.http.web.lists import ListPages
from entrypoints.http.web.pages import ask
from entrypoints.http.web.todos import COLUMNS, PATH, counted, rows_of, told
from entrypoints.list_tables import names_of
from supervision_core.identity.services.todos import ListTodos, TodoCounts, list_todos
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.paging import PageRequest
from supervision_core.scenes.lists import SCENES
from supervision_core.scenes.model import SceneState
from supervision_core.tasks.lists import TASKS, VISITS
from supervision_core.tasks.model.sheet import TaskState
from supervision_core.tasks.model.visit import VisitState

MOST: Final = 6
LEADS: Final = "tasks.approve"
"""What a leader may do."""
INSPECTS: Final = "tasks.check_in"
"""What an officer may do."""
_RUNNING: Final = (TaskState.IN_PROGRESS, TaskState.DISPATCHED)


@frozen(kw_only=True)
class Panel:
    """A part of the home page: tiles, figures or a table, and where all of it is, if anywhere."""

    title: str
    path: str
    tiles: Sequence[Mapping[str, Any]] = ()
    figures: Sequence[Mapping[str, Any]] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Mapping[str, Any]] = ()
    none: str = ""


def panels(call: Call) -> Iterator[Panel]:
    """Give what stands on the home page of whoever calls."""
    counts = counted(call)
    if counts is None:
        yield from _recent(call)
        return
    if _sees(call, SCENES):
        yield from _scenes(call)
    yield _todos(call, counts)
    yield from _recent(call)
    if call.who.may(INSPECTS) and counts.officer and _sees(call, VISITS):
        yield from _own_checks(call, counts.officer)
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


def _scenes(call: Call) -> Iterator[Panel]:
    """Give the scenes that are open, and to a leader what goes on in each."""
    place = ListPages(SCENES).base
    found = _asked(call, SCENES, state=SceneState.ENABLED)
    names = names_of(found)
    if not call.who.may(LEADS):
        tiles = [
            {"title": one.name, "path": f"{place}/{one.id}", "drawer": True} for one in found.items
        ]
        yield Panel(title="场景应用", path=place, tiles=tiles, none="还没有启用的场景。")
        return
    rows = [
        {"id": one.id, "title": one.name, "cells": [
            {"text": one.name, "path": f"{place}/{one.id}", "drawer": True},
            names.get("department", {}).get(one.lead, one.lead),
            str(sum(_counted(call, TASKS, scene=one.id, state=each) for each in _RUNNING)),
            str(_counted(call, TASKS, scene=one.id)),
        ]}
        for one in found.items
    ]  # fmt: skip
    yield Panel(
        title="本地区场景情况", path=place, rows=rows, none="还没有启用的场景。",
        columns=("场景", "牵头部门", "执行中的任务", "全部任务"),
    )  # fmt: skip


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


def _own_checks(call: Call, officer: str) -> Iterator[Panel]:
    """Give an officer's checks by their states, and those ahead by their day."""
    pages = ListPages(VISITS)
    titles = VISITS.by_name["state"].codes
    figures = [
        {"title": titles[state], "count": _counted(call, VISITS, officers=officer, state=state),
         "path": f"{pages.base}?state={state}"}
        for state in VisitState
    ]  # fmt: skip
    yield Panel(title="个人检查情况", path=pages.base, figures=figures)
    open_ = _asked(call, VISITS, officers=officer, open=True)
    ahead = sorted(open_.items, key=lambda one: one.due_on)
    yield Panel(
        title="检查日程", path=pages.base, columns=("检查", "检查对象", "状态", "反馈期限"),
        rows=list(_visits(pages.base, ahead, names_of(open_), titles)), none="没有待完成的检查。",
    )  # fmt: skip


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
