"""预警: what is late or about to be, as pure functions of the day."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from attrs import frozen

from supervision_core.tasks.model.publication import Publication
from supervision_core.tasks.model.rectification import Rectification
from supervision_core.tasks.model.sheet import PartState, TaskState
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.visit import ENDED, Visit

SOON_DAYS = 3
"""A result due within so many days is 即将超期."""


class WarningKind(StrEnum):
    """What is late."""

    CLAIM_OVERDUE = "claim_overdue"
    RESULT_DUE_SOON = "result_due_soon"
    RESULT_OVERDUE = "result_overdue"
    RECTIFICATION_OVERDUE = "rectification_overdue"
    PUBLICATION_OVERDUE = "publication_overdue"


@frozen(kw_only=True)
class LateWarning:
    """超期预警 (LateWarning): what is late, whose it is, and by how many days.

    ``days`` counts calendar days past the term, or left until it where ``kind`` is
    ``RESULT_DUE_SOON``. Source: proposal 6.4.2.5.2.11, F128.
    """

    kind: WarningKind
    task: str
    target: str
    departments: tuple[str, ...]
    due_on: date
    days: int


def task_warnings(task: Task, today: date) -> tuple[LateWarning, ...]:
    """Warn of each part that is not claimed in time (认领超期)."""
    return tuple(_claim_warnings(task, today))


def _claim_warnings(task: Task, today: date) -> Iterator[LateWarning]:
    running = task.state in (TaskState.DISPATCHED, TaskState.IN_PROGRESS)
    if not running or task.claim_due is None or today <= task.claim_due:
        return
    for part in task.parts:
        if part.state is PartState.PENDING:
            yield LateWarning(
                kind=WarningKind.CLAIM_OVERDUE,
                task=task.id,
                target=task.id,
                departments=(part.department,),
                due_on=task.claim_due,
                days=(today - task.claim_due).days,
            )


def visit_warning(visit: Visit, today: date) -> LateWarning | None:
    """Warn of a result that is late or due within ``SOON_DAYS`` (反馈超期、即将超期)."""
    left = (visit.due_on - today).days
    if visit.state in ENDED or left > SOON_DAYS:
        return None
    return LateWarning(
        kind=WarningKind.RESULT_OVERDUE if left < 0 else WarningKind.RESULT_DUE_SOON,
        task=visit.sheet.task,
        target=visit.id,
        departments=tuple(sorted(visit.sheet.departments)),
        due_on=visit.due_on,
        days=abs(left),
    )


def rectification_warning(rectification: Rectification, today: date) -> LateWarning | None:
    """Warn of a firm that has not put things right in its term."""
    late = rectification.overdue_days(today)
    if not late:
        return None
    return LateWarning(
        kind=WarningKind.RECTIFICATION_OVERDUE,
        task=rectification.sheet.task,
        target=rectification.id,
        departments=(rectification.sheet.department,),
        due_on=rectification.due_on,
        days=late,
    )


def publication_warning(publication: Publication, today: date) -> LateWarning | None:
    """Warn of a result that is not public after its 20 working days."""
    late = publication.overdue_days(today)
    if not late:
        return None
    return LateWarning(
        kind=WarningKind.PUBLICATION_OVERDUE,
        task=publication.task,
        target=publication.id,
        departments=tuple(sorted(publication.departments)),
        due_on=publication.due_on,
        days=late,
    )
