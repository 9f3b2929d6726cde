"""The calendar of this installation: with the operator's own table, where there is one."""

from pathlib import Path

from adapters.calendar import BadCalendarTable, CalendarTable, ChineseCalendars
from entrypoints.settings import Settings, SettingsWrong, variable
from supervision_core.kernel.errors import Violation


def calendars_of(settings: Settings) -> ChineseCalendars:
    """Read the table that is set. Raises ``SettingsWrong`` with every line that is wrong."""
    if not settings.calendar:
        return ChineseCalendars()
    try:
        return ChineseCalendars(CalendarTable.of_file(Path(settings.calendar).expanduser()))
    except OSError:
        problems: tuple[str, ...] = ("文件打不开",)
    except BadCalendarTable as bad:
        problems = bad.problems
    name = variable("calendar")
    reasons = (
        Violation("settings.calendar", at=name, data={"file": settings.calendar, "problem": one})
        for one in problems
    )
    raise SettingsWrong(tuple(reasons))
