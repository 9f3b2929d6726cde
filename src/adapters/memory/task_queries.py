"""Counts of what follows tasks, by looking at every one."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from adapters.memory.tasks import (
    MemoryPublications,
    MemoryRectifications,
    MemoryTasks,
    MemoryVisits,
)
from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.officers.ports import VisitsOfOfficers
from supervision_core.tasks.model.facts import (
    FormedResult,
    OrderRecord,
    formed_result,
    order_record,
)
from supervision_core.tasks.model.presence import PlaceProof
from supervision_core.tasks.model.publication import PublicationState
from supervision_core.tasks.model.sheet import TaskState
from supervision_core.tasks.model.visit import ENDED, VisitState
from supervision_core.tasks.ports import (
    PublicationQueries,
    RectificationQueries,
    VisitQueries,
)


class MemoryVisitQueries(VisitQueries):
    """Counts of visits."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._visits = MemoryVisits(unit)

    def counts(self, task: str) -> Mapping[VisitState, int]:
        """Count a task's visits by state."""
        return Counter(one.state for one in self._visits.every() if one.sheet.task == task)

    def progress(self, tasks: Sequence[str]) -> Mapping[str, tuple[int, int]]:
        """Count the visits of tasks, and those that are completed."""
        counted = {one: self.counts(one) for one in tasks}
        return {
            task: (sum(states.values()), sum(states.get(one, 0) for one in ENDED))
            for task, states in counted.items()
            if states
        }

    def count_unfinished(self, task: str) -> int:
        """Count a task's visits whose result is neither formed nor lawfully left out."""
        return sum(one.unfinished for one in self._visits.every() if one.sheet.task == task)

    def numbers(self, task: str, subjects: Collection[str]) -> Mapping[str, str]:
        """Give the number of the visit, the first, that each subject has in a task."""
        mine = (one.sheet for one in self._visits.every() if one.sheet.task == task)
        numbered = sorted((one.number, one.subject) for one in mine if one.subject in subjects)
        return {subject: number for number, subject in reversed(numbered)}

    def count_open(self, task: str, department: str) -> int:
        """Count a task's open visits in which ``department`` has an item or an officer."""
        mine = (one for one in self._visits.every() if one.sheet.task == task)
        theirs = (one for one in mine if department in one.departments)
        return sum(one.unfinished for one in theirs)

    def formed_results(self, subject: str, *, until: date) -> Sequence[FormedResult]:
        """Give a subject's results formed up to ``until``, oldest first."""
        mine = (one for one in self._visits.every() if one.sheet.subject == subject)
        formed = (result for one in mine if (result := formed_result(one)) is not None)
        past = (one for one in formed if one.formed_on <= until)
        return sorted(past, key=lambda one: (one.formed_on, one.visit))

    def places(self, *, since: date, until: date) -> Mapping[tuple[str, PlaceProof], int]:
        """Count by lead and proof of the place the visits formed on these days."""
        return Counter(
            (one.sheet.lead, one.place_proof)
            for one in self._visits.every()
            if one.formed_on is not None
            and since <= one.formed_on <= until
            and one.place_proof is not None
        )


class MemoryVisitsOfOfficers(VisitsOfOfficers):
    """Counts of visits by their officers."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._visits, self._tasks = MemoryVisits(unit), MemoryTasks(unit)

    def count_open(self, officers: Iterable[str]) -> Mapping[str, int]:
        """Count the open visits of each."""
        deleted = {one.id for one in self._tasks.every() if one.state is TaskState.DELETED}
        wanted = frozenset(officers)
        return Counter(
            officer
            for one in self._visits.every()
            if one.unfinished and one.sheet.task not in deleted
            for officer in {each.id for each in one.officers} & wanted
        )


class MemoryRectificationQueries(RectificationQueries):
    """Counts of rectifications."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._rectifications = MemoryRectifications(unit)

    def count_open(self, task: str, department: str) -> int:
        """Count a task's rectifications ordered by ``department`` that are not ended."""
        mine = (one for one in self._rectifications.every() if one.sheet.task == task)
        return sum(one.open for one in mine if one.sheet.department == department)

    def order_records(self, subject: str, *, today: date) -> Sequence[OrderRecord]:
        """Give what counts of a subject's rectifications as of ``today``, by id."""
        every = self._rectifications.every()
        return [order_record(one, today=today) for one in every if one.sheet.subject == subject]


class MemoryPublicationQueries(PublicationQueries):
    """Counts of publications."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._publications = MemoryPublications(unit)

    def count_due(self, task: str) -> int:
        """Count a task's results that nobody has decided to show or withhold."""
        mine = (one for one in self._publications.every() if one.task == task)
        return sum(one.state is PublicationState.DUE for one in mine)
