"""What is done to one task at the same moment, of which only one may be done: never do both win."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any, Final

import pytest
from attrs import define
from sqlalchemy import Engine, text
from tests.eventually import eventually

from adapters.crypto.platform_keys import PlatformKeys
from adapters.sql.ports import sql_transactions
from adapters.sql.task_queries import SqlRectificationQueries
from adapters.sql.tasks import SqlTasks
from adapters.system import SystemIds
from supervision_core.identity.services import Commands
from supervision_core.kernel.errors import Conflict, Refused
from supervision_core.tasks.model.presence import SignatureRefused
from supervision_core.tasks.model.results import ItemOutcome
from supervision_core.tasks.model.transfer import TransferKind
from supervision_core.tasks.services import rectifications, tasks
from supervision_core.tasks.services.handovers import ReportTransfer, report_transfer
from supervision_core.tasks.services.rectifications import IssueRectification, issue_rectification
from supervision_core.tasks.services.tasks import (
    Consult,
    CreateTask,
    DispatchTask,
    GiveOpinion,
    NameTask,
    close_part,
    consult,
    create_task,
    dispatch_task,
    end_consultation,
    give_opinion,
)
from supervision_core.tasks.services.visits import (
    OpenVisits,
    SignVisit,
    open_visits,
    sign_visit,
)

from .test_cycle import (
    BESIDE,
    _dispatched,
    _finish,
    _inspect,
    _order,
    _sheet,
    _World,
    _world_on,
    keep_world,
)

_WAITING: Final = text(
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
_REFUSAL: Final = SignatureRefused(reason="拒签", witness="王五")


@define
class _Race:
    """Two who act by connections of their own, the second while the first is in the middle."""

    engine: Engine
    world: _World
    task: str
    visit: str
    inside: threading.Event
    over: threading.Event

    def pausing(self, done: Callable[..., Any]) -> Callable[..., Any]:
        """Let the first wait once it has come so far, until the second is over or waits for it."""

        def paused(*given: Any, **named: Any) -> Any:
            found = done(*given, **named)
            if not self.inside.is_set():
                self.inside.set()
                eventually(lambda: self.over.is_set() or self._is_waited_for())
            return found

        return paused

    def _is_waited_for(self) -> bool:
        with self.engine.connect() as connection:
            return bool(connection.execute(_WAITING).all())

    def close(self) -> str:
        """Close the part of the farm department."""
        return self._fared("farm-0", close_part, NameTask(task_id=self.task))

    def order(self) -> str:
        """Order what it found to be put right."""
        command = IssueRectification(visit_id=self.visit, number="责改〔2026〕1号", days=10)
        return self._fared("farm-1", issue_rectification, command)

    def dispatch(self) -> str:
        """Send the task out, urgent, with the visits that it has."""
        return self._fared(
            "lead-0", dispatch_task, DispatchTask(task_id=self.task, urgent_because="急")
        )

    def open(self) -> str:
        """Set up a visit more."""
        return self._fared(
            "lead-0", open_visits, OpenVisits(task_id=self.task, orders=(_order("subject-2"),))
        )

    def _fared(self, user: str, case: Any, command: Any) -> str:
        try:
            self.world.run(user, case, command)
        except (Refused, Conflict) as refused:
            return ",".join(one.code for one in refused.reasons)
        return "won"

    def run(self, first: Callable[[], str], second: Callable[[], str]) -> tuple[str, str]:
        """Let the second begin when the first is in the middle; tell how both fared."""
        with ThreadPoolExecutor(1) as thread:
            running = thread.submit(first)
            eventually(lambda: self.inside.is_set() or running.done())
            try:
                told = second()
            finally:
                self.over.set()
            return running.result(), told


def _opened(engine: Engine, keys: PlatformKeys) -> _World:
    opened = sql_transactions(engine, BESIDE)
    world = _world_on(opened, keys)
    keep_world(world)
    world.commands = Commands(opened, world.clock, SystemIds())
    return world


@pytest.fixture
def prepared(postgres_engine: Engine, platform_keys: PlatformKeys) -> _Race:
    """Give a task that has a visit, and may have more before it goes out."""
    world = _opened(postgres_engine, platform_keys)
    task = world.run("lead-0", create_task, CreateTask(sheet=_sheet()))
    world.run("lead-0", consult, Consult(task_id=task, due_on=date(2026, 4, 9)))
    world.run("farm-0", give_opinion, GiveOpinion(task_id=task, participates=True))
    world.run("lead-0", end_consultation, NameTask(task_id=task))
    orders = (_order("subject-1"),)
    (visit,) = world.run("lead-0", open_visits, OpenVisits(task_id=task, orders=orders))
    return _Race(postgres_engine, world, task, visit, threading.Event(), threading.Event())


@pytest.fixture
def raced(postgres_engine: Engine, platform_keys: PlatformKeys) -> _Race:
    """Give a task whose checks are over and of which the farm department found something.

    It hands that over as a case, and so may close its part without an order.
    """
    world = _opened(postgres_engine, platform_keys)
    task, visits = _dispatched(world)
    for visit, outcome in zip(visits, (ItemOutcome.FAILED, ItemOutcome.PASSED), strict=True):
        _inspect(world, visit, outcome)
        world.run("lead-1", sign_visit, SignVisit(visit_id=visit, party=_REFUSAL))
        _finish(world, visit)
    handed_over = ReportTransfer(
        visit_id=visits[0], kind=TransferKind.ENFORCEMENT, to="综合行政执法支队",
        reason="收购台账不完整", reporters=("farm-1", "farm-2"),
    )  # fmt: skip
    world.run("farm-1", report_transfer, handed_over)
    return _Race(postgres_engine, world, task, visits[0], threading.Event(), threading.Event())


def test_who_orders_while_the_part_is_closed_is_told(
    raced: _Race, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has counted that nothing is open, and not yet been stored."""
    counting = raced.pausing(SqlRectificationQueries.count_open)
    monkeypatch.setattr(SqlRectificationQueries, "count_open", counting)
    assert raced.run(raced.close, raced.order) == ("won", "tasks.part_is_over")


def test_who_closes_while_a_correction_is_ordered_is_told(
    raced: _Race, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order is written, and not yet to be seen."""
    monkeypatch.setattr(rectifications, "_save", raced.pausing(rectifications._save))
    assert raced.run(raced.order, raced.close) == ("won", "tasks.rectifications_open")


def test_who_orders_the_same_at_the_same_moment_is_told(
    raced: _Race, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first order is written, and not yet to be seen."""
    monkeypatch.setattr(rectifications, "_save", raced.pausing(rectifications._save))
    assert raced.run(raced.order, raced.order) == ("won", "tasks.ordered_already")


def test_the_same_is_ordered_twice_where_neither_waits(
    raced: _Race, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: that is what holding the task is for."""
    monkeypatch.setattr(rectifications, "_save", raced.pausing(rectifications._save))
    monkeypatch.setattr(SqlTasks, "hold", lambda _self, _id: None)
    assert raced.run(raced.order, raced.order) == ("won", "won")


def test_both_win_where_neither_waits(raced: _Race, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: that is what holding the task is for."""
    counting = raced.pausing(SqlRectificationQueries.count_open)
    monkeypatch.setattr(SqlRectificationQueries, "count_open", counting)
    monkeypatch.setattr(SqlTasks, "hold", lambda _self, _id: None)
    assert raced.run(raced.close, raced.order) == ("won", "won")


def test_who_dispatches_while_a_visit_is_opened_is_told(
    prepared: _Race, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The visit is admitted, and not yet to be seen."""
    counting = prepared.pausing(tasks.count_visits)
    monkeypatch.setattr("supervision_core.tasks.services.visits.count_visits", counting)
    assert prepared.run(prepared.open, prepared.dispatch) == ("won", "conflict")


def test_who_dispatches_before_a_visit_is_opened_is_told(
    prepared: _Race, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The visits that it has are counted, and the task is not yet stored."""
    monkeypatch.setattr(tasks, "count_visits", prepared.pausing(tasks.count_visits))
    assert prepared.run(prepared.dispatch, prepared.open) == ("conflict", "won")
