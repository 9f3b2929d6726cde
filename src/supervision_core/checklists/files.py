"""The files of a checklist."""

from supervision_core.checklists.ports import Checklists
from supervision_core.checklists.reaching import checklist_to_read
from supervision_core.files.model import FileSlot, MediaType
from supervision_core.files.ports import Visible
from supervision_core.identity.services import Work

ATTACHED = FileSlot(kind=Checklists.kind, name="attached", accepts=frozenset(MediaType), most=50)
"""检查单附件."""


class ChecklistFiles(Visible):
    """Answers for the files of checklists: whoever may look at the checklist sees them."""

    kind = Checklists.kind

    def require(self, work: Work, thing: str, slot: str) -> None:
        """Demand that the actor may look at the checklist. Raises ``NotFound``."""
        del slot
        checklist_to_read(work, thing)
