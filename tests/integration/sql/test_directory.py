"""The directory in every store: departments, users, grants, log, feed, certificates, sessions."""

import pytest
from sqlalchemy import Engine

from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryAuditLog, MemoryOutbox, MemoryStore
from adapters.sql.frame import SqlAuditLog, SqlOutbox
from adapters.sql.known import follower_of
from adapters.sql.ports import sql_transactions
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
