"""Files over memory, and over a database with a folder."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from adapters.crypto.platform_keys import PlatformKeys
from adapters.media.judging import ContentJudge
from adapters.media.pictures import PillowPictures
from adapters.media.scanning import NoScanner
from adapters.memory.files import MemoryFileBytes
from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.sql.ports import sql_transactions
from adapters.storage.file_bytes import FolderFileBytes
from adapters.system import SystemClock, SystemIds, SystemRandomness
from supervision_core.files.ports import FileBytes, VisibleKinds
from supervision_core.files.services import Staging
from supervision_core.kernel.ports import Transactions
from supervision_core.testing.files import FileRoom, MovingClock, ParcelKinds

MakeRoom = Callable[[Transactions, FileBytes], FileRoom]
BESIDE = {VisibleKinds: lambda _: ParcelKinds()}


@pytest.fixture
def make_room(platform_keys: PlatformKeys) -> MakeRoom:
    """Give what puts a room together."""

    def made(transactions: Transactions, store: FileBytes) -> FileRoom:
        clock = MovingClock(SystemClock().now())
        return FileRoom(
            transactions=transactions,
            clock=clock,
            staging=Staging(
                transactions=transactions,
                clock=clock,
                ids=SystemIds(),
                randomness=SystemRandomness(),
                keys=platform_keys.store,
                store=store,
                judge=ContentJudge(),
                pictures=PillowPictures(),
                scanner=NoScanner(),
            ),
        )

    return made


@pytest.fixture
def memory_room(make_room: MakeRoom) -> FileRoom:
    """Give one in memory."""
    return make_room(memory_transactions(MemoryStore(), BESIDE), MemoryFileBytes(SystemClock()))


@pytest.fixture
def sqlite_room(make_room: MakeRoom, sqlite_engine: Engine, tmp_path: Path) -> FileRoom:
    """Give one over SQLite and a folder."""
    return make_room(sql_transactions(sqlite_engine, BESIDE), FolderFileBytes(tmp_path / "files"))


@pytest.fixture
def postgres_room(make_room: MakeRoom, postgres_engine: Engine, tmp_path: Path) -> FileRoom:
    """Give one over PostgreSQL and a folder."""
    return make_room(sql_transactions(postgres_engine, BESIDE), FolderFileBytes(tmp_path / "files"))
