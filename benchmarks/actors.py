"""What the first request after a change of access costs, and the list of users, by departments.

``python -m benchmarks.actors [--sizes 100 1000 10000] [--rounds 15] [--postgres URL]``; one line of
JSON for each size: milliseconds, wall and processor, each the median.

The tree has three levels. ``first`` is who acts for the top department, read in a process that knew
him before another user's access changed; ``same_top`` a colleague after him; ``coordinates`` the
same where the department coordinates; ``whole`` the way before: every department below as a whole.
``start`` is the first look of a process, which checks the seal of every department. ``list`` is
what the page of users in a browser asks for the head of the top department, without who acts.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from attrs import evolve
from sqlalchemy import Engine, make_url, text

from adapters.crypto import open_algorithms
from adapters.crypto.keys import FileKeys, MasterKeyVault
from adapters.sql.engine import open_engine
from adapters.sql.known import KNOWN
from adapters.sql.migrations import migrate
from adapters.sql.ports import sql_transactions
from adapters.sql.sealing import Sealing
from adapters.system import FixedClock, SystemIds, SystemRandomness
from supervision_core.identity.model import Actor, DataScope, User
from supervision_core.identity.ports import AccessEpoch, Departments, Users
from supervision_core.identity.services import Commands, Work, use_case
from supervision_core.identity.services.actors import Actors
from supervision_core.identity.services.intake import departments_at_hand
from supervision_core.identity.services.keeping import keep, keep_all
from supervision_core.identity.services.questions import ListUsers, list_users
from supervision_core.kernel.ports import Transactions
from supervision_core.kernel.sealing import KEY_NAMES
from supervision_core.testing.directory import a_department, a_user

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
ROOT = Actor(
    user="bench",
    department="",
    scope=DataScope(region="450000"),
    permissions=frozenset({"testing.*", "identity.*"}),
)
MIDDLE = 20
Times = tuple[float, float]


@use_case("testing.fill")
def fill(work: Work, count: int) -> int:
    """Keep a tree of ``count`` departments, users at its top, and one elsewhere."""
    tree = [a_department("d-0", region="450000")]
    tree += [a_department(f"m-{at}", "d-0") for at in range(MIDDLE)]
    tree += [a_department(f"l-{at}", f"m-{at % MIDDLE}") for at in range(count - len(tree))]
    other = a_department("coordinating", region="450000")
    other.change(evolve(other.data, coordinates=True), at=NOON)
    tree += [other, a_department("other")]
    tree[0].appoint(frozenset({"one"}), at=NOON)
    keep_all(work, Departments, tree)
    people = [a_user(f"user-{at:03}", f"l-{at}") for at in range(60)]
    named = (("one", "d-0"), ("two", "d-0"), ("lead", "coordinating"), ("stranger", "other"))
    keep_all(work, Users, [*people, *(a_user(*one) for one in named)])
    return count


@use_case("testing.change")
def change(work: Work, cmd: str) -> str:
    """Change a user."""
    user: User = work[Users].get(cmd)
    user.switch(enabled=not user.works_on(NOON.date()), at=NOON)
    keep(work, Users, user)
    return cmd


def timed(act: Callable[[], object]) -> Times:
    """Give wall and processor milliseconds."""
    began, busy = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - began) * 1e3, (time.process_time() - busy) * 1e3


def median(taken: list[Times]) -> tuple[float, float]:
    """Give the median of each."""
    wall, busy = zip(*taken, strict=True)
    return round(statistics.median(wall), 2), round(statistics.median(busy), 2)


def measure(engine: Engine, name: str, count: int, rounds: int) -> None:
    """Fill the database and print what each way costs."""
    transactions = sql_transactions(engine)
    commands = Commands(transactions, FixedClock(NOON), SystemIds())
    commands.run(fill, count, actor=ROOT)
    actors = Actors()

    def of(user: str, department: str, actors: Actors = actors) -> Callable[[], object]:
        def read() -> None:
            with transactions.begin_reading() as unit:
                if actors.of(unit, user, department, now=NOON) is None:
                    raise SystemExit(user)

        return read

    asked: dict[str, Callable[[], object]] = {
        "first": of("one", "d-0"),
        "same_top": of("two", "d-0"),
        "coordinates": of("lead", "coordinating"),
        "epoch_alone": _epoch(transactions),
        "whole": _whole(transactions),
    }
    with transactions.begin_reading() as unit:
        head = actors.of(unit, "one", "d-0", now=NOON)
    if head is None:
        raise SystemExit(name)
    asked["list"] = _list(transactions, commands, head)
    engine.update_execution_options(**{KNOWN: None})
    told: dict[str, Any] = {"start": median([timed(of("one", "d-0", Actors()))])}
    taken: dict[str, list[Times]] = {key: [] for key in asked}
    for _ in range(rounds):
        commands.run(change, "stranger", actor=ROOT)
        for key, act in asked.items():
            taken[key].append(timed(act))
    told |= {key: median(found) for key, found in taken.items()}
    print(json.dumps({"database": name, "departments": count, **told}))  # noqa: T201 - its output


def _epoch(transactions: Transactions) -> Callable[[], object]:
    def read() -> None:
        with transactions.begin_reading() as unit:
            unit[AccessEpoch].current()

    return read


def _whole(transactions: Transactions) -> Callable[[], object]:
    def read() -> None:
        with transactions.begin_reading() as unit:
            frozenset(one.id for one in unit[Departments].below("d-0"))

    return read


def _list(transactions: Transactions, commands: Commands, head: Actor) -> Callable[[], object]:
    administrator = evolve(head, permissions=frozenset({"identity.list_users"}))

    def read() -> None:
        found = commands.ask(list_users, ListUsers(), actor=administrator)
        members = {one.department for user in found.items for one in user.draft.memberships}
        with transactions.begin_reading() as unit:
            departments_at_hand(unit, administrator, ids=members)

    return read


@contextmanager
def on_server(url: str, sealing: Sealing) -> Iterator[Engine]:
    """Give a database of a PostgreSQL server, made for this and dropped again."""
    admin = open_engine(url).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE actors_bench"))
    own = make_url(url).set(database="actors_bench").render_as_string(hide_password=False)
    engine = open_engine(own, sealing=sealing)
    yield engine
    engine.dispose()
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE actors_bench WITH (FORCE)"))
    admin.dispose()


def main() -> None:
    """Measure on SQLite, and on PostgreSQL where one is named."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 5_166, 10_000])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--postgres", default="")
    options = parser.parse_args()
    for count in options.sizes:
        with TemporaryDirectory() as folder:
            randomness = SystemRandomness()
            vault = MasterKeyVault(open_algorithms(randomness), randomness, randomness.token(16))
            keys = FileKeys(Path(folder, "keys"), vault)
            for name in KEY_NAMES:
                keys.rotate(name)
            sealing = Sealing.under(keys, randomness)
            engine = open_engine(f"sqlite:///{folder}/bench.db", sealing=sealing)
            migrate(engine)
            measure(engine, "sqlite", count, options.rounds)
            engine.dispose()
            if options.postgres:
                with on_server(options.postgres, sealing) as engine:
                    migrate(engine)
                    measure(engine, "postgresql", count, options.rounds)


if __name__ == "__main__":
    main()
