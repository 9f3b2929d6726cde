from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event

from adapters.sql.engine import DurabilityTooWeak, check_durability, open_engine


def test_what_we_open_is_durable(sqlite_engine: Engine, postgres_engine: Engine) -> None:
    """A database opened by us passes its own check on every connection."""
    for engine in (sqlite_engine, postgres_engine):
        check_durability(engine)
        check_durability(engine)


@pytest.mark.parametrize(
    ("pragma", "setting"),
    [("synchronous = NORMAL", "synchronous"), ("journal_mode = DELETE", "journal_mode")],
)
def test_weak_sqlite_is_refused(tmp_path: Path, pragma: str, setting: str) -> None:
    """``sql.durability_too_weak`` names the setting that would lose changes in a power cut."""
    engine = open_engine(f"sqlite:///{tmp_path}/weak.db")

    @event.listens_for(engine, "connect")
    def weaken(connection: object, _entry: object) -> None:
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]

    with pytest.raises(DurabilityTooWeak) as refused:
        check_durability(engine)
    assert [reason.at for reason in refused.value.reasons] == [setting]
    engine.dispose()


def test_every_weakness_is_told_at_once(tmp_path: Path) -> None:
    """A database without a write-ahead log and without syncing fails on both."""
    engine = create_engine(f"sqlite:///{tmp_path}/plain.db")

    @event.listens_for(engine, "connect")
    def weaken(connection: object, _entry: object) -> None:
        connection.execute("PRAGMA synchronous = OFF")  # type: ignore[attr-defined]

    with pytest.raises(DurabilityTooWeak) as refused:
        check_durability(engine)
    assert {reason.at for reason in refused.value.reasons} == {"journal_mode", "synchronous"}
    engine.dispose()


@pytest.fixture
def forgetful_postgres(postgres_dsn: str) -> Iterator[Engine]:
    """Give connections that do not wait for the log to reach the disk."""
    engine = create_engine(postgres_dsn, connect_args={"options": "-c synchronous_commit=off"})
    yield engine
    engine.dispose()


def test_weak_postgres_is_refused(forgetful_postgres: Engine) -> None:
    """``synchronous_commit=off`` is refused: every power cut measured lost changes."""
    with pytest.raises(DurabilityTooWeak) as refused:
        check_durability(forgetful_postgres)
    assert [reason.at for reason in refused.value.reasons] == ["synchronous_commit"]


def test_sqlite_takes_the_write_lock_first(sqlite_engine: Engine) -> None:
    """A second writer waits at the beginning of its transaction instead of failing at its end."""
    with sqlite_engine.connect() as first, sqlite_engine.connect() as second:
        first.exec_driver_sql("PRAGMA busy_timeout = 0")
        first.rollback()
        second.exec_driver_sql("PRAGMA busy_timeout = 0")
        second.rollback()
        first.begin()
        with pytest.raises(Exception, match="database is locked"):
            second.begin()
