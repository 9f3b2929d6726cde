"""The files of a plan."""

from supervision_core.files.model import FileSlot, MediaType
from supervision_core.files.ports import Visible
from supervision_core.identity.services import Work
from supervision_core.plans.ports import Plans

ATTACHED = FileSlot(kind=Plans.kind, name="attached", accepts=frozenset(MediaType), most=50)
"""计划附件."""


class PlanFiles(Visible):
    """Answers for the files of plans: whoever reaches the plan sees them."""

    kind = Plans.kind

    def require(self, work: Work, thing: str, slot: str) -> None:
        """Demand that the plan lies in the actor's scope. Raises ``NotFound``."""
        del slot
        plan = work[Plans].get(thing)
        work.reach(self.kind, thing, region=plan.sheet.region, departments=plan.departments)
