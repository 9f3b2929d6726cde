"""R10: a full disk refuses what is new, keeps what is there, and with room again all goes on."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import pytest
from attrs import evolve
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from tests.integration.http.conftest import client_of
from tests.integration.http.province import SETTINGS, populate
from tests.integration.http.test_stores import DEPARTMENTS, bearer, new

from adapters.sql.backups import SqlDatabase
from adapters.sql.engine.database import open_engine
from entrypoints.container import Platform, backups_in, open_platform
from entrypoints.http.app import make_app
from supervision_core.identity.services import Commands, UseCase
from supervision_core.kernel.backups import BackupKind
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.registers import EntryInvalid

from . import cluster as servers
from .oracle import faults
from .running import moment
from .small_disk import SmallDisk, small_disk, why_not
from .workload import ACTOR, Workload

CYCLES = int(os.environ.get("SUPERVISION_FULL_DISKS", "2"))
MOST = 60
Answer = TypeVar("Answer")

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")


@pytest.fixture
def disk() -> Iterator[SmallDisk]:
    """Give a small disk, with room for what SQLite keeps beside the file."""
    with small_disk(96) as made:
        yield made


@pytest.fixture
def platform(disk: SmallDisk, template: Path) -> Iterator[Platform]:
    """Give a platform whose SQLite database lies on it."""
    shutil.copy(template, disk.at / "a.db")
    made = open_platform(f"sqlite:///{disk.at}/a.db")
    yield made
    made.engine.dispose()


class Run:
    """Commands of a seed, and what was acknowledged of them."""

    def __init__(self, platform: Platform, seed: int) -> None:
        """Run on ``platform``."""
        self.acknowledged: dict[int, str] = {}
        self._platform, self._seed = platform, seed

    def until_full(self) -> None:
        """Work until the disk is full: a clean refusal, by the driver's own class."""
        work = Workload(self._platform, self._seed, 10**6, self._said)
        with pytest.raises(OperationalError, match=r"disk is full|No space left"):
            work.run()

    def on(self) -> None:
        """Work on, from the beginning: what was done answers as it did."""
        more = len(self.acknowledged) + MOST
        Workload(self._platform, self._seed, more, self._said).run()
        assert len(self.acknowledged) >= more

    def faults(self, engine: Engine) -> list[str]:
        """Give what is lost or in half."""
        return faults(engine, ACTOR, self._seed, self.acknowledged)

    def _said(self, number: int, answer: str) -> None:
        assert self.acknowledged.setdefault(number, answer) == answer


def cycle(platform: Platform, disk: SmallDisk, seed: int) -> None:
    """Fill the disk under work, read while it is full, make room, work on."""
    run = Run(platform, seed)
    run.on()
    disk.fill(leave=moment(seed).randrange(200))
    run.until_full()
    disk.fill()
    assert disk.is_full
    with pytest.raises(OperationalError):
        run.on()
    assert run.faults(platform.engine) == []  # reads every table
    disk.free()
    run.on()
    assert run.faults(platform.engine) == []


def test_a_full_disk_loses_nothing_in_sqlite(platform: Platform, disk: SmallDisk) -> None:
    """Commands are refused whole, reading goes on, and with room again the same process works."""
    for seed in range(CYCLES):
        cycle(platform, disk, seed)


@pytest.mark.slow
@pytest.mark.skipif(bool(servers.why_not()), reason=servers.why_not() or "-")
def test_a_full_disk_loses_nothing_in_postgresql() -> None:
    """The same of a server whose data disk is full, its log of changes on a disk of its own."""
    with small_disk(96) as data, small_disk(160) as log:
        settings = ("max_wal_size=64MB", "min_wal_size=32MB")
        with servers.cluster(data.at / "data", *settings) as server:
            server.create()
            shutil.move(server.data / "pg_wal", log.at / "pg_wal")
            for path in (log.at / "pg_wal", *(log.at / "pg_wal").rglob("*")):
                shutil.chown(path, "postgres", "postgres")
            (server.data / "pg_wal").symlink_to(log.at / "pg_wal")
            server.start()
            made = open_platform(server.url)
            for seed in range(max(CYCLES // 4, 1)):
                cycle(made, data, seed)
            made.engine.dispose()


class Hopeful(Commands):
    """Commands that take an error of the disk for a success."""

    def run(self, case: UseCase[Any, Answer], command: Any, **more: Any) -> Answer:
        """Answer whatever happens."""
        try:
            return super().run(case, command, **more)
        except OperationalError:
            return "done"  # type: ignore[return-value]  # the fault


def test_acknowledging_what_was_not_stored_is_caught(platform: Platform, disk: SmallDisk) -> None:
    """Negative control: where the error is swallowed, the same oracle tells what is lost."""
    old = platform.commands
    hopeful = Hopeful(old.transactions, old.clock, old.ids)
    run = Run(evolve(platform, commands=hopeful), 1)
    run.on()
    disk.fill()
    with suppress(NotFound, EntryInvalid):  # what was never stored
        run.on()
    disk.free()
    assert any("was acknowledged and is lost" in one for one in run.faults(platform.engine))


def test_a_full_disk_under_backups_leaves_none(
    platform: Platform, disk: SmallDisk, tmp_path: Path
) -> None:
    """A backup that finds no room is removed and makes room; nothing lists it."""
    Run(platform, 3).on()
    backups = backups_in(disk.at / "backups", platform.keys, platform.clock)
    disk.fill(leave=12)
    with pytest.raises(OSError, match="No space left"):
        backups.make(SqlDatabase(platform.engine), BackupKind.FULL)
    assert (backups.heads(), list(backups.store.backups())) == ([], [])
    disk.free()
    made = backups.make(SqlDatabase(platform.engine), BackupKind.FULL)
    target = open_engine(f"sqlite:///{tmp_path}/r.db")
    assert backups.restore(made.id, SqlDatabase(target)).rows == made.rows
    target.dispose()


def test_a_full_disk_under_a_restoration_leaves_nothing(
    platform: Platform, disk: SmallDisk, tmp_path: Path
) -> None:
    """The target is as empty as before, and takes the backup when there is room."""
    Run(platform, 4).on()
    backups = backups_in(tmp_path / "backups", platform.keys, platform.clock)
    made = backups.make(SqlDatabase(platform.engine), BackupKind.FULL)
    target = open_engine(f"sqlite:///{disk.at}/r.db")
    with target.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one() == 0
    disk.fill(leave=40)
    with pytest.raises(OperationalError, match="full"):
        backups.restore(made.id, SqlDatabase(target))
    disk.free()
    assert backups.restore(made.id, SqlDatabase(target)).rows == made.rows
    target.dispose()


def test_http_says_that_there_is_no_room(platform: Platform, disk: SmallDisk) -> None:
    """507 for what writes, never 500; lists are read as before; with room again it is stored."""
    province = populate(platform, transactions=platform.transactions)
    with client_of(make_app(province.platform, SETTINGS)) as client:
        headers, sent = bearer(province, "system"), new("new-1")
        listed = client.get(DEPARTMENTS, headers=headers)
        assert listed.status_code == 200
        disk.fill()
        refused = client.post(DEPARTMENTS, json=sent, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (507, "http.store_full")
        assert client.get(DEPARTMENTS, headers=headers).json() == listed.json()
        disk.free()
        assert client.post(DEPARTMENTS, json=sent, headers=headers).status_code == 201
