"""Dated facts of subjects in a table, and the same as one row a subject for assessments."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    PrimaryKeyConstraint,
    Row,
    Select,
    Table,
    bindparam,
    case,
    delete,
    func,
    select,
)

from adapters.sql.bulk import insert_columns, insert_rows
from adapters.sql.frame import take_positions
from adapters.sql.repository import chunks
from adapters.sql.schema import metadata
from adapters.sql.subjects import subject
from adapters.sql.types import ID_LENGTH, day, maybe, required, whole
from supervision_core.subjects.facts import FactValue, SubjectFact
from supervision_core.subjects.ports import SubjectFacts

subject_fact = Table(
    "subject_fact",
    metadata,
    required("subject_id", ID_LENGTH),
    required("name", 64),
    day("known_on"),
    required("source", 100),
    whole("recorded"),
    required("form", 1),
    whole("int_value", nullable=True),
    maybe("code_value", 200),
    PrimaryKeyConstraint("subject_id", "name", "known_on", "source"),
    sqlite_with_rowid=False,
)
"""``form`` is i, b or c: a number, a flag (1 or 0 in ``int_value``) or a code. ``recorded`` grows
with each fact, so that of the same day the one recorded last counts."""


class SqlSubjectFacts(SubjectFacts):
    """Facts in table ``subject_fact``."""

    def __init__(self, connection: Connection) -> None:
        """Work on the connection of a unit of work."""
        self._connection = connection

    def record(self, facts: Sequence[SubjectFact]) -> None:
        """Add facts; one equal in subject, name, day and source replaces its predecessor."""
        last = {(fact.subject, fact.name, fact.known_on, fact.source): fact for fact in facts}
        if not last:
            return
        known = self._known({fact.subject for fact in last.values()})
        self._forget([place for place in last if place[0] in known])
        first = take_positions(self._connection, subject_fact, len(last))
        rows = [_fact_values(fact, at) for at, fact in enumerate(last.values(), first)]
        insert_rows(self._connection, subject_fact, rows)

    def record_table(
        self, facts: Mapping[str, Mapping[str, FactValue]], *, known_on: date, source: str
    ) -> None:
        """Add what a table says: column by column, with no object a fact."""
        names = [name for said in facts.values() for name in said]
        if not names:
            return
        known = self._known(facts.keys())
        self._forget([(one, name, known_on, source) for one in known for name in facts[one]])
        values = [value for said in facts.values() for value in said.values()]
        count = len(values)
        first = take_positions(self._connection, subject_fact, count)
        columns: list[Sequence[object]] = [
            [subject for subject, said in facts.items() for _ in said],
            names,
            [known_on] * count,
            [source] * count,
            range(first, first + count),
            [_form(value) for value in values],
            [None if isinstance(value, str) else int(value) for value in values],
            [value if isinstance(value, str) else None for value in values],
        ]
        insert_columns(self._connection, subject_fact, columns)

    def _known(self, subjects: Collection[str]) -> set[str]:
        """Give those of ``subjects`` of which anything is recorded."""
        column = subject_fact.c.subject_id
        known: set[str] = set()
        for part in chunks(sorted(subjects)):
            asked = select(column).where(column.in_(part)).distinct()
            known.update(self._connection.execute(asked).scalars())
        return known

    def _forget(self, places: Sequence[tuple[str, str, date, str]]) -> None:
        columns = subject_fact.c
        gone = [
            {"subject": place[0], "fact": place[1], "day": place[2], "origin": place[3]}
            for place in places
        ]
        if gone:
            statement = delete(subject_fact).where(
                columns.subject_id == bindparam("subject"),
                columns.name == bindparam("fact"),
                columns.known_on == bindparam("day"),
                columns.source == bindparam("origin"),
            )
            self._connection.execute(statement, gone)

    def facts_on(self, subjects: Sequence[str], day: date) -> Mapping[str, Mapping[str, FactValue]]:
        """Give the latest value of each name for each of ``subjects``."""
        found: dict[str, dict[str, FactValue]] = {one: {} for one in subjects}
        columns = subject_fact.c
        for part in chunks(sorted(set(subjects))):
            asked = (
                select(subject_fact)
                .where(columns.subject_id.in_(part), columns.known_on <= day)
                .order_by(columns.known_on, columns.recorded)
            )
            for row in self._connection.execute(asked):
                found[row.subject_id][row.name] = _fact_value(row)
        return found


def _fact_values(fact: SubjectFact, position: int) -> tuple[object, ...]:
    value = fact.value
    place = (fact.subject, fact.name, fact.known_on, fact.source, position)
    if isinstance(value, str):
        return (*place, _form(value), None, value)
    return (*place, _form(value), int(value), "")


def _form(value: FactValue) -> str:
    return "c" if isinstance(value, str) else "b" if isinstance(value, bool) else "i"


def _fact_value(row: Row[Any]) -> FactValue:
    if row.form == "c":
        return str(row.code_value or "")
    return bool(row.int_value) if row.form == "b" else int(row.int_value)


def facts_by_subject(
    codes: Sequence[str], numbers: Sequence[str], on: date, *where: ColumnElement[bool]
) -> Select[Any]:
    """Give one row a subject: column ``subject``, then one column for each fact named.

    ``codes`` are facts whose value is a code, ``numbers`` those whose value is a number, a flag (1
    or 0) or a day number. The value is the latest known on that day; NULL where nothing is known.
    ``where`` narrows table ``subject``.
    """
    columns = subject_fact.c
    newest = func.row_number().over(
        partition_by=(columns.subject_id, columns.name),
        order_by=(columns.known_on.desc(), columns.recorded.desc()),
    )
    dated = (
        select(
            columns.subject_id,
            columns.name,
            columns.int_value,
            columns.code_value,
            newest.label("place"),
        )
        .where(columns.name.in_([*codes, *numbers]), columns.known_on <= on)
        .subquery("dated")
    )

    def of(name: str, value: Column[Any] | ColumnElement[Any]) -> ColumnElement[Any]:
        return func.max(case((dated.c.name == name, value))).label(name)

    wide = (
        select(
            dated.c.subject_id,
            *(of(name, dated.c.code_value) for name in codes),
            *(of(name, dated.c.int_value) for name in numbers),
        )
        .where(dated.c.place == 1)
        .group_by(dated.c.subject_id)
        .subquery("wide")
    )
    names = [*codes, *numbers]
    return (
        select(subject.c.id.label("subject"), *(wide.c[name] for name in names))
        .select_from(subject.outerjoin(wide, wide.c.subject_id == subject.c.id))
        .where(*where)
    )
