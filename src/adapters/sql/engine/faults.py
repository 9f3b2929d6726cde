"""What the database objected to, by the name of the constraint."""

import re

from sqlalchemy import MetaData, UniqueConstraint
from sqlalchemy.exc import IntegrityError

_SQLITE_UNIQUE = re.compile(r"UNIQUE constraint failed: (.+)$")
_DM_UNIQUE = -6602
UNNAMED = "unnamed"
"""DM's messages depend on its language; one that holds no name of ours is still a broken key."""


def dm_code(error: BaseException | None) -> int | None:
    """Give the server's code of an error of DM's driver."""
    first = error.args[0] if error is not None and error.args else None
    code = getattr(first, "code", None)
    return code if isinstance(code, int) else None


def broken_unique(error: IntegrityError, metadata: MetaData) -> str | None:
    """Give the name of the key or unique constraint that ``error`` reports, if it is one.

    PostgreSQL and KingbaseES name the constraint; SQLite names its columns, looked up in
    ``metadata``; DM gives a code, and a message that should hold the name.
    """
    unique = _unique_constraints(metadata)
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        name = str(diagnosis.constraint_name)
        return name if name in unique else None
    if dm_code(error.orig) == _DM_UNIQUE:
        said = str(error.orig).lower()
        return max((name for name in unique if name in said), key=len, default=UNNAMED)
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
