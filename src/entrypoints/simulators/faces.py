"""Certification by face, played: whoever opens the address says himself whether he passes."""

import html
import json
import secrets  # noqa: TID251 - a partner's ids, not the platform's
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from attrs import define, field
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from entrypoints.simulators.serving import Asked, Told, served
from entrypoints.simulators.signatures import Signatures

GATEWAY: Final = "/scmp-gateway"
"""What stands before the proposal's paths on the real platform (``ip+``)."""
OPEN: Final = "/userAuth-rest/alipay/openFaceCertify"
PHOTO: Final = "/userAuth-rest/alipay/getFacePhoto"
SHOW: Final = "/face"
_PICTURE: Final = b64encode(b"\xff\xd8 no face at all \xff\xd9").decode()


@define
class SimulatedFaces:
    """Begins certifications of anybody, and lets pass whom ``decide`` or its own page says."""

    signatures: Signatures
    address: str = ""
    people: dict[str, tuple[str, str]] = field(factory=dict, repr=False)
    _outcomes: dict[str, bool] = field(factory=dict)

    def answer(self, asked: Asked) -> Told:
        """Answer a request."""
        match (asked.method, asked.path.removeprefix(GATEWAY)):
            case ("GET", path) if path == SHOW:
                return self._page(asked.query.get("certifyId", ""), asked.query.get("passes", ""))
            case ("POST", path) if path == OPEN:
                return self._open(asked) if self.signatures.hold(asked) else _refused("401")
            case ("GET", path) if path == PHOTO:
                return self._photo(asked) if self.signatures.hold(asked) else _refused("401")
            case _:
                return Told.json({"flag": "0", "errCode": "404", "errMsg": "没有这个接口"}, 404)

    def decide(self, certify_id: str, *, passes: bool) -> None:
        """Let the face of that certification be the right one, or not."""
        self._outcomes[certify_id] = passes

    def _open(self, asked: Asked) -> Told:
        said = json.loads(asked.body)
        number = deciphered(said["cardNo"], self.signatures.secret.encode())
        if not said["userName"] or not number:
            return _refused("1001")
        certify_id = secrets.token_hex(16)
        self.people[certify_id] = (said["userName"], number)
        told = {
            "certifyId": certify_id,
            "certifyUrl": f"{self.address}{GATEWAY}{SHOW}?certifyId={certify_id}",
        }
        return Told.json({"flag": "1", "errCode": "", "errMsg": "", "data": told})

    def _photo(self, asked: Asked) -> Told:
        if not self._outcomes.get(asked.query.get("certifyId", "")):
            return _refused("1002")
        return Told.json({"flag": "1", "errCode": "", "errMsg": "", "data": _PICTURE})

    def _page(self, certify_id: str, passes: str) -> Told:
        if certify_id not in self.people:
            return Told.page("<p>没有这次认证。</p>", 404)
        if passes:
            self.decide(certify_id, passes=passes == "1")
            return Told.page("<h1>人脸认证（模拟）</h1><p>完成，请回到原来的页面。</p>")
        links = "".join(
            f'<li><a href="?certifyId={html.escape(certify_id)}&passes={value}">{word}</a></li>'
            for value, word in (("1", "是本人"), ("0", "不是本人"))
        )
        return Told.page(f"<h1>人脸认证（模拟）</h1><ul>{links}</ul>")


def deciphered(text: str, key: bytes) -> str:
    """Open AES/ECB/PKCS5 in Base64, empty where it is none."""
    try:
        opener = Cipher(algorithms.AES(key), modes.ECB()).decryptor()  # noqa: S305 - the partner's
        padded = opener.update(b64decode(text, validate=True)) + opener.finalize()
        padding = PKCS7(algorithms.AES.block_size).unpadder()
        return (padding.update(padded) + padding.finalize()).decode()
    except ValueError:
        return ""


def _refused(code: str) -> Told:
    return Told.json({"flag": "0", "errCode": code, "errMsg": "没有通过", "data": None})


@contextmanager
def simulated_faces(simulated: SimulatedFaces, port: int = 0) -> Iterator[str]:
    """Serve it; give its address."""
    with served(simulated.answer, port) as address:
        simulated.address = address
        yield address + GATEWAY
