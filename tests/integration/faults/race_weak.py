"""The races with the precautions taken away: nobody waits, nor minds that a task has changed."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, TextIO

from adapters.sql.subjects import SqlSubjects
from adapters.sql.tasks import SqlTasks
from supervision_core.kernel.errors import Conflict
from supervision_core.tasks.model.task import Task

from . import race_workload


def _hold_nobody(self: SqlSubjects, ids: Sequence[str]) -> None:
    """Lock nothing."""
    del self, ids


def _hold_no_task(self: SqlTasks, id: str) -> None:
    """Lock nothing."""
    del self, id


_saved = SqlTasks.save_all


def _save_over(self: SqlTasks, roots: Sequence[Task]) -> None:
    """Take no notice of what others wrote."""
    with suppress(Conflict):
        _saved(self, roots)


def work(asked: dict[str, Any], line: TextIO) -> None:
    """Run the races; what is taken away stays away in this worker only."""
    SqlSubjects.hold = _hold_nobody  # type: ignore[method-assign]
    SqlTasks.hold = _hold_no_task  # type: ignore[method-assign]
    SqlTasks.save_all = _save_over  # type: ignore[method-assign, assignment]
    race_workload.work(asked, line)
