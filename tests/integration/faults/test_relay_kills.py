"""R14: killed anywhere, the relay loses no event, tells nobody inside twice, keeps the order."""

import shutil
from bisect import bisect_right
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from adapters.sql.identity.dead_letters import dead_letter
from adapters.sql.identity.station_messages import station_message
from entrypoints.container import Platform, open_platform

from .cluster import Cluster, until_answering
from .relay_workload import THINGS, relay_of, written
from .running import KILLS, RECOVERY, Workers, Working, moment, some_of

PROGRAM = Path(__file__).with_name("relay_workload.py")
APART = Path(__file__).with_name("relay_apart.py")
EVENTS = 40


def told_outside(folder: Path) -> list[int]:
    """Give what the receiver outside was told, over all processes, in the order of the files."""
    said = []
    for path in sorted(folder.glob("*.told"), key=lambda one: int(one.name.split(".")[0])):
        said += [int(line) for line in path.read_text("utf-8").splitlines()]
    return said


def first_of(working: Working) -> list[int]:
    """Give the number of the first event of a worker, which is poisoned."""
    said = (one.split() for one in working.said)
    return [int(words[1]) for words in said if words[0] == "first"]


def faults(
    platform: Platform, outside: Path, acknowledged: set[int], firsts: list[int]
) -> list[str]:
    """Relay what is left; say what was lost, told twice inside, or told out of order.

    ``firsts`` are the poisoned events: each has a letter, and so has all of the same thing.
    """
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
    places = [number - firsts[bisect_right(firsts, number) - 1] for number in range(count)]
    behind = [number for number in range(count) if places[number] % THINGS == 0]
    free = [number for number in range(count) if places[number] % THINGS]
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
        wrong = faults(platform, crew.folder, set(working.acknowledged), first_of(working))
    finally:
        platform.engine.dispose()
    for path in folder.glob("a.db*"):
        path.unlink()
    return wrong


@pytest.fixture(scope="module")
def crew(tmp_path_factory: pytest.TempPathFactory) -> Workers:
    """Give workers."""
    return Workers(tmp_path_factory.mktemp("relays"), PROGRAM)


def test_a_killed_relay_loses_nothing(template: Path, tmp_path: Path, crew: Workers) -> None:
    """With a poisoned event at the head: nothing lost, nothing twice inside, order kept."""
    found = {seed: kill(template, tmp_path, seed, crew) for seed in range(KILLS)}
    assert not {seed: wrong for seed, wrong in found.items() if wrong}


def test_a_position_kept_apart_is_caught_by_kills(template: Path, tmp_path: Path) -> None:
    """Negative control: a position that commits after what was written is found by the kills."""
    broken = Workers(tmp_path, APART)
    found = (kill(template, tmp_path, seed, broken) for seed in range(40))
    assert any("twice" in wrong for several in found for wrong in several)


def test_a_relay_outlives_kills_of_the_server(server: Cluster, crew: Workers) -> None:
    """A backend or the whole server of PostgreSQL is killed under a relay, on one database.

    Each worker begins with a poisoned event of its own.
    """
    url = server.database("events")
    open_platform(url).engine.dispose()
    for path in crew.folder.glob("*.told"):
        path.unlink()
    acknowledged: set[int] = set()
    firsts: list[int] = []
    for seed in range(some_of(KILLS)):
        working = crew.start(url, seed, EVENTS)
        assert server.kill_under(working, seed, EVENTS) <= RECOVERY
        acknowledged |= set(working.acknowledged)
        firsts += first_of(working)
        ask = partial(_asked, url, crew.folder, acknowledged, firsts)
        assert (seed, until_answering(ask)) == (seed, [])


def _asked(url: str, folder: Path, acknowledged: set[int], firsts: list[int]) -> list[str]:
    platform = open_platform(url)
    try:
        return faults(platform, folder, acknowledged, firsts)
    finally:
        platform.engine.dispose()
