"""What the audit log costs a command, and how fast a log is verified.

    python -m benchmarks.audit [--sizes 10000 100000 1000000] [--postgres URL]

Sizes count the rows that the log has already. Verifying: one process, one core, from a file and
from a database. Commands: each kind is carried out through the frame, ten times with the log and
ten times with a log that writes nothing, in turn, on two databases that grow alike.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Any, Self

from benchmarks._databases import databases
from benchmarks._measuring import Asked, Case, Sample, measure, timed
from sqlalchemy import Engine, delete

from adapters.calendar import ChineseCalendars
from adapters.crypto.providers import open_algorithms
from adapters.sql.engine.bulk import insert_rows
from adapters.sql.engine.database import open_engine
from adapters.sql.engine.schema import audit_checkpoint, audit_row
from adapters.sql.frame.audit import SqlCheckpoints
from adapters.sql.frame.commit import SqlAuditLog, audit_values, take_positions
from adapters.sql.frame.unit import SqlTransactions, SqlUnitOfWork
from adapters.sql.migrations import migrate
from adapters.sql.ports import PORTS
from adapters.system import SystemClock, SystemIds, SystemRandomness
from supervision_core.audit.log_file import verify_lines, write_log
from supervision_core.audit.model import AuditEntry, AuditRow, Outcome, Verdict
from supervision_core.audit.ports import AuditLog
from supervision_core.audit.services import Anchoring, verify_store
from supervision_core.clues.services import RegisterClue, register_clue
from supervision_core.identity.model import Actor, DataScope
from supervision_core.identity.services import Commands, UseCase
from supervision_core.items.services.check_items import AddCheckItem, add_check_item
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.signing import verifiers
from supervision_core.plans.services import DraftPlan, draft_plan
from supervision_core.scenes.model import SceneBasics
from supervision_core.scenes.ports import Scenes
from supervision_core.scenes.services import CreateScene, create_scene
from supervision_core.subjects.model import Subject
from supervision_core.subjects.ports import Subjects
from supervision_core.subjects.services import CreateTag, create_tag
from supervision_core.testing.clues import clue_sheet
from supervision_core.testing.items import unlinked_check_content
from supervision_core.testing.offices import keep_directory
from supervision_core.testing.plans import plan_sheet, sub_plan
from supervision_core.testing.scenes import full_scene
from supervision_core.testing.subjects import full_subject_draft

AT_ONCE = 10
SERVED: dict[Any, Any] = {**PORTS, Calendars: lambda _connection: ChineseCalendars()}
WARMING = 3
Make = Callable[[str], tuple[UseCase[Any, Any], Any]]
ACTOR = Actor(
    user="u-1",
    department="d-1",
    scope=DataScope(region="450000"),
    permissions=frozenset(
        f"{context}.*" for context in ("subjects", "scenes", "clues", "items", "plans")
    ),
)
DEPARTMENTS = ("市场监管", "农业农村", "dept-market", "dept-farm", "dept-health")
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
    basics = SceneBasics(name=name, lead="市场监管", joining=("农业农村",))
    return create_scene, CreateScene(code=name, region="450000", basics=basics)


def clue(name: str) -> tuple[UseCase[Any, Any], Any]:
    """Give the command that registers a clue, with sealed personal data."""
    sheet = clue_sheet(reference=name, scene="scene-dairy", attachments=())
    return register_clue, RegisterClue(sheet=sheet)


def item(name: str) -> tuple[UseCase[Any, Any], Any]:
    """Give the command that adds a check item to the library."""
    return add_check_item, AddCheckItem(
        code=name, region="450000", content=unlinked_check_content()
    )


def plan(name: str) -> tuple[UseCase[Any, Any], Any]:
    """Give the command that drafts a yearly plan."""
    sheet = plan_sheet(name=name, attachments=())
    return draft_plan, DraftPlan(sheet=sheet, sub_plans=(sub_plan(id=name),))


COMMANDS = {
    "标签（最轻）": tag,
    "场景": scene,
    "线索": clue,
    "检查事项": item,
    "年度计划": plan,
}


def carry_out(commands: Commands, make: Make, numbers: Iterator[int]) -> None:
    """Carry out the next commands."""
    for number in islice(numbers, AT_ONCE):
        case, command = make(f"n-{number}")
        commands.run(case, command, actor=ACTOR, key=f"{case.name}/{number}")


def ways_of(engines: Sequence[Engine], make: Make) -> dict[str, Callable[[], object]]:
    """Give a kind of command without the log and with it."""
    kinds = {"不写审计": SilentTransactions, "产品": SqlTransactions}
    found: dict[str, Callable[[], object]] = {}
    for (way, kind), engine in zip(kinds.items(), engines, strict=True):
        commands = Commands(kind(engine, SERVED), SystemClock(), SystemIds())
        found[way] = partial(carry_out, commands, make, count())
    return found


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


def require(verdict: object) -> None:
    """Let a figure count only for a log that holds."""
    if not (isinstance(verdict, Verdict) and verdict.holds):
        raise SystemExit(verdict)


def batched(items: Iterator[AuditRow], size: int) -> Iterator[list[AuditRow]]:
    """Give the items in lists of ``size``."""
    while part := list(islice(items, size)):
        yield part


def filled(engine: Engine, size: int) -> None:
    """Let the log have so many rows."""
    with engine.begin() as connection:
        take_positions(connection, audit_row, size)
        for part in batched(rows(size), 10_000):
            insert_rows(
                connection, audit_row, [audit_values(one.number, one.entry) for one in part]
            )


def referred(engine: Engine) -> None:
    """Store what the commands refer to."""
    with SqlTransactions(engine, SERVED).begin() as unit:
        keep_directory(unit, DEPARTMENTS)
        unit[Subjects].save(
            Subject.from_draft(full_subject_draft("91450100MA5K000017"), id="subject-1", at=START)
        )
        unit[Scenes].save(full_scene("scene-dairy"))
        unit.commit()


def verifying(folder: Path, size: int) -> Iterator[Case]:
    """Give the first checkpoint, which reads all, then verifying a file and a database."""
    algorithms = open_algorithms(SystemRandomness())
    signer = algorithms.signer((7).to_bytes(32, "big"))
    trusted = verifiers(algorithms.verifier(signer.public_key))
    engine = open_engine(f"sqlite:///{folder}/log.db")
    migrate(engine)
    filled(engine, size)
    store = SqlCheckpoints(engine)
    anchoring = Anchoring(checkpoints=store, signer=signer, clock=SystemClock(), ids=SystemIds())

    def first() -> Sample:
        with engine.begin() as connection:
            connection.execute(delete(audit_checkpoint))
        return timed(anchoring.anchor)

    yield Case("第一个检查点", {"产品": first})
    checkpoints = store.between(0)
    path, log = folder / "log.jsonl", checkpoints[0].checkpoint.log
    with path.open("w", encoding="utf-8") as file:
        file.writelines(write_log(rows(size), checkpoints, log=log, first=0, size=size))

    def of_file() -> None:
        with path.open("rb", buffering=1 << 20) as lines:
            require(verify_lines(lines, trusted))

    yield Case("核对日志文件", {"产品": of_file})
    yield Case("核对数据库", {"产品": lambda: require(verify_store(store, trusted))})
    engine.dispose()


def cases(size: int, asked: Asked) -> Iterator[Case]:
    """Give verifying, then each kind of command on each kind of database."""
    with tempfile.TemporaryDirectory() as name:
        yield from verifying(Path(name), size)
    for kind, engines in databases(asked.postgres, 2):
        for engine in engines:
            filled(engine, size)
            referred(engine)
        for title, make in COMMANDS.items():
            ways = ways_of(engines, make)
            yield Case(f"{kind}，{title}", ways, "不写审计", times=AT_ONCE, warm=WARMING)


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(10_000, 100_000, 1_000_000), small=(100, 200), rounds=25)
