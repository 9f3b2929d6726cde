"""What assessment wants from the outside."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date

from attrs import frozen

from supervision_core.assessment.model import (
    AssessmentModel,
    CreditModel,
    EvaluationRound,
    RiskModel,
)
from supervision_core.kernel.documents import RejectedRow
from supervision_core.kernel.listing import Through
from supervision_core.kernel.ports import Repository


class RiskModels(Repository[RiskModel]):
    """Holds risk models."""

    kind = "risk_model"


class CreditModels(Repository[CreditModel]):
    """Holds credit models."""

    kind = "credit_model"


class EvaluationRounds(Repository[EvaluationRound]):
    """Holds evaluation rounds."""

    kind = "evaluation_round"


class ModelsOfScenes(Through):
    """Knows by which models the subjects of a scene are assessed."""

    kind = "scene"


@frozen
class BatchSummary:
    """What a batch came to: subjects by level; those without a level are ``faulty``.

    ``rejected`` are the rows of a file that could not be read: none of ``subjects``.
    """

    subjects: int
    levels: Mapping[str, int]
    faulty: int
    rejected: tuple[RejectedRow, ...] = ()


class BatchAssessment(ABC):
    """Assesses every subject of the source it was built over, and keeps the results.

    Each result equals ``evaluate(model, facts, as_of).row()`` of that subject; the contract suite
    ``supervision_core.testing.assessment.ExecutorContract`` proves it.
    """

    @abstractmethod
    def assess(self, model: AssessmentModel, as_of: date) -> BatchSummary:
        """Assess all subjects by a usable model; all results are kept, or none."""
