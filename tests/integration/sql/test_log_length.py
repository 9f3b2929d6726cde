"""SQLite's write-ahead log while somebody always reads."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text

from adapters.sql.engine import database
from adapters.sql.engine.database import READING, shorten_log
from adapters.sql.frame import audit_questions
from adapters.sql.ports import sql_transactions, stored_versions
from supervision_core.subjects.ports import Subjects
from supervision_core.testing.subjects import full_subject

LIMIT = 100_000
ROWS = 200
_WHOLE = "PRAGMA wal_checkpoint(TRUNCATE)"


@pytest.fixture
def log(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the log, which should be no longer than a hundred thousand bytes."""
    monkeypatch.setattr(database, "LOG_LIMIT", LIMIT)
    with sqlite_engine.begin() as connection:
        connection.execute(text("CREATE TABLE filled (at INTEGER, said TEXT)"))
    shorten_log(sqlite_engine)
    return Path(f"{sqlite_engine.url.database}-wal")


def fill(engine: Engine) -> None:
    """Write more than the log should hold."""
    with engine.begin() as connection:
        for at in range(ROWS):
            values = {"at": at, "said": "字" * 1_000}
            connection.execute(text("INSERT INTO filled VALUES (:at, :said)"), values)


def counted(engine: Engine) -> int:
    """Count what is stored."""
    with engine.connect().execution_options(**{READING: True}) as connection:
        return int(connection.execute(text("SELECT count(*) FROM filled")).scalar_one())


def test_a_long_log_is_begun_anew(sqlite_engine: Engine, log: Path) -> None:
    """All of it stands in the file then; a short one is left as it is."""
    fill(sqlite_engine)
    assert log.stat().st_size > LIMIT
    shorten_log(sqlite_engine)
    assert log.stat().st_size == 0
    assert counted(sqlite_engine) == ROWS
    with sqlite_engine.begin() as connection:
        connection.execute(text("DELETE FROM filled WHERE at = 0"))
    short = log.stat().st_size
    shorten_log(sqlite_engine)
    assert log.stat().st_size == short > 0


def test_who_reads_long_sees_what_he_saw_and_is_waited_for(
    sqlite_engine: Engine, log: Path
) -> None:
    """Nothing is refused meanwhile, to readers or writers; the next time it is begun anew."""
    with sqlite_engine.connect().execution_options(**{READING: True}) as reader:
        seen = text("SELECT count(*) FROM filled")
        assert reader.execute(seen).scalar_one() == 0
        fill(sqlite_engine)
        shorten_log(sqlite_engine)
        assert log.stat().st_size > LIMIT
        assert reader.execute(seen).scalar_one() == 0
        fill(sqlite_engine)
    shorten_log(sqlite_engine)
    assert log.stat().st_size == 0
    assert counted(sqlite_engine) == 2 * ROWS


@pytest.mark.parametrize(("lag", "waits"), [(10, False), (10_000, True)])
def test_writers_are_not_held_up_for_who_has_long_been_reading(
    sqlite_engine: Engine, log: Path, monkeypatch: pytest.MonkeyPatch, *, lag: int, waits: bool
) -> None:
    """Much was written since he began: he will not be done in time, and nobody waits for him.

    Who is only a little behind is waited for, and writers with us.
    """
    monkeypatch.setattr(database, "LAG_PAGES", lag)
    said: list[str] = []
    event.listen(sqlite_engine, "checkout", lambda raw, *_: raw.set_trace_callback(said.append))
    with sqlite_engine.connect().execution_options(**{READING: True}) as reader:
        reader.execute(text("SELECT count(*) FROM filled")).scalar_one()
        fill(sqlite_engine)
        said.clear()
        shorten_log(sqlite_engine)
        waiting = [f"PRAGMA busy_timeout = {database.LOG_WAIT_MILLISECONDS}", _WHOLE]
        assert said[1:3] == (waiting if waits else [])
    assert log.stat().st_size > LIMIT


def test_who_compares_all_that_is_stored_holds_the_log_for_a_part_only(
    sqlite_engine: Engine, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many things there are: what is written meanwhile need not wait for the last."""
    monkeypatch.setattr(audit_questions, "ROWS_AT_ONCE", 3)
    with sql_transactions(sqlite_engine).begin() as unit:
        unit[Subjects].save_all([full_subject(one, f"code-{one}") for one in "abcdefg"])
        unit.commit()
    stored = stored_versions(sqlite_engine).of(Subjects.kind)
    assert next(stored) == ("a", 1)
    fill(sqlite_engine)
    shorten_log(sqlite_engine)
    assert log.stat().st_size == 0
    assert [id_ for id_, _ in stored] == list("bcdefg")
