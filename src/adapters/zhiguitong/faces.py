"""人脸认证 over the platform (proposal 6.4.2.4.2)."""

import json
import re
from base64 import b64encode
from typing import Any, ClassVar, Final
from urllib.parse import urlencode, urlsplit

from attrs import define, field, frozen
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from adapters.zhiguitong.calling import (
    Caller,
    base_address,
    is_protected,
    succeeded,
    unavailable,
)
from adapters.zhiguitong.fields import text_of, told_of
from adapters.zhiguitong.signing import Signing
from supervision_core.identity.model import FaceBegun
from supervision_core.identity.ports import FaceCertification
from supervision_core.kernel.errors import Refused, Violation

OPEN: Final = "/userAuth-rest/alipay/openFaceCertify"
PHOTO: Final = "/userAuth-rest/alipay/getFacePhoto"
LARGEST_PHOTO: Final = 4 * 1024 * 1024
_CERTIFY_ID = re.compile(r"[A-Za-z0-9_-]{1,128}")
_LONGEST_ADDRESS = 2000
_KEY_SIZES = frozenset({16, 24, 32})


@define(eq=False)
class SecretUnfit(Refused):
    """The application's secret is no key of AES."""

    code: ClassVar[str] = "zhiguitong.secret_unfit"


def checked_key(key: bytes) -> bytes:
    """Give the key back. Raises ``SecretUnfit`` unless it has 16, 24 or 32 bytes."""
    if len(key) not in _KEY_SIZES:
        raise SecretUnfit((Violation(SecretUnfit.code),))
    return key


@frozen(kw_only=True)
class PlatformFaces(FaceCertification):
    """The platform at ``address`` (what the proposal writes as ``ip+``).

    The proposal leaves three things open; everything assumed of them stands here:

    - ``cardNo`` is "AES, see the tool class": AES/ECB/PKCS5 in Base64 under the bytes of the
      AppSecret, as the usual Java tool class does. TLS protects it on the way; within the platform
      identity numbers are sealed by SM4.
    - ``data`` of the answer is an object with ``certifyId`` and the address to open,
      ``certifyUrl`` (or ``url``).
    - How the outcome is asked (the empty 6.4.2.4.2.2) is not said: the photo is given out
      (``flag`` 1, ``data`` not empty) of who has passed, and of nobody else. It is looked at no
      further, and not kept.

    Requests are signed as those for short messages are (``Signing``).
    """

    address: str = field(converter=base_address)
    key: bytes = field(repr=False, converter=checked_key)
    signing: Signing
    caller: Caller = field(factory=Caller)

    def begin(self, name: str, number: str) -> FaceBegun | None:
        """Ask to certify; the name and the enciphered number stand in the body only."""
        body = json.dumps({"userName": name, "cardNo": enciphered(number, self.key)}).encode()
        address = self.address + OPEN
        answer = self.caller.post(
            address,
            body=body,
            kind="application/json",
            headers=self.signing.headers("POST", address, body),
        )
        return _begun(answer.get("data")) if succeeded(answer) else None

    def passed(self, certify_id: str) -> bool:
        """Ask for the photo: it is there once he has passed."""
        address = f"{self.address}{PHOTO}?{urlencode({'certifyId': certify_id})}"
        answer = self.caller.get(
            address, headers=self.signing.headers("GET", address), largest=LARGEST_PHOTO
        )
        return succeeded(answer) and bool(answer.get("data"))


def enciphered(text: str, key: bytes) -> str:
    """Give ``text`` under AES/ECB/PKCS5, in Base64: the platform's own form, used nowhere else."""
    padding = PKCS7(algorithms.AES.block_size).padder()
    padded = padding.update(text.encode()) + padding.finalize()
    cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305 - as the platform asks
    return b64encode(cipher.update(padded) + cipher.finalize()).decode()


def _begun(data: Any) -> FaceBegun:
    """Read the platform's id and address. Raises ``PartnerUnavailable`` for any that is unfit."""
    told = told_of(data)
    certify_id = text_of(told, "certifyid")
    address = text_of(told, "certifyurl", _LONGEST_ADDRESS)
    address = address or text_of(told, "url", _LONGEST_ADDRESS)
    parts = urlsplit(address)
    if not _CERTIFY_ID.fullmatch(certify_id) or not is_protected(parts) or parts.username:
        raise unavailable("zhiguitong.answer_unfit")
    return FaceBegun(certify_id=certify_id, address=address)
