"""Half-open bands over a number, checked to cover every number exactly once."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Generic, TypeVar

from attrs import field, frozen

from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said

Value = TypeVar("Value")

MOST_BOUND = 2**62
"""Bounds stay well inside 64 bits."""


@frozen
class Band(Generic[Value]):
    """区间: ``lower <= number < upper`` gives ``value``; ``None`` leaves that end open."""

    lower: int | None = field(metadata=said("下限，含本数，为空则不限"))
    upper: int | None = field(metadata=said("上限，不含本数，为空则不限"))
    value: Value = field(metadata=said("落在区间内的得分或等级", places=2))

    def covers(self, number: int) -> bool:
        """Tell whether ``number`` lies in the band."""
        return (self.lower is None or self.lower <= number) and (
            self.upper is None or number < self.upper
        )


def band_for(bands: Sequence[Band[Value]], number: int) -> Value:
    """Give the value of the one band that covers ``number`` (bands without violations)."""
    return next(band.value for band in bands if band.covers(number))


def cuts_of(bands: Sequence[Band[Value]]) -> tuple[tuple[int, ...], tuple[Value, ...]]:
    """Give the inner bounds in order, and the values between them."""
    ordered = sorted(bands, key=_lower)
    cuts = tuple(band.lower for band in ordered if band.lower is not None)
    return cuts, tuple(band.value for band in ordered)


def _lower(band: Band[Value]) -> tuple[bool, int]:
    return (band.lower is not None, band.lower or 0)


Write = Callable[[int], int | str]


def band_violations(
    bands: Sequence[Band[Value]], at: str, places: int = 0, write: Write | None = None
) -> Iterator[Violation]:
    """Give every gap, overlap and empty band.

    ``data`` holds the bounds as they are written: by ``write``, or else bounds of ``places``
    decimals as text with them.
    """
    write = write or partial(_written, places=places)
    if not bands:
        yield Violation("assessment.bands_missing", at)
        return
    for index, band in enumerate(bands):
        if band.lower is not None and band.upper is not None and band.lower >= band.upper:
            data = {"lower": write(band.lower), "upper": write(band.upper)}
            yield Violation("assessment.band_empty", f"{at}[{index}]", data)
        if any(abs(end) > MOST_BOUND for end in (band.lower, band.upper) if end is not None):
            yield Violation("assessment.bound_too_large", f"{at}[{index}]")
    ordered = sorted(bands, key=_lower)
    if (first := ordered[0].lower) is not None:
        yield Violation("assessment.bands_start_late", at, {"lower": write(first)})
    for before, after in pairwise(ordered):
        yield from _seam(before.upper, after.lower, at, write)
    if (last := ordered[-1].upper) is not None:
        yield Violation("assessment.bands_end_early", at, {"upper": write(last)})


def _seam(upper: int | None, lower: int | None, at: str, write: Write) -> Iterator[Violation]:
    data = {
        "upper": None if upper is None else write(upper),
        "lower": None if lower is None else write(lower),
    }
    if upper is None or lower is None or upper > lower:
        yield Violation("assessment.bands_overlap", at, data)
    elif upper < lower:
        yield Violation("assessment.bands_gap", at, data)


def _written(number: int, places: int) -> int | str:
    if places == 0:
        return number
    digits = str(abs(number)).rjust(places + 1, "0")
    return f"{'-' if number < 0 else ''}{digits[:-places]}.{digits[-places:]}"
