"""A register in tables keeps the contract of register stores."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, MetaData

from adapters.sql.engine.registers import SqlRegisterStore, register_mapper, register_tables
from adapters.sql.engine.schema import NAMING
from supervision_core.testing.registers import (
    RegisterStoreContract,
    SampleInstitution,
    SampleInstitutions,
)

samples = MetaData(naming_convention=NAMING)
sample, sample_cell = register_tables("sample_institution", within=samples)


class SqlSampleInstitutions(SqlRegisterStore[SampleInstitution], SampleInstitutions):
    """The sample register in two tables."""

    mapper = register_mapper(SampleInstitution, sample, sample_cell)
    cells = sample_cell


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
