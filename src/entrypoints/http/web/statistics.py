"""Figures of homes and statistics pages: counts as tiles and bars, each of which opens its list.

Bars stand in tables, so that whoever sees none reads the same. Source: proposal 1814-1820,
3236-3248.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Final
from urllib.parse import urlencode

from attrs import field, frozen

from entrypoints.http.routes import Call
from entrypoints.http.web.lists import ListPages
from entrypoints.http.web.pages import ask
from supervision_core.clues.lists import CLUES
from supervision_core.clues.model import ClueState
from supervision_core.dashboards.model import TROUBLED, Measure
from supervision_core.dashboards.services import (
    Along,
    CountRow,
    RankDepartments,
    ViewCounts,
    view_counts,
    view_department_ranking,
)
from supervision_core.kernel.days import local_day
from supervision_core.kernel.listing import ListQuery
from supervision_core.tasks.lists import RECTIFICATIONS, TASKS, VISITS
from supervision_core.tasks.model.rectification import RectificationState
from supervision_core.tasks.model.sheet import TaskState
from supervision_core.tasks.model.visit import ENDED, VisitState

MONTHS: Final = 6
DEPARTMENTS: Final = 20
"""Of which most is told on one page."""
_WHOLE: Final = 100


def may_count(call: Call) -> bool:
    """Tell whether whoever calls is told of counts."""
    return call.who.may(view_counts.permission)


def opens(call: Call, query: ListQuery[Any], **asked: Any) -> str:
    """Give where a list shows what was counted; empty for who may not look at it."""
    pages = ListPages(query)
    if not call.who.may(pages.cases.list.permission):
        return ""
    words = {True: "yes", False: "no"}
    told = {name: words.get(one, one) if isinstance(one, bool) else str(one)
            for name, one in asked.items()}  # fmt: skip
    return f"{pages.base}?{urlencode(told)}" if told else pages.base


@frozen(kw_only=True)
class Period:
    """The days of which something is told."""

    first: date
    last: date
    today: date

    @classmethod
    def year(cls, call: Call) -> "Period":
        """Give this year."""
        today = local_day(call.platform.clock.now())
        return cls(first=date(today.year, 1, 1), last=date(today.year, 12, 31), today=today)

    def between(self, name: str, *, past: bool = False) -> dict[str, date]:
        """Give how a list is asked for these days; for those before today only."""
        if past:
            return {f"{name}_from": self.first, f"{name}_before": self.today}
        return {f"{name}_from": self.first, f"{name}_to": self.last}

    @property
    def months(self) -> Sequence["Period"]:
        """Give the months up to this one, the last few."""
        count = self.today.year * 12 + self.today.month - 1
        firsts = [date(at // 12, at % 12 + 1, 1) for at in range(count - MONTHS + 1, count + 2)]
        return [
            Period(first=one, last=date.fromordinal(after.toordinal() - 1), today=self.today)
            for one, after in pairwise(firsts)
        ]

    @property
    def month(self) -> str:
        """The month of its first day."""
        return f"{self.first:%Y-%m}"


@frozen(kw_only=True)
class Figure:
    """A number, and where its list is, if anywhere."""

    title: str
    count: int
    path: str = ""
    tone: str = ""


@frozen(kw_only=True)
class Bars:
    """A table of lines with a number and a bar in each column."""

    head: str
    columns: tuple[str, ...]
    lines: Sequence["Line"]

    @property
    def most(self) -> int:
        """The longest bar."""
        return max((one.count for line in self.lines for one in line.figures), default=0)

    def share(self, count: int) -> int:
        """Give how long a bar is, in hundredths of the longest."""
        return round(count * _WHOLE / self.most) if self.most else 0


@frozen(kw_only=True)
class Line:
    """A line of bars: what it is called, and its numbers."""

    title: str
    figures: Sequence[Figure]
    path: str = ""
    about: str = ""


@frozen(eq=False)
class Told:
    """Counts of one question, added up as pages need them."""

    rows: Sequence[CountRow]
    keys: Mapping[str, str] = field(init=False)
    _found: Mapping[tuple[Measure, str], Sequence[CountRow]] = field(init=False)

    @keys.default
    def _named(self) -> Mapping[str, str]:
        return {one.key: one.name for one in self.rows}

    @_found.default
    def _by_place(self) -> Mapping[tuple[Measure, str], Sequence[CountRow]]:
        found = defaultdict[tuple[Measure, str], list[CountRow]](list)
        for one in self.rows:
            found[one.measure, one.key].append(one)
        return found

    @classmethod
    def of(cls, call: Call, *measures: Measure, **asked: Any) -> "Told":
        """Ask for counts."""
        return cls(ask(call, view_counts, ViewCounts(measures=measures, **asked)).rows)

    def count(
        self, measure: Measure, keeps: Callable[[str], bool] = lambda _: True, key: str = ""
    ) -> int:
        """Count those whose value is kept."""
        return sum(one.count for one in self._of(measure, keeps, key))

    def late(self, measure: Measure, keeps: Callable[[str], bool], key: str = "") -> int:
        """Count those of them whose day is past."""
        return sum(one.late for one in self._of(measure, keeps, key))

    def _of(self, measure: Measure, keeps: Callable[[str], bool], key: str) -> Iterator[CountRow]:
        return (one for one in self._found.get((measure, key), ()) if keeps(one.value))


def _running(value: str) -> bool:
    return value == TaskState.IN_PROGRESS


def _done(value: str) -> bool:
    return value == VisitState.COMPLETED


def _open(value: str) -> bool:
    return value not in ENDED


def _correcting(value: str) -> bool:
    return not _corrected(value) and value != RectificationState.WITHDRAWN


def _corrected(value: str) -> bool:
    return value in {RectificationState.DONE, RectificationState.TRANSFERRED}


def _visits(call: Call, told: Told, days: Period, key: str = "", **where: str) -> list[Figure]:
    """Give the visits of a period: owed, done, and late."""
    due = days.between("due_on")
    return [
        Figure(title="应完成的检查", count=told.count(Measure.VISIT_DUE, key=key),
               path=opens(call, VISITS, **due, **where)),
        Figure(title="已完成", count=told.count(Measure.VISIT_DUE, _done, key),
               path=opens(call, VISITS, state=VisitState.COMPLETED, **due, **where), tone="good"),
        Figure(title="逾期未完成", count=told.late(Measure.VISIT_DUE, _open, key),
               path=opens(call, VISITS, open=True, **days.between("due_on", past=True), **where),
               tone="bad"),
    ]  # fmt: skip


def overall(call: Call, days: Period) -> list[Figure]:
    """总体情况: tasks, visits, problems, orders and clues of a year."""
    told = Told.of(
        call, Measure.TASK_ENDS, Measure.VISIT_DUE, Measure.VISIT_FORMED,
        Measure.RECTIFICATION_DUE, Measure.CLUE_DUE, starts_on=days.first, ends_on=days.last,
    )  # fmt: skip
    due = days.between("due_on")
    return [
        Figure(title="执行中的任务", count=told.count(Measure.TASK_ENDS, _running),
               path=opens(call, TASKS, state=TaskState.IN_PROGRESS, **days.between("ends_on"))),
        *_visits(call, told, days),
        Figure(title="发现问题的检查",
               count=told.count(Measure.VISIT_FORMED, lambda one: one == TROUBLED),
               path=opens(call, VISITS, findings_from=1, **days.between("formed_on")),
               tone="warn"),
        Figure(title="整改中",
               count=told.count(Measure.RECTIFICATION_DUE, _correcting),
               path=opens(call, RECTIFICATIONS, open=True, **due), tone="warn"),
        Figure(title="整改已办结", count=told.count(Measure.RECTIFICATION_DUE, _corrected),
               path=opens(call, RECTIFICATIONS, open=False, **due), tone="good"),
        Figure(title="问题线索", count=told.count(Measure.CLUE_DUE),
               path=opens(call, CLUES, **due)),
        Figure(title="线索已办结",
               count=told.count(Measure.CLUE_DUE, lambda one: one == ClueState.CONCLUDED),
               path=opens(call, CLUES, state=ClueState.CONCLUDED, **due), tone="good"),
    ]  # fmt: skip


def trend(call: Call, days: Period) -> Bars:
    """检查趋势: by month the visits that were owed and done, and those with problems."""
    months = days.months
    told = Told.of(
        call, Measure.VISIT_DUE, Measure.VISIT_FORMED, along=Along.MONTH,
        starts_on=months[0].first, ends_on=months[-1].last,
    )  # fmt: skip
    lines = [
        Line(title=one.month, figures=[
            Figure(title="应完成", count=told.count(Measure.VISIT_DUE, key=one.month),
                   path=opens(call, VISITS, **one.between("due_on"))),
            Figure(title="已完成", count=told.count(Measure.VISIT_FORMED, key=one.month),
                   path=opens(call, VISITS, **one.between("formed_on")), tone="good"),
            Figure(title="发现问题", tone="warn",
                   count=told.count(Measure.VISIT_FORMED, lambda it: it == TROUBLED, one.month),
                   path=opens(call, VISITS, findings_from=1, **one.between("formed_on"))),
        ])
        for one in months
    ]  # fmt: skip
    return Bars(head="月份", columns=("应完成", "已完成", "发现问题"), lines=lines)


def by_scene(call: Call, days: Period, scenes: Iterable[Any], place: str) -> Bars:
    """场景运行: of each scene the running tasks, and the visits owed, done and late."""
    told = Told.of(
        call, Measure.TASK_ENDS, Measure.VISIT_DUE, along=Along.ABOUT,
        starts_on=days.first, ends_on=days.last,
    )  # fmt: skip
    due = days.between("ends_on")
    lines = [
        Line(title=one.name, path=f"{place}/{one.id}" if place else "", figures=[
            Figure(title="执行中的任务", count=told.count(Measure.TASK_ENDS, _running, one.id),
                   path=opens(call, TASKS, scene=one.id, state=TaskState.IN_PROGRESS, **due)),
            *_visits(call, told, days, one.id, scene=one.id),
        ])
        for one in scenes
    ]  # fmt: skip
    return Bars(head="场景", columns=("执行中的任务", "应完成的检查", "已完成", "逾期未完成"),
                lines=lines)  # fmt: skip


def by_department(call: Call, days: Period) -> Bars:
    """部门协同: of the departments with most visits, those in which each has part."""
    told = Told.of(
        call, Measure.VISIT_DUE, along=Along.DEPARTMENT, starts_on=days.first, ends_on=days.last,
        most=DEPARTMENTS,
    )  # fmt: skip

    def place(one: tuple[str, str]) -> tuple[int, str]:
        key, name = one
        return -told.count(Measure.VISIT_DUE, key=key), name

    lines = [
        Line(title=name, figures=_visits(call, told, days, key, departments=key))
        for key, name in sorted(told.keys.items(), key=place)
    ]
    return Bars(head="部门", columns=("应完成的检查", "已完成", "逾期未完成"), lines=lines)


def ranking(call: Call, days: Period) -> Bars:
    """部门处理量排名: the departments of the region with most finished visits, and the own one."""
    asked = RankDepartments(starts_on=days.first, ends_on=days.last)
    rows, own = ask(call, view_department_ranking, asked).rows, call.who.department
    counts = [-one.count for one in rows]
    lines = [
        Line(
            title=f"{1 + bisect_left(counts, -one.count)}. {one.name}",
            about="本部门" if one.key == own else "",
            figures=[Figure(
                title="已完成的检查", count=one.count, tone="good",
                path=opens(call, VISITS, departments=own, **days.between("formed_on"))
                if one.key == own else "",
            )],
        )
        for at, one in enumerate(rows)
        if at < DEPARTMENTS or one.key == own
    ]  # fmt: skip
    return Bars(head="部门", columns=("已完成的检查",), lines=lines)


def of_officer(call: Call, days: Period, officer: str) -> list[Figure]:
    """个人检查情况: the officer's own visits of a year, by list."""
    due, mine = days.between("due_on"), {"officers": officer}
    made = days.between("formed_on")
    return [
        _listed(call, "应完成的检查", {**due, **mine}),
        _listed(call, "已完成", {"state": VisitState.COMPLETED, **due, **mine}, "good"),
        _listed(call, "逾期未完成",
                {"open": True, **days.between("due_on", past=True), **mine}, "bad"),
        _listed(call, "发现问题的检查", {"findings_from": 1, **made, **mine}, "warn"),
    ]  # fmt: skip


def own_trend(call: Call, days: Period, officer: str) -> Bars:
    """个人任务趋势: by month the officer's own visits owed and done."""
    mine = {"officers": officer}
    lines = [
        Line(title=one.month, figures=[
            _listed(call, "应完成", {**one.between("due_on"), **mine}),
            _listed(call, "已完成", {**one.between("formed_on"), **mine}, "good"),
        ])
        for one in days.months
    ]  # fmt: skip
    return Bars(head="月份", columns=("应完成", "已完成"), lines=lines)


def _listed(call: Call, title: str, asked: Mapping[str, Any], tone: str = "") -> Figure:
    """Count the rows of the list of visits as it is asked, as far as lists count."""
    cases = ListPages(VISITS).cases
    found = ask(call, cases.count, cases.asking(**asked))
    path = opens(call, VISITS, **asked)
    return Figure(title=title, count=int(found.count), path=path, tone=tone)
