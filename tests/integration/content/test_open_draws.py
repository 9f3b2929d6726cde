"""The public list of draws, of random draws: it is what is stored, and gives nobody away."""

import json
from datetime import date
from typing import cast

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from supervision_core.content.model import ListedDraw, OpenDrawsAsked
from supervision_core.content.services.opening import OpenShelf
from supervision_core.draws.model.series import DrawSeries
from supervision_core.draws.model.sources import DrawNumber
from supervision_core.draws.ports import Draws, SeriesOfDraws
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.ports import Transactions
from supervision_core.tasks.model.publication import PublicationState
from supervision_core.tasks.model.sheet import TaskState
from supervision_core.tasks.model.visit import VisitState
from supervision_core.tasks.ports import Publications, Tasks, Visits
from supervision_core.testing.draws import beside_draws, drawn_2, frozen_draw, keep_pool
from supervision_core.testing.offices import keep_directory
from supervision_core.testing.tasks import FARM, LEAD, publication, task, visit

TODAY = date(2026, 5, 4)
ENDS = {"coming": date(2026, 5, 29), "over": date(2026, 5, 1), "long over": date(2026, 4, 3)}
"""Of which the last alone is twenty working days ago."""


@frozen
class Made:
    """A draw, its fate, and the task that it is of: when that ends, and how far its visits came."""

    series: tuple[str, str, int]
    drawn: bool
    fate: str
    ends: str
    deleted: bool
    visits: tuple[bool, ...]

    @property
    def gives_away(self) -> bool:
        """Whether somebody is yet to be visited, and not for too long."""
        return not (self.deleted or self.ends == "long over" or (self.visits and all(self.visits)))


MADE = st.builds(
    Made,
    series=st.tuples(st.sampled_from(["甲", "乙"]), st.sampled_from(["s-1", ""]),
                     st.sampled_from([2025, 2026])),
    drawn=st.booleans(),
    fate=st.sampled_from(["open", "cleared", "dispatched"]),
    ends=st.sampled_from(sorted(ENDS)),
    deleted=st.booleans(),
    visits=st.lists(st.booleans(), max_size=2).map(tuple),
)  # fmt: skip


def _store(every: list[Made]) -> Transactions:
    transactions = memory_transactions(MemoryStore(), beside_draws())
    series: dict[tuple[str, str, int], DrawSeries] = {}
    with transactions.begin() as unit:
        keep_directory(unit, ("甲", "乙", "dept-market", "dept-farm", "dept-late"))
        keep_pool(unit)
        for at, one in enumerate(every):
            lead, scene, year = one.series
            of = series.setdefault(one.series, DrawSeries.begin(lead=lead, scene=scene, year=year))
            number = of.enter(f"draw-{at}")
            assert isinstance(number, DrawNumber)
            make = drawn_2 if one.drawn else frozen_draw
            draw = make(f"draw-{at}", lead=lead, task=f"task-{at}", number=number)
            if one.fate == "cleared":
                draw.clear(by="u-1", reason=f"店{at}停业", at=draw.round.due)
                of.clear(number.number, reason=f"店{at}停业")
            elif one.fate == "dispatched":
                of.dispatch(number.number)
            of_task = task(f"task-{at}")
            of_task._sheet = evolve(of_task.sheet, ends_on=ENDS[one.ends], name=f"查店{at}")
            of_task._state = TaskState.DELETED if one.deleted else TaskState.IN_PROGRESS
            for place, completed in enumerate(one.visits):
                made = visit(f"visit-{at}-{place}")
                sheet = evolve(made.sheet, task=f"task-{at}", subject=f"店{at}")
                object.__setattr__(made, "sheet", sheet)
                made._state = VisitState.COMPLETED if completed else VisitState.STARTED
                unit[Visits].save(made)
            unit[Tasks].save(of_task)
            unit[Draws].save(draw)
        for of in series.values():
            unit[SeriesOfDraws].save(of)
        unit.commit()
    return transactions


@given(st.lists(MADE, max_size=6), st.integers(min_value=1, max_value=4))
def test_the_list_is_what_is_stored_and_gives_nobody_away(every: list[Made], size: int) -> None:
    """Each number of each series stands once; no word of a task with a visit to come is in it."""
    with _store(every).begin_reading() as unit:
        shelf = OpenShelf(unit, TODAY)
        for year in (2025, 2026):
            asked, lines = OpenDrawsAsked(year=year), list[ListedDraw]()
            some = shelf.draws(asked, PageRequest(size=size))
            lines += some.items
            while some.next_cursor is not None:
                some = shelf.draws(asked, PageRequest(size=size, cursor=some.next_cursor))
                lines += some.items
            here = {f"draw-{at}": one for at, one in enumerate(every) if one.series[2] == year}
            assert sorted(one.id for one in lines) == sorted(here)
            numbers: dict[tuple[str, str], list[int]] = {}
            for line in reversed(lines):
                lead, scene, _ = here[line.id].series
                numbers.setdefault((lead, scene), []).append(line.number)
            assert all(told == [*range(1, len(told) + 1)] for told in numbers.values())
            text = json.dumps(shelf.draws_file(asked), ensure_ascii=False)
            for at, one in enumerate(every):
                named = one.series[2] == year and not one.gives_away
                assert (f'"查店{at}"' in text) is named
                assert (f'"店{at}停业"' in text) is (named and one.fate == "cleared")
                if not named:
                    assert f"店{at}" not in text + repr(lines)


def _undrawn(draw: str) -> OpenShelf:
    """Give the public list beside a task with a result kept back, one late, a firm not visited."""
    transactions = memory_transactions(MemoryStore(), beside_draws())
    with transactions.begin() as unit:
        keep_directory(unit, (LEAD, FARM))
        of_task = task("task-1")
        of_task._sheet = evolve(of_task.sheet, draw=draw)
        gone = visit("visit-gone")
        object.__setattr__(gone, "sheet", evolve(gone.sheet, task="task-1", lead=LEAD))
        gone._state, gone._due_on = VisitState.NOT_VISITED, date(2026, 4, 10)
        kept, late = publication("visit-kept"), publication("visit-late")
        kept._state, late._state = PublicationState.WITHHELD, PublicationState.DUE
        for one in (kept, late):
            object.__setattr__(one, "due_on", date(2026, 4, 20))
        unit[Tasks].save(of_task)
        unit[Visits].save(gone)
        unit[Publications].save_all([kept, late])
        unit.commit()
    return OpenShelf(transactions.begin_reading().__enter__(), TODAY)


@pytest.mark.parametrize("draw", ["", "draw-of-none"])
def test_what_tasks_without_a_draw_do_not_show_is_counted(draw: str) -> None:
    """Kept back, late or not visited: by the lead and year, on the page and in its file."""
    shelf = _undrawn(draw)
    (page,) = shelf.draws(OpenDrawsAsked(year=2026), PageRequest()).departments
    assert page.unvisited == ("停业、歇业：1户",)
    assert page.not_shown == ("商业秘密：1户",)
    assert page.overdue == 1
    (file,) = cast(
        "list[dict[str, object]]", shelf.draws_file(OpenDrawsAsked(year=2026))["departments"]
    )
    assert (file["not_shown"], file["overdue"]) == (["商业秘密：1户"], 1)
    assert shelf.draws(OpenDrawsAsked(year=2025), PageRequest()).departments == ()
