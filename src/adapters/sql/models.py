"""Risk and credit models, evaluation rounds and grading rules in tables."""

from sqlalchemy import Index, Table

from adapters.sql.engine.mapper import Mapper, Values
from adapters.sql.engine.regions import region
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import (
    ID_LENGTH,
    LABEL_LENGTH,
    body,
    key,
    label,
    maybe,
    required,
    row_seal,
    version,
)
from supervision_core.assessment.model import CreditModel, EvaluationRound, RiskModel
from supervision_core.assessment.ports import CreditModels, EvaluationRounds, RiskModels
from supervision_core.grading.model import GradingRule
from supervision_core.grading.ports import GradingRules


def _named_in_bodies(name: str) -> Table:
    return Table(
        name, metadata, key(), version(), region(), label(), body(), row_seal(),
        Index(f"ix_{name}_label", "label"),
    )  # fmt: skip


risk_model = _named_in_bodies("risk_model")

credit_model = _named_in_bodies("credit_model")

evaluation_round = Table(
    "evaluation_round",
    metadata,
    key(),
    version(),
    required("model_id", ID_LENGTH),
    maybe("counts_for", ID_LENGTH),
    body(),
    row_seal(),
    Index("ix_evaluation_round_counts_for", "counts_for"),
)
"""``counts_for`` is the model of an evaluation that is more than a draft."""

grading_rule = _named_in_bodies("grading_rule")


def _model_columns(root: RiskModel | CreditModel) -> Values:
    return {"label": root.name[:LABEL_LENGTH]}


class SqlRiskModels(SqlRepository[RiskModel], RiskModels):
    """Risk models in table ``risk_model``."""

    mapper = Mapper(RiskModel, risk_model, derived=_model_columns)


class SqlCreditModels(SqlRepository[CreditModel], CreditModels):
    """Credit models in table ``credit_model``."""

    mapper = Mapper(CreditModel, credit_model, derived=_model_columns)


def _round_columns(root: EvaluationRound) -> Values:
    return {"counts_for": root.model_id if root.counted else None}


class SqlEvaluationRounds(SqlRepository[EvaluationRound], EvaluationRounds):
    """Evaluation rounds in table ``evaluation_round``."""

    mapper = Mapper(EvaluationRound, evaluation_round, derived=_round_columns)


class SqlGradingRules(SqlRepository[GradingRule], GradingRules):
    """Grading rules in table ``grading_rule``."""

    mapper = Mapper(
        GradingRule, grading_rule, derived=lambda root: {"label": root.name[:LABEL_LENGTH]}
    )
