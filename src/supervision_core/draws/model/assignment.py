"""``draw/1`` step 5: who inspects whom, the same for anyone who computes it."""

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import ClassVar

from attrs import define, field, frozen

from supervision_core.draws.model.eligibility import Eligibility, Eligible
from supervision_core.draws.model.matching import Group, Matching, fill
from supervision_core.draws.model.ranking import OFFICER, Sieve, Sift, rank, sift, sm3_of
from supervision_core.draws.model.shortage import Blocked, Shortage, shortage_of
from supervision_core.draws.model.staffing import (
    LEAST_OFFICERS,
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


def assign(
    seed: bytes, staffing: Staffing, by: Sift = sift, *, least: int = LEAST_OFFICERS
) -> Assignment:
    """Assign inspectors to every visit: complete, and with the least sum of squared workloads.

    Depends on ``seed`` and ``staffing`` alone, not on the order of visits, inspectors or groups.
    Raises ``StaffingUnusable`` for contradictory inputs and ``DemandsUnmet`` where no cap
    suffices. ``by`` does the bulk of the hashing; ``least`` is how many officers a visit gets at
    least, fewer than two where others come beside them.
    """
    refuse_if(StaffingUnusable, staffing_violations(staffing, least))
    eligibility = Eligibility(staffing)
    inspectors = eligibility.inspectors
    visits = sorted(staffing.visits, key=lambda each: (rank(seed, each.subject), each.subject))
    demands = [
        (index, demand)
        for index, visit in enumerate(visits)
        for demand in sorted(visit.demands, key=demand_order)
    ]
    groups = _groups(seed, visits, demands, eligibility, by)
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


FIRST = 128
"""About so many candidates of a group are put in order at first: hardly ever are more asked for."""


def _groups(
    seed: bytes,
    visits: list[Visit],
    demands: list[tuple[int, Demand]],
    eligibility: Eligibility,
    by: Sift,
) -> list[Group]:
    names = [each.id.encode() for each in eligibility.inspectors]
    prefixes = [seed + OFFICER + each.subject.encode() + b"\x1f" for each in visits]
    alike: dict[Eligible, list[int]] = {}
    for at, (index, demand) in enumerate(demands):
        alike.setdefault(eligibility.certified(visits[index], demand), []).append(at)
    many = {each: at for each, at in alike.items() if len(each.officers) > 2 * FIRST}
    sieves = [
        Sieve(
            (FIRST * 2**64 // len(each.officers)).to_bytes(8, "big"),
            [prefixes[demands[at][0]] for at in members],
            [names[officer] for officer in each.officers],
        )
        for each, members in many.items()
    ]
    heads = dict(zip(chain.from_iterable(many.values()), by(sieves), strict=True))
    groups = []
    for at, (index, demand) in enumerate(demands):
        certified = eligibility.certified(visits[index], demand)
        recused = eligibility.recused(visits[index].subject)
        head, officers = heads.get(at), certified.officers
        among = officers if head is None else [officers[place] for place in head]
        first = _in_order(prefixes[index], among, recused, names)
        rest = _Rest(prefixes[index], officers, recused, names, len(first))
        groups.append(Group(index, demand.count, first, rest, certified.without(recused)))
    return groups


@define(eq=False)
class _Rest:
    """The candidates of a group after the ``first``, put in order when they are asked for.

    All are hashed again then: keeping every hash would take more memory than all else.
    """

    prefix: bytes
    officers: Sequence[int]
    recused: Collection[int]
    names: Sequence[bytes]
    first: int
    _found: Sequence[int] | None = field(default=None, init=False)

    def __iter__(self) -> Iterator[int]:
        if self._found is None:
            ordered = _in_order(self.prefix, self.officers, self.recused, self.names)
            self._found = array("L", ordered[self.first :])
        return iter(self._found)


def _in_order(
    prefix: bytes, officers: Sequence[int], recused: Collection[int], names: Sequence[bytes]
) -> list[int]:
    """Put those not recused in order of ``SM3(prefix officer)``, then of their ids."""
    left = [each for each in officers if each not in recused] if recused else officers
    found = sm3_of(prefix, map(names.__getitem__, left))
    return [officer for _, officer in sorted(zip(found, left, strict=True))]


def _officers(matching: Matching, visits: int) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(visits)]
    for group, officer in zip(matching.group_of, matching.holder, strict=True):
        found[matching.groups[group].visit].append(officer)
    return found


def _unmet(shortage: Shortage) -> DemandsUnmet:
    data: dict[str, Scalar] = {
        "visits": len(shortage.visits),
        "departments": "、".join(shortage.departments),
        "needed": shortage.needed,
        "available": shortage.available,
    }
    return DemandsUnmet((Violation("draws.officers_short", "visits", data),), shortage)
