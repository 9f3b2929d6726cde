"""As whom somebody acts: which duties are his, and which deeds are open to him."""

from supervision_core.identity.model import DataScope, SceneRole
from supervision_core.identity.ports import AccountTies, PartyNames
from supervision_core.identity.services.frame import Work
from supervision_core.kernel.verbs import (
    Acts,
    Assignee,
    AssigneeKind,
    Responsible,
    departments,
    officers,
    parties,
    users,
)

_OWN = frozenset({Responsible.DEPARTMENT, Responsible.JOINING, Responsible.RECEIVER})
"""Duties that a department has itself, whoever reaches it."""


def assignees_of(work: Work) -> frozenset[Assignee]:
    """Give as whom the actor has something to do.

    Staff act for their account, their officer and the department at work; others for their party.
    """
    actor = work.actor
    found = users([actor.user])
    if not actor.scope.outside:
        officer = work[AccountTies].entry_at(actor.user, actor.department)
        return found | departments(actor.department) | officers({officer} - {""})
    if actor.scope.role is SceneRole.ENTERPRISE and actor.scope.party:
        return found | parties(*work[PartyNames].ids_of(actor.scope.party))
    return found | parties(actor.scope.party)


def acting(work: Work) -> Acts:
    """Tell of what is done with things whether it is for the actor to do."""
    mine, scope = assignees_of(work), work.actor.scope

    def acts(by: Responsible, assigned: frozenset[Assignee]) -> bool:
        if not mine.isdisjoint(assigned):
            return True
        return by not in _OWN and any(_within(scope, one) for one in assigned)

    return acts


def _within(scope: DataScope, one: Assignee) -> bool:
    """Tell whether somebody acts for a department because he reaches it."""
    if scope.outside or one.kind is not AssigneeKind.DEPARTMENT:
        return False
    return not scope.departments or one.id in scope.departments
