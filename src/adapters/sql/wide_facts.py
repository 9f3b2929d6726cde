"""The dated facts of subjects as one row a subject: what assessments inside the database read."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    String,
    case,
    cast,
    func,
    null,
    select,
    union_all,
)
from sqlalchemy.types import TypeEngine

from adapters.sql.subject_facts import CODE_LENGTH, STATED, subject_fact, subject_statement
from adapters.sql.subjects import subject


def facts_by_subject(
    codes: Sequence[str], numbers: Sequence[str], on: date, *where: ColumnElement[bool]
) -> Select[Any]:
    """Give one row a subject: column ``subject``, then one column for each fact named.

    ``codes`` are facts whose value is a code, ``numbers`` those whose value is a number, a flag (1
    or 0) or a day number. The value is the latest known on that day; NULL where nothing is known.
    ``where`` narrows table ``subject``.
    """
    names = [*codes, *numbers]
    said = union_all(*_dated(codes, numbers, on)).subquery("said")
    # One window over all facts puts a subject's statements in order; the last that says anything
    # of a fact counts.
    order = func.row_number().over(
        partition_by=said.c.subject_id, order_by=(said.c.known_on, said.c.recorded)
    )
    placed = select(said.c.subject_id, order.label("place"), *(said.c[name] for name in names))
    placed_rows = placed.subquery("placed")
    place = placed_rows.c.place
    lasts = [
        func.max(case((placed_rows.c[name].is_not(None), place)))
        .over(partition_by=placed_rows.c.subject_id)
        .label(f"last_{at}")
        for at, name in enumerate(names)
    ]
    marked = select(placed_rows, *lasts).subquery("marked")
    values = [
        func.max(case((marked.c.place == marked.c[f"last_{at}"], marked.c[name]))).label(name)
        for at, name in enumerate(names)
    ]
    wide = select(marked.c.subject_id, *values).group_by(marked.c.subject_id).subquery("wide")
    return (
        select(subject.c.id.label("subject"), *(wide.c[name] for name in names))
        .select_from(subject.outerjoin(wide, wide.c.subject_id == subject.c.id))
        .where(*where)
    )


def _dated(codes: Sequence[str], numbers: Sequence[str], on: date) -> Iterator[Select[Any]]:
    """Give what either table knows: a column a fact, NULL where the row says nothing of it."""
    kinds: list[tuple[str, TypeEngine[Any], ColumnElement[Any]]] = [
        *((name, String(CODE_LENGTH), subject_fact.c.code_value) for name in codes),
        *((name, BigInteger(), subject_fact.c.int_value) for name in numbers),
    ]
    stated, facts = subject_statement.c, subject_fact.c
    if any(name in STATED for name, _, _ in kinds):
        yield select(
            stated.subject_id,
            stated.known_on,
            stated.recorded,
            *(
                (stated[name] if name in STATED else cast(null(), kind)).label(name)
                for name, kind, _ in kinds
            ),
        ).where(stated.known_on <= on)
    yield select(
        facts.subject_id,
        facts.known_on,
        facts.recorded,
        *(case((facts.name == name, value)).label(name) for name, _, value in kinds),
    ).where(facts.name.in_([name for name, _, _ in kinds]), facts.known_on <= on)
