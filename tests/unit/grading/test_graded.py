from collections.abc import Mapping
from datetime import date

import pytest
from attrs import evolve

from supervision_core.assessment.model import (
    EXCLUDED,
    REFUSED,
    AssessmentModel,
    Band,
    Bands,
    Category,
    FactDefinition,
    FactsNotUsable,
    FactType,
    FlagPoints,
    Indicator,
    Kind,
    Level,
    total_scale,
)
from supervision_core.grading.graded import GradedSubject, Standing, grade_subject
from supervision_core.grading.model import Grade, GradingDefinition, LevelNotCovered
from supervision_core.kernel.plain import digest
from supervision_core.subjects.facts import FactValue, day_number

AS_OF = date(2026, 11, 24)
FINES = FactDefinition("fines", "罚款次数", FactType.INTEGER)
LISTED = FactDefinition("listed", "列异", FactType.FLAG)
SINCE = FactDefinition("since", "成立日期", FactType.DAY)


def model(kind: Kind, facts: tuple[FactDefinition, ...], *indicators: Indicator) -> AssessmentModel:
    """Give a model of two levels, the second from one point up."""
    return AssessmentModel(
        kind=kind,
        code=f"{kind.value}_model",
        name="模型",
        facts=facts,
        categories=(Category("all", "全部"),),
        indicators=indicators,
        levels=(Level("A", "低"), Level("B", "高")),
        grader=total_scale((Band(None, 100, "A"), Band(100, None, "B"))),
        version=3 if kind is Kind.RISK else 5,
    )


YOUNG = Bands("since", (Band(None, 365, 200), Band(365, None, 0)), EXCLUDED)
RISK = model(
    Kind.RISK,
    (FINES, SINCE),
    Indicator(
        "fines", "罚款", "all", Bands("fines", (Band(None, 1, 0), Band(1, None, 70)), REFUSED)
    ),
    Indicator("young", "新设", "all", YOUNG),
)
CREDIT = model(
    Kind.CREDIT,
    (LISTED,),
    Indicator("listed", "列异", "all", FlagPoints("listed", 100, 0, REFUSED)),
)
RULE = GradingDefinition(
    risk_levels=("A", "B"),
    credit_levels=("A", "B"),
    matrix=((1, 2), (3, 4)),
    grades=tuple(
        Grade(number=n, name=f"{n}级", measure="监管", object_ratio=f"0.{n}") for n in (1, 2, 3, 4)
    ),
    version=9,
)


def graded(facts: Mapping[str, FactValue], rule: GradingDefinition = RULE) -> GradedSubject:
    """Grade the one subject."""
    return grade_subject(
        rule_id="g1",
        rule=rule,
        risk=RISK,
        credit=CREDIT,
        subject="s1",
        facts=facts,
        as_of=AS_OF,
    )


def test_a_grading_keeps_all_that_it_was_made_from() -> None:
    """Versions, points of each indicator, levels, facts and day: enough to compute it again."""
    young = day_number(date(2026, 1, 1))
    found = graded({"staff": 9, "since": young, "listed": False, "fines": 2})
    risk = Standing(
        model="risk_model",
        model_version=3,
        level="B",
        total=270,
        contributions=(("fines", 70), ("young", 200)),
    )
    credit = Standing(
        model="credit_model",
        model_version=5,
        level="A",
        total=0,
        contributions=(("listed", 0),),
    )
    assert found == GradedSubject(
        rule="g1",
        rule_version=9,
        subject="s1",
        as_of=AS_OF,
        risk=risk,
        credit=credit,
        grade=3,
        facts={"fines": 2, "listed": False, "since": young},
    )
    assert list(found.facts) == ["fines", "listed", "since"]
    assert found.digest == digest(found)


@pytest.mark.parametrize(
    ("fines", "listed", "since", "grade"),
    [
        (0, False, date(2020, 1, 1), 1),
        (0, True, date(2020, 1, 1), 2),
        (0, False, date(2026, 1, 1), 3),
        (5, True, date(2026, 1, 1), 4),
        (0, False, date(2025, 11, 24), 1),
        (0, False, date(2025, 11, 25), 3),
    ],
)
def test_the_grade_is_the_cell_of_both_levels(
    fines: int, since: date, grade: int, *, listed: bool
) -> None:
    """Risk gives the row, credit the column; a day is kept as a number and aged as of the day."""
    found = graded({"fines": fines, "listed": listed, "since": day_number(since)})
    assert found.grade == grade


def test_without_a_level_there_is_no_grade() -> None:
    """A fact that either model insists on and that is not known leaves the subject ungraded."""
    no_risk = graded({"listed": True})
    assert (no_risk.risk.level, no_risk.risk.total, no_risk.grade) == (None, None, None)
    assert no_risk.risk.contributions == (("fines", None), ("young", None))
    assert (no_risk.credit.level, no_risk.credit.total) == ("B", 100)
    no_credit = graded({"fines": 0})
    assert (no_credit.risk.level, no_credit.credit.level, no_credit.grade) == ("A", None, None)


def test_a_rule_that_does_not_fit_is_refused() -> None:
    """A level that the rule does not cover is never taken for another."""
    other = evolve(RULE, risk_levels=("C", "D"))
    with pytest.raises(LevelNotCovered) as refusal:
        graded({"fines": 0, "listed": False}, other)
    assert [v.data for v in refusal.value.violations] == [{"level": "A"}]


def test_a_number_stays_a_number_and_a_flag_for_a_day_is_refused() -> None:
    """Only facts that a model reads as days are turned into days."""
    with pytest.raises(FactsNotUsable) as refusal:
        graded({"fines": 0, "listed": False, "since": "2026-01-01"})
    reasons = [(v.code, v.at) for v in refusal.value.violations]
    assert reasons == [("assessment.fact_of_another_type", "since")]
