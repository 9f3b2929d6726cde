"""Numbers of draws: given at freezing without a gap, kept, and told by the next proof."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import define, fields

from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.sql.ports import sql_transactions
from adapters.system import SystemIds
from supervision_core.draws.model.draw import Draw, DrawNotFrozen
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.proof import Outcome, proof_of
from supervision_core.draws.model.series import DrawSeries, Fate, series_id
from supervision_core.draws.model.sources import Mark
from supervision_core.draws.model.verification import verify
from supervision_core.draws.ports import Draws, Pools, SeriesOfDraws, keep
from supervision_core.draws.services import ClearDraw, FreezeDraw, clear_draw, freeze_draw
from supervision_core.draws.services.numbering import siblings_of
from supervision_core.identity.model import Actor, DataScope
from supervision_core.identity.services import Commands
from supervision_core.kernel.errors import Conflict
from supervision_core.kernel.ports import Clock, Transactions
from supervision_core.tasks.ports import Tasks
from supervision_core.testing.draws import POOL, beside_draws, drawn_2
from supervision_core.testing.offices import keep_directory
from supervision_core.testing.tasks import task

POOL_OF_TWO = Pool.of([("企业1", "A"), ("企业2", "A")])


@define
class _Day(Clock):
    """A clock that stands."""

    at: datetime = datetime(2026, 3, 2, 4, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


@define
class _Lead:
    """Department 甲, which draws of its own pools."""

    transactions: Transactions
    clock: _Day

    def run(self, case: Any, command: Any) -> Any:
        actor = Actor(
            user="u-甲",
            department="甲",
            scope=DataScope(region="450000", departments=frozenset({"甲"})),
            permissions=frozenset({"draws.*"}),
        )
        return Commands(self.transactions, self.clock, SystemIds()).run(case, command, actor=actor)

    def freeze(self, hours: int = 3, pool: Pool = POOL_OF_TWO) -> str:
        with self.transactions.begin() as unit:
            keep(unit[Pools], pool)
            unit.commit()
        asked = FreezeDraw(
            region="450000",
            pool_hash=pool.hash,
            rule={"strata": {"A": {"ratio": "0.5"}}},
            contributors=("甲", "乙"),
            due=self.clock.at + timedelta(hours=hours),
        )
        return str(self.run(freeze_draw, asked))

    def clear(self, draw: str) -> None:
        self.run(clear_draw, ClearDraw(draw_id=draw, reason="名单有误"))

    def number(self, draw: str) -> tuple[int, int]:
        found = self.draw(draw).number
        assert found is not None
        assert (found.lead, found.scene) == ("甲", "")
        return found.year, found.number

    def draw(self, draw: str) -> Draw:
        with self.transactions.begin() as unit:
            return unit[Draws].get(draw)

    def before(self, draw: str) -> list[tuple[int, int, str, str]]:
        with self.transactions.begin() as unit:
            found = siblings_of(unit, unit[Draws].get(draw))
        return [(one.year, one.number, one.state.value, one.reason) for one in found]


@pytest.fixture(params=["memory", "sqlite"])
def lead(request: pytest.FixtureRequest) -> _Lead:
    """Give a lead with a pool and a task, on each store."""
    if request.param == "memory":
        transactions: Transactions = memory_transactions(MemoryStore(), beside_draws())
    else:
        engine = request.getfixturevalue("sqlite_engine")
        transactions = sql_transactions(engine, beside=beside_draws())
    with transactions.begin() as unit:
        keep_directory(unit, ("甲", "乙", "dept-market"))
        unit[Tasks].save(task("t"))
        keep(unit[Pools], POOL_OF_TWO)
        unit.commit()
    return _Lead(transactions, _Day())


def test_numbers_are_given_without_a_gap_and_kept(lead: _Lead) -> None:
    """A refused freeze takes none, a cleared draw keeps its own, and the next tells of it."""
    with pytest.raises(DrawNotFrozen):
        lead.freeze(hours=-1)
    first = lead.freeze()
    second = lead.freeze()
    lead.clear(first)
    third = lead.freeze()
    assert [lead.number(one) for one in (first, second, third)] == [
        (2026, 1), (2026, 2), (2026, 3),
    ]  # fmt: skip
    assert lead.before(third) == [(2026, 1, "cleared", "名单有误"), (2026, 2, "open", "")]
    assert lead.before(first) == []


def test_a_year_begins_anew_with_what_the_last_one_left(lead: _Lead) -> None:
    """On 1 January, by the clock of the place, it begins at 1 and tells of the year before."""
    last = lead.freeze()
    lead.clear(last)
    lead.clock.at = datetime(2026, 12, 31, 16, tzinfo=UTC)
    new = lead.freeze()
    assert lead.number(new) == (2027, 1)
    assert lead.before(new) == [(2026, 1, "cleared", "名单有误")]


def test_two_that_freeze_at_once_do_not_get_one_number(lead: _Lead) -> None:
    """Whoever stores a series that another has changed meanwhile is refused, and tries again."""
    lead.freeze()
    of = series_id("甲", "", 2026)
    with lead.transactions.begin() as unit:
        mine = unit[SeriesOfDraws].get(of)
    other = lead.freeze()
    assert mine.enter("mine").number == lead.number(other)[1]
    with lead.transactions.begin() as unit, pytest.raises(Conflict):
        unit[SeriesOfDraws].save(mine)


def test_a_proof_tells_only_of_those_since_the_last_that_went_out(lead: _Lead) -> None:
    """With numbers of a series kept as the product keeps them, the proof of a draw/2 holds."""
    with lead.transactions.begin() as unit:
        kept = DrawSeries.begin(lead="dept-market", scene="scene-1", year=2026)
        for one in ("d-1", "d-2", "draw-2"):
            kept.enter(one)
        kept.dispatch(1)
        kept.clear(2, reason="名单有误")
        unit[SeriesOfDraws].save(kept)
        told = siblings_of(unit, drawn_2())
    assert [(one.draw_id, one.state) for one in told] == [("d-2", Fate.CLEARED)]
    outcome = Outcome.of(drawn_2(), POOL, told)
    assert outcome is not None
    assert verify(proof_of(outcome)).ok


def test_an_own_pool_is_told_as_material_given(lead: _Lead) -> None:
    """It belongs to no task, whose list and numbers it does not touch, and bears what it is."""
    found = lead.draw(lead.freeze())
    assert found.own
    assert found.marks == (Mark.GIVEN,)
    assert "task_id" not in {one.name for one in fields(FreezeDraw)}
    with lead.transactions.begin() as unit:
        assert unit[Draws].of_task("t") == []
        assert [one.id for one in unit[Draws].of_task("")] == [found.id]


def test_another_own_pool_is_a_change_once_the_last_was_cleared(lead: _Lead) -> None:
    """Then the head consents to it; a next one after one that stands is simply the next."""
    lead.freeze()
    other = Pool.of([("企业1", "A"), ("企业3", "A")])
    second = lead.freeze(pool=other)
    assert not lead.draw(second).changed
    lead.clear(second)
    third = lead.freeze(pool=Pool.of([("企业2", "A")]), hours=4)
    assert lead.draw(third).changed
