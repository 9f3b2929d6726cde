"""SM2 private keys in files, sealed by a passphrase: what stands in for a UKey and its PIN."""

import json
import os
from pathlib import Path
from typing import Final

from attrs import frozen

from adapters.crypto.passwords import LEAST_ROUNDS, usual_derive
from supervision_core.kernel.crypto import (
    Algorithms,
    Decryptor,
    KeyRejected,
    Signer,
    Tampered,
)
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.ports import Randomness

FORMAT: Final = "sm2-key/1"
_SALT = 16
_CIPHER_KEY = 16
_MOST_ROUNDS = 10_000_000
_LEAST_SIGNS = 12


def _rejected(code: str, path: Path) -> KeyRejected:
    return KeyRejected((Violation(code, data={"file": path.name}),))


@frozen
class KeyFiles:
    """Writes and opens them: PBKDF2 with HMAC-SM3 over the passphrase, then SM4-GCM."""

    algorithms: Algorithms
    randomness: Randomness

    def write(self, path: Path, private_key: bytes, passphrase: str) -> None:
        """Write a new file, mode 0600. Raises ``FileExistsError``."""
        salt = self.randomness.token(_SALT)
        cipher = self.algorithms.cipher(_derived(passphrase, salt, LEAST_ROUNDS))
        nonce = self.randomness.token(cipher.nonce_size)
        public = self.algorithms.public_key(private_key)
        held = {
            "format": FORMAT,
            "public_key": public.hex(),
            "rounds": LEAST_ROUNDS,
            "salt": salt.hex(),
            "sealed": (nonce + cipher.seal(nonce, private_key, public)).hex(),
        }
        write_new(path, (json.dumps(held, indent=1) + "\n").encode(), 0o600)

    def signer(self, path: Path, passphrase: str) -> Signer:
        """Open a file to sign. Raises as ``_private_key`` does."""
        return self.algorithms.signer(self._private_key(path, passphrase))

    def decryptor(self, path: Path, passphrase: str) -> Decryptor:
        """Open a file to decrypt. Raises as ``_private_key`` does."""
        return self.algorithms.decryptor(self._private_key(path, passphrase))

    def _private_key(self, path: Path, passphrase: str) -> bytes:
        """Raise ``KeyRejected`` for another passphrase, or what is no such file."""
        try:
            held = json.loads(path.read_text("ascii"))
            public, salt, sealed = (
                bytes.fromhex(held[name]) for name in ("public_key", "salt", "sealed")
            )
            rounds = int(held["rounds"])
        except (ValueError, KeyError, TypeError):
            raise _rejected("crypto.key_file_unreadable", path) from None
        if held.get("format") != FORMAT or not 1 <= rounds <= _MOST_ROUNDS:
            raise _rejected("crypto.key_file_unreadable", path)
        cipher = self.algorithms.cipher(_derived(passphrase, salt, rounds))
        size = cipher.nonce_size
        try:
            return cipher.open(sealed[:size], sealed[size:], public)
        except Tampered:
            raise _rejected("crypto.passphrase_wrong", path) from None


def require_long(passphrase: str) -> None:
    """Demand a passphrase for a key that opens everything. Raises ``KeyRejected``."""
    if len(passphrase) < _LEAST_SIGNS:
        raise KeyRejected((Violation("crypto.passphrase_short", data={"size": _LEAST_SIGNS}),))


def _derived(passphrase: str, salt: bytes, rounds: int) -> bytes:
    return usual_derive()(passphrase.encode(), salt, rounds)[:_CIPHER_KEY]


def write_new(path: Path, content: bytes, mode: int) -> None:
    """Write and sync a file that is not there yet. Raises ``FileExistsError``."""
    made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(made, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def read_secret(path: Path) -> str:
    """Read a partner's secret. Raises ``KeyRejected`` for a file that others can read."""
    found = path.stat()
    if found.st_mode & 0o077 or found.st_uid != os.geteuid():
        raise _rejected("crypto.key_exposed", path)
    return path.read_text("utf-8").strip()
