"""使用状态: it follows from 启用状态 and the days of validity."""

from datetime import date

import pytest

from supervision_core.identity.model import UseState, use_state

DAY = date(2026, 11, 26)
EARLIER, LATER = date(2026, 11, 25), date(2026, 11, 27)


@pytest.mark.parametrize(
    ("enabled", "since", "until", "state"),
    [
        (True, None, None, UseState.IN_USE),
        (True, DAY, DAY, UseState.IN_USE),
        (True, LATER, None, UseState.NOT_YET),
        (True, None, EARLIER, UseState.EXPIRED),
        (False, LATER, EARLIER, UseState.DISABLED),
    ],
)
def test_a_state_follows_from_what_is_known(
    enabled: bool,  # noqa: FBT001 - a case
    since: date | None,
    until: date | None,
    state: UseState,
) -> None:
    """Both days are included; what is disabled is that, whatever its days."""
    assert use_state(enabled=enabled, day=DAY, since=since, until=until) is state
