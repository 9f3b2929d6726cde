"""Days of Guangxi."""

from datetime import UTC, date, datetime

import pytest

from supervision_core.kernel.days import local_day, months_before, period_words


def test_a_day_begins_in_guangxi() -> None:
    """Eight hours before it does in Greenwich."""
    assert local_day(datetime(2026, 3, 1, 16, tzinfo=UTC)) == date(2026, 3, 2)
    assert local_day(datetime(2026, 3, 1, 15, 59, tzinfo=UTC)) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 7, 14), date(2026, 4, 14)),
        (date(2026, 5, 31), date(2026, 2, 28)),
        (date(2024, 5, 30), date(2024, 2, 29)),
        (date(2026, 2, 1), date(2025, 11, 1)),
        (date(2026, 3, 15), date(2025, 12, 15)),
    ],
)
def test_three_months_before_is_the_same_day_or_the_last(day: date, before: date) -> None:
    """Also over the year, and where the month is shorter."""
    assert months_before(day, 3) == before


def test_a_period_names_its_day_once() -> None:
    """2026年3月2日9时5分至11时20分; one that ends a day later names both."""
    begun = datetime(2026, 3, 2, 1, 5, tzinfo=UTC)
    assert period_words(begun, begun.replace(hour=3, minute=20)) == "2026年3月2日9时5分至11时20分"
    late = period_words(begun, begun.replace(hour=16))
    assert late == "2026年3月2日9时5分至2026年3月3日0时5分"
