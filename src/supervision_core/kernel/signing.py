"""Signatures on checkpoints, documents and draw proofs, as a part that any JSON can carry."""

import base64
import binascii
from collections.abc import Mapping

from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.crypto import SignatureInvalid, Signer, Verifier
from supervision_core.kernel.errors import Violation

ALGORITHM = "SM2-with-SM3"
"""GB/T 32918.2 with GB/T 32905; OID 1.2.156.10197.1.501."""


def key_id(public_key: bytes) -> str:
    """Name a public key: SM3 of ``04 ‖ x ‖ y`` in hex."""
    return sm3(public_key).hex()


def sign_document(signer: Signer, content: bytes) -> dict[str, str]:
    """Sign canonical bytes: ``algorithm``, ``key`` (see ``key_id``) and ``value`` (base64 DER)."""
    value = base64.b64encode(signer.sign(content)).decode("ascii")
    return {"algorithm": ALGORITHM, "key": key_id(signer.public_key), "value": value}


def verify_document(
    signature: Mapping[str, object], content: bytes, trusted: Mapping[str, Verifier]
) -> str:
    """Give the id of the trusted key that signed ``content``. Raises ``SignatureInvalid``.

    ``trusted`` maps ``key_id`` to verifier: a key is never taken out of the document itself.
    """
    algorithm, key, value = (signature.get(part) for part in ("algorithm", "key", "value"))
    if set(signature) != {"algorithm", "key", "value"} or algorithm != ALGORITHM:
        raise SignatureInvalid((Violation("crypto.signature_malformed", at="algorithm"),))
    if not isinstance(key, str) or key not in trusted:
        raise SignatureInvalid((Violation("crypto.signer_unknown", at="key"),))
    try:
        read = base64.b64decode(str(value), validate=True)
    except (binascii.Error, ValueError):
        raise SignatureInvalid((Violation("crypto.signature_malformed", at="value"),)) from None
    if base64.b64encode(read).decode("ascii") != value:
        raise SignatureInvalid((Violation("crypto.signature_malformed", at="value"),))
    trusted[key].verify(content, read)
    return key


def verifiers(*known: Verifier) -> dict[str, Verifier]:
    """Give verifiers by the id of their key."""
    return {key_id(one.public_key): one for one in known}
