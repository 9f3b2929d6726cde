"""Assigning inspectors takes long: it is done while nobody waits, and taken if it still fits."""

from attrs import frozen

from supervision_core.draws.model.assignment import Assignment
from supervision_core.draws.model.draw import Assigns, Draw
from supervision_core.draws.model.in_turn import Course, assign_in_turn
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.staffing import Staffing
from supervision_core.draws.ports import Sifter
from supervision_core.identity.services import Work
from supervision_core.kernel.errors import Refused


@frozen(eq=False)
class AssignedBeforehand:
    """What was assigned from which seed, staffing and course, or why nothing could be.

    ``drawn`` is what the draw picked, ranked, where that was known too.
    """

    seed: bytes
    staffing: Staffing
    course: Course
    found: Assignment | Refused
    drawn: Pool | None = None


def assigned_beforehand(
    work: Work, draw: Draw, staffing: Staffing, drawn: Pool | None = None
) -> AssignedBeforehand | None:
    """Assign the inspectors of a draw; nothing before it has a seed."""
    if draw.seed is None:
        return None
    found: Assignment | Refused
    try:
        found = assign_in_turn(draw.seed, staffing, draw.course, work[Sifter])
    except Refused as refusal:
        found = refusal
    return AssignedBeforehand(draw.seed, staffing, draw.course, found, drawn)


def assigner(work: Work) -> Assigns:
    """Give what assigns inspectors: as was found beforehand for the same, else anew."""
    ready = work.ready

    def by(seed: bytes, staffing: Staffing, course: Course) -> Assignment:
        asked = seed, staffing, course
        if not isinstance(ready, AssignedBeforehand) or (
            (ready.seed, ready.staffing, ready.course) != asked
        ):
            return assign_in_turn(seed, staffing, course, work[Sifter])
        if isinstance(ready.found, Refused):
            raise ready.found
        return ready.found

    return by


def officers_by_subject(draw: Draw) -> dict[str, list[str]]:
    """Give who goes to whom, by the code of the subject; nobody before inspectors are drawn."""
    visits = draw.assignment.visits if draw.assignment else ()
    return {each.id: list(each.officers) for each in visits}
