"""The tallies of tables whose rows have no version of their own that the log could name."""

from collections.abc import Iterable, Sequence

from attrs import define, field
from sqlalchemy import Column, Connection, String, Table

from adapters.sql.mapper import Mapper
from adapters.sql.repository import SqlRepository
from adapters.sql.schema import metadata
from adapters.sql.sealing import sealing_of
from adapters.sql.types import body, part, row_seal, version
from supervision_core.audit.model import TALLY, target_of
from supervision_core.kernel.crypto import Mac
from supervision_core.kernel.errors import Conflict
from supervision_core.kernel.sealing import ROWS
from supervision_core.kernel.tallies import Tally

tally = Table(
    "tally",
    metadata,
    Column("id", String(40), primary_key=True),
    version(),
    part("sealed"),
    row_seal(),
    body(),
)
"""By the name of the table that is counted."""


class SqlTallies(SqlRepository[Tally]):
    """Tallies in table ``tally``."""

    kind = TALLY
    mapper = Mapper(Tally, tally, sealed=("_total",))

    def held(self, name: str) -> Tally:
        """Give the tally of a table, held until the transaction ends; the first one is empty."""
        found = self._held(name)
        if found is not None:
            return found
        try:
            with self._connection.begin_nested():
                self.save(Tally(id=name))
        except Conflict:  # somebody else counted the first rows at the same time
            pass
        return self.get(name) if (found := self._held(name)) is None else found

    def keep(self, root: Tally) -> None:
        """Store a tally under the version it has: it stands for the same rows, sealed anew."""
        root.version -= 1
        values = self.mapper.row(root, self._sealing)
        self._connection.execute(tally.update().where(tally.c.id == root.id).values(values))
        root.version += 1


def counting(connection: Connection) -> Mac:
    """Give what seals are counted by: the first key of rows, whichever sealed them since."""
    keys = sealing_of(connection).keys
    return keys.mac(ROWS, keys.versions(ROWS)[0])


@define(eq=False)
class Counting:
    """The changes that a unit of work makes to the rows of a table, counted when it commits."""

    _connection: Connection
    _name: str
    _added: list[str] = field(init=False, factory=list)
    _gone: list[str] = field(init=False, factory=list)

    def change(self, *, added: Iterable[str] = (), gone: Iterable[str] = ()) -> None:
        """Keep the seals of rows that came and went."""
        self._added += added
        self._gone += gone

    def flush(self) -> Sequence[str]:
        """Count what was kept; name the tally and its new version as the log does."""
        if not self._added and not self._gone:
            return ()
        tallies = SqlTallies(self._connection)
        root = tallies.held(self._name)
        root.count(counting(self._connection), added=self._added, gone=self._gone)
        tallies.save(root)
        self._added, self._gone = [], []
        return (target_of(tallies.kind, root.id, root.version),)


def recount(
    connection: Connection, name: str, *, added: Iterable[str], gone: Iterable[str]
) -> None:
    """Count the same rows under new seals; nothing changed that the log would tell of."""
    tallies = SqlTallies(connection)
    root = tallies.held(name)
    root.count(counting(connection), added=added, gone=gone)
    tallies.keep(root)
