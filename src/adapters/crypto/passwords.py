"""Slow hashes of passwords: PBKDF2 (RFC 8018) over HMAC-SM3, of the standard library."""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Callable
from typing import Final

from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from supervision_core.identity.ports import PasswordHashes
from supervision_core.kernel.ports import Randomness

ROUNDS: Final = 300_000
"""A tenth of a second of one core: a log-in costs one hash, a change of password with six former
ones eight, which together stay within the second that proposal 4.2.3 gives."""
LEAST_ROUNDS: Final = 210_000
_SALT = 16
_SIZE = 32
_HASH = re.compile(r"pbkdf2-sm3\$([1-9][0-9]{0,7})\$([A-Za-z0-9+/]{22}==)\$([A-Za-z0-9+/]{43}=)")

Derive = Callable[[bytes, bytes, int], bytes]
"""Gives 32 bytes of a password, a salt and rounds."""


def derive_by_hashlib(password: bytes, salt: bytes, rounds: int) -> bytes:
    """Derive with the OpenSSL that Python has loaded."""
    return hashlib.pbkdf2_hmac("sm3", password, salt, rounds, _SIZE)


def derive_by_cryptography(password: bytes, salt: bytes, rounds: int) -> bytes:
    """Derive with the OpenSSL that `cryptography` carries, where the system's has no SM3."""
    return PBKDF2HMAC(SM3(), _SIZE, salt, rounds).derive(password)


def usual_derive() -> Derive:
    """Give the first of the two that this machine has."""
    return derive_by_hashlib if "sm3" in hashlib.algorithms_available else derive_by_cryptography


class Sm3PasswordHashes(PasswordHashes):
    """``pbkdf2-sm3$<rounds>$<salt>$<hash>``; what was hashed with other rounds still matches."""

    def __init__(
        self, randomness: Randomness, *, rounds: int = ROUNDS, derive: Derive | None = None
    ) -> None:
        """Hash with ``rounds`` from now on."""
        self._randomness = randomness
        self._rounds = rounds
        self._derive = derive or usual_derive()

    def hash(self, password: str) -> str:
        """Hash under a fresh salt."""
        salt = self._randomness.token(_SALT)
        made = self._derive(password.encode(), salt, self._rounds)
        texts = (base64.b64encode(part).decode("ascii") for part in (salt, made))
        return "$".join(("pbkdf2-sm3", str(self._rounds), *texts))

    def matches(self, password: str, hashed: str) -> bool:
        """Derive again and compare; what is no hash takes as long, and matches nothing."""
        found = _HASH.fullmatch(hashed)
        if not found:
            self.waste(password)
            return False
        rounds, salt, wanted = int(found[1]), _bytes(found[2]), _bytes(found[3])
        return hmac.compare_digest(self._derive(password.encode(), salt, rounds), wanted)

    def waste(self, password: str) -> None:
        """Derive and forget."""
        self._derive(password.encode(), bytes(_SALT), self._rounds)


def _bytes(text: str) -> bytes:
    return binascii.a2b_base64(text)
