"""Gradings in a table: what is asked by columns, all of the record as JSON text beside them."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Index,
    PrimaryKeyConstraint,
    Row,
    Table,
    Text,
    and_,
    delete,
    func,
    select,
)

from adapters.sql.engine.bulk import insert_rows
from adapters.sql.engine.closing import AtCommit
from adapters.sql.engine.mapper import Lookup, Mapper, Values
from adapters.sql.engine.regions import region
from adapters.sql.engine.repository import SqlRepository, chunks
from adapters.sql.engine.schema import metadata, several_of
from adapters.sql.engine.types import (
    ID_LENGTH,
    body,
    day,
    key,
    required,
    row_seal,
    version,
    whole,
    words,
)
from adapters.sql.sealing.batches import BatchedRepository, Batching, beside_seals
from adapters.sql.sealing.protection import listed
from adapters.sql.sealing.sealed_tables import SealedTable
from supervision_core.grading.current import CurrentGrade
from supervision_core.grading.graded import GradedSubject, LatestGrade, Standing
from supervision_core.grading.ports import CurrentGrades, GradedSubjects, UnscheduledRuns
from supervision_core.grading.unscheduled import UnscheduledRun
from supervision_core.kernel.batches import digests_of
from supervision_core.kernel.canonical import Json, sm3
from supervision_core.kernel.plain import from_plain

graded_subject = Table(
    "graded_subject",
    metadata,
    required("rule_id", ID_LENGTH),
    day("as_of"),
    required("subject_id", ID_LENGTH),
    whole("grade", nullable=True),
    words("risk_level", 30),
    words("credit_level", 30),
    Column("record", Text, nullable=False),
    required("record_hash", 64),
    row_seal(),
    PrimaryKeyConstraint("rule_id", "as_of", "subject_id"),
    Index("ix_graded_subject_subject_id", "subject_id", "as_of"),
    Index("ix_graded_subject_row_seal", "row_seal"),
    sqlite_with_rowid=False,
)
"""``record_hash`` is SM3 of ``record``, so that the rest of a row can be checked without
reading the record: grades are read by the hundred thousand."""
_BUT_RECORD = tuple(column for column in graded_subject.c if column.name != "record")

current_grade = Table(
    "current_grade",
    metadata,
    key(),
    version(),
    required("rule", ID_LENGTH),
    required("subject", ID_LENGTH),
    whole("grade"),
    required("grade_name", 100),
    day("as_of"),
    words("risk_level", 30),
    words("risk_points", 30),
    words("credit_level", 30),
    words("credit_points", 30),
    region(),
    words("category", ID_LENGTH),
    words("code", 64),
    body(),
    row_seal(),
    Index("ix_current_grade_rule", "rule", "grade", "id"),
    Index("ix_current_grade_subject", "subject", "id"),
    Index("ix_current_grade_code", "code", "id"),
    Index("ix_current_grade_row_seal", "row_seal"),
)

current_grade_department = several_of(
    "current_grade_department", current_grade, required("department", ID_LENGTH), by="grade_id"
)
unscheduled_run = Table(
    "unscheduled_run",
    metadata,
    key(),
    version(),
    required("rule", ID_LENGTH),
    day("as_of"),
    body(),
    row_seal(),
    Index("ix_unscheduled_run_rule", "rule", "as_of"),
)
_GRADINGS_LOOKED_AT = 20


def _current_columns(root: CurrentGrade) -> Values:
    return {
        "risk_level": root.risk.level,
        "risk_points": root.risk.points,
        "credit_level": root.credit.level,
        "credit_points": root.credit.points,
        "region": root.place.region,
        "category": root.place.category,
        "code": root.place.code,
    }


class SqlCurrentGrades(BatchedRepository[CurrentGrade], CurrentGrades):
    """Current grades in table ``current_grade``."""

    mapper = Mapper(
        CurrentGrade,
        current_grade,
        derived=_current_columns,
        lookups=(Lookup.of(current_grade_department, lambda root: root.place.departments),),
        batched=True,
    )

    def of_subjects(self, subjects: Collection[str]) -> list[CurrentGrade]:
        """Give those of subjects, by id."""
        found = self._where_in(current_grade.c.subject, subjects)
        return sorted(found, key=lambda one: one.id)


class SqlUnscheduledRuns(SqlRepository[UnscheduledRun], UnscheduledRuns):
    """Who graded whom beside the calendar, in table ``unscheduled_run``."""

    mapper = Mapper(UnscheduledRun, unscheduled_run)

    def of_rule(self, rule: str, *, until: date, since: date | None = None) -> list[UnscheduledRun]:
        """Give the runs by a rule as of a day until ``until``, in the order of their making."""
        columns = unscheduled_run.c
        later = [] if since is None else [columns.as_of >= since]
        here = columns.rule == rule, columns.as_of <= until, *later
        found = self._where(*here, order=[columns.id])
        return sorted(found, key=lambda one: (one.at, one.id))


Spot = tuple[str, date, str]


class SqlGradedSubjects(GradedSubjects, AtCommit):
    """Gradings in table ``graded_subject``."""

    def __init__(self, connection: Connection) -> None:
        """Work on the connection of a unit of work."""
        self._connection = connection
        self._batching = Batching(connection, graded_subject.name)

    def record(self, graded: Sequence[GradedSubject]) -> None:
        """Keep them; one of the same rule, subject and day replaces its predecessor."""
        if not graded:
            return
        last = {(one.rule, one.as_of, one.subject): one for one in graded}
        self._forget(last)
        values = [_values(one) for one in last.values()]
        seals = self._batching.add(digests_of(graded_subject.name, map(_stated, values)))
        rows = ((*row.values(), seal) for row, seal in zip(values, seals, strict=True))
        insert_rows(self._connection, graded_subject, rows)

    def flush(self) -> Sequence[str]:
        """Seal anew the batches that gradings have left."""
        return self._batching.flush()

    def _forget(self, places: Iterable[Spot]) -> None:
        """Take away the gradings at ``places``, each only as it is read."""
        columns = graded_subject.c
        days: defaultdict[tuple[str, date], list[str]] = defaultdict(list)
        for rule, on, who in places:
            days[rule, on].append(who)
        for (rule, on), subjects in days.items():
            for some in chunks(sorted(subjects)):
                here = columns.rule_id == rule, columns.as_of == on, columns.subject_id.in_(some)
                rows = self._connection.execute(select(*_BUT_RECORD).where(*here)).all()
                if rows:
                    read = columns.row_seal.in_({row.row_seal for row in rows})
                    self._connection.execute(delete(graded_subject).where(*here, read))
                    self._batching.leave(GRADINGS.places(rows))

    def of_day(self, rule: str, day: date, subjects: Sequence[str]) -> Mapping[str, GradedSubject]:
        """Give the gradings of exactly ``day``, by subject; absent where there is none."""
        columns, found = graded_subject.c, dict[str, GradedSubject]()
        for part in chunks(sorted(set(subjects))):
            asked = GRADINGS.whole().where(
                columns.rule_id == rule, columns.as_of == day, columns.subject_id.in_(part)
            )
            for row in GRADINGS.read(self._connection, asked):
                found[row.subject_id] = from_plain(GradedSubject, json.loads(row.record))
        return found

    def latest(self, subject: str) -> Sequence[GradedSubject]:
        """Give the newest grading of a subject by each rule, the newest first."""
        columns, newest = graded_subject.c, dict[str, GradedSubject]()
        asked = (
            GRADINGS.whole()
            .where(columns.subject_id == subject)
            .order_by(columns.as_of.desc(), columns.rule_id.desc())
            .limit(_GRADINGS_LOOKED_AT)
        )
        for row in GRADINGS.read(self._connection, asked):
            newest.setdefault(row.rule_id, from_plain(GradedSubject, json.loads(row.record)))
        return tuple(newest.values())

    def of_subject(self, subject: str) -> Sequence[GradedSubject]:
        """Give every grading of a subject, the oldest first, those of a day by rule."""
        columns = graded_subject.c
        asked = (
            GRADINGS.whole()
            .where(columns.subject_id == subject)
            .order_by(columns.as_of, columns.rule_id)
        )
        rows = GRADINGS.read(self._connection, asked)
        return tuple(from_plain(GradedSubject, json.loads(row.record)) for row in rows)

    def grades_until(self, rule: str, day: date) -> Mapping[str, LatestGrade]:
        """Give of every subject what its newest grading came to that is not beyond ``day``."""
        columns = graded_subject.c
        until = columns.rule_id == rule, columns.as_of <= day
        newest = (
            select(columns.subject_id, func.max(columns.as_of).label("as_of"))
            .where(*until)
            .group_by(columns.subject_id)
            .subquery()
        )
        asked = (
            beside_seals(graded_subject, *_BUT_RECORD)
            .join(
                newest,
                and_(columns.subject_id == newest.c.subject_id, columns.as_of == newest.c.as_of),
            )
            .where(*until)
            .order_by(columns.subject_id)
        )
        return {
            row.subject_id: LatestGrade(row.as_of, row.grade)
            for row in GRADINGS.read(self._connection, asked)
        }


def _values(one: GradedSubject) -> dict[str, Any]:
    record = _record(one)
    return {
        "rule_id": one.rule,
        "as_of": one.as_of,
        "subject_id": one.subject,
        "grade": one.grade,
        "risk_level": one.risk.level or "",
        "credit_level": one.credit.level or "",
        "record": record,
        "record_hash": sm3(record.encode()).hex(),
    }


def _stated(values: Mapping[str, Any]) -> list[Json]:
    """Give what a batch covers: every column but the record, which its hash stands for."""
    return listed(graded_subject, {**values, "record": ""})


def _stated_row(row: Row[Any]) -> list[Json]:
    """State a row, if it was read with its record by no hash where that is another record's."""
    values = row._asdict()
    if "record" in values and sm3(values["record"].encode()).hex() != row.record_hash:
        values["record_hash"] = ""
    return _stated(values)


GRADINGS = SealedTable(graded_subject, _stated_row)


def _record(one: GradedSubject) -> str:
    """Give the record as ``to_plain`` would, field by field: there are millions of them."""
    plain = {
        "rule": one.rule,
        "rule_version": one.rule_version,
        "subject": one.subject,
        "as_of": one.as_of.isoformat(),
        "risk": _standing(one.risk),
        "credit": _standing(one.credit),
        "grade": one.grade,
        "facts": dict(one.facts),
    }
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _standing(one: Standing) -> dict[str, object]:
    return {
        "model": one.model,
        "model_version": one.model_version,
        "level": one.level,
        "total": one.total,
        "contributions": one.contributions,
    }
