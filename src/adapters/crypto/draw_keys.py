"""What the platform keeps secret for draws, all of it following from the key of fields."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Final

from attrs import evolve

from adapters.crypto.symmetric import HashlibMac
from supervision_core.audit.model.tree import inclusion_proof, tree_root
from supervision_core.draws.model.deposits import ClosedList, DepositsUnopened, Keeper
from supervision_core.draws.model.leaves import LEAVES, Leaf, leaf_hash
from supervision_core.draws.model.sources import OpenedBy
from supervision_core.draws.ports import Deposits, Leaves
from supervision_core.kernel.crypto import Algorithms, Decryptor, KeyMissing, KeyStore, Tampered
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.sealing import KEY_NAMES, private_key_of

_NAME: Final = KEY_NAMES[0]
_TIE: Final = 32
"""Signs of a blinded text."""
_BLOCK: Final = 512
"""Leaves of a subtree whose root is kept in memory."""


class KeyedLeaves(Leaves):
    """Trees whose secret is a tag under the key of fields: nothing else has to be kept or restored.

    The value at a place is the HMAC-SM3 of its index under that secret, made here: a key module is
    asked once a tree. A tree goes on under the version of the key with which it began.
    """

    def __init__(self, keys: KeyStore) -> None:
        """Take the secrets from ``keys``."""
        self._keys = keys
        self._known: dict[tuple[int, int], tuple[bytes, ...]] = {}

    def root(self, year: int) -> bytes:
        """Give the root under the newest key."""
        return tree_root(self._blocks(year, self._keys.current(_NAME)))

    def leaf(self, year: int, place: Leaf) -> Leaf:
        """Give the leaf under the key whose tree has that root."""
        version = self._version(year, place)
        block, within = divmod(place.index - 1, _BLOCK)
        tree = self._tree(year, version)
        path = (
            *inclusion_proof(tree.hashes(block), within),
            *inclusion_proof(self._blocks(year, version), block),
        )
        return evolve(place, value=tree.value(place.index), path=path)

    def blinded(self, year: int, place: Leaf, text: str) -> str:
        """Give a tag of it under that key."""
        mac = self._keys.mac(_NAME, self._version(year, place))
        return mac.tag(f"draw-ties/1:{year}:{place.index}:{text}".encode()).hex()[:_TIE]

    def _version(self, year: int, place: Leaf) -> int:
        """Give the version of the key under which the tree of a place began."""
        for version in reversed(self._keys.versions(_NAME)):
            if tree_root(self._blocks(year, version)) == place.root:
                return version
        raise KeyMissing.named(_NAME, self._keys.current(_NAME))

    def _tree(self, year: int, version: int) -> "_Tree":
        return _Tree(self._keys.mac(_NAME, version).tag(f"draw-leaves/1:{year}".encode()))

    def _blocks(self, year: int, version: int) -> tuple[bytes, ...]:
        """Give the root of each block of leaves; that takes a moment once."""
        found = self._known.get((year, version))
        if found is None:
            tree = self._tree(year, version)
            found = tuple(tree_root(tree.hashes(one)) for one in range(LEAVES // _BLOCK))
            self._known[year, version] = found
        return found


class _Tree:
    """The leaves that follow from a secret."""

    def __init__(self, secret: bytes) -> None:
        self._mac = HashlibMac(secret)

    def value(self, index: int) -> bytes:
        return self._mac.tag(index.to_bytes(8, "big"))

    def hashes(self, block: int) -> list[bytes]:
        first = block * _BLOCK + 1
        return [leaf_hash(one, self.value(one)) for one in range(first, first + _BLOCK)]


class KeyedDeposits(Deposits):
    """Keeps deposits under a key of the platform: for logs without a witness outside.

    Whoever operates the platform could open them early; a public value is compulsory therefore.
    A witness keeps them likewise under a key of its own, and says so by ``by``.
    """

    def __init__(
        self, keys: KeyStore, algorithms: Algorithms, by: OpenedBy = OpenedBy.PLATFORM
    ) -> None:
        """Take the key from ``keys``."""
        self._keys, self._algorithms, self._by = keys, algorithms, by

    def keeper(self) -> Keeper:
        """Give the newest key."""
        key = self._decryptor(self._keys.current(_NAME)).public_key
        return Keeper(by=self._by, public_key=key)

    def open(self, closed: ClosedList, keeper: Keeper) -> Mapping[str, bytes]:
        """Open under the version that they are sealed to."""
        for one in self._decryptors():
            if one.public_key == keeper.public_key:
                return opened_by(one, closed)
        raise DepositsUnopened((Violation("draws.keeper_unknown"),))

    def _decryptors(self) -> Iterator[Decryptor]:
        yield from map(self._decryptor, reversed(self._keys.versions(_NAME)))

    def _decryptor(self, version: int) -> Decryptor:
        mac = self._keys.mac(_NAME, version)
        return self._algorithms.decryptor(private_key_of(mac, self._algorithms, "draw-deposits/1"))


class HeldDeposits(Deposits):
    """Keeps deposits under one key that is held here: of a witness, or of a demonstration of one.

    Whoever serves it to others sees to it that nothing is opened before its list is closed.
    """

    def __init__(self, decryptor: Decryptor, *, demo: bool = False) -> None:
        """Open by ``decryptor``."""
        self._decryptor, self._demo = decryptor, demo

    def keeper(self) -> Keeper:
        """Give the witness's key."""
        key = self._decryptor.public_key
        return Keeper(by=OpenedBy.WITNESS, public_key=key, demo=self._demo)

    def open(self, closed: ClosedList, keeper: Keeper) -> Mapping[str, bytes]:
        """Open what is sealed to that key."""
        if keeper != self.keeper():
            raise DepositsUnopened((Violation("draws.keeper_unknown"),))
        return opened_by(self._decryptor, closed)


def opened_by(decryptor: Decryptor, closed: ClosedList) -> dict[str, bytes]:
    """Open what of a closed list opens under a key."""
    found = {}
    for one in closed.deposits:
        with suppress(Tampered):
            found[one.contributor] = decryptor.decrypt(one.sealed)
    return found
