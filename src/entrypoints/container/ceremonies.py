"""What draws ask of the installation's keys: the links of its chains, who keeps deposits."""

from pathlib import Path

from adapters.crypto.draw_keys import HeldDeposits, KeyedLinks, PlatformDeposits
from adapters.crypto.platform_keys import PlatformKeys
from adapters.crypto.providers import open_algorithms
from adapters.crypto.sm2 import new_private_key
from adapters.system import SystemRandomness
from supervision_core.draws.ports import Deposits, Links


def links_of(keys: PlatformKeys) -> Links:
    """Give the links of the chains of these keys."""
    return KeyedLinks(keys.store)


def deposits_of(keys: PlatformKeys) -> Deposits:
    """Give who keeps deposits: the platform itself."""
    return PlatformDeposits(keys.store, keys.algorithms)


def demo_deposits(file: Path) -> Deposits:
    """Give a witness that a demonstration plays, with a key of its own, made where there is none.

    What it opens says so.
    """
    randomness = SystemRandomness()
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(new_private_key(randomness).hex(), "ascii")
    private = bytes.fromhex(file.read_text("ascii"))
    return HeldDeposits(open_algorithms(randomness).decryptor(private), demo=True)
