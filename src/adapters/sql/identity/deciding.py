"""The rows that decide who may do what: which they are, their walk, and their repair."""

from typing import Any, Final

from sqlalchemy import Connection, Engine, select, update

from adapters.sql.engine.repository import SqlRepository
from adapters.sql.frame.known import follower_of
from adapters.sql.identity.access import SqlGrantSheets, SqlGroups, SqlRoles
from adapters.sql.identity.directory import SqlDepartments, SqlUsers
from adapters.sql.identity.logins import SqlCredentials, SqlSessions
from adapters.sql.sealing.protection import sealing_of
from adapters.sql.sealing.sealed_rows import DecidingWalk, SqlSealedRows
from supervision_core.audit.model import REPAIR
from supervision_core.audit.ports import SealedRows
from supervision_core.audit.services import LoggedVersions
from supervision_core.identity.ports import Repairs
from supervision_core.kernel.events import Aggregate

DECIDING: Final[tuple[type[SqlRepository[Any]], ...]] = (
    SqlUsers,
    SqlDepartments,
    SqlRoles,
    SqlGroups,
    SqlGrantSheets,
    SqlCredentials,
    SqlSessions,
)
"""Whose rows decide who may do what."""


def deciding_rows(engine: Engine) -> SealedRows:
    """Give the rows that decide about permissions, and what finds them."""
    return SqlSealedRows(engine, [DecidingWalk(one.mapper, one.kind) for one in DECIDING])


class SqlRepairs(Repairs):
    """Goes past the repositories, which give nothing that is refused."""

    def __init__(self, connection: Connection) -> None:
        """Work on the connection of a unit of work."""
        self._connection = connection

    def read(self, kind: str, id: str) -> Aggregate | None:
        """Give what is stored."""
        repository = self._repository(kind)
        table = repository.mapper.table
        row = self._connection.execute(select(table).where(table.c.id == id)).one_or_none()
        if row is None:
            return None
        root: Aggregate = repository.mapper.root(row, sealing_of(self._connection))
        return root

    def refused(self, kind: str, id: str) -> int | None:
        """Give the version above which a repair must be."""
        return self._known().refused.get(f"{kind}/{id}")

    def write(self, kind: str, root: Aggregate, version: int) -> None:
        """Store the aggregate anew."""
        repository = self._repository(kind)
        table = repository.mapper.table
        root.version = version - 1
        here = update(table).where(table.c.id == root.id)
        self._connection.execute(here.values(version=root.version))
        repository(self._connection).save(root)

    def seal(self, target: str) -> str:
        """Seal a repair, as ``Follower`` checks it."""
        return sealing_of(self._connection).rows.of(REPAIR, {"target": target})

    def _known(self) -> LoggedVersions:
        return follower_of(self._connection).followed(self._connection)

    def _repository(self, kind: str) -> type[SqlRepository[Any]]:
        return next(one for one in DECIDING if one.kind == kind)
