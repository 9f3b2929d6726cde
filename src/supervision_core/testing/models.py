"""Filled examples of models, evaluation rounds and grading rules. Everything is invented."""

from datetime import UTC, date, datetime

from supervision_core.assessment.model import (
    EXCLUDED,
    AssessmentModel,
    Band,
    Bands,
    Category,
    CreditModel,
    Cycle,
    EvaluationRound,
    FactDefinition,
    FactType,
    Indicator,
    Kind,
    Level,
    ReviewGroup,
    RiskModel,
    evaluate,
    total_scale,
)
from supervision_core.assessment.ports import CreditModels, EvaluationRounds, RiskModels
from supervision_core.grading.current import CurrentGrade, CurrentStanding, GradedPlace
from supervision_core.grading.model import Grade, GradingDefinition, GradingRule
from supervision_core.grading.ports import CurrentGrades, GradingRules, UnscheduledRuns
from supervision_core.grading.unscheduled import UnscheduledRun
from supervision_core.testing.units import RepositoryCase

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)
LEVELS = ("low", "high")


def full_definition(kind: Kind, cut: int = 500) -> AssessmentModel:
    """Give a model of one indicator and two levels."""
    bands = (Band(None, 1, 0), Band(1, 5, 600), Band(5, None, 1200))
    return AssessmentModel(
        kind=kind,
        code="model",
        name="示例模型",
        facts=(FactDefinition("fines", "罚款次数", FactType.INTEGER),),
        categories=(Category("all", "全部"),),
        indicators=(Indicator("fines", "罚款", "all", Bands("fines", bands, EXCLUDED)),),
        levels=tuple(Level(code, code) for code in LEVELS),
        grader=total_scale((Band(None, cut, "low"), Band(cut, None, "high"))),
    )


def full_risk_model(id: str) -> RiskModel:
    """Give an enabled risk model with a review group and a draft beside its version."""
    model = RiskModel.create(
        id=id,
        department="d-1",
        region="450000",
        object_type="firm",
        cycle=Cycle.HALF_YEAR,
        definition=full_definition(Kind.RISK),
        at=AT,
        reviewed=True,
    )
    group = ReviewGroup(name="评审组", members=("u-1", "u-2"), leader="u-1", note="样例")
    model.appoint_review_group(group, at=AT)
    model.enable(at=AT)
    model.redefine(full_definition(Kind.RISK, 700), at=AT)
    return model


def full_credit_model(id: str) -> CreditModel:
    """Give an enabled credit model with a draft beside its version."""
    model = CreditModel.create(
        id=id,
        department="d-1",
        region="450000",
        object_type="firm",
        cycle=Cycle.YEAR,
        definition=full_definition(Kind.CREDIT),
        at=AT,
    )
    model.enable(at=AT)
    model.redefine(full_definition(Kind.CREDIT, 700), at=AT)
    return model


def full_round(id: str) -> EvaluationRound:
    """Give a published round with a result."""
    made = EvaluationRound.create(
        id=id,
        kind=Kind.RISK,
        model_id="m-1",
        model_version=1,
        initiator="chief",
        department="d-1",
        batch="2026",
        subjects=("s-1", "s-2"),
        at=AT,
    )
    made.publish(by="chief", at=AT)
    result = evaluate(full_definition(Kind.RISK), {"fines": 2}, date(2026, 11, 24))
    made.score("s-1", result, by="officer", at=AT)
    return made


def _score_another(made: EvaluationRound) -> None:
    result = evaluate(full_definition(Kind.RISK), {"fines": 9}, date(2026, 11, 24))
    made.score("s-2", result, by="officer", at=AT)


def full_grading_rule(id: str) -> GradingRule:
    """Give an enabled grading rule with a draft beside its version."""
    grades = tuple(
        Grade(number=number, name=f"{number}级", measure="重点监管", object_ratio=ratio)
        for number, ratio in enumerate(("0.05", "1"), 1)
    )
    definition = GradingDefinition(
        risk_levels=LEVELS, credit_levels=LEVELS, matrix=((1, 1), (1, 2)), grades=grades
    )
    rule = GradingRule.create(
        id=id,
        name="示例规则",
        department="d-1",
        region="450000",
        trade="dairy",
        risk_model="r-1",
        credit_model="c-1",
        definition=definition,
        at=AT,
    )
    rule.enable(at=AT)
    rule.redefine(definition, at=AT)
    return rule


def full_current_grade(id: str) -> CurrentGrade:
    """Give a current grade with every field filled."""
    return CurrentGrade(
        id=id,
        rule="rule-1",
        subject="s-1",
        place=GradedPlace(
            region="450100", departments=("d-1",), category="c-1", code="91450100MA5K"
        ),
        as_of=date(2026, 6, 30),
        grade=2,
        grade_name="B类",
        risk=CurrentStanding(level="B", points="18.5"),
        credit=CurrentStanding(level="A", points="96"),
    )


def full_unscheduled_run(id: str) -> UnscheduledRun:
    """Give a run beside the calendar with every field filled."""
    return UnscheduledRun(
        id=id, rule="rule-1", as_of=date(2026, 6, 30), by="u-1", department="d-1", at=AT,
        subjects=("s-1", "s-2"),
    )  # fmt: skip


def _move_grade(grade: CurrentGrade) -> None:
    grade.follow(GradedPlace(region="450200", departments=(), category=""))


def _give_way(run: UnscheduledRun) -> None:
    run.give_way({"s-1"})


MODEL_CASES = (
    RepositoryCase(
        port=RiskModels, example=full_risk_model, change=lambda model: model.enable(at=AT)
    ),
    RepositoryCase(
        port=CreditModels, example=full_credit_model, change=lambda model: model.enable(at=AT)
    ),
    RepositoryCase(port=EvaluationRounds, example=full_round, change=_score_another),
    RepositoryCase(port=CurrentGrades, example=full_current_grade, change=_move_grade),
    RepositoryCase(
        port=UnscheduledRuns,
        example=full_unscheduled_run,
        change=_give_way,
    ),
    RepositoryCase(
        port=GradingRules, example=full_grading_rule, change=lambda rule: rule.disable(at=AT)
    ),
)
