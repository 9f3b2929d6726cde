"""Clues in memory."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from adapters.memory.repository import MemoryRepository
from supervision_core.clues.model import Clue, Disposal
from supervision_core.clues.ports import Clues, CluesToInspect
from supervision_core.kernel.days import local_day


class MemoryClues(MemoryRepository[Clue], Clues):
    """Holds clues."""

    cls = Clue

    def to_inspect(self, year: int) -> Mapping[str, CluesToInspect]:
        """Count those of a year judged as to be inspected, by who registered them."""
        found = [
            one
            for one in self.every()
            if one.disposal is Disposal.INSPECTED and local_day(one.registered_at).year == year
        ]
        count = Counter(one.sheet.registered_by for one in found)
        own = Counter(one.sheet.registered_by for one in found if one.by_staff)
        return {name: CluesToInspect(count=count[name], by_staff=own[name]) for name in count}

    def inspections_overdue(self, year: int, *, today: date) -> Mapping[str, int]:
        """Count those of a year whose inspection is overdue, by who deals with them."""
        return Counter(
            one.handler
            for one in self.every()
            if one.inspection_overdue(today) and local_day(one.registered_at).year == year
        )
