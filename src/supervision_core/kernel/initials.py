"""Names by the first letters of their sounds, for whoever types no Chinese."""

from itertools import product
from typing import Final

from supervision_core.kernel.codes.data import initial_letters

MOST_READINGS: Final = 8
"""Readings of one name: signs behind those that use them up keep their usual reading."""


def initials(folded: str) -> tuple[str, ...]:
    """Give the initials of a folded name, a text for each reading: 重庆 is "zq" and "cq".

    Signs that the table does not know are left out; letters and digits stand for themselves.
    """
    letters = initial_letters()
    usual: list[str] = []
    several: list[int] = []
    for sign in folded:
        if found := letters.get(sign):
            if len(found) > 1:
                several.append(len(usual))
            usual.append(found)
    if not several:
        return ("".join(usual),) if usual else ()
    readings = 1
    for place in several:
        readings *= len(usual[place])
        if readings > MOST_READINGS:
            readings //= len(usual[place])
            usual[place] = usual[place][0]
    return tuple(map("".join, product(*usual)))
