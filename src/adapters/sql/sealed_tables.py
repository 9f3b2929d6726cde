"""Tables with sealed rows that are no aggregates: how they are checked, walked and sealed anew."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from attrs import frozen
from sqlalchemy import Connection, Engine, Row, Select, Table, func, literal, select, tuple_, update

from adapters.sql.mapper import json_text
from adapters.sql.reading import Reader
from adapters.sql.sealing import ROW_SEAL, sealing_of
from adapters.sql.tallies import recount
from supervision_core.kernel.canonical import Stated
from supervision_core.kernel.sealing import ProtectedRow, ProtectedRows, RowSeal


@frozen
class SealedTable:
    """A table, and how the seal in each row states the row; its rows are tallied."""

    table: Table
    state: Callable[[Row[Any]], Stated]

    def check(self, row: Row[Any], seals: RowSeal) -> None:
        """Raise ``Tampered`` unless the whole row is as it was sealed."""
        seals.check(self.table.name, self.state(row), row.row_seal)

    def of(self, row: Row[Any], seals: RowSeal) -> str:
        """Give the seal of a row."""
        return seals.of(self.table.name, self.state(row))

    def next(self, asked: Select[Any], cursor: str, limit: int) -> Select[Any]:
        """Ask for the next rows of a walk in order of the key."""
        key = tuple(self.table.primary_key.columns)
        if cursor:
            asked = asked.where(tuple_(*key) > tuple_(*map(literal, self.place(cursor))))
        return asked.order_by(*key).limit(limit)

    def cursor(self, row: Row[Any]) -> str:
        """Give where a row stands."""
        values = (getattr(row, column.name) for column in self.table.primary_key.columns)
        return json_text([one.isoformat() if isinstance(one, date) else one for one in values])

    def place(self, cursor: str) -> list[Any]:
        """Give the key of the row that stands there."""
        columns = self.table.primary_key.columns
        return [
            date.fromisoformat(one) if column.type.python_type is date else one
            for column, one in zip(columns, json.loads(cursor), strict=True)
        ]


class ProtectedTable(ProtectedRows):
    """The rows of such a table, walked when keys change."""

    def __init__(self, engine: Engine, kept: SealedTable) -> None:
        """Walk the table of ``engine``."""
        self.name = kept.table.name
        self._engine, self._kept = engine, kept
        self._reader = Reader(engine)
        self._seals = sealing_of(engine).rows

    def count(self) -> int:
        """Count the rows."""
        return int(self._reader.rows(select(func.count()).select_from(self._kept.table))[0][0])

    def after(self, cursor: str, limit: int) -> Sequence[ProtectedRow]:
        """Give the next rows."""
        table = self._kept.table
        asked = self._kept.next(
            select(*table.primary_key.columns, table.c[ROW_SEAL]), cursor, limit
        )
        return [
            ProtectedRow(self._kept.cursor(row), self._seals.is_current(row.row_seal))
            for row in self._reader.rows(asked)
        ]

    def protect(self, cursors: Sequence[str]) -> int:
        """Seal these rows anew. Raises ``Tampered``."""
        changed: dict[str, str] = {}
        with self._engine.begin() as connection:
            for cursor in cursors:
                self._renew(connection, cursor, changed)
            recount(connection, self.name, added=changed.values(), gone=changed)
        return len(changed)

    def _renew(self, connection: Connection, cursor: str, changed: dict[str, str]) -> None:
        table = self._kept.table
        places = zip(table.primary_key.columns, self._kept.place(cursor), strict=True)
        here = [column == at for column, at in places]
        row = connection.execute(select(table).where(*here)).one_or_none()
        if row is None:
            return
        self._kept.check(row, self._seals)
        seal = self._kept.of(row, self._seals)
        unchanged = table.c[ROW_SEAL] == row.row_seal
        renewed = update(table).where(*here, unchanged).values({ROW_SEAL: seal})
        if connection.execute(renewed).rowcount:
            changed[row.row_seal] = seal
