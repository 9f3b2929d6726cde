"""Loading a checklist that who acts may change, or look at."""

from supervision_core.checklists.model import Checklist, ChecklistState, Editor
from supervision_core.checklists.ports import Checklists
from supervision_core.identity.model import Reading
from supervision_core.identity.services import Work


def editor_of(work: Work) -> Editor:
    """Give who is at work, for the change history."""
    return Editor(person=work.actor.user, department=work.actor.department, at=work.now)


def checklist_to_change(work: Work, id: str) -> Checklist:
    """Give a checklist that lies in the actor's scope. Raises ``NotFound``."""
    return work.reached(Checklists, id)


def checklist_to_read(work: Work, id: str) -> Checklist:
    """Give a checklist of the actor's region or one above it, or any pilot's.

    Raises ``NotFound``, as for one that was deleted.
    """
    checklist = work[Checklists].get(id)
    if checklist.state is ChecklistState.DELETED:
        raise work.foreign(Checklists.kind, id)
    work.reach_to_read(
        Checklists.kind,
        id,
        reading=Reading.EVERYONE if checklist.offered else Reading.OWNER_AND_BELOW,
        region=checklist.region,
        departments=checklist.departments,
    )
    return checklist
