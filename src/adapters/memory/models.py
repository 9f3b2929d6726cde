"""Risk and credit models, evaluation rounds and grading rules in memory."""

from adapters.memory.repository import MemoryRepository
from supervision_core.assessment.model import CreditModel, EvaluationRound, RiskModel
from supervision_core.assessment.ports import CreditModels, EvaluationRounds, RiskModels
from supervision_core.grading.model import GradingRule
from supervision_core.grading.ports import GradingRules


class MemoryRiskModels(MemoryRepository[RiskModel], RiskModels):
    """Holds risk models."""

    cls = RiskModel


class MemoryCreditModels(MemoryRepository[CreditModel], CreditModels):
    """Holds credit models."""

    cls = CreditModel


class MemoryEvaluationRounds(MemoryRepository[EvaluationRound], EvaluationRounds):
    """Holds evaluation rounds."""

    cls = EvaluationRound


class MemoryGradingRules(MemoryRepository[GradingRule], GradingRules):
    """Holds grading rules."""

    cls = GradingRule
