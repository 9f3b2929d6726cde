from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event, make_url

from adapters.sql.engine.database import open_engine
from adapters.sql.engine.requirements import (
    KINDS,
    DatabaseUnfit,
    DurabilityTooWeak,
    check_requirements,
)


def test_what_we_open_is_durable(
    sqlite_engine: Engine, postgres_engine: Engine, kingbase_engine: Engine
) -> None:
    """A database opened by us passes its own check on every connection."""
    for engine in (sqlite_engine, postgres_engine, kingbase_engine):
        check_requirements(engine)
        check_requirements(engine)


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
        check_requirements(engine)
    assert [reason.at for reason in refused.value.reasons] == [setting]
    engine.dispose()


def test_a_new_file_is_its_owners(tmp_path: Path) -> None:
    """Others of the machine read neither database nor log; a file that was there stays as it is."""
    (tmp_path / "old.db").touch()
    (tmp_path / "old.db").chmod(0o640)
    for name, mode in (("new", 0o600), ("old", 0o640)):
        with open_engine(f"sqlite:///{tmp_path / name}.db").begin() as connection:
            connection.exec_driver_sql("CREATE TABLE a (b)")
            found = {one.name: one.stat().st_mode & 0o777 for one in tmp_path.glob(f"{name}*")}
        assert found == dict.fromkeys([f"{name}.db", f"{name}.db-wal", f"{name}.db-shm"], mode)


def test_every_weakness_is_told_at_once(tmp_path: Path) -> None:
    """A database without a write-ahead log and without syncing fails on both."""
    engine = create_engine(f"sqlite:///{tmp_path}/plain.db")

    @event.listens_for(engine, "connect")
    def weaken(connection: object, _entry: object) -> None:
        connection.execute("PRAGMA synchronous = OFF")  # type: ignore[attr-defined]

    with pytest.raises(DurabilityTooWeak) as refused:
        check_requirements(engine)
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
        check_requirements(forgetful_postgres)
    assert [reason.at for reason in refused.value.reasons] == ["synchronous_commit"]


def weakened(dsn: str, option: str) -> Engine:
    """Give connections for which a setting of the server is another."""
    return create_engine(dsn, connect_args={"options": f"-c {option}"})


@pytest.mark.parametrize(
    ("option", "setting"),
    [
        ("default_transaction_isolation=serializable", "default_transaction_isolation"),
        ("default_transaction_read_only=on", "transaction_read_only"),
    ],
)
@pytest.mark.parametrize("kind", ["postgres", "kingbase"])
def test_unfit_database_is_refused(
    kind: str, option: str, setting: str, request: pytest.FixtureRequest
) -> None:
    """``sql.database_unfit``: a standby, and units that do not see what was committed before."""
    engine = weakened(request.getfixturevalue(f"{kind}_dsn"), option)
    with pytest.raises(DatabaseUnfit) as refused:
        check_requirements(engine)
    assert [reason.at for reason in refused.value.reasons] == [setting]
    engine.dispose()


@pytest.mark.parametrize("kind", ["postgres", "kingbase"])
@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_holds_no_chinese_is_refused(
    kind: str, encoding: str, request: pytest.FixtureRequest
) -> None:
    """``sql.database_unfit``, whatever the encoding does to the driver's own questions."""
    dsn = make_url(request.getfixturevalue(f"{kind}_dsn"))
    name = f"encoded_{encoding.lower()}_{kind}"
    made = f"CREATE DATABASE {name} ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0"
    server = create_engine(dsn, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name}")
        connection.exec_driver_sql(made)
        engine = open_engine(dsn.set(database=name).render_as_string(hide_password=False))
        with pytest.raises(DatabaseUnfit) as refused:
            check_requirements(engine)
        engine.dispose()
        connection.exec_driver_sql(f"DROP DATABASE {name}")
    server.dispose()
    assert [reason.at for reason in refused.value.reasons] == ["server_encoding"]


@pytest.mark.parametrize(
    ("setting", "value", "good"),
    [
        ("database_mode", "pg", True),
        ("database_mode", "oracle", True),
        ("database_mode", "mysql", False),
        ("enable_ci", "on", False),
        ("enable_ci", "off", True),
        ("char_default_type", "byte", False),
        ("ora_style_nls_date_format", "on", False),
    ],
)
def test_kingbase_is_asked_for_its_modes(
    kingbase_dsn: str, setting: str, value: str, *, good: bool
) -> None:
    """Modes that change texts, names or days are refused; PostgreSQL has none and passes."""
    requirement = next(one for one in KINDS["kingbase"][1] if one.setting == setting)
    assert (value in requirement.good) is good
    assert "" in requirement.good
    engine = create_engine(kingbase_dsn)
    check_requirements(engine)
    engine.dispose()


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
