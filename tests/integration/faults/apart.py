"""The workload with a fault built in: the log is committed after the rest, apart from it."""

import time

from workload import serve  # type: ignore[import-not-found]  # lies beside this program

from adapters.sql.engine.schema import audit_row
from adapters.sql.frame.commit import take_all_positions
from adapters.sql.frame.unit import SqlUnitOfWork

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


if __name__ == "__main__":
    setattr(SqlUnitOfWork, "commit", _commit)  # noqa: B010 - the fault
    serve()
