"""What protects the rows of a benchmark's database."""

from pathlib import Path

from adapters.crypto import open_algorithms
from adapters.crypto.keys import FileKeys, MasterKeyVault
from adapters.sql.sealing import Sealing
from adapters.system import SystemRandomness
from supervision_core.kernel.sealing import KEY_NAMES


def sealing_in(folder: Path) -> Sealing:
    """Make every key in ``folder``."""
    randomness = SystemRandomness()
    vault = MasterKeyVault(open_algorithms(randomness), randomness, randomness.token(16))
    keys = FileKeys(folder / "keys", vault)
    for name in KEY_NAMES:
        keys.rotate(name)
    return Sealing.under(keys, randomness)
