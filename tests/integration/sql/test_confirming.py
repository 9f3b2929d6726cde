"""Writing while commits are not confirmed: said in time, tried by one, and over by itself."""

import pytest
from sqlalchemy import Engine, make_url, select, text

from adapters.sql.engine import confirming
from adapters.sql.engine.confirming import Confirming, Unconfirmed
from adapters.sql.engine.database import hosts, open_engine
from adapters.sql.engine.schema import audit_row, counter
from adapters.sql.ports import sql_transactions
from entrypoints.container.files import folder_beside
from supervision_core.audit.ports import AuditLog
from supervision_core.kernel.ports import Transactions
from supervision_core.testing.units import entry

SEVERAL = "postgresql+psycopg://me@/db?host=one:5432&host=other:5433"


def test_one_tries_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a commit in vain nobody writes, then one at a time, after the first good one all."""
    found = Confirming()
    found.require()
    found.overdue()
    with pytest.raises(Unconfirmed):
        found.require()
    monkeypatch.setattr(confirming, "PAUSE_SECONDS", 0.0)
    found.overdue()
    found.require()
    with pytest.raises(Unconfirmed):
        found.require()
    found.confirmed()
    found.require()
    found.require()


def write(transactions: Transactions) -> None:
    """Do what every command does at last."""
    with transactions.begin() as unit:
        unit[AuditLog].append(entry())
        unit.commit()


def test_who_waits_for_the_counter_in_vain_is_told(migrated_postgres: Engine) -> None:
    """Whoever waits for the copy holds the log's counter: others are refused, and then at once."""
    url = migrated_postgres.url.update_query_dict({"options": "-c lock_timeout=2s"})
    engine = open_engine(url.render_as_string(hide_password=False))
    transactions = sql_transactions(engine)
    with migrated_postgres.begin() as waiting:
        held = select(counter).where(counter.c.name == audit_row.name).with_for_update()
        waiting.execute(held)
        with pytest.raises(Unconfirmed):
            write(transactions)
        with pytest.raises(Unconfirmed):
            transactions.begin()
        with transactions.begin_reading() as unit:
            assert unit[AuditLog] is not None
        with transactions.begin_noting() as unit:  # asks for nothing that the other holds
            unit.commit()
    engine.dispose()


def test_what_is_noted_waits_for_no_copy(migrated_postgres: Engine) -> None:
    """Only the transaction of a note is committed here alone; the next one is whole again."""
    engine = open_engine(migrated_postgres.url.render_as_string(hide_password=False), pool_size=1)
    with sql_transactions(engine).begin_noting() as unit:
        unit.commit()
    with engine.connect() as connection:
        assert connection.scalar(text("SHOW synchronous_commit")) == "on"
    engine.dispose()


def test_of_several_servers_the_one_that_takes_writing_is_meant(postgres_dsn: str) -> None:
    """An address names them beside each other; a server that is not there is passed over."""
    url = make_url(postgres_dsn)
    there = url.query.get("host", url.host)
    port = url.port or 5432
    places = f"host=/nowhere:{port}&host={there}:{port}"
    several = f"postgresql+psycopg://{url.username}@/{url.database}?{places}"
    engine = open_engine(several)
    with engine.connect() as connection:
        assert connection.connection.driver_connection is not None
        asked = connection.connection.driver_connection.info.get_parameters()
        assert asked["target_session_attrs"] == "read-write"
        assert asked["host"] == there
    engine.dispose()
    assert hosts(make_url(SEVERAL)) == ("one:5432", "other:5433")


def test_each_pair_of_servers_has_folders_of_its_own() -> None:
    """Databases of one name on other servers never share the folder of their files."""
    other = SEVERAL.replace("other", "third")
    assert folder_beside(SEVERAL, "files") != folder_beside(other, "files")
