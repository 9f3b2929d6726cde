"""Registration numbers of firms from before the unified credit code (GS 15-2006)."""

from supervision_core.kernel.codes.signs import are_digits
from supervision_core.kernel.errors import Violation

_LENGTH = 15


def check_registration_number(text: str) -> tuple[Violation, ...]:
    """注册号 (registration number): give what GS 15-2006 holds against it.

    Six digits of the first registration office, eight of sequence, one check digit by
    ISO 7064 MOD 11,10. Codes: ``kernel.registration_number_length``, ``…_sign`` and
    ``…_check_digit``, which tells the expected digit.
    """
    if len(text) != _LENGTH:
        return (Violation("kernel.registration_number_length", data={"length": len(text)}),)
    if not are_digits(text):
        return (Violation("kernel.registration_number_sign"),)
    if text[-1] != (expected := _check(text[:-1])):
        return (Violation("kernel.registration_number_check_digit", data={"expected": expected}),)
    return ()


def complete_registration_number(first_14: str) -> str:
    """Append the check digit. Raises ``ValueError`` for a wrong length or sign."""
    if len(first_14) != _LENGTH - 1 or not are_digits(first_14):
        raise ValueError(first_14)
    return first_14 + _check(first_14)


def _check(first_14: str) -> str:
    product = 10
    for digit in first_14:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)
