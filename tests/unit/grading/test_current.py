"""What lists of graded subjects are made of: the newest grade of each subject by each rule."""

from datetime import timedelta

from attrs import evolve

from supervision_core.grading.current import UNGRADED, CurrentGrade, GradedPlace, current_id
from supervision_core.testing.grading import DAY, full_graded
from supervision_core.testing.models import full_grading_rule

HERE = GradedPlace(region="450100", departments=("d-1",), category="c-1")
THERE = GradedPlace(region="450200", departments=(), category="")
RULE = full_grading_rule("r1").newest


def test_the_newest_grade_is_the_current_one() -> None:
    """One of a later day takes its place; one of an earlier day changes no grade."""
    current = CurrentGrade.of(full_graded(grade=2), RULE, HERE)
    assert (current.id, current.grade) == (current_id("r1", "s1"), 2)
    assert (current.risk.level, current.risk.points, current.credit.points) == (
        "B",
        "18.5",
        "96",
    )
    current.renew(full_graded(grade=1, day=DAY - timedelta(days=1)), RULE)
    assert (current.grade, current.as_of) == (2, DAY)
    current.renew(full_graded(grade=1, day=DAY + timedelta(days=1)), RULE)
    assert (current.grade, current.as_of, current.place) == (1, DAY + timedelta(days=1), HERE)


def test_too_little_known_is_said_in_words() -> None:
    """数据不足: no grade, no level, no points."""
    graded = full_graded(grade=None)
    unknown = evolve(graded, risk=evolve(graded.risk, level=None, total=None))
    current = CurrentGrade.of(unknown, RULE, HERE)
    assert (current.grade, current.grade_name) == (UNGRADED, "数据不足")
    assert (current.risk.level, current.risk.points) == ("", "")


def test_a_grade_stands_where_its_subject_stands() -> None:
    """It moves with the subject, and says whether it did."""
    current = CurrentGrade.of(full_graded(), RULE, HERE)
    assert not current.follow(HERE)
    assert current.follow(THERE)
    assert current.place == THERE
