from datetime import date

import pytest
from sqlalchemy import Engine

from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.sql.ports import sql_transactions
from supervision_core.kernel.ports import Transactions
from supervision_core.testing.grading import GradedSubjectsContract, full_graded


class TestMemoryGradedSubjects(GradedSubjectsContract):
    """In memory."""

    def graded_transactions(self) -> Transactions:
        """Give transactions on an empty store."""
        return memory_transactions(MemoryStore())


class TestSqliteGradedSubjects(GradedSubjectsContract):
    """On SQLite."""

    @pytest.fixture(autouse=True)
    def _engine(self, sqlite_engine: Engine) -> None:
        self.engine = sqlite_engine

    def graded_transactions(self) -> Transactions:
        """Give transactions on an empty database."""
        return sql_transactions(self.engine)


class TestPostgresGradedSubjects(GradedSubjectsContract):
    """On PostgreSQL."""

    @pytest.fixture(autouse=True)
    def _engine(self, postgres_engine: Engine) -> None:
        self.engine = postgres_engine

    def graded_transactions(self) -> Transactions:
        """Give transactions on an empty database."""
        return sql_transactions(self.engine)


def test_the_digest_of_a_grading_changes_with_its_inputs() -> None:
    """Whoever holds the digest of a grading can prove that nothing of it was changed."""
    assert full_graded().digest == full_graded().digest
    assert full_graded().digest != full_graded(day=date(2026, 3, 3)).digest
    assert full_graded().digest != full_graded(grade=3).digest
