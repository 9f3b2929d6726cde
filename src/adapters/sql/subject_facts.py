"""Dated facts of subjects in tables.

What a department's table may say of a subject has a column of its own in ``subject_statement``: a
table of nineteen facts a firm is one row a firm, not nineteen. Whatever else is known, and a value
of another kind than the catalogue gives its name, is a row of ``subject_fact``.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain
from types import NoneType
from typing import Any

from attrs import frozen
from sqlalchemy import (
    Connection,
    Index,
    PrimaryKeyConstraint,
    Row,
    Table,
    bindparam,
    delete,
)

from adapters.sql.engine import direct
from adapters.sql.engine.bulk import insert_columns, insert_rows
from adapters.sql.engine.closing import AtCommit
from adapters.sql.engine.repository import chunks
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import ID_LENGTH, day, maybe, required, row_seal, whole
from adapters.sql.frame.commit import take_positions
from adapters.sql.sealing.batches import Batching
from adapters.sql.sealing.sealed_tables import SealedTable
from supervision_core.kernel.batches import digests_of
from supervision_core.kernel.canonical import Json
from supervision_core.subjects.facts import TABLE_FACTS, FactKind, FactValue, SubjectFact
from supervision_core.subjects.ports import SubjectFacts

CODE_LENGTH = 200

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
    maybe("code_value", CODE_LENGTH),
    row_seal(),
    PrimaryKeyConstraint("subject_id", "name", "known_on", "source"),
    Index("ix_subject_fact_row_seal", "row_seal"),
    sqlite_with_rowid=False,
)
"""``form`` is i, b or c: a number, a flag (1 or 0 in ``int_value``) or a code. ``recorded`` grows
with each fact and statement, so that of the same day the one recorded last counts."""

STATED: Mapping[str, FactKind] = {entry.name: entry.kind for entry in TABLE_FACTS}
_TYPES: Mapping[FactKind, type[FactValue]] = {
    FactKind.INTEGER: int,
    FactKind.DAY: int,
    FactKind.FLAG: bool,
    FactKind.CODE: str,
}

subject_statement = Table(
    "subject_statement",
    metadata,
    required("subject_id", ID_LENGTH),
    whole("recorded"),
    day("known_on"),
    required("source", 100),
    *(
        maybe(name, CODE_LENGTH) if kind is FactKind.CODE else whole(name, nullable=True)
        for name, kind in STATED.items()
    ),
    row_seal(),
    PrimaryKeyConstraint("subject_id", "recorded"),
    Index("ix_subject_statement_row_seal", "row_seal"),
    sqlite_with_rowid=False,
)
"""What a source said of a subject on one day, in one go: a column a fact (a flag is 1 or 0), NULL
where it said nothing."""

_NAMED = tuple(subject_statement.c[name] for name in STATED)
_FLAGS = frozenset(name for name, kind in STATED.items() if kind is FactKind.FLAG)
_FIRST = 4
"""Where the columns of a statement's facts begin."""
_LAST = _FIRST + len(STATED)
_KNOWN_ON = 2
"""Where either table has the day."""

Said = Mapping[str, FactValue]


@frozen
class _Statement:
    """What one source says of a subject as of one day."""

    subject: str
    known_on: date
    source: str
    values: Said


class SqlSubjectFacts(SubjectFacts, AtCommit):
    """Facts in tables ``subject_statement`` and ``subject_fact``."""

    def __init__(self, connection: Connection) -> None:
        """Work on the connection of a unit of work."""
        self._connection = connection
        self._facts = Batching(connection, subject_fact.name)
        self._statements = Batching(connection, subject_statement.name)

    def flush(self) -> Sequence[str]:
        """Seal anew the batches that facts have left."""
        return [*self._facts.flush(), *self._statements.flush()]

    def record(self, facts: Sequence[SubjectFact]) -> None:
        """Add facts; one equal in subject, name, day and source replaces its predecessor."""
        statements: list[_Statement] = []
        latest: dict[str, tuple[tuple[date, str], dict[str, FactValue]]] = {}
        for fact in facts:
            # Only what follows at once joins a statement: of the same day the last one counts.
            place = (fact.known_on, fact.source)
            found = latest.get(fact.subject)
            if found is None or found[0] != place:
                found = latest[fact.subject] = (place, {})
                statements.append(_Statement(fact.subject, *place, found[1]))
            found[1][fact.name] = fact.value
        self._add(statements)

    def record_table(self, facts: Mapping[str, Said], *, known_on: date, source: str) -> None:
        """Add what a table says: a statement a subject."""
        self._add([_Statement(one, known_on, source, said) for one, said in facts.items() if said])

    def _add(self, statements: Sequence[_Statement]) -> None:
        if not statements:
            return
        self._forget_facts(statements)
        self._forget_statements(statements)
        first = take_positions(self._connection, subject_fact, len(statements))
        columns, others = _apart(statements)
        facts = {(one.subject, name, one.known_on, one.source): at for at, one, name in others}
        rows = [
            (*place, first + at, *_fact_values(statements[at].values[place[1]]))
            for place, at in facts.items()
        ]
        seals = self._facts.add(digests_of(subject_fact.name, map(_stated_row, rows)))
        sealed = ((*row, seal) for row, seal in zip(rows, seals, strict=True))
        insert_rows(self._connection, subject_fact, sealed)
        said = [at for at, one in enumerate(statements) if not STATED.keys().isdisjoint(one.values)]
        if len(said) < len(statements):
            columns = [[column[at] for at in said] for column in columns]
        placed: list[Sequence[object]] = [
            [statements[at].subject for at in said],
            [first + at for at in said],
            [statements[at].known_on for at in said],
            [statements[at].source for at in said],
        ]
        stated = map(_stated_row, zip(*placed, *columns, strict=True))
        seals = self._statements.add(digests_of(subject_statement.name, stated))
        insert_columns(self._connection, subject_statement, [*placed, *columns, seals])

    def _forget_facts(self, statements: Sequence[_Statement]) -> None:
        """Take away those that are said anew."""
        columns = subject_fact.c
        known = self._of_subjects(subject_fact, statements)
        said = _names(statements) if known else {}
        gone = [row for row in known if row.name in said.get(_place(row), ())]
        if gone:
            statement = delete(subject_fact).where(
                columns.subject_id == bindparam("subject"),
                columns.name == bindparam("fact"),
                columns.known_on == bindparam("day"),
                columns.source == bindparam("origin"),
                columns.row_seal == bindparam("batch"),
            )
            places = [
                {
                    "subject": row.subject_id,
                    "fact": row.name,
                    "day": row.known_on,
                    "origin": row.source,
                    "batch": row.row_seal,
                }
                for row in gone
            ]
            self._connection.execute(statement, places)
            self._facts.leave(FACTS.places(gone))

    def _forget_statements(self, statements: Sequence[_Statement]) -> None:
        """Take away those of which nothing counts any more: the new ones say all they said."""
        columns = subject_statement.c
        known = self._of_subjects(subject_statement, statements)
        said = _names(statements) if known else {}
        gone = [
            row
            for row in known
            if (names := said.get(_place(row))) and names.issuperset(_said(row))
        ]
        if gone:
            statement = delete(subject_statement).where(
                columns.subject_id == bindparam("subject"), columns.recorded == bindparam("place")
            )
            places = [{"subject": row.subject_id, "place": row.recorded} for row in gone]
            self._connection.execute(statement, places)
            self._statements.leave(STATEMENTS.places(gone))

    def _of_subjects(self, table: Table, statements: Sequence[_Statement]) -> list[Row[Any]]:
        found: list[Row[Any]] = []
        asked = direct.among(direct.whole(table), table.c.subject_id)
        for part in chunks(sorted({one.subject for one in statements})):
            found += self._connection.execute(asked, {direct.WANTED: part})
        return found

    def facts_on(self, subjects: Sequence[str], day: date) -> Mapping[str, Said]:
        """Give the latest value of each name for each of ``subjects``. Raises ``Tampered``."""
        found: dict[str, list[tuple[date, int, Said]]] = {one: [] for one in subjects}
        for part in chunks(sorted(set(subjects))):
            for kept, said in ((STATEMENTS, _said), (FACTS, _fact)):
                table = kept.table
                asked = kept.whole().where(table.c.subject_id.in_(part), table.c.known_on <= day)
                for row in kept.read(self._connection, asked):
                    found[row.subject_id].append((row.known_on, row.recorded, said(row)))
        return {
            one: dict(chain.from_iterable(said.items() for _, _, said in sorted(dated, key=_when)))
            for one, dated in found.items()
        }


def _names(statements: Sequence[_Statement]) -> Mapping[tuple[str, date, str], set[str]]:
    """Give what is named of each subject, day and source."""
    named: dict[tuple[str, date, str], set[str]] = {}
    for one in statements:
        named.setdefault((one.subject, one.known_on, one.source), set()).update(one.values)
    return named


def _place(row: Row[Any]) -> tuple[str, date, str]:
    return row.subject_id, row.known_on, row.source


def _when(dated: tuple[date, int, Said]) -> tuple[date, int]:
    return dated[:2]


def _apart(
    statements: Sequence[_Statement],
) -> tuple[list[list[FactValue | None]], list[tuple[int, _Statement, str]]]:
    """Give the values of each column of ``subject_statement``, and what does not fit into one."""
    others = [
        (at, one, name)
        for at, one in enumerate(statements)
        for name in one.values.keys() - STATED.keys()
    ]
    rows = [map(one.values.get, STATED) for one in statements]
    columns: list[list[FactValue | None]] = []
    for (name, kind), found in zip(STATED.items(), zip(*rows, strict=True), strict=True):
        wanted = _TYPES[kind]
        column = list(found)
        if not {wanted, NoneType}.issuperset(map(type, column)) or "" in column:
            for at, value in enumerate(column):
                if value is not None and (type(value) is not wanted or value == ""):
                    others.append((at, statements[at], name))
                    column[at] = None
        flag = kind is FactKind.FLAG
        columns.append([None if one is None else int(one) for one in column] if flag else column)
    return columns, others


def _fact_values(value: FactValue) -> tuple[str, int | None, str | None]:
    if isinstance(value, str):
        return ("c", None, value)
    return ("b" if isinstance(value, bool) else "i", int(value), None)


def _said(row: Row[Any]) -> Said:
    """Read a row of ``subject_statement``."""
    values = zip(STATED, row[_FIRST:_LAST], strict=True)
    said = {name: value for name, value in values if value is not None}
    for name in _FLAGS & said.keys():
        said[name] = bool(said[name])
    return said


def _fact(row: Row[Any]) -> Said:
    """Read a row of ``subject_fact``."""
    if row.form == "c":
        return {row.name: str(row.code_value or "")}
    return {row.name: bool(row.int_value) if row.form == "b" else int(row.int_value)}


def _stated_row(row: Sequence[Any]) -> list[Json]:
    """State a row of either table column by column, without seals; the empty text is NULL."""
    stated: list[Json] = [None if value == "" else value for value in row]
    stated[_KNOWN_ON] = row[_KNOWN_ON].isoformat()
    return stated


FACTS = SealedTable(subject_fact, lambda row: _stated_row(row[: len(subject_fact.c) - 1]))
STATEMENTS = SealedTable(
    subject_statement, lambda row: _stated_row(row[: len(subject_statement.c) - 1])
)
