"""A database with something in every table, backups of it, and empty ones to restore into."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from tests.integration.backups.filling import Shelf, fill

from adapters.crypto.platform_keys import PlatformKeys
from adapters.sql.engine.database import open_engine
from adapters.system import FixedClock
from entrypoints.container import Platform, SystemRandomness, open_platform

Empty = Callable[[], Engine]
START = datetime(2026, 6, 1, 1, 7, tzinfo=UTC)


@pytest.fixture
def clock() -> FixedClock:
    """Give a clock that stands where it is put."""
    return FixedClock(START)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, platform_keys: PlatformKeys) -> Path:
    """Give the file of a database with something in every table, to be copied."""
    path = tmp_path_factory.mktemp("filled") / "a.db"
    platform = open_platform(f"sqlite:///{path}", keys=platform_keys)
    fill(platform)
    platform.engine.dispose()
    return path


@pytest.fixture
def platform(
    filled: Path, tmp_path: Path, platform_keys: PlatformKeys, clock: FixedClock
) -> Iterator[Platform]:
    """Give a platform on such a database of its own."""
    shutil.copy(filled, tmp_path / "a.db")
    made = open_platform(f"sqlite:///{tmp_path}/a.db", keys=platform_keys, clock=clock)
    yield made
    made.engine.dispose()


@pytest.fixture
def shelf(tmp_path: Path, platform_keys: PlatformKeys, clock: FixedClock) -> Shelf:
    """Give a folder for backups, and the clock by which they are made."""
    return Shelf(tmp_path / "backups", platform_keys, clock)


@pytest.fixture
def empty_sqlite(tmp_path: Path) -> Iterator[Empty]:
    """Give SQLite databases with nothing in them."""
    made: list[Engine] = []

    def empty() -> Engine:
        made.append(open_engine(f"sqlite:///{tmp_path}/empty{len(made)}.db"))
        return made[-1]

    yield empty
    for engine in made:
        engine.dispose()


@pytest.fixture
def empty_postgres(postgres_server: str) -> Iterator[Empty]:
    """Give databases of the server with nothing in them."""
    made: list[Engine] = []
    url = make_url(postgres_server).set(drivername="postgresql+psycopg")
    admin = create_engine(url, isolation_level="AUTOCOMMIT")

    def empty() -> Engine:
        name = f"backup_{os.getpid()}_{SystemRandomness().token(4).hex()}"
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        shown = url.set(database=name).render_as_string(hide_password=False)
        made.append(open_engine(shown))
        return made[-1]

    yield empty
    for engine in made:
        engine.dispose()
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {engine.url.database} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest) -> Empty:
    """Give databases of each kind with nothing in them."""
    found: Empty = request.getfixturevalue(f"empty_{request.param}")
    return found
