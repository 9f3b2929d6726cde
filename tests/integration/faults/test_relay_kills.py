"""R14: killed anywhere, the relay loses no event, tells nobody inside twice, keeps the order."""

import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from adapters.sql.identity.dead_letters import dead_letter
from adapters.sql.identity.station_messages import station_message
from entrypoints.container import Platform, open_platform

from . import cluster as servers
from .cluster import Cluster
from .relay_workload import THINGS, relay_of, written
from .running import Workers, Working, moment, workers
from .test_kills import until_answering

KILLS = int(os.environ.get("SUPERVISION_KILLS", "12"))
PROGRAM = Path(__file__).with_name("relay_workload.py")
APART = Path(__file__).with_name("relay_apart.py")
EVENTS = 40

pytestmark = pytest.mark.slow


def told_outside(folder: Path) -> list[int]:
    """Give what the receiver outside was told, over all processes, in the order of the files."""
    said = []
    for path in sorted(folder.glob("*.told"), key=lambda one: int(one.name.split(".")[0])):
        said += [int(line) for line in path.read_text("utf-8").splitlines()]
    return said


def faults(platform: Platform, outside: Path, acknowledged: set[int]) -> list[str]:
    """Relay what is left; say what was lost, told twice inside, or told out of order."""
    last = outside / f"{10**8}.told"
    relay_of(platform, last).run()
    count = written(platform)
    with platform.engine.connect() as connection:
        kept = select(station_message.c.facts).order_by(station_message.c.id)
        inside = [int("".join(filter(str.isdecimal, row[0]))) for row in connection.execute(kept)]
        letters = [row[0] for row in connection.execute(select(dead_letter.c.position))]
    wrong = [f"event {one} was acknowledged and is none" for one in acknowledged if one >= count]
    twice = [one for one, times in Counter(inside).items() if times > 1]
    wrong += [f"event {one} was told twice" for one in twice]
    behind = [number for number in range(count) if number % THINGS == 0]
    free = [number for number in range(count) if number % THINGS]
    if sorted(set(inside)) != free:
        wrong.append(f"lost: {sorted(set(free) ^ set(inside))[:9]}")
    if inside != sorted(inside) and not twice:
        wrong.append("out of order")
    if sorted(letters) != behind:
        wrong.append(f"letters: {sorted(letters)[:9]} of {behind[:9]}")
    if platform.outbox.pending(1):
        wrong.append("something stays in the outbox")
    said = told_outside(outside)
    if set(said) != set(range(count)):
        wrong.append("the receiver outside misses something")
    return wrong


def kill(template: Path, folder: Path, seed: int, crew: Workers) -> list[str]:
    """Kill a relay at a moment of the seed, go on, and say what is wrong."""
    database = folder / "a.db"
    shutil.copy(template, database)
    for path in crew.folder.glob("*.told"):
        path.unlink()
    working = crew.start(f"sqlite:///{database}", seed, EVENTS)
    working.stop_at(moment(seed), EVENTS, lambda: None)
    platform = open_platform(f"sqlite:///{database}")
    try:
        wrong = faults(platform, crew.folder, set(working.acknowledged))
    finally:
        platform.engine.dispose()
    for path in folder.glob("a.db*"):
        path.unlink()
    return wrong


@pytest.fixture(scope="module")
def crew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    """Give workers."""
    with workers(tmp_path_factory.mktemp("relays"), PROGRAM) as made:
        yield made


def test_a_killed_relay_loses_nothing(template: Path, tmp_path: Path, crew: Workers) -> None:
    """With a poisoned event at the head: nothing lost, nothing twice inside, order kept."""
    found = {seed: kill(template, tmp_path, seed, crew) for seed in range(KILLS)}
    assert not {seed: wrong for seed, wrong in found.items() if wrong}


def test_a_position_kept_apart_is_caught_by_kills(template: Path, tmp_path: Path) -> None:
    """Negative control: a position that commits after what was written is found by the kills."""
    with workers(tmp_path, APART) as broken:
        found = (kill(template, tmp_path, seed, broken) for seed in range(40))
        assert any("twice" in wrong for several in found for wrong in several)


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    """Give a server that runs, with every table."""
    folder = Path(tempfile.mkdtemp(prefix="supervision-relay-"))
    folder.chmod(0o755)
    with servers.cluster(folder / "data") as made:
        made.create()
        made.start()
        open_platform(made.url).engine.dispose()
        yield made
    shutil.rmtree(folder, ignore_errors=True)


def _broken(server: Cluster, working: Working, *, whole: bool) -> None:
    server.kill(None if whole else server.processes()[-1:])
    if whole:
        working.wait()
        server.start()
    else:
        working.kill()


@pytest.mark.skipif(bool(servers.why_not()), reason=servers.why_not() or "-")
def test_a_relay_outlives_kills_of_the_server(server: Cluster, crew: Workers) -> None:
    """A backend or the whole server of PostgreSQL is killed under a relay, on one database."""
    for path in crew.folder.glob("*.told"):
        path.unlink()
    acknowledged: set[int] = set()
    for seed in range(max(KILLS // 10, 4)):
        chance = moment(seed)
        working = crew.start(server.url, seed, EVENTS)
        working.wait_until_ready()
        working.wait_for(chance.randrange(1, EVENTS))
        time.sleep(chance.random() * 0.02)
        _broken(server, working, whole=seed % 2 == 0)
        acknowledged |= set(working.acknowledged)

        ask = partial(_asked, server.url, crew.folder, acknowledged)
        assert (seed, until_answering(ask)) == (seed, [])


def _asked(url: str, folder: Path, acknowledged: set[int]) -> list[str]:
    platform = open_platform(url)
    try:
        return faults(platform, folder, acknowledged)
    finally:
        platform.engine.dispose()
