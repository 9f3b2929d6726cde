"""R1: what was acknowledged outlives the power."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from adapters.sql.engine.database import open_engine
from entrypoints.container import open_platform

from . import cluster as servers
from .cluster import Cluster, NotStarting
from .disk import Disk, disk, why_not
from .oracle import faults
from .running import WEAK, Workers, moment
from .workload import ACTOR

CUTS = int(os.environ.get("SUPERVISION_CUTS", "60"))
SERVER_CUTS = max(CUTS // 10, 2)
MOST = 40

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")]


@pytest.fixture(scope="module")
def own_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Disk]:
    """Give a disk whose power can be cut."""
    with disk(tmp_path_factory.mktemp("power"), 128) as made:
        yield made


@pytest.fixture(scope="module")
def crew(tmp_path_factory: pytest.TempPathFactory) -> Workers:
    """Give workers."""
    return Workers(tmp_path_factory.mktemp("lines"))


def cut_sqlite(own: Disk, template: Path, seed: int, crew: Workers) -> list[str]:
    """Cut the power under a workload at a moment of the seed; say what is wrong afterwards."""
    chance = moment(seed)
    own.clear()
    shutil.copy(template, own.at / "a.db")
    os.sync()
    url = f"sqlite:///{own.at / 'a.db'}"
    working = crew.start(url, seed, MOST * 2)
    working.stop_at(chance, MOST, own.cut)
    own.power_on()
    engine = open_engine(url)
    try:
        return faults(engine, ACTOR, seed, working.before_stop)
    finally:
        engine.dispose()


def test_power_cuts_lose_nothing_in_sqlite(own_disk: Disk, template: Path, crew: Workers) -> None:
    """After any power cut every acknowledged command is there whole, and no other is in half."""
    found = {seed: cut_sqlite(own_disk, template, seed, crew) for seed in range(CUTS)}
    assert not {seed: wrong for seed, wrong in found.items() if wrong}


@pytest.mark.parametrize("level", ["NORMAL", "OFF"])
def test_a_database_that_syncs_too_little_is_caught(
    own_disk: Disk, template: Path, level: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same cuts find the loss where SQLite is told to sync less: the harness sees it."""
    monkeypatch.setenv("SUPERVISION_TEST_SYNCHRONOUS", level)
    careless = Workers(tmp_path, WEAK)
    assert any(cut_sqlite(own_disk, template, seed, careless) for seed in range(20))


needs_server = pytest.mark.skipif(bool(servers.why_not()), reason=servers.why_not() or "-")


def cut_postgres(
    own: Disk, server: Cluster, before: Path, seed: int, crew: Workers
) -> tuple[list[str], float]:
    """Cut the power under a server; say what is wrong, and after how many seconds it answered."""
    server.stop()
    own.clear()
    shutil.copytree(before, server.data, copy_function=shutil.copy)
    for path in (server.data, *server.data.rglob("*")):
        shutil.chown(path, "postgres", "postgres")
    server.data.chmod(0o700)
    os.sync()
    server.start()
    working = crew.start(server.url, seed, MOST * 2)
    working.stop_at(moment(seed), MOST, own.cut)
    server.kill()
    own.power_on()
    took = server.start()
    engine = open_engine(server.url)
    try:
        return faults(engine, ACTOR, seed, working.before_stop), took
    finally:
        engine.dispose()
        server.stop()


@pytest.fixture(scope="module")
def server_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Disk]:
    """Give a disk for servers."""
    with disk(tmp_path_factory.mktemp("power"), 512) as made:
        yield made


@pytest.fixture(scope="module")
def before(server_disk: Disk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a server with every table, to be copied."""
    with servers.cluster(server_disk.at / "first") as first:
        first.create()
        first.start()
        open_platform(first.url).engine.dispose()
        first.stop()
        kept = tmp_path_factory.mktemp("server") / "data"
        shutil.copytree(first.data, kept, ignore=shutil.ignore_patterns(".s.*", "postmaster.pid"))
        shutil.rmtree(first.data)
    return kept


@needs_server
def test_power_cuts_lose_nothing_in_postgresql(
    server_disk: Disk, before: Path, crew: Workers
) -> None:
    """The same of PostgreSQL as it is set up by itself; it answers again within 15 seconds."""
    with servers.cluster(server_disk.at / "data") as server:
        for seed in range(SERVER_CUTS):
            wrong, took = cut_postgres(server_disk, server, before, seed, crew)
            assert (seed, wrong) == (seed, [])
            assert took <= 15


@needs_server
@pytest.mark.parametrize("setting", ["fsync=off", "synchronous_commit=off"])
def test_a_server_that_syncs_too_little_is_caught(
    server_disk: Disk, before: Path, setting: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With either setting off the same cuts find a loss, or a server that does not start again."""
    monkeypatch.setenv("SUPERVISION_TEST_SYNCHRONOUS", "FULL")
    careless, data = Workers(tmp_path, WEAK), server_disk.at / "data"
    with servers.cluster(data, setting, "wal_writer_delay=10s") as server:
        assert any(lost_or_broken(server_disk, server, before, s, careless) for s in range(6))


def lost_or_broken(own: Disk, server: Cluster, before: Path, seed: int, crew: Workers) -> bool:
    """Tell whether a cut lost something, or left nothing that could be opened."""
    try:
        wrong, _ = cut_postgres(own, server, before, seed, crew)
    except (NotStarting, DBAPIError):
        server.kill()
        own.power_on()
        return True
    return bool(wrong)
