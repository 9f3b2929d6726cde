"""What a thief of backups learns: nothing."""

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest
from attrs import evolve
from sqlalchemy import Engine
from tests.integration.backups.conftest import Empty
from tests.integration.backups.filling import Shelf
from tests.integration.scanning import scan_files
from tests.integration.sql.test_personal import MAPPERS, PERSONAL, BrokenCipher, planted

from adapters.sql.backups import PASSING, SqlDatabase
from adapters.sql.engine.database import open_engine
from adapters.sql.migrations import migrate
from adapters.sql.sealing.protection import Sealing
from entrypoints.container import SystemRandomness
from supervision_core.kernel.backups import BackupKind
from supervision_core.kernel.crypto import Cipher, KeyMissing, KeyStore, Mac

PUBLIC = "南宁示例乳业有限公司"


def unpacked(folder: Path, out: Path) -> Path:
    """Write out every file of a folder, and what can be unpacked of it at any of its places."""
    out.mkdir()
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        content = path.read_bytes()
        (out / f"{path.parent.name}-{path.name}").write_bytes(content)
        for place in range(64):
            try:
                found = zlib.decompressobj().decompress(content[place:])
            except zlib.error:
                continue
            (out / f"{path.parent.name}-{path.name}-{place}").write_bytes(found)
    return out


@pytest.fixture
def source(tmp_path: Path, sealing: Sealing) -> Iterator[Engine]:
    """Give a database elsewhere."""
    (tmp_path / "source").mkdir()
    engine = open_engine(f"sqlite:///{tmp_path}/source/a.db", sealing=sealing)
    migrate(engine)
    yield engine
    engine.dispose()


def test_no_word_lies_in_a_backup(
    source: Engine, shelf: Shelf, tmp_path: Path, empty_sqlite: Empty
) -> None:
    """Neither personal words nor public ones; and what is restored is sealed as it was."""
    words = planted(source)
    made = shelf.make(source)
    assert len(words) > 15
    assert scan_files(unpacked(shelf.folder, tmp_path / "out"), [*words, PUBLIC]) == {}
    shelf.restore(made.id, empty_sqlite())
    found = scan_files(tmp_path, [*words, PUBLIC])
    assert set(found) == {PUBLIC}  # it is public, and the scan does look
    assert any("empty" in place for place in found[PUBLIC])


class Clear(Cipher):
    """A cipher that does nothing."""

    nonce_size = 12

    def seal(self, nonce: bytes, plain: bytes, associated: bytes) -> bytes:
        """Give it back."""
        del nonce, associated
        return plain

    def open(self, nonce: bytes, sealed: bytes, associated: bytes) -> bytes:
        """Give it back."""
        del nonce, associated
        return sealed


class ClearKeys(KeyStore):
    """Keys that encrypt nothing."""

    def versions(self, name: str) -> Sequence[int]:
        """Give one."""
        del name
        return (1,)

    def current(self, name: str) -> int:
        """Give it."""
        del name
        return 1

    def rotate(self, name: str) -> int:
        """Refuse."""
        raise KeyMissing.named(name, 1)

    def cipher(self, name: str, version: int) -> Cipher:
        """Give none."""
        del name, version
        return Clear()

    def mac(self, name: str, version: int) -> Mac:
        """Refuse."""
        raise KeyMissing.named(name, version)


KEPT: Final = tuple(name for name in PERSONAL if MAPPERS[name].table.name not in PASSING)
"""What is enciphered and goes into backups: no drafts of forms, no changes under way."""


def test_the_scan_sees_a_backup_in_clear(tmp_path: Path, sealing: Sealing, shelf: Shelf) -> None:
    """Negative control: without encryption of rows and of chunks every planted word is found."""
    broken = BrokenCipher(sealing.keys, SystemRandomness())
    engine = open_engine(f"sqlite:///{tmp_path}/clear.db", sealing=evolve(sealing, fields=broken))
    migrate(engine)
    words = planted(engine, KEPT)
    backups = evolve(shelf.backups, seals=evolve(shelf.backups.seals, keys=ClearKeys()))
    backups.make(SqlDatabase(engine), BackupKind.FULL)
    engine.dispose()
    assert set(scan_files(unpacked(shelf.folder, tmp_path / "out"), words)) == words
