"""SM2 of the libcrypto that Python has loaded already, by ctypes (OpenSSL 3)."""

import _hashlib
import ctypes
import ctypes.util
from collections.abc import Callable
from functools import cache
from typing import Any

from adapters.crypto import der
from adapters.crypto.sm2 import Ciphertext, PrivateKey, PublicKey, private_number, public_point
from adapters.crypto.sm2 import signature_der as signature_of
from supervision_core.kernel.crypto import AlgorithmUnavailable
from supervision_core.kernel.errors import Violation

_KEY_KIND = der.sequence(der.oid("1.2.840.10045.2.1"), der.oid("1.2.156.10197.1.301"))
_PUBLIC_SIZE = 65
_SIGNATURE_ROOM = 72
_POINTER, _SIZE, _INT = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int
_OUT_SIZE = ctypes.POINTER(ctypes.c_size_t)
_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "d2i_AutoPrivateKey": (_POINTER, (_POINTER, ctypes.POINTER(ctypes.c_char_p), ctypes.c_long)),
    "d2i_PUBKEY": (_POINTER, (_POINTER, ctypes.POINTER(ctypes.c_char_p), ctypes.c_long)),
    "EVP_PKEY_free": (None, (_POINTER,)),
    "EVP_PKEY_get_octet_string_param": (
        _INT,
        (_POINTER, ctypes.c_char_p, ctypes.c_char_p, _SIZE, _OUT_SIZE),
    ),
    "EVP_PKEY_CTX_new": (_POINTER, (_POINTER, _POINTER)),
    "EVP_PKEY_CTX_free": (None, (_POINTER,)),
    "EVP_PKEY_sign_init": (_INT, (_POINTER,)),
    "EVP_PKEY_sign": (_INT, (_POINTER, ctypes.c_char_p, _OUT_SIZE, ctypes.c_char_p, _SIZE)),
    "EVP_PKEY_verify_init": (_INT, (_POINTER,)),
    "EVP_PKEY_verify": (_INT, (_POINTER, ctypes.c_char_p, _SIZE, ctypes.c_char_p, _SIZE)),
    "EVP_PKEY_encrypt_init": (_INT, (_POINTER,)),
    "EVP_PKEY_encrypt": (_INT, (_POINTER, ctypes.c_char_p, _OUT_SIZE, ctypes.c_char_p, _SIZE)),
    "EVP_PKEY_decrypt_init": (_INT, (_POINTER,)),
    "EVP_PKEY_decrypt": (_INT, (_POINTER, ctypes.c_char_p, _OUT_SIZE, ctypes.c_char_p, _SIZE)),
    "ERR_clear_error": (None, ()),
}


def unavailable() -> AlgorithmUnavailable:
    """Say that this libcrypto has no SM2: Fedora, Rocky and Alpine build it so."""
    return AlgorithmUnavailable(
        (Violation("crypto.algorithm_unavailable", data={"algorithm": "SM2"}),)
    )


def _loaded() -> str | None:
    # The file of _hashlib leads to the library it is linked with; a Python with everything built
    # in has no such file.
    return getattr(_hashlib, "__file__", None) or ctypes.util.find_library("crypto")


@cache
def library() -> ctypes.CDLL:
    """Give the library with its functions declared. Raises ``AlgorithmUnavailable``."""
    try:
        found = ctypes.CDLL(_loaded())
        for name, (result, arguments) in _FUNCTIONS.items():
            function = getattr(found, name)
            function.restype = result
            function.argtypes = arguments
    except (OSError, AttributeError):
        raise unavailable() from None
    return found


class _Key:
    """An EVP_PKEY, freed with its owner; OpenSSL lets threads share it for reading."""

    def __init__(self, read: Callable[..., int | None], encoded: bytes) -> None:
        self._lib = library()
        start = ctypes.c_char_p(encoded)
        self.handle = read(None, ctypes.byref(start), len(encoded))
        if not self.handle:
            self._lib.ERR_clear_error()
            raise unavailable()  # range and curve were checked before

    def __del__(self) -> None:
        if getattr(self, "handle", None):
            self._lib.EVP_PKEY_free(self.handle)

    def run(self, operation: str, room: int, *data: bytes) -> bytes | None:
        """Run an operation that writes at most ``room`` bytes; ``None`` where it refuses."""
        context = self._begun(operation)
        try:
            size = ctypes.c_size_t(room)
            out = ctypes.create_string_buffer(room)
            given = [part for one in data for part in (one, len(one))]
            function = getattr(self._lib, f"EVP_PKEY_{operation}")
            if function(context, out, ctypes.byref(size), *given) != 1:
                self._lib.ERR_clear_error()
                return None
            return out.raw[: size.value]
        finally:
            self._lib.EVP_PKEY_CTX_free(context)

    def holds(self, digest: bytes, signature: bytes) -> bool:
        """Verify."""
        context = self._begun("verify")
        try:
            found = self._lib.EVP_PKEY_verify(
                context, signature, len(signature), digest, len(digest)
            )
            if found != 1:
                self._lib.ERR_clear_error()
            return bool(found == 1)
        finally:
            self._lib.EVP_PKEY_CTX_free(context)

    def _begun(self, operation: str) -> int:
        context = self._lib.EVP_PKEY_CTX_new(self.handle, None)
        if not context or getattr(self._lib, f"EVP_PKEY_{operation}_init")(context) != 1:
            self._lib.EVP_PKEY_CTX_free(context)
            self._lib.ERR_clear_error()
            raise unavailable()
        return int(context)


def _required(result: bytes | None) -> bytes:
    if result is None:
        raise unavailable()
    return result


class LibcryptoPrivate(PrivateKey):
    """A private key in libcrypto."""

    def __init__(self, private_key: bytes) -> None:
        """Take the key in and compute its public key. Raises ``KeyRejected``."""
        private_number(private_key)
        inner = der.sequence(der.integer(1), der.octets(private_key))
        encoded = der.sequence(der.integer(0), _KEY_KIND, der.octets(inner))
        lib = library()
        self._key = _Key(lib.d2i_AutoPrivateKey, encoded)
        out = ctypes.create_string_buffer(_PUBLIC_SIZE)
        size = ctypes.c_size_t()
        name = b"encoded-pub-key"
        handle = self._key.handle
        if lib.EVP_PKEY_get_octet_string_param(handle, name, out, len(out), size) != 1:
            lib.ERR_clear_error()
            raise unavailable()
        self.public_key = out.raw[: size.value]

    def sign(self, digest: bytes) -> bytes:
        """Give DER."""
        return _required(self._key.run("sign", _SIGNATURE_ROOM, digest))

    def decrypt(self, sealed: Ciphertext) -> bytes | None:
        """Give the message, or ``None``."""
        encoded = sealed.der()
        return self._key.run("decrypt", len(encoded), encoded)


class LibcryptoPublic(PublicKey):
    """A public key in libcrypto."""

    def __init__(self, public_key: bytes) -> None:
        """Take the key in. Raises ``KeyRejected``."""
        public_point(public_key)
        self.public_key = public_key
        encoded = der.sequence(_KEY_KIND, der.bits(public_key))
        self._key = _Key(library().d2i_PUBKEY, encoded)

    def verify(self, digest: bytes, r: int, s: int) -> bool:
        """Tell whether the signature holds."""
        return self._key.holds(digest, signature_of(r, s))

    def encrypt(self, plain: bytes) -> bytes:
        """Give DER of GM/T 0009."""
        return _required(self._key.run("encrypt", 128 + len(plain), plain))
