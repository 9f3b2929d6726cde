"""What the audit log costs a command, and how fast a log is verified.

    python benchmarks/audit.py [--commands 200] [--rows 1000000]

Commands: tags are created on SQLite (WAL, ``synchronous=FULL``) through the frame, once
with the log and once with a log that writes nothing, in turn, on fresh databases; the median of 15
pairs counts. Verifying: one process, one core, from a file and from a database.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Self

from adapters.crypto.providers import open_algorithms
from adapters.sql.audit import SqlCheckpoints
from adapters.sql.bulk import insert_rows
from adapters.sql.engine import open_engine
from adapters.sql.frame import SqlAuditLog, audit_values
from adapters.sql.migrations import migrate
from adapters.sql.ports import PORTS
from adapters.sql.schema import audit_row
from adapters.sql.unit import SqlTransactions, SqlUnitOfWork
from adapters.system import SystemClock, SystemIds, SystemRandomness
from supervision_core.audit.log_file import verify_lines, write_log
from supervision_core.audit.model import AuditEntry, AuditRow, Outcome, Verdict
from supervision_core.audit.ports import AuditLog
from supervision_core.audit.services import Anchoring, verify_store
from supervision_core.identity.model import Actor, DataScope
from supervision_core.identity.services import Commands
from supervision_core.kernel.signing import verifiers
from supervision_core.subjects.services import CreateTag, create_tag

ROUNDS = 15
ACTOR = Actor(
    user="u-1",
    department="d-1",
    scope=DataScope(region="450000"),
    permissions=frozenset({"subjects.*"}),
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


def run_commands(folder: Path, kind: type[SqlTransactions], count: int) -> tuple[float, float]:
    """Give wall and processor seconds of ``count`` commands on a fresh database."""
    engine = open_engine(f"sqlite:///{folder}/{kind.__name__}-{time.monotonic_ns()}.db")
    migrate(engine)
    commands = Commands(kind(engine, PORTS), SystemClock(), SystemIds())
    commands.run(create_tag, CreateTag(name="预热", region="450000"), actor=ACTOR)
    began, busy = time.perf_counter(), time.process_time()
    for number in range(count):
        command = CreateTag(name=f"标签{number}", region="450000")
        commands.run(create_tag, command, actor=ACTOR, key=f"k-{number}")
    taken = time.perf_counter() - began, time.process_time() - busy
    engine.dispose()
    return taken


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
    parser.add_argument("--commands", type=int, default=200)
    parser.add_argument("--rows", type=int, default=1_000_000)
    asked = parser.parse_args()
    say = sys.stdout.write
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        taken: dict[str, list[tuple[float, float]]] = {"with": [], "without": []}
        for _ in range(ROUNDS):
            taken["with"].append(run_commands(folder, SqlTransactions, asked.commands))
            taken["without"].append(run_commands(folder, SilentTransactions, asked.commands))
        say("| commands | wall ms | processor ms |\n|---|---|---|\n")
        middle = {
            kind: [statistics.median(one[part] for one in found) for part in (0, 1)]
            for kind, found in taken.items()
        }
        for kind, (wall, busy) in middle.items():
            each = 1000 / asked.commands
            say(f"| {kind} the log | {wall * each:.3f} | {busy * each:.3f} |\n")
        pairs = list(zip(taken["with"], taken["without"], strict=True))
        wall, busy = (
            statistics.median(one[part] / other[part] for one, other in pairs) - 1
            for part in (0, 1)
        )
        say(f"| the log adds | {wall:.1%} | {busy:.1%} |\n\n")

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
