"""The directory in every store: departments, users, grants, seals, feed, certificates, sessions."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, MetaData

from adapters.memory.ports import memory_transactions
from adapters.memory.registers import MemoryRegisterStore
from adapters.memory.unit import MemoryAuditLog, MemoryOutbox, MemoryStore
from adapters.sql.frame import SqlAuditLog, SqlOutbox
from adapters.sql.ports import sql_transactions
from adapters.sql.registers import SqlRegisterStore, register_mapper, register_tables
from adapters.sql.schema import NAMING
from supervision_core.kernel.registers import Entry
from supervision_core.testing.directory import (
    AccessContract,
    CredentialsContract,
    DepartmentsContract,
    FeedContract,
    UsersContract,
)
from supervision_core.testing.registers import (
    RegisterStoreContract,
    SampleInstitution,
    SampleInstitutions,
)
from supervision_core.testing.units import Backend

samples = MetaData(naming_convention=NAMING)
sample, sample_cell = register_tables("sample_institution", within=samples)


class SqlSampleInstitutions(SqlRegisterStore[SampleInstitution], SampleInstitutions):
    """The sample register in two tables."""

    mapper = register_mapper(SampleInstitution, sample, sample_cell)
    cells = sample_cell


class MemorySampleInstitutions(MemoryRegisterStore[SampleInstitution], SampleInstitutions):
    """The sample register in memory."""

    cls = Entry[SampleInstitution]


class DirectoryContract(
    DepartmentsContract, UsersContract, AccessContract, FeedContract, CredentialsContract
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


class TestRegisterOnSqlite(RegisterStoreContract):
    """A register on SQLite."""

    @pytest.fixture
    def store(self, sqlite_engine: Engine) -> Iterator[SqlSampleInstitutions]:
        """Give an empty register, in one unit."""
        samples.create_all(sqlite_engine)
        with sqlite_engine.begin() as connection:
            yield SqlSampleInstitutions(connection)


class TestRegisterOnPostgres(RegisterStoreContract):
    """A register on PostgreSQL."""

    @pytest.fixture
    def store(self, postgres_engine: Engine) -> Iterator[SqlSampleInstitutions]:
        """Give an empty register, in one unit."""
        samples.create_all(postgres_engine)
        with postgres_engine.connect() as connection, connection.begin() as transaction:
            yield SqlSampleInstitutions(connection)
            transaction.rollback()
        samples.drop_all(postgres_engine)
