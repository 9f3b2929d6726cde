"""The C structures of GM/T 0018 (ECCref_MAX_LEN is 64: SM2 numbers stand at the right end)."""

import ctypes

from adapters.crypto.sm2 import MOST_PLAIN, Ciphertext

_FIELD = ctypes.c_ubyte * 64
SM2_BITS = 256


class ECCrefPublicKey(ctypes.Structure):
    """A public key."""

    _fields_ = (("bits", ctypes.c_uint), ("x", _FIELD), ("y", _FIELD))


class ECCSignature(ctypes.Structure):
    """A signature."""

    _fields_ = (("r", _FIELD), ("s", _FIELD))


class ECCCipher(ctypes.Structure):
    """A ciphertext with room for the longest message."""

    _fields_ = (
        ("x", _FIELD),
        ("y", _FIELD),
        ("M", ctypes.c_ubyte * 32),
        ("L", ctypes.c_uint),
        ("C", ctypes.c_ubyte * (MOST_PLAIN + 1)),
    )


def number(field: "ctypes.Array[ctypes.c_ubyte]") -> int:
    """Read a number."""
    return int.from_bytes(bytes(field), "big")


def _field(value: int) -> "ctypes.Array[ctypes.c_ubyte]":
    return _FIELD(*value.to_bytes(64, "big"))


def public_of(x: int, y: int) -> ECCrefPublicKey:
    """Write a public key."""
    return ECCrefPublicKey(SM2_BITS, _field(x), _field(y))


def signature_of(r: int, s: int) -> ECCSignature:
    """Write a signature."""
    return ECCSignature(_field(r), _field(s))


def cipher_of(sealed: Ciphertext) -> ECCCipher:
    """Write a ciphertext."""
    made = ECCCipher(_field(sealed.x), _field(sealed.y))
    made.M[:] = sealed.check
    made.L = len(sealed.body)
    made.C[: made.L] = sealed.body
    return made
