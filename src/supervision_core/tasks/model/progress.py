"""How far the tasks of a plan have come."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from supervision_core.plans.ports import TaskCounts
from supervision_core.tasks.model.sheet import TaskState
from supervision_core.tasks.model.task import Task

OVER: Final = frozenset({TaskState.CLOSED, TaskState.PUBLISHED, TaskState.ARCHIVED})
"""The states of tasks in which every department is done."""


def counts_of(tasks: Iterable[Task]) -> Mapping[str, TaskCounts]:
    """Count tasks by the id of their sub-plan; deleted ones do not count."""
    living = [one for one in tasks if one.state is not TaskState.DELETED]
    whole = Counter(one.sheet.sub_plan for one in living)
    over = Counter(one.sheet.sub_plan for one in living if one.state in OVER)
    return {name: TaskCounts(tasks=count, done=over[name]) for name, count in whole.items()}
