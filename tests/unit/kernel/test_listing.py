from datetime import date

import pytest

from supervision_core.kernel.listing import DaysUnfit, as_of
from supervision_core.kernel.registers.store import Between
from supervision_core.tasks.lists import RECTIFICATIONS

TODAY = date(2026, 12, 30)


def test_days_from_today_are_put_for_how_many() -> None:
    """Today and the last of them are both in; what is not asked stays as it is."""
    asked = as_of(RECTIFICATIONS, {"due_on_within": 7, "number": "1"}, TODAY)
    assert asked == {"due_on_within": Between(TODAY, date(2027, 1, 6)), "number": "1"}
    between = as_of(RECTIFICATIONS, {"due_on_within": 0}, TODAY)["due_on_within"]
    found = [between.holds(TODAY.replace(day=day)) for day in (29, 30, 31)]
    assert found == [False, True, False]
    assert as_of(RECTIFICATIONS, {"due_on_within": None}, TODAY) == {"due_on_within": None}


@pytest.mark.parametrize("days", [-1, 10**12])
def test_what_is_no_term_is_refused(days: int) -> None:
    """Days before today, and days that no calendar has, are named with their field."""
    with pytest.raises(DaysUnfit) as refused:
        as_of(RECTIFICATIONS, {"due_on_within": days}, TODAY)
    (reason,) = refused.value.reasons
    assert (reason.at, reason.data["title"]) == ("due_on_within", "整改期限在今后几日内")
