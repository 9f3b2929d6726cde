"""What everybody may read, in memory and in tables; and what is given out of a draw."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from adapters.crypto.providers import OpensslAlgorithms
from adapters.memory.files import MemoryFileBytes
from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.sql.ports import sql_transactions
from adapters.system import SystemRandomness
from supervision_core.content.services.opening import OpenReading, names_persons
from supervision_core.draws.model.pool import Pool
from supervision_core.files.sealing import SealedBytes
from supervision_core.kernel.codes.identity_card import complete_identity_card
from supervision_core.kernel.ports import Transactions
from supervision_core.testing.content import AtNoon, PublicReadingContract
from supervision_core.testing.crypto import MemoryKeys
from supervision_core.testing.draws import beside_draws


@pytest.fixture(params=["memory", "tables"])
def world(request: pytest.FixtureRequest) -> Transactions:
    """Give transactions over an empty store."""
    if request.param == "memory":
        return memory_transactions(MemoryStore(), beside_draws())
    engine: Engine = request.getfixturevalue("sqlite_engine")
    return sql_transactions(engine, beside=beside_draws())


@pytest.fixture
def reading() -> Callable[[Transactions], Any]:
    """Make the reading of this zone."""
    sealed = SealedBytes(
        MemoryFileBytes(AtNoon()), MemoryKeys(OpensslAlgorithms()), SystemRandomness()
    )
    return lambda transactions: OpenReading(transactions, AtNoon(), sealed)


class TestOpenReading(PublicReadingContract):
    """Memory and tables."""


def test_a_pool_that_names_persons_is_known() -> None:
    """Identity card numbers are no codes of firms, even where these are of digits alone."""
    firms = ("91450100MA5K000017", "甲"), ("914501007000000173", "甲")
    card = complete_identity_card("45010319900101123")
    assert names_persons(Pool.of([*firms, (card, "甲")]))
    assert names_persons(Pool.of([(card.lower(), "甲")]))
    assert not names_persons(Pool.of(firms))
    assert not names_persons(Pool.of([(f"{card}0", "甲"), (f"0{card}", "甲"), ("1", card)]))
