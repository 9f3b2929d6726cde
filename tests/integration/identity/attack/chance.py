"""What is drawn by chance: the same from the same seed, whatever draws it, and all as likely."""

from collections.abc import Callable, Sequence
from random import Random  # noqa: TID251 - seeded: the same history every time
from typing import Any, TypeVar

T = TypeVar("T")
Draw = Callable[[Random], T]
"""Something to be drawn."""


def among(values: Sequence[T]) -> Draw[T]:
    """Draw one of ``values``; what stands there twice comes twice as often."""
    return lambda chance: chance.choice(values)


def often(common: tuple[str, ...], times: int, *others: str) -> Draw[str]:
    """Draw from ``common`` so many times as often as from ``others``."""
    return among((*common * times, *others))


def one_of(*draws: Draw[Any]) -> Draw[Any]:
    """Draw by one of ``draws``."""
    return lambda chance: chance.choice(draws)(chance)


def with_(first: T, draw: Draw[Any]) -> Draw[tuple[T, Any]]:
    """Draw what goes with ``first``."""
    return lambda chance: (first, draw(chance))


EITHER: Draw[bool] = among((False, True))
