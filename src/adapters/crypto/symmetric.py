"""SM3, HMAC-SM3 and SM4 of the standard library and `cryptography`, with the checks around them."""

import hashlib
import hmac
from abc import ABC, abstractmethod

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher as Sm4Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import CBC, GCM

from supervision_core.kernel.crypto import (
    AlgorithmUnavailable,
    Cipher,
    Digest,
    KeyRejected,
    Mac,
    Tampered,
)
from supervision_core.kernel.errors import Violation

KEY_SIZE = BLOCK = TAG_SIZE = 16
GCM_NONCE = 12
MAC_SIZE = 32


def checked_key(key: bytes) -> bytes:
    """Give the key back. Raises ``KeyRejected`` unless it has 16 bytes."""
    if len(key) != KEY_SIZE:
        raise KeyRejected((Violation("crypto.key_size", data={"size": KEY_SIZE}),))
    return key


def checked_nonce(nonce: bytes, size: int) -> bytes:
    """Give the nonce back. Raises ``ValueError`` unless it has ``size`` bytes."""
    if len(nonce) != size:
        raise ValueError(len(nonce))
    return nonce


def tampered() -> Tampered:
    """Say that tag and data do not belong together: one answer, whatever was wrong."""
    return Tampered((Violation("crypto.tag_wrong"),))


class HashlibDigest(Digest):
    """SM3 of the standard library."""

    def __init__(self) -> None:
        """Refuse a Python whose OpenSSL has no SM3."""
        if "sm3" not in hashlib.algorithms_available:
            raise AlgorithmUnavailable(
                (Violation("crypto.algorithm_unavailable", data={"algorithm": "SM3"}),)
            )

    def digest(self, data: bytes) -> bytes:
        """Give 32 bytes."""
        return hashlib.new("sm3", data).digest()


class HashlibMac(Mac):
    """HMAC-SM3 of the standard library."""

    def __init__(self, key: bytes) -> None:
        """Set the key up once: half the time of doing it for each tag."""
        self._keyed = hmac.new(key, digestmod="sm3")

    def tag(self, data: bytes) -> bytes:
        """Give 32 bytes."""
        tagging = self._keyed.copy()
        tagging.update(data)
        return tagging.digest()

    def verify(self, data: bytes, tag: bytes) -> None:
        """Compare in constant time."""
        if not hmac.compare_digest(self.tag(data), tag):
            raise tampered()


class Sm4Gcm(Cipher):
    """SM4-GCM (RFC 8998) of `cryptography`."""

    nonce_size = GCM_NONCE

    def __init__(self, key: bytes) -> None:
        """Set the key up once."""
        self._algorithm = SM4(checked_key(key))

    def seal(self, nonce: bytes, plain: bytes, associated: bytes) -> bytes:
        """Give ciphertext and tag."""
        mode = GCM(checked_nonce(nonce, GCM_NONCE))
        encryptor = Sm4Cipher(self._algorithm, mode).encryptor()
        encryptor.authenticate_additional_data(associated)
        return encryptor.update(plain) + encryptor.finalize() + encryptor.tag

    def open(self, nonce: bytes, sealed: bytes, associated: bytes) -> bytes:
        """Give the plain bytes only after the tag was found right."""
        if len(nonce) != GCM_NONCE or len(sealed) < TAG_SIZE:
            raise tampered()
        mode = GCM(nonce, sealed[-TAG_SIZE:])
        decryptor = Sm4Cipher(self._algorithm, mode).decryptor()
        decryptor.authenticate_additional_data(associated)
        plain = decryptor.update(sealed[:-TAG_SIZE])
        try:
            return plain + decryptor.finalize()
        except InvalidTag:
            raise tampered() from None


class Chaining(ABC):
    """Bare CBC of whole blocks."""

    @abstractmethod
    def encrypt(self, nonce: bytes, blocks: bytes) -> bytes:
        """Encrypt whole blocks."""

    @abstractmethod
    def decrypt(self, nonce: bytes, blocks: bytes) -> bytes:
        """Decrypt whole blocks."""


class Sm4Chaining(Chaining):
    """CBC of `cryptography`."""

    def __init__(self, key: bytes) -> None:
        """Set the key up once."""
        self._algorithm = SM4(checked_key(key))

    def encrypt(self, nonce: bytes, blocks: bytes) -> bytes:
        """Encrypt whole blocks."""
        encryptor = Sm4Cipher(self._algorithm, CBC(nonce)).encryptor()
        return encryptor.update(blocks) + encryptor.finalize()

    def decrypt(self, nonce: bytes, blocks: bytes) -> bytes:
        """Decrypt whole blocks."""
        decryptor = Sm4Cipher(self._algorithm, CBC(nonce)).decryptor()
        return decryptor.update(blocks) + decryptor.finalize()


def padded(plain: bytes) -> bytes:
    """Fill up to whole blocks as PKCS#7 does."""
    count = BLOCK - len(plain) % BLOCK
    return plain + bytes((count,)) * count


def unpadded(blocks: bytes) -> bytes:
    """Take the filling away, every byte of it checked. Raises ``Tampered``."""
    count = blocks[-1] if blocks else 0
    if not 1 <= count <= BLOCK or not hmac.compare_digest(blocks[-count:], bytes((count,)) * count):
        raise tampered()
    return blocks[:-count]


class CbcThenMac(Cipher):
    """CBC with PKCS#7, then HMAC-SM3 over associated data, nonce and ciphertext.

    The MAC is checked first, so that the filling tells nobody anything.
    """

    nonce_size = BLOCK

    def __init__(self, chaining: Chaining, mac: Mac) -> None:
        """Join two independent keys."""
        self._chaining = chaining
        self._mac = mac

    def seal(self, nonce: bytes, plain: bytes, associated: bytes) -> bytes:
        """Give ciphertext and MAC."""
        body = self._chaining.encrypt(checked_nonce(nonce, BLOCK), padded(plain))
        return body + self._mac.tag(_framed(nonce, body, associated))

    def open(self, nonce: bytes, sealed: bytes, associated: bytes) -> bytes:
        """Check the MAC, then decrypt, then check the filling."""
        body, tag = sealed[:-MAC_SIZE], sealed[-MAC_SIZE:]
        if len(nonce) != BLOCK or not body or len(body) % BLOCK:
            raise tampered()
        self._mac.verify(_framed(nonce, body, associated), tag)
        return unpadded(self._chaining.decrypt(nonce, body))


def _framed(nonce: bytes, body: bytes, associated: bytes) -> bytes:
    return len(associated).to_bytes(8, "big") + associated + nonce + body
