"""评价周期: on which day the cycle began in which a day lies."""

from datetime import date

import pytest

from supervision_core.assessment.model import Cycle


@pytest.mark.parametrize(
    ("cycle", "begun"),
    [
        (Cycle.MONTH, date(2027, 11, 1)),
        (Cycle.QUARTER, date(2027, 10, 1)),
        (Cycle.HALF_YEAR, date(2027, 7, 1)),
        (Cycle.YEAR, date(2027, 1, 1)),
        (Cycle.TWO_YEARS, date(2026, 1, 1)),
    ],
)
def test_a_cycle_begins_on_the_first_of_a_month(cycle: Cycle, begun: date) -> None:
    """Months, quarters, halves and years of the calendar; two years begin in even ones."""
    assert cycle.begun(date(2027, 11, 26)) == begun
    assert cycle.begun(begun) == begun
