"""同步: asked for, run, ended or broken off; nobody who asked is forgotten."""

from datetime import timedelta

import pytest

from supervision_core.identity.model import (
    SyncConflict,
    SyncCount,
    Synchronisation,
    SyncPart,
    SyncState,
)
from supervision_core.kernel.errors import Violation
from supervision_core.testing.identity import NOON

LATER = NOON + timedelta(minutes=5)
HOURS = timedelta(hours=6)


@pytest.fixture
def one() -> Synchronisation:
    """Give a part that was never taken in."""
    return Synchronisation.of(SyncPart.ROLES)


def test_it_is_due_by_schedule_from_its_last_beginning(one: Synchronisation) -> None:
    """定时: never without a schedule; with one at once, then each time it has passed."""
    assert not one.due(None, at=NOON)
    assert one.due(HOURS, at=NOON)
    one.begin("worker", at=NOON)
    one.fail(Violation("unavailable"), at=LATER)
    assert not one.due(HOURS, at=NOON + HOURS - timedelta(seconds=1))
    assert one.due(HOURS, at=NOON + HOURS)


def test_who_asks_is_served_once(one: Synchronisation) -> None:
    """立即: the first request counts until it has run, also where it could not go on."""
    one.ask("first", at=NOON)
    one.ask("second", at=LATER)
    assert (one.asked_at, one.due(None, at=LATER)) == (NOON, True)
    one.begin("worker", at=LATER)
    assert (one.by, one.state) == ("first", SyncState.RUNNING)
    one.fail(Violation("unavailable"), at=LATER)
    assert (one.state, one.due(None, at=LATER)) == (SyncState.FAILED, False)
    one.begin("worker", at=LATER)
    assert (one.by, one.failure) == ("worker", None)


def test_who_asks_while_it_runs_is_served_by_the_next(one: Synchronisation) -> None:
    """What is asked for after the beginning may not be in this run any more."""
    one.ask("first", at=NOON)
    one.begin("worker", at=NOON)
    one.ask("second", at=LATER)
    one.end((), (), at=LATER)
    assert one.due(None, at=LATER)
    one.begin("worker", at=LATER)
    assert one.by == "second"


def test_a_run_that_dies_is_run_again(one: Synchronisation) -> None:
    """中断: without a word it stays as running, and the request stays."""
    one.ask("first", at=NOON)
    one.begin("worker", at=NOON)
    assert one.state is SyncState.RUNNING
    assert one.due(None, at=LATER)


def test_conflicts_are_kept_up_to_a_limit_and_all_counted(one: Synchronisation) -> None:
    """冲突: 200 are kept, and how many there were."""
    conflict = SyncConflict(what="user", id="4001", violation=Violation("identity.user_deleted"))
    one.begin("cli", at=NOON)
    one.end([SyncCount(what="user", added=1)], [conflict] * 201, at=LATER)
    assert (len(one.conflicts), one.refused, one.counts[0].added) == (200, 201, 1)
    one.begin("cli", at=LATER)
    assert (one.conflicts, one.refused, one.counts) == ((), 0, ())
