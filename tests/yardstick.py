"""Processor time by a yardstick of the same process: a slow or busy machine fails nothing."""

from functools import cache
from time import process_time
from typing import Final

TIMES: Final = 3
COUNTED: Final = 5_000_000
"""A processor of 2024 counts so far in a sixth of a second."""


@cache
def count() -> float:
    """Give the processor seconds in which this process counts to five million, at the best."""
    took = list[float]()
    for _ in range(TIMES):
        began = process_time()
        for number in range(COUNTED):
            _ = number + 1
        took.append(process_time() - began)
    return min(took)
