"""统计分析 on a phone: for the staff of a department, and for an officer of his own.

Source: proposal 3236-3248.
"""

from collections.abc import Iterator
from typing import Final

from entrypoints.http.routes import Call
from entrypoints.http.web.pages import PHONE, Form, Page, Shown
from entrypoints.http.web.phone.reading import scenes_of
from entrypoints.http.web.phone.visits import VISIT_ZONE
from entrypoints.http.web.phone.zone import own_officer
from entrypoints.http.web.statistics import (
    Bars,
    Figure,
    Period,
    by_scene,
    of_officer,
    overall,
    own_trend,
    ranking,
    trend,
)
from supervision_core.dashboards.services import view_counts

_STATISTICS: Final = f"{PHONE}/statistics"
_OWN: Final = "own"
Part = tuple[str, list[Figure], Bars | None]
"""A title, with figures or bars."""


def _show(call: Call, form: Form) -> Shown:
    """Show the figures of the department, or, where an officer asks, his own."""
    officer = own_officer(call) if call.who.may(VISIT_ZONE.cases.list.permission) else ""
    view = form.get("view", "") or (_OWN if officer else "department")
    days = Period.year(call)
    own = view == _OWN and bool(officer)
    parts = _of_officer(call, days, officer) if own else _of_department(call, days)
    tabs = [
        {"title": title, "path": f"{_STATISTICS}?view={name}", "current": own == (name == _OWN)}
        for name, title in ((_OWN, "个人统计"), ("department", "部门统计"))
    ]  # fmt: skip
    values = {
        "title": "统计分析", "tabs": tabs if officer else [], "year": days.first.year,
        "now": call.platform.clock.now(), "parts": [
            {"title": title, "figures": figures, "bars": bars} for title, figures, bars in parts
        ],
    }  # fmt: skip
    return Shown(template="phone/statistics.html", values=values)


def _of_department(call: Call, days: Period) -> Iterator[Part]:
    scenes = scenes_of(call, own=True)
    yield "总体情况", overall(call, days), None
    yield "部门检查情况", [], by_scene(call, days, scenes, "") if scenes else None
    yield "检查任务趋势", [], trend(call, days)
    yield "部门处理量排名", [], ranking(call, days)


def _of_officer(call: Call, days: Period, officer: str) -> Iterator[Part]:
    yield "总体情况", overall(call, days), None
    yield "个人检查情况", of_officer(call, days, officer), None
    yield "个人任务趋势", [], own_trend(call, days, officer)
    yield "部门处理量排名", [], ranking(call, days)


STATISTICS_PAGES: Final = (
    Page(method="GET", path=_STATISTICS, name="page_phone_statistics",
         access=view_counts.permission, run=_show, menu=("统计分析", "统计分析"),
         icon="ti-chart-bar"),
)  # fmt: skip
