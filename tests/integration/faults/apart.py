"""The workload with a fault built in: the log is committed after the rest, apart from it."""

import time
from typing import Any, TextIO

from adapters.sql.engine.schema import audit_row
from adapters.sql.frame.commit import take_all_positions
from adapters.sql.frame.unit import SqlUnitOfWork

from . import workload

commit = SqlUnitOfWork.commit


def _commit(self: SqlUnitOfWork) -> None:
    entries = list(self._audit._waiting)
    self._audit._waiting.clear()
    commit(self)
    time.sleep(0.002)
    self._audit._waiting.extend(entries)
    with self._connection.begin():
        firsts = take_all_positions(self._connection, {audit_row.name: len(entries)})
        self._audit.flush(self._connection, firsts[audit_row.name])


def work(asked: dict[str, Any], line: TextIO) -> None:
    """Do the same with the fault."""
    setattr(SqlUnitOfWork, "commit", _commit)  # noqa: B010 - the fault
    workload.work(asked, line)
