"""Why no assignment exists, and what would make one possible."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from enum import Enum

from attrs import evolve, frozen

from supervision_core.draws.model.eligibility import Eligibility
from supervision_core.draws.model.matching import Group, fill
from supervision_core.draws.model.staffing import (
    Bar,
    Certificate,
    Demand,
    Inspector,
    Staffing,
    Visit,
    certificate_bar,
)


class Remedy(Enum):
    """解除办法 (Remedy): a change after which the blocked visits can be staffed."""

    RAISE_CAP = "raise_cap"
    RENEW_CERTIFICATES = "renew_certificates"
    WIDEN_CERTIFICATES = "widen_certificates"
    LEND_OFFICERS = "lend_officers"
    REPLACE_RECUSED = "replace_recused"
    POSTPONE_VISITS = "postpone_visits"


@frozen
class Offer:
    """解除建议 (Offer): one remedy that suffices by itself.

    ``cap`` is the cap to raise to; ``officers`` are those concerned; ``visits`` those to postpone
    or to staff otherwise.
    """

    remedy: Remedy
    cap: int | None = None
    officers: tuple[str, ...] = ()
    visits: tuple[str, ...] = ()


@frozen
class Barred:
    """受阻人员 (Barred): the officers of the blocked departments whom one constraint keeps out."""

    bar: Bar
    officers: tuple[str, ...]


@frozen
class Blocked:
    """A group of a blocking set."""

    visit: Visit
    demand: Demand


@frozen
class Shortage:
    """人员缺口 (Shortage): visits that together want more officers than may serve them.

    ``needed`` places of ``visits`` can be filled from ``officers`` alone, who have room for
    ``available``; ``barred`` says what keeps the departments' other officers out, and each of
    ``offers`` would unblock this set.
    """

    visits: tuple[str, ...]
    departments: tuple[str, ...]
    officers: tuple[str, ...]
    needed: int
    available: int
    barred: tuple[Barred, ...]
    offers: tuple[Offer, ...]


def shortage_of(
    staffing: Staffing, blocked: Sequence[Blocked], officers: Sequence[Inspector], needed: int
) -> Shortage:
    """Explain a blocking set: ``needed`` places that only ``officers`` can fill."""
    eligibility = Eligibility(staffing)
    barred: dict[Bar, set[str]] = {}
    for each in blocked:
        for officer, bar in eligibility.barred(each.visit, each.demand):
            barred.setdefault(bar, set()).add(officer)
    return Shortage(
        visits=_distinct(each.visit.subject for each in blocked),
        departments=_distinct(it for each in blocked for it in each.demand.departments),
        officers=tuple(sorted(each.id for each in officers)),
        needed=needed,
        available=needed - 1,
        barred=tuple(Barred(bar, tuple(sorted(barred[bar]))) for bar in Bar if bar in barred),
        offers=tuple(_offers(staffing, barred, blocked)),
    )


def _distinct(ids: Iterator[str]) -> tuple[str, ...]:
    return tuple(sorted(set(ids)))


def _offers(
    staffing: Staffing,
    barred: dict[Bar, set[str]],
    blocked: Sequence[Blocked],
) -> Iterator[Offer]:
    """Try each remedy on the blocked visits by themselves; offer those that suffice."""
    visits = tuple({each.visit.subject: each.visit for each in blocked}.values())
    alone = evolve(staffing, visits=visits)
    if staffing.cap is not None:
        cap = least_cap_for(evolve(alone, cap=None))
        if cap is not None:
            yield Offer(Remedy.RAISE_CAP, cap=cap)
    if Bar.EXPIRED in barred and least_cap_for(_renewed(alone, barred[Bar.EXPIRED])) is not None:
        yield Offer(Remedy.RENEW_CERTIFICATES, officers=tuple(sorted(barred[Bar.EXPIRED])))
    narrow = barred.get(Bar.MATTER, set()) | barred.get(Bar.REGION, set())
    if narrow and least_cap_for(_widened(alone, narrow)) is not None:
        yield Offer(Remedy.WIDEN_CERTIFICATES, officers=tuple(sorted(narrow)))
    lenders = _lenders(alone, blocked)
    if lenders and least_cap_for(_lent(alone)) is not None:
        yield Offer(Remedy.LEND_OFFICERS, officers=lenders)
    if Bar.RECUSED in barred and least_cap_for(evolve(alone, recusals=())) is not None:
        touched = {each.subject for each in staffing.recusals}
        yield Offer(
            Remedy.REPLACE_RECUSED,
            officers=tuple(sorted(barred[Bar.RECUSED])),
            visits=_distinct(each.subject for each in visits if each.subject in touched),
        )
    yield Offer(Remedy.POSTPONE_VISITS, visits=_surplus(alone))


def _renewed(staffing: Staffing, officers: set[str]) -> Staffing:
    return evolve(
        staffing,
        inspectors=tuple(
            evolve(
                each,
                certificates=tuple(
                    evolve(it, valid_from=staffing.day, valid_until=staffing.day)
                    for it in each.certificates
                ),
            )
            if each.id in officers
            else each
            for each in staffing.inspectors
        ),
    )


def _widened(staffing: Staffing, officers: set[str]) -> Staffing:
    everything = Certificate(
        frozenset(demand.matter for visit in staffing.visits for demand in visit.demands),
        frozenset(visit.region for visit in staffing.visits),
        staffing.day,
        staffing.day,
    )
    return evolve(
        staffing,
        inspectors=tuple(
            evolve(each, certificates=(*each.certificates, everything))
            if each.id in officers
            else each
            for each in staffing.inspectors
        ),
    )


def _lent(staffing: Staffing) -> Staffing:
    """Let every department serve every demand."""
    everyone = tuple(sorted({each.department for each in staffing.inspectors}))
    return evolve(
        staffing,
        visits=tuple(
            evolve(
                visit,
                demands=tuple(evolve(each, departments=everyone) for each in visit.demands),
            )
            for visit in staffing.visits
        ),
    )


def _lenders(staffing: Staffing, blocked: Sequence[Blocked]) -> tuple[str, ...]:
    """Name the officers of other departments who are certified for a blocked demand."""
    asked = {(each.demand.departments, each.demand.matter, each.visit.region) for each in blocked}
    return _distinct(
        each.id
        for each in staffing.inspectors
        for departments, matter, region in asked
        if each.department not in departments
        and not certificate_bar(each, matter, region, staffing.day)
    )


def _surplus(staffing: Staffing) -> tuple[str, ...]:
    """Give the fewest visits, last first, without which those before them can be staffed."""
    visits = staffing.visits
    least = bisect(
        range(len(visits)),
        0,
        key=lambda kept: least_cap_for(evolve(staffing, visits=visits[: kept + 1])) is None,
    )
    return tuple(each.subject for each in reversed(visits[least:]))


def least_cap_for(staffing: Staffing) -> int | None:
    """Give the smallest cap under which all visits can be staffed, if there is one."""
    eligibility = Eligibility(staffing)
    groups = []
    for index, visit in enumerate(staffing.visits):
        recused = eligibility.recused(visit.subject)
        for demand in visit.demands:
            found = eligibility.certified(visit, demand)
            officers = [each for each in found.officers if each not in recused]
            groups.append(Group(index, demand.count, officers, among=found.without(recused)))
    prior = [each.workload for each in eligibility.inspectors]
    matching, violator = fill(groups, prior, staffing.cap)
    return None if violator else matching.cap
