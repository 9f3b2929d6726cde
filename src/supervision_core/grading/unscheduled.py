"""Whom somebody graded beside the calendar: a pool says of whose strata that is so, and by whom."""

from collections.abc import Collection
from datetime import date, datetime

from attrs import define, field, setters

from supervision_core.kernel.events import Aggregate


@define(eq=False, kw_only=True)
class UnscheduledRun(Aggregate):
    """非周期分级 (UnscheduledRun): subjects that were graded at another time than the calendar's.

    ``by`` is the account that did it, ``department`` for whom.
    ``subjects`` are those of whom that grading stands: the calendar's own takes its place.
    Source: design §14.
    """

    rule: str = field(on_setattr=setters.frozen)
    as_of: date = field(on_setattr=setters.frozen)
    by: str = field(on_setattr=setters.frozen)
    department: str = field(on_setattr=setters.frozen)
    at: datetime = field(on_setattr=setters.frozen)
    _subjects: tuple[str, ...]

    @property
    def subjects(self) -> tuple[str, ...]:
        """Those of whom that grading stands, by id."""
        return self._subjects

    def give_way(self, subjects: Collection[str]) -> bool:
        """Stand no longer of those; tell whether it did of any."""
        left = tuple(one for one in self._subjects if one not in subjects)
        changed, self._subjects = len(left) < len(self._subjects), left
        return changed
