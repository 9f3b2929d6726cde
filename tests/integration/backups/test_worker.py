"""A backup that takes long holds nobody up, and ends at once when the worker is told to stop."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from attrs import evolve
from sqlalchemy import Engine, event
from tests.eventually import eventually
from tests.integration.backups.filling import tag

from adapters.crypto.platform_keys import PlatformKeys
from entrypoints.container import Platform, backups_in, open_platform
from entrypoints.worker.anchoring import AnchorJob
from entrypoints.worker.backing import BackupJob
from entrypoints.worker.loop import Job, Worker
from supervision_core.audit.model import AnchorPolicy

ANCHORED = timedelta(seconds=0.4)
PAUSE = 0.05
"""Seconds before each statement of the backup; it asks of each table."""
Run = Callable[[Sequence[Job], Event], object]


@pytest.fixture
def platform(tmp_path: Path, platform_keys: PlatformKeys) -> Iterator[Platform]:
    """Give a platform whose clock goes."""
    made = open_platform(f"sqlite:///{tmp_path}/w.db", keys=platform_keys)
    yield made
    made.engine.dispose()


def slowed(job: Job, engine: Engine) -> Job:
    """Give a job whose statements take their time."""
    its = threading.local()

    def wait(*_: object) -> None:
        if getattr(its, "runs", False):
            time.sleep(PAUSE)

    def run() -> None:
        its.runs = True
        try:
            job.run()
        finally:
            its.runs = False

    event.listen(engine, "before_cursor_execute", wait)
    return evolve(job, run=run)


def jobs(platform: Platform, folder: Path, stop: Event) -> list[Job]:
    """Give the checkpoints, due after less than half a second, and a slow backup."""
    auditing = platform.auditing()
    anchoring = evolve(auditing.anchoring, policy=AnchorPolicy(every=ANCHORED))
    anchor = AnchorJob(platform, evolve(auditing, anchoring=anchoring)).job()
    backup = BackupJob(platform, folder, stop).job()
    return [evolve(anchor, every=ANCHORED / 4), slowed(backup, platform.engine)]


def in_turn(jobs: Sequence[Job], stop: Event) -> None:
    """Run each when the one before has ended: one loop for all."""
    while not stop.is_set():
        for job in jobs:
            job.run()
        time.sleep(0.05)


def size(platform: Platform) -> int:
    """Give how many rows the last checkpoint covers."""
    return platform.auditing().anchoring.anchored_size()


def checkpoints_meanwhile(platform: Platform, folder: Path, run: Run) -> int:
    """Count the checkpoints while one backup is being made and rows are written."""
    stop = Event()
    running = Thread(target=run, args=(jobs(platform, folder, stop), stop))
    running.start()
    seen: set[int] = set()
    number = 0
    try:
        eventually(folder.exists)
        began = time.monotonic()
        while not list(folder.glob("*/head.json")):
            tag(platform, f"写{number}")
            number += 1
            seen.add(size(platform))
            time.sleep(0.05)
        assert time.monotonic() - began > 2 * ANCHORED.total_seconds()
    finally:
        stop.set()
        running.join()
    assert number > 2
    return len(seen) - 1


def test_checkpoints_keep_coming_while_a_backup_is_made(platform: Platform, tmp_path: Path) -> None:
    """A backup of more than two intervals: a checkpoint in each of them, over the rows just in."""
    tag(platform, "前")
    count = checkpoints_meanwhile(
        platform, tmp_path / "b", lambda jobs, stop: Worker(jobs).run(stop)
    )
    assert count >= 2
    (head,) = backups_in(tmp_path / "b", platform.keys, platform.clock).heads()
    assert head.rows


def test_in_one_loop_checkpoints_wait_for_the_backup(platform: Platform, tmp_path: Path) -> None:
    """Negative control: with all jobs in turn none comes until the backup is made."""
    tag(platform, "前")
    assert checkpoints_meanwhile(platform, tmp_path / "b", in_turn) == 0


def test_told_to_stop_a_backup_breaks_off(platform: Platform, tmp_path: Path) -> None:
    """All threads end, nothing is left of the backup, and none of it counts as a failure."""
    stop = Event()
    working = Worker(jobs(platform, tmp_path / "b", stop), tmp_path / "h.json")
    running = Thread(target=working.run, args=(stop,))
    running.start()
    eventually(lambda: list((tmp_path / "b").glob("*/*")))
    stop.set()
    running.join()
    assert not running.is_alive()
    assert list((tmp_path / "b").iterdir()) == []
    assert working.healthy
