"""Tasks and what follows them in memory."""

from adapters.memory.repository import MemoryRepository
from supervision_core.tasks.model.letters import ServedLetter
from supervision_core.tasks.model.publication import Publication
from supervision_core.tasks.model.rectification import Rectification
from supervision_core.tasks.model.review import Review
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.term_warning import TermWarning, WarningState
from supervision_core.tasks.model.transfer import Transfer
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import (
    Publications,
    Rectifications,
    Reviews,
    ServedLetters,
    Tasks,
    TermWarnings,
    Transfers,
    Visits,
)


class MemoryTasks(MemoryRepository[Task], Tasks):
    """Holds tasks."""

    cls = Task

    def uniques(self, root: Task) -> frozenset[str]:
        """Say that a number stands once."""
        return frozenset({root.sheet.number})

    def number_taken(self, number: str) -> bool:
        """Tell whether a task, deleted or not, bears ``number``."""
        return bool(self._with_unique([number]))


class MemoryVisits(MemoryRepository[Visit], Visits):
    """Holds visits."""

    cls = Visit


class MemoryRectifications(MemoryRepository[Rectification], Rectifications):
    """Holds rectifications."""

    cls = Rectification


class MemoryPublications(MemoryRepository[Publication], Publications):
    """Holds publications."""

    cls = Publication


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
