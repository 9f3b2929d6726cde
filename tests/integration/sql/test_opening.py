import sqlite3
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from pathlib import Path
from threading import Barrier

from sqlalchemy import Connection

from adapters.sql.engine.database import (
    CACHE_KIBIBYTES,
    SCANNING_KIBIBYTES,
    open_engine,
    scanning,
)

AT_ONCE = 8


def opened(path: Path, gate: Barrier) -> int:
    """Open the file when all are there, and leave it again."""
    gate.wait()
    engine = open_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT 1").scalar_one()
    engine.dispose()
    return int(found)


def test_nobody_is_refused_because_others_open_too(tmp_path: Path) -> None:
    """Whoever opens a file that others open at the same moment waits; SQLite itself would not."""
    with ThreadPoolExecutor(AT_ONCE) as crew:
        for number in range(40):
            gate = Barrier(AT_ONCE)
            each = [crew.submit(opened, tmp_path / f"{number}.db", gate) for _ in range(AT_ONCE)]
            assert [one.result() for one in each] == [1] * AT_ONCE


def test_a_file_that_somebody_writes_is_waited_for(tmp_path: Path) -> None:
    """Opening a file that keeps no log yet waits for its writer."""
    path = tmp_path / "a.db"
    with (
        closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as writer,
        ThreadPoolExecutor(1) as crew,
    ):
        writer.execute("CREATE TABLE one (a INTEGER)")
        writer.execute("BEGIN IMMEDIATE")
        gate = Barrier(2)
        opening = crew.submit(opened, path, gate)
        gate.wait()
        wait([opening], timeout=1.0)
        assert not opening.done()
        writer.execute("COMMIT")
        assert opening.result() == 1


def test_a_table_that_goes_by_whole_fills_no_memory(tmp_path: Path) -> None:
    """Each time a table is read whole SQLite keeps little of it, and afterwards as much as ever."""
    engine = open_engine(f"sqlite:///{tmp_path / 'a.db'}", pool_size=1)
    for turn in range(3):
        with scanning(engine) as connection:
            assert kept(connection, f"{turn} while") == SCANNING_KIBIBYTES
        with engine.connect() as connection:
            assert kept(connection, f"{turn} after") == CACHE_KIBIBYTES
    engine.dispose()


def kept(connection: Connection, when: str) -> int:
    """Give how much is kept at most, asked each time in other words: the driver keeps answers."""
    asked = connection.exec_driver_sql(f"PRAGMA cache_size /* {when} */")
    return -int(asked.scalar_one())
