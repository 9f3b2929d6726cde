"""The files of qualifications: a scanned certificate, say."""

from supervision_core.files.ports import Visible
from supervision_core.identity.model import SceneRole
from supervision_core.identity.services import Work
from supervision_core.identity.services.registers import require_entry
from supervision_core.kernel.registers import Entries
from supervision_core.officers.registers import (
    ASSOCIATION_QUALIFICATIONS,
    INSTITUTION_QUALIFICATIONS,
)


class InstitutionQualificationFiles(Visible):
    """Answers for the files of qualifications: who reads one sees them, an institution its own."""

    kind = INSTITUTION_QUALIFICATIONS.noun

    def require(self, work: Work, thing: str, slot: str) -> None:
        """Demand that who acts may read the qualification. Raises ``NotFound``."""
        del slot
        scope = work.actor.scope
        if scope.role is SceneRole.THIRD_PARTY:
            found = work[Entries].of(INSTITUTION_QUALIFICATIONS).get(thing)
            if found.deleted or found.content.institution != scope.party:
                raise work.foreign(self.kind, thing)
        else:
            require_entry(work, INSTITUTION_QUALIFICATIONS, thing)


class AssociationQualificationFiles(Visible):
    """Answers for the files of qualifications of associations: who reads one sees them."""

    kind = ASSOCIATION_QUALIFICATIONS.noun

    def require(self, work: Work, thing: str, slot: str) -> None:
        """Demand that who acts may read the qualification. Raises ``NotFound``."""
        del slot
        require_entry(work, ASSOCIATION_QUALIFICATIONS, thing)
