"""Working days."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision_core.kernel.calendar import DayChange, NoCalendarForYear, WorkingCalendar

HOLIDAYS = [DayChange(date(2026, 1, day), works=False) for day in (1, 2)]
MADE_UP = [DayChange(date(2026, 1, 4), works=True)]
CALENDAR = (
    WorkingCalendar.of_weekdays(2025)
    .joined(WorkingCalendar.of_weekdays(2026))
    .adjusted([*HOLIDAYS, *MADE_UP])
)
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
EARLY_DAYS = st.dates(date(2025, 1, 1), date(2026, 6, 30))
COUNTS = st.integers(0, 60)


@given(EARLY_DAYS, COUNTS)
def test_counting_back_undoes_counting_on(day: date, count: int) -> None:
    """Between a day and the n-th working day after it there are n working days."""
    due = CALENDAR.add_working_days(day, count)
    assert CALENDAR.working_days_between(day, due) == count
    assert CALENDAR.working_days_between(due, day) == -count
    assert count == 0 or CALENDAR.is_working(due)


@given(EARLY_DAYS, EARLY_DAYS, COUNTS, COUNTS)
def test_later_stays_later(day: date, other: date, count: int, more: int) -> None:
    """A later start or a longer term never means an earlier end; two terms in a row add up."""
    first, second = sorted((day, other))
    due = CALENDAR.add_working_days(first, count)
    if count:
        assert due <= CALENDAR.add_working_days(second, count)
    assert due <= CALENDAR.add_working_days(first, count + more)
    if due <= date(2026, 6, 30):
        assert CALENDAR.add_working_days(due, more) == CALENDAR.add_working_days(
            first, count + more
        )


@given(DAYS, DAYS)
def test_between_counts_each_working_day_once(start: date, end: date) -> None:
    """The start is left out and the end counted, as legal terms are."""
    first, last = sorted((start, end))
    every = [first + timedelta(days=step) for step in range(1, (last - first).days + 1)]
    assert CALENDAR.working_days_between(first, last) == sum(map(CALENDAR.is_working, every))


def test_the_day_after_is_the_first() -> None:
    """From Wednesday 31 December over two days off and Saturday to a worked Sunday."""
    assert CALENDAR.add_working_days(date(2025, 12, 31), 0) == date(2025, 12, 31)
    assert CALENDAR.add_working_days(date(2025, 12, 31), 1) == date(2026, 1, 4)
    assert CALENDAR.add_working_days(date(2026, 1, 1), 1) == date(2026, 1, 4)
    assert CALENDAR.add_working_days(date(2026, 1, 3), 2) == date(2026, 1, 5)


def test_changes_decide() -> None:
    """A holiday on a Friday is off, a made-up Sunday is worked, other days follow the week."""
    worked = [CALENDAR.is_working(date(2026, 1, day)) for day in range(1, 6)]
    assert worked == [False, False, False, True, True]


def test_the_later_change_wins() -> None:
    """Notices are corrected by notices."""
    day = date(2026, 5, 1)
    both = [DayChange(day, works=False), DayChange(day, works=True)]
    assert CALENDAR.adjusted(both).is_working(day)
    assert not CALENDAR.adjusted(reversed(both)).is_working(day)


@pytest.mark.parametrize(
    ("year", "count"), [(2024, 262), (2025, 261), (2026, 261)], ids=["leap", "plain", "plain too"]
)
def test_a_year_of_weekdays_is_whole(year: int, count: int) -> None:
    """From the first to the last day, and no other year's."""
    calendar = WorkingCalendar.of_weekdays(year)
    assert len(calendar.days) == count
    assert {day.year for day in calendar.days} == {year}
    assert calendar.is_working(date(year, 12, 31))


def test_no_calendar_for_a_year_is_said() -> None:
    """Nothing is guessed beyond the known years: ``kernel.no_calendar_for_year``."""
    outside = date(2027, 1, 1)
    inside = date(2026, 12, 31)
    gap = WorkingCalendar.of_weekdays(2024).joined(WorkingCalendar.of_weekdays(2026))
    attempts: list[tuple[int, Callable[[], object]]] = [
        (2027, lambda: CALENDAR.is_working(outside)),
        (2027, lambda: CALENDAR.add_working_days(outside, 0)),
        (2027, lambda: CALENDAR.add_working_days(inside, 1)),
        (2027, lambda: CALENDAR.add_working_days(inside, 5000)),
        (2027, lambda: CALENDAR.working_days_between(inside, outside)),
        (2027, lambda: CALENDAR.working_days_between(outside, inside)),
        (2027, lambda: CALENDAR.adjusted([DayChange(outside, works=False)])),
        (2024, lambda: CALENDAR.is_working(date(2024, 12, 31))),
        (2025, lambda: gap.add_working_days(date(2024, 12, 31), 1)),
        (2025, lambda: gap.working_days_between(date(2024, 12, 31), date(2026, 1, 1))),
    ]
    for year, attempt in attempts:
        with pytest.raises(NoCalendarForYear) as refused:
            attempt()
        (reason,) = refused.value.reasons
        assert (reason.code, reason.data) == ("kernel.no_calendar_for_year", {"year": year})


def test_a_term_is_not_negative() -> None:
    """Counting back is no deadline."""
    with pytest.raises(ValueError, match="-1"):
        CALENDAR.add_working_days(date(2026, 1, 5), -1)


def test_calendars_of_one_year_are_not_joined() -> None:
    """Two truths about one year would hide each other."""
    with pytest.raises(ValueError, match="2026"):
        CALENDAR.joined(WorkingCalendar.of_weekdays(2026))
