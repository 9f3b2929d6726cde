"""The one place where a moment becomes a day: deadlines run in Guangxi's local days (UTC+8)."""

from datetime import date, datetime, timedelta, timezone

GUANGXI = timezone(timedelta(hours=8))


def local_day(moment: datetime) -> date:
    """Give the day in Guangxi on which the aware ``moment`` falls."""
    return moment.astimezone(GUANGXI).date()
