"""Two transactions in memory at once: what one has looked at, the other may change meanwhile."""

import pytest

from adapters.memory.unit import MemoryStore, MemoryTransactions
from supervision_core.kernel.errors import Conflict


def test_what_was_changed_since_it_was_found_is_not_written_over() -> None:
    """However short the time between looking and writing: a count of guesses must not be lost."""
    transactions = MemoryTransactions(MemoryStore(), {})
    with transactions.begin() as first, transactions.begin() as second:
        assert first.find("limit", "a") == second.find("limit", "a") is None
        second.put("limit", "a", "1")
        second.commit()
        first.put("limit", "a", "1")
        with pytest.raises(Conflict):
            first.commit()


def test_what_was_found_anew_may_be_written() -> None:
    """Whoever looks again writes upon what he saw last."""
    transactions = MemoryTransactions(MemoryStore(), {})
    with transactions.begin() as first, transactions.begin() as second:
        assert first.find("limit", "a") is None
        second.put("limit", "a", "1")
        second.commit()
        assert first.find("limit", "a") == "1"
        first.put("limit", "a", "2")
        first.commit()
    with transactions.begin() as after:
        assert after.find("limit", "a") == "2"
