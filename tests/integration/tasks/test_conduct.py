"""What follows from a visit: two officers form its result, and each firm comes to an end (§14)."""

from datetime import timedelta

import pytest

from adapters.crypto.platform_keys import PlatformKeys
from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from supervision_core.kernel.errors import NotFound
from supervision_core.tasks.model.presence import SignatureRefused, WaiverGround
from supervision_core.tasks.model.visit import VisitState
from supervision_core.tasks.ports import Publications, Visits
from supervision_core.tasks.services.tasks import NameTask, close_part
from supervision_core.tasks.services.visits import (
    CompleteVisit,
    ConfirmRecord,
    DecideUnvisited,
    NameVisit,
    ReopenRecord,
    ReportUnvisited,
    SignVisit,
    complete_visit,
    confirm_record,
    confirm_unvisited,
    decide_unvisited,
    reopen_record,
    report_unvisited,
    sign_visit,
)
from supervision_core.tasks.services.warnings import WarningRound
from supervision_core.testing.tasks import LEAD

from .test_cycle import BESIDE, _dispatched, _inspect, _refused, _World, _world_on, keep_world


@pytest.fixture
def world(platform_keys: PlatformKeys) -> _World:
    """Give the office."""
    made = _world_on(memory_transactions(MemoryStore(), BESIDE), platform_keys)
    keep_world(made)
    return made


def _completed(world: _World, visit: str) -> None:
    """Let one officer do everything: check, sign for a refusal, complete."""
    _inspect(world, visit)
    party = SignatureRefused(reason="拒签", witness="王五")
    world.run("lead-1", sign_visit, SignVisit(visit_id=visit, party=party))
    world.run("lead-1", complete_visit, CompleteVisit(visit_id=visit))


def _published(world: _World, visit: str) -> bool:
    with world.commands.transactions.begin_reading() as unit:
        try:
            unit[Publications].get(visit)
        except NotFound:
            return False
    return True


def test_what_one_officer_did_alone_counts_for_nothing(world: _World) -> None:
    """Finding 7: a check of two officers took one of them 30 s at a desk.

    No term of publication runs, nothing becomes a fact, and the part is not closed.
    """
    task, (visit, _) = _dispatched(world)
    _completed(world, visit)
    assert not _published(world, visit)
    assert "last_checked_on" not in world.facts("subject-1")
    assert "tasks.visits_open" in _refused(world, "farm-0", close_part, NameTask(task_id=task))
    assert _refused(world, "lead-1", confirm_record, ConfirmRecord(visit_id=visit)) == [
        "tasks.confirmed_by_recorder"
    ]
    world.run("farm-1", confirm_record, ConfirmRecord(visit_id=visit))
    assert _published(world, visit)
    assert "last_checked_on" in world.facts("subject-1")


def test_the_head_is_called_on_after_two_working_days(world: _World) -> None:
    """What nobody confirms does not lie about: the head gives it back, or has it confirmed."""
    _, (visit, _) = _dispatched(world)
    _completed(world, visit)
    clock = world.clock
    for days, called in ((2, False), (1, True)):
        clock.moment += timedelta(days=days)
        WarningRound(world.commands.transactions, clock).run()
        with world.commands.transactions.begin_reading() as unit:
            assert unit[Visits].get(visit).leader_called is called
    world.run("lead-9", reopen_record, ReopenRecord(visit_id=visit, reason="请两人重新核对"))
    with world.commands.transactions.begin_reading() as unit:
        assert unit[Visits].get(visit).state is VisitState.STARTED


def test_a_firm_that_is_gone_ends_lawfully_unvisited(world: _World) -> None:
    """§14: ground, evidence of the place, second officer, leader; then nothing of it is open."""
    task, (visit, other) = _dispatched(world)
    photo = world.sends("lead-1", "大门.txt")
    report = ReportUnvisited(
        visit_id=visit, ground=WaiverGround.GONE, note="查无此处", evidence=(photo,)
    )
    world.run("lead-1", report_unvisited, report)
    assert world.sees("farm-1", visit, photo)
    assert _refused(world, "lead-1", confirm_unvisited, NameVisit(visit_id=visit)) == [
        "tasks.waiver_confirmed_by_reporter"
    ]
    world.run("farm-1", confirm_unvisited, NameVisit(visit_id=visit))
    world.run("lead-9", decide_unvisited, DecideUnvisited(visit_id=visit, granted=True))
    assert not _published(world, visit)
    _completed(world, other)
    world.run("farm-1", confirm_record, ConfirmRecord(visit_id=other))
    world.run("lead-0", close_part, NameTask(task_id=task), LEAD)
