"""What every SM2 (GB/T 32918) provider shares: checks, encodings, Z; the curve work is theirs."""

from abc import ABC, abstractmethod
from typing import Never

from attrs import frozen

from adapters.crypto import der
from supervision_core.kernel.crypto import (
    Decryptor,
    Digest,
    Encryptor,
    KeyRejected,
    SignatureInvalid,
    Signer,
    Tampered,
    Verifier,
)
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.ports import Randomness

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
GX = 0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7
GY = 0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0
"""The recommended curve of GB/T 32918.5."""
SIZE = 32
MOST_PLAIN = 255
_SIGNATURE_SIZE = 2 * SIZE
_PUBLIC_SIZE = 2 * SIZE + 1


def _rejected(code: str, **data: int) -> KeyRejected:
    return KeyRejected((Violation(code, data=data),))


def on_curve(x: int, y: int) -> bool:
    """Tell whether (x, y) is a point; both must be below the prime."""
    return x < P and y < P and (y * y - (x * x * x + A * x + B)) % P == 0


def public_point(public_key: bytes) -> tuple[int, int]:
    """Read and check a public key. Raises ``KeyRejected``."""
    if len(public_key) != _PUBLIC_SIZE or public_key[0] != 4:  # noqa: PLR2004 - uncompressed
        raise _rejected("crypto.key_size", size=_PUBLIC_SIZE)
    x = int.from_bytes(public_key[1 : 1 + SIZE], "big")
    y = int.from_bytes(public_key[1 + SIZE :], "big")
    if not on_curve(x, y):
        raise _rejected("crypto.point_off_curve")
    return x, y


def public_bytes(x: int, y: int) -> bytes:
    """Write a public key."""
    return b"\x04" + x.to_bytes(SIZE, "big") + y.to_bytes(SIZE, "big")


def private_number(private_key: bytes) -> int:
    """Read and check a private key: 1 to n - 2. Raises ``KeyRejected``."""
    if len(private_key) != SIZE:
        raise _rejected("crypto.key_size", size=SIZE)
    number = int.from_bytes(private_key, "big")
    if not 1 <= number <= N - 2:
        raise _rejected("crypto.private_key_out_of_range")
    return number


def new_private_key(randomness: Randomness) -> bytes:
    """Draw a private key, each with the same chance."""
    while True:
        drawn = randomness.token(SIZE)
        if 1 <= int.from_bytes(drawn, "big") <= N - 2:
            return drawn


def signature_der(r: int, s: int) -> bytes:
    """Write a signature."""
    return der.sequence(der.integer(r), der.integer(s))


def read_signature(signature: bytes) -> tuple[int, int]:
    """Read DER or raw r ‖ s; both numbers lie in 1 … n - 1. Raises ``SignatureInvalid``."""
    try:
        first, second = der.read_sequence(signature, 2)
        r, s = first.integer(), second.integer()
    except der.NotDer:
        if len(signature) != _SIGNATURE_SIZE:
            _malformed()
        r = int.from_bytes(signature[:SIZE], "big")
        s = int.from_bytes(signature[SIZE:], "big")
    if not (1 <= r < N and 1 <= s < N):
        _malformed()
    return r, s


def _malformed() -> Never:
    raise SignatureInvalid((Violation("crypto.signature_malformed"),))


@frozen
class Ciphertext:
    """C1 (a point of the curve), C3 (the check), C2 (as long as the message)."""

    x: int
    y: int
    check: bytes
    body: bytes

    def der(self) -> bytes:
        """Write as GM/T 0009 does."""
        return der.sequence(
            der.integer(self.x), der.integer(self.y), der.octets(self.check), der.octets(self.body)
        )

    def raw(self) -> bytes:
        """Write as 04 ‖ C1 ‖ C3 ‖ C2."""
        return public_bytes(self.x, self.y) + self.check + self.body


def read_ciphertext(sealed: bytes) -> Ciphertext:
    """Read DER of GM/T 0009 or 04 ‖ C1 ‖ C3 ‖ C2; C1 lies on the curve. Raises ``Tampered``."""
    if sealed[:1] == b"\x04":
        x = int.from_bytes(sealed[1 : 1 + SIZE], "big")
        y = int.from_bytes(sealed[1 + SIZE : _PUBLIC_SIZE], "big")
        check = sealed[_PUBLIC_SIZE : _PUBLIC_SIZE + SIZE]
        found = Ciphertext(x, y, check, sealed[_PUBLIC_SIZE + SIZE :])
    else:
        try:
            first, second, third, fourth = der.read_sequence(sealed, 4)
            found = Ciphertext(first.integer(), second.integer(), third.octets(), fourth.octets())
        except der.NotDer:
            raise Tampered((Violation("crypto.ciphertext_malformed"),)) from None
    is_sized = len(found.check) == SIZE and 1 <= len(found.body) <= MOST_PLAIN
    if not is_sized or not on_curve(found.x, found.y):
        raise Tampered((Violation("crypto.ciphertext_malformed"),))
    return found


def z_value(public_key: bytes, user_id: bytes, digest: Digest) -> bytes:
    """Hash the user id, the curve and the public key (GB/T 32918.2, 5.5)."""
    length = (8 * len(user_id)).to_bytes(2, "big")
    curve = b"".join(number.to_bytes(SIZE, "big") for number in (A, B, GX, GY))
    return digest.digest(length + user_id + curve + public_key[1:])


class PrivateKey(ABC):
    """What a provider can do with a private key: the bare operations."""

    public_key: bytes

    @abstractmethod
    def sign(self, digest: bytes) -> bytes:
        """Sign SM3(Z ‖ message); give DER."""

    @abstractmethod
    def decrypt(self, sealed: Ciphertext) -> bytes | None:
        """Give the message, ``None`` where C3 does not fit."""


class PublicKey(ABC):
    """What a provider can do with a public key: the bare operations."""

    public_key: bytes

    @abstractmethod
    def verify(self, digest: bytes, r: int, s: int) -> bool:
        """Tell whether r, s (both in range) sign SM3(Z ‖ message)."""

    @abstractmethod
    def encrypt(self, plain: bytes) -> bytes:
        """Give DER of GM/T 0009."""


class Sm2Signer(Signer):
    """Signs by a provider's private key."""

    def __init__(self, key: PrivateKey, user_id: bytes, digest: Digest) -> None:
        """Sign as ``user_id``."""
        self.public_key = key.public_key
        self._key = key
        self._digest = digest
        self._z = z_value(key.public_key, user_id, digest)

    def sign(self, message: bytes) -> bytes:
        """Give DER."""
        return self._key.sign(self._digest.digest(self._z + message))


class Sm2Verifier(Verifier):
    """Verifies by a provider's public key."""

    def __init__(self, key: PublicKey, user_id: bytes, digest: Digest) -> None:
        """Expect signatures of ``user_id``."""
        self.public_key = key.public_key
        self._key = key
        self._digest = digest
        self._z = z_value(key.public_key, user_id, digest)

    def verify(self, message: bytes, signature: bytes) -> None:
        """Raise ``SignatureInvalid`` unless the signature holds."""
        r, s = read_signature(signature)
        if not self._key.verify(self._digest.digest(self._z + message), r, s):
            raise SignatureInvalid((Violation("crypto.signature_wrong"),))


class Sm2Encryptor(Encryptor):
    """Encrypts by a provider's public key."""

    def __init__(self, key: PublicKey) -> None:
        """Encrypt to ``key``."""
        self._key = key

    def encrypt(self, plain: bytes) -> bytes:
        """Give DER of GM/T 0009. Raises ``ValueError`` for a message of no or too many bytes."""
        if not 1 <= len(plain) <= MOST_PLAIN:
            raise ValueError(len(plain))
        return self._key.encrypt(plain)


class Sm2Decryptor(Decryptor):
    """Decrypts by a provider's private key."""

    def __init__(self, key: PrivateKey) -> None:
        """Decrypt what was sealed to ``key``."""
        self.public_key = key.public_key
        self._key = key

    def decrypt(self, sealed: bytes) -> bytes:
        """Raise ``Tampered`` unless C3 fits."""
        plain = self._key.decrypt(read_ciphertext(sealed))
        if plain is None:
            raise Tampered((Violation("crypto.ciphertext_changed"),))
        return plain
