"""What is restored is what was there, from any engine into any other."""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Delete, Engine, Executable, Update, delete, func, insert, select, update
from tests.integration.backups.conftest import Empty
from tests.integration.backups.filling import Shelf, content, is_empty, tag

from adapters.crypto.platform_keys import PlatformKeys
from adapters.sql import backups as reading
from adapters.sql.backups import PASSING, SqlDatabase
from adapters.sql.engine.schema import done_command
from adapters.sql.tables import metadata
from entrypoints.auditing import verify_database
from entrypoints.container import Platform, log_store, open_platform
from supervision_core.kernel.backups import BackupKind, BackupUnfit


def copy_into(source: Engine, target: Engine, shelf: Shelf) -> None:
    """Make a full backup of ``source`` and restore it."""
    shelf.clock.put(shelf.clock.now() + timedelta(hours=1))
    shelf.restore(shelf.make(source).id, target)


def test_everything_comes_back(platform: Platform, shelf: Shelf, empty_sqlite: Empty) -> None:
    """Every row of every table, those of log-ins excepted; no table of the example is empty."""
    before = content(platform.engine)
    assert {name for name, rows in before.items() if not rows} == PASSING
    target = empty_sqlite()
    copy_into(platform.engine, target, shelf)
    assert content(target) == before


def test_engines_exchange_their_data(
    platform: Platform, shelf: Shelf, empty_sqlite: Empty, empty_postgres: Empty
) -> None:
    """From SQLite to PostgreSQL and back nothing changes, and the backups hold the same bytes."""
    before = content(platform.engine)
    server, back = empty_postgres(), empty_sqlite()
    copy_into(platform.engine, server, shelf)
    assert content(server) == before
    copy_into(server, back, shelf)
    assert content(back) == before
    first, second = (shelf.backups.manifest(one.id) for one in shelf.backups.heads())
    assert [(t.name, t.content) for t in first.tables] == [
        (t.name, t.content) for t in second.tables
    ]


def test_the_restored_log_verifies(
    tmp_path: Path, platform_keys: PlatformKeys, shelf: Shelf, empty_sqlite: Empty
) -> None:
    """The audit log holds, and what is stored is what it tells of, before anybody opens it."""
    plain = open_platform(f"sqlite:///{tmp_path}/plain.db", keys=platform_keys)
    for number in range(5):
        tag(plain, f"标签{number}")
    auditing = plain.auditing()
    auditing.anchoring.anchor()
    tag(plain, "标签5")
    target = empty_sqlite()
    copy_into(plain.engine, target, shelf)
    verdict = verify_database(log_store(target), auditing.trusted, [], auditing.witnesses)
    assert (verdict.findings, verdict.size, verdict.anchored) == ((), 6, 5)
    plain.engine.dispose()


def test_nobody_is_logged_in_after_a_restoration(
    platform: Platform, shelf: Shelf, empty_sqlite: Empty
) -> None:
    """Sessions, log-ins under way and their seals stay behind; they were there."""
    with platform.engine.connect() as connection:
        for name in PASSING:
            asked = select(func.count()).select_from(metadata.tables[name])
            assert connection.execute(asked).scalar_one() > 0, name
    target = empty_sqlite()
    copy_into(platform.engine, target, shelf)
    with target.connect() as connection:
        for name in PASSING:
            asked = select(func.count()).select_from(metadata.tables[name])
            assert connection.execute(asked).scalar_one() == 0, name


def many(engine: Engine, keys: range) -> None:
    """Insert rows, enough for many pieces."""
    row = {"action": "a", "request": "r", "answer": json.dumps("x" * 20)}
    with engine.begin() as connection:
        connection.execute(
            insert(done_command),
            [{"actor": "many", "request_key": f"k{key:06d}", **row} for key in keys],
        )


CHANGES: Mapping[str, Callable[[], Executable]] = {
    "inserted-first": lambda: insert(done_command).values(
        actor="a", request_key="k", action="a", request="r", answer='"x"'
    ),
    "inserted-last": lambda: insert(done_command).values(
        actor="z", request_key="k", action="a", request="r", answer='"x"'
    ),
    "updated-first": lambda: _at("k000000", update(done_command).values(answer='"y"')),
    "updated-within": lambda: _at("k004567", update(done_command).values(answer='"y"')),
    "updated-last": lambda: _at("k009999", update(done_command).values(answer='"y"')),
    "deleted-first": lambda: _at("k000000", delete(done_command)),
    "deleted-within": lambda: _at("k004567", delete(done_command)),
    "deleted-last": lambda: _at("k009999", delete(done_command)),
}


def _at(key: str, statement: Update | Delete) -> Executable:
    return statement.where(done_command.c.request_key == key)


def test_a_chain_of_incremental_backups_gives_each_state(
    platform: Platform, shelf: Shelf, empty_sqlite: Empty
) -> None:
    """Whatever was inserted, changed or deleted at whatever place: each backup is its own moment.

    Of ten thousand rows one change stores at most two pieces of its table anew.
    """
    many(platform.engine, range(10_000))
    states = {shelf.make(platform.engine).id: content(platform.engine)}
    pieces = {
        chunk.file
        for table in shelf.backups.manifest(next(iter(states))).tables
        for chunk in table.chunks
        if table.name == "done_command"
    }
    assert len(pieces) > 5
    for change in CHANGES.values():
        shelf.clock.put(shelf.clock.now() + timedelta(hours=4))
        with platform.engine.begin() as connection:
            connection.execute(change())
        made = shelf.make(platform.engine, BackupKind.INCREMENTAL)
        stored = [one.name for one in (shelf.folder / made.id).iterdir()]
        assert 1 <= sum("json" not in name for name in stored) <= 2, stored
        states[made.id] = content(platform.engine)
    for name, state in states.items():
        target = empty_sqlite()
        shelf.restore(name, target)
        assert content(target) == state, name


def test_an_incremental_backup_mends_what_its_base_lost(
    platform: Platform, shelf: Shelf, empty_sqlite: Empty
) -> None:
    """A file that lies there no more as it was is stored anew, so the next backup is whole."""
    full = shelf.make(platform.engine)
    for chunk in list(full.chunks())[:2]:
        (shelf.folder / chunk.file).write_bytes(b"rotten")
    (shelf.folder / list(full.chunks())[2].file).unlink()
    shelf.clock.put(shelf.clock.now() + timedelta(hours=4))
    made = shelf.make(platform.engine, BackupKind.INCREMENTAL)
    assert sum(one.file.startswith(made.id) for one in made.chunks()) == 3
    target = empty_sqlite()
    shelf.restore(made.id, target)
    assert content(target) == content(platform.engine)


def test_a_backup_is_refused_where_something_is(
    platform: Platform, shelf: Shelf, empty_sqlite: Empty, empty_postgres: Empty
) -> None:
    """``kernel.backup_not_empty``: a platform's database, and one with anybody's table in it."""
    made = shelf.make(platform.engine)
    strange = empty_sqlite()
    server = empty_postgres()
    for engine in (strange, server):
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE somebody (x INTEGER)")
    before = content(platform.engine)
    for engine in (platform.engine, strange, server):
        with pytest.raises(BackupUnfit) as caught:
            shelf.restore(made.id, engine)
        assert [one.code for one in caught.value.reasons] == ["kernel.backup_not_empty"]
    assert content(platform.engine) == before


def test_a_backup_of_another_schema_is_refused(empty_sqlite: Empty) -> None:
    """``kernel.backup_other_schema``: the program of its time restores it."""
    target = empty_sqlite()
    with pytest.raises(BackupUnfit) as caught, SqlDatabase(target).filling("0001"):
        pass
    assert [one.code for one in caught.value.reasons] == ["kernel.backup_other_schema"]
    assert is_empty(target)


@pytest.mark.parametrize("bounds", [{"LEAST": 1, "MOST": 2}, {"LARGEST": 1}], ids=str)
def test_small_pieces_read_alike(
    platform: Platform,
    shelf: Shelf,
    monkeypatch: pytest.MonkeyPatch,
    empty_sqlite: Empty,
    bounds: Mapping[str, int],
) -> None:
    """However many pieces a table has, what is restored is the same."""
    for name, value in bounds.items():
        monkeypatch.setattr(reading, name, value)
    for number in range(7):
        tag(platform, f"又{number}")
    target = empty_sqlite()
    copy_into(platform.engine, target, shelf)
    assert content(target) == content(platform.engine)


def test_reading_a_backup_keeps_nobody_from_writing(platform: Platform, shelf: Shelf) -> None:
    """A command in the middle of a backup is done before it goes on, and is not in the backup."""
    done: list[str] = []

    def write(_rows: int) -> None:
        done.append(f"中{len(done)}")
        tag(platform, done[-1])

    size = len(list(platform.auditing().store.log.rows()))
    made = shelf.backups.make(SqlDatabase(platform.engine), BackupKind.FULL, write)
    assert made.audit_size == size
    assert len(done) > 5
