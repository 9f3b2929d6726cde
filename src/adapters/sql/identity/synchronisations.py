"""How the existing platform's organisation was taken in the last time, in a table."""

from sqlalchemy import Column, String, Table

from adapters.sql.engine.mapper import Mapper
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import body, row_seal, version
from supervision_core.identity.model import Synchronisation
from supervision_core.identity.ports import Synchronisations

synchronisation = Table(
    "synchronisation",
    metadata,
    Column("id", String(20), primary_key=True),
    version(),
    row_seal(),
    body(),
)


class SqlSynchronisations(SqlRepository[Synchronisation], Synchronisations):
    """One row a part, in table ``synchronisation``."""

    mapper = Mapper(Synchronisation, synchronisation)
