"""The key to which phones seal what they record: nobody but the platform opens it."""

from typing import Final

from attrs import field, frozen

from supervision_core.kernel.crypto import Algorithms, KeyStore, Tampered
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.sealing import KEY_NAMES, private_key_of

_NAME: Final = KEY_NAMES[0]
_SECRET: Final = 48
_VERSION: Final = 4
_HEAD: Final = _VERSION + 65 + 32 + _SECRET
_NONCE: Final = 16
_KEY: Final = 16


@frozen(kw_only=True)
class PostboxKey:
    """The public key of a version: hex of ``04 ‖ x ‖ y``."""

    version: int = field(metadata=said("公钥版本", example=1))
    public_key: str = field(metadata=said("公钥，十六进制"))


@frozen
class Postbox:
    """报送箱 (Postbox): opens what phones sealed, under whichever version of the key.

    Each version of the key of fields has an SM2 pair of its own, which follows from it: whatever
    keeps and renews that key keeps this one too. Sealed are the version, an SM2 ciphertext of an
    SM4 and a MAC key (``04 ‖ C1 ‖ C3 ‖ C2``), a nonce, and SM4-CBC with HMAC-SM3 behind.
    """

    keys: KeyStore
    algorithms: Algorithms

    def current(self) -> PostboxKey:
        """Give the key to which phones seal now."""
        version = self.keys.current(_NAME)
        public = self.algorithms.public_key(self._private(version))
        return PostboxKey(version=version, public_key=public.hex())

    def open(self, sealed: bytes, associated: bytes) -> bytes:
        """Open what a phone sealed. Raises ``Tampered``."""
        version = int.from_bytes(sealed[:_VERSION], "big")
        if len(sealed) <= _HEAD + _NONCE or version not in self.keys.versions(_NAME):
            raise Tampered((Violation("field_records.seal_broken"),))
        wrapped, rest = sealed[_VERSION:_HEAD], sealed[_HEAD:]
        secret = self.algorithms.decryptor(self._private(version)).decrypt(wrapped)
        if len(secret) != _SECRET:
            raise Tampered((Violation("field_records.seal_broken"),))
        cipher = self.algorithms.cbc(secret[:_KEY], secret[_KEY:])
        return cipher.open(rest[:_NONCE], rest[_NONCE:], associated)

    def _private(self, version: int) -> bytes:
        mac = self.keys.mac(_NAME, version)
        return private_key_of(mac, self.algorithms, "field-postbox/1")
