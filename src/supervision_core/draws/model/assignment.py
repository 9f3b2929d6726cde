"""``draw/1`` step 5: who inspects whom, the same for anyone who computes it."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from attrs import define, field, frozen

from supervision_core.draws.model.eligibility import Eligibility
from supervision_core.draws.model.matching import Group, Matching, fill
from supervision_core.draws.model.ranking import OFFICER, at_or_below, rank, sm3_of
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


HEAD = 128
"""About so many candidates of a group are put in order at first: hardly ever are more asked for."""


@define(eq=False)
class _InOrder:
    """The candidates of a group in order of ``SM3(seed 0x01 subject 0x1F officer)``.

    All are hashed to find those at the head. The others are hashed again, and put in order, when
    they are asked for: keeping every hash would take more memory than all else.
    """

    prefix: bytes
    officers: Sequence[int]
    names: Sequence[bytes]
    head: list[int] = field(init=False)
    _tail: Sequence[int] | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        if len(self.officers) <= 2 * HEAD:
            self.head = self._sorted(self.officers)
            self._tail = ()
            return
        cut = (HEAD * 2**256 // len(self.officers)).to_bytes(32, "big")
        named = map(self.names.__getitem__, self.officers)
        found = at_or_below(cut, self.prefix, named)
        self.head = self._sorted([self.officers[at] for at in found])

    def __iter__(self) -> Iterator[int]:
        yield from self.head
        if self._tail is None:
            self._tail = array("L", self._sorted(self.officers)[len(self.head) :])
        yield from self._tail

    def _sorted(self, officers: Sequence[int]) -> list[int]:
        found = sm3_of(self.prefix, map(self.names.__getitem__, officers))
        return [officer for _, officer in sorted(zip(found, officers, strict=True))]


def _groups(
    seed: bytes, visits: list[Visit], demands: list[tuple[int, Demand]], eligibility: Eligibility
) -> list[Group]:
    names = [each.id.encode() for each in eligibility.inspectors]
    groups = []
    for index, demand in demands:
        visit = visits[index]
        found = eligibility.eligible(visit, demand)
        prefix = seed + OFFICER + visit.subject.encode() + b"\x1f"
        ordered = _InOrder(prefix, found.officers, names)
        groups.append(Group(index, demand.count, ordered, found.among))
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
