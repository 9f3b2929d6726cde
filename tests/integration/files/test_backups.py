from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve
from sqlalchemy import Engine

from adapters.crypto.platform_keys import PlatformKeys
from adapters.sql.backups import SqlDatabase
from adapters.sql.engine.database import open_engine
from adapters.sql.ports import sql_transactions
from adapters.sql.sealing.protection import Sealing
from adapters.storage.file_bytes import FolderFileBytes
from entrypoints.backups import Backups
from entrypoints.backups.files import file_of
from entrypoints.container import FixedClock, backups_in
from supervision_core.kernel.backups import BackupDamaged, BackupKind
from supervision_core.kernel.errors import NotFound
from supervision_core.testing.files import (
    MOMENT,
    ONE,
    SHORT,
    TEXT,
    AttachProof,
    FileRoom,
    attach_proof,
)

from .conftest import BESIDE, MakeRoom


def hang(room: FileRoom, content: bytes = SHORT) -> str:
    """Let a file hang."""
    file = room.send(ONE, content)
    room.commands.run(attach_proof, AttachProof(thing="u-1-a", files=(file,)), actor=ONE)
    return file


@pytest.fixture
def backups(tmp_path: Path, platform_keys: PlatformKeys, sqlite_room: FileRoom) -> Backups:
    """Give the backups of a room."""
    clock = FixedClock(MOMENT)
    files = sqlite_room.staging.store
    return backups_in(tmp_path / "backups", platform_keys, clock, files=files)


Restored = Callable[[Backups, str], FileRoom]


@pytest.fixture
def restored(tmp_path: Path, sealing: Sealing, make_room: MakeRoom) -> Restored:
    """Give what restores into an empty database with an empty folder."""

    def made(backups: Backups, id: str) -> FileRoom:
        store = FolderFileBytes(tmp_path / "other-files")
        engine = open_engine(f"sqlite:///{tmp_path / 'other.db'}", sealing=sealing)
        evolve(backups, files=store).restore(id, SqlDatabase(engine))
        return make_room(sql_transactions(engine, BESIDE), store)

    return made


def test_files_come_back_with_their_rows(
    sqlite_room: FileRoom,
    sqlite_engine: Engine,
    backups: Backups,
    tmp_path: Path,
    restored: Restored,
) -> None:
    """An incremental backup copies what is new; restored, every file is there; staged ones not."""
    first = hang(sqlite_room, TEXT)
    full = backups.make(SqlDatabase(sqlite_engine), BackupKind.FULL)
    second, loose = hang(sqlite_room), sqlite_room.send(ONE)
    _tick(backups)
    later = backups.make(SqlDatabase(sqlite_engine), BackupKind.INCREMENTAL)
    backups.verify(later.id)
    copies = sorted(path.name for path in (tmp_path / "backups" / later.id).glob("piece-*"))
    assert len(copies) == 2
    assert len(list((tmp_path / "backups" / full.id).glob("piece-*"))) == 3
    room = restored(backups, later.id)
    assert room.fetched(ONE, first, "u-1-a") == TEXT
    assert room.fetched(ONE, second, "u-1-a") == SHORT
    with pytest.raises(NotFound):
        room.staging.view(ONE, loose)


def _tick(backups: Backups) -> None:
    clock = backups.clock
    assert isinstance(clock, FixedClock)
    clock.put(clock.now().replace(hour=23))


def test_a_backup_holds_nothing_in_clear(
    sqlite_room: FileRoom, sqlite_engine: Engine, backups: Backups, tmp_path: Path
) -> None:
    """Bytes lie there as they do at home, enciphered; names in no file."""
    hang(sqlite_room)
    backups.make(SqlDatabase(sqlite_engine), BackupKind.FULL)
    kept = [path for path in (tmp_path / "backups").rglob("*") if path.is_file()]
    assert not any("现场查看".encode() in path.read_bytes() for path in kept)


def test_a_changed_copy_is_found(
    sqlite_room: FileRoom,
    sqlite_engine: Engine,
    backups: Backups,
    tmp_path: Path,
    restored: Restored,
) -> None:
    """One flipped bit of one piece: verification and restoration name it."""
    hang(sqlite_room)
    made = backups.make(SqlDatabase(sqlite_engine), BackupKind.FULL)
    (piece,) = (tmp_path / "backups" / made.id).glob("piece-*")
    content = bytearray(piece.read_bytes())
    content[20] ^= 1
    piece.write_bytes(content)
    with pytest.raises(BackupDamaged) as refused:
        backups.verify(made.id)
    assert refused.value.reasons[0].at == f"{made.id}/{piece.name}"
    with pytest.raises(BackupDamaged):
        restored(backups, made.id)


def test_a_piece_that_broke_at_home_keeps_its_older_copy(
    sqlite_room: FileRoom, sqlite_engine: Engine, backups: Backups
) -> None:
    """What no longer opens is not copied over what did, and keeps no backup from being made."""
    hang(sqlite_room)
    full = backups.make(SqlDatabase(sqlite_engine), BackupKind.FULL)
    store = sqlite_room.staging.store
    assert isinstance(store, FolderFileBytes)
    (address,) = store.addresses()
    store._path(address).write_bytes(b"broken")
    _tick(backups)
    later = backups.make(SqlDatabase(sqlite_engine), BackupKind.INCREMENTAL)
    assert backups.verify(later.id) == later
    assert backups.store.get(file_of(full.id, address)) != b"broken"
