"""Who may serve a demand of a visit, and what keeps the others out."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from heapq import merge

from attrs import define, field, frozen

from supervision_core.draws.model.matching import as_bits
from supervision_core.draws.model.staffing import (
    Bar,
    Demand,
    Inspector,
    Staffing,
    Visit,
    certificate_bar,
)


@frozen(eq=False)
class Eligible:
    """Those who may serve a demand, in order of the bytes of their ids, and as a set."""

    officers: Sequence[int]
    among: int

    def without(self, recused: Collection[int]) -> int:
        """Give the set of those who are not recused."""
        return self.among & ~as_bits(recused) if recused else self.among


@define(eq=False)
class Eligibility:
    """Finds who may serve a demand; what does not depend on the subject is found only once.

    Inspectors are named by their place in ``inspectors``, which is sorted by the bytes of ids.
    """

    staffing: Staffing
    inspectors: Sequence[Inspector] = field(init=False)
    _of_department: dict[str, list[int]] = field(factory=dict, init=False)
    _barred: dict[tuple[str, str, str], Mapping[int, Bar | None]] = field(factory=dict, init=False)
    _certified: dict[tuple[tuple[str, ...], str, str], Eligible] = field(factory=dict, init=False)
    _recused: dict[str, set[int]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        """Index the inspectors by department and the recusals by subject."""
        self.inspectors = sorted(self.staffing.inspectors, key=lambda each: each.id)
        for at, inspector in enumerate(self.inspectors):
            self._of_department.setdefault(inspector.department, []).append(at)
        places = {each.id: at for at, each in enumerate(self.inspectors)}
        for each in self.staffing.recusals:
            if each.officer in places:
                self._recused.setdefault(each.subject, set()).add(places[each.officer])

    def certified(self, visit: Visit, demand: Demand) -> Eligible:
        """Give whom nothing keeps out but a recusal: the same for all visits alike in this."""
        key = (demand.departments, demand.matter, visit.region)
        if key not in self._certified:
            parts = (
                [at for at, bar in self._bars(department, visit, demand).items() if bar is None]
                for department in demand.departments
            )
            officers = list(merge(*parts))
            self._certified[key] = Eligible(officers, as_bits(officers))
        return self._certified[key]

    def recused(self, subject: str) -> Collection[int]:
        """Give who must not inspect the subject."""
        return self._recused.get(subject, frozenset())

    def barred(self, visit: Visit, demand: Demand) -> Iterator[tuple[str, Bar]]:
        """Give the inspectors of the demand's departments who may not serve it, with the bar."""
        recused = self.recused(visit.subject)
        for department in demand.departments:
            for at, bar in self._bars(department, visit, demand).items():
                if bar is not None:
                    yield self.inspectors[at].id, bar
                elif at in recused:
                    yield self.inspectors[at].id, Bar.RECUSED

    def _bars(self, department: str, visit: Visit, demand: Demand) -> Mapping[int, Bar | None]:
        key = (department, demand.matter, visit.region)
        if key not in self._barred:
            self._barred[key] = {
                at: self._bar(self.inspectors[at], visit, demand)
                for at in self._of_department.get(department, ())
            }
        return self._barred[key]

    def _bar(self, inspector: Inspector, visit: Visit, demand: Demand) -> Bar | None:
        bar = certificate_bar(inspector, demand.matter, visit.region, self.staffing.day)
        cap = self.staffing.cap
        if bar is None and cap is not None and inspector.workload >= cap:
            return Bar.BUSY
        return bar
