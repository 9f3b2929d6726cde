"""What an assessment and grading came to for one subject, with all that it was made from."""

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from supervision_core.assessment.model import AssessmentModel, Evaluation, FactType, evaluate
from supervision_core.grading.model import GradingDefinition
from supervision_core.kernel.plain import digest
from supervision_core.subjects.facts import FactValue, day_of


@frozen(kw_only=True)
class Standing:
    """一方评价 (Standing): what one model said of a subject; points in hundredths.

    ``level`` and ``total`` are ``None`` where a fact that the model insists on is missing.
    ``contributions`` names each indicator with its points, ``None`` where it did not count.
    """

    model: str
    model_version: int
    level: str | None
    total: int | None
    contributions: tuple[tuple[str, int | None], ...]

    @classmethod
    def of(cls, evaluation: Evaluation) -> "Standing":
        """Keep of an evaluation what must be kept."""
        return cls(
            model=evaluation.model,
            model_version=evaluation.model_version,
            level=evaluation.level,
            total=evaluation.total,
            contributions=tuple((one.indicator, one.points) for one in evaluation.contributions),
        )


@frozen(kw_only=True)
class GradedSubject:
    """分级结果 (GradedSubject): a subject's grade under one rule as of one day, replayable.

    ``facts`` are the inputs as they were read, so that anyone can compute the result again from
    this record, the model versions and the rule version alone. ``grade`` is ``None`` where a level
    is. Source: proposal 6.4.2.8.3; design §2.
    """

    rule: str
    rule_version: int
    subject: str
    as_of: date
    risk: Standing
    credit: Standing
    grade: int | None
    facts: Mapping[str, FactValue] = field(hash=False)

    @property
    def digest(self) -> str:
        """SM3 over the record, in lower-case hex: what an explanation refers to."""
        return digest(self)


def grade_subject(  # noqa: PLR0913 -- what a grading is made from
    *,
    rule_id: str,
    rule: GradingDefinition,
    risk: AssessmentModel,
    credit: AssessmentModel,
    subject: str,
    facts: Mapping[str, FactValue],
    as_of: date,
) -> GradedSubject:
    """Assess a subject by both models and grade it. Pure: the same inputs give the same record.

    Only the facts that a model asks for are read and kept. Raises ``FactsNotUsable`` for a fact of
    a wrong type and ``LevelNotCovered`` for a rule that does not fit the models.
    """
    asked = {fact.name: fact.type for model in (risk, credit) for fact in model.facts}
    known = {name: facts[name] for name in sorted(asked.keys() & facts.keys())}
    read = {name: _as_asked(value, asked[name]) for name, value in known.items()}
    by_risk, by_credit = evaluate(risk, read, as_of), evaluate(credit, read, as_of)
    graded = by_risk.level is not None and by_credit.level is not None
    return GradedSubject(
        rule=rule_id,
        rule_version=rule.version,
        subject=subject,
        as_of=as_of,
        risk=Standing.of(by_risk),
        credit=Standing.of(by_credit),
        grade=rule.grade(by_risk.level or "", by_credit.level or "") if graded else None,
        facts=known,
    )


def _as_asked(value: FactValue, kind: FactType) -> FactValue | date:
    """Give a kept fact as models ask for it: days are kept as their numbers."""
    return day_of(value) if kind is FactType.DAY and isinstance(value, int) else value
