"""What plans want from the outside."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from attrs import frozen

from supervision_core.kernel.ports import Repository
from supervision_core.plans.limits import PlannedCheck
from supervision_core.plans.model import Plan


class Plans(Repository[Plan]):
    """Holds plans."""

    kind = "plan"

    @abstractmethod
    def last_number(self, beginning: str) -> str:
        """Give the last number that begins so, empty where none does."""


class PublishedMatters(ABC):
    """Knows which 监管事项 are published, and so may be inspected at all."""

    @abstractmethod
    def among(self, matters: Iterable[str]) -> frozenset[str]:
        """Give those of the matter codes that are published today."""


@frozen(kw_only=True)
class TaskCounts:
    """How many tasks came of a plan or sub-plan, and how many of them are over."""

    tasks: int = 0
    done: int = 0

    def __add__(self, other: "TaskCounts") -> "TaskCounts":
        """Count both together."""
        return TaskCounts(tasks=self.tasks + other.tasks, done=self.done + other.done)

    @property
    def progress(self) -> str:
        """What part of them is over, in whole percent rounded down; empty where there is none."""
        return f"{self.done * 100 // self.tasks}%" if self.tasks else ""


class TasksOfPlans(ABC):
    """Knows which tasks came of a plan."""

    @abstractmethod
    def by_sub_plan(self, plan: str) -> Mapping[str, TaskCounts]:
        """Count the tasks of a plan by the id of their sub-plan; deleted ones do not count."""

    @abstractmethod
    def by_plan(self, plans: Sequence[str]) -> Mapping[str, TaskCounts]:
        """Count the tasks of plans by the ids of these; deleted ones do not count."""


class CheckCounts(ABC):
    """Knows how often each body checked each firm."""

    @abstractmethod
    def in_year(
        self, year: int, *, today: date, subjects: Iterable[str], departments: Iterable[str]
    ) -> Mapping[tuple[str, str], int]:
        """Count by (subject, department) the visits of ``year`` that shield from another one.

        A visit does so once its result is formed (completed, and confirmed by a second officer);
        before, while its task is dispatched, it is to be made still, and its own day has not passed
        by ``today``. Nothing of a task that is drafted or deleted does, and no visit that was
        lawfully not made. Visits for clues and those ordered from above do not count. Absent means
        none.
        """

    @abstractmethod
    def tasks_of_year(
        self, year: int, *, today: date, subjects: Iterable[str]
    ) -> Mapping[str, Sequence[str]]:
        """Give by subject the task of each visit that ``in_year`` counts, each visit once."""

    @abstractmethod
    def formed_since(
        self, day: date, *, subjects: Iterable[str], leads: Iterable[str]
    ) -> tuple[str, ...]:
        """Give the visits of these subjects, led by one of these departments, that are over.

        Only those whose result was formed on ``day`` or later; by id.
        """

    @abstractmethod
    def planned(self, year: int, *, subjects: Iterable[str]) -> tuple[PlannedCheck, ...]:
        """Give what every body is to make of checks of these firms in ``year``.

        Those of dispatched tasks alone, as long as they are to be made.
        """
