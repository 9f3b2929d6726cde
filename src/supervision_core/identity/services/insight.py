"""What is closed for now: read in the departments whose it is, and by oversight with a row each."""

from typing import Final

from supervision_core.identity.model import NOWHERE
from supervision_core.identity.services.frame import Work

OVERSIGHT: Final = "tasks.supervise"
"""The permission of whoever oversees departments: 领导 and 任务管理员."""
_PARTS: Final = frozenset({OVERSIGHT, "tasks.check_in", "tasks.answer_supervision", "draws.freeze"})
"""Who holds none of these has no part in tasks or draws, whatever else he may look at."""


def insider(work: Work) -> str:
    """Give the department within which alone the actor reads what is closed, perhaps none.

    It is empty for whoever oversees, and for who is outside: he reaches what concerns his party.
    """
    actor = work.actor
    if actor.scope.outside or actor.may(OVERSIGHT):
        return ""
    if not any(map(actor.may, _PARTS)):
        return NOWHERE
    return "" if actor.scope.departments == {actor.department} else actor.department


def oversees(work: Work) -> bool:
    """Tell whether the actor reads what is closed to his department, with a row in the log."""
    actor = work.actor
    foreign = actor.scope.departments != {actor.department}
    return foreign and actor.may(OVERSIGHT) and not actor.scope.outside


def require_insight(work: Work, kind: str, id: str, departments: frozenset[str]) -> None:
    """Demand that the actor may read what is closed to all but ``departments``; none close nothing.

    Whoever oversees may, and the log keeps that he did. Raises ``NotFound``, audited as denied.
    """
    actor = work.actor
    if not departments or actor.scope.outside:
        return
    inside = actor.department in departments
    if not actor.may(OVERSIGHT) and not (inside and any(map(actor.may, _PARTS))):
        raise work.foreign(kind, id)
    if not inside:
        work.looked_at(kind, id)
