"""What plans ask of other contexts, by looking at every matter and visit."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from adapters.memory.registers import MemoryEntries
from adapters.memory.tasks import MemoryTasks, MemoryVisits
from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.items.registers import CATALOGUE, IN_USE
from supervision_core.kernel.errors import NotFound
from supervision_core.plans.limits import PlannedCheck
from supervision_core.plans.ports import (
    CheckCounts,
    PublishedMatters,
    TaskCounts,
    TasksOfPlans,
)
from supervision_core.tasks.model.progress import counts_of
from supervision_core.tasks.model.visit import Visit


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


class MemoryTasksOfPlans(TasksOfPlans):
    """Reads the tasks of a plan, which are few."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._tasks = MemoryTasks(unit)

    def by_sub_plan(self, plan: str) -> Mapping[str, TaskCounts]:
        """Count the tasks of a plan by the id of their sub-plan; deleted ones do not count."""
        return counts_of(self._tasks.of_plan(plan))

    def by_plan(self, plans: Sequence[str]) -> Mapping[str, TaskCounts]:
        """Count the tasks of plans by the ids of these; deleted ones do not count."""
        found = {one: sum(self.by_sub_plan(one).values(), TaskCounts()) for one in plans}
        return {plan: counts for plan, counts in found.items() if counts.tasks}


class MemoryCheckCounts(CheckCounts):
    """Counts visits."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._visits, self._tasks = MemoryVisits(unit), MemoryTasks(unit)

    def in_year(
        self, year: int, *, today: date, subjects: Iterable[str], departments: Iterable[str]
    ) -> Mapping[tuple[str, str], int]:
        """Count by (subject, department) the visits of ``year`` that shield."""
        who = frozenset(departments)
        return Counter(
            (one.sheet.subject, department)
            for one in self._shielding(year, today, frozenset(subjects))
            for department in one.departments & who
        )

    def tasks_of_year(
        self, year: int, *, today: date, subjects: Iterable[str]
    ) -> Mapping[str, Sequence[str]]:
        """Give by subject the task of each of those visits."""
        found: dict[str, list[str]] = {}
        for one in self._shielding(year, today, frozenset(subjects)):
            found.setdefault(one.sheet.subject, []).append(one.sheet.task)
        return found

    def _shielding(self, year: int, today: date, subjects: frozenset[str]) -> Iterator[Visit]:
        for one in self._visits.every():
            if one.sheet.subject not in subjects or one.cap_year != year:
                continue
            if one.shields(today=today, dispatched=self._sent(one.sheet.task)):
                yield one

    def _sent(self, task: str) -> bool:
        try:
            return self._tasks.get(task).dispatched_at is not None
        except NotFound:
            return False

    def formed_since(
        self, day: date, *, subjects: Iterable[str], leads: Iterable[str]
    ) -> tuple[str, ...]:
        """Give the visits of these subjects, led by one of these, formed on ``day`` or later."""
        whom, whose = frozenset(subjects), frozenset(leads)
        return tuple(
            sorted(
                one.id
                for one in self._visits.every()
                if one.sheet.subject in whom
                and one.sheet.lead in whose
                and one.formed_on is not None
                and one.formed_on >= day
            )
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
                    if one.sheet.subject in whom
                    and one.due_on.year == year
                    and one.is_arranged(dispatched=self._sent(one.sheet.task))
                    for department in one.departments
                }
            )
        )
