"""The newest grade of each subject by each rule: what lists of graded subjects are made of."""

from datetime import date
from typing import Final, Self

from attrs import define, field, frozen, setters

from supervision_core.assessment.model.decimals import decimal_text
from supervision_core.grading.graded import GradedSubject, Standing
from supervision_core.grading.model import GradingDefinition
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.events import Aggregate

UNGRADED: Final = 0
"""The number of the grade of a subject of which too little is known (数据不足)."""
_ID: Final = 32
_POINTS: Final = 2


@frozen(kw_only=True)
class GradedPlace:
    """对象归属 (GradedPlace): where a graded subject stands, whose it is, category and code.

    ``code`` is the one by which the subject may be shown, empty for none.
    """

    region: str
    departments: tuple[str, ...]
    category: str
    code: str = ""


@frozen(kw_only=True)
class CurrentStanding:
    """现行评价 (CurrentStanding): the level and points that a model gave, if it could."""

    level: str
    points: str

    @classmethod
    def of(cls, standing: Standing) -> Self:
        """Give what a standing says; its total is in hundredths."""
        total = standing.total
        points = "" if total is None else decimal_text(total, _POINTS)
        return cls(level=standing.level or "", points=points)


@define(eq=False, kw_only=True)
class CurrentGrade(Aggregate):
    """现行等级 (CurrentGrade): the newest grade of a subject by a rule, and where that stands.

    The records of gradings are the truth, and are replayed; this follows. Source: proposal 3872.
    """

    rule: str = field(on_setattr=setters.frozen)
    subject: str = field(on_setattr=setters.frozen)
    _place: GradedPlace
    _as_of: date
    _grade: int
    _grade_name: str
    _risk: CurrentStanding
    _credit: CurrentStanding

    @classmethod
    def of(cls, graded: GradedSubject, rule: GradingDefinition, place: GradedPlace) -> Self:
        """Give the current grade of a subject that was never graded by this rule."""
        return cls(
            id=current_id(graded.rule, graded.subject),
            rule=graded.rule,
            subject=graded.subject,
            place=place,
            as_of=graded.as_of,
            grade=graded.grade or UNGRADED,
            grade_name=_named(graded, rule),
            risk=CurrentStanding.of(graded.risk),
            credit=CurrentStanding.of(graded.credit),
        )

    def renew(self, graded: GradedSubject, rule: GradingDefinition) -> None:
        """Follow a grading; one as of an earlier day changes nothing."""
        if graded.as_of < self._as_of:
            return
        self._as_of, self._grade = graded.as_of, graded.grade or UNGRADED
        self._grade_name = _named(graded, rule)
        self._risk = CurrentStanding.of(graded.risk)
        self._credit = CurrentStanding.of(graded.credit)

    def follow(self, place: GradedPlace) -> bool:
        """Stand where the subject stands now; tell whether that is elsewhere."""
        moved, self._place = place != self._place, place
        return moved

    @property
    def place(self) -> GradedPlace:
        """Where the subject stands."""
        return self._place

    @property
    def as_of(self) -> date:
        """The day as of which it was graded."""
        return self._as_of

    @property
    def grade(self) -> int:
        """The number of the grade, ``UNGRADED`` where too little is known."""
        return self._grade

    @property
    def grade_name(self) -> str:
        """What the grade is called."""
        return self._grade_name

    @property
    def risk(self) -> CurrentStanding:
        """What the risk model said."""
        return self._risk

    @property
    def credit(self) -> CurrentStanding:
        """What the credit model said."""
        return self._credit


def _named(graded: GradedSubject, rule: GradingDefinition) -> str:
    return "数据不足" if graded.grade is None else rule.grade_numbered(graded.grade).name


def current_id(rule: str, subject: str) -> str:
    """Give the id of the current grade of a subject by a rule, always the same."""
    return sm3(f"{rule}/{subject}".encode()).hex()[:_ID]
