"""企业评价: the stores add up alike what firms gave, by body and day."""

from collections.abc import Callable
from datetime import date
from typing import Any

from supervision_core.kernel.ports import Transactions
from supervision_core.tasks.model.rating import RatingTotals, Score, Scores, VisitRating
from supervision_core.tasks.ports import VisitRatings

from .test_cycle import transactions

__all__ = ["transactions"]


def _rating(number: int, department: str, day: int) -> VisitRating:
    scores = Scores(lawful=Score(str(number)), courteous=Score.FIVE, helpful=Score.ONE)
    return VisitRating(
        id=f"visit-{number}-{department}", department=department, rated_on=date(2026, 3, day),
        scores=scores,
    )  # fmt: skip


def test_ratings_are_added_up(transactions: Callable[[dict[Any, Any]], Transactions]) -> None:
    """Of the bodies that are asked for, the first and the last day included."""
    store = transactions({})
    with store.begin() as unit:
        for number in range(1, 6):
            unit[VisitRatings].save(_rating(number, "farm", number))
        unit[VisitRatings].save(_rating(5, "lead", 2))
        unit.commit()
    with store.begin_reading() as unit:
        days = {"since": date(2026, 3, 1), "until": date(2026, 3, 5)}
        found = unit[VisitRatings].totals({"farm", "absent"}, **days)
        assert found == {"farm": RatingTotals(count=5, lawful=15, courteous=25, helpful=5)}
        assert found["farm"].mean("lawful") == "3.00"
        later = unit[VisitRatings].totals({"farm", "lead"}, since=date(2026, 3, 2),
                                          until=date(2026, 3, 4))  # fmt: skip
        assert {name: one.count for name, one in later.items()} == {"farm": 3, "lead": 1}
        assert unit[VisitRatings].totals(set(), **days) == {}
