import pytest
from sqlalchemy import Engine

from adapters.memory.audit import MemoryCheckpoints
from adapters.memory.unit import MemoryStore, MemoryTransactions
from adapters.sql.frame.audit import SqlCheckpoints
from adapters.sql.frame.unit import SqlTransactions
from supervision_core.testing.audit import KeptLog, KeptLogContract


class TestInMemory(KeptLogContract):
    @pytest.fixture
    def kept(self) -> KeptLog:
        """Give an empty log in memory."""
        store = MemoryStore()
        return KeptLog(
            transactions=MemoryTransactions(store, {}), checkpoints=MemoryCheckpoints(store)
        )


class TestOnSqlite(KeptLogContract):
    @pytest.fixture
    def kept(self, sqlite_engine: Engine) -> KeptLog:
        """Give an empty log in SQLite."""
        return KeptLog(
            transactions=SqlTransactions(sqlite_engine, {}),
            checkpoints=SqlCheckpoints(sqlite_engine),
        )


class TestOnPostgres(KeptLogContract):
    @pytest.fixture
    def kept(self, postgres_engine: Engine) -> KeptLog:
        """Give an empty log in PostgreSQL."""
        return KeptLog(
            transactions=SqlTransactions(postgres_engine, {}),
            checkpoints=SqlCheckpoints(postgres_engine),
        )
