"""Tasks and what follows them in memory."""

from collections.abc import Iterator

from adapters.memory.repository import MemoryRepository
from supervision_core.tasks.model.publication import Publication
from supervision_core.tasks.model.rectification import Rectification
from supervision_core.tasks.model.review import Review
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.transfer import Transfer
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import (
    Publications,
    Rectifications,
    Reviews,
    Tasks,
    Transfers,
    Visits,
)


class MemoryTasks(MemoryRepository[Task], Tasks):
    """Holds tasks."""

    cls = Task

    def every(self) -> Iterator[Task]:
        """Give every one, by id."""
        return self._all()

    def uniques(self, root: Task) -> frozenset[str]:
        """Say that a number stands once."""
        return frozenset({root.sheet.number})

    def number_taken(self, number: str) -> bool:
        """Tell whether a task, deleted or not, bears ``number``."""
        return bool(self._with_unique([number]))


class MemoryVisits(MemoryRepository[Visit], Visits):
    """Holds visits."""

    cls = Visit

    def every(self) -> Iterator[Visit]:
        """Give every one, by id."""
        return self._all()


class MemoryRectifications(MemoryRepository[Rectification], Rectifications):
    """Holds rectifications."""

    cls = Rectification

    def every(self) -> Iterator[Rectification]:
        """Give every one, by id."""
        return self._all()


class MemoryPublications(MemoryRepository[Publication], Publications):
    """Holds publications."""

    cls = Publication

    def every(self) -> Iterator[Publication]:
        """Give every one, by id."""
        return self._all()


class MemoryTransfers(MemoryRepository[Transfer], Transfers):
    """Holds transfers."""

    cls = Transfer


class MemoryReviews(MemoryRepository[Review], Reviews):
    """Holds reviews."""

    cls = Review
