"""Counts of visits, rectifications and publications."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Select, bindparam, case, func, or_, select, true

from adapters.sql.engine.id_sets import among_wanted, rows_among
from adapters.sql.engine.paging import listed
from adapters.sql.engine.reading import Reader
from adapters.sql.tasks import (
    SqlRectifications,
    publication,
    rectification,
    task,
    visit,
    visit_department,
    visit_officer,
)
from supervision_core.officers.ports import VisitsOfOfficers
from supervision_core.tasks.model.facts import FormedResult, OrderRecord, order_record
from supervision_core.tasks.model.presence import PlaceProof
from supervision_core.tasks.model.publication import PublicationState
from supervision_core.tasks.model.sheet import TaskState
from supervision_core.tasks.model.visit import ENDED, VisitState
from supervision_core.tasks.ports import (
    PublicationQueries,
    RectificationQueries,
    VisitQueries,
)

_FORMED = (
    select(*listed(visit))
    .where(visit.c.subject == bindparam("of_subject"), visit.c.formed_on <= bindparam("until"))
    .order_by(visit.c.formed_on, visit.c.id)
)
_PLACES = (
    select(visit.c.lead, visit.c.place_proof, func.count(visit.c.id).label("visits"))
    .where(
        visit.c.formed_on.between(bindparam("since"), bindparam("until")),
        visit.c.place_proof.in_([one.value for one in PlaceProof]),
    )
    .group_by(visit.c.lead, visit.c.place_proof)
)
_PROGRESS = (
    select(
        visit.c.task,
        func.count(visit.c.id).label("visits"),
        func.sum(case((visit.c.state.in_(sorted(ENDED)), 1), else_=0)).label("done"),
    )
    .where(among_wanted(visit.c.task))
    .group_by(visit.c.task)
)
_NUMBERED = (
    select(visit.c.subject, func.min(visit.c.code).label("code"))
    .where(visit.c.task == bindparam("of_task"), among_wanted(visit.c.subject))
    .group_by(visit.c.subject)
)
_OF_OFFICERS = (
    select(visit_officer.c.officer, func.count(visit.c.id).label("visits"))
    .join(visit, visit.c.id == visit_officer.c.visit_id)
    .outerjoin(task, task.c.id == visit.c.task)
    .where(
        among_wanted(visit_officer.c.officer),
        visit.c.is_open == true(),
        or_(task.c.id.is_(None), task.c.state != TaskState.DELETED.value),
    )
    .group_by(visit_officer.c.officer)
)
_ORDERED = (
    select(rectification)
    .where(rectification.c.subject == bindparam("of_subject"))
    .order_by(rectification.c.id)
)


class _Queries:
    def __init__(self, source: Engine | Connection) -> None:
        """Read from ``source``."""
        self._source = source
        self._reader = Reader(source)

    def _count(self, statement: Select[Any]) -> int:
        return int(self._reader.rows(statement)[0][0])


class SqlVisitQueries(_Queries, VisitQueries):
    """Reads table ``visit`` and its look-up tables."""

    def counts(self, task: str) -> Mapping[VisitState, int]:
        """Count a task's visits by state."""
        asked = select(visit.c.state, func.count(visit.c.id)).where(visit.c.task == task)
        rows = self._reader.rows(asked.group_by(visit.c.state))
        return {VisitState(row[0]): row[1] for row in rows}

    def progress(self, tasks: Sequence[str]) -> Mapping[str, tuple[int, int]]:
        """Count the visits of tasks, and those that are completed."""
        rows = rows_among(self._reader, _PROGRESS, tasks)
        return {row["task"]: (row["visits"], int(row["done"])) for row in rows}

    def count_unfinished(self, task: str) -> int:
        """Count a task's visits whose result is neither formed nor lawfully left out."""
        columns = visit.c
        return self._count(
            select(func.count(columns.id)).where(columns.task == task, columns.is_open == true())
        )

    def numbers(self, task: str, subjects: Collection[str]) -> Mapping[str, str]:
        """Give the number of the visit, the first, that each subject has in a task."""
        rows = rows_among(self._reader, _NUMBERED, subjects, of_task=task)
        return {row["subject"]: row["code"] for row in rows}

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
        given = {"of_subject": subject, "until": until}
        return [
            FormedResult(
                visit=row["id"],
                formed_on=row["formed_on"],
                findings=row["findings"],
                key_findings=row["key_findings"],
                obstructed=row["obstructed"],
                unreachable=row["unreachable"],
            )
            for row in self._reader.every(_FORMED, given)
        ]

    def places(self, *, since: date, until: date) -> Mapping[tuple[str, PlaceProof], int]:
        """Count by lead and proof of the place the visits formed on these days."""
        rows = self._reader.every(_PLACES, {"since": since, "until": until})
        return {(row["lead"], PlaceProof(row["place_proof"])): row["visits"] for row in rows}


class SqlVisitsOfOfficers(_Queries, VisitsOfOfficers):
    """Reads table ``visit`` by its officers."""

    def count_open(self, officers: Iterable[str]) -> Mapping[str, int]:
        """Count the open visits of each."""
        rows = rows_among(self._reader, _OF_OFFICERS, sorted(set(officers)))
        return {row["officer"]: row["visits"] for row in rows}


class SqlRectificationQueries(_Queries, RectificationQueries):
    """Reads table ``rectification``."""

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
        rows = self._reader.every(_ORDERED, {"of_subject": subject})
        mapper = SqlRectifications.mapper
        sealing = mapper.sealing_on(self._source)
        return [order_record(mapper.root_of(row, sealing), today=today) for row in rows]


class SqlPublicationQueries(_Queries, PublicationQueries):
    """Reads table ``publication``."""

    def count_due(self, task: str) -> int:
        """Count a task's results that nobody has decided to show or withhold."""
        columns = publication.c
        mine = select(func.count(columns.id)).where(columns.task == task)
        return self._count(mine.where(columns.state == PublicationState.DUE.value))
