"""Risk and credit models, evaluation rounds and grading rules in tables."""

from sqlalchemy import Index, Table

from adapters.sql.engine.mapper import Mapper
from adapters.sql.engine.regions import region
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import ID_LENGTH, body, key, required, row_seal, version
from supervision_core.assessment.model import CreditModel, EvaluationRound, RiskModel
from supervision_core.assessment.ports import CreditModels, EvaluationRounds, RiskModels
from supervision_core.grading.model import GradingRule
from supervision_core.grading.ports import GradingRules

risk_model = Table("risk_model", metadata, key(), version(), region(), body(), row_seal())

credit_model = Table("credit_model", metadata, key(), version(), region(), body(), row_seal())

evaluation_round = Table(
    "evaluation_round",
    metadata,
    key(),
    version(),
    required("model_id", ID_LENGTH),
    body(),
    row_seal(),
    Index("ix_evaluation_round_model_id", "model_id"),
)

grading_rule = Table("grading_rule", metadata, key(), version(), region(), body(), row_seal())


class SqlRiskModels(SqlRepository[RiskModel], RiskModels):
    """Risk models in table ``risk_model``."""

    mapper = Mapper(RiskModel, risk_model)


class SqlCreditModels(SqlRepository[CreditModel], CreditModels):
    """Credit models in table ``credit_model``."""

    mapper = Mapper(CreditModel, credit_model)


class SqlEvaluationRounds(SqlRepository[EvaluationRound], EvaluationRounds):
    """Evaluation rounds in table ``evaluation_round``."""

    mapper = Mapper(EvaluationRound, evaluation_round)


class SqlGradingRules(SqlRepository[GradingRule], GradingRules):
    """Grading rules in table ``grading_rule``."""

    mapper = Mapper(GradingRule, grading_rule)
