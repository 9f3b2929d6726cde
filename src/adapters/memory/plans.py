"""Plans in memory."""

from adapters.memory.repository import MemoryRepository
from supervision_core.plans.model import Plan
from supervision_core.plans.ports import Plans


class MemoryPlans(MemoryRepository[Plan], Plans):
    """Holds plans."""

    cls = Plan
