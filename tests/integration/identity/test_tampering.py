"""Matrix row 3: whoever writes to the database past the platform gives nobody a permission.

Every column of every row that decides about access, its key included, is changed by plain SQL; rows
are deleted, exchanged and put back as they were. Each time the user is denied, and the row named.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve, field, frozen
from sqlalchemy import (
    Boolean,
    Connection,
    Engine,
    Integer,
    Row,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)

from adapters.sql.engine.types import Moment
from adapters.sql.frame.commit import SqlAuditLog
from adapters.sql.frame.known import follower_of
from adapters.sql.identity.access import (
    access_group,
    access_role,
    grant_holding,
    grant_sheet,
)
from adapters.sql.identity.directory import app_user, department, user_department
from adapters.sql.ports import sql_transactions, stored_versions
from supervision_core.audit.model import Outcome
from supervision_core.audit.services import NamedInMemory, compare_versions
from supervision_core.identity.lists import DEPARTMENTS, GROUPS, ROLES, USERS
from supervision_core.identity.model import (
    Actor,
    DataScope,
    DepartmentData,
    GrantSheet,
    Group,
    HolderKind,
    Role,
    User,
)
from supervision_core.identity.ports import Departments, GrantSheets, Groups, Roles, Users
from supervision_core.identity.services import Commands, Question, Work, use_case
from supervision_core.identity.services.actors import Actors
from supervision_core.identity.services.keeping import keep, keep_all
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.paging import Page
from supervision_core.kernel.ports import Clock, Ids, Transactions
from supervision_core.testing.directory import a_department, a_user
from supervision_core.testing.identity import NOON, full_draft

USER = "zhang.san"
TABLES = (app_user, department, access_role, access_group, grant_sheet)
OWNER = Actor(
    user="set-up",
    department="",
    scope=DataScope(region="450000"),
    permissions=frozenset({"testing.*"}),
)


@frozen
class Still(Clock):
    """Stands still."""

    def now(self) -> Any:
        """Give noon."""
        return NOON


@frozen
class NoIds(Ids):
    """Gives none: what is kept here has its own."""

    def next_id(self) -> str:
        """Refuse."""
        raise NotImplementedError


@use_case("testing.set_up", "准备")
def set_up(work: Work, cmd: str) -> str:
    """Keep one user with everything that can give a permission."""
    above = a_department("d-1")
    below = a_department("d-2", "d-1")
    data = below.data
    below.change(DepartmentData(name=data.name, code="d-2", region="450100", parent="d-1",
                                inherits=True), at=NOON, by="cli")  # fmt: skip
    other = User.register(full_draft("li.si", "d-1"), id="li.si", at=NOON)
    user = User.register(full_draft(USER, "d-2"), id=USER, at=NOON)
    kept: tuple[tuple[type[Any], Any], ...] = (
        (Departments, above),
        (Departments, below),
        (Users, user),
        (Users, other),
        (Roles, Role.add(id="r-1", name="检查员", department="d-2")),
        (Roles, Role.add(id="r-2", name="指挥员", department="d-2")),
        (Groups, Group.add(id="g-1", name="专班", department="")),
    )
    for port, root in kept:
        keep(work, port, root)
    held = {
        (HolderKind.USER, USER): "tasks.close",
        (HolderKind.DEPARTMENT, "d-1"): "plans.view",
        (HolderKind.DEPARTMENT, "d-2"): "plans.publish",
        (HolderKind.GROUP, "g-1"): "clues.close",
        (HolderKind.ROLE, "r-1"): "items.add",
        (HolderKind.ROLE, "r-2"): "draws.begin",
        (HolderKind.USER, "li.si"): "warehouse.clean",
    }
    for (kind, holder), permission in held.items():
        sheet = GrantSheet.empty(kind, holder)
        sheet.grant(permission, passable=False, by="set-up", at=NOON)
        if kind is HolderKind.USER:
            sheet.assign(roles=frozenset({"r-1"}), groups=frozenset({"g-1"}), at=NOON)
        if kind is HolderKind.GROUP:
            sheet.assign(roles=frozenset({"r-2"}), groups=frozenset(), at=NOON)
        keep(work, GrantSheets, sheet)
    return cmd


@use_case("testing.revoke_all", "全部收回")
def revoke_all(work: Work, cmd: str) -> str:
    """Withdraw what the user was granted himself."""
    (sheet,) = work[GrantSheets].find_many([cmd])
    sheet.revoke("tasks.close", at=NOON)
    keep(work, GrantSheets, sheet)
    return cmd


@frozen
class House:
    """A database with one user in it, and the ways past the platform."""

    engine: Engine
    transactions: Transactions
    commands: Commands = field()

    def seen(self) -> Actor | None:
        """Give who acts, read afresh."""
        with self.transactions.begin() as unit:
            return Actors().of(unit, USER, "d-2", now=NOON)

    def rows(self, table: Table) -> list[Row[Any]]:
        """Read a table."""
        with self.engine.begin() as connection:
            return list(connection.execute(select(table)))


@pytest.fixture(params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest) -> House:
    """Give the house in each kind of database."""
    engine: Engine = request.getfixturevalue(f"{request.param}_engine")
    follower_of(engine).every = 0.0
    transactions = sql_transactions(engine)
    house = House(engine, transactions, Commands(transactions, Still(), NoIds()))
    house.commands.run(set_up, "", actor=OWNER)
    return house


def other_values(table: Table, column: str, value: Any) -> Iterator[Any]:
    """Give what an attacker might write in place of ``value``: of its type, and near it."""
    kind = table.c[column].type
    if isinstance(kind, Boolean):
        yield not value
    elif isinstance(kind, Moment):
        yield NOON
    elif isinstance(kind, Integer):
        yield value + 1
    elif value in {None, ""}:
        yield "x"
    elif isinstance(kind, Text):
        yield value.replace("tasks.close", "identity.*")
        yield f"{value[:-1]} {value[-1]}"
    else:
        yield f"{value[:-1]}{'0' if value[-1] != '0' else '1'}"


def test_the_user_has_what_he_was_given(house: House) -> None:
    """The control: untouched, every source counts, so each row below decides about something."""
    actor = house.seen()
    assert actor is not None
    assert actor.permissions == {
        "tasks.close", "plans.view", "plans.publish", "clues.close", "items.add", "draws.begin",
    }  # fmt: skip


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_changed_column_denies_and_names_the_table(house: House, table: Table) -> None:
    """Every column of every row, the key too; put back as it was, the row is good again."""
    tried = 0
    for row in house.rows(table):
        whole = dict(row._mapping)
        if whole["id"] in {"li.si", "user/li.si"}:
            continue
        for column, value in whole.items():
            for wrong in other_values(table, column, value):
                if wrong == value:
                    continue
                _write(house, table, whole["id"], {column: wrong})
                changed_id = wrong if column == "id" else whole["id"]
                with pytest.raises(Tampered) as caught:
                    house.seen()
                assert caught.value.reasons[0].at
                _write(house, table, changed_id, {column: value})
                tried += 1
    assert house.seen() is not None
    assert tried >= 5 * len(house.rows(table)) - 10


def _write(house: House, table: Table, id: str, values: dict[str, Any]) -> None:
    with house.engine.begin() as connection:
        if table is app_user:  # its members are named by their ids
            connection.execute(delete(user_department).where(user_department.c.user_id == id))
        if table is grant_sheet:  # so is what a sheet holds
            connection.execute(delete(grant_holding).where(grant_holding.c.sheet_id == id))
        done = connection.execute(update(table).where(table.c.id == id).values(values))
        assert done.rowcount == 1


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_deleted_row_denies_and_is_named(house: House, table: Table) -> None:
    """The log knows of the row that is gone: it is missed."""
    for row in house.rows(table):
        whole = dict(row._mapping)
        if whole["id"] in {"li.si", "user/li.si"}:
            continue
        with house.engine.begin() as connection:
            connection.execute(delete(user_department))
            connection.execute(delete(grant_holding))
            connection.execute(delete(table).where(table.c.id == whole["id"]))
        with pytest.raises(Tampered) as caught:
            house.seen()
        assert caught.value.reasons[0].at.endswith(f"/{whole['id']}")
        with house.engine.begin() as connection:
            connection.execute(insert(table), whole)
    assert house.seen() is not None


def test_a_row_of_one_s_own_making_gives_nothing(house: House) -> None:
    """A sheet copied from another holder, with its seal, is no sheet of mine."""
    for at, target in enumerate(("user/zhang.san", "role/r-1", "department/d-2")):
        (stolen,) = (one for one in house.rows(grant_sheet) if one.id == "user/li.si")
        (mine,) = (dict(one._mapping) for one in house.rows(grant_sheet) if one.id == target)
        _write(house, grant_sheet, target, {**stolen._mapping, "id": target})
        with pytest.raises(Tampered):
            house.seen()
        _write(house, grant_sheet, target, mine)
        assert house.seen() is not None, at


def _snapshot(connection: Connection, tables: Any) -> dict[Table, list[dict[str, Any]]]:
    return {
        table: [dict(one._mapping) for one in connection.execute(select(table))] for table in tables
    }


def test_a_row_put_back_with_its_seal_is_found_by_the_log(house: House) -> None:
    """Rolled back with everything beside it, a revoked grant is seen: the log knows its version."""
    tables = (grant_sheet,)
    with house.engine.begin() as connection:
        before = _snapshot(connection, tables)
    house.commands.run(revoke_all, f"user/{USER}", actor=OWNER)
    assert _findings(house) == []
    with house.engine.begin() as connection:
        connection.execute(delete(grant_holding))
        for table, rows in before.items():
            connection.execute(delete(table))
            connection.execute(insert(table), rows)
    assert [one.code for one in _findings(house)] == ["audit.object_put_back"]
    with house.engine.begin() as connection:
        for table in tables:
            connection.execute(delete(table))
    assert len(_findings(house)) == len(before[grant_sheet])


def _findings(house: House) -> list[Any]:
    log = SqlAuditLog(house.engine)
    stored = stored_versions(house.engine)
    return list(compare_versions(log, stored, NamedInMemory(), kinds=stored.kinds(), whole=True))


READER = Actor(
    user="reader",
    department="",
    scope=DataScope(region="450000"),
    permissions=frozenset({"identity.*"}),
)
LISTS: dict[Table, tuple[Question[Any, Page[Any]], Any]] = {
    app_user: (cases_of(USERS).list, cases_of(USERS).asking()),
    department: (cases_of(DEPARTMENTS).list, cases_of(DEPARTMENTS).asking()),
    access_role: (cases_of(ROLES).list, cases_of(ROLES).asking()),
    access_group: (cases_of(GROUPS).list, cases_of(GROUPS).asking()),
}


@pytest.mark.parametrize("table", LISTS, ids=lambda table: table.name)
def test_a_list_shows_no_row_that_was_changed(house: House, table: Table) -> None:
    """Whichever column was changed, the list is refused and alarms, unless it leaves the row out.

    The control: the same row untouched is shown, before and after.
    """
    listed, refused, left_out = LISTS[table], 0, set[str]()

    def shown() -> set[str]:
        return {one.id for one in house.commands.ask(*listed, actor=READER).items}

    for row in house.rows(table):
        whole = dict(row._mapping)
        for column, value in whole.items():
            for wrong in other_values(table, column, value):
                if wrong == value:
                    continue
                assert whole["id"] in shown()
                _write(house, table, whole["id"], {column: wrong})
                changed_id = wrong if column == "id" else whole["id"]
                try:
                    assert not shown() & {whole["id"], changed_id}
                    left_out.add(column)
                except Tampered:
                    refused += 1
                    alarm = list(SqlAuditLog(house.engine).rows())[-1].entry
                    assert (alarm.action, alarm.outcome) == (listed[0].name, Outcome.DENIED)
                    assert dict(alarm.note)["place"].startswith(table.name)
                _write(house, table, changed_id, {column: value})
        assert whole["id"] in shown()
    assert left_out <= {"deleted_at", "region", "home", "department"}
    assert refused >= 5 * len(house.rows(table))


def test_the_alarm_is_in_the_log(house: House) -> None:
    """A use case that meets such a row is denied, and its audit row says alarm and place."""
    target = f"user/{USER}"
    _write(house, grant_sheet, target, {"version": 7})
    with pytest.raises(Tampered):
        house.commands.run(revoke_all, target, actor=OWNER)
    last = list(SqlAuditLog(house.engine).rows())[-1].entry
    assert last.outcome is Outcome.DENIED
    assert dict(last.note) == {"alarm": "crypto.row_changed", "place": f"grant_sheet/{target}"}


def _boss(house: House) -> Actor | None:
    with house.transactions.begin() as unit:
        return Actors().of(unit, "wang.wu", "d-1", now=NOON)


@use_case("testing.extend", "延长")
def extend(work: Work, cmd: str) -> str:
    """Keep a user of the upper department, and others below and beside it."""
    keep_all(work, Departments, [a_department("d-3", "d-2"), a_department("e-1")])
    keep_all(work, Departments, [a_department("e-2", "e-1"), a_department("e-3", "e-1")])
    gone = work[Departments].get("e-3")
    gone.delete(at=NOON)
    keep_all(work, Departments, [gone])
    keep(work, Users, a_user("wang.wu", "d-1"))
    return cmd


@use_case("testing.move", "移动")
def move(work: Work, cmd: tuple[str, str]) -> str:
    """Hang a department below another one."""
    one, parent = cmd
    found = work[Departments].get(one)
    found.change(evolve(found.data, parent=parent), at=NOON, by="cli")
    keep(work, Departments, found)
    return one


def test_a_scope_is_not_widened_behind_the_platform(house: House) -> None:
    """A foreign branch hung below mine, a deleted one revived: refused; seals alone count not."""
    house.commands.run(extend, "", actor=OWNER)
    before = _boss(house)
    assert before is not None
    assert before.scope.departments == {"d-1", "d-2", "d-3"}
    for one, values in (
        ("e-1", {"parent": "d-1"}),
        ("e-2", {"parent": "d-1"}),
        ("e-3", {"parent": "d-1", "deleted_at": None}),
        ("d-3", {"version": 7}),
        ("d-3", {"row_seal": "sm3$v1$" + "0" * 64}),
    ):
        (whole,) = (dict(row._mapping) for row in house.rows(department) if row.id == one)
        _write(house, department, one, values)
        with pytest.raises(Tampered) as caught:
            _boss(house)
        assert caught.value.reasons[0].at == f"department/{one}"
        if one != "d-3":  # who is not above it works on
            assert house.seen() is not None
        _write(house, department, one, {name: whole[name] for name in values})
        assert _boss(house) == before


def test_a_department_put_back_where_it_was_widens_nothing(house: House) -> None:
    """The old row was sealed, and its seal was checked by this process: the log knows better."""
    house.commands.run(extend, "", actor=OWNER)
    house.commands.run(move, ("e-2", "d-1"), actor=OWNER)
    (old,) = (dict(row._mapping) for row in house.rows(department) if row.id == "e-2")
    boss = _boss(house)
    assert boss is not None
    assert "e-2" in boss.scope.departments
    house.commands.run(move, ("e-2", "e-1"), actor=OWNER)
    narrower = _boss(house)
    assert narrower is not None
    assert "e-2" not in narrower.scope.departments
    _write(house, department, "e-2", old)
    assert _boss(house) == narrower
