"""Units of work over one connection."""

from collections.abc import Callable, Mapping
from types import MappingProxyType, TracebackType
from typing import Any, Self, cast

from sqlalchemy import Connection, Engine, RootTransaction
from sqlalchemy.exc import OperationalError

from adapters.sql.engine import direct
from adapters.sql.engine.closing import AtCommit
from adapters.sql.engine.confirming import CONFIRMING, Confirming, unconfirmed, waited_in_vain
from adapters.sql.engine.database import ONE_STATE, looking_options, reading_options
from adapters.sql.engine.schema import audit_row, outbox
from adapters.sql.frame.audit import SqlSegments
from adapters.sql.frame.audit_questions import SqlAuditQueries
from adapters.sql.frame.commit import (
    SqlAuditLog,
    SqlDoneCommands,
    SqlPositions,
    write_events,
)
from adapters.sql.frame.todos import SqlTodos
from supervision_core.audit.ports import AuditLog, AuditQueries, Segments
from supervision_core.identity.ports import DoneCommands
from supervision_core.kernel.events import Event, Thing
from supervision_core.kernel.outbox import Positions
from supervision_core.kernel.ports import Port, Transactions, UnitOfWork
from supervision_core.kernel.todos import Todos

Factory = Callable[[Connection], object]
FRAME: Mapping[type[Any], Factory] = {
    AuditQueries: SqlAuditQueries,
    Segments: SqlSegments,
    Positions: SqlPositions,
    Todos: SqlTodos,
}


class SqlUnitOfWork(UnitOfWork):
    """One transaction; audit and outbox rows are written at its end, under their lock."""

    def __init__(
        self,
        engine: Engine,
        ports: Mapping[type[Any], Factory],
        options: Mapping[str, Any] = MappingProxyType({}),
        *,
        noting: bool = False,
    ) -> None:
        """Prepare; the transaction begins on entering, on a connection with these ``options``."""
        self._engine, self._ports, self._options = engine, ports, options
        self._noting = noting
        self._made: dict[type[Any], object] = {}
        self._closing: dict[type[Any], AtCommit] = {}
        self._events: list[tuple[Event, Thing]] = []
        self._audit: SqlAuditLog
        self._done: SqlDoneCommands
        self._connection: Connection
        self._transaction: RootTransaction

    def __enter__(self) -> Self:
        """Begin; on SQLite this takes the write lock, unless the unit only reads."""
        self._connection = self._engine.connect()
        try:
            if self._options:
                self._connection.execution_options(**self._options)
            self._transaction = self._connection.begin()
        except BaseException:
            self._connection.close()
            raise
        self._audit = SqlAuditLog(self._connection)
        self._done = SqlDoneCommands(self._connection)
        self._made = {AuditLog: self._audit, DoneCommands: self._done}
        self._closing = {}
        self._events = []
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Roll back whatever was not committed, and give the connection back.

        One that only read, in which PostgreSQL takes no writing, is committed: psycopg forgets
        what it prepared when it rolls back, and every statement would be planned anew.
        """
        try:
            if self._transaction.is_active:
                if kind is None and self._options and self._keeps_prepared:
                    self._transaction.commit()
                else:
                    self._transaction.rollback()
        finally:
            self._connection.close()

    @property
    def _keeps_prepared(self) -> bool:
        connection = self._connection
        return direct.prepares(connection.dialect) and not connection.invalidated

    def __getitem__(self, port: type[Port]) -> Port:
        """Give this transaction's implementation of ``port``. Raises ``KeyError``."""
        if port not in self._made:
            made = self._made[port] = self._ports[port](self._connection)
            if isinstance(made, AtCommit):
                self._closing[port] = made
        return cast("Port", self._made[port])

    def emit(self, event: Event, thing: Thing) -> None:
        """Keep ``event`` for the outbox."""
        self._events.append((event, thing))

    def commit(self) -> None:
        """Write what waits (at last done command, outbox and audit rows), then commit.

        Raises ``Unconfirmed`` where the server's copy does not confirm it in time.
        """
        if self._noting and not self._audit.waiting:
            self._commit_here()
            return
        confirming = confirming_of(self._engine)
        try:
            self._commit()
        except OperationalError as error:
            if not waited_in_vain(error.orig):
                raise
            confirming.overdue()
            raise unconfirmed() from error
        confirming.confirmed()

    def _commit_here(self) -> None:
        """Commit without waiting for a copy."""
        if self._connection.dialect.name in ONE_STATE:
            direct.execute_text(self._connection, "SET LOCAL synchronous_commit TO LOCAL")
        self._commit()

    def _commit(self) -> None:
        for port in self._ports:
            if port in self._closing:
                self._audit.name(self._closing[port].flush())
        counts = {outbox.name: len(self._events), audit_row.name: self._audit.waiting}
        firsts = self._done.flush(counts)
        if self._events:
            write_events(self._connection, self._events, firsts[outbox.name])
        if self._audit.waiting:
            self._audit.flush(self._connection, firsts[audit_row.name])
        self._transaction.commit()


def confirming_of(engine: Engine) -> Confirming:
    """Give what is known of whether commits are confirmed."""
    found: Confirming = engine.get_execution_options()[CONFIRMING]
    return found


class SqlTransactions(Transactions):
    """Opens units of work on ``engine``; ``ports`` says who serves each port."""

    def __init__(self, engine: Engine, ports: Mapping[type[Any], Factory]) -> None:
        """Serve ``ports`` beside the frame's own (audit log, done commands)."""
        self._engine, self._ports = engine, {**FRAME, **ports}

    def begin(self) -> SqlUnitOfWork:
        """Give a new unit of work, to be entered with ``with``. Raises ``Unconfirmed``."""
        confirming_of(self._engine).require()
        return SqlUnitOfWork(self._engine, self._ports)

    def begin_noting(self) -> SqlUnitOfWork:
        """Give one whose commit waits for no copy, unless it is audited."""
        return SqlUnitOfWork(self._engine, self._ports, noting=True)

    def begin_reading(self) -> SqlUnitOfWork:
        """Give one that only reads, where it can be from one state of the database."""
        return SqlUnitOfWork(self._engine, self._ports, reading_options(self._engine))

    def begin_looking(self) -> SqlUnitOfWork:
        """Give one whose statement, of which there is one, is not put into a transaction."""
        return SqlUnitOfWork(self._engine, self._ports, looking_options(self._engine))
