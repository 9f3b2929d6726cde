"""When what would give away a coming visit may be told to everybody."""

from datetime import date

import pytest

from supervision_core.kernel.calendar import DayChange, WorkingCalendar
from supervision_core.tasks.model.disclosure import is_told, told_on, unfinished
from supervision_core.tasks.model.sheet import TaskState

ENDS_ON = date(2026, 9, 18)
NATIONAL_DAY = [DayChange(date(2026, 10, day), works=False) for day in range(1, 8)]
CALENDAR = WorkingCalendar.of_weekdays(2026).adjusted(
    [*NATIONAL_DAY, DayChange(date(2026, 10, 10), works=True)]
)
LAST = date(2026, 10, 22)
"""The twentieth working day: 8 in September, none before 8 October, a Saturday worked."""


def test_a_draw_is_public_twenty_working_days_after_the_end() -> None:
    """Days off are none of them, a Saturday that is worked is one."""
    assert told_on(ENDS_ON, CALENDAR) == LAST


def test_a_calendar_that_is_missing_withholds_nothing() -> None:
    """Next year's days off are not announced: weekdays count, and a day there is."""
    assert told_on(date(2026, 12, 21), CALENDAR) == date(2027, 1, 18)


@pytest.mark.parametrize(
    ("today", "made", "completed", "state", "told"),
    [
        (date(2026, 9, 1), 3, 3, TaskState.IN_PROGRESS, True),
        (date(2026, 9, 1), 3, 2, TaskState.IN_PROGRESS, False),
        (date(2026, 9, 1), 0, 0, TaskState.DRAFTED, False),
        (date(2026, 10, 21), 3, 2, TaskState.IN_PROGRESS, False),
        (LAST, 3, 2, TaskState.IN_PROGRESS, True),
        (LAST, 0, 0, TaskState.DRAFTED, True),
        (date(2026, 9, 1), 3, 0, TaskState.DELETED, True),
    ],
)
def test_open_visits_withhold_a_draw_until_then(
    today: date, made: int, completed: int, state: TaskState, *, told: bool
) -> None:
    """抽取证明: once all is visited; 未完成的 withhold it no longer than the term."""
    found = is_told(state, ENDS_ON, made=made, completed=completed, today=today, calendar=CALENDAR)
    assert found is told


def test_visits_are_unfinished_once_the_time_is_over() -> None:
    """On the last day of the task none is."""
    assert unfinished(ENDS_ON, left=2, today=ENDS_ON) == 0
    assert unfinished(ENDS_ON, left=2, today=date(2026, 9, 19)) == 2
