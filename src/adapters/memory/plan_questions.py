"""What plans ask of other contexts, by looking at every matter and visit."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from adapters.memory.registers import MemoryEntries
from adapters.memory.tasks import MemoryTasks, MemoryVisits
from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.items.registers import CATALOGUE, IN_USE
from supervision_core.plans.limits import PlannedCheck
from supervision_core.plans.ports import CheckCounts, PublishedMatters
from supervision_core.tasks.model.visit import Visit, VisitState


class MemoryPublishedMatters(PublishedMatters):
    """A matter is published as long as it is in use in the catalogue."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._matters: Any = MemoryEntries(unit).of(CATALOGUE)

    def among(self, matters: Iterable[str]) -> frozenset[str]:
        """Give those of the matter codes that are published today."""
        published = (
            one.content.code
            for one in self._matters.every()
            if one.enabled and not one.deleted and one.content.state == IN_USE
        )
        return frozenset(published) & frozenset(matters)


class MemoryCheckCounts(CheckCounts):
    """Counts visits."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
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
