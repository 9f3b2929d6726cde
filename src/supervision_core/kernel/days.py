"""The one place where a moment becomes a day: deadlines run in Guangxi's local days (UTC+8)."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta, timezone

GUANGXI = timezone(timedelta(hours=8))


def local_day(moment: datetime) -> date:
    """Give the day in Guangxi on which the aware ``moment`` falls."""
    return moment.astimezone(GUANGXI).date()


def day_begun(day: date) -> datetime:
    """Give the moment at which a day begins in Guangxi."""
    return datetime.combine(day, time.min, GUANGXI)


def months_before(day: date, count: int) -> date:
    """Give the same day so many months before, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_after(day: date, count: int) -> date:
    """Give the same day so many months after, or the last one of that month."""
    return months_before(day, -count)


def minute_text(moment: datetime | None) -> str:
    """Write a moment as lists and tables do: day and minute in Guangxi; empty for none."""
    return "" if moment is None else f"{moment.astimezone(GUANGXI):%Y-%m-%d %H:%M}"


def day_words(day: date) -> str:
    """Write a day as papers do: without leading zeros. Source: GB/T 9704."""
    return f"{day.year}年{day.month}月{day.day}日"


def moment_words(moment: datetime) -> str:
    """Write a moment as papers do: the local day, the hour, the minute."""
    at = moment.astimezone(GUANGXI)
    return f"{day_words(at.date())}{at.hour}时{at.minute}分"


def period_words(start: datetime, end: datetime) -> str:
    """Write from when to when something was, as papers do: the day once where it is one."""
    said = moment_words(end)
    if local_day(start) == local_day(end):
        said = said.removeprefix(day_words(local_day(end)))
    return f"{moment_words(start)}至{said}"
