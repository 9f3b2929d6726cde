"""One changed byte anywhere is refused, and leaves nothing behind."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from attrs import evolve, frozen
from sqlalchemy import Engine
from tests.integration.backups.conftest import START, Empty
from tests.integration.backups.filling import Shelf, is_empty, tag

from adapters.crypto.platform_keys import KeySettings, PlatformKeys
from adapters.sql.backups import SqlDatabase
from adapters.sql.engine.database import open_engine
from adapters.system import FixedClock
from entrypoints.backups import HEAD, MANIFEST
from entrypoints.container import SystemRandomness, open_platform
from supervision_core.kernel.backups import (
    BackupAbsent,
    BackupDamaged,
    BackupKind,
    BackupUnfit,
    Loading,
    Snapshot,
)

EVERY = int(os.environ.get("SUPERVISION_BACKUP_BYTES", "199"))
"""Of so many bytes one is changed."""


@frozen
class Small:
    """A full backup and an incremental one of a small database."""

    shelf: Shelf
    engine: Engine
    full: str
    incremental: str

    @property
    def files(self) -> list[Path]:
        """Give every file that the incremental one consists of."""
        manifest = self.shelf.backups.manifest(self.incremental)
        names = {chunk.file for chunk in manifest.chunks()}
        names |= {f"{self.incremental}/{HEAD}", f"{self.incremental}/{MANIFEST}"}
        return [self.shelf.folder / name for name in sorted(names)]

    def is_refused(self) -> bool:
        """Tell whether the incremental backup is refused as damaged, naming a file."""
        try:
            self.shelf.backups.verify(self.incremental)
        except BackupDamaged as error:
            return bool(error.reasons[0].at)
        return False


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, platform_keys: PlatformKeys) -> Small:
    """Give them, to be copied."""
    folder = tmp_path_factory.mktemp("small")
    platform = open_platform(f"sqlite:///{folder}/a.db", keys=platform_keys)
    shelf = Shelf(folder / "backups", platform_keys, FixedClock(START))
    tag(platform, "一")
    full = shelf.make(platform.engine)
    tag(platform, "二")
    shelf.clock.put(START + timedelta(hours=4))
    later = shelf.make(platform.engine, BackupKind.INCREMENTAL)
    platform.engine.dispose()
    return Small(shelf, open_engine(f"sqlite:///{folder}/a.db"), full.id, later.id)


@pytest.fixture
def small(original: Small, tmp_path: Path) -> Small:
    """Give a copy of their folder."""
    shutil.copytree(original.shelf.folder, tmp_path / "backups")
    return evolve(original, shelf=evolve(original.shelf, folder=tmp_path / "backups"))


def test_one_changed_byte_is_refused(small: Small) -> None:
    """In the head, the manifest or any chunk, its own or its base's; and as it was it holds."""
    assert not small.is_refused()
    kinds = {path.name.partition(".")[0] for path in small.files}
    assert {"head", "manifest", "tag", "audit_row", "counter"} <= kinds
    tried = 0
    for path in small.files:
        whole = path.read_bytes()
        for place in {*range(0, len(whole), EVERY), len(whole) - 1}:
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            assert small.is_refused(), (path.name, place)
            tried += 1
        path.write_bytes(whole)
    assert tried > 30
    assert not small.is_refused()


@pytest.mark.parametrize("change", [lambda whole: whole[:-1], lambda whole: whole + b"\n"])
def test_a_longer_or_shorter_file_is_refused(
    small: Small, change: Callable[[bytes], bytes]
) -> None:
    """A byte more or less at the end of any file, white space of JSON included."""
    for path in small.files:
        whole = path.read_bytes()
        path.write_bytes(change(whole))
        assert small.is_refused(), path.name
        path.write_bytes(whole)


def test_a_head_that_means_the_same_is_refused(small: Small) -> None:
    """A moment can be written in several ways; only the bytes that were stored are the backup."""
    path = small.shelf.folder / small.incremental / HEAD
    whole = path.read_bytes()
    assert b"2026-06-01T05:07" in whole
    path.write_bytes(whole.replace(b"2026-06-01T05:07", b"2026-06-01U05:07"))
    assert small.is_refused()


def test_a_file_that_is_gone_is_refused(small: Small) -> None:
    """A chunk or the manifest is missed by name; a backup without a head is none."""
    for path in small.files:
        if path.name != HEAD:
            path.rename(small.shelf.folder / "away")
            with pytest.raises(BackupDamaged) as caught:
                small.shelf.backups.verify(small.incremental)
            assert caught.value.reasons[0].at == str(path.relative_to(small.shelf.folder))
            (small.shelf.folder / "away").rename(path)
    (small.shelf.folder / small.incremental / HEAD).unlink()
    with pytest.raises(BackupAbsent):
        small.shelf.backups.verify(small.incremental)


def test_files_in_each_others_place_are_refused(small: Small) -> None:
    """Each was sealed or signed here, and still none passes for another.

    Two chunks are exchanged, a chunk is put back as it was before, then head and manifest.
    """
    folder = small.shelf.folder
    first, second = (path for path in small.files if path.name in {"tag.000000", "counter.000000"})
    one, other = first.read_bytes(), second.read_bytes()
    first.write_bytes(other)
    second.write_bytes(one)
    assert small.is_refused()
    first.write_bytes(one)
    second.write_bytes(other)
    assert not small.is_refused()

    newer = folder / small.incremental / "tag.000000"
    kept = newer.read_bytes()
    newer.write_bytes((folder / small.full / "tag.000000").read_bytes())
    assert small.is_refused()
    newer.write_bytes(kept)
    for name in (HEAD, MANIFEST):
        shutil.copy(folder / small.full / name, folder / small.incremental / name)
    assert small.is_refused()


def test_a_backup_that_others_signed_is_refused(small: Small, tmp_path: Path) -> None:
    """Whoever makes keys of his own and signs a whole backup with them restores nothing here."""
    settings = KeySettings(folder=tmp_path / "keys", master=tmp_path / "master.key")
    settings.make(SystemRandomness())
    forged = evolve(
        small.shelf,
        keys=settings.open(SystemRandomness()),
        clock=FixedClock(START + timedelta(hours=8)),
    ).make(small.engine)
    assert small.shelf.backups.survey()[1] == [f"{forged.id}/{HEAD}"]
    with pytest.raises(BackupDamaged):
        small.shelf.backups.verify(forged.id)


def test_the_newest_is_not_chosen_past_a_damaged_one(small: Small) -> None:
    """Who asks for the newest gets no older one in silence; one asked for by name is given."""
    head = small.shelf.folder / small.incremental / HEAD
    head.write_bytes(head.read_bytes().replace(b"incremental", b"incrementel", 1))
    with pytest.raises(BackupDamaged) as caught:
        small.shelf.backups.before(None)
    assert caught.value.reasons[0].at == f"{small.incremental}/{HEAD}"
    assert small.shelf.backups.verify(small.full).id == small.full


def test_a_refused_restoration_leaves_nothing(small: Small, empty: Empty) -> None:
    """Whichever chunk is damaged, the first or the last: not even a table is there afterwards."""
    target = empty()
    chunks = list(small.shelf.backups.manifest(small.incremental).chunks())
    for chunk in (chunks[0], chunks[-1]):
        path = small.shelf.folder / chunk.file
        whole = path.read_bytes()
        path.write_bytes(whole[:-1])
        with pytest.raises(BackupDamaged):
            small.shelf.restore(small.incremental, target)
        path.write_bytes(whole)
        assert is_empty(target)
    small.shelf.restore(small.incremental, target)
    assert not is_empty(target)


class Forgetful(SqlDatabase):
    """A database that loses a row while it is filled."""

    @contextmanager
    def filling(self, schema: str) -> Iterator[Loading]:
        """Fill, and forget a tag."""
        with super().filling(schema) as loading:
            yield ForgetfulLoading(loading)


class ForgetfulLoading(Loading):
    """Loads all but the first of the tags."""

    def __init__(self, real: Loading) -> None:
        """Load by ``real``."""
        self._real = real

    def load(self, table: str, columns: Sequence[str], lines: bytes) -> None:
        """Lose the first row of ``tag``."""
        kept = lines.partition(b"\n")[2] if table == "tag" else lines
        self._real.load(table, columns, kept)

    def snapshot(self) -> Snapshot:
        """Give what there really is."""
        return self._real.snapshot()


def test_a_database_that_lost_a_row_is_no_restoration(small: Small, empty_sqlite: Empty) -> None:
    """``kernel.backup_rows_differ``: what it holds is compared before it counts."""
    target = empty_sqlite()
    with pytest.raises(BackupUnfit) as caught:
        small.shelf.backups.restore(small.incremental, Forgetful(target))
    (reason,) = caught.value.reasons
    assert (reason.code, reason.data["table"]) == ("kernel.backup_rows_differ", "tag")
    assert is_empty(target)
