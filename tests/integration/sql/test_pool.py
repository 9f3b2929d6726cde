"""Connections that lay idle are tried before they are used; what they prepared is kept."""

import pytest
from sqlalchemy import Column, Connection, Engine, MetaData, Table, Text, select, text
from sqlalchemy.exc import DBAPIError, OperationalError

import adapters.sql.engine.database as opening
from adapters.sql.engine import direct
from adapters.sql.engine.database import open_engine
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.schema import counter
from adapters.sql.frame.commit import DONE
from adapters.sql.ports import sql_transactions
from supervision_core.identity.ports import DoneCommands

ENGINES = ("postgres_engine", "kingbase_engine")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Give a database on a server."""
    found: Engine = request.getfixturevalue(request.param)
    return found


def _cut_off(engine: Engine) -> Engine:
    """Give an engine whose only connection the server ended while it lay idle."""
    cut = open_engine(engine.url.render_as_string(hide_password=False), pool_size=1)
    with cut.connect() as connection:
        mine = connection.scalar(text("SELECT pg_backend_pid()"))
    with engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:mine, 5000)"), {"mine": mine})
    return cut


def test_a_connection_lost_while_idle_is_not_noticed(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server was restarted in the night: the first request of the morning is answered."""
    monkeypatch.setattr(opening, "FRESH_SECONDS", 0.0)
    cut = _cut_off(engine)
    with cut.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    cut.dispose()


def test_a_connection_lost_just_now_fails_once(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control, and the price: untried, it fails the one who takes it, and nobody after him."""
    monkeypatch.setattr(opening, "FRESH_SECONDS", 3_600.0)
    cut = _cut_off(engine)
    with pytest.raises(OperationalError), cut.connect() as connection:
        connection.scalar(text("SELECT 1"))
    with cut.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    cut.dispose()


PREPARED = text("SELECT count(*) FROM pg_prepared_statements")


def _prepared(one: Engine) -> int:
    """Tell how many statements the only connection of an engine keeps prepared."""
    with one.connect() as connection:
        found = int(connection.execute(PREPARED).scalar_one())
        connection.commit()
    return found


def _alone(engine: Engine) -> Engine:
    return open_engine(engine.url.render_as_string(hide_password=False), pool_size=1)


def _find_done(connection: Connection) -> None:
    direct.row(connection, DONE, {"by": "nobody", "under": "none"})


def test_what_is_made_once_is_planned_once(postgres_engine: Engine) -> None:
    """A unit that reads leaves the statements prepared that it asked again."""
    alone = _alone(postgres_engine)
    for _ in range(2):
        with sql_transactions(alone).begin_reading() as unit:
            unit[DoneCommands].find("nobody", "none")
    assert _prepared(alone) == 1
    alone.dispose()


def test_what_is_made_for_a_question_is_planned_for_it(postgres_engine: Engine) -> None:
    """A list is planned for its reach and its filter, however often it is asked for."""
    alone = _alone(postgres_engine)
    for _ in range(12):
        with alone.connect() as connection:
            Reader(connection).rows(select(counter).where(counter.c.name == "none"))
            connection.commit()
    assert not _prepared(alone)
    alone.dispose()


def test_a_rollback_forgets_what_was_prepared(postgres_engine: Engine) -> None:
    """The control, and why units that read commit."""
    alone = _alone(postgres_engine)
    with alone.connect() as connection, connection.begin() as transaction:
        _find_done(connection)
        transaction.rollback()
    assert not _prepared(alone)
    alone.dispose()


def test_what_was_prepared_before_a_column_changed_fails_once(postgres_engine: Engine) -> None:
    """A migration under a running server costs each connection one answer, not all of them."""
    alone, changing = _alone(postgres_engine), Table("changing", MetaData(), Column("x", Text))
    with postgres_engine.begin() as connection:
        connection.execute(text("CREATE TABLE changing (x VARCHAR(10))"))
    looking = {"isolation_level": "AUTOCOMMIT"}
    asked = select(changing)
    with alone.connect().execution_options(**looking) as connection:
        direct.rows(connection, asked, {})
    with postgres_engine.begin() as connection:
        connection.execute(text("ALTER TABLE changing ALTER COLUMN x TYPE VARCHAR(20)"))
    with (
        pytest.raises(DBAPIError),
        alone.connect().execution_options(**looking) as connection,
    ):
        direct.rows(connection, asked, {})
    with alone.connect().execution_options(**looking) as connection:
        assert direct.rows(connection, asked, {}) == []
    with postgres_engine.begin() as connection:
        connection.execute(text("DROP TABLE changing"))
    alone.dispose()
