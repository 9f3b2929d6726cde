"""Units of work over a store of JSON texts, so that nobody holds a piece of what is stored."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from types import TracebackType
from typing import Any, Self, cast

from adapters.memory.audit import MemoryAuditLog, MemoryAuditQueries, MemorySegments
from adapters.memory.store import MemoryStore
from adapters.memory.todos import MemoryTodos
from supervision_core.audit.model import AuditRow
from supervision_core.audit.ports import AuditLog, AuditQueries, Segments
from supervision_core.audit.services import LoggedVersions
from supervision_core.identity.ports import DoneCommand, DoneCommands
from supervision_core.kernel.errors import Conflict
from supervision_core.kernel.events import Event, Thing
from supervision_core.kernel.outbox import Envelope, Outbox, Positions, event_facts, event_name
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.kernel.ports import Port, Transactions, UnitOfWork
from supervision_core.kernel.todos import Todos

__all__ = [
    "MemoryAuditLog",
    "MemoryOutbox",
    "MemoryStore",
    "MemoryTransactions",
    "MemoryUnitOfWork",
]

Place = tuple[str, str]


class MemoryUnitOfWork(UnitOfWork):
    """One transaction: sees what is committed, and its own changes before anybody else does."""

    def __init__(self, store: MemoryStore, ports: "Mapping[type[Any], Factory]") -> None:
        """Prepare."""
        self._store, self._ports = store, ports
        self._forget()

    def _forget(self) -> None:
        self._changes: dict[Place, str | None] = {}
        self._seen: dict[Place, str | None] = {}
        self._expected: dict[Place, str | None] = {}
        self._events: list[tuple[Event, Thing]] = []
        self._audit = MemoryAuditLog(self._store)
        self._segments = MemorySegments(self._store)
        self._made: dict[type[Any], object] = {
            AuditLog: self._audit,
            Segments: self._segments,
            AuditQueries: MemoryAuditQueries(self._store),
            DoneCommands: _MemoryDoneCommands(self),
            Positions: _MemoryPositions(self),
            Todos: MemoryTodos(self),
        }

    def __enter__(self) -> Self:
        """Begin."""
        self._forget()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Forget whatever was not committed."""
        self._forget()

    def __getitem__(self, port: type[Port]) -> Port:
        """Give this transaction's implementation of ``port``. Raises ``KeyError``."""
        if port not in self._made:
            self._made[port] = self._ports[port](self)
        return cast("Port", self._made[port])

    def known(self) -> LoggedVersions:
        """Give what the committed log says of the rows that decide."""
        with self._store.lock:
            self._store.known.follow(self._audit)
        return self._store.known

    def find(self, table: str, key: str) -> str | None:
        """Give the text at ``key`` as this transaction sees it."""
        place = (table, key)
        if place in self._changes:
            return self._changes[place]
        self._seen[place] = self._store.find(table, key)
        return self._seen[place]

    def scan(self, table: str) -> Iterator[tuple[str, str]]:
        """Give every key and text of ``table`` as this transaction sees it, by key."""
        with self._store.lock:
            seen: dict[str, str | None] = dict(self._store.texts.get(table, {}))
        seen.update({key: text for (where, key), text in self._changes.items() if where == table})
        yield from sorted((key, text) for key, text in seen.items() if text is not None)

    def put(self, table: str, key: str, text: str | None) -> None:
        """Set the text at ``key``, or take it away by ``None``.

        The commit is refused when somebody else set it since this transaction found it last.
        """
        place = (table, key)
        if place not in self._seen:
            self.find(table, key)
        self._expected.setdefault(place, self._seen[place])
        self._changes[place] = text

    def emit(self, event: Event, thing: Thing) -> None:
        """Keep ``event`` for the outbox."""
        self._events.append((event, thing))

    def commit(self) -> None:
        """Make everything visible at once. Raises ``Conflict``, having changed nothing."""
        store = self._store
        with store.lock:
            for (table, key), expected in self._expected.items():
                if store.find(table, key) != expected:
                    raise Conflict(table, key)
            for (table, key), text in self._changes.items():
                if text is None:
                    store.texts.get(table, {}).pop(key, None)
                else:
                    store.texts.setdefault(table, {})[key] = text
            for segment in self._segments.waiting:
                del store.audit[: segment.upto - store.archived]
                store.archived = segment.upto
                store.segments.append(segment)
            first = store.archived + len(store.audit)
            for number, entry in enumerate(self._audit.waiting, first):
                store.audit.append(AuditRow(number=number, entry=entry))
            for event, thing in self._events:
                store.outbox[store.sent] = Envelope(
                    number=store.sent,
                    name=event_name(event),
                    at=event.at,
                    thing=thing,
                    facts=event_facts(event),
                )
                store.sent += 1
        self._forget()


Factory = Callable[[MemoryUnitOfWork], object]


class _MemoryDoneCommands(DoneCommands):
    def __init__(self, unit: MemoryUnitOfWork) -> None:
        self._unit = unit

    def find(self, actor: str, key: str) -> DoneCommand | None:
        text = self._unit.find("done_command", json.dumps([actor, key]))
        return None if text is None else from_plain(DoneCommand, json.loads(text))

    def add(self, actor: str, done: DoneCommand) -> None:
        place = json.dumps([actor, done.key])
        if self._unit.find("done_command", place) is not None:
            raise Conflict("done_command", done.key)
        self._unit.put("done_command", place, json.dumps(to_plain(done)))

    def forget(self, before: date, limit: int, *, but: str) -> int:
        found = {
            place: from_plain(DoneCommand, json.loads(text))
            for place, text in self._unit.scan("done_command")
            if json.loads(place)[0] != but
        }
        old = [place for place, one in found.items() if one.done_on and one.done_on < before]
        gone = old[:limit]
        for place in gone:
            self._unit.put("done_command", place, None)
        return len(gone)


class _MemoryPositions(Positions):
    def __init__(self, unit: MemoryUnitOfWork) -> None:
        self._unit = unit

    def all(self) -> Mapping[str, int]:
        return {name: int(text) for name, text in self._unit.scan("receiver")}

    def move(self, receiver: str, *, before: int | None, to: int) -> None:
        if self._unit.find("receiver", receiver) != (None if before is None else str(before)):
            raise Conflict("receiver", receiver)
        self._unit.put("receiver", receiver, str(to))

    def leave(self, receiver: str) -> None:
        self._unit.put("receiver", receiver, None)


class MemoryOutbox(Outbox):
    """The relay's side of a store's outbox."""

    def __init__(self, store: MemoryStore) -> None:
        """Relay from ``store``."""
        self._store = store

    def pending(self, limit: int, start: int = 0) -> Sequence[Envelope]:
        """Give the oldest events from number ``start`` on."""
        with self._store.lock:
            numbers = sorted(number for number in self._store.outbox if number >= start)
            return [self._store.outbox[number] for number in numbers[:limit]]

    def forget(self, upto: int) -> None:
        """Forget these events."""
        with self._store.lock:
            for number in [one for one in self._store.outbox if one < upto]:
                del self._store.outbox[number]


class MemoryTransactions(Transactions):
    """Opens units of work on ``store``; ``ports`` says who serves each port."""

    def __init__(self, store: MemoryStore, ports: Mapping[type[Any], Factory]) -> None:
        """Serve ``ports`` beside the frame's own (audit log, done commands)."""
        self._store, self._ports = store, dict(ports)

    def begin(self) -> MemoryUnitOfWork:
        """Give a new unit of work, to be entered with ``with``."""
        return MemoryUnitOfWork(self._store, self._ports)
