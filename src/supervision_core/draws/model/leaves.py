"""The platform's values of a year: leaves of one hash tree, of which no one follows from others."""

from typing import ClassVar, Final, Self

from attrs import define, field, frozen, setters

from supervision_core.audit.model.tree import root_from_proof
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate

DEPTH: Final = 17
"""Hashes from a leaf to the root. In trees of one depth a root says one value for an index."""
LEAVES: Final = 1 << DEPTH
"""Leaves of a tree: what an installation can draw in a year."""
_INDEX: Final = 8
"""Bytes of an index."""
_LISTED: Final = b"\x04"


@define(eq=False)
class LeavesUsedUp(Refused):
    """Every leaf of the year's tree is used."""

    code: ClassVar[str] = "draws.leaves_used_up"


def leaf_hash(index: int, value: bytes) -> bytes:
    """Give what stands for a value in the tree (RFC 6962, section 2.1): its index is part of it."""
    return sm3(b"\x00" + index.to_bytes(_INDEX, "big") + value)


@frozen(kw_only=True)
class Leaf:
    """预定数 (Leaf): the platform's value that a draw uses, by its place in the tree of the year.

    ``root`` was made public as the tree began; ``path``, from the leaf upwards, leads from the
    ``value`` at ``index``, counted from 1, to it. Value and path are unknown until the list is
    closed for which they are.
    """

    root: bytes
    index: int
    value: bytes | None = None
    path: tuple[bytes, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the value is known and stands at that place of the tree."""
        if self.value is None or len(self.path) != DEPTH or not 1 <= self.index <= LEAVES:
            return False
        own = leaf_hash(self.index, self.value)
        return root_from_proof(own, self.index - 1, LEAVES, self.path) == self.root

    def seed(self, listed: bytes) -> bytes:
        """Give the seed by which its value draws from a list: SM3(value 0x04 SM3 of the list).

        The list is fixed, its SM3 ``listed`` in the audit row, before the value is asked for.
        Raises ``ValueError`` where the value is not known.
        """
        if self.value is None:
            raise ValueError(self)
        return sm3(self.value + _LISTED + listed)

    def gives(self, seed: bytes, listed: bytes) -> bool:
        """Whether that is the seed by which its value draws from a list of that SM3."""
        return self.holds and self.seed(listed) == seed

    def is_at(self, place: "Leaf") -> bool:
        """Whether it is the one that was fixed by ``place``, its value now known."""
        return (self.root, self.index) == (place.root, place.index) and self.holds


def only_leaf(value: bytes, index: int = 1) -> Leaf:
    """Give a value as the leaf of a tree that holds nothing else: its neighbours are zeros."""
    path = (bytes(len(value)),) * DEPTH
    root = root_from_proof(leaf_hash(index, value), index - 1, LEAVES, path)
    if root is None:
        raise ValueError(index)
    return Leaf(root=root, index=index, value=value, path=path)


@define(eq=False, kw_only=True)
class LeafTree(Aggregate):
    """预定数表 (LeafTree): the hash tree of the platform's values of one year, which is its id.

    ``root`` was written into the audit log as the tree began; the i-th draw of the year uses the
    value at place i, which says nothing of any other. Places are taken one by one and none twice:
    restarted, copied or rolled back, an installation finds the same value at the same place.
    """

    root: bytes = field(on_setattr=setters.frozen)
    _taken: int = 0

    @classmethod
    def begin(cls, *, year: int, root: bytes) -> Self:
        """Begin the tree of a year."""
        return cls(id=str(year), root=root)

    @property
    def taken(self) -> int:
        """How many leaves are used."""
        return self._taken

    def take(self) -> Leaf:
        """Give the place of the next leaf; its value stays unknown. Raises ``LeavesUsedUp``."""
        used_up = Violation("draws.leaves_used_up", data={"year": self.id, "leaves": LEAVES})
        refuse_if(LeavesUsedUp, [used_up] if self._taken >= LEAVES else [])
        self._taken += 1
        return Leaf(root=self.root, index=self._taken)
