"""Keys in memory, and a source of randomness that repeats nothing and foretells everything."""

import pytest

from adapters.crypto.providers import OpensslAlgorithms
from supervision_core.kernel.crypto import Algorithms
from supervision_core.kernel.ports import Randomness
from supervision_core.testing.crypto import MemoryKeys


class CountingRandomness(Randomness):
    """Gives 0, 1, 2, … as bytes of the size asked for."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.count = 0

    def token(self, size: int) -> bytes:
        """Count."""
        self.count += 1
        return self.count.to_bytes(size, "big")


@pytest.fixture(scope="session")
def algorithms() -> Algorithms:
    """Give the algorithms of the library."""
    return OpensslAlgorithms()


@pytest.fixture
def randomness() -> CountingRandomness:
    """Give the counting source."""
    return CountingRandomness()


@pytest.fixture
def keys(algorithms: Algorithms) -> MemoryKeys:
    """Give a first version of every key."""
    made = MemoryKeys(algorithms)
    for name in ("fields", "index", "rows"):
        made.rotate(name)
    return made
