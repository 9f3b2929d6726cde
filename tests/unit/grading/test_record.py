from datetime import date

import pytest

from supervision_core.assessment.model import (
    REFUSED,
    AssessmentModel,
    Band,
    Category,
    FactDefinition,
    FactType,
    FlagPoints,
    Indicator,
    Kind,
    Level,
    total_scale,
)
from supervision_core.grading.graded import GradedSubject, Standing, SubjectGrader
from supervision_core.grading.model import Grade, GradingDefinition, LevelNotCovered

AS_OF = date(2026, 11, 24)


def model(kind: Kind, fact: str, version: int) -> AssessmentModel:
    """Give a model of one flag: A without it, B with it."""
    return AssessmentModel(
        kind=kind,
        code=f"{kind.value}_model",
        name="模型",
        facts=(FactDefinition(fact, fact, FactType.FLAG),),
        categories=(Category("all", "全部"),),
        indicators=(Indicator("one", "一", "all", FlagPoints(fact, 100, 0, REFUSED)),),
        levels=(Level("A", "低"), Level("B", "高")),
        grader=total_scale((Band(None, 100, "A"), Band(100, None, "B"))),
        version=version,
    )


def grader(levels: tuple[str, str] = ("A", "B")) -> SubjectGrader:
    """Give a grader whose grade tells the cell."""
    rule = GradingDefinition(
        risk_levels=levels,
        credit_levels=levels,
        matrix=((1, 2), (3, 4)),
        grades=tuple(
            Grade(number=n, name=f"{n}级", measure="监管", object_ratio=f"0.{n}")
            for n in (1, 2, 3, 4)
        ),
        version=9,
    )
    return SubjectGrader(
        rule_id="g1",
        rule=rule,
        risk=model(Kind.RISK, "risky", 3),
        credit=model(Kind.CREDIT, "listed", 5),
        as_of=AS_OF,
    )


def standing(kind: str, version: int, level: str | None, points: int | None) -> Standing:
    """Give what the one indicator makes of a subject."""
    return Standing(
        model=f"{kind}_model",
        model_version=version,
        level=level,
        total=points,
        contributions=(("one", points),),
    )


@pytest.mark.parametrize(
    ("risky", "listed", "grade"),
    [(False, False, 1), (False, True, 2), (True, False, 3), (True, True, 4)],
)
def test_a_record_is_whole(grade: int, *, risky: bool, listed: bool) -> None:
    """Risk gives the row, credit the column; rule, versions, points and inputs are kept."""
    assert grader().grade("s1", {"listed": listed, "more": 1, "risky": risky}) == GradedSubject(
        rule="g1",
        rule_version=9,
        subject="s1",
        as_of=AS_OF,
        risk=standing("risk", 3, "B" if risky else "A", 100 if risky else 0),
        credit=standing("credit", 5, "B" if listed else "A", 100 if listed else 0),
        grade=grade,
        facts={"listed": listed, "risky": risky},
    )


@pytest.mark.parametrize("known", ["risky", "listed"])
def test_one_level_alone_gives_no_grade(known: str) -> None:
    """Where either model has no level the subject has no grade, and that is no error."""
    found = grader().grade("s1", {known: True})
    lacking = found.credit if known == "risky" else found.risk
    assert (lacking.level, lacking.total, found.grade) == (None, None, None)


def test_a_level_that_the_rule_does_not_know_is_refused() -> None:
    """No level is ever taken for another."""
    with pytest.raises(LevelNotCovered) as refusal:
        grader(("C", "D")).grade("s1", {"risky": True, "listed": False})
    assert [v.data["level"] for v in refusal.value.violations] == ["B", "A"]
