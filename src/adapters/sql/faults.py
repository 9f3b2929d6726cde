"""What the database objected to, by the name of the constraint."""

import re

from sqlalchemy import MetaData, UniqueConstraint
from sqlalchemy.exc import IntegrityError

_SQLITE_UNIQUE = re.compile(r"UNIQUE constraint failed: (.+)$")


def broken_unique(error: IntegrityError, metadata: MetaData) -> str | None:
    """Give the name of the key or unique constraint that ``error`` reports, if it is one.

    PostgreSQL and KingbaseES name the constraint; SQLite names its columns, looked up in
    ``metadata``.
    """
    unique = _unique_constraints(metadata)
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        name = str(diagnosis.constraint_name)
        return name if name in unique else None
    if found := _SQLITE_UNIQUE.search(str(error.orig)):
        columns = frozenset(found.group(1).split(", "))
        return next((name for name, those in unique.items() if those == columns), None)
    return None


def _unique_constraints(metadata: MetaData) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for table in metadata.tables.values():
        groups = [table.primary_key, *table.constraints, *(i for i in table.indexes if i.unique)]
        for group in groups:
            if (
                group is table.primary_key
                or isinstance(group, UniqueConstraint)
                or (group in table.indexes)
            ):
                columns = frozenset(f"{table.name}.{column.name}" for column in group.columns)
                found[str(group.name)] = columns
    return found
