"""What draws ask of the installation's keys: the leaves of its trees, who keeps deposits."""

from pathlib import Path

from adapters.crypto.draw_keys import HeldDeposits, KeyedLeaves
from adapters.crypto.keys import write_once
from adapters.crypto.platform_keys import PlatformKeys
from adapters.crypto.providers import open_algorithms
from adapters.crypto.public_keys import read_public_key
from adapters.crypto.sm2 import new_private_key
from adapters.system import SystemRandomness
from supervision_core.draws.model.deposits import sealed_to
from supervision_core.draws.model.ranking import NONCE_SIZE, commitment
from supervision_core.draws.ports import Deposits, Leaves
from supervision_core.kernel.ports import Randomness


def leaves_of(keys: PlatformKeys) -> Leaves:
    """Give the leaves of the trees of these keys."""
    return KeyedLeaves(keys.store)


def sealed_nonce(
    contributor: str, label: str, key: str, randomness: Randomness
) -> tuple[bytes, bytes]:
    """Make a nonce and give its commitment and itself, sealed to a key in hex; it is kept nowhere.

    Raises ``KeyRejected``.
    """
    nonce = randomness.token(NONCE_SIZE)
    encryptor = open_algorithms(randomness).encryptor(read_public_key(key))
    return commitment(contributor, nonce), sealed_to(encryptor, label, contributor, nonce)


def demo_deposits(file: Path) -> Deposits:
    """Give a witness that a demonstration plays, with a key of its own, made where there is none.

    What it opens says so.
    """
    randomness = SystemRandomness()
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        write_once(file.parent, file.name, new_private_key(randomness).hex().encode() + b"\n")
    private = bytes.fromhex(file.read_text("ascii"))
    return HeldDeposits(open_algorithms(randomness).decryptor(private), demo=True)
