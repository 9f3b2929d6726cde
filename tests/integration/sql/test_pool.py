"""Connections that lay idle are tried before they are used; those just used are not."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

import adapters.sql.engine.database as opening
from adapters.sql.engine.database import open_engine

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
