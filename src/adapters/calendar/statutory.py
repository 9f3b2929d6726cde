"""What the law alone says of a year's days off, before the yearly notice arranges them.

《全国年节及纪念日放假办法》 (国务院令第795号, since 2025-01-01), articles 2 and 6, and for 三月三
自治区政府令第98号. The notice, some weeks before the year, moves days and has Sundays worked in
exchange; what the law says comes within a few days of it.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from borax.calendars.lunardate import LunarDate, TermUtils

from supervision_core.kernel.calendar import DayChange, WorkingCalendar


def statutory_year(year: int) -> WorkingCalendar:
    """Give a year worked from Monday to Friday but for the days that the law takes off.

    Each of them that falls on a day off is made up for on the next working day (article 6).
    """
    calendar = WorkingCalendar.of_weekdays(year)
    for day in statutory_days(year):
        off = day
        while not calendar.is_working(off):
            off += timedelta(days=1)
        calendar = calendar.adjusted([DayChange(off, works=False)])
    return calendar


def statutory_days(year: int) -> list[date]:
    """Give the days that the law takes off, in their order, twice where two feasts meet."""
    return sorted(_days_off(year))


def _days_off(year: int) -> Iterator[date]:
    yield date(year, 1, 1)
    spring: date = LunarDate(year, 1, 1).to_solar_date()
    yield from (spring + timedelta(days=count) for count in range(-1, 3))
    yield from (LunarDate(year, 3, day).to_solar_date() for day in (3, 4))
    yield TermUtils.day_start_from_term(year, "清明")
    yield from (date(year, 5, day) for day in (1, 2))
    yield LunarDate(year, 5, 5).to_solar_date()
    yield LunarDate(year, 8, 15).to_solar_date()
    yield from (date(year, 10, day) for day in (1, 2, 3))
