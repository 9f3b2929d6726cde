"""What the protection of its rows costs a registration, through ``Commands`` as the API does it.

``python -m benchmarks.registration [--postgres URL] [--users 1000]``; one line of JSON for each
database. Two ways take turns: protected, and without row seals, without looking into the log and
without versions in it. Medians, in milliseconds of one registration.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from sqlalchemy import Engine, make_url, text

from adapters.crypto import open_algorithms
from adapters.crypto.keys import FileKeys, MasterKeyVault
from adapters.sql import mapper
from adapters.sql.engine import open_engine
from adapters.sql.known import SqlKnownVersions
from adapters.sql.migrations import migrate
from adapters.sql.ports import sql_transactions
from adapters.sql.sealing import Sealing
from adapters.system import SystemClock, SystemIds, SystemRandomness
from entrypoints.actors import operator
from supervision_core.identity.ports import Departments
from supervision_core.identity.services import Commands, Work, frame
from supervision_core.identity.services.frame import use_case
from supervision_core.identity.services.keeping import keep
from supervision_core.identity.services.users import RegisterUser, register_user
from supervision_core.kernel.sealing import KEY_NAMES
from supervision_core.testing.directory import a_department
from supervision_core.testing.identity import full_draft

WARMING = 20
NO_SEAL = f"sm3$v1${'0' * 64}"


@use_case("identity.add_department")
def one_department(work: Work, id: str) -> str:
    """Keep the department in which all are registered."""
    keep(work, Departments, a_department(id))
    return id


@contextmanager
def unprotected() -> Iterator[None]:
    """Seal nothing, check nothing, name no version."""

    def unsealed(*_: object) -> str:
        return NO_SEAL

    def unversioned(kind: str, id: str, _version: int = 0) -> str:
        return f"{kind}/{id}"

    with (
        mock.patch.object(mapper, "seal_of_row", unsealed),
        mock.patch.object(mapper, "check_row", unsealed),
        mock.patch.object(SqlKnownVersions, "require", unsealed),
        mock.patch.object(frame, "target_of", unversioned),
    ):
        yield


def measure(engine: Engine, name: str, users: int) -> None:
    """Register users one by one, the ways in turns: what else the machine does hits both alike."""
    commands = Commands(sql_transactions(engine), SystemClock(), SystemIds())
    ways: dict[str, Callable[[], AbstractContextManager[None]]] = {
        "protected": nullcontext,
        "plain": unprotected,
    }
    took: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
    places = {}
    for way, made in ways.items():
        with made():
            places[way] = commands.run(one_department, f"d-{way}", actor=operator())
    for at in range(users + WARMING):
        for way in sorted(ways, reverse=bool(at % 2)):
            draft = full_draft(f"{way}.{at}", places[way])
            with ways[way]():
                begun, used = time.perf_counter(), time.process_time()
                commands.run(register_user, RegisterUser(draft=draft), actor=operator())
                wall, processor = time.perf_counter() - begun, time.process_time() - used
            if at >= WARMING:
                took[way].append((processor * 1000, wall * 1000))
    told: dict[str, float] = {}
    for place, unit in enumerate(("processor", "wall")):
        found = {way: statistics.median(one[place] for one in took[way]) for way in ways}
        told |= {f"{way} {unit}": round(median, 3) for way, median in found.items()}
        told[f"ratio {unit}"] = round(found["protected"] / found["plain"], 3)
    print(json.dumps({"database": name, "users": users, **told}))  # noqa: T201 - its output


def main() -> None:
    """Measure on SQLite, and on PostgreSQL where one is named."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--users", type=int, default=1_000)
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
                connection.execute(text("CREATE DATABASE registration_bench"))
            own = url.set(database="registration_bench").render_as_string(hide_password=False)
            engine = open_engine(own, sealing=sealing)
            migrate(engine)
            measure(engine, "postgresql", options.users)
            engine.dispose()
            with admin.connect() as connection:
                connection.execute(text("DROP DATABASE registration_bench WITH (FORCE)"))


if __name__ == "__main__":
    main()
