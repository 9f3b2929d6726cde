"""评价结果总览: how levels and grades are spread, how evaluations go on, and where to look one up.

Source: proposal 3562-3564, 3831-3833.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from entrypoints.http.routes import Call
from entrypoints.http.web.lists import ListPages
from entrypoints.http.web.pages import HOME, Form, Page, Shown
from entrypoints.http.web.statistics import Bars, Figure, Line, Period, Told, opens
from supervision_core.assessment.lists import ROUNDS
from supervision_core.assessment.model import Kind, RoundState
from supervision_core.dashboards.model import NONE, Measure
from supervision_core.dashboards.services import Along, view_counts
from supervision_core.grading.lists import GRADED_SUBJECTS
from supervision_core.kernel.listing import ListQuery

_OVERVIEW: Final = f"{HOME}/assessment/overview"
_ROUNDS: Final = ((Kind.RISK, Measure.RISK_ROUND), (Kind.CREDIT, Measure.CREDIT_ROUND))
_UNKNOWN: Final = "数据不足"
_NUMERALS: Final = str.maketrans("一二三四五六七八九", "123456789")
_SEARCHES: Final = (("batch", "考评批次"), ("record", "评价记录"), ("subjects", "评价对象"),
                    ("levels", "等级"))  # fmt: skip


def _show(call: Call, _: Form) -> Shown:
    """Show the overview."""
    days = Period.year(call)
    values = {
        "title": "评价结果总览", "now": call.platform.clock.now(), "year": days.first.year,
        "parts": list(_parts(call, days)), "search": ListPages(ROUNDS).base,
        "graded": opens(call, GRADED_SUBJECTS), "fields_asked": _SEARCHES,
    }  # fmt: skip
    return Shown(template="evaluations.html", values=values)


def _parts(call: Call, days: Period) -> Iterator[dict[str, Any]]:
    titles = ROUNDS.by_name["state"].codes
    made = Told.of(call, *(measure for _, measure in _ROUNDS),
                   starts_on=days.first, ends_on=days.last)  # fmt: skip
    created: dict[str, Any] = {**days.between("created_on")}
    figures = [
        Figure(title=f"{titles[state]}的{'风险' if kind is Kind.RISK else '信用'}评价",
               count=made.count(measure, state.__eq__),
               path=opens(call, ROUNDS, kind=kind, state=state, **created))
        for kind, measure in _ROUNDS
        for state in RoundState
        if state not in {RoundState.DRAFT, RoundState.DELETED}
    ]  # fmt: skip
    yield {"title": f"评价任务（{days.first.year}年）", "figures": figures}
    results = Told.of(call, Measure.RISK_RESULT, Measure.CREDIT_RESULT,
                      starts_on=days.first, ends_on=days.last)  # fmt: skip
    for title, kind, measure in (
        ("风险评价的等级分布", Kind.RISK, Measure.RISK_RESULT),
        ("信用评价的等级分布", Kind.CREDIT, Measure.CREDIT_RESULT),
    ):
        opening = partial(_of_level, call, ROUNDS, "levels", kind=kind, **created)
        yield {"title": title, "bars": _spread(results, measure, "含该等级的评价", opening)}
    grades = Told.of(call, Measure.GRADED, Measure.RISK, Measure.CREDIT)
    for title, measure, name in (
        ("监管对象的分级分布", Measure.GRADED, "grade_name"),
        ("监管对象的风险等级分布", Measure.RISK, "risk_level"),
        ("监管对象的信用等级分布", Measure.CREDIT, "credit_level"),
    ):
        opening = partial(_of_level, call, GRADED_SUBJECTS, name)
        yield {"title": title, "bars": _spread(grades, measure, "监管对象", opening)}
    yield {"title": "评价趋势", "bars": _trend(call, days)}


def _of_level(call: Call, query: ListQuery[Any], name: str, level: str, **asked: Any) -> str:
    """Give where the list of a level is; for too few facts there is none."""
    return "" if level == NONE else opens(call, query, **{name: level}, **asked)


def _spread(told: Told, measure: Measure, column: str, opening: Callable[[str], str]) -> Bars:
    """Give how many there are of each level, each leading to its list."""
    found = {one.value for one in told.rows if one.measure is measure}
    levels = sorted(found, key=lambda level: (level == NONE, level.translate(_NUMERALS)))
    lines = [
        Line(title=_UNKNOWN if level == NONE else level, figures=[
            Figure(title=column, count=told.count(measure, level.__eq__), path=opening(level)),
        ])
        for level in levels
    ]  # fmt: skip
    return Bars(head="等级", columns=(column,), lines=lines)


def _trend(call: Call, days: Period) -> Bars:
    """Give by month how many evaluations were begun."""
    months = days.months
    told = Told.of(
        call, *(measure for _, measure in _ROUNDS), along=Along.MONTH,
        starts_on=months[0].first, ends_on=months[-1].last,
    )  # fmt: skip
    lines = [
        Line(title=one.month, figures=[
            Figure(title="风险评价" if kind is Kind.RISK else "信用评价",
                   count=told.count(measure, key=one.month),
                   path=opens(call, ROUNDS, kind=kind, **one.between("created_on")))
            for kind, measure in _ROUNDS
        ])
        for one in months
    ]  # fmt: skip
    return Bars(head="月份", columns=("风险评价", "信用评价"), lines=lines)


EVALUATION_PAGES: Final = (
    Page(method="GET", path=_OVERVIEW, name="page_evaluation_overview",
         access=view_counts.permission, run=_show, menu=("一业一评", "评价结果总览"),
         icon="ti-chart-bar"),
)  # fmt: skip
