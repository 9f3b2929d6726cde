"""Killed at any moment, a backup or a restoration leaves nothing that passes for one."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

import pytest
from attrs import evolve
from sqlalchemy import Connection, Engine, delete, inspect
from tests.integration.backups.conftest import Empty
from tests.integration.backups.filling import Shelf, content, is_empty, tag

from adapters.sql import backups as backups_of_sql
from adapters.sql.backups import MARK, SqlDatabase
from adapters.sql.engine.database import open_engine
from adapters.sql.migrations import migrate_within
from adapters.storage import FolderStore
from entrypoints.container import Platform, open_platform
from supervision_core.kernel.backups import (
    BackupDamaged,
    BackupKind,
    BackupUnfit,
    Loading,
    Snapshot,
)


def killed(act: Callable[[], None]) -> None:
    """Do it in a process of its own, which is killed while at it."""
    process = multiprocessing.get_context("fork").Process(target=act)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


class FragileFolder(FolderStore):
    """A folder whose user is killed before it has stored so many files."""

    left = 0

    def put(self, name: str, content: bytes) -> None:
        """Store; with the last one, die."""
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1
        super().put(name, content)


class FragileLoading(Loading):
    """Loads so many pieces and then dies."""

    def __init__(self, real: Loading, left: int) -> None:
        """Load by ``real``."""
        self._real, self._left = real, left

    def load(self, table: str, columns: Sequence[str], lines: bytes) -> None:
        """Load; with the last one, die."""
        self._real.load(table, columns, lines)
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def snapshot(self) -> Snapshot:
        """Give what there is; the last moment before all is done."""
        os.kill(os.getpid(), signal.SIGKILL)
        return self._real.snapshot()


class FragileDatabase(SqlDatabase):
    """A database whose user dies while filling it."""

    left = 0

    @contextmanager
    def filling(self, schema: str) -> Iterator[Loading]:
        """Fill it."""
        with super().filling(schema) as loading:
            yield FragileLoading(loading, self.left)


@pytest.mark.parametrize("stored", [0, 1, 20, "all-but-head"])
def test_a_backup_killed_is_none(
    platform: Platform, shelf: Shelf, empty_sqlite: Empty, stored: int | str
) -> None:
    """It is not listed and the slot is still due; another is made, and its remains go in time."""
    first = shelf.make(platform.engine)
    files = len(list((shelf.folder / first.id).iterdir()))
    shelf.clock.put(shelf.clock.now() + timedelta(days=7))
    url = platform.engine.url

    def act() -> None:
        store = FragileFolder(shelf.folder)
        store.left = files - 1 if isinstance(stored, str) else stored
        backups = evolve(shelf.backups, store=store)
        backups.make(SqlDatabase(open_engine(str(url))), BackupKind.FULL)

    killed(act)
    assert [head.id for head in shelf.backups.heads()] == [first.id]
    assert shelf.backups.due() is BackupKind.FULL
    shelf.clock.put(shelf.clock.now() + timedelta(minutes=5))
    second = shelf.make(platform.engine)
    target = empty_sqlite()
    shelf.restore(second.id, target)
    assert content(target) == content(platform.engine)
    assert shelf.backups.prune() == ()  # it might be at work still
    shelf.clock.put(shelf.clock.now() + timedelta(days=2))
    remains = set(shelf.backups.store.backups()) - {first.id, second.id}
    assert set(shelf.backups.prune()) == remains
    assert len(remains) == (0 if stored == 0 else 1)
    assert list(shelf.backups.store.backups()) == [first.id, second.id]


def test_remains_that_others_build_upon_stay(platform: Platform, shelf: Shelf) -> None:
    """A backup that lost its head keeps the files that a later one names."""
    full = shelf.make(platform.engine)
    shelf.clock.put(shelf.clock.now() + timedelta(hours=4))
    later = shelf.make(platform.engine, BackupKind.INCREMENTAL)
    (shelf.folder / full.id / "head.json").unlink()
    (shelf.folder / "lost+found").mkdir()
    shelf.clock.put(shelf.clock.now() + timedelta(days=9))
    assert shelf.backups.prune() == ()
    assert shelf.backups.verify(later.id).rows == later.rows


def killed_while_filling(shelf: Shelf, id: str, target: Engine, loaded: int) -> None:
    """Restore, and be killed after so many pieces."""
    url = target.url.render_as_string(hide_password=False)

    def act() -> None:
        database = FragileDatabase(open_engine(url))
        database.left = loaded
        shelf.backups.restore(id, database)

    killed(act)


@pytest.mark.parametrize(
    ("kind", "loaded"), [("sqlite", 1), ("sqlite", 30), ("sqlite", 10_000), ("postgres", 30)]
)
def test_a_restoration_killed_leaves_nothing(
    platform: Platform,
    shelf: Shelf,
    kind: str,
    loaded: int,
    request: pytest.FixtureRequest,
) -> None:
    """Not even a table is there, but the mark; the same restoration then succeeds."""
    empty: Empty = request.getfixturevalue(f"empty_{kind}")
    target: Engine = empty()
    made = shelf.make(platform.engine)
    killed_while_filling(shelf, made.id, target, loaded)
    assert names(target) == {MARK.name}
    shelf.restore(made.id, target)
    assert content(target) == content(platform.engine)
    assert MARK.name not in names(target)


def names(engine: Engine) -> set[str]:
    """Give the tables that are there."""
    return set(inspect(engine).get_table_names())


@pytest.fixture
def tables_committed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let changes of tables be committed at once, as DM does."""

    def migrated(connection: Connection) -> None:
        migrate_within(connection)
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.connection.commit()

    monkeypatch.setattr(backups_of_sql, "migrate_within", migrated)


@pytest.mark.usefixtures("tables_committed")
def test_where_tables_are_committed_the_next_restoration_takes_them_away(
    platform: Platform, shelf: Shelf, empty: Empty
) -> None:
    """Killed again and again, and refused, it is the same: the next one begins anew."""
    target = empty()
    made = shelf.make(platform.engine)
    for loaded in (1, 30):
        killed_while_filling(shelf, made.id, target, loaded)
        assert {MARK.name, "audit_row", "alembic_version"} <= names(target)
    damaged = shelf.folder / list(made.chunks())[-1].file
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:-1])
    with pytest.raises(BackupDamaged):
        shelf.restore(made.id, target)
    assert is_empty(target)
    damaged.write_bytes(whole)
    shelf.restore(made.id, target)
    assert content(target) == content(platform.engine)
    assert MARK.name not in names(target)


@pytest.mark.usefixtures("tables_committed")
def test_without_its_mark_nothing_is_taken_away(
    platform: Platform, shelf: Shelf, empty: Empty
) -> None:
    """Negative control: the same tables, but nobody says that they were left: refused."""
    target = empty()
    made = shelf.make(platform.engine)
    killed_while_filling(shelf, made.id, target, 30)
    with target.begin() as connection:
        connection.execute(delete(MARK))
    before = names(target)
    with pytest.raises(BackupUnfit) as caught:
        shelf.restore(made.id, target)
    assert [one.code for one in caught.value.reasons] == ["kernel.backup_not_empty"]
    assert names(target) == before


@pytest.mark.parametrize("by", ["platform", "somebody"])
def test_what_came_after_a_killed_restoration_is_not_taken_away(
    platform: Platform, shelf: Shelf, empty_sqlite: Empty, by: str
) -> None:
    """Work done in a database that was marked, or somebody's table there: refused, untouched."""
    target = empty_sqlite()
    made = shelf.make(platform.engine)
    killed_while_filling(shelf, made.id, target, 30)
    if by == "platform":
        used = open_platform(str(target.url), keys=shelf.keys)
        tag(used, "此后")
        used.engine.dispose()
    else:
        with target.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE somebody (x INTEGER)")
    before = content(target)
    with pytest.raises(BackupUnfit) as caught:
        shelf.restore(made.id, target)
    assert [one.code for one in caught.value.reasons] == ["kernel.backup_not_empty"]
    assert content(target) == before


def test_a_backup_that_fails_leaves_nothing(platform: Platform, shelf: Shelf) -> None:
    """What could not be finished is removed at once: a full disk is not filled further."""

    class Full(FolderStore):
        def put(self, name: str, content: bytes) -> None:
            if name.endswith(".json"):
                raise OSError(28, "No space left on device")
            super().put(name, content)

    backups = evolve(shelf.backups, store=Full(shelf.folder))
    with pytest.raises(OSError, match="No space left"):
        backups.make(SqlDatabase(platform.engine), BackupKind.FULL)
    assert list(shelf.folder.iterdir()) == []
