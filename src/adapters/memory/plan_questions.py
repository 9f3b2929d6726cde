"""What plans ask of other contexts, by looking at every item and visit."""

from collections import Counter
from collections.abc import Iterable, Mapping

from adapters.memory.items import MemoryCheckItems
from adapters.memory.tasks import MemoryTasks, MemoryVisits
from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.items.model import ItemState
from supervision_core.plans.limits import PlannedCheck
from supervision_core.plans.ports import CheckCounts, PublishedMatters
from supervision_core.tasks.model.visit import Visit, VisitState


class MemoryPublishedMatters(PublishedMatters):
    """A matter is published as long as an enabled check item belongs to it."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._items = MemoryCheckItems(unit)

    def among(self, matters: Iterable[str]) -> frozenset[str]:
        """Give those of the matter codes that are published today."""
        enabled = (one for one in self._items.every() if one.state is ItemState.ENABLED)
        return frozenset(one.content.matter_code for one in enabled) & frozenset(matters)


class MemoryCheckCounts(CheckCounts):
    """Counts visits; the caps stand in the store under ``check_cap``."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._unit = unit
        self._visits, self._tasks = MemoryVisits(unit), MemoryTasks(unit)

    def in_year(
        self, year: int, *, subjects: Iterable[str], departments: Iterable[str]
    ) -> Mapping[tuple[str, str], int]:
        """Count by (subject, department) the visits of ``year``, made or still open."""
        whom, who = frozenset(subjects), frozenset(departments)
        return Counter(
            (one.sheet.subject, department)
            for one in self._visits.every()
            if one.sheet.counts_toward_cap
            and one.sheet.subject in whom
            and (one.formed_on or one.due_on).year == year
            for department in _concerned(one) & who
        )

    def caps(self, departments: Iterable[str]) -> Mapping[str, int]:
        """Give each department's published yearly cap for one firm; absent where none is."""
        found = {one: self._unit.find("check_cap", one) for one in sorted(set(departments))}
        return {one: int(text) for one, text in found.items() if text is not None}

    def planned(self, year: int, *, subjects: Iterable[str]) -> tuple[PlannedCheck, ...]:
        """Give the visits of ``year`` still to be made, one for each department."""
        whom = frozenset(subjects)
        return tuple(
            sorted(
                {
                    PlannedCheck(
                        subject=one.sheet.subject,
                        year=year,
                        month=one.due_on.month,
                        department=department,
                        plan=self._tasks.get(one.sheet.task).sheet.plan,
                    )
                    for one in self._visits.every()
                    if one.state is not VisitState.COMPLETED
                    and one.sheet.subject in whom
                    and one.due_on.year == year
                    for department in _concerned(one)
                }
            )
        )


def _concerned(one: Visit) -> frozenset[str]:
    return one.sheet.departments | {officer.department for officer in one.officers}
