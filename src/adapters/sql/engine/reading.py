"""Running selects, inside a unit of work or outside of any."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import Executable

from adapters.sql.engine import direct
from adapters.sql.engine.database import READING

ELSEWHERE = "supervision_elsewhere"
"""Option of a copy's connection: who answers when the copy fails in the middle."""
ROWS_AT_ONCE = 500
"""Of what is gone through whole, in one transaction: hundredths of a second, some tenths on a busy
machine, in which SQLite cannot begin its log anew."""


class Reader:
    """Runs selects on a unit's connection, or, given an engine, on a short one of its own."""

    def __init__(self, source: Engine | Connection) -> None:
        """Read from ``source``."""
        self._source = source

    @property
    def dialect(self) -> str:
        """The name of the engine's dialect."""
        return self._source.dialect.name

    def rows(
        self, statement: Executable, values: Mapping[str, Any] | None = None
    ) -> Sequence[Row[Any]]:
        """Give every row of ``statement``; ``values`` are those of one that is made once."""
        if isinstance(self._source, Connection):
            elsewhere = self._source.get_execution_options().get(ELSEWHERE)
            if elsewhere is not None:
                return _answered(self._source, statement, values, elsewhere)
            return self._source.execute(statement, values).all()
        with self._source.connect().execution_options(**{READING: True}) as connection:
            found = connection.execute(statement, values).all()
            if direct.prepares(connection.dialect):
                connection.commit()  # a rollback would make it forget what it prepared
            return found

    def every(self, statement: Select[Any], values: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Give the values of every row by name, of a statement that is made once."""
        source = self._source
        if (
            not isinstance(source, Connection)
            or ELSEWHERE in source.get_execution_options()
            or direct.prepared(statement, source.dialect).expands
        ):
            return [row._asdict() for row in self.rows(statement, values)]
        for listener in source.dispatch.before_execute:
            listener(source, statement, [], values, {})
        return direct.rows(source, statement, values)


Elsewhere = Callable[[Executable, Mapping[str, Any] | None], Sequence[Row[Any]]]


def _answered(
    copy: Connection,
    statement: Executable,
    values: Mapping[str, Any] | None,
    elsewhere: Elsewhere,
) -> Sequence[Row[Any]]:
    try:
        return copy.execute(statement, values).all()
    except DBAPIError:
        return elsewhere(statement, values)
