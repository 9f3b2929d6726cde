"""Codes to scan as an installation of test makes them."""

from datetime import date
from functools import cache

from adapters.crypto.providers import open_algorithms
from adapters.system import SystemRandomness
from supervision_core.kernel.scan_codes import CodeKind, ScanCode, SignedCodes
from supervision_core.kernel.signing import verifiers


@cache
def codes_of_test(private: bytes = b"\x11" * 32) -> SignedCodes:
    """Give what makes and reads codes under a key."""
    algorithms = open_algorithms(SystemRandomness())
    signer = algorithms.signer(private)
    trusted = verifiers(algorithms.verifier(signer.public_key))
    return SignedCodes(signer, lambda: trusted, "https://jianguan.example.cn")


def a_code(kind: CodeKind = CodeKind.FIRM, **changes: object) -> ScanCode:
    """Give what a code says."""
    told: dict[str, object] = {
        "kind": kind, "id": "subject-1", "number": "91450100MA5K000017", "serial": 1,
        "issued_on": date(2026, 3, 2), "until": date(2029, 3, 2),
    }  # fmt: skip
    return ScanCode(**(told | changes))  # type: ignore[arg-type]
