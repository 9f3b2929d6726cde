"""Industries (GB/T 4754-2017): sections, divisions, groups and classes."""

import re
from collections.abc import Iterable

from attrs import frozen

from supervision_core.kernel.codes.hierarchy import Coded, Hierarchy
from supervision_core.kernel.codes.signs import normalise
from supervision_core.kernel.errors import Violation

_DIVISION = 2
_LETTERED = re.compile("([A-T])([0-9]{2,4})")


@frozen
class Industry(Coded):
    """行业 (industry): one entry of GB/T 4754-2017.

    ``level`` 1 is a section (门类, a letter), 2 a division (大类), 3 a group (中类), 4 a class
    (小类), each with as many digits; ``parent`` is empty for a section.
    """

    level: int


class IndustryTree(Hierarchy[Industry]):
    """Industries, resolved by code or name."""

    def __init__(self, industries: Iterable[Industry]) -> None:
        """Hold the industries; where a name stands on several levels, the most special has it."""
        super().__init__(industries)
        ordered = sorted(self, key=lambda industry: industry.level)
        self._by_name = {normalise(industry.name): industry for industry in ordered}

    def resolve(self, text: str) -> Industry | None:
        """Give the industry of a code ("1441", "C1441", "C") or an exact name, else ``None``.

        A letter before the digits must be that of their section. A name that stands on several
        levels (制糖业 is both group 134 and class 1340) means the most special one.
        """
        written = normalise(text)
        if written in self:
            return self[written]
        if lettered := _LETTERED.fullmatch(written):
            section, code = lettered.groups()
            return self[code] if self.contains(section, code) else None
        return self._by_name.get(written)

    def beginnings(self, code: str) -> tuple[str, ...]:
        """Give with what the codes of an industry and all below it begin.

        A section is a letter, which the codes of its divisions do not hold.
        """
        below = [one.code for one in self if one.parent == code and one.level == _DIVISION]
        return (code, *below)

    def check(self, text: str) -> tuple[Violation, ...]:
        """Say whether ``text`` names no industry: ``kernel.industry_unknown``."""
        return () if self.resolve(text) else (Violation("kernel.industry_unknown"),)
