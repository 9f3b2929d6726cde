"""企业评价: when, between what limits, and from how many on anything is told."""

from datetime import date, timedelta

import pytest

from supervision_core.tasks.model.rating import (
    FEWEST,
    Quarter,
    RatingsNotTold,
    RatingTotals,
    Score,
    Scores,
    VisitNotRated,
    VisitRating,
)
from supervision_core.tasks.model.visit import Visit
from supervision_core.testing.tasks import INSPECTORS, LEAD, MOMENT, TODAY, visit, visit_sheet

SCORES = Scores(lawful=Score.FIVE, courteous=Score.ONE, helpful=Score.THREE)


def test_a_visit_that_is_over_is_rated() -> None:
    """The rating names the body that led, and nobody who rated."""
    made = VisitRating.of(visit("visit-1"), SCORES, on=TODAY)
    assert (made.id, made.department, made.rated_on) == ("visit-1", LEAD, TODAY)
    fresh = Visit.open(
        id="visit-2", sheet=visit_sheet(), officers=INSPECTORS, due_on=TODAY, at=MOMENT
    )
    with pytest.raises(VisitNotRated) as refusal:
        VisitRating.of(fresh, SCORES, on=TODAY)
    assert [one.code for one in refusal.value.violations] == ["tasks.visit_not_over"]


def test_fewer_than_five_ratings_tell_nothing() -> None:
    """Means have two decimals, halves rounded up."""
    few = RatingTotals(count=FEWEST - 1, lawful=20, courteous=20, helpful=20)
    assert few.mean("lawful") == ""
    told = RatingTotals(count=8, lawful=40, courteous=29, helpful=8)
    means = [told.mean(one) for one in ("lawful", "courteous", "helpful")]
    assert means == ["5.00", "3.63", "1.00"]


@pytest.mark.parametrize(
    ("day", "year", "number", "last"),
    [
        (date(2026, 1, 1), 2026, 1, date(2026, 3, 31)),
        (date(2026, 6, 30), 2026, 2, date(2026, 6, 30)),
        (date(2026, 12, 31), 2026, 4, date(2026, 12, 31)),
        (date.max, 9999, 4, date.max),
    ],
)
def test_a_quarter_is_three_whole_months(day: date, year: int, number: int, last: date) -> None:
    """From its first day to its last, also at the end of years."""
    quarter = Quarter.of(day)
    assert (quarter, quarter.last) == (Quarter(year, number), last)
    assert quarter.first <= day <= quarter.last
    assert quarter.before.last == quarter.first - timedelta(days=1)


def test_a_quarter_is_told_once_it_is_over() -> None:
    """On its last day one rating could still be told from the others."""
    quarter = Quarter(2026, 1)
    assert quarter.ended_by(date(2026, 4, 1)) == quarter
    with pytest.raises(RatingsNotTold) as refusal:
        quarter.ended_by(date(2026, 3, 31))
    assert [one.code for one in refusal.value.violations] == ["tasks.quarter_not_over"]
