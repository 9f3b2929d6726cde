"""Waiting until something is so, on a machine however slow: never for a time."""

from collections.abc import Callable
from time import monotonic, sleep
from typing import Final, TypeVar

PATIENCE: Final = 1800.0
"""Seconds after which nobody expects it any more: no machine needs nearly as many."""
PAUSE: Final = 0.02

T = TypeVar("T")


def eventually(seen: Callable[[], T], unless: Callable[[], object] = lambda: None) -> T:
    """Give what ``seen`` gives once that is true; fail at once with what ``unless`` tells."""
    until = monotonic() + PATIENCE
    while not (found := seen()):
        told = unless()
        assert not told, told
        assert monotonic() < until, "in half an hour it has not come to be so"
        sleep(PAUSE)
    return found
