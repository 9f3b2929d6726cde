"""Texts that stand in one line, as names do, and look as what they are."""

import re
from collections.abc import Iterator, Mapping

from supervision_core.kernel.errors import Violation

_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Control characters, line ends, and what turns the direction of writing (Unicode TR 9, 2.)."""


def is_one_line(text: str) -> bool:
    """Tell whether ``text`` has no line end, no control character and no bidirectional control.

    A line end forges further lines where a name is printed; a bidirectional control shows signs in
    another order than that in which they are compared.
    """
    return _UNFIT.search(text) is None


def not_one_line(texts: Mapping[str, str]) -> Iterator[Violation]:
    """Give ``kernel.not_one_line`` for each of ``texts``, by its field, that is more than one."""
    for at, text in texts.items():
        if not is_one_line(text):
            yield Violation("kernel.not_one_line", at)
