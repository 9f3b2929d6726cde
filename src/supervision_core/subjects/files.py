"""The files of subjects: proof of what firms would have changed, papers of approval files."""

from supervision_core.files.model import FileSlot, MediaType
from supervision_core.files.ports import Visible
from supervision_core.identity.services import Work
from supervision_core.identity.services.registers import require_entry
from supervision_core.subjects.ports import DataChanges, RegistrationChanges
from supervision_core.subjects.registers import APPROVAL_FILES
from supervision_core.subjects.services import parties_of

PROOF = FileSlot(kind=DataChanges.kind, name="proof", accepts=frozenset(MediaType), most=20)
"""证明材料: a licence, say."""


class DataChangeFiles(Visible):
    """Answers for proof: whoever reaches the change sees it, and the firm its own."""

    kind = DataChanges.kind

    def require(self, work: Work, thing: str, slot: str) -> None:
        """Demand that the change lies in the actor's scope. Raises ``NotFound``."""
        del slot
        found = work[DataChanges].get(thing)
        work.reach(
            self.kind, thing, region=found.region, departments=found.departments,
            parties=parties_of(work, found.subject),
        )  # fmt: skip


REGISTRATION_PAPERS = FileSlot(
    kind=RegistrationChanges.kind, name="paper", accepts=frozenset(MediaType), most=20
)
"""登记机关的文书: what proves a change of status, or why a subject is deleted."""


class RegistrationChangeFiles(Visible):
    """Answers for the papers of changes of registration: whoever reaches the change sees them."""

    kind = RegistrationChanges.kind

    def require(self, work: Work, thing: str, slot: str) -> None:
        """Demand that the change lies in the actor's scope. Raises ``NotFound``."""
        del slot
        work.reached(RegistrationChanges, thing)


class ApprovalFilePapers(Visible):
    """Answers for the papers of approval files: who reads a file sees them."""

    kind = APPROVAL_FILES.noun

    def require(self, work: Work, thing: str, slot: str) -> None:
        """Demand that who acts may read the approval file. Raises ``NotFound``."""
        del slot
        require_entry(work, APPROVAL_FILES, thing)
