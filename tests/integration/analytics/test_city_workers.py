"""Workers in processes of their own: killed, gone for good, without their cluster."""

import errno
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from attrs import define
from sqlalchemy import create_engine, make_url, text
from tests.eventually import eventually
from tests.halting import halt

from adapters.analytics.city_batch import CityBatch
from adapters.analytics.engines import DuckDbEngine
from adapters.analytics.sail_server import LOCAL, sail
from entrypoints.cities.advising import AS_OF, advice
from entrypoints.cities.running import (
    DEATHS_IN_A_ROW,
    TRIES,
    CitiesNotDone,
    Run,
    carried_out,
)
from entrypoints.cities.worker import Work, kind_of
from entrypoints.container.cities import (
    Pace,
    asked_of,
    begin,
    city_store,
    documents_of,
    sample_cities,
)
from entrypoints.container.city_queues import city_queue
from supervision_core.assessment.model import FactDefinition, FactType
from supervision_core.testing.assessment import Choices

from .damaging import damage
from .engine_facts import small_model

KILLS = max(2, int(os.environ.get("SUPERVISION_KILLS", "20")) // 10)
SUBJECTS = 140_000
DOCUMENTS = documents_of(small_model(FactDefinition("n", "数", FactType.INTEGER)))


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the facts of 14 cities."""
    folder = tmp_path_factory.mktemp("facts")
    sample_cities(folder, asked_of(DOCUMENTS, AS_OF), SUBJECTS)
    return folder


def started(facts: Path, out: Path, as_of: date = AS_OF) -> CityBatch:
    """Begin a batch."""
    return begin(city_store(str(facts)), city_store(str(out)), DOCUMENTS, as_of, None)


@pytest.fixture(scope="module")
def wanted(facts: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the SM3 of the batch done without workers."""
    folder = tmp_path_factory.mktemp("alone")
    batch = started(facts, folder / "out")
    for city in batch.open():
        batch.assess(city, DuckDbEngine(), folder)
    return batch.finish()


@pytest.fixture
def queue(postgres_dsn: str) -> Iterator[str]:
    """Give the address of a store of queues that is empty."""
    yield postgres_dsn
    engine = create_engine(postgres_dsn)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA IF EXISTS dbos CASCADE"))
    engine.dispose()


@define
class Killing:
    """Kills the workers of a run, one after the other and at any moment.

    Where a slow machine gets no city done between deaths, it waits before the run gives up.
    """

    run: Run
    left: int
    over: Event
    _in_a_row: int = 0
    _done: int = 0

    def kill(self) -> None:
        """Kill until none is left to be killed, or the run is over."""
        moments = Choices(self.left)
        while self.left and not self.over.is_set():
            time.sleep(moments.number(400) / 1000)
            ready = [worker for worker in self.run.workers if worker.ready]
            if (done := len(self.run.batch.done())) != self._done:
                self._done, self._in_a_row = done, 0
            if ready and self._in_a_row < DEATHS_IN_A_ROW and not self.over.is_set():
                victim = moments.one_of(ready)
                victim.ready = False
                victim.process.kill()
                self.left -= 1
                self._in_a_row += 1


def test_workers_killed_at_any_moment_give_the_same_result(
    facts: Path, wanted: str, queue: str, tmp_path: Path
) -> None:
    """``kill -9`` of workers while they work; whoever comes after them goes on: the SM3 stays."""
    left, rounds = KILLS, 0
    while left and rounds < KILLS + 2:
        rounds += 1
        batch = started(facts, tmp_path / f"out-{rounds}")
        run = Run(batch, Work(batch.results.place, queue, ""), 2, _nothing, patience=15)
        killing = Killing(run, left, Event())
        thread = Thread(target=killing.kill)
        thread.start()
        try:
            carried_out(run, _nothing)
        finally:
            killing.over.set()
            thread.join()
        assert batch.finish() == wanted, rounds
        left = killing.left
    assert not left


def _nothing(_: Any) -> None:
    """Take no notice."""


_HOLDS = (
    "import sys, time; from entrypoints.container.city_queues import city_queue; "
    "queue = city_queue(sys.argv[1], sys.argv[2], 'elsewhere-1', takes=True); "
    "queue.start(lambda _: time.sleep(3600)); time.sleep(3600)"
)
"""A worker on another machine that takes a city and never gets it done."""


@pytest.mark.slow
def test_a_city_of_somebody_gone_for_good_is_done_by_others(
    facts: Path, wanted: str, tmp_path: Path
) -> None:
    """A worker elsewhere dies with a city in its hands: after a while it is handed out again."""
    address = f"sqlite:///{tmp_path / 'queue.db'}"
    batch = started(facts, tmp_path / "out")
    here = city_queue(address, batch.name, "here", takes=False)
    here.start(_nothing)
    here.put([f"{batch.name}/{city}@0" for city in batch.open()])
    here.stop()
    words = [sys.executable, "-c", _HOLDS, address, batch.name]
    with subprocess.Popen(words) as gone:  # noqa: S603 - our own words
        try:
            eventually(lambda: _held(address, "elsewhere-1") == 1)
        finally:
            gone.kill()
    run = Run(batch, Work(batch.results.place, address, ""), 1, _nothing, patience=1)
    carried_out(run, _nothing)
    assert batch.finish() == wanted


def _held(address: str, worker: str) -> int:
    engine = create_engine(make_url(address))
    asked = (
        "SELECT count(*) FROM workflow_status WHERE status = 'PENDING' AND executor_id = :worker"
    )
    with engine.connect() as connection:
        found: int = connection.execute(text(asked), {"worker": worker}).scalar_one()
    engine.dispose()
    return found


def test_what_no_worker_can_do_ends_the_batch_and_keeps_the_rest(
    facts: Path, tmp_path: Path
) -> None:
    """A damaged file is refused; one that is not there is tried three times, and told."""
    own, told = tmp_path / "facts", list[str]()
    own.mkdir()
    for city in ("450600", "451100", "451300"):
        shutil.copy(facts / f"{city}.parquet", own)
    damage(own / "450600.parquet")
    batch = started(own, tmp_path / "out")
    (own / "451100.parquet").unlink()
    work = Work(batch.results.place, f"sqlite:///{tmp_path / 'queue.db'}", "")
    with pytest.raises(CitiesNotDone) as ended:
        carried_out(Run(batch, work, 1, told.append), _nothing)
    assert batch.done() == ["451300"]
    assert told == ["451100 没有做成（FileNotFoundError）"] * TRIES
    said = [f"{one.at} {one.code}" for one in ended.value.reasons]
    assert kind_of(OSError(errno.ENOSPC, "/srv/某人")) == "OSError ENOSPC"
    assert said == [" cities.tried_in_vain", "450600.parquet analytics.file_unreadable"]


@pytest.mark.slow
def test_a_cluster_gives_the_same_bytes_and_so_does_its_absence(
    facts: Path, wanted: str, tmp_path: Path
) -> None:
    """By Sail, and where Sail stops in the middle: who asked is told, and goes on alone."""
    told: list[str] = []
    with sail(LOCAL) as served:
        for name, stops in (("there", False), ("stops", True)):
            batch = started(facts, tmp_path / name)
            if stops:
                for city in batch.open()[3:]:
                    batch.assess(city, DuckDbEngine(), tmp_path)
                halt(served.process)
            address = f"sqlite:///{tmp_path / f'{name}.db'}"
            seconds = 2.0 if stops else 60.0
            work = Work(batch.results.place, address, "", served.address, seconds)
            carried_out(Run(batch, work, 1, told.append), _nothing)
            assert batch.finish() == wanted, name
            assert bool(told) is stops
    assert "本机仍可评价" in told[0]


@pytest.mark.slow
def test_a_damaged_file_says_nothing_against_the_cluster(facts: Path, tmp_path: Path) -> None:
    """Its city is refused, and the next one is given to the cluster again."""
    own, told = tmp_path / "facts", list[str]()
    own.mkdir()
    for city in ("450600", "451100", "451300"):
        shutil.copy(facts / f"{city}.parquet", own)
    damage(own / "450600.parquet")
    batch = started(own, tmp_path / "out")
    with sail(LOCAL) as served:
        address = f"sqlite:///{tmp_path / 'queue.db'}"
        work = Work(batch.results.place, address, "", served.address, 60.0)
        carried_out(Run(batch, work, 1, told.append), _nothing)
    assert batch.done() == ["451100", "451300"]
    assert told == []
    assert [one.code for one in batch.refusals()] == ["analytics.file_unreadable"]


class _Reopened:
    """A batch of which another machine opens a city anew while one is waited for."""

    name = "batch"

    def __init__(self) -> None:
        self._open = iter((["450100"], ["450200"], []))

    def open(self) -> list[str]:
        return next(self._open)


class _Queue:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def put(self, ids: Iterable[str]) -> None:
        self.given += ids


def test_a_city_that_was_opened_anew_is_handed_out() -> None:
    """Whoever hands out goes by what is open now, not by what was when he began."""
    queue: Any = _Queue()
    batch: Any = _Reopened()
    told: list[str] = []
    Run(batch, Work("", "", ""), 0, told.append).carry_out(queue, _nothing)
    assert queue.given == ["batch/450100@0", "batch/450200@1"]


def test_when_a_second_machine_pays() -> None:
    """Where one takes longer than people wait, and by what it would save; else from how many."""
    pace = Pace(begins=0.5, million=20.0, cores=2)
    small, large = advice(pace, 1_000_000), advice(pace, 100_000_000)
    assert (small.pays, large.pays) == (False, True)
    assert small.pays_from == 59_650_000
    assert large.seconds == pytest.approx(1003.5)
    assert large.saved == pytest.approx(1003.5 / 2 - 10)
    assert not advice(pace, 59_640_000).pays
    assert advice(pace, 59_660_000).pays
