"""Every table with protected rows, to be walked when keys change."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Engine, func, select, update

from adapters.sql.graded import GRADINGS
from adapters.sql.mapper import Mapper
from adapters.sql.paging import next_by_id
from adapters.sql.reading import Reader
from adapters.sql.repository import SqlRepository, chunks
from adapters.sql.sealed_tables import ProtectedTable
from adapters.sql.sealing import sealing_of
from adapters.sql.subject_facts import FACTS, STATEMENTS
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
        table, changed = self._mapper.table, 0
        with self._engine.begin() as connection:
            for some in chunks(cursors):
                for row in connection.execute(select(table).where(table.c.id.in_(some))).all():
                    renewed = (
                        update(table)
                        .where(table.c.id == row.id, table.c.version == row.version)
                        .values(self._mapper.renewed(row, self._sealing))
                    )
                    changed += connection.execute(renewed).rowcount
        return changed


KEYED = (GRADINGS, FACTS, STATEMENTS)
"""Sealed tables that no repository of aggregates keeps."""


def protected_rows(engine: Engine, repositories: Iterable[Any]) -> list[ProtectedRows]:
    """Give a walk for each table that ``repositories`` protect, gradings and facts.

    ``repositories`` are the factories of ports; those that map no protected table are passed over.
    """
    kept = [
        one
        for one in repositories
        if isinstance(one, type) and issubclass(one, SqlRepository) and one.mapper.protected()
    ]
    mappers = {one.mapper.table.name: one.mapper for one in kept}
    walks = [SqlProtectedRows(engine, mappers[name]) for name in sorted(mappers)]
    others = [ProtectedTable(engine, one) for one in KEYED]
    return [*walks, *others]
