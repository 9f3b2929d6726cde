"""The seals on permissions, walked when keys change."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, func, literal, select, tuple_, update

from adapters.sql.access import permission_seal, stated_seal
from adapters.sql.mapper import Mapper, json_text
from adapters.sql.reading import Reader
from adapters.sql.sealing import sealing_of
from adapters.sql.tallies import recount
from supervision_core.identity.ports import SealedRow
from supervision_core.identity.services.keeping import sealed_row
from supervision_core.kernel.sealing import ProtectedRow, ProtectedRows

_PLACE = tuple(permission_seal.primary_key.columns)


class ProtectedSeals(ProtectedRows):
    """The rows of ``permission_seal``, by kind and id."""

    name = permission_seal.name

    def __init__(self, engine: Engine, mappers: Mapping[str, Mapper[Any]]) -> None:
        """Walk the table of ``engine``; ``mappers`` read what is sealed, by its kind."""
        self._engine, self._mappers = engine, mappers
        self._reader = Reader(engine)
        self._sealing = sealing_of(engine)

    def count(self) -> int:
        """Count the rows."""
        return int(self._reader.rows(select(func.count()).select_from(permission_seal))[0][0])

    def after(self, cursor: str, limit: int) -> Sequence[ProtectedRow]:
        """Give the next rows."""
        asked = select(permission_seal).order_by(*_PLACE).limit(limit)
        if cursor:
            asked = asked.where(tuple_(*_PLACE) > tuple_(*map(literal, json.loads(cursor))))
        return [
            ProtectedRow(
                json_text([row.kind, row.sealed_id]), self._sealing.rows.is_current(row.seal)
            )
            for row in self._reader.rows(asked)
        ]

    def protect(self, cursors: Sequence[str]) -> int:
        """Make these seals anew, each from what it seals. Raises ``Tampered``.

        A writer changes what is sealed before its seal: who holds the seal sees both alike.
        """
        with self._engine.begin() as connection:
            renewed = [self._renewed(connection, *json.loads(cursor)) for cursor in cursors]
            gone, added = zip(*renewed, strict=True) if renewed else ((), ())
            recount(connection, self.name, added=added, gone=gone)
        return len(renewed)

    def _renewed(self, connection: Connection, kind: str, id: str) -> tuple[str, str]:
        here = (permission_seal.c.kind == kind, permission_seal.c.sealed_id == id)
        held = select(permission_seal.c.seal).where(*here).with_for_update()
        seal = connection.execute(held).scalar_one()
        stated = stated_seal(self._sealed(connection, kind, id))
        self._sealing.rows.check(self.name, stated, seal)
        renewed = update(permission_seal).where(*here, permission_seal.c.seal == seal)
        made = self._sealing.rows.of(self.name, stated)
        connection.execute(renewed.values(seal=made))
        return seal, made

    def _sealed(self, connection: Connection, kind: str, id: str) -> SealedRow:
        mapper = self._mappers[kind]
        table = mapper.table
        found = connection.execute(select(table).where(table.c.id == id)).one_or_none()
        if found is None:
            return SealedRow(kind=kind, id=id)
        return sealed_row(kind, mapper.root(found, self._sealing))
