"""Running selects, inside a unit of work or outside of any."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Row
from sqlalchemy.sql import Executable

from adapters.sql.engine import READING


class Reader:
    """Runs selects on a unit's connection, or, given an engine, on a short one of its own."""

    def __init__(self, source: Engine | Connection) -> None:
        """Read from ``source``."""
        self._source = source

    def rows(self, statement: Executable) -> Sequence[Row[Any]]:
        """Give every row of ``statement``."""
        if isinstance(self._source, Connection):
            return self._source.execute(statement).all()
        with self._source.connect().execution_options(**{READING: True}) as connection:
            return connection.execute(statement).all()
