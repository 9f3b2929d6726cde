"""Tables of days off and days worked, as an operator keeps them in a CSV file."""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Self

from attrs import frozen

from supervision_core.kernel.calendar import DayChange

_DAY_KINDS = {"off": False, "work": True}
_YEAR_KIND = "year"
_COLUMNS = ("date", "kind")


class BadCalendarTable(ValueError):
    """The table cannot be read; ``problems`` names each line and what is wrong with it."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """Hold every problem."""
        super().__init__("；".join(problems))
        self.problems = problems


@frozen
class CalendarTable:
    """Changes to the calendar.

    Columns ``date,kind`` and any others, one line a day; ``kind`` is ``off`` or ``work``, or
    ``year`` (with any day of it): all days off of that year are announced and stand here or in
    the national calendar. A year that the national calendar lacks is worked from Monday to Friday
    from that line on, but for the other lines.
    """

    changes: tuple[DayChange, ...] = ()
    complete_years: frozenset[int] = frozenset()

    @classmethod
    def of_file(cls, path: Path) -> Self:
        """Read a UTF-8 CSV file. Raises ``BadCalendarTable`` and ``OSError``."""
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise BadCalendarTable(("不是UTF-8编码，请另存为“CSV UTF-8”",)) from None
        return cls.of_lines(text.splitlines())

    @classmethod
    def of_lines(cls, lines: Iterable[str]) -> Self:
        """Read the lines of a CSV file with its header. Raises ``BadCalendarTable``."""
        changes = []
        years = set()
        problems = []
        table = csv.DictReader(lines)
        if missing := [name for name in _COLUMNS if name not in (table.fieldnames or ())]:
            raise BadCalendarTable((f"第1行：没有{'、'.join(missing)}列",))
        for number, row in enumerate(table, start=2):
            try:
                day = date.fromisoformat((row.get("date") or "").strip())
            except ValueError:
                problems.append(f"第{number}行：date不是2027-01-01这样的日期")
                continue
            kind = (row.get("kind") or "").strip()
            if kind == _YEAR_KIND:
                years.add(day.year)
            elif kind in _DAY_KINDS:
                changes.append(DayChange(day, works=_DAY_KINDS[kind]))
            else:
                problems.append(f"第{number}行：kind只能是off、work或year")
        if problems:
            raise BadCalendarTable(tuple(problems))
        return cls(changes=tuple(changes), complete_years=frozenset(years))
