"""The working days of Guangxi as adapters/calendar gives them."""

import csv
from datetime import date
from pathlib import Path

import pytest
from borax.calendars.lunardate import LunarDate

from adapters.calendar import BadCalendarTable, CalendarTable, ChineseCalendars
from adapters.calendar.chinese import national_calendar
from adapters.calendar.statutory import statutory_days, statutory_year
from entrypoints.container import calendars_of
from entrypoints.settings import Settings, SettingsWrong
from entrypoints.words import all_messages
from supervision_core.kernel.calendar import NoCalendarForYear, WorkingCalendar

VECTORS = Path(__file__).resolve().parents[2] / "vectors" / "cn_workdays_2024_2026.csv"
CALENDAR = ChineseCalendars().working_calendar()
LAST = max(national_calendar().years)


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
    assert CALENDAR.years == frozenset(range(2004, LAST + 6))
    assert CALENDAR.provisional == frozenset(range(2014, LAST + 6)) - {2021, 2023, 2024}


def test_terms_reach_into_years_without_a_notice() -> None:
    """Twenty working days from 4 December end on 4 January: only 1 January is off by law."""
    assert CALENDAR.add_working_days(date(2026, 12, 4), 20) == date(2027, 1, 4)


def test_days_off_by_law_stand_until_the_notice() -> None:
    """2027: fifteen of 国务院令第795号 and 三月三, those on a weekend made up on the next day."""
    year = statutory_year(2027)
    weekdays = WorkingCalendar.of_weekdays(2027).days
    assert [f"{day:%m-%d}" for day in weekdays if not year.is_working(day)] == [
        "01-01",  # 元旦, a Friday
        "02-05", "02-08", "02-09", "02-10",  # 除夕 to 初三, Friday to Monday, two made up
        "04-05",  # 清明, a Monday
        "04-09", "04-12",  # 三月三, a Friday and a Saturday
        "05-03", "05-04",  # 劳动节, a weekend
        "06-09",  # 端午, a Wednesday
        "09-15",  # 中秋, a Wednesday
        "10-01", "10-04", "10-05",  # 国庆, from a Friday
    ]  # fmt: skip
    assert year.days == tuple(day for day in CALENDAR.days if day.year == 2027)


def test_days_off_by_law_agree_with_the_days_of_past_notices() -> None:
    """The nation rested in 2025 and 2026 on each day that the law takes off in all of it."""
    national = national_calendar()
    for year in range(2025, LAST + 1):
        own = {LunarDate(year, 3, day).to_solar_date() for day in (3, 4)}
        assert not any(national.is_working(day) for day in {*statutory_days(year)} - own)


def test_a_festival_on_a_national_day_is_made_up() -> None:
    """中秋 of 2031 falls on 1 October: the three days of 国庆 become four."""
    year = statutory_year(2031)
    off = [day for day in WorkingCalendar.of_weekdays(2031).days if not year.is_working(day)]
    assert [day for day in off if day.month == 10] == [date(2031, 10, day) for day in (1, 2, 3, 6)]


def test_a_year_beyond_is_missing() -> None:
    """Six years after the last notice: ``kernel.no_calendar_for_year``."""
    with pytest.raises(NoCalendarForYear) as refused:
        CALENDAR.add_working_days(date(LAST + 5, 12, 31), 1)
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
    assert calendar.provisional == CALENDAR.provisional - {2026, 2027}


def test_a_bad_table_names_every_line() -> None:
    """All faults at once, so that the table is mended in one go."""
    lines = ["date,kind", "2026-13-01,off", "2026-05-01,holiday", ",", "2026-05-01,off"]
    with pytest.raises(BadCalendarTable) as refused:
        CalendarTable.of_lines(lines)
    assert [problem.split("：")[0] for problem in refused.value.problems] == [
        "第2行",
        "第3行",
        "第4行",
    ]
    with pytest.raises(BadCalendarTable, match="没有kind列"):
        CalendarTable.of_lines(["date,works", "2026-05-01,no"])


def test_the_installation_reads_the_table_it_is_set_to(tmp_path: Path) -> None:
    """``SUPERVISION_CALENDAR``: the days of its table hold; a bad one is told line by line."""
    path = tmp_path / "日历.csv"
    settings = Settings(calendar=str(path))
    path.write_text("date,kind\n2027-01-01,year\n2027-02-03,off\n", encoding="utf-8")
    calendar = calendars_of(settings).working_calendar()
    assert not calendar.is_working(date(2027, 2, 3))
    assert 2027 not in calendar.provisional
    for content, reason in (
        (b"date,kind\n2027-01-01,rest\n", "第2行：kind只能是off、work或year"),
        ("date,kind\n2027-01-01,off,元旦\n".encode("gbk"), "不是UTF-8编码"),
        (b"date,kind\n2099-01-01,off\n", "2099年：没有放假安排"),
        (None, "文件打不开"),
    ):
        path.unlink()
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(SettingsWrong) as refused:
            calendars_of(settings)
        (problem,) = refused.value.reasons
        assert reason in all_messages().explain(problem).reason


def test_a_day_of_an_unknown_year_is_no_calendar() -> None:
    """A year is opened by a line of its own, never by a stray day."""
    with pytest.raises(BadCalendarTable, match="2099"):
        ChineseCalendars(CalendarTable.of_lines(["date,kind", "2099-01-01,off"]))


def test_every_day_is_decided() -> None:
    """No day of a covered year is left out at its edges."""
    for year in CALENDAR.years:
        assert CALENDAR.is_working(date(year, 12, 31)) in {True, False}
        assert not CALENDAR.is_working(date(year, 1, 1))
        assert CALENDAR.working_days_between(date(year, 1, 1), date(year, 12, 31)) > 240
