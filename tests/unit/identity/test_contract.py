from typing import Any

import pytest

from adapters.memory.identity import IDENTITY_PORTS
from adapters.memory.unit import MemoryAuditLog, MemoryOutbox, MemoryStore, MemoryTransactions
from supervision_core.testing.identity import IDENTITY_CASES
from supervision_core.testing.units import Backend, RepositoryCase, RepositoryContract


class TestIdentityOnMemory(RepositoryContract):
    """The repositories of identity keep the contract that a database must keep."""

    @pytest.fixture
    def backend(self) -> Backend:
        """Give memory."""
        store = MemoryStore()
        return Backend(
            transactions=MemoryTransactions(store, IDENTITY_PORTS),
            outbox=MemoryOutbox(store),
            audit=MemoryAuditLog(store),
        )

    @pytest.fixture(params=IDENTITY_CASES, ids=lambda case: case.name)
    def case(self, request: pytest.FixtureRequest) -> RepositoryCase[Any]:
        """Give each repository."""
        found: RepositoryCase[Any] = request.param
        return found
