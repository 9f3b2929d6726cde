"""A copy of the database that follows it and takes the reading of lists from it."""

from collections.abc import Mapping, Sequence
from time import monotonic, sleep
from types import TracebackType
from typing import Any

from attrs import define, field
from sqlalchemy import Connection, Engine, Row, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql import Executable

from adapters.sql.engine.database import READING, reading_options
from adapters.sql.engine.reading import ELSEWHERE
from adapters.sql.engine.schema import audit_row, counter
from adapters.sql.frame.unit import Factory, SqlTransactions, SqlUnitOfWork
from supervision_core.kernel.ports import Port

PATIENCE = 0.05
PAUSE = 0.005
AVOIDED = 30.0
"""Seconds: waited for the copy to catch up, between two looks, and without it once it failed."""


def written(connection: Connection) -> int | None:
    """Give how many audit rows are committed: every command writes one, so it tells of them all."""
    asked = select(counter.c.upto).where(counter.c.name == audit_row.name)
    return connection.execute(asked).scalar()


@define(eq=False)
class Replica:
    """Gives connections to the copy, but only while it has all that the primary acknowledged.

    The audit log's counter is compared, in the primary and in the copy: so whoever wrote sees
    what he wrote, from any process, whatever the engine and however it replicates. A copy that is
    down or behind is not waited for: the primary answers.
    """

    engine: Engine
    _avoided_until: float = field(default=0.0, init=False)

    def connection(self, primary: Connection) -> Connection | None:
        """Give a connection that has seen what ``primary`` sees, if there is one."""
        if self.avoided:
            return None
        wanted = written(primary)
        connection: Connection | None = None
        try:
            connection = self.engine.connect().execution_options(**{READING: True})
            if wanted is not None and _caught_up(connection, wanted):
                return connection.execution_options(**{ELSEWHERE: self._elsewhere(primary)})
        except SQLAlchemyError:
            self.avoid()
        if connection is not None:
            connection.close()
        return None

    @property
    def avoided(self) -> bool:
        """Say whether the copy failed a while ago."""
        return monotonic() < self._avoided_until

    def avoid(self) -> None:
        """Do without the copy for a while."""
        self._avoided_until = monotonic() + AVOIDED

    def _elsewhere(self, primary: Connection) -> "_Elsewhere":
        return _Elsewhere(self, primary)


@define(eq=False)
class _Elsewhere:
    """Answers in the copy's place."""

    replica: Replica
    primary: Connection

    def __call__(
        self, statement: Executable, values: Mapping[str, Any] | None
    ) -> Sequence[Row[Any]]:
        self.replica.avoid()
        return self.primary.execute(statement, values).all()


def _caught_up(connection: Connection, wanted: int) -> bool:
    last = monotonic() + PATIENCE
    while True:
        has = written(connection)
        connection.rollback()  # the next look sees what was committed since
        if has is not None and has >= wanted:
            return True
        if monotonic() >= last:
            return False
        sleep(PAUSE)


class ReplicatedReading(SqlUnitOfWork):
    """A unit that only reads: lists from the copy, everything else from the primary."""

    def __init__(
        self,
        engine: Engine,
        ports: Mapping[type[Any], Factory],
        replica: Replica,
        listed: frozenset[type[Any]],
    ) -> None:
        """Read what is ``listed`` from ``replica`` where that can be."""
        super().__init__(engine, ports, reading_options(engine))
        self._replica, self._listed = replica, listed
        self._copy: Connection | None = None
        self._looked = False

    def __getitem__(self, port: type[Port]) -> Port:
        """Give this unit's implementation of ``port``. Raises ``KeyError``."""
        if port in self._listed and port not in self._made:
            if not self._looked:
                self._looked, self._copy = True, self._replica.connection(self._connection)
            if self._copy is not None:
                self._made[port] = self._ports[port](self._copy)
        return super().__getitem__(port)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Give both connections back."""
        try:
            super().__exit__(kind, error, traceback)
        finally:
            if self._copy is not None:
                self._copy.close()


class ReplicatedTransactions(SqlTransactions):
    """Units on the primary; those that only read take lists from its copy."""

    def __init__(
        self,
        engine: Engine,
        ports: Mapping[type[Any], Factory],
        replica: Replica,
        listed: frozenset[type[Any]],
    ) -> None:
        """Serve ``ports``, those ``listed`` from ``replica`` where nothing is written."""
        super().__init__(engine, ports)
        self._replica, self._listed = replica, listed

    def begin_reading(self) -> ReplicatedReading:
        """Give one that only reads."""
        return ReplicatedReading(self._engine, self._ports, self._replica, self._listed)

    def begin_looking(self) -> ReplicatedReading:
        """Give the same: whether the copy is up to date is a look of its own."""
        return self.begin_reading()
