"""When what would give away a coming visit may be told to everybody."""

from datetime import date
from typing import Final

from supervision_core.kernel.calendar import NoCalendarForYear, WorkingCalendar
from supervision_core.tasks.model.sheet import TaskState

TOLD_WITHIN_WORKING_DAYS: Final = 20
"""After the end of a task, its draw is public in any case."""


def told_on(ends_on: date, calendar: WorkingCalendar) -> date:
    """Give the day from which a task's draw is public, whatever visits are still open.

    Where nobody has said yet which days are worked, every weekday is: a calendar that is missing
    withholds nothing.
    """
    try:
        return calendar.add_working_days(ends_on, TOLD_WITHIN_WORKING_DAYS)
    except NoCalendarForYear:
        weekdays = WorkingCalendar.of_weekdays(ends_on.year)
        both = weekdays.joined(WorkingCalendar.of_weekdays(ends_on.year + 1))
        return both.add_working_days(ends_on, TOLD_WITHIN_WORKING_DAYS)


def is_told(  # noqa: PLR0913 - what it depends on
    state: TaskState,
    ends_on: date,
    *,
    made: int,
    completed: int,
    today: date,
    calendar: WorkingCalendar,
) -> bool:
    """Tell whether a task's draw is public: who is drawn, its name, and why one was cleared.

    It is once every visit that was made is completed, and of a deleted task; of any task from
    ``told_on`` on.
    """
    if state is TaskState.DELETED or 0 < made <= completed:
        return True
    return today >= told_on(ends_on, calendar)


def unfinished(ends_on: date, *, left: int, today: date) -> int:
    """Count of ``left``, the visits whose result is not formed, those that are overdue."""
    return left if today > ends_on else 0
