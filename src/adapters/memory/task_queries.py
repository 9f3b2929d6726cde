"""Lists and counts of tasks and what follows them, by looking at every one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from adapters.memory.paging import list_page
from adapters.memory.regions import visible
from adapters.memory.tasks import (
    MemoryPublications,
    MemoryRectifications,
    MemoryTasks,
    MemoryVisits,
)
from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.identity.model import Placement
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.plain import to_plain
from supervision_core.tasks.model.facts import (
    FormedResult,
    OrderRecord,
    formed_result,
    order_record,
)
from supervision_core.tasks.model.publication import PublicationState
from supervision_core.tasks.model.rectification import Rectification
from supervision_core.tasks.model.sheet import TaskState
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.visit import Visit, VisitState
from supervision_core.tasks.ports import (
    PublicationQueries,
    PublicationRow,
    RectificationFilter,
    RectificationQueries,
    RectificationRow,
    TaskFilter,
    TaskQueries,
    TaskRow,
    VisitFilter,
    VisitQueries,
    VisitRow,
)


class MemoryTaskQueries(TaskQueries):
    """Lists of tasks."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._tasks = MemoryTasks(unit)

    def page(self, filter: TaskFilter, request: PageRequest) -> Page[TaskRow]:
        """Give one page of tasks by number, then id."""
        return list_page(
            [_task_row(one) for one in self._found(filter)],
            request,
            key=lambda row: (row.number, row.id),
            query={"tasks": to_plain(filter)},
        )

    def counts(self, filter: TaskFilter) -> Mapping[TaskState, int]:
        """Count tasks by state."""
        return Counter(one.state for one in self._found(filter))

    def count_of_plan(self, plan: str) -> int:
        """Count the tasks, deleted ones aside, that came of a plan."""
        found = self._found(TaskFilter(plan=plan))
        return sum(one.state is not TaskState.DELETED for one in found)

    def _found(self, filter: TaskFilter) -> list[Task]:
        return [one for one in self._tasks.every() if _task_passes(one, filter)]


def _task_passes(one: Task, filter: TaskFilter) -> bool:
    sheet = one.sheet
    return (
        visible(
            Placement(region=sheet.region, departments=one.departments),
            reach=filter.reach,
            within=filter.region,
            of=filter.departments,
        )
        and filter.scene in ("", sheet.scene)
        and filter.plan in ("", sheet.plan)
        and filter.state in (None, one.state)
        and filter.kind in (None, sheet.kind)
        and filter.name.lower() in sheet.name.lower()
        and filter.number in ("", sheet.number)
    )


def _task_row(one: Task) -> TaskRow:
    sheet = one.sheet
    return TaskRow(
        id=one.id,
        number=sheet.number,
        name=sheet.name,
        scene=sheet.scene,
        plan=sheet.plan,
        kind=sheet.kind,
        state=one.state,
        lead=sheet.lead,
        starts_on=sheet.starts_on,
        ends_on=sheet.ends_on,
    )


class MemoryVisitQueries(VisitQueries):
    """Lists and counts of visits."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._visits = MemoryVisits(unit)

    def page(self, filter: VisitFilter, request: PageRequest) -> Page[VisitRow]:
        """Give one page of visits by number, then id."""
        return list_page(
            [_visit_row(one) for one in self._visits.every() if _visit_passes(one, filter)],
            request,
            key=lambda row: (row.number, row.id),
            query={"visits": to_plain(filter)},
        )

    def counts(self, task: str) -> Mapping[VisitState, int]:
        """Count a task's visits by state."""
        return Counter(one.state for one in self._visits.every() if one.sheet.task == task)

    def count_open(self, task: str, department: str) -> int:
        """Count a task's open visits in which ``department`` has an item or an officer."""
        wanted = VisitFilter(task=task, departments=frozenset({department}), open=True)
        return sum(_visit_passes(one, wanted) for one in self._visits.every())

    def formed_results(self, subject: str, *, until: date) -> Sequence[FormedResult]:
        """Give a subject's results formed up to ``until``, oldest first."""
        mine = (one for one in self._visits.every() if one.sheet.subject == subject)
        formed = (result for one in mine if (result := formed_result(one)) is not None)
        past = (one for one in formed if one.formed_on <= until)
        return sorted(past, key=lambda one: (one.formed_on, one.visit))


def _concerned(one: Visit) -> frozenset[str]:
    return one.sheet.departments | {officer.department for officer in one.officers}


def _visit_passes(one: Visit, filter: VisitFilter) -> bool:
    sheet = one.sheet
    is_open = one.state is not VisitState.COMPLETED
    return (
        visible(
            Placement(region=sheet.region, departments=_concerned(one)),
            reach=filter.reach,
            within=filter.region,
            of=filter.departments,
        )
        and filter.task in ("", sheet.task)
        and filter.subject in ("", sheet.subject)
        and filter.officer in {"", *(officer.id for officer in one.officers)}
        and filter.open in (None, is_open)
        and (filter.due_before is None or one.due_on < filter.due_before)
    )


def _visit_row(one: Visit) -> VisitRow:
    return VisitRow(
        id=one.id,
        number=one.sheet.number,
        task=one.sheet.task,
        subject=one.sheet.subject,
        state=one.state,
        due_on=one.due_on,
        formed_on=one.formed_on,
        findings=len(one.findings),
    )


class MemoryRectificationQueries(RectificationQueries):
    """Lists and counts of rectifications."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._rectifications = MemoryRectifications(unit)

    def page(self, filter: RectificationFilter, request: PageRequest) -> Page[RectificationRow]:
        """Give one page of rectifications by due day, then id."""
        return list_page(
            [_rectification_row(one) for one in self._found(filter)],
            request,
            key=lambda row: (row.due_on.isoformat(), row.id),
            query={"rectifications": to_plain(filter)},
        )

    def count_open(self, task: str, department: str) -> int:
        """Count a task's rectifications ordered by ``department`` that are not ended."""
        theirs = RectificationFilter(task=task, departments=frozenset({department}))
        return sum(one.open for one in self._found(theirs))

    def order_records(self, subject: str, *, today: date) -> Sequence[OrderRecord]:
        """Give what counts of a subject's rectifications as of ``today``, by id."""
        found = self._found(RectificationFilter(subject=subject))
        return [order_record(one, today=today) for one in found]

    def _found(self, filter: RectificationFilter) -> list[Rectification]:
        return [one for one in self._rectifications.every() if _ordered(one, filter)]


def _ordered(one: Rectification, filter: RectificationFilter) -> bool:
    sheet = one.sheet
    owner = frozenset({sheet.department})
    return (
        visible(
            Placement(region=sheet.region, departments=owner),
            reach=filter.reach,
            within=filter.region,
            of=filter.departments,
        )
        and filter.task in ("", sheet.task)
        and filter.subject in ("", sheet.subject)
        and filter.state in (None, one.state)
    )


def _rectification_row(one: Rectification) -> RectificationRow:
    sheet = one.sheet
    return RectificationRow(
        id=one.id,
        number=sheet.number,
        visit=sheet.visit,
        task=sheet.task,
        subject=sheet.subject,
        department=sheet.department,
        state=one.state,
        due_on=one.due_on,
    )


class MemoryPublicationQueries(PublicationQueries):
    """Lists and counts of publications."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._publications = MemoryPublications(unit)

    def page(
        self, task: str, state: PublicationState | None, request: PageRequest
    ) -> Page[PublicationRow]:
        """Give one page of a task's publications (all tasks': empty) by due day, then id."""
        return list_page(
            [
                PublicationRow(
                    id=one.id,
                    task=one.task,
                    subject=one.shown.subject.id,
                    state=one.state,
                    formed_on=one.formed_on,
                    due_on=one.due_on,
                    until=one.until,
                )
                for one in self._publications.every()
                if task in ("", one.task) and state in (None, one.state)
            ],
            request,
            key=lambda row: (row.due_on.isoformat(), row.id),
            query={"publications": task, "state": state.value if state else None},
        )

    def count_due(self, task: str) -> int:
        """Count a task's results that nobody has decided to show or withhold."""
        mine = (one for one in self._publications.every() if one.task == task)
        return sum(one.state is PublicationState.DUE for one in mine)
