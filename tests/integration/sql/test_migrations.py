import json

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Constraint, Engine, Index, inspect, select, text

from adapters.sql.directory import department_administrator
from adapters.sql.engine import open_engine
from adapters.sql.migrations import config_for, migrate, migrate_down
from adapters.sql.ports import sql_transactions
from adapters.sql.tables import metadata
from supervision_core.draws.ports import Draws, Pools
from supervision_core.identity.model import Duty, GrantSheet, HolderKind, Way
from supervision_core.identity.ports import (
    CredentialsStore,
    Departments,
    GrantSheets,
    Sessions,
    Users,
)
from supervision_core.kernel.plain import to_plain
from supervision_core.testing.draws import POOL, completed_draw
from supervision_core.testing.identity import (
    NOON,
    full_credentials,
    full_department,
    full_session,
    full_user,
)

RESERVED = frozenset(
    [
        "access",
        "add",
        "all",
        "and",
        "any",
        "as",
        "asc",
        "audit",
        "between",
        "by",
        "check",
        "cluster",
        "column",
        "comment",
        "connect",
        "current",
        "date",
        "day",
        "default",
        "delete",
        "desc",
        "distinct",
        "domain",
        "drop",
        "else",
        "end",
        "exists",
        "file",
        "for",
        "from",
        "grant",
        "group",
        "having",
        "identified",
        "in",
        "index",
        "initial",
        "insert",
        "integer",
        "intersect",
        "into",
        "is",
        "level",
        "like",
        "lock",
        "long",
        "minus",
        "mode",
        "month",
        "not",
        "null",
        "number",
        "object",
        "of",
        "offline",
        "on",
        "online",
        "option",
        "or",
        "order",
        "percent",
        "prior",
        "public",
        "raw",
        "reference",
        "rename",
        "resource",
        "revoke",
        "row",
        "rownum",
        "rows",
        "select",
        "session",
        "set",
        "share",
        "size",
        "start",
        "synonym",
        "sysdate",
        "table",
        "then",
        "to",
        "trigger",
        "type",
        "uid",
        "union",
        "unique",
        "update",
        "user",
        "validate",
        "values",
        "varchar",
        "view",
        "when",
        "where",
        "with",
        "year",
    ]
)


@pytest.fixture(params=["sqlite", "postgres", "kingbase"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Give a migrated database of each kind."""
    found: Engine = request.getfixturevalue(f"{request.param}_engine")
    return found


def test_migrations_give_the_tables_that_the_code_expects(engine: Engine) -> None:
    """The migrated schema equals the metadata: no table, column, index or key is missing."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


@pytest.mark.parametrize("kind", ["sqlite", "postgres", "kingbase"])
def test_every_step_goes_up_down_and_up_again(
    kind: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> None:
    """Each revision can be taken, taken back and taken again; the way down leaves no table."""
    if kind == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('stairs')}/stairs.db")
    else:
        engine = request.getfixturevalue(f"{kind}_engine")
        migrate_down(engine)
    script = ScriptDirectory.from_config(config_for(engine))
    steps = [step.revision for step in reversed(list(script.walk_revisions()))]
    for before, step in zip(["base", *steps], steps, strict=False):
        migrate(engine, step)
        migrate_down(engine, before)
        migrate(engine, step)
    migrate_down(engine)
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    migrate(engine)
    assert set(inspect(engine).get_table_names()) == {"alembic_version", *metadata.tables}
    if kind == "sqlite":
        engine.dispose()


def test_names_suit_every_engine() -> None:
    """Each name is lower case, at most 30 characters and no reserved word (DM, KingbaseES)."""
    names: list[str] = []
    for table in metadata.tables.values():
        names += [table.name, *(column.name for column in table.c)]
        groups: list[Constraint | Index] = [*table.constraints, *table.indexes]
        names += [str(group.name) for group in groups]
    assert [name for name in names if len(name) > 30 or name != name.lower()] == []
    assert "none" not in names
    assert RESERVED.intersection(names) == set()


def test_administrators_appointed_before_are_found_after(sqlite_engine: Engine) -> None:
    """A department kept by an older release is found by its administrators at once."""
    migrate(sqlite_engine)
    with sql_transactions(sqlite_engine).begin() as unit:
        unit[Departments].save(full_department("d-1"))
        unit.commit()
    migrate_down(sqlite_engine, "0008")
    migrate(sqlite_engine)
    with sqlite_engine.connect() as connection:
        found = connection.execute(select(department_administrator)).all()
    assert sorted(map(tuple, found)) == [("d-1", "u-1"), ("d-1", "u-2")]


def test_holders_of_duties_before_are_found_after(sqlite_engine: Engine) -> None:
    """What an older release granted tells at once who holds an administrators' duty."""
    migrate(sqlite_engine)
    sheet = GrantSheet.empty(HolderKind.USER, "u-1")
    sheet.grant("audit.view_entry", passable=False, by="cli", at=NOON)
    with sql_transactions(sqlite_engine).begin() as unit:
        unit[GrantSheets].save(sheet)
        unit.commit()
    migrate_down(sqlite_engine, "0016")
    migrate(sqlite_engine)
    with sql_transactions(sqlite_engine).begin() as unit:
        assert unit[GrantSheets].holders_of_duty(Duty.AUDIT) == {"u-1"}
        assert unit[GrantSheets].holders_of_duty(Duty.SYSTEM) == frozenset()


def test_who_could_log_in_before_can_after(sqlite_engine: Engine) -> None:
    """Credentials, users and sessions of an older release keep their seals and their ways."""
    credentials, user = full_credentials("u-1"), full_user("u-1")
    session = full_session("s-1")
    session._way = Way.SIGN_ON
    migrate(sqlite_engine)
    transactions = sql_transactions(sqlite_engine)
    with transactions.begin() as unit:
        unit[CredentialsStore].save(credentials)
        unit[Users].save(user)
        unit[Sessions].save(session)
        unit.commit()
    migrate_down(sqlite_engine, "0016")
    with sqlite_engine.connect() as connection:
        kept = json.loads(connection.execute(text("SELECT body FROM credentials")).scalar_one())
    assert kept["_failures"] == 0
    migrate(sqlite_engine)
    with transactions.begin() as unit:
        kept_user, found = unit[Users].get("u-1"), unit[CredentialsStore].get("u-1")
        assert to_plain(found) == to_plain(credentials)
        assert (kept_user.person, kept_user.proof) == (user.person, None)
        assert unit[Sessions].get("s-1").way is Way.SIGN_ON


def test_draws_that_held_their_pool_find_it_after(sqlite_engine: Engine) -> None:
    """A pool goes out of the rows of its draws, once for all of them, and the rows hold sealed."""
    before = [completed_draw("d-1"), completed_draw("d-2")]
    with sql_transactions(sqlite_engine).begin() as unit:
        for number, part in enumerate(POOL.parts):
            unit[Pools].put(POOL.hash, number, part)
        unit[Draws].save_all(before)
        unit.commit()
    migrate_down(sqlite_engine, "0023")
    with sqlite_engine.connect() as connection:
        (kept,) = connection.execute(text("SELECT pool FROM draw WHERE id = 'd-1'")).scalars()
    assert json.loads(kept) == {"canonical": POOL.parts[0].decode()}
    migrate(sqlite_engine)
    with sql_transactions(sqlite_engine).begin() as unit:
        assert unit[Pools].get(POOL.hash) == POOL
        for one in before:
            assert to_plain(unit[Draws].get(one.id)) == to_plain(one)
