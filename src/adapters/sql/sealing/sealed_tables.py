"""Tables with rows that are no aggregates: each belongs to a batch, and is checked by it."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from attrs import frozen
from sqlalchemy import Connection, Row, Select, Table, literal, tuple_

from adapters.sql.engine.mapper import json_text
from adapters.sql.engine.reading import Reader
from adapters.sql.sealing.batches import beside_seals, read_whole
from adapters.sql.sealing.protection import Sealing, check_batched, sealing_of
from supervision_core.kernel.batches import digests_of
from supervision_core.kernel.canonical import Json


@frozen
class SealedTable:
    """A table, and how the batch of a row states the row."""

    table: Table
    state: Callable[[Row[Any]], Sequence[Json]]

    def whole(self) -> Select[Any]:
        """Ask for whole rows, beside what they are checked by."""
        return beside_seals(self.table)

    def read(self, connection: Connection, asked: Select[Any]) -> Sequence[Row[Any]]:
        """Read rows that are as they were sealed. Raises ``Tampered``."""
        rows, sealing = read_whole(Reader(connection).rows, asked, sealing_of(connection))
        for row, digest in zip(rows, self.digests(rows), strict=True):
            self.check(row, digest, sealing)
        return rows

    def digests(self, rows: Sequence[Row[Any]]) -> list[str]:
        """Give the digests by which batches know these rows."""
        return digests_of(self.table.name, map(self.state, rows))

    def places(self, rows: Sequence[Row[Any]]) -> Iterator[tuple[str, str]]:
        """Give batch and digest of each of these rows."""
        return zip((row.row_seal for row in rows), self.digests(rows), strict=True)

    def check(self, row: Row[Any], digest: str, sealing: Sealing) -> None:
        """Raise ``Tampered`` unless a row is in its batch."""
        check_batched(self.table, row.row_seal, row.batch_seal, digest, sealing)

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
