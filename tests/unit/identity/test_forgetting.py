"""What is forgotten after half a year, and what is not."""

from datetime import timedelta

from attrs import evolve

from adapters.memory.identity import IDENTITY_PORTS
from adapters.memory.unit import MemoryStore, MemoryTransactions
from adapters.system import FixedClock
from supervision_core.identity.ports import DoneCommand, DoneCommands, StationMessages
from supervision_core.identity.services.forgetting import (
    AT_ONCE,
    KEPT_FOR,
    forget_done,
    forget_messages,
)
from supervision_core.kernel.days import local_day
from supervision_core.testing.station_messages import full_message
from supervision_core.testing.units import NOON

LATER = FixedClock(NOON + KEPT_FOR)
DAY = timedelta(days=1)


def test_messages_are_kept_for_half_a_year() -> None:
    """All that are older go, however many; one of half a year ago to the moment stays."""
    transactions = MemoryTransactions(MemoryStore(), IDENTITY_PORTS)
    old = evolve(full_message("-"), made_at=NOON - timedelta(seconds=1))
    with transactions.begin() as unit:
        made = (evolve(old, id=f"m-{at:05}") for at in range(AT_ONCE + 1))
        unit[StationMessages].add_all([*made, full_message("n")])
        unit.commit()
    assert forget_messages(transactions, LATER) == AT_ONCE + 1
    assert forget_messages(transactions, LATER) == 0


def test_answers_are_kept_for_half_a_year() -> None:
    """A key is new after that; not one of whoever installs."""
    transactions = MemoryTransactions(MemoryStore(), IDENTITY_PORTS)
    days = {"old": local_day(NOON) - DAY, "new": local_day(NOON)}
    for actor in ("u-1", "cli"):
        for key, day in days.items():
            done = DoneCommand(key=key, action="a", request="", answer="", done_on=day)
            with transactions.begin() as unit:
                unit[DoneCommands].add(actor, done)
                unit.commit()
    assert forget_done(transactions, LATER, but="cli") == 1
    with transactions.begin_reading() as unit:
        found = [(who, key) for who in ("u-1", "cli") for key in days
                 if unit[DoneCommands].find(who, key)]  # fmt: skip
    assert found == [("u-1", "new"), ("cli", "old"), ("cli", "new")]
