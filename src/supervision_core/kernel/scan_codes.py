"""Codes to scan, on paper and on screens: what each names, until when, and that we made it.

A code is one line of text, ``SC1.kind.id.number.serial.issued.until.key.signature``, which a
picture (QR) holds by itself or as the last part of a link. The signature is SM2 over all before it,
so that anybody who has our public key can check a code without a network.
"""

import base64
import binascii
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final

from attrs import define, field, frozen

from supervision_core.kernel.crypto import SignatureInvalid, Signer, Verifier
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.signing import key_id

_FORMAT: Final = "SC1"
_SIGNED: Final = re.compile(
    rf"{_FORMAT}\.(?P<kind>[FV])\.(?P<id>[A-Za-z0-9_:@-]{{1,80}})\.(?P<number>[0-9A-Z]{{18}}|-)"
    r"\.(?P<serial>[0-9]{1,6})\.(?P<issued>[0-9]{8})\.(?P<until>[0-9]{8})\.(?P<key>[0-9a-f]{8})"
)
_SIGNATURE: Final = re.compile(r"[A-Za-z0-9_-]{80,110}")
_LINK: Final = re.compile(r"https?://[^\s]{1,300}[/=]")
_NUMBER: Final = re.compile(r"[0-9A-Z]{18}")
_KEY: Final = 8
"""Signs of the id of a key that tell which of the trusted ones signed."""
_DAY: Final = "%Y%m%d"


class CodeKind(StrEnum):
    """码的种类 (CodeKind): whom or what a code names."""

    FIRM = "F"
    VISIT = "V"


@define(eq=False)
class CodeRefused(Refused):
    """A code is none of ours, was altered, or holds no longer."""

    code: ClassVar[str] = "scan_codes.refused"


@frozen(kw_only=True)
class ScanCode:
    """扫描码 (ScanCode): a subject or a visit by its ``id``, good until a day, that day included.

    ``number`` is the firm's credit code, to be held against the licence on the wall; empty where
    it has none. ``serial`` counts the codes of one firm: a newer one ends those before.
    """

    kind: CodeKind = field(metadata=said("种类", codes={"F": "企业码", "V": "检查码"}))
    id: str = field(metadata=said("所指对象的编号", example="0123abcd"))
    number: str = field(default="", metadata=said("统一社会信用代码", example="91450100MA5K000017"))
    serial: int = field(default=1, metadata=said("第几次制码", example=1))
    issued_on: date = field(metadata=said("发码日期", example="2026-07-01"))
    until: date = field(metadata=said("有效期至", example="2029-06-30"))


def written_code(code: ScanCode, signer: Signer) -> str:
    """Write and sign a code."""
    number = code.number if _NUMBER.fullmatch(code.number) else "-"
    days = (code.issued_on.strftime(_DAY), code.until.strftime(_DAY))
    key = key_id(signer.public_key)[:_KEY]
    text = ".".join((_FORMAT, code.kind, code.id, number, str(code.serial), *days, key))
    signature = base64.urlsafe_b64encode(signer.sign(text.encode())).decode().rstrip("=")
    return f"{text}.{signature}"


def bare_code(text: str) -> str:
    """Give a code without the link that it may end."""
    bare = text.strip()
    found = _LINK.match(bare)
    return bare[found.end() :] if found else bare


def read_code(text: str, trusted: Mapping[str, Verifier], *, today: date) -> ScanCode:
    """Read a code, alone or in a link, and check it. Raises ``CodeRefused``.

    ``trusted`` maps ids of keys to verifiers: no key is ever taken out of a code.
    """
    said_, _, signature = bare_code(text).rpartition(".")
    parts = _SIGNED.fullmatch(said_)
    if parts is None or not _SIGNATURE.fullmatch(signature):
        raise _refused("scan_codes.malformed")
    _verify(said_, signature, parts["key"], trusted)
    try:
        issued_on, until = (_day(parts[one]) for one in ("issued", "until"))
    except ValueError:
        raise _refused("scan_codes.malformed") from None
    if until < today:
        raise _refused("scan_codes.outdated", until=until.isoformat())
    return ScanCode(
        kind=CodeKind(parts["kind"]), id=parts["id"], number=parts["number"].strip("-"),
        serial=int(parts["serial"]), issued_on=issued_on, until=until,
    )  # fmt: skip


def _verify(said_: str, signature: str, key: str, trusted: Mapping[str, Verifier]) -> None:
    verifier = next((one for name, one in trusted.items() if name.startswith(key)), None)
    if verifier is None:
        raise _refused("scan_codes.foreign")
    try:
        read = base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
        if base64.urlsafe_b64encode(read).decode().rstrip("=") != signature:
            raise _refused("scan_codes.altered")
        verifier.verify(said_.encode(), read)
    except (binascii.Error, SignatureInvalid):
        raise _refused("scan_codes.altered") from None


def _day(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _refused(reason: str, **data: str) -> CodeRefused:
    return CodeRefused((Violation(reason, "code", data),))


class ScanCodes(ABC):
    """Makes and reads codes."""

    @abstractmethod
    def make(self, code: ScanCode) -> str:
        """Write and sign a code."""

    @abstractmethod
    def read(self, text: str, *, today: date) -> ScanCode:
        """Read what was scanned and check it. Raises ``CodeRefused``."""

    def require(self, text: str, kind: CodeKind, *, today: date) -> ScanCode:
        """Read what was scanned where only one ``kind`` is meant. Raises ``CodeRefused``."""
        found = self.read(text, today=today)
        refuse_if(
            CodeRefused,
            ()
            if found.kind is kind
            else (Violation(f"scan_codes.not_{kind.name.lower()}", "code"),),
        )
        return found

    @abstractmethod
    def link_of(self, text: str) -> str:
        """Give what a picture of a code holds: a link to where it is shown, or the code alone."""


@frozen
class SignedCodes(ScanCodes):
    """自有码 (SignedCodes): codes signed with the platform's own key, of which all are trusted.

    ``address`` is what links begin with, empty where the platform has no address outside.
    """

    signer: Signer
    trusted: Callable[[], Mapping[str, Verifier]]
    address: str = ""

    def make(self, code: ScanCode) -> str:
        """Write and sign a code."""
        return written_code(code, self.signer)

    def read(self, text: str, *, today: date) -> ScanCode:
        """Read what was scanned and check it."""
        return read_code(text, self.trusted(), today=today)

    def link_of(self, text: str) -> str:
        """Give the link, or the code alone where there is no address."""
        return f"{self.address}{SHOWN_AT}?code={text}" if self.address else text


SHOWN_AT: Final = "/m/code"
"""Where on the platform a scanned code is shown."""
