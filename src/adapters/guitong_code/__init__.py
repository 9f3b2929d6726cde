"""The QR platform 桂通码: makes and resolves the codes that inspectors, firms and citizens scan.

Function F214; serves F148-F150, F159 and F160.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from attrs import frozen

from supervision_core.kernel.errors import Unavailable, Violation
from supervision_core.kernel.scan_codes import (
    CodeKind,
    CodeRefused,
    ScanCode,
    ScanCodes,
    bare_code,
)

MAKE: Final = "make"
RESOLVE: Final = "resolve"
_FIT: Final = re.compile(r"[!-~]{1,300}")

Call = Callable[[str, Mapping[str, str]], Mapping[str, Any] | None]
"""Asks an interface of the platform; ``None`` where it refuses. Raises ``Unavailable``."""


@frozen
class GuitongCodes(ScanCodes):
    """桂通码 before the platform's ``own`` codes, which stay what is trusted.

    The proposal gives no interface (4335-4337). Assumed: ``make`` takes ``subjectId``,
    ``creditCode`` and ``payload`` (our own code) and answers with ``code``; ``resolve`` takes
    ``code`` and answers with that ``payload``. What it resolves to is held to our own signature, so
    that nobody who took over the platform, or the way to it, could forge a code. Where it does not
    answer, our own code serves instead; the caller sees to it that it takes no longer than 2
    seconds.
    """

    own: ScanCodes
    call: Call

    def make(self, code: ScanCode) -> str:
        """Have a firm's code issued by the platform; codes of visits are our own."""
        payload = self.own.make(code)
        if code.kind is not CodeKind.FIRM:
            return payload
        said = {"subjectId": code.id, "creditCode": code.number, "payload": payload}
        try:
            made = str((self.call(MAKE, said) or {}).get("code", ""))
        except Unavailable:
            return payload
        return made if _FIT.fullmatch(made) else payload

    def read(self, text: str, *, today: date) -> ScanCode:
        """Read one of our own, or have the platform say which of our own it stands for."""
        bare = bare_code(text)
        try:
            return self.own.read(bare, today=today)
        except CodeRefused as refused:
            if refused.reasons[0].code != "scan_codes.malformed" or not _FIT.fullmatch(bare):
                raise
            payload = self._resolved(bare)
            if not payload:
                raise
        return self.own.read(payload, today=today)

    def _resolved(self, text: str) -> str:
        try:
            told = self.call(RESOLVE, {"code": text})
        except Unavailable:
            raise CodeRefused((Violation("scan_codes.unavailable", "code"),)) from None
        return str((told or {}).get("payload", ""))

    def link_of(self, text: str) -> str:
        """Give what a picture holds: of a code of the platform, that alone."""
        return self.own.link_of(text)
