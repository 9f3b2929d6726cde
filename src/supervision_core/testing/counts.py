"""The contract of counts: each thing counts where it stands now, and sums are of what counts.

Fixture: ``backend`` (a ``Backend``).
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any, Final

from attrs import evolve

from supervision_core.dashboards.model import Cell, Group, Measure
from supervision_core.dashboards.ports import DIMENSIONS, Counts, Wanted
from supervision_core.identity.model import DataScope, region_contains
from supervision_core.testing.units import Backend

NANNING, QINGXIU, LIUZHOU = "450100", "450103", "450200"
BOTH: Final = Group(("d-1", "d-2"))
DUE: Final = Cell(
    measure=Measure.VISIT_DUE, value="assigned", day=date(2026, 4, 7), region=NANNING,
    group=BOTH, about="s-1",
)  # fmt: skip
FORMED: Final = evolve(
    DUE, measure=Measure.VISIT_FORMED, value="troubled", day=date(2026, 4, 9), region=QINGXIU,
    group=Group(("d-3",), "d-3"),
)  # fmt: skip
BEYOND: Final = evolve(DUE, region=LIUZHOU, about="s-2", group=Group())
EVERY: Final = frozenset(Measure)


class CountsContract:
    """What a thing counts replaces what it counted before; who asks is told what he reaches."""

    def _settle(self, backend: Backend, **things: tuple[Cell, ...]) -> None:
        with backend.transactions.begin() as unit:
            for id_, cells in things.items():
                unit[Counts].settle("visit", id_, cells)
            unit.commit()

    def _ask(self, backend: Backend, asked: Callable[[Counts], Any]) -> Any:
        with backend.transactions.begin_reading() as unit:
            return asked(unit[Counts])

    def _sums(self, backend: Backend, *by: str, **wanted: Any) -> Any:
        told = Wanted(measures=wanted.pop("measures", EVERY), **wanted)
        return dict(self._ask(backend, lambda counts: counts.sums(told, by)))

    def test_things_count_where_they_stand_now(self, backend: Backend) -> None:
        """Told again nothing changes; moved, changed and gone things are counted as they are."""
        self._settle(backend, a=(DUE,), b=(DUE, FORMED), c=(BEYOND,))
        self._settle(backend, a=(DUE,), b=(DUE, FORMED), c=(BEYOND,))
        assert self._sums(backend, "measure") == {
            (Measure.VISIT_DUE,): 3, (Measure.VISIT_FORMED,): 1,
        }  # fmt: skip
        self._settle(backend, a=(FORMED,), c=())
        assert self._sums(backend, "value", "region") == {
            ("assigned", NANNING): 1, ("troubled", QINGXIU): 2,
        }  # fmt: skip
        assert self._sums(backend) == {(): 3}

    def test_counts_are_told_by_what_is_asked_and_reached(self, backend: Backend) -> None:
        """Days are included, regions hold those below, departments count what concerns them."""
        self._settle(backend, a=(DUE,), b=(FORMED,), c=(BEYOND,))
        due, formed, beyond = DUE.day, FORMED.day, "s-2"
        assert self._sums(backend, "day", starts_on=due, ends_on=due) == {(due,): 2}
        assert self._sums(backend, "day", starts_on=formed) == {(formed,): 1}
        assert self._sums(backend, "about", abouts=frozenset({beyond})) == {(beyond,): 1}
        assert self._sums(backend, "about", abouts=frozenset()) == {}
        assert self._sums(backend, "region", region=NANNING) == {(NANNING,): 1, (QINGXIU,): 1}
        assert self._sums(backend, "department") == {("d-1",): 1, ("d-2",): 1, ("d-3",): 1}
        for scope, found in (
            (DataScope(region="450000"), 3),
            (DataScope(region=NANNING), 2),
            (DataScope(region="450000", departments=frozenset({"d-2", "d-1"})), 2),
            (DataScope(region="450000", departments=frozenset({"d-3"})), 2),
            (DataScope(region=QINGXIU, departments=frozenset({"d-2"})), 0),
        ):
            told = self._sums(backend, reach=scope.predicate())
            assert sum(told.values()) == found, scope

    def test_whole_periods_and_the_days_beside_them_are_counted_alike(
        self, backend: Backend
    ) -> None:
        """Whatever days are asked for, in whichever region: each thing of these days once."""
        days = [date(2025, 12, 31) + timedelta(days=at) for at in (0, 1, 6, 31, 364, 366)]
        things = {
            f"v-{at}": (evolve(DUE, day=day, region=(NANNING, QINGXIU, LIUZHOU)[at % 3]),)
            for at, day in enumerate(days)
        }
        self._settle(backend, **things)
        ends = (date.min, *days, date(2026, 1, 31), date(2026, 12, 31), date.max)
        for first, last in product(ends, ends):
            for region in ("", "450000", NANNING, QINGXIU, LIUZHOU):
                found = [
                    cell for (cell,) in things.values()
                    if first <= cell.day <= last
                    and (not region or region_contains(region, cell.region))
                ]  # fmt: skip
                asked = {"starts_on": first, "ends_on": last, "region": region}
                by_month = Counter((one.month,) for one in found)
                assert self._sums(backend, "month", **asked) == by_month
                counted = {("d-1",): len(found), ("d-2",): len(found)} if found else {}
                assert self._sums(backend, "department", **asked) == counted
                one = self._sums(backend, "department", departments=frozenset({"d-2"}), **asked)
                assert one == {key: many for key, many in counted.items() if key == ("d-2",)}
                scenes = frozenset({"s-1"})
                about = {("s-1",): len(found)} if found else {}
                assert self._sums(backend, "about", abouts=scenes, **asked) == about

    def test_things_are_gone_through_by_id(self, backend: Backend) -> None:
        """So many at once, of one kind; what counts nowhere is not among them."""
        self._settle(backend, a=(DUE,), b=(DUE, FORMED), c=())
        first = self._ask(backend, lambda counts: counts.standing("visit", "", 1))
        assert first == {"a": frozenset({DUE})}
        rest = self._ask(backend, lambda counts: counts.standing("visit", "a", 9))
        assert rest == {"b": frozenset({DUE, FORMED})}
        assert self._ask(backend, lambda counts: counts.standing("task", "", 9)) == {}

    def test_right_sums_are_found_right(self, backend: Backend) -> None:
        """Nothing is wrong with them, before they are summed up again and after."""
        self._settle(backend, a=(DUE,), b=(DUE, FORMED))
        self._settle(backend, a=(BEYOND,))
        assert not self._ask(backend, lambda counts: counts.wrong())
        before = self._sums(backend, *DIMENSIONS)
        with backend.transactions.begin() as unit:
            unit[Counts].sum_up()
            unit.commit()
        assert self._sums(backend, *DIMENSIONS) == before
