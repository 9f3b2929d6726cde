"""Half-open bands over a number, checked to cover every number exactly once."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Generic, TypeVar

from attrs import frozen

from supervision_core.kernel.errors import Violation

Value = TypeVar("Value")

MOST_BOUND = 2**62
"""Bounds stay well inside 64 bits."""


@frozen
class Band(Generic[Value]):
    """区间: ``lower <= number < upper`` gives ``value``; ``None`` leaves that end open."""

    lower: int | None
    upper: int | None
    value: Value

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


def band_violations(bands: Sequence[Band[Value]], at: str, places: int = 0) -> Iterator[Violation]:
    """Give every gap, overlap and empty band.

    ``data`` holds the bounds as they are written: bounds of ``places`` decimals as text with them.
    """
    if not bands:
        yield Violation("assessment.bands_missing", at)
        return
    for index, band in enumerate(bands):
        if band.lower is not None and band.upper is not None and band.lower >= band.upper:
            data = {"lower": _written(band.lower, places), "upper": _written(band.upper, places)}
            yield Violation("assessment.band_empty", f"{at}[{index}]", data)
        if any(abs(end) > MOST_BOUND for end in (band.lower, band.upper) if end is not None):
            yield Violation("assessment.bound_too_large", f"{at}[{index}]")
    ordered = sorted(bands, key=_lower)
    if (first := ordered[0].lower) is not None:
        yield Violation("assessment.bands_start_late", at, {"lower": _written(first, places)})
    for before, after in pairwise(ordered):
        yield from _seam(before.upper, after.lower, at, places)
    if (last := ordered[-1].upper) is not None:
        yield Violation("assessment.bands_end_early", at, {"upper": _written(last, places)})


def _seam(upper: int | None, lower: int | None, at: str, places: int) -> Iterator[Violation]:
    data = {
        "upper": None if upper is None else _written(upper, places),
        "lower": None if lower is None else _written(lower, places),
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
