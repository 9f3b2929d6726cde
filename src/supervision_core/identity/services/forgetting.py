"""Forgetting what the platform writes for itself and nobody needs after half a year."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from supervision_core.identity.ports import DoneCommands, StationMessages
from supervision_core.kernel.days import local_day
from supervision_core.kernel.ports import Clock, Transactions, UnitOfWork

KEPT_FOR: Final = timedelta(days=183)
"""As long as the log at least. Source: proposal 617."""
AT_ONCE: Final = 1_000
"""What is forgotten in one transaction: nobody waits long to write."""


def forget_messages(transactions: Transactions, clock: Clock) -> int:
    """Delete the messages of more than half a year ago, read or not; tell how many.

    What is to be done stands in to-dos, what happened in the log.
    """
    before = clock.now() - KEPT_FOR
    return _forgotten(transactions, lambda unit: unit[StationMessages].forget(before, AT_ONCE))


def forget_done(transactions: Transactions, clock: Clock, *, but: str) -> int:
    """Delete what commands of more than half a year ago were answered; tell how many.

    Whoever sends one again after that has it carried out again. Not those of the actor ``but``: the
    steps of an installation are known by their keys for good.
    """
    before = local_day(clock.now() - KEPT_FOR)
    return _forgotten(
        transactions, lambda unit: unit[DoneCommands].forget(before, AT_ONCE, but=but)
    )


def _forgotten(transactions: Transactions, forget: Callable[[UnitOfWork], int]) -> int:
    total, gone = 0, AT_ONCE
    while gone == AT_ONCE:
        with transactions.begin() as unit:
            gone = forget(unit)
            unit.commit()
        total += gone
    return total
