"""Gradings in a table: what is asked by columns, all of the record as JSON text beside them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
    bindparam,
    delete,
    select,
)

from adapters.sql.bulk import insert_rows
from adapters.sql.closing import AtCommit
from adapters.sql.repository import chunks
from adapters.sql.schema import metadata
from adapters.sql.sealed_tables import SealedTable
from adapters.sql.sealing import sealing_of, stated
from adapters.sql.tallies import Counting
from adapters.sql.types import ID_LENGTH, day, required, row_seal, whole, words
from supervision_core.grading.graded import GradedSubject, Standing
from supervision_core.grading.ports import GradedSubjects
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
    sqlite_with_rowid=False,
)
"""``record_hash`` is SM3 of ``record``, so that the seal over all the rest can be checked without
reading the record: grades are read by the hundred thousand."""


Spot = tuple[str, date, str]


class SqlGradedSubjects(GradedSubjects, AtCommit):
    """Gradings in table ``graded_subject``."""

    def __init__(self, connection: Connection) -> None:
        """Work on the connection of a unit of work."""
        self._connection = connection
        self._sealing = sealing_of(connection)
        self._counting = Counting(connection, graded_subject.name)

    def record(self, graded: Sequence[GradedSubject]) -> None:
        """Keep them; one of the same rule, subject and day replaces its predecessor."""
        if not graded:
            return
        columns = graded_subject.c
        gone = delete(graded_subject).where(
            columns.rule_id == bindparam("rule"),
            columns.as_of == bindparam("day"),
            columns.subject_id == bindparam("subject"),
        )
        last = {(one.rule, one.as_of, one.subject): one for one in graded}
        known = self._seals_of_day(last)
        if known:
            places = [{"rule": rule, "day": on, "subject": who} for rule, on, who in known]
            self._connection.execute(gone, places)
        rows = [self._row(one) for one in last.values()]
        insert_rows(self._connection, graded_subject, rows)
        self._counting.change(added=(str(row[-1]) for row in rows), gone=known.values())

    def flush(self) -> Sequence[str]:
        """Count the gradings that came and went."""
        return self._counting.flush()

    def _seals_of_day(self, places: Iterable[Spot]) -> dict[Spot, str]:
        """Give the seals of those of ``places`` at which there is a grading."""
        columns, found = graded_subject.c, dict[Spot, str]()
        days: defaultdict[tuple[str, date], list[str]] = defaultdict(list)
        for rule, on, who in places:
            days[rule, on].append(who)
        for (rule, on), subjects in days.items():
            for some in chunks(sorted(subjects)):
                asked = select(columns.subject_id, columns.row_seal).where(
                    columns.rule_id == rule, columns.as_of == on, columns.subject_id.in_(some)
                )
                seals = self._connection.execute(asked)
                found |= {(rule, on, row.subject_id): row.row_seal for row in seals}
        return found

    def _row(self, one: GradedSubject) -> tuple[object, ...]:
        record = _record(one)
        values = {
            "rule_id": one.rule,
            "as_of": one.as_of,
            "subject_id": one.subject,
            "grade": one.grade,
            "risk_level": one.risk.level or "",
            "credit_level": one.credit.level or "",
            "record": record,
            "record_hash": sm3(record.encode()).hex(),
        }
        seal = self._sealing.rows.of(graded_subject.name, _stated(values))
        return (*values.values(), seal)

    def of_day(self, rule: str, day: date, subjects: Sequence[str]) -> Mapping[str, GradedSubject]:
        """Give the gradings of exactly ``day``, by subject; absent where there is none."""
        columns, found = graded_subject.c, dict[str, GradedSubject]()
        for part in chunks(sorted(set(subjects))):
            asked = select(graded_subject).where(
                columns.rule_id == rule, columns.as_of == day, columns.subject_id.in_(part)
            )
            for row in self._connection.execute(asked):
                GRADINGS.check(row, self._sealing.rows)
                found[row.subject_id] = from_plain(GradedSubject, json.loads(row.record))
        return found

    def grades_of_day(self, rule: str, day: date) -> Mapping[str, int | None]:
        """Give the grade of every subject graded on ``day``."""
        columns = graded_subject.c
        asked = (
            select(*(column for column in columns if column.name != "record"))
            .where(columns.rule_id == rule, columns.as_of == day)
            .order_by(columns.subject_id)
        )
        found: dict[str, int | None] = {}
        for row in self._connection.execute(asked):
            stated_row = _stated(row._asdict())
            self._sealing.rows.check(graded_subject.name, stated_row, row.row_seal)
            found[row.subject_id] = row.grade
        return found


def _stated(values: Mapping[str, Any]) -> dict[str, Json]:
    """Give what a seal covers: every column but the record, which its hash stands for."""
    return stated(graded_subject, {**values, "record": ""})


def _stated_whole(row: Row[Any]) -> dict[str, Json]:
    """State a row that was read with its record: by no hash where it is another record's."""
    own = sm3(row.record.encode()).hex() == row.record_hash
    return _stated(row._asdict() | ({} if own else {"record_hash": ""}))


GRADINGS = SealedTable(graded_subject, _stated_whole)


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
