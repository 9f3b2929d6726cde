"""Lists and counts of tasks, visits, rectifications and publications."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, false, func, select, true

from adapters.sql.id_sets import among
from adapters.sql.paging import Listing, listed, read_page, remembered
from adapters.sql.reading import Reader
from adapters.sql.regions import within
from adapters.sql.scopes import asked_with, contains, standing, visible, within_reach
from adapters.sql.tasks import (
    SqlRectifications,
    publication,
    rectification,
    task,
    task_department,
    visit,
    visit_department,
    visit_officer,
)
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.tasks.model.facts import FormedResult, OrderRecord, order_record
from supervision_core.tasks.model.publication import PublicationState
from supervision_core.tasks.model.rectification import RectificationState
from supervision_core.tasks.model.sheet import TaskKind, TaskState
from supervision_core.tasks.model.visit import VisitState
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

_TASKS = standing(task, task_department)
_VISITS = standing(visit, visit_department)
_RECTIFICATIONS = standing(rectification, department=rectification.c.department)


class _Queries:
    def __init__(self, source: Engine | Connection) -> None:
        """Read from ``source``."""
        self._source = source
        self._reader = Reader(source)

    def _count(self, statement: Select[Any]) -> int:
        return int(self._reader.rows(statement)[0][0])


class SqlTaskQueries(_Queries, TaskQueries):
    """Reads table ``task``."""

    def page(self, filter: TaskFilter, request: PageRequest) -> Page[TaskRow]:
        """Give one page of tasks by number, then id."""
        return read_page(
            self._reader,
            _tasks_listing(filter),
            request,
            query={"tasks": asked_with(filter)},
            item=_task_row,
        )

    def counts(self, filter: TaskFilter) -> Mapping[TaskState, int]:
        """Count tasks by state."""
        asked = select(task.c.state, func.count(task.c.id)).where(*_tasks(filter))
        rows = self._reader.rows(asked.group_by(task.c.state))
        return {TaskState(row[0]): row[1] for row in rows}

    def count_of_plan(self, plan: str) -> int:
        """Count the tasks, deleted ones aside, that came of a plan."""
        mine = select(func.count(task.c.id)).where(task.c.plan == plan)
        return self._count(mine.where(task.c.state != TaskState.DELETED.value))


@remembered
def _tasks_listing(filter: TaskFilter) -> Listing:
    asked = select(*listed(task)).where(*_tasks(filter))
    return Listing(asked, (("code", task.c.code), ("id", task.c.id)))


def _tasks(filter: TaskFilter) -> Iterator[ColumnElement[bool]]:
    columns = task.c
    yield from within_reach(filter.reach, _TASKS)
    yield from visible(task, task_department, region=filter.region, of=filter.departments)
    if filter.scene:
        yield columns.scene == filter.scene
    if filter.plan:
        yield columns.plan == filter.plan
    if filter.state:
        yield columns.state == filter.state.value
    if filter.kind:
        yield columns.kind == filter.kind.value
    if filter.name:
        yield contains(columns.name, filter.name)
    if filter.number:
        yield columns.code == filter.number


def _task_row(row: Row[Any]) -> TaskRow:
    return TaskRow(
        id=row.id,
        number=row.code,
        name=row.name,
        scene=row.scene,
        plan=row.plan,
        kind=TaskKind(row.kind),
        state=TaskState(row.state),
        lead=row.lead_department,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


class SqlVisitQueries(_Queries, VisitQueries):
    """Reads table ``visit`` and its look-up tables."""

    def page(self, filter: VisitFilter, request: PageRequest) -> Page[VisitRow]:
        """Give one page of visits by number, then id."""
        query = {"visits": asked_with(filter)}
        listing = _visits_listing(filter)
        return read_page(self._reader, listing, request, query=query, item=_visit_row)

    def counts(self, task: str) -> Mapping[VisitState, int]:
        """Count a task's visits by state."""
        asked = select(visit.c.state, func.count(visit.c.id)).where(visit.c.task == task)
        rows = self._reader.rows(asked.group_by(visit.c.state))
        return {VisitState(row[0]): row[1] for row in rows}

    def count_open(self, task: str, department: str) -> int:
        """Count a task's open visits in which ``department`` has an item or an officer."""
        columns = visit_department.c
        return self._count(
            select(func.count(columns.visit_id)).where(
                columns.task == task,
                columns.department == department,
                columns.is_open == true(),
            )
        )

    def formed_results(self, subject: str, *, until: date) -> Sequence[FormedResult]:
        """Give a subject's results formed up to ``until``, oldest first."""
        columns = visit.c
        asked = (
            select(*listed(visit))
            .where(columns.subject == subject, columns.formed_on <= until)
            .order_by(columns.formed_on, columns.id)
        )
        return [
            FormedResult(
                visit=row.id,
                formed_on=row.formed_on,
                findings=row.findings,
                key_findings=row.key_findings,
                obstructed=row.obstructed,
                unreachable=row.unreachable,
            )
            for row in self._reader.rows(asked)
        ]


@remembered
def _visits_listing(filter: VisitFilter) -> Listing:
    asked = select(*listed(visit)).where(*_visits(filter))
    if not filter.officer:
        return Listing(asked, (("code", visit.c.code), ("id", visit.c.id)))
    # The officer's own index holds the number: his few visits are found at once.
    his = visit_officer.c
    asked = asked.join(visit_officer, his.visit_id == visit.c.id)
    asked = asked.where(his.officer == filter.officer)
    return Listing(asked, (("code", his.code), ("id", his.visit_id)))


def _visits(filter: VisitFilter) -> Iterator[ColumnElement[bool]]:
    columns = visit.c
    yield from within_reach(filter.reach, _VISITS)
    yield from visible(visit, visit_department, region=filter.region, of=filter.departments)
    if filter.task:
        yield columns.task == filter.task
    if filter.subject:
        yield columns.subject == filter.subject
    if filter.open is not None:
        yield columns.is_open == (true() if filter.open else false())
    if filter.due_before:
        yield columns.due_on < filter.due_before


def _visit_row(row: Row[Any]) -> VisitRow:
    return VisitRow(
        id=row.id,
        number=row.code,
        task=row.task,
        subject=row.subject,
        state=VisitState(row.state),
        due_on=row.due_on,
        formed_on=row.formed_on,
        findings=row.findings,
    )


class SqlRectificationQueries(_Queries, RectificationQueries):
    """Reads table ``rectification``."""

    def page(self, filter: RectificationFilter, request: PageRequest) -> Page[RectificationRow]:
        """Give one page of rectifications by due day, then id."""
        return read_page(
            self._reader,
            _rectifications_listing(filter),
            request,
            query={"rectifications": asked_with(filter)},
            item=_rectification_row,
        )

    def count_open(self, task: str, department: str) -> int:
        """Count a task's rectifications ordered by ``department`` that are not ended."""
        columns = rectification.c
        return self._count(
            select(func.count(columns.id)).where(
                columns.task == task,
                columns.department == department,
                columns.is_open == true(),
            )
        )

    def order_records(self, subject: str, *, today: date) -> Sequence[OrderRecord]:
        """Give what counts of a subject's rectifications as of ``today``, by id."""
        mine = select(rectification).where(rectification.c.subject == subject)
        rows = self._reader.rows(mine.order_by(rectification.c.id))
        mapper = SqlRectifications.mapper
        sealing = mapper.sealing_on(self._source)
        return [order_record(mapper.root(row, sealing), today=today) for row in rows]


@remembered
def _rectifications_listing(filter: RectificationFilter) -> Listing:
    asked = select(*listed(rectification)).where(*_rectifications(filter))
    return Listing(asked, (("due_on", rectification.c.due_on), ("id", rectification.c.id)))


def _rectifications(filter: RectificationFilter) -> Iterator[ColumnElement[bool]]:
    columns = rectification.c
    yield from within_reach(filter.reach, _RECTIFICATIONS)
    if filter.region:
        yield within(columns.region, filter.region)
    if filter.departments:
        yield among(columns.department, filter.departments)
    if filter.task:
        yield columns.task == filter.task
    if filter.subject:
        yield columns.subject == filter.subject
    if filter.state:
        yield columns.state == filter.state.value


def _rectification_row(row: Row[Any]) -> RectificationRow:
    return RectificationRow(
        id=row.id,
        number=row.code,
        visit=row.visit,
        task=row.task,
        subject=row.subject,
        department=row.department,
        state=RectificationState(row.state),
        due_on=row.due_on,
    )


class SqlPublicationQueries(_Queries, PublicationQueries):
    """Reads table ``publication``."""

    def page(
        self, task: str, state: PublicationState | None, request: PageRequest
    ) -> Page[PublicationRow]:
        """Give one page of a task's publications (all tasks': empty) by due day, then id."""
        columns = publication.c
        asked = select(*listed(publication))
        if task:
            asked = asked.where(columns.task == task)
        if state:
            asked = asked.where(columns.state == state.value)
        return read_page(
            self._reader,
            Listing(asked, (("due_on", columns.due_on), ("id", columns.id))),
            request,
            query={"publications": task, "state": state.value if state else None},
            item=_publication_row,
        )

    def count_due(self, task: str) -> int:
        """Count a task's results that nobody has decided to show or withhold."""
        columns = publication.c
        mine = select(func.count(columns.id)).where(columns.task == task)
        return self._count(mine.where(columns.state == PublicationState.DUE.value))


def _publication_row(row: Row[Any]) -> PublicationRow:
    return PublicationRow(
        id=row.id,
        task=row.task,
        subject=row.subject,
        state=PublicationState(row.state),
        formed_on=row.formed_on,
        due_on=row.due_on,
        until=row.until,
    )
