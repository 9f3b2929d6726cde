"""Plans in memory."""

from adapters.memory.repository import MemoryRepository
from supervision_core.plans.model import Plan
from supervision_core.plans.ports import Plans


class MemoryPlans(MemoryRepository[Plan], Plans):
    """Holds plans."""

    cls = Plan

    def uniques(self, root: Plan) -> frozenset[str]:
        """Give its number."""
        return frozenset({root.number})

    def last_number(self, beginning: str) -> str:
        """Give the last number that begins so, empty where none does."""
        numbers = (one.number for one in self.every())
        return max((one for one in numbers if one.startswith(beginning)), default="")
