"""R9: a backup made while others write is one moment of the database, whole."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from tests.integration.backups.conftest import Empty
from tests.integration.backups.filling import Shelf, content
from tests.integration.faults.oracle import faults
from tests.integration.faults.running import Workers, Working
from tests.integration.faults.workload import ACTOR

from adapters.crypto.platform_keys import PlatformKeys
from adapters.sql.backups import SqlDatabase
from entrypoints.auditing import verify_database
from entrypoints.container import log_store, open_platform
from supervision_core.kernel.backups import BackupKind, Snapshot, StoredDatabase, StoredTable

ROUNDS = int(os.environ.get("SUPERVISION_RESTORES", "1"))
ENDLESS = 100_000


@pytest.fixture(scope="module")
def crew(tmp_path_factory: pytest.TempPathFactory, platform_keys: PlatformKeys) -> Workers:
    """Give processes that write."""
    del platform_keys
    return Workers(tmp_path_factory.mktemp("lines"))


def written_to(
    working: Working, shelf: Shelf, database: StoredDatabase, kind: BackupKind
) -> tuple[str, Mapping[int, str]]:
    """Back up while each table waits for a command more; give what had been acknowledged."""
    working.wait_for(len(working.acknowledged) + 3)
    before = dict(working.acknowledged)

    def wait(_rows: int) -> None:
        working.wait_for(len(working.acknowledged) + 1)

    made = shelf.backups.make(database, kind, wait)
    assert len(working.acknowledged) > len(before) + 5
    return made.id, before


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_backup_under_writes_is_one_moment(
    seed: int, crew: Workers, shelf: Shelf, empty: Empty, empty_sqlite: Empty
) -> None:
    """All that was acknowledged before is there once, nothing is there in half, the log verifies.

    The same of an incremental backup after it; restored twice, the key-ordered rows are equal.
    """
    source = empty()
    url = source.url.render_as_string(hide_password=False)
    platform = open_platform(url, keys=shelf.keys)
    working = crew.start(url, seed, ENDLESS)
    try:
        made = []
        for backup in BackupKind:
            made.append(written_to(working, shelf, SqlDatabase(source), backup))
            platform.auditing().anchoring.anchor()
            shelf.clock.put(shelf.clock.now() + timedelta(hours=4))
    finally:
        working.kill()
    auditing = platform.auditing()
    for name, before in made:
        first, second = empty(), empty_sqlite()
        for target in (first, second):
            shelf.restore(name, target)
            assert faults(target, ACTOR, seed, before) == []
            verdict = verify_database(log_store(target), auditing.trusted, [], auditing.witnesses)
            assert verdict.findings == ()
        assert content(first) == content(second)
    platform.engine.dispose()


class Torn(SqlDatabase):
    """A database of which each table is read at a moment of its own."""

    def __init__(self, engine: Engine) -> None:
        """Read ``engine``."""
        super().__init__(engine)
        self._at = engine

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Give no snapshot."""
        with super().snapshot() as whole:
            yield TornSnapshot(whole, super().snapshot)


class TornSnapshot(Snapshot):
    """What seems to be one moment."""

    def __init__(self, whole: Snapshot, again: Callable[[], object]) -> None:
        """Read each table ``again``."""
        self.schema, self.audit_size = whole.schema, whole.audit_size
        self._count = sum(1 for _ in whole.tables())
        self._again = again

    def tables(self) -> Iterator[StoredTable]:
        """Give every table as it is when it is its turn."""
        for number in range(self._count):
            with self._again() as now:  # type: ignore[attr-defined]
                yield next(islice(now.tables(), number, None))


def test_a_backup_without_one_moment_is_caught(
    crew: Workers, shelf: Shelf, empty_sqlite: Empty
) -> None:
    """Negative control: read table by table under the same writes, it does not hold together."""
    source = empty_sqlite()
    open_platform(str(source.url), keys=shelf.keys).engine.dispose()
    working = crew.start(str(source.url), 7, ENDLESS)
    try:
        name, before = written_to(working, shelf, Torn(source), BackupKind.FULL)
    finally:
        working.kill()
    target = empty_sqlite()
    try:
        shelf.restore(name, target)
    except IntegrityError:  # a row refers to what was not there yet
        return
    assert faults(target, ACTOR, 7, before) != []
