"""Who is to be inspected: the picks, what was corrected by hand, and who stands in for whom."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Final

from attrs import frozen

from supervision_core.draws.model.pool import Pick

MOST_UNMARKED: Final = 2
"""Corrections by hand that a draw bears unmarked, if they are no more than its tenth."""


class Action(Enum):
    """调整方式 (Action): what a manual correction does."""

    ADD = "add"
    REMOVE = "remove"


@frozen
class Adjustment:
    """手动调整 (Adjustment): a subject added or removed by hand (proposal 6.4.2.5.2.2.2.2).

    ``replacement`` is the next rank of its stratum, which stands in for a pick that was removed
    from a ``draw/2``. ``approver`` is who decided it, empty where nobody else did.
    """

    action: Action
    id: str
    by: str
    at: datetime
    reason: str
    approver: str = ""
    replacement: str | None = None


class Selection:
    """The subjects to inspect, as picks and corrections make them one after the other."""

    def __init__(self, picks: Iterable[Pick], adjustments: Iterable[Adjustment] = ()) -> None:
        """Begin with the picks, and take the adjustments."""
        self._by_chance = {each.id: each.stratum for each in picks}
        self._ever: dict[str, str | None] = dict(self._by_chance)
        self._chosen = dict.fromkeys(self._by_chance)
        self._removed: set[str] = set()
        for each in adjustments:
            self.take(each)

    def __contains__(self, subject: str) -> bool:
        """Tell whether the subject is to be inspected."""
        return subject in self._chosen

    @property
    def ids(self) -> tuple[str, ...]:
        """The subjects, in order of pick, then of addition."""
        return tuple(self._chosen)

    @property
    def by_chance(self) -> Mapping[str, str]:
        """The strata of those whom their rank brought in: as picks, or in place of one."""
        return self._by_chance

    @property
    def ever(self) -> Mapping[str, str | None]:
        """Everyone who was here at any time, with the stratum of those whom a rank brought in."""
        return self._ever

    def take(self, each: Adjustment) -> None:
        """Add or remove a subject; who replaces it comes last, in its stratum."""
        if each.action is Action.ADD:
            self._chosen[each.id] = None
            self._ever.setdefault(each.id, None)
            return
        del self._chosen[each.id]
        self._removed.add(each.id)
        stratum = self._by_chance.pop(each.id, None)
        if each.replacement is not None and stratum is not None:
            self._chosen[each.replacement] = None
            self._by_chance[each.replacement] = self._ever[each.replacement] = stratum

    def next_of(self, subject: str, ranked: Mapping[str, Sequence[str]]) -> str | None:
        """Give who stands in for the subject: the next of its stratum, neither here nor removed.

        Nobody for one that was added by hand, or where none is left. ``ranked`` are the candidates
        of each stratum by rank, at least one more than are here or were removed.
        """
        stratum = self._by_chance.get(subject)
        if stratum is None:
            return None
        others = (one for one in ranked.get(stratum, ()) if one not in self)
        return next((one for one in others if one not in self._removed), None)


def much_adjusted(adjustments: Collection[Adjustment], selected: int) -> bool:
    """Tell whether corrections by hand are more than a tenth of the selection, or than two."""
    return len(adjustments) > MOST_UNMARKED or len(adjustments) * 10 > selected
