"""The draws of a lead department in a scene and year, numbered without a gap."""

from collections.abc import Iterator
from enum import StrEnum

from attrs import define, evolve, field, frozen, setters

from supervision_core.draws.model.sources import DrawNumber
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.events import Aggregate


class Fate(StrEnum):
    """抽取去向 (Fate): what became of a draw that has a number."""

    OPEN = "open"
    CLEARED = "cleared"
    DISPATCHED = "dispatched"


@frozen(kw_only=True)
class Numbered:
    """编号抽取 (Numbered): the draw of a number, and what became of it; why, if it was cleared."""

    draw: str
    fate: Fate = Fate.OPEN
    reason: str = ""


@frozen(kw_only=True)
class Sibling:
    """同序抽取 (Sibling): a draw before another one in its series, as that one's proof lists it."""

    year: int
    number: int
    draw_id: str
    state: Fate
    reason: str = ""


def series_id(lead: str, scene: str, year: int) -> str:
    """Give the id of the one series of a lead department, scene and year."""
    return sm3(f"{lead}\x1f{scene}\x1f{year}".encode()).hex()[:32]


@define(eq=False, kw_only=True)
class DrawSeries(Aggregate):
    """抽取序列 (DrawSeries): the draws of a lead, scene and year; its n-th has number n.

    Nothing ever leaves it. Its id is ``series_id``, so that there is one. Scene ``""`` is that of
    draws of pools of one's own, of which none is ever dispatched here.
    """

    lead: str = field(on_setattr=setters.frozen)
    scene: str = field(on_setattr=setters.frozen)
    year: int = field(on_setattr=setters.frozen)
    _numbered: tuple[Numbered, ...] = ()

    @classmethod
    def begin(cls, *, lead: str, scene: str, year: int) -> "DrawSeries":
        """Give an empty series."""
        return cls(id=series_id(lead, scene, year), lead=lead, scene=scene, year=year)

    @property
    def numbered(self) -> tuple[Numbered, ...]:
        """Every draw, in order of number."""
        return self._numbered

    def enter(self, draw: str) -> DrawNumber:
        """Give the next number to a draw as it is frozen. Raises ``ValueError`` if it has one."""
        if any(each.draw == draw for each in self._numbered):
            raise ValueError(draw)
        self._numbered = (*self._numbered, Numbered(draw=draw))
        return DrawNumber(
            lead=self.lead, scene=self.scene, year=self.year, number=len(self._numbered)
        )

    def clear(self, number: int, *, reason: str) -> None:
        """Keep that the draw of a number was cleared, and why."""
        self._become(number, Fate.CLEARED, reason)

    def dispatch(self, number: int) -> None:
        """Keep that the task of the draw of a number was dispatched."""
        self._become(number, Fate.DISPATCHED, "")

    def _become(self, number: int, fate: Fate, reason: str) -> None:
        at = number - 1
        changed = evolve(self._numbered[at], fate=fate, reason=reason)
        self._numbered = (*self._numbered[:at], changed, *self._numbered[number:])

    def fate(self, number: int) -> Fate:
        """Tell what became of the draw of a number."""
        return self._numbered[number - 1].fate

    def before(self, number: int) -> tuple[Sibling, ...]:
        """Give the draws before a number since the last that was dispatched, in order of number."""
        found = list(self._back_from(number))
        return tuple(reversed(found))

    @property
    def left(self) -> tuple[Sibling, ...]:
        """The draws since the last that was dispatched: what the next year begins with."""
        return self.before(len(self._numbered) + 1)

    def any_dispatched(self, before: int) -> bool:
        """Tell whether a draw before this number was dispatched."""
        return any(each.fate is Fate.DISPATCHED for each in self._numbered[: before - 1])

    def _back_from(self, number: int) -> Iterator[Sibling]:
        for at in range(number - 1, 0, -1):
            each = self._numbered[at - 1]
            if each.fate is Fate.DISPATCHED:
                return
            yield Sibling(
                year=self.year, number=at, draw_id=each.draw, state=each.fate, reason=each.reason
            )
