"""Which of the gradings of a subject changed something."""

from datetime import date

from attrs import evolve

from supervision_core.grading.graded import changes_among
from supervision_core.testing.grading import full_graded


def test_only_what_changed_is_given_by_each_rule() -> None:
    """The first by each rule, then another grade or another level of either; not other points."""
    first = full_graded(day=date(2026, 1, 1))
    points = evolve(first, as_of=date(2026, 2, 1), risk=evolve(first.risk, total=1))
    other = evolve(first, as_of=date(2026, 2, 1), rule="r2")
    level = evolve(first, as_of=date(2026, 3, 1), risk=evolve(first.risk, level="C"))
    grade = evolve(level, as_of=date(2026, 4, 1), grade=None)
    back = evolve(grade, as_of=date(2026, 5, 1), grade=2)
    found = list(changes_among([first, points, other, level, grade, back]))
    assert found == [first, other, level, grade, back]
