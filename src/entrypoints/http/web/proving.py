"""Proof by certificate on a page: a challenge goes out, certificate and signature come back.

They go as files, through whatever tool the certificate came with, or through the certificate
middleware on the user's own machine where an installation names its address.
"""

import base64
import re
from collections.abc import Mapping
from typing import Final

from entrypoints.http.web.pages import Shown
from entrypoints.http.web.reading import Field, Kind
from supervision_core.identity.model import LogInRefused
from supervision_core.identity.services.login.door import ChallengeGiven

_CERTIFICATE: Final = Field(
    name="certificate",
    title="证书文件",
    kind=Kind.FILE,
    required=True,
    hint="您的签名证书（.cer、.crt、.pem），不是私钥",
)
_SIGNATURE: Final = Field(
    name="signature", title="签名文件", kind=Kind.FILE, required=True, hint="对挑战文件的 SM2 签名"
)
PROOF: Final = (_CERTIFICATE.name, _SIGNATURE.name)
"""The fields of files that a proof consists of."""
_ARMOUR = re.compile(rb"-----(BEGIN|END) [A-Z0-9 ]+-----")


def challenge_page(given: ChallengeGiven, *, action: str, next_: str = "") -> Shown:
    """Show a challenge as a file, with the form that takes the proof to ``action``."""
    values = {
        "challenge_token": given.token,
        "nonce": given.nonce.hex(),
        "file": base64.b64encode(given.nonce).decode(),
        "fields": (_CERTIFICATE, _SIGNATURE),
        "values": {},
        "action": action,
        "next": next_,
    }
    return Shown(template="certificate.html", values=values, middleware=True)


def proof_of(files: Mapping[str, bytes]) -> tuple[bytes, bytes]:
    """Give certificate and signature of a form's files. Raises ``LogInRefused`` for a private key.

    They come as whatever made them writes them: binary, PEM, base64 or hexadecimal.
    """
    certificate, signature = files.get("certificate", b""), files.get("signature", b"")
    if any(b"PRIVATE KEY" in one for one in (certificate, signature)):
        raise LogInRefused
    return _decoded(certificate), _decoded(signature)


def _decoded(content: bytes) -> bytes:
    text = _ARMOUR.sub(b"", content)
    for decode in (_from_hex, _from_base64):
        try:
            return decode(text)
        except ValueError:
            continue
    return content


def _from_hex(text: bytes) -> bytes:
    return bytes.fromhex("".join(text.decode("ascii").split()))


def _from_base64(text: bytes) -> bytes:
    return base64.b64decode(b"".join(text.split()), validate=True)
