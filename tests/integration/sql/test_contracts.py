import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Engine, ForeignKey, MetaData, Table, Text, create_engine

from adapters.memory.ports import PORTS as MEMORY_PORTS
from adapters.memory.repository import MemoryRepository
from adapters.memory.unit import MemoryAuditLog, MemoryOutbox, MemoryStore, MemoryTransactions
from adapters.sql.engine.mapper import Lookup, Mapper
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import NAMING
from adapters.sql.engine.types import (
    body,
    day,
    flag,
    key,
    maybe,
    moment,
    required,
    version,
    whole,
    words,
)
from adapters.sql.frame.commit import SqlAuditLog, SqlOutbox
from adapters.sql.frame.unit import SqlTransactions
from adapters.sql.ports import PORTS
from supervision_core.testing.cases import CASES
from supervision_core.testing.check_counts import CheckCountsContract
from supervision_core.testing.commands import CommandsContract
from supervision_core.testing.counts import CountsContract
from supervision_core.testing.drafts import FormDraftsContract
from supervision_core.testing.jobs import JobsContract
from supervision_core.testing.paging import PagingContract
from supervision_core.testing.register_cases import RegisterCasesContract
from supervision_core.testing.relaying import RelayContract
from supervision_core.testing.sample import Parcel, Parcels
from supervision_core.testing.station_messages import StationMessagesContract
from supervision_core.testing.todos import TodosContract
from supervision_core.testing.units import (
    Backend,
    RepositoryCase,
    RepositoryContract,
    UnitOfWorkContract,
)

samples = MetaData(naming_convention=NAMING)
parcel = Table(
    "parcel",
    samples,
    key(),
    version(),
    required("title", 50),
    words("note", 200),
    maybe("sender", 36),
    whole("weight"),
    flag("fragile"),
    day("due", nullable=True),
    required("state", 10),
    moment("sent_at", nullable=True),
    whole("things"),
    body(),
)
parcel_mark = Table(
    "parcel_mark",
    samples,
    Column("parcel_id", key().type, ForeignKey(parcel.c.id), primary_key=True),
    Column("mark", Text, primary_key=True),
)


class SqlParcels(SqlRepository[Parcel], Parcels):
    """Parcels in two tables."""

    mapper = Mapper(
        Parcel,
        parcel,
        derived=lambda parcel: {"things": len(parcel._contents)},
        lookups=(Lookup.of(parcel_mark, lambda p: p._marks),),
    )


class MemoryParcels(MemoryRepository[Parcel], Parcels):
    """Parcels in memory."""

    cls = Parcel


def sql_backend(engine: Engine) -> Backend:
    """Give what the contracts need, on ``engine``."""
    return Backend(
        transactions=SqlTransactions(engine, {**PORTS, Parcels: SqlParcels}),
        outbox=SqlOutbox(engine),
        audit=SqlAuditLog(engine),
    )


@pytest.fixture(scope="module")
def migrated_sqlite_file(
    migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Give a database file with every table, those of the parcels too, to be copied."""
    path = tmp_path_factory.mktemp("samples") / "template.db"
    shutil.copy(migrated_sqlite_file, path)
    engine = create_engine(f"sqlite:///{path}")
    samples.create_all(engine)
    engine.dispose()
    return path


@contextmanager
def with_samples(engine: Engine) -> Iterator[None]:
    """Let a database have the tables of the parcels too."""
    samples.create_all(engine)
    yield
    samples.drop_all(engine)


@pytest.fixture(scope="module")
def postgres_samples(migrated_postgres: Engine) -> Iterator[None]:
    """Let PostgreSQL have them while these tests run: to make them costs more than a test."""
    with with_samples(migrated_postgres):
        yield


@pytest.fixture(scope="module")
def kingbase_samples(migrated_kingbase: Engine) -> Iterator[None]:
    """Let KingbaseES have them while these tests run."""
    with with_samples(migrated_kingbase):
        yield


def emptied(engine: Engine) -> Engine:
    """Take the parcels of the test before out of an otherwise empty database."""
    with engine.begin() as connection:
        for table in reversed(samples.sorted_tables):
            connection.execute(table.delete())
    return engine


@pytest.fixture(params=CASES, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> RepositoryCase[Any]:
    """Give each aggregate in turn."""
    found: RepositoryCase[Any] = request.param
    return found


class OnMemory:
    """Runs a contract in memory."""

    @pytest.fixture
    def backend(self) -> Backend:
        """Give an empty store."""
        store = MemoryStore()
        return Backend(
            transactions=MemoryTransactions(store, {**MEMORY_PORTS, Parcels: MemoryParcels}),
            outbox=MemoryOutbox(store),
            audit=MemoryAuditLog(store),
        )


class OnSqlite:
    """Runs a contract on SQLite."""

    @pytest.fixture
    def backend(self, sqlite_engine: Engine) -> Backend:
        """Give an empty database."""
        return sql_backend(sqlite_engine)


class OnPostgres:
    """Runs a contract on PostgreSQL."""

    @pytest.fixture
    def backend(self, postgres_engine: Engine, postgres_samples: None) -> Backend:  # noqa: ARG002
        """Give an empty database."""
        return sql_backend(emptied(postgres_engine))


class OnKingbase:
    """Runs a contract through the dialect and driver of KingbaseES, on PostgreSQL."""

    @pytest.fixture
    def backend(self, kingbase_engine: Engine, kingbase_samples: None) -> Backend:  # noqa: ARG002
        """Give an empty database."""
        return sql_backend(emptied(kingbase_engine))


class TestRepositoryOnMemory(OnMemory, RepositoryContract): ...


class TestRepositoryOnSqlite(OnSqlite, RepositoryContract): ...


class TestRepositoryOnPostgres(OnPostgres, RepositoryContract): ...


class TestRepositoryOnKingbase(OnKingbase, RepositoryContract): ...


class WithFew:
    """Tries one aggregate of every kind of field, and one that queries look into."""

    @pytest.fixture(params=CASES[:2], ids=lambda case: case.name)
    def case(self, request: pytest.FixtureRequest) -> RepositoryCase[Any]:
        """Give each of the two."""
        found: RepositoryCase[Any] = request.param
        return found


class TestUnitOnMemory(WithFew, OnMemory, UnitOfWorkContract): ...


class TestUnitOnSqlite(WithFew, OnSqlite, UnitOfWorkContract): ...


class TestUnitOnPostgres(WithFew, OnPostgres, UnitOfWorkContract): ...


class TestUnitOnKingbase(WithFew, OnKingbase, UnitOfWorkContract): ...


class TestCommandsOnMemory(WithFew, OnMemory, CommandsContract): ...


class TestCommandsOnSqlite(WithFew, OnSqlite, CommandsContract): ...


class TestCommandsOnPostgres(WithFew, OnPostgres, CommandsContract): ...


class TestCommandsOnKingbase(WithFew, OnKingbase, CommandsContract): ...


class TestRelayOnMemory(OnMemory, RelayContract): ...


class TestRelayOnSqlite(OnSqlite, RelayContract): ...


class TestRelayOnPostgres(OnPostgres, RelayContract): ...


class TestRelayOnKingbase(OnKingbase, RelayContract): ...


class TestJobsOnMemory(OnMemory, JobsContract): ...


class TestJobsOnSqlite(OnSqlite, JobsContract): ...


class TestJobsOnPostgres(OnPostgres, JobsContract): ...


class TestJobsOnKingbase(OnKingbase, JobsContract): ...


class TestDraftsOnMemory(OnMemory, FormDraftsContract): ...


class TestDraftsOnSqlite(OnSqlite, FormDraftsContract): ...


class TestDraftsOnPostgres(OnPostgres, FormDraftsContract): ...


class TestDraftsOnKingbase(OnKingbase, FormDraftsContract): ...


class TestMessagesOnMemory(OnMemory, StationMessagesContract): ...


class TestMessagesOnSqlite(OnSqlite, StationMessagesContract): ...


class TestMessagesOnPostgres(OnPostgres, StationMessagesContract): ...


class TestMessagesOnKingbase(OnKingbase, StationMessagesContract): ...


class TestPagingOnMemory(OnMemory, PagingContract): ...


class TestPagingOnSqlite(OnSqlite, PagingContract): ...


class TestPagingOnPostgres(OnPostgres, PagingContract): ...


class TestPagingOnKingbase(OnKingbase, PagingContract): ...


class TestRegisterCasesOnMemory(OnMemory, RegisterCasesContract): ...


class TestRegisterCasesOnSqlite(OnSqlite, RegisterCasesContract): ...


class TestRegisterCasesOnPostgres(OnPostgres, RegisterCasesContract): ...


class TestCountsOnMemory(OnMemory, CountsContract): ...


class TestCountsOnSqlite(OnSqlite, CountsContract): ...


class TestCountsOnPostgres(OnPostgres, CountsContract): ...


class TestCountsOnKingbase(OnKingbase, CountsContract): ...


class TestCheckCountsOnMemory(OnMemory, CheckCountsContract): ...


class TestCheckCountsOnSqlite(OnSqlite, CheckCountsContract): ...


class TestCheckCountsOnPostgres(OnPostgres, CheckCountsContract): ...


class TestCheckCountsOnKingbase(OnKingbase, CheckCountsContract): ...


class TestTodosOnMemory(OnMemory, TodosContract): ...


class TestTodosOnSqlite(OnSqlite, TodosContract): ...


class TestTodosOnPostgres(OnPostgres, TodosContract): ...


class TestTodosOnKingbase(OnKingbase, TodosContract): ...
