"""The report of a year, in the words in which the city would be told of it."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from benchmarks._year.checks import CHECKS
from benchmarks._year.city import YEAR, City
from benchmarks._year.found import Found

from entrypoints.registered import declared
from supervision_core.kernel.days import local_day
from supervision_core.tasks.model.publication import PublicationState
from supervision_core.tasks.model.rectification import RectificationState
from supervision_core.tasks.model.sheet import TaskKind
from supervision_core.tasks.model.visit import VisitState

_SHOWN = 5


def faults_of(found: Found) -> dict[str, list[str]]:
    """Give what each check finds, by its title."""
    return {one.title: list(one.faults(found)) for one in CHECKS}


def told(city: City, found: Found) -> Iterator[str]:
    """Give the report line by line."""
    yield f"# 南宁市{YEAR}年跨部门综合监管年度报告（模拟）"
    yield ""
    yield from _work(city, found)
    yield ""
    yield from _months(found)
    yield ""
    yield from _states(found)
    yield ""
    yield "## 其间发生的"
    yield ""
    for name, count in sorted(city.did.items()):
        yield f"- {name}：{count}次"
    yield ""
    yield "## 平台拒绝了的"
    yield ""
    for codes, count in sorted(city.refused.items()):
        yield f"- {count}次，如：{city.said[codes]}"
    yield ""
    yield "## 核对"
    yield ""
    for one in CHECKS:
        wrong = list(one.faults(found))
        source = f"（{one.source}）" if one.source else ""
        yield f"- {'✗' if wrong else '✓'} {one.title}{source}" + (
            f"：{len(wrong)}处" if wrong else ""
        )
        yield from (f"  - {each}" for each in wrong[:_SHOWN])


def _work(city: City, found: Found) -> Iterator[str]:
    visits = found.visits.values()
    done = [one for one in visits if one.state is VisitState.COMPLETED]
    firms = {one.sheet.subject for one in done}
    troubled = [one for one in done if one.findings]
    orders = Counter(one.state for one in found.orders.values())
    shown = Counter(one.state for one in found.publications.values())
    departments = {one for run in city.runs for one in run.departments}
    cases = sum(found.tasks[one.sheet.task].sheet.kind is TaskKind.CASE for one in done)
    late = sum(one.due_on < (one.formed_on or found.today) for one in visits)
    several = sum(len(one.departments) > 1 for one in done)
    yield (
        f"全年{len(city.rounds)}轮检查，{len(departments)}个部门参加，涉及{len(city.runs)}个场景。"
        f"检查企业{len(firms)}户、{len(done)}户次，其中{several}户次由两个以上部门一次完成，"
        f"{cases}户次由线索引起。逾期完成的{late}户次。"
    )
    yield (
        f"发现问题{len(troubled)}户次，责令改正{len(found.orders)}件，"
        f"已整改{orders[RectificationState.DONE]}件，"
        f"移交{orders[RectificationState.TRANSFERRED]}件。"
    )
    yield (
        f"检查结果公示中{shown[PublicationState.SHOWN]}件，不予公示"
        f"{shown[PublicationState.WITHHELD]}件，撤回未更正{shown[PublicationState.WITHDRAWN]}件。"
        f"受理线索{len(found.clues)}件。"
    )


def _months(found: Found) -> Iterator[str]:
    visits = Counter(one.formed_on.month for one in found.visits.values() if one.formed_on)
    orders = Counter(local_day(one.ordered_at).month for one in found.orders.values())
    clues = Counter(local_day(one.registered_at).month for one in found.clues.values())
    yield "| 月份 | 完成检查 | 责令改正 | 登记线索 |"
    yield "|---|---|---|---|"
    for month in sorted({*visits, *orders, *clues}):
        yield f"| {month}月 | {visits[month]} | {orders[month]} | {clues[month]} |"


def _states(found: Found) -> Iterator[str]:
    yield "| 业务对象 | 现状 |"
    yield "|---|---|"
    for things in (found.plans, found.tasks, found.visits, found.orders, found.publications,
                   found.transfers, found.clues):  # fmt: skip
        yield from _row(list(things.values()))


def _row(things: list[Any]) -> Iterator[str]:
    if not things:
        return
    verbs = next(one for one in declared().values() if one is type(things[0]).verbs)
    counted = Counter(one.state for one in things)
    said = "、".join(
        f"{title}{counted[one]}" for one, title in verbs.states.items() if counted[one]
    )
    yield f"| {verbs.title} | {said} |"
