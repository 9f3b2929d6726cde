"""How often the log is anchored, how long it may go without, and how long it is kept."""

from datetime import datetime, timedelta
from typing import ClassVar, Final

from attrs import define, frozen

from supervision_core.kernel.errors import Refused, Violation, refuse_if

SHORTEST: Final = timedelta(days=183)
"""网络安全法第二十一条: network logs are kept for not less than six months."""


@define(eq=False)
class LogUnanchored(Refused):
    """Nothing is written any more, because for too long no witness has seen the log."""

    code: ClassVar[str] = "audit.log_unanchored"


@define(eq=False)
class RetentionTooShort(Refused):
    """The audit log would be taken off the database before its term."""

    code: ClassVar[str] = "audit.retention_too_short"


@define(eq=False)
class ClockBehind(Refused):
    """The clock stands before the end of the log: what has expired would be valid again."""

    code: ClassVar[str] = "audit.clock_behind"


BEHIND: Final = timedelta(minutes=5)
"""How far the machines of one installation may differ."""


def require_clock(last: datetime | None, now: datetime) -> None:
    """Demand that ``now`` is not before the log's last row. Raises ``ClockBehind``."""
    if last is not None and now < last - BEHIND:
        minutes = int((last - now).total_seconds() // 60)
        refuse_if(ClockBehind, [Violation(ClockBehind.code, data={"minutes": minutes})])


@frozen(kw_only=True)
class AnchorPolicy:
    """When a checkpoint is due, and when writing stops for want of one.

    ``every`` and ``rows``: a checkpoint is due when a row waited that long, or so many wait.
    ``unanchored``: no row may wait longer for all the witnesses than that.
    """

    every: timedelta = timedelta(seconds=60)
    rows: int = 1_000
    unanchored: timedelta = timedelta(hours=4)


def is_due(policy: AnchorPolicy, *, waiting: int, oldest: datetime | None, now: datetime) -> bool:
    """Tell whether a checkpoint is due; ``oldest`` is the moment of the first row that waits."""
    if oldest is None:
        return False
    return waiting >= policy.rows or now - oldest >= policy.every


def require_anchored(policy: AnchorPolicy, *, oldest: datetime | None, now: datetime) -> None:
    """Demand that no row has waited for its witnesses too long. Raises ``LogUnanchored``."""
    if oldest is not None and now - oldest > policy.unanchored:
        hours = int(policy.unanchored.total_seconds() // 3600)
        refuse_if(LogUnanchored, [Violation(LogUnanchored.code, data={"hours": hours})])


def require_retention(term: timedelta) -> None:
    """Demand that the log stays in the database for six months. Raises ``RetentionTooShort``."""
    if term < SHORTEST:
        shortest = {"days": SHORTEST.days}
        refuse_if(RetentionTooShort, [Violation(RetentionTooShort.code, "days", shortest)])
