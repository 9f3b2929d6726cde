"""SM2 public keys as text: PEM for every tool that knows SM2, or hex."""

import base64
import re
from typing import Final

from adapters.crypto.sm2 import public_point

_HEAD: Final = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")
"""SubjectPublicKeyInfo of an SM2 key (GM/T 0009), before its 65 bytes."""
_PEM = re.compile(r"-----BEGIN PUBLIC KEY-----\s+([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*")
_LINE: Final = 64


def write_public_key(public_key: bytes) -> str:
    """Give a public key as PEM."""
    text = base64.b64encode(_HEAD + public_key).decode("ascii")
    lines = [text[at : at + _LINE] for at in range(0, len(text), _LINE)]
    return "\n".join(("-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----", ""))


def read_public_key(text: str) -> bytes:
    """Read a public key from PEM, or from hex of ``04 ‖ x ‖ y``. Raises ``KeyRejected``."""
    match = _PEM.fullmatch(text.strip() + "\n")
    try:
        if match:
            der = base64.b64decode("".join(match[1].split()), validate=True)
            found = der.removeprefix(_HEAD) if der.startswith(_HEAD) else b""
        else:
            found = bytes.fromhex(text.strip())
    except ValueError:
        found = b""
    public_point(found)
    return found
