"""Whether an account or a department can be used on a day, and why not."""

from datetime import date
from enum import StrEnum


class UseState(StrEnum):
    """使用状态 (UseState): in use, disabled, not yet valid, or no longer.

    It follows from 启用状态 and the days of validity. Source: proposal 6.4.1.4 (1), (2).
    """

    IN_USE = "in_use"
    DISABLED = "disabled"
    NOT_YET = "not_yet"
    EXPIRED = "expired"


def use_state(
    *, enabled: bool, day: date, since: date | None = None, until: date | None = None
) -> UseState:
    """Give the state on ``day``; both days of validity are included, open where there is none."""
    if not enabled:
        return UseState.DISABLED
    if since is not None and day < since:
        return UseState.NOT_YET
    if until is not None and until < day:
        return UseState.EXPIRED
    return UseState.IN_USE
