"""Departments, users, regions and the feed of their changes in tables."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import evolve
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    insert,
    select,
)

from adapters.sql.engine.closing import AtCommit
from adapters.sql.engine.mapper import Lookup, Mapper, Values, values_of
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.regions import REGION_LENGTH, region
from adapters.sql.engine.registers import SqlRegisterStore, register_mapper, register_tables
from adapters.sql.engine.repository import CHUNK, chunks
from adapters.sql.engine.schema import metadata, several_of
from adapters.sql.engine.scopes import OfRegion, Standing, each_time, standing
from adapters.sql.engine.types import (
    ID_LENGTH,
    blind,
    body,
    flag,
    key,
    maybe,
    moment,
    ordered,
    part,
    required,
    row_seal,
    version,
    whole,
    words,
)
from adapters.sql.frame.commit import take_positions
from adapters.sql.frame.known import DecidingRepository, Placed, follower_of
from adapters.sql.sealing.protection import Blind, check_row, sealing_of
from supervision_core.identity.model import Department, RegionContent, User
from supervision_core.identity.ports import (
    ChangeKind,
    Departments,
    DepartmentTree,
    DirectoryChange,
    DirectoryChanges,
    Regions,
    Users,
)
from supervision_core.kernel.crypto import Tampered

department = Table(
    "department",
    metadata,
    key(),
    version(),
    ordered("name", 200),
    required("code", 64),
    maybe("living_code", 64),
    words("short_name", 40),
    maybe("line", ID_LENGTH),
    region(),
    maybe("parent", ID_LENGTH),
    whole("place"),
    flag("enabled"),
    moment("deleted_at", nullable=True),
    row_seal(),
    body(),
    UniqueConstraint("living_code"),
    Index("ix_department_parent", "parent", "place", "id"),
)

department_administrator = several_of(
    "department_administrator",
    department,
    required("user_id", ID_LENGTH),
    Index("ix_department_administrator", "user_id", "department_id"),
    key_name="pk_department_administrator",
)

app_user = Table(
    "app_user",
    metadata,
    key(),
    version(),
    ordered("login", 64),
    maybe("living_login", 64),
    maybe("living_user_code", 128),
    maybe("party", 64),
    maybe("home", ID_LENGTH),
    required("kind", 20),
    flag("enabled"),
    moment("deleted_at", nullable=True),
    part("account"),
    part("person"),
    blind("name_index"),
    blind("phone_index"),
    blind("document_index"),
    row_seal(),
    body(),
    UniqueConstraint("living_login"),
    UniqueConstraint("living_user_code"),
    Index("ix_app_user_party", "party"),
    Index("ix_app_user_name_index", "name_index"),
    Index("ix_app_user_phone_index", "phone_index"),
    Index("ix_app_user_document_index", "document_index"),
)

user_department = Table(
    "user_department",
    metadata,
    Column("user_id", key().type, ForeignKey(app_user.c.id)),
    required("department", ID_LENGTH),
    whole("place"),
    PrimaryKeyConstraint("user_id", "department"),
    Index("ix_user_department_department", "department", "place", "user_id"),
)


def of_department(table: Table, column: ColumnElement[Any]) -> Standing:
    """Place rows where the department named by ``column`` stands."""

    def stands(fulfils: OfRegion) -> ColumnElement[bool]:
        home = department.alias()
        return each_time(select(1).where(home.c.id == column, fulfils(home.c.region)))

    owned = standing(table, department=column)
    return Standing(stands=stands, owner=owned.owner)


USERS_STAND = Standing(
    stands=of_department(app_user, app_user.c.home).stands,
    owner=standing(app_user, user_department).owner,
    concerns=lambda party: app_user.c.party == party,
)

region_entry, region_cell = register_tables(
    "region", required("code", REGION_LENGTH), maybe("parent", REGION_LENGTH)
)

directory_change = Table(
    "directory_change",
    metadata,
    Column("position", whole("position").type, primary_key=True, autoincrement=False),
    required("kind", 20),
    required("changed", ID_LENGTH),
    required("change", 10),
    moment("happened_at"),
)


def _department_columns(root: Department) -> Values:
    data = root.data
    return {
        "name": data.name,
        "code": data.code,
        "living_code": None if root.deleted else data.code,
        "region": data.region,
        "parent": data.parent,
        "short_name": data.short_name,
        "line": data.line or None,
        "place": data.order,
    }


class SqlDepartments(DecidingRepository[Department], Departments):
    """The tree of departments in table ``department``."""

    mapper = Mapper(
        Department,
        department,
        derived=_department_columns,
        lookups=(Lookup.of(department_administrator, lambda root: root.administrators),),
    )

    def find_by_code(self, code: str) -> Department | None:
        """Give the living department of that code."""
        return self._matching(living_code=code)

    def lineages(self, ids: Iterable[str]) -> Mapping[str, list[Department]]:
        """Give for each the department and those above it, nearest first: one look-up a level."""
        asked = set(ids)
        known: dict[str, Department] = {}
        level = asked
        while level:
            found = self._where_in(department.c.id, level)
            known |= {one.id: one for one in found}
            level = {one.data.parent for one in found if one.data.parent} - known.keys()
        return {one: _upwards(one, known) for one in asked}

    def below(self, id: str) -> list[Department]:
        """Give all living departments below it at any depth: one look-up a level."""
        found: dict[str, Department] = {}
        level = [id]
        while level:
            rows = self._below(level)
            level = [one.id for one in rows if one.id not in found and one.id != id]
            found |= {one.id: one for one in rows}
        return sorted(found.values(), key=lambda one: (one.data.order, one.id))

    def _below(self, ids: Sequence[str]) -> list[Department]:
        found: list[Department] = []
        columns = department.c
        for some in chunks(ids):
            right_below = columns.parent.in_(some) if some != [""] else columns.parent.is_(None)
            asked = select(department).where(right_below, columns.deleted_at.is_(None))
            found += self._left(self._reader.rows(asked))
        return found

    def tree(self) -> DepartmentTree:
        """Give ids alone, of rows whose seals this process checked once, each as it stands."""
        follower = follower_of(self._connection)
        found, parents, broken = self._standing()
        follower.placed = found
        return DepartmentTree(parents, broken)

    def tree_after(self, tree: DepartmentTree, changed: frozenset[str]) -> DepartmentTree:
        """Give the tree, of which only what was changed is read, unless that is much."""
        if len(changed) > CHUNK:
            return self.tree()
        follower = follower_of(self._connection)
        found, parents, broken = self._standing(department.c.id.in_(sorted(changed)))
        follower.placed = follower.placed | found
        return tree.changed(changed, parents, broken)

    def _standing(
        self, *conditions: ColumnElement[bool]
    ) -> tuple[set[Placed], dict[str, str], dict[str, Tampered]]:
        """Give where departments stand that are as they were sealed; their parents; the others."""
        follower = follower_of(self._connection)
        known = follower.followed(self._connection)
        asked = select(*_PLACED).where(department.c.deleted_at.is_(None), *conditions)
        found = set(map(tuple, self._reader.rows(asked)))
        good = found & follower.placed
        new, broken = self._placed([one for one, *_ in found - good])
        good |= new
        parents = {
            one: parent or ""
            for one, parent, stored, _ in (*good, *broken)
            if not known.disputes(self.kind, one, stored)
        }
        return good, parents, {one: why for (one, *_), why in broken.items()}

    def _placed(self, ids: Sequence[str]) -> tuple[set[Placed], dict[Placed, Tampered]]:
        """Read rows whole; give where those stand that are as they were sealed, and the others."""
        good: set[Placed] = set()
        broken: dict[Placed, Tampered] = {}
        columns = department.c
        for some in chunks(ids):
            asked = select(department).where(columns.id.in_(some), columns.deleted_at.is_(None))
            for row in self._reader.rows(asked):
                placed = (row.id, row.parent, row.version, row.row_seal)
                try:
                    check_row(department, values_of(row), sealing_of(self._connection))
                except Tampered as error:
                    broken[placed] = error
                else:
                    good.add(placed)
        return good, broken

    def any_in_region(self, region: str) -> bool:
        """Tell whether a living department belongs to exactly that region."""
        columns = department.c
        asked = select(columns.id).where(columns.region == region, columns.deleted_at.is_(None))
        return bool(self._reader.rows(asked.limit(1)))


_PLACED = (department.c.id, department.c.parent, department.c.version, department.c.row_seal)


def _upwards(id: str, known: Mapping[str, Department]) -> list[Department]:
    found: dict[str, Department] = {}
    at = id
    while at in known and at not in found:
        found[at] = known[at]
        at = known[at].data.parent
    return list(found.values())


def _user_columns(root: User) -> Values:
    login = root.account.account
    code = root.sign_on.user_code if root.sign_on is not None else None
    return {
        "login": login,
        "living_login": None if root.deleted else login.casefold(),
        "living_user_code": None if root.deleted else code,
        "party": root.extended.party,
        "home": root.memberships[0].department if root.memberships else None,
        "kind": root.extended.kind.value,
    }


class SqlUsers(DecidingRepository[User], Users):
    """Users in table ``app_user`` (``user`` is reserved)."""

    mapper = Mapper(
        User,
        app_user,
        derived=_user_columns,
        lookups=(
            Lookup(
                user_department,
                lambda root: [
                    {"department": one.department, "place": one.order} for one in root.memberships
                ],
            ),
        ),
        sealed=("_account", "_person"),
        blind=(
            Blind("name_index", lambda root: root.person.name),
            Blind("phone_index", lambda root: root.account.phone),
            Blind("document_index", lambda root: root.person.document_number),
        ),
    )

    def find_by_account(self, account: str) -> User | None:
        """Give the living user of that account; letter case does not count."""
        return self._matching(living_login=account.casefold())

    def find_by_accounts(self, accounts: Iterable[str]) -> list[User]:
        """Give the living users of these accounts."""
        return self._where_in(app_user.c.living_login, (one.casefold() for one in accounts))

    def find_by_user_code(self, code: str) -> User | None:
        """Give the living user whom the unified platform knows under that id."""
        return self._matching(living_user_code=code)

    def find_by_documents(self, numbers: Iterable[str]) -> list[User]:
        """Give the living users with any of these numbers of identity documents, by id."""
        wanted = set(numbers)
        found = self._where_blind("document_index", sorted(wanted))
        theirs = (one for one in found if one.person.document_number in wanted and not one.deleted)
        return sorted(theirs, key=lambda one: one.id)

    def find_by_party(self, party: str) -> list[User]:
        """Give the living users who act for that firm, institution or citizen, by id."""
        columns = app_user.c
        return self._where(
            columns.party == party, columns.deleted_at.is_(None), order=(columns.id,)
        )

    def of_department(self, department: str) -> list[User]:
        """Give its living users, main and other, by their order in it, then id.

        What they are members of is said by their own sealed rows, not by the look-up table.
        """
        member = user_department.c
        asked = (
            select(app_user)
            .join(user_department, member.user_id == app_user.c.id)
            .where(member.department == department, app_user.c.deleted_at.is_(None))
            .order_by(member.place, member.user_id)
        )
        found = self._roots(self._reader.rows(asked))
        return [one for one in found if department in one.departments]


def _region_columns(root: Any) -> Values:
    return {"code": root.content.code, "parent": root.content.parent}


class SqlRegions(SqlRegisterStore[RegionContent], Regions):
    """The register of regions in tables ``region`` and ``region_cell``."""

    mapper = register_mapper(RegionContent, region_entry, region_cell, _region_columns)
    cells = region_cell


class SqlDirectoryChanges(DirectoryChanges, AtCommit):
    """The change feed in table ``directory_change``; changes get their number at the commit."""

    def __init__(self, connection: Connection) -> None:
        """Work on the connection of a unit of work."""
        self._connection = connection
        self._reader = Reader(connection)
        self._waiting: list[DirectoryChange] = []

    def append(self, change: DirectoryChange) -> None:
        """Keep a change until the unit commits."""
        self._waiting.append(change)

    def flush(self) -> Sequence[str]:
        """Write what waits under its numbers; the counter stays locked until the commit."""
        if not self._waiting:
            return ()
        taken = take_positions(self._connection, directory_change, len(self._waiting))
        numbered = (evolve(one, number=at) for at, one in enumerate(self._waiting, taken + 1))
        rows = [
            {
                "position": one.number,
                "kind": one.kind,
                "changed": one.id,
                "change": one.change.value,
                "happened_at": one.at,
            }
            for one in numbered
        ]
        self._connection.execute(insert(directory_change), rows)
        self._waiting.clear()
        return ()

    def after(self, number: int, limit: int) -> list[DirectoryChange]:
        """Give at most ``limit`` committed changes with higher numbers, lowest first."""
        columns = directory_change.c
        asked = select(directory_change).where(columns.position > number)
        rows = self._reader.rows(asked.order_by(columns.position).limit(limit))
        return [
            DirectoryChange(
                kind=row.kind,
                id=row.changed,
                change=ChangeKind(row.change),
                at=row.happened_at,
                number=row.position,
            )
            for row in rows
        ]
