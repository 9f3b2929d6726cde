"""Citizen identity numbers (GB 11643-1999), current and first generation."""

from datetime import date
from enum import Enum
from typing import Final

from supervision_core.kernel.codes.data import issuing_regions
from supervision_core.kernel.codes.signs import are_digits, weighted_sum
from supervision_core.kernel.errors import Violation

# Residence permits of people from Hong Kong, Macao and Taiwan; no county stands behind them.
PERMIT_REGIONS: Final = frozenset({"810000", "820000", "830000"})

_LENGTH = 18
_LEGACY_LENGTH = 15
_WEIGHTS = tuple(pow(2, 17 - position, 11) for position in range(17))
_CHECKS = "10X98765432"


class Sex(Enum):
    """性别 (sex), with its code of GB/T 2261.1."""

    MALE = "1"
    FEMALE = "2"


def check_identity_card(text: str, *, on: date) -> tuple[Violation, ...]:
    """公民身份号码 (identity number): give what GB 11643-1999 holds against it, as of ``on``.

    The region may be any county that ever was one since 1980: a number outlives its county.
    Codes: ``kernel.identity_card_length``, ``…_sign``, ``…_region``, ``…_birth_day`` (no such
    day), ``…_not_yet_born`` (after ``on``) and ``…_check_digit``. No violation carries any part
    of the number, nor the digit expected: they go into logs and reports.
    """
    if len(text) != _LENGTH:
        return (Violation("kernel.identity_card_length", data={"length": len(text)}),)
    if not are_digits(text[:17]) or text[17] not in _CHECKS:
        return (Violation("kernel.identity_card_sign"),)
    found = []
    if text[:6] not in PERMIT_REGIONS and text[:6] not in issuing_regions():
        found.append(Violation("kernel.identity_card_region"))
    try:
        if birth_day(text) > on:
            found.append(Violation("kernel.identity_card_not_yet_born"))
    except ValueError:
        found.append(Violation("kernel.identity_card_birth_day"))
    if text[17] != _check(text[:17]):
        found.append(Violation("kernel.identity_card_check_digit"))
    return tuple(found)


def check_legacy_identity_card(text: str, *, on: date) -> tuple[Violation, ...]:
    """Check a 15-digit number of the first generation, void since 2013, still found in old data.

    It has no check digit and its years are of the twentieth century.
    """
    if len(text) != _LEGACY_LENGTH:
        return (Violation("kernel.identity_card_length", data={"length": len(text)}),)
    if not are_digits(text):
        return (Violation("kernel.identity_card_sign"),)
    return check_identity_card(upgrade_legacy(text), on=on)


def upgrade_legacy(first_generation: str) -> str:
    """Give the 18-character form of a 15-digit number. Raises ``ValueError`` if it is none."""
    if len(first_generation) != _LEGACY_LENGTH:
        raise ValueError("not 15 digits")
    return complete_identity_card(first_generation[:6] + "19" + first_generation[6:])


def complete_identity_card(first_17: str) -> str:
    """Append the check digit. Raises ``ValueError`` for a wrong length or sign."""
    if len(first_17) != _LENGTH - 1 or not are_digits(first_17):
        raise ValueError("not 17 digits")
    return first_17 + _check(first_17)


def birth_day(number: str) -> date:
    """Give the day of birth in an 18-character number. Raises ``ValueError`` if there is none."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def sex(number: str) -> Sex:
    """Give the sex in an 18-character number: the 17th digit is odd for men."""
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE


def _check(first_17: str) -> str:
    return _CHECKS[weighted_sum([int(digit) for digit in first_17], _WEIGHTS) % 11]
