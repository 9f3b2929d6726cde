"""The working days of Guangxi: the national calendar, 三月三, and what the operator adds.

One truth: the national days come from the package chinesecalendar (2004 to 2026, renewed by its
maintainers after each yearly notice, so an upgrade brings the next year). A table of our own would
be a second truth to keep in step; the one in ``tests/vectors`` only proves that both agree. Years
that no notice covers yet follow the law alone, and are provisional (ADR 0160).
"""

from adapters.calendar.chinese import ChineseCalendars
from adapters.calendar.table import BadCalendarTable, CalendarTable

__all__ = ["BadCalendarTable", "CalendarTable", "ChineseCalendars"]
