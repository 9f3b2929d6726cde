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


class BadCalendarTable(ValueError):
    """The table cannot be read; ``problems`` names each line and what is wrong with it."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """Hold every problem."""
        super().__init__("; ".join(problems))
        self.problems = problems


@frozen
class CalendarTable:
    """Changes to the calendar.

    Columns ``date,kind`` and any others, one line a day; ``kind`` is ``off`` or ``work``, or
    ``year`` (with any day of it): all days off of that year are announced and stand here or in
    the national calendar. A year that the national calendar lacks exists from that line on,
    worked from Monday to Friday but for the other lines.
    """

    changes: tuple[DayChange, ...] = ()
    complete_years: frozenset[int] = frozenset()

    @classmethod
    def of_file(cls, path: Path) -> Self:
        """Read a UTF-8 CSV file. Raises ``BadCalendarTable`` and ``OSError``."""
        return cls.of_lines(path.read_text(encoding="utf-8-sig").splitlines())

    @classmethod
    def of_lines(cls, lines: Iterable[str]) -> Self:
        """Read the lines of a CSV file with its header. Raises ``BadCalendarTable``."""
        changes = []
        years = set()
        problems = []
        for number, row in enumerate(csv.DictReader(lines), start=2):
            try:
                day = date.fromisoformat((row.get("date") or "").strip())
            except ValueError:
                problems.append(f"line {number}: no date")
                continue
            kind = (row.get("kind") or "").strip()
            if kind == _YEAR_KIND:
                years.add(day.year)
            elif kind in _DAY_KINDS:
                changes.append(DayChange(day, works=_DAY_KINDS[kind]))
            else:
                problems.append(f"line {number}: kind is none of off, work, year")
        if problems:
            raise BadCalendarTable(tuple(problems))
        return cls(changes=tuple(changes), complete_years=frozenset(years))
