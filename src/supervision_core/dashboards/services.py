"""Counting: filled from events by the relay, made anew by a command, read within one's scope."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from attrs import evolve, field, frozen

from supervision_core.dashboards.model import COUNTED, NONE, Cell, Counting, Measure
from supervision_core.dashboards.ports import Counts, Wanted
from supervision_core.grading.model import SubjectsGraded
from supervision_core.grading.ports import CurrentGrades
from supervision_core.identity.model import NOTHING, InRegion
from supervision_core.identity.services.frame import Work, question
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.days import local_day
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.outbox import Envelope, Positions, Receiver, Receiving, name_of
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.ports import Repository, Root, Transactions, UnitOfWork
from supervision_core.kernel.registers import Ask
from supervision_core.tasks.lists import VISITS
from supervision_core.tasks.ports import Tasks

COUNTER: Final = "counts"
"""The receiver that counts."""
AT_ONCE: Final = 100
"""Things that are counted in one transaction."""


@frozen(eq=False)
class _Counter:
    """Finds in which cells things count; what they stand with is looked up once."""

    unit: UnitOfWork
    _beside: dict[tuple[type[Repository[Any]], str], Any] = field(factory=dict, init=False)

    def beside(self, port: type[Repository[Root]], id: str) -> Root | None:
        """Give what things stand with, if it is there."""
        if (port, id) not in self._beside:
            self._beside[port, id] = next(iter(self.unit[port].find_many([id])), None)
        found: Root | None = self._beside[port, id]
        return found

    def scene(self, task: str) -> str:
        """Give the scene of a task, empty for none."""
        found = self.beside(Tasks, task)
        return "" if found is None else found.sheet.scene

    def cells(self, counting: Counting, root: Any) -> tuple[Cell, ...]:
        """Give the cells of an aggregate."""
        beside = None
        if counting.query.stands_with is not None:
            place = counting.query.stands_with(root)
            if place is not None:
                beside = self.beside(*place)
                if beside is None:
                    return ()
        return counting.cells(root, beside, self.scene)

    def settle(self, kind: str, ids: Sequence[str]) -> None:
        """Count things as they are now; what is no more counts nowhere."""
        counting = COUNTED[kind]
        there = {one.id: one for one in self.unit[counting.query.port].find_many(ids)}
        for id_ in ids:
            cells = self.cells(counting, there[id_]) if id_ in there else ()
            self.unit[Counts].settle(kind, id_, cells)


def count_events(receiving: Receiving, events: Sequence[Envelope]) -> None:
    """Count anew whatever something happened to; the same events again change nothing."""
    counter, things = _Counter(receiving.unit), dict[str, dict[str, None]]()
    for one in events:
        for kind, id_ in _things(one):
            things.setdefault(kind, {})[id_] = None
    for task in things.get(Tasks.kind, ()):
        things.setdefault(VISITS.port.kind, {}).update(_visits_of(counter, task))
    for kind, ids in things.items():
        all_ = list(ids)
        for first in range(0, len(all_), AT_ONCE):
            counter.settle(kind, all_[first : first + AT_ONCE])


def _things(event: Envelope) -> Iterator[tuple[str, str]]:
    thing = event.thing
    if thing.kind in COUNTED:
        yield thing.kind, thing.id
    if event.name == name_of(SubjectsGraded):
        for one in _texts(event.facts["grades"]):
            yield CurrentGrades.kind, str(one)


def _texts(told: Json) -> Sequence[Json]:
    return told if isinstance(told, (list, tuple)) else ()


def _visits_of(counter: _Counter, task: str) -> Mapping[str, None]:
    """Give the visits of a task that may still be of another scene: before it goes out."""
    found = counter.beside(Tasks, task)
    if found is None or found.dispatched_at is not None:
        return {}
    lists, wanted = counter.unit[Lists], ListFilter(asked={"task": task})
    pages = every_page(lambda request: lists.page(VISITS, wanted, request))
    return {one.id: None for page in pages for one in page.items}


COUNT_RECEIVER: Final = Receiver(
    name=COUNTER, title="统计数据更新", receive=count_events, kinds=frozenset(COUNTED),
    names=frozenset({name_of(SubjectsGraded)}),
)  # fmt: skip


@frozen(kw_only=True)
class Miscount:
    """A thing that counts elsewhere than it should, or a sum that is wrong (``id`` is empty)."""

    kind: str
    id: str


def miscounts(transactions: Transactions) -> Iterator[Miscount]:
    """Compare what is counted with the things themselves, and each sum with what counts there."""
    for kind in COUNTED:
        yield from _each(transactions.begin_reading, kind, mend=False)
    with transactions.begin_reading() as unit:
        yield from _wrong_sums(unit)


def _wrong_sums(unit: UnitOfWork) -> Iterator[Miscount]:
    return (Miscount(kind=one.measure.value, id="") for one in unit[Counts].wrong())


def recount(transactions: Transactions) -> Iterator[Miscount]:
    """Count everything anew, so many things a transaction; give what was wrong.

    Each transaction holds the place of the relay's receiver, so that only one of them counts. Sums
    follow what is counted; only where they are wrong all are made anew, in one transaction.
    Raises ``Conflict`` where the relay was first; to be told again.
    """
    wrong = list[Miscount]()
    for kind in COUNTED:
        wrong.extend(_each(transactions.begin, kind, mend=True))
    with transactions.begin_reading() as unit:
        sums = tuple(_wrong_sums(unit))
    if sums:
        with transactions.begin() as unit:
            _hold(unit)
            unit[Counts].sum_up()
            unit.commit()
    yield from (*wrong, *sums)


def _hold(unit: UnitOfWork) -> None:
    positions = unit[Positions]
    at = positions.all().get(COUNTER)
    positions.move(COUNTER, before=at, to=at or 0)


def _each(begin: Callable[[], Any], kind: str, *, mend: bool) -> Iterator[Miscount]:
    """Go through the things of a kind, and through what counts of that kind, side by side."""
    counting, after = COUNTED[kind], ""
    while True:
        with begin() as unit:
            if mend:
                _hold(unit)
            roots = unit[counting.query.port].walk(after, AT_ONCE)
            last = roots[-1].id if len(roots) == AT_ONCE else ""
            counter = _Counter(unit)
            true = {one.id: frozenset(counter.cells(counting, one)) for one in roots}
            told = _standing(unit[Counts], kind, after, last)
            for id_ in sorted(true.keys() | told.keys()):
                cells = true.get(id_, frozenset())
                if cells != told.get(id_, frozenset()):
                    yield Miscount(kind=kind, id=id_)
                    if mend:
                        unit[Counts].settle(kind, id_, cells)
            if mend:
                unit.commit()
        if not last:
            return
        after = last


def _standing(counts: Counts, kind: str, after: str, last: str) -> Mapping[str, frozenset[Cell]]:
    found = dict[str, frozenset[Cell]]()
    while some := counts.standing(kind, after, AT_ONCE):
        inside = {id_: cells for id_, cells in some.items() if not last or id_ <= last}
        found |= inside
        if len(inside) < AT_ONCE:
            break
        after = max(inside)
    return found


class Along(StrEnum):
    """By what counts are laid out, beside their measure and value."""

    NOTHING = ""
    DAY = "day"
    MONTH = "month"
    REGION = "region"
    DEPARTMENT = "department"
    ABOUT = "about"


ALONG: Final[Mapping[str, str]] = {
    Along.NOTHING: "合计", Along.DAY: "日期", Along.MONTH: "月份", Along.REGION: "行政区划",
    Along.DEPARTMENT: "部门", Along.ABOUT: "场景（等级为分级规则，评价为模型）",
}  # fmt: skip
MEASURES: Final[Mapping[str, str]] = {
    Measure.VISIT_DUE: "检查（按反馈期限）", Measure.VISIT_FORMED: "已完成的检查（按结果形成日期）",
    Measure.RECTIFICATION_DUE: "整改（按整改期限）", Measure.TASK_ENDS: "任务（按结束日期）",
    Measure.CLUE_DUE: "线索（按办理期限）", Measure.GRADED: "现行等级（按定级日期）",
    Measure.RISK: "现行风险等级（按定级日期）", Measure.CREDIT: "现行信用等级（按定级日期）",
    Measure.RISK_ROUND: "风险评价（按创建日期）", Measure.CREDIT_ROUND: "信用评价（按创建日期）",
    Measure.RISK_RESULT: "风险评价所评等级（按创建日期）",
    Measure.CREDIT_RESULT: "信用评价所评等级（按创建日期）",
}  # fmt: skip
TERMS: Final = frozenset({
    Measure.VISIT_DUE, Measure.RECTIFICATION_DUE, Measure.TASK_ENDS, Measure.CLUE_DUE,
})  # fmt: skip
"""Measures whose day is the end of a term."""
_COLUMNS: Final[Mapping[Along, tuple[str, ...]]] = {
    Along.NOTHING: (), Along.DAY: ("day",), Along.MONTH: ("month",), Along.REGION: ("region",),
    Along.DEPARTMENT: ("department",), Along.ABOUT: ("about",),
}  # fmt: skip


@frozen(kw_only=True)
class ViewCounts:
    """What is to be counted, of which days, and by what it is laid out."""

    measures: tuple[Measure, ...] = field(
        default=(), metadata=said("统计项目，为空则全部", codes=MEASURES, example="visit_due")
    )
    along: Along = field(
        default=Along.NOTHING, metadata=said("按什么分列", codes=ALONG, example="month")
    )
    starts_on: date | None = field(default=None, metadata=said("起始日期", example="2026-01-01"))
    ends_on: date | None = field(default=None, metadata=said("截止日期", example="2026-12-31"))
    region: str = field(
        default="", metadata=said("行政区划，为空则本人范围内全部", example="450100", to="region")
    )
    scene: str = field(default="", metadata=said("场景，为空则全部", example="0123abcd"))
    most: int | None = field(
        default=None,
        metadata=said("按部门或场景分列时，只要数量最多的几个（至少一个），为空则全部", example=20),
    )  # fmt: skip


@frozen(kw_only=True)
class CountRow:
    """How many there are of one measure and value, in one line or column."""

    measure: Measure = field(metadata=said("统计项目", codes=MEASURES, example="visit_due"))
    value: str = field(metadata=said("状态或等级，没有的为“-”", example="completed"))
    key: str = field(metadata=said("所分列的月份、区划、部门或场景，合计的为空", example="2026-03"))
    name: str = field(metadata=said("其名称", example="2026-03"))
    count: int = field(metadata=said("数量", example=12))
    late: int = field(metadata=said("其中期限已过的，没有期限的项目为0", example=2))


@frozen(kw_only=True)
class CountTable:
    """What was counted, and when."""

    at: datetime = field(metadata=said("统计时间"))
    rows: tuple[CountRow, ...] = field(metadata=said("各项数量"))


@question("dashboards.view_counts", "查看统计数据")
def view_counts(work: Work, about: ViewCounts) -> CountTable:
    """Count the work that the reader reaches, by month, region, department or scene.

    Counts follow what happens within seconds.
    """
    wanted = Wanted(
        measures=frozenset(about.measures or Measure),
        starts_on=about.starts_on or date.min,
        ends_on=about.ends_on or date.max,
        region=about.region,
        abouts=frozenset({about.scene}) if about.scene else None,
        reach=work.actor.scope.predicate(),
    )
    wanted = _first(work, wanted, about.along, about.most)
    found = _laid_out(work, wanted, about.along)
    yesterday = local_day(work.now) - timedelta(days=1)
    past = evolve(wanted, measures=wanted.measures & TERMS, ends_on=min(wanted.ends_on, yesterday))
    late = _laid_out(work, past, about.along) if past.measures else {}
    names = _names(work, about.along, {key for _, _, key in found})
    rows = tuple(
        CountRow(
            measure=measure, value=value, key=key, name=names.get(key, key), count=count,
            late=late.get((measure, value, key), 0),
        )
        for (measure, value, key), count in sorted(found.items())
    )  # fmt: skip
    return CountTable(at=work.now, rows=rows)


@frozen(kw_only=True)
class RankDepartments:
    """Of which days the finished visits of departments are to be counted."""

    starts_on: date | None = field(default=None, metadata=said("起始日期", example="2026-01-01"))
    ends_on: date | None = field(default=None, metadata=said("截止日期", example="2026-12-31"))


@question("dashboards.view_department_ranking", "查看部门处理量排名")
def view_department_ranking(work: Work, about: RankDepartments) -> CountTable:
    """Rank the departments of the reader's region by the visits that they finished.

    How many there are says nothing of a case: others' departments are counted too, and what they
    did stays out of reach. Source: proposal 3238-3248.
    """
    wanted = Wanted(
        measures=frozenset({Measure.VISIT_FORMED}),
        starts_on=about.starts_on or date.min,
        ends_on=about.ends_on or date.max,
        reach=NOTHING if work.actor.scope.outside else InRegion(work.actor.scope.region),
    )
    totals = Counter[str]()
    for (_, _, key), count in _laid_out(work, wanted, Along.DEPARTMENT).items():
        totals[key] += count
    names = _names(work, Along.DEPARTMENT, set(totals))
    ranked = sorted(totals.items(), key=lambda one: (-one[1], names.get(one[0], one[0])))
    rows = (
        CountRow(
            measure=Measure.VISIT_FORMED, value=NONE, key=key, name=names.get(key, key),
            count=count, late=0,
        )
        for key, count in ranked
    )  # fmt: skip
    return CountTable(at=work.now, rows=tuple(rows))


def _laid_out(work: Work, wanted: Wanted, along: Along) -> dict[tuple[Measure, str, str], int]:
    """Count by measure, value, and the line or column in which a count stands."""
    sums = work[Counts].sums(wanted, ("measure", "value", *_COLUMNS[along]))
    return {
        (Measure(str(measure)), str(value), _key(along, *rest)): count
        for (measure, value, *rest), count in sums.items()
    }


def _first(work: Work, wanted: Wanted, along: Along, most: int | None) -> Wanted:
    """Narrow what is wanted to the lines in which most is counted, of equals the first by id."""
    if most is None or along not in {Along.DEPARTMENT, Along.ABOUT}:
        return wanted
    sums = work[Counts].sums(wanted, _COLUMNS[along])
    first = sorted(sums, key=lambda one: (-sums[one], one))[: max(1, most)]
    keys = frozenset(str(key) for (key,) in first)
    if along is Along.ABOUT:
        return evolve(wanted, abouts=keys)
    return evolve(wanted, departments=keys)


def _key(along: Along, one: object = "") -> str:
    return f"{one:%Y-%m}" if along is Along.MONTH and isinstance(one, date) else str(one)


def _names(work: Work, along: Along, keys: set[str]) -> Mapping[str, str]:
    kinds = {Along.REGION: "region", Along.DEPARTMENT: "department", Along.ABOUT: "scene"}
    wanted = keys - {NONE, ""}
    if along not in kinds or not wanted:
        return {NONE: "未分场景"} if along is Along.ABOUT else {}
    told = work[Ask].resolve(kinds[along], wanted)
    return {NONE: "未分场景", **{id_: one.name for id_, one in told.items()}}
