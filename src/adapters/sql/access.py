"""Roles, groups, grants, and the epoch of access, in tables."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
    select,
    update,
)

from adapters.sql.closing import AtCommit
from adapters.sql.known import DecidingRepository
from adapters.sql.mapper import Lookup, Mapper, Values
from adapters.sql.schema import counter, metadata
from adapters.sql.types import (
    ID_LENGTH,
    body,
    flag,
    key,
    ordered,
    required,
    row_seal,
    version,
    words,
)
from supervision_core.identity.model import GrantSheet, Group, Role
from supervision_core.identity.ports import (
    AccessEpoch,
    GrantSheets,
    Groups,
    Roles,
)

HOLDER_LENGTH = 64

access_role = Table(
    "access_role",
    metadata,
    key(),
    version(),
    ordered("name", 100),
    words("department", ID_LENGTH),
    flag("enabled"),
    row_seal(),
    body(),
    Index("ix_access_role_name", "name", "id"),
)

access_group = Table(
    "access_group",
    metadata,
    key(),
    version(),
    ordered("name", 100),
    words("department", ID_LENGTH),
    flag("enabled"),
    row_seal(),
    body(),
    Index("ix_access_group_name", "name", "id"),
)

grant_sheet = Table(
    "grant_sheet",
    metadata,
    Column("id", String(HOLDER_LENGTH), primary_key=True),
    version(),
    row_seal(),
    body(),
)

grant_holding = Table(
    "grant_holding",
    metadata,
    Column("sheet_id", String(HOLDER_LENGTH), ForeignKey(grant_sheet.c.id)),
    required("kind", 10),
    required("held", ID_LENGTH),
    required("holder", ID_LENGTH),
    PrimaryKeyConstraint("sheet_id", "kind", "held"),
    Index("ix_grant_holding_held", "kind", "held", "sheet_id"),
)
"""Which roles and groups a sheet holds: to find their holders by."""

EPOCH = "access_epoch"


class SqlRoles(DecidingRepository[Role], Roles):
    """Roles in table ``access_role``."""

    mapper = Mapper(Role, access_role)


class SqlGroups(DecidingRepository[Group], Groups):
    """Groups in table ``access_group``."""

    mapper = Mapper(Group, access_group)


def _held(root: GrantSheet) -> Iterator[Values]:
    holder = root.id.rpartition("/")[2]
    for kind, ids in (("role", root.roles), ("group", root.groups)):
        for one in sorted(ids):
            yield {"kind": kind, "held": one, "holder": holder}


class SqlGrantSheets(DecidingRepository[GrantSheet], GrantSheets):
    """What was granted to whom, in table ``grant_sheet``."""

    mapper = Mapper(
        GrantSheet,
        grant_sheet,
        lookups=(Lookup(grant_holding, "sheet_id", _held),),
    )

    def find_many(self, ids: Iterable[str]) -> list[GrantSheet]:
        """Give the sheets of ``ids`` that exist."""
        return self._where_in(grant_sheet.c.id, ids)


class SqlAccessEpoch(AccessEpoch, AtCommit):
    """The epoch in the counter ``access_epoch``, advanced once by each unit that asks for it."""

    def __init__(self, connection: Connection) -> None:
        """Work on the connection of a unit of work."""
        self._connection = connection
        self._due = False

    def current(self) -> int:
        """Give the committed epoch."""
        asked = select(counter.c.upto).where(counter.c.name == EPOCH)
        return int(self._connection.execute(asked).scalar_one())

    def advance(self) -> None:
        """Begin a new epoch when the unit commits."""
        self._due = True

    def flush(self) -> Sequence[str]:
        """Advance once, under a lock held from here to the commit."""
        if self._due:
            upto = counter.c.upto + 1
            advanced = update(counter).where(counter.c.name == EPOCH).values(upto=upto)
            self._connection.execute(advanced)
            self._due = False
        return ()
