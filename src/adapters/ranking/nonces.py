"""Files in which a department keeps its number for a draw until it is revealed."""

import json
import os
from pathlib import Path
from typing import Final

from attrs import frozen

from supervision_core.draws.model.draw import NonceRefused
from supervision_core.draws.model.ranking import NONCE_SIZE, commitment
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.ports import Randomness

FORMAT: Final = "draw-nonce/1"
"""As the pages write it too (``ceremony.js``)."""


@frozen
class KeptNonce:
    """What such a file holds."""

    contributor: str
    nonce: bytes

    @property
    def commitment(self) -> bytes:
        """What is submitted of it before anybody reveals."""
        return commitment(self.contributor, self.nonce)


def made_nonce(contributor: str, path: Path, randomness: Randomness) -> KeptNonce:
    """Make a number and keep it in a new file that its owner alone reads.

    Raises ``NonceRefused`` where the file exists or cannot be written.
    """
    made = KeptNonce(contributor, randomness.token(NONCE_SIZE))
    said = {"format": FORMAT, "contributor": contributor, "nonce": made.nonce.hex()}
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(said, file, ensure_ascii=False, indent=1)
    except OSError as error:
        raise _unreadable(path) from error
    return made


def kept_nonce(path: Path) -> KeptNonce:
    """Read such a file. Raises ``NonceRefused`` for any other."""
    try:
        said = json.loads(path.read_text("utf-8"))
        made = KeptNonce(str(said["contributor"]), bytes.fromhex(said["nonce"]))
        known = said["format"] == FORMAT and len(made.nonce) == NONCE_SIZE
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _unreadable(path) from error
    if not known:
        raise _unreadable(path)
    return made


def _unreadable(path: Path) -> NonceRefused:
    return NonceRefused((Violation("draws.nonce_file_unusable", "", {"name": path.name}),))
