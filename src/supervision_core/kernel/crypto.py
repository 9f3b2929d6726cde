"""What the core wants of cryptography: the SM algorithms and keys that it never sees.

Keys reach the core as objects bound to them, never as bytes: a password machine (GM/T 0018) gives
handles only. Whatever is checked is checked by a call that raises; none answers ``False``.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from supervision_core.kernel.errors import Refused, Violation

DEFAULT_USER_ID = b"1234567812345678"
"""The signer's id where nothing else is agreed (GM/T 0009-2012, chapter 10)."""


class Tampered(Refused):
    """Something protected is not what it was when it was protected, or is not for this place."""

    code: ClassVar[str] = "crypto.tampered"


class SignatureInvalid(Refused):
    """The signature is malformed, or not by this key over this message."""

    code: ClassVar[str] = "crypto.signature_invalid"


class KeyRejected(Refused):
    """A key is of the wrong size, out of range, off the curve, or lies open to others."""

    code: ClassVar[str] = "crypto.key_rejected"


class KeyMissing(Refused):
    """No key of that name and version is kept."""

    code: ClassVar[str] = "crypto.key_missing"

    @classmethod
    def named(cls, name: str, version: int) -> "KeyMissing":
        """Say which."""
        return cls((Violation("crypto.key_missing", data={"name": name, "version": version}),))


class AlgorithmUnavailable(Refused):
    """This machine's library lacks an algorithm."""

    code: ClassVar[str] = "crypto.algorithm_unavailable"


class Digest(ABC):
    """Hashes with SM3 (GB/T 32905)."""

    @abstractmethod
    def digest(self, data: bytes) -> bytes:
        """Give 32 bytes."""


class Mac(ABC):
    """HMAC-SM3 (GB/T 15852.2) under one key."""

    @abstractmethod
    def tag(self, data: bytes) -> bytes:
        """Give 32 bytes."""

    @abstractmethod
    def verify(self, data: bytes, tag: bytes) -> None:
        """Compare in constant time. Raises ``Tampered``."""


class Cipher(ABC):
    """SM4 (GB/T 32907) under one key, authenticated together with associated data."""

    nonce_size: int
    """Bytes of the nonce; one nonce never serves twice under one key."""

    @abstractmethod
    def seal(self, nonce: bytes, plain: bytes, associated: bytes) -> bytes:
        """Give the ciphertext with its tag behind it."""

    @abstractmethod
    def open(self, nonce: bytes, sealed: bytes, associated: bytes) -> bytes:
        """Give the plain bytes. Raises ``Tampered``."""


class Signer(ABC):
    """Signs with one SM2 key (GB/T 32918.2), SM3 of the user id and the message."""

    public_key: bytes
    """``04 ‖ x ‖ y``, 65 bytes."""

    @abstractmethod
    def sign(self, message: bytes) -> bytes:
        """Give the signature as DER ``SEQUENCE {r, s}``."""


class Verifier(ABC):
    """Verifies signatures of one SM2 key."""

    public_key: bytes

    @abstractmethod
    def verify(self, message: bytes, signature: bytes) -> None:
        """Accept DER or raw ``r ‖ s``, in one spelling each. Raises ``SignatureInvalid``."""


class Encryptor(ABC):
    """Encrypts short messages to one SM2 key (GB/T 32918.4)."""

    @abstractmethod
    def encrypt(self, plain: bytes) -> bytes:
        """Give the ciphertext as DER of GM/T 0009. ``plain`` holds 1 to 255 bytes."""


class Decryptor(ABC):
    """Decrypts what was encrypted to one SM2 key."""

    public_key: bytes

    @abstractmethod
    def decrypt(self, sealed: bytes) -> bytes:
        """Accept DER of GM/T 0009 or ``04 ‖ C1 ‖ C3 ‖ C2``. Raises ``Tampered``."""


class Algorithms(ABC):
    """One provider's algorithms over keys given as bytes.

    Private SM2 keys are 32 bytes, public ones 65 (``04 ‖ x ‖ y``). Every method that takes a key
    raises ``KeyRejected`` for a wrong one and ``AlgorithmUnavailable`` where the library lacks
    the algorithm.
    """

    name: str

    @abstractmethod
    def digest(self) -> Digest:
        """Give SM3."""

    @abstractmethod
    def mac(self, key: bytes) -> Mac:
        """Give HMAC-SM3 under ``key``."""

    @abstractmethod
    def cipher(self, key: bytes) -> Cipher:
        """Give SM4-GCM under a key of 16 bytes."""

    @abstractmethod
    def cbc(self, key: bytes, mac_key: bytes) -> Cipher:
        """Give SM4-CBC, then HMAC-SM3 over associated data, nonce and ciphertext.

        For machines and partners that have no GCM.
        """

    @abstractmethod
    def public_key(self, private_key: bytes) -> bytes:
        """Give the public key that belongs to a private one."""

    @abstractmethod
    def signer(self, private_key: bytes, user_id: bytes = DEFAULT_USER_ID) -> Signer:
        """Give the signer of a private key."""

    @abstractmethod
    def verifier(self, public_key: bytes, user_id: bytes = DEFAULT_USER_ID) -> Verifier:
        """Give the verifier of a public key."""

    @abstractmethod
    def encryptor(self, public_key: bytes) -> Encryptor:
        """Give the encryptor to a public key."""

    @abstractmethod
    def decryptor(self, private_key: bytes) -> Decryptor:
        """Give the decryptor of a private key."""


class KeyStore(ABC):
    """Keeps named data keys in versions, each wrapped by a master key.

    A version once made stays readable for ever; the newest protects what is written next. A
    version holds a cipher key and a MAC key that are independent of each other.
    """

    @abstractmethod
    def versions(self, name: str) -> Sequence[int]:
        """Give the versions of ``name``, ascending; none for an unknown name."""

    @abstractmethod
    def current(self, name: str) -> int:
        """Give the newest version. Raises ``KeyMissing``."""

    @abstractmethod
    def rotate(self, name: str) -> int:
        """Make the next version (the first is 1), durably, and give its number.

        Safe while others read and rotate: each call makes one version of its own.
        """

    @abstractmethod
    def cipher(self, name: str, version: int) -> Cipher:
        """Give the cipher of a version. Raises ``KeyMissing``."""

    @abstractmethod
    def mac(self, name: str, version: int) -> Mac:
        """Give the MAC of a version. Raises ``KeyMissing``."""
