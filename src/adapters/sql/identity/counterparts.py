"""What things of the existing platform are here, in a table."""

from sqlalchemy import Column, Index, String, Table

from adapters.sql.engine.mapper import Mapper
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import body, required, row_seal, version
from supervision_core.identity.model import Counterpart, CounterpartKind
from supervision_core.identity.ports import Counterparts

counterpart = Table(
    "counterpart",
    metadata,
    Column("id", String(64), primary_key=True),
    version(),
    required("kind", 20),
    row_seal(),
    body(),
    Index("ix_counterpart_kind", "kind", "id"),
)


class SqlCounterparts(SqlRepository[Counterpart], Counterparts):
    """Counterparts, in table ``counterpart``; their seals keep ties from being made behind us."""

    mapper = Mapper(Counterpart, counterpart)

    def of_kind(self, kind: CounterpartKind) -> list[Counterpart]:
        """Give all of that kind, by id."""
        found = self._where(counterpart.c.kind == kind.value)
        return sorted(found, key=lambda one: one.id)
