"""How long it takes to know who acts: read afresh with every seal checked, kept, and the check.

``python -m benchmarks.permissions [--postgres URL]``; one line of JSON a measurement.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from attrs import frozen
from sqlalchemy import Engine, make_url, text

from adapters.crypto import open_algorithms
from adapters.crypto.keys import FileKeys, MasterKeyVault
from adapters.sql.engine import open_engine
from adapters.sql.migrations import migrate
from adapters.sql.ports import sql_transactions
from adapters.sql.sealing import Sealing
from adapters.system import FixedClock, SystemIds, SystemRandomness
from supervision_core.identity.model import (
    Actor,
    DataScope,
    GrantSheet,
    Group,
    HolderKind,
    Role,
)
from supervision_core.identity.ports import (
    AccessEpoch,
    Departments,
    GrantSheets,
    Groups,
    KnownVersions,
    Roles,
    Users,
)
from supervision_core.identity.services import Commands, Work, use_case
from supervision_core.identity.services.actors import Actors
from supervision_core.identity.services.keeping import keep
from supervision_core.kernel.sealing import KEY_NAMES
from supervision_core.testing.directory import a_department, a_user

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
ROOT = Actor(
    user="bench",
    department="",
    scope=DataScope(region="450000"),
    permissions=frozenset({"testing.*"}),
)


@use_case("testing.fill")
def fill(work: Work, users: int) -> int:
    """Keep users in a tree of departments of three levels, each with roles and a group."""
    kept: list[tuple[type[Any], Any]] = [
        (Departments, a_department("d-1")),
        (Departments, a_department("d-2", "d-1")),
        (Departments, a_department("d-3", "d-2")),
        (Groups, Group.add(id="g-1", name="g", department="")),
    ]
    for at in range(6):
        kept.append((Roles, Role.add(id=f"r-{at}", name=f"r{at}", department="")))
        kept.append((GrantSheets, _sheet(HolderKind.ROLE, f"r-{at}", 10, at)))
    kept.append((GrantSheets, _sheet(HolderKind.GROUP, "g-1", 10, 7)))
    for at in range(users):
        name = f"user-{at:05}"
        kept.append((Users, a_user(name, "d-3")))
        sheet = _sheet(HolderKind.USER, name, 5, 8)
        roles = frozenset(f"r-{one}" for one in range(at % 6 + 1))
        sheet.assign(roles=roles, groups=frozenset({"g-1"}), at=NOON)
        kept.append((GrantSheets, sheet))
    for port, root in kept:
        keep(work, port, root)
    return users


def _sheet(kind: HolderKind, id: str, count: int, seed: int) -> GrantSheet:
    sheet = GrantSheet.empty(kind, id)
    for at in range(count):
        sheet.grant(f"tasks.act_{seed}_{at}", passable=False, by="bench", at=NOON)
    return sheet


@frozen
class Steady(AccessEpoch):
    """An epoch that costs nothing to know."""

    number: int

    def current(self) -> int:
        """Give it."""
        return self.number

    def advance(self) -> None:
        """Stay."""

    def hold(self) -> None:
        """Stay."""


def microseconds(act: Callable[[], object], times: int) -> float:
    """Give the processor time of one call, the median of seven runs: the machine may be busy."""
    runs = []
    for _ in range(7):
        start = time.process_time()
        for _ in range(times):
            act()
        runs.append((time.process_time() - start) / times * 1e6)
    return statistics.median(runs)


def measure(engine: Engine, name: str, users: int) -> None:
    """Fill the database and print what each way costs."""
    transactions = sql_transactions(engine)
    Commands(transactions, FixedClock(NOON), SystemIds()).run(fill, users, actor=ROOT)
    who, actors = f"user-{users // 2:05}", Actors()
    with transactions.begin_reading() as unit:

        def afresh() -> object:
            return Actors().of(unit, who, "d-3", now=NOON)

        def kept() -> object:
            return actors.of(unit, who, "d-3", now=NOON)

        actor = actors.of(unit, who, "d-3", now=NOON)
        if actor is None:
            raise SystemExit(who)
        epoch = unit[AccessEpoch]
        steady: Any = {
            AccessEpoch: Steady(epoch.current()),
            KnownVersions: unit[KnownVersions],
        }
        told = {
            "read_afresh_us": microseconds(afresh, 20),
            "kept_with_epoch_us": microseconds(kept, 500),
            "epoch_alone_us": microseconds(epoch.current, 500),
            "kept_alone_us": microseconds(lambda: actors.of(steady, who, "d-3", now=NOON), 5_000),
            "may_us": microseconds(lambda: actor.may("tasks.act_0_0"), 20_000),
        }
    rounded = {key: round(value, 2) for key, value in told.items()}
    print(json.dumps({"database": name, "users": users, **rounded}))  # noqa: T201 - its output


def main() -> None:
    """Measure on SQLite, and on PostgreSQL where one is named."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--users", type=int, default=2_000)
    parser.add_argument("--postgres", default="")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        randomness = SystemRandomness()
        vault = MasterKeyVault(open_algorithms(randomness), randomness, randomness.token(16))
        keys = FileKeys(Path(folder, "keys"), vault)
        for name in KEY_NAMES:
            keys.rotate(name)
        sealing = Sealing.under(keys, randomness)
        engine = open_engine(f"sqlite:///{folder}/bench.db", sealing=sealing)
        migrate(engine)
        measure(engine, "sqlite", options.users)
        engine.dispose()
        if options.postgres:
            url = make_url(options.postgres)
            admin = open_engine(options.postgres).execution_options(isolation_level="AUTOCOMMIT")
            with admin.connect() as connection:
                connection.execute(text("CREATE DATABASE permissions_bench"))
            own = url.set(database="permissions_bench").render_as_string(hide_password=False)
            engine = open_engine(own, sealing=sealing)
            migrate(engine)
            measure(engine, "postgresql", options.users)
            engine.dispose()
            with admin.connect() as connection:
                connection.execute(text("DROP DATABASE permissions_bench WITH (FORCE)"))


if __name__ == "__main__":
    main()
