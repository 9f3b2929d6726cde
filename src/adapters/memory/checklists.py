"""Checklists in memory."""

import json

from adapters.memory.repository import MemoryRepository
from supervision_core.checklists.model import Checklist, ChecklistState
from supervision_core.checklists.ports import (
    Checklists,
)


class MemoryChecklists(MemoryRepository[Checklist], Checklists):
    """The checklists of all regions."""

    cls = Checklist

    def uniques(self, root: Checklist) -> frozenset[str]:
        """Say that a code stands once in a region."""
        return frozenset({json.dumps([root.region, root.code])})

    def find_by_code(self, region: str, code: str) -> Checklist | None:
        """Give the checklist of that code in exactly that region, deleted ones too."""
        return next(iter(self._with_unique([json.dumps([region, code])])), None)

    def default_of(self, region: str, trade: str) -> Checklist | None:
        """Give the default checklist of a trade in exactly that region."""
        for one in self.every():
            place = (one.region, one.draft.trade)
            if one.default and place == (region, trade) and one.state != ChecklistState.DELETED:
                return one
        return None
