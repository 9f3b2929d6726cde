"""企业评价: given by the firm once a visit is over, told to the supervising body as sums alone."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from attrs import field, frozen

from supervision_core.identity.ports import Departments
from supervision_core.identity.services import Work, question, use_case
from supervision_core.identity.services.keeping import find
from supervision_core.identity.services.lists import ReferredName, names_in
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import choice, department, integer, text
from supervision_core.subjects.services import parties_of
from supervision_core.tasks.model.rating import (
    FEWEST,
    Quarter,
    RatingsNotTold,
    Score,
    Scores,
    VisitNotRated,
    VisitRating,
)
from supervision_core.tasks.ports import VisitRatings, Visits

_SCORES: Final[Mapping[str, str]] = {
    Score.FIVE: "5分 很满意", Score.FOUR: "4分 满意", Score.THREE: "3分 一般",
    Score.TWO: "2分 不满意", Score.ONE: "1分 很不满意",
}  # fmt: skip


@frozen(kw_only=True)
class RateVisit:
    """How the firm found a visit."""

    visit_id: str = field(metadata=said("现场检查的编号", example="0123abcd", to="visit"))
    lawful: Score = choice("执法是否规范", _SCORES, required=True)
    courteous: Score = choice("态度是否文明", _SCORES, required=True)
    helpful: Score = choice("对合规经营有无帮助", _SCORES, required=True)


@use_case("tasks.rate_visit", "评价检查")
def rate_visit(work: Work, cmd: RateVisit) -> None:
    """Rate, as the firm, a visit that is over, once.

    The body that inspected sees nothing of it; the body above it sees sums of five ratings or more.
    """
    visit = work[Visits].get(cmd.visit_id)
    if work.actor.scope.party not in parties_of(work, visit.sheet.subject):
        raise work.foreign(Visits.kind, visit.id)
    if find(work.unit, VisitRatings, visit.id) is not None:
        raise VisitNotRated((Violation("tasks.rated_already"),))
    scores = Scores(lawful=cmd.lawful, courteous=cmd.courteous, helpful=cmd.helpful)
    work.save(VisitRatings, VisitRating.of(visit, scores, on=local_day(work.now)))


@frozen(kw_only=True)
class ViewRatings:
    """The quarter of the ratings that are asked for, by any of its days."""

    on: date = field(metadata=said("所查季度中的任意一天", example="2020-03-31"))


@frozen(kw_only=True)
class RatingRow:
    """What firms gave one body; means are empty where too few rated."""

    department: str = department("牵头部门", required=True)
    count: int = integer("评价份数", required=True)
    lawful: str = text("执法规范")
    courteous: str = text("态度文明")
    helpful: str = text("对合规有帮助")


@frozen(kw_only=True)
class Ratings:
    """What firms gave the bodies below one's own."""

    since: date = field(metadata=said("季度第一天", example="2020-01-01"))
    until: date = field(metadata=said("季度最后一天", example="2020-03-31"))
    fewest: int = field(metadata=said("不足多少份的不显示评分", example=FEWEST))
    items: tuple[RatingRow, ...] = field(metadata=said("各部门"))
    names: tuple[ReferredName, ...] = field(metadata=said("所引用对象的名称"))


@question("tasks.view_ratings", "查看企业对检查的评价", refuses=(RatingsNotTold,))
def view_ratings(work: Work, about: ViewRatings) -> Ratings:
    """Tell what firms gave in a quarter that is over to the bodies that one's own supervises.

    Of one's own nothing; whoever supervises none is told nothing. Raises ``RatingsNotTold``.
    """
    quarter = Quarter.of(about.on).ended_by(local_day(work.now))
    own = work.actor.department
    below = {one.id for one in work[Departments].below(own)} - {own} if own else set()
    found = work[VisitRatings].totals(below, since=quarter.first, until=quarter.last)
    items = tuple(
        RatingRow(
            department=one, count=totals.count, lawful=totals.mean("lawful"),
            courteous=totals.mean("courteous"), helpful=totals.mean("helpful"),
        )
        for one, totals in sorted(found.items())
    )  # fmt: skip
    return Ratings(
        since=quarter.first, until=quarter.last, fewest=FEWEST, items=items,
        names=names_in(work, items),
    )  # fmt: skip
