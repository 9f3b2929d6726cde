"""Statements for engines that are not at hand, held against golden files and known traps."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event, insert, select
from sqlalchemy.sql import ClauseElement

from adapters.sql.engine.database import open_engine
from adapters.sql.engine.direct import new_version
from adapters.sql.engine.schema import counter, done_command
from adapters.sql.frame.commit import ADD_ROW, AUDIT_COLUMNS, DONE, NOTE, TAKE, UPTO
from adapters.sql.identity.logins import SESSION_WITH_EPOCH
from adapters.sql.migrations import migrate, migrate_down
from adapters.sql.sealing.protection import Sealing
from adapters.sql.tables import metadata

from .golden import URLS, Golden, compiled, read, write, writing

MIGRATIONS = "migrations"


def test_rows_go_in_as_the_files_say(golden: Golden) -> None:
    """The bulk insert of every table is in the files: the driver gets it as text."""
    golden.new.clear()
    for table in metadata.sorted_tables:
        golden.meet(insert(table), [column.name for column in table.c], many=True)
    golden.check()


def test_what_the_driver_is_given_is_as_the_files_say(golden: Golden) -> None:
    """What ends every command and begins every request is in the files; DM's in two parts."""
    golden.new.clear()
    golden.meet(TAKE, ("counted", "taken"))
    golden.meet(UPTO)
    golden.meet(ADD_ROW, AUDIT_COLUMNS)
    golden.meet(NOTE, [column.name for column in done_command.c])
    golden.meet(SESSION_WITH_EPOCH)
    golden.meet(DONE)
    for table in metadata.sorted_tables:
        if {"id", "version"} <= set(table.c.keys()):
            names = {column.name for column in table.c} - {"id"}
            golden.meet(new_version(table), sorted({*names, "old_id", "old_version"}))
    golden.check()


def migration_steps(folder: Path, sealing: Sealing) -> Iterator[ClauseElement]:
    """Give every statement of the way up, from nothing to all tables, and of the way down."""
    engine = open_engine(f"sqlite:///{folder}/steps.db", sealing=sealing)
    steps: list[ClauseElement] = []

    @event.listens_for(engine, "before_execute")
    def keep(_connection: Connection, element: ClauseElement | str, *_parameters: object) -> None:
        if isinstance(element, ClauseElement):
            steps.append(element)

    migrate(engine)
    migrate_down(engine)
    engine.dispose()
    yield from steps


def test_migrations_are_as_the_files_say(golden: Golden, tmp_path: Path, sealing: Sealing) -> None:
    """Each engine gets the tables, step by step, that its file shows."""
    steps = list(migration_steps(tmp_path, sealing))
    found = {
        name: [compiled(step, dialect) for step in steps]
        for name, dialect in golden.dialects.items()
    }
    for name, statements in found.items():
        if writing():
            write(f"{MIGRATIONS}.{name}", statements)
        assert statements == read(f"{MIGRATIONS}.{name}"), name


def test_an_empty_text_is_noticed(sqlite_engine: Engine, golden: Golden) -> None:
    """An empty text that is bound does not pass: an Oracle mode would look for NULL, and fail."""
    with (
        pytest.raises(AssertionError, match="an empty text"),
        sqlite_engine.connect() as connection,
    ):
        connection.execute(select(counter.c.upto).where(counter.c.name == ""))
    golden.new.clear()  # no statement of the platform's


def test_a_new_statement_is_noticed() -> None:
    """A statement that no file holds, and one that a file holds otherwise, do not pass."""
    golden = Golden()
    golden.meet(insert(counter), [column.name for column in counter.c], many=True)
    golden.check()
    golden.meet(select(counter.c.upto).where(counter.c.upto == 1))
    assert len(golden.new) == len(URLS)
    if not writing():
        with pytest.raises(AssertionError, match="nox -s golden"):
            golden.check()
