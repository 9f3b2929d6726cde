"""What draws want from the outside."""

from abc import ABC, abstractmethod
from collections.abc import Iterable

from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.pool import Pool
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.errors import NotFound, Violation
from supervision_core.kernel.ports import Repository


class Draws(Repository[Draw]):
    """Holds draws; a cleared one stays."""

    kind = "draw"


class Pools(ABC):
    """Holds pools, each once, by its hash; none is ever changed."""

    @abstractmethod
    def put(self, pool_hash: bytes, number: int, part: bytes) -> None:
        """Store the part of that number of a pool, unless it is there."""

    @abstractmethod
    def get(self, pool_hash: bytes) -> Pool:
        """Give a pool, whole, its content having this hash.

        Raises ``NotFound``, and ``Tampered`` for parts that are not, or not all, those of the pool.
        """


def whole_pool(pool_hash: bytes, parts: Iterable[bytes]) -> Pool:
    """Give the pool of these parts, in their order. Raises as ``Pools.get``."""
    pool = Pool(tuple(parts))
    if not pool.parts:
        raise NotFound("pool", pool_hash.hex())
    if pool.hash != pool_hash:
        raise Tampered((Violation("draws.pool_changed", at=pool_hash.hex()),))
    return pool
