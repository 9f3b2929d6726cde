"""The providers by name: ``openssl``, ``gmssl_pyx`` (SM2 only is its own), ``gmssl``."""

from collections.abc import Callable

from adapters.crypto.gmssl_curve import GmsslCurve
from adapters.crypto.gmssl_sm2 import GmsslPrivate, GmsslPublic
from adapters.crypto.gmssl_symmetric import GmsslBlock, GmsslDigest, GmsslGcm, GmsslMac
from adapters.crypto.libcrypto import LibcryptoPrivate, LibcryptoPublic
from adapters.crypto.pyx import PyxPrivate, PyxPublic
from adapters.crypto.sm2 import (
    PrivateKey,
    PublicKey,
    Sm2Decryptor,
    Sm2Encryptor,
    Sm2Signer,
    Sm2Verifier,
)
from adapters.crypto.symmetric import CbcThenMac, HashlibDigest, HashlibMac, Sm4Chaining, Sm4Gcm
from supervision_core.kernel.crypto import (
    DEFAULT_USER_ID,
    Algorithms,
    AlgorithmUnavailable,
    Cipher,
    Decryptor,
    Digest,
    Encryptor,
    Mac,
    Signer,
    Verifier,
)
from supervision_core.kernel.ports import Randomness


class OpensslAlgorithms(Algorithms):
    """SM3 and HMAC of the standard library, SM4 of `cryptography`, SM2 of libcrypto."""

    name = "openssl"

    def digest(self) -> Digest:
        """Give SM3."""
        return HashlibDigest()

    def mac(self, key: bytes) -> Mac:
        """Give HMAC-SM3."""
        return HashlibMac(key)

    def cipher(self, key: bytes) -> Cipher:
        """Give SM4-GCM."""
        return Sm4Gcm(key)

    def cbc(self, key: bytes, mac_key: bytes) -> Cipher:
        """Give SM4-CBC, then HMAC-SM3."""
        return CbcThenMac(Sm4Chaining(key), self.mac(mac_key))

    def public_key(self, private_key: bytes) -> bytes:
        """Give the public key."""
        return self._private(private_key).public_key

    def signer(self, private_key: bytes, user_id: bytes = DEFAULT_USER_ID) -> Signer:
        """Give the signer."""
        return Sm2Signer(self._private(private_key), user_id, self.digest())

    def verifier(self, public_key: bytes, user_id: bytes = DEFAULT_USER_ID) -> Verifier:
        """Give the verifier."""
        return Sm2Verifier(self._public(public_key), user_id, self.digest())

    def encryptor(self, public_key: bytes) -> Encryptor:
        """Give the encryptor."""
        return Sm2Encryptor(self._public(public_key))

    def decryptor(self, private_key: bytes) -> Decryptor:
        """Give the decryptor."""
        return Sm2Decryptor(self._private(private_key))

    def _private(self, private_key: bytes) -> PrivateKey:
        return LibcryptoPrivate(private_key)

    def _public(self, public_key: bytes) -> PublicKey:
        return LibcryptoPublic(public_key)


class PyxAlgorithms(OpensslAlgorithms):
    """As OpenSSL, with the SM2 of gmssl-pyx."""

    name = "gmssl_pyx"

    def __init__(self, randomness: Randomness) -> None:
        """Blind with ``randomness``."""
        self._curve = GmsslCurve(randomness)

    def _private(self, private_key: bytes) -> PrivateKey:
        return PyxPrivate(private_key, self._curve)

    def _public(self, public_key: bytes) -> PublicKey:
        return PyxPublic(public_key)


class GmsslAlgorithms(OpensslAlgorithms):
    """The pure-Python gmssl, hardened, for everything."""

    name = "gmssl"

    def __init__(self, randomness: Randomness) -> None:
        """Draw nonces and blindings from ``randomness``."""
        self._curve = GmsslCurve(randomness)

    def digest(self) -> Digest:
        """Give SM3."""
        return GmsslDigest()

    def mac(self, key: bytes) -> Mac:
        """Give HMAC-SM3."""
        return GmsslMac(key)

    def cipher(self, key: bytes) -> Cipher:
        """Give SM4-GCM."""
        return GmsslGcm(key)

    def cbc(self, key: bytes, mac_key: bytes) -> Cipher:
        """Give SM4-CBC, then HMAC-SM3."""
        return CbcThenMac(GmsslBlock(key), self.mac(mac_key))

    def _private(self, private_key: bytes) -> PrivateKey:
        return GmsslPrivate(private_key, self._curve)

    def _public(self, public_key: bytes) -> PublicKey:
        return GmsslPublic(public_key, self._curve)


_PROBE = (1).to_bytes(32, "big")


def open_algorithms(randomness: Randomness, name: str = "") -> Algorithms:
    """Give the provider of that name; without one, OpenSSL, or gmssl-pyx where it lacks SM2.

    Each is tried out first. Raises ``AlgorithmUnavailable`` if it cannot do its work here,
    ``KeyError`` for an unknown name. gmssl is slow by a factor of 16 to 1,000 and is taken only
    when it is named.
    """
    makers: dict[str, Callable[[], Algorithms]] = {
        "openssl": OpensslAlgorithms,
        "gmssl_pyx": lambda: PyxAlgorithms(randomness),
        "gmssl": lambda: GmsslAlgorithms(randomness),
    }
    try:
        found = makers[name or "openssl"]()
        _try_out(found)
    except AlgorithmUnavailable:
        if name:
            raise
        found = makers["gmssl_pyx"]()
        _try_out(found)
    return found


def _try_out(found: Algorithms) -> None:
    found.digest().digest(b"")
    message = b"self-test"
    signer = found.signer(_PROBE)
    found.verifier(signer.public_key).verify(message, signer.sign(message))
