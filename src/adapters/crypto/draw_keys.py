"""What the platform keeps secret for draws, all of it following from the key of fields."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Final

from supervision_core.draws.model.chain import LENGTH, hashed
from supervision_core.draws.model.deposits import ClosedList, DepositsUnopened, Keeper
from supervision_core.draws.model.sources import ChainLink, OpenedBy
from supervision_core.draws.ports import Deposits, Links
from supervision_core.kernel.crypto import Algorithms, Decryptor, KeyMissing, KeyStore, Tampered
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.sealing import KEY_NAMES, private_key_of

_NAME: Final = KEY_NAMES[0]
_TIE: Final = 32
"""Signs of a blinded text."""
_STEP: Final = 256
"""Links between two that are kept in memory."""


class KeyedLinks(Links):
    """Chains whose end is a tag under the key of fields: nothing else has to be kept or restored.

    A chain goes on under the version of the key with which it began.
    """

    def __init__(self, keys: KeyStore) -> None:
        """Take the ends from ``keys``."""
        self._keys = keys
        self._known: dict[tuple[int, int], tuple[bytes, ...]] = {}

    def anchor(self, year: int) -> bytes:
        """Give the anchor under the newest key."""
        return self._marks(year, self._keys.current(_NAME))[0]

    def link(self, year: int, place: ChainLink) -> bytes:
        """Give the link under the key whose chain has that anchor."""
        marks = self._marks(year, self._version(year, place))
        after = -(-place.index // _STEP)
        return hashed(marks[after], after * _STEP - place.index)

    def blinded(self, year: int, place: ChainLink, text: str) -> str:
        """Give a tag of it under that key."""
        mac = self._keys.mac(_NAME, self._version(year, place))
        return mac.tag(f"draw-ties/1:{year}:{place.index}:{text}".encode()).hex()[:_TIE]

    def _version(self, year: int, place: ChainLink) -> int:
        """Give the version of the key under which the chain of a place began."""
        for version in reversed(self._keys.versions(_NAME)):
            if self._marks(year, version)[0] == place.anchor:
                return version
        raise KeyMissing.named(_NAME, self._keys.current(_NAME))

    def _marks(self, year: int, version: int) -> tuple[bytes, ...]:
        """Give every so-manieth link, the anchor first; it takes a moment once."""
        found = self._known.get((year, version))
        if found is None:
            end = self._keys.mac(_NAME, version).tag(f"draw-chain/1:{year}".encode())
            backwards = [end]
            for _ in range(LENGTH // _STEP):
                backwards.append(hashed(backwards[-1], _STEP))
            found = self._known[year, version] = tuple(reversed(backwards))
        return found


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
