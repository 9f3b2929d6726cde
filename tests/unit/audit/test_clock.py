from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision_core.audit.model import ClockBehind, require_clock

LAST = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


@given(st.integers(min_value=-400 * 86_400, max_value=400 * 86_400))
def test_a_clock_more_than_five_minutes_behind_the_log_is_refused(seconds: int) -> None:
    """Machines of one installation may differ by five minutes; a log of no rows asks nothing."""
    now = LAST + timedelta(seconds=seconds)
    require_clock(None, now)
    if seconds < -300:
        with pytest.raises(ClockBehind):
            require_clock(LAST, now)
    else:
        require_clock(LAST, now)
