"""The rows whose seal does not hold: changed by somebody who has the database but not the keys."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Engine, select

from adapters.sql.engine import READING
from adapters.sql.mapper import Mapper
from adapters.sql.sealing import check_row, sealing_of
from supervision_core.audit.ports import SealedRows
from supervision_core.kernel.crypto import KeyMissing, Tampered

_AT_ONCE = 1_000


class SqlSealedRows(SealedRows):
    """Walks the tables of the mappers that seal their rows."""

    def __init__(self, engine: Engine, mappers: Iterable[Mapper[Any]]) -> None:
        """Read from ``engine``, which holds the keys."""
        self._engine = engine
        self._mappers = [mapper for mapper in mappers if mapper.row_seal]

    def broken(self) -> Iterator[str]:
        """Name them: ``table/id``."""
        sealing = sealing_of(self._engine)
        for mapper in self._mappers:
            table = mapper.table
            with self._engine.connect().execution_options(
                **{READING: True}, yield_per=_AT_ONCE
            ) as connection:
                for row in connection.execute(select(table)):
                    try:
                        check_row(table, row._asdict(), sealing)
                    except (Tampered, KeyMissing):
                        yield f"{table.name}/{row.id}"
