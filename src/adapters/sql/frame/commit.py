"""What commits beside the business rows: audit rows, outbox rows, done commands."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import evolve
from sqlalchemy import (
    Connection,
    Engine,
    Row,
    Table,
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from adapters.sql.engine import direct
from adapters.sql.engine.bulk import insert_rows
from adapters.sql.engine.reading import ROWS_AT_ONCE, Reader
from adapters.sql.engine.schema import (
    ABOUT_LENGTH,
    audit_row,
    audit_target,
    counter,
    done_command,
    outbox,
    receiver,
)
from supervision_core.audit.model import (
    CONCERNS,
    AuditEntry,
    AuditRow,
    Outcome,
    concerned,
    leaf_text,
    note_text,
    targets_text,
    things_of,
)
from supervision_core.audit.ports import AuditLog
from supervision_core.identity.ports import DoneCommand, DoneCommands
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.errors import Conflict
from supervision_core.kernel.events import Event, Thing
from supervision_core.kernel.outbox import Envelope, Outbox, Positions, event_facts, event_name

_OF_SEQUENCE = counter.c.name == bindparam("counted")
TAKE = update(counter).where(_OF_SEQUENCE).values(upto=counter.c.upto + bindparam("taken"))
TAKE_TELLING = TAKE.returning(counter.c.upto)
UPTO = select(counter.c.upto).where(_OF_SEQUENCE)
DONE = select(done_command).where(
    done_command.c.actor == bindparam("by"), done_command.c.request_key == bindparam("under")
)
NOTE = direct.whole_row(done_command)
NOTE_AND_TAKE = TAKE_TELLING.add_cte(NOTE.cte("noted"))
"""Two statements in one: on a server each costs a round trip. It takes the counter first, so that
two commands under one key never wait for each other."""
TOGETHER = "postgresql"
"""Whose statements may hold such parts; KingbaseES is said to, and nobody has tried."""
AUDIT_COLUMNS = tuple(column.name for column in audit_row.c)
ADD_ROW = direct.whole_row(audit_row)
_CALLED = receiver.c.name == bindparam("called")
BEGIN = direct.whole_row(receiver)
MOVE = (
    update(receiver)
    .where(_CALLED, receiver.c.upto == bindparam("before"))
    .values(upto=bindparam("to"))
)
LEAVE = delete(receiver).where(_CALLED)

_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def take_positions(connection: Connection, table: Table, count: int) -> int:
    """Reserve ``count`` positions and give the first.

    The counter's row stays locked until the transaction ends, so positions follow the commits,
    without a gap: a reader that has seen position n has seen all before it.
    """
    return take_all_positions(connection, {table.name: count})[table.name]


def take_all_positions(connection: Connection, counts: Mapping[str, int]) -> Mapping[str, int]:
    """Reserve positions in several tables, locked one by one in the order of their names."""
    return {name: _taken(connection, name, counts[name]) for name in sorted(counts) if counts[name]}


def _taken(connection: Connection, name: str, count: int) -> int:
    values = {"counted": name, "taken": count}
    if connection.dialect.update_returning:
        return direct.number(connection, TAKE_TELLING, values) - count
    direct.execute(connection, TAKE, values)
    return direct.number(connection, UPTO, {"counted": name}) - count


class SqlAuditLog(AuditLog):
    """The log in table ``audit_row``; entries get their number when the unit commits."""

    def __init__(self, source: Engine | Connection) -> None:
        """Read from ``source``; entries are appended inside a unit of work only."""
        self._source = source
        self._reader = Reader(source)
        self._waiting: list[AuditEntry] = []

    def append(self, entry: AuditEntry) -> None:
        """Keep ``entry`` until the unit commits."""
        self._waiting.append(entry)

    def name(self, targets: Sequence[str]) -> None:
        """Name more of what this unit wrote, in the last entry that waits."""
        if targets and self._waiting:
            last = self._waiting[-1]
            self._waiting[-1] = evolve(last, targets=(*last.targets, *targets))

    @property
    def waiting(self) -> int:
        """How many entries wait for the commit."""
        return len(self._waiting)

    def flush(self, connection: Connection, first: int) -> None:
        """Write what waits from position ``first`` on, as the last part of the transaction."""
        about = [
            (thing[:ABOUT_LENGTH], at)
            for at, entry in enumerate(self._waiting, first)
            for thing in (*things_of(entry.targets), *map(concerning, sorted(concerned(entry))))
        ]
        self.add_rows(connection, first)
        if about:
            insert_rows(connection, audit_target, about)

    def add_rows(self, connection: Connection, first: int) -> None:
        """Write the rows alone: a step of a migration has no index of what they are about yet."""
        for at, entry in enumerate(self._waiting, first):
            values = dict(zip(AUDIT_COLUMNS, audit_values(at, entry), strict=True))
            direct.execute(connection, ADD_ROW, values)
        self._waiting.clear()

    def rows(self, start: int = 0) -> Iterator[AuditRow]:
        """Give the committed rows from number ``start`` on, in order."""
        while True:
            asked = (
                select(audit_row)
                .where(audit_row.c.position >= start)
                .order_by(audit_row.c.position)
                .limit(ROWS_AT_ONCE)
            )
            found = self._reader.rows(asked)
            yield from (audit_row_of(row) for row in found)
            if len(found) < ROWS_AT_ONCE:
                return
            start = found[-1].position + 1

    def leaves(self) -> list[bytes]:
        """Give the stored leaf hashes in order, for roots and proofs over the whole log."""
        asked = select(audit_row.c.leaf).order_by(audit_row.c.position)
        return [bytes.fromhex(row.leaf) for row in self._reader.rows(asked)]


def concerning(department: str) -> str:
    """Give under which name the index has the rows about objects of a department."""
    return f"{CONCERNS}/{department}"


def audit_values(number: int, entry: AuditEntry) -> tuple[object, ...]:
    """Give the row that an entry is stored as, column by column, its leaf hash last."""
    targets, note = targets_text(entry.targets), note_text(entry.note)
    text = leaf_text(
        number,
        at=entry.at.isoformat(),
        actor=entry.actor,
        department=entry.department,
        action=entry.action,
        outcome=entry.outcome.value,
        request=entry.request,
        targets=targets,
        note=note,
    )
    return (
        number,
        entry.at,
        entry.actor,
        entry.department,
        entry.action,
        entry.outcome.value,
        entry.request,
        targets,
        note,
        sm3(b"\x00" + text.encode()).hex(),
    )


def audit_row_of(row: Row[Any]) -> AuditRow:
    """Give the row of the log as the core knows it."""
    entry = AuditEntry(
        at=row.happened_at,
        actor=row.actor,
        department=row.department,
        action=row.action,
        outcome=Outcome(row.outcome),
        request=row.request,
        targets=tuple(json.loads(row.targets)),
        note=tuple((name, fact) for name, fact in json.loads(row.note)),
    )
    return AuditRow(number=row.position, entry=entry)


class SqlOutbox(Outbox):
    """The relay's side of table ``outbox``: read, then delete what all have received."""

    def __init__(self, engine: Engine) -> None:
        """Relay from ``engine``."""
        self._engine = engine
        self._reader = Reader(engine)

    def pending(self, limit: int, start: int = 0) -> Sequence[Envelope]:
        """Give the oldest events from number ``start`` on."""
        oldest = select(outbox).where(outbox.c.position >= start).order_by(outbox.c.position)
        return [
            Envelope(
                number=row.position,
                name=row.name,
                at=row.happened_at,
                thing=Thing(row.kind, row.thing, row.version),
                facts=json.loads(row.facts),
            )
            for row in self._reader.rows(oldest.limit(limit))
        ]

    def forget(self, upto: int) -> None:
        """Forget these events: the audit log and the aggregates keep what happened."""
        with self._engine.begin() as connection:
            connection.execute(delete(outbox).where(outbox.c.position < upto))


class SqlPositions(Positions):
    """Positions of receivers, in table ``receiver``."""

    def __init__(self, connection: Connection) -> None:
        """Work on the connection of a unit of work."""
        self._connection = connection

    def all(self) -> Mapping[str, int]:
        """Give them by receiver."""
        rows = self._connection.execute(select(receiver)).all()
        return {row.name: row.upto for row in rows}

    def move(self, receiver: str, *, before: int | None, to: int) -> None:
        """Move one, or begin it. Raises ``Conflict``."""
        values = {"called": receiver, "before": before, "to": to}
        try:
            if before is None:
                direct.execute(self._connection, BEGIN, {"name": receiver, "upto": to})
                return
        except IntegrityError as error:
            raise Conflict("receiver", receiver) from error
        if not direct.count(self._connection, MOVE, values):
            raise Conflict("receiver", receiver)

    def leave(self, receiver: str) -> None:
        """Delete its row."""
        self._connection.execute(LEAVE, {"called": receiver})


def write_events(connection: Connection, events: Sequence[tuple[Event, Thing]], first: int) -> None:
    """Put ``events`` into the outbox, in order, from position ``first`` on."""
    apart = {id(e): e for e, _ in events}  # one event may tell of thousands
    said = {key: (event_name(e), _text(event_facts(e))) for key, e in apart.items()}
    rows = (
        (at, name, e.at, of.kind, of.id, of.version, facts)
        for at, (e, of) in enumerate(events, first)
        for name, facts in (said[id(e)],)
    )
    insert_rows(connection, outbox, rows)


class SqlDoneCommands(DoneCommands):
    """Idempotency records in table ``done_command``; a new one is written when the unit commits."""

    def __init__(self, connection: Connection) -> None:
        """Work on the connection of a unit of work."""
        self._connection = connection
        self._waiting: dict[str, Any] | None = None

    def find(self, actor: str, key: str) -> DoneCommand | None:
        """Give what ``actor`` did under ``key``, if anything."""
        row = direct.row(self._connection, DONE, {"by": actor, "under": key})
        if row is None:
            return None
        return DoneCommand(
            key=key, action=row["action"], request=row["request"], answer=row["answer"],
            done_on=row["done_on"],
        )  # fmt: skip

    def add(self, actor: str, done: DoneCommand) -> None:
        """Record, at most once in a unit."""
        self._waiting = {
            "actor": actor,
            "request_key": done.key,
            "action": done.action,
            "request": done.request,
            "answer": done.answer,
            "done_on": done.done_on,
        }

    def forget(self, before: date, limit: int, *, but: str) -> int:
        """Delete by the index of days."""
        columns = done_command.c
        by, under = columns.actor, columns.request_key
        asked = select(by, under).where(columns.done_on < before, by != but).limit(limit)
        gone = [{"by": row.actor, "under": row.request_key}
                for row in self._connection.execute(asked)]  # fmt: skip
        if gone:
            those = delete(done_command).where(by == bindparam("by"), under == bindparam("under"))
            self._connection.execute(those, gone)
        return len(gone)

    def flush(self, counts: Mapping[str, int]) -> Mapping[str, int]:
        """Write what waits and reserve positions, in one statement where the engine can.

        Raises ``Conflict`` when another command came first under the same key.
        """
        row, self._waiting = self._waiting, None
        if row is None:
            return take_all_positions(self._connection, counts)
        try:
            if self._connection.dialect.name == TOGETHER and counts.get(audit_row.name):
                return self._noted_and_taken(row, counts)
            direct.execute(self._connection, NOTE, row)
        except IntegrityError as error:
            raise Conflict("done_command", row["request_key"]) from error
        return take_all_positions(self._connection, counts)

    def _noted_and_taken(
        self, row: Mapping[str, Any], counts: Mapping[str, int]
    ) -> Mapping[str, int]:
        name, count = audit_row.name, counts[audit_row.name]
        values = {**row, "counted": name, "taken": count}
        first = direct.number(self._connection, NOTE_AND_TAKE, values) - count
        others = {other: wanted for other, wanted in counts.items() if other != name}
        return {name: first, **take_all_positions(self._connection, others)}
