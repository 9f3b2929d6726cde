"""Statements given to the driver itself behave as SQLAlchemy's own do."""

import pytest
from sqlalchemy import Engine, bindparam, case, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from adapters.sql.engine import direct
from adapters.sql.engine.id_sets import among_wanted, rows_among
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.schema import audit_row, counter
from adapters.sql.frame.commit import TAKE, UPTO, take_positions
from adapters.sql.identity.logins import log_in_session
from supervision_core.testing.identity import NOON

ENGINES = ("sqlite_engine", "postgres_engine", "kingbase_engine")
ADD = insert(counter).values(name=bindparam("counted"), upto=bindparam("first"))


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Give an empty database with every table."""
    found: Engine = request.getfixturevalue(request.param)
    return found


def test_a_statement_changes_the_transaction_it_stands_in(engine: Engine) -> None:
    """What was written is read in the same transaction, and gone when it is rolled back."""
    with engine.connect() as connection, connection.begin() as transaction:
        direct.execute(connection, ADD, {"counted": "direct", "first": 5})
        direct.execute(connection, TAKE, {"counted": "direct", "taken": 3})
        assert direct.number(connection, UPTO, {"counted": "direct"}) == 8
        transaction.rollback()
    with engine.connect() as connection:
        found = text("SELECT count(*) FROM counter WHERE name = 'direct'")
        assert connection.scalar(found) == 0


def test_a_row_is_read_as_everywhere(engine: Engine) -> None:
    """Values come by name, and as SQLAlchemy gives them; there may be none."""
    asked = select(log_in_session).where(log_in_session.c.id == bindparam("token"))
    values = {"id": "a" * 64, "version": 1, "owner": "u-1", "ended_at": NOON, "row_seal": "-"}
    with engine.connect() as connection, connection.begin():
        connection.execute(insert(log_in_session), [{**values, "body": "{}"}])
        found = direct.row(connection, asked, {"token": "a" * 64})
        assert found == dict(connection.execute(select(log_in_session)).one()._mapping)
        assert found is not None
        assert found["ended_at"] == NOON
        assert direct.row(connection, asked, {"token": "b" * 64}) is None


@pytest.mark.parametrize("engine", ENGINES[1:], indirect=True)
def test_a_statement_keeps_the_values_that_it_names(engine: Engine) -> None:
    """Constants stand in the statement; only what differs is handed over, in any number."""
    named = select(counter.c.name, case((counter.c.upto > 6, "many"), else_="few").label("size"))
    asked = named.where(among_wanted(counter.c.name), counter.c.upto > bindparam("least"))
    with engine.connect() as connection, connection.begin() as transaction:
        for name, upto in (("direct-1", 5), ("direct-2", 7), ("direct-3", 9)):
            direct.execute(connection, ADD, {"counted": name, "first": upto})
        for wanted in ({"direct-1", "direct-2", "none"}, set[str]()):
            found = rows_among(Reader(connection), asked, wanted, least=4)
            told = [("direct-1", "few"), ("direct-2", "many")] if wanted else []
            assert sorted((row["name"], row["size"]) for row in found) == told
        transaction.rollback()


def test_a_broken_key_is_told_as_everywhere(engine: Engine) -> None:
    """The driver's own error becomes SQLAlchemy's ``IntegrityError``, without the values."""
    with engine.connect() as connection, connection.begin():
        direct.execute(connection, ADD, {"counted": "direct", "first": 5})
        with pytest.raises(IntegrityError) as caught:
            direct.execute(connection, ADD, {"counted": "direct", "first": 987_654_321})
    assert "987654321" not in str(caught.value)


def test_a_lost_connection_is_given_up(postgres_engine: Engine) -> None:
    """A connection that the server ended is not used again; the next one answers."""
    with postgres_engine.connect() as connection, postgres_engine.connect() as other:
        mine = connection.scalar(text("SELECT pg_backend_pid()"))
        other.execute(text("SELECT pg_terminate_backend(:mine, 5000)"), {"mine": mine})
        with pytest.raises(OperationalError) as caught:
            direct.execute(connection, TAKE, {"counted": "audit_row", "taken": 1})
        assert caught.value.connection_invalidated
        assert connection.invalidated
    with postgres_engine.connect() as connection:
        assert direct.number(connection, UPTO, {"counted": "audit_row"}) == 0


def test_positions_are_taken_alike_by_engines_that_tell_nothing(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without RETURNING, as on DM, positions are as gapless as with it."""
    with sqlite_engine.connect() as connection, connection.begin():
        told = [take_positions(connection, audit_row, count) for count in (1, 3)]
        monkeypatch.setattr(sqlite_engine.dialect, "update_returning", False)
        asked = [take_positions(connection, audit_row, count) for count in (1, 3)]
    assert (told, asked) == ([0, 1], [4, 5])
