"""Decimals as integers of a scale, read and written exactly.

A scale is a number of decimal places: 325 of scale 2 is 3.25. Nothing is ever rounded.
"""

import re

MOST_SCALE = 9
"""A fact has at most this many decimal places."""

_DECIMAL = re.compile(r"([+-]?)(\d{1,19})(?:\.(\d{1,12}))?")


def decimal_parts(text: str) -> tuple[int, int] | None:
    """Read ``12.50`` as 125 of scale 1, without noughts at the end; nothing for another text."""
    found = _DECIMAL.fullmatch(text)
    if found is None:
        return None
    decimals = (found[3] or "").rstrip("0")
    number = int(found[2] + decimals)
    return (-number if found[1] == "-" else number), len(decimals)


def decimal_number(text: str, scale: int) -> int | None:
    """Read a text as an integer of ``scale``; nothing if it is no decimal or has more places."""
    parts = decimal_parts(text)
    if parts is None or parts[1] > scale:
        return None
    return parts[0] * int(10 ** (scale - parts[1]))


def decimal_text(number: int, scale: int) -> str:
    """Write an integer of ``scale`` as the shortest decimal: 1250 of scale 2 as ``12.5``."""
    sign, digits = "-" if number < 0 else "", str(abs(number)).rjust(scale + 1, "0")
    whole, decimals = digits[: len(digits) - scale], digits[len(digits) - scale :].rstrip("0")
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"
