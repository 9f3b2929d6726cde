"""What the title of a state means to whoever reads it: said with the title, shown by surfaces."""

from enum import StrEnum
from functools import partial
from typing import Final, Self


class Tone(StrEnum):
    """What a state means; what has none is under way."""

    GOOD = "good"
    """Finished, or in force."""
    WAITING = "waiting"
    """Somebody is to act."""
    BAD = "bad"
    """Refused, invalid or overdue."""
    OVER = "over"
    """Nothing is done any more."""


class Toned(str):
    """A Chinese title that says its tone. It never says by its tone alone what it means."""

    __slots__ = ("tone",)
    tone: Tone

    def __new__(cls, tone: Tone, title: str) -> Self:
        """Give ``title`` with a tone."""
        made = super().__new__(cls, title)
        made.tone = tone
        return made


good: Final = partial(Toned, Tone.GOOD)
waiting: Final = partial(Toned, Tone.WAITING)
bad: Final = partial(Toned, Tone.BAD)
over: Final = partial(Toned, Tone.OVER)
