"""The directory in every store: departments, users, grants, log, feed, certificates, sessions."""

import pytest
from sqlalchemy import Engine, select

from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryAuditLog, MemoryOutbox, MemoryStore
from adapters.sql.frame.commit import SqlAuditLog, SqlOutbox
from adapters.sql.frame.known import follower_of
from adapters.sql.identity import access
from adapters.sql.identity.access import MOST_NAMED
from adapters.sql.ports import sql_transactions
from supervision_core.identity.ports import AccessEpoch
from supervision_core.testing.directory import (
    AccessContract,
    CredentialsContract,
    DepartmentsContract,
    FeedContract,
    SecondPersonContract,
    UsersContract,
)
from supervision_core.testing.units import Backend


class DirectoryContract(
    DepartmentsContract,
    UsersContract,
    AccessContract,
    SecondPersonContract,
    FeedContract,
    CredentialsContract,
):
    """All that the directory asks of a store."""


class TestDirectoryOnMemory(DirectoryContract):
    """In memory."""

    @pytest.fixture
    def backend(self) -> Backend:
        """Give an empty store."""
        store = MemoryStore()
        return Backend(
            transactions=memory_transactions(store),
            outbox=MemoryOutbox(store),
            audit=MemoryAuditLog(store),
        )


def _begun(engine: Engine, *changed: str) -> int:
    """Begin an epoch, and give it."""
    with sql_transactions(engine).begin() as unit:
        unit[AccessEpoch].advance(*changed)
        unit.commit()
        return unit[AccessEpoch].current()


def _changed(engine: Engine, after: int, upto: int) -> frozenset[str] | None:
    with sql_transactions(engine).begin_reading() as unit:
        return unit[AccessEpoch].changed(after, upto)


def test_an_epoch_that_changed_much_tells_nothing(sqlite_engine: Engine) -> None:
    """A table of users is no list that every process must read: whoever is behind reads anew."""
    names = [f"user/u-{at}" for at in range(MOST_NAMED + 1)]
    first = _begun(sqlite_engine, "user/u")
    much = _begun(sqlite_engine, *names)
    most = _begun(sqlite_engine, *names[1:])
    assert _changed(sqlite_engine, first, much) is None
    assert _changed(sqlite_engine, much, most) == frozenset(names[1:])


def test_the_oldest_epochs_are_forgotten(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table stays small, and whoever fell behind is told nothing."""
    monkeypatch.setattr(access, "EPOCHS_KEPT", 3)
    monkeypatch.setattr(access, "FORGOTTEN_AT_ONCE", 1)
    epochs = [_begun(sqlite_engine, f"user/u-{at}") for at in range(5)]
    last, names = epochs[-1], ("user/u-2", "user/u-3", "user/u-4")
    assert _changed(sqlite_engine, last - 4, last) is None
    assert _changed(sqlite_engine, last - 3, last) == frozenset(names)
    monkeypatch.setattr(access, "EPOCHS_KEPT", 1_000)
    assert _changed(sqlite_engine, last - 4, last) is None
    with sqlite_engine.connect() as connection:
        assert connection.execute(select(access.access_change)).all()[0].epoch == last - 2


def _sql(engine: Engine) -> Backend:
    follower_of(engine).every = 0.0
    return Backend(
        transactions=sql_transactions(engine), outbox=SqlOutbox(engine), audit=SqlAuditLog(engine)
    )


class TestDirectoryOnSqlite(DirectoryContract):
    """On SQLite."""

    @pytest.fixture
    def backend(self, sqlite_engine: Engine) -> Backend:
        """Give an empty database."""
        return _sql(sqlite_engine)


class TestDirectoryOnPostgres(DirectoryContract):
    """On PostgreSQL."""

    @pytest.fixture
    def backend(self, postgres_engine: Engine) -> Backend:
        """Give an empty database."""
        return _sql(postgres_engine)
