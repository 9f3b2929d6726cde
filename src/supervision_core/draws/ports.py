"""What draws want from the outside."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from supervision_core.draws.model.deposits import ClosedList, Keeper
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.leaves import Leaf, LeafTree
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.ranking import Sieve, sift
from supervision_core.draws.model.series import DrawSeries
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.errors import NotFound, Violation
from supervision_core.kernel.ports import Repository


class Draws(Repository[Draw]):
    """Holds draws; a cleared one stays.

    What was picked is kept among the ``Pools`` as the draw is saved (``keep_drawn``), and a draw
    that is given has recalled it (``recall_drawn``).
    """

    kind = "draw"

    @abstractmethod
    def of_task(self, task: str) -> list[Draw]:
        """Give every draw of a task, without one of own pools, cleared ones too, by id."""


class Lines(ABC):
    """Who stands above a department, and who supervises the draws of a region."""

    @abstractmethod
    def above(self, ids: Collection[str]) -> Mapping[str, Collection[str]]:
        """Give for each of ``ids`` the departments above it; none for one that nobody knows."""

    @abstractmethod
    def posts(self, user: str) -> Collection[str]:
        """Give the departments in which an account has a post, none for one that nobody knows."""

    @abstractmethod
    def supervision(self, region: str, day: date) -> str:
        """Give the department that supervises draws there, if one works on ``day``, else nothing.

        That is whom the region names, or else the nearest region above it that names one.
        """


class LeafTrees(Repository[LeafTree]):
    """Holds the tree of each year, by the year."""

    kind = "draw_tree"


class Leaves(ABC):
    """The secret of each tree, from which its leaves follow, one independently of the others."""

    @abstractmethod
    def root(self, year: int) -> bytes:
        """Give the root of a tree that begins now."""

    @abstractmethod
    def leaf(self, year: int, place: Leaf) -> Leaf:
        """Give the leaf at a place of the year's tree, with its value and path.

        Raises ``KeyMissing`` for a lost secret.
        """

    @abstractmethod
    def blinded(self, year: int, place: Leaf, text: str) -> str:
        """Give a text as the draw of that leaf keeps it: equal for equal ones, and telling nothing.

        Nobody finds it without the secret. Raises as ``leaf``.
        """


class Deposits(ABC):
    """Who keeps the key of deposits: the witness of the log, or the platform where it has none."""

    @abstractmethod
    def keeper(self) -> Keeper:
        """Give to whose key deposits are sealed now."""

    @abstractmethod
    def open(self, closed: ClosedList, keeper: Keeper) -> Mapping[str, bytes]:
        """Give what each deposit holds, by contributor; those that do not open are left out.

        A witness opens only what a checkpoint that it co-signed holds as closed, and of a round one
        list alone. Raises ``DepositsUnopened``.
        """


class SeriesOfDraws(Repository[DrawSeries]):
    """Holds the series of draws, one for each lead department, scene and year.

    A migration makes those of draws that were frozen before there were any: no act is logged of it.
    """

    kind = "draw_series"
    runs_ahead = True

    @abstractmethod
    def of_year(self, year: int, *, lead: str = "", scene: str = "") -> list[DrawSeries]:
        """Give those of a year, by id; of one lead or scene alone where that is said."""

    @abstractmethod
    def years(self) -> list[int]:
        """Give the years that have one, the latest first."""


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


class Sifter(ABC):
    """Does the bulk of the hashing of an assignment, perhaps by compiled code.

    It is a ``Sift`` and gives what ``sift`` gives.
    """

    @abstractmethod
    def __call__(self, sieves: Sequence[Sieve]) -> Iterable[Sequence[int]]:
        """Give, for each prefix of each sieve, the places of the parts below its cut, ascending."""


class PlainSifter(Sifter):
    """Hashes by the standard library."""

    def __call__(self, sieves: Sequence[Sieve]) -> Iterable[Sequence[int]]:
        """Give them."""
        return sift(sieves)


def keep(pools: Pools, pool: Pool) -> None:
    """Store all parts of a pool that are not there."""
    for number, part in enumerate(pool.parts):
        pools.put(pool.hash, number, part)


def keep_drawn(pools: Pools, draw: Draw) -> None:
    """Store what a draw has picked."""
    if draw.drawn is not None:
        keep(pools, draw.drawn)


def recall_drawn(pools: Pools, draw: Draw) -> None:
    """Let a draw as it was stored have what it picked. Raises as ``Pools.get``."""
    if draw.drawn_hash is not None:
        draw.recall(pools.get(draw.drawn_hash))


def whole_pool(pool_hash: bytes, parts: Iterable[tuple[int, bytes]]) -> Pool:
    """Give the pool of these numbered parts, in their order. Raises as ``Pools.get``.

    The pool of nobody has no parts.
    """
    found = list(parts)
    pool = Pool(tuple(text for _, text in found))
    whole = pool.hash == pool_hash
    if not found and not whole:
        raise NotFound("pool", pool_hash.hex())
    if not whole or [number for number, _ in found] != list(range(len(found))):
        raise Tampered((Violation("draws.pool_changed", at=pool_hash.hex()),))
    return pool
