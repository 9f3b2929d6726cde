"""Logs to tamper with, as fixtures."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from adapters.sql.engine.database import open_engine

from .logs import Copies, Logged


@pytest.fixture
def logged(sqlite_engine: Engine, tmp_path: Path) -> Logged:
    """Give an empty log in SQLite."""
    return Logged(sqlite_engine, tmp_path / "test.db")


@pytest.fixture(scope="module")
def copies(
    migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Copies]:
    """Give copies of a log of 50 rows with three checkpoints."""
    folder = tmp_path_factory.mktemp("copies")
    path = folder / "source.db"
    shutil.copy(migrated_sqlite_file, path)
    engine = open_engine(f"sqlite:///{path}")
    Logged(engine, path).fill()
    engine.dispose()
    made = Copies(path, folder, [])
    yield made
    for one in made.opened:
        one.dispose()
