"""Gradings in a table: what is asked by columns, all of the record as JSON text beside them."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Index,
    PrimaryKeyConstraint,
    Row,
    Table,
    Text,
    bindparam,
    delete,
    func,
    literal,
    select,
    tuple_,
    update,
)

from adapters.sql.bulk import insert_rows
from adapters.sql.mapper import json_text
from adapters.sql.reading import Reader
from adapters.sql.repository import chunks
from adapters.sql.schema import metadata
from adapters.sql.sealing import sealing_of, stated
from adapters.sql.types import ID_LENGTH, day, required, row_seal, whole, words
from supervision_core.grading.graded import GradedSubject, Standing
from supervision_core.grading.ports import GradedSubjects
from supervision_core.kernel.canonical import Json, sm3
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.sealing import ProtectedRow, ProtectedRows

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


class SqlGradedSubjects(GradedSubjects):
    """Gradings in table ``graded_subject``."""

    def __init__(self, connection: Connection) -> None:
        """Work on the connection of a unit of work."""
        self._connection = connection
        self._sealing = sealing_of(connection)

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
        places = [{"rule": rule, "day": on, "subject": who} for rule, on, who in last]
        self._connection.execute(gone, places)
        insert_rows(self._connection, graded_subject, map(self._row, last.values()))

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
                self._check(row)
                if sm3(row.record.encode()).hex() != row.record_hash:
                    raise Tampered((Violation("crypto.row_changed", at=graded_subject.name),))
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
            self._check(row)
            found[row.subject_id] = row.grade
        return found

    def _check(self, row: Row[Any]) -> None:
        table = graded_subject.name
        self._sealing.rows.check(table, _stated(row._asdict()), row.row_seal)


class ProtectedGradings(ProtectedRows):
    """The gradings, walked by rule, day and subject when keys change."""

    name = graded_subject.name

    def __init__(self, engine: Engine) -> None:
        """Walk the table of ``engine``."""
        self._engine = engine
        self._reader = Reader(engine)
        self._seals = sealing_of(engine).rows

    def count(self) -> int:
        """Count the rows."""
        return int(self._reader.rows(select(func.count()).select_from(graded_subject))[0][0])

    def after(self, cursor: str, limit: int) -> Sequence[ProtectedRow]:
        """Give the next rows."""
        asked = select(*_PLACE, graded_subject.c.row_seal).order_by(*_PLACE).limit(limit)
        if cursor:
            asked = asked.where(tuple_(*_PLACE) > tuple_(*map(literal, _place(cursor))))
        return [
            ProtectedRow(
                json_text([row.rule_id, row.as_of.isoformat(), row.subject_id]),
                self._seals.is_current(row.row_seal),
            )
            for row in self._reader.rows(asked)
        ]

    def protect(self, cursors: Sequence[str]) -> int:
        """Seal these rows anew. Raises ``Tampered``."""
        changed = 0
        with self._engine.begin() as connection:
            for cursor in cursors:
                here = [column == at for column, at in zip(_PLACE, _place(cursor), strict=True)]
                row = connection.execute(select(graded_subject).where(*here)).one_or_none()
                if row is None:
                    continue
                values = _stated(row._asdict())
                self._seals.check(self.name, values, row.row_seal)
                unchanged = graded_subject.c.row_seal == row.row_seal
                renewed = update(graded_subject).where(*here, unchanged)
                seal = self._seals.of(self.name, values)
                changed += connection.execute(renewed.values(row_seal=seal)).rowcount
        return changed


_PLACE = tuple(graded_subject.primary_key.columns)


def _place(cursor: str) -> tuple[object, ...]:
    rule, day, subject = json.loads(cursor)
    return rule, date.fromisoformat(day), subject


def _stated(values: Mapping[str, Any]) -> dict[str, Json]:
    """Give what a seal covers: every column but the record, which its hash stands for."""
    return stated(graded_subject, {**values, "record": ""})


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
