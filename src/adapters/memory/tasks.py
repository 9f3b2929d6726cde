"""Tasks and what follows them in memory."""

from collections.abc import Collection, Mapping
from datetime import date

from adapters.memory.repository import MemoryRepository
from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.tasks.model.letters import ServedLetter
from supervision_core.tasks.model.publication import Publication
from supervision_core.tasks.model.rating import RatingTotals, Scores, VisitRating
from supervision_core.tasks.model.rectification import Rectification
from supervision_core.tasks.model.review import Review
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.term_warning import TermWarning, WarningState
from supervision_core.tasks.model.transfer import Transfer
from supervision_core.tasks.model.urgency import UrgentChecks, urgent_by_lead
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import (
    Publications,
    Rectifications,
    Reviews,
    ServedLetters,
    Tasks,
    TasksOfScenes,
    TermWarnings,
    Transfers,
    VisitRatings,
    Visits,
)


class MemoryTasks(MemoryRepository[Task], Tasks):
    """Holds tasks."""

    cls = Task

    def uniques(self, root: Task) -> frozenset[str]:
        """Say that a number stands once."""
        return frozenset({root.sheet.number})

    def hold(self, id: str) -> None:
        """Do nothing: units of work here come one after the other."""

    def number_taken(self, number: str) -> bool:
        """Tell whether a task, deleted or not, bears ``number``."""
        return bool(self._with_unique([number]))

    def last_number(self, beginning: str) -> str:
        """Give the last number that begins so, empty where none does."""
        numbers = (one.sheet.number for one in self.every())
        return max((one for one in numbers if one.startswith(beginning)), default="")

    def of_plan(self, plan: str) -> list[Task]:
        """Give the tasks that came of a plan, by number."""
        found = (one for one in self.every() if one.sheet.plan == plan)
        return sorted(found, key=lambda one: one.sheet.number)

    def urgent(self, year: int, *, today: date) -> Mapping[str, UrgentChecks]:
        """Count by lead the checks that were to be confirmed in a year."""
        checks = (
            (one.sheet.lead, due, one.confirmed_on)
            for one in self.every()
            if (due := one.approval_due) is not None and due.year == year
        )
        return urgent_by_lead(checks, today=today)


class MemoryTasksOfScenes(TasksOfScenes):
    """Looks at every task."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Work in ``unit``."""
        self._tasks = MemoryTasks(unit)

    def values(self, id: str) -> tuple[str, ...]:
        """Give the tasks of the scene."""
        return tuple(one.id for one in self._tasks.every() if one.sheet.scene == id)


class MemoryVisits(MemoryRepository[Visit], Visits):
    """Holds visits."""

    cls = Visit


class MemoryRectifications(MemoryRepository[Rectification], Rectifications):
    """Holds rectifications."""

    cls = Rectification

    def after(self, visit: Visit, department: str) -> list[Rectification]:
        """Give those that a department ordered after a visit, by id."""
        wanted = visit.id, department
        return [one for one in self.every() if (one.sheet.visit, one.sheet.department) == wanted]


class MemoryPublications(MemoryRepository[Publication], Publications):
    """Holds publications."""

    cls = Publication


class MemoryVisitRatings(MemoryRepository[VisitRating], VisitRatings):
    """Holds ratings."""

    cls = VisitRating

    def totals(
        self, departments: Collection[str], *, since: date, until: date
    ) -> Mapping[str, RatingTotals]:
        """Add up those of bodies."""
        found: dict[str, list[Scores]] = {}
        for one in self.every():
            if one.department in departments and since <= one.rated_on <= until:
                found.setdefault(one.department, []).append(one.scores)
        return {
            one: RatingTotals(
                count=len(given), lawful=sum(each.lawful.points for each in given),
                courteous=sum(each.courteous.points for each in given),
                helpful=sum(each.helpful.points for each in given),
            )
            for one, given in found.items()
        }  # fmt: skip


class MemoryTermWarnings(MemoryRepository[TermWarning], TermWarnings):
    """Holds warnings."""

    cls = TermWarning

    def open_of(self, task: str) -> list[TermWarning]:
        """Give those of a task that are not over, by id."""
        over = WarningState.OVER
        return [one for one in self.every() if one.task == task and one.state is not over]


class MemoryTransfers(MemoryRepository[Transfer], Transfers):
    """Holds transfers."""

    cls = Transfer


class MemoryReviews(MemoryRepository[Review], Reviews):
    """Holds reviews."""

    cls = Review


class MemoryServedLetters(MemoryRepository[ServedLetter], ServedLetters):
    """Holds letters that are served by a link."""

    cls = ServedLetter

    def find_by_link(self, link: str) -> ServedLetter | None:
        """Give the letter to which the token of that digest leads."""
        return next((one for one in self.every() if one._link == link), None)  # noqa: SLF001 - the column of it
