"""What the audit log costs a command, and how fast a log is verified.

    python -m benchmarks.audit [--rounds 200] [--rows 1000000] [--postgres postgresql://…]

Commands: each kind is carried out through the frame, ten times with the log and ten times with a
log that writes nothing, in turn, on two databases that grow alike: SQLite (WAL,
``synchronous=FULL``) and, where one is given, PostgreSQL, in which two databases are made and
dropped again. What the log adds is the median of the pairs' ratios.
Verifying: one process, one core, from a file and from a database.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Engine, create_engine, make_url, text

from adapters.calendar import ChineseCalendars
from adapters.crypto.keys import FileKeys, MasterKeyVault
from adapters.crypto.providers import open_algorithms
from adapters.sql.audit import SqlCheckpoints
from adapters.sql.bulk import insert_rows
from adapters.sql.engine import open_engine
from adapters.sql.frame import SqlAuditLog, audit_values
from adapters.sql.migrations import migrate
from adapters.sql.ports import PORTS
from adapters.sql.schema import audit_row
from adapters.sql.sealing import Sealing
from adapters.sql.unit import SqlTransactions, SqlUnitOfWork
from adapters.system import SystemClock, SystemIds, SystemRandomness
from supervision_core.audit.log_file import verify_lines, write_log
from supervision_core.audit.model import AuditEntry, AuditRow, Outcome, Verdict
from supervision_core.audit.ports import AuditLog
from supervision_core.audit.services import Anchoring, verify_store
from supervision_core.clues.services import RegisterClue, register_clue
from supervision_core.identity.model import Actor, DataScope
from supervision_core.identity.services import Commands, UseCase
from supervision_core.items.services import AddCheckItem, add_check_item
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.sealing import KEY_NAMES
from supervision_core.kernel.signing import verifiers
from supervision_core.plans.services import DraftPlan, draft_plan
from supervision_core.scenes.model import SceneBasics
from supervision_core.scenes.services import CreateScene, create_scene
from supervision_core.subjects.services import CreateTag, create_tag
from supervision_core.testing.clues import clue_sheet
from supervision_core.testing.items import full_check_content
from supervision_core.testing.plans import plan_sheet, sub_plan

BOTH = ("with", "without")
AT_ONCE = 10
SERVED = {**PORTS, Calendars: lambda _connection: ChineseCalendars()}
WARMING = 10
Make = Callable[[str], tuple[UseCase[Any, Any], Any]]
ACTOR = Actor(
    user="u-1",
    department="d-1",
    scope=DataScope(region="450000"),
    permissions=frozenset(
        f"{context}.*" for context in ("subjects", "scenes", "clues", "items", "plans")
    ),
)
START = datetime(2026, 1, 1, tzinfo=UTC)


class Silent(SqlAuditLog):
    """A log that writes nothing."""

    def append(self, entry: AuditEntry) -> None:
        """Forget."""


class SilentUnit(SqlUnitOfWork):
    """A unit with that log."""

    def __enter__(self) -> Self:
        """Begin."""
        super().__enter__()
        self._made[AuditLog] = Silent(self._connection)
        return self


class SilentTransactions(SqlTransactions):
    """Opens such units."""

    def begin(self) -> SqlUnitOfWork:
        """Give one."""
        return SilentUnit(self._engine, self._ports)


def tag(name: str) -> tuple[UseCase[Any, Any], Any]:
    """Give the lightest command that there is: one row, one unique name, no event."""
    return create_tag, CreateTag(name=name, region="450000")


def scene(name: str) -> tuple[UseCase[Any, Any], Any]:
    """Give the command that opens a scene."""
    basics = SceneBasics(name=name, lead="市场监管", joining=("农业农村",), trades=("乳品",))
    return create_scene, CreateScene(code=name, region="450000", basics=basics)


def clue(name: str) -> tuple[UseCase[Any, Any], Any]:
    """Give the command that registers a clue, with sealed personal data."""
    return register_clue, RegisterClue(sheet=clue_sheet(reference=name))


def item(name: str) -> tuple[UseCase[Any, Any], Any]:
    """Give the command that adds a check item to the library."""
    return add_check_item, AddCheckItem(code=name, region="450000", content=full_check_content())


def plan(name: str) -> tuple[UseCase[Any, Any], Any]:
    """Give the command that drafts a yearly plan."""
    return draft_plan, DraftPlan(sheet=plan_sheet(name=name), sub_plans=(sub_plan(id=name),))


COMMANDS = {
    "标签（最轻）": tag,
    "场景": scene,
    "线索": clue,
    "检查事项": item,
    "年度计划": plan,
}


def taken_by(commands: Commands, make: Make, first: int) -> tuple[float, float]:
    """Give wall and processor seconds of ``AT_ONCE`` commands."""
    asked = [make(f"n-{number}") for number in range(first, first + AT_ONCE)]
    began, busy = time.perf_counter(), time.process_time()
    for number, (case, command) in enumerate(asked, first):
        commands.run(case, command, actor=ACTOR, key=f"{case.name}/{number}")
    return time.perf_counter() - began, time.process_time() - busy


def compare(engines: Sequence[Engine], make: Make, rounds: int) -> str:
    """Give the line of one kind of command: with the log, without it, what it adds."""
    kinds = (SqlTransactions, SilentTransactions)
    both = [
        Commands(kind(engine, SERVED), SystemClock(), SystemIds())
        for kind, engine in zip(kinds, engines, strict=True)
    ]
    found = []
    for number in range(rounds + WARMING):
        order = (0, 1) if number % 2 else (1, 0)
        taken = {which: taken_by(both[which], make, number * AT_ONCE) for which in order}
        found.append((taken[0], taken[1]))
    pairs = found[WARMING:]
    each = [
        statistics.median(pair[which][0] for pair in pairs) * 1000 / AT_ONCE for which in (0, 1)
    ]
    adds = [
        statistics.median(pair[0][part] / pair[1][part] for pair in pairs) - 1 for part in (0, 1)
    ]
    return f"{each[0]:.3f} | {each[1]:.3f} | {adds[0]:.1%} | {adds[1]:.1%}"


@contextmanager
def new_files(
    folder: Path, sealing: Sealing, names: Sequence[str] = BOTH
) -> Iterator[Sequence[Engine]]:
    """Give fresh databases of SQLite."""
    engines = [open_engine(f"sqlite:///{folder}/{name}.db", sealing=sealing) for name in names]
    yield from prepared(engines)


@contextmanager
def new_on_a_server(
    url: str, sealing: Sealing, wanted: Sequence[str] = BOTH
) -> Iterator[Sequence[Engine]]:
    """Give fresh databases of a PostgreSQL server, and drop them."""
    server = make_url(url).set(drivername="postgresql+psycopg")
    names = [f"bench_audit_{name}_{time.monotonic_ns()}" for name in wanted]
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for name in names:
            connection.execute(text(f"CREATE DATABASE {name}"))
    places = (server.set(database=name).render_as_string(hide_password=False) for name in names)
    yield from prepared([open_engine(place, sealing=sealing) for place in places])
    with admin.connect() as connection:
        for name in names:
            connection.execute(text(f"DROP DATABASE {name}"))
    admin.dispose()


def prepared(engines: Sequence[Engine]) -> Iterator[Sequence[Engine]]:
    """Give the databases with their tables, and leave them."""
    for engine in engines:
        migrate(engine)
    yield engines
    for engine in engines:
        engine.dispose()


def rows(count: int) -> Iterator[AuditRow]:
    """Give rows as they come in life."""
    for number in range(count):
        yield AuditRow(
            number=number,
            entry=AuditEntry(
                at=START + timedelta(milliseconds=7 * number),
                actor=f"01m87hjfrrwzv5kbmcenvm{number % 9999:04d}",
                department="01m87hjfrrwzv5kbmcenvmabcd",
                action="tasks.record_visit",
                outcome=Outcome.DONE,
                request=f"{number * 2_654_435_761 % 2**256:064x}",
                targets=(f"visit/01m87hjfrrwzv5kbmcen{number:06d}@3", "task/01m87hjfrrwzv5kbmc@7"),
            ),
        )


def timed(act: Callable[[], object]) -> tuple[float, float, object]:
    """Give wall and processor seconds, and what was answered."""
    began, busy = time.perf_counter(), time.process_time()
    found = act()
    return time.perf_counter() - began, time.process_time() - busy, found


def require(verdict: object) -> None:
    """Let a figure count only for a log that holds."""
    if not (isinstance(verdict, Verdict) and verdict.holds):
        raise SystemExit(verdict)


def batched(items: Iterator[AuditRow], size: int) -> Iterator[list[AuditRow]]:
    """Give the items in lists of ``size``."""
    while part := list(islice(items, size)):
        yield part


def main() -> None:
    """Measure and say."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--postgres", default="")
    asked = parser.parse_args()
    say = sys.stdout.write
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        randomness = SystemRandomness()
        vault = MasterKeyVault(open_algorithms(randomness), randomness, randomness.token(16))
        keys = FileKeys(folder / "keys", vault)
        for kind in KEY_NAMES:
            keys.rotate(kind)
        sealing = Sealing.under(keys, randomness)
        databases = {"SQLite": new_files(folder, sealing)}
        if asked.postgres:
            databases["PostgreSQL"] = new_on_a_server(asked.postgres, sealing)
        say("| command | database | with, ms | without, ms | adds | of processor time |\n")
        say("|---|---|---|---|---|---|\n")
        for database, opened in databases.items():
            with opened as engines:
                for title, make in COMMANDS.items():
                    say(f"| {title} | {database} | {compare(engines, make, asked.rounds)} |\n")
        say("\n")

        algorithms = open_algorithms(SystemRandomness())
        signer = algorithms.signer((7).to_bytes(32, "big"))
        trusted = verifiers(algorithms.verifier(signer.public_key))
        engine = open_engine(f"sqlite:///{folder}/log.db")
        migrate(engine)
        with engine.begin() as connection:
            for part in batched(rows(asked.rows), 10_000):
                values = (audit_values(row.number, row.entry) for row in part)
                insert_rows(connection, audit_row, values)
        store = SqlCheckpoints(engine)
        anchoring = Anchoring(
            checkpoints=store, signer=signer, clock=SystemClock(), ids=SystemIds()
        )
        say(
            "| verifying | rows | seconds | processor | rows/s of a core |\n|---|---|---|---|---|\n"
        )
        wall, busy, _ = timed(anchoring.anchor)
        _line(say, "first checkpoint", asked.rows, wall, busy)
        checkpoints = store.between(0)
        path, log = folder / "log.jsonl", checkpoints[0].checkpoint.log
        with path.open("w", encoding="utf-8") as file:
            file.writelines(
                write_log(rows(asked.rows), checkpoints, log=log, first=0, size=asked.rows)
            )
        with path.open("rb", buffering=1 << 20) as lines:
            wall, busy, verdict = timed(lambda: verify_lines(lines, trusted))
        require(verdict)
        _line(say, "a file", asked.rows, wall, busy)
        wall, busy, verdict = timed(lambda: verify_store(store, trusted))
        require(verdict)
        _line(say, "a database (SQLite)", asked.rows, wall, busy)
        engine.dispose()


def _line(say: Callable[[str], int], what: str, count: int, wall: float, busy: float) -> None:
    say(f"| {what} | {count:,} | {wall:.2f} | {busy:.2f} | {count / busy:,.0f} |\n")


if __name__ == "__main__":
    main()
