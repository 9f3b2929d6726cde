"""The written form of codes, before any rule looks at them."""

from collections.abc import Sequence
from typing import Final

DIGITS: Final = frozenset("0123456789")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))


def normalise(text: str) -> str:
    """Give a code as registers write it: half-width, upper case, nothing blank or invisible.

    Says nothing about validity. Letters that look like digits (O, I) stay as they are: which
    digit was meant is for a person to say.
    """
    visible = text.translate(_FULL_WIDTH).translate(_INVISIBLE)
    return "".join(visible.split()).upper()


def weighted_sum(values: Sequence[int], weights: Sequence[int]) -> int:
    """Sum the products of ``values`` and ``weights``, which are equally many."""
    return sum(value * weight for value, weight in zip(values, weights, strict=True))


def are_digits(text: str) -> bool:
    """Tell whether ``text`` is made of ASCII digits only."""
    return DIGITS.issuperset(text)
