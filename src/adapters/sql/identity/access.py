"""Roles, groups, grants, and the epoch of access, in tables."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import evolve
from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
    delete,
    select,
)

from adapters.sql.engine import direct
from adapters.sql.engine.bulk import insert_rows
from adapters.sql.engine.closing import AtCommit
from adapters.sql.engine.mapper import Lookup, Mapper, Values
from adapters.sql.engine.repository import chunks
from adapters.sql.engine.schema import counter, metadata
from adapters.sql.engine.scopes import Standing
from adapters.sql.engine.types import (
    ID_LENGTH,
    body,
    flag,
    key,
    ordered,
    required,
    row_seal,
    version,
    whole,
    words,
)
from adapters.sql.frame.commit import UPTO, take_all_positions
from adapters.sql.frame.known import DecidingRepository
from adapters.sql.identity.directory import SqlDepartments, of_department, user_department
from supervision_core.identity.model import Duty, GrantSheet, Group, HolderKind, Role
from supervision_core.identity.ports import (
    AccessEpoch,
    GrantSheets,
    Groups,
    Roles,
)

HOLDER_LENGTH = 64
TARGET_LENGTH = 80
MOST_NAMED: Final = 100
"""Rows that one unit names as changed: by more, everything is read anew."""
EPOCHS_KEPT: Final = 1_000
"""Whoever fell further behind reads everything anew."""
FORGOTTEN_AT_ONCE: Final = 100


def _held_rights(name: str) -> Table:
    return Table(
        name,
        metadata,
        key(),
        version(),
        ordered("name", 100),
        words("department", ID_LENGTH),
        flag("enabled"),
        row_seal(),
        body(),
    )


access_role = _held_rights("access_role")
access_group = _held_rights("access_group")

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

EPOCH = "access_epoch"

access_change = Table(
    "access_change",
    metadata,
    whole("epoch"),
    required("target", TARGET_LENGTH),
    PrimaryKeyConstraint("epoch", "target"),
)
"""What each of the last epochs changed, as ``kind/id``; one that changed too much has no row."""


def _of_home(table: Table) -> Standing:
    """Place rows where the department stands that maintains them, those of none everywhere."""
    home = table.c.department
    return evolve(of_department(table, home), everywhere=home.is_(None))


ROLES_STAND: Final = _of_home(access_role)
GROUPS_STAND: Final = _of_home(access_group)


class SqlRoles(DecidingRepository[Role], Roles):
    """Roles in table ``access_role``."""

    mapper = Mapper(Role, access_role)


class SqlGroups(DecidingRepository[Group], Groups):
    """Groups in table ``access_group``."""

    mapper = Mapper(Group, access_group)


def _held(root: GrantSheet) -> Iterator[Values]:
    holder = root.id.rpartition("/")[2]
    for kind, ids in (("duty", root.duties), ("role", root.roles), ("group", root.groups)):
        for one in sorted(ids):
            yield {"kind": kind, "held": one, "holder": holder}


class SqlGrantSheets(DecidingRepository[GrantSheet], GrantSheets):
    """What was granted to whom, in table ``grant_sheet``."""

    mapper = Mapper(
        GrantSheet,
        grant_sheet,
        lookups=(Lookup(grant_holding, _held, anew=True),),  # of a table of duties
    )

    def holders_of_duty(self, duty: Duty) -> frozenset[str]:
        """Give the users whom something of ``duty`` was granted, on any way."""
        found = self._holding("duty", [duty.value])
        found += self._holding("role", _of_kind(HolderKind.ROLE, found))
        found += self._holding("group", _of_kind(HolderKind.GROUP, found))
        departments = set(_of_kind(HolderKind.DEPARTMENT, found))
        if departments:
            tree = SqlDepartments(self._connection).tree()
            departments = departments.union(*map(tree.below, departments))
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


class SqlAccessEpoch(AccessEpoch, AtCommit):
    """The epoch in the counter ``access_epoch``, advanced once by each unit that asks for it."""

    def __init__(self, connection: Connection) -> None:
        """Work on the connection of a unit of work."""
        self._connection = connection
        self._due = False
        self._named: set[str] | None = set()

    def current(self) -> int:
        """Give the committed epoch."""
        return direct.number(self._connection, UPTO, {"counted": EPOCH})

    def advance(self, *changed: str) -> None:
        """Begin a new epoch when the unit commits."""
        self._due = True
        if self._named is not None and changed:
            self._named.update(changed)
        if not changed or (self._named and len(self._named) > MOST_NAMED):
            self._named = None

    def changed(self, after: int, upto: int) -> frozenset[str] | None:
        """Give what these epochs changed: an epoch without a row may have changed anything."""
        if not 0 <= upto - after <= EPOCHS_KEPT:
            return None
        columns = access_change.c
        asked = select(access_change).where(columns.epoch > after, columns.epoch <= upto)
        found = self._connection.execute(asked).all()
        if len({row.epoch for row in found}) < upto - after:
            return None
        return frozenset(row.target for row in found)

    def hold(self) -> None:
        """Lock the counter until the transaction ends."""
        asked = select(counter.c.upto).where(counter.c.name == EPOCH).with_for_update()
        self._connection.execute(asked)

    def flush(self) -> Sequence[str]:
        """Advance once, under a lock held from here to the commit."""
        if self._due:
            before = take_all_positions(self._connection, {EPOCH: 1})[EPOCH]
            self._note(before + 1)
            self._due, self._named = False, set()
        return ()

    def _note(self, epoch: int) -> None:
        """Say what the new epoch changed; forget the oldest of those kept, many at once."""
        rows = ((epoch, one) for one in sorted(self._named or ()))
        insert_rows(self._connection, access_change, rows)
        if epoch % FORGOTTEN_AT_ONCE == 0:
            old = access_change.c.epoch <= epoch - EPOCHS_KEPT
            self._connection.execute(delete(access_change).where(old))
