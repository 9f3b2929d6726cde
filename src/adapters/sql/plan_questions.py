"""What plans ask of other contexts: published matters, and how often each firm is checked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, Engine, and_, case, func, or_, select, true

from adapters.sql.engine.reading import Reader
from adapters.sql.engine.repository import chunks
from adapters.sql.entries import register_cell, register_entry
from adapters.sql.tasks import SqlTasks, task, visit, visit_department
from supervision_core.items.registers import CATALOGUE, IN_USE
from supervision_core.plans.limits import PlannedCheck
from supervision_core.plans.ports import (
    CheckCounts,
    PublishedMatters,
    TaskCounts,
    TasksOfPlans,
)
from supervision_core.tasks.model.progress import OVER, counts_of
from supervision_core.tasks.model.sheet import TaskState


class SqlPublishedMatters(PublishedMatters):
    """A matter is published as long as it is in use in the catalogue."""

    def __init__(self, source: Engine | Connection) -> None:
        """Read from ``source``."""
        self._reader = Reader(source)

    def among(self, matters: Iterable[str]) -> frozenset[str]:
        """Give those of the matter codes that are published today."""
        entry, cell, found = register_entry.c, register_cell.c, set[str]()
        for some in chunks(sorted(set(matters))):
            asked = (
                select(entry.reference_code)
                .join(register_cell, cell.entry_id == entry.id)
                .where(
                    entry.register == CATALOGUE.name,
                    entry.reference_code.in_(some),
                    entry.enabled == true(),
                    entry.deleted_at.is_(None),
                    cell.name == "state",
                    cell.value == IN_USE,
                )
            )
            found.update(row.reference_code for row in self._reader.rows(asked))
        return frozenset(found)


class SqlTasksOfPlans(TasksOfPlans):
    """Reads the tasks of a plan, which are few."""

    def __init__(self, connection: Connection) -> None:
        """Read what ``connection`` sees."""
        self._tasks, self._reader = SqlTasks(connection), Reader(connection)

    def by_sub_plan(self, plan: str) -> Mapping[str, TaskCounts]:
        """Count the tasks of a plan by the id of their sub-plan; deleted ones do not count."""
        return counts_of(self._tasks.of_plan(plan))

    def by_plan(self, plans: Sequence[str]) -> Mapping[str, TaskCounts]:
        """Count the tasks of plans by the ids of these; deleted ones do not count."""
        columns, counts = task.c, dict[str, TaskCounts]()
        over = columns.state.in_(sorted(OVER))
        for some in chunks(sorted(set(plans))):
            asked = (
                select(columns.plan, func.count(columns.id), func.sum(case((over, 1), else_=0)))
                .where(columns.plan.in_(some), columns.state != TaskState.DELETED.value)
                .group_by(columns.plan)
            )
            rows = self._reader.rows(asked)
            counts.update({row[0]: TaskCounts(tasks=row[1], done=int(row[2])) for row in rows})
        return counts


def _arranged() -> ColumnElement[bool]:
    """Say what ``Visit.is_arranged`` says."""
    return and_(task.c.dispatched_at.is_not(None), visit.c.is_open == true())


def _shields(today: date) -> ColumnElement[bool]:
    """Say what ``Visit.shields`` says, of a visit that may use a cap."""
    return or_(visit.c.formed_on.is_not(None), and_(_arranged(), visit.c.due_on >= today))


class SqlCheckCounts(CheckCounts):
    """Counts visits."""

    def __init__(self, source: Engine | Connection) -> None:
        """Read from ``source``."""
        self._reader = Reader(source)

    def in_year(
        self, year: int, *, today: date, subjects: Iterable[str], departments: Iterable[str]
    ) -> Mapping[tuple[str, str], int]:
        """Count by (subject, department) the visits of ``year`` that shield."""
        columns, theirs = visit.c, visit_department.c
        wanted, counts = sorted(set(departments)), dict[tuple[str, str], int]()
        for some in chunks(sorted(set(subjects))):
            asked = (
                select(columns.subject, theirs.department, func.count(columns.id))
                .join(visit_department, theirs.visit_id == columns.id)
                .outerjoin(task, task.c.id == columns.task)
                .where(
                    columns.subject.in_(some),
                    columns.cap_year == year,
                    _shields(today),
                    theirs.department.in_(wanted),
                )
                .group_by(columns.subject, theirs.department)
            )
            counts.update({(row[0], row[1]): row[2] for row in self._reader.rows(asked)})
        return counts

    def tasks_of_year(
        self, year: int, *, today: date, subjects: Iterable[str]
    ) -> Mapping[str, Sequence[str]]:
        """Give by subject the task of each of those visits."""
        columns, found = visit.c, dict[str, list[str]]()
        for some in chunks(sorted(set(subjects))):
            asked = (
                select(columns.subject, columns.task)
                .outerjoin(task, task.c.id == columns.task)
                .where(columns.subject.in_(some), columns.cap_year == year, _shields(today))
                .order_by(columns.subject, columns.id)
            )
            for row in self._reader.rows(asked):
                found.setdefault(row.subject, []).append(row.task)
        return found

    def formed_since(
        self, day: date, *, subjects: Iterable[str], leads: Iterable[str]
    ) -> tuple[str, ...]:
        """Give the visits of these subjects, led by one of these, formed on ``day`` or later."""
        columns, whose, found = visit.c, sorted(set(leads)), list[str]()
        for some in chunks(sorted(set(subjects))):
            asked = select(columns.id).where(
                columns.subject.in_(some), columns.lead.in_(whose), columns.formed_on >= day
            )
            found += (row.id for row in self._reader.rows(asked))
        return tuple(sorted(found))

    def planned(self, year: int, *, subjects: Iterable[str]) -> tuple[PlannedCheck, ...]:
        """Give the visits of ``year`` still to be made, one for each department."""
        columns, theirs, found = visit.c, visit_department.c, set[PlannedCheck]()
        for some in chunks(sorted(set(subjects))):
            asked = (
                select(columns.subject, columns.due_on, theirs.department, task.c.plan)
                .join(visit_department, theirs.visit_id == columns.id)
                .join(task, task.c.id == columns.task)
                .where(columns.subject.in_(some), _arranged())
            )
            found.update(
                PlannedCheck(
                    subject=row.subject,
                    year=year,
                    month=row.due_on.month,
                    department=row.department,
                    plan=row.plan,
                )
                for row in self._reader.rows(asked)
                if row.due_on.year == year
            )
        return tuple(sorted(found))
