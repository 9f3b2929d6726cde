"""The working days of Guangxi as adapters/calendar gives them."""

import csv
from datetime import date
from pathlib import Path

import pytest

from adapters.calendar import BadCalendarTable, CalendarTable, ChineseCalendars
from adapters.calendar.chinese import national_calendar
from supervision_core.kernel.calendar import NoCalendarForYear

VECTORS = Path(__file__).resolve().parents[2] / "vectors" / "cn_workdays_2024_2026.csv"
CALENDAR = ChineseCalendars().working_calendar()


def test_the_national_days_agree_with_the_list() -> None:
    """Each of the 1,096 days 2024-2026 is worked or off as listed: 251, 248 and 248 days."""
    lines = VECTORS.read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    national = national_calendar()
    assert len(rows) == 1096
    for row in rows:
        day = date.fromisoformat(row["date"])
        assert national.is_working(day) == (row["is_workday"] == "1"), row
    counts = {year: sum(day.year == year for day in national.days) for year in (2024, 2025, 2026)}
    assert counts == {2024: 251, 2025: 248, 2026: 248}


def test_twenty_working_days_over_spring_festival() -> None:
    """A result formed on Friday 13 February 2026 is public by 19 March (办法 第39条)."""
    assert CALENDAR.add_working_days(date(2026, 2, 13), 20) == date(2026, 3, 19)


@pytest.mark.parametrize(
    ("day", "nation", "guangxi"),
    [
        (date(2021, 4, 14), True, False),
        (date(2021, 4, 18), False, True),
        (date(2023, 4, 21), True, False),
        (date(2023, 4, 23), True, False),
        (date(2024, 4, 11), True, False),
        (date(2024, 4, 10), True, True),
    ],
    ids=str,
)
def test_guangxi_rests_on_its_own_holiday(day: date, nation: bool, guangxi: bool) -> None:  # noqa: FBT001 - a table of truths
    """三月三 is off here and worked elsewhere; so is what was exchanged for it."""
    assert national_calendar().is_working(day) == nation
    assert CALENDAR.is_working(day) == guangxi


def test_years_without_a_known_guangxi_notice_are_provisional() -> None:
    """The calendar admits what nobody has looked up, and only since the holiday exists."""
    assert CALENDAR.years == frozenset(range(2004, 2027))
    assert CALENDAR.provisional == frozenset(range(2014, 2027)) - {2021, 2023, 2024}


def test_the_year_after_the_last_notice_is_missing() -> None:
    """2027: ``kernel.no_calendar_for_year``."""
    with pytest.raises(NoCalendarForYear) as refused:
        CALENDAR.add_working_days(date(2026, 12, 31), 1)
    assert refused.value.reasons[0].code == "kernel.no_calendar_for_year"


def test_the_operator_has_the_last_word(tmp_path: Path) -> None:
    """A table in a spreadsheet's CSV opens a year, confirms one, and overrules any day."""
    path = tmp_path / "calendar.csv"
    path.write_text(
        "date,kind,note\n"
        "2027-01-01,year,complete\n"
        "2027-01-01,off,New Year\n"
        "2027-01-02,work,in exchange\n"
        "2026-06-01,year,complete\n"
        "2026-04-20,off,example\n"
        "2024-04-11,work,overruled\n",
        encoding="utf-8-sig",
    )
    calendar = ChineseCalendars(CalendarTable.of_file(path)).working_calendar()
    assert calendar.add_working_days(date(2026, 12, 31), 1) == date(2027, 1, 2)
    assert not calendar.is_working(date(2026, 4, 20))
    assert calendar.is_working(date(2024, 4, 11))
    assert calendar.provisional == CALENDAR.provisional - {2026}


def test_a_bad_table_names_every_line() -> None:
    """All faults at once, so that the table is mended in one go."""
    lines = ["date,kind", "2026-13-01,off", "2026-05-01,holiday", ",", "2026-05-01,off"]
    with pytest.raises(BadCalendarTable) as refused:
        CalendarTable.of_lines(lines)
    assert [problem.split(":")[0] for problem in refused.value.problems] == [
        "line 2",
        "line 3",
        "line 4",
    ]


def test_a_day_of_an_unknown_year_is_no_calendar() -> None:
    """A year is opened by a line of its own, never by a stray day."""
    with pytest.raises(BadCalendarTable, match="2027"):
        ChineseCalendars(CalendarTable.of_lines(["date,kind", "2027-01-01,off"]))


def test_every_day_is_decided() -> None:
    """No day of a covered year is left out at its edges."""
    for year in CALENDAR.years:
        assert CALENDAR.is_working(date(year, 12, 31)) in {True, False}
        assert not national_calendar().is_working(date(year, 1, 1))
        assert CALENDAR.working_days_between(date(year, 1, 1), date(year, 12, 31)) > 240
