"""企业评价: how a firm found a visit, unseen by the body that inspected."""

from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final, Self

from attrs import define, field, frozen

from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate
from supervision_core.tasks.model.visit import Visit, VisitState

FEWEST: Final = 5
"""Ratings of a body below which nothing is told of them: nobody shall guess whose they are."""


@define(eq=False)
class VisitNotRated(Refused):
    """The visit cannot be rated, or not so."""

    code: ClassVar[str] = "tasks.visit_not_rated"


class Score(StrEnum):
    """分值 (Score): what a firm gives one side of a visit."""

    FIVE = "5"
    FOUR = "4"
    THREE = "3"
    TWO = "2"
    ONE = "1"

    @property
    def points(self) -> int:
        """What it counts."""
        return int(self.value)


@frozen(kw_only=True)
class Scores:
    """评分 (Scores): one to five points each for conduct by the rules, manner, and help.

    Source: 深府规〔2025〕6号 (query, rate, complain); proposal 3332.
    """

    lawful: Score
    courteous: Score
    helpful: Score


@define(eq=False, kw_only=True)
class VisitRating(Aggregate):
    """企业评价 (VisitRating): the rating of one visit, whose id it bears.

    It says neither who rated nor which firm: it counts for the ``department`` that led the visit.
    """

    _department: str
    _rated_on: date
    _scores: Scores = field(repr=False)

    @classmethod
    def of(cls, visit: Visit, scores: Scores, *, on: date) -> Self:
        """Rate a visit that is over, its result being formed. Raises ``VisitNotRated``."""
        if visit.state is not VisitState.COMPLETED:
            raise VisitNotRated((Violation("tasks.visit_not_over"),))
        if not visit.formed:
            raise VisitNotRated((Violation("tasks.visit_not_formed"),))
        return cls(id=visit.id, department=visit.sheet.lead, rated_on=on, scores=scores)

    @property
    def department(self) -> str:
        """The body that led the visit."""
        return self._department

    @property
    def rated_on(self) -> date:
        """The day of the rating."""
        return self._rated_on

    @property
    def scores(self) -> Scores:
        """What the firm gave."""
        return self._scores


@define(eq=False)
class RatingsNotTold(Refused):
    """What firms gave in a quarter is not told."""

    code: ClassVar[str] = "tasks.ratings_not_told"


@frozen(order=True)
class Quarter:
    """季度 (Quarter): the days whose ratings are told together.

    Days that somebody may choose would tell what one firm gave: as the difference of two ranges,
    or of yesterday and today.
    """

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """Give the quarter in which a day lies."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def before(self) -> "Quarter":
        """The one before it."""
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        month = 3 * self.number
        return date(self.year, month, monthrange(self.year, month)[1])

    def ended_by(self, today: date) -> Self:
        """Give it when it is over. Raises ``RatingsNotTold``."""
        refuse_if(RatingsNotTold, [Violation("tasks.quarter_not_over")] * (self.last >= today))
        return self


@frozen(kw_only=True)
class RatingTotals:
    """评价合计 (RatingTotals): how many ratings a body has, and the sums of their scores."""

    count: int
    lawful: int
    courteous: int
    helpful: int

    def mean(self, name: str) -> str:
        """Give a mean with two decimals, nothing where there are fewer than ``FEWEST``."""
        if self.count < FEWEST:
            return ""
        hundredths = (200 * int(getattr(self, name)) + self.count) // (2 * self.count)
        return f"{hundredths // 100}.{hundredths % 100:02}"
