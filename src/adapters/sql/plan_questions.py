"""What plans ask of other contexts: published matters, and how often each firm is checked."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Engine, and_, func, select, true

from adapters.sql.engine.reading import Reader
from adapters.sql.engine.repository import chunks
from adapters.sql.entries import register_cell, register_entry
from adapters.sql.tasks import task, visit, visit_department
from supervision_core.items.registers import CATALOGUE, IN_USE
from supervision_core.plans.limits import PlannedCheck
from supervision_core.plans.ports import CheckCounts, PublishedMatters


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


class SqlCheckCounts(CheckCounts):
    """Counts visits."""

    def __init__(self, source: Engine | Connection) -> None:
        """Read from ``source``."""
        self._reader = Reader(source)

    def in_year(
        self, year: int, *, subjects: Iterable[str], departments: Iterable[str]
    ) -> Mapping[tuple[str, str], int]:
        """Count by (subject, department) the visits of ``year``, made or still open."""
        columns, theirs = visit.c, visit_department.c
        wanted, counts = sorted(set(departments)), dict[tuple[str, str], int]()
        for some in chunks(sorted(set(subjects))):
            asked = (
                select(columns.subject, theirs.department, func.count(columns.id))
                .join(visit_department, theirs.visit_id == columns.id)
                .where(
                    columns.subject.in_(some),
                    columns.cap_year == year,
                    theirs.department.in_(wanted),
                )
                .group_by(columns.subject, theirs.department)
            )
            counts.update({(row[0], row[1]): row[2] for row in self._reader.rows(asked)})
        return counts

    def planned(self, year: int, *, subjects: Iterable[str]) -> tuple[PlannedCheck, ...]:
        """Give the visits of ``year`` still to be made, one for each department."""
        columns, theirs, found = visit.c, visit_department.c, set[PlannedCheck]()
        for some in chunks(sorted(set(subjects))):
            asked = (
                select(columns.subject, columns.due_on, theirs.department, task.c.plan)
                .join(visit_department, theirs.visit_id == columns.id)
                .join(task, task.c.id == columns.task)
                .where(and_(columns.subject.in_(some), columns.is_open == true()))
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
