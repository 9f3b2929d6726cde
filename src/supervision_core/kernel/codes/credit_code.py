"""Unified social credit codes (GB 32100-2015) with the organisation code inside (GB 11714-1997)."""

from typing import Final

from supervision_core.kernel.codes.signs import are_digits, weighted_sum
from supervision_core.kernel.errors import Violation

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
REGISTRATION_DEPARTMENTS: Final = frozenset("123456789ANY")

_LENGTH = 18
_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, position, 31) for position in range(17))

# GB 11714 counts its letters without a gap, unlike GB 32100: the same letter has two values.
_ORGANISATION_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_VALUES = {sign: value for value, sign in enumerate(_ORGANISATION_SIGNS)}
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_CHECKS = "0123456789X0"


def check_credit_code(text: str) -> tuple[Violation, ...]:
    """统一社会信用代码 (unified social credit code): give what GB 32100-2015 holds against it.

    ``text`` is taken as written; call ``signs.normalise`` first where that is wanted. The check
    digits are examined only in a code of right length and signs. Codes of the violations:
    ``kernel.credit_code_length``, ``…_sign``, ``…_department``, ``…_region``,
    ``…_organisation_check_digit`` and ``…_check_digit``; the last two tell the expected digit.
    """
    if len(text) != _LENGTH:
        return (Violation("kernel.credit_code_length", data={"length": len(text)}),)
    if wrong := [str(place) for place, sign in enumerate(text, 1) if sign not in _VALUES]:
        return (Violation("kernel.credit_code_sign", data={"places": ", ".join(wrong)}),)
    found = []
    if text[0] not in REGISTRATION_DEPARTMENTS:
        found.append(Violation("kernel.credit_code_department"))
    if not are_digits(text[2:8]):
        found.append(Violation("kernel.credit_code_region"))
    if text[16] != (expected := _organisation_check(text[8:16])):
        found.append(
            Violation("kernel.credit_code_organisation_check_digit", data={"expected": expected})
        )
    if text[17] != (expected := _check(text[:17])):
        found.append(Violation("kernel.credit_code_check_digit", data={"expected": expected}))
    return tuple(found)


def complete_credit_code(first_17: str) -> str:
    """Append the check digit of GB 32100. Raises ``ValueError`` for a wrong length or sign."""
    if len(first_17) != _LENGTH - 1 or not _VALUES.keys() >= set(first_17):
        raise ValueError(first_17)
    return first_17 + _check(first_17)


def complete_organisation_code(first_8: str) -> str:
    """Append the check digit of GB 11714. Raises ``ValueError`` for a wrong length or sign."""
    if len(first_8) != len(_ORGANISATION_WEIGHTS) or not _ORGANISATION_VALUES.keys() >= set(
        first_8
    ):
        raise ValueError(first_8)
    return first_8 + _organisation_check(first_8)


def _check(first_17: str) -> str:
    total = weighted_sum([_VALUES[sign] for sign in first_17], _WEIGHTS)
    return ALPHABET[-total % 31]


def _organisation_check(first_8: str) -> str:
    total = weighted_sum([_ORGANISATION_VALUES[sign] for sign in first_8], _ORGANISATION_WEIGHTS)
    return _ORGANISATION_CHECKS[11 - total % 11]
