"""Backups as KingbaseES and DM are asked for them."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, String, delete, insert, text
from sqlalchemy.schema import CreateTable
from tests.conftest import NOT_PORTABLE
from tests.integration.backups.filling import Shelf, content, fill, is_empty

from adapters.crypto.platform_keys import PlatformKeys
from adapters.sql.backups import MARK, asked_for, tables
from adapters.sql.engine.database import is_collated, open_engine
from adapters.sql.migrations import migrate_down
from adapters.system import FixedClock, SystemClock
from entrypoints.container import open_platform

from .golden import dialects


@pytest.mark.parametrize("name", sorted(dialects()))
def test_every_table_is_read_in_order_of_its_key(name: str) -> None:
    """By code point where an engine has another order by itself, in the portable subset."""
    dialect = dialects()[name]
    collated = name in {"postgresql", "kingbase"}
    for table in tables():
        said = str(asked_for(table, collated=collated).compile(dialect=dialect))
        assert not NOT_PORTABLE.search(said), said
        order = said.partition("ORDER BY ")[2].split(", ")
        assert len(order) == len(table.primary_key.columns)
        texts = [one for one in table.primary_key.columns if isinstance(one.type, String)]
        wanted = len(texts) if collated else 0
        assert said.count('COLLATE "C"') == wanted, said


def test_postgres_reads_every_table_by_the_index_of_its_key(postgres_engine: Engine) -> None:
    """Nothing need be sorted, which would take as much room as the largest table."""
    with postgres_engine.connect() as connection:
        for switch in ("enable_seqscan", "enable_sort", "enable_bitmapscan"):
            connection.execute(text(f"SET LOCAL {switch} = off"))
        for table in tables():
            asked = asked_for(table, collated=is_collated(connection))
            said = asked.compile(connection)
            plan = connection.exec_driver_sql(f"EXPLAIN {said}").scalars().all()
            assert any(f"using {table.primary_key.name} on" in one for one in plan), plan
            assert not any("Sort" in one for one in plan), plan


@pytest.mark.parametrize(
    ("provider", "order", "collated"),
    [("c", "C.UTF-8", False), ("c", "zh_CN.UTF-8", True), ("i", "C", True)],
    ids=["by code point", "by a language", "by ICU"],
)
def test_postgres_tells_whether_its_order_is_that_of_code_points(
    postgres_engine: Engine, provider: str, order: str, *, collated: bool
) -> None:
    """Where it is not, keys are sorted: backups of every engine have the same order."""
    with postgres_engine.connect() as connection:
        told = text(
            "UPDATE pg_database SET datlocprovider = :provider, datcollate = :order"
            " WHERE datname = current_database()"
        )
        connection.execute(told, {"provider": provider, "order": order})
        assert is_collated(connection) is collated
        connection.rollback()


@pytest.mark.parametrize("name", sorted(dialects()))
def test_a_restoration_marks_its_target_alike(name: str) -> None:
    """One statement each on every engine, without numbers that an engine counts by itself."""
    dialect = dialects()[name]
    made = " ".join(str(CreateTable(MARK).compile(dialect=dialect)).split())
    assert made == "CREATE TABLE restoration_mark ( id INTEGER NOT NULL, PRIMARY KEY (id) )"
    for statement in (insert(MARK).values(id=1), delete(MARK)):
        assert not NOT_PORTABLE.search(str(statement.compile(dialect=dialect)))


def test_kingbase_gives_and_takes_a_backup(
    kingbase_engine: Engine, platform_keys: PlatformKeys, tmp_path: Path
) -> None:
    """Through its dialect and its driver: what it gave SQLite takes, and it takes it back."""
    url = kingbase_engine.url.render_as_string(hide_password=False)
    platform = open_platform(url, keys=platform_keys)
    fill(platform)
    before = content(platform.engine)
    shelf = Shelf(tmp_path / "backups", platform_keys, FixedClock(SystemClock().now()))
    made = shelf.make(platform.engine)
    other = open_engine(f"sqlite:///{tmp_path}/other.db")
    shelf.restore(made.id, other)
    assert content(other) == before
    migrate_down(platform.engine)
    with platform.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    assert is_empty(platform.engine)
    shelf.restore(made.id, platform.engine)
    assert content(platform.engine) == before
    for engine in (platform.engine, other):
        engine.dispose()
