"""Who may change what follows from whom: nobody gives more than was his to give."""

from collections.abc import Iterator

from supervision_core.identity.model import (
    SUPER,
    Actor,
    SecondPersonNeed,
    SecondPersonRequired,
    SecondPersonUnfit,
    duties_in,
)
from supervision_core.identity.ports import Departments
from supervision_core.identity.services.frame import Work
from supervision_core.kernel.errors import Violation, refuse_if


def is_operator(actor: Actor) -> bool:
    """Tell whether the operator at the machine acts: he alone has several duties together."""
    return len(duties_in(actor.permissions)) > 1


def require_second(work: Work, need: SecondPersonNeed) -> None:
    """Demand the second person that a change needs; the operator needs none.

    Raises ``SecondPersonRequired`` where nobody has consented, ``SecondPersonUnfit`` where
    whoever did is not the person that is needed.
    """
    if not need or is_operator(work.actor):
        return
    if work.second is None:
        raise SecondPersonRequired.of(need)
    refuse_if(SecondPersonUnfit, against_second(work, work.second, need))


def against_second(work: Work, second: Actor, need: SecondPersonNeed) -> Iterator[Violation]:
    """Give what is against ``second`` consenting to what ``work.actor`` asked for."""
    if second.user in {work.actor.user, need.user}:
        yield Violation("identity.second_person_self", "request_id")
    if is_operator(second):
        return
    if need.duties and not need.duties & duties_in(second.permissions):
        yield Violation("identity.second_person_duty", "request_id")
    if not all(stands_above(work, second, one) for one in need.departments | need.shared):
        yield Violation("identity.second_person_below", "request_id")


def stands_above(work: Work, actor: Actor, department: str) -> bool:
    """Tell whether the actor's reach holds a department."""
    region = work[Departments].get(department).data.region
    reached = actor.scope.covers(region=region, departments=frozenset({department}))
    return actor.may(SUPER) or reached
