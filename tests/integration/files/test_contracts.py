from pathlib import Path

import pytest

from adapters.memory.files import MemoryFileBytes
from adapters.storage.file_bytes import FolderFileBytes
from adapters.system import SystemClock
from supervision_core.files.ports import FileBytes
from supervision_core.testing.files import LONG_AFTER, FileBytesContract, FileRoom, StagingContract


class TestBytesInMemory(FileBytesContract):
    @pytest.fixture
    def store(self) -> FileBytes:
        """Give an empty store."""
        return MemoryFileBytes(SystemClock())


class TestBytesInAFolder(FileBytesContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> FileBytes:
        """Give an empty folder, which is not there yet."""
        return FolderFileBytes(tmp_path / "not" / "there")

    def test_what_a_kill_left_is_cleared_by_its_age(self, tmp_path: Path) -> None:
        """A piece half written is no piece, and goes with the next sweep."""
        store = FolderFileBytes(tmp_path)
        store.put("ab" * 32, b"one")
        (tmp_path / "ab" / ".new-half").write_bytes(b"o")
        assert list(store.addresses()) == ["ab" * 32]
        assert (tmp_path / "ab" / ".new-half").exists()
        assert list(store.addresses(before=LONG_AFTER)) == ["ab" * 32]
        assert not (tmp_path / "ab" / ".new-half").exists()

    def test_only_the_account_enters(self, tmp_path: Path) -> None:
        """Folders and files are for this account alone."""
        FolderFileBytes(tmp_path / "files").put("ab" * 32, b"one")
        modes = [path.stat().st_mode & 0o077 for path in (tmp_path / "files").rglob("*")]
        assert modes == [0, 0]


class TestInMemory(StagingContract):
    @pytest.fixture
    def room(self, memory_room: FileRoom) -> FileRoom:
        """Give it."""
        return memory_room


class TestOnSqlite(StagingContract):
    @pytest.fixture
    def room(self, sqlite_room: FileRoom) -> FileRoom:
        """Give it."""
        return sqlite_room


class TestOnPostgres(StagingContract):
    @pytest.fixture
    def room(self, postgres_room: FileRoom) -> FileRoom:
        """Give it."""
        return postgres_room
