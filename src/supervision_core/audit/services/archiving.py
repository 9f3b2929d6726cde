"""Which rows may leave the database for a file, and which never before their term."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import ClassVar

from attrs import define, frozen

from supervision_core.audit.model import SignedCheckpoint, require_retention
from supervision_core.audit.ports import Checkpoints
from supervision_core.kernel.errors import Refused, Violation


@define(eq=False)
class SegmentNotDue(Refused):
    """A row of the segment has not been kept for its term, or the segment leaves a gap."""

    code: ClassVar[str] = "audit.segment_not_due"


@frozen(kw_only=True)
class DueSegment:
    """Rows that may be archived, with the checkpoints from before the first to behind the last."""

    first: int
    upto: int
    checkpoints: tuple[SignedCheckpoint, ...]


def due_segment(
    checkpoints: Checkpoints, *, anchored: int, term: timedelta, now: datetime
) -> DueSegment | None:
    """Give what may be archived now: whole checkpoints, seen by all witnesses, past their term.

    ``anchored`` is the size that every witness has seen. Raises ``RetentionTooShort``.
    """
    require_retention(term)
    segments = checkpoints.segments()
    first = segments[-1].upto if segments else 0
    kept = checkpoints.between(first, anchored)
    upto = _past(kept, first, checkpoints, now - term)
    if upto is None:
        return None
    inside = tuple(one for one in kept if one.checkpoint.size <= upto)
    return DueSegment(first=first, upto=upto, checkpoints=inside)


def _past(
    kept: Iterable[SignedCheckpoint], first: int, checkpoints: Checkpoints, limit: datetime
) -> int | None:
    found = None
    for one in kept:
        size = one.checkpoint.size
        if size <= first:
            continue
        moment = checkpoints.end(size - 1).oldest
        if moment is None or moment >= limit:
            break
        found = size
    return found


def require_due(
    *, first: int, begins: int, last: datetime | None, term: timedelta, now: datetime
) -> None:
    """Demand that a segment begins where the last one ended and is past its term.

    ``begins`` is where the log begins now, ``last`` the moment of the segment's last row. Raises
    ``RetentionTooShort``, ``SegmentNotDue``.
    """
    require_retention(term)
    if first != begins or last is None or last >= now - term:
        raise SegmentNotDue((Violation(SegmentNotDue.code, "segment", {"days": term.days}),))
