"""The races with one precaution taken away: nobody waits for who counts the checks of a firm."""

from collections.abc import Sequence
from typing import Any, TextIO

from adapters.sql.subjects import SqlSubjects

from . import race_workload


def _hold_nobody(self: SqlSubjects, ids: Sequence[str]) -> None:
    """Lock nothing."""
    del self, ids


def work(asked: dict[str, Any], line: TextIO) -> None:
    """Run the races; what is taken away stays away in this worker only."""
    SqlSubjects.hold = _hold_nobody  # type: ignore[method-assign]
    race_workload.work(asked, line)
