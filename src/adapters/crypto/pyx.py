"""SM2 of gmssl-pyx (GmSSL in C), for systems whose libcrypto has none (an optional package)."""

from importlib import import_module
from typing import Any

from adapters.crypto.gmssl_curve import GmsslCurve
from adapters.crypto.libcrypto import unavailable
from adapters.crypto.sm2 import (
    Ciphertext,
    PrivateKey,
    PublicKey,
    private_number,
    public_point,
    signature_der,
)


def _module() -> Any:
    try:
        return import_module("gmssl_pyx")
    except ImportError:
        raise unavailable() from None


class PyxPrivate(PrivateKey):
    """A private key for GmSSL."""

    def __init__(self, private_key: bytes, curve: GmsslCurve) -> None:
        """Check the key. Raises ``KeyRejected``, ``AlgorithmUnavailable``.

        GmSSL has no call for the public key of a private one; the pure-Python curve has.
        """
        number = private_number(private_key)
        self._gmssl = _module()
        self._private = private_key
        self.public_key = curve.public_key(number)

    def sign(self, digest: bytes) -> bytes:
        """Give DER."""
        return bytes(self._gmssl.sm2_sign_sm3_digest(self._private, digest))

    def decrypt(self, sealed: Ciphertext) -> bytes | None:
        """Give the message, or ``None``."""
        try:
            return bytes(self._gmssl.sm2_decrypt(self._private, sealed.der()))
        except self._gmssl.GmsslInnerError:
            return None


class PyxPublic(PublicKey):
    """A public key for GmSSL."""

    def __init__(self, public_key: bytes) -> None:
        """Check the key. Raises ``KeyRejected``, ``AlgorithmUnavailable``."""
        public_point(public_key)
        self._gmssl = _module()
        self.public_key = public_key

    def verify(self, digest: bytes, r: int, s: int) -> bool:
        """Tell whether the signature holds."""
        try:
            return bool(
                self._gmssl.sm2_verify_sm3_digest(self.public_key[1:], digest, signature_der(r, s))
            )
        except self._gmssl.GmsslInnerError:
            return False

    def encrypt(self, plain: bytes) -> bytes:
        """Give DER of GM/T 0009."""
        return bytes(self._gmssl.sm2_encrypt(self.public_key[1:], plain))
