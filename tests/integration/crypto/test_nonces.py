"""A nonce that serves twice gives away both texts: over a million writes none does."""

from pathlib import Path

import pytest

from adapters.crypto.platform_keys import KeySettings
from adapters.system import SystemRandomness
from supervision_core.kernel.ports import Randomness
from supervision_core.kernel.sealing import FieldCipher, Place

WRITES = 1_000_000
HERE = Place("subject", "sealed", "s-1")


class ShortRandomness(Randomness):
    """A broken source: of its bytes only three change."""

    def token(self, size: int) -> bytes:
        """Give them."""
        return SystemRandomness().token(3).rjust(size, b"\0")


def repeated(folder: Path, randomness: Randomness, writes: int) -> int:
    """Count the nonces that served before, over so many writes of one text at one place."""
    settings = KeySettings(folder=folder / "keys", master=folder / "master.key")
    settings.make(SystemRandomness())
    fields = FieldCipher(settings.open(SystemRandomness()).store, randomness)
    start = len("sm4$v1$")  # sixteen signs of base64url are the twelve bytes of the nonce
    nonces = {fields.seal("same", HERE)[start : start + 16] for _ in range(writes)}
    return writes - len(nonces)


@pytest.mark.slow
def test_no_nonce_serves_twice_in_a_million_writes(tmp_path: Path) -> None:
    """Matrix row 14: equal texts at one place, a million times, each under a nonce of its own."""
    assert repeated(tmp_path, SystemRandomness(), WRITES) == 0


def test_a_source_that_repeats_itself_is_noticed(tmp_path: Path) -> None:
    """Negative control: a source of 24 bits repeats itself within a few ten thousand writes."""
    assert repeated(tmp_path, ShortRandomness(), 30_000) > 0
