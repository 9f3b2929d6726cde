"""Guangxi's calendar from the package chinesecalendar."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Final

import chinese_calendar

from adapters.calendar.statutory import statutory_year
from adapters.calendar.table import BadCalendarTable, CalendarTable
from supervision_core.kernel.calendar import Calendars, WorkingCalendar

# 自治区政府令第98号: 三月三 has been a public holiday of Guangxi since 2014.
FIRST_YEAR_OF_GUANGXI_HOLIDAY: Final = 2014
YEARS_AHEAD: Final = 5
"""So many years after the last announced one follow the law alone."""
SATURDAY: Final = 5


@cache
def national_calendar() -> WorkingCalendar:
    """Give the national working days of every year that the package knows.

    Its own ``is_workday`` looks for the first and the last of its years at each call, which took
    most of the time in which the platform starts.
    """
    off, worked = chinese_calendar.constants.holidays, chinese_calendar.constants.workdays
    years = {day.year for day in off}
    days = (
        day
        for day in _every_day(min(years), max(years))
        if day in worked or (day.weekday() < SATURDAY and day not in off)
    )
    return WorkingCalendar(years=years, days=days)


@cache
def guangxi_holidays() -> CalendarTable:
    """Give Guangxi's own days off (and worked in exchange), as far as their notices were found."""
    table = resources.files("adapters.calendar").joinpath("guangxi_holiday_overlay.csv")
    return CalendarTable.of_lines(table.read_text(encoding="utf-8").splitlines())


class ChineseCalendars(Calendars):
    """The national calendar, then Guangxi's holidays, then the operator's table: the last wins.

    Years since 2014 without announced 三月三 are provisional, and so are the five that follow the
    last announced one, which have the days off that the law names: until the operator's table says
    ``year`` for them. Raises ``BadCalendarTable`` for a change in a year that nobody covers.
    """

    def __init__(self, operator: CalendarTable | None = None) -> None:
        """Build the calendar once; give a new table to a new object."""
        operator = operator or CalendarTable()
        national = national_calendar()
        holidays = guangxi_holidays()
        whole = national
        for year in sorted(operator.complete_years - national.years):
            whole = whole.joined(WorkingCalendar.of_weekdays(year))
        last = max(national.years)
        for year in sorted({*range(last + 1, last + 1 + YEARS_AHEAD)} - whole.years):
            whole = whole.joined(statutory_year(year))
        if unknown := {change.day.year for change in operator.changes} - whole.years:
            raise BadCalendarTable(
                tuple(f"{year}年：没有放假安排，请加一行kind为year的" for year in sorted(unknown))
            )
        announced = {change.day.year for change in holidays.changes} | operator.complete_years
        provisional = {
            year for year in whole.years - announced if year >= FIRST_YEAR_OF_GUANGXI_HOLIDAY
        }
        adjusted = whole.adjusted([*holidays.changes, *operator.changes])
        self._calendar = WorkingCalendar(adjusted.years, adjusted.days, provisional)

    def working_calendar(self) -> WorkingCalendar:
        """Give the working days of Guangxi as known at present."""
        return self._calendar


def _every_day(first_year: int, last_year: int) -> Iterator[date]:
    day = date(first_year, 1, 1)
    while day.year <= last_year:
        yield day
        day += timedelta(days=1)
