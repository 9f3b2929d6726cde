"""``draw/1`` step 5: who inspects whom, the same for anyone who computes it."""

from collections.abc import Mapping
from typing import ClassVar

from attrs import define, field, frozen

from supervision_core.draws.model.eligibility import Eligibility
from supervision_core.draws.model.matching import Group, Matching, fill
from supervision_core.draws.model.ranking import OFFICER, rank, ranks
from supervision_core.draws.model.shortage import Blocked, Shortage, shortage_of
from supervision_core.draws.model.staffing import (
    Demand,
    Staffing,
    StaffingUnusable,
    Visit,
    staffing_violations,
)
from supervision_core.kernel.errors import Refused, Scalar, Violation, refuse_if


@define(eq=False)
class DemandsUnmet(Refused):
    """No assignment gives every visit its officers; ``shortage`` says what blocks and helps."""

    code: ClassVar[str] = "draws.demands_unmet"
    shortage: Shortage


@frozen
class Assigned:
    """派员 (Assigned): the officers of one visit, sorted by the bytes of their ids."""

    id: str
    officers: tuple[str, ...]


@frozen
class Assignment:
    """派员结果 (Assignment): the officers of every visit, and the cap that was needed.

    ``visits`` stand in order of (rank, id); ``cap`` is the smallest workload cap under which
    every demand can be met (counting what officers had before); ``loads`` the workload of every
    inspector afterwards.
    """

    visits: tuple[Assigned, ...]
    cap: int
    loads: Mapping[str, int] = field(hash=False)


def assign(seed: bytes, staffing: Staffing) -> Assignment:
    """Assign inspectors to every visit: complete, and with the least sum of squared workloads.

    Depends on ``seed`` and ``staffing`` alone, not on the order of visits, inspectors or groups.
    Raises ``StaffingUnusable`` for contradictory inputs and ``DemandsUnmet`` where no cap
    suffices.
    """
    refuse_if(StaffingUnusable, staffing_violations(staffing))
    eligibility = Eligibility(staffing)
    inspectors = eligibility.inspectors
    visits = sorted(staffing.visits, key=lambda each: (rank(seed, each.subject), each.subject))
    demands = [
        (index, demand)
        for index, visit in enumerate(visits)
        for demand in sorted(visit.demands, key=demand_order)
    ]
    groups = _groups(seed, visits, demands, eligibility)
    prior = [each.workload for each in inspectors]
    matching, violator = fill(groups, prior, staffing.cap)
    if violator:
        touched = sorted({matching.group_of[place] for place in violator.places})
        blocked = [Blocked(visits[demands[at][0]], demands[at][1]) for at in touched]
        officers = [inspectors[at] for at in violator.officers]
        raise _unmet(shortage_of(staffing, blocked, officers, violator.needed))
    matching.balance()
    return Assignment(
        tuple(
            Assigned(visit.subject, tuple(sorted(inspectors[each].id for each in found)))
            for visit, found in zip(visits, _officers(matching, len(visits)), strict=True)
        ),
        matching.cap,
        {each.id: matching.load[index] for index, each in enumerate(inspectors)},
    )


def demand_order(demand: Demand) -> tuple[tuple[str, ...], str, int]:
    """Order the groups of one visit: by department ids; ties by matter, then count."""
    return demand.departments, demand.matter, demand.count


def _groups(
    seed: bytes, visits: list[Visit], demands: list[tuple[int, Demand]], eligibility: Eligibility
) -> list[Group]:
    """Order the candidates of each group by ``SM3(seed 0x01 subject 0x1F officer)``."""
    ids = [each.id for each in eligibility.inspectors]
    groups = []
    of_visit = -1
    known: dict[int, bytes] = {}
    for index, demand in demands:
        if index != of_visit:
            of_visit, known = index, {}
        visit = visits[index]
        candidates = eligibility.eligible(visit, demand)
        missing = [each for each in candidates if each not in known]
        prefix = seed + OFFICER + visit.subject.encode() + b"\x1f"
        known.update(zip(missing, ranks(prefix, (ids[each] for each in missing)), strict=True))
        # The sort keeps the order of ids among equal ranks.
        groups.append(Group(index, demand.count, sorted(candidates, key=known.__getitem__)))
    return groups


def _officers(matching: Matching, visits: int) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(visits)]
    for place, officer in enumerate(matching.holder):
        found[matching.visit_of[place]].append(officer)
    return found


def _unmet(shortage: Shortage) -> DemandsUnmet:
    data: dict[str, Scalar] = {
        "visits": len(shortage.visits),
        "departments": "、".join(shortage.departments),
        "needed": shortage.needed,
        "available": shortage.available,
    }
    return DemandsUnmet((Violation("draws.officers_short", "visits", data),), shortage)
