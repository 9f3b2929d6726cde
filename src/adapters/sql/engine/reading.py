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


class Reader:
    """Runs selects on a unit's connection, or, given an engine, on a short one of its own."""

    def __init__(self, source: Engine | Connection) -> None:
        """Read from ``source``."""
        self._source = source

    def rows(self, statement: Executable) -> Sequence[Row[Any]]:
        """Give every row of ``statement``."""
        if isinstance(self._source, Connection):
            elsewhere = self._source.get_execution_options().get(ELSEWHERE)
            if elsewhere is not None:
                return _answered(self._source, statement, elsewhere)
            return self._source.execute(statement).all()
        with self._source.connect().execution_options(**{READING: True}) as connection:
            return connection.execute(statement).all()

    def first(self, statement: Select[Any], values: Mapping[str, Any]) -> dict[str, Any] | None:
        """Give the values of the first row by name, if any; for a statement that is made once."""
        source = self._source
        if not isinstance(source, Connection) or ELSEWHERE in source.get_execution_options():
            return next((row._asdict() for row in self.rows(statement.params(values))), None)
        for listener in source.dispatch.before_execute:
            listener(source, statement, [], values, {})
        return direct.row(source, statement, values)


def _answered(
    copy: Connection, statement: Executable, elsewhere: Callable[[Executable], Sequence[Row[Any]]]
) -> Sequence[Row[Any]]:
    try:
        return copy.execute(statement).all()
    except DBAPIError:
        return elsewhere(statement)
