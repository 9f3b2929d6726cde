"""What grading wants from the outside."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from attrs import frozen

from supervision_core.assessment.model import AssessmentModel
from supervision_core.grading.current import CurrentGrade
from supervision_core.grading.graded import GradedSubject, LatestGrade
from supervision_core.grading.model import GradingDefinition, GradingRule
from supervision_core.grading.unscheduled import UnscheduledRun
from supervision_core.kernel.documents import RejectedRow
from supervision_core.kernel.listing import Through
from supervision_core.kernel.ports import Repository


class GradingRules(Repository[GradingRule]):
    """Holds grading rules."""

    kind = "grading_rule"


class CurrentGrades(Repository[CurrentGrade]):
    """Holds the newest grade of each subject by each rule."""

    kind = "current_grade"
    logged = False

    @abstractmethod
    def of_subjects(self, subjects: Collection[str]) -> list[CurrentGrade]:
        """Give those of subjects, by id."""


class UnscheduledRuns(Repository[UnscheduledRun]):
    """Holds who graded whom beside the calendar."""

    kind = "unscheduled_run"

    @abstractmethod
    def of_rule(self, rule: str, *, until: date, since: date | None = None) -> list[UnscheduledRun]:
        """Give the runs by a rule as of a day until ``until``, in the order of their making.

        Not those as of a day before ``since``.
        """


class RulesOfScenes(Through):
    """Knows by which rule the subjects of a scene are graded."""

    kind = "scene"


@frozen
class GradingSummary:
    """What a batch came to; subjects without a grade are ``faulty``.

    ``rejected`` are the rows of a file that could not be read: none of ``subjects``.
    """

    subjects: int
    risk_levels: Mapping[str, int]
    credit_levels: Mapping[str, int]
    grades: Mapping[int, int]
    faulty: int
    rejected: tuple[RejectedRow, ...] = ()


class BatchGrading(ABC):
    """Assesses risk and credit of every subject of a source and grades it, in one pass."""

    @abstractmethod
    def grade(
        self,
        risk: AssessmentModel,
        credit: AssessmentModel,
        rule: GradingDefinition,
        as_of: date,
    ) -> GradingSummary:
        """Grade all subjects; all results are kept, or none. Raises ``ModelsDoNotFit``."""


class GradedSubjects(ABC):
    """Keeps every grading of every subject: one of a rule, a subject and a day."""

    @abstractmethod
    def record(self, graded: Sequence[GradedSubject]) -> None:
        """Keep them; one of the same rule, subject and day replaces its predecessor."""

    @abstractmethod
    def of_day(self, rule: str, day: date, subjects: Sequence[str]) -> Mapping[str, GradedSubject]:
        """Give the gradings of exactly ``day``, by subject; absent where there is none."""

    @abstractmethod
    def latest(self, subject: str) -> Sequence[GradedSubject]:
        """Give the newest grading of a subject by each rule, the newest first."""

    @abstractmethod
    def of_subject(self, subject: str) -> Sequence[GradedSubject]:
        """Give every grading of a subject, the oldest first, those of a day by rule."""

    @abstractmethod
    def grades_until(self, rule: str, day: date) -> Mapping[str, LatestGrade]:
        """Give of every subject what its newest grading came to that is not beyond ``day``."""
