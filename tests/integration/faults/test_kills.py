"""R2: what was acknowledged outlives every process, whoever is killed."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from adapters.sql.engine.database import open_engine
from entrypoints.container import open_platform

from . import cluster as servers
from .cluster import Cluster
from .oracle import faults
from .running import Workers, moment, workers
from .workload import ACTOR

KILLS = int(os.environ.get("SUPERVISION_KILLS", "100"))
MOST = 40
APART = Path(__file__).with_name("apart.py")

pytestmark = pytest.mark.slow


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
def crew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    """Give workers."""
    with workers(tmp_path_factory.mktemp("lines")) as made:
        yield made


def test_a_killed_process_loses_nothing(template: Path, tmp_path: Path, crew: Workers) -> None:
    """Killed at any moment and told again, every command is done once and answers as before."""
    found = {seed: kill_sqlite(template, tmp_path, seed, crew) for seed in range(KILLS)}
    assert not {seed: wrong for seed, wrong in found.items() if wrong}


def test_a_log_kept_apart_is_caught(template: Path, tmp_path: Path) -> None:
    """A log that commits in a transaction of its own is found by the same kills."""
    with workers(tmp_path, APART) as broken:
        assert any(kill_sqlite(template, tmp_path, seed, broken) for seed in range(40))


def until_answering(ask: Callable[[], list[str]]) -> list[str]:
    """Ask again until the server has recovered, at most 15 seconds."""
    until = time.monotonic() + 15
    while True:
        try:
            return ask()
        except OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    """Give a server that runs, with every table."""
    folder = Path(tempfile.mkdtemp(prefix="supervision-server-"))
    folder.chmod(0o755)
    with servers.cluster(folder / "data") as made:
        made.create()
        made.start()
        open_platform(made.url).engine.dispose()
        yield made
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.skipif(bool(servers.why_not()), reason=servers.why_not() or "-")
def test_killed_backends_and_servers_lose_nothing(server: Cluster, crew: Workers) -> None:
    """A backend or the whole server of PostgreSQL is killed under a workload, again and again.

    All work on one database; after each kill everything acknowledged so far is there, and the
    server answers within 15 seconds.
    """
    for seed in range(max(KILLS // 10, 4)):
        chance = moment(seed)
        working = crew.start(server.url, seed, MOST * 2)
        working.wait_until_ready()
        working.wait_for(chance.randrange(1, MOST))
        time.sleep(chance.random() * 0.02)
        whole = seed % 2 == 0
        server.kill(None if whole else server.processes()[-1:])
        if not whole:  # the others follow, and the server recovers by itself
            working.kill()
        else:
            working.wait()
            assert server.start() <= 15
        engine = open_engine(server.url)
        ask = partial(faults, engine, ACTOR, seed, working.acknowledged)
        wrong = until_answering(ask)
        engine.dispose()
        assert (seed, wrong) == (seed, [])
