"""A copy of the database that follows it and takes the reading of lists from it."""

from time import monotonic, sleep

from attrs import define, field
from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import SQLAlchemyError

from adapters.sql.engine import READING
from adapters.sql.schema import audit_row, counter

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
        if monotonic() < self._avoided_until:
            return None
        wanted = written(primary)
        connection: Connection | None = None
        try:
            connection = self.engine.connect().execution_options(**{READING: True})
            if wanted is not None and _caught_up(connection, wanted):
                return connection
        except SQLAlchemyError:
            self._avoided_until = monotonic() + AVOIDED
        if connection is not None:
            connection.close()
        return None


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
