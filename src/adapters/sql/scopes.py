"""Who sees what, compiled into the query."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Table, or_, select

from adapters.sql.regions import within


def visible(
    table: Table, departments: Table, *, region: str, of: frozenset[str]
) -> Iterator[ColumnElement[bool]]:
    """Narrow ``table`` to a region and its subtree, and to rows of one of the departments.

    ``departments`` is the look-up table, its first column naming the row. What is empty does not
    narrow; a row of no department belongs to all.
    """
    if region:
        yield within(table.c.region, region)
    if of:
        owner, department = next(iter(departments.c)), departments.c.department
        mine = select(1).where(owner == table.c.id)
        yield or_(mine.where(department.in_(of)).exists(), ~mine.exists())


def contains(column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    """Say that ``column`` holds ``text``, whatever the case of Latin letters."""
    return column.icontains(text, autoescape=True)
