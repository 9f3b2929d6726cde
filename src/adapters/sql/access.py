"""Roles, groups, grants, and the seals on what decides about permissions, in tables."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
    bindparam,
    select,
    update,
)

from adapters.sql.bulk import insert_rows
from adapters.sql.closing import AtCommit
from adapters.sql.directory import SqlDepartments, user_department
from adapters.sql.mapper import Lookup, Mapper, Values
from adapters.sql.reading import Reader
from adapters.sql.repository import SqlRepository, chunks
from adapters.sql.schema import counter, metadata
from adapters.sql.sealing import sealing_of
from adapters.sql.tallies import Counting
from adapters.sql.types import (
    ID_LENGTH,
    TAG_LENGTH,
    body,
    flag,
    key,
    ordered,
    required,
    row_seal,
    version,
    words,
)
from supervision_core.identity.model import Duty, GrantSheet, Group, HolderKind, Role
from supervision_core.identity.ports import (
    AccessEpoch,
    Challenges,
    GrantSheets,
    Groups,
    LogInStore,
    Roles,
    RowSeals,
    SealedRow,
    Sessions,
    SourceLimits,
)
from supervision_core.kernel.crypto import KeyMissing, Tampered

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
"""Which roles, groups and duties a sheet holds: to find their holders by."""

permission_seal = Table(
    "permission_seal",
    metadata,
    required("kind", 20),
    required("sealed_id", HOLDER_LENGTH),
    required("seal", TAG_LENGTH),
    PrimaryKeyConstraint("kind", "sealed_id"),
)
"""Apart from the rows it seals: a row that was deleted leaves its seal behind and is missed."""

EPOCH = "access_epoch"
PASSING_KINDS: Final = (Challenges.kind, LogInStore.kind, Sessions.kind, SourceLimits.kind)
"""What logging in leaves for a while: neither backed up nor counted."""


class SqlRoles(SqlRepository[Role], Roles):
    """Roles in table ``access_role``."""

    mapper = Mapper(Role, access_role)


class SqlGroups(SqlRepository[Group], Groups):
    """Groups in table ``access_group``."""

    mapper = Mapper(Group, access_group)


def _held(root: GrantSheet) -> Iterator[Values]:
    holder = root.id.rpartition("/")[2]
    for kind, ids in (("duty", root.duties), ("role", root.roles), ("group", root.groups)):
        for one in sorted(ids):
            yield {"kind": kind, "held": one, "holder": holder}


class SqlGrantSheets(SqlRepository[GrantSheet], GrantSheets):
    """What was granted to whom, in table ``grant_sheet``."""

    mapper = Mapper(
        GrantSheet,
        grant_sheet,
        lookups=(Lookup(grant_holding, "sheet_id", _held),),
    )

    def find_many(self, ids: Iterable[str]) -> list[GrantSheet]:
        """Give the sheets of ``ids`` that exist."""
        return self._where_in(grant_sheet.c.id, ids)

    def holders_of_duty(self, duty: Duty) -> frozenset[str]:
        """Give the users whom something of ``duty`` was granted, on any way."""
        found = self._holding("duty", [duty.value])
        found += self._holding("role", _of_kind(HolderKind.ROLE, found))
        found += self._holding("group", _of_kind(HolderKind.GROUP, found))
        departments = set(_of_kind(HolderKind.DEPARTMENT, found))
        for one in sorted(departments):
            departments |= {each.id for each in SqlDepartments(self._connection).below(one)}
        members = self._members(sorted(departments))
        return frozenset({*_of_kind(HolderKind.USER, found), *members})

    def _holding(self, kind: str, held: Sequence[str]) -> list[str]:
        columns = grant_holding.c
        found: list[str] = []
        for some in chunks(held):
            asked = select(columns.sheet_id).where(columns.kind == kind, columns.held.in_(some))
            found += (row.sheet_id for row in self._reader.rows(asked))
        return found

    def _members(self, departments: Sequence[str]) -> Iterator[str]:
        columns = user_department.c
        for some in chunks(departments):
            asked = select(columns.user_id).where(columns.department.in_(some))
            yield from (row.user_id for row in self._reader.rows(asked))


def _of_kind(kind: HolderKind, sheets: Iterable[str]) -> list[str]:
    split = (one.split("/", 1) for one in sheets)
    return sorted({one for of, one in split if of == kind})


_RESEAL = (
    update(permission_seal)
    .where(
        permission_seal.c.kind == bindparam("sealed_kind"),
        permission_seal.c.sealed_id == bindparam("row_id"),
    )
    .values(seal=bindparam("new_seal"))
)


class SqlRowSeals(RowSeals, AtCommit):
    """Seals in table ``permission_seal``: HMAC-SM3 over kind, id, version and digest."""

    def __init__(self, connection: Connection) -> None:
        """Work on the connection of a unit of work."""
        self._connection = connection
        self._reader = Reader(connection)
        self._seals = sealing_of(connection).rows
        self._counting = Counting(connection, permission_seal.name)

    def seal(self, *rows: SealedRow) -> None:
        """Seal rows as they now are, in place of earlier seals: few statements for many."""
        for kind, those in _by_kind(rows).items():
            for some in chunks(those):
                made = {
                    row.id: self._seals.of(permission_seal.name, stated_seal(row)) for row in some
                }
                before = self._of(kind, some, held=True)
                again = [
                    {"sealed_kind": kind, "row_id": one, "new_seal": made[one]} for one in before
                ]
                if again:
                    self._connection.execute(_RESEAL, again)
                new = ((kind, one, seal) for one, seal in made.items() if one not in before)
                insert_rows(self._connection, permission_seal, new)
                self._counting.change(added=made.values(), gone=before.values())

    def flush(self) -> Sequence[str]:
        """Count the seals that were made."""
        return self._counting.flush()

    def broken(self, rows: Iterable[SealedRow]) -> list[SealedRow]:
        """Give those of ``rows`` that are not as they were sealed: one look-up a kind."""
        return [
            row
            for kind, those in _by_kind(rows).items()
            for seals in [self._of(kind, those)]
            for row in those
            if not self._holds(row, seals.get(row.id))
        ]

    def _of(self, kind: str, rows: Iterable[SealedRow], *, held: bool = False) -> dict[str, str]:
        columns = permission_seal.c
        found: dict[str, str] = {}
        for some in chunks(sorted({row.id for row in rows})):
            asked = select(columns.sealed_id, columns.seal)
            asked = asked.where(columns.kind == kind, columns.sealed_id.in_(some))
            if held:
                asked = asked.with_for_update()
            found |= {row.sealed_id: row.seal for row in self._reader.rows(asked)}
        return found

    def _holds(self, row: SealedRow, seal: str | None) -> bool:
        if seal is None or row.absent:
            return seal is None and row.absent
        try:
            self._seals.check(permission_seal.name, stated_seal(row), seal)
        except (Tampered, KeyMissing):
            return False
        return True


def _by_kind(rows: Iterable[SealedRow]) -> Mapping[str, list[SealedRow]]:
    found: defaultdict[str, list[SealedRow]] = defaultdict(list)
    for row in rows:
        found[row.kind].append(row)
    return found


def stated_seal(row: SealedRow) -> dict[str, str | int]:
    """State what a seal covers."""
    return {"kind": row.kind, "id": row.id, "version": row.version, "digest": row.digest}


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

    def hold(self) -> None:
        """Lock the counter until the transaction ends."""
        asked = select(counter.c.upto).where(counter.c.name == EPOCH).with_for_update()
        self._connection.execute(asked)

    def flush(self) -> Sequence[str]:
        """Advance once, under a lock held from here to the commit."""
        if self._due:
            upto = counter.c.upto + 1
            advanced = update(counter).where(counter.c.name == EPOCH).values(upto=upto)
            self._connection.execute(advanced)
            self._due = False
        return ()
