"""Who may serve a demand of a visit, and what keeps the others out."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import define, field

from supervision_core.draws.model.staffing import (
    Bar,
    Demand,
    Inspector,
    Staffing,
    Visit,
    certificate_bar,
)


@define(eq=False)
class Eligibility:
    """Finds who may serve a demand; what does not depend on the subject is found only once.

    Inspectors are named by their place in ``inspectors``, which is sorted by the bytes of ids.
    """

    staffing: Staffing
    inspectors: Sequence[Inspector] = field(init=False)
    _sorted_out: dict[tuple[tuple[str, ...], str, str], Mapping[int, Bar | None]] = field(
        factory=dict, init=False
    )
    _recused: dict[str, set[str]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        """Index the recusals by subject."""
        self.inspectors = sorted(self.staffing.inspectors, key=lambda each: each.id)
        for each in self.staffing.recusals:
            self._recused.setdefault(each.subject, set()).add(each.officer)

    def eligible(self, visit: Visit, demand: Demand) -> list[int]:
        """Give the eligible inspectors, in order of the bytes of their ids."""
        found = [at for at, bar in self._bars(visit, demand).items() if bar is None]
        recused = self._recused.get(visit.subject)
        if not recused:
            return found
        return [at for at in found if self.inspectors[at].id not in recused]

    def barred(self, visit: Visit, demand: Demand) -> Iterator[tuple[str, Bar]]:
        """Give the inspectors of the demand's departments who may not serve it, with the bar."""
        recused = self._recused.get(visit.subject, set())
        for at, bar in self._bars(visit, demand).items():
            id_ = self.inspectors[at].id
            if bar is not None:
                yield id_, bar
            elif id_ in recused:
                yield id_, Bar.RECUSED

    def _bars(self, visit: Visit, demand: Demand) -> Mapping[int, Bar | None]:
        key = (demand.departments, demand.matter, visit.region)
        if key not in self._sorted_out:
            self._sorted_out[key] = {
                at: self._bar(each, visit, demand)
                for at, each in enumerate(self.inspectors)
                if each.department in demand.departments
            }
        return self._sorted_out[key]

    def _bar(self, inspector: Inspector, visit: Visit, demand: Demand) -> Bar | None:
        bar = certificate_bar(inspector, demand.matter, visit.region, self.staffing.day)
        cap = self.staffing.cap
        if bar is None and cap is not None and inspector.workload >= cap:
            return Bar.BUSY
        return bar
