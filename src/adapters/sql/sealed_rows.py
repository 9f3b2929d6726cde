"""The rows whose seal does not hold: changed by somebody who has the database but not the keys."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Engine, Row, Table, select

from adapters.sql.engine import READING
from adapters.sql.mapper import Mapper
from adapters.sql.paging import next_by_id
from adapters.sql.reading import Reader
from adapters.sql.sealing import Sealing, check_row, sealing_of
from supervision_core.audit.ports import SealedRows
from supervision_core.kernel.crypto import KeyMissing, Tampered

_AT_ONCE = 1_000


class SqlSealedRows(SealedRows):
    """Walks the tables of the mappers that seal their rows."""

    def __init__(self, engine: Engine, mappers: Iterable[Mapper[Any]]) -> None:
        """Read from ``engine``, which holds the keys."""
        self._engine, self._reader = engine, Reader(engine)
        kept = {mapper.table.name: mapper.table for mapper in mappers if mapper.row_seal}
        self._tables = dict(sorted(kept.items()))

    def broken(self) -> Iterator[str]:
        """Name them: ``table/id``."""
        sealing = sealing_of(self._engine)
        for table in self._tables.values():
            with self._engine.connect().execution_options(
                **{READING: True}, yield_per=_AT_ONCE
            ) as connection:
                yield from _broken(table, connection.execute(select(table)), sealing)

    def look(self, after: str, limit: int) -> tuple[list[str], str]:
        """Look at the next rows, table by table."""
        sealing = sealing_of(self._engine)
        begun, _, last = after.partition("/")
        found: list[str] = []
        for name, table in self._tables.items():
            if name < begun:
                continue
            asked = next_by_id(select(table), table.c.id, last if name == begun else "", limit)
            rows = self._reader.rows(asked)
            found += _broken(table, rows, sealing)
            if len(rows) == limit:
                return found, f"{name}/{rows[-1].id}"
            limit -= len(rows)
        return found, ""


def _broken(table: Table, rows: Iterable[Row[Any]], sealing: Sealing) -> Iterator[str]:
    for row in rows:
        try:
            check_row(table, row._asdict(), sealing)
        except (Tampered, KeyMissing):
            yield f"{table.name}/{row.id}"
