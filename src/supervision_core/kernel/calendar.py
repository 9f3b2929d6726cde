"""Working days: every legal deadline of the platform is counted in them."""

from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import ClassVar, Final

from attrs import define, evolve, field, frozen

from supervision_core.kernel.days import GUANGXI, local_day
from supervision_core.kernel.errors import DomainError, Violation

_SATURDAY = 5
_HOURS: Final = ((time(9), time(12)), (time(13), time(18)))
"""When there is work on a working day, by Guangxi's clocks."""


@define(eq=False)
class NoCalendarForYear(DomainError):
    """Nobody has said yet which days of ``year`` are worked, so no deadline can be counted."""

    code: ClassVar[str] = "kernel.no_calendar_for_year"
    year: int

    @property
    def reasons(self) -> tuple[Violation, ...]:
        """The year that is missing."""
        return (Violation(self.code, data={"year": self.year}),)


@frozen
class DayChange:
    """A day that is worked, or is off, against what the calendar said before."""

    day: date
    works: bool


def _sorted_days(days: Iterable[date]) -> tuple[date, ...]:
    return tuple(sorted(set(days)))


def _frozen_years(years: Iterable[int]) -> frozenset[int]:
    return frozenset(years)


@frozen
class WorkingCalendar:
    """工作日历 (WorkingCalendar): which days are worked in the years that it covers.

    ``days`` are the working days of all ``years``. ``provisional`` are covered years whose days
    off are not all announced; counting works, and whoever shows a deadline there says so. Days
    are local days of Guangxi. Whatever touches a year outside ``years`` raises
    ``NoCalendarForYear``.
    """

    years: frozenset[int] = field(converter=_frozen_years)
    days: tuple[date, ...] = field(converter=_sorted_days, repr=False)
    provisional: frozenset[int] = field(default=frozenset(), converter=_frozen_years)

    @classmethod
    def of_weekdays(cls, year: int) -> "WorkingCalendar":
        """Give a year worked from Monday to Friday, to be adjusted."""
        first = date(year, 1, 1)
        every = (first + timedelta(days=count) for count in range(366))
        return cls(
            years=[year],
            days=[day for day in every if day.year == year and day.weekday() < _SATURDAY],
        )

    def adjusted(self, changes: Iterable[DayChange]) -> "WorkingCalendar":
        """Give this calendar with ``changes``; of two for one day the later wins."""
        wanted = {change.day: change.works for change in changes}
        for day in wanted:
            self._require(day.year)
        kept = [day for day in self.days if day not in wanted]
        return evolve(self, days=[*kept, *(day for day, works in wanted.items() if works)])

    def joined(self, other: "WorkingCalendar") -> "WorkingCalendar":
        """Give both calendars as one. Raises ``ValueError`` where they share a year."""
        if both := self.years & other.years:
            raise ValueError(sorted(both))
        return WorkingCalendar(
            years=self.years | other.years,
            days=self.days + other.days,
            provisional=self.provisional | other.provisional,
        )

    def is_working(self, day: date) -> bool:
        """Tell whether ``day`` is worked."""
        self._require(day.year)
        at = bisect_left(self.days, day)
        return at < len(self.days) and self.days[at] == day

    def add_working_days(self, day: date, count: int) -> date:
        """Give the ``count``-th working day after ``day``: the next one is 1; 0 is ``day`` itself.

        ``day`` need not be worked. Raises ``ValueError`` for a negative ``count``.
        """
        if count < 0:
            raise ValueError(count)
        self._require(day.year)
        if count == 0:
            return day
        missing = day.year
        while missing in self.years:
            missing += 1
        at = bisect_right(self.days, day) + count - 1
        if at >= len(self.days) or self.days[at].year >= missing:
            raise NoCalendarForYear(missing)
        return self.days[at]

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after ``start`` up to ``end``, both ways: negative if before.

        So ``working_days_between(day, add_working_days(day, n)) == n``.
        """
        for year in range(min(start, end).year, max(start, end).year + 1):
            self._require(year)
        return bisect_right(self.days, end) - bisect_right(self.days, start)

    def has_work(self, start: datetime, end: datetime, least: timedelta) -> bool:
        """Tell whether there is so much working time (9 to 12, 13 to 18) from ``start`` to ``end``.

        Both are aware moments; no day is looked at beyond the one that is enough.
        """
        day, found = local_day(start), timedelta()
        while found < least and day <= local_day(end):
            if self.is_working(day):
                for opens, closes in _HOURS:
                    first = max(start, datetime.combine(day, opens, GUANGXI))
                    last = min(end, datetime.combine(day, closes, GUANGXI))
                    found += max(last - first, timedelta())
            day += timedelta(days=1)
        return found >= least

    def _require(self, year: int) -> None:
        if year not in self.years:
            raise NoCalendarForYear(year)


class Calendars(ABC):
    """Gives the calendar by which deadlines are counted."""

    @abstractmethod
    def working_calendar(self) -> WorkingCalendar:
        """Give the working days of Guangxi as known at present; cheap to ask again."""
