"""The lists of assessment: models, and evaluations by them."""

from supervision_core.assessment.lists.models import CREDIT_MODELS, RISK_MODELS
from supervision_core.assessment.lists.rounds import ROUNDS

__all__ = ["CREDIT_MODELS", "RISK_MODELS", "ROUNDS"]
