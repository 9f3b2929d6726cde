"""Every table with protected rows, to be walked when keys change."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, select, update

from adapters.sql.engine.mapper import Mapper, values_of
from adapters.sql.engine.paging import next_by_id
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.repository import SqlRepository, chunks
from adapters.sql.sealing.batches import Batching, places_of, read_whole, whole_of
from adapters.sql.sealing.protection import Sealing, is_own, sealing_of
from supervision_core.kernel.sealing import ProtectedRow, ProtectedRows


class SqlProtectedRows(ProtectedRows):
    """The rows of one mapper's table, by id."""

    def __init__(self, engine: Engine, mapper: Mapper[Any]) -> None:
        """Walk the table of ``engine``."""
        self.name = mapper.table.name
        self._engine, self._mapper = engine, mapper
        self._reader = Reader(engine)
        self._sealing = sealing_of(engine)

    def count(self) -> int:
        """Count the rows."""
        return int(self._reader.rows(select(func.count(self._mapper.table.c.id)))[0][0])

    def after(self, cursor: str, limit: int) -> Sequence[ProtectedRow]:
        """Give the next rows."""
        table = self._mapper.table
        shown = (table.c.id, *(table.c[name] for name in self._mapper.protected()))
        asked = next_by_id(select(*shown), table.c.id, cursor, limit)
        return [
            ProtectedRow(row.id, self._mapper.is_current(row, self._sealing))
            for row in self._reader.rows(asked)
        ]

    def protect(self, cursors: Sequence[str]) -> int:
        """Protect these rows anew. Raises ``Tampered``.

        A writer raises the version, so one who came between reading and writing keeps his row.
        """
        changed = 0
        with self._engine.begin() as connection:
            batching = Batching(connection, self.name)
            for some in chunks(cursors):
                asked = whole_of(self._mapper).where(self._mapper.table.c.id.in_(some))
                rows, sealing = read_whole(Reader(connection).rows, asked, self._sealing)
                renewed = [row for row in rows if self._renew(connection, row, sealing)]
                if self._mapper.batched:
                    batched = [values_of(row) for row in renewed if not is_own(row.row_seal)]
                    batching.leave(places_of(self._mapper.table, batched))
                changed += len(renewed)
            batching.keep()
        return changed

    def _renew(self, connection: Connection, row: Row[Any], sealing: Sealing) -> bool:
        table = self._mapper.table
        renewed = (
            update(table)
            .where(table.c.id == row.id, table.c.version == row.version)
            .values(self._mapper.renewed(row, sealing))
        )
        return connection.execute(renewed).rowcount > 0


def protected_rows(engine: Engine, repositories: Iterable[Any]) -> list[ProtectedRows]:
    """Give a walk for each table that ``repositories`` protect.

    ``repositories`` are the factories of ports; those that map no protected table are passed over.
    """
    kept = [
        one
        for one in repositories
        if isinstance(one, type) and issubclass(one, SqlRepository) and one.mapper.protected()
    ]
    mappers = {one.mapper.table.name: one.mapper for one in kept}
    return [*(SqlProtectedRows(engine, mappers[name]) for name in sorted(mappers))]
