"""What plans want from the outside."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping

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


class CheckCounts(ABC):
    """Knows how often each body checked each firm."""

    @abstractmethod
    def in_year(
        self, year: int, *, subjects: Iterable[str], departments: Iterable[str]
    ) -> Mapping[tuple[str, str], int]:
        """Count by (subject, department) the visits of ``year``, made or still open.

        Visits of 个案 tasks and of 专项 tasks ordered from above do not count. Absent means none.
        """

    @abstractmethod
    def planned(self, year: int, *, subjects: Iterable[str]) -> tuple[PlannedCheck, ...]:
        """Give what every body plans for these firms in ``year``."""
