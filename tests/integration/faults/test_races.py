"""Two hundred at once, from two processes of which one is killed: one wins, nothing is half done.

The suite lets ``RACERS`` run each race; ``nox -s races`` two hundred, on SQLite and PostgreSQL.
"""

import os
import shutil
from collections import Counter
from pathlib import Path
from typing import Final

import pytest
from attrs import define
from sqlalchemy import Engine, text

from adapters.sql.frame.commit import SqlAuditLog
from entrypoints.container import Platform, open_platform
from supervision_core.audit.model import Outcome
from supervision_core.draws.ports import Draws
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.tasks.lists import VISITS
from supervision_core.tasks.ports import Tasks

from .cluster import Cluster
from .race_workload import prepare
from .running import Workers

RACERS: Final = int(os.environ.get("SUPERVISION_RACERS", "24"))
PROGRAM: Final = Path(__file__).with_name("race_workload.py")
WEAK: Final = Path(__file__).with_name("race_weak.py")
ACTIONS: Final = {
    "claim": "tasks.claim", "approve": "tasks.approve", "deposit": "draws.deposit_nonce",
    "cap": "tasks.dispatch", "visit": "tasks.open_visits",
}  # fmt: skip
EXPECTED: Final = Counter(ACTIONS.values())
"""How often each is done and logged."""


@define
class Raced:
    """What came of the races."""

    wrong: list[str]
    fared: dict[str, Counter[str]]


def race(url: str, crew: Workers) -> Raced:
    """Let two processes race, and kill one of them in the middle; say what is wrong then."""
    platform = open_platform(url)
    try:
        departments = prepare(platform, RACERS)
        half = RACERS // 2
        lead, other = departments["lead"], departments["other"]
        runners = [crew.start(url, first, half, lead=lead, other=other) for first in (0, half)]
        runners[1].wait_for(half // 2)
        runners[1].kill()
        runners[0].wait()
        fared: dict[str, Counter[str]] = {one: Counter() for one in ACTIONS}
        for runner in runners:
            for said in runner.acknowledged.values():
                name, _, result = said.split()
                fared[name][result] += 1
        wrong = [*_wrong(platform, departments["other"]), *_unlike(platform.engine)]
        wrong += [f"{one}: {many['won']} were told that they won" for one, many in fared.items()
                  if many["won"] > 1]  # fmt: skip
        if runners[0].said[-1:] != ["done\n"]:
            wrong.append(f"does not go on: {runners[0].said}")
        return Raced(wrong, fared)
    finally:
        platform.engine.dispose()


def _wrong(platform: Platform, joining: str) -> list[str]:
    """Say where not exactly one won."""
    with platform.transactions.begin_reading() as unit:
        tasks, draw = unit[Tasks], unit[Draws].get("reveal")
        part = tasks.get("claim").part(joining)
        joint = unit[Lists].count(VISITS, ListFilter(asked={"task": "visit"}))
        sent = [tasks.get(f"cap-{at}").dispatched_at is not None for at in range(RACERS)]
        held = {
            "claim": part is not None and part.claimed_at is not None,
            "approve": tasks.get("approve").approval is not None,
            "reveal": draw.round.contributions[0].nonce is not None,
            "cap": sum(sent) == 1,
            "visit": joint == 1,
        }
        once = {"claim": tasks.get("claim").version, "approve": tasks.get("approve").version,
                "reveal": draw.version}  # fmt: skip
    wrong = [f"{name}: nobody won, or several" for name, is_so in held.items() if not is_so]
    wrong += [f"{name}: written {count - 1} times" for name, count in once.items() if count != 2]
    rows = [row.entry for row in SqlAuditLog(platform.engine).rows()]
    done = Counter(one.action for one in rows if one.outcome is Outcome.DONE)
    wrong += [f"{one}: {done[one]} in the log" for one in EXPECTED if done[one] != EXPECTED[one]]
    return wrong


def _unlike(engine: Engine) -> list[str]:
    """Say where what is noted as done and what is logged differ."""
    with engine.connect() as connection:
        asked = text("SELECT action, count(*) FROM done_command GROUP BY action")
        noted = {row[0]: row[1] for row in connection.execute(asked)}
    return [f"{one}: {many} noted" for one, many in noted.items()
            if one in EXPECTED and many != EXPECTED[one]]  # fmt: skip


@pytest.fixture(scope="module")
def crew(tmp_path_factory: pytest.TempPathFactory) -> Workers:
    """Give workers."""
    return Workers(tmp_path_factory.mktemp("races"), PROGRAM)


def test_one_of_many_wins_on_sqlite(template: Path, tmp_path: Path, crew: Workers) -> None:
    """A claim, an approval, a reveal, a visit and the last check of the year are each had once."""
    shutil.copy(template, tmp_path / "a.db")
    raced = race(f"sqlite:///{tmp_path}/a.db", crew)
    assert raced.wrong == [], raced.fared
    assert all(many.total() >= RACERS // 2 for many in raced.fared.values())


def test_one_of_many_wins_on_postgresql(server: Cluster, crew: Workers) -> None:
    """The same on a server, where transactions of both processes really run side by side."""
    raced = race(server.database("races"), crew)
    assert raced.wrong == [], raced.fared
    assert all(many.total() >= RACERS // 2 for many in raced.fared.values())


def test_looking_without_waiting_is_caught(server: Cluster, tmp_path: Path) -> None:
    """Negative control: where nobody waits, the cap is exceeded and a firm visited twice."""
    careless = Workers(tmp_path, WEAK)
    found: set[str] = set()
    for at in range(5):
        wrong = race(server.database(f"races_{at}"), careless).wrong
        found |= {one.partition(":")[0] for one in wrong}
        if found >= {"cap", "visit"}:
            return
    pytest.fail(f"not caught: {found}")
