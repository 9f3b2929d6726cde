"""R2: what was acknowledged outlives every process, whoever is killed."""

import shutil
from functools import partial
from pathlib import Path

import pytest

from adapters.sql.engine.database import open_engine
from entrypoints.container import open_platform

from .cluster import Cluster, until_answering
from .oracle import faults
from .running import KILLS, RECOVERY, Workers, moment, some_of
from .workload import ACTOR

MOST = 20
APART = Path(__file__).with_name("apart.py")


def kill_sqlite(template: Path, folder: Path, seed: int, crew: Workers) -> list[str]:
    """Kill a workload at a moment of the seed and let it go on; say what is wrong each time."""
    chance, database = moment(seed), folder / "a.db"
    shutil.copy(template, database)
    url = f"sqlite:///{database}"
    first = crew.start(url, seed, MOST * 2)
    first.stop_at(chance, MOST, lambda: None)
    second = crew.start(url, seed, MOST * 2)
    second.wait()
    engine = open_engine(url)
    try:
        wrong = faults(engine, ACTOR, seed, second.acknowledged)
    finally:
        engine.dispose()
    for path in folder.glob("a.db*"):
        path.unlink()
    if second.said[-1] != "done\n":
        wrong.append(f"does not go on: {second.said}")
    answered = first.acknowledged.items() - second.acknowledged.items()
    return [*wrong, *(f"command {number} answers otherwise" for number, _ in sorted(answered))]


@pytest.fixture(scope="module")
def crew(tmp_path_factory: pytest.TempPathFactory) -> Workers:
    """Give workers."""
    return Workers(tmp_path_factory.mktemp("lines"))


def test_a_killed_process_loses_nothing(template: Path, tmp_path: Path, crew: Workers) -> None:
    """Killed at any moment and told again, every command is done once and answers as before."""
    found = {seed: kill_sqlite(template, tmp_path, seed, crew) for seed in range(KILLS)}
    assert not {seed: wrong for seed, wrong in found.items() if wrong}


def test_a_log_kept_apart_is_caught(template: Path, tmp_path: Path) -> None:
    """A log that commits in a transaction of its own is found by the same kills."""
    broken = Workers(tmp_path, APART)
    assert any(kill_sqlite(template, tmp_path, seed, broken) for seed in range(40))


def test_killed_backends_and_servers_lose_nothing(server: Cluster, crew: Workers) -> None:
    """A backend or the whole server of PostgreSQL is killed under a workload, again and again.

    All work on one database; after each kill everything acknowledged so far is there, and the
    server answers in time.
    """
    url = server.database("commands")
    open_platform(url).engine.dispose()
    for seed in range(some_of(KILLS)):
        working = crew.start(url, seed, MOST * 2)
        assert server.kill_under(working, seed, MOST) <= RECOVERY
        engine = open_engine(url)
        wrong = until_answering(partial(faults, engine, ACTOR, seed, working.acknowledged))
        engine.dispose()
        assert (seed, wrong) == (seed, [])
