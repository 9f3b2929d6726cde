"""The files of a handbook."""

from supervision_core.files.model import FileSlot, MediaType
from supervision_core.files.ports import Visible
from supervision_core.handbooks.model import HandbookState
from supervision_core.handbooks.ports import Handbooks
from supervision_core.identity.services import Work
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.registers import Reading

ATTACHED = FileSlot(kind=Handbooks.kind, name="attached", accepts=frozenset(MediaType), most=20)
"""上传文件: the handbook as it was printed, forms, further guides. Source: proposal 2449."""


class HandbookFiles(Visible):
    """Answers for the files of handbooks: whoever may look at the handbook sees them."""

    kind = Handbooks.kind

    def require(self, work: Work, thing: str, slot: str) -> None:
        """Demand that who acts may look at it. Raises ``NotFound``."""
        del slot
        handbook = work[Handbooks].get(thing)
        if handbook.state is HandbookState.DELETED:
            raise NotFound(self.kind, thing)
        work.reach_to_read(
            self.kind, thing, reading=Reading.OWNER_AND_BELOW, region=handbook.region,
            departments=handbook.departments,
        )  # fmt: skip
